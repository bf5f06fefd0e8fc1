"""The sound of a film for a sound device: mixed a little ahead, in a thread of its own."""

import logging
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThread, qInstallMessageHandler

from vgan_studio.errors import VganError
from vgan_studio.timeline.values import Timeline

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QAudioSink

log = logging.getLogger(__name__)

_PIECE_S = 0.1
_AHEAD_S = 0.5


class SoundFeed(QThread):
    """Mixes a film from a frame on; `take` belongs to the GUI thread.

    Where sound cannot be mixed there is silence, and a warning.
    """

    def __init__(self, timeline: Timeline, frame: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timeline, self._frame = timeline, frame
        self._mixed = bytearray()
        self._ending = False
        self._word = threading.Condition()

    def take(self, count: int) -> bytes:
        """Give up to so many bytes that are mixed already: whole samples, float32, interleaved."""
        with self._word:
            count = min(count, len(self._mixed)) // 8 * 8
            data = bytes(self._mixed[:count])
            del self._mixed[:count]
            self._word.notify()
            return data

    def stop(self) -> None:
        """End the thread."""
        with self._word:
            self._ending = True
            self._word.notify()
        self.wait()

    def run(self) -> None:
        """Mix ahead; called by Qt in the new thread."""
        try:
            self._mix()
        except VganError as error:
            log.warning("No sound: %s", error)
        except Exception as error:
            sys.excepthook(type(error), error, error.__traceback__)

    def _mix(self) -> None:
        import numpy as np

        from vgan_studio.render.mix import Mixer, sample_at

        piece = int(self._timeline.sample_rate * _PIECE_S)
        most = int(self._timeline.sample_rate * _AHEAD_S) * 8
        place = sample_at(self._frame, self._timeline)
        with Mixer() as mixer:
            while self._room(most):
                samples = mixer.mix(self._timeline, place, piece)
                place += piece
                data = np.ascontiguousarray(np.clip(samples, -1, 1).T, np.float32).tobytes()
                with self._word:
                    self._mixed += data

    def _room(self, most: int) -> bool:
        with self._word:
            self._word.wait_for(lambda: self._ending or len(self._mixed) < most)
            return not self._ending


def prepare_sound() -> None:
    """Import what plays sound; to be called before other threads use Qt.

    An import of a Qt module while they do can wait for them, and they for it, for ever.
    """
    with _qt_logged():
        from PySide6 import QtMultimedia

        del QtMultimedia


def open_sink(sample_rate: int) -> "QAudioSink | None":
    """Open the machine's sound device for stereo float; None if there is none."""
    with _qt_logged():
        from PySide6.QtMultimedia import QAudioFormat, QAudioSink, QMediaDevices

        device = QMediaDevices.defaultAudioOutput()
        form = QAudioFormat()
        form.setSampleRate(sample_rate)
        form.setChannelCount(2)
        form.setSampleFormat(QAudioFormat.SampleFormat.Float)
        if device.isNull() or not device.isFormatSupported(form):
            return None
        return QAudioSink(device, form)


@contextmanager
def _qt_logged() -> Iterator[None]:
    """Log what Qt has to say of sound servers that are not here: a user need not know."""
    before = qInstallMessageHandler(lambda kind, context, words: log.info("%s", words))
    try:
        yield
    finally:
        qInstallMessageHandler(before)

"""The sound of a film for a sound device: mixed a little ahead, in a thread of its own."""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, qInstallMessageHandler

from vgan_studio.timeline.values import Timeline

from .levels import Level, StripLevels
from .wishing import Wishing

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QAudioSink

log = logging.getLogger(__name__)

_PIECE_S = 0.1
_AHEAD_S = 0.5


class SoundFeed(Wishing):
    """Mixes a film from a frame on; `take`, `follow` and `heard` belong to the GUI thread.

    A file that cannot be heard is silent, and all else goes on.

    Attributes:
        missed: why a file cannot be heard, once for each reason.
    """

    missed = Signal(str)

    def __init__(self, timeline: Timeline, frame: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timeline, self._frame = timeline, frame
        self._mixed = bytearray()
        self._done = self._taken = 0  # samples
        self._strips = StripLevels()
        self._said = set[str]()

    def take(self, count: int) -> bytes:
        """Give up to so many bytes that are mixed already: whole samples, float32, interleaved."""
        with self._word:
            count = min(count, len(self._mixed)) // 8 * 8
            data = bytes(self._mixed[:count])
            del self._mixed[:count]
            self._taken += count // 8
            self._word.notify()
            return data

    def follow(self, timeline: Timeline) -> None:
        """Go on with another version of the film, from what was not taken yet; its rates are the same."""
        with self._word:
            self._timeline, self._done = timeline, self._taken
            self._mixed.clear()
            self._strips.forget(self._taken / timeline.sample_rate)
            self._word.notify()

    def heard(self, seconds: float) -> dict[int, Level]:
        """Give how loud tracks were, by number, in what was heard since the last call."""
        with self._word:
            return self._strips.heard(seconds)

    def run(self) -> None:
        """Mix ahead; called by Qt in the new thread."""
        try:
            self._mix()
        except Exception as error:
            sys.excepthook(type(error), error, error.__traceback__)

    def _mix(self) -> None:
        import numpy as np

        from vgan_studio.render.mix import Mixer, Samples, sample_at

        rate = self._timeline.sample_rate
        piece, most = int(rate * _PIECE_S), int(rate * _AHEAD_S) * 8
        begin = sample_at(self._frame, self._timeline)
        with Mixer(self._miss) as mixer:
            while (wanted := self._wanted(most)) is not None:
                timeline, done = wanted
                strips: dict[int, Samples] = {}
                samples = mixer.mix(timeline, begin + done, piece, strips)
                data = np.ascontiguousarray(np.clip(samples, -1, 1).T, np.float32).tobytes()
                with self._word:
                    if timeline is self._timeline and done == self._done:  # else it is of a version that is gone
                        self._mixed += data
                        self._done += piece
                        self._strips.put(done / rate, rate, strips)

    def _miss(self, sentence: str) -> None:
        if sentence not in self._said:
            self._said.add(sentence)
            log.warning("No sound: %s", sentence)
            self.missed.emit(sentence)

    def _wanted(self, most: int) -> tuple[Timeline, int] | None:
        """Wait for room, and say what is to be mixed: which film, and from which sample; None at the end."""
        with self._word:
            self._word.wait_for(lambda: self._ending or len(self._mixed) < most)
            return None if self._ending else (self._timeline, self._done)


def prepare_sound() -> None:
    """Import what plays sound and look for a device; to be called before other threads use Qt.

    An import of a Qt module while they do can wait for them, and they for it, for ever.
    """
    with _qt_logged():
        from PySide6.QtMultimedia import QMediaDevices

        QMediaDevices.defaultAudioOutput()  # it is looked for the first time, which takes longer than a picture


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

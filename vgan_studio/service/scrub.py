"""Short pieces of a film's sound, heard where the playhead is dragged: mixed in a thread of their own."""

import logging
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QIODevice, QObject, Qt, QTimer

from vgan_studio.errors import VganError
from vgan_studio.timeline.values import Timeline

from .playback import Playback
from .sound import open_sink
from .wishing import Wishing

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QAudioSink

    from vgan_studio.render.mix import Mixer

log = logging.getLogger(__name__)

_SNIPPET_S, _FADE_S = 0.07, 0.01
_BUFFER_S = 0.08  # of the device: what is dragged is heard so much later
_TICK_MS, _REST_MS = 8, 300
_OPEN_S = 2.0  # so long files stay open for the next piece


class Scrub(QObject):
    """Lets the sound at the playhead be heard while it is dragged; owned by the GUI thread.

    While it rests there is silence, and after a moment the device is closed.  Where there is none, nothing is heard.

    Attributes:
        on: whether that is wished for.
    """

    def __init__(self, playback: Playback, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.on = True
        self._snippets = Snippets(self)
        self._timer = QTimer(self, interval=_TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._rest = QElapsedTimer()
        self._place: tuple[Timeline, int] | None = None
        self._data = b""  # what the device has not taken yet
        self._sink: QAudioSink | None = None
        self._device: QIODevice | None = None
        playback.changed.connect(self.hush)

    def hear(self, timeline: Timeline, frame: int) -> None:
        """Let the sound at a frame be heard, if that is another place than before; the newest wish wins."""
        if not self.on or (self._place is not None and self._place[0] is timeline and self._place[1] == frame):
            return
        if self._place is not None and self._place[0].sample_rate != timeline.sample_rate:
            self.hush()
        self._place = timeline, frame
        self._snippets.want(timeline, frame)
        if not self._timer.isActive():
            self._rest.start()
            self._timer.start()

    def hush(self) -> None:
        """Be silent, and close the device."""
        self._timer.stop()
        self._snippets.forget()
        self._data, self._place = b"", None
        self._close()

    def stop(self) -> None:
        """Be silent, and end the thread."""
        self.hush()
        self._snippets.stop()

    def _tick(self) -> None:
        self._data = self._data or self._snippets.take()
        if self._data:
            self._rest.start()
            if self._sink is None:
                self._open()
        self._write()
        if self._rest.hasExpired(_REST_MS) and not self._snippets.busy:
            self._timer.stop()
            self._close()

    def _close(self) -> None:
        if self._sink is not None:
            self._sink.stop()
        self._sink = self._device = None

    def _open(self) -> None:
        assert self._place is not None
        self._sink = open_sink(self._place[0].sample_rate)
        if self._sink is not None:
            self._sink.setBufferSize(self._sink.format().bytesForDuration(int(_BUFFER_S * 1e6)))
            self._device = self._sink.start()

    def _write(self) -> None:
        """Hand the device what it has room for: sound, and silence after it, so that it goes on."""
        if self._sink is None or self._device is None:
            self._data = b""
            return
        free = self._sink.bytesFree() // 8 * 8
        now, self._data = self._data[:free], self._data[free:]
        self._device.write(now.ljust(free, b"\0"))


class Snippets(Wishing):
    """Mixes the piece that was wished for last; all but `run` belongs to the GUI thread.

    Where sound cannot be mixed there is silence, and a warning.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wish: tuple[Timeline, int] | None = None
        self._made = b""
        self._mixing = False
        self._warned: set[str] = set()

    @property
    def busy(self) -> bool:
        """A piece is wished for or being mixed."""
        return self._wish is not None or self._mixing

    def want(self, timeline: Timeline, frame: int) -> None:
        """Want the piece at a frame; one that waits is forgotten."""
        if not self.isRunning():
            self.start()
        with self._word:
            self._wish = timeline, frame
            self._word.notify()

    def take(self) -> bytes:
        """Give the newest piece, once: float32, interleaved; nothing while there is none, or where there is silence."""
        with self._word:
            made, self._made = self._made, b""
            return made

    def forget(self) -> None:
        """Want nothing."""
        with self._word:
            self._wish, self._made, self._mixing = None, b"", False

    def run(self) -> None:
        """Mix what is wanted; called by Qt in the new thread."""
        try:
            self._serve()
        except Exception as error:
            sys.excepthook(type(error), error, error.__traceback__)

    def _serve(self) -> None:
        from vgan_studio.render.mix import Mixer

        with Mixer() as mixer:
            while not self._ending:
                wish = self._next()
                if wish is None:
                    mixer.close()
                    continue
                made = self._mixed(mixer, *wish)
                with self._word:
                    if self._mixing:  # else it was forgotten meanwhile
                        self._mixing, self._made = False, made

    def _next(self) -> tuple[Timeline, int] | None:
        """Wait for a wish; None where there was none for a while."""
        with self._word:
            self._word.wait_for(lambda: self._ending or self._wish is not None, _OPEN_S)
            wish, self._wish = self._wish, None
            self._mixing = wish is not None
            return wish

    def _mixed(self, mixer: "Mixer", timeline: Timeline, frame: int) -> bytes:
        try:
            return snippet(mixer, timeline, frame)
        except VganError as error:
            if str(error) not in self._warned:
                self._warned.add(str(error))
                log.warning("No sound while the playhead is dragged: %s", error)
            return b""


def snippet(mixer: "Mixer", timeline: Timeline, frame: int) -> bytes:
    """Mix the sound from a frame on for 70 ms, which comes up and goes down over 10 ms each, so that nothing clicks.

    Returns:
        float32, left and right by turns; nothing where there is silence.

    Raises:
        MediaError: a file is missing or cannot be decoded.
    """
    import numpy as np

    from vgan_studio.render.mix import sample_at

    count, slope = (round(seconds * timeline.sample_rate) for seconds in (_SNIPPET_S, _FADE_S))
    samples = mixer.mix(timeline, sample_at(frame, timeline), count)  # (2, count)
    if not samples.any():
        return b""
    rise = (1 - np.cos(np.pi * (np.arange(slope) + 0.5) / slope)) / 2
    level = np.ones(count)
    level[:slope], level[-slope:] = rise, rise[::-1]
    return np.ascontiguousarray((np.clip(samples, -1, 1) * level).T, np.float32).tobytes()

"""Playing: a clock that says which frame it is now, and the sound that goes with it."""

from collections.abc import Callable
from fractions import Fraction
from math import floor

from PySide6.QtCore import QElapsedTimer, QIODevice, QObject, Qt, QTimer, Signal

from vgan_studio.timeline.values import Timeline

from .levels import Level, Levels
from .pace import Pace
from .sound import SoundFeed, open_sink

FASTEST = 8
_TICK_MS = 8
_AHEAD_S = 0.2


class Playback(QObject):
    """Moves the playhead; owned by the GUI thread.

    At normal speed the sound device is the clock, if there is one; else a timer is.

    Attributes:
        moved: the frame it is now.
        changed: it plays at another speed; 0 for standing still.
        noticed: a sentence for the user, such as that there is no sound device.
        heard: the `Level` of what comes out of the sound device now.
        strips: the `Level` of each track in it, by the track's number.
        pace: how quick pictures come.
    """

    moved = Signal(int)
    changed = Signal(int)
    noticed = Signal(str)
    heard = Signal(object)
    strips = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=_TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._clock = QElapsedTimer()
        self._timeline: Timeline | None = None
        self._speed = 0
        self._begun = self.frame = 0
        self._voice: _Voice | None = None
        self._mute_known = False
        self.pace = Pace()
        self.loop = False

    @property
    def speed(self) -> int:
        """How fast it plays; negative is backwards, 0 stands still."""
        return self._speed

    @property
    def rate(self) -> float:
        """Pictures per second that were shown of late."""
        return self.pace.rate

    def toggle(self) -> None:
        """Play, or stand still."""
        self.play(0 if self._speed else 1)

    def shuttle(self, step: int) -> None:
        """Play faster in a direction, or first turn round: J and L."""
        if self._speed * step > 0:
            self.play(max(-FASTEST, min(FASTEST, self._speed * 2)))
        else:
            self.play(step)

    def play(self, speed: int) -> None:
        """Play at a speed from where the playhead is; 0 stands still."""
        was, self._speed = self._speed, speed
        if speed > 0 and self._timeline is not None and self.frame >= self._timeline.duration - 1:
            self.frame = 0
        self._begin(anew=not was)
        if self._speed != was:
            self.changed.emit(self._speed)

    def seek(self, frame: int) -> None:
        """Put the playhead somewhere; it goes on from there if it plays."""
        self.frame = max(0, frame)
        if self._speed:
            self._begin()

    def show(self, timeline: Timeline) -> None:
        """Play this film from now on; sound that plays goes on without a break."""
        before, self._timeline = self._timeline, timeline
        if self._voice is not None and before is not None and _clock(before) == _clock(timeline):
            self._voice.follow(timeline)
        elif self._speed:
            self._begin()

    def shown(self, frame: int) -> None:
        """Take note that the picture of a frame was shown; one from before it began here counts for nothing."""
        if self._speed and (frame - self._begun) * self._speed >= 0 >= (frame - self.frame) * self._speed:
            self.pace.shown(frame, self._clock.msecsSinceReference() + self._clock.elapsed(), self._speed)

    def stop(self) -> None:
        """Stand still and close the sound device."""
        self.play(0)

    def _begin(self, *, anew: bool = False) -> None:
        self._hush()
        self.pace.begin(anew=anew)
        self._timer.stop()
        if not self._speed or self._timeline is None:
            return
        self._begun = self.frame
        if self._speed == 1:
            self._voice = self._sound()
        self._clock.start()
        self._timer.start()

    def _sound(self) -> "_Voice | None":
        assert self._timeline is not None
        sink = open_sink(self._timeline.sample_rate)
        if sink is None:
            if not self._mute_known:
                self._mute_known = True
                self.noticed.emit(self.tr("There is no sound device: pictures play by the clock, without sound."))
            return None
        return _Voice(self._timeline, self.frame, sink, self.noticed.emit)

    def _hush(self) -> None:
        if self._voice is not None:
            self._voice.close()
            self._voice = None

    def _tick(self) -> None:
        assert self._timeline is not None
        seconds = self._clock.nsecsElapsed() / 1e9 if self._voice is None else self._listen(self._voice)
        frame = self._begun + floor(seconds * self._speed * self._timeline.rate)
        last = max(0, self._timeline.duration - 1)
        if self._speed > 0 and frame > last:
            self._end(0 if self.loop else last)
        elif frame < 0:
            self._end(0)
        elif frame != self.frame:
            self.frame = frame
            self.moved.emit(frame)

    def _listen(self, voice: "_Voice") -> float:
        seconds = voice.advance()
        level = voice.levels.heard(seconds)
        if level is not None:
            self.heard.emit(level)
        strips = voice.heard(seconds)
        if strips:
            self.strips.emit(strips)
        return seconds

    def _end(self, frame: int) -> None:
        self.frame = frame
        self.moved.emit(frame)
        if self.loop and self._speed > 0:
            self._begin()
        else:
            self.play(0)


def _clock(timeline: Timeline) -> tuple[int, Fraction]:
    return timeline.sample_rate, timeline.rate


class _Voice:
    """A sound device at work, and what feeds it; owned by the GUI thread."""

    def __init__(self, timeline: Timeline, frame: int, sink: object, missed: Callable[[str], None]) -> None:
        from PySide6.QtMultimedia import QAudioSink

        assert isinstance(sink, QAudioSink)
        self._sink = sink
        self._feed = SoundFeed(timeline, frame)
        self._feed.missed.connect(missed)
        self.levels = Levels(timeline.sample_rate)
        self._feed.start()
        sink.setBufferSize(sink.format().bytesForDuration(int(_AHEAD_S * 1e6)))
        self._device: QIODevice = sink.start()

    def advance(self) -> float:
        """Hand the device more, and say how many seconds of it were heard."""
        free = self._sink.bytesFree()
        if free > 0:
            data = self._feed.take(free)
            if data:
                self._device.write(data)
                self.levels.put(data)
        return float(Fraction(self._sink.processedUSecs(), 1_000_000))

    def follow(self, timeline: Timeline) -> None:
        self._feed.follow(timeline)

    def heard(self, seconds: float) -> dict[int, Level]:
        return self._feed.heard(seconds)

    def close(self) -> None:
        self._sink.stop()
        self._feed.stop()

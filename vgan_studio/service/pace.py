"""How quick playing is: pictures per second of late, and those that were dropped."""

from collections import deque

_COUNTED = 40


class Pace:
    """Counts the pictures that are shown while a film plays.

    Attributes:
        dropped: frames that were due and never shown.
    """

    def __init__(self) -> None:
        self._times: deque[int] = deque(maxlen=_COUNTED)
        self._frame: int | None = None
        self.dropped = 0

    @property
    def rate(self) -> float:
        """Pictures per second that were shown of late."""
        if len(self._times) < 2 or self._times[-1] == self._times[0]:
            return 0.0
        return 1000 * (len(self._times) - 1) / (self._times[-1] - self._times[0])

    def begin(self, *, anew: bool) -> None:
        """Begin at another place; `anew` forgets what was dropped so far."""
        self._times.clear()
        self._frame = None
        if anew:
            self.dropped = 0

    def shown(self, frame: int, time_ms: int, speed: int) -> None:
        """Take note that a frame was shown; at higher speeds, frames between are not due."""
        self._times.append(time_ms)
        if self._frame is not None and speed:
            due = abs(frame - self._frame) // abs(speed)
            self.dropped += max(0, due - 1)
        self._frame = frame

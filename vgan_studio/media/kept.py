"""The decoded pictures that a reader has at hand."""

from bisect import bisect_right

from av import VideoFrame

FEW = 8


class Kept:
    """An unbroken run of pictures, sorted by time, bounded in bytes; the earliest goes first.  One thread's.

    Attributes:
        generous: keep as many as fit, else a few.
        needed: the time that is looked for; the picture shown then does not go.
    """

    def __init__(self, limit_bytes: int) -> None:
        self.generous = False
        self.needed = 0
        self._limit_bytes = limit_bytes
        self._bytes = 0
        self._times: list[int] = []
        self._frames: list[VideoFrame] = []

    def clear(self) -> None:
        """Forget all."""
        self._bytes = 0
        self._times.clear()
        self._frames.clear()

    def add(self, time: int, frame: VideoFrame) -> None:
        """Add a picture, and let early ones go."""
        place = bisect_right(self._times, time)
        if place and self._times[place - 1] == time:
            return
        self._times.insert(place, time)
        self._frames.insert(place, frame)
        self._bytes += size_of(frame)
        while len(self._times) > FEW and self._times[FEW // 2] <= self.needed and not self._fits():
            self._bytes -= size_of(self._frames[0])
            del self._times[0], self._frames[0]

    def _fits(self) -> bool:
        return self.generous and self._bytes <= self._limit_bytes

    @property
    def last(self) -> int | None:
        """Time of the last picture."""
        return self._times[-1] if self._times else None

    def find(self, ticks: int) -> int | None:
        """Find the place of the last picture at or before a time; None if it would lie before all."""
        place = bisect_right(self._times, ticks) - 1
        return place if place >= 0 else None

    def followed(self, place: int) -> bool:
        """Another picture comes after it, so it is known until when it is shown."""
        return place + 1 < len(self._times)

    def around(self, place: int) -> tuple[VideoFrame | None, VideoFrame, VideoFrame | None]:
        """Take a picture with its neighbours, None where there are none."""
        before = self._frames[place - 1] if place else None
        after = self._frames[place + 1] if self.followed(place) else None
        return before, self._frames[place], after

    def time(self, place: int) -> int:
        """Time of a picture."""
        return self._times[place]


def size_of(frame: VideoFrame) -> int:
    """Count the bytes of a picture's planes."""
    return sum(plane.buffer_size for plane in frame.planes)

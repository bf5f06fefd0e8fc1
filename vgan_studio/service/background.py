"""Which frame is computed next while nobody waits for one: the playhead's neighbours, wanted ranges, then the rest."""

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from vgan_studio.errors import VganError
from vgan_studio.timeline.values import Timeline

from .requests import Background, Task

if TYPE_CHECKING:
    from vgan_studio.render.cover import Cover

_AHEAD, _BEHIND = 8, 3
_BREATH = 64  # frames that are looked at between two breaths, in which other threads come to run


class Queue:
    """The frames that shall be computed; any thread may use it.

    Attributes:
        idle_s: the rest of the film is begun when nothing was wanted for so long; None: never.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._timeline: Timeline | None = None
        self._playhead: int | None = None
        self._ranges: list[int] = []
        self._tried: set[str] = set()
        self._done = self._total = self._failed = self._worked = 0
        self._spent_s = 0.0
        self._since = time.monotonic()
        self.idle_s: float | None = None

    def follow(self, timeline: Timeline) -> None:
        """Work on this film from now on."""
        with self._lock:
            self._timeline, self._since = timeline, time.monotonic()

    def near(self, frame: int | None) -> None:
        """Say where the playhead rests; None while it does not."""
        with self._lock:
            self._playhead, self._since = frame, time.monotonic()

    def add(self, frames: Iterable[int]) -> None:
        """Compute these frames next, before the rest of the film; those that failed are tried again."""
        with self._lock:
            known = set(self._ranges)
            new = [frame for frame in frames if frame not in known]
            if not self._ranges:
                self._done = self._total = self._failed = self._worked = 0
                self._spent_s = 0.0
            self._ranges += new
            self._total += len(new)
            self._tried.clear()

    def clear(self) -> None:
        """Want no ranges any more."""
        with self._lock:
            self._ranges.clear()
            self._done = self._total = self._failed = 0

    def retry(self) -> None:
        """Try what failed, or was dropped by the cache, once more."""
        with self._lock:
            self._tried.clear()

    @property
    def progress(self) -> Background:
        """How far the ranges are."""
        with self._lock:
            left = len(self._ranges) * self._spent_s / self._worked if self._worked else None
            return Background(self._done, self._total, self._failed, left if self._ranges else None)

    @property
    def idle_in(self) -> float | None:
        """Seconds until the rest of the film is begun; None for never."""
        with self._lock:
            return None if self.idle_s is None else max(0.0, self._since + self.idle_s - time.monotonic())

    def ended(self, task: Task, seconds: float, *, failed: bool = False) -> None:
        """Take note that a frame was computed, or cannot be."""
        with self._lock:
            if task.purpose == "range" and task.frame in self._ranges:
                self._ranges.remove(task.frame)
                self._done += 1
                self._failed += failed
                self._worked += seconds > 0  # what was ready before tells nothing of the pace
                self._spent_s += seconds

    def next(self, cover: "Cover", hurry: Callable[[], bool]) -> Task | None:
        """Give the frame to compute next.

        Args:
            hurry: somebody waits for a picture now; looking around ends.
        """
        with self._lock:
            timeline = self._timeline
        if timeline is None:
            return None
        for count, task in enumerate(self._candidates(timeline), 1):
            if hurry():
                return None
            if self._wanted(task, cover):
                return task
            if count % _BREATH == 0:
                time.sleep(0.001)
        return None

    def _wanted(self, task: Task, cover: "Cover") -> bool:
        try:
            left = cover.left(task.timeline, task.frame)
        except VganError:
            left = ()
        with self._lock:
            if left and self._tried.isdisjoint(left):  # what is there already was tried, too, and may be part of it
                self._tried.update(left)
                return True
        if task.purpose == "range":
            self.ended(task, 0.0)
        return False

    def again(self, task: Task, cover: "Cover") -> None:
        """Take note that a frame was begun and left for something more urgent."""
        try:
            tops = [key for key, _ in cover.tops(task.timeline, task.frame)]
        except VganError:
            return
        with self._lock:
            self._tried.difference_update(tops)

    def _candidates(self, timeline: Timeline) -> Iterator[Task]:
        with self._lock:
            playhead, ranges = self._playhead, list(self._ranges)
        end = timeline.duration
        if playhead is not None:
            beside = [*range(playhead, playhead + _AHEAD + 1), *range(playhead - 1, playhead - _BEHIND - 1, -1)]
            yield from (Task(timeline, frame, "near") for frame in beside if 0 <= frame < end)
        yield from (Task(timeline, frame, "range") for frame in ranges)
        if self.idle_in == 0:
            start = min(max(playhead or 0, 0), max(end - 1, 0))
            yield from (Task(timeline, frame, "auto") for frame in (*range(start, end), *range(start)))

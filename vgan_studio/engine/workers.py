"""Threads that each run one part of the work on one core.

Parts side by side beat one part on all cores: OpenMP's threads wait for each other at every layer, and where another
process is busy on one core, all wait for it (measured: 3 times the time).
"""

import functools
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier
from typing import TypeVar

import cv2
import torch

Part = TypeVar("Part")
Result = TypeVar("Result")


@functools.cache
def cores() -> int:
    """Say how many threads torch was told to use when it was first asked here; `using` does not change it."""
    return torch.get_num_threads()


@contextmanager
def using(count: int) -> Iterator[None]:
    """Have torch use so many threads inside, for what the present thread does.

    With one, none of them waits for another: while they wait they spin, which costs a busy machine several times the
    processor time of the work itself.
    """
    before = torch.get_num_threads()
    torch.set_num_threads(count)
    try:
        yield
    finally:
        torch.set_num_threads(before)


class Workers:
    """A thread per core, each of which computes on its own core alone.  Any thread may use it but its own."""

    def __init__(self, count: int | None = None) -> None:
        before = torch.get_num_threads()
        self.count = count or cores()
        cv2.setNumThreads(max(1, self.count // 2))  # motion is estimated for two pairs or more side by side
        self._pool = ThreadPoolExecutor(self.count, "vgan-worker")
        # The number of threads is set per thread, but new threads begin with the last one set: set it back at the end.
        barrier = Barrier(self.count)
        for done in [self._pool.submit(_settle, barrier) for _ in range(self.count)]:
            done.result()
        torch.set_num_threads(before)

    def each(self, run: Callable[[Part], None], parts: Sequence[Part]) -> None:
        """Run all parts; the first error is raised after all have ended."""
        ended(self.begin(run, parts))

    def begin(self, run: Callable[[Part], Result], parts: Sequence[Part]) -> list[Future[Result]]:
        """Begin to run all parts."""
        return [self._pool.submit(_inferring, run, part) for part in parts]

    def close(self) -> None:
        """End the threads."""
        self._pool.shutdown()


def ended(pending: Sequence[Future[Result]]) -> list[Result]:
    """Wait until all have ended, and give their results, or raise the first error."""
    errors = [error for error in (done.exception() for done in pending) if error is not None]
    if errors:
        raise errors[0]
    return [done.result() for done in pending]


def _settle(barrier: Barrier) -> None:
    torch.set_num_threads(1)
    torch.get_num_threads()  # a thread takes over the last number set when it first asks, so it must ask now
    barrier.wait(60)


def _inferring(run: Callable[[Part], Result], part: Part) -> Result:
    with torch.inference_mode():  # a state of the thread; needed to write into a tensor that was made in it
        return run(part)

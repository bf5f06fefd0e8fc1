"""Threads that each run one part of the work on one core.

Parts side by side beat one part on all cores: OpenMP's threads wait for each other at every layer, and where another
process is busy on one core, all wait for it (measured: 3 times the time).
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

import torch

Part = TypeVar("Part")


class Workers:
    """A thread per core, each of which computes on its own core alone.  One thread at a time may use it."""

    def __init__(self, count: int | None = None) -> None:
        before = torch.get_num_threads()
        self.count = count or before
        self._pool = ThreadPoolExecutor(self.count, "vgan-worker")
        # The number of threads is set per thread, but new threads begin with the last one set: set it back at the end.
        barrier = Barrier(self.count)
        for done in [self._pool.submit(_settle, barrier) for _ in range(self.count)]:
            done.result()
        torch.set_num_threads(before)

    def each(self, run: Callable[[Part], None], parts: Sequence[Part]) -> None:
        """Run all parts; the first error is raised after all have ended."""
        pending = [self._pool.submit(_inferring, run, part) for part in parts]
        errors = [error for error in (done.exception() for done in pending) if error is not None]
        if errors:
            raise errors[0]

    def close(self) -> None:
        """End the threads."""
        self._pool.shutdown()


def _settle(barrier: Barrier) -> None:
    torch.set_num_threads(1)
    torch.get_num_threads()  # a thread takes over the last number set when it first asks, so it must ask now
    barrier.wait(60)


def _inferring(run: Callable[[Part], None], part: Part) -> None:
    with torch.inference_mode():  # a state of the thread; needed to write into a tensor that was made in it
        run(part)

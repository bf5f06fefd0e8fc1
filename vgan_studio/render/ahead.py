"""Let an iterator run ahead in a thread of its own, so that its work overlaps with that of who takes the items."""

from collections import deque
from collections.abc import Callable, Generator, Iterator
from threading import Condition, Thread
from typing import Generic, TypeVar

Item = TypeVar("Item")


def ahead(items: Generator[Item], size: Callable[[Item], int], limit_bytes: int) -> Generator[Item]:
    """Give the items of a generator that runs in another thread.

    What it raises is raised here, after the items before.  Closing this closes the generator, in its own thread, and
    waits until it has come to its end.

    Args:
        size: of an item, in bytes.
        limit_bytes: for the items that wait; one may wait whatever its size.
    """
    lane = _Lane[Item](limit_bytes)
    thread = Thread(target=lane.fill, args=(items, size), name="ahead", daemon=True)
    thread.start()
    try:
        yield from lane.items()
    finally:
        lane.stop()
        thread.join()


class _Lane(Generic[Item]):
    """A queue between two threads, bounded in bytes."""

    def __init__(self, limit_bytes: int) -> None:
        self._limit_bytes = limit_bytes
        self._changed = Condition()
        self._waiting: deque[tuple[Item, int]] = deque()
        self._size_bytes = 0
        self._ended = self._stopped = False
        self._error: BaseException | None = None

    def fill(self, items: Generator[Item], size: Callable[[Item], int]) -> None:
        """Take the items and queue them, until they end or nobody wants them any more."""
        try:
            for item in items:
                if not self._put(item, size(item)):
                    break
            items.close()
        except BaseException as error:  # it is raised again where the items are taken
            self._error = error
        with self._changed:
            self._ended = True
            self._changed.notify_all()

    def items(self) -> Iterator[Item]:
        """Give the items as they come."""
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting or self._ended)
                if not self._waiting:
                    break
                item, size_bytes = self._waiting.popleft()
                self._size_bytes -= size_bytes
                self._changed.notify_all()
            yield item
            del item  # it must not stay in memory while the next one is waited for
        if self._error is not None:
            raise self._error

    def stop(self) -> None:
        """Take nothing any more."""
        with self._changed:
            self._stopped = True
            self._waiting.clear()
            self._changed.notify_all()

    def _put(self, item: Item, size_bytes: int) -> bool:
        with self._changed:
            self._changed.wait_for(
                lambda: self._stopped or not self._waiting or self._size_bytes + size_bytes <= self._limit_bytes
            )
            if self._stopped:
                return False
            self._waiting.append((item, size_bytes))
            self._size_bytes += size_bytes
            self._changed.notify_all()
        return True

"""Who computes what right now, so that no picture is computed by two threads at once."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from threading import Condition

_LOOK_S = 0.1


class Claims:
    """The keys of pictures that are being computed.  Any thread may use it."""

    def __init__(self) -> None:
        self._word = Condition()
        self._held: set[str] = set()

    def __contains__(self, key: str) -> bool:
        return key in self._held

    @contextmanager
    def held(self, keys: Collection[str], check: Callable[[], None]) -> Iterator[None]:
        """Have these to oneself inside.

        What another thread has made of them before is in the cache by then, even where nobody had to wait for it.
        Whoever holds some must not ask for others, or two threads could wait for each other.

        Args:
            check: called again and again while waiting; what it raises ends the wait.
        """
        mine = frozenset(keys)
        with self._word:
            while self._held & mine:
                self._word.wait(_LOOK_S)
                check()
            self._held |= mine
        try:
            yield
        finally:
            with self._word:
                self._held -= mine
                self._word.notify_all()

    def clear(self) -> None:
        """Forget all: those who hold some do not answer any more."""
        with self._word:
            self._held.clear()
            self._word.notify_all()

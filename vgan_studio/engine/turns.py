"""Whose turn it is: one at a time uses the device, and whoever matters most goes first, between two tiles, too."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from vgan_studio.errors import EngineError


class Cancelled(Exception):  # noqa: N818  (no error: what was asked for is not wanted any more)
    """What was being computed is not wanted any more; raised between two tiles, and nothing is kept."""


class Turns:
    """A lock that goes to the highest rank that waits.  Any thread may use it; it is not reentrant."""

    def __init__(self) -> None:
        self._word = threading.Condition()
        self._waiting: list[int] = []
        self._held = False
        self._beat = 0.0
        self._broken = ""

    @property
    def silent_s(self) -> float:
        """How long whoever has the turn has given no sign of life; 0 while nobody has it."""
        with self._word:
            return time.monotonic() - self._beat if self._held else 0.0

    @contextmanager
    def turn(self, rank: int) -> Iterator[None]:
        """Wait for the turn, have it inside.

        Raises:
            EngineError: whoever has it will never give it back, see `give_up`.
        """
        self._take(rank)
        try:
            yield
        finally:
            self._leave()

    def between(self, rank: int) -> None:
        """Give a sign of life, and let those of a higher rank go first; only whoever has the turn may call it."""
        with self._word:
            self._beat = time.monotonic()
            if not any(other > rank for other in self._waiting):
                return
        self._leave()
        self._take(rank)

    def give_up(self, sentence: str) -> None:
        """Send everyone away who waits or comes: whoever has the turn does not answer any more."""
        with self._word:
            self._broken = sentence
            self._word.notify_all()

    def _take(self, rank: int) -> None:
        with self._word:
            self._waiting.append(rank)
            try:
                self._word.wait_for(lambda: self._broken or (not self._held and rank >= max(self._waiting)))
            finally:
                self._waiting.remove(rank)
            if self._broken:
                self._word.notify_all()
                raise EngineError(self._broken)
            self._held, self._beat = True, time.monotonic()

    def _leave(self) -> None:
        with self._word:
            self._held = False
            self._word.notify_all()


class Asking(threading.local):
    """What the present thread is to the engine.

    Attributes:
        rank: higher ones go first; exports and the command line have 0.
        check: called between two tiles; what it raises ends the work.
    """

    def __init__(self) -> None:
        super().__init__()
        self.rank = 0
        self.check: Callable[[], None] | None = None

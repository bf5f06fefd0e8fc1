"""The things used last, bounded in bytes."""

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

Thing = TypeVar("Thing")


class Shelf(Generic[Thing]):
    """Keeps what was used last, up to so many bytes; owned by one thread."""

    def __init__(self, limit_bytes: int) -> None:
        self._limit_bytes = limit_bytes
        self._size_bytes = 0
        self._things: OrderedDict[Hashable, tuple[Thing, int]] = OrderedDict()

    def __contains__(self, name: Hashable) -> bool:
        return name in self._things

    def get(self, name: Hashable) -> Thing | None:
        """Give a thing, if it is still here."""
        if name not in self._things:
            return None
        self._things.move_to_end(name)
        return self._things[name][0]

    def put(self, name: Hashable, thing: Thing, size_bytes: int) -> None:
        """Lay a thing down; what was not used for longest goes where there is no room."""
        if name in self._things:
            self._size_bytes -= self._things.pop(name)[1]
        self._things[name] = thing, size_bytes
        self._size_bytes += size_bytes
        while self._size_bytes > self._limit_bytes and self._things:
            self._size_bytes -= self._things.popitem(last=False)[1][1]

    def clear(self) -> None:
        """Take everything away."""
        self._things.clear()
        self._size_bytes = 0

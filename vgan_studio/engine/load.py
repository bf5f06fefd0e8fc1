"""How much a device is asked to do at once, and what was learned about it, kept on disk."""

import json
import logging
import os
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

log = logging.getLogger(__name__)

LEAST_TILE = 64
_FILE_LIMIT = 2**20  # bytes
_ENTRIES_LIMIT = 1000


@dataclass(frozen=True, slots=True)
class Load:
    """How many pictures at once, and how large a tile may be at most, in input pixels along a side."""

    batch: int
    tile: int

    def lighter(self) -> "Load | None":
        """Give the next lighter load: fewer pictures first, then smaller tiles; None if there is none."""
        if self.batch > 1:
            return replace(self, batch=self.batch // 2)
        return replace(self, tile=self.tile // 2) if self.tile // 2 >= LEAST_TILE else None


@dataclass(frozen=True, slots=True)
class Learned:
    """What was found out about a model on a device.

    Attributes:
        precision: "fp32", "fp16" or "bf16".
        batch, tile: of the heaviest load known to fit.
        seconds: per megapixel of input; 0 where it was not measured.
    """

    precision: str
    batch: int
    tile: int
    seconds: float = 0.0

    @property
    def load(self) -> Load:
        """Give the load."""
        return Load(self.batch, self.tile)


class Memory:
    """What was learned, by key, in a small JSON file.  The engine's lock guards it.

    A damaged file is forgotten with a warning; a disk that refuses costs the memory, not the picture.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._entries = _read(path)
        self._written = dict(self._entries)

    def get(self, key: str) -> Learned | None:
        """Give what is known."""
        return self._entries.get(key)

    def put(self, key: str, learned: Learned) -> None:
        """Remember; write it down if it is news: all but a cost that changed by less than a quarter."""
        self._entries[key] = learned
        old = self._written.get(key)
        near = old is not None and abs(learned.seconds - old.seconds) <= old.seconds / 4
        if old is None or not near or replace(learned, seconds=0.0) != replace(old, seconds=0.0):
            self._write()

    def _write(self) -> None:
        # Another process may have learned something meanwhile; for the same key the last word wins.
        self._entries = {**_read(self._path), **self._entries}
        entries = dict(list(self._entries.items())[-_ENTRIES_LIMIT:])
        part = self._path.with_name(f"{self._path.name}.{os.getpid()}.part")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            part.write_text(json.dumps({key: asdict(learned) for key, learned in entries.items()}, indent=1))
            part.replace(self._path)
        except OSError as error:
            log.warning("What was learned about the device is not kept: %s.", error)
        self._written = dict(self._entries)


def _read(path: Path) -> dict[str, Learned]:
    try:
        if not path.exists():
            return {}
        if path.stat().st_size > _FILE_LIMIT:
            raise ValueError("it is too large")
        return {str(key): _learned(entry) for key, entry in json.loads(path.read_text()).items()}
    except (OSError, ValueError, TypeError, AttributeError, RecursionError) as error:
        log.warning("%s cannot be read and is begun anew: %s.", path, error)
        return {}


def _learned(entry: Any) -> Learned:
    learned = Learned(**entry)
    whole = type(learned.batch) is int and type(learned.tile) is int
    if learned.precision not in ("fp32", "fp16", "bf16") or not whole or not isinstance(learned.seconds, int | float):
        raise ValueError("an entry is none")
    if not (1 <= learned.batch <= 1024 and LEAST_TILE <= learned.tile <= 65536 and 0 <= learned.seconds < 1e6):
        raise ValueError("an entry has impossible numbers")
    return learned

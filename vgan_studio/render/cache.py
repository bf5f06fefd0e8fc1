"""Pictures by key, on disk: what a network made once is never made again.

A picture is a file of its own, written beside and renamed; it carries its key, its shape and a digest, so a damaged
one is noticed and computed anew.  The index knows sizes and times of use alone: losing it loses no picture.
"""

import hashlib
import logging
import os
import struct
import threading
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import numpy as np
import platformdirs
from numpy.typing import NDArray

from vgan_studio.errors import MediaError, VganError
from vgan_studio.media.packed import pack, unpack

from .claims import Claims
from .index import Index

log = logging.getLogger(__name__)

_SUFFIX = ".picture"
_MAGIC = b"vganpic1"
_HEAD = struct.Struct("<8s32sIII16s")  # magic, key, channels, height, width, digest of all that and the bytes
_MOST_PIXELS = 1 << 28
_MOST_BYTES = 1 << 30
_FULL_TO = 0.9  # of the limit, after the oldest have gone
_ABANDONED_S = 3600.0
_SULK_S = 30.0  # a folder that refused is tried again after so long

Levels = NDArray[np.uint8]


def default_folder() -> Path:
    """Say where pictures are kept if nobody says otherwise: `VGAN_CACHE`, or the user's cache folder."""
    return Path(os.environ.get("VGAN_CACHE") or platformdirs.user_cache_dir("vgan_studio")) / "pictures"


class Cache:
    """Pictures by key in a folder of limited size; the ones least recently used go first.

    Any number of threads may use one, any number of processes may share a folder.  A folder that cannot be used is
    said once, as a warning, and everything goes on without it.

    Attributes:
        damaged: how many entries were found to be damaged.
        trouble: why nothing is written at the moment; "" where it is.
        claims: what is being computed at the moment.
    """

    def __init__(self, folder: Path, limit_bytes: int) -> None:
        self.folder, self.limit_bytes, self.damaged = folder, limit_bytes, 0
        self.trouble, self.claims = "", Claims()
        self._lock = threading.Lock()
        self._index: Index | None = None
        self._said = False
        self._again = 0.0  # when writing is tried again
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._index = Index(folder)
            self._adopt()
        except OSError as error:
            self._stop_writing(error)

    def has(self, key: str) -> bool:
        """Tell whether a picture lies here; whether it is whole shows when it is read."""
        return self._path(key).is_file()

    def get(self, key: str) -> Levels | None:
        """Give a picture as it was put in, or None if it is not here or damaged."""
        try:
            if self._path(key).stat().st_size > _MOST_BYTES:
                self._forget_damaged(key)
                return None
            data = self._path(key).read_bytes()
        except OSError:
            return None
        levels = _read(key, data)
        if levels is None:
            self._forget_damaged(key)
            return None
        self._enter(key, len(data))
        return levels

    def put(self, key: str, levels: Levels) -> None:
        """Keep a picture.

        Args:
            levels: (4, H, W) uint8, premultiplied R'G'B'A; alpha is left out where it is 255 everywhere, so what
                comes back may be (3, H, W).
        """
        if not self.writable:
            return
        if levels.shape[0] == 4 and levels[3].min() == 255:
            levels = levels[:3]
        try:
            self._write(key, levels)
        except (OSError, MediaError) as error:
            self._stop_writing(error)
        else:
            self.trouble = ""

    @property
    def writable(self) -> bool:
        """Tell whether what is put in would be kept; a folder that refused is tried again after a while."""
        return self.limit_bytes > 0 and (not self.trouble or time.monotonic() >= self._again)

    def limit(self, limit_bytes: int) -> None:
        """Allow so much from now on; what is over goes at once."""
        self.limit_bytes = limit_bytes
        with self._lock:
            try:
                if self._index and self._index.total() > limit_bytes:
                    self._make_room()
            except OSError as error:
                self._stop_writing(error)

    def keep(self, owner: str, keys: Iterable[str]) -> None:
        """Never drop these for want of room, as long as the owner says so; those it named before are let go.

        Args:
            owner: such as the path of a project.
        """
        with self._lock:
            try:
                if self._index:
                    self._index.keep(owner, keys)
            except OSError as error:
                self._stop_writing(error)

    def keeps(self, owner: str) -> bool:
        """Tell whether anything is kept for an owner."""
        with self._lock, suppress(OSError):
            return self._index is not None and self._index.keeps(owner)
        return False

    def size_of(self, keys: Sequence[str]) -> int:
        """Give the bytes that these pictures take, as the index knows them."""
        with self._lock, suppress(OSError):
            return self._index.size_of(keys) if self._index else 0
        return 0

    def clear(self) -> None:
        """Remove every picture.

        Raises:
            VganError: the folder does not allow it.
        """
        with self._lock:
            try:
                self._remove([path.stem for path in self.folder.glob(f"??/*{_SUFFIX}")])
            except OSError as error:
                raise VganError(f"The cache in {self.folder} cannot be cleared: {error}.") from error

    @property
    def size_bytes(self) -> int:
        """All pictures together, as the index knows them."""
        with self._lock, suppress(OSError):
            return self._index.total() if self._index else 0
        return 0

    def close(self) -> None:
        """Let go of the index."""
        with self._lock:
            if self._index:
                self._index.close()
                self._index = None

    def _write(self, key: str, levels: Levels) -> None:
        path = self._path(key)
        beside = path.with_name(f"{path.name}.{uuid4().hex}.part")
        path.parent.mkdir(exist_ok=True)
        data = _written(key, levels)
        try:
            beside.write_bytes(data)
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
        self._enter(key, len(data))

    def _enter(self, key: str, size_bytes: int) -> None:
        with self._lock:
            if self._index is None or not self.writable:
                return
            try:
                self._index.touch(key, size_bytes, time.time_ns())
                if self._index.total() > self.limit_bytes:
                    self._make_room()
            except OSError as error:
                self._stop_writing(error)

    def _make_room(self) -> None:
        assert self._index
        self._remove(self._index.oldest(self._index.total() - int(self.limit_bytes * _FULL_TO)))

    def _remove(self, keys: list[str]) -> None:
        for key in keys:
            self._path(key).unlink(missing_ok=True)
        if self._index:
            self._index.forget(*keys)

    def _adopt(self) -> None:
        """Enter the pictures that a lost index or an interrupted process left; remove what was never finished."""
        assert self._index
        known, found = self._index.known(), set()
        for path in self.folder.glob("??/*"):
            with suppress(FileNotFoundError):  # another process may have removed it meanwhile
                if path.suffix == ".part" and time.time() - path.stat().st_mtime > _ABANDONED_S:
                    path.unlink()
                elif path.suffix == _SUFFIX:
                    found.add(path.stem)
                    if path.stem not in known:
                        state = path.stat()
                        self._index.touch(path.stem, state.st_size, state.st_mtime_ns)
        self._index.forget(*(known - found))

    def _forget_damaged(self, key: str) -> None:
        self.damaged += 1
        log.warning("A picture in the cache is damaged and is computed anew: %s.", self._path(key))
        with self._lock:
            try:
                self._remove([key])
            except OSError as error:
                self._stop_writing(error)

    def _stop_writing(self, error: Exception) -> None:
        reason = str(getattr(error, "strerror", None) or error)
        if not self._said:
            log.warning("The cache in %s is not written to for now: %s.", self.folder, reason)
        self._said, self.trouble, self._again = True, reason, time.monotonic() + _SULK_S

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}{_SUFFIX}"


def _written(key: str, levels: Levels) -> bytes:
    packed = pack(levels)
    head = _HEAD.pack(_MAGIC, bytes.fromhex(key), *levels.shape, b"")
    return _HEAD.pack(_MAGIC, bytes.fromhex(key), *levels.shape, _digest(head, packed)) + packed


def _read(key: str, data: bytes) -> Levels | None:
    """Give the picture in the bytes of an entry, or None where they are not what was written."""
    if len(data) < _HEAD.size:
        return None
    magic, name, channels, height, width, digest = _HEAD.unpack_from(data)
    packed = data[_HEAD.size :]
    head = _HEAD.pack(magic, name, channels, height, width, b"")
    if (magic, name) != (_MAGIC, bytes.fromhex(key)) or digest != _digest(head, packed):
        return None
    if channels not in {3, 4} or not 0 < height * width <= _MOST_PIXELS:
        return None
    try:
        return unpack(packed, (channels, height, width))
    except MediaError:
        return None


def _digest(head: bytes, packed: bytes) -> bytes:
    return hashlib.blake2b(head + packed, digest_size=16).digest()

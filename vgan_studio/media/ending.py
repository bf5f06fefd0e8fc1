"""Tell by its last bytes whether a file breaks off, where its container does not say how long it is.

Said is only what is exact: that the file ends inside of a packet, a block or an element.  Where it ends between two of
them, or where what lies there is none of them, nothing is known.
"""

import mmap
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import BinaryIO

from ..errors import MediaError
from .open import sentence

_TRANSPORT_BYTES = 1 << 16
_PROGRAM_BYTES = 1 << 18  # a packet has 64 KiB at most
_MATROSKA_BYTES = 1 << 22
_GIF_BYTES = 1 << 28
_SYNC, _FEWEST_PACKETS = 0x47, 8
_PACKETS = {188: 0, 192: 4, 204: 0}  # sizes of a packet of a transport stream, and what lies before its sync byte
_PACK = b"\0\0\1\xba"
_SEGMENT, _CLUSTER = b"\x18\x53\x80\x67", b"\x1f\x43\xb6\x75"
_ELEMENTS = {  # what follows each other in and behind a cluster
    _CLUSTER, *(bytes((one,)) for one in (0xE7, 0xA3, 0xA0, 0xAB, 0xA7, 0xEC, 0xBF)), b"\x1c\x53\xbb\x6b",
    b"\x12\x54\xc3\x67", b"\x11\x4d\x9b\x74", b"\x15\x49\xa9\x66", b"\x16\x54\xae\x6b", b"\x10\x43\xa7\x70",
    b"\x19\x41\xa4\x69",
}  # fmt: skip


class _ShortError(Exception):
    """The bytes end inside of something."""


def breaks_off(path: str | os.PathLike[str], container: str) -> bool:
    """Tell whether a file surely breaks off.

    Args:
        container: FFmpeg's name of its format.

    Raises:
        MediaError: it cannot be read.
    """
    if container not in _LOOKS:
        return False
    try:
        with Path(path).open("rb") as file:
            return _LOOKS[container](file, os.fstat(file.fileno()).st_size)
    except OSError as error:
        raise MediaError(sentence(path, error)) from error


def _transport(file: BinaryIO, size: int) -> bool:
    """Look where the packets of an MPEG transport stream lie: each begins with the same byte."""
    tail = _tail(file, size, _TRANSPORT_BYTES)
    found = []
    for length, lead in _PACKETS.items():
        for first in range(length):
            marks = tail[first::length]
            if len(marks) >= _FEWEST_PACKETS and marks.count(_SYNC) == len(marks):
                found.append((len(tail) - first + lead) % length)
    return bool(found) and 0 not in found


def _program(file: BinaryIO, size: int) -> bool:
    """Go along the packets of an MPEG program stream, which say how long they are."""
    return _goes_short(_tail(file, size, _PROGRAM_BYTES), _PACK, _after_packet)


def _matroska(file: BinaryIO, size: int) -> bool:
    """Compare with the size of the segment; where it is left open, as of what is recorded, go along the clusters."""
    head = file.read(1 << 12)
    try:
        at = 0
        while head[at : at + 4] != _SEGMENT:
            _, at, length = _element(head, at)
            at += length or 0
        _, at, length = _element(head, at)
    except (_ShortError, ValueError):
        return False
    if length is not None:
        return at + length > size
    return _goes_short(_tail(file, size, _MATROSKA_BYTES), _CLUSTER, _after_element)


def _gif(file: BinaryIO, size: int) -> bool:
    """Go along the blocks, unless the file ends as it should."""
    if _tail(file, size, 1 << 10).rstrip(b"\0").endswith(b";") or not 13 < size <= _GIF_BYTES:
        return False
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        try:
            at = 13 + _table(data[10])
            while at < size and data[at] in b"!,":
                at = _after_block(data, at)
        except IndexError:
            return True
        return at > size


def _goes_short(tail: bytes, mark: bytes, after: Callable[[bytes, int], int]) -> bool:
    """Go along from the first mark on from which that is possible; tell whether what is last there is not whole.

    Args:
        after: gives where what begins at a place ends; ValueError if nothing can begin there.
    """
    start = tail.find(mark)
    while start >= 0:
        at = start
        try:
            while at < len(tail):
                at = after(tail, at)
            return at > len(tail)
        except _ShortError:
            return True
        except ValueError:
            start = tail.find(mark, start + 1)
    return False


def _after_packet(data: bytes, at: int) -> int:
    if not data.startswith(b"\0\0\1", at):
        raise ValueError
    kind, more = _byte(data, at + 3), data[at + 4 : at + 14]
    if kind == 0xB9:  # the end; other packs may follow
        return at + 4
    if kind == 0xBA:
        if _byte(more, 0) >> 4 == 2:  # MPEG-1
            return at + 12
        if more[0] >> 6 != 1:
            raise ValueError
        return at + 14 + (_byte(more, 9) & 7)
    if kind < 0xBB:
        raise ValueError
    return at + 6 + (_byte(more, 0) << 8 | _byte(more, 1))


def _after_element(data: bytes, at: int) -> int:
    name, at, length = _element(data, at)
    if name not in _ELEMENTS or (length is None and name != _CLUSTER):
        raise ValueError
    return at + (length or 0)


def _element(data: bytes, at: int) -> tuple[bytes, int, int | None]:
    """Give the name of an EBML element, where its content begins, and how long that is; None if it is left open."""
    first = _byte(data, at)
    wide = 9 - first.bit_length()
    if wide > 4:
        raise ValueError
    name, at = data[at : at + wide], at + wide
    first = _byte(data, at)
    wide = 9 - first.bit_length()
    if wide > 8:
        raise ValueError
    _byte(data, at + wide - 1)
    most = (1 << 7 * wide) - 1
    length = int.from_bytes(data[at : at + wide], "big") & most
    return name, at + wide, None if length == most else length


def _after_block(data: mmap.mmap, at: int) -> int:
    """Give where a block of a GIF ends.

    Raises:
        IndexError: beyond the end of the file.
    """
    at += 2 if data[at] == ord("!") else 11 + _table(data[at + 9])
    while data[at]:
        at += data[at] + 1
    return at + 1


def _table(flags: int) -> int:
    """Give the bytes of a table of colours."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _byte(data: bytes, at: int) -> int:
    if at >= len(data):
        raise _ShortError
    return data[at]


def _tail(file: BinaryIO, size: int, most: int) -> bytes:
    file.seek(max(0, size - most))
    return file.read(most)


_LOOKS: Mapping[str, Callable[[BinaryIO, int], bool]] = {
    "mpegts": _transport,
    "mpeg": _program,
    "matroska,webm": _matroska,
    "gif": _gif,
}

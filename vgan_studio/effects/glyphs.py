"""Which characters a font file can draw, read from its table `cmap`.

OpenType 1.9, chapters "Font file", "cmap": formats 4 (the basic plane) and 12 (all of Unicode) are read.
"""

import logging
import struct
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_LIMIT_BYTES = 128 * 2**20
_LIMIT_GROUPS = 2**17
_OUTLINES = {b"glyf", b"CFF ", b"CFF2"}

log = logging.getLogger(__name__)


@lru_cache(maxsize=256)
def characters(path: str, index: int) -> frozenset[int]:
    """Give the code points that the font numbered `index` of a file can draw as outlines; none if it is damaged."""
    try:
        data = Path(path).read_bytes() if Path(path).stat().st_size <= _LIMIT_BYTES else b""
        tables = _tables(data, index)
        if not _OUTLINES & tables.keys():
            return frozenset()
        return frozenset(_mapped(data, tables[b"cmap"]).tolist())
    except (OSError, struct.error, KeyError, ValueError, IndexError) as error:
        log.warning("Cannot tell what the font %s can draw: %s", path, error)
        return frozenset()


def _tables(data: bytes, index: int) -> dict[bytes, int]:
    """Give the places of the tables, by their tags."""
    start = struct.unpack_from(">I", data, 12 + 4 * index)[0] if data[:4] == b"ttcf" else 0
    (count,) = struct.unpack_from(">H", data, start + 4)
    records = (struct.unpack_from(">4sIII", data, start + 12 + 16 * i) for i in range(count))
    return {tag: place for tag, _, place, _ in records}


def _mapped(data: bytes, cmap: int) -> NDArray[np.int64]:
    (count,) = struct.unpack_from(">H", data, cmap + 2)
    records = [struct.unpack_from(">HHI", data, cmap + 4 + 8 * i) for i in range(count)]
    unicode = [cmap + place for platform, encoding, place in records if (platform, encoding) in _UNICODE]
    formats = {struct.unpack_from(">H", data, place)[0]: place for place in unicode}
    if 12 in formats:
        return _all_planes(data, formats[12])
    return _basic_plane(data, formats[4])


_UNICODE = {(3, 10), (3, 1), *((0, encoding) for encoding in range(7))}


def _basic_plane(data: bytes, start: int) -> NDArray[np.int64]:
    (double,) = struct.unpack_from(">H", data, start + 6)
    segments = double // 2
    ends, starts, deltas, offsets = (
        np.frombuffer(data, ">u2", segments, start + 14 + (i * double) + (2 if i else 0)).astype(np.int64)
        for i in range(4)
    )
    known = np.zeros(0x10000, dtype=bool)
    for i in range(segments):
        codes = np.arange(starts[i], ends[i] + 1)
        glyphs = (codes + deltas[i]) % 65536
        if offsets[i]:
            place = start + 16 + 3 * double + 2 * i + int(offsets[i])
            glyphs = np.frombuffer(data, ">u2", max(0, min(len(codes), (len(data) - place) // 2)), place)
        known[codes[: len(glyphs)]] = glyphs != 0
    known[0xFFFF] = False
    return np.flatnonzero(known)


def _all_planes(data: bytes, start: int) -> NDArray[np.int64]:
    (count,) = struct.unpack_from(">I", data, start + 12)
    count = min(count, _LIMIT_GROUPS)
    groups = np.frombuffer(data, ">u4", 3 * count, start + 16).reshape(count, 3).astype(np.int64)
    known = np.zeros(0x110000, dtype=bool)
    for first, last, _ in groups:
        known[first : last + 1] = True
    return np.flatnonzero(known)

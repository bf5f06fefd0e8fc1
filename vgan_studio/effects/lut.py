"""The effect `color.lut`, and the reader of the .cube files that it takes.

Adobe, Cube LUT Specification 1.0 (2013), and the input ranges that DaVinci Resolve writes.
"""

import logging
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from stat import S_ISREG

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from vgan_studio.effects.light import bounded, looked_up, straight
from vgan_studio.effects.spec import File, Number, effect
from vgan_studio.errors import EffectError
from vgan_studio.picture import Picture

LIMIT_BYTES = 96 * 2**20
LIMITS = {"LUT_1D_SIZE": 65536, "LUT_3D_SIZE": 129}
_RANGES = ("LUT_1D_INPUT_RANGE", "LUT_3D_INPUT_RANGE")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Lut:
    """A table of colours.

    Attributes:
        table: (3, N) for each channel alone, or (3, N, N, N), blue before green before red, for all together.
        low, high: the signal at the first and at the last entry, (3,).
    """

    table: Tensor
    low: tuple[float, ...] = (0.0, 0.0, 0.0)
    high: tuple[float, ...] = (1.0, 1.0, 1.0)


@effect("color.lut", "LUT", file=File((".cube",)), strength=Number(1.0, 0.0, 1.0))
def lut(x: Picture, *, file: str, strength: float) -> Picture:
    """Send the straight signal through the table of a .cube file, linear between its entries.

    Without a file nothing changes.

    Raises:
        EffectError: the file cannot be read.
    """
    if not file or strength == 0:
        return x
    found = load(file)
    before = straight(x)
    low, high = (x.new_tensor(end)[None, :, None, None] for end in (found.low, found.high))
    place = ((before - low) / (high - low)).clamp(0, 1)
    after = looked_up(place, found.table) if found.table.dim() == 2 else _interpolated(place, found.table)
    return bounded(torch.lerp(before, after, strength) * x[:, 3:], x[:, 3:])


def load(file: str) -> Lut:
    """Read a .cube file; one that has not changed is read once.

    Raises:
        EffectError: it is missing, too large, or not a table of finite numbers.
    """
    try:
        stat = Path(file).stat()
        if not S_ISREG(stat.st_mode) or stat.st_size > LIMIT_BYTES:
            raise EffectError(f"The LUT {file} is not a file of at most {LIMIT_BYTES // 2**20} MiB.")
        return _load(file, stat.st_mtime_ns, stat.st_size)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise EffectError(f"Cannot read the LUT {file}: {reason}.") from error


@lru_cache(maxsize=4)
def _load(file: str, changed: int, size: int) -> Lut:
    log.debug("reading %s of %d bytes, changed at %d", file, size, changed)
    return parse(Path(file).read_text(encoding="utf-8", errors="replace"))


def parse(text: str) -> Lut:
    """Make a table of the text of a .cube file.

    Raises:
        ValueError: it is none; the message ends a sentence.
    """
    words, rows = _header(text)
    sizes = [name for name in LIMITS if name in words]
    if len(sizes) != 1:
        raise ValueError("it must have either LUT_1D_SIZE or LUT_3D_SIZE")
    size = _size(sizes[0], words[sizes[0]])
    shape = (size,) if sizes[0] == "LUT_1D_SIZE" else (size, size, size)
    numbers = _floats(rows, 3 * size ** len(shape))
    low, high = _domain(words)
    table = torch.from_numpy(numbers).reshape(*shape, 3).movedim(-1, 0).contiguous()
    return Lut(table, low, high)


def _header(text: str) -> tuple[dict[str, list[str]], list[str]]:
    """Part a file into its keywords and its rows of numbers."""
    words: dict[str, list[str]] = {}
    rows = []
    for line in text.splitlines():
        first, *rest = line.split("#")[0].split() or [""]
        if first[:1].isalpha() and first.lower() not in ("nan", "inf", "infinity"):
            words[first.upper()] = rest
        elif first:
            rows.append(line)
    for name in words.keys() - {"TITLE", "DOMAIN_MIN", "DOMAIN_MAX", *LIMITS, *_RANGES}:
        log.warning("The LUT says %.40s, which is not understood and left out.", name)
    return words, rows


def _size(name: str, rest: list[str]) -> int:
    if len(rest) != 1 or not rest[0].isdecimal() or not 2 <= int(rest[0][:9]) <= LIMITS[name]:
        raise ValueError(f"{name} must be a whole number from 2 to {LIMITS[name]}")
    return int(rest[0])


def _floats(rows: list[str], count: int) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    words = " ".join(row.split("#")[0] for row in rows).split()
    if len(words) != count:
        raise ValueError(f"it has {len(words)} numbers instead of {count}")
    try:
        numbers = np.array(words, dtype=np.float64)
    except ValueError:
        raise ValueError("it has words where numbers should be") from None
    if not (np.abs(numbers) <= 1e6).all():
        raise ValueError("its numbers are not finite")
    return numbers.astype(np.float32)


def _domain(words: dict[str, list[str]]) -> tuple[tuple[float, ...], tuple[float, ...]]:
    low, high = words.get("DOMAIN_MIN", ["0"] * 3), words.get("DOMAIN_MAX", ["1"] * 3)
    for name in _RANGES:
        if len(words.get(name, [])) == 2:
            low, high = [words[name][0]] * 3, [words[name][1]] * 3
    try:
        ends = tuple(float(word) for word in low), tuple(float(word) for word in high)
    except ValueError:
        raise ValueError("its domain is not made of numbers") from None
    if not (len(low) == len(high) == 3 and all(-1e6 <= a < b <= 1e6 for a, b in zip(*ends, strict=True))):
        raise ValueError("its domain must be three numbers and three larger ones")
    return ends


def _interpolated(colour: Tensor, table: Tensor) -> Tensor:
    grid = (colour * 2 - 1).permute(0, 2, 3, 1)[:, None]  # (B, 1, H, W, 3), red along the table's last axis
    tables = table.to(colour).expand(len(colour), -1, -1, -1, -1)
    return F.grid_sample(tables, grid, padding_mode="border", align_corners=True)[:, :, 0]

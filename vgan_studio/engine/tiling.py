"""Cut a picture, run the parts, put them together: nobody sees that it was cut.

A part is read with a border as wide as the network's reach, and only its own pixels are kept of the result.  So the
parts need no blending: every kept pixel has seen all that it would have seen in the whole.  Where a part ends at the
picture's edge it has no border, and the network pads there as it does for the whole.

       +-----------------+-----+
       |  kept           | b   |       b: border, read and thrown away
       |                 |     |
       +-----------------+     |
       |  b                    |
       +-----------------------+
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

Each = Callable[[Callable[[Any], None], Sequence[Any]], None]


@dataclass(frozen=True, slots=True)
class Tile:
    """A part of a picture, in input pixels, half-open: what is kept, and what is read for it."""

    top: int
    bottom: int
    left: int
    right: int
    read_top: int
    read_bottom: int
    read_left: int
    read_right: int

    def cut(self, x: Tensor) -> Tensor:
        """Give what is read, a view; (B, C, H, W) to (B, C, h, w)."""
        return x[..., self.read_top : self.read_bottom, self.read_left : self.read_right]

    def keep(self, part: Tensor, y: Tensor, scale: int) -> None:
        """Copy what is kept of the part's result to its place in the whole result."""
        top, left = self.top - self.read_top, self.left - self.read_left
        height, width = self.bottom - self.top, self.right - self.left
        kept = part[..., top * scale : (top + height) * scale, left * scale : (left + width) * scale]
        y[..., self.top * scale : self.bottom * scale, self.left * scale : self.right * scale] = kept


def tiles(height: int, width: int, rows: int, columns: int, *, reach: int, multiple: int = 1) -> tuple[Tile, ...]:
    """Cut a picture into rows and columns of tiles, nearly even.

    Args:
        height, width: of the picture, multiples of `multiple`.
        rows, columns: how many, where there is room: every cut falls on a multiple.
        reach: width of the border, rounded up to a multiple.
    """
    border = -(-reach // multiple) * multiple
    downs = [(a, b, max(0, a - border), min(height, b + border)) for a, b in _cuts(height, rows, multiple)]
    acrosses = [(a, b, max(0, a - border), min(width, b + border)) for a, b in _cuts(width, columns, multiple)]
    return tuple(
        Tile(top, bottom, left, right, read_top, read_bottom, read_left, read_right)
        for top, bottom, read_top, read_bottom in downs
        for left, right, read_left, read_right in acrosses
    )


def cover(
    height: int, width: int, tile: int, *, reach: int, multiple: int = 1, pieces: int = 1, least: int = 1
) -> tuple[Tile, ...]:
    """Cut a picture into tiles of at most `tile` along a side, and into `pieces` or more where that pays.

    Args:
        pieces: how many parts are wanted at least, for workers side by side; rows are cut for it.
        least: height of a row below which no more rows are cut for it.
    """
    if reach >= max(height, width):  # every part would be read whole
        return tiles(height, width, 1, 1, reach=reach, multiple=multiple)
    rows, columns = -(-height // tile), -(-width // tile)
    wanted = min(-(-pieces // columns), height // max(1, least))
    return tiles(height, width, max(rows, wanted), columns, reach=reach, multiple=multiple)


def run_tiled(
    network: Callable[[Tensor], Tensor],
    x: Tensor,
    parts: tuple[Tile, ...],
    scale: int,
    *,
    batch: int = 1,
    each: Each | None = None,
    channels: int = 3,
    at_once: int = 1,
    between: Callable[[], None] = lambda: None,
) -> Tensor:
    """Run a network over the parts of pictures.

    Args:
        network: (B, C, h, w) to (B, channels, h * scale, w * scale).
        x: (B, C, H, W), as large as the parts together.
        parts: see `tiles`.
        batch: how many pictures go through the network at once.
        channels: of the result.
        each: how to go through the work, for instance several pieces at once; one after the other if not given.
        at_once: how many pieces are handed to `each` together.
        between: called before each piece, or pieces together; what it raises ends the work.

    Returns:
        (B, channels, H * scale, W * scale), of x's type: what the network gives for the whole, but for rounding.
    """
    work = [(at, tile) for at in range(0, len(x), batch) for tile in parts]
    if len(work) == 1:
        between()
        return network(x).to(x.dtype)
    size = (len(x), channels, x.shape[2] * scale, x.shape[3] * scale)
    y = torch.empty(size, dtype=x.dtype, device=x.device, memory_format=torch.channels_last)

    def run(piece: tuple[int, Tile]) -> None:
        at, tile = piece
        tile.keep(network(tile.cut(x[at : at + batch])), y[at : at + batch], scale)

    step = at_once if each is not None else 1
    for first in range(0, len(work), step):
        between()
        if each is not None:
            each(run, work[first : first + step])
        else:
            run(work[first])
    return y


def pad(x: Tensor, multiple: int) -> Tensor:
    """Repeat the last row and column until height and width are multiples."""
    down, across = (-x.shape[-2]) % multiple, (-x.shape[-1]) % multiple
    return F.pad(x, (0, across, 0, down), mode="replicate") if down or across else x


def _cuts(length: int, count: int, multiple: int) -> list[tuple[int, int]]:
    units = -(-length // multiple)
    count = min(count, units)
    places = [round(units * i / count) * multiple for i in range(count)]
    return list(pairwise([*places, length]))

"""Neighbours in time, carried onto a picture for the effects whose networks see three frames."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise, product

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from vgan_studio.engine.run import Engine
from vgan_studio.gan.flow import SIDE_LEAST, Greys, cut_between, flow, grey, searched, small, streaks, warp
from vgan_studio.gan.weights import Model
from vgan_studio.picture import Picture


class Two:
    """Two pictures, (1, C, H, W) each, as a key: equal where their pixels are."""

    def __init__(self, a: Tensor, b: Tensor) -> None:
        self.a, self.b = a, b
        self._hash = hash(a[0, :, ::29, ::31].cpu().numpy().tobytes() + b[0, :, ::29, ::31].cpu().numpy().tobytes())

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Two) and torch.equal(self.a, other.a) and torch.equal(self.b, other.b)


def seen_by(engine: Engine, model: Model, before: Picture, x: Picture, after: Picture, *more: Tensor) -> Tensor:
    """Give what a network sees: the frame, its neighbours carried onto it, and more; or the frame alone.

    Args:
        before, x, after: (B, 4, H, W), in order of time.
        more: (B, C, H, W) each.

    Returns:
        (B, 9 + C, or 12 + C where it sees `streaks`, or 3, H, W).
    """
    inputs = model.card.config.get("inputs")
    if inputs == 3:
        return x[:, :3]
    moving = inputs == 12 + sum(part.shape[1] for part in more)
    if x.device.type == "cpu":
        return _seen(engine, before, x, after, more, moving=moving)
    rows = []
    for past, now, future, *told in zip(*(torch.split(part, 1) for part in (before, x, after, *more)), strict=True):
        ways = _flow(now, past, late=False), _flow(now, future, late=True)
        sides = [now if way is None else warp(one, way) for one, way in zip((past, future), ways, strict=True)]
        seen = [*(one[:, :3] for one in (now, *sides)), *told]
        rows.append(torch.cat([*seen, streaks(now, *ways)] if moving else seen, 1))
    return torch.cat(rows)


def _flow(x: Picture, other: Picture, *, late: bool) -> Tensor | None:
    """Say where the pixels of a picture lie in a neighbour; None where that is the same, or there is a cut between.

    Args:
        late: the neighbour comes after the picture.
    """
    return None if torch.equal(other, x) or _cut(*((x, other) if late else (other, x))) else flow(x, other)


def _seen(
    engine: Engine, before: Picture, x: Picture, after: Picture, more: Sequence[Tensor], *, moving: bool
) -> Tensor:
    """Do so on a CPU: what several need of a picture, or of a pair, is made once."""
    columns = [list(torch.split(part, 1)) for part in (before, x, after)]
    looked = _looked(engine, [one for column in columns for one in column])
    spots = list(product(range(len(x)), (0, 2)))
    rows = [[looked[id(one)] for one in row] for row in zip(*columns, strict=True)]
    pairs = {(a, b): None for row in rows for a, b in pairwise(row) if a is not b}
    cuts = dict(zip(pairs, engine.spread(lambda two: two[0].cut(two[1]), list(pairs)), strict=True))

    def carry(spot: tuple[int, int]) -> tuple[Tensor, Tensor | None]:
        at, side = spot
        one, other = rows[at][1], rows[at][side]
        if one is other or cuts[(other, one) if side == 0 else (one, other)] or torch.equal(one.x, other.x):
            return one.x, None
        way = one.flow(other)
        return warp(other.x, way), way

    moved = dict(zip(spots, engine.spread(carry, spots), strict=True))
    y = np.empty((len(x), *x.shape[2:], 9 + sum(part.shape[1] for part in more) + 3 * moving), np.float32)

    def lay(at: int) -> None:
        one, (past, back), (future, ahead) = columns[1][at], moved[at, 0], moved[at, 2]
        told = [part[at : at + 1] for part in more]
        _laid_side_by_side([one, past, future], [*told, streaks(one, back, ahead)] if moving else told, y[at])

    engine.spread(lay, range(len(x)))
    return torch.from_numpy(y).permute(0, 3, 1, 2)


class _Looked:
    """A picture, and what is seen of it for its motion; equal only to itself."""

    def __init__(self, x: Picture) -> None:
        self.x, self._small = x, small(x)
        self._grey: Greys = grey(x) if min(x.shape[2:]) >= SIDE_LEAST else []

    def cut(self, after: "_Looked") -> bool:
        """Tell whether the scene changes between this picture and the next."""
        return _known_cut(Two(self._small, after._small))

    def flow(self, other: "_Looked") -> Tensor:
        """Say where the pixels of this one lie in another one."""
        return searched(self._grey, other._grey) if self._grey else self.x.new_zeros(1, 2, *self.x.shape[2:])


def _looked(engine: Engine, pictures: Sequence[Picture]) -> dict[int, _Looked]:
    """Look at each picture once, wherever it lies several times in a window; by `id`."""
    first = {one.data_ptr(): one for one in reversed(pictures)}
    made = dict(zip(first, engine.spread(_Looked, list(first.values())), strict=True))
    return {id(one): made[one.data_ptr()] for one in pictures}


def _cut(a: Picture, b: Picture) -> bool:
    return _known_cut(Two(small(a), small(b)))


@lru_cache(maxsize=16)
def _known_cut(two: Two) -> bool:
    """Look once for a cut between two neighbours, both made small, which both are shown beside."""
    return bool(cut_between(two.a, two.b))


def _laid_side_by_side(pictures: Sequence[Tensor], more: Sequence[Tensor], y: NDArray[np.float32]) -> None:
    """Write the colours of pictures, and all of what else there is, into (H, W, C): a third of what torch takes."""
    parts = [_rows(one) for one in (*pictures, *more)]
    takes = [*[3] * len(pictures), *(part.shape[1] for part in more)]
    start, place, path = 0, 0, list[int]()
    for part, taken in zip(parts, takes, strict=True):
        for channel in range(taken):
            path += [start + channel, place]
            place += 1
        start += part.shape[2]
    cv2.mixChannels(parts, [y], path)


def _rows(x: Tensor) -> NDArray[np.float32]:
    """Give a picture (1, C, H, W) as (H, W, C)."""
    rows: NDArray[np.float32] = np.ascontiguousarray(x[0].permute(1, 2, 0).float().numpy())
    return rows

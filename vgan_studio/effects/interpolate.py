"""The effect that makes pictures between those of a film: for slow motion, and for another rate."""

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache

import torch
from torch import Tensor

from vgan_studio.engine.run import Engine
from vgan_studio.gan.flow import small, unrelated
from vgan_studio.gan.networks.interpolate import (
    INPUTS,
    Bend,
    Guessed,
    Path,
    bend,
    composed,
    even,
    mended,
    motion,
    pair,
    path,
    told,
    way,
)
from vgan_studio.gan.weights import Model
from vgan_studio.picture import Picture

from .carried import Two
from .spec import Number, Times, Weights, effect

FOUND_LEAST = 0.28  # where less of a picture is found in the next, there is nothing to make one of the two from
_KEPT_PIXELS = 1 << 21  # of pictures whose motion is kept for the next time between them; larger ones take much memory
_STRIPS = 2  # into which the end of the work is cut, so that two cores have work with a single picture


@effect(
    "gan.interpolate",
    "Interpolate",
    window=(1, 2),
    heavy=True,
    between=True,
    version=4,
    factor=Times(2, 1, 16, "times the rate"),
    strength=Number(1.0, 0.0, 1.0),
    model=Weights("interpolate"),
)
def interpolate(
    before: Picture, x: Picture, after: Picture, beyond: Picture, *, engine: Engine, progress: Fraction, model: str
) -> Picture:
    """Make pictures between those of a film, so that slow motion and a higher rate run smoothly.

    A clip that is slowed down, or whose rate is not the film's, shows the source at the exact time of every frame;
    `vgan apply` makes `factor` pictures of each.  It works on the source's own pictures, before all other effects,
    and never across a cut: there the nearer picture is shown.  Where the pictures beside show that motion grows, slows
    down or turns, it is followed along a curve.  `strength` leads from repeated pictures at 0 to even
    motion at 1; in between the motion is uneven, but no picture is a mix.

    Args:
        before, x, after, beyond: (B, 4, H, W), in order of time; `x` and `after` are those around that time.  The
            first may be `x` again and the last `after`, where it is not known what was there.
        progress: from the one, 0, to the other, 1.

    Returns:
        (B, 4, H, W).
    """
    near = x if 2 * progress < 1 else after
    if progress in (0, 1) or torch.equal(x, after):
        return near
    rows = [_Row(*parts) for parts in zip(*(torch.split(part, 1) for part in (before, x, after, beyond)), strict=True)]
    cut = torch.tensor(engine.spread(lambda row: _unrelated(row.now), rows))
    if bool(cut.all()):
        return near
    y = _between(engine, engine.model(model or "interpolate"), rows, torch.tensor(float(progress)))
    return torch.where(cut.to(y.device)[:, None, None, None], near.to(y.device), y) if bool(cut.any()) else y


class _Row:
    """Four pictures that follow each other: one is made between the second and the third."""

    def __init__(self, before: Picture, x: Picture, after: Picture, beyond: Picture) -> None:
        self.past, self.now, self.future = Two(before, x), Two(x, after), Two(after, beyond)

    def motions(self) -> tuple[Two, Two, Two | None, Two | None]:
        """Say whose motion is to be known: there, back, to before and to beyond.

        None beyond a cut, and where a picture is shown twice: that is how a film was made, not how things move.
        """
        past, future = (not torch.equal(two.a, two.b) and not _unrelated(two) for two in (self.past, self.future))
        return self.now, _back(self.now), _back(self.past) if past else None, self.future if future else None


def _between(engine: Engine, network: Model, rows: Sequence[_Row], t: Tensor) -> Picture:
    """Make the picture at a time between those of each row, (B, 4, H, W): parts of the work go side by side."""
    pairs = [row.now for row in rows]
    count, opaque = range(len(pairs)), all(map(_opaque, pairs))
    channels = 3 if opaque else 4  # planes by themselves: what is carried along motion comes so, too
    given = [[one.to(engine.device)[:, :channels].contiguous() for one in (two.a, two.b)] for two in pairs]
    ways, paths = _followed(engine, rows, t)
    kinds: list[tuple[int, Path | None]] = [(i, along) for i in count for along in (*paths[2 * i : 2 * i + 2], None)]
    guessed = engine.spread(lambda one: pair(given[one[0]][0], given[one[0]][1], one[1]), kinds)
    guesses = [guessed[3 * i : 3 * i + 3] for i in count]
    height, width = given[0][0].shape[2:]
    size = len(pairs), INPUTS, height, width
    known = torch.empty(size, device=engine.device, memory_format=torch.channels_last)
    engine.spread(lambda i: known[i].copy_(told(guesses[i], ways[2 * i : 2 * i + 2], t)[0]), count)
    said = engine.run(network, known)
    said = torch.cat(engine.spread(even, torch.split(said, 1)))

    def mend(i: int) -> Guessed:
        return mended(said[i : i + 1], given[i], guesses[i], paths[2 * i : 2 * i + 2])

    guesses = [[*some, last] for some, last in zip(guesses, engine.spread(mend, list(count)), strict=True)]
    y = torch.ones(len(pairs), 4, height, width, device=engine.device).contiguous(memory_format=torch.channels_last)

    def compose(one: tuple[int, slice]) -> None:
        i, strip = one
        cut = [(first[:, :, strip], second[:, :, strip], unlike[:, :, strip]) for first, second, unlike in guesses[i]]
        made = composed(said[i : i + 1, :, strip], cut, t)[0].clamp_(0, 1)
        y[i, : len(made), strip] = made if opaque else torch.cat([made[:3].minimum(made[3:]), made[3:]])

    step = -(-height // _STRIPS)
    engine.spread(compose, [(i, slice(top, top + step)) for i in count for top in range(0, height, step)])
    return y


def _followed(engine: Engine, rows: Sequence[_Row], t: Tensor) -> tuple[list[Tensor], list[Path]]:
    """Give for each row how things move at a time between, by the motion there and back, and where they come from."""
    asked = engine.spread(_Row.motions, rows)
    once = list(dict.fromkeys(two for some in asked for two in some if two is not None))  # rows share their neighbours
    moved = dict(zip(once, engine.spread(_motion, once), strict=True))

    def bent(some: tuple[Two, Two, Two | None, Two | None]) -> Bend:
        there, back, past, future = some
        return bend(
            moved[there],
            moved[back],
            past if past is None else moved[past],
            future if future is None else moved[future],
            t,
        )

    offs = [off for two in engine.spread(bent, asked) for off in two]
    both = [(two, late) for some in asked for two, late in zip(some[:2], (False, True), strict=True)]
    ways = engine.spread(lambda one: way(moved[one[0]], t, one[1]), both)
    return ways, [path(one, off, t) for one, off in zip(ways, offs, strict=True)]


def _back(two: Two) -> Two:
    return Two(two.b, two.a)


def _motion(two: Two) -> Tensor:
    kept = two.a.device.type == "cpu" and two.a[0, 0].numel() <= _KEPT_PIXELS
    return _kept_motion(two) if kept else motion(two.a, two.b)


@lru_cache(maxsize=6)
def _kept_motion(two: Two) -> Tensor:
    """Estimate motion once for all the pictures that are made between two, and for those in the intervals beside."""
    return motion(two.a, two.b)


def _unrelated(two: Two) -> bool:
    """Tell whether the scene changes between two pictures, or too little of the one is found in the other."""
    return _known_unrelated(Two(small(two.a), small(two.b)))


@lru_cache(maxsize=16)
def _known_unrelated(two: Two) -> bool:
    """Look once for all the pictures that are made between two, which come made small."""
    return bool(unrelated(two.a, two.b, FOUND_LEAST))


def _opaque(two: Two) -> bool:
    """Neither lets anything shine through."""
    return bool((two.a[:, 3:] == 1).all()) and bool((two.b[:, 3:] == 1).all())

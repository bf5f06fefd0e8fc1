"""The effect that makes another film of a drawing of this one."""

import torch
from torch import Tensor

from vgan_studio.effects.sampling import resize
from vgan_studio.engine.run import Engine
from vgan_studio.gan.drawn import drawn, short_sized
from vgan_studio.gan.flow import confidence, cut_between, flow, warp
from vgan_studio.gan.networks.translate import held, seen
from vgan_studio.picture import Picture

from .spec import Number, Weights, effect

CHAIN = 8  # pictures; each sees the one before, the first of them none


def _mixed_in(x: Picture, heavy: Picture | None, *, strength: float) -> Picture:
    """Go from the picture at strength 0 to the network's, enlarged to its size, at 1; alpha stays."""
    if heavy is None or strength == 0:
        return x
    colour = resize(heavy.to(x.device), *x.shape[2:])[:, :3].clamp(min=0)
    colour = torch.minimum(colour, x[:, 3:])
    return torch.cat([x[:, :3].lerp(colour, strength), x[:, 3:]], 1)


@effect(
    "style.translate",
    "Translate",
    window=(1, 0),
    heavy=True,
    chain=CHAIN,
    finish=_mixed_in,
    live=("strength",),
    version=2,
    strength=Number(1.0, 0.0, 1.0),
    stabilise=Number(0.0, 0.0, 1.0),
    model=Weights("translate"),
)
def translate(before: Picture, x: Picture, last: Picture | None = None, *, engine: Engine, model: str) -> Picture:
    """Draw the picture in lines or flat colours, as the model wants it, and make a film of the drawing.

    Wang et al. 2018 (vid2vid), arXiv:1808.06601.  What was made of the picture before is carried onto this one along
    the motion between them, and the network goes on from there; beyond a cut it begins anew.

    Args:
        before, x: (B, 4, H, W); the result belongs to `x`.
        last: what was made of `before`; None where a chain begins, and then `before` does not matter.

    Returns:
        (B, 4, h, w), with a short side of 360 pixels at most.
    """
    network = engine.model(model or "translate")
    kind, size = network.card.config["condition"], short_sized(*x.shape[2:])
    now = _sized(x, size)
    drawing = drawn(now, kind)
    carried = last_drawing = drawing
    belief = drawing.new_zeros(len(x), 1, *size)
    if last is not None:
        then = _sized(before, size)
        motion, belief = _followed(now, then)
        both = torch.cat([last[:, :3].to(x.device), drawn(then, kind)], 1)
        carried, last_drawing = warp(both, motion, cubic=True).clamp(0, 1).chunk(2, 1)
    y = engine.run(network, seen(drawing, last_drawing, carried, belief))
    colour = held(y, carried.to(y.device), belief.to(y.device)).clamp(0, 1)
    alpha = now[:, 3:].to(colour.device)
    return torch.cat([torch.minimum(colour, alpha), alpha], 1)


def _sized(x: Picture, size: tuple[int, int]) -> Picture:
    return x if tuple(x.shape[2:]) == size else resize(x, *size)


def _followed(now: Picture, then: Picture) -> tuple[Tensor, Tensor]:
    """Say where the pixels of a picture lie in the one before, and how far that is believed: not at all at a cut."""
    motion = flow(now, then)
    belief = confidence(now, warp(then[:, :3], motion))
    return motion, belief.masked_fill(cut_between(now, then).to(belief.device)[:, None, None, None], 0)

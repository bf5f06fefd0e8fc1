"""The effect that makes pictures between those of a film: for slow motion, and for another rate."""

from fractions import Fraction
from functools import partial

import torch
import torch.nn.functional as F

from vgan_studio.engine.run import Engine
from vgan_studio.gan.flow import cut_between
from vgan_studio.gan.networks.interpolate import motions, synthesise
from vgan_studio.picture import Picture

from .spec import Number, Weights, effect


@effect(
    "gan.interpolate",
    "Interpolate",
    window=(0, 1),
    heavy=True,
    between=True,
    factor=Number(2, 1, 16, "times the rate", whole=True),
    strength=Number(1.0, 0.0, 1.0),
    model=Weights("interpolate"),
)
def interpolate(x: Picture, after: Picture, *, engine: Engine, progress: Fraction, model: str) -> Picture:
    """Make pictures between those of a film, so that slow motion and a higher rate run smoothly.

    A clip that is slowed down, or whose rate is not the film's, shows the source at the exact time of every frame;
    `vgan apply` makes `factor` pictures of each.  It works on the source's own pictures, before all other effects,
    and never across a cut: there the nearer picture is shown.  `strength` leads from repeated pictures at 0 to even
    motion at 1; in between the motion is uneven, but no picture is a mix.

    Args:
        x, after: (B, 4, H, W), the pictures before and after that time.
        progress: from the one, 0, to the other, 1.

    Returns:
        (B, 4, H, W).
    """
    near = x if 2 * progress < 1 else after
    if progress in (0, 1) or torch.equal(x, after):
        return near
    cut = cut_between(x, after)
    if bool(cut.all()):
        return near
    network = engine.model(model or "interpolate")
    a, b = x.to(engine.device), after.to(engine.device)
    opaque = bool((a[:, 3:] == 1).all()) and bool((b[:, 3:] == 1).all())
    if opaque:  # as nearly every film is
        a, b = a[:, :3], b[:, :3]
    y = synthesise(partial(engine.run, network), a, b, motions(a, b), torch.tensor(float(progress))).clamp(0, 1)
    y = F.pad(y, (0, 0, 0, 0, 0, 1), value=1.0) if opaque else torch.cat([y[:, :3].minimum(y[:, 3:]), y[:, 3:]], 1)
    return torch.where(cut.to(y.device)[:, None, None, None], near.to(y.device), y)

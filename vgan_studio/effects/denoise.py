"""The effect that takes noise out of films: a network sees each frame with its two neighbours."""

import torch

from vgan_studio.engine.run import Engine
from vgan_studio.picture import Picture

from .carried import seen_by
from .mixed import laid, mixed_in
from .spec import Number, Weights, effect


@effect(
    "gan.denoise",
    "Denoise",
    window=(1, 1),
    heavy=True,
    finish=mixed_in,
    live=("strength",),
    version=2,
    strength=Number(1.0, 0.0, 1.0),
    stabilise=Number(0.0, 0.0, 1.0),
    sigma=Number(0.0, 0.0, 75.0, "levels"),
    model=Weights("denoise"),
)
def denoise(before: Picture, x: Picture, after: Picture, *, engine: Engine, sigma: float, model: str) -> Picture:
    """Take the noise out with a network that learnt from noise alone.

    Lehtinen et al. 2018 (Noise2Noise), arXiv:1803.04189.  The neighbours are carried onto the frame along the motion
    between them; beyond a cut the frame stands in for its neighbour.

    Args:
        before, x, after: (B, 4, H, W), in order of time; the result belongs to `x`.  Alpha stays.
        sigma: standard deviation of the noise, of 255; 0 leaves it to the network to judge.
    """
    network = engine.model(model or "denoise")
    level = torch.full_like(x[:, :1], sigma / 255)
    colour = engine.run(network, seen_by(engine, network, before, x, after, level))
    return laid(engine, colour, x[:, 3:])

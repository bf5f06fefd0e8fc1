"""Effects that ask a network."""

from collections.abc import Mapping
from typing import Any

import torch
import torch.nn.functional as F

from vgan_studio.engine.run import Engine
from vgan_studio.picture import Picture

from .spec import Choice, Number, Size, Weights, effect

_SCALE = 2
_STEPS = 20  # of `crisp`: each is a network of its own, and nobody sees finer ones


def _twice(size: Size, params: Mapping[str, Any]) -> Size:
    height, width = size
    return height * _SCALE, width * _SCALE


def _mixed_in(x: Picture, heavy: Picture | None, *, strength: float) -> Picture:
    """Go from the bicubic picture at strength 0 to the network's at 1."""
    if heavy is not None and strength == 1:
        return heavy
    plain = enlarge(x)
    return plain if heavy is None or strength == 0 else plain.lerp(heavy.to(plain.device), strength)


@effect(
    "gan.upscale",
    "Upscale",
    heavy=True,
    finish=_mixed_in,
    live=("strength",),
    size=_twice,
    scale=Choice("2", ("2",)),
    strength=Number(1.0, 0.0, 1.0),
    stabilise=Number(0.0, 0.0, 1.0),
    crisp=Number(0.0, 0.0, 1.0),
    model=Weights("upscale"),
    texture=Weights("upscale-crisp"),
)
def upscale(x: Picture, *, engine: Engine, scale: str, crisp: float, model: str, texture: str) -> Picture:
    """Enlarge with a network, from `crisp` 0, near to the truth, to 1, which makes up texture.

    In between, the weights of the two networks are mixed, so it costs no second run: Wang et al. 2018 (ESRGAN),
    arXiv:1809.00219, section 3.4.  Alpha is enlarged by bicubic interpolation.
    """
    network = engine.model(model or "upscale")
    share = round(crisp * _STEPS) / _STEPS
    if share:
        network = engine.mixed(network, engine.model(texture or "upscale-crisp"), share)
    colour = engine.run(network, x[:, :3])
    if bool((x[:, 3:] == 1).all()):  # as nearly every film is; it saves a third of what is not the network
        return F.pad(colour.clamp(0, 1), (0, 0, 0, 0, 0, 1), value=1.0)
    alpha = enlarge(x[:, 3:]).to(engine.device)
    return torch.cat([torch.minimum(colour.clamp(min=0), alpha), alpha], 1)


def enlarge(x: Picture) -> Picture:
    """Enlarge by bicubic interpolation, cut off to [0, 1]; (B, C, H, W) to (B, C, 2 H, 2 W)."""
    return F.interpolate(x, scale_factor=_SCALE, mode="bicubic", align_corners=False).clamp(0, 1)

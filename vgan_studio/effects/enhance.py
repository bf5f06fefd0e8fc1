"""Effects that ask a network."""

from collections.abc import Mapping
from typing import Any

import torch.nn.functional as F

from vgan_studio.engine.run import Engine
from vgan_studio.errors import ModelError
from vgan_studio.gan.weights import Model
from vgan_studio.picture import Picture

from .mixed import at_full, laid
from .spec import Choice, Number, Size, Weights, effect, passing

_STEPS = 20  # of `crisp`: each is a network of its own, and nobody sees finer ones


def _larger(size: Size, params: Mapping[str, Any]) -> Size:
    scale = int(params["scale"])
    return size[0] * scale, size[1] * scale


def _faithful(params: Mapping[str, Any]) -> str:
    return f"upscale-x{params['scale']}{'-fine' if params['quality'] == 'fine' else ''}"


def _crisp(params: Mapping[str, Any]) -> str:
    return _faithful(params) + "-crisp"


@passing(at_full)
def _mixed_in(x: Picture, heavy: Picture | None, *, strength: float, scale: str) -> Picture:
    """Go from the bicubic picture at strength 0 to the network's at 1."""
    if heavy is not None and strength == 1:
        return heavy
    plain = enlarge(x, int(scale))
    return plain if heavy is None or strength == 0 else plain.lerp(heavy.to(plain.device), strength)


@effect(
    "gan.upscale",
    "Upscale",
    heavy=True,
    finish=_mixed_in,
    live=("strength",),
    both=("scale",),
    size=_larger,
    version=2,
    scale=Choice("2", ("2", "4")),
    quality=Choice("fast", ("fast", "fine")),
    strength=Number(1.0, 0.0, 1.0),
    stabilise=Number(0.0, 0.0, 1.0),
    crisp=Number(0.0, 0.0, 1.0),
    model=Weights("upscale", usual=_faithful),
    texture=Weights("upscale-crisp", usual=_crisp),
)
def upscale(x: Picture, *, engine: Engine, scale: str, quality: str, crisp: float, model: str, texture: str) -> Picture:
    """Enlarge with a network, from `crisp` 0, near to the truth, to 1, which makes up texture.

    In between, the weights of the two networks are mixed, so it costs no second run: Wang et al. 2018 (ESRGAN),
    arXiv:1809.00219, section 3.4.  Alpha is enlarged by bicubic interpolation.

    Args:
        quality: "fine" is a little nearer to the truth than "fast", at two to three times the work.
        model, texture: the networks at either end of `crisp`, in place of the shipped ones of that scale and quality.

    Raises:
        ModelError: the network is for another scale, or the two cannot be mixed.
    """
    asked = {"scale": scale, "quality": quality}
    network = _of_scale(engine.model(model or _faithful(asked)), int(scale))
    share = round(crisp * _STEPS) / _STEPS
    if share:
        network = engine.mixed(network, engine.model(texture or _crisp(asked)), share)
    colour = engine.run(network, x[:, :3])
    if bool((x[:, 3:] == 1).all()):  # as nearly every film is; enlarging alpha takes as long as half the network
        return colour
    return laid(engine, colour, enlarge(x[:, 3:], int(scale)))


def enlarge(x: Picture, scale: int) -> Picture:
    """Enlarge by bicubic interpolation, cut off to [0, 1]; (B, C, H, W) to (B, C, scale H, scale W)."""
    return F.interpolate(x, scale_factor=scale, mode="bicubic", align_corners=False).clamp(0, 1)


def _of_scale(model: Model, scale: int) -> Model:
    if model.card.scale != scale:
        raise ModelError(f"{model.card.name} enlarges {model.card.scale} times: set scale to {model.card.scale}.")
    return model

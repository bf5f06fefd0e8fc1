"""What is done to a network's result: with alpha it becomes a picture, and some of it is mixed in."""

from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor

from vgan_studio.engine.run import Engine
from vgan_studio.picture import Picture

from .spec import passing


def laid(engine: Engine, colour: Tensor, alpha: Tensor) -> Tensor:
    """Give what an effect gives of a network's colours, see `Effect.made`, on the engine's device.

    Args:
        colour: (B, 3, H, W), premultiplied, on the engine's device.
        alpha: (B, 1, H, W) in [0, 1], on any device.

    Returns:
        The colours as they are where all of it is opaque; else (B, 4, H, W), cut off to between 0 and alpha.
    """
    alpha = alpha.to(engine.device)
    if bool((alpha == 1).all()):
        return colour
    return torch.cat([torch.minimum(colour.clamp(min=0), alpha), alpha], 1)


def at_full(told: Mapping[str, Any]) -> bool:
    """Tell whether `mixed_in` gives the network's picture as it is."""
    return bool(told["strength"] == 1)


@passing(at_full)
def mixed_in(x: Picture, heavy: Picture | None, *, strength: float) -> Picture:
    """Go from the picture at strength 0 to the network's at 1; (B, 4, H, W) each."""
    if heavy is None or strength == 0:
        return x
    return heavy if strength == 1 else x.lerp(heavy.to(x.device), strength)

"""What is done to a network's result: with alpha it becomes a picture, and some of it is mixed in."""

import cv2
import torch
from torch import Tensor

from vgan_studio.engine.run import Engine
from vgan_studio.picture import Picture


def laid(engine: Engine, colour: Tensor, alpha: Tensor) -> Picture:
    """Give the picture of a network's colours, cut off to between 0 and alpha: (B, 4, H, W), on the engine's device.

    Args:
        colour: (B, 3, H, W), premultiplied; it is written into.
        alpha: (B, 1, H, W) in [0, 1], on any device.
    """
    alpha = alpha.to(colour.device)
    if colour.device.type != "cpu" or not bool((alpha == 1).all()):
        return torch.cat([torch.minimum(colour.clamp_(min=0), alpha), alpha], 1)
    size = len(colour), 4, *colour.shape[2:]
    whole = torch.empty(size, memory_format=torch.channels_last)

    def lay(place: int) -> None:
        x, y = (one[place].permute(1, 2, 0).numpy() for one in (colour, whole))
        cv2.cvtColor(x.clip(0, 1, out=x), cv2.COLOR_RGB2RGBA, dst=y)

    engine.spread(lay, range(len(colour)))
    return whole


def mixed_in(x: Picture, heavy: Picture | None, *, strength: float) -> Picture:
    """Go from the picture at strength 0 to the network's at 1; (B, 4, H, W) each."""
    if heavy is None or strength == 0:
        return x
    return heavy if strength == 1 else x.lerp(heavy.to(x.device), strength)

"""Neighbours in time, carried onto a picture for the effects whose networks see three frames."""

import torch
from torch import Tensor

from vgan_studio.gan.flow import cut_between, flow, warp
from vgan_studio.gan.weights import Model
from vgan_studio.picture import Picture


def seen_by(model: Model, before: Picture, x: Picture, after: Picture, *more: Tensor) -> Tensor:
    """Give what a network sees: the frame, its neighbours carried onto it, and more; or the frame alone.

    Args:
        before, x, after: (B, 4, H, W), in order of time.
        more: (B, C, H, W) each.

    Returns:
        (B, 9 + C or 3, H, W).
    """
    if model.card.config.get("inputs") == 3:
        return x[:, :3]
    return torch.cat([x[:, :3], carried(before, x), carried(after, x), *more], 1)


def carried(other: Picture, x: Picture) -> Picture:
    """Carry the colours of a neighbour onto a picture; give the picture's own where there is a cut between them.

    Args:
        other, x: (B, 4, H, W).

    Returns:
        (B, 3, H, W).
    """
    if other is x or torch.equal(other, x):
        return x[:, :3]
    moved = warp(other[:, :3], flow(x, other))
    return torch.where(cut_between(x, other).to(x.device)[:, None, None, None], x[:, :3], moved)

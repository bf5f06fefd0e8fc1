"""Neighbours in time, carried onto a picture for the effects whose networks see three frames."""

import torch

from vgan_studio.gan.flow import cut_between, flow, warp
from vgan_studio.picture import Picture


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

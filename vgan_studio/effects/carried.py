"""Neighbours in time, carried onto a picture for the effects whose networks see three frames."""

import torch
from torch import Tensor

from vgan_studio.engine.run import Engine
from vgan_studio.gan.flow import cut_between, flow, warp
from vgan_studio.gan.weights import Model
from vgan_studio.picture import Picture


def seen_by(engine: Engine, model: Model, before: Picture, x: Picture, after: Picture, *more: Tensor) -> Tensor:
    """Give what a network sees: the frame, its neighbours carried onto it, and more; or the frame alone.

    Args:
        before, x, after: (B, 4, H, W), in order of time.
        more: (B, C, H, W) each.

    Returns:
        (B, 9 + C or 3, H, W).
    """
    if model.card.config.get("inputs") == 3:
        return x[:, :3]
    pairs = [(other[at : at + 1], x[at : at + 1]) for other in (before, after) for at in range(len(x))]
    moved = engine.spread(_moved, pairs)
    sides = [torch.cat(moved[: len(x)]), torch.cat(moved[len(x) :])]
    return torch.cat([x[:, :3], *sides, *more], 1)


def carried(other: Picture, x: Picture) -> Picture:
    """Carry the colours of a neighbour onto a picture; give the picture's own where there is a cut between them.

    Args:
        other, x: (B, 4, H, W).

    Returns:
        (B, 3, H, W).
    """
    if other is x or torch.equal(other, x):
        return x[:, :3]
    cut = cut_between(x, other).to(x.device)
    if bool(cut.all()):
        return x[:, :3]
    moved = warp(other[:, :3], flow(x, other))
    return torch.where(cut[:, None, None, None], x[:, :3], moved) if bool(cut.any()) else moved


def _moved(pair: tuple[Picture, Picture]) -> Picture:
    return carried(*pair)

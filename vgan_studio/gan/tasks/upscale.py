"""Enlarge: low-resolution crops, and what they were made from."""

from collections.abc import Sequence

from torch import Tensor, nn

from vgan_studio.gan.data import Source, crops
from vgan_studio.gan.losses import charbonnier
from vgan_studio.gan.metrics import psnr_y
from vgan_studio.gan.recipes import Recipe

from .task import Batch, Task

RECOLOURED = 0.6  # share of the crops seen in other colours


def _batch(recipe: Recipe, sources: Sequence[Source], step: int) -> Batch:
    low, high = crops(
        sources, seed=recipe.seed, step=step, batch=recipe.batch, side=recipe.side, scale=recipe.scale,
        recoloured=RECOLOURED,
    )  # fmt: skip
    return Batch(low, high, nn.functional.interpolate(low, scale_factor=recipe.scale, mode="bicubic"))


def _loss(recipe: Recipe, y: Tensor, batch: Batch) -> dict[str, Tensor]:
    return {"pixel": charbonnier(y, batch.target)}


def _judge(network: nn.Module, recipe: Recipe, sources: Sequence[Source]) -> dict[str, float]:
    """Give the mean PSNR-Y in dB over 32 fixed crops."""
    low, high = crops(sources, seed=0, step=0, batch=32, side=recipe.side, scale=recipe.scale)
    device = next(network.parameters()).device
    return {"psnr_y": float(psnr_y(network(low.to(device)).cpu(), high, recipe.scale).mean())}


TASK = Task(_batch, _loss, _judge)

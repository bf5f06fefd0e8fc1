"""Noise to train and to measure with: Gaussian, of photons, of sensors.  Its mean is zero, so that noise can teach.

Lehtinen et al. 2018 (Noise2Noise), arXiv:1803.04189.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

Kind = Literal["gaussian", "poisson", "sensor"]
SHARES: dict[Kind, float] = {"gaussian": 0.6, "poisson": 0.15, "sensor": 0.25}


@dataclass(frozen=True, slots=True)
class Noise:
    """One kind of noise.

    Attributes:
        sigma: standard deviation at mid grey, as a share of the full range.
        grain: how far neighbouring pixels agree, 0 to 1; sensors' noise is smeared by demosaicing.
    """

    kind: Kind
    sigma: float
    grain: float = 0.0


def draw(rng: np.random.Generator, least: float = 3 / 255, most: float = 55 / 255) -> Noise:
    """Draw a kind and a strength."""
    kind = rng.choice(list(SHARES), p=list(SHARES.values()))
    return Noise(kind, rng.uniform(least, most), rng.uniform(0, 1) if kind == "sensor" else 0.0)


def add(clean: Tensor, noise: Noise, source: torch.Generator) -> Tensor:
    """Give one noisy version; two calls give independent ones.

    Args:
        clean: (..., H, W) in [0, 1].
        source: of the chance; on the CPU, as `clean` is.

    Returns:
        Of the shape of `clean`, not cut off to [0, 1]: cutting off would shift the mean.
    """
    if noise.kind == "poisson":
        photons = 0.5 / noise.sigma**2  # in white; sigma is that of half as many
        return torch.poisson(clean.clamp(min=0) * photons, source) / photons
    field = _field(clean.shape, noise.grain, source)
    if noise.kind == "gaussian":
        return clean + noise.sigma * field
    # Foi et al. 2008: the variance rises in a line with the light; here from a third of that at mid grey.
    return clean + noise.sigma * field * ((1 + 4 * clean.clamp(0, 1)) / 3).sqrt()


def soften(field: Tensor, across: float, down: float) -> Tensor:
    """Move by a part of a pixel, bilinearly, as warping does.  (..., H, W); the edge is repeated."""
    moved = torch.lerp(field, torch.cat([field[..., 1:], field[..., -1:]], -1), across)
    return torch.lerp(moved, torch.cat([moved[..., 1:, :], moved[..., -1:, :]], -2), down)


def _field(shape: torch.Size, grain: float, source: torch.Generator) -> Tensor:
    white = torch.randn(shape, generator=source)
    if not grain:
        return white
    side = torch.tensor([grain / 2, 1.0, grain / 2])
    kernel = side[:, None] * side
    kernel = kernel / kernel.square().sum().sqrt()  # the variance stays one
    flat = F.pad(white.reshape(-1, 1, *shape[-2:]), (1, 1, 1, 1), mode="reflect")
    return F.conv2d(flat, kernel[None, None]).reshape(shape)

"""Effects that look at more than one pixel: at its neighbours, or at the pictures before and after."""

from fractions import Fraction

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from vgan_studio.effects.light import bounded, luma
from vgan_studio.effects.sampling import gaussian
from vgan_studio.effects.spec import Number, Seed, effect
from vgan_studio.picture import Picture


@effect("filter.blur", "Blur", radius=Number(0.01, 0.0, 0.5, "heights"))
def blur(x: Picture, *, radius: float) -> Picture:
    """Blur by a Gaussian of the standard deviation `radius`; outside the edge is repeated."""
    if radius == 0:
        return x
    y = gaussian(x, radius * x.shape[-2])
    return bounded(y[:, :3], y[:, 3:].clamp(0, 1))


@effect(
    "filter.sharpen",
    "Sharpen",
    amount=Number(0.5, 0.0, 4.0),
    radius=Number(0.001, 0.0, 0.1, "heights"),
)
def sharpen(x: Picture, *, amount: float, radius: float) -> Picture:
    """Add to the signal what a blur of the same radius takes away (unsharp masking); alpha stays."""
    if amount == 0 or radius == 0:
        return x
    soft = gaussian(x[:, :3], radius * x.shape[-2])
    return bounded(torch.lerp(soft, x[:, :3], 1 + amount), x[:, 3:])


@effect(
    "filter.grain",
    "Grain",
    clock=True,
    amount=Number(0.1, 0.0, 0.5),
    diameter=Number(0.002, 0.001, 0.05, "heights"),
    color=Number(0.3, 0.0, 1.0),
    seed=Seed(),
)
def grain(x: Picture, *, amount: float, diameter: float, color: float, seed: int, time: Fraction) -> Picture:
    """Add film grain to the signal: most in the middle tones, none in black and white.

    The grain is made on a lattice of its own, `diameter` apart, and then brought to the picture's size,
    so a small preview shows the grain of the large picture made small.

    Args:
        x: (B, 4, H, W).
        amount: standard deviation of the lattice at mid grey.
        diameter: of a grain.
        color: from 0, the same on every channel, to 1, independent on each.
        seed, time: the same pair gives the same grain, on every machine.
    """
    if amount == 0:
        return x
    *_, height, width = x.shape
    rows, columns = max(1, round(1 / diameter)), max(1, round(width / height / diameter))
    lattice = _noise(seed, time, (4, rows, columns))
    mixed = (1 - color) * lattice[3:] + color * lattice[:3]
    mixed = mixed * (amount / (color**2 + (1 - color) ** 2) ** 0.5)
    noise = F.interpolate(mixed[None].to(x), (height, width), mode="bilinear", antialias=True)
    light = luma(x[:, :3])  # premultiplied, as the product below
    response = 4 * light * (1 - light / x[:, 3:].clamp(min=1e-6)).clamp(0, 1)
    return bounded(x[:, :3] + noise * response, x[:, 3:])


@effect(
    "filter.temporal_mean",
    "Temporal mean",
    window=(2, 2),
    strength=Number(0.8, 0.0, 1.0),
    tolerance=Number(0.1, 0.01, 1.0),
)
def temporal_mean(
    before2: Picture, before: Picture, x: Picture, after: Picture, after2: Picture, *, strength: float, tolerance: float
) -> Picture:
    """Average each pixel with those before and after it that are like it, against noise.

    Args:
        before2, before, x, after, after2: (B, 4, H, W), in order of time; the result belongs to `x`.
        strength: weight of a like pixel beside the present one.
        tolerance: difference, in the channel that differs most, at which a pixel no longer counts.
    """
    if strength == 0:
        return x
    total, weights = x.clone(), torch.ones_like(x[:, :1])
    for other in (before2, before, after, after2):
        weight = strength * (1 - (other - x).abs().amax(1, keepdim=True) / tolerance).clamp(min=0)
        total.addcmul_(other, weight)
        weights.add_(weight)
    return total.div_(weights)


def _noise(seed: int, time: Fraction, shape: tuple[int, int, int]) -> Tensor:
    """Give noise of standard deviation 1: sums of four bytes, from the bits that numpy promises never to change."""
    key = np.random.SeedSequence([seed, time.numerator % 2**64, time.denominator % 2**64])
    count = shape[0] * shape[1] * shape[2]
    words = np.random.Philox(key).random_raw((count + 1) // 2).view(np.uint8)[: 4 * count]
    return torch.from_numpy(words.reshape(count, 4).sum(1, dtype=np.float32)).sub_(510).div_(147.8).reshape(shape)

"""Pictures read between their pixels: resized, moved, blurred."""

import math

import torch
import torch.nn.functional as F
from torch import Tensor

from vgan_studio.effects.light import bounded
from vgan_studio.picture import Picture

_PYRAMID = 3.0  # pixels of standard deviation that stay after halving


def axes(x: Tensor) -> tuple[Tensor, Tensor]:
    """Give the middles of the pixels from the middle of the picture, in heights: down (H, 1), across (1, W)."""
    *_, height, width = x.shape
    down = (torch.arange(height, device=x.device, dtype=x.dtype) + 0.5 - height / 2) / height
    across = (torch.arange(width, device=x.device, dtype=x.dtype) + 0.5 - width / 2) / height
    return down[:, None], across[None, :]


def resize(x: Picture, height: int, width: int) -> Picture:
    """Resize by the cubic of Keys 1981 (a = -1/2), wide enough not to alias where it shrinks."""
    if x.shape[-2:] == (height, width):
        return x
    # torch 2.15 gives wrong columns for a channels_last picture one pixel wide; planes are quicker, too.
    y = F.interpolate(x.contiguous(), (height, width), mode="bicubic", antialias=True)
    return bounded(y[:, :3], y[:, 3:].clamp(0, 1))


def affine(x: Picture, matrix: Tensor, shift: Tensor) -> Picture:
    """Show the picture through a map of the plane; around it nothing.

    Args:
        x: (B, 4, H, W).
        matrix, shift: (2, 2) and (2,) float64, in heights from the middle, x before y;
            a point p of the picture comes to `matrix @ p + shift`.

    Returns:
        (B, 4, H, W).  Cubic between pixels, antialiased where it shrinks, its edge one pixel soft.
    """
    *_, height, width = x.shape
    scales = matrix.norm(dim=0)  # of the picture's x and y axis
    if float(torch.linalg.det(matrix).abs()) < 1e-9:
        return torch.zeros_like(x)
    wide, high = (max(1, math.ceil(n * min(1.0, float(s)))) for n, s in zip((width, height), scales, strict=True))
    back = torch.linalg.inv(matrix)
    down, across = axes(x)
    dx, dy = across - float(shift[0]), down - float(shift[1])
    u, v = (float(back[i, 0]) * dx + float(back[i, 1]) * dy for i in (0, 1))  # (H, W), in heights
    grid = torch.stack([u * (2 * height / width), v * 2], -1).expand(len(x), -1, -1, -1)
    small = resize(x, high, wide)
    y = F.grid_sample(small, grid, mode="bicubic", padding_mode="border", align_corners=False)
    cover = _cover(u, width / height / 2, float(scales[0]) * height) * _cover(v, 0.5, float(scales[1]) * height)
    alpha = y[:, 3:].clamp(0, 1)
    return bounded(y[:, :3], alpha) * cover


def gaussian(x: Tensor, sigma: float) -> Tensor:
    """Blur by a Gaussian; outside the edge is repeated.

    A wide one is computed on a smaller picture: a box shrinks, a triangle enlarges, and the Gaussian between
    them makes up the variance (box (f^2 - 1) / 12, triangle (f^2 - 1) / 6).

    Args:
        x: (B, C, H, W), any range.
        sigma: standard deviation in pixels, 0 or more.

    Returns:
        (B, C, H, W).
    """
    if sigma < 0.01:
        return x
    factor = 2 ** max(0, int(math.log2(sigma / _PYRAMID)))
    if factor == 1:
        return _convolved(x, sigma)
    *_, height, width = x.shape
    # A ring of blocks made of the edge alone, so that repeating them repeats the edge and no mean of what lies inside.
    right, bottom = factor + -width % factor, factor + -height % factor
    small = F.avg_pool2d(F.pad(x, (factor, right, factor, bottom), mode="replicate"), factor)
    small = _convolved(small, math.sqrt(sigma**2 - (factor**2 - 1) / 4) / factor)
    large = F.interpolate(small, scale_factor=float(factor), mode="bilinear", align_corners=False)
    return large[..., factor : factor + height, factor : factor + width]


def _convolved(x: Tensor, sigma: float) -> Tensor:
    reach = math.ceil(3.5 * sigma)
    taps = torch.exp(-0.5 * (torch.arange(-reach, reach + 1, dtype=torch.float64) / sigma) ** 2)
    taps = (taps / taps.sum()).to(x).expand(x.shape[1], 1, 1, -1)  # (C, 1, 1, K)
    y = F.pad(x, (reach, reach, reach, reach), mode="replicate")
    y = F.conv2d(y, taps, groups=x.shape[1])
    return F.conv2d(y, taps.transpose(2, 3), groups=x.shape[1])


def _cover(place: Tensor, half: float, pixels: float) -> Tensor:
    return ((half - place.abs()) * pixels + 0.5).clamp(0, 1)

"""How good a picture is: one function each, with its paper.  Pictures are (B, 3, H, W) in [0, 1]."""

from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor

from .flow import flow, warp


def luma(x: Tensor) -> Tensor:
    """Give the 8-bit studio luma that super-resolution is measured on: 16..235, not rounded, (B, 1, H, W).

    The picture is rounded to 8 bits first.  ITU-R BT.601; the convention of Dong et al. 2014, arXiv:1501.00092.
    """
    levels = (x.clamp(0, 1) * 255).round()
    weights = torch.tensor([65.481, 128.553, 24.966], device=x.device, dtype=levels.dtype) / 255
    return (levels * weights[:, None, None]).sum(1, keepdim=True) + 16


def psnr(a: Tensor, b: Tensor, peak: float = 1.0) -> Tensor:
    """Give the peak signal-to-noise ratio of each picture of a batch, in dB; infinite for equal ones."""
    return 10 * torch.log10(peak**2 / (a.double() - b.double()).square().flatten(1).mean(1))


def psnr_y(y: Tensor, target: Tensor, border: int) -> Tensor:
    """Give the PSNR of the 8-bit luma, in dB, without `border` pixels on every side (by custom: the scale)."""
    return psnr(_inside(luma(y), border), _inside(luma(target), border), peak=255.0)


def ssim_y(y: Tensor, target: Tensor, border: int) -> Tensor:
    """Give the structural similarity of the 8-bit luma, without `border` pixels on every side.

    Gaussian window of 11 pixels and sigma 1.5, only where it fits.  Wang et al. 2004, doi:10.1109/TIP.2003.819861.
    """
    a, b = (_inside(luma(x), border).double() for x in (y, target))
    mean_a, mean_b = _window(a), _window(b)
    var_a, var_b = _window(a * a) - mean_a**2, _window(b * b) - mean_b**2
    covariance = _window(a * b) - mean_a * mean_b
    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    light = (2 * mean_a * mean_b + c1) / (mean_a**2 + mean_b**2 + c1)
    return (light * (2 * covariance + c2) / (var_a + var_b + c2)).flatten(1).mean(1)


def _inside(x: Tensor, border: int) -> Tensor:
    return x[..., border : x.shape[-2] - border, border : x.shape[-1] - border]


def _window(x: Tensor) -> Tensor:
    at = torch.arange(11, dtype=x.dtype, device=x.device) - 5
    bell = torch.exp(-at.square() / (2 * 1.5**2))
    bell = bell / bell.sum()
    return F.conv2d(F.conv2d(x, bell.view(1, 1, 1, 11)), bell.view(1, 1, 11, 1))


def warp_error(results: Sequence[Tensor], sources: Sequence[Tensor]) -> float:
    """Give how much a film flickers: the root mean square between frames that follow each other, in levels of 255.

    Each picture is compared with the one before it, carried along the sources' motion, where that motion leads there
    and back to within a pixel.  Lai et al. 2018, arXiv:1808.00449, eq. 8.

    Args:
        results, sources: two or more pictures each, (1, 3, H, W), in order of time.
    """
    apart = 0.0
    for index in range(1, len(sources)):
        x, last = sources[index], sources[index - 1]
        motion = flow(x, last, careful=True)
        back = warp(flow(last, x, careful=True), motion)
        seen = (motion + back).square().sum(1, keepdim=True) < 1
        unlike = (results[index] - warp(results[index - 1], motion)).square() * seen
        apart += float(unlike.sum() / (3 * seen.sum()).clamp(min=1)) / (len(sources) - 1)
    return float(255 * apart**0.5)

"""Take the flicker out of what an effect made of neighbouring pictures, whatever the effect is.

Motion is that of the sources, not of the results: those may flicker, and where a source cannot be followed nothing is
mixed in.  After Lai et al. 2018, arXiv:1808.00449, and Bonneel et al. 2015, doi:10.1145/2816795.2818107, without a
network; instead of on the last result it leans on those of a window, so that every frame is computed by itself.
"""

from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor

from vgan_studio.gan.flow import cut_between, flow, warp

TOLERANCE = 0.015  # difference, beyond what noise explains, at which belief has fallen to 1 / e


def stabilise(results: Sequence[Tensor], sources: Sequence[Tensor], present: int, amount: float) -> Tensor:
    """Average the present result with its neighbours, carried along the sources' motion.

    Args:
        results: (B, C, H, W) each, in any order.
        sources: (B, 3 or more, h, w) each, what they were made of; the results may be larger or smaller.
        present: which of them is wanted.
        amount: 0 gives it as it is; at 1 a neighbour that fits counts as much as itself.
    """
    if not amount:
        return results[present]
    y, x = results[present], sources[present]
    floor = noise(x)
    total, weights = y.clone(), torch.ones_like(y[:, :1])
    for index, (result, source) in enumerate(zip(results, sources, strict=True)):
        if index == present:
            continue
        motion = flow(x, source, careful=True)
        weight = amount * belief(x, warp(source[:, :3], motion, cubic=True), floor)
        weight = weight.masked_fill(cut_between(x, source).to(x.device)[:, None, None, None], 0)
        weight = _resized(weight, y)
        total.addcmul_(warp(result, _scaled(motion, y), cubic=True), weight)
        weights.add_(weight)
    return _within(total.div_(weights))


def belief(x: Tensor, carried: Tensor, floor: Tensor) -> Tensor:
    """Say how far what was carried onto a picture is believed, from how like it it is beyond its noise.

    Args:
        x, carried: (B, 3 or more, H, W).
        floor: (B, 1, 1, 1), the difference that noise alone makes.

    Returns:
        (B, 1, H, W) in [0, 1].

    Lai et al. 2018, arXiv:1808.00449, eq. 5, with the absolute difference over a small window.
    """
    apart = (x[:, :3] - carried[:, :3]).abs().mean(1, keepdim=True)
    near = F.avg_pool2d(apart, 3, stride=1, padding=1, count_include_pad=False)
    return near.sub_(floor).clamp_(min=0).mul_(-1 / TOLERANCE).exp_()


def noise(x: Tensor) -> Tensor:
    """Give the mean absolute difference that the noise of two such pictures makes, (B, 1, 1, 1).

    The median of the finest diagonal wavelets tells its strength: Donoho and Johnstone 1994,
    doi:10.1093/biomet/81.3.425.  Clean pictures of little detail have none.
    """
    height, width = (length // 2 * 2 for length in x.shape[-2:])
    if not height * width:
        return x.new_zeros(len(x), 1, 1, 1)
    levels = x[:, 1:2, :height, :width]  # green; every second pair of rows tells enough
    top, bottom = levels[..., 0::4, :], levels[..., 1::4, :]
    fine = (top[..., 0::2] - top[..., 1::2] - bottom[..., 0::2] + bottom[..., 1::2]) / 2
    sigma = fine.abs().flatten(1).median(1).values / 0.6745
    between: Tensor = 2 / torch.pi**0.5 * sigma  # of two independent ones
    return between[:, None, None, None]


def _within(y: Tensor) -> Tensor:
    """Cut off what cubics overshot: to [0, 1], and colour to alpha where there is one."""
    y = y.clamp_(0, 1)
    return y if y.shape[1] < 4 else torch.cat([torch.minimum(y[:, :3], y[:, 3:]), y[:, 3:]], 1)


def _scaled(motion: Tensor, like: Tensor) -> Tensor:
    """Bring a field of motion to the size of a result, and its lengths likewise."""
    if motion.shape[-2:] == like.shape[-2:]:
        return motion
    down, across = (a / b for a, b in zip(like.shape[-2:], motion.shape[-2:], strict=True))
    return _resized(motion, like) * motion.new_tensor([across, down])[:, None, None]


def _resized(x: Tensor, like: Tensor) -> Tensor:
    if x.shape[-2:] == like.shape[-2:]:
        return x
    return F.interpolate(x, like.shape[-2:], mode="bilinear", align_corners=False)

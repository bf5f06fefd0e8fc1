"""A network that mends pictures between two others: it corrects what motion estimated without it makes of them.

    first, second --flow, warp--> six guesses --Tween--> how much of each, and what is missing --> the picture between

Only convolutions run in the network.  The pictures are carried outside of it, so that tiles need no wide border.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from vgan_studio.gan.flow import flow_both_ways, warp

from .fused import folded, shuffled
from .unet import ResidualBlock

INPUTS, OUTPUTS = 26, 15
MOTION = 16.0  # pixels that a one stands for in what the network is told
LINES_FULL = 800  # taller pictures have their motion estimated at half size
NEAR = 9  # pixels of the square in which guesses are compared
TOLERANCE = 0.02  # difference at which a guess counts for a third
_WEIGHT, _MISSING, _SHIFT = 2.0, 0.2, 8.0  # what a one stands for in what the network says; a shift in pixels
_FLAT = 1e-3  # of t and 1 - t, so that their logits are finite


class Tween(nn.Module):
    """Say how to make a picture out of six guesses of it.

    Ronneberger et al. 2015, arXiv:1505.04597, with residual blocks, as `PlainUNet`, on pictures folded by two.

    Args:
        width: channels at the finest size; twice and four times as many at the coarser ones.
        fine, middle, coarse: residual blocks at each size; fine and middle ones both going down and coming up.
    """

    def __init__(self, *, width: int = 24, fine: int = 1, middle: int = 1, coarse: int = 2) -> None:
        super().__init__()
        self.head = nn.Conv2d(4 * INPUTS, width, 3, padding=1)
        self.down_fine = _blocks(width, fine)
        self.to_middle = nn.Conv2d(width, 2 * width, 2, stride=2)
        self.down_middle = _blocks(2 * width, middle)
        self.to_coarse = nn.Conv2d(2 * width, 4 * width, 2, stride=2)
        self.bottom = _blocks(4 * width, coarse)
        self.from_coarse = nn.Conv2d(4 * width, 8 * width, 1)
        self.up_middle = _blocks(2 * width, middle)
        self.from_middle = nn.Conv2d(2 * width, 4 * width, 1)
        self.up_fine = _blocks(width, fine)
        self.tail = nn.Conv2d(width, 4 * OUTPUTS, 3, padding=1)
        self.tail.weight.data.zero_()
        self.tail.bias.data.zero_()  # type: ignore[union-attr]

    def forward(self, x: Tensor) -> Tensor:
        """Judge the guesses, see `synthesise`.

        Args:
            x: (B, 26, H, W); H and W multiples of 8.

        Returns:
            (B, 15, H, W), float32, about 0.5, which stands for "leave it".
        """
        fine = self.down_fine(folded(self.head, x.to(self.head.weight.dtype), 2))
        middle = self.down_middle(self.to_middle(fine))
        coarse = self.bottom(self.to_coarse(middle))
        middle = self.up_middle(shuffled(self.from_coarse, coarse, 2, middle))
        fine = self.up_fine(shuffled(self.from_middle, middle, 2, fine))
        half = fine.new_full((len(x), OUTPUTS, *fine.shape[2:]), 0.5, dtype=torch.float32)
        return shuffled(self.tail, fine, 2, half)


def motions(a: Tensor, b: Tensor) -> Tensor:
    """Estimate how pixels move from the first picture to the second, and back.

    Args:
        a, b: (B, 3 or more, H, W) in [0, 1]; of more than 800 lines the motion is estimated at half size.

    Returns:
        (B, 4, H, W): there and back, in pixels.
    """
    if a.shape[-2] <= LINES_FULL:
        return flow_both_ways(a, b, careful=True)
    size = a.shape[-2:]
    a, b = (F.avg_pool2d(x[:, :3], 2, ceil_mode=True) for x in (a, b))
    double = F.interpolate(2 * flow_both_ways(a, b, careful=True), scale_factor=2, mode="bilinear", align_corners=False)
    return double[..., : size[0], : size[1]]


def synthesise(
    judge: Callable[[Tensor], Tensor], a: Tensor, b: Tensor, motion: Tensor, t: Tensor, *, margin: int = 0
) -> Tensor:
    """Make the picture at a time between two.

    Three motions are followed from each place at that time: the estimate there, the estimate back, and none.  Each
    fetches a guess from either picture.  A motion whose two guesses are alike counts for more, a picture that is
    nearer in time counts for more; the judge moves these weights, and adds what no guess has.

    Jiang et al. 2018 (Super SloMo), arXiv:1712.00080, with a prior of flow that needs no network; weighing many
    guesses: Niklaus and Liu 2018, arXiv:1803.10967.

    Args:
        judge: a `Tween`, or what runs it; one that says 0.5 everywhere leaves the weights as they are.
        a, b: (B, 3 or 4, H, W) in [0, 1].
        motion: (B, 4, H, W), see `motions`.
        t: (B, 1, 1, 1) or a number, from 0, the first, to 1, the second.
        margin: pixels on every side that are looked at, but not made.

    Returns:
        (B, 3 or 4, H - 2 * margin, W - 2 * margin), not cut off to [0, 1].
    """
    there, back = warp(motion[:, :2], -t * motion[:, :2]), -warp(motion[:, 2:], (t - 1) * motion[:, 2:])
    firsts = [warp(a, -t * there), warp(a, -t * back), a]
    seconds = [warp(b, (1 - t) * there), warp(b, (1 - t) * back), b]
    unlike = _unlike(firsts, seconds)
    guesses = [*firsts, *seconds]
    known = [guess[:, :3] for guess in guesses] + [there / MOTION, back / MOTION, unlike, there[:, :1] * 0 + t]
    inner = (..., slice(margin, a.shape[2] - margin), slice(margin, a.shape[3] - margin))
    said = judge(torch.cat(known, 1)[inner]) - 0.5  # (B, 15, H, W)
    shifts = F.pad(_SHIFT * said[:, 11:], [margin] * 4)
    best = torch.sigmoid((unlike[:, 1:2] - unlike[:, :1]) / TOLERANCE)
    moved = back + best * (there - back)
    mended = [warp(a, -t * moved + shifts[:, :2]), warp(b, (1 - t) * moved + shifts[:, 2:])]
    late = torch.as_tensor(t, dtype=a.dtype, device=a.device).clamp(_FLAT, 1 - _FLAT)
    doubt = unlike[inner] / -TOLERANCE
    least = doubt[:, :2].amax(1, keepdim=True)
    sooner, later = torch.log(1 - late), torch.log(late)
    logits = torch.cat([doubt + sooner, doubt + later, least + sooner, least + later], 1) + _WEIGHT * said[:, :8]
    weights = torch.softmax(logits, 1)
    y = weights[:, :1] * guesses[0][inner]
    for number, guess in enumerate([*guesses[1:], *mended], 1):
        y = torch.addcmul(y, weights[:, number : number + 1], guess[inner])
    return torch.cat([y[:, :3] + 4 * _MISSING * late * (1 - late) * said[:, 8:11], y[:, 3:]], 1)


def _unlike(firsts: Sequence[Tensor], seconds: Sequence[Tensor]) -> Tensor:
    """Give how different guesses in pairs are about each pixel, (B, pairs, H, W)."""
    pairs = zip(firsts, seconds, strict=True)
    apart = torch.cat([(one[:, :3] - other[:, :3]).abs_().mean(1, keepdim=True) for one, other in pairs], 1)
    for across, down in ((NEAR, 1), (1, NEAR)):  # one after the other: the same, and quicker
        padding = (across // 2, down // 2)
        apart = F.avg_pool2d(apart, (across, down), stride=1, padding=padding, count_include_pad=False)
    return apart


def reach(config: Mapping[str, Any]) -> int:
    """Give a bound on how far an output pixel sees, in input pixels: every 3x3 adds its stride, every stride itself."""
    steps = 2 * (1 + 2 * config["fine"]), 2 * 4 * config["middle"], 4 * 2 * config["coarse"]
    return int(2 * (sum(steps) + 4))


def _blocks(width: int, count: int) -> nn.Sequential:
    return nn.Sequential(*(ResidualBlock(width) for _ in range(count)))

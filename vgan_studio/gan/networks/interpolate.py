"""A network that mends pictures between two others: it corrects what motion estimated without it makes of them.

    first, second --flow, warp--> six guesses --Tween--> where motion errs --warp--> two guesses more
                                                    `--> how much of each, and what is missing --> the picture between

Only convolutions run in the network.  The pictures are carried outside of it, so that tiles need no wide border.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor, nn

from vgan_studio.gan.flow import flow, warp

from .fused import folded, shuffled
from .unet import ResidualBlock

INPUTS, OUTPUTS = 26, 15
MOTION = 16.0  # pixels that a one stands for in what the network is told
LINES_FULL = 800  # taller pictures have their motion estimated at half size
NEAR = 9  # pixels of the square in which guesses are compared
COARSE = 4  # times smaller: a change of motion is that of whole things
SLIGHT, ABOUT = 0.1, 9  # pixels that a change is lost in noise below; pixels of the square in which it is compared
TOLERANCE = 0.02  # difference at which a guess counts for a third
Guessed = tuple[Tensor, Tensor, Tensor]  # what two pictures say, and how unlike that is
Path = tuple[Tensor, Tensor]  # from either picture
Bend = tuple[Tensor | None, Tensor | None]
Plane = NDArray[np.float32]

_WEIGHT, _MISSING, _MOVED = 2.0, 0.2, 8.0  # what a one stands for in what the network says; the last in pixels
_LATE = 1.0  # by which the belief in mended guesses begins below that in the best ones
_FLAT = 1e-3  # of t and 1 - t, so that their logits are finite


class Tween(nn.Module):
    """Say how to make a picture out of guesses of it.

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
    return torch.cat([motion(a, b), motion(b, a)], 1)


def motion(a: Tensor, b: Tensor) -> Tensor:
    """Estimate how pixels move from one picture to another, see `motions`: (B, 2, H, W)."""
    if a.shape[-2] <= LINES_FULL:
        return flow(a, b, careful=True)
    size = a.shape[-2:]
    a, b = (F.avg_pool2d(x[:, :3], 2, ceil_mode=True) for x in (a, b))
    double = F.interpolate(2 * flow(a, b, careful=True), scale_factor=2, mode="bilinear", align_corners=False)
    return double[..., : size[0], : size[1]]


def bend(there: Tensor, back: Tensor, past: Tensor | None, future: Tensor | None, t: Tensor) -> Bend:
    """Say how far off the straight way between its ends a thing is at a time between, as its motion changes.

    The motion in the intervals beside makes ways parabolas: Xu et al. 2019 (Quadratic Video Interpolation),
    arXiv:1911.00627, eq. 6, with motion that is averaged over some pixels where the paper learns a filter.

    Args:
        there, back: (B, 2, H, W), motion from the first picture to the second, and back.
        past: (B, 2, H, W), the motion from the first picture to the one before it, or None where that is unknown.
        future: the same from the second to the one after it.
        t: (B, 1, 1, 1) or a number.

    Returns:
        For what follows the motion there, and what follows the one back, (B, 2, H, W) in pixels each; None: nothing
        is known, and motion is taken to be even.
    """
    height, width = there.shape[2:]
    less = -(-height // COARSE), -(-width // COARSE)
    changes = []
    for straight, beside, part in ((there, past, t), (back, future, 1 - t)):
        if beside is not None:
            coarse = _resized(straight, *less)
            change = F.avg_pool2d(coarse + _resized(beside, *less), 3, 1, 1, count_include_pad=False)
            changes.append(warp(change, coarse * (-part / COARSE)))
    if not changes:
        return None, None
    amount = t * (1 - t) / 2 * _trust(changes)
    large = [_resized(one * amount, height, width) for one in changes]
    return large[0], large[-1]


def _resized(field: Tensor, height: int, width: int) -> Tensor:
    """Make a field (B, 2, H, W) smaller by means, or larger by lines; its values stay."""
    larger = height > field.shape[2] or width > field.shape[3]
    if field.device.type == "cpu":  # a tenth of torch's time
        how = cv2.INTER_LINEAR if larger else cv2.INTER_AREA
        rows = np.ascontiguousarray(field.permute(0, 2, 3, 1).numpy())
        made = np.stack([cv2.resize(one, (width, height), interpolation=how) for one in rows])
        return torch.from_numpy(made).permute(0, 3, 1, 2)
    return F.interpolate(field, (height, width), mode="bilinear" if larger else "area")


def _trust(changes: Sequence[Tensor]) -> Tensor | float:
    """Say how far a change of motion (B, 2, H, W) is believed, (B, 1, H, W) in [0, 1].

    It is if it is the same before and after, in the whole picture or about a place: what shakes, or is uneven in the
    file, changes otherwise each time.  Half is believed of what is seen on one side alone.
    """
    if len(changes) == 1:
        return 0.5
    one, two = changes
    alike = 2 * (one * two).sum(1, keepdim=True)
    amount = (one.square() + two.square()).sum(1, keepdim=True) + SLIGHT**2
    near = F.avg_pool2d(torch.cat([alike, amount], 1), ABOUT, 1, ABOUT // 2, count_include_pad=False)
    everywhere = alike.mean((2, 3), keepdim=True) / amount.mean((2, 3), keepdim=True)
    return (everywhere + 0.5).maximum(near[:, :1] / near[:, 1:] + 0.25).clamp(0, 1)


def synthesise(
    judge: Callable[[Tensor], Tensor], a: Tensor, b: Tensor, motion: Tensor, t: Tensor, *,
    bent: Bend = (None, None), margin: int = 0,
) -> Tensor:  # fmt: skip
    """Make the picture at a time between two.

    Three motions are followed from each place at that time: the estimate there, the estimate back, and none.  Each
    fetches a guess from either picture.  A motion whose two guesses are alike counts for more, a picture that is
    nearer in time counts for more; the judge moves these weights, mends the motion that is believed for a guess more
    of either picture, and adds what no guess has.

    Jiang et al. 2018 (Super SloMo), arXiv:1712.00080, with a prior of flow that needs no network; weighing many
    guesses: Niklaus and Liu 2018, arXiv:1803.10967.

    Args:
        judge: a `Tween`, or what runs it; one that says 0.5 everywhere leaves the weights as they are.
        a, b: (B, 3 or 4, H, W) in [0, 1].
        motion: (B, 4, H, W), see `motions`.
        t: (B, 1, 1, 1) or a number, from 0, the first, to 1, the second.
        bent: see `bend`.
        margin: pixels on every side that are looked at, but not made.

    Returns:
        (B, 3 or 4, H - 2 * margin, W - 2 * margin), not cut off to [0, 1].
    """
    ways = [way(motion[:, :2], t, False), way(motion[:, 2:], t, True)]
    paths = [path(one, side, t) for one, side in zip(ways, bent, strict=True)]
    pairs = [pair(a, b, one) for one in (*paths, None)]
    known = told(pairs, ways, t)
    inner = (..., slice(margin, a.shape[2] - margin), slice(margin, a.shape[3] - margin))
    cut = [(first[inner], second[inner], unlike[inner]) for first, second, unlike in pairs]
    said = even(judge(known[inner]))
    there = [(one[inner], two[inner]) for one, two in paths]
    return composed(said, [*cut, mended(said, (a, b), cut, there)], t)


def way(motion: Tensor, t: Tensor, back: bool) -> Tensor:
    """Say how pixels move at a time between, by the motion there or the motion back; (B, 2, H, W) in and out."""
    return -warp(motion, (t - 1) * motion) if back else warp(motion, -t * motion)


def path(way: Tensor, bent: Tensor | None, t: Tensor) -> Path:
    """Say where a way that is bent comes from in either picture, (B, 2, H, W) in pixels each."""
    ends = -t * way, (1 - t) * way
    return ends if bent is None else (ends[0] + bent, ends[1] + bent)


def pair(a: Tensor, b: Tensor, path: Path | None) -> Guessed:
    """Fetch a guess of the picture between from where a path begins and ends, None: from the same place.

    Returns:
        Both, (B, 3 or 4, H, W), and how unlike they are about each pixel, (B, 1, H, W).
    """
    first, second = (a, b) if path is None else (warp(a, path[0], cubic=True), warp(b, path[1], cubic=True))
    return first, second, _unlike(first, second)


def even(said: Tensor) -> Tensor:
    """Average what the judge said with its neighbours, (B, C, H, W): no lattice of two pixels lives through that."""
    if said.device.type == "cpu" and not (torch.is_grad_enabled() and said.requires_grad):  # a tenth of torch's time
        planes = said.detach().float().contiguous().flatten(0, 1).numpy()
        soft = np.empty_like(planes)
        for one, into in zip(planes, soft, strict=True):
            cv2.GaussianBlur(one, (3, 3), 0, into, borderType=cv2.BORDER_REPLICATE)
        return torch.from_numpy(soft).reshape(said.shape)
    padded = F.pad(said, (1, 1, 1, 1), mode="replicate")
    return F.avg_pool2d(F.avg_pool2d(padded, 2, 1), 2, 1)


def mended(said: Tensor, given: Sequence[Tensor], pairs: Sequence[Guessed], paths: Sequence[Path]) -> Guessed:
    """Fetch a guess from either picture along the motion that is believed, moved by what the judge said, see `pair`.

    Args:
        said: (B, 15, h, w) of the judge, in the middle of the pictures or all over them.
        given: both pictures, (B, 3 or 4, H, W).
        pairs, paths: guesses along both motions and none, and where both come from, of the size of `said`.
    """
    a, b = given
    doubt = torch.cat([one[2] for one in pairs], 1) / -TOLERANCE
    belief = torch.softmax(doubt, 1)
    ends = [belief[:, :1] * one + belief[:, 1:2] * two for one, two in zip(*paths, strict=True)]
    moved = _MOVED * (said[:, 11:] - 0.5)
    first = warp(a, moved[:, :2] + ends[0], cubic=True)
    second = warp(b, moved[:, 2:] + ends[1], cubic=True)
    return first, second, _LATE * TOLERANCE - TOLERANCE * doubt.amax(1, keepdim=True)


def told(pairs: Sequence[Guessed], ways: Sequence[Tensor], t: Tensor) -> Tensor:
    """Put together what the judge sees, (B, 26, H, W)."""
    colours = [guess[:, :3] for side in (0, 1) for guess in (one[side] for one in pairs)]
    unlike = [one[2] for one in pairs]
    return torch.cat([*colours, *(one / MOTION for one in ways), *unlike, ways[0][:, :1] * 0 + t], 1)


def composed(said: Tensor, pairs: Sequence[Guessed], t: Tensor) -> Tensor:
    """Make the picture of the guesses and of what the judge said of them; rows of them make rows of it."""
    said = said - 0.5  # (B, 15, H, W)
    guesses = [one[side] for side in (0, 1) for one in pairs]
    late = torch.as_tensor(t, dtype=said.dtype, device=said.device).clamp(_FLAT, 1 - _FLAT)
    doubt = torch.cat([one[2] for one in pairs], 1) / -TOLERANCE
    logits = torch.cat([doubt + torch.log(1 - late), doubt + torch.log(late)], 1) + _WEIGHT * said[:, :8]
    weights = torch.softmax(logits, 1)
    y = weights[:, :1] * guesses[0]
    for number, guess in enumerate(guesses[1:], 1):
        y = torch.addcmul(y, weights[:, number : number + 1], guess)
    return torch.cat([y[:, :3] + 4 * _MISSING * late * (1 - late) * said[:, 8:11], y[:, 3:]], 1)


def _unlike(first: Tensor, second: Tensor) -> Tensor:
    """Give how different two guesses are about each pixel, (B, 1, H, W)."""
    apart = (first[:, :3] - second[:, :3]).abs_().mean(1, keepdim=True)
    if apart.device.type == "cpu" and not apart.requires_grad:  # ten times as quick as torch's
        return torch.stack([torch.from_numpy(_averaged(one.numpy()))[None] for one in apart[:, 0].contiguous()])
    for across, down in ((NEAR, 1), (1, NEAR)):  # one after the other: the same, and quicker
        padding = (across // 2, down // 2)
        apart = F.avg_pool2d(apart, (across, down), stride=1, padding=padding, count_include_pad=False)
    return apart


def _averaged(x: Plane) -> Plane:
    """Give the mean over the square about each pixel, of what lies inside."""
    total = cv2.boxFilter(x, -1, (NEAR, NEAR), normalize=False, borderType=cv2.BORDER_CONSTANT)
    down, across = (_inside(length) for length in x.shape)
    mean: Plane = total / (down[:, None] * across)
    return mean


def _inside(length: int) -> Plane:
    """Say how many places about each of a row lie in it."""
    at = np.arange(length)
    half = NEAR // 2
    return (np.minimum(at, half) + np.minimum(length - 1 - at, half) + 1).astype(np.float32)


def reach(config: Mapping[str, Any]) -> int:
    """Give a bound on how far an output pixel sees, in input pixels: every 3x3 adds its stride, every stride itself."""
    steps = 2 * (1 + 2 * config["fine"]), 2 * 4 * config["middle"], 4 * 2 * config["coarse"]
    return int(2 * (sum(steps) + 4))


def _blocks(width: int, count: int) -> nn.Sequential:
    return nn.Sequential(*(ResidualBlock(width) for _ in range(count)))

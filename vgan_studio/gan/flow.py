"""Motion between two pictures, estimated without a network, and pictures carried along it.

Kroeger et al. 2016 (dense inverse search), arXiv:1603.03590, as OpenCV has it.
"""

from functools import lru_cache
from typing import Any, cast

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

LUMA = (0.299, 0.587, 0.114)
SIDE_LEAST = 16  # dense inverse search needs so many pixels
CUT_SIDE = 160  # cuts are looked for in pictures made so small
CUT_POOL = 5  # and then compared by means over such squares, or noise would count as change
# What motion does not explain, as a share of the contrast, and in levels of 255.  Over the forty clips that this was
# tried on, cuts have 0.37 to 0.83, explosions 0.30, the fastest pans 0.16; noise of 50 levels adds 0.03.
CUT_SHARE, CUT_LEVELS = 0.33, 8.0

STREAK = 16.0  # pixels that a one stands for in `streaks`
_REMAPPED = 1 << 15  # pixels along a side below which OpenCV carries pictures

Greys = list[np.ndarray[tuple[int, ...], np.dtype[np.uint8]]]


def flow(a: Tensor, b: Tensor, *, careful: bool = False) -> Tensor:
    """Say where the pixels of `a` lie in `b`.

    Args:
        a, b: (B, 3 or more, H, W) in [0, 1]; the first three channels are R'G'B'.
        careful: take five times as long, and err less.

    Returns:
        (B, 2, H, W) in pixels, channel 0 is x, 1 is y, on the device of `a`; zero where a picture is too small.
    """
    if min(a.shape[-2:]) < SIDE_LEAST:
        return a.new_zeros(a.shape[0], 2, *a.shape[-2:])
    return searched(grey(a), grey(b), careful).to(a.device)


def flow_both_ways(a: Tensor, b: Tensor, *, careful: bool = False) -> Tensor:
    """Give `flow` from the first to the second and back, (B, 4, H, W), with less work than twice that."""
    if min(a.shape[-2:]) < SIDE_LEAST:
        return a.new_zeros(a.shape[0], 4, *a.shape[-2:])
    one, two = grey(a), grey(b)
    return torch.cat([searched(one, two, careful), searched(two, one, careful)], 1).to(a.device)


def searched(ones: Greys, twos: Greys, careful: bool = False) -> Tensor:
    """Give `flow` of pictures whose luma is known, see `grey`; they are at least `SIDE_LEAST` high and wide."""
    search = cv2.DISOpticalFlow.create(
        cv2.DISOPTICAL_FLOW_PRESET_MEDIUM if careful else cv2.DISOPTICAL_FLOW_PRESET_FAST
    )
    search.setUseSpatialPropagation(True)
    fields = [search.calc(a, b, np.zeros((*a.shape, 2), np.float32)) for a, b in zip(ones, twos, strict=True)]
    return torch.from_numpy(np.stack(fields)).permute(0, 3, 1, 2)


def warp(x: Tensor, flow: Tensor, *, cubic: bool = False) -> Tensor:
    """Carry each pixel along a flow field (backward warping).

    Args:
        x: (B, C, H, W), any range.
        flow: (B, 2, H, W) in pixels; channel 0 is x, 1 is y.  A smaller one belongs to the middle of `x`.
        cubic: between pixels interpolate by cubics, which keep what is sharp and may overshoot; else by lines.

    Returns:
        (B, C, H, W) of the flow's size.  Outside the picture the edge is repeated.

    Jaderberg et al. 2015, arXiv:1506.02025, eq. 3.
    """
    height, width = x.shape[-2:]
    top, left = ((large - less) // 2 for large, less in zip(x.shape[-2:], flow.shape[-2:], strict=True))
    if _plain(x, flow):
        return _remapped(x, flow, top, left, cubic)
    across = torch.arange(left, left + flow.shape[-1], device=x.device, dtype=torch.float32)
    down = torch.arange(top, top + flow.shape[-2], device=x.device, dtype=torch.float32)[:, None]
    at_x = (across + flow[:, 0]) * (2 / max(width - 1, 1)) - 1
    at_y = (down + flow[:, 1]) * (2 / max(height - 1, 1)) - 1
    grid = torch.stack([at_x, at_y], -1).to(x.dtype)  # (B, H, W, 2) in [-1, 1]
    return F.grid_sample(x, grid, mode="bicubic" if cubic else "bilinear", padding_mode="border", align_corners=True)


def _plain(*parts: Tensor) -> bool:
    """Tell whether OpenCV can carry: floats of few channels on the CPU, of which nothing is learnt."""
    kind = all(one.device.type == "cpu" and one.dtype == torch.float32 for one in parts)
    learnt = torch.is_grad_enabled() and any(one.requires_grad for one in parts)
    return kind and not learnt and all(one.shape[1] <= 4 and 0 < max(one.shape[-2:]) < _REMAPPED for one in parts)


def _remapped(x: Tensor, flow: Tensor, top: int, left: int, cubic: bool) -> Tensor:
    """Do what `warp` does in a quarter of torch's time, to 0.01 levels of 255; as planes where `x` is planes."""
    how = cv2.INTER_CUBIC if cubic else cv2.INTER_LINEAR
    planes = x.shape[1] > 1 and x.is_contiguous()
    places = _places(flow.shape[-2], flow.shape[-1], top, left)
    carried = []
    for one, field in zip(x.permute(0, 2, 3, 1), flow.permute(0, 2, 3, 1), strict=True):
        given = np.ascontiguousarray(one.detach().numpy())
        y = cv2.remap(given, places + field.detach().numpy(), cast(Any, None), how, None, cv2.BORDER_REPLICATE)
        carried.append(np.stack(cv2.split(y)) if planes else y.reshape(*y.shape[:2], -1))
    whole = torch.from_numpy(np.stack(carried) if len(carried) > 1 else carried[0][None])
    return whole if planes else whole.permute(0, 3, 1, 2)


@lru_cache(maxsize=4)
def _places(height: int, width: int, top: int, left: int) -> NDArray[np.float32]:
    """Give x and y of pixels, (H, W, 2)."""
    across, down = np.arange(left, left + width), np.arange(top, top + height)
    return np.stack(np.meshgrid(across, down), -1).astype(np.float32)


def streaks(x: Tensor, back: Tensor | None, ahead: Tensor | None) -> Tensor:
    """Say how far and along which line things move in an interval, whichever way: so light smears in an exposure.

    Args:
        x: (B, C, H, W), the picture that moves.
        back, ahead: (B, 2, H, W), `flow` to the picture before and to the one after; None where that is unknown.

    Returns:
        (B, 3, H, W) in [-1, 1], a one standing for 16 pixels: the way's length times cosine and sine of twice its
        angle, and the length; zero where nothing is known.

    The double angle, which has no sign: Granlund 1978, doi:10.1016/0146-664X(78)90072-8.
    """
    known = [one for one in (None if back is None else -back, ahead) if one is not None]
    if not known:
        return x.new_zeros(len(x), 3, *x.shape[2:])
    across, down = (one.contiguous() for one in (sum(known[1:], known[0]) / (len(known) * STREAK)).unbind(1))
    far = torch.sqrt(across * across + down * down)
    over = far.clamp(min=1e-9)
    cosine, sine = across / over, down / over
    return torch.stack([across * cosine - down * sine, 2 * across * sine, far], 1).clamp_(-1, 1)


def confidence(x: Tensor, carried: Tensor, tolerance: float = 0.05) -> Tensor:
    """Say how far what was carried onto a picture is believed, from how like it it is.

    Args:
        x, carried: (B, 3 or more, H, W).
        tolerance: difference at which belief has fallen to 1 / e.

    Returns:
        (B, 1, H, W) in [0, 1].

    Lai et al. 2018, arXiv:1808.00449, eq. 5, with the absolute difference over a small window.
    """
    apart = (x[:, :3] - carried[:, :3]).abs().mean(1, keepdim=True)
    return torch.exp(-F.avg_pool2d(apart, 5, stride=1, padding=2, count_include_pad=False) / tolerance)


def cut_between(a: Tensor, b: Tensor) -> Tensor:
    """Say where motion does not lead from one picture to the next: there the scene changes, or the light.

    Args:
        a, b: (B, 3 or more, H, W) in [0, 1].

    Returns:
        (B,) of bool, on the CPU.
    """
    one, two = (small(x) for x in (a, b))
    return _cut(one, two, flow(one, two, careful=True))


def _cut(one: Tensor, two: Tensor, there: Tensor) -> Tensor:
    levels = [_pooled(x) for x in (one, warp(two, there), two)]
    apart = (_centred(levels[0]) - _centred(levels[1])).abs().mean(1)
    contrast = levels[0].std(1, correction=0) + levels[2].std(1, correction=0)
    return (apart > CUT_LEVELS) & (apart > CUT_SHARE * contrast)


def found_again(a: Tensor, b: Tensor) -> Tensor:
    """Say what share of a picture motion leads to the other and back to within a pixel, both made small.

    Over films, two frames apart and noise up to 50 levels, it is 0.40 and more; over 300 cuts at most 0.19.

    Args:
        a, b: (B, 3 or more, H, W) in [0, 1].

    Returns:
        (B,) in [0, 1], on the CPU.
    """
    one, two = (small(x) for x in (a, b))
    return _found(*flow_both_ways(one, two, careful=True).chunk(2, 1))


def unrelated(a: Tensor, b: Tensor, least: float) -> Tensor:
    """Say whether there is a cut between pictures, see `cut_between`, or less of one than `least` is `found_again`."""
    one, two = (small(x) for x in (a, b))
    there, back = flow_both_ways(one, two, careful=True).chunk(2, 1)
    return _cut(one, two, there) | (_found(there, back) < least)


def _found(there: Tensor, back: Tensor) -> Tensor:
    back = warp(back, there)
    return ((there + back).square().sum(1) < 1).float().mean((1, 2)).cpu()


def small(x: Tensor) -> Tensor:
    """Give the colours of pictures, (B, 3, h, w), as large as cuts are looked for in; of small ones the same again."""
    share = CUT_SIDE / max(x.shape[-2:])
    if share >= 1:
        return x[:, :3].float()
    height, width = (max(1, round(length * share)) for length in x.shape[-2:])
    if x.device.type == "cpu":  # four times as quick as torch's
        found = [cv2.resize(one, (width, height), interpolation=cv2.INTER_AREA)[..., :3] for one in _arrays(x)]
        return torch.from_numpy(np.stack(found)).permute(0, 3, 1, 2)
    return F.interpolate(x[:, :3].float(), [height, width], mode="area")


def _pooled(x: Tensor) -> Tensor:
    """Give mean levels of squares, (B, squares), on the CPU."""
    sides = [min(CUT_POOL, length) for length in x.shape[-2:]]
    return 255 * F.avg_pool2d(x.mean(1, keepdim=True), sides, ceil_mode=True).flatten(1).cpu()


def _centred(x: Tensor) -> Tensor:
    return x - x.mean(1, keepdim=True)


def grey(x: Tensor) -> Greys:
    """Give the luma of each picture as bytes, softened a little: noise is not motion."""
    if x.device.type == "cpu":  # ten times as quick as torch's
        hows = {3: cv2.COLOR_RGB2GRAY, 4: cv2.COLOR_RGBA2GRAY}  # by the same weights
        levels = [cv2.convertScaleAbs(cv2.cvtColor(one, hows[one.shape[2]]), alpha=255) for one in _arrays(x)]
    else:
        told = torch.tensor(LUMA, device=x.device)[:, None, None]
        levels = list(((x[:, :3].float() * told).sum(1).clamp(0, 1) * 255).round().to(torch.uint8).cpu().numpy())
    return [cast(np.ndarray[tuple[int, ...], np.dtype[np.uint8]], cv2.GaussianBlur(one, (0, 0), 1.0)) for one in levels]


def _arrays(x: Tensor) -> list[Any]:
    """Give pictures on the CPU as arrays of OpenCV, (H, W, C) of float32, without a copy of those in channels_last."""
    x = (x if x.shape[1] <= 4 else x[:, :3]).detach().float()
    return [np.ascontiguousarray(one) for one in x.permute(0, 2, 3, 1).numpy()]

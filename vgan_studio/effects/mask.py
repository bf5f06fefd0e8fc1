"""Masks: where in the picture a GAN effect shows, by a shape or by what is there.

A mask is laid on after the network, in the live part of an effect: to move it asks no network.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import torch
from torch import Tensor

from vgan_studio.picture import Picture

from .params import Choice, Color, Number, Numbers, Outline, Param, Toggle

SHAPES = ("none", "rectangle", "ellipse", "polygon", "luma", "chroma")
# what each kind of mask is told; places and sizes are fractions of the picture's width and height
USES: Mapping[str, tuple[str, ...]] = {
    "none": (),
    "rectangle": ("mask_center", "mask_size", "mask_feather", "mask_invert"),
    "ellipse": ("mask_center", "mask_size", "mask_feather", "mask_invert"),
    "polygon": ("mask_points", "mask_feather", "mask_invert"),
    "luma": ("mask_range", "mask_feather", "mask_invert"),
    "chroma": ("mask_color", "mask_reach", "mask_feather", "mask_invert"),
}
MASK: Mapping[str, Param] = {
    "mask": Choice("none", SHAPES),
    "mask_center": Numbers((0.5, 0.5), -1.0, 2.0, "of the picture"),
    "mask_size": Numbers((0.5, 0.5), 0.0, 3.0, "of the picture"),
    "mask_points": Outline((0.5, 0.2, 0.8, 0.8, 0.2, 0.8)),
    "mask_range": Numbers((0.5, 1.0), 0.0, 1.0),
    "mask_color": Color((0.1, 0.6, 0.2, 1.0)),
    "mask_reach": Number(0.1, 0.0, 1.0),
    "mask_feather": Number(0.05, 0.0, 0.5),
    "mask_invert": Toggle(False),
}
_LUMA = (0.2126, 0.7152, 0.0722)
_LEAST = 1e-6

Finish = Callable[..., Picture]
Through = Callable[[Mapping[str, Any]], bool]


def with_mask(
    params: Mapping[str, Param], finish: Finish, live: Sequence[str], through: Through | None = None
) -> tuple[dict[str, Param], Finish, tuple[str, ...], Through | None]:
    """Give a heavy effect's parameters, its live part, its live parameters' names and `through` with a mask added.

    Args:
        finish: gives the picture without the network's work where `strength` is 0 and `heavy` is None.
    """

    def masked(x: Picture, heavy: Picture | None, *more: Any, **told: Any) -> Picture:
        shape = {name: told.pop(name, param.default) for name, param in MASK.items()}
        y = finish(x, heavy, *more, **told)
        if heavy is None or shape["mask"] == "none":
            return y
        plain = finish(x, None, *more, **{**told, "strength": 0.0}).to(y.device)
        return plain.lerp(y, weight(plain, **shape))

    def unmasked(told: Mapping[str, Any]) -> bool:
        return through is not None and told.get("mask", "none") == "none" and through(told)

    return {**params, **MASK}, masked, (*live, *MASK), unmasked if through else None


def weight(
    x: Picture,
    *,
    mask: str,
    mask_center: Sequence[float],
    mask_size: Sequence[float],
    mask_points: Sequence[float],
    mask_range: Sequence[float],
    mask_color: Sequence[float],
    mask_reach: float,
    mask_feather: float,
    mask_invert: bool,
) -> Tensor:
    """Say how much of an effect shows at each pixel.

    Args:
        x: (B, 4, H, W), what masks by luma and chroma look at.
        mask_center, mask_size: of a rectangle or an ellipse, x and y, in widths and heights.
        mask_points: corners of a polygon, x0, y0, x1, y1, …, in widths and heights.
        mask_range: luma that shows, from and to.
        mask_color, mask_reach: R'G'B' that shows, and how far from it, in chroma.
        mask_feather: width of the soft edge: in heights for shapes, outside and inside alike; in levels of [0, 1] for
            luma and chroma, outside.

    Returns:
        (B or 1, 1, H, W) in [0, 1].
    """
    if mask in ("luma", "chroma"):
        found = (
            _by_luma(x, mask_range, mask_feather)
            if mask == "luma"
            else _by_chroma(x, mask_color, mask_reach, mask_feather)
        )
    else:
        height, width = x.shape[-2:]
        across, down = _places(height, width, x.device)
        ratio = width / height
        if mask == "polygon":
            apart = _from_polygon(
                across, down, [(px * ratio, py) for px, py in zip(mask_points[::2], mask_points[1::2], strict=True)]
            )
        else:
            away = across - mask_center[0] * ratio, down - mask_center[1]
            half = max(mask_size[0] * ratio / 2, _LEAST), max(mask_size[1] / 2, _LEAST)
            apart = _from_rectangle(*away, *half) if mask == "rectangle" else _from_ellipse(*away, *half)
        found = (0.5 - apart / max(mask_feather, 1 / height)).clamp(0, 1)[None, None]
    return 1 - found if mask_invert else found


def _places(height: int, width: int, device: torch.device) -> tuple[Tensor, Tensor]:
    """Give x (1, W) and y (H, 1) of the middles of the pixels, in heights."""
    across = (torch.arange(width, device=device) + 0.5) / height
    down = (torch.arange(height, device=device) + 0.5) / height
    return across[None], down[:, None]


def _from_rectangle(x: Tensor, y: Tensor, half_width: float, half_height: float) -> Tensor:
    """Give the distance from a rectangle's edge, below 0 inside; (H, W)."""
    beyond_x, beyond_y = x.abs() - half_width, y.abs() - half_height
    outside = (beyond_x.clamp(min=0) ** 2 + beyond_y.clamp(min=0) ** 2).sqrt()
    return outside + torch.maximum(beyond_x, beyond_y).clamp(max=0)


def _from_ellipse(x: Tensor, y: Tensor, half_width: float, half_height: float) -> Tensor:
    """Give the distance from an ellipse's edge, to the first order, below 0 inside; (H, W)."""
    radius = ((x / half_width) ** 2 + (y / half_height) ** 2).sqrt()
    slope = ((x / half_width**2) ** 2 + (y / half_height**2) ** 2).sqrt()
    return torch.where(
        slope > _LEAST, radius * (radius - 1) / slope.clamp(min=_LEAST), x.new_tensor(-min(half_width, half_height))
    )


def _from_polygon(x: Tensor, y: Tensor, corners: Sequence[tuple[float, float]]) -> Tensor:
    """Give the distance from a polygon's edge, below 0 inside by the even-odd rule; (H, W)."""
    nearest = torch.full((y.shape[0], x.shape[1]), torch.inf, device=x.device)
    inside = torch.zeros_like(nearest, dtype=torch.bool)
    for (ax, ay), (bx, by) in zip(corners, [*corners[1:], corners[0]], strict=True):
        ex, ey = bx - ax, by - ay
        share = (((x - ax) * ex + (y - ay) * ey) / max(ex * ex + ey * ey, _LEAST)).clamp(0, 1)
        nearest = torch.minimum(nearest, (x - ax - share * ex) ** 2 + (y - ay - share * ey) ** 2)
        if ey:
            crosses = (y >= min(ay, by)) & (y < max(ay, by)) & (x < ax + (y - ay) * ex / ey)
            inside ^= crosses
    return torch.where(inside, -nearest.sqrt(), nearest.sqrt())


def _by_luma(x: Picture, span: Sequence[float], feather: float) -> Tensor:
    luma = (_straight(x) * x.new_tensor(_LUMA)[:, None, None]).sum(1, keepdim=True)
    low, high = min(span), max(span)
    soft = max(feather, 1 / 255)
    return ((luma - low) / soft + 1).clamp(0, 1) * ((high - luma) / soft + 1).clamp(0, 1)


def _by_chroma(x: Picture, color: Sequence[float], reach: float, feather: float) -> Tensor:
    wanted = x.new_tensor(color[:3])[None, :, None, None]
    apart = (_chroma(_straight(x)) - _chroma(wanted)).pow(2).sum(1, keepdim=True).sqrt()
    return ((reach - apart) / max(feather, 1 / 255) + 1).clamp(0, 1)


def _chroma(x: Tensor) -> Tensor:
    """Give Cb and Cr of BT.709, in [-0.5, 0.5]; (B, 3, H, W) to (B, 2, H, W)."""
    luma = (x * x.new_tensor(_LUMA)[:, None, None]).sum(1, keepdim=True)
    return torch.cat([(x[:, 2:] - luma) / 1.8556, (x[:, :1] - luma) / 1.5748], 1)


def _straight(x: Picture) -> Tensor:
    return x[:, :3] / x[:, 3:].clamp(min=1 / 255)

"""The effects that every plan is made of: plain pictures, the fit to the canvas, layers and transitions.

What leads from one picture to another takes `progress` from 0, the first alone, to 1, the second alone.
"""

import math
from collections.abc import Mapping
from typing import Any

import torch
import torch.nn.functional as F

from vgan_studio.effects.light import solid
from vgan_studio.effects.sampling import axes, gaussian, resize
from vgan_studio.effects.spec import Choice, Color, Number, Size, effect
from vgan_studio.picture import Picture

LARGEST = 16384  # pixels along a side


@effect("core.blank", "Blank", inputs=0)
def blank(*, height: int, width: int) -> Picture:
    """Give a picture of nothing."""
    return torch.zeros(1, 4, height, width)


@effect("core.color", "Colour", inputs=0, color=Color((0.0, 0.0, 0.0, 1.0)))
def color(*, color: tuple[float, ...], height: int, width: int) -> Picture:
    """Give a picture of one colour."""
    return solid(color, torch.empty(0)).expand(1, 4, height, width).clone()


def _canvas(size: Size, params: Mapping[str, Any]) -> Size:
    return int(params["height"]), int(params["width"])


@effect(
    "core.fit",
    "Fit",
    size=_canvas,
    width=Number(1920, 1, LARGEST, "pixels", whole=True),
    height=Number(1080, 1, LARGEST, "pixels", whole=True),
    mode=Choice("fit", ("fit", "fill", "crop", "stretch", "none")),
    aspect=Number(1.0, 0.01, 100.0),
    zoom=Number(1.0, 0.01, 100.0),
)
def fit(x: Picture, *, width: int, height: int, mode: str, aspect: float, zoom: float) -> Picture:
    """Bring a picture to the size of the canvas, in the middle of it.

    Cubic between pixels, antialiased where it shrinks.

    Args:
        x: (B, 4, H, W).
        width, height: of the canvas, in square pixels.
        mode: `fit` shows all of it with transparent bars, `fill` fills the bars with a blurred enlargement,
            `crop` covers the canvas and cuts off what is over, `stretch` gives up its shape, `none` keeps its size.
        aspect: width of a pixel of the picture over its height.
        zoom: pixels of the canvas for one of the picture in the mode `none`, so that a preview looks like the export.

    Returns:
        (B, 4, height, width).
    """
    if mode == "stretch":
        return resize(x, height, width)
    down, across = height / x.shape[-2], width / (x.shape[-1] * aspect)
    scales = {"fit": min(down, across), "fill": min(down, across), "crop": max(down, across), "none": zoom}
    y = _centred(x, (height, width), scales[mode], aspect)
    if mode != "fill":
        return y
    small = max(1, height // 8), max(1, width // 8)
    behind = _centred(x, small, max(small[0] / x.shape[-2], small[1] / (x.shape[-1] * aspect)), aspect)
    return over(resize(gaussian(behind, small[0] / 20), height, width), y)


def _centred(x: Picture, canvas: Size, scale: float, aspect: float) -> Picture:
    """Scale a picture onto the middle of a canvas; rows and columns that nobody will see are cut off before."""
    for axis, room, ratio in ((2, canvas[0], scale), (3, canvas[1], scale * aspect)):
        length = x.shape[axis]
        unseen = int(max(0.0, length - room / ratio) / 2)
        x = x.narrow(axis, unseen, length - 2 * unseen)
    y = resize(x, max(1, round(x.shape[2] * scale)), max(1, round(x.shape[3] * scale * aspect)))
    top, left = (canvas[0] - y.shape[2]) // 2, (canvas[1] - y.shape[3]) // 2
    return F.pad(y, (left, canvas[1] - y.shape[3] - left, top, canvas[0] - y.shape[2] - top))


@effect("core.over", "Over", inputs=2)
def over(under: Picture, top: Picture, *, progress: float = 1.0) -> Picture:
    """Lay the second picture over the first; with `progress` below 1 it shines through (Porter and Duff 1984)."""
    if progress != 1:
        top = top * progress
    return torch.addcmul(top, under, 1 - top[:, 3:])


@effect("core.dissolve", "Dissolve", inputs=2)
def dissolve(before: Picture, after: Picture, *, progress: float) -> Picture:
    """Fade from one to the other, in the signal as films are cut."""
    return torch.lerp(before, after, progress)


@effect("core.dip", "Dip to colour", inputs=2, color=Color((0.0, 0.0, 0.0, 1.0)))
def dip(before: Picture, after: Picture, *, color: tuple[float, ...], progress: float) -> Picture:
    """Fade to a colour, and from it to the other."""
    middle = solid(color, before)
    if progress < 0.5:
        return torch.lerp(before, middle, 2 * progress)
    return torch.lerp(middle, after, 2 * progress - 1)


@effect(
    "core.wipe",
    "Wipe",
    inputs=2,
    angle=Number(0.0, -360.0, 360.0, "degrees"),
    softness=Number(0.02, 0.0, 2.0, "heights"),
)
def wipe(before: Picture, after: Picture, *, angle: float, softness: float, progress: float) -> Picture:
    """Move an edge across: at 0 degrees to the right, at 90 down."""
    *_, height, width = before.shape
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    way = abs(cos) * width / height + abs(sin)
    soft = max(softness, 1 / height)
    down, across = axes(before)
    place = across * cos + down * sin + way / 2  # (H, W), from 0 to `way`
    return torch.lerp(before, after, ((progress * (way + soft) - place) / soft).clamp(0, 1))


_PUSHES = {"left": (3, 1), "right": (3, -1), "up": (2, 1), "down": (2, -1)}


@effect("core.push", "Push", inputs=2, direction=Choice("left", tuple(_PUSHES)))
def push(before: Picture, after: Picture, *, direction: str, progress: float) -> Picture:
    """Let the second picture push the first out, towards `direction`."""
    axis, sign = _PUSHES[direction]
    length = before.shape[axis]
    both = torch.cat([before, after] if sign > 0 else [after, before], axis)
    place = length * (progress if sign > 0 else 1 - progress)
    start = min(int(place), length - 1)
    return torch.lerp(both.narrow(axis, start, length), both.narrow(axis, start + 1, length), place - start)

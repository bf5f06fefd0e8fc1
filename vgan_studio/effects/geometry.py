"""Effects that move the picture and leave its colours alone.

Places and lengths are in heights of the picture, x to the right and y down, from the middle.
"""

import math

import torch

from vgan_studio.effects.sampling import affine, axes
from vgan_studio.effects.spec import Number, Numbers, Toggle, effect
from vgan_studio.picture import Picture

_FAR = 10.0


@effect(
    "geometry.transform",
    "Transform",
    position=Numbers((0.0, 0.0), -_FAR, _FAR, "heights"),
    scale=Number(1.0, 0.0, 16.0),
    stretch=Numbers((1.0, 1.0), -8.0, 8.0),
    rotation=Number(0.0, -3600.0, 3600.0, "degrees"),
    anchor=Numbers((0.0, 0.0), -_FAR, _FAR, "heights"),
)
def transform(
    x: Picture,
    *,
    position: tuple[float, float],
    scale: float,
    stretch: tuple[float, float],
    rotation: float,
    anchor: tuple[float, float],
) -> Picture:
    """Stretch, scale and turn (clockwise) about the anchor, then move; around it nothing.

    Cubic between pixels, antialiased where it shrinks, its edge one pixel soft.  A negative stretch mirrors.
    """
    if not any(position) and scale == 1.0 and stretch == (1.0, 1.0) and rotation % 360 == 0:
        return x
    cos, sin = math.cos(math.radians(rotation)), math.sin(math.radians(rotation))
    turn = torch.tensor([[cos, -sin], [sin, cos]], dtype=torch.float64)
    matrix = turn * (scale * torch.tensor(stretch, dtype=torch.float64))
    middle = torch.tensor(anchor, dtype=torch.float64)
    shift = middle + torch.tensor(position, dtype=torch.float64) - matrix @ middle
    return affine(x, matrix, shift)


@effect(
    "geometry.crop",
    "Crop",
    left=Number(0.0, 0.0, 1.0, "of the width"),
    top=Number(0.0, 0.0, 1.0, "of the height"),
    right=Number(0.0, 0.0, 1.0, "of the width"),
    bottom=Number(0.0, 0.0, 1.0, "of the height"),
    feather=Number(0.0, 0.0, 1.0, "heights"),
)
def crop(x: Picture, *, left: float, top: float, right: float, bottom: float, feather: float) -> Picture:
    """Cut off the sides; what is left stays in its place and fades in over `feather` from each of its edges."""
    if not any((left, top, right, bottom, feather)):
        return x
    *_, height, width = x.shape
    down, across = axes(x)
    down, across = (down + 0.5) * height, across * height + width / 2  # middles of the pixels, in pixels
    soft = max(1.0, feather * height)
    inside = [across - left * width, width * (1 - right) - across, down - top * height, height * (1 - bottom) - down]
    cover = torch.ones_like(across)
    for distance in inside:
        cover = cover * ((distance + 0.5) / soft).clamp(0, 1)
    return x * cover


@effect("geometry.opacity", "Opacity", opacity=Number(1.0, 0.0, 1.0))
def opacity(x: Picture, *, opacity: float) -> Picture:
    """Let what lies below shine through."""
    return x if opacity == 1 else x * opacity


@effect("geometry.flip", "Flip", horizontal=Toggle(False), vertical=Toggle(False))
def flip(x: Picture, *, horizontal: bool, vertical: bool) -> Picture:
    """Mirror left and right, top and bottom, or both."""
    axes = [axis for axis, wanted in ((3, horizontal), (2, vertical)) if wanted]
    return x.flip(axes) if axes else x

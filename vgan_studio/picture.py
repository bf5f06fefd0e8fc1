"""The one picture format, and the ways into and out of it.

A `Picture` is a float tensor (B, 4, H, W): R'G'B'A, premultiplied, in [0, 1], BT.709, full range.
Pixels are bytes or 16-bit words (B, H, W, 3 or 4) with straight alpha; they cross to the device as they are.
Levels are a picture in bytes, (B, H, W, 3 or 4), premultiplied as it is; of 3 channels where it is opaque.
"""

from typing import Literal

import cv2
import numpy as np
import torch
from torch import Tensor

Picture = Tensor

_TOP = {torch.uint8: 255.0, torch.uint16: 65535.0}
_KIND = {8: torch.uint8, 16: torch.uint16}
_AT_ONCE = 1 << 16  # numbers that are rounded at once: they stay in a core's own cache meanwhile


def from_pixels(pixels: Tensor) -> Picture:
    """Make a picture of pixels, on the device where they lie.

    Args:
        pixels: (B, H, W, 3 or 4), uint8 or uint16, alpha straight.

    Returns:
        (B, 4, H, W) float32, channels_last, premultiplied; opaque where there is no alpha.
    """
    opaque = pixels.shape[3] == 3
    if opaque:  # levels are padded quicker than what is made of them
        pixels = _opaque(pixels)
    x = pixels.float().div_(_TOP[pixels.dtype]).permute(0, 3, 1, 2)  # (B, 4, H, W), channels_last
    if opaque:
        return x
    return torch.cat([x[:, :3] * x[:, 3:], x[:, 3:]], 1).contiguous(memory_format=torch.channels_last)


def fill(picture: Picture, pixels: Tensor) -> None:
    """Write what `from_pixels` gives of opaque pixels, (1, H, W, 3), into a picture in channels_last."""
    picture.permute(0, 2, 3, 1).copy_(_opaque(pixels)).div_(_TOP[pixels.dtype])


def to_pixels(picture: Picture, *, depth: Literal[8, 16] = 8, alpha: bool = False) -> Tensor:
    """Round a picture to pixels, to the nearest.

    Args:
        picture: (B, 4, H, W); values outside [0, 1] are cut off.
        depth: bits per channel.
        alpha: keep alpha (straight); without it the picture lies on black.

    Returns:
        (B, H, W, 4 if alpha else 3), uint8 or uint16, contiguous, on the picture's device.
    """
    kind = _KIND[depth]
    if depth == 8 and not alpha:
        rounded = levels(picture)
        return _colours(rounded) if rounded.shape[3] == 4 else rounded
    if alpha:
        colour, opacity = picture[:, :3], picture[:, 3:].clamp(0, 1)
        straight = torch.where(opacity > 0, colour / opacity.clamp(min=1e-6), torch.zeros_like(colour))
        picture = torch.cat([straight, opacity], 1)
    rounded = picture.mul(_TOP[kind]).round_().clamp_(0, _TOP[kind])  # all channels: a part of them takes far longer
    pixels = rounded.permute(0, 2, 3, 1).to(kind)
    return pixels.contiguous() if alpha else _colours(pixels)


def levels(picture: Tensor) -> Tensor:
    """Round a picture to levels, to the nearest, which is what the cache keeps and everyone sees of a network's work.

    Args:
        picture: (B, 3 or 4, H, W) float32; values outside [0, 1] are cut off.

    Returns:
        (B, H, W, 3 or 4) uint8, contiguous, on the picture's device.
    """
    rows = picture.permute(0, 2, 3, 1)
    if picture.device.type == "cpu" and picture.dtype == torch.float32 and rows.is_contiguous():
        return _rounded(rows)
    return rows.mul(255.0).round_().clamp_(0, 255).to(torch.uint8).contiguous()


def from_levels(levels: Tensor) -> Picture:
    """Make the picture of levels, (B, H, W, 3 or 4), where they lie: (B, 4, H, W) float32, channels_last."""
    levels = _opaque(levels) if levels.shape[3] == 3 else levels
    return levels.float().div_(255.0).permute(0, 3, 1, 2)


def whole(colours: Tensor) -> Picture:
    """Give what a heavy effect made as a picture: where it is (B, 3, H, W), cut off to [0, 1] and opaque."""
    if colours.shape[1] == 4:
        return colours
    return torch.cat([colours.clamp(0, 1), torch.ones_like(colours[:, :1])], 1)


def quantize(picture: Picture) -> Picture:
    """Round every channel to the nearest of 256 levels: what the cache keeps and everyone sees."""
    return (picture.clamp(0, 1) * 255.0).round() / 255.0


def _rounded(rows: Tensor) -> Tensor:
    """Round (B, H, W, C) of float32 as `levels` does, a few rows at once: a fifth of torch's time, bit for bit."""
    found = torch.empty(rows.shape, dtype=torch.uint8)
    flat, made = rows.flatten(0, 1).flatten(1).numpy(), found.flatten(0, 1).flatten(1).numpy()
    step = max(1, _AT_ONCE // max(1, flat.shape[1]))
    room = np.empty((step, flat.shape[1]), np.float32)
    for top in range(0, len(flat), step):
        part = flat[top : top + step]
        cut = np.clip(part, 0, 1, out=room[: len(part)])  # of what is negative OpenCV would take the size
        cv2.convertScaleAbs(cut, dst=made[top : top + step], alpha=255.0)
    return found


def _opaque(pixels: Tensor) -> Tensor:
    """Add a channel of full alpha to pixels (B, H, W, 3)."""
    if pixels.device.type != "cpu":
        return torch.cat([pixels, torch.full_like(pixels[..., :1], int(_TOP[pixels.dtype]))], 3)
    return _converted(pixels, cv2.COLOR_RGB2RGBA)


def _colours(pixels: Tensor) -> Tensor:
    """Leave the alpha of pixels (B, H, W, 4) out."""
    return _converted(pixels, cv2.COLOR_RGBA2RGB) if pixels.device.type == "cpu" else pixels[..., :3].contiguous()


def _converted(pixels: Tensor, how: int) -> Tensor:
    """Convert pixels as OpenCV does, which is up to ten times as quick as torch on a CPU."""
    made = [torch.from_numpy(cv2.cvtColor(one.numpy(), how)) for one in pixels]
    return made[0][None] if len(made) == 1 else torch.stack(made)

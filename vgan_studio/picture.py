"""The one picture format, and the ways into and out of it.

A `Picture` is a float tensor (B, 4, H, W): R'G'B'A, premultiplied, in [0, 1], BT.709, full range.
Pixels are bytes or 16-bit words (B, H, W, 3 or 4) with straight alpha; they cross to the device as they are.
"""

from typing import Literal

import torch
from torch import Tensor

Picture = Tensor

_TOP = {torch.uint8: 255.0, torch.uint16: 65535.0}
_KIND = {8: torch.uint8, 16: torch.uint16}


def from_pixels(pixels: Tensor) -> Picture:
    """Make a picture of pixels, on the device where they lie.

    Args:
        pixels: (B, H, W, 3 or 4), uint8 or uint16, alpha straight.

    Returns:
        (B, 4, H, W) float32, channels_last, premultiplied; opaque where there is no alpha.
    """
    x = (pixels.float() / _TOP[pixels.dtype]).permute(0, 3, 1, 2)  # (B, 3 or 4, H, W), channels_last
    if x.shape[1] == 3:
        return torch.nn.functional.pad(x, (0, 0, 0, 0, 0, 1), value=1.0).contiguous(memory_format=torch.channels_last)
    return torch.cat([x[:, :3] * x[:, 3:], x[:, 3:]], 1).contiguous(memory_format=torch.channels_last)


def to_pixels(picture: Picture, *, depth: Literal[8, 16] = 8, alpha: bool = False) -> Tensor:
    """Round a picture to pixels, to the nearest.

    Args:
        picture: (B, 4, H, W); values outside [0, 1] are cut off.
        depth: bits per channel.
        alpha: keep alpha (straight); without it the picture lies on black.

    Returns:
        (B, H, W, 4 if alpha else 3), uint8 or uint16, contiguous, on the picture's device.
    """
    colour = picture[:, :3]
    if alpha:
        opacity = picture[:, 3:].clamp(0, 1)
        straight = torch.where(opacity > 0, colour / opacity.clamp(min=1e-6), torch.zeros_like(colour))
        colour = torch.cat([straight, opacity], 1)
    kind = _KIND[depth]
    levels = (colour.clamp(0, 1) * _TOP[kind]).round()  # (B, 3 or 4, H, W)
    return levels.permute(0, 2, 3, 1).to(kind).contiguous()


def quantize(picture: Picture) -> Picture:
    """Round every channel to the nearest of 256 levels: what the cache keeps and everyone sees."""
    return (picture.clamp(0, 1) * 255.0).round() / 255.0

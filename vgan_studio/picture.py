"""The one picture format, and the ways into and out of it.

A `Picture` is a float tensor (B, 4, H, W): R'G'B'A, premultiplied, in [0, 1], BT.709, full range.
Pixels are bytes or 16-bit words (B, H, W, 3 or 4) with straight alpha; they cross to the device as they are.
"""

from typing import Literal

import cv2
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
    opaque = pixels.shape[3] == 3
    if opaque:  # levels are padded quicker than what is made of them
        pixels = _opaque(pixels)
    x = pixels.float().div_(_TOP[pixels.dtype]).permute(0, 3, 1, 2)  # (B, 4, H, W), channels_last
    if opaque:
        return x
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
    kind = _KIND[depth]
    if alpha:
        colour, opacity = picture[:, :3], picture[:, 3:].clamp(0, 1)
        straight = torch.where(opacity > 0, colour / opacity.clamp(min=1e-6), torch.zeros_like(colour))
        picture = torch.cat([straight, opacity], 1)
    levels = picture.mul(_TOP[kind]).round_().clamp_(0, _TOP[kind])  # all channels: a part of them takes far longer
    pixels = levels.permute(0, 2, 3, 1).to(kind)
    return pixels.contiguous() if alpha else _colours(pixels)


def quantize(picture: Picture) -> Picture:
    """Round every channel to the nearest of 256 levels: what the cache keeps and everyone sees."""
    return (picture.clamp(0, 1) * 255.0).round() / 255.0


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

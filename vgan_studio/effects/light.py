"""Premultiplied colour: to straight and back, luma, light, tables.

Linear light here is the light of a BT.1886 display, the 2.4th power of the signal.
So a factor on light is a factor on the signal, and on premultiplied colour, too.
"""

import torch
from torch import Tensor

from vgan_studio.picture import Picture

GAMMA = 2.4
LUMA = (0.2126, 0.7152, 0.0722)  # ITU-R BT.709


def straight(x: Picture) -> Tensor:
    """Give the colour without its alpha: (B, 3, H, W), black where there is nothing."""
    alpha = x[:, 3:]
    return torch.where(alpha > 0, x[:, :3] / alpha.clamp(min=1e-6), torch.zeros_like(x[:, :3])).clamp(0, 1)


def bounded(colour: Tensor, alpha: Tensor) -> Picture:
    """Join premultiplied colour, cut off to [0, alpha], with its alpha: (B, 4, H, W)."""
    return torch.cat([torch.minimum(colour.clamp(min=0), alpha), alpha], 1)


def solid(color: tuple[float, ...], like: Tensor) -> Tensor:
    """Give a straight R'G'B'A colour as a premultiplied picture of one pixel, (1, 4, 1, 1)."""
    *rgb, alpha = color
    return like.new_tensor([*(one * alpha for one in rgb), alpha])[None, :, None, None]


def luma(colour: Tensor) -> Tensor:
    """Give the BT.709 luma of (B, 3, H, W) as (B, 1, H, W)."""
    red, green, blue = LUMA
    return red * colour[:, :1] + green * colour[:, 1:2] + blue * colour[:, 2:3]


def mixed(colour: Tensor, matrix: Tensor) -> Tensor:
    """Multiply each colour of (B, 3, H, W) by a (3, 3) matrix, exactly on every device."""
    columns = matrix.to(colour)[None, :, :, None, None]  # (1, 3, 3, 1, 1)
    return sum((columns[:, :, i] * colour[:, i : i + 1] for i in range(1, 3)), columns[:, :, 0] * colour[:, :1])


def smoothstep(low: float, high: float, x: Tensor) -> Tensor:
    """Rise smoothly from 0 at `low` to 1 at `high`; a step where they are one."""
    share = ((x - low) / max(high - low, 1e-6)).clamp(0, 1)
    return share * share * (3 - 2 * share)


def looked_up(colour: Tensor, table: Tensor) -> Tensor:
    """Send each channel through its table, linear between the entries.

    Args:
        colour: (B, 3, H, W) in [0, 1].
        table: (3, N), the results for 0, 1 / (N - 1), ..., 1.
    """
    table = table.to(colour)
    last = table.shape[1] - 1
    place = colour * last
    index = place.long().clamp(0, max(last - 1, 0))
    offset = torch.arange(3, device=colour.device)[None, :, None, None] * (last + 1)
    low = torch.take(table, index + offset)
    high = torch.take(table, (index + 1).clamp(max=last) + offset)
    return torch.lerp(low, high, (place - index).clamp(0, 1))

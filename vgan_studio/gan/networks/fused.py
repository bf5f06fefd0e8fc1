"""Convolutions and what follows them, in one pass where the CPU can: it saves a walk through memory each.

oneDNN applies an activation or a sum while a convolution's result is still in its registers.  torch has these
operations for what it compiles; they are used here as they are, wherever no gradient is asked for.
"""

import functools
import logging
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

log = logging.getLogger(__name__)

SLOPE = 0.1


def leaky(convolution: nn.Conv2d, x: Tensor) -> Tensor:
    """Convolve, then LeakyReLU(0.1)."""
    if fusible(convolution, x):
        y: Tensor = _pointwise()(*_told(convolution, x), "leaky_relu", [SLOPE], "")
        return y
    return F.leaky_relu(convolution(x), SLOPE, inplace=True)


def added(x: Tensor, convolution: nn.Conv2d, y: Tensor) -> Tensor:
    """Give x + convolution(y)."""
    if fusible(convolution, x) and x.shape == y.shape:
        first, *rest = _told(convolution, y)
        total: Tensor = _pointwise().binary(first, x, *rest, "add", 1.0, None, [], None)
        return total
    summed: Tensor = x + convolution(y)
    return summed


def shuffled(convolution: nn.Conv2d, y: Tensor, fold: int, base: Tensor) -> Tensor:
    """Give base + pixel_shuffle(convolution(y), fold).

    In channels_last an output row holds what a part of the convolution's channels gives for a row of the input, as it
    comes: so each such part is convolved by itself and added in its place.  Shuffling and enlarging take a CPU half
    as long as all convolutions of a small network.

    Args:
        base: (B, C, fold * H, fold * W), or (B, C, H, W), which is then enlarged by repeating its pixels.
    """
    smaller = y.shape[2:] == base.shape[2:]
    if not fusible(convolution, y):
        detail: Tensor = F.pixel_shuffle(convolution(y), fold)
        return detail + (F.interpolate(base, scale_factor=fold, mode="nearest") if smaller else base)
    batch, channels, height, width = *base.shape[:2], *y.shape[2:]
    size = (batch, channels, fold * height, fold * width)
    whole = torch.empty(size, dtype=base.dtype, memory_format=torch.channels_last)
    rows = whole.permute(0, 2, 3, 1).view(batch, height, fold, -1)  # (B, H, fold, fold * W * C)
    given = torch.cat([base] * fold, 1) if smaller else base
    given = given.permute(0, 2, 3, 1).reshape(batch, height, -1, rows.shape[3])
    weight = convolution.weight.view(channels, fold, fold, *convolution.weight.shape[1:])
    bias = None if convolution.bias is None else convolution.bias.view(channels, fold, fold)
    for row in range(fold):
        part = weight[:, row].transpose(0, 1).flatten(0, 1).contiguous(memory_format=torch.channels_last)
        lift = None if bias is None else bias[:, row].t().flatten()
        detail = F.conv2d(y, part, lift, convolution.stride, convolution.padding, convolution.dilation)
        detail = detail.permute(0, 2, 3, 1).reshape(batch, height, -1)
        torch.add(detail, given[:, :, 0 if smaller else row], out=rows[:, :, row])
    return whole


def folded(convolution: nn.Conv2d, x: Tensor, fold: int) -> Tensor:
    """Give convolution(pixel_unshuffle(x, fold)) by one convolution: folding itself takes a CPU longer.

    Args:
        convolution: of 3x3, padded by 1.
    """
    size = len(convolution.weight), x.shape[1], fold, fold, 3, 3
    weight = convolution.weight.view(size).permute(0, 1, 4, 2, 5, 3).reshape(*size[:2], 3 * fold, 3 * fold)
    return F.conv2d(x, weight, convolution.bias, stride=fold, padding=fold)


def fusible(convolution: nn.Conv2d, x: Tensor) -> bool:
    """Tell whether a convolution can be run with what follows it: on the CPU, where nothing is learnt from it."""
    plain = type(convolution) is nn.Conv2d and convolution.padding_mode == "zeros" and convolution.groups == 1
    return plain and x.device.type == "cpu" and not torch.is_grad_enabled() and _able(x.dtype)


def _pointwise() -> Any:
    return torch.ops.mkldnn._convolution_pointwise


def _told(convolution: nn.Conv2d, x: Tensor) -> tuple[Any, ...]:
    """Give what the operations take first."""
    of = convolution
    return x, of.weight, of.bias, list(of.padding), list(of.stride), list(of.dilation), of.groups


@functools.cache
def _able(kind: torch.dtype) -> bool:
    """Try both operations once in a number format: builds differ in what they have."""
    if not torch.backends.mkldnn.is_available():  # type: ignore[no-untyped-call]
        return False
    x = torch.linspace(-1, 1, 8 * 64).view(1, 8, 8, 8).to(kind).contiguous(memory_format=torch.channels_last)
    weight = torch.linspace(-0.5, 0.5, 8 * 8 * 9).view(8, 8, 3, 3).to(kind)  # no chance: a training may go on
    told = (weight, weight[0, 0].flatten()[:8].contiguous(), [1, 1], [1, 1], [1, 1], 1)
    try:
        bare = F.conv2d(x, weight, told[1], padding=1).float()
        one = _pointwise()(x, *told, "leaky_relu", [SLOPE], "").float()
        two = _pointwise().binary(x, x, *told, "add", 1.0, None, [], None).float()
    except (AttributeError, RuntimeError, TypeError) as error:  # another build, another signature
        log.info("Convolutions in %s are not run with what follows them: %s", kind, error)
        return False
    wanted = F.leaky_relu(bare, SLOPE), x.float() + bare
    return all(torch.allclose(a, b, rtol=2e-2, atol=2e-2) for a, b in zip((one, two), wanted, strict=True))

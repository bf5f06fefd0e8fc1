"""What makes a style, as numbers: which features go together, in a FeatNet and in random filters.

Gatys et al. 2015, arXiv:1508.06576; random filters for texture: Ustyuzhaninov et al. 2016, arXiv:1606.00021.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .device import half
from .networks.features import MEAN, SPREAD, FeatNet

STROKES = (1, 3, 5, 9, 11)  # layers of the FeatNet whose covariances are the strokes; from 6 on of the halved picture
EDGE = 2  # features at the edges, which saw what is not there
THINGS = 5  # the layer that tells what there is to see
POOLS = (2, 4, 8)  # of the random filters, which know the palette
EVEN = 0.03  # steps from pixel to pixel below which a place is even
SQUARE = 7  # pixels within which a stroke lies in one direction
SIZES = 4  # of steps: of one pixel, two, four, eight
_FILTERS = 24


def look(net: nn.Module, x: Tensor) -> list[Tensor]:
    """Give the features of a FeatNet's layers up to the last that is used, of a picture and of its half, in bfloat16.

    At the edges it sees zeros: mirrored ones take twice the time.

    Args:
        x: (B, 3, H, W) in [0, 1]; H and W at least 64.
    """
    return [*_seen(net, x), *_seen(net, F.avg_pool2d(x, 2))]


def _seen(net: nn.Module, x: Tensor) -> list[Tensor]:
    assert isinstance(net, FeatNet)
    x = ((x - MEAN) / SPREAD).contiguous(memory_format=torch.channels_last)
    seen = []
    with half(x.device.type):
        for index, layer in enumerate(net.layers[: THINGS + 1]):
            assert isinstance(layer, nn.Conv2d)
            if index in (2, 4):
                x = F.avg_pool2d(x, 2)
            x = F.relu(F.conv2d(x, layer.weight, layer.bias, padding=1), inplace=True)
            seen.append(x)
    return seen


def spread(features: Tensor, *, together: bool = False) -> tuple[Tensor, Tensor]:
    """Give how features go together: (B, C, H, W) to their covariances, (B, C, C), and means, (B, 1, C), float32.

    Gram matrices (Gatys et al. 2015, arXiv:1508.06576, eq. 3) are ruled by the means, which are colours; apart from
    them strokes count.  `together` takes the pictures as parts of one: B is 1.
    """
    flat = features.permute(0, 2, 3, 1).flatten(1, 2)
    flat = flat.flatten(0, 1)[None] if together else flat
    mean = flat.mean(1, keepdim=True)
    centred = flat - mean
    return (centred.mT @ centred).float() / flat.shape[1], mean.float()


def statistics(seen: Sequence[Tensor], picture: Tensor, *, together: bool = False) -> list[Tensor]:
    """Give the numbers that are a picture's style.

    Args:
        seen: what a FeatNet sees in it, by `look`.
        picture: (B, 3, H, W) in [0, 1]; H and W at least 64.
        together: of all pictures as of one, B is 1.

    Returns:
        (B, 1 or C, C) each: those of strokes, then those of the palette.
    """
    inner = (seen[layer][..., EDGE:-EDGE, EDGE:-EDGE] for layer in STROKES)
    strokes = [one for layer in inner for one in spread(layer, together=together)]
    return strokes + [one for filtered in _palette(picture) for one in spread(filtered, together=together)]


def slants(pictures: Tensor, where: Tensor | None = None) -> Tensor:
    """Say how much changes in each direction, at sizes from fine to coarse: of all pictures as of one.

    Strokes that all lie level have nearly the same covariances of features as strokes that turn; not the same slants.

    Args:
        pictures: (B, 3, H, W) in [0, 1].
        where: (B, 1, H, W), how much a place counts.

    Returns:
        (sizes, 4), fewer sizes of pictures under 72 pixels: the logarithm of the mean squared step across, down, and
        along both diagonals.
    """
    found = []
    for x, counts in _sizes(pictures.float(), where):
        steps = (
            x[..., 1:-1, 2:] - x[..., 1:-1, :-2],
            x[..., 2:, 1:-1] - x[..., :-2, 1:-1],
            (x[..., 2:, 2:] - x[..., :-2, :-2]) / 2**0.5,
            (x[..., 2:, :-2] - x[..., :-2, 2:]) / 2**0.5,
        )
        inner = counts[..., 1:-1, 1:-1]
        whole = inner.mean().clamp(min=1e-3)
        found.append(torch.stack([(step.square() * inner).mean() / whole for step in steps]))
    return (torch.stack(found) + 1e-5).log()


def coherence(pictures: Tensor, where: Tensor | None = None) -> Tensor:
    """Say how far changes nearby lie in one direction, as in strokes and not in noise, at sizes from fine to coarse.

    Bigün and Granlund 1987: what is left of the double angles of the gradients in a square, over their lengths.

    Args:
        pictures, where: as for `slants`.

    Returns:
        (sizes,) in [0, 1].
    """
    found = []
    for x, counts in _sizes(pictures.float().mean(1, keepdim=True), where):
        across, down = x[..., 1:-1, 2:] - x[..., 1:-1, :-2], x[..., 2:, 1:-1] - x[..., :-2, 1:-1]
        parts = torch.cat([across.square() - down.square(), 2 * across * down, across.square() + down.square()], 1)
        level, slant, length = F.avg_pool2d(parts, SQUARE, stride=2).chunk(3, 1)
        inner = F.avg_pool2d(counts[..., 1:-1, 1:-1], SQUARE, stride=2)
        lying = (level.square() + slant.square() + 1e-10).sqrt()
        found.append((lying * inner).sum() / (length * inner).sum().clamp(min=1e-6))
    return torch.stack(found)


def _sizes(x: Tensor, where: Tensor | None) -> Iterator[tuple[Tensor, Tensor]]:
    """Give pictures and how much each place counts, each time half as large, while a square fits in."""
    counts = torch.ones_like(x[:, :1]) if where is None else where
    for _ in range(SIZES):
        if min(x.shape[2:]) < SQUARE + 2:
            return
        yield x, counts
        x, counts = F.avg_pool2d(x, 2), F.avg_pool2d(counts, 2)


def even(scenes: Tensor) -> Tensor:
    """Say where scenes, (B, 3, H, W), are even, from 0 to 1: (B, 1, H, W)."""
    x = scenes.float().mean(1, keepdim=True)
    pad = F.pad(x, (1, 1, 1, 1), mode="replicate")
    change = (pad[..., 1:-1, 2:] - pad[..., 1:-1, :-2]).square() + (pad[..., 2:, 1:-1] - pad[..., :-2, 1:-1]).square()
    return 1 / (1 + F.avg_pool2d(change, 9, stride=1, padding=4) / EVEN**2)


def style_distance(own: Sequence[Tensor], wanted: Sequence[Tensor]) -> tuple[Tensor, Tensor]:
    """Compare statistics: strokes and palette apart, each from 0, where they are alike, to 2, (B,)."""
    parts = [_apart(a, b) for a, b in zip(own, wanted, strict=True)]
    deviations = [_apart(_deviation(a), _deviation(b)) for a, b in zip(own[::2], wanted[::2], strict=True)]
    parts = [one for pair in zip(deviations, parts[::2], parts[1::2], strict=True) for one in pair]
    strokes, palette = parts[: 3 * len(STROKES)], parts[3 * len(STROKES) :]
    return torch.stack(strokes).mean(0), torch.stack(palette).mean(0)


def _deviation(covariance: Tensor) -> Tensor:
    """Give how far each feature strays, (B, 1, C): its distance also leads on where there is next to nothing yet."""
    return covariance.diagonal(dim1=1, dim2=2)[:, None].clamp(min=1e-6).sqrt()


def content_distance(seen: Sequence[Tensor], wanted: Sequence[Tensor]) -> Tensor:
    """Compare what there is to see, relative to how much there is, (B,)."""
    a, b = seen[THINGS].float(), wanted[THINGS].float()
    return (a - b).square().mean((1, 2, 3)) / b.square().mean((1, 2, 3)).clamp(min=1e-6)


def roughness(y: Tensor) -> Tensor:
    """Give the mean squared step from pixel to pixel, (B,).  Mahendran and Vedaldi 2014, arXiv:1412.0035, eq. 5."""
    across = (y[..., 1:] - y[..., :-1]).square().mean((1, 2, 3))
    return across + (y[..., 1:, :] - y[..., :-1, :]).square().mean((1, 2, 3))


def _apart(a: Tensor, b: Tensor) -> Tensor:
    """Give the squared distance as a share of the squared lengths: dark and bright pictures count alike."""
    lengths = a.square().sum((1, 2)) + b.square().sum((1, 2))
    return 2 * (a - b).square().sum((1, 2)) / lengths.clamp(min=1e-12)


def _palette(picture: Tensor) -> list[Tensor]:
    found = []
    for pool in POOLS:
        small = F.avg_pool2d(picture.float(), pool) - 0.5
        seen = F.relu(F.conv2d(small, _filters().to(small)))
        found.append(torch.cat([seen, small[..., 2:-2, 2:-2]], 1))
    return found


@lru_cache(maxsize=1)
def _filters() -> Tensor:
    """Make the random filters, half of them means of random colours; they are the same at all times."""
    with torch.inference_mode(False):  # they are kept, and may be learnt with later
        chance = torch.Generator().manual_seed(0)
        sharp = torch.randn(_FILTERS // 2, 3, 5, 5, generator=chance) / 5
        colours = torch.randn(_FILTERS // 2, 3, 1, 1, generator=chance).expand(-1, -1, 5, 5) / 12
        return torch.cat([sharp, colours])

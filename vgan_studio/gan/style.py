"""What makes a style, as numbers: which features go together, in a FeatNet and in random filters.

Gatys et al. 2015, arXiv:1508.06576; random filters for texture: Ustyuzhaninov et al. 2016, arXiv:1606.00021.
"""

from collections.abc import Sequence
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

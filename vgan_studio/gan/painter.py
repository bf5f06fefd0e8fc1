"""Painters on call: the style of pictures as a code, and the network that paints by it."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace

import torch
import torch.nn.functional as F
from torch import Tensor

from vgan_studio.errors import ModelError

from .networks import ARCHITECTURES
from .networks.stylize import CODE, Stylist
from .weights import Model

HEIGHT = 384  # of a painting, at which its strokes are as large as they shall be in a film of 640 x 360
LONGEST = 1024  # side of what the encoder looks at
_GRID = 16  # the encoder's sides are multiples of it


def stylist(model: Model) -> Stylist:
    """Give a model's network.

    Raises:
        ModelError: it is no stylist.
    """
    if not isinstance(model.network, Stylist):
        raise ModelError(f"{model.card.name} is no model for stylize: its architecture is {model.card.architecture}.")
    return model.network


def fitted(picture: Tensor) -> Tensor:
    """Bring a reference to the size at which its style is read.

    Args:
        picture: (3, H, W) in [0, 1].

    Returns:
        (3, H', W'): the shorter side is 384, or less where the longer would be over 1024; both are multiples of 16.
    """
    height, width = picture.shape[1:]
    scale = min(HEIGHT / min(height, width), LONGEST / max(height, width))
    size = [max(_GRID, round(length * scale / _GRID) * _GRID) for length in (height, width)]
    return F.interpolate(picture[None], size, mode="bilinear", antialias=True, align_corners=False)[0].clamp(0, 1)


@torch.no_grad()
def code_of(network: Stylist, pictures: Sequence[Tensor]) -> Tensor:
    """Give the code of the pictures' style together, (CODE,): the mean of each one's.

    Liu et al. 2019 (FUNIT), arXiv:1905.01723, section 3.1.

    Args:
        pictures: (3, H, W) in [0, 1] each, of any size.
    """
    codes = [network.encode(fitted(one)[None, None])[0] for one in pictures]
    return torch.stack(codes).mean(0)


def bound(model: Model, code: Tensor) -> Model:
    """Give the network of one style as a model of its own, which runs like any other.

    Raises:
        ModelError: it is no stylist.
    """
    network = stylist(model).bound(code)
    known = ARCHITECTURES["painter"]
    numbers = code.detach().float().contiguous().numpy().tobytes()
    assert len(numbers) == 4 * CODE
    config = {name: model.card.config[name] for name in known.bounds}
    digest = hashlib.sha256(model.card.digest.encode() + numbers).hexdigest()
    return Model(replace(model.card, architecture="painter", config=config, digest=digest), network)

"""Drawings to film: a U-Net that is given its own last picture, carried along."""

import torch
from torch import Tensor

from . import unet

HOLD = 0.6  # share of the last picture in the next one, where it is believed


class Translate(unet.PlainUNet):
    """Make a picture of a film from a drawing of it, and from the picture that it made before.

    The last picture is carried onto the present one where motion is believed, and the drawing stands elsewhere; what
    the network makes is added to that.  Wang et al. 2018 (vid2vid), arXiv:1808.06601, eq. 6, with motion that is
    estimated, not learnt.

    Args:
        condition: what it is drawn with, see `gan.drawn`.
        width, fine, middle, coarse, fold: as for `PlainUNet`.
    """

    def __init__(self, *, condition: int = 0, **config: int) -> None:
        super().__init__(inputs=10, **config)
        self.condition = condition


def seen(drawing: Tensor, last_drawing: Tensor, carried: Tensor, belief: Tensor) -> Tensor:
    """Put together what the network sees.

    Args:
        drawing: (B, 3, H, W), of this moment.
        last_drawing, carried: (B, 3, H, W), the drawing of the moment before and what was made of it, both carried
            onto this one.
        belief: (B, 1, H, W) in [0, 1], how far that is believed; 0 everywhere at a beginning, and then `carried` and
            `last_drawing` do not matter.

    Returns:
        (B, 10, H, W).
    """
    return torch.cat([drawing.lerp(carried, belief), drawing, drawing.lerp(last_drawing, belief), belief], 1)


def held(y: Tensor, carried: Tensor, belief: Tensor) -> Tensor:
    """Let what was made before shine through where it is believed: the mask of vid2vid, not learnt."""
    return y.lerp(carried, HOLD * belief)

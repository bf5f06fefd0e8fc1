"""Drawings to film: a U-Net that is given its own last picture, carried along."""

import torch
from torch import Tensor

from vgan_studio.gan.flow import warp

from . import unet


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


def seen(drawing: Tensor, last_drawing: Tensor, last: Tensor, motion: Tensor, belief: Tensor) -> Tensor:
    """Put together what the network sees.

    Args:
        drawing, last_drawing: (B, 3, H, W), of this moment and of the one before.
        last: (B, 3, H, W), what the network made of that one.
        motion: (B, 2, H, W), where the pixels of this moment lie in that one.
        belief: (B, 1, H, W) in [0, 1], how far that is believed; 0 everywhere at a beginning, and then `last`,
            `last_drawing` and `motion` do not matter.

    Returns:
        (B, 10, H, W).
    """
    carried = warp(torch.cat([last, last_drawing], 1), motion)
    both = torch.cat([drawing, drawing], 1).lerp(carried, belief)
    return torch.cat([both[:, :3], drawing, both[:, 3:], belief], 1)

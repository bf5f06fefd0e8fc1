"""What films are translated from: line drawings and flat colours, made of any picture.

A picture that is one already stays nearly what it is, so that drawn films can be translated, too.
"""

from typing import cast

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

LINES, FLAT = 0, 1
SHORT_SIDE = 360  # of the pictures that are translated; larger ones are made smaller first

_FINE, _COARSE = 0.8, 1.6  # pixels, of the two bells whose difference is taken
_INK, _FAINTEST = 30.0, 0.004
_PAPER = 0.5  # as light as films are in the mean: there is less to learn
_MEDIAN, _LEVELS = 5, 6


def drawn(x: Tensor, kind: int) -> Tensor:
    """Draw a picture.

    Args:
        x: (B, 3 or more, H, W) in [0, 1]; the first three channels are R'G'B'.
        kind: `LINES` for dark lines on grey, along dark ridges and the dark side of edges, as a difference of
            Gaussians finds them (Winnemöller et al. 2012, doi:10.1016/j.cag.2012.03.004); `FLAT` for patches of few
            colours without detail.

    Returns:
        (B, 3, H, W) in [0, 1], on the device of `x`.
    """
    draw = (_lines, _flat)[kind]
    pictures = x[:, :3].float().cpu().permute(0, 2, 3, 1).contiguous().numpy()
    made = np.stack([draw(picture) for picture in pictures])
    return torch.from_numpy(made).permute(0, 3, 1, 2).to(x.device)


def short_sized(height: int, width: int) -> tuple[int, int]:
    """Give the size at which a picture is translated."""
    share = min(1.0, SHORT_SIDE / min(height, width))
    return max(1, round(height * share)), max(1, round(width * share))


def _lines(picture: NDArray[np.float32]) -> NDArray[np.float32]:
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    dark = cv2.GaussianBlur(grey, (0, 0), _COARSE) - cv2.GaussianBlur(grey, (0, 0), _FINE)
    ink = np.tanh(_INK * np.maximum(dark - _FAINTEST, 0))
    return np.repeat(_PAPER * (1 - ink)[..., None], 3, axis=2).astype(np.float32)


def _flat(picture: NDArray[np.float32]) -> NDArray[np.float32]:
    levels = (picture.clip(0, 1) * 255 + 0.5).astype(np.uint8)
    smooth = cast(NDArray[np.uint8], cv2.medianBlur(cv2.medianBlur(levels, _MEDIAN), _MEDIAN))
    return (np.round(smooth / 255 * _LEVELS) / _LEVELS).astype(np.float32)

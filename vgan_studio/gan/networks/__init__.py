"""The generators by name: what a weights file may say that it is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from torch import nn

from . import interpolate, stylize, translate, unet
from .compact import Compact
from .features import FeatNet


@dataclass(frozen=True, slots=True)
class Architecture:
    """How to build a family of networks, and the bounds that a stranger's file has to keep.

    Attributes:
        build: takes the configuration by name.
        bounds: by parameter of `build`: the smallest and the largest whole number allowed.
        reach: how many input pixels away, at most, an output pixel sees; for a configuration.
        multiple: the input's height and width are multiples of it; for a configuration.
        inputs, outputs: channels in and out, where not of a picture alone; a configuration's own `inputs` rules.
    """

    build: Callable[..., nn.Module]
    bounds: Mapping[str, tuple[int, int]]
    reach: Callable[[Mapping[str, Any]], int]
    multiple: Callable[[Mapping[str, Any]], int] = lambda config: 1
    inputs: int = 3
    outputs: int = 3


ARCHITECTURES: dict[str, Architecture] = {
    "compact": Architecture(
        Compact,
        bounds={"width": (1, 256), "depth": (0, 64), "scale": (1, 8)},
        reach=lambda config: config["depth"] + 2,
    ),
    "unet": Architecture(
        unet.PlainUNet,
        bounds={
            "inputs": (3, 16),
            "width": (1, 128),
            "fine": (0, 16),
            "middle": (0, 16),
            "coarse": (0, 16),
            "fold": (1, 4),
        },
        reach=unet.reach,
        multiple=unet.multiple,
    ),
    "tween": Architecture(
        interpolate.Tween,
        bounds={"width": (1, 128), "fine": (0, 16), "middle": (0, 16), "coarse": (0, 16)},
        reach=interpolate.reach,
        multiple=lambda config: 8,
        inputs=interpolate.INPUTS,
        outputs=interpolate.OUTPUTS,
    ),
    "stylize": Architecture(
        stylize.Stylist,
        bounds={"width": (1, 256), "blocks": (0, 32), "styles": (0, 256)},
        reach=stylize.reach,
        multiple=lambda config: stylize.FOLD,
    ),
    "painter": Architecture(
        stylize.Painter,
        bounds={"width": (1, 256), "blocks": (0, 32)},
        reach=stylize.reach,
        multiple=lambda config: stylize.FOLD,
        inputs=stylize.INPUTS,
    ),
    "translate": Architecture(
        translate.Translate,
        bounds={
            "condition": (0, 2),
            "width": (1, 128),
            "fine": (0, 16),
            "middle": (0, 16),
            "coarse": (0, 16),
            "fold": (1, 4),
        },
        reach=unet.reach,
        multiple=unet.multiple,
        inputs=10,
    ),
    "features": Architecture(FeatNet, bounds={"width": (3, 96)}, reach=lambda config: 78, multiple=lambda config: 8),
}

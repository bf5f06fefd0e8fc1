"""Measure upscalers on pictures that no training sees, beside bicubic and Lanczos interpolation.

The low-resolution picture is the antialiased bicubic one, rounded to 8 bits; PSNR and SSIM are of the 8-bit luma,
without a border as wide as the scale.  FN-dist is the distance that the FeatNet sees with which nothing is trained.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from torch import Tensor, nn

from vgan_studio.errors import ModelError

from .data import test_sets
from .device import half
from .figures import Figure
from .losses import perceptual
from .metrics import psnr_y, ssim_y
from .weights import Model, find_model, read_model

Method = Callable[[Tensor], Tensor]


@dataclass(frozen=True, slots=True)
class Quality:
    """How near to the truth: PSNR-Y in dB, SSIM-Y, and FN-dist, which is 0 for equal pictures."""

    psnr: float
    ssim: float
    distance: float


def figures(models: Sequence[Model], folders: Sequence[Path]) -> Iterator[Figure]:
    """Measure models of any scales.

    Raises:
        ModelError: there are no test pictures.
    """
    pictures = test_sets(folders)
    if not pictures:
        raise ModelError("There are no test pictures in " + ", ".join(str(folder) for folder in folders) + ".")
    for scale in sorted({model.card.scale for model in models}):
        methods: dict[str, Method] = {"bicubic": lambda x, s=scale: bicubic(x, s)}  # type: ignore[misc]
        methods["Lanczos"] = lambda x, s=scale: lanczos(x, s)  # type: ignore[misc]
        methods |= {model.card.name: _method(model) for model in models if model.card.scale == scale}
        found = measure(methods, pictures, scale)
        for (name, method), quality in found.items():
            of = f"{name} ×{scale}"
            yield Figure(of, method, "PSNR-Y, dB", quality.psnr)
            yield Figure(of, method, "over bicubic, dB", quality.psnr - found[name, "bicubic"].psnr)
            yield Figure(of, method, "SSIM-Y", quality.ssim)
            yield Figure(of, method, "FN-dist", quality.distance)


@torch.no_grad()
def measure(
    methods: Mapping[str, Method], pictures: Mapping[str, Sequence[Path]], scale: int
) -> dict[tuple[str, str], Quality]:
    """Give the mean quality by set and method."""
    eyes = read_model(find_model("features-measure")).network
    found = {}
    for name, paths in pictures.items():
        rows: dict[str, list[tuple[float, float, float]]] = {method: [] for method in methods}
        for path in paths:
            high = read(path, scale)
            low = shrink(high, scale)
            seen = _seen(eyes, high)
            for method, enlarge in methods.items():
                y = enlarge(low)
                rows[method].append((float(psnr_y(y, high, scale)), float(ssim_y(y, high, scale)), seen(y)))
        for method, row in rows.items():
            found[name, method] = Quality(*(float(value) for value in np.mean(row, axis=0)))
    return found


def _seen(eyes: nn.Module, high: Tensor) -> Callable[[Tensor], float]:
    """Give the distance to a picture, which is looked at once."""
    truth = _even(high)
    with half("cpu"):
        known = eyes(truth)

    def distance(y: Tensor) -> float:
        with half("cpu"):
            return float(perceptual(lambda x: known if x is truth else eyes(x), _even(y), truth)[0])

    return distance


def _even(x: Tensor) -> Tensor:
    height, width = (length // 8 * 8 for length in x.shape[2:])
    return x[..., :height, :width]


def read(path: Path, scale: int) -> Tensor:
    """Read a picture, cut to a multiple of the scale; (1, 3, H, W) in [0, 1]."""
    pixels = cv2.imread(str(path), cv2.IMREAD_COLOR_RGB)
    if pixels is None:
        raise ModelError(f"Cannot read {path}.")
    height, width = (length // scale * scale for length in pixels.shape[:2])
    return torch.from_numpy(pixels[:height, :width].copy()).permute(2, 0, 1)[None].float() / 255


def shrink(high: Tensor, scale: int) -> Tensor:
    """Make the low-resolution picture: bicubic, antialiased, rounded to 8 bits."""
    size = (high.shape[2] // scale, high.shape[3] // scale)
    return F.interpolate(high, size, mode="bicubic", antialias=True).clamp(0, 1).mul(255).round() / 255


def bicubic(x: Tensor, scale: int) -> Tensor:
    """Enlarge by Keys' cubic with a = -1/2."""
    size = (x.shape[2] * scale, x.shape[3] * scale)
    return F.interpolate(x, size, mode="bicubic", antialias=True).clamp(0, 1)


def lanczos(x: Tensor, scale: int) -> Tensor:
    """Enlarge by Lanczos' kernel of three lobes; x (1, 3, H, W)."""
    pixels = (x[0].permute(1, 2, 0) * 255).round().byte().numpy()
    size = (x.shape[3] * scale, x.shape[2] * scale)
    large = np.asarray(Image.fromarray(pixels).resize(size, Image.Resampling.LANCZOS))
    return torch.from_numpy(large.copy()).permute(2, 0, 1)[None].float() / 255


def _method(model: Model) -> Method:
    return lambda x: model.network(x).clamp(0, 1)

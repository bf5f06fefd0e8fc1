"""Does a perceptual network see as people do?  Pairs of spoilt pictures of which everyone knows the worse one.

After Zhang et al. 2018 (LPIPS), arXiv:1801.03924, with judgements that need no asking.
"""

from collections.abc import Callable, Sequence

import cv2
import numpy as np
import torch
from torch import Tensor, nn

from .data import Pixels, Source, crop
from .losses import perceptual

COUNT = 30  # pictures
SIDE = 96

Spoil = Callable[[Pixels, float], Pixels]  # strength above 0


def ordering(network: nn.Module, sources: Sequence[Source], count: int = COUNT) -> dict[str, float]:
    """Give, by kind of pair, the share in which the network finds the better picture nearer to the original.

    In the pairs "a<b" both are equally far by PSNR (b at most 0.1 dB worse, mostly better); in the others one is
    spoilt more than the other in the same way.
    """
    rng = np.random.default_rng(0)
    originals = [crop(sources, rng, SIDE)[..., :3] for _ in range(count)]
    pairs: dict[str, list[tuple[Pixels, Pixels, Pixels]]] = {}
    for original in originals:
        for name, (mild, harsh) in _PAIRS.items():
            better = mild(original, 1.0)
            pairs.setdefault(name, []).append((original, better, _equally(original, better, harsh)))
        for name, (spoil, less, more) in _GROWING.items():
            pairs.setdefault(name, []).append((original, spoil(original, less), spoil(original, more)))
    return {name: _share(network, found) for name, found in pairs.items()}


def _share(network: nn.Module, found: list[tuple[Pixels, Pixels, Pixels]]) -> float:
    original, better, worse = (_batch([triple[index] for triple in found]) for index in range(3))
    device = next(network.parameters()).device
    near, far = (perceptual(network, x.to(device), original.to(device)) for x in (better, worse))
    return float((near < far).float().mean())


def _equally(original: Pixels, better: Pixels, harsh: Spoil) -> Pixels:
    """Spoil until the error is that of `better`, by halving; stay below it."""
    aim, low, high = _error(original, better), 0.0, 1.0
    for _ in range(12):
        middle = (low + high) / 2
        low, high = (middle, high) if _error(original, harsh(original, middle)) < aim else (low, middle)
    return harsh(original, high)


def _error(a: Pixels, b: Pixels) -> float:
    return float(np.square(a.astype(np.float32) - b).mean())


def _batch(pictures: list[Pixels]) -> Tensor:
    return torch.from_numpy(np.stack(pictures)).permute(0, 3, 1, 2).float() / 255


def _shift(pixels: Pixels, strength: float) -> Pixels:
    return np.ascontiguousarray(np.concatenate([pixels[:, :1], pixels[:, :-1]], 1))


def _turn(pixels: Pixels, strength: float) -> Pixels:
    matrix = cv2.getRotationMatrix2D((SIDE / 2, SIDE / 2), 0.7, 1.005)
    return np.asarray(
        cv2.warpAffine(pixels, matrix, (SIDE, SIDE), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT)
    )


def _lighten(pixels: Pixels, strength: float) -> Pixels:
    return (pixels * 0.92 + 255 * 0.06).round().astype(np.uint8)


def _blur(pixels: Pixels, strength: float) -> Pixels:
    return np.asarray(cv2.GaussianBlur(pixels, (0, 0), 0.2 + 7.8 * strength))


def _jpeg(pixels: Pixels, strength: float) -> Pixels:
    coded = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, round(95 - 94 * strength)])[1]
    return np.asarray(cv2.imdecode(coded, cv2.IMREAD_COLOR))


def _noise(pixels: Pixels, strength: float) -> Pixels:
    field = np.random.default_rng(1).standard_normal(pixels.shape)
    return (pixels + 80 * strength * field).clip(0, 255).round().astype(np.uint8)


_PAIRS: dict[str, tuple[Spoil, Spoil]] = {
    "shift<blur": (_shift, _blur),
    "turn<blur": (_turn, _blur),
    "light<blur": (_lighten, _blur),
    "light<jpeg": (_lighten, _jpeg),
    "light<noise": (_lighten, _noise),
}
_GROWING: dict[str, tuple[Spoil, float, float]] = {
    "blur": (_blur, 0.1, 0.2),
    "jpeg": (_jpeg, 0.5, 0.8),
    "noise": (_noise, 0.1, 0.2),
}

"""Measure upscalers on pictures that no training sees, beside bicubic and Lanczos interpolation.

    python -m vgan_studio.gan.evaluate MODEL.safetensors... --data DIR... [--write]

The low-resolution picture is the antialiased bicubic one, rounded to 8 bits; PSNR and SSIM are of the 8-bit luma,
without a border as wide as the scale.
"""

import argparse
import logging
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from torch import Tensor

from vgan_studio.errors import ModelError, VganError

from .data import PICTURES, split
from .metrics import psnr_y, ssim_y
from .weights import Model, read_model, write_model

Method = Callable[[Tensor], Tensor]
Figures = dict[tuple[str, str], tuple[float, float]]  # by set and method: PSNR in dB, SSIM


def sets(folders: Sequence[Path]) -> dict[str, list[Path]]:
    """Give the test pictures by the name of their set: `Kodak` for `kodim*`, else the name of their folder."""
    found: dict[str, list[Path]] = {}
    for path in sorted(path for folder in folders for path in folder.rglob("*")):
        if path.suffix.lower() in PICTURES and split(path) == "test":
            kodak = path.name.startswith("kodim")
            if kodak or "benchmarks" in path.parts:
                found.setdefault("Kodak" if kodak else path.parent.name, []).append(path)
    if not found:
        raise ModelError("There are no test pictures in " + ", ".join(str(folder) for folder in folders) + ".")
    return found


@torch.no_grad()
def measure(methods: Mapping[str, Method], pictures: Mapping[str, Sequence[Path]], scale: int) -> Figures:
    """Give the mean PSNR in dB and SSIM of every method on every set."""
    figures: Figures = {}
    for name, paths in pictures.items():
        rows: dict[str, list[tuple[float, float]]] = {method: [] for method in methods}
        for path in paths:
            high = read(path, scale)
            low = shrink(high, scale)
            for method, enlarge in methods.items():
                y = enlarge(low)
                rows[method].append((float(psnr_y(y, high, scale)), float(ssim_y(y, high, scale))))
        for method, row in rows.items():
            mean = np.mean(row, axis=0)
            figures[name, method] = (float(mean[0]), float(mean[1]))
    return figures


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


def table(figures: Figures) -> str:
    """Write the figures as a table in Markdown: PSNR-Y in dB / SSIM-Y, the methods in rows."""
    names = list(dict.fromkeys(name for name, _ in figures))
    methods = list(dict.fromkeys(method for _, method in figures))
    lines = ["| | " + " | ".join(names) + " |", "| --- |" + " --- |" * len(names)]
    for method in methods:
        cells = [f"{figures[name, method][0]:.2f} / {figures[name, method][1]:.4f}" for name in names]
        lines.append(f"| {method} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _on_card(figures: Figures, model: str) -> dict[str, float]:
    """Give the figures of one model for its card, the gain over bicubic beside them."""
    found = {}
    for (name, method), (decibel, likeness) in figures.items():
        if method == model:
            found[f"{name} PSNR-Y dB"] = round(decibel, 2)
            found[f"{name} over bicubic dB"] = round(decibel - figures[name, "bicubic"][0], 2)
            found[f"{name} SSIM-Y"] = round(likeness, 4)
    return found


def _method(model: Model) -> Method:
    return lambda x: model.network(x).clamp(0, 1)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure models from the command line."""
    parser = argparse.ArgumentParser(prog="python -m vgan_studio.gan.evaluate", description="Measure upscalers.")
    parser.add_argument("models", type=Path, nargs="+")
    parser.add_argument("--data", type=Path, nargs="+", required=True, help="folders with test pictures")
    parser.add_argument("--write", action="store_true", help="put the figures into the models' cards")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO)
    try:
        models = {path: read_model(path) for path in options.models}
        scale = next(iter(models.values())).card.scale
        methods: dict[str, Method] = {"bicubic": lambda x: bicubic(x, scale), "Lanczos": lambda x: lanczos(x, scale)}
        methods |= {model.card.name: _method(model) for model in models.values()}
        figures = measure(methods, sets(options.data), scale)
        for path, model in models.items() if options.write else ():
            card = replace(model.card, figures=_on_card(figures, model.card.name))
            write_model(path, card, model.network)
    except VganError as error:
        logging.getLogger(__name__).error("%s", error)
        return 1
    sys.stdout.write(table(figures) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

"""Measure how much an effect flickers with and without the stabiliser, and whether that leaves ghosts.

    python -m vgan_studio.render.measure_stability gan.denoise gan.upscale --data DIR... [--set NAME=VALUE]

Frames of validation films, halved, which takes their codec's traces away; where a truth is known, the effect gets them
spoilt: at half size to be enlarged, with noise of 15 levels to be denoised, by H.264 to be made sharp.  Flicker is the
warp error in levels of 255 (`gan.metrics.warp_error`), beside the film's own and as a multiple of it.  "Hidden" is
where the neighbours show something else: motion does not lead there and back.  At the end come means over the films.
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from vgan_studio.effects.spec import STABILISE, Effect, find, parse
from vgan_studio.engine.run import Engine
from vgan_studio.engine.stabilise import stabilise
from vgan_studio.gan.coded import coded
from vgan_studio.gan.data import FILMS, split
from vgan_studio.gan.flow import flow, warp
from vgan_studio.gan.metrics import warp_error
from vgan_studio.picture import Picture, quantize

AMOUNTS = (0.0, 0.5, 1.0)
SIGMA = 15.0  # levels of 255
FACTOR = 35  # constant rate factor of H.264


@dataclass(frozen=True, slots=True)
class Figures:
    """What was found on one film.

    Attributes:
        flicker, own: warp error of the result and of the film itself, in levels of 255.
        ratio: the one over the other; nan where the film has none.
        psnr, hidden: in dB, over everything and where the neighbours show something else; nan without a truth.
    """

    flicker: float
    own: float
    ratio: float
    psnr: float
    hidden: float

    def __str__(self) -> str:
        """Write the figures in one line."""
        flicker = f"flicker {self.flicker:5.2f}, the film's {self.own:5.2f}, ratio {self.ratio:5.2f}"
        return f"{flicker}  {self.psnr:6.2f} dB  hidden {self.hidden:6.2f} dB"


@torch.inference_mode()
def measure(effect: Effect, engine: Engine, truth: Sequence[Tensor], params: Mapping[str, Any]) -> dict[float, Figures]:
    """Measure an effect on a film, by amount of stabilising.

    Args:
        truth: frames in order, (1, 3, H, W), H and W even.
    """
    spoil = _SPOILT.get(effect.id)
    seen = [_opaque(x) for x in (spoil(truth) if spoil else truth)]
    made = list(_made(effect, engine, seen, params))
    found = {}
    inner = range(1, len(seen) - 1)
    for amount in AMOUNTS:
        steady = [
            quantize(stabilise([made[i], made[i - 1], made[i + 1]], [seen[i], seen[i - 1], seen[i + 1]], 0, amount))
            for i in inner
        ]
        target = [truth[i] if made[i].shape[2:] == truth[i].shape[2:] else _like(truth[i], made[i]) for i in inner]
        around = [(truth[i], truth[i - 1], truth[i + 1]) for i in inner]
        flicker, own = warp_error([y[:, :3] for y in steady], target), warp_error(target, target)
        errors = [(y[:, :3] - x).square().mean(1, keepdim=True) for y, x in zip(steady, target, strict=True)]
        masks = [_like(_hidden(*three), y) > 0.5 for three, y in zip(around, steady, strict=True)]
        known = spoil is not None
        quality = (_psnr(errors), _psnr(errors, masks)) if known else (np.nan, np.nan)
        found[amount] = Figures(flicker, own, flicker / own if own else np.nan, *quality)
    return found


def means(found: Sequence[Mapping[float, Figures]]) -> dict[float, Figures]:
    """Average each figure over films, by amount; films that do not have one are left out of it.

    So the ratio is the mean of the films' ratios: none counts more for flickering more.
    """
    table = {amount: np.array([astuple(one[amount]) for one in found]) for amount in AMOUNTS}
    return {amount: Figures(*_mean(rows)) for amount, rows in table.items()}


def films(folders: Sequence[Path], count: int) -> Iterator[tuple[str, list[Tensor]]]:
    """Give some frames of each validation film, halved."""
    paths = sorted({path for folder in folders for path in folder.rglob("*") if path.suffix.lower() in FILMS})
    for path in (path for path in paths if split(path) == "validation"):
        film = cv2.VideoCapture(str(path))
        frames = [film.read()[1] for _ in range(count)]
        film.release()
        yield path.name, [_halved(frame) for frame in frames]


def _mean(rows: NDArray[np.float64]) -> list[float]:
    known = [column[~np.isnan(column)] for column in rows.T]
    return [float(column.mean()) if len(column) else np.nan for column in known]


def _made(effect: Effect, engine: Engine, seen: Sequence[Picture], params: Mapping[str, Any]) -> Iterator[Picture]:
    """Give what the effect makes of each frame, as the cache keeps it."""
    before, after = effect.window
    last: list[Picture] = []
    for i in range(len(seen)):
        window = [seen[min(max(i + k, 0), len(seen) - 1)] for k in range(-before, after + 1)]
        y = quantize(effect.render(*window, *last, engine=engine, **params))
        if effect.chain:
            last = [y] if (i + 1) % effect.chain else []
        yield y


def _hidden(x: Tensor, *others: Tensor) -> Tensor:
    """Say where something of a picture is not to be found in its neighbours, (1, 1, H, W), 0 or 1."""
    lost = torch.zeros_like(x[:, :1])
    for other in others:
        there = flow(x, other, careful=True)
        back = warp(flow(other, x, careful=True), there)
        lost = torch.maximum(lost, ((there + back).square().sum(1, keepdim=True) >= 1).float())
    return lost


def _psnr(errors: Sequence[Tensor], masks: Sequence[Tensor] | None = None) -> float:
    whole = torch.cat([error.flatten() for error in errors])
    if masks is not None:
        whole = whole[torch.cat([mask.flatten() for mask in masks])]
    return float(-10 * torch.log10(whole.mean())) if len(whole) else float("nan")


def _noisy(film: Sequence[Tensor]) -> list[Tensor]:
    chance = torch.Generator().manual_seed(0)
    return [quantize((x + SIGMA / 255 * torch.randn(x.shape, generator=chance)).clamp(0, 1)) for x in film]


def _small(film: Sequence[Tensor]) -> list[Tensor]:
    half = [length // 2 for length in film[0].shape[2:]]
    return [quantize(F.interpolate(x, half, mode="bicubic", antialias=True).clamp(0, 1)) for x in film]


def _coded(film: Sequence[Tensor]) -> list[Tensor]:
    frames = [(x[0] * 255).round().to(torch.uint8).permute(1, 2, 0).contiguous().numpy() for x in film]
    return [torch.from_numpy(one).permute(2, 0, 1)[None].float() / 255 for one in coded(frames, FACTOR)]


_SPOILT: dict[str, Callable[[Sequence[Tensor]], list[Tensor]]] = {
    "gan.denoise": _noisy, "gan.upscale": _small, "gan.deblur": _coded,
}  # fmt: skip


def _opaque(x: Tensor) -> Picture:
    return torch.cat([x, torch.ones_like(x[:, :1])], 1).contiguous(memory_format=torch.channels_last)


def _like(x: Tensor, y: Tensor) -> Tensor:
    return x if x.shape[2:] == y.shape[2:] else F.interpolate(x, y.shape[2:], mode="bilinear")


def _halved(frame: "cv2.typing.MatLike") -> Tensor:
    size = frame.shape[1] // 16 * 8, frame.shape[0] // 16 * 8
    small = np.asarray(cv2.resize(frame, size, interpolation=cv2.INTER_AREA))
    return torch.from_numpy(small[..., ::-1].copy()).permute(2, 0, 1)[None].float() / 255


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a line for each effect, film and amount."""
    parser = argparse.ArgumentParser(prog="python -m vgan_studio.render.measure_stability")
    parser.add_argument("effects", nargs="+")
    parser.add_argument("--data", type=Path, nargs="+", required=True)
    parser.add_argument("--frames", type=int, default=12)
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="a parameter of the effects")
    options = parser.parse_args(arguments)
    torch.set_num_threads(1)
    engine = Engine("cpu")
    for effect in map(find, options.effects):
        told = {name: parse(effect.params[name], text) for name, _, text in (one.partition("=") for one in options.set)}
        hidden = {STABILISE, *effect.live}
        params = {name: value for name, value in effect.complete(told).items() if name not in hidden}
        seen = []
        for name, truth in films(options.data, options.frames):
            seen.append(measure(effect, engine, truth, params))
            _tell(effect.id, name, seen[-1])
        if seen:
            _tell(effect.id, f"mean of {len(seen)} films", means(seen))
    engine.close()
    return 0


def _tell(id: str, name: str, found: Mapping[float, Figures]) -> None:
    sys.stdout.writelines(f"{id:16} {name:28} {amount:4.1f}  {figures}\n" for amount, figures in found.items())
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())

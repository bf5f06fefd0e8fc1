"""Measure a denoiser on pictures and films that no training sees, beside non-local means.

    python -m vgan_studio.gan.measure_denoise MODEL.safetensors --data DIR... [--sigma 25]

Pictures: unclipped Gaussian noise of a fixed seed, PSNR over R'G'B' of the result rounded to 8 bits.  Films: frames of
validation files, halved; every frame carries one noise through all windows.  Non-local means gets 8-bit pictures and
the best of a few strengths.

With `--own`: films with noise of their own, whose truth nobody knows.  A result is compared with the frame three later,
whose noise no result has seen, where nothing moves: the nearer, the more of the noise is gone and the less of the rest
(Lehtinen et al. 2018, arXiv:1803.04189, section 2, for judging instead of learning).
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import Tensor, nn

from . import flow
from .data import FILMS, PICTURES, split
from .metrics import psnr, warp_error
from .weights import read_model, write_model

FRAMES = 12
LATER = 3  # frames: the nearest whose noise is in no window of three
STILL = 1.0  # pixels below which a place does not move
BELIEVED = 0.6  # of what `confidence` says of two frames
STRENGTHS = (0.5, 0.6, 0.8)  # of non-local means, in sigma

Denoise = Callable[[Sequence[Tensor]], Tensor]  # three noisy frames, in order of time


def methods(network: nn.Module, sigma: float) -> dict[str, Denoise]:
    """Give the ways to denoise, by name; each takes three frames (1, 3, H, W), the second is wanted."""

    def ours(frames: Sequence[Tensor], level: float) -> Tensor:
        before, x, after = frames
        sides = [x if other is x else flow.warp(other, flow.flow(x, other)) for other in (before, after)]
        seen = torch.cat([x, *sides, torch.full_like(x[:, :1], level / 255)], 1)
        return _cropped(network, seen)

    found: dict[str, Denoise] = {"noisy": lambda frames: frames[1]}
    for strength in STRENGTHS:
        found[f"NLM {strength:g}"] = lambda frames, s=strength: _nlm(frames[1], s * sigma)  # type: ignore[misc]
    return found | {
        "ours, alone": lambda frames: ours([frames[1]] * 3, sigma),
        "ours, alone, blind": lambda frames: ours([frames[1]] * 3, 0),
        "ours, three frames": lambda frames: ours(frames, sigma),
        "ours, three frames, blind": lambda frames: ours(frames, 0),
    }


@torch.inference_mode()
def on_pictures(found: dict[str, Denoise], paths: Sequence[Path], sigma: float) -> dict[str, float]:
    """Give the mean PSNR in dB of each method; those of three frames are left out."""
    rows: dict[str, list[float]] = {}
    for index, path in enumerate(paths):
        clean = _tensor(np.asarray(cv2.imread(str(path), cv2.IMREAD_COLOR)))
        noisy = _spoilt(clean, sigma, index)
        for name, denoise in found.items():
            if "three" not in name:
                rows.setdefault(name, []).append(float(psnr(_rounded(denoise([noisy] * 3)), clean)))
    return {name: float(np.mean(values)) for name, values in rows.items()}


@torch.inference_mode()
def on_film(found: dict[str, Denoise], frames: Sequence[Tensor], sigma: float) -> dict[str, tuple[float, float]]:
    """Give each method's mean PSNR in dB, and its flicker, see `warp_error`."""
    noisy = [_spoilt(frame, sigma, index) for index, frame in enumerate(frames)]
    truth = frames[1:-1]
    rows = {"clean": (np.inf, warp_error(truth, truth))}
    for name, denoise in found.items():
        made = [_rounded(denoise(window)) for window in zip(noisy, noisy[1:], noisy[2:], strict=False)]
        quality = float(np.mean([float(psnr(y, x)) for y, x in zip(made, truth, strict=True)]))
        rows[name] = quality, warp_error(made, truth)
    return rows


@torch.inference_mode()
def on_own_noise(found: dict[str, Denoise], frames: Sequence[Tensor]) -> dict[str, tuple[float, float]]:
    """Give each method's PSNR in dB to the frame `LATER` where nothing moves, and its flicker; see the module.

    Args:
        frames: (1, 3, H, W) each, more than `LATER` + 2.
    """
    windows = list(zip(frames, frames[1:], frames[2:], strict=False))[: 1 - LATER]
    rows = {}
    for name, denoise in found.items():
        made = [_rounded(denoise(window)) for window in windows]
        errors = [_apart(y, frames[i + 1], frames[i + 1 + LATER]) for i, y in enumerate(made)]
        quality = -10 * float(torch.cat(errors).mean().clamp(min=1e-10).log10())
        rows[name] = quality, warp_error(made, frames[1 : len(made) + 1])
    return rows


def _apart(y: Tensor, now: Tensor, later: Tensor) -> Tensor:
    """Give squared differences of a result from a later frame, at the places that do not move."""
    moved = flow.flow(later, now, careful=True)
    still = moved.square().sum(1) < STILL**2
    alike = flow.confidence(later, flow.warp(now, moved), 0.1)[:, 0] > BELIEVED
    return (later - flow.warp(y, moved)).square().mean(1)[still & alike]


def films(folders: Sequence[Path]) -> Iterator[tuple[str, list[Tensor]]]:
    """Give some frames of each validation film, halved, and one of them standing still."""
    paths = sorted({path for folder in folders for path in folder.rglob("*") if path.suffix.lower() in FILMS})
    for path in (path for path in paths if split(path) == "validation"):
        film = cv2.VideoCapture(str(path))
        frames = [cv2.resize(film.read()[1], None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA) for _ in range(FRAMES)]
        film.release()
        yield path.name, [_tensor(np.asarray(frame)) for frame in frames]
        if path == paths[-1] or path.name.startswith("sign_book"):
            yield f"{path.name}, standing still", [_tensor(np.asarray(frames[0]))] * FRAMES


def _frames(path: Path) -> list[Tensor]:
    """Give frames of a film as they are, from a few after its beginning."""
    film = cv2.VideoCapture(str(path))
    film.set(cv2.CAP_PROP_POS_FRAMES, FRAMES)
    frames = [_tensor(np.asarray(film.read()[1])) for _ in range(FRAMES + LATER)]
    film.release()
    return frames


def _tests(folders: Sequence[Path]) -> list[Path]:
    paths = sorted(path for folder in folders for path in folder.rglob("*") if path.suffix in PICTURES)
    return [path for path in paths if split(path) == "test"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m vgan_studio.gan.measure_denoise")
    parser.add_argument("model", type=Path)
    parser.add_argument("--data", type=Path, nargs="+", default=[])
    parser.add_argument("--sigma", type=float, default=25)
    parser.add_argument("--ours", action="store_true", help="leave non-local means out, which take long")
    parser.add_argument("--films", action="store_true", help="films instead of pictures")
    parser.add_argument("--own", type=Path, nargs="+", default=[], metavar="FILM", help="films with noise of their own")
    parser.add_argument("--every", type=int, default=1, help="of the pictures")
    parser.add_argument("--write", action="store_true", help="put the pictures' figures into the model's card")
    options = parser.parse_args(arguments)
    if not options.data and not options.own:
        parser.error("name what to measure with: --data or --own")
    model = read_model(options.model)
    found = methods(model.network, options.sigma)
    if options.ours:
        found = {name: way for name, way in found.items() if not name.startswith("NLM")}
    for path in options.own:
        own = {name: way for name, way in found.items() if name == "noisy" or "blind" in name}
        for method, (quality, flicker) in on_own_noise(own, _frames(path)).items():
            _say(f"{path.name:36} {method:28} {quality:6.2f} dB to a later frame  flicker {flicker:5.2f}")
    if options.films:
        for name, frames in films(options.data):
            for method, (quality, flicker) in on_film(found, frames, options.sigma).items():
                _say(f"{name:36} {method:28} {quality:6.2f} dB  flicker {flicker:5.2f}")
        return 0
    if not options.data:
        return 0
    paths = _tests(options.data)[:: options.every]
    figures = on_pictures(found, paths, options.sigma)
    for method, quality in figures.items():
        _say(f"{len(paths)} pictures, sigma {options.sigma:g}  {method:28} {quality:6.2f} dB")
    if options.write:
        told = {
            f"{options.data[0].name} sigma {options.sigma:g} {name}, dB": round(q, 2) for name, q in figures.items()
        }
        kept = {**model.card.figures, **told}
        write_model(options.model, replace(model.card, figures=kept), model.network)
    return 0


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _nlm(x: Tensor, strength: float) -> Tensor:
    pixels = (x[0].clamp(0, 1) * 255).round().to(torch.uint8).permute(1, 2, 0).numpy()[..., ::-1].copy()
    return _tensor(np.asarray(cv2.fastNlMeansDenoisingColored(pixels, None, strength, strength, 7, 21)))


def _cropped(network: nn.Module, x: Tensor) -> Tensor:
    height, width = x.shape[2:]
    padded = nn.functional.pad(x, (0, -width % 8, 0, -height % 8), mode="replicate")
    y: Tensor = network(padded)
    return y[..., :height, :width]


def _tensor(pixels: "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]") -> Tensor:
    return torch.from_numpy(pixels[..., ::-1].copy()).permute(2, 0, 1)[None].float() / 255


def _spoilt(clean: Tensor, sigma: float, seed: int) -> Tensor:
    field = torch.randn(clean.shape, generator=torch.Generator().manual_seed(seed))
    return clean + sigma / 255 * field


def _rounded(x: Tensor) -> Tensor:
    return (x.clamp(0, 1) * 255).round() / 255


if __name__ == "__main__":
    raise SystemExit(main())

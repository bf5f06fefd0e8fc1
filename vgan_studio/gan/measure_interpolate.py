"""Measure an interpolator on films that it never saw: every second frame is made of its neighbours.

    python -m vgan_studio.gan.measure_interpolate MODEL.safetensors --data DIR... [--minterpolate] [--write]

Frames of some places in every film that is held back, cuts left out; films of more than 800 lines are halved.  PSNR in
dB over R'G'B', results rounded to 8 bits.  Beside it stand a fade, motion without a network (as the network gets it,
and combined as Super SloMo does), and FFmpeg's `minterpolate`, which gets every second frame of the whole film.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .data import FILMS, Pixels
from .flow import cut_between, warp
from .metrics import psnr
from .networks.interpolate import INPUTS, LINES_FULL, OUTPUTS, motions, synthesise
from .tasks.interpolate import held
from .weights import read_model, write_model

PLACES = 10  # in every film
MIDDLE = torch.tensor(0.5)

Way = Callable[[Tensor, Tensor], Tensor]


def ways(network: nn.Module) -> dict[str, Way]:
    """Give the ways to make the middle of two pictures (1, 3, H, W), by name."""

    def leave(known: Tensor) -> Tensor:
        return torch.full_like(known[:, :OUTPUTS], 0.5)

    return {
        "fade": lambda a, b: (a + b) / 2,
        "DIS alone": lambda a, b: synthesise(leave, a, b, motions(a, b), MIDDLE),
        "DIS, Super SloMo": super_slomo,
        "ours": lambda a, b: synthesise(lambda known: whole(network, known), a, b, motions(a, b), MIDDLE),
    }


def super_slomo(a: Tensor, b: Tensor) -> Tensor:
    """Combine motion there and back for the middle.  Jiang et al. 2018, arXiv:1712.00080, eq. 4, without networks."""
    there, back = motions(a, b).chunk(2, 1)
    return (warp(a, (back - there) / 4) + warp(b, (there - back) / 4)) / 2


def whole(network: nn.Module, known: Tensor) -> Tensor:
    """Run a network over pictures of any size."""
    height, width = known.shape[2:]
    y: Tensor = network(F.pad(known, (0, -width % 8, 0, -height % 8), mode="replicate"))
    return y[..., :height, :width]


def read(path: Path) -> list[Pixels]:
    """Read all frames of a film, those of tall ones halved."""
    film, frames = cv2.VideoCapture(str(path)), []
    while (got := film.read())[0]:
        frame = got[1]
        if frame.shape[0] > LINES_FULL:
            frame = cv2.resize(frame, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
        frames.append(np.asarray(frame[: frame.shape[0] // 2 * 2, : frame.shape[1] // 2 * 2], np.uint8))
    film.release()
    return frames


def places(frames: Sequence[Pixels], most: int = PLACES) -> list[int]:
    """Choose odd frames evenly apart whose neighbours show the same scene."""
    odd = range(1, len(frames) - 1, 2)
    chosen = [odd[len(odd) * (2 * number + 1) // (2 * most)] for number in range(most)]
    return [at for at in chosen if not bool(cut_between(tensor(frames[at - 1]), tensor(frames[at + 1]))[0])]


@torch.inference_mode()
def on_film(found: dict[str, Way], frames: Sequence[Pixels], at: Sequence[int]) -> dict[str, float]:
    """Give each way's mean PSNR in dB over some frames."""
    rows: dict[str, list[float]] = {name: [] for name in found}
    for place in at:
        a, truth, b = (tensor(frames[place + k]) for k in (-1, 0, 1))
        for name, way in found.items():
            rows[name].append(float(psnr(rounded(way(a, b)), truth)))
    return {name: float(np.mean(row)) for name, row in rows.items()}


def minterpolate(frames: Sequence[Pixels], at: Sequence[int]) -> float:
    """Give the mean PSNR of FFmpeg's motion-compensated interpolation, which gets every second frame."""
    height, width = frames[0].shape[:2]
    raw = ["-f", "rawvideo", "-pix_fmt", "bgr24"]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made"
        command = ["ffmpeg", "-v", "error", *raw, "-s", f"{width}x{height}", "-r", "25", "-i", "-", "-threads", "1"]
        command += ["-vf", "minterpolate=fps=50:mi_mode=mci:mc_mode=aobmc:me_mode=bidir:vsbmc=1", *raw, str(path)]
        subprocess.run(command, input=b"".join(frame.tobytes() for frame in frames[::2]), check=True)
        made = np.fromfile(path, np.uint8).reshape(-1, height, width, 3)
    return float(np.mean([max(_near(made, frames[place], place)) for place in at]))


def _near(made: Pixels, truth: Pixels, place: int) -> Iterator[float]:
    """Give the PSNR of what was made about a place: the filter's first frames may be missing, which shifts the rest."""
    for picture in made[max(0, place - 3) : place + 4]:
        yield float(psnr(tensor(picture), tensor(truth)))


def tensor(frame: Pixels) -> Tensor:
    """Give a frame as cv2 reads it as (1, 3, H, W) in [0, 1]."""
    return torch.from_numpy(frame[..., ::-1].copy()).permute(2, 0, 1)[None].float() / 255


def rounded(x: Tensor) -> Tensor:
    """Round to 8 bits."""
    return (x.clamp(0, 1) * 255).round() / 255


def milliseconds(network: nn.Module, height: int = 360, width: int = 640, runs: int = 8) -> dict[str, float]:
    """Give the CPU time of one thread for a frame, in ms, by part; the network in bfloat16."""
    half = network.to(torch.bfloat16).to(memory_format=torch.channels_last)
    a, b = (torch.rand(1, 3, height // 8, width // 8).repeat_interleave(8, 2).repeat_interleave(8, 3) for _ in "ab")
    b = torch.lerp(a, b, 0.05)
    known = torch.rand(1, INPUTS, height, width).contiguous(memory_format=torch.channels_last)
    parts: dict[str, Callable[[], object]] = {
        "cut test": lambda: cut_between(a, b),
        "motion": lambda: motions(a, b),
        "network": lambda: half(known),
        "all but the cut test": lambda: synthesise(lambda x: whole(half, _last(x)), a, b, motions(a, b), MIDDLE),
    }
    found = {}
    with torch.inference_mode():
        for name, part in parts.items():
            part()
            began = time.process_time()
            for _ in range(runs):
                part()
            found[name] = 1000 * (time.process_time() - began) / runs
    return found


def _last(x: Tensor) -> Tensor:
    return x.contiguous(memory_format=torch.channels_last)


def films(folders: Sequence[Path]) -> list[Path]:
    """Give the films that were held back, by name."""
    paths = {path for folder in folders for path in folder.rglob("*") if path.suffix.lower() in FILMS}
    return sorted((path for path in paths if held(path)), key=lambda path: path.name)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a row for each film, and the mean."""
    parser = argparse.ArgumentParser(prog="python -m vgan_studio.gan.measure_interpolate")
    parser.add_argument("model", type=Path)
    parser.add_argument("--data", type=Path, nargs="+", required=True)
    parser.add_argument("--places", type=int, default=PLACES, help="in every film")
    parser.add_argument("--minterpolate", action="store_true", help="FFmpeg's filter, too")
    parser.add_argument("--cost", action="store_true", help="the CPU time of a frame instead")
    parser.add_argument("--write", action="store_true", help="put the means into the model's card")
    options = parser.parse_args(arguments)
    model = read_model(options.model)
    if options.cost:
        torch.set_num_threads(1)
        cv2.setNumThreads(1)
        for part, spent in milliseconds(model.network).items():
            _say(f"{part:24} {spent:6.1f} ms of one thread at 640 x 360")
        return 0
    rows: dict[str, list[float]] = {}
    for path in films(options.data):
        frames = read(path)
        at = places(frames, options.places)
        found = on_film(ways(model.network), frames, at)
        if options.minterpolate:
            found["minterpolate"] = minterpolate(frames, at)
        for name, value in found.items():
            rows.setdefault(name, []).append(value)
        _say(f"{path.name:24} {len(at):3}  " + "  ".join(f"{name} {value:5.2f}" for name, value in found.items()))
    means = {name: float(np.mean(row)) for name, row in rows.items()}
    _say(f"{'mean':28} " + "  ".join(f"{name} {value:5.2f}" for name, value in means.items()))
    if options.write:
        count = len(next(iter(rows.values())))
        told = {f"{count} films never trained on, middle frame, {name}, dB": round(v, 2) for name, v in means.items()}
        write_model(options.model, replace(model.card, figures={**model.card.figures, **told}), model.network)
    return 0


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())

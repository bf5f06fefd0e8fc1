"""Measure an interpolator on films that it never saw: every second frame is made of its neighbours.

    python -m vgan_studio.gan.measure_interpolate MODEL.safetensors --data DIR... [--minterpolate] [--write] [--sheet J]

Frames of some places in every film that is held back, cuts left out; films of more than 800 lines are halved.  PSNR in
dB over R'G'B', results rounded to 8 bits.  Beside it stand a fade, motion without a network (as the network gets it,
and combined as Super SloMo does), and FFmpeg's `minterpolate`, which gets three frames before and three after.
"""

import argparse
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor, nn

from .data import FILMS, Pixels
from .flow import cut_between, warp
from .metrics import psnr
from .networks.interpolate import INPUTS, LINES_FULL, OUTPUTS, Bend, bend, motion, motions, synthesise
from .tasks.interpolate import held
from .weights import read_model, write_model

PLACES = 6  # in every film
SIDE = 200  # of the pieces on the sheet
SHOWN = ("juggle_", "highway_", "sign_walk", "tos_tower", "tos_battle")  # films on it
MIDDLE = torch.tensor(0.5)


@dataclass(frozen=True, slots=True)
class Case:
    """Two pictures (1, 3, H, W) to find the middle of, those before and after them, and motion as the effect has it."""

    a: Tensor
    b: Tensor
    motion: Tensor
    bent: Bend = (None, None)


Way = Callable[[Case], Tensor]


def ways(network: nn.Module) -> dict[str, Way]:
    """Give the ways to make the middle of two pictures (1, 3, H, W), by name."""

    def leave(known: Tensor) -> Tensor:
        return torch.full_like(known[:, :OUTPUTS], 0.5)

    def judge(known: Tensor) -> Tensor:
        return whole(network, known)

    return {
        "fade": lambda case: (case.a + case.b) / 2,
        "DIS alone": lambda case: super_slomo(case.a, case.b, case.motion),
        "ours without network": lambda case: synthesise(leave, case.a, case.b, case.motion, MIDDLE, bent=case.bent),
        "ours": lambda case: synthesise(judge, case.a, case.b, case.motion, MIDDLE, bent=case.bent),
        "ours, even motion": lambda case: synthesise(judge, case.a, case.b, case.motion, MIDDLE),
    }


def super_slomo(a: Tensor, b: Tensor, motion: Tensor) -> Tensor:
    """Combine motion there and back for the middle.  Jiang et al. 2018, arXiv:1712.00080, eq. 4, without networks."""
    there, back = motion.chunk(2, 1)
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
    odd = range(5, len(frames) - 5, 2)
    chosen = [odd[len(odd) * (2 * number + 1) // (2 * most)] for number in range(most)]
    return [at for at in chosen if not bool(cut_between(tensor(frames[at - 1]), tensor(frames[at + 1]))[0])]


def case_at(frames: Sequence[Pixels], at: int) -> Case:
    """Give what the effect sees around a frame of a film of half the rate."""
    before, a, b, after = (tensor(frames[at + k]) for k in (-3, -1, 1, 3))
    past = None if bool(cut_between(before, a)[0]) else motion(a, before)
    future = None if bool(cut_between(b, after)[0]) else motion(b, after)
    both = motions(a, b)
    return Case(a, b, both, bend(both[:, :2], both[:, 2:], past, future, MIDDLE))


@torch.inference_mode()
def on_film(found: dict[str, Way], frames: Sequence[Pixels], at: Sequence[int]) -> dict[str, float]:
    """Give each way's mean PSNR in dB over some frames."""
    rows: dict[str, list[float]] = {name: [] for name in found}
    for place in at:
        case, truth = case_at(frames, place), tensor(frames[place])
        for name, way in found.items():
            rows[name].append(float(psnr(rounded(way(case)), truth)))
    return {name: float(np.mean(row)) for name, row in rows.items()}


@torch.inference_mode()
def sheet(found: dict[str, Way], paths: Sequence[Path]) -> Pixels:
    """Lay pieces side by side, a row of each film, where a fade errs most: each way's, and the truth; (H, W, 3) BGR."""
    rows = []
    for path in paths:
        frames = read(path)
        errs = {place: _fade_errs(frames, place) for place in places(frames)}
        at = max(errs, key=lambda place: float(errs[place].max()))
        row, column = (SIDE // 4 * n for n in divmod(int(errs[at].argmax()), errs[at].shape[1]))
        case, truth = case_at(frames, at), tensor(frames[at])
        made = [*(way(case) for way in found.values()), truth]
        cut = torch.cat([one[0, :, row : row + SIDE, column : column + SIDE] for one in made], 2)
        rows.append((cut.clamp(0, 1) * 255).round().to(torch.uint8).permute(1, 2, 0).numpy()[..., ::-1])
    return np.ascontiguousarray(np.concatenate(rows))


def _fade_errs(frames: Sequence[Pixels], at: int) -> NDArray[np.float32]:
    """Say how far a fade is from a frame in each square of the sheet's side, a quarter of it apart."""
    a, truth, b = (frames[at + k].astype(np.float32) for k in (-1, 0, 1))
    apart = cv2.boxFilter(np.abs((a + b) / 2 - truth).mean(2), -1, (SIDE, SIDE), anchor=(0, 0))
    return np.asarray(apart[: 1 - SIDE : SIDE // 4, : 1 - SIDE : SIDE // 4])


def minterpolate(frames: Sequence[Pixels], at: Sequence[int]) -> float:
    """Give the mean PSNR of FFmpeg's motion-compensated interpolation from six frames around each place."""
    return float(np.mean([_filtered(frames[place - 5 : place + 6 : 2], frames[place]) for place in at]))


def _filtered(given: Sequence[Pixels], truth: Pixels) -> float:
    """Give the PSNR of the picture in the middle; the filter leaves out its first ones, so given ones are found."""
    height, width = truth.shape[:2]
    raw = ["-f", "rawvideo", "-pix_fmt", "bgr24"]
    command = ["ffmpeg", "-v", "error", *raw, "-s", f"{width}x{height}", "-r", "25", "-i", "-", "-threads", "1", "-vf",
               "minterpolate=fps=50:mi_mode=mci:mc_mode=aobmc:me_mode=bidir:vsbmc=1:scd=none", *raw, "-"]  # fmt: skip
    done = subprocess.run(command, input=b"".join(one.tobytes() for one in given), stdout=subprocess.PIPE, check=True)
    made = np.frombuffer(done.stdout, np.uint8).reshape(-1, height, width, 3)
    late = min(range(-6, 5), key=lambda shift: _apart(made, given, shift))
    return float(psnr(tensor(made[5 + late]), tensor(truth)))


def _apart(made: Pixels, given: Sequence[Pixels], shift: int) -> float:
    """Say how far every second picture that was made is from those given, if they begin so much later."""
    if not 0 <= 5 + shift < len(made):
        return float("inf")
    pairs = [(made[at], one) for number, one in enumerate(given) if 0 <= (at := 2 * number + shift) < len(made)]
    return float(np.mean([np.abs(a[::4, ::4].astype(float) - b[::4, ::4]).mean() for a, b in pairs]))


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

    def judge(x: Tensor) -> Tensor:
        return whole(half, x.contiguous(memory_format=torch.channels_last))

    parts: dict[str, Callable[[], object]] = {
        "cut test": lambda: cut_between(a, b),
        "motion": lambda: motions(a, b),
        "network": lambda: half(known),
        "all but the cut test": lambda: synthesise(judge, a, b, motions(a, b), MIDDLE),
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
    parser.add_argument("--minterpolate", action="store_true", help="FFmpeg's filter alone, which takes long")
    parser.add_argument("--cost", action="store_true", help="the CPU time of a frame instead")
    parser.add_argument("--sheet", type=Path, help="write a sheet of pieces here instead")
    parser.add_argument("--write", action="store_true", help="put the means into the model's card")
    options = parser.parse_args(arguments)
    model = read_model(options.model)
    if options.cost:
        torch.set_num_threads(1)
        cv2.setNumThreads(1)
        for part, spent in milliseconds(model.network).items():
            _say(f"{part:24} {spent:6.1f} ms of one thread at 640 x 360")
        return 0
    if options.sheet:
        shown = {name: way for name, way in ways(model.network).items() if name in ("fade", "DIS alone", "ours")}
        rows_of = [path for path in films(options.data) if path.name.startswith(SHOWN)]
        cv2.imwrite(str(options.sheet), sheet(shown, rows_of), [cv2.IMWRITE_JPEG_QUALITY, 90])
        return 0
    rows: dict[str, list[float]] = {}
    for path in films(options.data):
        frames = read(path)
        at = places(frames, options.places)
        if options.minterpolate:
            found = {"minterpolate": minterpolate(frames, at)}
        else:
            found = on_film(ways(model.network), frames, at)
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

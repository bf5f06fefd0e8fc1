"""A sheet of where each network fails: what came in, what is made of it, and what was meant, at 100 %.

python -m vgan_studio.render.failures --data DIR... -o SHEET.jpg
"""

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from vgan_studio.engine.run import Engine
from vgan_studio.errors import ModelError
from vgan_studio.gan import measure_deblur, measure_interpolate
from vgan_studio.gan.coded import coded
from vgan_studio.gan.data import tensor
from vgan_studio.gan.measure_upscale import read, shrink
from vgan_studio.gan.softened import segments
from vgan_studio.timeline.values import Value

from .sheets import SIDE, made, written

AT, TURNING = 8, 3  # of the frames of a film that is coded; of the places of the juggler


@dataclass(frozen=True, slots=True)
class Failure:
    """One row: whose failure it is, the file that shows it, the piece's top and left, and how to make its three.

    `make` takes an engine and the file and gives what came in, what is made of it, and what was meant, (1, 3, H, W)
    each; the last is None where nobody knows.
    """

    about: str
    file: str
    place: tuple[int, int]
    make: Callable[[Engine, Path], tuple[Tensor, Tensor, Tensor | None]]


def _letters(engine: Engine, path: Path) -> tuple[Tensor, Tensor, Tensor]:
    high = read(path, 4)
    low = shrink(high, 4)
    y = made(engine, "gan.upscale", low, scale="4", quality="fine", crisp=1.0)
    return F.interpolate(low, scale_factor=4, mode="nearest"), y, high


def _of_codecs(id: str, factor: int, **params: Value) -> Callable[[Engine, Path], tuple[Tensor, Tensor, Tensor]]:
    def make(engine: Engine, path: Path) -> tuple[Tensor, Tensor, Tensor]:
        frames = next(segments(path))
        seen = [tensor(one) for one in coded(frames, factor)[AT - 1 : AT + 2]]
        return seen[1], made(engine, id, *seen, **params), tensor(frames[AT])

    return make


def _hands(engine: Engine, path: Path) -> tuple[Tensor, Tensor, Tensor]:
    case = next(case for kind, case in measure_deblur.moving(next(segments(path)), path.name) if kind == "motion blur")
    seen = [tensor(one) for one in (case.before, case.now, case.after)]
    return seen[1], made(engine, "gan.deblur", *seen), tensor(case.meant)


def _between(engine: Engine, path: Path) -> tuple[Tensor, Tensor, Tensor]:
    frames = measure_interpolate.read(path)
    at = measure_interpolate.places(frames)[TURNING]
    seen = [measure_interpolate.tensor(frames[at + k]) for k in (-3, -1, 1, 3)]
    y = made(engine, "gan.interpolate", *seen)
    return (seen[1] + seen[2]) / 2, y, measure_interpolate.tensor(frames[at])


def _painted(engine: Engine, path: Path) -> tuple[Tensor, Tensor, None]:
    photo = read(path, 8)
    return photo, made(engine, "gan.stylize", photo, style="van-gogh"), None


def _drawn(engine: Engine, path: Path) -> tuple[Tensor, Tensor, None]:
    frames = [tensor(one) for one in next(segments(path))[:2]]
    return frames[1], made(engine, "style.translate", *frames, model="translate-outdoors"), None


FAILURES = (
    Failure("gan.upscale x4, crisp: letters", "kodim08.png", (250, 520), _letters),
    Failure("gan.denoise: a codec's blocks stay", "tos_scientist_332p.mp4", (0, 60), _of_codecs("gan.denoise", 38)),
    Failure("gan.deblur: what moves too far to be found", "sign_night_480p.mp4", (16, 60), _hands),
    Failure(
        "gan.deblur, against a codec: leaves", "street_tree_1080p.mp4", (0, 60),
        _of_codecs("gan.deblur", 40, against="codec"),
    ),
    Failure("gan.interpolate (beside a fade): what flies fast", "juggle_720p.mp4", (200, 650), _between),
    Failure("gan.stylize, Van Gogh: one direction in even ground", "kodim21.png", (0, 0), _painted),
    Failure("style.translate, outdoors: what it was not shown", "sign_walk_480p.mp4", (0, 60), _drawn),
)  # fmt: skip


def sheet(engine: Engine, folders: Sequence[Path]) -> "cv2.typing.MatLike":
    """Lay out a row for each of `FAILURES`, words above it; B'G'R'.

    Raises:
        ModelError: a file is not here, or a model is not.
    """
    lines = []
    for failure in FAILURES:
        path = next((path for folder in folders for path in sorted(folder.rglob(failure.file))), None)
        if path is None:
            raise ModelError(f"{failure.file} is not there.")
        given, y, meant = failure.make(engine, path)
        top, left = failure.place
        parts = [given, y, torch.ones_like(given) if meant is None else meant]
        words = np.full((24, 3 * (SIDE + 6), 3), 255, np.uint8)
        cv2.putText(words, failure.about, (4, 16), cv2.FONT_HERSHEY_SIMPLEX, 0.5, (0,) * 3, 1, cv2.LINE_AA)
        lines += [words, np.concatenate([measure_deblur.view(part, top, left, SIDE) for part in parts], 1)]
    return np.concatenate(lines)


def main(command: Sequence[str] | None = None) -> int:
    """Write the sheet."""
    parser = argparse.ArgumentParser(prog="python -m vgan_studio.render.failures")
    parser.add_argument("--data", type=Path, nargs="+", required=True)
    parser.add_argument("-o", "--out", type=Path, required=True)
    options = parser.parse_args(command)
    return written(lambda: sheet(Engine("cpu"), options.data), options.out)


if __name__ == "__main__":
    raise SystemExit(main())

"""Blind comparison: pairs of ours and the classical tool's, shuffled; the key is sealed until the answers are in.

    python -m vgan_studio.render.blind make -o DIR --data DIR... [--pairs 20]
    python -m vgan_studio.render.blind tally DIR A B = B ...

`make` writes `pair-01.png` and so on: what came in, then A and B, at 100 %, of pictures that no training sees.  An
answer is the better one's letter, or = for a draw.
"""

import argparse
import base64
import json
import logging
import secrets
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from vgan_studio.engine.run import Engine
from vgan_studio.errors import ModelError, VganError
from vgan_studio.gan import blur, measure_denoise, measure_interpolate
from vgan_studio.gan.data import test_sets
from vgan_studio.gan.measure_upscale import lanczos, read, shrink
from vgan_studio.gan.networks.interpolate import LINES_FULL

from .sheets import made

log = logging.getLogger(__name__)

SIDE = 320  # of what is shown
KEY = "key.sealed"


@dataclass(frozen=True, slots=True)
class Pair:
    """What came in, what ours and what the classical tool made of it, (1, 3, SIDE, SIDE) each, and what was done."""

    about: str
    given: Tensor
    ours: Tensor
    classical: Tensor


Kind = Callable[[Engine, Path], Pair]


def make(engine: Engine, folders: Sequence[Path], out: Path, count: int = 20) -> None:
    """Write the pairs and the sealed key.

    Raises:
        ModelError: there is nothing to compare.
    """
    out.mkdir(parents=True, exist_ok=True)
    found = list(pairs(engine, folders, count))
    if not found:
        raise ModelError("There are no pictures here to compare with, or no models.")
    secrets.SystemRandom().shuffle(found)
    key = []
    for number, pair in enumerate(found, 1):
        first = secrets.choice("AB")  # where ours stands
        both = (pair.ours, pair.classical) if first == "A" else (pair.classical, pair.ours)
        cv2.imwrite(str(out / f"pair-{number:02}.png"), _sheet(pair.given, *both))
        key.append({"about": pair.about, "ours": first})
    (out / KEY).write_bytes(base64.b85encode(json.dumps(key).encode()))


def pairs(engine: Engine, folders: Sequence[Path], count: int) -> Iterator[Pair]:
    """Give so many pairs, of every kind in turn; kinds whose model is not here are left out with a word."""
    photos = test_sets(folders).get("Kodak", [])
    films = [path for path in measure_interpolate.films(folders) if _tall(path)]
    turns = [(kind, iter(_mixed(photos))) for kind in _OF_PHOTOS] + [(kind, iter(_mixed(films))) for kind in _OF_FILMS]
    while turns and count:
        for turn in list(turns):
            kind, paths = turn
            try:
                pair = kind(engine, next(paths))
            except (StopIteration, ModelError) as error:
                log.info("No more pairs of one kind: %s", error)
                turns.remove(turn)
                continue
            yield pair
            count -= 1
            if not count:
                return


def tally(folder: Path, answers: Sequence[str]) -> dict[str, list[int]]:
    """Give by what was done, and for all: how often ours, the classical tool, and neither was the better.

    Raises:
        ModelError: the key is missing or damaged, or answers are missing.
    """
    try:
        key = json.loads(base64.b85decode((folder / KEY).read_bytes()))
        truth = [(str(row["about"]), str(row["ours"])) for row in key]
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise ModelError(f"There is no whole key in {folder}.") from error
    if len(answers) != len(truth) or set(answers) - {"A", "B", "="}:
        raise ModelError(f"There must be {len(truth)} answers, each A, B or =.")
    found: dict[str, list[int]] = {}
    for (about, ours), answer in zip(truth, answers, strict=True):
        place = 2 if answer == "=" else 0 if answer == ours else 1
        for name in (about, "all"):
            found.setdefault(name, [0, 0, 0])[place] += 1
    return found


def _upscaled(scale: int, quality: str, crisp: float) -> Kind:
    def kind(engine: Engine, path: Path) -> Pair:
        low = shrink(read(path, scale), scale)
        y = made(engine, "gan.upscale", low, scale=str(scale), quality=quality, crisp=crisp)
        at = _place(read(path, scale), scale)
        given = F.interpolate(low, scale_factor=scale, mode="nearest")
        about = f"gan.upscale ×{scale}, {quality}, crisp {crisp:g}, against Lanczos"
        return Pair(about, *(_cut(x, at) for x in (given, y, lanczos(low, scale))))

    return kind


def _denoised(sigma: float) -> Kind:
    def kind(engine: Engine, path: Path) -> Pair:
        clean = read(path, 8)
        field = torch.randn(clean.shape, generator=torch.Generator().manual_seed(len(path.name)))
        noisy = ((clean + sigma / 255 * field).clamp(0, 1) * 255).round() / 255
        tools = [way([noisy] * 3) for name, way in _classical(sigma)]
        best = min(tools, key=lambda y: float((y - clean).square().mean()))  # chosen with the truth in hand
        y = made(engine, "gan.denoise", noisy, noisy, noisy)
        at = _place(clean, 8)
        about = f"gan.denoise σ {sigma:g}, blind, against non-local means"
        return Pair(about, *(_cut(x, at) for x in (noisy, y, best)))

    return kind


def _classical(sigma: float) -> Iterator[tuple[str, measure_denoise.Denoise]]:
    found = measure_denoise.methods(torch.nn.Identity(), sigma)
    return ((name, way) for name, way in found.items() if name.startswith("NLM"))


def _focused(engine: Engine, path: Path) -> Pair:
    clean = read(path, 8)
    pixels = (clean[0].permute(1, 2, 0) * 255).round().byte().numpy()
    soft = torch.from_numpy(blur.smeared(pixels, blur.disc(2.0)).copy()).permute(2, 0, 1)[None].float() / 255
    around = F.avg_pool2d(F.pad(soft, (4, 4, 4, 4), mode="replicate"), 9, stride=1)
    y = made(engine, "gan.deblur", soft, soft, soft)
    sharp = (soft + 1.5 * (soft - around)).clamp(0, 1)
    at = _place(clean, 8)
    return Pair("gan.deblur, out of focus by 2, against unsharp masking", *(_cut(x, at) for x in (soft, y, sharp)))


def _between(engine: Engine, path: Path) -> Pair:
    frames = measure_interpolate.read(path)
    middle = (measure_interpolate.places(frames) or [1])[0]
    before, a, truth, b, beyond = (measure_interpolate.tensor(frames[middle + k]) for k in (-3, -1, 0, 1, 3))
    y = made(engine, "gan.interpolate", before, a, b, beyond)
    at = _moving(a, b)
    return Pair("gan.interpolate, middle frame, against a fade", *(_cut(x, at) for x in (truth, y, (a + b) / 2)))


_OF_PHOTOS: tuple[Kind, ...] = (
    _upscaled(2, "fast", 0.0), _upscaled(4, "fine", 0.5), _denoised(25), _upscaled(2, "fine", 1.0), _denoised(15),
    _focused,
)  # fmt: skip
_OF_FILMS: tuple[Kind, ...] = (_between,)


def _place(x: Tensor, step: int) -> tuple[int, int]:
    """Choose the place with much in it: the best of a few."""
    rng = secrets.SystemRandom()
    height, width = x.shape[2:]
    tries = [(rng.randrange(0, height - SIDE + 1, step), rng.randrange(0, width - SIDE + 1, step)) for _ in range(5)]
    return max(tries, key=lambda at: float(_cut(x, at).std()))


def _moving(a: Tensor, b: Tensor) -> tuple[int, int]:
    """Choose the place where two pictures differ most, (H, W) at least SIDE."""
    apart = F.avg_pool2d((a - b).abs().mean(1, keepdim=True), SIDE, stride=8)
    at = int(apart.argmax())
    return at // apart.shape[3] * 8, at % apart.shape[3] * 8


def _cut(x: Tensor, at: tuple[int, int]) -> Tensor:
    return x[..., at[0] : at[0] + SIDE, at[1] : at[1] + SIDE]


def _sheet(*parts: Tensor) -> "cv2.typing.MatLike":
    gap = torch.ones(1, 3, SIDE, 12)
    row = torch.cat([part for x in parts for part in (x, gap)][:-1], 3)[0]
    pixels = (row.clamp(0, 1) * 255).round().byte().permute(1, 2, 0).numpy()[..., ::-1]
    whole = np.pad(pixels, ((24, 0), (0, 0), (0, 0)), constant_values=255)
    for index, name in enumerate(("input", "A", "B")):
        place = (index * (SIDE + 12) + 4, 18)
        cv2.putText(whole, name, place, cv2.FONT_HERSHEY_SIMPLEX, 0.6, (0, 0, 0), 1, cv2.LINE_AA)
    return whole


def _tall(path: Path) -> bool:
    film = cv2.VideoCapture(str(path))
    height = film.get(cv2.CAP_PROP_FRAME_HEIGHT)
    film.release()
    return bool(height > LINES_FULL or height >= SIDE)


def _mixed(paths: Sequence[Path]) -> list[Path]:
    return secrets.SystemRandom().sample(list(paths), len(paths))


def main(command: Sequence[str] | None = None) -> int:
    """Make the pairs, or count the answers."""
    parser = argparse.ArgumentParser(prog="python -m vgan_studio.render.blind")
    verbs = parser.add_subparsers(dest="verb", required=True)
    maker = verbs.add_parser("make")
    maker.add_argument("-o", "--out", type=Path, required=True)
    maker.add_argument("--data", type=Path, nargs="+", required=True)
    maker.add_argument("--pairs", type=int, default=20)
    counter = verbs.add_parser("tally")
    counter.add_argument("folder", type=Path)
    counter.add_argument("answers", nargs="+")
    options = parser.parse_args(command)
    logging.basicConfig(level=logging.INFO)
    try:
        if options.verb == "make":
            make(Engine("cpu"), options.data, options.out, options.pairs)
            return 0
        for name, (ours, theirs, draws) in tally(options.folder, options.answers).items():
            sys.stdout.write(f"{name}: ours {ours}, classical {theirs}, neither {draws}\n")
    except VganError as error:
        log.error("%s", error)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

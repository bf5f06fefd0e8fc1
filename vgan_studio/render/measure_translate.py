"""Measure whether a translated film is steadier when each picture sees the one made before it.

    vgan evaluate style.translate --data DIR...
    python -m vgan_studio.render.measure_translate MODEL --data FILM... [--sheet PICTURE.png]

Of the validation films in folders, or of any films: frames in a row, translated by `style.translate` frame by frame,
in chains of eight as the effect plans them, and in such chains with the stabiliser at full strength.  Flicker is the
warp error in levels of 255 (`gan.metrics.warp_error`), of the film itself, too.  PSNR is that to the film, as the
drawings are made of it.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import Tensor

from vgan_studio.effects.translate import CHAIN, translate
from vgan_studio.engine.run import Engine
from vgan_studio.engine.stabilise import stabilise
from vgan_studio.errors import ModelError
from vgan_studio.gan.data import FILMS, split
from vgan_studio.gan.drawn import drawn, short_sized
from vgan_studio.gan.figures import Figure
from vgan_studio.gan.metrics import psnr, warp_error
from vgan_studio.gan.weights import Model
from vgan_studio.picture import Picture, quantize

FRAMES = 17
_PART = (200, 320)  # of the pictures on a sheet, height and width
CHAINS = {"frame by frame": 1, "chains of 8": CHAIN}


def figures(models: Sequence[Model], folders: Sequence[Path]) -> Iterator[Figure]:
    """Measure models that are installed on validation films; see the module.

    Raises:
        ModelError: one is not found by its name.
    """
    paths = sorted({path for folder in folders for path in folder.rglob("*") if path.suffix.lower() in FILMS})
    engine = Engine("cpu")
    try:
        for path in [path for path in paths if split(path) == "validation"]:
            film = read(path)
            for model in models:
                for way, (flicker, quality, _) in measure(engine, model.card.name, film).items():
                    method = way if way == "the film" else f"{model.card.name}, {way}"
                    yield Figure(path.name, method, "flicker, levels", flicker)
                    if way != "the film":
                        yield Figure(path.name, method, "PSNR, dB", quality)
    finally:
        engine.close()


@torch.inference_mode()
def measure(engine: Engine, model: str, film: Sequence[Picture]) -> dict[str, tuple[float, float, list[Picture]]]:
    """Give flicker, PSNR in dB and the pictures, for each way and for the film itself."""
    truth = [x[:, :3] for x in film]
    found = {"the film": (warp_error(truth, truth), float("inf"), list(film))}
    for way, chain in CHAINS.items():
        found[way] = _judged(in_chains(engine, model, film, chain), truth)
    found["chains of 8, stabilised"] = _judged(_steady(found["chains of 8"][2], film), truth)
    return found


def in_chains(engine: Engine, model: str, film: Sequence[Picture], chain: int) -> list[Picture]:
    """Translate a film in chains of a length, as the cache keeps it."""
    made: list[Picture] = []
    for i, x in enumerate(film):
        last = made[-1] if i % chain else None
        made.append(quantize(translate(film[max(i - 1, 0)], x, last, engine=engine, model=model)))
    return made


def read(path: Path, first: int = 20, count: int = FRAMES) -> list[Picture]:
    """Read frames in a row, at the size at which they are translated; as many as there are.

    Raises:
        ModelError: there are fewer than two.
    """
    film = cv2.VideoCapture(str(path))
    for _ in range(first):
        film.grab()
    frames = []
    for _ in range(count):
        there, frame = film.read()
        if not there:
            break
        height, width = short_sized(*frame.shape[:2])
        small = np.asarray(cv2.resize(frame, (width, height), interpolation=cv2.INTER_AREA))
        x = torch.from_numpy(small[..., ::-1].copy()).permute(2, 0, 1)[None].float() / 255
        frames.append(torch.cat([x, torch.ones_like(x[:, :1])], 1).contiguous(memory_format=torch.channels_last))
    film.release()
    if len(frames) < 2:
        raise ModelError(f"{path} has fewer than {first + 2} pictures that can be read.")
    return frames


def _judged(made: list[Picture], truth: Sequence[Tensor]) -> tuple[float, float, list[Picture]]:
    colours = [y[:, :3] for y in made]
    quality = float(np.mean([float(psnr(y, x)) for y, x in zip(colours, truth, strict=True)]))
    return warp_error(colours, truth), quality, made


def _steady(made: Sequence[Picture], film: Sequence[Picture]) -> list[Picture]:
    last = len(film) - 1
    around = [[i, *(k for k in (i - 1, i + 1) if 0 <= k <= last)] for i in range(len(film))]
    return [quantize(stabilise([made[k] for k in few], [film[k] for k in few], 0, 1.0)) for few in around]


def _sheet(found: dict[str, tuple[float, float, list[Picture]]], kind: int) -> "cv2.typing.MatLike":
    """Draw the middle of the film, of its drawing, and of what was made frame by frame and in chains, in rows."""
    film = found["the film"][2]
    places = [3, 4, 5]
    rows = [[x[:, :3] for x in film], [drawn(x, kind) for x in film]]
    rows += [[y[:, :3] for y in found[way][2]] for way in ("frame by frame", "chains of 8")]
    top, left = ((length - side) // 2 for length, side in zip(film[0].shape[2:], _PART, strict=True))
    part = (..., slice(top, top + _PART[0]), slice(left, left + _PART[1]))
    whole = torch.cat([torch.cat([row[i][part] for i in places], 3) for row in rows], 2)[0]
    return (whole.clamp(0, 1) * 255).round().to(torch.uint8).permute(1, 2, 0).numpy()[..., ::-1].copy()


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a line for each film and way."""
    parser = argparse.ArgumentParser(prog="python -m vgan_studio.render.measure_translate")
    parser.add_argument("model")
    parser.add_argument("--data", type=Path, nargs="+", required=True)
    parser.add_argument("--sheet", type=Path, help="write some of the last film's pictures here")
    options = parser.parse_args(arguments)
    torch.set_num_threads(1)
    engine = Engine("cpu")
    for path in options.data:
        found = measure(engine, options.model, read(path))
        for way, (flicker, quality, _) in found.items():
            sys.stdout.write(f"{options.model:20} {path.name:28} {way:24} flicker {flicker:5.2f}  {quality:6.2f} dB\n")
            sys.stdout.flush()
    if options.sheet:
        cv2.imwrite(str(options.sheet), _sheet(found, engine.model(options.model).card.config["condition"]))
    engine.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

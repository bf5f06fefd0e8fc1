"""Sheets for people: what came in, what the classical tool, ours and ours crisp make of it, and the truth, at 100 %.

python -m vgan_studio.render.sheets upscale-x2|upscale-x4|denoise|stylize --data DIR... -o SHEET.jpg
"""

import argparse
import logging
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from vgan_studio.effects.cost import arguments
from vgan_studio.effects.spec import find
from vgan_studio.engine.run import Engine
from vgan_studio.errors import ModelError, VganError
from vgan_studio.gan.data import test_sets
from vgan_studio.gan.measure_denoise import methods
from vgan_studio.gan.measure_upscale import lanczos, read, shrink
from vgan_studio.timeline.values import Value

log = logging.getLogger(__name__)

SIDE = 224
MOST_BYTES = 300_000
SIGMA = 25
# Of Kodak's photos, chosen for what is in them, before anything was enlarged: letters, a face, feathers, planks, grass.
PLACES: Mapping[str, tuple[int, int]] = {
    "kodim08": (200, 330), "kodim04": (150, 170), "kodim23": (140, 180), "kodim21": (200, 300),
}  # fmt: skip

SIDES: Mapping[str, int] = {"stylize": 256}  # of kinds whose pieces are larger
PAINTERS: Mapping[str, str] = {
    "van-gogh": "Van Gogh", "hokusai": "Hokusai", "munch": "Munch", "kandinsky": "Kandinsky", "klimt": "Klimt",
}  # fmt: skip

Row = dict[str, Tensor]  # by the words over the column
Kind = Callable[[Engine, Tensor], Row]


def sheet(kind: Kind, engine: Engine, folders: Sequence[Path], side: int = SIDE) -> "cv2.typing.MatLike":
    """Lay out a sheet, a row for each photo, words over the columns; B'G'R'.

    Args:
        side: of the pieces of photos that are shown, in pixels.

    Raises:
        ModelError: the photos are not here, or a model is not.
    """
    photos = {path.stem: path for path in test_sets(folders).get("Kodak", [])}
    rows = []
    for name, (top, left) in PLACES.items():
        if name not in photos:
            raise ModelError(f"The photo {name} is not there.")
        row = kind(engine, read(photos[name], 8))
        rows.append({words: _pixels(x[..., top : top + side, left : left + side]) for words, x in row.items()})
    lines = [np.concatenate([_gapped(part) for part in row.values()], 1) for row in rows]
    head = np.full((26, lines[0].shape[1], 3), 255, np.uint8)
    for index, words in enumerate(rows[0]):
        cv2.putText(head, words, (index * (side + 6) + 4, 18), cv2.FONT_HERSHEY_SIMPLEX, 0.5, (0,) * 3, 1, cv2.LINE_AA)
    return np.concatenate([head, *lines])


def coded(pixels: "cv2.typing.MatLike") -> bytes:
    """Code as JPEG, as well as fits into `MOST_BYTES`."""
    for quality in range(95, 5, -3):
        found = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])[1].tobytes()
        if len(found) <= MOST_BYTES:
            return found
    raise ValueError("The sheet is too large.")


def _upscaled(scale: int) -> Kind:
    def kind(engine: Engine, high: Tensor) -> Row:
        low = shrink(high, scale)
        mixed = {crisp: made(engine, "gan.upscale", low, scale=str(scale), crisp=crisp) for crisp in (0.0, 1.0)}
        fine = made(engine, "gan.upscale", low, scale=str(scale), quality="fine", crisp=1.0)
        given = F.interpolate(low, scale_factor=scale, mode="nearest")
        return {
            "input": given, "Lanczos": lanczos(low, scale), "ours, faithful": mixed[0.0], "ours, crisp": mixed[1.0],
            "ours, fine, crisp": fine, "truth": high,
        }  # fmt: skip

    return kind


def _denoised(engine: Engine, clean: Tensor) -> Row:
    noisy = clean + SIGMA / 255 * torch.randn(clean.shape, generator=torch.Generator().manual_seed(0))
    noisy = (noisy.clamp(0, 1) * 255).round() / 255
    tools = [way([noisy] * 3) for name, way in methods(torch.nn.Identity(), SIGMA).items() if name.startswith("NLM")]
    return {
        f"input, sigma {SIGMA}": noisy,
        "non-local means, best": min(tools, key=lambda y: float((y - clean).square().mean())),
        "ours, blind": made(engine, "gan.denoise", noisy, noisy, noisy),
        "ours, told": made(engine, "gan.denoise", noisy, noisy, noisy, sigma=float(SIGMA)),
        "truth": clean,
    }


def _painted(engine: Engine, photo: Tensor) -> Row:
    painted = {words: made(engine, "gan.stylize", photo, style=style) for style, words in PAINTERS.items()}
    return {"the photo": photo} | painted


KINDS: Mapping[str, Kind] = {
    "upscale-x2": _upscaled(2), "upscale-x4": _upscaled(4), "denoise": _denoised, "stylize": _painted,
}  # fmt: skip


def made(engine: Engine, id: str, *colours: Tensor, **params: Value) -> Tensor:
    """Give the colours of what an effect makes of opaque pictures, (B, 3, H, W) in and out.

    Raises:
        ModelError: its model is not here.
    """
    effect = find(id)
    with torch.inference_mode():
        pictures = [F.pad(x, (0, 0, 0, 0, 0, 1), value=1.0) for x in colours]
        return effect.render(*pictures, **arguments(effect, engine, **params))[:, :3].float().cpu()


def _pixels(x: Tensor) -> "cv2.typing.MatLike":
    return (x[0].clamp(0, 1) * 255).round().byte().permute(1, 2, 0).numpy()[..., ::-1]


def _gapped(part: "cv2.typing.MatLike") -> "cv2.typing.MatLike":
    return np.pad(part, ((0, 6), (0, 6), (0, 0)), constant_values=255)


def main(command: Sequence[str] | None = None) -> int:
    """Write one sheet."""
    parser = argparse.ArgumentParser(prog="python -m vgan_studio.render.sheets")
    parser.add_argument("kind", choices=sorted(KINDS))
    parser.add_argument("--data", type=Path, nargs="+", required=True)
    parser.add_argument("-o", "--out", type=Path, required=True)
    options = parser.parse_args(command)
    side = SIDES.get(options.kind, SIDE)
    return written(lambda: sheet(KINDS[options.kind], Engine("cpu"), options.data, side), options.out)


def written(laid_out: Callable[[], "cv2.typing.MatLike"], out: Path) -> int:
    """Write a sheet, or say why there is none; give the exit code."""
    logging.basicConfig(level=logging.INFO)
    try:
        content = coded(laid_out())
        out.write_bytes(content)
    except VganError as error:
        log.error("%s", error)
        return 1
    sys.stdout.write(f"{out}: {len(content)} bytes\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

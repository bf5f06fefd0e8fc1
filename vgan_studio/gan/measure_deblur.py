"""Measure a deblurrer on films and photos that no training sees, beside unsharp masking, Wiener and Richardson-Lucy.

    python -m vgan_studio.gan.measure_deblur MODEL.safetensors [--crisp MODEL.safetensors] --data DIR...

PSNR in dB over R'G'B' of the result rounded to 8 bits, and the distance that the measuring FeatNet sees.  Films:
validation files, halved.  Photos: Kodak's, blurred in light by kernels of fixed seeds, the picture standing in for its
neighbours; Wiener's filter and Richardson-Lucy are told the kernel, which nobody knows of a real picture.  Of a
classical tool the best of several settings is said, chosen for each kind of blur with the truth in hand.
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import Tensor, nn

from . import blur, flow
from .coded import coded
from .data import FILMS, PICTURES, Pixels, split, tensor
from .losses import perceptual
from .metrics import psnr
from .softened import LENGTH, segments, smear
from .weights import find_model, read_model, write_model

FAR = 8.0  # pixels that the fast parts of a film move in an exposure
FACTORS = (23, 28, 35, 40)
PLACES = (4, 8, 13)  # of 17 frames that are coded
AMOUNTS = ((0.5, 1.0), (1.0, 1.0), (2.0, 1.0), (0.5, 2.0), (1.0, 2.0))  # of unsharp masking: amount, sigma in pixels
WIENER = (1e-3, 3e-3, 1e-2)  # noise over signal
ROUNDS = (5, 15, 40)  # of Richardson-Lucy
SIDE = 200  # of the pieces on the sheet
# What is on it: the kind of case; file and place, and the piece's top and left.
VIEWS: Mapping[str, tuple[str, int, int]] = {
    "motion blur": ("street_tree_1080p.mp4#0", 150, 430),
    "motion blur#2": ("tos_battle_332p.mp4#1", 0, 0),
    "CRF 35": ("tos_scientist_332p.mp4#0", 0, 0),
    "shaken": ("kodim08", 200, 330),
    "disc 2": ("kodim21", 200, 300),
}


@dataclass(frozen=True, slots=True)
class Case:
    """A frame with its neighbours as they came, what was meant, and the kernel if there was one."""

    before: Pixels
    now: Pixels
    after: Pixels
    meant: Pixels
    kernel: blur.Floats | None = None
    of: str = ""  # the file, and the place in it


Method = Callable[[Case], Tensor]  # gives (1, 3, H, W)


def film_cases(folders: Sequence[Path], every: int = 1) -> Iterator[tuple[str, Case]]:
    """Give cases by kind, of every so many films: sharp, moving, out of focus, coded, and moving and coded."""
    paths = sorted({path for folder in folders for path in folder.rglob("*") if path.suffix.lower() in FILMS})
    for path in [path for path in paths if split(path) == "validation"][::every]:
        for index, frames in enumerate(segments(path)):
            of = f"{path.name}#{index}"
            middle = LENGTH // 2
            yield "sharp", _case(frames[middle - 1 : middle + 2], frames[middle], of)
            focus = [blur.smeared(one, blur.disc(2.0)) for one in frames[middle - 1 : middle + 2]]
            yield "out of focus", _case(focus, frames[middle], of)
            for factor in FACTORS:
                after = coded(frames, factor)
                for at in PLACES:
                    yield f"CRF {factor}", _case(after[at - 1 : at + 2], frames[at], of)
            yield from moving(frames, of)


def moving(frames: list[Pixels], of: str) -> Iterator[tuple[str, Case]]:
    """Give a stretch of a film blurred by its motion, and that coded; nothing where it hardly moves."""
    moves = blur.motions(frames)
    middle = LENGTH // 2
    span, count, far = smear(moves[middle:], FAR)
    if far < 2:
        return
    stride = int(np.ceil(span))
    places = range(middle % stride or stride, LENGTH - stride, stride)
    soft = [blur.exposed(frames, moves, at, span, count) for at in places]
    at = list(places).index(middle)
    yield "motion blur", _case(soft[at - 1 : at + 2], frames[middle], of)
    after = coded(soft, 28)
    yield "motion blur, CRF 28", _case(after[at - 1 : at + 2], frames[middle], of)


def _case(three: Sequence[Pixels], meant: Pixels, of: str) -> Case:
    before, now, after = three
    return Case(before, now, after, meant, of=of)


def photo_cases(folders: Sequence[Path], every: int = 1) -> Iterator[tuple[str, Case]]:
    """Give cases by kind, each a photo alone: sharp, shaken by 6 to 18 pixels, out of focus by 2 and by 4."""
    paths = sorted(path for folder in folders for path in folder.rglob("kod*") if path.suffix in PICTURES)
    for index, path in list(enumerate(path for path in paths if split(path) == "test"))[::every]:
        pixels = np.asarray(cv2.imread(str(path), cv2.IMREAD_COLOR), np.uint8)[:768, :768, ::-1]
        rng = np.random.default_rng(index)
        kernels = {"shaken": blur.shaken(rng, rng.uniform(6, 18)), "disc 2": blur.disc(2.0), "disc 4": blur.disc(4.0)}
        yield "sharp", Case(pixels, pixels, pixels, pixels, of=path.stem)
        for name, kernel in kernels.items():
            soft = blur.smeared(pixels, kernel)
            yield name, Case(soft, soft, soft, pixels, kernel, path.stem)


def methods(network: nn.Module, crisp: nn.Module | None = None) -> dict[str, Method]:
    """Give the ways to make a case sharp, by name; settings of one tool share the name before the comma."""
    found: dict[str, Method] = {"as it came": lambda case: tensor(case.now)}
    for amount, sigma in AMOUNTS:
        found[f"unsharp, {amount:g} at {sigma:g}"] = lambda case, a=amount, s=sigma: _unsharp(case.now, a, s)  # type: ignore[misc]
    for share in WIENER:
        found[f"Wiener, {share:g}"] = lambda case, n=share: wiener(case.now, case.kernel, n)  # type: ignore[misc]
    for rounds in ROUNDS:
        found[f"Richardson-Lucy, {rounds}"] = lambda case, n=rounds: richardson_lucy(case.now, case.kernel, n)  # type: ignore[misc]
    found["non-local means, 3"] = lambda case: tensor(
        np.asarray(cv2.fastNlMeansDenoisingColored(case.now, None, 3, 3, 5, 15), np.uint8)
    )
    found["ours alone"] = lambda case: ours(network, case.now, case.now, case.now)
    found["ours"] = lambda case: ours(network, case.before, case.now, case.after)
    if crisp is not None:
        found["ours crisp"] = lambda case: ours(crisp, case.before, case.now, case.after)
    return found


def ours(network: nn.Module, *frames: Pixels) -> Tensor:
    """Run a network over the second of three frames, as the effect does."""
    before, x, after = map(tensor, frames)
    ways = [None if other.equal(x) else flow.flow(x, other) for other in (before, after)]
    sides = [x if way is None else flow.warp(other, way) for other, way in zip((before, after), ways, strict=True)]
    height, width = x.shape[2:]
    seen = torch.cat([x, *sides, flow.streaks(x, *ways)], 1)[:, : getattr(network, "inputs", 9)]
    y: Tensor = network(nn.functional.pad(seen, (0, -width % 8, 0, -height % 8), mode="replicate"))
    return y[..., :height, :width]


def wiener(pixels: Pixels, kernel: blur.Floats, noise: float) -> Tensor:
    """Undo a known kernel by Wiener's filter, in light; `noise` is its power over the picture's."""
    whole, reach = _padded(pixels, kernel)
    spread = _transfer(kernel, whole.shape[:2])
    sharp = np.fft.irfft2(
        np.fft.rfft2(whole, axes=(0, 1)) * (spread.conj() / (np.abs(spread) ** 2 + noise))[..., None],
        whole.shape[:2], axes=(0, 1),
    )  # fmt: skip
    return tensor(blur.signal(sharp[reach:-reach, reach:-reach].astype(np.float32)))


def richardson_lucy(pixels: Pixels, kernel: blur.Floats, rounds: int) -> Tensor:
    """Undo a known kernel by so many rounds, in light.  Richardson 1972, Lucy 1974, doi:10.1086/111605."""
    whole, reach = _padded(pixels, kernel)
    sharp, flipped = whole + 1e-4, kernel[::-1, ::-1].copy()
    for _ in range(rounds):
        ratio = (whole + 1e-4) / np.maximum(cv2.filter2D(sharp, -1, flipped), 1e-5)
        sharp = sharp * cv2.filter2D(ratio, -1, kernel)
    return tensor(blur.signal((sharp - 1e-4)[reach:-reach, reach:-reach]))


@torch.inference_mode()
def sheet(found: dict[str, Method], of_codecs: nn.Module, folders: Sequence[Path]) -> "cv2.typing.MatLike":
    """Lay out `VIEWS` at 100 %, a row each: as it came, the best classical tool, ours, ours crisp, what was meant.

    What a codec spoilt is shown as `of_codecs`, a network, restores it; that has no crisp side.
    """
    deblocked = methods(of_codecs)["ours"]
    rows: dict[str, Sequence[Pixels]] = {}
    for kind, case in chain(film_cases(folders), photo_cases(folders)):
        named = [name for name, (wanted, _, _) in VIEWS.items() if name.partition("#")[0] == kind and wanted == case.of]
        for name in set(named) - rows.keys():
            at = VIEWS[name][1:]
            target = tensor(case.meant)
            tools = [
                m(case) for n, m in found.items() if n.startswith(("unsharp", "non-local")) and _fits(n, kind, case)
            ]
            best = min(tools, key=lambda y: float((y - target).square().mean()))
            own = [found["ours"](case), found["ours crisp"](case)]
            if kind.startswith("CRF"):
                own = [deblocked(case), torch.ones_like(target)]
            parts = [tensor(case.now), best, *own, target]
            rows[name] = [view(part, *at) for part in parts]
    lines = [np.concatenate(list(rows[name]), 1) for name in VIEWS if name in rows]
    head = np.full((26, lines[0].shape[1], 3), 255, np.uint8)
    for index, words in enumerate(("input", "best classical", "ours", "ours, crisp", "truth")):
        place = (index * (SIDE + 6) + 4, 18)
        cv2.putText(head, words, place, cv2.FONT_HERSHEY_SIMPLEX, 0.5, (0,) * 3, 1, cv2.LINE_AA)
    return np.concatenate([head, *lines])


def view(y: Tensor, top: int, left: int, side: int = SIDE) -> Pixels:
    """Cut a piece out of a picture for a sheet, with a white margin to the right and below; B'G'R'."""
    part = (y[0, :, top : top + side, left : left + side].clamp(0, 1) * 255).round().to(torch.uint8)
    whole = np.full((side + 6, side + 6, 3), 255, np.uint8)
    whole[: part.shape[1], : part.shape[2]] = part.permute(1, 2, 0).numpy()[..., ::-1]
    return whole


@torch.inference_mode()
def measure(
    found: dict[str, Method], cases: Iterator[tuple[str, Case]], eyes: nn.Module | None = None
) -> dict[str, dict[str, tuple[float, float]]]:
    """Give by kind and method the mean PSNR in dB and the mean distance; of a classical tool its best setting."""
    rows: dict[str, dict[str, list[tuple[float, float]]]] = {}
    for kind, case in cases:
        target = tensor(case.meant)
        for name, sharpen in found.items():
            if _fits(name, kind, case):
                y = (sharpen(case).clamp(0, 1) * 255).round() / 255
                quality = min(99.0, float(psnr(y, target)))
                rows.setdefault(kind, {}).setdefault(name, []).append((quality, _distance(eyes, y, target)))
    means = {
        kind: {name: (float(np.mean([q for q, _ in v])), float(np.mean([d for _, d in v]))) for name, v in row.items()}
        for kind, row in rows.items()
    }
    return {kind: _best(row) for kind, row in means.items()}


def _fits(name: str, kind: str, case: Case) -> bool:
    """Leave out what makes no sense: known kernels where there is none, three frames where there is one."""
    if name.startswith(("Wiener", "Richardson")):
        return case.kernel is not None
    if name == "non-local means, 3":
        return kind == "CRF 35"
    return not (name == "ours alone" and case.before is case.now)


def _best(row: dict[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    tools: dict[str, tuple[str, tuple[float, float]]] = {}
    for name, value in row.items():
        tool = name.partition(",")[0]
        if tool not in tools or value > tools[tool][1]:
            tools[tool] = name, value
    return dict(tools.values())


def _distance(eyes: nn.Module | None, y: Tensor, target: Tensor) -> float:
    if eyes is None:
        return 0.0
    height, width = (length // 8 * 8 for length in y.shape[2:])
    return float(perceptual(eyes, y[..., :height, :width], target[..., :height, :width])[0])


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m vgan_studio.gan.measure_deblur")
    parser.add_argument("model", type=Path)
    parser.add_argument("--crisp", type=Path)
    parser.add_argument("--data", type=Path, nargs="+", required=True)
    parser.add_argument("--photos", action="store_true", help="photos instead of films")
    parser.add_argument("--every", type=int, default=1, help="of the photos or films")
    parser.add_argument("--sheet", type=Path, help="write this picture instead")
    parser.add_argument("--write", action="store_true", help="put the model's figures into its card")
    options = parser.parse_args(arguments)
    model = read_model(options.model)
    crisp = read_model(options.crisp).network if options.crisp else None
    if options.sheet:
        whole = sheet(methods(model.network, crisp), read_model(find_model("deblock")).network, options.data)
        options.sheet.write_bytes(cv2.imencode(".jpg", whole, [cv2.IMWRITE_JPEG_QUALITY, 85])[1].tobytes())
        return 0
    cases = photo_cases(options.data, options.every) if options.photos else film_cases(options.data, options.every)
    table = measure(methods(model.network, crisp), cases, read_model(find_model("features-measure")).network)
    for kind, row in table.items():
        for name, (quality, distance) in row.items():
            sys.stdout.write(f"{kind:20} {name:24} {quality:6.2f} dB  distance {distance:.4f}\n")
    if options.write:
        what = "photos" if options.photos else "films"
        told = {f"{what}, {kind}, {n}, dB": round(q, 2) for kind, row in table.items() for n, (q, _) in row.items()}
        write_model(options.model, replace(model.card, figures={**model.card.figures, **told}), model.network)
    return 0


def _unsharp(pixels: Pixels, amount: float, sigma: float) -> Tensor:
    soft = cv2.GaussianBlur(pixels, (0, 0), sigma)
    return tensor(np.asarray(cv2.addWeighted(pixels, 1 + amount, soft, -amount, 0), np.uint8))


def _padded(pixels: Pixels, kernel: blur.Floats) -> tuple[blur.Floats, int]:
    reach = 2 * len(kernel)
    return np.pad(blur.light(pixels), ((reach, reach), (reach, reach), (0, 0)), mode="symmetric"), reach


def _transfer(kernel: blur.Floats, size: tuple[int, ...]) -> "np.ndarray[tuple[int, ...], np.dtype[np.complex128]]":
    whole = np.zeros(size)
    whole[: kernel.shape[0], : kernel.shape[1]] = kernel
    return np.fft.rfft2(np.roll(whole, [-(length // 2) for length in kernel.shape], (0, 1)))


if __name__ == "__main__":
    raise SystemExit(main())

"""Interpolate: two pictures of a film and their motion; the target is what the film shows between them.

Some films are held back from this task alone, so that it can be measured on films that move.
"""

import logging
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from vgan_studio.errors import ModelError
from vgan_studio.gan.data import FILMS, Pixels, Source, Split, split
from vgan_studio.gan.flow import cut_between
from vgan_studio.gan.metrics import psnr
from vgan_studio.gan.networks.interpolate import OUTPUTS, Tween, motions, synthesise
from vgan_studio.gan.recipes import Recipe

from .task import Batch, Task

log = logging.getLogger(__name__)

HELD = ("juggle_", "highway_", "london_roofs_")  # films not trained on here, besides those no task trains on
PLACES = 30  # in every film, evenly apart
WINDOWS = 3  # of each place: those that a fade would get most wrong
SIDE = 192  # of a window
STILL, FAST = (
    0.3,
    48.0,
)  # pixels that the fastest tenth moves; where less or more is to be learnt, the place is left out
TICKS = 240  # of the time between two pictures, so that all times are whole
PYRAMID, COARSE = 2, 0.3  # sizes at which pictures are compared, besides their own, and how much they count
FLOOR = 2e-5  # of squared errors that others are divided by: 47 dB

# Channels of a window: both pictures, the one between, the motion there and back as halves of float, the time.
_PICTURES, _MOTION = 9, 8


class Lesson(Tween):
    """A `Tween` to train: it gives the picture itself, from a window of two pictures, their motion and the time."""

    def forward(self, x: Tensor) -> Tensor:
        """(B, 11, H, W) to the middle of it, (B, 3, h, w): what a step trains is a border of `_margin` smaller."""
        a, b, motion, t = torch.split(x, [3, 3, 4, 1], 1)
        return synthesise(super().forward, a, b, motion, t[:, :, :1, :1], margin=_margin(x))


def _margin(x: Tensor) -> int:
    return x.shape[-1] // 8


def held(path: Path) -> bool:
    """Say whether a film is kept from training, here or everywhere."""
    return split(path) in ("validation", "test") or path.name.startswith(HELD)


def _read(folders: Sequence[Path], part: Split) -> tuple[Source, ...]:
    """Read windows of films that move: (192, 192, 18) bytes each."""
    paths = {path for folder in folders for path in folder.rglob("*") if path.suffix.lower() in FILMS}
    wanted = [path for path in sorted(paths, key=lambda path: path.name) if _belongs(path, part)]
    found = [
        Source(f"{path.name}#{index}", (window,))
        for path in wanted
        for index, window in enumerate(_windows(path, PLACES if part == "train" else 4))
    ]
    if not found:
        raise ModelError(f"There is no film that moves in {', '.join(map(str, folders))}.")
    return tuple(found)


def _belongs(path: Path, part: Split) -> bool:
    if part == "train":
        return split(path) == "train" and not held(path)
    return held(path) if part == "validation" else split(path) == part


def _windows(path: Path, places: int) -> Iterator[Pixels]:
    """Give the windows of a film: at each place two pictures some way apart, and one between them."""
    film = cv2.VideoCapture(str(path))
    rng = np.random.default_rng(zlib.crc32(path.name.encode()))
    try:
        rate, count = film.get(cv2.CAP_PROP_FPS), int(film.get(cv2.CAP_PROP_FRAME_COUNT))
        most = 8 if rate > 45 else 4 if rate > 20 else 2
        step = max(most + 1, count // places)
        kept: list[Pixels] = []
        for index in range(min(count, step * places)):
            if not film.grab():
                return
            if index % step <= most:
                kept.append(cast(Pixels, film.retrieve()[1]))
            if len(kept) == most + 1:
                yield from _place(kept, rng)
                kept = []
    finally:
        film.release()


def _place(frames: list[Pixels], rng: np.random.Generator) -> Iterator[Pixels]:
    """Choose size and distance, and cut windows; nothing where the picture stands still, jumps or is cut."""
    small = min(frames[0].shape[:2]) < 2 * SIDE or (min(frames[0].shape[:2]) < 600 and rng.random() < 0.5)
    apart = int(rng.choice([gap for gap in (2, 4, 8) if gap < len(frames)]))
    for gap in dict.fromkeys((apart, 2)):
        between = int(rng.integers(1, gap))
        three = [_tensor(frames[index], halved=not small) for index in (0, between, gap)]
        if bool(cut_between(three[0], three[2])[0]):
            continue
        motion = motions(three[0], three[2])
        speed = float(torch.quantile(motion[0, :2].square().sum(0).sqrt()[::4, ::4], 0.9))
        if STILL < speed < FAST * (1 if gap == 2 else 0.6):
            yield from _cut(torch.cat(three, 1), motion, between * TICKS // gap)
            return


def _cut(three: Tensor, motion: Tensor, ticks: int) -> Iterator[Pixels]:
    """Cut the windows that a fade would get most wrong, on a grid of half their side."""
    share = ticks / TICKS
    wrong = ((1 - share) * three[:, :3] + share * three[:, 6:] - three[:, 3:6]).abs().mean(1, keepdim=True)
    height, width = (length - length % 2 for length in wrong.shape[2:])
    amount = F.avg_pool2d(wrong[..., :height, :width], SIDE, SIDE // 2)[0, 0]
    order = amount.flatten().argsort(descending=True)[:WINDOWS]
    shown = (three[0] * 255).round().to(torch.uint8).permute(1, 2, 0).numpy()
    moved = motion[0].permute(1, 2, 0).half().contiguous().numpy().view(np.uint8)
    for place in order.tolist():
        top, left = (SIDE // 2 * number for number in divmod(place, amount.shape[1]))
        part = (slice(top, top + SIDE), slice(left, left + SIDE))
        time = np.full((SIDE, SIDE, 1), ticks, np.uint8)
        yield np.concatenate([shown[part], moved[part], time], 2)


def _tensor(frame: Pixels, *, halved: bool) -> Tensor:
    if halved:
        frame = cast(Pixels, cv2.resize(frame, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA))
    return torch.from_numpy(frame[..., ::-1].copy()).permute(2, 0, 1)[None].float() / 255


def _batch(recipe: Recipe, sources: Sequence[Source], step: int) -> Batch:
    rng = np.random.default_rng((recipe.seed, step))
    chosen = [_drawn(sources[int(index)].levels[0], rng) for index in rng.integers(len(sources), size=recipe.batch)]
    x, target = (torch.stack(parts) for parts in zip(*chosen, strict=True))
    margin = _margin(x)
    inner = (..., slice(margin, -margin), slice(margin, -margin))
    return Batch(x, target[inner], condition=(x[:, :3] + x[:, 3:6])[inner] / 2)


def _drawn(window: Pixels, rng: np.random.Generator) -> tuple[Tensor, Tensor]:
    """Mirror, turn and reverse a window by chance: (11, H, W) to learn from, (3, H, W) to learn."""
    shown = torch.from_numpy(window[..., :_PICTURES]).permute(2, 0, 1).float() / 255
    moved = np.ascontiguousarray(window[..., _PICTURES : _PICTURES + _MOTION]).view(np.float16)
    motion = torch.from_numpy(moved.astype(np.float32)).permute(2, 0, 1)
    a, between, b = torch.split(shown, 3)
    t = int(window[0, 0, -1]) / TICKS
    if rng.random() < 0.5:
        a, b, t, motion = b, a, 1 - t, motion.roll(2, 0)
    x = torch.cat([a, b, motion, torch.full_like(a[:1], t)])
    for axis in (2, 1):  # across, down
        if rng.random() < 0.5:
            x, between = x.flip(axis), between.flip(axis)
            x[[6, 8] if axis == 2 else [7, 9]] *= -1
    if rng.random() < 0.5:
        x, between = x.transpose(1, 2)[[0, 1, 2, 3, 4, 5, 7, 6, 9, 8, 10]], between.transpose(1, 2)
    return x, between


def _loss(recipe: Recipe, y: Tensor, batch: Batch) -> dict[str, Tensor]:
    """Give the squared error of every window over that of motion alone, as it is and made smaller.

    So a tenth of a dB counts alike, whether a window is hard or easy.  Made smaller, a thing that lies wrong counts as
    a whole.
    """
    with torch.no_grad():
        before = _motion_alone(batch.x) - batch.target
    apart, found = y - batch.target, []
    for _ in range(1 + PYRAMID):
        ours, floor = (one.square().flatten(1).mean(1) for one in (apart, before))
        found.append((ours / (floor + FLOOR)).mean())
        apart, before = F.avg_pool2d(apart, 2), F.avg_pool2d(before, 2)
    return {"pixel": found[0], "coarse": sum(found[1:], y.new_zeros(())) * (COARSE / PYRAMID)}


def _motion_alone(x: Tensor) -> Tensor:
    """Make the picture that windows have without a network, (B, 3, h, w)."""
    a, b, motion, t = torch.split(x, [3, 3, 4, 1], 1)
    judge = lambda known: torch.full_like(known[:, :OUTPUTS], 0.5)  # noqa: E731
    return synthesise(judge, a, b, motion, t[:, :, :1, :1], margin=_margin(x))


def _judge(network: nn.Module, recipe: Recipe, sources: Sequence[Source]) -> dict[str, float]:
    """Give the mean PSNR in dB over fixed windows: ours, motion alone, and a fade."""
    rows: dict[str, list[float]] = {"ours": [], "motion": [], "fade": []}
    device = next(network.parameters()).device
    for at in range(0, len(sources), 8):
        x, target = (torch.stack(parts) for parts in zip(*(_fixed(s) for s in sources[at : at + 8]), strict=True))
        a, b, t, margin = x[:, :3], x[:, 3:6], x[:, 10:, :1, :1], _margin(x)
        inner = (..., slice(margin, -margin), slice(margin, -margin))
        made = {
            "ours": network(x.to(device)).float().cpu(),
            "motion": _motion_alone(x),
            "fade": torch.lerp(a, b, t)[inner],
        }
        for name, y in made.items():
            rows[name] += psnr(y.clamp(0, 1), target[inner]).tolist()
    return {name: float(np.mean(values)) for name, values in rows.items()}


def _fixed(source: Source) -> tuple[Tensor, Tensor]:
    return _drawn(source.levels[0], np.random.default_rng(0))


def _build(recipe: Recipe, sources: Sequence[Source]) -> nn.Module:
    return Lesson(**recipe.config)


TASK = Task(_batch, _loss, _judge, _read, build=_build)

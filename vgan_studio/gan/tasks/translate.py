"""Translate: drawings of films, and what the network made of the moment before; the target is the film.

Wang et al. 2018 (vid2vid), arXiv:1808.06601.  Pairs by construction: the drawings are made of the film.  The network
learns on its own results: a few moments in a row are translated, one after the other.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, cast

import cv2
import numpy as np
import torch
from torch import Tensor, nn

from vgan_studio.errors import ModelError
from vgan_studio.gan.data import FILMS, Pixels, Source, Split
from vgan_studio.gan.drawn import drawn, short_sized
from vgan_studio.gan.flow import confidence, cut_between, flow, warp
from vgan_studio.gan.losses import charbonnier
from vgan_studio.gan.metrics import psnr
from vgan_studio.gan.networks.translate import Translate, seen
from vgan_studio.gan.recipes import Recipe

from .task import Batch, Task

ROW = 3  # moments that are translated one after the other
STEADY = 1.0  # weight of the difference from the last result, carried along, beside that from the film
WORTH = 3  # crops that are looked at, of which the one with most in it is taken

# The films of a domain: to learn from, and to validate with.
DOMAINS = {
    "cartoon": (("bbb_intro", "bbb_meadow", "bbb_wakeup"), ("bbb_bird",), 30),
    "outdoors": (
        ("london_", "highway_", "gopro_walk", "trees_traffic", "kings_cross", "juggle_"),
        ("street_tree",),
        12,
    ),
}
# Channels of a source: the moments, their drawings, two numbers for each motion as halves of float.
_PICTURES = 3 * ROW


class Lesson(Translate):
    """A `Translate` to train: it makes a few moments in a row, each from its own last one."""

    def forward(self, x: Tensor) -> Tensor:
        """(B, 6, ROW * H, W) to (B, 3, ROW * H, W): the moments stand one below the other.

        The channels are the drawing, the motion from the moment before, and how far that is believed.
        """
        made: list[Tensor] = []
        last = last_drawing = x.chunk(ROW, 2)[0][:, :3]
        for strip in x.chunk(ROW, 2):
            drawing, motion, belief = torch.split(strip, [3, 2, 1], 1)
            made.append(super().forward(seen(drawing, last_drawing, last, motion, belief)).float())
            last, last_drawing = made[-1].detach().clamp(0, 1), drawing
        return torch.cat(made, 2)


def _read(domain: str, kind: int, folders: Sequence[Path], part: Split) -> tuple[Source, ...]:
    """Read moments in a row, (H, W, 26) bytes: the pictures, their drawings, the motion between them."""
    learnt, judged, places = DOMAINS[domain]
    names = learnt if part == "train" else judged
    paths = {path for folder in folders for path in folder.rglob("*") if path.suffix.lower() in FILMS}
    wanted = [path for path in sorted(paths, key=lambda path: path.name) if path.name.startswith(names)]
    rows = [Source(f"{p.name}#{i}", (row,)) for p in wanted for i, row in enumerate(_rows(p, places, kind))]
    if not rows:
        raise ModelError(f"There is no film for {domain} in {', '.join(map(str, folders))}.")
    return tuple(rows)


def _rows(path: Path, places: int, kind: int) -> Iterator[Pixels]:
    film = cv2.VideoCapture(str(path))
    try:
        step = max(ROW, int(film.get(cv2.CAP_PROP_FRAME_COUNT)) // places)
        kept: list[Pixels] = []
        for index in range(step * places):
            if not film.grab():
                return
            if index % step < ROW:
                kept.append(_sized(cast(Pixels, film.retrieve()[1])))
            if len(kept) == ROW:
                row = _row(kept, kind)
                kept = []
                if row is not None:
                    yield row
    finally:
        film.release()


def _sized(frame: Pixels) -> Pixels:
    height, width = short_sized(*frame.shape[:2])
    return cast(
        Pixels, cv2.cvtColor(cv2.resize(frame, (width, height), interpolation=cv2.INTER_AREA), cv2.COLOR_BGR2RGB)
    )


def _row(frames: list[Pixels], kind: int) -> Pixels | None:
    pictures = torch.from_numpy(np.stack(frames)).permute(0, 3, 1, 2).float() / 255
    if cut_between(pictures[1:], pictures[:-1]).any():
        return None
    motion = flow(pictures[1:], pictures[:-1]).half().permute(2, 3, 0, 1).flatten(2).contiguous()
    drawings = (drawn(pictures, kind) * 255).round().to(torch.uint8)
    levels = [(pictures * 255).to(torch.uint8), drawings]
    parts = [part.permute(2, 3, 0, 1).flatten(2).numpy() for part in levels]
    return np.concatenate([*parts, motion.numpy().view(np.uint8)], 2)


def _batch(recipe: Recipe, sources: Sequence[Source], step: int) -> Batch:
    rng = np.random.default_rng((recipe.seed, step))
    cut = [max((_draw(sources, rng, recipe.side) for _ in range(WORTH)), key=_worth) for _ in range(recipe.batch)]
    whole = torch.from_numpy(np.stack([np.ascontiguousarray(one[..., : 2 * _PICTURES]) for one in cut])).float() / 255
    target, drawing = (_stood(part) for part in torch.split(whole.permute(0, 3, 1, 2), _PICTURES, 1))
    fields = np.stack([np.ascontiguousarray(one[..., 2 * _PICTURES :]).view(np.float16) for one in cut])
    motion = torch.from_numpy(fields).float().permute(0, 3, 1, 2)
    motion = torch.cat([torch.zeros_like(motion[:, :2]), motion], 1)  # (B, 2 * ROW, H, W)
    flipped = torch.from_numpy(rng.random(recipe.batch) < 0.5)[:, None, None, None]
    sign = torch.tensor([-1.0, 1.0]).repeat(ROW)[:, None, None]
    x = torch.cat([drawing, _stood(torch.where(flipped, motion.flip(3) * sign, motion), 2)], 1)
    x[:, :3] = torch.where(flipped, drawing.flip(3), drawing)
    target = torch.where(flipped, target.flip(3), target)
    x = torch.cat([x, _belief(x, target)], 1).contiguous(memory_format=torch.channels_last)
    return Batch(x, target.contiguous(memory_format=torch.channels_last), x[:, :3])


def _draw(sources: Sequence[Source], rng: np.random.Generator, side: int) -> Pixels:
    pixels = sources[int(rng.integers(len(sources)))].levels[0]
    top, left = (int(rng.integers(length - side + 1)) for length in pixels.shape[:2])
    return pixels[top : top + side, left : left + side]


def _worth(pixels: Pixels) -> float:
    return float(pixels[::3, ::3, :3].std())


def _stood(x: Tensor, channels: int = 3) -> Tensor:
    """Stand moments one below the other: (B, ROW * channels, H, W) to (B, channels, ROW * H, W)."""
    return torch.cat(torch.split(x, channels, 1), 2)


def _belief(x: Tensor, target: Tensor) -> Tensor:
    """Say how far the last moment is believed, from the film itself; the first of a row has none."""
    films, fields = target.chunk(ROW, 2), x[:, 3:5].chunk(ROW, 2)
    found = [torch.zeros_like(films[0][:, :1])]
    found += [confidence(films[i], warp(films[i - 1], fields[i])) for i in range(1, ROW)]
    return torch.cat(found, 2)


def _unsteady(y: Tensor, x: Tensor) -> Tensor:
    """Give the mean difference of results from the last ones, carried along, where that is believed."""
    made, fields, beliefs = (part.chunk(ROW, 2) for part in (y, x[:, 3:5], x[:, 5:]))
    apart = [((made[i] - warp(made[i - 1], fields[i])).abs() * beliefs[i]).mean() for i in range(1, ROW)]
    return torch.stack(apart).mean()


def _loss(recipe: Recipe, y: Tensor, batch: Batch) -> dict[str, Tensor]:
    return {"pixel": charbonnier(y, batch.target), "steady": STEADY * _unsteady(y, batch.x)}


def _judge(network: nn.Module, recipe: Recipe, sources: Sequence[Source]) -> dict[str, float]:
    """Give the mean PSNR in dB over 16 fixed rows, and the flicker in levels of 255: in a row, and one by one."""
    parts = [_batch(recipe, sources, step) for step in range(max(1, 16 // recipe.batch))]
    device = next(network.parameters()).device
    quality, row, alone = [], [], []
    for batch in parts:
        blind = batch.x.clone()
        blind[:, 5:] = 0
        y, z = (network(x.to(device)).float().cpu().clamp(0, 1) for x in (batch.x, blind))
        quality.append(float(psnr(y, batch.target).mean()))
        row.append(255 * float(_unsteady(y, batch.x)))
        alone.append(255 * float(_unsteady(z, batch.x)))
    return {"psnr": float(np.mean(quality)), "flicker": float(np.mean(row)), "alone": float(np.mean(alone))}


def _build(recipe: Recipe, sources: Sequence[Source]) -> nn.Module:
    return Lesson(**recipe.config)


def _task(domain: str, kind: int) -> Task:
    read = partial(_read, domain, kind)
    return Task(_batch, _loss, _judge, cast(Any, read), build=_build)


CARTOON = _task("cartoon", 0)
OUTDOORS = _task("outdoors", 1)

"""Learn the noise of one film from the film itself: each frame's successor shows the same with other noise.

Lehtinen et al. 2018 (Noise2Noise), arXiv:1803.04189; on frames that follow each other: Ehret et al. 2019,
arXiv:1811.12766.  The successor is fetched by whole pixels, so that its noise and its sharpness stay what they are, and
counts where motion is nearly whole and leads there and back.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast

import cv2
import numpy as np
import torch
from torch import Tensor, nn

from vgan_studio.errors import ModelError
from vgan_studio.gan.data import FILMS, Pixels, Source, Split, crop
from vgan_studio.gan.flow import confidence, cut_between, flow, warp
from vgan_studio.gan.recipes import Recipe

from .task import Batch, Task

PLACES = 16  # in the film, evenly apart
SIDE_LIMIT = 960  # of frames; larger ones are cut to their middle, not made smaller: that would take the noise away
NEARNESS = 0.2  # pixels from a whole one at which belief in the successor has fallen to 0.6


def _read(paths: Sequence[Path], part: Split) -> tuple[Source, ...]:
    """Read groups of four frames as (H, W, 13): the frame, twice what came before it, its successor, belief."""
    films = [film for path in paths for film in ([path] if path.is_file() else sorted(path.rglob("*")))]
    groups = [
        Source(f"{film.name}#{index}", (pixels,))
        for film in films
        if film.suffix.lower() in FILMS
        for index, pixels in enumerate(_groups(film))
    ]
    if not groups:
        raise ModelError(f"There is no film of four frames or more to learn from in {', '.join(map(str, paths))}.")
    return tuple(groups)


def _groups(path: Path) -> Iterator[Pixels]:
    film = cv2.VideoCapture(str(path))
    try:
        step = max(4, int(film.get(cv2.CAP_PROP_FRAME_COUNT)) // PLACES)
        kept: list[Pixels] = []
        for index in range(step * PLACES):
            if not film.grab():
                return
            if index % step < 4:
                kept.append(_middle(cast(Pixels, film.retrieve()[1])))
            if len(kept) == 4:
                if (group := _group(kept)) is not None:
                    yield group
                kept = []
    finally:
        film.release()


def _middle(frame: Pixels) -> Pixels:
    top, left = (max(0, (length - SIDE_LIMIT) // 2) for length in frame.shape[:2])
    return cast(Pixels, cv2.cvtColor(frame[top : top + SIDE_LIMIT, left : left + SIDE_LIMIT], cv2.COLOR_BGR2RGB))


def _group(frames: list[Pixels]) -> Pixels | None:
    first, before, now, after = (torch.from_numpy(x).permute(2, 0, 1)[None].float() / 255 for x in frames)
    if cut_between(now.expand(3, -1, -1, -1), torch.cat([first, before, after])).any():
        return None
    there = flow(now, after, careful=True)
    back = warp(flow(after, now, careful=True), there)
    whole = there.round()
    off = (there - whole).square().sum(1, keepdim=True)
    belief = torch.exp(-off / (2 * NEARNESS**2)) * ((there + back).square().sum(1, keepdim=True) < 1)
    fetched = warp(after, whole)
    belief = belief * confidence(now, fetched, tolerance=0.2)
    sides = [warp(other, flow(now, other)) for other in (before, first)]
    group = torch.cat([now, *sides, fetched, belief], 1)[0]  # (13, H, W)
    return cast(Pixels, (group * 255).round().to(torch.uint8).permute(1, 2, 0).contiguous().numpy())


def _batch(recipe: Recipe, sources: Sequence[Source], step: int) -> Batch:
    rng = np.random.default_rng((recipe.seed, step))
    cut = np.stack([crop(sources, rng, recipe.side) for _ in range(recipe.batch)])
    group = torch.from_numpy(cut).permute(0, 3, 1, 2).float() / 255  # (B, 13, side, side)
    x = group[:, :9].clone()
    alone = torch.from_numpy(rng.random(recipe.batch) < 0.2)[:, None, None, None]
    x[:, 3:] = torch.where(alone, x[:, :3].repeat(1, 2, 1, 1), x[:, 3:])
    x = torch.cat([x, torch.zeros_like(x[:, :1])], 1)
    return Batch(x.contiguous(memory_format=torch.channels_last), group[:, 9:12], weight=group[:, 12:])


def _loss(recipe: Recipe, y: Tensor, batch: Batch) -> dict[str, Tensor]:
    """L2, whose minimum is the mean, where the successor is believed."""
    assert batch.weight is not None
    apart = ((y - batch.target).square() * batch.weight).mean()
    return {"pixel": 20 * apart / batch.weight.mean().clamp(min=0.01)}


def _judge(network: nn.Module, recipe: Recipe, sources: Sequence[Source]) -> dict[str, float]:
    """Give how far the result is from the successors, in levels of 255, and how far the noisy frames are from them."""
    batch = _batch(recipe, sources, 0)
    device = next(network.parameters()).device
    y = network(batch.x.to(device)).float().cpu()
    noise = float(_loss(recipe, batch.x[:, :3], batch)["pixel"])
    return {"noisy": 255 * (noise / 20) ** 0.5, "left": 255 * (float(_loss(recipe, y, batch)["pixel"]) / 20) ** 0.5}


TASK = Task(_batch, _loss, _judge, _read)

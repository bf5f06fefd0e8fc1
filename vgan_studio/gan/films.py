"""Moments of films: a frame with the one before and the one after, carried onto it as the denoiser carries them."""

import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast

import cv2
import numpy as np
import torch

from vgan_studio.errors import ModelError

from . import flow
from .data import FILMS, Pixels, Source, Split, read_sources, split

PLACES = 5  # in every film, evenly apart
NOISE = (0.0, 40.0)  # of the pictures that the motion is estimated from, in levels of 255


def read_moments(folders: Sequence[Path], part: Split, least: int = 120) -> tuple[Source, ...]:
    """Read stills, (H, W, 3), and moments of films, (H, W, 9): the frame, the one before, the one after.

    Films are halved, which takes their codec's traces away.  Motion is estimated on noisy frames, so that it errs in
    training as it will in use.

    Args:
        folders, part: as for `read_sources`.
        least: smaller pictures are left out.

    Raises:
        ModelError: nothing usable is there.
    """
    paths = {path for folder in folders for path in folder.rglob("*") if path.suffix.lower() in FILMS}
    films = [path for path in sorted(paths, key=lambda path: path.name) if split(path) == part]
    moments = [
        Source(f"{path.name}#{index}", (pixels,))
        for path in films
        for index, pixels in enumerate(_moments(path))
        if min(pixels.shape[:2]) >= least
    ]
    try:
        stills = [source for source in read_sources(folders, part) if not _is_film(source)]
    except ModelError:
        stills = []
    if not stills and not moments:
        raise ModelError(f"There is nothing to learn from in {', '.join(str(folder) for folder in folders)}.")
    return (*stills, *moments)


def _is_film(source: Source) -> bool:
    return Path(source.name.partition("#")[0]).suffix.lower() in FILMS


def _moments(path: Path) -> Iterator[Pixels]:
    film = cv2.VideoCapture(str(path))
    rng = np.random.default_rng(zlib.crc32(path.name.encode()))
    try:
        step = max(3, int(film.get(cv2.CAP_PROP_FRAME_COUNT)) // PLACES)
        kept: list[Pixels] = []
        for index in range(step * PLACES):
            if not film.grab():
                return
            if abs(index % step - step // 2) <= 1:
                kept.append(_halved(cast(Pixels, film.retrieve()[1])))
            if len(kept) == 3:
                yield _aligned(kept, rng)
                kept = []
    finally:
        film.release()


def _halved(frame: Pixels) -> Pixels:
    half = cv2.resize(frame, (frame.shape[1] // 2, frame.shape[0] // 2), interpolation=cv2.INTER_AREA)
    return cast(Pixels, cv2.cvtColor(half, cv2.COLOR_BGR2RGB))


def _aligned(frames: list[Pixels], rng: np.random.Generator) -> Pixels:
    before, now, after = frames
    strength = rng.uniform(*NOISE) / 255
    clean = torch.from_numpy(np.stack([now, before, after])).permute(0, 3, 1, 2).float() / 255
    noisy = clean + strength * torch.from_numpy(rng.standard_normal(clean.shape, np.float32))
    motion = flow.flow(noisy[:1].expand(2, -1, -1, -1), noisy[1:])
    carried = flow.warp(clean[1:], motion)
    whole = torch.cat([clean[0], carried[0], carried[1]])  # (9, H, W)
    return cast(Pixels, (whole * 255).round().to(torch.uint8).permute(1, 2, 0).contiguous().numpy())

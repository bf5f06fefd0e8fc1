"""Moments of films as they are shot and sent: blurred, out of focus, coded, and the sharp frame that was meant."""

import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast

import cv2
import numpy as np
import torch

from vgan_studio.errors import ModelError

from . import blur, flow
from .coded import coded
from .data import FILMS, Pixels, Source, Split, read_sources, split, tensor

PLACES = 5  # in every film, evenly apart
LENGTH = 17  # frames around a place
WIDE, HIGH = 640, 384  # frames are cut to it
LEAST = 160  # smaller frames are left out
FACTORS = (23, 41)  # rate factors, half-open
SMEAR = (4.0, 14.0)  # how far the fast parts of a picture move in an exposure, in pixels, where the film has it
SEEN, STILL = 12, 128  # channels of a moment before what was meant; what stands for no motion in the last three
PAN = 11  # frames of a film that is made of a photo


def read_softened(folders: Sequence[Path], part: Split) -> tuple[Source, ...]:
    """Read stills, (H, W, 3), and moments, (H, W, 15): the frame as it came, its neighbours, motion, what was meant.

    The neighbours, the one before first, are carried onto the frame as the effect carries them.  Motion is as
    `flow.streaks` gives it, 0 being 128, a one 127 more.  A moment's name ends in "@" and its kind: sharp, blur, coded,
    or mixed (blurred, then coded).  Films are halved, which takes their own codec's traces away; of every large photo
    a slow pan is made and coded too.

    Raises:
        ModelError: nothing usable is there.
    """
    paths = {path for folder in folders for path in folder.rglob("*") if path.suffix.lower() in FILMS}
    films = [path for path in sorted(paths, key=lambda path: path.name) if split(path) == part]
    moments = [moment for path in films for moment in _of_film(path)]
    try:
        stills = [source for source in read_sources(folders, part) if not _is_film(source)]
    except ModelError:
        stills = []
    if not stills and not moments:
        raise ModelError(f"There is nothing to learn from in {', '.join(str(folder) for folder in folders)}.")
    pans = [moment for still in stills if not still.painted for moment in _of_photo(still)]
    return (*stills, *moments, *pans)


def kind(source: Source) -> str:
    """Say of what kind a moment is; "still" for a still."""
    return source.name.partition("@")[2] or "still"


def segments(path: Path, places: int = 2) -> Iterator[list[Pixels]]:
    """Give stretches of a film without a cut, its frames halved and cut to their middle."""
    film = cv2.VideoCapture(str(path))
    try:
        step = max(LENGTH, int(film.get(cv2.CAP_PROP_FRAME_COUNT)) // places)
        kept: list[Pixels] = []
        for index in range(step * places):
            if not film.grab():
                return
            if abs(index % step - step // 2) <= LENGTH // 2:
                kept.append(_halved(cast(Pixels, film.retrieve()[1])))
            if len(kept) == LENGTH:
                if min(kept[0].shape[:2]) >= LEAST and not _has_cut(kept):
                    yield kept
                kept = []
    finally:
        film.release()


def smear(moves: Sequence[blur.Floats], wanted: float) -> tuple[float, int, float]:
    """Choose an exposure: its span in intervals and its instants, 5 to 13; and say how far fast parts move in it."""
    fast = float(np.percentile(np.hypot(moves[0][..., 0], moves[0][..., 1]), 95))
    span = float(np.clip(wanted / max(fast, 1e-3), 1, 3))
    return span, int(np.clip(round(0.4 * fast * span), 2, 6)) * 2 + 1, fast * span


def moment(three: Sequence[Pixels], meant: Pixels) -> Pixels:
    """Put the second of three frames, its neighbours carried onto it, motion and what was meant together."""
    before, now, after = three
    x, *others = map(tensor, (now, before, after))
    ways = [flow.flow(x, other) for other in others]
    carried = [255 * flow.warp(other, way) for other, way in zip(others, ways, strict=True)]
    moved = STILL + (255 - STILL) * flow.streaks(x, *ways)
    sides = [one[0].round().to(torch.uint8).permute(1, 2, 0).numpy() for one in (*carried, moved)]
    return cast(Pixels, np.concatenate([now, *sides, meant], 2))


def _of_film(path: Path) -> Iterator[Source]:
    rng = np.random.default_rng(zlib.crc32(path.name.encode()))
    for index, frames in enumerate(segments(path, PLACES)):
        for name, pixels in _moments(frames, rng):
            yield Source(f"{path.name}#{index}@{name}", (pixels,))


def _moments(frames: list[Pixels], rng: np.random.Generator) -> Iterator[tuple[str, Pixels]]:
    middle = LENGTH // 2
    yield "sharp", moment(frames[middle - 1 : middle + 2], frames[middle])
    yield from (("coded", pixels) for pixels in _coded(frames, rng, (middle, LENGTH - 3)))
    moves = blur.motions(frames)
    spans = []
    for _ in range(2):
        span, count, far = smear(moves[middle:], rng.uniform(*SMEAR))
        if 1 < far < 30:
            stride = int(np.ceil(span))
            three = [blur.exposed(frames, moves, middle + at, span, count) for at in (-stride, 0, stride)]
            yield "blur", moment(three, frames[middle])
            spans.append((span, count))
    yield "mixed", _mixed(frames, moves, rng, spans)


def _mixed(
    frames: list[Pixels], moves: list[blur.Floats], rng: np.random.Generator, spans: list[tuple[float, int]]
) -> Pixels:
    """Blur every second frame, or put it out of focus, and code that."""
    places = range(2, LENGTH - 2, 2)
    if spans and rng.random() < 0.7:
        span, count = spans[-1]
        soft = [blur.exposed(frames, moves, at, min(span, 2.0), count) for at in places]
    else:
        kernel = blur.out_of_focus(rng)
        soft = [blur.smeared(frames[at], kernel) for at in places]
    after = coded(soft, int(rng.integers(FACTORS[0], 37)))
    return moment(after[2:5], frames[places[3]])


def _coded(frames: list[Pixels], rng: np.random.Generator, places: Sequence[int]) -> Iterator[Pixels]:
    """Code by two rate factors, one of either half of the range."""
    least, most = FACTORS
    for low, high in ((least, (least + most) // 2), ((least + most) // 2, most)):
        after = coded(frames, int(rng.integers(low, high)))
        for at in places:
            yield moment(after[at - 1 : at + 2], frames[at])


def _of_photo(still: Source) -> Iterator[Source]:
    rng = np.random.default_rng(zlib.crc32(still.name.encode()))
    pixels = still.levels[min(1, len(still.levels) - 1)]
    if min(pixels.shape[:2]) >= HIGH:
        for after in _coded(_pan(pixels, rng), rng, (PAN - 4,)):
            yield Source(f"{still.name}@coded", (after,))


def _pan(pixels: Pixels, rng: np.random.Generator) -> list[Pixels]:
    """Let a camera glide and turn a little over a photo."""
    high, wide = (length // 2 * 2 for length in (HIGH * 3 // 4, WIDE * 3 // 4))
    wide = min(wide, pixels.shape[1] // 2 * 2)
    room = np.array([pixels.shape[1] - wide, pixels.shape[0] - high])
    start, speed = rng.random(2) * room, rng.uniform(-5, 5, 2)
    turn, zoom = rng.normal(0, 0.002), rng.normal(0, 0.002)
    frames = []
    for index in range(PAN):
        angle, scale = turn * index, 1 + zoom * index
        turned = scale * np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        middle = np.array([wide / 2, high / 2])
        at = np.clip(start + speed * index, 0, room)
        matrix = np.column_stack([turned, middle - turned @ middle + at])
        how = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
        frames.append(cv2.warpAffine(pixels, matrix, (wide, high), flags=how, borderMode=cv2.BORDER_REFLECT_101))
    return cast(list[Pixels], frames)


def _halved(frame: Pixels) -> Pixels:
    high, wide = (length // 4 * 2 for length in frame.shape[:2])
    half = cv2.resize(frame, (wide, high), interpolation=cv2.INTER_AREA)
    top, left = max(0, (high - HIGH) // 4 * 2), max(0, (wide - WIDE) // 4 * 2)
    return cast(Pixels, cv2.cvtColor(half[top : top + HIGH, left : left + WIDE], cv2.COLOR_BGR2RGB))


def _has_cut(frames: list[Pixels]) -> bool:
    film = torch.from_numpy(np.stack(frames)).permute(0, 3, 1, 2).float() / 255
    return bool(flow.cut_between(film[:-1], film[1:]).any())


def _is_film(source: Source) -> bool:
    return Path(source.name.partition("#")[0]).suffix.lower() in FILMS

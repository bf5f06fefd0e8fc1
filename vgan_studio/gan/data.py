"""Endless crops from pictures and films.  A batch is a pure function of (seed, step)."""

import hashlib
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from vgan_studio.errors import ModelError

log = logging.getLogger(__name__)

Split = Literal["train", "validation", "test", "unused"]
Pixels = NDArray[np.uint8]  # (H, W, 3), R'G'B'

TEST = ("kodim", "kodak-")
VALIDATION = (
    "budgie-canyon-wren", "budgie-taipei-city", "budgie-the-spices-of-life", "elementary-rob-bye",
    "elementary-water-lily", "nasa-astronaut", "wikipd-043", "street_tree", "tos_", "sign_",
)  # fmt: skip
# Share-alike pictures: whether weights are an adaptation of them need not be asked if they are left out.
UNUSED = ("fox", "hato", "elementary-musca-domestica", "elementary-rose-leaf")

PICTURES = {".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff"}
FILMS = {".mp4", ".mkv", ".mov", ".webm", ".avi"}
FRAMES_PER_FILM = 3
PIXELS_LIMIT = 64_000_000
# The finest level is the file as it is.  Halved, it is free of its codec's traces; at a quarter, large photos are as
# dense as small pictures are, where a crop holds much.
LEVELS = (1.0, 0.5, 0.25)

# How the low-resolution picture is made, by shares of the batch; the last `DIRTY` of it also gets JPEG and noise.
KERNELS = (("bicubic", 0.8), ("area", 0.1), ("bilinear", 0.1))
DIRTY = 0.1

# Of pictures that are seen in other colours: how much brighter, and the logarithm of the gamma.
GAINS = (0.75, 1.1)
BENT = 0.35


@dataclass(frozen=True, slots=True)
class Source:
    """A picture to cut crops from, at several sizes, the largest first; `painted` or taken by a camera."""

    name: str
    levels: tuple[Pixels, ...]
    painted: bool = False


def split(path: Path) -> Split:
    """Say what a file may be used for.  It is decided by its name alone, so that it never changes."""
    if "benchmarks" in path.parts or path.name.startswith(TEST):
        return "test"
    if path.name.startswith(UNUSED):
        return "unused"
    return "validation" if path.name.startswith(VALIDATION) else "train"


def test_sets(folders: Sequence[Path]) -> dict[str, list[Path]]:
    """Give the test pictures by the name of their set: `Kodak` for `kodim*`, else the name of their folder."""
    found: dict[str, list[Path]] = {}
    for path in sorted(path for folder in folders for path in folder.rglob("*")):
        if path.suffix.lower() in PICTURES and split(path) == "test":
            kodak = path.name.startswith("kodim")
            if kodak or "benchmarks" in path.parts:
                found.setdefault("Kodak" if kodak else path.parent.name, []).append(path)
    return found


def read_sources(folders: Sequence[Path], part: Split, least: int = 240) -> tuple[Source, ...]:
    """Read the pictures, and a few frames of the films, that belong to a part of the data.

    Args:
        folders: searched through to the bottom.
        part: which of the files to read, see `split`.
        least: smaller pictures are left out.

    Raises:
        ModelError: nothing usable is there.
    """
    paths = sorted({path for folder in folders for path in folder.rglob("*") if path.is_file()}, key=lambda p: p.name)
    sources = []
    for path in paths:
        if split(path) != part:
            continue
        for index, pixels in enumerate(_read(path)):
            levels = tuple(
                level for level in _levels(pixels, film=path.suffix in FILMS) if min(level.shape[:2]) >= least
            )
            if levels:
                sources.append(Source(f"{path.name}#{index}", levels, "styles" in path.parts))
    if not sources:
        names = ", ".join(str(folder) for folder in folders)
        raise ModelError(f"There are no pictures to learn from in {names}.")
    return tuple(sources)


def digest(sources: Sequence[Source]) -> str:
    """Give a digest of all pixels, to tell whether two trainings saw the same data."""
    whole = hashlib.sha256()
    for source in sources:
        whole.update(source.name.encode())
        whole.update(np.ascontiguousarray(source.levels[-1]).tobytes())
    return whole.hexdigest()[:16]


def crops(
    sources: Sequence[Source], *, seed: int, step: int, batch: int, side: int, scale: int, recoloured: float = 0.0
) -> tuple[Tensor, Tensor]:
    """Cut a batch of pairs; the same (seed, step) gives the same batch.

    Args:
        side: of the low-resolution crop, in pixels.
        scale: how many times larger the target is.
        recoloured: share of the crops that are seen in other colours, see `recolour`.

    Returns:
        low (B, 3, side, side) and high (B, 3, side * scale, side * scale), float in [0, 1], rounded to 8 bits.
    """
    rng = np.random.default_rng((seed, step))
    cut = np.stack([crop(sources, rng, side * scale) for _ in range(batch)])
    high = torch.from_numpy(cut).permute(0, 3, 1, 2).float() / 255  # (B, 3, H, W), channels_last
    for index in range(batch):
        if rng.random() < recoloured:
            high[index] = (recolour(high[index], rng) * 255).round() / 255
    return _shrink(high, scale, rng), high


def crop(sources: Sequence[Source], rng: np.random.Generator, side: int, tries: int = 2) -> Pixels:
    """Draw a few crops and keep the one with most in it: skies teach little."""
    chosen = max((_draw(sources, rng, side) for _ in range(tries)), key=lambda pixels: float(pixels[::3, ::3].std()))
    if rng.random() < 0.5:
        chosen = chosen[:, ::-1]
    return np.ascontiguousarray(np.rot90(chosen, int(rng.integers(4))))


def recolour(pictures: Tensor, rng: np.random.Generator) -> Tensor:
    """Exchange the three colours and bend each: the same scene in another light.

    Args:
        pictures: (3 n, H, W) in [0, 1]; all n get the same.
    """
    whole = pictures.reshape(-1, 3, *pictures.shape[1:])[:, rng.permutation(3)]
    gain = torch.from_numpy(rng.uniform(*GAINS, 3)).float()[:, None, None]
    bent = whole.pow(float(np.exp(rng.uniform(-BENT, BENT)))) * gain
    return bent.clamp(0, 1).reshape(pictures.shape)


def tensor(pixels: Pixels) -> Tensor:
    """Give a picture (H, W, C) as (1, C, H, W) in [0, 1]."""
    return torch.from_numpy(np.ascontiguousarray(pixels)).permute(2, 0, 1)[None].float() / 255


def _draw(sources: Sequence[Source], rng: np.random.Generator, side: int) -> Pixels:
    source = sources[int(rng.integers(len(sources)))]
    level = source.levels[int(rng.integers(len(source.levels)))]
    top, left = (int(rng.integers(size - side + 1)) for size in level.shape[:2])
    return level[top : top + side, left : left + side]


def _shrink(high: Tensor, scale: int, rng: np.random.Generator) -> Tensor:
    """Make the low-resolution batch: which crop gets which kernel follows from its place in the batch."""
    size = (high.shape[2] // scale, high.shape[3] // scale)
    counts = [round(len(high) * share) for _, share in KERNELS[:-1]]
    parts = torch.split(high, [*counts, len(high) - sum(counts)])
    small = []
    for (kernel, _), part in zip(KERNELS, parts, strict=True):
        if len(part):
            smooth = kernel != "area"
            small.append(F.interpolate(part, size, mode=kernel, antialias=smooth))
    low = torch.cat(small).clamp(0, 1).mul(255).round()
    dirty = round(len(low) * DIRTY)
    for index in range(len(low) - dirty, len(low)):
        low[index] = _spoil(low[index], rng)
    return (low / 255).contiguous(memory_format=torch.channels_last)


def _spoil(levels: Tensor, rng: np.random.Generator) -> Tensor:
    """Add a little noise and the traces of a codec.  (3, H, W) in 0..255, both ways."""
    pixels = levels.permute(1, 2, 0).numpy()
    noisy = pixels + rng.normal(0, rng.uniform(0, 4), pixels.shape)
    quality = [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(60, 96))]
    coded = cv2.imencode(".jpg", noisy.clip(0, 255).round().astype(np.uint8), quality)[1]
    return torch.from_numpy(cv2.imdecode(coded, cv2.IMREAD_COLOR)).permute(2, 0, 1).float()


def _read(path: Path) -> Iterator[Pixels]:
    if path.suffix.lower() in PICTURES:
        picture = cv2.imread(str(path), cv2.IMREAD_COLOR)
        if picture is None or picture.size > 3 * PIXELS_LIMIT:
            log.warning("%s is left out: it cannot be read, or is too large.", path)
            return
        yield cast(Pixels, cv2.cvtColor(picture, cv2.COLOR_BGR2RGB))
    elif path.suffix.lower() in FILMS:
        yield from _read_film(path)


def _read_film(path: Path) -> Iterator[Pixels]:
    """Give a few frames, evenly apart."""
    film = cv2.VideoCapture(str(path))
    try:
        step = max(1, int(film.get(cv2.CAP_PROP_FRAME_COUNT)) // FRAMES_PER_FILM)
        for index in range(step * FRAMES_PER_FILM):
            if not film.grab():
                return
            if index % step == step // 2:
                yield cast(Pixels, cv2.cvtColor(film.retrieve()[1], cv2.COLOR_BGR2RGB))
    finally:
        film.release()


def _levels(pixels: Pixels, film: bool) -> Iterator[Pixels]:
    for level in LEVELS[1:] if film else LEVELS:
        size = (round(pixels.shape[1] * level), round(pixels.shape[0] * level))
        yield pixels if level == 1 else cast(Pixels, cv2.resize(pixels, size, interpolation=cv2.INTER_AREA))

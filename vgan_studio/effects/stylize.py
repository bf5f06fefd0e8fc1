"""The effect that paints: in the style of painters, or of pictures of the user's."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from stat import S_ISREG
from typing import Any

import numpy as np
import torch
from torch import Tensor

from vgan_studio.engine.run import Engine
from vgan_studio.errors import EffectError, MediaError
from vgan_studio.gan.networks.stylize import GRAIN, grain
from vgan_studio.gan.painter import bound, code_of, fitted, stylist
from vgan_studio.gan.recipes.stylize import STYLES
from vgan_studio.gan.weights import Model, find_model, read_model
from vgan_studio.media.reader import VideoReader
from vgan_studio.picture import Picture, from_pixels

from .light import luma, straight
from .mixed import laid
from .spec import Choice, File, Number, Seed, Toggle, Weights, effect, passing

LIMIT_BYTES = 64 << 20
LIMIT_PIXELS = 64_000_000
_STEPS = 20  # of `strength` and `mix`: each is a network of its own, and nobody sees finer ones
_NONE = "none"
_FILES = ("picture", "picture2", "picture3", "picture4", "picture5")
_PICTURES = File((".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff"))

log = logging.getLogger(__name__)


def _as_painted(told: Mapping[str, Any]) -> bool:
    return not told["keep_colours"] and bool(told["strength"] != 0)


@passing(_as_painted)
def _finished(x: Picture, heavy: Picture | None, *, strength: float, keep_colours: bool) -> Picture:
    """Give the painted picture, or its luma with the colours of the picture itself; at strength 0 that one as it is."""
    if heavy is None or strength == 0:
        return x
    heavy = heavy.to(x.device)
    if not keep_colours:
        return heavy
    painted, own = straight(heavy), straight(x)
    colour = (own + luma(painted) - luma(own)).clamp(0, 1)
    return torch.cat([colour * x[:, 3:], x[:, 3:]], 1)


def _idle(told: Mapping[str, Any]) -> set[str]:
    """Name the share of a second painter where there is none, and the first one where pictures take his place."""
    return ({"mix"} if told["second"] == _NONE else set()) | ({"style"} if any(told[one] for one in _FILES) else set())


@effect(
    "gan.stylize",
    "Stylize",
    heavy=True,
    finish=_finished,
    live=("keep_colours",),
    both=("strength",),
    grid=GRAIN,
    version=3,
    idle=_idle,
    style=Choice("van-gogh", tuple(STYLES)),
    strength=Number(1.0, 0.0, 1.0),
    second=Choice(_NONE, (_NONE, *STYLES)),
    mix=Number(0.5, 0.0, 1.0),
    keep_colours=Toggle(False),
    stabilise=Number(0.0, 0.0, 1.0),
    seed=Seed(),
    picture=_PICTURES,
    picture2=_PICTURES,
    picture3=_PICTURES,
    picture4=_PICTURES,
    picture5=_PICTURES,
    model=Weights("stylize"),
)
def stylize(
    x: Picture, *, engine: Engine, style: str, strength: float, second: str, mix: float, seed: int, picture: str,
    picture2: str, picture3: str, picture4: str, picture5: str, model: str,
) -> Picture:  # fmt: skip
    """Paint in a style: a feed-forward network, whose weights follow from 64 numbers that are the style.

    Johnson et al. 2016, arXiv:1603.08155; the numbers of a picture nobody taught it: Liu et al. 2019 (FUNIT),
    arXiv:1905.01723.  Half the numbers are half the style; of two styles they are averaged.

    Where a picture is even, strokes grow of a grain that stays where it is on the picture.

    Args:
        style: of a painter.
        picture, picture2, ...: files whose style, averaged, is taken instead.
        second, mix: another painter, and how much of him, from 0 to 1.
        seed: where in the grain the picture begins: with another one the strokes lie otherwise.

    Raises:
        EffectError: a picture cannot be read.
        ModelError: there is no such model.
    """
    share = -(-round(strength * 1000) * _STEPS // 1000) / _STEPS
    if share == 0:
        return x.clone()
    files = tuple(file for file in (picture, picture2, picture3, picture4, picture5) if file)
    blend = round(mix * _STEPS) / _STEPS if second != _NONE else 0.0
    mixed = _Mixture(style, tuple(map(_stamped, files)), second, blend)
    network = _painter(_model(model or "stylize"), mixed, share)
    return laid(engine, engine.run(network, _grained(x, seed)), x[:, 3:])


def _grained(x: Picture, seed: int) -> Tensor:
    """Put the grain in the place of alpha, see `networks.stylize.grained`."""
    y = x.clone()
    y[:, 3:] = _grain(*x.shape[2:], seed).to(x.device)
    return y


@lru_cache(maxsize=2)
def _grain(height: int, width: int, seed: int) -> Tensor:
    down, across = np.random.default_rng(seed).integers(GRAIN, size=2).tolist() if seed else (0, 0)
    return grain(height, width, (down, across))


def _model(wanted: str) -> Model:
    """Give a model; one whose file has not changed is read once."""
    path = find_model(wanted)
    state = path.stat()
    return _read_model(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=2)
def _read_model(path: Path, changed_ns: int, size: int) -> Model:
    log.debug("reading %s of %d bytes, changed at %d", path, size, changed_ns)
    return read_model(path)


@dataclass(frozen=True, slots=True)
class _Mixture:
    style: str
    files: tuple[tuple[str, int, int], ...]
    second: str
    mix: float


@lru_cache(maxsize=32)
def _painter(model: Model, wanted: _Mixture, share: float) -> Model:
    """Make the network of a style once."""
    pictures = [_reference(*file) for file in wanted.files]
    code = code_of(stylist(model), pictures) if pictures else _kept(model, wanted.style)
    if wanted.mix:
        code = code.lerp(_kept(model, wanted.second), wanted.mix)
    return bound(model, code * share)


def _kept(model: Model, style: str) -> Tensor:
    codes = stylist(model).codes
    place = list(STYLES).index(style)
    if place >= len(codes):
        raise EffectError(f"The model {model.card.name} does not know the style {style}.")
    return codes[place]


def _stamped(file: str) -> tuple[str, int, int]:
    """Give a file with what tells whether it has changed."""
    try:
        stat = Path(file).stat()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise EffectError(f"Cannot read the picture {file}: {reason}.") from error
    if not S_ISREG(stat.st_mode) or stat.st_size > LIMIT_BYTES:
        raise EffectError(f"The picture {file} is not a file of at most {LIMIT_BYTES >> 20} MiB.")
    return file, stat.st_mtime_ns, stat.st_size


@lru_cache(maxsize=16)
def _reference(file: str, changed_ns: int, size: int) -> Tensor:
    """Read a picture of the user's, (3, H, W), small, over grey where it is transparent.

    Raises:
        EffectError: it is none, or a vast one.
    """
    log.debug("reading %s of %d bytes, changed at %d", file, size, changed_ns)
    try:
        with VideoReader(file, threads=1) as reader:
            raw = reader.at(Fraction(0))
            if raw.width * raw.height > LIMIT_PIXELS:
                raise EffectError(f"The picture {file} has over {LIMIT_PIXELS // 10**6} million pixels.")
            shown = from_pixels(torch.from_numpy(raw.pixels())[None])
    except MediaError as error:
        raise EffectError(f"Cannot read the picture {file}: {error}") from error
    return fitted(shown[0, :3] + (1 - shown[0, 3:]) * 0.5)

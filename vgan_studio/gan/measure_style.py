"""Measure a painter on pictures and films that no training sees, in styles that it keeps and in others.

    vgan evaluate stylize --data DIR...

Style distance is `style.style_distance` as the measuring FeatNet sees it, from 0 to 2: to a kept painter's pictures,
and to all the pictures of a folder when the style is taken from one to five others of them.  Beside it stand the input
as it is, and with its colours moved to the references' mean and spread (Reinhard et al. 2001, doi:10.1109/38.946629).
Flicker is the warp error (`metrics.warp_error`) of the painted film over the film's own, frame by frame, nothing
stabilised; films are halved.
"""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import Tensor, nn

from vgan_studio.errors import ModelError

from .data import FILMS, PICTURES, split
from .figures import Figure
from .metrics import psnr, warp_error
from .networks.stylize import FOLD, Stylist
from .painter import HEIGHT, code_of, fitted, stylist
from .recipes.stylize import STYLES
from .style import look, statistics, style_distance
from .weights import Model, find_model, read_model

FRAMES = 10
MOST = 5  # references
SCENES = 6
FAINT = 0.05  # of a style: how far from the picture is the least that a person can ask for?


@dataclass(frozen=True, slots=True)
class Group:
    """Paintings that are of one kind, each (3, H, W) at the size at which styles are read."""

    name: str
    paintings: tuple[Tensor, ...]


@torch.inference_mode()
def figures(models: Sequence[Model], folders: Sequence[Path]) -> Iterator[Figure]:
    """Measure models; see the module.

    Raises:
        ModelError: one is no stylist, or there are neither test photos nor films.
    """
    eyes = read_model(find_model("features-measure")).network
    photos, films = scenes(folders), list(_films(folders))
    if not photos and not films:
        raise ModelError(f"There is nothing to measure with in {', '.join(map(str, folders))}.")
    groups = list(_groups(folders))
    for model in models:
        network = stylist(model)
        name = model.card.name
        for x in photos[:1]:
            faint = network.paint(x, FAINT * network.codes[:1])
            yield Figure(f"{FAINT:.0%} of a style", name, "PSNR to the picture, dB", float(psnr(faint, x)))
        yield from _kept(network, eyes, photos, folders, name)
        for group in groups:
            yield from few_shot(network, eyes, photos, group, name)
        for film, frames in films:
            yield from _flicker(network, film, frames, name)


def few_shot(network: Stylist, eyes: nn.Module, photos: Sequence[Tensor], group: Group, name: str) -> Iterator[Figure]:
    """Measure how near the style of a whole group comes when it is taken from one to five of its paintings.

    Of every photo the references are drawn anew; those for two are those for one and another.
    """
    wanted = means([seen_style(eyes, one) for one in group.paintings])
    order = np.random.default_rng(zlib.crc32(group.name.encode()))
    draws = [order.permutation(len(group.paintings))[:MOST] for _ in photos]
    for count in range(1, MOST + 1):
        found = []
        for x, drawn in zip(photos, draws, strict=True):
            code = code_of(network, [group.paintings[int(place)] for place in drawn[:count]])
            found.append(distance(eyes, network.paint(x, code[None]), wanted))
        yield Figure(f"{group.name}, {count} of them", name, "style distance", float(np.mean(found)))


def _kept(
    network: Stylist, eyes: nn.Module, photos: Sequence[Tensor], folders: Sequence[Path], name: str
) -> Iterator[Figure]:
    there = {path.name: path for path in _files(folders, PICTURES)}
    for place, (style, files) in enumerate(list(STYLES.items())[: len(network.codes)]):
        paintings = [fitted(read(there[file])) for file in files if file in there]
        if not paintings or not photos:
            continue
        wanted = means([seen_style(eyes, one) for one in paintings])
        ways = {
            name: [network.paint(x, network.codes[place : place + 1]) for x in photos],
            "the picture itself": list(photos),
            "colours matched": [matched(x, paintings) for x in photos],
        }
        for method, painted in ways.items():
            yield Figure(style, method, "style distance", float(np.mean([distance(eyes, y, wanted) for y in painted])))


def _flicker(network: Stylist, film: str, frames: Sequence[Tensor], name: str) -> Iterator[Figure]:
    own = warp_error(frames, frames)
    ratios = []
    for code in network.codes:
        painted = [network.paint(x, code[None]).clamp(0, 1) for x in frames]
        ratios.append(warp_error(painted, frames) / own)
    yield Figure(film, name, "flicker over the film's own", float(np.mean(ratios)))


def seen_style(eyes: nn.Module, picture: Tensor) -> list[Tensor]:
    """Give the statistics of a picture, (3, H, W) or (1, 3, H, W)."""
    x = picture.reshape(1, *picture.shape[-3:])
    return statistics(look(eyes, x), x)


def means(found: Sequence[Sequence[Tensor]]) -> list[Tensor]:
    """Average the statistics of several pictures."""
    return [torch.stack(parts).mean(0) for parts in zip(*found, strict=True)]


def distance(eyes: nn.Module, y: Tensor, wanted: Sequence[Tensor]) -> float:
    """Give how far a picture's style, strokes and palette alike, is from the wanted one, from 0 to 2."""
    strokes, palette = style_distance(seen_style(eyes, y.clamp(0, 1)), wanted)
    return float(strokes + palette) / 2


def matched(x: Tensor, references: Sequence[Tensor]) -> Tensor:
    """Move the colours of a picture, (1, 3, H, W), to the references' mean and spread, channel by channel."""
    pixels = torch.cat([one.flatten(1) for one in references], 1)
    mean, deviation = (part[None, :, None, None] for part in (pixels.mean(1), pixels.std(1)))
    own_mean, own_deviation = x.mean((2, 3), keepdim=True), x.std((2, 3), keepdim=True).clamp(min=1e-3)
    return ((x - own_mean) / own_deviation * deviation + mean).clamp(0, 1)


def scenes(folders: Sequence[Path]) -> list[Tensor]:
    """Read the first test photos, (1, 3, H, W) each, made as small as a film is."""
    paths = [path for path in _files(folders, PICTURES) if split(path) == "test"]
    return [_folded(fitted(read(path)))[None] for path in paths[:SCENES]]


def _groups(folders: Sequence[Path]) -> Iterator[Group]:
    """Give the folders of paintings that hold twice as many as are ever taken for references."""
    kinds: dict[str, list[Path]] = {}
    for path in _files(folders, PICTURES):
        if "styles" in path.parts:
            kinds.setdefault(path.parent.name, []).append(path)
    for name, paths in kinds.items():
        if len(paths) >= 2 * MOST:
            yield Group(name, tuple(fitted(read(path)) for path in paths[: 3 * MOST]))


def _films(folders: Sequence[Path]) -> Iterator[tuple[str, list[Tensor]]]:
    for path in (path for path in _files(folders, FILMS) if split(path) == "validation"):
        film = cv2.VideoCapture(str(path))
        read_ones = [film.read() for _ in range(FRAMES)]
        film.release()
        yield path.name, [_halved(frame) for good, frame in read_ones if good]


def _files(folders: Sequence[Path], suffixes: set[str]) -> list[Path]:
    found = {path for folder in folders for path in folder.rglob("*") if path.suffix.lower() in suffixes}
    return sorted(found, key=lambda path: (path.name, str(path)))


def read(path: Path) -> Tensor:
    """Read a picture as (3, H, W) in [0, 1]."""
    pixels = cv2.imread(str(path), cv2.IMREAD_COLOR)
    if pixels is None:
        raise ModelError(f"{path} cannot be read.")
    return _tensor(pixels)


def _halved(frame: "cv2.typing.MatLike") -> Tensor:
    scale = min(0.5, HEIGHT / min(frame.shape[:2]))
    size = round(frame.shape[1] * scale), round(frame.shape[0] * scale)
    return _folded(_tensor(cv2.resize(frame, size, interpolation=cv2.INTER_AREA)))[None]


def _tensor(pixels: "cv2.typing.MatLike") -> Tensor:
    return torch.from_numpy(np.ascontiguousarray(pixels[..., ::-1])).permute(2, 0, 1).float() / 255


def _folded(x: Tensor) -> Tensor:
    """Cut to sides that the network takes, (3, H, W)."""
    return x[:, : x.shape[1] // FOLD * FOLD, : x.shape[2] // FOLD * FOLD]

"""Learn to paint: any picture in the style of any other, by what a FeatNet sees in both.

Johnson et al. 2016, arXiv:1603.08155, with one network for all styles (see `networks.stylize`), and with results that
stay where they are when the picture moves by a pixel or is a little noisy, or films would flicker.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import Tensor, nn

from vgan_studio.gan.data import Pixels, Source, Split, crop, read_sources
from vgan_studio.gan.networks.stylize import FOLD, Stylist
from vgan_studio.gan.painter import HEIGHT, code_of, fitted
from vgan_studio.gan.recipes import Recipe
from vgan_studio.gan.recipes.stylize import STYLES
from vgan_studio.gan.style import content_distance, lattice, look, roughness, statistics, style_distance
from vgan_studio.gan.weights import find_model, read_model

from .task import Batch, Task

SIDE = 256  # of the part of a painting that is looked at
VIEWS = 4  # of every painting; in the later two its colours are exchanged
KNOWN = 0.9  # share of the batch that is painted in the styles that are kept
HELD_OUT = 8  # every so many'th painting is not learnt from, unless it is of a style that is kept
NOISE, SHIFT = 4 / 255, 4  # of the copy that must be painted alike
PALETTE, CONTENT, ROUGH, STEADY, LATTICE, OUTSIDE = 1.0, 0.25, 2.0, 15.0, 100.0, 20.0  # beside that of the strokes


@dataclass(frozen=True, slots=True)
class Painted(Batch):
    """A batch with the paintings whose style is wanted.

    Attributes:
        pictures: (B - 1, K, 3, SIDE, SIDE), the references; the last picture has those of the first, whose copy it is.
        wanted: the statistics of their style, each (B, C, C).
        shift: by how many pixels, down and across, the last picture is moved.
    """

    pictures: Tensor = field(default_factory=lambda: torch.empty(0))
    wanted: tuple[Tensor, ...] = ()
    shift: tuple[int, int] = (0, 0)

    def to(self, device: str) -> "Painted":
        """Move it to a device."""
        if device == "cpu":
            return self
        return Painted(
            self.x.to(device), self.target.to(device), pictures=self.pictures.to(device),
            wanted=tuple(one.to(device) for one in self.wanted), shift=self.shift,
        )  # fmt: skip

    def given_to(self, network: nn.Module) -> Tensor:
        """Give what the network makes of it."""
        assert isinstance(network, Stylist)
        codes = network.encode(self.pictures)
        return network.paint(self.x, torch.cat([codes, codes[:1]]))


def _read(folders: Sequence[Path], part: Split) -> tuple[Source, ...]:
    """Read photos, frames of films, and paintings: of those that are not of a kept style, some are for validation."""
    sources = read_sources(folders, "train")
    paintings = [source for source in sources if source.painted]
    if part == "train":
        scenes = [source for source in sources if not source.painted]
        return (*scenes, *(one for one in paintings if not held_out(one.name)))
    return (*read_sources(folders, part), *(one for one in paintings if held_out(one.name)))


def held_out(name: str) -> bool:
    """Tell whether a painting is kept from the training."""
    file = name.partition("#")[0]
    kept = any(file in files for files in STYLES.values())
    return not kept and zlib.crc32(file.encode()) % HELD_OUT == 0


def _build(recipe: Recipe, sources: Sequence[Source]) -> nn.Module:
    """Make the network, and give it the paintings of the styles that it will keep."""
    network = Stylist(**recipe.config)
    there = {one.name.partition("#")[0]: one for one in sources if one.painted}
    for files in list(STYLES.values())[: len(network.codes)]:
        found = [there[file].levels[0] for file in files if file in there]
        network.examples.append([fitted(_tensor(pixels)) for pixels in found])
    return network


def _ship(network: nn.Module) -> nn.Module:
    """Write down the codes of the kept styles; those without a painting stay no style at all."""
    assert isinstance(network, Stylist)
    for place, pictures in enumerate(network.examples):
        if pictures:
            device = network.codes.device
            network.codes[place] = code_of(network, [one.to(device) for one in pictures])
    return network


def _tensor(pixels: Pixels) -> Tensor:
    return torch.from_numpy(np.ascontiguousarray(pixels)).permute(2, 0, 1).float() / 255


@dataclass(frozen=True, slots=True)
class _View:
    picture: Tensor  # (3, SIDE, SIDE)
    statistics: tuple[Tensor, ...]  # (C, C) each


def _batch(recipe: Recipe, sources: Sequence[Source], step: int) -> Painted:
    rng = np.random.default_rng((recipe.seed, step))
    scenes = [one for one in sources if not one.painted]
    paintings = [one for one in sources if one.painted]
    count = int(rng.integers(1, 3))
    drawn = [_references(paintings or scenes, rng, count) for _ in range(recipe.batch - 1)]
    cut = [crop(scenes, rng, recipe.side + SHIFT) for _ in range(recipe.batch - 1)]
    shift = (int(rng.integers(SHIFT)), int(rng.integers(SHIFT)))
    whole = torch.from_numpy(np.stack(cut)).permute(0, 3, 1, 2).float() / 255
    side = recipe.side
    copy = whole[:1, :, shift[0] : shift[0] + side, shift[1] : shift[1] + side]
    noise = torch.from_numpy(rng.standard_normal(copy.shape, np.float32)) * (NOISE * rng.random())
    x = torch.cat([whole[..., :side, :side], (copy + noise).clamp(0, 1)])
    pictures = torch.stack([torch.stack([one.picture for one in few]) for few in drawn])
    target = nn.functional.interpolate(pictures[[*range(len(pictures)), 0], 0], (side, side), mode="area")
    return Painted(
        x.contiguous(memory_format=torch.channels_last),
        target,
        pictures=pictures,
        wanted=tuple(_means(drawn)),
        shift=shift,
    )


def _means(drawn: Sequence[Sequence[_View]]) -> list[Tensor]:
    """Average the statistics over each picture's references: as many tensors, (B, C, C)."""
    means = [
        [torch.stack(parts).mean(0) for parts in zip(*(one.statistics for one in few), strict=True)] for few in drawn
    ]
    return [torch.stack(parts) for parts in zip(*means, strict=True)]


def _references(paintings: Sequence[Source], rng: np.random.Generator, count: int) -> list[_View]:
    """Draw references of one style: of a kept one, or of one painting."""
    if rng.random() < KNOWN:
        names = {one.name.partition("#")[0]: one for one in paintings}
        style = list(STYLES.values())[int(rng.integers(len(STYLES)))]
        there = [names[file] for file in style if file in names]
        if there:
            return [_view(there[int(rng.integers(len(there)))], int(rng.integers(VIEWS // 2))) for _ in range(count)]
    painting = paintings[int(rng.integers(len(paintings)))]
    first = (VIEWS // 2) * int(rng.integers(2))
    return [_view(painting, first + int(rng.integers(VIEWS // 2))) for _ in range(count)]


_views: dict[tuple[str, int, int], _View] = {}


def _view(source: Source, number: int) -> _View:
    """Give one of the views of a painting; it is made once."""
    key = (source.name, zlib.crc32(source.levels[-1].tobytes()), number)
    if key not in _views:
        rng = np.random.default_rng(key[1:])
        picture = _tensor(_part(source.levels[0], rng))
        if number >= VIEWS // 2:
            picture = picture[torch.from_numpy(rng.permutation(3))]
        with torch.inference_mode(False), torch.no_grad():  # it is kept, and may be learnt with later
            picture = picture.clone()
            found = statistics(look(eyes("cpu"), picture[None]), picture[None])
        _views[key] = _View(picture, tuple(one[0] for one in found))
    return _views[key]


def _part(pixels: Pixels, rng: np.random.Generator) -> Pixels:
    scale = HEIGHT / min(pixels.shape[:2])
    size = (max(SIDE, round(pixels.shape[1] * scale)), max(SIDE, round(pixels.shape[0] * scale)))
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)
    top, left = (int(rng.integers(length - SIDE + 1)) for length in small.shape[:2])
    return np.ascontiguousarray(small[top : top + SIDE, left : left + SIDE], dtype=np.uint8)


@lru_cache(maxsize=2)
def eyes(device: str) -> nn.Module:
    """Give the shipped FeatNet.

    Raises:
        ModelError: it is not there.
    """
    with torch.inference_mode(False):
        net = read_model(find_model("features")).network
    return net.to(device, memory_format=torch.channels_last)  # type: ignore[call-overload,no-any-return]


def _loss(recipe: Recipe, y: Tensor, batch: Batch) -> dict[str, Tensor]:
    assert isinstance(batch, Painted)
    device = y.device.type
    own = y[:-1]
    with torch.no_grad():
        things = look(eyes(device), batch.x[:-1])
    seen = look(eyes(device), own)
    strokes, palette = style_distance(statistics(seen, own), batch.wanted)
    return {
        "strokes": strokes.mean(),
        "palette": PALETTE * palette.mean(),
        "content": CONTENT * content_distance(seen, things).mean(),
        "rough": ROUGH * roughness(own).mean(),
        "steady": STEADY * _unsteady(y, batch.shift),
        "lattice": LATTICE * lattice(own - batch.x[:-1], FOLD).mean(),
        "outside": OUTSIDE * (own - own.clamp(0, 1)).square().mean(),
    }


def _unsteady(y: Tensor, shift: tuple[int, int]) -> Tensor:
    """Compare the last picture with the first, whose copy it is."""
    height, width = (length - by for length, by in zip(y.shape[2:], shift, strict=True))
    return (y[-1, :, :height, :width] - y[0, :, shift[0] :, shift[1] :]).square().mean()


@torch.inference_mode()
def _judge(network: nn.Module, recipe: Recipe, sources: Sequence[Source]) -> dict[str, float]:
    """Give the parts of the loss on pictures not trained on, in styles not trained on, times 100."""
    sums: dict[str, float] = {}
    count = 4
    for step in range(count):
        batch = _batch(recipe, sources, step).to(next(network.parameters()).device.type)
        for name, loss in _loss(recipe, batch.given_to(network).float(), batch).items():
            sums[name] = sums.get(name, 0.0) + 100 * float(loss) / count
    return sums


TASK = Task(_batch, _loss, _judge, _read, _ship, _build)

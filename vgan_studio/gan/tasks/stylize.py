"""Learn to paint: any picture in the style of any other, by what a FeatNet sees in both.

Johnson et al. 2016, arXiv:1603.08155, with one network for all styles (see `networks.stylize`), and with results that
move with the picture and stay as they are when it is a little noisy, or films would flicker.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from vgan_studio.gan.data import Pixels, Source, Split, crop, read_sources
from vgan_studio.gan.networks.stylize import CODE, GRAIN, PAD, Stylist, grain
from vgan_studio.gan.painter import code_of, fitted
from vgan_studio.gan.recipes import Recipe
from vgan_studio.gan.recipes.stylize import STYLES
from vgan_studio.gan.style import coherence, content_distance, even, look, roughness, slants, statistics, style_distance
from vgan_studio.gan.weights import find_model, read_model

from .task import Batch, Task

NEAR = 640  # pixels of the shorter side of a painting whose strokes are learnt: larger makes them larger
KNOWN = 0.7  # share of the batches that are painted in the styles that are kept
EXCHANGED = 0.3  # share of the other paintings whose colours are exchanged
LEVEL = (240, 800)  # the shorter side of the scenes that are painted: strokes are as large as in such films
HELD_OUT = 8  # every so many'th painting is not learnt from, unless it is of a style that is kept
NOISE = 4 / 255  # of the copy that must be painted alike
MOVED = 8  # pixels by which that copy has moved at most, under a grain that has not
WANDER = 0.003  # of the codes: what lies near a style is painted like it
# Beside the weight of the strokes as the FeatNet sees them.
PALETTE, CONTENT, ROUGH, STEADY, OUTSIDE = 1.0, 0.13, 1.5, 16.0, 20.0
# Where there is nothing to see: in which directions, how much, and how coherently things change.
SLANTS, FORCE, COHERENT = 2.0, 0.03, 1.0


@dataclass(frozen=True, slots=True)
class Painted(Batch):
    """A batch of scenes that are to be painted in one style; the last is a noisier copy of the first, that has moved.

    Attributes:
        traits: (K, TRAITS), what is seen in the K references.
        wanted: the statistics of their style, each (1, C, C).
        slants, coherence: of their style, (sizes, 4) and (sizes,).
        wander: (CODE - 1,), how far from the style it is painted.
        moved: pixels, up and to the left, by which the copy has moved.
    """

    traits: Tensor = field(default_factory=lambda: torch.empty(0))
    wanted: tuple[Tensor, ...] = ()
    slants: Tensor = field(default_factory=lambda: torch.empty(0))
    coherence: Tensor = field(default_factory=lambda: torch.empty(0))
    wander: Tensor = field(default_factory=lambda: torch.empty(0))
    moved: tuple[int, int] = (0, 0)

    def to(self, device: str) -> "Painted":
        """Move it to a device."""
        if device == "cpu":
            return self
        return Painted(
            self.x.to(device), self.target.to(device), traits=self.traits.to(device),
            wanted=tuple(one.to(device) for one in self.wanted), slants=self.slants.to(device),
            coherence=self.coherence.to(device), wander=self.wander.to(device), moved=self.moved,
        )  # fmt: skip

    def given_to(self, network: nn.Module) -> Tensor:
        """Give what the network makes of it, without the outer pixels."""
        assert isinstance(network, Stylist)
        code = network.code(self.traits).mean(0, keepdim=True) + nn.functional.pad(self.wander, (1, 0))
        return _inner(network.paint(self.x[:, :3], code.expand(len(self.x), -1), own_grain=self.x[:, 3:], pad=False))


def _inner(x: Tensor) -> Tensor:
    return x[..., PAD:-PAD, PAD:-PAD]


def _read(folders: Sequence[Path], part: Split) -> tuple[Source, ...]:
    """Read photos, frames of films, and paintings: of those that are not of a kept style, some are for validation."""
    sources = read_sources(folders, "train")
    paintings = [source for source in sources if source.painted]
    if part == "train":
        scenes = [_scene(source) for source in sources if not source.painted]
        return (*scenes, *(one for one in paintings if not held_out(one.name)))
    scenes = [_scene(source) for source in read_sources(folders, part)]
    return (*scenes, *(one for one in paintings if held_out(one.name)))


def _scene(source: Source) -> Source:
    low, high = LEVEL
    fit = tuple(level for level in source.levels if low <= min(level.shape[:2]) <= high)
    return replace(source, levels=fit or source.levels[-1:])


def held_out(name: str) -> bool:
    """Tell whether a painting is kept from the training."""
    file = name.partition("#")[0]
    kept = any(file in files for files in STYLES.values())
    return not kept and zlib.crc32(file.encode()) % HELD_OUT == 0


def _build(recipe: Recipe, sources: Sequence[Source]) -> nn.Module:
    """Make the network, its eyes, its codes, and give it the paintings of the styles that it will keep."""
    network = _seeing(Stylist(**recipe.config))
    paintings = [one for one in sources if one.painted] or list(sources)
    seen = [_seen(one, 0) for one in paintings] + [_seen(one, 1) for one in paintings[::4]]
    network.learn_codes(torch.stack([traits for _, traits in seen]))
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
    picture: Tensor  # (3, H, W)
    traits: Tensor  # (TRAITS,)
    statistics: tuple[Tensor, ...]  # (C, C) each
    slants: Tensor  # (sizes, 4)
    coherence: Tensor  # (sizes,)


def _batch(recipe: Recipe, sources: Sequence[Source], step: int) -> Painted:
    rng = np.random.default_rng((recipe.seed, step))
    scenes = [one for one in sources if not one.painted]
    paintings = [one for one in sources if one.painted]
    drawn = _references(paintings or scenes, rng, int(rng.integers(1, 3)))
    side = recipe.side + 2 * PAD
    cut = [crop(scenes, rng, side + MOVED) for _ in range(recipe.batch - 1)]
    wide = torch.from_numpy(np.stack(cut)).permute(0, 3, 1, 2).float() / 255
    (down, across), (further, aside) = rng.integers(MOVED + 1, size=(2, 2)).tolist()
    whole = wide[..., down : down + side, across : across + side]
    copy = wide[:1, :, further : further + side, aside : aside + side]
    copy = copy + torch.from_numpy(rng.standard_normal(copy.shape, np.float32)) * (NOISE * rng.random())
    places = rng.integers(GRAIN, size=(len(whole), 2)).tolist()
    grains = torch.cat([grain(side, side, (row, column)) for row, column in places])
    x = torch.cat([torch.cat([whole, grains], 1), torch.cat([copy.clamp(0, 1), grains[:1]], 1)])
    shown = nn.functional.interpolate(drawn[0].picture[None], (recipe.side, recipe.side), mode="area")
    means = [torch.stack(parts).mean(0)[None] for parts in zip(*(one.statistics for one in drawn), strict=True)]
    wander = torch.from_numpy(rng.standard_normal(CODE - 1, np.float32)) * WANDER
    return Painted(
        x.contiguous(memory_format=torch.channels_last),
        shown.expand(len(x), -1, -1, -1),
        traits=torch.stack([one.traits for one in drawn]),
        wanted=tuple(means),
        slants=torch.stack([one.slants for one in drawn]).mean(0),
        coherence=torch.stack([one.coherence for one in drawn]).mean(0),
        wander=wander[None],
        moved=(further - down, aside - across),
    )


def _references(paintings: Sequence[Source], rng: np.random.Generator, count: int) -> list[_View]:
    """Draw references of one style: of a kept one, or one painting."""
    if rng.random() < KNOWN:
        names = {one.name.partition("#")[0]: one for one in paintings}
        style = list(STYLES.values())[int(rng.integers(len(STYLES)))]
        there = [names[file] for file in style if file in names]
        if there:
            chosen = rng.choice(len(there), min(count, len(there)), replace=False)
            return [_view(there[int(one)], 0) for one in chosen]
    painting = paintings[int(rng.integers(len(paintings)))]
    return [_view(painting, int(rng.integers(1, len(_EXCHANGES))) if rng.random() < EXCHANGED else 0)]


_EXCHANGES = ((0, 1, 2), (2, 0, 1))
_Key = tuple[str, int, int]
_traits: dict[_Key, tuple[Tensor, Tensor]] = {}
_views: dict[_Key, _View] = {}


def _key(source: Source, exchange: int) -> _Key:
    return source.name, zlib.crc32(source.levels[-1].tobytes()), exchange


def _seen(source: Source, exchange: int) -> tuple[Tensor, Tensor]:
    """Give a painting, its colours exchanged or not, and its traits; it is looked at once."""
    key = _key(source, exchange)
    if key not in _traits:
        with torch.inference_mode(False), torch.no_grad():  # it is kept, and may be learnt with later
            picture = fitted(_tensor(source.levels[0]))[list(_EXCHANGES[exchange])]
            _traits[key] = picture, _seer().traits(picture[None])[0]
    return _traits[key]


def _view(source: Source, exchange: int) -> _View:
    """Give a painting with what is to be learnt of it: its strokes as they are seen from near."""
    key = _key(source, exchange)
    if key not in _views:
        with torch.inference_mode(False), torch.no_grad():
            near = _near(source.levels[0])[:, list(_EXCHANGES[exchange])]
            found = statistics(look(eyes("cpu"), near), near)
            _views[key] = _View(*_seen(source, exchange), tuple(one[0] for one in found), slants(near), coherence(near))
    return _views[key]


def _near(pixels: Pixels) -> Tensor:
    """Give the middle of a painting, (1, 3, H, W), from so near that strokes are seen one by one."""
    whole = _tensor(pixels)[None]
    size = [max(NEAR, round(length * NEAR / min(whole.shape[2:]))) for length in whole.shape[2:]]
    large = nn.functional.interpolate(whole, size, mode="bicubic", antialias=True).clamp(0, 1)
    top, left = ((length - NEAR) // 2 for length in large.shape[2:])
    return large[..., top : top + NEAR, left : left + NEAR].contiguous(memory_format=torch.channels_last)


@lru_cache(maxsize=1)
def _seer() -> Stylist:
    """Give eyes for traits: those every painter gets."""
    with torch.inference_mode(False):
        return _seeing(Stylist(width=4, blocks=0, styles=0))


def _seeing(network: Stylist) -> Stylist:
    """Give a network its eyes."""
    for layer, known in zip(network.eyes, eyes("cpu").layers, strict=False):  # type: ignore[arg-type]
        layer.load_state_dict(known.state_dict())
    return network


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
        things = look(eyes(device), _inner(batch.x[:-1, :3]))
    seen, where = look(eyes(device), own), even(_inner(batch.x[:-1, :3]))
    strokes, palette = style_distance(statistics(seen, own, together=True), batch.wanted)
    return {
        "strokes": strokes.mean(),
        "palette": PALETTE * palette.mean(),
        "slants": _slanted(slants(own, where), batch.slants),
        "coherent": COHERENT * _coherent(coherence(own, where), batch.coherence),
        "content": CONTENT * content_distance(seen, things).mean(),
        "rough": ROUGH * roughness(own).mean(),
        "steady": STEADY * _unlike(y[0], y[-1], batch.moved),
        "outside": OUTSIDE * (own - own.clamp(0, 1)).square().mean(),
    }


def _coherent(own: Tensor, wanted: Tensor) -> Tensor:
    return (own - wanted[: len(own)]).square().mean()


def _slanted(own: Tensor, wanted: Tensor) -> Tensor:
    """Compare the slants of what is painted where there is nothing to see with those of a painting.

    How much changes from one pixel to the next is left out: in paintings that is canvas, and what JPEG has left.
    """
    apart = own - wanted[: len(own)]
    more = apart.mean(1, keepdim=True)
    return SLANTS * (apart - more).square().mean() + FORCE * more[1:].square().mean()


def _unlike(y: Tensor, copy: Tensor, moved: tuple[int, int]) -> Tensor:
    """Give the mean squared difference, (3, H, W) each, where both show the same."""
    height, width = y.shape[1:]
    (top, bottom), (left, right) = (
        (max(0, by), min(size, size + by)) for by, size in zip(moved, (height, width), strict=True)
    )
    there = y[:, top:bottom, left:right]
    here = copy[:, top - moved[0] : bottom - moved[0], left - moved[1] : right - moved[1]]
    return (here - there).square().mean()


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

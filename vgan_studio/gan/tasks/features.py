"""Learn to see: crops are told apart by the file they are of, and by how they were spoilt.  No labels are needed.

Two networks are made so, of different files: one to train others with, one to measure them with.
"""

import zlib
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from vgan_studio.gan.data import Pixels, Source, Split, read_sources
from vgan_studio.gan.networks.features import ExemplarNet
from vgan_studio.gan.ordering import ordering
from vgan_studio.gan.recipes import Recipe

from .task import Batch, Task

FAULTS = ("none", "blur", "noise", "jpeg")
JITTER = 0.15  # of contrast, and of each colour's
SHARE = 0.6  # of the files that the first network learns from; the second gets the rest


def _read(first: bool, folders: Sequence[Path], part: Split) -> tuple[Source, ...]:
    sources = read_sources(folders, part)
    if part != "train":
        return sources
    return tuple(source for source in sources if (zlib.crc32(_file(source).encode()) % 100 < 100 * SHARE) == first)


def _file(source: Source) -> str:
    return source.name.partition("#")[0]


def _build(recipe: Recipe, sources: Sequence[Source]) -> nn.Module:
    return ExemplarNet(len({_file(source) for source in sources}), len(FAULTS), recipe.config["width"])


def _batch(recipe: Recipe, sources: Sequence[Source], step: int) -> Batch:
    rng = np.random.default_rng((recipe.seed, step))
    classes = {name: index for index, name in enumerate(sorted({_file(source) for source in sources}))}
    crops, answers = [], []
    for index in rng.integers(len(sources), size=recipe.batch):
        source = sources[int(index)]
        fault = int(rng.integers(len(FAULTS)))
        strength = float(rng.random()) if fault else 0.0
        crops.append(spoil(_crop(source, rng, recipe.side), FAULTS[fault], strength, rng))
        answers.append((classes[_file(source)], source.painted, fault, strength))
    x = torch.from_numpy(np.stack(crops)).permute(0, 3, 1, 2).float() / 255  # (B, 3, side, side)
    return Batch(x, torch.tensor(answers, dtype=torch.float32))


def _crop(source: Source, rng: np.random.Generator, side: int) -> Pixels:
    """Cut a square of any size from `side` to the whole, mirrored or not, with colours shifted a little."""
    level = source.levels[int(rng.integers(len(source.levels)))]
    most = min(level.shape[:2])
    size = round(min(most, side * np.exp(rng.uniform(0, np.log(max(1.0, most / side))))))
    top, left = (int(rng.integers(length - size + 1)) for length in level.shape[:2])
    cut = cv2.resize(level[top : top + size, left : left + size], (side, side), interpolation=cv2.INTER_AREA)
    if rng.random() < 0.5:
        cut = cut[:, ::-1]
    gain = (1 + JITTER * rng.uniform(-1, 1)) * (1 + JITTER / 2 * rng.uniform(-1, 1, 3))
    return _bytes((cut - 128.0) * gain + 128 + 255 * JITTER / 2 * rng.uniform(-1, 1))


def spoil(pixels: Pixels, fault: str, strength: float, rng: np.random.Generator) -> Pixels:
    """Spoil a picture, by a strength from 0 to 1; at 0 it is hardly seen."""
    if fault == "blur":
        return _bytes(cv2.GaussianBlur(pixels, (0, 0), 0.5 + 2 * strength))
    if fault == "noise":
        return _bytes(pixels + rng.normal(0, 3 + 37 * strength, pixels.shape))
    if fault == "jpeg":
        coded = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, round(60 - 55 * strength)])[1]
        return _bytes(np.asarray(cv2.imdecode(coded, cv2.IMREAD_COLOR)))
    return pixels


def _bytes(levels: "cv2.typing.MatLike") -> Pixels:
    return np.ascontiguousarray(levels.clip(0, 255).round().astype(np.uint8))


def _loss(recipe: Recipe, y: Tensor, batch: Batch) -> dict[str, Tensor]:
    which, painted, fault, strength = batch.target.unbind(1)
    classes = y.shape[1] - len(FAULTS) - 2
    told, painted_logit, faults, much = torch.split(y, [classes, 1, len(FAULTS), 1], 1)
    return {
        "which": F.cross_entropy(told, which.long()),
        "painted": F.binary_cross_entropy_with_logits(painted_logit[:, 0], painted),
        "fault": F.cross_entropy(faults, fault.long()),
        "strength": 4 * F.mse_loss(much[:, 0], strength),
    }


def _judge(network: nn.Module, recipe: Recipe, sources: Sequence[Source]) -> dict[str, float]:
    """Give the share of pairs that are put in the order in which people see them, by kind of pair."""
    assert isinstance(network, ExemplarNet)
    return ordering(network.folded(), sources, count=8)


def _ship(network: nn.Module) -> nn.Module:
    assert isinstance(network, ExemplarNet)
    return network.folded()


TASK = Task(_batch, _loss, _judge, lambda folders, part: _read(True, folders, part), _ship, _build)
MEASURE = Task(_batch, _loss, _judge, lambda folders, part: _read(False, folders, part), _ship, _build)

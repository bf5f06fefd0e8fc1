"""Make sharp: motion blur and defocus are taken away, or the traces of H.264, and sharp pictures are left alone.

Kupyn et al. 2018 (DeblurGAN), arXiv:1711.07064, on three frames as Su et al. 2017, arXiv:1611.08387.  The network gets
the frame, its two neighbours carried onto it, and how things move: along that line they smear.  One network for both
learns neither in an hour: what makes a blurred picture sharp makes the traces of a codec strong.
"""

from collections.abc import Mapping, Sequence
from functools import partial

import cv2
import numpy as np
import torch
from torch import Tensor, nn

from vgan_studio.gan import blur
from vgan_studio.gan.data import Pixels, Source, recolour
from vgan_studio.gan.recipes import Recipe
from vgan_studio.gan.softened import SEEN, STILL, kind, read_softened

from .task import Batch, Task

# Who is shown sharp pictures from the start learns to leave everything as it is, and nothing else.
FIRST = 1_000  # steps in which none is sharp
# Of what the batch is made after that; moments that are sharp may be put out of focus, stills are made soft.
BLURRED = {"blur": 0.66, "mixed": 0.05, "still": 0.17, "sharp": 0.12}
CODED = {"coded": 0.94, "sharp": 0.06}
FOCUS = 0.3  # share of the sharp moments that are put out of focus
SHAKEN = 0.25  # share of the other stills that are shaken, which can hardly be undone in a photo alone
UNTOUCHED = 0.2  # share of stills that stay sharp
ALONE = 0.15  # share of moments whose neighbours are the frame itself, as at a cut
NOISE = (0.25, 4.0)  # share that gets noise, and its largest strength in levels
TRIES = 2  # of which the crop is taken that is spoilt most, or of stills the one with most in it
ANYWHERE = 0.6  # share of blurred moments whose crop lies anywhere: most of a picture is still
RECOLOURED = 0.6  # share of the crops seen in other colours; not of coded ones, whose colours have traces of their own
MARGIN = 16  # pixels around a still's crop that its blur reaches into
# Of the squared error of what comes in, by which that of what comes out is divided: of crops that are sharp (see
# `_SHARP`), and of others.  Who counts sharp ones more learns to leave everything as it is.
BLURRED_FLOORS, CODED_FLOORS = (5e-4, 1e-4), (1e-3, 1e-3)
_SHARP = 2e-5  # 47 dB
_NO_DB = 59.0  # PSNR of a crop that nothing was done to; they are cut off at 60


def _batch(shares: Mapping[str, float], recipe: Recipe, sources: Sequence[Source], step: int) -> Batch:
    rng = np.random.default_rng((recipe.seed, step))
    groups: dict[str, list[Source]] = {}
    for source in sources:
        groups.setdefault(kind(source), []).append(source)
    there = {name: share for name, share in shares.items() if name in groups}
    early = step < FIRST and there.keys() != {"sharp"}
    if early:
        there.pop("sharp", None)
    names, weights = list(there), np.array(list(there.values()))
    drawn = rng.choice(len(names), recipe.batch, p=weights / weights.sum())
    chances = (0.0 if early else UNTOUCHED, ANYWHERE)
    whole = np.stack([_example(groups[names[one]], names[one], rng, recipe.side, chances) for one in drawn])
    x, target = _tensors(whole, recipe)
    for one in range(recipe.batch):
        if names[drawn[one]] != "coded" and rng.random() < RECOLOURED:
            colours = recolour(torch.cat([x[one, :9], target[one]]), rng)
            x[one, :9], target[one] = colours[:9], colours[9:]
    return Batch(x, target, condition=x[:, :3])


def _tensors(whole: Pixels, recipe: Recipe) -> tuple[Tensor, Tensor]:
    """Give what the network sees of crops (B, H, W, 15), (B, inputs, H, W), and what was meant, (B, 3, H, W)."""
    parts = torch.from_numpy(whole).permute(0, 3, 1, 2).float()
    x, moved, target = parts[:, :9] / 255, (parts[:, 9:SEEN] - STILL) / (255 - STILL), parts[:, SEEN:] / 255
    seen = torch.cat([x, moved], 1)[:, : recipe.config["inputs"]]
    return seen.contiguous(memory_format=torch.channels_last), target.contiguous(memory_format=torch.channels_last)


def _loss(floors: tuple[float, float], recipe: Recipe, y: Tensor, batch: Batch) -> dict[str, Tensor]:
    """Give the squared error of every crop over that of what came in.

    So a tenth of a dB counts alike, whether a crop is smeared or coded; with errors as they are what is smeared most
    drowns all else, and their logarithm with a floor of 30 dB hardly sees the traces of codecs.
    """
    sharp, other = floors
    apart, before = ((one - batch.target).square().flatten(1).mean(1) for one in (y, batch.x[:, :3]))
    return {"pixel": (apart / before.maximum(torch.where(before < _SHARP, sharp, other))).mean()}


def _judge(
    shares: Mapping[str, float], network: nn.Module, recipe: Recipe, sources: Sequence[Source]
) -> dict[str, float]:
    """Give for every kind by how many dB the spoilt ones of 12 fixed crops gained, and the PSNR of all sharp ones."""
    device = next(network.parameters()).device
    found: dict[str, float] = {}
    sharp: list[float] = []
    for name in shares:
        group = [source for source in sources if kind(source) == name]
        if group:
            rng = np.random.default_rng(0)
            whole = np.stack([_example(group, name, rng, 128, (UNTOUCHED, 0.0)) for _ in range(12)])
            x, target = _tensors(whole, recipe)
            y = network(x.to(device)).float().cpu().clamp(0, 1)
            before, after = _db(x[:, :3], target), _db(y, target)
            spoilt = before < _NO_DB
            found |= {name: float((after - before)[spoilt].mean())} if spoilt.any() else {}
            sharp += after[~spoilt].tolist()
    return found | ({"untouched": float(np.mean(sharp))} if sharp else {})


def _db(y: Tensor, target: Tensor) -> Tensor:
    return -10 * torch.log10((y - target).square().flatten(1).mean(1).clamp(min=1e-6))


def _example(
    group: Sequence[Source], name: str, rng: np.random.Generator, side: int, chances: tuple[float, float]
) -> Pixels:
    """Draw a crop, spoil it, turn it: (side, side, 15); chances are those of `UNTOUCHED` and `ANYWHERE`."""
    untouched, anywhere = chances
    still = name == "still"
    made = _still(group, rng, side, untouched) if still else _moment(group, name, rng, side, anywhere)
    return turned(made, bool(rng.random() < 0.5), int(rng.integers(4)))


def turned(made: Pixels, mirrored: bool, quarters: int) -> Pixels:
    """Mirror a moment from left to right, then turn it against the clock; its streaks, whose angle is doubled, too."""
    made = np.rot90(made[:, ::-1] if mirrored else made, quarters).copy()
    for negated, axes in ((mirrored, slice(10, 11)), (quarters % 2, slice(9, 11))):
        if negated:
            made[..., axes] = 2 * STILL - made[..., axes].astype(np.int16)
    return made


def _moment(group: Sequence[Source], name: str, rng: np.random.Generator, side: int, anywhere: float) -> Pixels:
    tries = 1 if name in ("blur", "mixed") and rng.random() < anywhere else TRIES
    drawn = [_cut(group[int(rng.integers(len(group)))].levels[0], rng, side) for _ in range(tries)]
    if name == "sharp":
        made = max(drawn, key=_contrast).copy()
        if rng.random() >= FOCUS:
            return made
        made[..., :9] = blur.smeared(made[..., :9], blur.out_of_focus(rng))
    else:
        made = max(drawn, key=_spoilt).copy()
    if rng.random() < ALONE:
        made[..., 3:9], made[..., 9:SEEN] = np.tile(made[..., :3], 2), STILL
    return made if name == "coded" else _noisy(made, rng)


def _still(group: Sequence[Source], rng: np.random.Generator, side: int, untouched: float) -> Pixels:
    source = group[int(rng.integers(len(group)))]
    sharp_as_it_is = rng.random() < untouched
    # Large photos are soft at their full size: that is how they are meant, but no example of sharpness.
    levels = source.levels if sharp_as_it_is or len(source.levels) == 1 else source.levels[1:]
    level = levels[int(rng.integers(len(levels)))]
    room = min(MARGIN, (min(level.shape[:2]) - side) // 2)
    inner = slice(room, room + side)
    whole = max((_cut(level, rng, side + 2 * room) for _ in range(TRIES)), key=_contrast)
    sharp = whole[inner, inner]
    if sharp_as_it_is:
        return _unmoved([sharp] * 3, sharp)
    shaking = rng.random() < SHAKEN
    length = rng.uniform(*blur.LENGTH)
    kernels = [blur.shaken(rng, length * rng.uniform(0.7, 1.3)) for _ in range(3)] if shaking else []
    if not shaking or rng.random() < 0.4:
        kernels = [kernels[0] if shaking else blur.out_of_focus(rng)]  # neighbours blurred alike tell nothing new
    soft = [blur.smeared(whole, kernel)[inner, inner] for kernel in kernels]
    if rng.random() < 0.2:
        soft = [_jpeg(one, int(rng.integers(30, 91))) for one in soft]
    return _noisy(_unmoved((soft * 3)[:3], sharp), rng)


def _unmoved(three: Sequence[Pixels], meant: Pixels) -> Pixels:
    return np.concatenate([*three, np.full_like(meant, STILL), meant], 2)


def _noisy(made: Pixels, rng: np.random.Generator) -> Pixels:
    """Add a little noise to what the network sees."""
    share, most = NOISE
    if rng.random() < share:
        noise = rng.standard_normal((*made.shape[:2], 9), np.float32) * np.float32(rng.uniform(0, most))
        made[..., :9] = np.rint(made[..., :9] + noise).clip(0, 255)
    return made


def _jpeg(pixels: Pixels, quality: int) -> Pixels:
    packed = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
    return np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR), np.uint8)


def _cut(pixels: Pixels, rng: np.random.Generator, side: int) -> Pixels:
    top, left = (int(rng.integers(length - side + 1)) for length in pixels.shape[:2])
    return pixels[top : top + side, left : left + side]


def _contrast(pixels: Pixels) -> float:
    return float(pixels[::3, ::3].std())


def _spoilt(pixels: Pixels) -> float:
    part = pixels[::3, ::3].astype(np.int16)
    return float(np.abs(part[..., :3] - part[..., SEEN:]).mean())


DEBLUR = Task(partial(_batch, BLURRED), partial(_loss, BLURRED_FLOORS), partial(_judge, BLURRED), read_softened)
DEBLOCK = Task(partial(_batch, CODED), partial(_loss, CODED_FLOORS), partial(_judge, CODED), read_softened)

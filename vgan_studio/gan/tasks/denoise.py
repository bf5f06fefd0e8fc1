"""Denoise: noisy pictures teach each other; no clean one is shown.

Lehtinen et al. 2018 (Noise2Noise), arXiv:1803.04189.  The network gets the frame, its two neighbours carried onto it,
and the strength of the noise, or nothing for it: then it judges for itself.
"""

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn

from vgan_studio.gan import noise
from vgan_studio.gan.data import Source, crop, recolour
from vgan_studio.gan.films import read_moments
from vgan_studio.gan.metrics import psnr
from vgan_studio.gan.noise import Noise
from vgan_studio.gan.recipes import Recipe

from .task import Batch, Task

BLIND = 0.3  # share of the batch that is not told the strength
TRIES = 4  # of which the crop with most in it is taken: test photos are full of texture, ours are not
TARGETS = 4  # noisy ones for each crop; their mean has half the noise, and steps go straighter
RECOLOURED = 0.7  # share of the crops that are seen in other colours: our pictures are few
ALONE = 0.5  # share of stills' neighbours that are the noisy picture itself, as at a cut or without a film


def _batch(recipe: Recipe, sources: Sequence[Source], step: int) -> Batch:
    rng = np.random.default_rng((recipe.seed, step))
    chance = torch.Generator().manual_seed(int(rng.integers(2**62)))
    clean, films = _cut(sources, rng, recipe.batch, recipe.side)
    clean = torch.stack([recolour(one, rng) if rng.random() < RECOLOURED else one for one in clean])
    drawn = [noise.draw(rng) for _ in range(recipe.batch)]
    x = torch.stack([_spoil(one, kind, film, rng, chance) for one, kind, film in zip(clean, drawn, films, strict=True)])
    wanted = clean[:, :3]
    if not recipe.clean:
        wanted = torch.stack([_targets(one, kind, chance) for one, kind in zip(wanted, drawn, strict=True)])
    sigma = torch.tensor([kind.sigma for kind in drawn])[:, None, None, None]
    told = torch.from_numpy(rng.random(recipe.batch) >= BLIND)[:, None, None, None]
    x = torch.cat([x, (sigma * told).expand(-1, 1, *x.shape[2:])], 1)
    return Batch(x.contiguous(memory_format=torch.channels_last), wanted, weight=1 / (sigma + 5 / 255))


def _loss(recipe: Recipe, y: Tensor, batch: Batch) -> dict[str, Tensor]:
    """L2, whose minimum is the mean, and the mean of the noise is zero; weighted, or the strong noise drowns all."""
    assert batch.weight is not None
    return {"pixel": ((y - batch.target).square() * batch.weight).mean()}


def _judge(network: nn.Module, recipe: Recipe, sources: Sequence[Source]) -> dict[str, float]:
    """Give the mean PSNR in dB at sigma 25 over 32 fixed crops: one picture alone, the same blind, three frames."""
    rng = np.random.default_rng(0)
    chance = torch.Generator().manual_seed(0)
    clean, _ = _cut(sources, rng, 32, recipe.side)
    noisy = noise.add(clean, Noise("gaussian", 25 / 255), chance)
    level = torch.full_like(clean[:, :1], 25 / 255)
    alone = noisy[:, :3].repeat(1, 3, 1, 1)
    device = next(network.parameters()).device

    def quality(*parts: Tensor) -> float:
        y = network(torch.cat(parts, 1).to(device)).float().cpu()
        return float(psnr(y.clamp(0, 1), clean[:, :3]).mean())

    return {"alone": quality(alone, level), "blind": quality(alone, 0 * level), "three": quality(noisy, level)}


def _cut(sources: Sequence[Source], rng: np.random.Generator, count: int, side: int) -> tuple[Tensor, list[bool]]:
    """Cut clean crops, (count, 9, side, side), and say which of them are of films."""
    cut = [crop(sources, rng, side, TRIES) for _ in range(count)]
    films = [one.shape[2] == 9 for one in cut]
    whole = np.stack([one if film else np.tile(one, 3) for one, film in zip(cut, films, strict=True)])
    return torch.from_numpy(whole).permute(0, 3, 1, 2).float() / 255, films


def _targets(clean: Tensor, kind: Noise, chance: torch.Generator) -> Tensor:
    """Give the mean of a few noisy pictures, (3, H, W)."""
    return torch.stack([noise.add(clean, kind, chance) for _ in range(TARGETS)]).mean(0)


def _spoil(clean: Tensor, kind: Noise, film: bool, rng: np.random.Generator, chance: torch.Generator) -> Tensor:
    """Add independent noise to the three pictures, (9, H, W); the neighbours' is what warping leaves of it."""
    noisy = noise.add(clean, kind, chance)
    for at in (3, 6):
        part = slice(at, at + 3)
        if film:
            field = noise.soften(noisy[part] - clean[part], *rng.random(2))
            noisy[part] = clean[part] + field
        elif rng.random() < ALONE:
            noisy[part] = noisy[:3]
    if rng.random() < 0.5:
        noisy = (noisy.clamp(0, 1) * 255).round() / 255  # as a file holds it
    return noisy


TASK = Task(_batch, _loss, _judge, read_moments)

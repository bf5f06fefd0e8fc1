"""Train a recipe: one loop, in order.

python -m vgan_studio.gan.train RECIPE --data DIR... -o DIR [--steps N | --minutes M] [--resume]
"""

import argparse
import copy
import json
import logging
import os
import platform
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from pickle import UnpicklingError

import torch
from torch import Tensor, nn

from vgan_studio.errors import ModelError, VganError

from . import losses
from .data import Source, crops, digest, read_sources
from .metrics import psnr_y
from .networks import ARCHITECTURES
from .networks.discriminators import PatchD
from .recipes import RECIPES, Recipe
from .weights import Card, Model, read_model, write_model

log = logging.getLogger(__name__)

# By shares of the budget: an ignorant discriminator teaches patterns of its own, so it first learns alone, and then
# its influence grows.
ALONE, RAMP = 0.12, 0.1


@dataclass(frozen=True, slots=True)
class Report:
    """Where a training stands.

    Attributes:
        step: done so far.
        share: of the budget, 0 to 1.
        losses: means since the last report.
        minutes: spent in training, all sessions together.
        generator: the moving average so far; a copy of its weights is up to the reader.
    """

    step: int
    share: float
    losses: dict[str, float]
    minutes: float
    generator: nn.Module


@dataclass(slots=True)
class _State:
    """What a checkpoint holds.  One thread owns it."""

    generator: nn.Module
    average: nn.Module
    optimiser: torch.optim.Optimizer
    critic: nn.Module | None
    critic_optimiser: torch.optim.Optimizer | None
    step: int = 0
    seconds: float = 0.0


def train(
    recipe: Recipe,
    sources: Sequence[Source],
    checkpoint: Path,
    *,
    base: Model | None = None,
    steps: int | None = None,
    minutes: float | None = None,
    resume: bool = False,
    every: int = 100,
) -> Iterator[Report]:
    """Train, and report every so many steps and at the end.  Closing it saves a checkpoint, as the end does.

    With a budget in steps the result depends on recipe, data and machine alone, however often it was interrupted;
    with one in minutes the learning rate follows the clock.

    Raises:
        ModelError: the checkpoint is missing or damaged, or the model to start from is.
    """
    state = _begin(recipe, base)
    if resume:
        _load(state, checkpoint, recipe)
    steps = steps or recipe.steps
    began, saved, sums = time.monotonic() - state.seconds, time.monotonic(), dict[str, float]()
    count = 0
    try:
        while (share := _share(state, steps, minutes)) < 1:
            for name, loss in _step(recipe, state, sources, share).items():
                sums[name] = sums.get(name, 0.0) + loss
            count, state.step, state.seconds = count + 1, state.step + 1, time.monotonic() - began
            share = _share(state, steps, minutes)
            if state.step % every == 0 or share >= 1:
                means = {name: value / count for name, value in sums.items()}
                yield Report(state.step, share, means, state.seconds / 60, state.average)
                count, sums = 0, {}
            if time.monotonic() - saved > 60:
                _save(state, checkpoint, recipe)
                saved = time.monotonic()
    finally:
        _save(state, checkpoint, recipe)


def _share(state: _State, steps: int, minutes: float | None) -> float:
    return min(1.0, state.seconds / 60 / minutes if minutes else state.step / steps)


def _rate(share: float, warmup: float) -> float:
    """Rise in a line, then fall as half a cosine.  Loshchilov and Hutter 2016, arXiv:1608.03983."""
    if share < warmup:
        return (share + 1e-3) / (warmup + 1e-3)
    return float((1 + torch.cos(torch.tensor(torch.pi * (share - warmup) / (1 - warmup)))) / 2)


def _step(recipe: Recipe, state: _State, sources: Sequence[Source], share: float) -> dict[str, float]:
    """Learn from one batch."""
    low, high = crops(
        sources, seed=recipe.seed, step=state.step, batch=recipe.batch, side=recipe.side, scale=recipe.scale
    )
    with torch.autocast("cpu", torch.bfloat16):
        y = state.generator(low).float()
    found = {"pixel": losses.charbonnier(y, high)}
    if state.critic is None:
        gradient = torch.autograd.grad(found["pixel"], y, retain_graph=True)[0]
    else:
        gradient, judged = _judge(recipe, state, (low, high), y, share)
        found |= judged
    state.optimiser.zero_grad()
    y.backward(gradient)
    _descend(state.optimiser, recipe.rate * _rate(share, recipe.warmup))
    _remember(state, recipe.memory)
    return {name: float(loss.detach()) for name, loss in found.items()}


def _judge(
    recipe: Recipe, state: _State, pair: tuple[Tensor, Tensor], y: Tensor, share: float
) -> tuple[Tensor, dict[str, Tensor]]:
    """Ask the discriminator, let it learn, and give the gradient at the generated picture.

    The discriminator's part of the gradient is as long as `recipe.adversarial` times the pixel loss's, whatever the
    state of the game: the balance of Esser et al. 2020 (VQGAN), arXiv:2012.09841, eq. 7, taken at the output.
    """
    assert state.critic is not None and state.critic_optimiser is not None
    low, high = pair
    leaf = y.detach().requires_grad_()
    pixel = torch.autograd.grad(losses.charbonnier(leaf, high), leaf)[0]
    condition = nn.functional.interpolate(low, scale_factor=recipe.scale, mode="bicubic")
    pairs = torch.cat([torch.cat([high, condition], 1), torch.cat([leaf, condition], 1)])
    with torch.autocast("cpu", torch.bfloat16):
        logits, features = state.critic(pairs)
    real, fake = logits.float().chunk(2)
    halves = [feature.chunk(2) for feature in features]
    found = {
        "adversarial": losses.relativistic_generator(real, fake),
        "matching": losses.feature_matching([a for a, _ in halves], [b for _, b in halves]),
        "critic": losses.relativistic_discriminator(real, fake),
        "told_apart": (real > fake).float().mean(),
    }
    wish = found["adversarial"] + recipe.matching * found["matching"]
    critic = without_lattice(torch.autograd.grad(wish, leaf, retain_graph=True)[0], recipe.scale)
    state.critic_optimiser.zero_grad()
    found["critic"].backward()
    _descend(state.critic_optimiser, recipe.critic_rate)
    strength = recipe.adversarial * min(1.0, max(0.0, share - ALONE) / RAMP)
    return pixel + critic * (strength * pixel.norm() / critic.norm().clamp(min=1e-12)), found


def without_lattice(gradient: Tensor, scale: int) -> Tensor:
    """Take from a gradient what would draw a lattice of the scale's period over smooth ground.

    A network that ends in a pixel shuffle makes each of scale x scale places by weights of its own, and a young
    discriminator drives them apart.  What they want differently in the mean of 9 x 9 input pixels is taken out.
    """
    if scale == 1:
        return gradient
    batch, channels, height, width = gradient.shape
    places = nn.functional.pixel_unshuffle(gradient, scale)
    near = nn.functional.avg_pool2d(places, 9, stride=1, padding=4, count_include_pad=False)
    near = near.view(batch, channels, scale**2, height // scale, width // scale)
    lattice = (near - near.mean(2, keepdim=True)).flatten(1, 2)
    return gradient - nn.functional.pixel_shuffle(lattice, scale)


def _descend(optimiser: torch.optim.Optimizer, rate: float) -> None:
    for group in optimiser.param_groups:
        group["lr"] = rate
    optimiser.step()


@torch.no_grad()
def _remember(state: _State, memory: float) -> None:
    """Follow the generator slowly, from its first step on."""
    share = 1 - min(memory, (1 + state.step) / (10 + state.step))
    for average, new in zip(state.average.parameters(), state.generator.parameters(), strict=True):
        average.lerp_(new, share)


def _begin(recipe: Recipe, base: Model | None) -> _State:
    if recipe.base and (base is None or base.card.name != recipe.base):
        raise ModelError(f"{recipe.name} starts from the model {recipe.base}; say where it is with --base.")
    torch.manual_seed(recipe.seed)
    generator = ARCHITECTURES[recipe.architecture].build(**recipe.config).to(memory_format=torch.channels_last)
    if base is not None:
        generator.load_state_dict(base.network.state_dict())
    critic = PatchD(6).to(memory_format=torch.channels_last) if recipe.adversarial else None
    return _State(
        generator,
        copy.deepcopy(generator).requires_grad_(False),
        torch.optim.AdamW(generator.parameters(), recipe.rate, betas=(0.9, 0.99), weight_decay=0, fused=True),
        critic,
        torch.optim.AdamW(critic.parameters(), recipe.critic_rate, betas=(0.5, 0.99), fused=True) if critic else None,
    )


def _save(state: _State, path: Path, recipe: Recipe) -> None:
    parts = {"generator", "average", "optimiser", "critic", "critic_optimiser"}
    content = {name: part.state_dict() for name in parts if (part := getattr(state, name)) is not None}
    content |= {"step": state.step, "seconds": state.seconds, "recipe": json.dumps(asdict(recipe), sort_keys=True)}
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    torch.save(content, part)
    part.replace(path)


def _load(state: _State, path: Path, recipe: Recipe) -> None:
    try:
        content = torch.load(path, weights_only=True)
        if content.pop("recipe") != json.dumps(asdict(recipe), sort_keys=True):
            raise ModelError(f"{path.name} was begun with another recipe; start anew without --resume.")
        for name, value in content.items():
            if name in ("step", "seconds"):
                setattr(state, name, value)
            else:
                getattr(state, name).load_state_dict(value)
    except (OSError, RuntimeError, KeyError, AttributeError, EOFError, ValueError, UnpicklingError) as error:
        raise ModelError(f"Cannot go on from {path}: it is missing or damaged.") from error


def make_card(recipe: Recipe, command: str, report: Report, sources: Sequence[Source]) -> Card:
    """Write the card of a trained model."""
    architecture = ARCHITECTURES[recipe.architecture]
    training = {
        "steps": report.step,
        "minutes": round(report.minutes, 1),
        "device": f"{platform.machine()} CPU, {torch.get_num_threads()} of {os.cpu_count()} cores",
        "torch": torch.__version__,
        "seed": recipe.seed,
        "sources": len(sources),
        "pixels": digest(sources),
    }
    return Card(
        recipe.name, recipe.task, recipe.architecture, dict(recipe.config), recipe.scale,
        architecture.reach(recipe.config), architecture.multiple(recipe.config), "MIT", command,
        base=recipe.base, about=recipe.about, limits=recipe.limits, training=training,
    )  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one training from the command line; the model's file is renewed at every report."""
    options = _parse(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(options.threads)
    recipe = RECIPES[options.recipe]
    command = _command(recipe, options)
    try:
        sources = read_sources(options.data, "train")
        judges = read_sources(options.data, "validation")
        log.info("%d pictures to learn from, %d to validate with", len(sources), len(judges))
        base = read_model(options.base) if options.base else None
        reports = train(
            recipe, sources, options.out / f"{recipe.name}.checkpoint", base=base, steps=options.steps,
            minutes=options.minutes, resume=options.resume, every=options.every,
        )  # fmt: skip
        for report in reports:
            means = " ".join(f"{name} {value:.4f}" for name, value in report.losses.items())
            quality = validate(report.generator, recipe, judges)
            text = "%d steps, %.1f %%, %.1f min: %s, validation %.2f dB"
            log.info(text, report.step, report.share * 100, report.minutes, means, quality)
            card = make_card(recipe, command, report, sources)
            write_model(options.out / f"{recipe.name}.safetensors", card, report.generator)
    except VganError as error:
        log.error("%s", error)
        return 1
    return 0


@torch.inference_mode()
def validate(generator: nn.Module, recipe: Recipe, sources: Sequence[Source]) -> float:
    """Give the mean PSNR-Y in dB over 32 fixed crops of sources that are not trained on."""
    low, high = crops(sources, seed=0, step=0, batch=32, side=recipe.side, scale=recipe.scale)
    return float(psnr_y(generator(low), high, recipe.scale).mean())


def _command(recipe: Recipe, options: argparse.Namespace) -> str:
    """Write down what was asked for, without the paths of this machine."""
    budget = f"--minutes {options.minutes:g}" if options.minutes else f"--steps {options.steps or recipe.steps}"
    base = f" --base {recipe.base}.safetensors" if recipe.base else ""
    data = " ".join(folder.resolve().name for folder in options.data)
    return f"python -m vgan_studio.gan.train {recipe.name} {budget}{base} --data {data}"


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m vgan_studio.gan.train", description="Train a recipe.")
    parser.add_argument("recipe", choices=sorted(RECIPES))
    parser.add_argument("--data", type=Path, nargs="+", required=True, help="folders of pictures and films")
    parser.add_argument("-o", "--out", type=Path, required=True, help="folder for the model and the checkpoint")
    parser.add_argument("--base", type=Path, help="the model to start from, where the recipe needs one")
    budget = parser.add_mutually_exclusive_group()
    budget.add_argument("--steps", type=int, help="budget; the recipe's own if none is given")
    budget.add_argument("--minutes", type=float, help="budget by the clock")
    parser.add_argument("--resume", action="store_true", help="go on from the checkpoint in the folder")
    parser.add_argument("--every", type=int, default=250, help="steps between reports")
    parser.add_argument("--threads", type=int, default=1)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    raise SystemExit(main())

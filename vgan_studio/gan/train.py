"""Train a recipe: one loop for every task, in order.

python -m vgan_studio.gan.train RECIPE --data DIR... -o DIR [--steps N | --minutes M] [--resume]
"""

import argparse
import logging
import math
import os
import platform
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path

import torch
from torch import nn

from vgan_studio.errors import ModelError, VganError

from . import adversary, ranks
from .data import Source, digest
from .device import choose, half
from .networks import ARCHITECTURES
from .recipes import RECIPES, Recipe, find_recipe
from .sheet import write_sheet
from .state import State, begin, load, remember, save
from .tasks import lesson
from .weights import Card, Model, find_model, read_model, write_model
from .widened import narrowed

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Report:
    """Where a training stands.

    Attributes:
        step: done so far.
        share: of the budget, 0 to 1.
        losses: means since the last report; where a discriminator plays, with its accuracy and recall.
        minutes: spent in training, all sessions together.
        generator: the moving average so far; a copy of its weights is up to the reader.
    """

    step: int
    share: float
    losses: dict[str, float]
    minutes: float
    generator: nn.Module


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
    device: str = "cpu",
    eyes: nn.Module | None = None,
) -> Iterator[Report]:
    """Train, and report every so many steps and at the end.  Closing it saves a checkpoint, as the end does.

    With a budget in steps the result depends on recipe, data and machine alone, however often it was interrupted;
    with one in minutes the learning rate follows the clock.

    Args:
        eyes: the FeatNet, for a recipe with `perceptual`.

    Raises:
        ModelError: the checkpoint is missing or damaged, or the model to start from is.
    """
    state = begin(recipe, sources, base, device)
    if resume:
        load(state, checkpoint, recipe)
    steps = steps or recipe.steps
    began, saved, sums = time.monotonic() - state.seconds, time.monotonic(), dict[str, float]()
    count = 0
    try:
        while (share := _share(state, steps, minutes)) < 1:
            for name, loss in _step(recipe, state, sources, share, eyes).items():
                sums[name] = sums.get(name, 0.0) + loss
            count, state.step, state.seconds = count + 1, state.step + 1, time.monotonic() - began
            share = _share(state, steps, minutes)
            if state.step % every == 0 or share >= 1:
                means = {name: value / count for name, value in sums.items()}
                yield Report(state.step, share, means, state.seconds / 60, state.average)
                count, sums = 0, {}
            if time.monotonic() - saved > 60:
                _keep(state, checkpoint, recipe)
                saved = time.monotonic()
    finally:
        _keep(state, checkpoint, recipe)


def _keep(state: State, checkpoint: Path, recipe: Recipe) -> None:
    if not ranks.rank():
        save(state, checkpoint, recipe)


def _share(state: State, steps: int, minutes: float | None) -> float:
    return ranks.agreed(min(1.0, state.seconds / 60 / minutes if minutes else state.step / steps))


def _rate(share: float, warmup: float) -> float:
    """Rise in a line, then fall as half a cosine.  Loshchilov and Hutter 2016, arXiv:1608.03983."""
    if share < warmup:
        return (share + 1e-3) / (warmup + 1e-3)
    return float((1 + torch.cos(torch.tensor(torch.pi * (share - warmup) / (1 - warmup)))) / 2)


def _step(
    recipe: Recipe, state: State, sources: Sequence[Source], share: float, eyes: nn.Module | None
) -> dict[str, float]:
    """Learn from one batch."""
    task = lesson(recipe)
    device = next(state.generator.parameters()).device.type
    batch = task.batch(recipe, sources, ranks.own_step(state.step)).to(device)
    with half(device):
        y = batch.given_to(state.generator).float()
    leaf = y.detach().requires_grad_()
    found = task.loss(recipe, leaf, batch)
    gradient = torch.autograd.grad(torch.stack(list(found.values())).sum(), leaf)[0]
    if state.critic is not None and state.critic_optimiser is not None:
        gradient, judged = adversary.judge(recipe, state, batch, y, fidelity=gradient, share=share, eyes=eyes)
        found |= judged
        ranks.share_gradients(state.critic.parameters())
        _descend(state.critic_optimiser, recipe.critic_rate)
    state.optimiser.zero_grad()
    y.backward(gradient)  # type: ignore[no-untyped-call]
    ranks.share_gradients(state.generator.parameters())
    if recipe.clip < math.inf:
        nn.utils.clip_grad_norm_(state.generator.parameters(), recipe.clip)
    _descend(state.optimiser, recipe.rate * _rate(share, recipe.warmup))
    remember(state, recipe.memory)
    return {name: float(loss.detach()) for name, loss in found.items()}


def _descend(optimiser: torch.optim.Optimizer, rate: float) -> None:
    for group in optimiser.param_groups:
        group["lr"] = rate
    optimiser.step()


def make_card(recipe: Recipe, command: str, report: Report, sources: Sequence[Source], device: str = "cpu") -> Card:
    """Write the card of a trained model."""
    architecture = ARCHITECTURES[recipe.architecture]
    cores = f"{platform.machine()} CPU, {torch.get_num_threads()} of {os.cpu_count()} cores"
    training = {
        "steps": report.step,
        "minutes": round(report.minutes, 1),
        "device": cores if device == "cpu" else torch.cuda.get_device_name(device),
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
    """Run one training from the command line; model and sheet of samples are renewed at every report."""
    options = _parse(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(options.threads)
    try:
        with ranks.together(choose(options.device)) as device:
            recipe = changed(find_recipe(options.recipe), options.set)
            if options.name:
                recipe = replace(recipe, name=options.name)
            for report, figures in course(
                recipe, options.data, options.out, base=options.base, eyes=options.eyes, steps=options.steps,
                minutes=options.minutes, resume=options.resume, every=options.every, device=device,
                command=command(
                    options.recipe, options.data, options.set, steps=options.steps, minutes=options.minutes
                ),
            ):  # fmt: skip
                log.info("%s", sentence(report, figures))
    except VganError as error:
        log.error("%s", error)
        return 1
    return 0


def course(
    recipe: Recipe,
    folders: Sequence[Path],
    out: Path,
    *,
    base: Path | None = None,
    eyes: Path | None = None,
    steps: int | None = None,
    minutes: float | None = None,
    resume: bool = False,
    every: int = 250,
    device: str = "cpu",
    command: str = "",
) -> Iterator[tuple[Report, dict[str, float]]]:
    """Train from folders to a folder: at every report measure, and renew the model's file and the sheet of samples.

    Args:
        base, eyes: files of the models that the recipe starts from and sees with; found by name if not given.
        command: what to say in the card.

    Raises:
        ModelError: there is nothing to learn from, or a model or the checkpoint is missing or damaged.
    """
    task = lesson(recipe)
    sources, judges = (task.read(folders, part) for part in ("train", "validation"))
    log.info("%d pictures to learn from, %d to validate with, on %s", len(sources), len(judges), device)
    reports = train(
        recipe, sources, out / f"{recipe.name}.checkpoint", steps=steps, minutes=minutes, resume=resume, every=every,
        base=read_model(base or find_model(recipe.base)) if recipe.base else None,
        eyes=read_model(eyes or find_model("features")).network.to(device) if recipe.perceptual else None,
        device=device,
    )  # fmt: skip
    for report in reports:
        if ranks.rank():
            continue
        with torch.inference_mode():
            figures = task.judge(report.generator, recipe, judges)
        card = replace(
            make_card(recipe, command, report, sources, device),
            figures={f"validation {name}": round(value, 3) for name, value in figures.items()},
        )
        made = report.generator
        if recipe.widened:
            made = narrowed(made, task.build(recipe, sources))
        write_model(out / f"{recipe.name}.safetensors", card, task.ship(made))
        write_sheet(out / f"{recipe.name}.png", report.generator, task.batch(recipe, judges, 0))
        yield report, figures


def sentence(report: Report, figures: Mapping[str, float]) -> str:
    """Say in a line where a training stands."""
    means = " ".join(f"{name} {value:.4f}" for name, value in report.losses.items())
    found = " ".join(f"{name} {value:.2f}" for name, value in figures.items())
    return f"{report.step} steps, {report.share:.1%}, {report.minutes:.1f} min: {means}; {found}"


def command(
    recipe: str, folders: Sequence[Path], settings: Sequence[str], *, steps: int | None, minutes: float | None
) -> str:
    """Write down what was asked for, without the paths of this machine."""
    budget = f"--minutes {minutes:g}" if minutes else f"--steps {steps or find_recipe(recipe).steps}"
    changes = [f"--set {setting}" for setting in settings]
    return " ".join(["vgan train", recipe, budget, *changes, "--data", *(folder.resolve().name for folder in folders)])


def changed(recipe: Recipe, settings: Sequence[str]) -> Recipe:
    """Give the recipe with numbers and switches changed, each by a text such as "batch=8" or "clean=true".

    Raises:
        ModelError: there is no such number or switch, or the value is of another kind.
    """
    for setting in settings:
        name, _, text = setting.partition("=")
        present = getattr(recipe, name, None) if name in {f.name for f in fields(recipe)} else None
        if not isinstance(present, (bool, int, float)):
            raise ModelError(f"{recipe.name} has no number or switch {name!r} to change.")
        try:
            value = {"true": True, "false": False}[text] if isinstance(present, bool) else type(present)(text)
        except (KeyError, ValueError) as error:
            raise ModelError(f"{name}={text} does not fit: {recipe.name} has {name}={present}.") from error
        recipe = replace(recipe, **{name: value})  # type: ignore[arg-type]
    return recipe


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m vgan_studio.gan.train", description="Train a recipe.")
    parser.add_argument("recipe", help=", ".join(sorted(RECIPES)))
    parser.add_argument("--data", type=Path, nargs="+", required=True, help="folders of pictures and films, or a film")
    parser.add_argument("-o", "--out", type=Path, required=True, help="folder for the model and the checkpoint")
    parser.add_argument("--base", type=Path, help="the model to start from, where the recipe needs one")
    parser.add_argument("--name", help="of the model; the recipe's if none is given")
    parser.add_argument("--eyes", type=Path, help="the FeatNet, where the recipe needs one and it is not the shipped")
    budget = parser.add_mutually_exclusive_group()
    budget.add_argument("--steps", type=int, help="budget; the recipe's own if none is given")
    budget.add_argument("--minutes", type=float, help="budget by the clock")
    parser.add_argument("--resume", action="store_true", help="go on from the checkpoint in the folder")
    parser.add_argument("--every", type=int, default=250, help="steps between reports")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--device", default="cpu", help="cpu, cuda, or auto")
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="change a part of the recipe")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    raise SystemExit(main())

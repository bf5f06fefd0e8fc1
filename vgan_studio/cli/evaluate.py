"""`vgan evaluate`: how good a model or an effect is, beside the classical tools, on data that no training saw."""

import argparse
import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from rich.console import Console

from vgan_studio.effects.params import Weights
from vgan_studio.effects.spec import find
from vgan_studio.errors import ModelError
from vgan_studio.gan.evaluate import MEASURES, evaluate, read, write_figures
from vgan_studio.gan.figures import Figure, table
from vgan_studio.gan.weights import Model, list_models, read_model
from vgan_studio.render import measure_translate

_MORE = {"translate": measure_translate.figures}


def run(args: argparse.Namespace) -> int:
    """Print the figures: a table, or a line of JSON each; with `--write`, put them on the models' cards."""
    folders = [Path(folder) for folder in args.data]
    missing = [str(folder) for folder in folders if not folder.exists()]
    if missing:
        raise ModelError(f"There is no {missing[0]}.")
    chosen = _of_effect(args.wanted) if _is_effect(args.wanted) else [read(args.wanted)]
    figures = []
    for figure in _measured([model for _, model in chosen], folders):
        figures.append(figure)
        if args.json:
            print(json.dumps(asdict(figure), ensure_ascii=False), flush=True)
    if not args.json:
        Console(highlight=False, soft_wrap=True).print(table(figures), markup=False)
    for path, model in chosen if args.write else ():
        write_figures(path, model, figures)
    return 0


def _measured(models: list[Model], folders: list[Path]) -> Iterator[Figure]:
    found = False
    for figure in evaluate(models, folders, _MORE):
        found = True
        yield figure
    if not found:
        names = ", ".join(str(folder) for folder in folders)
        raise ModelError(f"There is nothing in {names} to measure {models[0].card.name} with: no training may see it.")


def _is_effect(wanted: str) -> bool:
    return "." in wanted and not wanted.endswith(".safetensors")


def _of_effect(id: str) -> list[tuple[Path, Model]]:
    """Read all models for the tasks of an effect."""
    effect = find(id)
    tasks = [param.task for param in effect.params.values() if isinstance(param, Weights)]
    if not tasks:
        raise ModelError(f"{effect.id} asks no network: there is nothing to measure.")
    measured = MEASURES.keys() | _MORE
    if not measured & set(tasks):
        raise ModelError(f"There is no measure for {effect.id}: its networks are for {', '.join(tasks)}.")
    found = [(path, read_model(path)) for path, card in list_models() if card.task in measured & set(tasks)]
    if not found:
        raise ModelError(f"{effect.id} has no model here for {' or '.join(tasks)}.")
    return found

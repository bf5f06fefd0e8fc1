"""`vgan train`: train a model by a recipe, and say how it goes."""

import argparse
import json
from dataclasses import replace
from pathlib import Path

from vgan_studio.gan.device import choose
from vgan_studio.gan.recipes import find_recipe
from vgan_studio.gan.train import changed, course, sentence


def run(args: argparse.Namespace) -> int:
    """Train, and print a line at every report."""
    recipe = changed(find_recipe(args.recipe), args.set)
    if args.name:
        recipe = replace(recipe, name=args.name)
    reports = course(
        recipe, [Path(folder) for folder in args.data], Path(args.output), steps=args.steps, minutes=args.minutes,
        resume=args.resume, every=args.every, device=choose(args.device), command=_command(args),
    )  # fmt: skip
    for report, figures in reports:
        if args.json:
            facts = {"step": report.step, "share": report.share, "minutes": report.minutes}
            print(json.dumps({**facts, "losses": report.losses, "figures": figures}), flush=True)
        else:
            print(sentence(report, figures), flush=True)
    return 0


def _command(args: argparse.Namespace) -> str:
    budget = f"--minutes {args.minutes:g}" if args.minutes else f"--steps {args.steps}" if args.steps else ""
    return " ".join(["vgan train", args.recipe, budget, *(f"--set {setting}" for setting in args.set)])

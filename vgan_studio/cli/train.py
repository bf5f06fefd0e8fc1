"""`vgan train`: train a model by a recipe, and say how it goes."""

import argparse
import json
from dataclasses import replace
from pathlib import Path

from vgan_studio.gan.device import choose
from vgan_studio.gan.recipes import find_recipe
from vgan_studio.gan.train import changed, command, course, sentence


def run(args: argparse.Namespace) -> int:
    """Train, and print a line at every report."""
    recipe = changed(find_recipe(args.recipe), args.set)
    if args.name:
        recipe = replace(recipe, name=args.name)
    folders = [Path(folder) for folder in args.data]
    reports = course(
        recipe, folders, Path(args.output), steps=args.steps, minutes=args.minutes,
        resume=args.resume, every=args.every, device=choose(args.device),
        command=command(args.recipe, folders, args.set, steps=args.steps, minutes=args.minutes),
    )  # fmt: skip
    for report, figures in reports:
        if args.json:
            facts = {"step": report.step, "share": report.share, "minutes": report.minutes}
            print(json.dumps({**facts, "losses": report.losses, "figures": figures}), flush=True)
        else:
            print(sentence(report, figures), flush=True)
    return 0

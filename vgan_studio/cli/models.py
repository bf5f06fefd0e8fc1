"""`vgan models`: the models that are here, what they are for, and whether their files are whole."""

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.text import Text

from vgan_studio.errors import ModelError
from vgan_studio.gan.weights import Card, list_models, read_model


def run(args: argparse.Namespace) -> int:
    """Print every model; 1 if one is damaged."""
    console = Console(highlight=False, soft_wrap=True)
    failed = False
    for path, card in list_models():
        fault = _fault(path)
        failed |= fault is not None
        if args.json:
            facts = {**asdict(card), "path": str(path), "bytes": path.stat().st_size, "fault": fault}
            print(json.dumps(facts, ensure_ascii=False))
        else:
            _show(console, path, card, fault)
    return int(failed)


def _fault(path: Path) -> str | None:
    try:
        read_model(path)
    except ModelError as error:
        return str(error)
    return None


def _show(console: Console, path: Path, card: Card, fault: str | None) -> None:
    scale = f" ×{card.scale}" if card.scale != 1 else ""
    console.print(Text(card.name, "bold"), f"  {card.task}{scale}, {card.architecture}, {card.license}", sep="")
    console.print(f"    {card.about}")
    for name, value in card.figures.items():
        console.print(f"      {name:<28} {value:g}")
    state = Text(f"    digest {card.digest[:16]} verified", "dim") if fault is None else Text(f"    {fault}", "red")
    console.print(state, Text(f"  {path}", "dim"), sep="")

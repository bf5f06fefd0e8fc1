"""`vgan models`: the models that are here, what they are for, and whether their files are whole; others taken in."""

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.text import Text

from vgan_studio.errors import ModelError
from vgan_studio.gan.weights import Card, list_models, read_model, remove_model

_console = Console(highlight=False, soft_wrap=True)


def run(args: argparse.Namespace) -> int:
    """List, verify, import or remove models; 1 if one is damaged."""
    actions: dict[str | None, Callable[[argparse.Namespace], int]] = {
        "verify": _verify,
        "import": _import,
        "remove": _remove,
    }
    return actions.get(args.action, _list)(args)


def _list(args: argparse.Namespace) -> int:
    failed = False
    for path, card in list_models():
        fault = _fault(path)
        failed |= fault is not None
        if args.json:
            print(json.dumps({**_facts(path, card), "fault": fault}, ensure_ascii=False))
        else:
            _show(path, card, fault)
    return int(failed)


def _verify(args: argparse.Namespace) -> int:
    models = {card.name: (path, card) for path, card in list_models()}
    unknown = [name for name in args.names if name not in models]
    if unknown:
        raise ModelError(f"There is no model {unknown[0]!r}. Found: {', '.join(models) or 'none at all'}.")
    failed = False
    for path, card in (models[name] for name in args.names or models):
        fault = _fault(path)
        failed |= fault is not None
        if args.json:
            print(
                json.dumps({"name": card.name, "digest": card.digest, "fault": fault}, ensure_ascii=False), flush=True
            )
        else:
            _console.print(f"{card.name}: {fault or f'is what its card says, digest {card.digest}'}")
    return int(failed)


def _import(args: argparse.Namespace) -> int:
    from vgan_studio.engine.adopt import adopt

    license = args.license
    if license is None:
        asked = sys.stdin.isatty() and not args.json
        license = input("Licence of the weights (nothing: unknown): ").strip() if asked else ""
    path, card = adopt(Path(args.file), name=args.name, task=args.task, license=license, source=args.source)
    if args.json:
        print(json.dumps({**_facts(path, card), "fault": None}, ensure_ascii=False), flush=True)
        return 0
    _show(path, card, None)
    _console.print(f"Ask for it with `--effect gan.{card.task}:model={card.name}`.")
    return 0


def _remove(args: argparse.Namespace) -> int:
    (name,) = args.names
    path = remove_model(name)
    print(json.dumps({"removed": str(path)}, ensure_ascii=False) if args.json else f"Removed {path}.")
    return 0


def _facts(path: Path, card: Card) -> dict[str, object]:
    return {**asdict(card), "path": str(path), "bytes": path.stat().st_size}


def _fault(path: Path) -> str | None:
    try:
        read_model(path)
    except ModelError as error:
        return str(error)
    return None


def _show(path: Path, card: Card, fault: str | None) -> None:
    scale = f" ×{card.scale}" if card.scale != 1 else ""
    _console.print(Text(card.name, "bold"), f"  {card.task}{scale}, {card.architecture}, {card.license}", sep="")
    _console.print(f"    {card.about}", markup=False)
    for name, value in card.figures.items():
        _console.print(f"      {name:<28} {value:g}", markup=False)
    state = Text(f"    digest {card.digest[:16]} verified", "dim") if fault is None else Text(f"    {fault}", "red")
    _console.print(state, Text(f"  {path}", "dim"), sep="")

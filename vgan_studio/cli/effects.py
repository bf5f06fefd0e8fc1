"""`vgan effects`: what can be done to a picture, with every parameter, its range and its default."""

import argparse
import json
from dataclasses import asdict

from rich.console import Console
from rich.text import Text

from vgan_studio.effects.spec import Effect, find, registry


def run(args: argparse.Namespace) -> int:
    """Print one effect or all of them."""
    chosen = [find(args.id)] if args.id else [effect for _, effect in sorted(registry().items())]
    console = Console(highlight=False, soft_wrap=True)
    for effect in chosen:
        if args.json:
            print(json.dumps(_facts(effect), ensure_ascii=False))
        else:
            _show(console, effect)
    return 0


def _facts(effect: Effect) -> dict[str, object]:
    params = {name: {"kind": type(param).__name__.lower(), **asdict(param)} for name, param in effect.params.items()}
    return {
        "id": effect.id, "title": effect.title, "kind": effect.kind, "about": _about(effect), "heavy": effect.heavy,
        "window": effect.window, "live": effect.live, "version": effect.version, "params": params,
    }  # fmt: skip


def _about(effect: Effect) -> str:
    return (effect.render.__doc__ or "").partition("\n")[0].strip()


def _show(console: Console, effect: Effect) -> None:
    marks = f"  [{effect.kind}{', asks a network' if effect.heavy else ''}]"
    console.print(Text(effect.id, "bold"), Text(marks, "dim"), sep="")
    console.print(f"    {effect.title}: {_about(effect)}")
    for name, param in effect.params.items():
        console.print(f"      {name:<12} {param.wants}; default {_shown(param.default)}")


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, tuple):
        return ",".join(f"{part:g}" for part in value)
    return f"{value:g}" if isinstance(value, float) else str(value) or "none"

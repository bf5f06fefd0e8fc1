"""`vgan effects`: what can be done to a picture, with every parameter, its range and its default, and what it costs."""

import argparse
import json
import logging
from dataclasses import asdict

from rich.console import Console
from rich.text import Text

from vgan_studio.effects.cost import HEIGHT, WIDTH, Costs, measure
from vgan_studio.effects.params import Lock
from vgan_studio.effects.spec import Effect, Param, find, registry
from vgan_studio.engine.run import Engine
from vgan_studio.errors import ModelError

log = logging.getLogger(__name__)


def run(args: argparse.Namespace) -> int:
    """Print one effect or all of them; with `--measure`, time first those that ask a network."""
    chosen = [find(args.id)] if args.id else [effect for _, effect in sorted(registry().items())]
    console = Console(highlight=False, soft_wrap=True)
    engine = Engine()
    costs = Costs(engine)
    for effect in chosen:
        if args.measure and effect.heavy:
            _measure(effect, engine, costs)
        cost = costs.get(effect) if effect.heavy else None
        if args.json:
            print(json.dumps(_facts(effect, cost), ensure_ascii=False), flush=True)
        else:
            _show(console, effect, cost)
    engine.close()
    return 0


def _measure(effect: Effect, engine: Engine, costs: Costs) -> None:
    try:
        costs.put(effect, measure(effect, engine))
    except ModelError as error:
        log.warning("%s is not measured. %s", effect.id, error)


def _facts(effect: Effect, cost: float | None) -> dict[str, object]:
    params = {name: _parameter(param) for name, param in effect.params.items()}
    return {
        "id": effect.id, "title": effect.title, "kind": effect.kind, "about": _about(effect), "heavy": effect.heavy,
        "window": effect.window, "live": effect.live, "version": effect.version,
        "seconds_per_megapixel": cost, "params": params,
    }  # fmt: skip


def _parameter(param: Param) -> dict[str, object]:
    facts = {name: value for name, value in asdict(param).items() if not callable(value)}
    return {"kind": type(param).__name__.lower(), **facts}


def _about(effect: Effect) -> str:
    return (effect.render.__doc__ or "").partition("\n")[0].strip()


def _show(console: Console, effect: Effect, cost: float | None) -> None:
    marks = f"  [{effect.kind}{', asks a network' if effect.heavy else ''}]"
    console.print(Text(effect.id, "bold"), Text(marks, "dim"), sep="")
    console.print(f"    {effect.title}: {_about(effect)}")
    if effect.heavy:
        console.print(f"    {_cost(cost)}")
    for name, param in effect.params.items():
        if not isinstance(param, Lock):  # which is for the window alone
            console.print(f"      {name:<12} {param.wants}; default {_shown(param.default)}")


def _cost(cost: float | None) -> str:
    if cost is None:
        return "not timed on this machine yet: vgan effects --measure"
    frame = 1000 * cost * HEIGHT * WIDTH / 1e6
    return f"takes {cost:.2f} s per megapixel here, {frame:.0f} ms for {WIDTH} x {HEIGHT}"


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, tuple):
        return ",".join(f"{part:g}" for part in value)
    return f"{value:g}" if isinstance(value, float) else str(value) or "none"

"""`vgan bench`: how fast this machine decodes, asks networks, and exports with them."""

import argparse
import json
from collections.abc import Iterator
from dataclasses import asdict
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from vgan_studio.effects.spec import Weights, registry
from vgan_studio.media.writer import Target, Writer
from vgan_studio.render.asset import model_digest
from vgan_studio.render.bench import bench, decoding, listening
from vgan_studio.timeline.values import EffectCall

from .apply import read_effect
from .scene import RATE, rose_window

_SIZE, _PICTURES = (640, 360), 72


def run(args: argparse.Namespace) -> int:
    """Measure, and say what was found."""
    console = Console(highlight=False, soft_wrap=True)
    with TemporaryDirectory(prefix="vgan-bench-") as folder:
        film = Path(args.file) if args.file else _made(Path(folder) / "window.mp4")
        engine = listening(args.device, args.precision)
        facts: dict[str, object] = {"device": engine.describe(), "film": str(args.file or "made by code, 640x360")}
        _say(
            console,
            args,
            {**facts, "decode": round(decoding(film), 1)},
            "{device}\n{film}: decoding {decode} per second",
        )
        effects = [read_effect(words) for words in args.effect] or list(_all())
        for one in bench(film, effects, engine, Path(folder), args.codec or ["h264"]):
            found = {**asdict(one), "ratio": round(one.ratio, 3)}
            found |= {"bare": round(one.bare, 2), "export": round(one.export, 2), "share": round(one.share, 3)}
            found |= {"whole": round(one.whole, 2), "work": ", ".join(f"{k} {v}" for k, v in one.work_ms.items())}
            words = (
                "{effect} as {codec}: networks alone {bare} per second, "
                "with all else of the effect {whole}, an export {export}: "
                "{ratio} of the networks ({batch} at once; of the export's processor time they would take {share}; "
                "processor time for a picture in ms: {work})"
            )
            _say(console, args, found, words)
        engine.close()
    return 0


def _say(console: Console, args: argparse.Namespace, facts: dict[str, object], words: str) -> None:
    if args.json:
        print(json.dumps(facts, ensure_ascii=False), flush=True)
    else:
        console.print(words.format(**facts), markup=False)


def _made(path: Path) -> Path:
    """Write a film without sound."""
    target = Target("h264", *_SIZE, rate=Fraction(RATE), quality=85, depth=8, chroma="420")
    with Writer(path, target) as writer:
        for number, picture in enumerate(rose_window(*_SIZE, _PICTURES)):
            writer.write(picture, Fraction(number, RATE))
    return path


def _all() -> Iterator[EffectCall]:
    """Give every filter that asks a network and whose models are here, as it is by default, and larger upscalers."""
    for id, effect in sorted(registry().items()):
        tasks = [param.task for name, param in effect.params.items() if isinstance(param, Weights) and name == "model"]
        if effect.heavy and effect.inputs == 1 and tasks and all(map(model_digest, tasks)):
            yield EffectCall(id)
            if id == "gan.upscale":
                yield EffectCall(id, (("quality", "fine"),))
                yield EffectCall(id, (("scale", "4"),))

"""What the verbs that compute pictures share: the engine, the cache and the words at the end."""

from __future__ import annotations

import argparse
import json
import logging
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
from rich.console import Console

from vgan_studio.errors import MediaError
from vgan_studio.render.cache import Cache, default_folder
from vgan_studio.render.credentials import Credentials, made_credentials
from vgan_studio.render.film import Progress
from vgan_studio.render.proof import Proof, sentence

from .progress import drive

if TYPE_CHECKING:
    from vgan_studio.engine.run import Engine

log = logging.getLogger(__name__)

CACHE_BYTES = 20 << 30


def make_engine(args: argparse.Namespace) -> Engine:
    """Make the engine that the options ask for.

    Raises:
        EngineError: the device is not here.
    """
    from vgan_studio.engine.run import Engine

    return Engine(args.device, args.precision)


def open_cache(args: argparse.Namespace) -> Cache:
    """Open the cache that the options ask for."""
    return Cache(Path(args.cache) if args.cache else default_folder(), CACHE_BYTES)


def write_film(steps: Iterator[Progress], path: Path, args: argparse.Namespace) -> int:
    """Drive an export to its end and say what came of it; the exit status."""
    last = drive(steps, path.name, as_json=args.json)
    counters = asdict(last.counters)
    facts = {"output": str(path), "pictures": last.done, "seconds": round(last.seconds, 2), **counters, **last.report}
    if args.json:
        print(json.dumps({"result": facts}, ensure_ascii=False), flush=True)
        return 0
    console = Console(highlight=False, soft_wrap=True)
    asked = f", {counters['inferred']} inferred, {counters['hits']} from the cache" if _networks(counters) else ""
    speed = f"{last.done} pictures in {last.seconds:.1f} s ({last.speed:.1f} per second{asked})"
    console.print(f"{path}: {speed}")
    if last.report:
        console.print(sentence(last.report))
    return 0


def make_proof(args: argparse.Namespace) -> Proof:
    """Give what the options want to be proven of the film.

    Raises:
        MediaError: a test certificate is asked for and cannot be made.
    """
    words = args.credentials
    if words is None:
        return Proof(args.sidecar, args.check)
    if words == ["test"]:
        folder = Path(platformdirs.user_data_dir("vgan_studio")) / "credentials"
        return Proof(args.sidecar, args.check, made_credentials(folder))
    if len(words) != 2:
        raise MediaError("Give --credentials a certificate and its key, two PEM files, or the word test.")
    return Proof(args.sidecar, args.check, Credentials(Path(words[0]), Path(words[1])))


def _networks(counters: dict[str, int]) -> bool:
    return counters["inferred"] + counters["hits"] > 0

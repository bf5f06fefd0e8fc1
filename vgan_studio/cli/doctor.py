"""`vgan doctor`: what is here, what is missing, and what to do about it."""

import argparse
import json
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Literal

from rich.console import Console
from rich.text import Text

from vgan_studio.errors import VganError

State = Literal["ok", "note", "failed"]
_MARKS: dict[State, tuple[str, str]] = {"ok": ("ok", "green"), "note": ("note", "yellow"), "failed": ("FAILED", "red")}
_LOW_DISK_BYTES = 2 << 30


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the report; `advice` says what to do where the state is not ok."""

    name: str
    state: State
    found: str
    advice: str = ""


def run(args: argparse.Namespace) -> int:
    """Print every check; 1 if one failed."""
    console = Console(highlight=False, soft_wrap=True)
    failed = False
    for check in checks():
        failed |= check.state == "failed"
        if args.json:
            print(json.dumps(asdict(check), ensure_ascii=False), flush=True)
        else:
            mark, style = _MARKS[check.state]
            console.print(Text(f"{mark:>6}  ", style), Text(f"{check.name:<22}"), check.found, sep="")
            if check.advice:
                console.print(Text(f"{'':>8}{check.advice}", "dim"))
    return int(failed)


def checks() -> Iterator[Check]:
    """Give the checks as they are made, the quick ones first."""
    yield _python()
    for make in (_torch, _ffmpeg, _encoders, _qt, _models, _cache):
        yield from _guarded(make)


def _guarded(make: Callable[[], Iterator[Check]]) -> Iterator[Check]:
    try:
        yield from make()
    except (ImportError, OSError, VganError) as error:
        yield Check(make.__name__[1:], "failed", str(error), "Run `make setup` again.")


def _python() -> Check:
    found = f"{platform.python_version()} on {platform.system()} {platform.machine()}"
    return Check("Python", "ok", found)


def _torch() -> Iterator[Check]:
    import torch

    from vgan_studio.engine.run import Engine

    yield Check("torch", "ok", torch.__version__)
    engine = Engine()
    found = engine.describe()
    if engine.device.type == "cpu":
        yield Check("device", "note", found, "No GPU was found; networks run on the CPU.")
    else:
        yield Check("device", "ok", found)


def _ffmpeg() -> Iterator[Check]:
    from vgan_studio.media.libraries import library_versions

    versions = library_versions()
    yield Check("FFmpeg", "ok", ", ".join(f"{name} {number}" for name, number in versions.items()))


def _encoders() -> Iterator[Check]:
    from vgan_studio.media.codecs import CODECS
    from vgan_studio.media.encoders import all_encoders, hurdle

    spare = {name for row in CODECS.values() for name in row.hardware}
    for name in all_encoders():
        reason = hurdle(name)
        if not reason:
            yield Check("encoder", "ok", f"{name}: a test encode passed")
        elif name in spare:
            yield Check("encoder", "note", reason, "It is not needed: the same codec is written in software.")
        else:
            yield Check("encoder", "failed", reason, "Run `make setup` again: the package `av` is damaged.")


def _qt() -> Iterator[Check]:
    # In a process of its own: a missing platform plug-in aborts the process that asks for it.
    probe = "from PySide6.QtGui import QGuiApplication as A; a = A([]); print(a.platformName())"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, timeout=60, check=False)
    if done.returncode == 0:
        yield Check("Qt platform", "ok", done.stdout.strip())
        return
    reason = next((line for line in done.stderr.splitlines() if line.strip()), "Qt could not start")
    advice = "The command line works without a display; for the window see `make setup`."
    yield Check("Qt platform", "note", reason.strip(), advice)


def _models() -> Iterator[Check]:
    from vgan_studio.gan.weights import list_models, read_model

    found = list_models()
    if not found:
        yield Check("models", "failed", "none", "The folder `models` is missing from this installation.")
    for path, card in found:
        try:
            read_model(path)
        except VganError as error:
            yield Check("model", "failed", str(error), f"Delete {path} or get it again.")
        else:
            yield Check("model", "ok", f"{card.name} ({card.task}), digest {card.digest[:12]}")


def _cache() -> Iterator[Check]:
    from vgan_studio.render.cache import default_folder

    folder = default_folder()
    folder.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(folder).free
    found = f"{folder}, {free / 2**30:.1f} GiB free"
    if free < _LOW_DISK_BYTES:
        yield Check("cache", "note", found, "Little room is left; pictures that were computed may be dropped early.")
    else:
        yield Check("cache", "ok", found)

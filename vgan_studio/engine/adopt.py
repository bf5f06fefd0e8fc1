"""Take in models from elsewhere: a stranger's file is looked at in a process of its own, and written anew."""

import contextlib
import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import vgan_studio
from vgan_studio.errors import ModelError
from vgan_studio.gan.stranger import check_file
from vgan_studio.gan.weights import Card, list_models, read_card, user_folder

from .examine import TASKS

__all__ = ["TASKS", "Looking", "adopt", "adopting"]

MEMORY_BYTES = 6 << 30  # beyond what torch itself takes
SECONDS = 600  # of one core
_NAME = re.compile(r"[\w][\w.+-]{0,79}")
_MOST_OUTPUT = 1 << 20
_BEAT_S = 0.2


@dataclass(frozen=True, slots=True)
class Looking:
    """A file is being looked at, for so many seconds by now."""

    seconds: float


def adopt(
    file: Path,
    *,
    name: str = "",
    task: str = "",
    license: str = "",
    source: str = "",
    memory_bytes: int = MEMORY_BYTES,
    seconds: int = SECONDS,
) -> tuple[Path, Card]:
    """Take a model in: `.safetensors` or `.pth` of an architecture that spandrel knows, into the user's folder.

    Args:
        name: of the model; the file's own if not given.
        task: one of `TASKS`; by architecture if not given.
        license: of the weights; "unknown" if not given.
        memory_bytes, seconds: what looking at the file may take; memory is bounded on Linux alone.

    Returns:
        The new file and its card.

    Raises:
        ModelError: the file is refused, or a model of that name is there; the sentence says why.
    """
    *_, last = adopting(
        file, name=name, task=task, license=license, source=source, memory_bytes=memory_bytes, seconds=seconds
    )
    assert isinstance(last, tuple)
    return last


def adopting(
    file: Path,
    *,
    name: str = "",
    task: str = "",
    license: str = "",
    source: str = "",
    memory_bytes: int = MEMORY_BYTES,
    seconds: int = SECONDS,
) -> Generator[Looking | tuple[Path, Card]]:
    """Take a model in like `adopt`, step by step; to close it ends the other process, and nothing is left."""
    check_file(file)
    name = name or re.sub(r"[^\w.+-]+", "-", file.stem).strip("-.") or "model"
    _check_name(name)
    folder = user_folder()
    part = folder / f".{name}.{uuid4().hex[:8]}.part"
    order = {
        "file": str(file.absolute()), "out": str(part), "name": name, "task": task, "license": license or "unknown",
        "source": source or f"{file.name}, sha256 {_digest(file)}", "memory_bytes": memory_bytes, "seconds": seconds,
    }  # fmt: skip
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield from _answering(order, file.name, seconds)
        card = read_card(part)
        path = folder / f"{name}.safetensors"
        part.replace(path)
    except OSError as error:
        raise ModelError(f"Cannot write {folder / name}: {error.strerror}.") from error
    finally:
        part.unlink(missing_ok=True)
        part.with_name(part.name + ".part").unlink(missing_ok=True)
    yield path, card


def _check_name(name: str) -> None:
    if not _NAME.fullmatch(name):
        raise ModelError(f"{name!r} cannot be the name of a model: letters, digits, dots, dashes.")
    if any(card.name == name for _, card in list_models()):
        raise ModelError(f"There is a model called {name} already; give this one another --name, or remove that one.")


def _digest(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError as error:
        raise ModelError(f"Cannot read {file}: {error.strerror}.") from error


def _answering(order: dict[str, Any], name: str, seconds: int) -> Generator[Looking]:
    """Let the other process do the work, and say what went wrong there."""
    process = subprocess.Popen(
        [sys.executable, "-m", "vgan_studio.engine.examine"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=_surroundings(),
        start_new_session=os.name == "posix",
    )  # fmt: skip
    began = time.monotonic()
    asked: bytes | None = json.dumps(order).encode()
    out = errors = b""
    try:
        while True:
            try:
                out, errors = process.communicate(asked, timeout=_BEAT_S)
                break
            except subprocess.TimeoutExpired as error:
                asked, waited = None, time.monotonic() - began
                if waited > 2 * seconds + 60:  # other programs take their share of the machine, too
                    raise ModelError(
                        f"{name} took longer than {seconds} seconds to be looked at, and is refused."
                    ) from error
                yield Looking(waited)
    finally:
        _end(process)
    if process.returncode == 0 and len(out) < _MOST_OUTPUT:
        answer = json.loads(out.splitlines()[-1])
        if "error" in answer:
            raise ModelError(answer["error"])
        return
    if os.name == "posix" and process.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        raise ModelError(f"{name} took longer than {seconds} seconds to be looked at, and is refused.")
    words = errors[-2000:].decode(errors="replace").strip().splitlines() or [f"status {process.returncode}"]
    raise ModelError(f"{name} broke the program that looked at it, and is refused ({words[-1][:200]}).")


def _surroundings() -> dict[str, str]:
    """Give the other process what it needs to start, and no more: no keys of the user, no GPU."""
    kept = ("PATH", "HOME", "LANG", "TMPDIR", "LD_LIBRARY_PATH", "SYSTEMROOT", "TEMP", "USERPROFILE")
    found = {name: os.environ[name] for name in kept if name in os.environ}
    root = str(Path(vgan_studio.__file__).parents[1])
    return {**found, "PYTHONPATH": root, "OMP_NUM_THREADS": "1", "CUDA_VISIBLE_DEVICES": "", "PYTHONWARNINGS": "ignore"}


def _end(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None:
        if os.name == "posix":
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
        process.communicate()
    for stream in (process.stdin, process.stdout, process.stderr):  # it may have ended before it was heard to its end
        if stream is not None:
            with contextlib.suppress(OSError):
                stream.close()

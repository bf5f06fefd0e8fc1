"""Learn the noise of one film from the film itself, in a process of its own: a model of the user's own comes of it."""

import contextlib
import json
import os
import queue
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Collection, Generator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import vgan_studio
from vgan_studio.errors import ModelError

RECIPES = {"denoise": "denoise-clip"}  # by the task of the model that comes of it
MINUTES = 1.0
_BEAT_S = 0.2
_EVERY = 20  # steps between two reports
_KIND = 4  # by so much the other process gives way to this one


@dataclass(frozen=True, slots=True)
class Lesson:
    """How far the learning is, in hundredths.

    Attributes:
        words: what was found by now.
    """

    done: int
    total: int
    words: str


@dataclass(frozen=True, slots=True)
class Learnt:
    """What came of it.

    Attributes:
        model: the name of the model that can be asked from now on.
        words: how well it did.
    """

    model: str
    words: str


def free_name(film: Path, known: Collection[str]) -> str:
    """Give a name for the model of a film that no other model has."""
    stem = re.sub(r"[^\w.+-]+", "-", film.stem).strip("-.")[:60] or "film"
    names = (f"{stem}-noise{'' if number == 1 else f'-{number}'}" for number in range(1, len(known) + 2))
    return next(name for name in names if name not in known)


def learning(
    film: Path, name: str, task: str = "denoise", *, minutes: float = MINUTES, steps: int | None = None
) -> Generator[Lesson | Learnt]:
    """Train a model on a film alone; to close it ends the other process, and nothing is left.

    Args:
        name: of the model.
        steps: instead of minutes.

    Raises:
        ModelError: the film cannot be learnt from.
    """
    from vgan_studio.gan.weights import read_card, user_folder

    folder = Path(tempfile.mkdtemp(prefix="vgan-learn-"))
    budget = ["--steps", str(steps)] if steps else ["--minutes", f"{minutes:g}"]
    order = [sys.executable, "-m", "vgan_studio", "train", RECIPES[task], "--data", str(film), "-o", str(folder),
             *budget, "--every", str(_EVERY), "--name", name, "--json"]  # fmt: skip
    try:
        words = yield from _listening(order, film.name)
        made = folder / f"{name}.safetensors"
        read_card(made)
        _take_over(made, user_folder() / made.name)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    yield Learnt(name, words)


def _listening(order: list[str], name: str) -> Generator[Lesson, None, str]:
    """Let the other process work, and say how far it is; what it said last."""
    root = str(Path(vgan_studio.__file__).parents[1])
    process = subprocess.Popen(
        order, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        encoding="utf-8", errors="replace", env={**os.environ, "PYTHONPATH": root},
    )  # fmt: skip
    if hasattr(os, "setpriority"):
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, process.pid, _KIND)
    lines: queue.SimpleQueue[str] = queue.SimpleQueue()
    reader = threading.Thread(target=_read, args=(process, lines), name="learning", daemon=True)
    reader.start()
    lesson, last, error = Lesson(0, 100, "Looking at the film …"), "", ""
    try:
        yield lesson
        while reader.is_alive() or not lines.empty():
            with contextlib.suppress(queue.Empty):
                last = lines.get(timeout=_BEAT_S)
                lesson, error = _lesson(_facts(last)) or lesson, _facts(last).get("error", error)
            yield lesson
        if process.wait() != 0:
            raise ModelError(error or f"{name} could not be learnt from: {last.strip()[:200]}")
        return lesson.words
    finally:
        process.kill()
        process.wait()
        reader.join()
        if process.stdout is not None:
            process.stdout.close()


def _read(process: "subprocess.Popen[str]", lines: "queue.SimpleQueue[str]") -> None:
    assert process.stdout is not None
    for line in process.stdout:
        if line.strip():
            lines.put(line)


def _facts(line: str) -> dict[str, Any]:
    with contextlib.suppress(ValueError):
        found = json.loads(line)
        return found if isinstance(found, dict) else {}
    return {}


def _lesson(facts: Mapping[str, Any]) -> Lesson | None:
    """Read a report of the training."""
    figures = facts.get("figures")
    if not isinstance(figures, dict) or not {"left", "noisy"} <= set(figures):
        return None
    words = f"Step {facts['step']}: {figures['left']:.1f} of {figures['noisy']:.1f} levels apart from the next frame."
    return Lesson(round(100 * float(facts["share"])), 100, words)


def _take_over(made: Path, place: Path) -> None:
    """Put the new model among the user's own, by way of a file that is renamed."""
    part = place.with_name(f".{place.name}.part")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(made, part)
        part.replace(place)
    except OSError as error:
        raise ModelError(f"Cannot write {place}: {error.strerror}.") from error
    finally:
        part.unlink(missing_ok=True)

"""Drive a generator of progress and show how far it is: a bar, or one JSON object per line."""

import json
import time
from collections import deque
from collections.abc import Iterator
from contextlib import closing

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from vgan_studio.render.film import Progress as Step

_EVERY_S = 0.25


def drive(steps: Iterator[Step], title: str, *, as_json: bool) -> Step:
    """Run the generator to its end, and give its last step.  A cancel closes it, and it cleans up."""
    with closing(steps) as running:  # type: ignore[type-var]
        shown = _as_json(running, title) if as_json else _as_bar(running, title)
        return deque(shown, maxlen=1).pop()


def _as_json(steps: Iterator[Step], title: str) -> Iterator[Step]:
    began = said = time.monotonic()
    for step in steps:
        now = time.monotonic()
        if now - said >= _EVERY_S or step.done == step.total:
            said = now
            print(json.dumps(_facts(step, title, now - began), ensure_ascii=False), flush=True)
        yield step


def _facts(step: Step, title: str, elapsed_s: float) -> dict[str, object]:
    speed = step.done / elapsed_s if elapsed_s > 0 else 0.0
    left_s = (step.total - step.done) / speed if speed else None
    facts: dict[str, object] = {"what": title, "done": step.done, "total": step.total, "per_second": round(speed, 2)}
    facts["left_s"] = None if left_s is None else round(left_s, 1)
    return facts | ({"note": step.note} if step.note else {})


def _as_bar(steps: Iterator[Step], title: str) -> Iterator[Step]:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed}/{task.total}"),
        TextColumn("{task.fields[speed]}"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[note]}"),
    )
    console = Console(stderr=True)
    began = time.monotonic()
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        task: TaskID = bar.add_task(title, total=None, speed="", note="")
        for step in steps:
            elapsed_s = max(time.monotonic() - began, 1e-6)
            speed = f"{step.done / elapsed_s:.1f} fps"
            bar.update(task, completed=step.done, total=step.total, speed=speed, note=step.note)
            yield step

"""Export from the window, as long work: what is asked for, and what came of it."""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vgan_studio.timeline.values import Timeline

from .inference import Tools

if TYPE_CHECKING:
    from vgan_studio.render.film import Progress


@dataclass(frozen=True, slots=True)
class Order:
    """A film that shall be written: see `render.export.export`."""

    path: Path
    codec: str
    quality: int
    range: tuple[int, int]
    size: tuple[int, int]
    encoder: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """A film that was written, as it was found after that.

    Attributes:
        words: a line on what it is.
    """

    path: Path
    words: str
    size_bytes: int
    pictures: int
    seconds: float
    notes: tuple[str, ...]


def exporting(timeline: Timeline, order: Order, tools: Callable[[], Tools]) -> Generator["Progress | Written"]:
    """Write a film and look at it; progress, and `Written` at the end.

    Args:
        tools: gives what computes pictures; it may wait for it.

    Raises:
        VganError: no film was written; nothing is left of it.
    """
    from vgan_studio.render.export import export

    made = tools()
    notes: list[str] = []
    last: Progress | None = None
    for last in export(
        timeline,
        order.path,
        made.engine,
        made.cache,
        codec=order.codec,
        quality=order.quality,
        range=order.range,
        size=order.size,
        encoder=order.encoder,
    ):
        notes += [last.note] if last.note else []
        yield last
    assert last is not None
    yield _looked_at(order.path, last, notes)


def _looked_at(path: Path, last: "Progress", notes: list[str]) -> Written:
    from .importing import look

    size = path.stat().st_size if path.is_file() else 0
    words = look(path).words if path.is_file() else ""
    return Written(path, words, size, last.done, last.seconds, tuple(notes))

"""What one painting of the timeline shows, as a value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor

from vgan_studio.service.thumbnails import Thumbnails
from vgan_studio.service.watch import Bar
from vgan_studio.service.waveforms import Waveforms
from vgan_studio.timeline.curve import Curve
from vgan_studio.timeline.keys import Line, Spot
from vgan_studio.timeline.lookup import locate
from vgan_studio.timeline.values import Clip, Media, Timeline

from .caption_pull import Pull
from .theme import Theme
from .timeline_gestures import Gesture
from .timeline_scale import Row, Scale
from .words import said

ROUND = 4.0
Units = Literal["timecode", "frames", "seconds"]


@dataclass(frozen=True, slots=True)
class Lane:
    """A parameter that changes over a clip or its transition, on frames that count from the clip's start, and its name.

    Attributes:
        span: the frames on which keys are shown.
    """

    line: Line
    curve: Curve
    words: str
    span: range


@dataclass(frozen=True, slots=True)
class Page:
    """All that a painting shows.

    Attributes:
        selection, lead: the clips that are selected, and the one that was chosen of them, or 0.
        grouped: the clips that are in a group with others.
        heavy: ids of the effects that ask a network.
        missing: fingerprints of media whose file is not there.
        proxies: words by the fingerprints of media that are shown by a proxy, or get one.
        dropped: first frame, frames and row of what is about to be dropped.
        hover: the clip under the pointer, whose handles are shown.
        lanes, laned: the lanes of keys, and the clip that they belong to.
        keys: those that are chosen.
        caption, pull: the caption that is chosen, and the one that is pulled.
        bar: what the cache holds of the frames that can be seen.
    """

    timeline: Timeline
    scale: Scale
    theme: Theme
    width: int
    height: int
    playhead: int = 0
    selection: frozenset[int] = frozenset()
    lead: int = 0
    grouped: frozenset[int] = frozenset()
    gesture: Gesture | None = None
    heavy: frozenset[str] = frozenset()
    missing: frozenset[str] = frozenset()
    proxies: Mapping[str, str] = field(default_factory=dict)
    dropped: tuple[int, int, Row | None] | None = None
    ratio: float = 1.0
    units: Units = "timecode"
    hover: int | None = None
    bar: Bar | None = None
    caption: tuple[int, int] | None = None
    pull: Pull | None = None
    lanes: tuple[Lane, ...] = ()
    laned: Clip | None = None
    keys: frozenset[Spot] = frozenset()
    thumbnails: Thumbnails | None = field(default=None, compare=False)
    waveforms: Waveforms | None = field(default=None, compare=False)


def name_of(clip: Clip) -> str:
    """Give the name that a clip is shown by."""
    if clip.name:
        return clip.name
    if isinstance(clip.source, Media):
        return _file_name(clip.source.path)
    words = dict(clip.source.params).get("text")
    return str(words).replace("\n", " ") if words else said(clip.source.id.split(".")[-1].capitalize())


@lru_cache(maxsize=1024)
def _file_name(path: str) -> str:
    return Path(path).name


def clip_rect(page: Page, rows: tuple[Row, ...], clip_id: int) -> QRectF:
    """Give the place of a clip on the page."""
    number, index = locate(page.timeline, clip_id)
    clip = page.timeline.tracks[number].clips[index]
    row = next(row for row in rows if row.track == number)
    return page.scale.rect(row, clip.start, clip.end)


@lru_cache(maxsize=256)
def glass(color: str, alpha: int) -> QColor:
    """Make a colour through which one can see."""
    made = QColor(color)
    made.setAlpha(alpha)
    return made

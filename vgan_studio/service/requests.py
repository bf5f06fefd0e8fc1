"""What is asked of the inference service, and what it answers: values."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from PySide6.QtGui import QImage

from vgan_studio.timeline.values import Timeline

if TYPE_CHECKING:
    from vgan_studio.engine.run import Engine
    from vgan_studio.render.cache import Cache
    from vgan_studio.render.cover import Cover
    from vgan_studio.render.proxy import Copies

State = Literal["starting", "warming", "idle", "busy", "paused", "failed"]
Purpose = Literal["near", "range", "auto"]

# higher ones go first at the engine; an export and the command line have 0
SHOWN, NEAR, RANGE = 3, 2, 1


@dataclass(frozen=True, slots=True)
class Request:
    """A picture that somebody waits for.

    Attributes:
        width, height: of the picture, in pixels of the screen.
        draft: for playing: without what a network would have to be asked for.
        generation: of the film; an answer to an older one is not shown.
        beside: another film whose picture is wanted, too, to be compared.
        difference: the difference of both is wanted.
    """

    timeline: Timeline
    frame: int
    width: int
    height: int
    draft: bool = False
    generation: int = 0
    beside: Timeline | None = None
    difference: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture, and how far it is.

    Attributes:
        final: nothing is left out that is still to come.
        lacking: titles of the effects that were left out.
        reduced: titles of those that worked on a smaller picture, for now.
        beside: the picture to compare with, if one was asked for and is there.
        difference: of the two, eight times as strong, around mid grey.
        proxy: it is a picture of a small copy, for now.
        absent: names of the models that are not here, so that the effects which ask for them were left out.
        paused: what is lacking comes only once it goes on.
        spoilt: names of files that are damaged there: a mended picture is shown, or the one before.
    """

    frame: int
    image: QImage
    final: bool = True
    lacking: tuple[str, ...] = ()
    seconds: float = 0.0
    generation: int = 0
    reduced: tuple[str, ...] = ()
    beside: QImage | None = None
    difference: QImage | None = None
    absent: tuple[str, ...] = ()
    proxy: bool = False
    paused: bool = False
    spoilt: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Peek:
    """A small part of a frame at 100 %, as the effects of the topmost clip there make it of the source's own pixels.

    Attributes:
        x, y: the middle of it on the canvas, from 0 to 1.
        side: width and height of the part, in pixels of the result.
    """

    timeline: Timeline
    frame: int
    x: float
    y: float
    side: int = 192


@dataclass(frozen=True, slots=True)
class Peeked:
    """Such a part: with the effects that ask a network, and without them."""

    peek: Peek
    image: QImage
    plain: QImage
    seconds: float


@dataclass(frozen=True, slots=True)
class Task:
    """A frame to be computed while nobody waits for a picture."""

    timeline: Timeline
    frame: int
    purpose: Purpose


@dataclass(frozen=True, slots=True)
class Background:
    """How far the frames are that shall be computed in the background.

    Attributes:
        done, total: frames of the ranges that were asked for.
        failed: how many of them gave nothing.
        seconds_left: at the pace so far; None before the first.
    """

    done: int = 0
    total: int = 0
    failed: int = 0
    seconds_left: float | None = None


@dataclass(frozen=True, slots=True)
class Tools:
    """What computes pictures; any thread may use it."""

    engine: "Engine"
    cache: "Cache"
    cover: "Cover"
    proxies: "Copies | None" = None

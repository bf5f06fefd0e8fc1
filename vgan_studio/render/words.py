"""The words of a frame: the subtitles that are shown, each track in its own look."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from vgan_studio.effects.spec import Size
from vgan_studio.timeline.captions import words_at
from vgan_studio.timeline.values import EffectCall, Timeline, Value

from .stack import arguments, single

if TYPE_CHECKING:
    from vgan_studio.effects.title import Extent

_TITLE = "core.title"
_WAYS = {"bottom": -1, "middle": 1, "top": 1}  # by its anchor: up or down, where another one leaves it no room

Drawn = tuple[EffectCall, int]  # what draws a block of words, and the frame that its curves are read at


def words(timeline: Timeline, frame: int) -> tuple[Drawn, ...]:
    """Say how the subtitles of a frame are drawn, the uppermost block first; neighbours of one look are one block.

    Blocks that would lie over each other are moved apart, those that stand on their bottom and all others by
    themselves: the former go up, but for the last track's, which stays; the latter go down, but for the first track's.
    """
    drawn = tuple((_with(track.look, text=text), frame - one.start) for track, one, text in words_at(timeline, frame))
    return drawn if len(drawn) < 2 else _apart(drawn, (timeline.height, timeline.width))


def _with(call: EffectCall, **values: Value) -> EffectCall:
    return replace(call, params=tuple(sorted({**dict(call.params), **values}.items())))


def _apart(drawn: Sequence[Drawn], size: Size) -> tuple[Drawn, ...]:
    """Move blocks of words apart, as far as they must go; blocks of other effects than titles stay."""
    from vgan_studio.effects.title import extent  # which brings torch along

    found = list(drawn)
    for way in (-1, 1):
        taken: list[Extent] = []
        for index in range(len(drawn))[::way]:
            call, place = drawn[index]
            params = arguments(single(call, 0), call, place) if call.id == _TITLE else {}
            if not params or _WAYS[str(params["anchor"])] != way:
                continue
            box = extent(size, **params)
            by = _room(box, taken, way)
            taken.append(box.moved(by))
            if by:
                x, y = cast("tuple[float, float]", params["position"])
                found[index] = _with(call, position=(x, y + by)), place
    return tuple(found)


def _room(box: "Extent", taken: Sequence["Extent"], way: int) -> float:
    """Give how far a block must go, up (-1) or down (1), so that it lies over none of those that are there."""
    by = 0.0
    for other in sorted(taken, key=lambda one: one.top * way):
        if box.moved(by).meets(other):
            by = other.top - box.bottom if way < 0 else other.bottom - box.top
    return by

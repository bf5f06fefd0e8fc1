"""Edits of several keys at once, on any of a clip's curves.

A curve is named by the index of its effect, None for the generator, `TURN` for the transition by which the clip comes
in and -1 for the clip's volume, and by its parameter.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from vgan_studio.errors import EditError

from .curve import Curve, Ease, Key, Values
from .effects import TURN, set_param
from .lookup import clip_by_id
from .sound import set_gain
from .values import Clip, EffectCall, Timeline

VOLUME = -1

Line = tuple[int | None, str]  # a curve: the index of its effect, and the parameter
Spot = tuple[int | None, str, int]  # a key: its curve, and its frame, counted from the clip's start


def curves(clip: Clip) -> Iterator[tuple[Line, Curve]]:
    """Give all curves of a clip: of its generator, of its effects, of its transition, of its volume."""
    calls: list[tuple[int | None, EffectCall]] = [*enumerate(clip.effects)]
    if isinstance(clip.source, EffectCall):
        calls.insert(0, (None, clip.source))
    if clip.transition is not None:
        calls.append((TURN, clip.transition.effect))
    for index, call in calls:
        for name, value in call.params:
            if isinstance(value, Curve):
                yield (index, name), value
    if isinstance(clip.gain_db, Curve):
        yield (VOLUME, "gain_db"), clip.gain_db


def span(clip: Clip, line: Line) -> range:
    """Give the frames on which keys of a curve can be seen: those of the clip, or of its transition."""
    turn = clip.transition if line[0] == TURN else None
    return range(clip.duration) if turn is None else range(-turn.before, turn.after)


def move_keys(timeline: Timeline, clip_id: int, spots: Collection[Spot], by: int) -> Timeline:
    """Move keys by so many frames; none may come to lie on another.

    ..o-o-o..               move the last two by 1
    ..o--o-o.
    """
    for line, curve, frames in _named(timeline, clip_id, spots):
        moved = shifted(curve, frames, by)
        if moved is None:
            raise EditError("There is no key on this frame, or there is one already where it is to go.")
        timeline = _with_curve(timeline, clip_id, line, moved)
    return timeline


def shifted(curve: Curve, frames: Collection[int], by: int) -> Curve | None:
    """Give a curve whose keys on some frames lie elsewhere; None where they would lie on others."""
    stay = [key for key in curve.keys if key.frame not in frames]
    go = [replace(key, frame=key.frame + by) for key in curve.keys if key.frame in frames]
    if {key.frame for key in stay} & {key.frame for key in go}:
        return None
    return Curve(tuple(sorted([*stay, *go], key=lambda key: key.frame)))


def remove_keys(timeline: Timeline, clip_id: int, spots: Collection[Spot]) -> Timeline:
    """Take keys away; a curve without keys becomes a constant of the first one's value.

    ..o-o-o..               remove the first two
    ......o..
    """
    for line, curve, frames in _named(timeline, clip_id, spots):
        left = tuple(key for key in curve.keys if key.frame not in frames)
        timeline = _with_curve(timeline, clip_id, line, Curve(left) if left else curve.keys[0].value)
    return timeline


def ease_keys(timeline: Timeline, clip_id: int, spots: Collection[Spot], ease: Ease) -> Timeline:
    """Say how curves go on from some of their keys."""
    for line, curve, frames in _named(timeline, clip_id, spots):
        keys = (replace(key, ease=ease) if key.frame in frames else key for key in curve.keys)
        timeline = _with_curve(timeline, clip_id, line, Curve(tuple(keys)))
    return timeline


def add_key(timeline: Timeline, clip_id: int, line: Line, frame: int) -> Timeline:
    """Set a key of the value that a curve has at a frame, which goes on as the one before it.

    ..o---o..               add one at 4
    ..o-o-o..
    """
    curve = _curve(timeline, clip_id, line)
    if any(key.frame == frame for key in curve.keys):
        raise EditError("There is no key on this frame, or there is one already where it is to go.")
    before = [key for key in curve.keys if key.frame < frame]
    key = Key(frame, curve.at(frame), before[-1].ease if before else "linear")
    keys = sorted([*curve.keys, key], key=lambda one: one.frame)
    return _with_curve(timeline, clip_id, line, Curve(tuple(keys)))


def _named(timeline: Timeline, clip_id: int, spots: Iterable[Spot]) -> Iterator[tuple[Line, Curve, frozenset[int]]]:
    """Give the curves that are named, each once, with the frames of its keys that are."""
    found: dict[Line, set[int]] = {}
    for index, name, frame in spots:
        found.setdefault((index, name), set()).add(frame)
    for line, frames in found.items():
        curve = _curve(timeline, clip_id, line)
        if not frames <= {key.frame for key in curve.keys}:
            raise EditError("There is no key on this frame.")
        yield line, curve, frozenset(frames)


def _curve(timeline: Timeline, clip_id: int, line: Line) -> Curve:
    for one, curve in curves(clip_by_id(timeline, clip_id)):
        if one == line:
            return curve
    raise EditError(f"The parameter {line[1]!r} has no keys.")


def _with_curve(timeline: Timeline, clip_id: int, line: Line, value: Curve | Values) -> Timeline:
    if line[0] != VOLUME:
        return set_param(timeline, clip_id, *line, value)
    if isinstance(value, tuple):
        raise EditError("A gain is one number.")
    return set_gain(timeline, clip_id, value)

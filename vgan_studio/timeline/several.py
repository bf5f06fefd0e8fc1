"""Edits of several clips at once: what they have in common, and changes of all of them in one step.

Effects count where pictures are: of what is chosen, clips on tracks of sound have none to share while there are others.
An effect that all clips have is named by its number in `commons`.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from vgan_studio.errors import EditError

from .check import MAX_EFFECTS, call_faults, transition_faults, value_faults
from .curve import Curve, Key
from .effects import call_at, valued, with_call_at
from .pieces import louder, open_track, refuse, with_clips
from .values import Clip, EffectCall, Media, Timeline, Transition, Value

Part = Value | tuple[float | None, ...] | None  # a value, or those of its numbers, in which clips agree


@dataclass(frozen=True, slots=True)
class Common:
    """An effect that all of some clips have: its place among the effects of each, None for what they generate."""

    id: str
    places: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Keyed:
    """Which parameters of an effect have a key at a frame, in each of the clips that lie there.

    Attributes:
        names: these parameters.
        there, clips: so many clips lie at the frame, of so many.
    """

    names: frozenset[str]
    there: int
    clips: int


def chosen(timeline: Timeline, ids: Collection[int]) -> tuple[Clip, ...]:
    """Give clips by their ids, track by track; those that are no more are left out."""
    return tuple(clip for track in timeline.tracks for clip in track.clips if clip.id in ids)


def pictures(timeline: Timeline, ids: Collection[int]) -> tuple[Clip, ...]:
    """Give those of the clips that lie on tracks of pictures; all of them if none does."""
    video = replace(timeline, tracks=tuple(track for track in timeline.tracks if track.kind == "video"))
    return chosen(video, ids) or chosen(timeline, ids)


def sounding(clip: Clip) -> bool:
    """Tell whether a clip has a volume."""
    return isinstance(clip.source, Media) and bool(clip.source.channels)


def moving(clip: Clip) -> bool:
    """Tell whether a clip has a speed."""
    return isinstance(clip.source, Media) and bool(clip.source.duration)


def commons(clips: Sequence[Clip]) -> tuple[Common, ...]:
    """Give the effects that all clips have, in the order of the first: the second blur of one is that of the others."""
    found: list[Common] = []
    sources = {clip.source.id if isinstance(clip.source, EffectCall) else "" for clip in clips}
    if len(sources) == 1 and "" not in sources:
        found.append(Common(sources.pop(), (None,) * len(clips)))
    stacks: list[Mapping[tuple[str, int], int]] = []
    for clip in clips:
        stacks.append(_numbered(clip.effects))
        if not stacks[-1]:
            return tuple(found)
    for name in stacks[0] if stacks else ():
        places = tuple(stack[name] for stack in stacks if name in stack)
        if len(places) == len(clips):
            found.append(Common(name[0], places))
    return tuple(found)


def calls(clips: Sequence[Clip], common: Common) -> list[EffectCall]:
    """Give the calls of an effect that all clips have."""
    return [call_at(clip, place) for clip, place in zip(clips, common.places, strict=True)]


def compared(
    clips: Sequence[Clip], common: Common, defaults: Mapping[str, Value], frame: int
) -> tuple[EffectCall, dict[str, Part]]:
    """Give what the first clip has of an effect at a frame of the film, and where the others differ.

    Args:
        defaults: the values of parameters that are not named.

    Returns:
        The call, without curves, and the parameters whose values differ, with that in which they agree.
    """
    found = calls(clips, common)
    places = [place_in(clip, frame) for clip in clips]
    first = found[0]
    shown = {name: value.at(places[0]) if isinstance(value, Curve) else value for name, value in first.params}
    call = EffectCall(first.id, tuple(shown.items()), all(one.enabled for one in found))
    still = not any(isinstance(value, Curve) for _, value in first.params)
    if still and all(one is first or one.params == first.params for one in found):
        return call, {}
    differing: dict[str, Part] = {}
    held = [dict(one.params) for one in found]
    for name, default in defaults.items():
        values = [_at(one.get(name, default), place) for one, place in zip(held, places, strict=True)]
        if any(value != values[0] for value in values):
            differing[name] = agreed(values)
    return call, differing


def keyed(clips: Sequence[Clip], common: Common, frame: int) -> Keyed:
    """Say which parameters of an effect have a key at a frame of the film, in each of the clips that lie there."""
    both = zip(clips, calls(clips, common), strict=True)
    names = [
        {name for name, value in call.params if isinstance(value, Curve) and _key_at(value, frame - clip.start)}
        for clip, call in both
        if covers(clip, frame)
    ]
    return Keyed(frozenset(set.intersection(*names) if names else ()), len(names), len(clips))


def covers(clip: Clip, frame: int) -> bool:
    """Tell whether a clip lies at a frame of the film."""
    return clip.start <= frame < clip.end


def place_in(clip: Clip, frame: int) -> int:
    """Give a frame of the film as one of a clip, within it."""
    return min(max(0, frame - clip.start), clip.duration - 1)


def agreed(values: Sequence[Value]) -> Part:
    """Give a value that all have, else those of its numbers that all have, else None."""
    first = values[0]
    if all(value == first for value in values):
        return first
    if not isinstance(first, tuple) or any(not isinstance(one, tuple) or len(one) != len(first) for one in values):
        return None
    columns = list(zip(*values, strict=True))
    parts = tuple(column[0] if len(set(column)) == 1 else None for column in columns)
    return None if all(part is None for part in parts) else parts


def set_common(
    timeline: Timeline, ids: Collection[int], number: int, name: str, value: Part, *, frame: int, default: Value
) -> Timeline:
    """Give a parameter of an effect that all clips have a value at a frame of the film; None is the default.

    a | blur(size=1)    b | blur(size=3, mix=..o..)         set size to 2
    a | blur(size=2)    b | blur(size=2, mix=..o..)

    Numbers of a value that are None stay as they are, curves get a key, as in `set_values`.
    """

    def change(clip: Clip, call: EffectCall) -> EffectCall:
        at = place_in(clip, frame)
        if not isinstance(value, tuple):
            return valued(call, name, value, at)
        now = _at(dict(call.params).get(name, default), at)
        same = now if isinstance(now, tuple) and len(now) == len(value) else (0.0,) * len(value)
        return valued(call, name, tuple(b if a is None else a for a, b in zip(value, same, strict=True)), at)

    return _with_calls(timeline, ids, number, change)


def key_common(
    timeline: Timeline, ids: Collection[int], number: int, name: str, on: bool, *, frame: int, default: Value
) -> Timeline:
    """Set a key of an effect's parameter in each of some clips that lies at a frame of the film, or take them away.

    a | blur(size=..o--..)      b | blur(size=2)        set keys at 4
    a | blur(size=..o-o..)      b | blur(size=....o..)

    A key has the value that is there already; clips that lie elsewhere stay as they are.
    """
    if not any(covers(clip, frame) for clip in pictures(timeline, ids)):
        raise EditError("None of these clips lies at the playhead.")

    def change(clip: Clip, call: EffectCall) -> EffectCall:
        if not covers(clip, frame):
            return call
        value = dict(call.params).get(name, default)
        if on:
            return _with_key(call, name, value, frame - clip.start)
        return _without_key(call, name, value, frame - clip.start)

    return _with_calls(timeline, ids, number, change)


def enable_common(timeline: Timeline, ids: Collection[int], number: int, enabled: bool) -> Timeline:
    """Let an effect that all clips have work, or bypass it.

    a | blur grade      b | blur        bypass the first
    a | (blur) grade    b | (blur)
    """
    return _with_calls(timeline, ids, number, lambda _, call: replace(call, enabled=enabled))


def remove_common(timeline: Timeline, ids: Collection[int], number: int) -> Timeline:
    """Take an effect that all clips have away from each.

    a | blur grade      b | blur        remove the first
    a | grade           b |
    """
    clips = pictures(timeline, ids)
    common = _common(clips, number)
    changed = []
    for clip, place in zip(clips, common.places, strict=True):
        if place is None:
            raise EditError("A clip cannot be without what it shows.")
        changed.append(replace(clip, effects=(*clip.effects[:place], *clip.effects[place + 1 :])))
    return _with(timeline, changed)


def add_effects(timeline: Timeline, ids: Collection[int], more: Iterable[EffectCall]) -> Timeline:
    """Put effects after those that clips have.

    a | blur            b |             add grade
    a | blur grade      b | grade
    """
    more = tuple(more)
    refuse(chain.from_iterable(map(call_faults, more)))
    clips = pictures(timeline, ids)
    return _with(timeline, [replace(clip, effects=(*clip.effects, *more)) for clip in clips])


def set_gains(timeline: Timeline, ids: Collection[int], gain_db: float) -> Timeline:
    """Give the sound of clips a gain in decibels."""
    refuse(value_faults("gain", gain_db))
    clips = [clip for clip in chosen(timeline, ids) if sounding(clip)]
    return _with(timeline, [louder(clip, gain_db) for clip in clips])


def turns(clips: Sequence[Clip]) -> tuple[Transition, frozenset[str]] | None:
    """Give the first clip's transition, and which of its fields differ from those of others; None if one has none."""
    found = [clip.transition for clip in clips if clip.transition is not None]
    if not found or len(found) < len(clips):
        return None
    first = found[0]
    differs = {
        "before": any(turn.before != first.before for turn in found),
        "after": any(turn.after != first.after for turn in found),
        "effect": any(turn.effect.id != first.effect.id for turn in found),
        "ease": any(turn.ease != first.ease for turn in found),
    }
    return first, frozenset(name for name, so in differs.items() if so)


def set_turns(timeline: Timeline, ids: Collection[int], changes: Mapping[str, Any]) -> Timeline:
    """Give the transitions of clips other values of some fields.

    aaabbbbccc      set before=1, after=1
    aaxxbbxxcc
    """
    clips = [clip for clip in pictures(timeline, ids) if clip.transition is not None]
    new = {clip.id: replace(clip.transition, **changes) for clip in clips if clip.transition is not None}
    refuse(chain.from_iterable(map(transition_faults, new.values())))
    after = _with(timeline, [replace(clip, transition=new[clip.id]) for clip in clips])
    old = {clip.id: clip.transition for track in timeline.tracks for clip in track.clips}
    for clip in chain.from_iterable(track.clips for track in after.tracks):
        if clip.transition != new.get(clip.id, old[clip.id]):
            raise EditError("There is no room between these clips for so long a transition.")
    return after


def _with(timeline: Timeline, changed: Iterable[Clip]) -> Timeline:
    """Put clips in the places of those with their ids; each track is made once, however many of its clips change."""
    new = {clip.id: clip for clip in changed}
    if any(len(clip.effects) > MAX_EFFECTS for clip in new.values()):
        raise EditError(f"A clip has no more than {MAX_EFFECTS} effects.")
    for number, track in enumerate(timeline.tracks):
        if any(clip.id in new for clip in track.clips):
            open_track(timeline, number)
            timeline = with_clips(timeline, number, (new.get(clip.id, clip) for clip in track.clips))
    return timeline


def _with_calls(
    timeline: Timeline, ids: Collection[int], number: int, change: Callable[[Clip, EffectCall], EffectCall]
) -> Timeline:
    clips = pictures(timeline, ids)
    common = _common(clips, number)
    changed = []
    for clip, place in zip(clips, common.places, strict=True):
        call = change(clip, call_at(clip, place))
        refuse(call_faults(call))
        changed.append(with_call_at(clip, place, call))
    return _with(timeline, changed)


def _common(clips: Sequence[Clip], number: int) -> Common:
    found = commons(clips)
    if not 0 <= number < len(found):
        raise EditError("There is no such effect that all of these clips have.")
    return found[number]


def _numbered(effects: Iterable[EffectCall]) -> Mapping[tuple[str, int], int]:
    """Give the places of effects by their ids, and how many of the same id lie before them."""
    found: dict[tuple[str, int], int] = {}
    seen: dict[str, int] = {}
    for place, call in enumerate(effects):
        seen[call.id] = seen.get(call.id, -1) + 1
        found[call.id, seen[call.id]] = place
    return found


def _with_key(call: EffectCall, name: str, value: Value | Curve, at: int) -> EffectCall:
    if isinstance(value, Curve):
        return valued(call, name, value.at(at), at)
    if isinstance(value, str):
        raise EditError("The value of a key must have the shape of the other keys' values.")
    return _set(call, name, Curve((Key(at, value),)))


def _without_key(call: EffectCall, name: str, value: Value | Curve, at: int) -> EffectCall:
    if not isinstance(value, Curve) or not _key_at(value, at):
        return call
    left = tuple(key for key in value.keys if key.frame != at)
    return _set(call, name, Curve(left) if left else value.keys[0].value)


def _set(call: EffectCall, name: str, value: Value | Curve) -> EffectCall:
    params = {**dict(call.params), name: value}
    return replace(call, params=tuple(sorted(params.items(), key=lambda one: one[0])))


def _key_at(curve: Curve, at: int) -> bool:
    return any(key.frame == at for key in curve.keys)


def _at(value: Value | Curve, place: int) -> Value:
    return value.at(place) if isinstance(value, Curve) else value

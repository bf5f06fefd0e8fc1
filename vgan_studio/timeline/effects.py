"""Edits of effects, their parameters and curves, and transitions.

An effect of a clip is named by its index in `Clip.effects`; None names the generator that the clip shows, and `TURN`
the effect of its transition.  Frames of keys count from the clip's start, those of a transition begin before it.
Whether an effect and its values exist is for `effects.spec` to say.
"""

from collections.abc import Mapping
from dataclasses import replace

from vgan_studio.errors import EditError

from .check import call_faults, transition_faults
from .curve import Curve, Key
from .lookup import neighbour_before
from .pieces import open_clip, refuse, with_clip
from .values import Clip, EffectCall, Timeline, Transition, Value

TURN = -2


def add_effect(timeline: Timeline, clip_id: int, effect: EffectCall, index: int | None = None) -> Timeline:
    """Put an effect before the one at an index, or after the last one.

    a | blur                add grade
    a | blur grade
    """
    clip = open_clip(timeline, clip_id)[2]
    index = len(clip.effects) if index is None else index
    if not 0 <= index <= len(clip.effects):
        raise EditError("There is no such place among the effects.")
    return _with_effects(timeline, clip, (*clip.effects[:index], effect, *clip.effects[index:]))


def remove_effect(timeline: Timeline, clip_id: int, index: int) -> Timeline:
    """Take an effect away.

    a | blur grade          remove the first
    a | grade
    """
    clip = open_clip(timeline, clip_id)[2]
    _stacked(clip, index)
    return _with_effects(timeline, clip, (*clip.effects[:index], *clip.effects[index + 1 :]))


def move_effect(timeline: Timeline, clip_id: int, index: int, to: int) -> Timeline:
    """Put an effect at another place among the effects of its clip.

    a | blur grade grain    move the first to 2
    a | grade grain blur
    """
    clip = open_clip(timeline, clip_id)[2]
    call = _stacked(clip, index)
    if not 0 <= to < len(clip.effects):
        raise EditError("There is no such place among the effects.")
    rest = [*clip.effects[:index], *clip.effects[index + 1 :]]
    return _with_effects(timeline, clip, (*rest[:to], call, *rest[to:]))


def enable_effect(timeline: Timeline, clip_id: int, index: int, enabled: bool = True) -> Timeline:
    """Let an effect work, or bypass it.

    a | blur grade          bypass the first
    a | (blur) grade
    """
    clip = open_clip(timeline, clip_id)[2]
    return _with_call(timeline, clip, index, replace(call_at(clip, index), enabled=enabled))


def set_param(timeline: Timeline, clip_id: int, index: int | None, name: str, value: Value | Curve | None) -> Timeline:
    """Give a parameter a value or a curve; None gives it its default again.

    a | blur(size=1)        set size to 2
    a | blur(size=2)
    """
    clip = open_clip(timeline, clip_id)[2]
    call = call_at(clip, index)
    params = dict(call.params)
    params.pop(name, None)
    if value is not None:
        params[name] = value
    return _with_call(timeline, clip, index, replace(call, params=tuple(sorted(params.items(), key=lambda p: p[0]))))


def set_values(
    timeline: Timeline, clip_id: int, index: int | None, values: Mapping[str, float | tuple[float, ...]], frame: int
) -> Timeline:
    """Give parameters values at a frame of the clip: a curve gets a key there, which goes on as the one before it.

    blur(size=1, mix=..o..)     set size to 2 and mix at 4
    blur(size=2, mix=..o-o)
    """
    clip = open_clip(timeline, clip_id)[2]
    call = call_at(clip, index)
    for name, value in values.items():
        call = valued(call, name, value, frame)
    return _with_call(timeline, clip, index, call)


def valued(call: EffectCall, name: str, value: Value | None, frame: int) -> EffectCall:
    """Give a call a parameter's value at a frame of its clip, as in `set_values`; None takes value and curve away.

    Raises:
        EditError: the value has not the shape of those of the curve.
    """
    params: dict[str, Value | Curve] = dict(call.params)
    held = params.pop(name, None)
    if isinstance(held, Curve) and value is not None:
        if isinstance(value, str):
            raise EditError("The value of a key must have the shape of the other keys' values.")
        before = [key for key in held.keys if key.frame <= frame]
        key = Key(frame, value, before[-1].ease if before else "linear")
        params[name] = _curve([*(one for one in held.keys if one.frame != frame), key])
    elif value is not None:
        params[name] = value
    return replace(call, params=tuple(sorted(params.items(), key=lambda one: one[0])))


def set_key(timeline: Timeline, clip_id: int, index: int | None, name: str, key: Key) -> Timeline:
    """Set a key of a parameter's curve, in place of one on the same frame; a constant becomes a curve of one key.

    ..o---o..               set a key at 4
    ..o-o-o..
    """
    held = _param(timeline, clip_id, index, name)
    keys = [k for k in held.keys if k.frame != key.frame] if isinstance(held, Curve) else []
    return set_param(timeline, clip_id, index, name, _curve([*keys, key]))


def move_key(timeline: Timeline, clip_id: int, index: int | None, name: str, frame: int, *, to: int) -> Timeline:
    """Move the key on a frame to another one, where there is none yet.

    ..o-o-o..               move the key at 4 to 5
    ..o--oo..
    """
    keys = {key.frame: key for key in _keys(timeline, clip_id, index, name)}
    if frame not in keys or (to in keys and to != frame):
        raise EditError("There is no key on this frame, or there is one already where it is to go.")
    keys[frame] = replace(keys[frame], frame=to)
    return set_param(timeline, clip_id, index, name, _curve(list(keys.values())))


def remove_key(timeline: Timeline, clip_id: int, index: int | None, name: str, frame: int) -> Timeline:
    """Take a key away; with the last one the curve becomes a constant of its value.

    ..o-o-o..               remove the key at 4
    ..o---o..
    """
    keys = _keys(timeline, clip_id, index, name)
    kept = [key for key in keys if key.frame != frame]
    if len(kept) == len(keys):
        raise EditError("There is no key on this frame.")
    return set_param(timeline, clip_id, index, name, _curve(kept) if kept else keys[0].value)


def set_transition(timeline: Timeline, clip_id: int, transition: Transition) -> Timeline:
    """Let a clip take over from the one just before it, in `before` frames before the cut and `after` behind it.

        aaaaabbbbb      set before=2, after=2
        aaaxxxxbbb

    It needs room on both sides, and none of the neighbouring transitions in its way.  Where a clip has no material
    beyond the cut, its last or first picture is held.  With no clip just before, `before` must be 0.
    """
    number, index, clip = open_clip(timeline, clip_id)
    refuse(transition_faults(transition))
    changed = with_clip(timeline, replace(clip, transition=transition))
    clips, before = changed.tracks[number].clips, timeline.tracks[number].clips
    if clips[index].transition != transition or clips[index + 1 : index + 2] != before[index + 1 : index + 2]:
        place = "between these clips" if neighbour_before(before, index) else "at the start of this clip"
        raise EditError(f"There is no room {place} for so long a transition.")
    return changed


def remove_transition(timeline: Timeline, clip_id: int) -> Timeline:
    """Take a clip's transition away; it comes in by a cut.

    aaaxxxxbbb
    aaaaabbbbb
    """
    clip = open_clip(timeline, clip_id)[2]
    if clip.transition is None:
        raise EditError("This clip has no transition.")
    return with_clip(timeline, replace(clip, transition=None))


def call_at(clip: Clip, index: int | None) -> EffectCall:
    """Give an effect of a clip.

    Raises:
        EditError: there is none at that place.
    """
    if index is None:
        if not isinstance(clip.source, EffectCall):
            raise EditError("This clip shows a medium, which has no parameters.")
        return clip.source
    if index == TURN and clip.transition is not None:
        return clip.transition.effect
    return _stacked(clip, index)


def with_call_at(clip: Clip, index: int | None, call: EffectCall) -> Clip:
    """Put another effect in the place of one that a clip has."""
    if index is None:
        return replace(clip, source=call)
    if index == TURN and clip.transition is not None:
        return replace(clip, transition=replace(clip.transition, effect=call))
    return replace(clip, effects=(*clip.effects[:index], call, *clip.effects[index + 1 :]))


def _stacked(clip: Clip, index: int) -> EffectCall:
    if not 0 <= index < len(clip.effects):
        raise EditError(f"This clip has no effect {index + 1}.")
    return clip.effects[index]


def _with_call(timeline: Timeline, clip: Clip, index: int | None, call: EffectCall) -> Timeline:
    new = with_call_at(clip, index, call)
    return with_clip(timeline, new) if index in (None, TURN) else _with_effects(timeline, clip, new.effects)


def _with_effects(timeline: Timeline, clip: Clip, effects: tuple[EffectCall, ...]) -> Timeline:
    for effect in effects:
        refuse(call_faults(effect))
    return with_clip(timeline, replace(clip, effects=effects))


def _param(timeline: Timeline, clip_id: int, index: int | None, name: str) -> Value | Curve | None:
    return dict(call_at(open_clip(timeline, clip_id)[2], index).params).get(name)


def _keys(timeline: Timeline, clip_id: int, index: int | None, name: str) -> tuple[Key, ...]:
    held = _param(timeline, clip_id, index, name)
    if not isinstance(held, Curve):
        raise EditError(f"The parameter {name!r} has no keys.")
    return held.keys


def _curve(keys: list[Key]) -> Curve:
    try:
        return Curve(tuple(sorted(keys, key=lambda key: key.frame)))
    except ValueError as error:
        raise EditError("The value of a key must have the shape of the other keys' values.") from error

"""What edits are made of: clips cut and moved, tracks changed, and the questions every edit asks first.

Nothing here is an edit by itself; the edits are in edit.py, trim.py, speed.py, tracks.py, effects.py, sound.py,
bin.py, marks.py and canvas.py.
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import fields, replace
from fractions import Fraction
from operator import attrgetter

from vgan_studio.errors import EditError

from .check import MAX_FRAME, clip_faults
from .curve import Curve
from .lookup import locate, source_time
from .values import Clip, EffectCall, Fade, Media, Timeline, Track, Transition, Value

Clips = tuple[Clip, ...]

_START = attrgetter("start")
_NAMES = [field.name for field in fields(Clip)]
_GAIN = _NAMES.index("gain_db")
_REST = attrgetter(*_NAMES[2:])
_BEFORE_GAIN, _AFTER_GAIN = attrgetter(*_NAMES[:_GAIN]), attrgetter(*_NAMES[_GAIN + 1 :])


def refuse(sentences: Iterable[str]) -> None:
    """Raise the first of the sentences, if there is one.

    Raises:
        EditError: there is one.
    """
    for sentence in sentences:
        raise EditError(sentence)


def open_track(timeline: Timeline, index: int) -> Track:
    """Give a track that may be changed.

    Raises:
        EditError: there is no such track, or it is locked.
    """
    if not 0 <= index < len(timeline.tracks):
        raise EditError(f"There is no track {index + 1}.")
    track = timeline.tracks[index]
    if track.locked:
        raise EditError(f"Track {track.name or index + 1} is locked. Unlock it first.")
    return track


def open_clip(timeline: Timeline, clip_id: int) -> tuple[int, int, Clip]:
    """Give a clip that may be changed, after the index of its track and its own.

    Raises:
        EditError: there is no such clip, or its track is locked.
    """
    number, index = locate(timeline, clip_id)
    return number, index, open_track(timeline, number).clips[index]


def with_track(timeline: Timeline, index: int, track: Track) -> Timeline:
    """Put a track in the place of another."""
    return replace(timeline, tracks=(*timeline.tracks[:index], track, *timeline.tracks[index + 1 :]))


def with_clips(timeline: Timeline, index: int, clips: Iterable[Clip]) -> Timeline:
    """Give a track new clips, in order; transitions that lost their room are shortened or dropped.

    Raises:
        EditError: the film would begin before its first frame or grow too long.
    """
    clips = settled(tuple(clips))
    if clips and (clips[0].start < 0 or clips[-1].end > MAX_FRAME):
        raise EditError("A clip would lie before the first frame or beyond the longest film.")
    return with_track(timeline, index, replace(timeline.tracks[index], clips=clips))


def with_clip(timeline: Timeline, clip: Clip) -> Timeline:
    """Put a clip in the place of the one with its id, on the same track.

    Raises:
        EditError: there is none, its track is locked, or the new clip is not sound.
    """
    number, index, _ = open_clip(timeline, clip.id)
    refuse(clip_faults(clip))
    clips = timeline.tracks[number].clips
    return with_clips(timeline, number, (*clips[:index], clip, *clips[index + 1 :]))


def settled(clips: Clips) -> Clips:
    """Shorten each transition to the room that its two clips leave, and drop the empty ones."""
    result = list(clips)
    for index, clip in enumerate(clips):
        if clip.transition is not None:
            previous = result[index - 1] if index else None
            result[index] = _settled(previous, clip, clip.transition)
    return tuple(result)


def louder(clip: Clip, gain_db: float) -> Clip:
    """Give a clip another gain; in little more than half of the time that `replace` takes."""
    values = *_BEFORE_GAIN(clip), gain_db, *_AFTER_GAIN(clip)
    return Clip(*values)


def moved(clip: Clip, frames: int) -> Clip:
    """Put a clip so many frames later."""
    return Clip(clip.id, clip.start + frames, *_REST(clip))


def head_cut(clip: Clip, frames: int, rate: Fraction) -> Clip:
    """Take so many frames off the head, or add them if negative; what is left plays as before, where it did.

    The transition stays at the new head.
    """
    if frames == 0:
        return clip
    source = clip.source
    return replace(
        clip,
        start=clip.start + frames,
        duration=clip.duration - frames,
        source_in=clip.source_in + frames * clip.speed / rate,
        source=_call_moved(source, -frames) if isinstance(source, EffectCall) else source,
        effects=tuple(_call_moved(call, -frames) for call in clip.effects),
        gain_db=clip.gain_db.moved(-frames) if isinstance(clip.gain_db, Curve) else clip.gain_db,
        fade_in=fade_moved(clip.fade_in, -frames),
        fade_out=fade_moved(clip.fade_out, -frames),
    )


def tail_cut(clip: Clip, frames: int) -> Clip:
    """Take so many frames off the tail, or add them if negative."""
    return replace(clip, duration=clip.duration - frames)


def halves(clip: Clip, frame: int, rate: Fraction, id: int) -> tuple[Clip, Clip]:
    """Cut a clip in two at a frame inside of it; the second gets the id and no transition."""
    first = tail_cut(clip, clip.end - frame)
    return first, replace(head_cut(clip, frame - clip.start, rate), id=id, transition=None)


def cleared(clips: Clips, start: int, end: int, rate: Fraction, id: int) -> Clips:
    """Take everything out of [start, end); a clip that spans it is cut in two, the second half gets the id.

    A clip whose head goes loses its transition.
    """
    result: list[Clip] = []
    for clip in clips:
        if clip.end <= start or end <= clip.start:
            result.append(clip)
            continue
        if clip.start < start:
            result.append(tail_cut(clip, clip.end - start))
        if end < clip.end:
            rest = replace(head_cut(clip, end - clip.start, rate), transition=None)
            result.append(replace(rest, id=id) if clip.start < start else rest)
    return tuple(result)


def placed(clips: Clips, clip: Clip) -> Clips:
    """Put a clip among others that leave its place free."""
    index = bisect_left(clips, clip.start, key=_START)
    return (*clips[:index], clip, *clips[index:])


def pushed(clips: Clips, frame: int, frames: int) -> Clips:
    """Move every clip that starts at or after a frame.  (`replace` takes twice as long, and there may be thousands.)"""
    if frames == 0:
        return clips
    first = bisect_left(clips, frame, key=_START)
    return (*clips[:first], *[Clip(clip.id, clip.start + frames, *_REST(clip)) for clip in clips[first:]])


def fade_moved(fade: Fade | None, frames: int) -> Fade | None:
    """Put a fade so many frames later in its clip."""
    return fade and replace(fade, at=fade.at + frames)


def refuse_cut(clips: Clips, frame: int) -> None:
    """Refuse a cut that would part a transition: no two clips could play it.

    Raises:
        EditError: the frame lies inside of a transition.
    """
    index = max(bisect_left(clips, frame, key=_START) - 1, 0)
    for clip in clips[index : index + 2]:
        turn = clip.transition
        if turn is not None and clip.start - turn.before < frame < clip.start + turn.after and frame != clip.start:
            raise EditError("There is a transition at this frame. Shorten or remove it first.")


def refuse_beyond(before: Clip, after: Clip, rate: Fraction) -> None:
    """Refuse a clip that leads farther out of its material than it did; stills and generators have no end.

    The middle of the first and of the last frame count, as that is what is shown.

    Raises:
        EditError: there is not so much material.
    """
    old, new = _overshoots(before, rate), _overshoots(after, rate)
    if any(b > a for a, b in zip(old, new, strict=True)):
        raise EditError("The medium has no more material there.")


def _overshoots(clip: Clip, rate: Fraction) -> tuple[Fraction, Fraction]:
    if not isinstance(clip.source, Media) or clip.source.still:
        return Fraction(0), Fraction(0)
    first, last = source_time(clip, clip.start, rate), source_time(clip, clip.end - 1, rate)
    end = clip.source.duration
    return max(Fraction(0), -first, first - end), max(Fraction(0), -last, last - end)


def _settled(previous: Clip | None, clip: Clip, turn: Transition) -> Clip:
    room = 0
    if previous is not None and previous.start + previous.duration == clip.start:
        room = previous.duration - (previous.transition.after if previous.transition else 0)
    if turn.before <= room and turn.after <= clip.duration:
        return clip
    before, after = min(turn.before, room), min(turn.after, clip.duration)
    return replace(clip, transition=replace(turn, before=before, after=after) if before + after else None)


def _call_moved(call: EffectCall, frames: int) -> EffectCall:
    if not any(isinstance(value, Curve) for _, value in call.params):
        return call
    return replace(call, params=tuple((name, _value_moved(value, frames)) for name, value in call.params))


def _value_moved(value: Value | Curve, frames: int) -> Value | Curve:
    return value.moved(frames) if isinstance(value, Curve) else value

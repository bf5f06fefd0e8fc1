"""Edits of how fast a clip plays, and of where it stands still."""

from dataclasses import replace
from fractions import Fraction

from vgan_studio.errors import EditError

from .captions import stretched
from .check import MAX_SPEED
from .fading import fade_picture, picture_fades
from .lookup import clip_by_id, source_time
from .pieces import Clips, fade_moved, halves, head_cut, open_clip, pushed, tail_cut, with_clips
from .trim import trim_head, trim_tail
from .values import Clip, Media, Timeline

_FINEST = 10**12  # of source_in after a change of speed, so that its digits do not grow with every change


def set_speed(timeline: Timeline, clip_id: int, speed: Fraction, *, ripple: bool = False) -> Timeline:
    """Play the same material of a clip at another speed; its length changes to the nearest frame.

    aaaabb          speed of a: 2           aaaabb          speed of a: 1/2, ripple
    aa..bb                                  aaaaaaaabb

    A negative speed plays the same material backwards, 0 freezes the first frame and keeps the length.  Without
    `ripple` the clip may grow into the gap after it only; with it the later clips follow its end.  The keys of curves
    stay on their frames of the clip, a fade out keeps its distance from the end.
    """
    number, index, clip = open_clip(timeline, clip_id)
    if abs(speed) > MAX_SPEED or (speed and abs(speed) < Fraction(1, MAX_SPEED)) or speed.denominator > 10**6:
        raise EditError(f"A speed lies between 1/{MAX_SPEED} and {MAX_SPEED}, or is 0.")
    if speed == clip.speed:
        return timeline
    changed = _at_speed(clip, speed, timeline.rate)
    clips = timeline.tracks[number].clips
    if ripple:
        timeline = stretched(timeline, number, clip.start, clip.end, changed.end)
    return with_clips(timeline, number, _lengthened(clips, index, changed, ripple))


def reverse(timeline: Timeline, clip_id: int) -> Timeline:
    """Play a clip the other way round.

    aaaa     0123           reversed: 3210
    """
    return set_speed(timeline, clip_id, -open_clip(timeline, clip_id)[2].speed)


def freeze(timeline: Timeline, clip_id: int, frame: int) -> Timeline:
    """Hold the picture that a clip shows at a frame of the timeline, for the whole clip.

    aaaa     0123           frozen at its third frame: 2222
    """
    number, index, clip = open_clip(timeline, clip_id)
    if not clip.start <= frame < clip.end:
        raise EditError("The frame to freeze lies outside of the clip.")
    held = replace(clip, source_in=source_time(clip, frame, timeline.rate), speed=Fraction(0))
    clips = timeline.tracks[number].clips
    return with_clips(timeline, number, (*clips[:index], held, *clips[index + 1 :]))


def freeze_tail(timeline: Timeline, clip_id: int, frame: int) -> Timeline:
    """Hold the last picture of a clip until a frame: a frozen clip of the same group goes on from its end.

    aaaa....        0123            freeze the tail of a to 7
    aaaabbb.        0123333

    Curves go on over it, a fade out of the picture goes to its end.  A clip that shows one picture anyway gets longer.
    """
    number, index, clip = open_clip(timeline, clip_id)
    if _rests(clip):
        return trim_tail(timeline, clip_id, frame)
    if frame <= clip.end:
        raise EditError("The edge of a clip is frozen outwards only.")
    longer = _drawn_out(timeline, number, index, tail_cut(clip, clip.end - frame))
    first, rest = halves(longer, clip.end, timeline.rate, timeline.next_id)
    held = replace(rest, source_in=source_time(clip, clip.end - 1, timeline.rate), speed=Fraction(0))
    return _with_pair(timeline, number, index, (first, held))


def freeze_head(timeline: Timeline, clip_id: int, frame: int) -> Timeline:
    """Hold the first picture of a clip from a frame on: a frozen clip of the same group leads to it.

    ...aaaa.           0123         freeze the head of a to 1
    .bbaaaa.         000123

    What brought the clip in, a transition or a fade of the picture, brings in the frozen one.
    """
    number, index, clip = open_clip(timeline, clip_id)
    if _rests(clip):
        return trim_head(timeline, clip_id, frame)
    if frame >= clip.start:
        raise EditError("The edge of a clip is frozen outwards only.")
    longer = _drawn_out(timeline, number, index, head_cut(clip, frame - clip.start, timeline.rate))
    first, rest = halves(longer, clip.start, timeline.rate, clip.id)
    shown = source_time(clip, clip.start, timeline.rate)
    held = replace(first, id=timeline.next_id, source_in=shown, speed=Fraction(0))
    return _with_pair(timeline, number, index, (held, rest))


def _rests(clip: Clip) -> bool:
    """Tell whether a clip shows one picture of its source all the time, or one that is made."""
    return not clip.speed or not isinstance(clip.source, Media) or clip.source.still


def _drawn_out(timeline: Timeline, number: int, index: int, longer: Clip) -> Clip:
    """Give a clip that was made longer at one end, with the fade of its picture at the new end."""
    clips = timeline.tracks[number].clips
    if longer.start < (clips[index - 1].end if index else 0):
        raise EditError("There is no room before the clip.")
    if index + 1 < len(clips) and longer.end > clips[index + 1].start:
        raise EditError("There is no room after the clip.")
    timeline = with_clips(timeline, number, (*clips[:index], longer, *clips[index + 1 :]))
    fades = picture_fades(clips[index])
    if fades is None or not (fades.up if longer.start < clips[index].start else fades.down):
        return longer
    return clip_by_id(fade_picture(timeline, longer.id, fades.up, fades.down), longer.id)


def _with_pair(timeline: Timeline, number: int, index: int, pair: tuple[Clip, Clip]) -> Timeline:
    """Put two clips, of which one is new, in the place of one."""
    clips = timeline.tracks[number].clips
    timeline = replace(timeline, next_id=timeline.next_id + 1)
    return with_clips(timeline, number, (*clips[:index], *pair, *clips[index + 1 :]))


def _at_speed(clip: Clip, speed: Fraction, rate: Fraction) -> Clip:
    if speed == 0:
        return replace(clip, source_in=source_time(clip, clip.start, rate), speed=speed)
    if clip.speed == 0:
        return replace(clip, source_in=clip.source_in - speed / rate / 2, speed=speed)
    duration = max(1, round(clip.duration * abs(clip.speed) / abs(speed)))
    last = clip.source_in + clip.duration * clip.speed / rate
    source_in = clip.source_in if clip.speed * speed > 0 else last
    return replace(
        clip,
        duration=duration,
        source_in=source_in.limit_denominator(_FINEST),
        speed=speed,
        fade_out=fade_moved(clip.fade_out, duration - clip.duration),
    )


def _lengthened(clips: Clips, index: int, clip: Clip, ripple: bool) -> Clips:
    later = clips[index + 1 :]
    if ripple:
        later = pushed(later, clips[index].end, clip.end - clips[index].end)
    elif later and clip.end > later[0].start:
        raise EditError("There is no room after the clip for this speed.")
    return (*clips[:index], clip, *later)

"""Edits of how fast a clip plays."""

from dataclasses import replace
from fractions import Fraction

from vgan_studio.errors import EditError

from .captions import stretched
from .check import MAX_SPEED
from .lookup import source_time
from .pieces import Clips, fade_moved, open_clip, pushed, with_clips
from .values import Clip, Timeline

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

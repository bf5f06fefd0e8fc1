"""Edits that move the ends of clips.

Frames are those of the timeline.  A clip cannot be drawn out beyond its material; stills and generators have no end.
Curves and fades stay where they were on what is left, so it plays as before.
"""

from dataclasses import replace

from vgan_studio.errors import EditError

from .captions import rippled
from .lookup import neighbour_after, neighbour_before
from .pieces import Clips, head_cut, moved, open_clip, pushed, refuse_beyond, tail_cut, with_clips
from .values import Clip, Timeline


def trim_head(timeline: Timeline, clip_id: int, frame: int) -> Timeline:
    """Let a clip begin at a frame; the gap before it grows or shrinks.

    aabbbb          trim the head of b to 4
    aa..bb
    """
    number, index, clip = open_clip(timeline, clip_id)
    clips = timeline.tracks[number].clips
    if frame < (clips[index - 1].end if index else 0):
        raise EditError("There is no room before the clip.")
    return with_clips(timeline, number, _exchanged(clips, index, _headed(timeline, clip, frame - clip.start)))


def trim_tail(timeline: Timeline, clip_id: int, frame: int) -> Timeline:
    """Let a clip end before a frame; the gap after it grows or shrinks.

    aaaabb          trim the tail of a to 2
    aa..bb
    """
    number, index, clip = open_clip(timeline, clip_id)
    clips = timeline.tracks[number].clips
    if index + 1 < len(clips) and frame > clips[index + 1].start:
        raise EditError("There is no room after the clip.")
    return with_clips(timeline, number, _exchanged(clips, index, _tailed(timeline, clip, clip.end - frame)))


def ripple_trim_head(timeline: Timeline, clip_id: int, frame: int) -> Timeline:
    """Take the frames before `frame` off a clip and pull it and the later clips up, or give it earlier frames.

    aabbbbcc        ripple trim the head of b to 4
    aabbcc
    """
    number, index, clip = open_clip(timeline, clip_id)
    cut = frame - clip.start
    clips = _exchanged(timeline.tracks[number].clips, index, moved(_headed(timeline, clip, cut), -cut))
    timeline = rippled(timeline, number, clip.start + max(cut, 0), -cut)
    return with_clips(timeline, number, (*clips[: index + 1], *pushed(clips[index + 1 :], clip.end, -cut)))


def ripple_trim_tail(timeline: Timeline, clip_id: int, frame: int) -> Timeline:
    """Let a clip end before a frame and let the later clips follow its end.

    aaaabbcc        ripple trim the tail of a to 2
    aabbcc
    """
    number, index, clip = open_clip(timeline, clip_id)
    cut = clip.end - frame
    clips = _exchanged(timeline.tracks[number].clips, index, _tailed(timeline, clip, cut))
    timeline = rippled(timeline, number, clip.end, -cut)
    return with_clips(timeline, number, (*clips[: index + 1], *pushed(clips[index + 1 :], clip.end, -cut)))


def roll(timeline: Timeline, clip_id: int, frames: int) -> Timeline:
    """Move the cut between a clip and the one just before it; nothing else moves.

    aaaabbbb        roll the head of b by 2
    aaaaaabb
    """
    number, index, clip = open_clip(timeline, clip_id)
    clips = timeline.tracks[number].clips
    previous = neighbour_before(clips, index)
    if previous is None:
        raise EditError("There is no clip just before this one.")
    pair = (_tailed(timeline, previous, -frames), _headed(timeline, clip, frames))
    return with_clips(timeline, number, (*clips[: index - 1], *pair, *clips[index + 1 :]))


def slip(timeline: Timeline, clip_id: int, frames: int) -> Timeline:
    """Let a clip show what would play so many frames later, in the same place; its effects stay.

    source   0123456789
    aaaa     2345           slip by 3: 5678

    A frozen clip slips by frames at normal speed.
    """
    number, index, clip = open_clip(timeline, clip_id)
    shown = replace(clip, source_in=clip.source_in + frames * (clip.speed or 1) / timeline.rate)
    refuse_beyond(clip, shown, timeline.rate)
    return with_clips(timeline, number, _exchanged(timeline.tracks[number].clips, index, shown))


def slide(timeline: Timeline, clip_id: int, frames: int) -> Timeline:
    """Move a clip between its neighbours: the one just before follows with its tail, the one just after with its head.

    aaabbbccc       slide b by 1
    aaaabbbcc

    A side without a neighbour must have room.
    """
    number, index, clip = open_clip(timeline, clip_id)
    clips = list(timeline.tracks[number].clips)
    previous, following = neighbour_before(tuple(clips), index), neighbour_after(tuple(clips), index)
    clips[index] = moved(clip, frames)
    if previous is not None:
        clips[index - 1] = _tailed(timeline, previous, -frames)
    if following is not None:
        clips[index + 1] = _headed(timeline, following, frames)
    earliest = clips[index - 1].end if index else 0
    if clips[index].start < earliest or (index + 1 < len(clips) and clips[index].end > clips[index + 1].start):
        raise EditError("There is no room to slide the clip so far.")
    return with_clips(timeline, number, clips)


def _headed(timeline: Timeline, clip: Clip, frames: int) -> Clip:
    _refuse_empty(clip, frames)
    trimmed = head_cut(clip, frames, timeline.rate)
    if frames < 0:
        refuse_beyond(clip, trimmed, timeline.rate)
    return trimmed


def _tailed(timeline: Timeline, clip: Clip, frames: int) -> Clip:
    _refuse_empty(clip, frames)
    trimmed = tail_cut(clip, frames)
    if frames < 0:
        refuse_beyond(clip, trimmed, timeline.rate)
    return trimmed


def _refuse_empty(clip: Clip, frames: int) -> None:
    if frames >= clip.duration:
        raise EditError("A clip keeps at least one frame.")


def _exchanged(clips: Clips, index: int, clip: Clip) -> Clips:
    return (*clips[:index], clip, *clips[index + 1 :])

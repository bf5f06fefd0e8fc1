"""Edits that place, cut and take away clips.

Every edit is a pure function from one timeline to the next.  A clip that comes in gets the timeline's `next_id`, and
every edit raises EditError where it cannot be made: no such clip or track, a locked track, no room, no material.

In the drawings each letter is a frame of a clip and each dot a frame of nothing.  "Later clips" are those of the same
track: edits never move other tracks, markers or the marked range.  Captions alone are carried along, by ripples of the
track that leads (see captions.py).

A transition belongs to the clip that comes in and leads from whatever lies before.  Where an edit leaves it too little
room it is shortened, and dropped when nothing is left; no clip can be split inside of one.
"""

from dataclasses import replace
from fractions import Fraction
from typing import Literal

from vgan_studio.errors import EditError

from .bin import binned
from .captions import rippled
from .check import clip_faults
from .lookup import clip_at, index_at
from .pieces import (
    Clips,
    cleared,
    halves,
    open_clip,
    open_track,
    placed,
    pushed,
    refuse,
    refuse_cut,
    with_clips,
)
from .values import Clip, Media, Timeline, Track

STILL_SECONDS = 5


def clip_of(timeline: Timeline, media: Media) -> Clip:
    """Make a clip of a whole medium, for `insert`, `overwrite` or `append` to place; a still is shown for 5 s."""
    seconds = media.duration or Fraction(STILL_SECONDS)
    return Clip(0, 0, max(1, round(seconds * timeline.rate)), media)


def insert(timeline: Timeline, track: int, frame: int, clip: Clip) -> Timeline:
    """Put a clip in at a frame and push the later clips; one that lies across the frame is split.

        aaaabbbb        insert xx at 2
        aaxxaabbbb

    The clip's own id and start do not matter.  A medium that is new goes into the bin.
    """
    timeline, clip = _prepared(timeline, track, frame, clip)
    timeline, clips = _opened(timeline, track, frame, clip.duration)
    return with_clips(timeline, track, placed(clips, clip))


def overwrite(timeline: Timeline, track: int, frame: int, clip: Clip) -> Timeline:
    """Put a clip in over what is there.

        aaaabbbb        overwrite xxx at 2
        aaxxxbbb

    The clip's own id and start do not matter.  A clip whose head is overwritten loses its transition.
    """
    timeline, clip = _prepared(timeline, track, frame, clip)
    timeline = lift_range(timeline, track, clip.start, clip.end)
    return with_clips(timeline, track, placed(timeline.tracks[track].clips, clip))


def append(timeline: Timeline, track: int, clip: Clip) -> Timeline:
    """Put a clip after the last one of a track.

    aaaa..bb        append xx
    aaaa..bbxx
    """
    clips = open_track(timeline, track).clips
    return insert(timeline, track, clips[-1].end if clips else 0, clip)


def split(timeline: Timeline, clip_id: int, frame: int) -> Timeline:
    """Cut a clip in two; nothing that plays changes.  The second half is the new clip.

    aaaaaa          split at 2
    aabbbb
    """
    number, index, clip = open_clip(timeline, clip_id)
    if not clip.start < frame < clip.end:
        raise EditError("A clip can be split only between its first and its last frame.")
    clips = timeline.tracks[number].clips
    refuse_cut(clips[index : index + 2], frame)
    parts = halves(clip, frame, timeline.rate, timeline.next_id)
    timeline = replace(timeline, next_id=timeline.next_id + 1)
    return with_clips(timeline, number, (*clips[:index], *parts, *clips[index + 1 :]))


def lift(timeline: Timeline, clip_id: int) -> Timeline:
    """Take a clip away and leave the gap.

    aabbbcc         lift b
    aa...cc
    """
    number, index, _ = open_clip(timeline, clip_id)
    clips = timeline.tracks[number].clips
    return with_clips(timeline, number, (*clips[:index], *clips[index + 1 :]))


def extract(timeline: Timeline, clip_id: int) -> Timeline:
    """Take a clip away and close the gap (ripple delete).

    aabbbccdd       extract b
    aaccdd
    """
    number, index, clip = open_clip(timeline, clip_id)
    clips = timeline.tracks[number].clips
    timeline = rippled(timeline, number, clip.end, -clip.duration)
    return with_clips(timeline, number, (*clips[:index], *pushed(clips[index + 1 :], clip.end, -clip.duration)))


def lift_range(timeline: Timeline, track: int, start: int, end: int) -> Timeline:
    """Take everything out of [start, end) of a track and leave the gap.

    aaaabbbb        lift 2 to 5
    aa...bbb
    """
    clips, rate, id = open_track(timeline, track).clips, timeline.rate, timeline.next_id
    if not 0 <= start < end:
        raise EditError("The range to take out is empty or begins before the film.")
    spanned = clip_at(timeline.tracks[track], start)
    if spanned is not None and spanned.start < start and end < spanned.end:
        timeline = replace(timeline, next_id=id + 1)
    return with_clips(timeline, track, cleared(clips, start, end, rate, id))


def extract_range(timeline: Timeline, track: int, start: int, end: int) -> Timeline:
    """Take everything out of [start, end) of a track and close the gap.

    aaaabbbb        extract 2 to 5
    aabbb
    """
    timeline = rippled(lift_range(timeline, track, start, end), track, end, start - end)
    return with_clips(timeline, track, pushed(timeline.tracks[track].clips, end, start - end))


def close_gap(timeline: Timeline, track: int, frame: int) -> Timeline:
    """Pull the later clips up to where the gap that holds the frame begins.

    aa...bbcc       close the gap at 3
    aabbcc
    """
    held = open_track(timeline, track)
    index = index_at(held, frame)
    start = held.clips[index].end if index >= 0 else 0
    if frame < start or frame < 0 or index + 1 == len(held.clips):
        raise EditError("There is no gap between clips at this frame.")
    gap = held.clips[index + 1].start - start
    return with_clips(rippled(timeline, track, start + gap, -gap), track, pushed(held.clips, start, -gap))


def move(
    timeline: Timeline, clip_id: int, track: int, frame: int, mode: Literal["overwrite", "insert"] = "overwrite"
) -> Timeline:
    """Take a clip from its place, which stays empty, and put it in at a frame of the same or another track.

        aabbcc....      move a to 7             aabbcc......    move a to 3, insert
        ..bbcc.aa.                              ..baabcc....

    `overwrite` takes out what is there, `insert` splits and pushes it.  The clip keeps its id and its transition.
    """
    number, _, clip = open_clip(timeline, clip_id)
    _refuse_kind(open_track(timeline, track), clip)
    if (number, clip.start) == (track, frame):
        return timeline
    timeline = lift(timeline, clip_id)
    if mode == "insert":
        timeline, clips = _opened(timeline, track, frame, clip.duration)
    else:
        timeline = lift_range(timeline, track, frame, frame + clip.duration)
        clips = timeline.tracks[track].clips
    return with_clips(timeline, track, placed(clips, replace(clip, start=frame)))


def duplicate(timeline: Timeline, clip_id: int) -> Timeline:
    """Put a copy of a clip right after it and push the later clips.  The copy has no transition.

    aabbcc          duplicate b
    aabbBBcc
    """
    number, _, clip = open_clip(timeline, clip_id)
    return insert(timeline, number, clip.end, replace(clip, transition=None))


def _prepared(timeline: Timeline, track: int, frame: int, clip: Clip) -> tuple[Timeline, Clip]:
    """Give the clip its id and place, and the bin its medium."""
    _refuse_kind(open_track(timeline, track), clip)
    clip = replace(clip, id=timeline.next_id, start=frame, group=0)
    if isinstance(clip.source, Media):
        timeline, media = binned(timeline, clip.source)
        clip = replace(clip, source=media)
    refuse(clip_faults(clip))
    return replace(timeline, next_id=timeline.next_id + 1), clip


def _opened(timeline: Timeline, track: int, frame: int, frames: int) -> tuple[Timeline, Clips]:
    """Split what lies across a frame, and give the track's clips with room made there."""
    crossed = clip_at(open_track(timeline, track), frame)
    refuse_cut(timeline.tracks[track].clips, frame)
    if crossed is not None and crossed.start < frame:
        timeline = split(timeline, crossed.id, frame)
    timeline = rippled(timeline, track, frame, frames)
    return timeline, pushed(timeline.tracks[track].clips, frame, frames)


def _refuse_kind(track: Track, clip: Clip) -> None:
    source = clip.source
    if not isinstance(source, Media):
        if track.kind == "audio":
            raise EditError("A generated picture cannot lie on an audio track.")
    elif source.known and track.kind == "video" and not source.width:
        raise EditError("A medium without pictures cannot lie on a video track.")
    elif source.known and track.kind == "audio" and not source.channels:
        raise EditError("A medium without sound cannot lie on an audio track.")

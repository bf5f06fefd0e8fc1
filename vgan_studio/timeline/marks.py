"""Edits of markers, of the marked range, and of the canvas.

Markers and the range are places on the clock: no edit of clips moves them.
"""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from vgan_studio.errors import EditError

from .check import MAX_FRAME, canvas_faults, marker_faults
from .pieces import refuse
from .values import Caption, Marker, SubtitleTrack, Timeline


def add_marker(timeline: Timeline, marker: Marker) -> Timeline:
    """Set a marker; they are kept in order of frames, several may share one."""
    refuse(marker_faults(marker))
    return replace(timeline, markers=tuple(sorted((*timeline.markers, marker), key=lambda m: m.frame)))


def remove_marker(timeline: Timeline, index: int) -> Timeline:
    """Take a marker away, by its index."""
    _marker(timeline, index)
    return replace(timeline, markers=(*timeline.markers[:index], *timeline.markers[index + 1 :]))


def move_marker(timeline: Timeline, index: int, frame: int) -> Timeline:
    """Put a marker on another frame."""
    return change_marker(timeline, index, replace(_marker(timeline, index), frame=frame))


def change_marker(timeline: Timeline, index: int, marker: Marker) -> Timeline:
    """Put a marker in the place of another."""
    return add_marker(remove_marker(timeline, index), marker)


def set_range(timeline: Timeline, start: int, end: int) -> Timeline:
    """Mark [start, end) by in and out.

    aaaabbbb        range 2 to 6
      [  )
    """
    if not 0 <= start < end <= MAX_FRAME:
        raise EditError("The out point must come after the in point.")
    return replace(timeline, range=(start, end))


def clear_range(timeline: Timeline) -> Timeline:
    """Mark the whole film."""
    return replace(timeline, range=None)


def set_canvas(timeline: Timeline, width: int, height: int, sample_rate: int | None = None) -> Timeline:
    """Give the film another size, or its sound another rate; clips keep their places."""
    sample_rate = timeline.sample_rate if sample_rate is None else sample_rate
    refuse(canvas_faults(timeline.rate, width, height, sample_rate))
    return replace(timeline, width=width, height=height, sample_rate=sample_rate)


def set_rate(timeline: Timeline, rate: Fraction) -> Timeline:
    """Give an empty film another frame rate.

    With clips, cuts could not stay where they are to the frame, so it is refused.  Markers, the range and captions go
    to the nearest frame; captions that have none left go.
    """
    refuse(canvas_faults(rate, timeline.width, timeline.height, timeline.sample_rate))
    if any(track.clips for track in timeline.tracks):
        raise EditError("The frame rate can be changed only while the timeline has no clips.")
    scale = rate / timeline.rate
    markers = tuple(replace(marker, frame=min(MAX_FRAME, round(marker.frame * scale))) for marker in timeline.markers)
    timeline = replace(timeline, rate=rate, markers=markers, subtitles=tuple(_scaled(timeline, scale)))
    if timeline.range is None:
        return timeline
    start, end = (min(MAX_FRAME, round(frame * scale)) for frame in timeline.range)
    return replace(timeline, range=(min(start, MAX_FRAME - 1), max(end, start + 1)))


def _scaled(timeline: Timeline, scale: Fraction) -> Iterator[SubtitleTrack]:
    for track in timeline.subtitles:
        places = ((min(MAX_FRAME, round(one.start * scale)), min(MAX_FRAME, round(one.end * scale)), one.text)
                  for one in track.captions)  # fmt: skip
        captions = (Caption(start, end - start, text) for start, end, text in places if start < end)
        yield replace(track, captions=tuple(captions))


def _marker(timeline: Timeline, index: int) -> Marker:
    if not 0 <= index < len(timeline.markers):
        raise EditError(f"There is no marker {index + 1}.")
    return timeline.markers[index]

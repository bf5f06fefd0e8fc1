"""Find and pull the ends of transitions on the timeline, and paint transitions."""

from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from vgan_studio.timeline.curve import Easing, eased
from vgan_studio.timeline.lookup import clip_by_id, locate, neighbour_after, neighbour_before
from vgan_studio.timeline.values import Clip, Timeline

from .snapping import snap
from .timeline_gestures import Turning, Zone
from .timeline_page import Page, glass
from .timeline_scale import Row, Scale

_STEPS = 16  # of the line that shows how a transition goes on
_REACH = 5.0  # points
_FREE = 12.0  # from the ends of clips, which are left to those who trim


def turn_at(scale: Scale, timeline: Timeline, row: Row, clip: Clip, place: QPointF) -> Zone | None:
    """Give the end of a transition that is at a place on a clip: its own one's, or that of the clip behind it."""
    clips = timeline.tracks[row.track].clips
    after = neighbour_after(clips, clips.index(clip))
    ends: tuple[tuple[Zone, Clip | None, int], ...] = (("turn_after", clip, 1), ("turn_before", after, -1))
    for zone, coming, way in ends:
        if coming is None or coming.transition is None:
            continue
        rect = place_of(scale, row, coming, coming.transition.before, coming.transition.after)
        edge = rect.right() if way > 0 else rect.left()
        ends_of_clips = coming.start, clip.end if way > 0 else clip.start
        far = all(abs(edge - scale.x(frame)) >= _FREE for frame in ends_of_clips)
        if far and abs(place.x() - edge) <= _REACH and rect.top() <= place.y() <= rect.bottom():
            return zone
    return None


def turned_clip(timeline: Timeline, clip_id: int, zone: Zone) -> Clip:
    """Give the clip that comes in by the transition whose end was taken hold of on a clip."""
    if zone == "turn_after":
        return clip_by_id(timeline, clip_id)
    number, index = locate(timeline, clip_id)
    return timeline.tracks[number].clips[index + 1]


def turned(timeline: Timeline, scale: Scale, gesture: Turning, x: float, attract: list[int] | None) -> Turning:
    """Let the end of a transition be where the pointer is, or at what attracts it there, as far as there is room.

    Args:
        attract: the frames that it snaps to; None for nothing.
    """
    low, high = _room(timeline, gesture)
    frame, met = scale.nearest(x), None
    found = snap((frame,), attract, scale.reach) if attract is not None else None
    if found is not None:
        frame = met = found[1]
    frame = min(max(frame, low), high)
    cut = clip_by_id(timeline, gesture.clip).start
    gesture = replace(gesture, met=met if met == frame else None)
    return replace(gesture, before=cut - frame) if gesture.side == "head" else replace(gesture, after=frame - cut)


def _room(timeline: Timeline, gesture: Turning) -> tuple[int, int]:
    """Give the first and the last frame where the end of a transition can be that is pulled."""
    number, index = locate(timeline, gesture.clip)
    clips = timeline.tracks[number].clips
    clip, before, after = clips[index], neighbour_before(clips, index), neighbour_after(clips, index)
    if gesture.side == "tail":
        taken = after.transition.before if after is not None and after.transition is not None else 0
        return clip.start + (0 if gesture.before else 1), clip.end - taken
    last = clip.start - (0 if gesture.after else 1)
    if before is None:
        return clip.start, last
    return before.start + (before.transition.after if before.transition is not None else 0), last


def place_of(scale: Scale, row: Row, clip: Clip, before: int, after: int) -> QRectF:
    """Give the place of a transition, below the names of the clips."""
    return scale.rect(row, clip.start - before, clip.start + after).adjusted(0, scale.unit + 3, 0, -3)


def turn(painter: QPainter, page: Page, row: Row, clip: Clip) -> None:
    """Paint a transition: a line across the cut, which rises as it goes on."""
    assert clip.transition is not None
    rect = place_of(page.scale, row, clip, clip.transition.before, clip.transition.after)
    if rect.width() < 4:
        return
    painter.setPen(QPen(QColor(page.theme.clip_text), 1))
    painter.setBrush(glass(page.theme.made, 190))
    painter.drawRect(rect)
    left, bottom, width, height = rect.x(), rect.bottom(), rect.width(), rect.height()
    painter.drawPolyline([QPointF(left + x * width, bottom - y * height) for x, y in _rise(clip.transition.ease)])


@lru_cache
def _rise(easing: Easing) -> tuple[tuple[float, float], ...]:
    """Give the points of the line that shows how a transition goes on, in parts of its length and of its end."""
    steps = 1 if easing == "linear" else _STEPS
    return tuple((n / steps, float(eased(Fraction(n, steps), easing))) for n in range(steps + 1))

"""From a press of the mouse to a wish: which gesture begins, and how it follows the pointer."""

from collections.abc import Collection
from dataclasses import replace

from PySide6.QtCore import QPointF

from vgan_studio.timeline.fading import Fades, picture_fades
from vgan_studio.timeline.lookup import clip_by_id, locate
from vgan_studio.timeline.values import Clip, Media, Timeline, Track

from . import timeline_gestures as gestures
from .timeline_gestures import Gesture, Pressed, Tool, TrimMode, Zone
from .timeline_light import light_at
from .timeline_scale import Row, Scale
from .timeline_sound import fades, gain_at, zone_at
from .timeline_turns import turn_at, turned, turned_clip

LOWEST, HIGHEST = 0.7, 4.0  # of a track, in parts of its usual height


def zone(scale: Scale, timeline: Timeline, row: Row, clip: Clip, place: QPointF, *, chosen: bool, tool: Tool) -> Zone:
    """Say what of a clip is at a place: an end, a handle, or its body; handles are there on selected clips alone."""
    if timeline.tracks[row.track].locked or tool in ("razor", "slip", "slide"):
        return "body"
    handle = None
    if chosen and tool == "select":
        handle = light_at(scale, timeline, row, clip, place) or zone_at(scale, timeline, row, clip, place)
    if handle is None and tool == "select":
        handle = turn_at(scale, timeline, row, clip, place)
    return handle or scale.side(clip, place.x()) or "body"


def begun(timeline: Timeline, pressed: Pressed, tool: Tool, selection: Collection[int]) -> Gesture | None:
    """Make a gesture of a press that has moved; None if nothing can be done there."""
    if pressed.clip is None:
        return gestures.Box(pressed.x, pressed.y, pressed.x, pressed.y)
    number, _ = locate(timeline, pressed.clip)
    if timeline.tracks[number].locked:
        return None
    clip = clip_by_id(timeline, pressed.clip)
    if pressed.side is not None:
        return gestures.begin_trim(timeline, clip.id, pressed.side, _mode(clip, pressed, tool))
    if pressed.zone in ("fade_in", "fade_out"):
        return gestures.Fading(clip.id, *fades(clip), "head" if pressed.zone == "fade_in" else "tail")
    if pressed.zone in ("light_in", "light_out"):
        light = picture_fades(clip) or Fades()
        side: gestures.Side = "head" if pressed.zone == "light_in" else "tail"
        return gestures.Fading(clip.id, light.up, light.down, side, picture=True)
    if pressed.zone in ("turn_before", "turn_after"):
        coming = turned_clip(timeline, clip.id, pressed.zone)
        assert coming.transition is not None
        end: gestures.Side = "head" if pressed.zone == "turn_before" else "tail"
        return gestures.Turning(coming.id, coming.transition.before, coming.transition.after, end)
    if pressed.zone == "gain":
        return gestures.Gain(clip.id, clip.gain_db if isinstance(clip.gain_db, float | int) else 0.0)
    if tool == "slide":
        return gestures.Slide(clip.id)
    if tool == "slip" or pressed.alt:
        return gestures.Slip(clip.id)
    return gestures.Move(frozenset(selection) | {clip.id}, clip.id)


def carried(
    timeline: Timeline, scale: Scale, gesture: Gesture, pressed: Pressed, place: QPointF, *, attract: list[int] | None
) -> Gesture:
    """Let a gesture follow the pointer.

    Args:
        attract: the frames that it snaps to; None for nothing.
    """
    x, y = place.x(), place.y()
    frames = round((x - pressed.x) / scale.zoom)
    if isinstance(gesture, gestures.Move):
        return gestures.moved(timeline, scale, gesture, (x - pressed.x, y), attract)
    if isinstance(gesture, gestures.Trim):
        return gestures.dragged(scale, gesture, x, attract)
    if isinstance(gesture, gestures.Slip):
        return gestures.slipped(timeline, gesture, -frames)
    if isinstance(gesture, gestures.Slide):
        return gestures.slid(timeline, gesture, frames)
    if isinstance(gesture, gestures.Fading):
        return _faded(timeline, scale, gesture, x)
    if isinstance(gesture, gestures.Turning):
        return turned(timeline, scale, gesture, x, attract)
    if isinstance(gesture, gestures.Gain):
        clip, row = clip_by_id(timeline, gesture.clip), _row(timeline, scale, gesture.clip)
        return replace(gesture, gain_db=gain_at(scale, timeline, row, clip, y))
    if isinstance(gesture, gestures.Flag):
        return replace(gesture, frame=scale.nearest(x))
    if isinstance(gesture, gestures.Header):
        row_there = scale.row_at(timeline, y)
        same = row_there is not None and timeline.tracks[row_there.track].kind == timeline.tracks[gesture.track].kind
        return replace(gesture, to=row_there.track if row_there is not None and same else gesture.track)
    if isinstance(gesture, gestures.Border):
        row = next(row for row in scale.rows(timeline) if row.track == gesture.track)
        share = scale.heights[row.track] if row.track < len(scale.heights) else 1.0
        height = share * (y - scale.y(row)) / row.height
        return replace(gesture, height=min(HIGHEST, max(LOWEST, height)))
    if isinstance(gesture, gestures.Box):
        return replace(gesture, x1=x, y1=y)
    return gesture


def pulled(gesture: Gesture | None) -> frozenset[int]:
    """Give the clips whose own ends a gesture pulls, which are not to attract it."""
    return frozenset((gesture.clip, *gesture.mates)) if isinstance(gesture, gestures.Trim) else frozenset()


def carried_heights(before: Timeline, after: Timeline, heights: tuple[float, ...]) -> tuple[float, ...]:
    """Let tracks keep their heights where tracks were added, taken away or put elsewhere."""
    if not heights or (len(before.tracks) == len(after.tracks) and all(map(_same, before.tracks, after.tracks))):
        return heights
    old = [(track, heights[number] if number < len(heights) else 1.0) for number, track in enumerate(before.tracks)]
    found = []
    for track in after.tracks:
        index = next((i for i, (one, _) in enumerate(old) if _same(one, track)), None)
        found.append(1.0 if index is None else old.pop(index)[1])
    return tuple(found)


def _same(a: Track, b: Track) -> bool:
    return a is b or (a.kind, a.name) == (b.kind, b.name)


def _mode(clip: Clip, pressed: Pressed, tool: Tool) -> TrimMode:
    stretches = tool == "rate" or (pressed.alt and pressed.shift)
    if stretches and pressed.side == "tail" and isinstance(clip.source, Media) and clip.speed:
        return "speed"
    if pressed.ctrl and pressed.shift:
        return "freeze"
    if tool == "ripple" or (pressed.shift and not pressed.alt):
        return "ripple"
    return "roll" if tool == "roll" or (pressed.alt and not pressed.shift) else "trim"


def _faded(timeline: Timeline, scale: Scale, gesture: gestures.Fading, x: float) -> gestures.Fading:
    clip = clip_by_id(timeline, gesture.clip)
    room = clip.duration - gesture.picture  # the last frame of a picture shows nothing
    if gesture.side == "head":
        frames = round((x - scale.x(clip.start)) / scale.zoom)
        return replace(gesture, fade_in=min(max(0, frames), room - gesture.fade_out))
    frames = round((scale.x(clip.end) - x) / scale.zoom)
    return replace(gesture, fade_out=min(max(0, frames), room - gesture.fade_in))


def _row(timeline: Timeline, scale: Scale, clip_id: int) -> Row:
    number, _ = locate(timeline, clip_id)
    return next(row for row in scale.rows(timeline) if row.track == number)

"""What the mouse does on the timeline: each gesture is a value while it lasts, and one wish at its end.

Nothing is edited while the mouse is down: the view paints where things would be.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import reduce
from typing import Literal

from vgan_studio.errors import EditError
from vgan_studio.timeline import trim
from vgan_studio.timeline.groups import mates, together
from vgan_studio.timeline.keys import Spot
from vgan_studio.timeline.lookup import clip_by_id, locate
from vgan_studio.timeline.speed import freeze_head, freeze_tail, set_speed
from vgan_studio.timeline.values import Clip, Media, Timeline

from .snapping import snap
from .timeline_scale import Scale

THRESHOLD = 4  # points that a click may tremble without moving anything
Side = Literal["head", "tail"]
TrimMode = Literal["trim", "ripple", "roll", "speed", "freeze"]
Tool = Literal["select", "razor", "ripple", "roll", "slip", "slide", "rate"]
Zone = Literal[
    "body", "head", "tail", "fade_in", "fade_out", "gain", "light_in", "light_out", "turn_before", "turn_after"
]

_TRIMS: dict[tuple[str, str], Callable[[Timeline, int, int], Timeline]] = {
    ("trim", "head"): trim.trim_head,
    ("trim", "tail"): trim.trim_tail,
    ("ripple", "head"): trim.ripple_trim_head,
    ("ripple", "tail"): trim.ripple_trim_tail,
    ("freeze", "head"): freeze_head,
    ("freeze", "tail"): freeze_tail,
}


@dataclass(frozen=True, slots=True)
class Pressed:
    """The button is down and nothing has moved yet."""

    x: float
    y: float
    clip: int | None = None
    zone: Zone = "body"
    alt: bool = False
    shift: bool = False
    ctrl: bool = False

    @property
    def side(self) -> Side | None:
        """The end of the clip that was taken hold of, if one was."""
        return "head" if self.zone == "head" else "tail" if self.zone == "tail" else None


@dataclass(frozen=True, slots=True)
class Scrub:
    """The playhead follows the pointer."""


@dataclass(frozen=True, slots=True)
class Move:
    """Clips follow the pointer, by so many frames and tracks."""

    ids: frozenset[int]
    clip: int
    frames: int = 0
    tracks: int = 0
    met: int | None = None


@dataclass(frozen=True, slots=True)
class Trim:
    """An end of a clip follows the pointer, from `low` to `high`; `mates` of its group, and itself, are trimmed.

    `walls` say why it goes no farther than these; `held` is what holds it while the pointer is beyond.
    """

    clip: int
    side: Side
    mode: TrimMode
    frame: int
    low: int
    high: int
    met: int | None = None
    mates: tuple[int, ...] = ()
    walls: tuple[str, str] = ("", "")
    held: str = ""


@dataclass(frozen=True, slots=True)
class Slip:
    """What a clip shows follows the pointer; the clip stays.  `held` says why it goes no farther, if it does not."""

    clip: int
    frames: int = 0
    held: str = ""


@dataclass(frozen=True, slots=True)
class Slide:
    """A clip follows the pointer between its neighbours, which make room; `held` is as of `Slip`."""

    clip: int
    frames: int = 0
    held: str = ""


@dataclass(frozen=True, slots=True)
class Fading:
    """The end of a ramp of the sound follows the pointer, or of the picture."""

    clip: int
    fade_in: int
    fade_out: int
    side: Side
    picture: bool = False


@dataclass(frozen=True, slots=True)
class Turning:
    """An end of the transition by which a clip comes in follows the pointer."""

    clip: int
    before: int
    after: int
    side: Side
    met: int | None = None


@dataclass(frozen=True, slots=True)
class Gain:
    """The line of the volume follows the pointer."""

    clip: int
    gain_db: float


@dataclass(frozen=True, slots=True)
class Flag:
    """A marker follows the pointer."""

    marker: int
    frame: int


@dataclass(frozen=True, slots=True)
class Border:
    """The lower border of a track's header follows the pointer: it grows to so many times its usual height."""

    track: int
    height: float


@dataclass(frozen=True, slots=True)
class Header:
    """A track follows the pointer to the place of another."""

    track: int
    to: int


@dataclass(frozen=True, slots=True)
class Keys:
    """Keys of a clip follow the pointer, which was pressed on one of them at `x`; a click may leave that one out."""

    clip: int
    spots: frozenset[Spot]
    spot: Spot
    x: float
    by: int = 0
    pulled: bool = False
    leaves: bool = False
    met: int | None = None


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle selects what it touches."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Pan:
    """The page follows the pointer."""

    x: float
    y: float


Gesture = (
    Pressed | Scrub | Move | Trim | Slip | Slide | Fading | Turning | Gain | Flag | Border | Header | Keys | Box | Pan
)


def trimmed(timeline: Timeline, clip_id: int, side: Side, mode: TrimMode, frame: int) -> Timeline:
    """Let an end of a clip be at a frame; clips of its group that begin or end there, too, go with it, but roll alone.

    With "freeze" the pictures that begin or end there are held up to the frame, and sounds stay as they are; with
    "speed" those that begin together stay in step.

    Raises:
        EditError: it cannot be there.
    """
    number, index = locate(timeline, clip_id)
    clip = timeline.tracks[number].clips[index]
    ids = _trimmed_with(timeline, clip_id, side, mode)
    if mode == "speed":
        return reduce(lambda film, one: stretched(film, one, frame), ids, timeline)
    if mode in ("ripple", "trim", "freeze"):
        before = timeline
        if not ids:
            raise EditError("A sound has no picture to freeze.")
        for id in ids:
            timeline = _TRIMS[mode, side](timeline, id, frame)
        return together(before, timeline)
    if side == "head":
        return trim.roll(timeline, clip_id, frame - clip.start)
    following = timeline.tracks[number].clips[index + 1 : index + 2]
    if not following or following[0].start != clip.end:
        raise EditError("There is no clip just after this one.")
    return trim.roll(timeline, following[0].id, frame - clip.end)


def stretched(timeline: Timeline, clip_id: int, frame: int) -> Timeline:
    """Play a clip so quickly or slowly that it ends before a frame.

    Raises:
        EditError: it cannot end there.
    """
    clip = clip_by_id(timeline, clip_id)
    if frame <= clip.start or not clip.speed or not isinstance(clip.source, Media) or clip.source.still:
        raise EditError("This clip cannot be stretched to there.")
    speed = clip.speed * Fraction(clip.duration, frame - clip.start)
    return set_speed(timeline, clip_id, speed.limit_denominator(10_000))


def begin_trim(timeline: Timeline, clip_id: int, side: Side, mode: TrimMode) -> Trim:
    """Find out how far an end of a clip can go, by trying the edit on the clip and its neighbours alone."""
    clip = clip_by_id(timeline, clip_id)
    ids = _trimmed_with(timeline, clip_id, side, mode)
    near = []
    for number, index in sorted({locate(timeline, id) for id in (clip_id, *ids)}):
        track = timeline.tracks[number]
        near.append(replace(track, clips=track.clips[max(0, index - 1) : index + 2]))
    small = replace(timeline, tracks=tuple(near), markers=(), subtitles=())
    now = clip.start if side == "head" else clip.end

    low, before = _farthest(lambda frame: trimmed(small, clip_id, side, mode, frame), now, -1)
    high, after = _farthest(lambda frame: trimmed(small, clip_id, side, mode, frame), now, 1)
    return Trim(clip_id, side, mode, now, low, high, mates=ids, walls=(before, after))


def moved(
    timeline: Timeline, scale: Scale, move: Move, pointer: tuple[float, float], attract: list[int] | None
) -> Move:
    """Let clips follow the pointer.

    Args:
        pointer: how far it went to the right, and at which height it is.
        attract: what their ends snap to; None for nothing.
    """
    clips = [clip_by_id(timeline, id) for id in move.ids]
    frames, met = round(pointer[0] / scale.zoom), None
    edges = (edge + frames for clip in clips for edge in (clip.start, clip.end))
    found = snap(edges, attract, scale.reach) if attract is not None else None
    if found is not None:
        frames, met = frames + found[0], found[1]
    earliest = -min(clip.start for clip in clips)
    if frames < earliest:
        frames, met = earliest, None
    row = scale.row_at(timeline, pointer[1])
    number, _ = locate(timeline, move.clip)
    tracks = row.track - number if row is not None and _can_lie(timeline, move.ids, row.track - number) else 0
    return replace(move, frames=frames, tracks=tracks, met=met)


def dragged(scale: Scale, gesture: Trim, x: float, attract: list[int] | None) -> Trim:
    """Let an end of a clip follow the pointer, as far as it can go."""
    frame, met = scale.nearest(x), None
    found = snap((frame,), attract, scale.reach) if attract is not None else None
    if found is not None:
        frame = met = found[1]
    held = gesture.walls[0] if frame < gesture.low else gesture.walls[1] if frame > gesture.high else ""
    frame = min(max(frame, gesture.low), gesture.high)
    return replace(gesture, frame=frame, met=met if met == frame else None, held=held)


def touched(timeline: Timeline, scale: Scale, box: Box) -> frozenset[int]:
    """Give the ids of the clips that a rectangle touches."""
    top, bottom = sorted((box.y0, box.y1))
    start, end = sorted((scale.frame(box.x0), scale.frame(box.x1)))
    found: set[int] = set()
    for row in scale.rows(timeline):
        y = scale.y(row)
        if y < bottom and top < y + row.height:
            clips = timeline.tracks[row.track].clips
            found |= {clip.id for clip in clips if clip.start <= end and start < clip.end}
    return frozenset(found)


def slipped(timeline: Timeline, gesture: Slip, frames: int) -> Slip:
    """Slip a clip towards so many frames, as far as it goes."""
    number, index = locate(timeline, gesture.clip)
    track = timeline.tracks[number]
    small = replace(timeline, tracks=(replace(track, clips=track.clips[index : index + 1]),), markers=())
    farthest, held = _farthest(lambda by: trim.slip(small, gesture.clip, by), 0, 1 if frames > 0 else -1, abs(frames))
    return replace(gesture, frames=farthest, held=held if farthest != frames else "")


def slid(timeline: Timeline, gesture: Slide, frames: int) -> Slide:
    """Slide a clip towards so many frames, as far as it goes."""
    number, index = locate(timeline, gesture.clip)
    track = timeline.tracks[number]
    small = replace(timeline, tracks=(replace(track, clips=track.clips[max(0, index - 1) : index + 2]),), markers=())
    farthest, held = _farthest(lambda by: trim.slide(small, gesture.clip, by), 0, 1 if frames > 0 else -1, abs(frames))
    return replace(gesture, frames=farthest, held=held if farthest != frames else "")


def _trimmed_with(timeline: Timeline, clip_id: int, side: Side, mode: TrimMode) -> tuple[int, ...]:
    """Give the clips that are trimmed where one is: itself, and of its group those that the mode is for."""
    if mode == "roll":
        return (clip_id,)
    ids = mates(timeline, clip_id, side)
    if mode == "freeze":
        return tuple(id for id in ids if timeline.tracks[locate(timeline, id)[0]].kind == "video")
    if mode == "speed":
        clip = clip_by_id(timeline, clip_id)
        return tuple(id for id in ids if _in_step(clip_by_id(timeline, id), clip))
    return ids


def _in_step(one: Clip, other: Clip) -> bool:
    """Tell whether two clips of media begin at one frame and go at one speed."""
    both = isinstance(one.source, Media) and isinstance(other.source, Media)
    return one is other or (both and (one.start, one.speed) == (other.start, other.speed))


def _can_lie(timeline: Timeline, ids: Iterable[int], tracks: int) -> bool:
    """Tell whether clips can be moved by so many tracks: there are such, of the same kind."""
    for id in ids:
        number, _ = locate(timeline, id)
        there = number + tracks
        if not 0 <= there < len(timeline.tracks) or timeline.tracks[there].kind != timeline.tracks[number].kind:
            return False
    return True


def _farthest(edit: Callable[[int], object], start: int, step: int, most: int = 1 << 22) -> tuple[int, str]:
    """Give the last place from `start` on in one direction, so many frames at most, where an edit can be made.

    All places before it can be, too.  Beside it the sentence that says why the next one cannot.
    """

    def refused(by: int) -> str:
        try:
            edit(start + step * by)
        except EditError as error:
            return str(error)
        return ""

    reach = 1
    while reach <= most and not refused(reach):
        reach *= 2
    good, bad = reach // 2, min(reach, most + 1)
    while bad - good > 1:
        middle = (good + bad) // 2
        good, bad = (good, middle) if refused(middle) else (middle, bad)
    return start + step * good, refused(good + 1)

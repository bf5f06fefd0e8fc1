"""What lies where: clips by frame and by id, and the transitions between them."""

from bisect import bisect_right
from dataclasses import dataclass
from fractions import Fraction
from operator import attrgetter

from vgan_studio.errors import EditError

from .curve import eased
from .values import Clip, Timeline, Track, Transition

_START = attrgetter("start")
_HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Takeover:
    """A transition at work: it leads from `outgoing` (None: from nothing) to `incoming`, and is `progress` on its way.

    `progress` is that of the middle of the frame, so it lies inside of (0, 1); it is eased as the transition says.
    """

    outgoing: Clip | None
    incoming: Clip
    transition: Transition
    progress: Fraction


def index_at(track: Track, frame: int) -> int:
    """Give the index of the last clip that starts at or before the frame, or -1, by bisection."""
    return bisect_right(track.clips, frame, key=_START) - 1


def last_from(track: Track, frame: int, index: int) -> int:
    """Give `index_at` where it is known that the clip with some index starts at or before the frame."""
    clips = track.clips
    last = min(len(clips), index + 1 + frame - clips[index].start)  # each one takes a frame or more
    return index if last <= index + 1 else bisect_right(clips, frame, index + 1, last, key=_START) - 1


def clip_at(track: Track, frame: int) -> Clip | None:
    """Give the clip that covers the frame, or None in a gap, by bisection."""
    index = index_at(track, frame)
    return track.clips[index] if index >= 0 and frame < track.clips[index].end else None


def takeover_at(track: Track, frame: int) -> Takeover | None:
    """Give the transition that plays at the frame, if any.  At most one does."""
    index = index_at(track, frame)
    for incoming in range(max(index, 0), min(index + 2, len(track.clips))):
        clip = track.clips[incoming]
        turn = clip.transition
        if turn is not None and clip.start - turn.before <= frame < clip.start + turn.after:
            share = (frame - clip.start + turn.before + _HALF) / (turn.before + turn.after)
            return Takeover(neighbour_before(track.clips, incoming), clip, turn, eased(share, turn.ease))
    return None


def neighbour_before(clips: tuple[Clip, ...], index: int) -> Clip | None:
    """Give the clip that ends where this one starts, or None."""
    return clips[index - 1] if index > 0 and clips[index - 1].end == clips[index].start else None


def neighbour_after(clips: tuple[Clip, ...], index: int) -> Clip | None:
    """Give the clip that starts where this one ends, or None."""
    return clips[index + 1] if index + 1 < len(clips) and clips[index + 1].start == clips[index].end else None


def source_time(clip: Clip, frame: int, rate: Fraction) -> Fraction:
    """Give the seconds of the source that a frame of the timeline shows: the middle of the frame's time.

    The frame may lie outside of the clip, as it does in transitions.
    """
    return clip.source_in + (frame - clip.start + _HALF) * clip.speed / rate


def locate(timeline: Timeline, clip_id: int) -> tuple[int, int]:
    """Give the index of the track and the index on it of a clip.

    Raises:
        EditError: there is no such clip.
    """
    for number, track in enumerate(timeline.tracks):
        for index, clip in enumerate(track.clips):
            if clip.id == clip_id:
                return number, index
    raise EditError(f"There is no clip {clip_id} in this timeline.")


def clip_by_id(timeline: Timeline, clip_id: int) -> Clip:
    """Give a clip by its id.

    Raises:
        EditError: there is no such clip.
    """
    track, index = locate(timeline, clip_id)
    return timeline.tracks[track].clips[index]

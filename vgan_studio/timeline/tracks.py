"""Edits of tracks.

A locked track takes no edit but being unlocked, muted, hidden and mixed.  Video tracks are stacked, the last on top.
"""

from dataclasses import replace
from typing import Literal

from vgan_studio.errors import EditError

from .check import MAX_TRACKS, track_faults
from .pieces import open_track, refuse, with_track
from .values import Timeline, Track

Kind = Literal["video", "audio"]


def add_track(
    timeline: Timeline, kind: Literal["video", "audio"], name: str = "", index: int | None = None
) -> Timeline:
    """Put an empty track before the one at an index, or after the last one.

    V1  aaaa        add video
    V1  aaaa
    V2  ....
    """
    index = len(timeline.tracks) if index is None else index
    if not 0 <= index <= len(timeline.tracks) or len(timeline.tracks) >= MAX_TRACKS:
        raise EditError("There is no such place for a track.")
    track = Track(kind, name=name)
    refuse(track_faults(track))
    return replace(timeline, tracks=(*timeline.tracks[:index], track, *timeline.tracks[index:]))


def remove_track(timeline: Timeline, track: int) -> Timeline:
    """Take a track away with all its clips.

    V1  aaaa        remove V1
    V2  bbbb
    V1  bbbb
    """
    open_track(timeline, track)
    return replace(timeline, tracks=(*timeline.tracks[:track], *timeline.tracks[track + 1 :]))


def move_track(timeline: Timeline, track: int, to: int) -> Timeline:
    """Put a track at another place in the stack.

    V1  aaaa        move V1 to 1
    V2  bbbb
    V1  bbbb
    V2  aaaa
    """
    held = open_track(timeline, track)
    if not 0 <= to < len(timeline.tracks):
        raise EditError("There is no such place for a track.")
    rest = [*timeline.tracks[:track], *timeline.tracks[track + 1 :]]
    return replace(timeline, tracks=(*rest[:to], held, *rest[to:]))


def rename_track(timeline: Timeline, track: int, name: str) -> Timeline:
    """Give a track a name."""
    renamed = replace(open_track(timeline, track), name=name)
    refuse(track_faults(renamed))
    return with_track(timeline, track, renamed)


def lock_track(timeline: Timeline, track: int, locked: bool = True) -> Timeline:
    """Let a track take no more edits, or let it take them again."""
    return with_track(timeline, track, replace(_track(timeline, track), locked=locked))


def mute_track(timeline: Timeline, track: int, muted: bool = True) -> Timeline:
    """Silence a track, or let it be heard again; a locked one, too."""
    return with_track(timeline, track, replace(_track(timeline, track), muted=muted))


def solo_track(timeline: Timeline, track: int, solo: bool = True) -> Timeline:
    """Let a track be heard alone, with others that are, or end that; a locked one, too."""
    return with_track(timeline, track, replace(_track(timeline, track), solo=solo))


def audible(timeline: Timeline) -> tuple[bool, ...]:
    """Say of each track whether it is heard, as far as switches decide that."""
    alone = any(one.solo for one in timeline.tracks)
    return tuple(not one.muted and (one.solo or not alone) for one in timeline.tracks)


def hide_track(timeline: Timeline, track: int, hidden: bool = True) -> Timeline:
    """Take the pictures of a track out of sight, or show them again; of a locked one, too."""
    return with_track(timeline, track, replace(_track(timeline, track), hidden=hidden))


def set_gain(timeline: Timeline, track: int, gain_db: float) -> Timeline:
    """Put a track's fader at a gain in decibels; of a locked one, too."""
    return _mixed(timeline, track, replace(_track(timeline, track), gain_db=float(gain_db)))


def set_pan(timeline: Timeline, track: int, pan: float) -> Timeline:
    """Turn a track's balance to the left (-1) or to the right (1); of a locked one, too."""
    return _mixed(timeline, track, replace(_track(timeline, track), pan=float(pan)))


def _mixed(timeline: Timeline, index: int, track: Track) -> Timeline:
    refuse(track_faults(replace(track, clips=())))
    return with_track(timeline, index, track)


def _track(timeline: Timeline, index: int) -> Track:
    if not 0 <= index < len(timeline.tracks):
        raise EditError(f"There is no track {index + 1}.")
    return timeline.tracks[index]

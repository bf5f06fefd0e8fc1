"""Edits of groups: clips that are selected, moved, trimmed and taken away together.

A clip says by a number in which group it is; 0 is none.  The numbers are ids of the timeline, so none is used twice.
Every edit leaves a clip its number: the halves of a split stay in the group until a cut through all of it parts them
(see `parted`).  Copies are in none (see `regrouped`).
"""

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise
from typing import Literal

from vgan_studio.errors import EditError

from .lookup import clip_by_id, locate
from .pieces import moved, open_track, with_clips, with_track
from .values import Clip, Timeline


def group(timeline: Timeline, clip_ids: Iterable[int]) -> Timeline:
    """Put clips into a new group, and with them all those of the groups that they are in."""
    ids = members(timeline, clip_ids)
    if len(ids) < 2:
        raise EditError("A group needs two clips or more.")
    number = timeline.next_id
    return _numbered(replace(timeline, next_id=number + 1), dict.fromkeys(ids, number))


def ungroup(timeline: Timeline, clip_ids: Iterable[int]) -> Timeline:
    """Dissolve the groups that clips are in."""
    ids = members(timeline, clip_ids)
    if not any(clip_by_id(timeline, id).group for id in ids):
        raise EditError("These clips are in no group.")
    return _numbered(timeline, dict.fromkeys(ids, 0))


def parted(timeline: Timeline, clip_ids: Iterable[int], frame: int) -> Timeline:
    """Part the groups that clips are in at a frame: what begins there or later is a group by itself from then on.

    V1  aaaabbbb        cut at 4: a and s stay in their group, b and t are in a new one
    A1  sssstttt

    A group of which a clip lies across the frame, or on a locked track, stays as it is.
    """
    numbers = {clip_by_id(timeline, id).group for id in clip_ids} - {0}
    for number in sorted(numbers):
        held = [(track, clip) for track in timeline.tracks for clip in track.clips if clip.group == number]
        if any(track.locked or clip.start < frame < clip.end for track, clip in held):
            continue
        later = [clip.id for _, clip in held if clip.start >= frame]
        earlier = [clip.id for _, clip in held if clip.start < frame]
        if not later or not earlier:
            continue
        new = timeline.next_id if len(later) > 1 else 0
        timeline = replace(timeline, next_id=timeline.next_id + (len(later) > 1))
        timeline = _numbered(timeline, {**dict.fromkeys(later, new), earlier[0]: number if len(earlier) > 1 else 0})
    return timeline


def members(timeline: Timeline, clip_ids: Iterable[int]) -> frozenset[int]:
    """Give clips and all that are in a group with one of them, by their ids; ids of no clip stay as they are."""
    ids = frozenset(clip_ids)
    if not ids:
        return ids
    all_clips = [clip for track in timeline.tracks for clip in track.clips]
    wanted = {clip.group for clip in all_clips if clip.group and clip.id in ids}
    return ids | {clip.id for clip in all_clips if clip.group in wanted} if wanted else ids


def grouped(timeline: Timeline) -> frozenset[int]:
    """Give the ids of all clips that are in a group with another one."""
    held = [clip for track in timeline.tracks for clip in track.clips if clip.group]
    seen: dict[int, int] = {}
    for clip in held:
        seen[clip.group] = seen.get(clip.group, 0) + 1
    return frozenset(clip.id for clip in held if seen[clip.group] > 1)


def mates(timeline: Timeline, clip_id: int, side: Literal["head", "tail"]) -> tuple[int, ...]:
    """Give a clip, and those of its group on other tracks that begin or end where it does: all are trimmed together."""
    number, index = locate(timeline, clip_id)
    clip = timeline.tracks[number].clips[index]
    found = [clip_id]
    for other, track in enumerate(timeline.tracks) if clip.group else ():
        if other != number:
            found += [
                one.id for one in track.clips if one.group == clip.group and _edge(one, side) == _edge(clip, side)
            ]
    return tuple(found)


def together(before: Timeline, after: Timeline) -> Timeline:
    """Let the rest of each group follow where an edit has pushed some of it along their tracks.

    V2  ..tt....        a is taken out of V1, and the gap is closed: t follows b
    V1  aabbcc

    V2  tt......
    V1  bbcc

    Where only some of a track's clips of a group were pushed, or by different lengths, nothing follows.

    Raises:
        EditError: one that would follow has no room, or lies on a locked track.
    """
    was = {clip.id: clip for track in before.tracks for clip in track.clips if clip.group}
    places: dict[int, list[tuple[int, Clip]]] = {}
    for number, track in enumerate(after.tracks) if was else ():
        for clip in track.clips:
            if clip.id in was and clip.group:
                places.setdefault(clip.group, []).append((number, clip))
    follow: dict[int, dict[int, int]] = {}
    for held in places.values():
        by, left = _pushed(was, held)
        for number, id in left:
            follow.setdefault(number, {})[id] = by
    for number, shifts in follow.items():
        after = _shifted(after, number, shifts)
    return after


def regrouped(timeline: Timeline, copies: Iterable[tuple[Clip, int]]) -> Timeline:
    """Group copies as the clips are that they were made of: pairs of such a clip and the id of its copy."""
    found: dict[int, list[int]] = {}
    for clip, id in copies:
        if clip.group:
            found.setdefault(clip.group, []).append(id)
    for ids in found.values():
        if len(ids) > 1:
            timeline = group(timeline, ids)
    return timeline


def _pushed(was: dict[int, Clip], held: list[tuple[int, Clip]]) -> tuple[int, list[tuple[int, int]]]:
    """Give how far a group was pushed, and the tracks and ids of those that stayed behind."""
    shifts = {clip.id: clip.start - was[clip.id].start for _, clip in held if _only_moved(was[clip.id], clip)}
    by = {shift for shift in shifts.values() if shift}
    if len(by) != 1:
        return 0, []
    rippled = {number for number, clip in held if shifts.get(clip.id)}
    left = [(number, clip.id) for number, clip in held if not shifts.get(clip.id, 1)]
    if any(number in rippled for number, _ in left):
        return 0, []
    return by.pop(), left


def _only_moved(before: Clip, after: Clip) -> bool:
    return (before.duration, before.source_in, before.speed) == (after.duration, after.source_in, after.speed)


def _shifted(timeline: Timeline, number: int, shifts: dict[int, int]) -> Timeline:
    track = open_track(timeline, number)
    clips = [moved(clip, shifts.get(clip.id, 0)) for clip in track.clips]
    clips.sort(key=lambda clip: clip.start)
    if clips[0].start < 0 or any(a.end > b.start for a, b in pairwise(clips)):
        raise EditError("A clip of the same group has no room to follow. Make room on its track, or ungroup.")
    return with_clips(timeline, number, clips)


def _edge(clip: Clip, side: Literal["head", "tail"]) -> int:
    return clip.start if side == "head" else clip.end


def _numbered(timeline: Timeline, numbers: dict[int, int]) -> Timeline:
    for id in numbers:
        locate(timeline, id)
    for index, track in enumerate(timeline.tracks):
        if any(clip.id in numbers for clip in track.clips):
            open_track(timeline, index)
            clips = tuple(replace(clip, group=numbers.get(clip.id, clip.group)) for clip in track.clips)
            timeline = with_track(timeline, index, replace(track, clips=clips))
    return timeline

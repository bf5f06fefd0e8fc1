"""Gestures of the window that are several edits in one: pure functions from one timeline to the next."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Literal

from vgan_studio.errors import EditError
from vgan_studio.timeline import edit, speed, trim
from vgan_studio.timeline.bin import add_media, binned
from vgan_studio.timeline.effects import add_effect, remove_transition, set_transition, set_values
from vgan_studio.timeline.folders import shelve
from vgan_studio.timeline.groups import members, parted, regrouped, together
from vgan_studio.timeline.lookup import clip_at, clip_by_id, locate
from vgan_studio.timeline.marks import set_canvas, set_rate
from vgan_studio.timeline.sound import detach_sound
from vgan_studio.timeline.tracks import add_track
from vgan_studio.timeline.values import Clip, EffectCall, FolderPath, Media, Timeline, Transition

Kind = Literal["video", "audio"]

_MOST_SIDE = 4096
_TURN_S = Fraction(1, 2)  # of a dissolve, to either side of the cut


def add_all(timeline: Timeline, media: Sequence[Media], folder: FolderPath = ()) -> Timeline:
    """Put media into the bin; an empty film takes its size and rate from the first one with pictures.

    Those that are new go into the folder, if it is there.
    """
    known = {one.fingerprint for one in timeline.media}
    untouched = not timeline.media and not any(track.clips for track in timeline.tracks)
    for one in media:
        timeline = add_media(timeline, one)
    if any(one.path == folder for one in timeline.folders):
        timeline = shelve(timeline, [one.fingerprint for one in media if one.fingerprint not in known], folder)
    first = next((one for one in media if one.width), None)
    if untouched and first is not None:
        timeline = like(timeline, first)
    return timeline


def like(timeline: Timeline, media: Media) -> Timeline:
    """Give a film without clips the size and the rate of a medium."""
    across = media.width * media.sample_aspect
    down = Fraction(media.height)
    small = min(Fraction(1), _MOST_SIDE / max(across, down))
    width, height = max(2, round(across * small / 2) * 2), max(2, round(down * small / 2) * 2)
    rate = media.rate if 1 <= media.rate <= 240 else timeline.rate
    return replace(timeline, width=width, height=height, rate=_common(rate))


def place(
    timeline: Timeline, media: Sequence[Media], track: int | None, frame: int, *, insert: bool = False
) -> Timeline:
    """Put whole media one after the other on a track; None makes a new one for them.

    With a track of the wrong kind, those that have only sound go to the first audio track, and the others to the
    first video track.
    """
    for new in media:
        timeline, one = binned(timeline, new)
        timeline, number = fitting(timeline, one, track)
        clip = edit.clip_of(timeline, one)
        placed = (edit.insert if insert else edit.overwrite)(timeline, number, frame, clip)
        timeline = together(timeline, placed)
        frame += clip.duration
    return timeline


def append(timeline: Timeline, media: Sequence[Media]) -> Timeline:
    """Put whole media after what is on the first track of their kind."""
    for one in media:
        timeline, number = fitting(timeline, one, None if not one.width else 0)
        timeline = edit.append(timeline, number, edit.clip_of(timeline, one))
    return timeline


def fitting(timeline: Timeline, media: Media, track: int | None) -> tuple[Timeline, int]:
    """Give the track that a medium goes to: the one that is named if it takes it, else the first; None makes one."""
    kind: Kind = "video" if media.width else "audio"
    if track is None:
        return _new_track(timeline, kind) if media.width else _first(timeline, kind)
    if 0 <= track < len(timeline.tracks):
        held = timeline.tracks[track]
        if held.kind == kind or (held.kind == "audio" and media.channels):
            return timeline, track
    return _first(timeline, kind)


def generate(timeline: Timeline, source: EffectCall, frame: int, seconds: int = 4) -> Timeline:
    """Put a generated picture above all clips that are shown while it is, on a new video track if need be."""
    clip = Clip(0, 0, max(1, round(seconds * timeline.rate)), source)
    number = 0
    for index, track in enumerate(timeline.tracks):
        taken = any(one.start < frame + clip.duration and frame < one.end for one in track.clips)
        if track.kind == "video" and (taken or track.locked):
            number = index + 1
    if number >= len(timeline.tracks) or timeline.tracks[number].kind != "video":
        timeline, number = _new_track(timeline, "video")
    return edit.overwrite(timeline, number, frame, clip)


def move(timeline: Timeline, clip_ids: Iterable[int], frames: int, tracks: int) -> Timeline:
    """Move clips by so many frames and tracks, over what is there; they keep their distances."""
    places = [(*locate(timeline, id), id) for id in clip_ids]
    # each goes where another of them has already left
    places.sort(key=lambda one: (-one[0] if tracks > 0 else one[0], -one[1] if frames > 0 else one[1]))
    for number, _, id in places:
        clip = clip_by_id(timeline, id)
        if not 0 <= number + tracks < len(timeline.tracks):
            raise EditError("There is no track there.")
        timeline = edit.move(timeline, id, number + tracks, clip.start + frames)
    return timeline


def lift(timeline: Timeline, clip_ids: Iterable[int]) -> Timeline:
    """Take clips away and leave their gaps."""
    for id in clip_ids:
        timeline = edit.lift(timeline, id)
    return timeline


def extract(timeline: Timeline, clip_ids: Iterable[int]) -> Timeline:
    """Take clips away and close their gaps."""
    before = timeline
    for id in clip_ids:
        timeline = edit.extract(timeline, id)
    return together(before, timeline)


def close_gap(timeline: Timeline, track: int, frame: int) -> Timeline:
    """Pull the later clips up to where the gap that holds the frame begins, and with them those of their groups."""
    return together(timeline, edit.close_gap(timeline, track, frame))


def duplicate(timeline: Timeline, clip_ids: Iterable[int]) -> Timeline:
    """Put a copy of each clip right after it; copies of a group are one of their own."""
    before, copies = timeline, list[tuple[Clip, int]]()
    for id in clip_ids:
        copies.append((clip_by_id(timeline, id), timeline.next_id))
        timeline = edit.duplicate(timeline, id)
    return regrouped(together(before, timeline), copies)


def split(timeline: Timeline, clip_ids: Iterable[int], frame: int) -> Timeline:
    """Cut those of the clips that lie across a frame; a group that is cut through becomes two.

    Raises:
        EditError: none does.
    """
    across = [id for id in clip_ids if (clip := clip_by_id(timeline, id)).start < frame < clip.end]
    if not across:
        raise EditError("There is no clip to split at the playhead.")
    for id in across:
        timeline = edit.split(timeline, id, frame)
    return parted(timeline, across, frame)


def cut(timeline: Timeline, clip_id: int, frame: int) -> Timeline:
    """Cut a clip at a frame, and with it all of its group that lies across the frame.

    Raises:
        EditError: the clip does not lie across it, or one of them cannot be cut.
    """
    clip = clip_by_id(timeline, clip_id)
    ids = members(timeline, (clip_id,)) if clip.start < frame < clip.end else {clip_id}
    return split(timeline, sorted(ids), frame)


def trim_to(timeline: Timeline, clip_ids: Iterable[int], frame: int, *, head: bool) -> Timeline:
    """Take off what lies before (or from) a frame of the clips across it, and close the gap.

    Raises:
        EditError: none lies across it.
    """
    across = [id for id in clip_ids if (clip := clip_by_id(timeline, id)).start < frame < clip.end]
    if not across:
        raise EditError("There is no clip to trim at the playhead.")
    before = timeline
    for id in across:
        timeline = (trim.ripple_trim_head if head else trim.ripple_trim_tail)(timeline, id, frame)
    return together(before, timeline)


def paste(timeline: Timeline, clips: Sequence[tuple[int, Clip]], frame: int) -> Timeline:
    """Put copies of clips at a frame, each on its track, with their distances; copies of a group are one of their own.

    Raises:
        EditError: a track of one of them is not there or takes no such clip.
    """
    first, copies = min(clip.start for _, clip in clips), list[tuple[Clip, int]]()
    for number, clip in sorted(clips, key=lambda one: one[1].start):
        if number >= len(timeline.tracks):
            raise EditError("There is no track to paste this clip to.")
        copies.append((clip, timeline.next_id))
        timeline = edit.overwrite(timeline, number, frame + clip.start - first, replace(clip, transition=None))
    return regrouped(timeline, copies)


def set_speeds(timeline: Timeline, clip_ids: Iterable[int], factor: Fraction, *, ripple: bool = False) -> Timeline:
    """Let clips play at a speed; with `ripple` the later ones follow."""
    before = timeline
    for id in clip_ids:
        timeline = speed.set_speed(timeline, id, factor, ripple=ripple)
    return together(before, timeline)


def reverse(timeline: Timeline, clip_ids: Iterable[int]) -> Timeline:
    """Play clips the other way round; of several, those that show a medium."""
    ids = list(clip_ids)
    films = [id for id in ids if isinstance(clip_by_id(timeline, id).source, Media)] or ids
    for id in films:
        timeline = speed.reverse(timeline, id)
    return timeline


def freeze(timeline: Timeline, clip_ids: Iterable[int], frame: int) -> Timeline:
    """Hold the pictures that clips show at a frame, each for its whole clip; of several, those that show a medium.

    Sounds stay as they are.

    Raises:
        EditError: none shows a picture there.
    """
    places = [(timeline.tracks[locate(timeline, id)[0]], clip_by_id(timeline, id)) for id in clip_ids]
    there = [clip for track, clip in places if track.kind == "video" and clip.start <= frame < clip.end]
    if not there:
        raise EditError("There is no picture to freeze at the playhead.")
    for clip in [one for one in there if isinstance(one.source, Media)] or there:
        timeline = speed.freeze(timeline, clip.id, frame)
    return timeline


def detach(timeline: Timeline, clip_ids: Iterable[int]) -> Timeline:
    """Give the sound of clips clips of their own; of several, that of those that have some."""
    ids = list(clip_ids)
    sounding = [id for id in ids if _sounds(timeline, id)]
    for id in sounding or ids[:1]:
        timeline = detach_sound(timeline, id)
    return timeline


def dissolve(timeline: Timeline, clip_ids: Iterable[int]) -> Timeline:
    """Let clips come in by a dissolve of up to a second, as long as there is room for."""
    for id in clip_ids:
        timeline = set_transition(timeline, id, _turn(timeline, id))
    return timeline


def cut_hard(timeline: Timeline, clip_ids: Iterable[int]) -> Timeline:
    """Let clips come in by a cut."""
    for id in clip_ids:
        timeline = remove_transition(timeline, id)
    return timeline


def pose(
    timeline: Timeline,
    clip_id: int,
    index: int,
    id: str,
    values: Mapping[str, float | tuple[float, ...]],
    *,
    frame: int,
) -> Timeline:
    """Give parameters of an effect values at a frame of the clip; the effect is put at that place if it is not there.

    Raises:
        EditError: the clip cannot be changed.
    """
    calls = clip_by_id(timeline, clip_id).effects
    if [call.id for call in calls[index : index + 1]] != [id]:
        timeline = add_effect(timeline, clip_id, EffectCall(id), index)
    return set_values(timeline, clip_id, index, values, frame)


def set_film(timeline: Timeline, width: int, height: int, rate: Fraction, sample_rate: int) -> Timeline:
    """Give a film another size, rate and sample rate; another rate only where there are no clips."""
    timeline = set_canvas(timeline, width, height, sample_rate)
    return timeline if rate == timeline.rate else set_rate(timeline, rate)


def under(timeline: Timeline, frame: int) -> list[int]:
    """Give the ids of the clips at a frame on tracks that are not locked."""
    found = [clip_at(track, frame) for track in timeline.tracks if not track.locked]
    return [clip.id for clip in found if clip is not None]


def bypassed(timeline: Timeline, effects: Container[str] | None = None) -> Timeline:
    """Switch effects of clips off, for a look at what they do; all of them, or those with these ids."""

    def off(clip: Clip) -> Clip:
        if not clip.effects:
            return clip
        calls = (
            replace(one, enabled=one.enabled and effects is not None and one.id not in effects) for one in clip.effects
        )
        return replace(clip, effects=tuple(calls))

    tracks = (replace(track, clips=tuple(map(off, track.clips))) for track in timeline.tracks)
    return replace(timeline, tracks=tuple(tracks))


def present(timeline: Timeline, clip_ids: Iterable[int]) -> frozenset[int]:
    """Give those of the ids that the timeline still has."""
    there = {clip.id for track in timeline.tracks for clip in track.clips}
    return frozenset(clip_ids) & there


def _first(timeline: Timeline, kind: Kind) -> tuple[Timeline, int]:
    for number, track in enumerate(timeline.tracks):
        if track.kind == kind and not track.locked:
            return timeline, number
    return _new_track(timeline, kind)


def _sounds(timeline: Timeline, clip_id: int) -> bool:
    """Tell whether a clip of a video track brings sound that is heard."""
    number, index = locate(timeline, clip_id)
    clip = timeline.tracks[number].clips[index]
    heard = isinstance(clip.source, Media) and bool(clip.source.channels) and not clip.muted
    return heard and timeline.tracks[number].kind == "video"


def _new_track(timeline: Timeline, kind: Kind) -> tuple[Timeline, int]:
    same = [number for number, track in enumerate(timeline.tracks) if track.kind == kind]
    index = same[-1] + 1 if same else (len(timeline.tracks) if kind == "audio" else 0)
    name = f"{'V' if kind == 'video' else 'A'}{len(same) + 1}"
    return add_track(timeline, kind, name, index), index


def _common(rate: Fraction) -> Fraction:
    """Give the rate that a film has for a measured one: one in common use, or any that is whole, half, or NTSC's.

    What is none of these is the mean of a rate that varies: the next one in common use loses none of its pictures.
    """
    known = [Fraction(n) for n in (24, 25, 30, 48, 50, 60, 15, 12)]
    known += [Fraction(n * 1000, 1001) for n in (24, 30, 60)]
    steady = [*known, Fraction(round(2 * rate), 2), Fraction(round(rate * 1001 / 1000) * 1000, 1001)]
    near = min(steady, key=lambda one: abs(one - rate))
    if abs(near - rate) <= near / 2000:
        return near
    return min((one for one in known if one > rate), default=Fraction(round(rate)))


def _turn(timeline: Timeline, clip_id: int) -> Transition:
    """Make the longest dissolve up to a second that has room at a clip's head."""
    number, index = locate(timeline, clip_id)
    clips = timeline.tracks[number].clips
    clip = clips[index]
    half = max(1, round(_TURN_S * timeline.rate))
    previous = clips[index - 1] if index and clips[index - 1].end == clip.start else None
    taken = previous.transition.after if previous is not None and previous.transition else 0
    before = min(half, previous.duration - taken) if previous is not None else 0
    return Transition(before, min(half, clip.duration), EffectCall("core.dissolve"))

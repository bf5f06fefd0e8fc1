"""Edits of the sound of clips."""

from dataclasses import replace

from vgan_studio.errors import EditError

from .curve import Curve
from .lookup import clip_at, index_at
from .pieces import open_clip, open_track, placed, with_clip, with_clips
from .tracks import add_track
from .values import Clip, Fade, Media, Timeline, Track


def set_gain(timeline: Timeline, clip_id: int, gain_db: float | Curve) -> Timeline:
    """Give a clip's sound a gain in decibels, fixed or as a curve over the clip's frames."""
    clip = open_clip(timeline, clip_id)[2]
    if isinstance(gain_db, Curve) and isinstance(gain_db.keys[0].value, tuple):
        raise EditError("A gain is one number.")
    return with_clip(timeline, replace(clip, gain_db=gain_db))


def set_fades(timeline: Timeline, clip_id: int, fade_in: int, fade_out: int) -> Timeline:
    r"""Let a clip's sound come up over its first frames and go down over its last ones; 0 for none.

      ______
    /       \       fade_in 2, fade_out 1
    aaaaaaaaa
    """
    clip = open_clip(timeline, clip_id)[2]
    if fade_in < 0 or fade_out < 0 or fade_in + fade_out > clip.duration:
        raise EditError("The fades do not fit into the clip.")
    rise = Fade(0, fade_in) if fade_in else None
    fall = Fade(clip.duration - fade_out, fade_out) if fade_out else None
    return with_clip(timeline, replace(clip, fade_in=rise, fade_out=fall))


def mute(timeline: Timeline, clip_id: int, muted: bool = True) -> Timeline:
    """Silence a clip, or let it be heard again."""
    return with_clip(timeline, replace(open_clip(timeline, clip_id)[2], muted=muted))


def detach_sound(timeline: Timeline, clip_id: int, track: int | None = None) -> Timeline:
    """Mute a clip and put a second one with its sound on an audio track, at the same place.

        V1  aaaa        V1  aaaa (muted)
        A1  ....        A1  AAAA

    Without `track` it is the first open audio track with room there, else a new one.
    """
    number, _, clip = open_clip(timeline, clip_id)
    if timeline.tracks[number].kind != "video" or not isinstance(clip.source, Media):
        raise EditError("Only a clip of a medium on a video track has sound to detach.")
    if clip.source.known and not clip.source.channels:
        raise EditError("This medium has no sound.")
    timeline, track = _room_for(timeline, clip, track)
    sound = replace(clip, id=timeline.next_id, effects=(), transition=None)
    timeline = mute(replace(timeline, next_id=timeline.next_id + 1), clip_id)
    return with_clips(timeline, track, placed(timeline.tracks[track].clips, sound))


def _room_for(timeline: Timeline, clip: Clip, track: int | None) -> tuple[Timeline, int]:
    if track is not None:
        held = open_track(timeline, track)
        if held.kind != "audio" or not _free(held, clip):
            raise EditError("That is no audio track, or there is no room on it.")
        return timeline, track
    for number, held in enumerate(timeline.tracks):
        if held.kind == "audio" and not held.locked and _free(held, clip):
            return timeline, number
    return add_track(timeline, "audio"), len(timeline.tracks)


def _free(track: Track, clip: Clip) -> bool:
    return clip_at(track, clip.start) is None and index_at(track, clip.end - 1) == index_at(track, clip.start)

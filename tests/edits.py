"""Random edits of random timelines, for the laws."""

from fractions import Fraction
from typing import get_args

from hypothesis import strategies as st

from vgan_studio.timeline import bin as bins
from vgan_studio.timeline import edit, effects, fading, folders, groups, marks, sound, speed, subtitles, tracks, trim
from vgan_studio.timeline import keys as lanes
from vgan_studio.timeline.curve import Easing, Key
from vgan_studio.timeline.values import Marker, Transition

from .strategies import SPEEDS, calls, clips, finite, media, params, scalar_curves, texts, turns
from .strategies import subtitles as subtitle_tracks

frames = st.integers(-3, 90)
shifts = st.integers(-12, 12)
small = st.integers(-1, 3)
names = st.sampled_from(["amount", "place", "word"])
keys = st.builds(Key, st.integers(-5, 20), finite, st.sampled_from(["hold", "linear", "ease"]))


def clip_ids(timeline):
    ids = [clip.id for track in timeline.tracks for clip in track.clips]
    return st.sampled_from([*ids, 10**6] if ids else [10**6])


def new_clips(timeline):
    bin = timeline.media
    return st.one_of(
        clips(bin, "video"), clips(bin, "audio"), media(9).map(lambda m: edit.clip_of(timeline, m))
    ).filter(bool)


def choices(timeline):
    """Every edit, with strategies for its arguments."""
    id, track, clip = clip_ids(timeline), st.integers(-1, len(timeline.tracks)), new_clips(timeline)
    index = st.none() | small | st.just(effects.TURN)
    takeovers = st.builds(Transition, st.integers(0, 5), st.integers(-1, 5), turns, st.sampled_from(get_args(Easing)))
    marker = st.builds(Marker, frames, texts)
    flag = st.booleans()
    prints = st.sampled_from([m.fingerprint for m in timeline.media] + ["none"])
    path = st.sampled_from([(), ("a",), ("a", "B"), ("new",), *(one.path for one in timeline.folders)])
    return {
        edit.insert: (track, frames, clip),
        edit.overwrite: (track, frames, clip),
        edit.append: (track, clip),
        edit.split: (id, frames),
        edit.lift: (id,),
        edit.extract: (id,),
        edit.lift_range: (track, frames, frames),
        edit.extract_range: (track, frames, frames),
        edit.close_gap: (track, frames),
        edit.move: (id, track, frames, st.sampled_from(["overwrite", "insert"])),
        edit.duplicate: (id,),
        groups.group: (st.lists(id, max_size=3),),
        groups.ungroup: (st.lists(id, max_size=2),),
        fading.fade_picture: (id, small, st.integers(-1, 20)),
        lanes.add_key: (id, st.tuples(index, names), st.integers(-5, 20)),
        lanes.move_keys: (id, st.lists(st.tuples(index, names, st.integers(-5, 20)), max_size=2), shifts),
        lanes.remove_keys: (id, st.lists(st.tuples(index, names, st.integers(-5, 20)), max_size=2)),
        trim.trim_head: (id, frames),
        trim.trim_tail: (id, frames),
        trim.ripple_trim_head: (id, frames),
        trim.ripple_trim_tail: (id, frames),
        trim.roll: (id, shifts),
        trim.slip: (id, shifts),
        trim.slide: (id, shifts),
        speed.set_speed: (id, st.sampled_from([*SPEEDS, Fraction(10**4)])),
        speed.reverse: (id,),
        speed.freeze: (id, frames),
        speed.freeze_head: (id, frames),
        speed.freeze_tail: (id, frames),
        tracks.add_track: (st.sampled_from(["video", "audio"]), texts, index),
        tracks.remove_track: (track,),
        tracks.move_track: (track, small),
        tracks.rename_track: (track, texts),
        tracks.lock_track: (track, flag),
        tracks.mute_track: (track, flag),
        tracks.hide_track: (track, flag),
        tracks.set_gain: (track, st.sampled_from([0, -6.5, 12.0, 12.1, -100.0, -101, float("nan"), float("inf")])),
        tracks.set_pan: (track, st.sampled_from([0, -1.0, 1 / 3, 1.5, float("nan")])),
        effects.add_effect: (id, calls, index),
        effects.remove_effect: (id, small),
        effects.move_effect: (id, small, small),
        effects.enable_effect: (id, small, flag),
        effects.set_param: (id, index, names, params),
        effects.set_key: (id, index, names, keys),
        effects.remove_key: (id, index, names, st.integers(-5, 20)),
        effects.set_transition: (id, takeovers),
        effects.remove_transition: (id,),
        sound.set_gain: (id, finite | scalar_curves | st.just(float("nan"))),
        sound.set_fades: (id, small, small),
        sound.mute: (id, flag),
        sound.detach_sound: (id, st.none() | track),
        marks.add_marker: (marker,),
        marks.remove_marker: (small,),
        marks.move_marker: (small, frames),
        marks.change_marker: (small, marker),
        marks.set_range: (frames, frames),
        marks.clear_range: (),
        marks.set_canvas: (st.integers(0, 9999), st.integers(1, 9999)),
        marks.set_rate: (st.sampled_from([Fraction(24), Fraction(0), Fraction(30000, 1001)]),),
        folders.add_folder: (path,),
        folders.rename_folder: (path, texts),
        folders.move_folder: (path, path),
        folders.remove_folder: (path,),
        folders.shelve: (st.lists(prints, max_size=3), path),
        subtitles.add_subtitles: (subtitle_tracks(), index),
        subtitles.remove_subtitles: (small,),
        subtitles.describe_subtitles: (small, texts, texts),
        subtitles.set_look: (small, calls),
        subtitles.hide_subtitles: (small, flag),
        subtitles.lock_subtitles: (small, flag),
        subtitles.add_caption: (small, frames, shifts, texts),
        subtitles.remove_captions: (small, st.lists(small, max_size=2)),
        subtitles.set_text: (small, small, texts),
        subtitles.set_times: (small, small, frames, frames),
        subtitles.split_caption: (small, small, frames),
        subtitles.merge_captions: (small, small),
        subtitles.shift_captions: (small, shifts),
        bins.add_media: (media(7),),
        bins.remove_media: (prints,),
        bins.replace_media: (id, media(8)),
    }


@st.composite
def edits(draw, timeline, among=None):
    """A function from a timeline to the next, which may refuse; and its name."""
    table = choices(timeline)
    chosen = draw(st.sampled_from([f for f in table if among is None or f in among]))
    values = [draw(argument) for argument in table[chosen]]
    return chosen, values

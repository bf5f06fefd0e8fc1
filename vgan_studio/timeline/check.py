"""What a sound timeline is: `faults` says in sentences what is wrong with one."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import chain, pairwise
from math import isfinite
from typing import get_args

from .curve import Curve, Easing
from .values import (
    LOUDEST_DB,
    SILENT_DB,
    Clip,
    EffectCall,
    Fade,
    Folder,
    Marker,
    Media,
    Metadata,
    SubtitleTrack,
    Timeline,
    Track,
    Transition,
    Value,
)

MAX_FRAME = 10**9  # a year at 30 frames per second
MAX_SIDE = 1 << 16
MAX_SPEED = 1000
MAX_TRACKS = 1000
MAX_FOLDERS = 10_000
MAX_DEPTH = 32
MAX_SUBTITLES = 100
MAX_CAPTIONS = 100_000  # of a track
MAX_EFFECTS = 1000
MAX_DIGITS = 60  # of a fraction's numerator and denominator
MAX_TEXT = 1_000_000
_MOST: int = 10**MAX_DIGITS


def faults(timeline: Timeline) -> Iterator[str]:
    """Say what is wrong with a timeline, one sentence each; nothing for a sound one."""
    yield from canvas_faults(timeline.rate, timeline.width, timeline.height, timeline.sample_rate)
    yield from chain.from_iterable(media_faults(media) for media in timeline.media)
    yield from chain.from_iterable(marker_faults(marker) for marker in timeline.markers)
    yield from _metadata_faults(timeline.metadata)
    yield from folders_faults(timeline.folders, timeline.media)
    if timeline.range is not None and not 0 <= timeline.range[0] < timeline.range[1] <= MAX_FRAME:
        yield "The marked range is empty or lies outside of the film."
    if len(timeline.tracks) > MAX_TRACKS:
        yield f"There are more than {MAX_TRACKS} tracks."
    for number, track in enumerate(timeline.tracks, 1):
        yield from (f"Track {number}: {fault}" for fault in track_faults(track))
    if len(timeline.subtitles) > MAX_SUBTITLES:
        yield f"There are more than {MAX_SUBTITLES} tracks of subtitles."
    for number, subtitles in enumerate(timeline.subtitles, 1):
        yield from (f"Subtitles {number}: {fault}" for fault in subtitle_faults(subtitles))
    yield from _identity_faults(timeline)


def canvas_faults(rate: Fraction, width: int, height: int, sample_rate: int) -> Iterator[str]:
    """Say what is wrong with the measures of a canvas."""
    if not (0 < rate <= 1000 and rate.denominator <= 10**9):
        yield "The frame rate lies between 0 and 1000."
    if not (1 <= width <= MAX_SIDE and 1 <= height <= MAX_SIDE):
        yield f"The sides of the canvas lie between 1 and {MAX_SIDE} pixels."
    if not 8000 <= sample_rate <= 768000:
        yield "The sample rate lies between 8000 and 768000."


def folders_faults(folders: Sequence[Folder], media: Iterable[Media]) -> Iterator[str]:
    """Say what is wrong with the folders of a bin."""
    paths = [folder.path for folder in folders]
    if paths != sorted(set(paths)):
        yield "Two folders of the bin have one name, or they are out of order."
    if len(paths) > MAX_FOLDERS or any(not 1 <= len(path) <= MAX_DEPTH for path in paths):
        yield f"There are more than {MAX_FOLDERS} folders, or more than {MAX_DEPTH} lie in each other."
    if not {path[:-1] for path in paths} <= {*paths, ()}:
        yield "A folder of the bin lies in none that is there."
    for name in {path[-1] for path in paths if path}:
        yield from _text_faults("folder", name)
        if not name.strip():
            yield "A folder needs a name."
    held = [name for folder in folders for name in folder.media]
    if len(held) > len(set(held)) or any(list(folder.media) != sorted(folder.media) for folder in folders):
        yield "A medium lies in two folders, or those of one are out of order."
    if held and not {one.fingerprint for one in media}.issuperset(held):
        yield "A folder holds a medium that is not in the bin."


def track_faults(track: Track) -> Iterator[str]:
    """Say what is wrong with a track: order, overlap, transitions, and each of its clips."""
    if track.kind not in ("video", "audio"):
        yield "A track is of kind video or audio."
    yield from _text_faults("name", track.name)
    yield from _metadata_faults(track.metadata)
    if not SILENT_DB <= track.gain_db <= LOUDEST_DB:
        yield f"The volume of a track lies between {SILENT_DB:.0f} and {LOUDEST_DB:.0f} dB."
    if not -1 <= track.pan <= 1:
        yield "The balance of a track lies between -1 and 1."
    for clip in track.clips:  # their media are those of the bin, which have been looked at
        source = call_faults(clip.source) if isinstance(clip.source, EffectCall) else ()
        yield from (f"Clip {clip.id}: {fault}" for fault in chain(source, _clip_faults(clip)))
    if any(a.end > b.start for a, b in pairwise(track.clips)):
        yield "Two clips overlap or are out of order."
    previous: Clip | None = None
    for clip in track.clips:
        if clip.transition is not None and not _has_room(previous, clip, clip.transition):
            yield f"The transition of clip {clip.id} has no room."
        previous = clip


def subtitle_faults(track: SubtitleTrack) -> Iterator[str]:
    """Say what is wrong with a track of subtitles: order, overlap, and each of its captions."""
    yield from chain(_text_faults("name", track.name), _text_faults("language", track.language))
    yield from chain(call_faults(track.look), _metadata_faults(track.metadata))
    if len(track.captions) > MAX_CAPTIONS:
        yield f"There are more than {MAX_CAPTIONS} captions on a track."
    if any(caption.start < 0 or caption.duration < 1 or caption.end > MAX_FRAME for caption in track.captions):
        yield "A caption lies outside of the film or is empty."
    if any(a.end > b.start for a, b in pairwise(track.captions)):
        yield "Two captions overlap or are out of order."
    yield from chain.from_iterable(_text_faults("caption", caption.text) for caption in track.captions)


def clip_faults(clip: Clip) -> Iterator[str]:
    """Say what is wrong with a clip by itself."""
    yield from source_faults(clip.source)
    yield from _clip_faults(clip)


def source_faults(source: Media | EffectCall) -> Iterator[str]:
    """Say what is wrong with what a clip shows."""
    yield from call_faults(source) if isinstance(source, EffectCall) else media_faults(source)


def media_faults(media: Media) -> Iterator[str]:
    """Say what is wrong with a medium's measures."""
    sizes = (media.width, media.height, media.channels)
    if not all(0 <= size <= MAX_SIDE for size in sizes) or not 0 <= media.sample_rate <= 10**7:
        yield "A medium's measures are out of bounds."
    if not (0 <= media.duration <= 10**9 and 0 <= media.rate <= 10**6 and 0 < media.sample_aspect <= 1000):
        yield "A medium's duration, rate or sample aspect is out of bounds."
    if not all(map(_short, (media.duration, media.rate, media.sample_aspect))):
        yield "A medium's measures have too many digits."
    if not media.fingerprint or "\0" in media.path or len(media.path) > MAX_TEXT or not _encodable(media.path):
        yield "A medium has no fingerprint or an impossible path."
    yield from _text_faults("fingerprint", media.fingerprint)


def call_faults(call: EffectCall) -> Iterator[str]:
    """Say what is wrong with the call of an effect, without knowing the effect."""
    yield from _text_faults("effect", call.id)
    if not call.id:
        yield "An effect has no id."
    for name, value in call.params:
        yield from _text_faults("parameter", name)
        yield from value_faults(name, value)


def value_faults(name: str, value: Value | Curve) -> Iterator[str]:
    """Say what is wrong with the value of a parameter."""
    if isinstance(value, str):
        yield from _text_faults(name, value)
        return
    values = [key.value for key in value.keys] if isinstance(value, Curve) else [value]
    if isinstance(value, Curve) and any(abs(key.frame) > 2 * MAX_FRAME for key in value.keys):
        yield f"A key of {name} lies too far away."
    if isinstance(value, Curve) and any(key.ease not in ("hold", "linear", "ease") for key in value.keys):
        yield f"A key of {name} has an unknown ease."
    if not all(map(_finite, chain.from_iterable(v if isinstance(v, tuple) else (v,) for v in values))):
        yield f"The value of {name} is not a finite number."


def transition_faults(transition: Transition) -> Iterator[str]:
    """Say what is wrong with a transition by itself."""
    if transition.before < 0 or transition.after < 0 or transition.before + transition.after < 1:
        yield "Its transition is empty."
    if transition.ease not in get_args(Easing):
        yield "Its transition has an unknown ease."
    yield from call_faults(transition.effect)


def fade_faults(fade: Fade | None) -> Iterator[str]:
    """Say what is wrong with a fade."""
    if fade is not None and not (abs(fade.at) <= 2 * MAX_FRAME and 1 <= fade.duration <= MAX_FRAME):
        yield "A fade is empty or lies too far away."


def marker_faults(marker: Marker) -> Iterator[str]:
    """Say what is wrong with a marker."""
    if not 0 <= marker.frame <= MAX_FRAME:
        yield "A marker lies outside of the film."
    for text in (marker.name, marker.color, marker.note):
        yield from _text_faults("marker", text)
    yield from _metadata_faults(marker.metadata)


def _clip_faults(clip: Clip) -> Iterator[str]:
    if not (clip.start >= 0 and clip.duration >= 1 and clip.end <= MAX_FRAME):
        yield "It lies outside of the film or is empty."
    if not (abs(clip.speed) <= MAX_SPEED and _short(clip.speed) and _short(clip.source_in)):
        yield "Its speed or its first source time is out of bounds."
    if len(clip.effects) > MAX_EFFECTS:
        yield f"It has more than {MAX_EFFECTS} effects."
    yield from chain.from_iterable(call_faults(call) for call in clip.effects)
    if clip.transition is not None:
        yield from transition_faults(clip.transition)
    yield from value_faults("gain", clip.gain_db)
    yield from chain.from_iterable(fade_faults(fade) for fade in (clip.fade_in, clip.fade_out))
    yield from _text_faults("name", clip.name)
    yield from _metadata_faults(clip.metadata)


def _has_room(previous: Clip | None, clip: Clip, transition: Transition) -> bool:
    room = 0
    if previous is not None and previous.end == clip.start:
        room = previous.duration - (previous.transition.after if previous.transition else 0)
    return transition.before <= room and transition.after <= clip.duration


def _identity_faults(timeline: Timeline) -> Iterator[str]:
    ids = [clip.id for track in timeline.tracks for clip in track.clips]
    if len(set(ids)) < len(ids):
        yield "Two clips have one id."
    if timeline.next_id > 10**15 or any(not 0 < id < timeline.next_id for id in ids):
        yield "A clip's id is out of bounds."
    if any(not 0 <= clip.group < timeline.next_id for track in timeline.tracks for clip in track.clips):
        yield "A clip's group is out of bounds."
    bin = {media.fingerprint: media for media in timeline.media}
    if len(bin) < len(timeline.media):
        yield "A medium lies in the bin twice."
    sources = (clip.source for track in timeline.tracks for clip in track.clips)
    if any(isinstance(source, Media) and _differ(bin.get(source.fingerprint), source) for source in sources):
        yield "A clip shows a medium that is not in the bin."


def _differ(a: Media | None, b: Media) -> bool:
    return a is not b and a != b


def _metadata_faults(metadata: Metadata) -> Iterator[str]:
    names = [name for name, _ in metadata]
    if names != sorted(set(names)):
        yield "Metadata are sorted by name, each named once."
    yield from chain.from_iterable(_text_faults("metadata", text) for text in chain.from_iterable(metadata))


def _encodable(path: str) -> bool:
    """A path holds text and, as Python has it, bytes that are none (PEP 383)."""
    return path.isascii() or not any("\ud800" <= c <= "\udc7f" or "\udd00" <= c <= "\udfff" for c in path)


def _text_faults(what: str, text: str) -> Iterable[str]:
    """NUL and lone surrogates cannot be written into a project file that other programs read."""
    if len(text) > MAX_TEXT or "\0" in text or (not text.isascii() and any("\ud800" <= c <= "\udfff" for c in text)):
        return (f"The text of {what!r} is too long or holds characters that no file can hold.",)
    return ()


def _short(number: Fraction) -> bool:
    return abs(number.numerator) < _MOST and number.denominator < _MOST


def _finite(number: object) -> bool:
    if isinstance(number, int):
        return abs(number) < 1 << 63
    return bool(isinstance(number, float) and isfinite(number))

"""Loudness of a film by EBU R 128, second by second, and the gain that brings it to a target."""

from collections.abc import Generator, Iterable
from dataclasses import dataclass, replace
from math import inf
from typing import TYPE_CHECKING

from vgan_studio.errors import EditError
from vgan_studio.timeline.curve import Curve, Key
from vgan_studio.timeline.tracks import audible
from vgan_studio.timeline.values import Clip, Media, Timeline

if TYPE_CHECKING:
    from vgan_studio.media.loudness import Reading

TARGET_LUFS = -23.0  # of EBU R 128
_PIECE_S = 1
_SILENT = -70.0  # LUFS, the gate; there is no loudness below


@dataclass(frozen=True, slots=True)
class Loudness:
    """What was measured so far.

    Attributes:
        done, total: seconds.
        integrated: LUFS; -inf for silence.
        momentary, short: the loudest 0.4 s and 3 s, LUFS.
        range: LRA in LU.
        peak: the true peak in dBTP.
    """

    done: int
    total: int
    integrated: float = -inf
    momentary: float = -inf
    short: float = -inf
    range: float = 0.0
    peak: float = -inf


def measuring_loudness(timeline: Timeline) -> Generator[Loudness]:
    """Measure the marked range, or the film; what is known after each second, and the whole at the end.

    Raises:
        MediaError: a file is missing or cannot be decoded.
    """
    from vgan_studio.media.loudness import Meter
    from vgan_studio.render.mix import Mixer, sample_at

    start, end = timeline.range or (0, timeline.duration)
    first, last = sample_at(start, timeline), sample_at(min(end, timeline.duration), timeline)
    step = timeline.sample_rate * _PIECE_S
    total = -(-(last - first) // step)
    found = Loudness(0, total)
    meter = Meter(timeline.sample_rate)
    with Mixer() as mixer:
        for done, at in enumerate(range(first, last, step), 1):
            meter.push(mixer.mix(timeline, at, min(step, last - at)))
            found = _with(found, meter.read(), done)
            yield found
    meter.push(None)
    yield _with(found, meter.read(), total)


def _with(found: Loudness, read: "Iterable[Reading]", done: int) -> Loudness:
    """Add what a meter has read to what was found."""
    found = replace(found, done=done)
    for one in read:
        found = replace(
            found,
            integrated=_gated(one.integrated),
            momentary=max(found.momentary, _gated(one.momentary)),
            short=max(found.short, _gated(one.short)),
            range=one.range,
            peak=one.peak,
        )
    return found


def louder(timeline: Timeline, by_db: float) -> Timeline:
    """Raise the gain of everything that is heard, by so many decibels; what is muted or locked keeps its own.

    Raises:
        EditError: nothing is heard.
    """
    count = 0
    tracks = []
    for track, sounding in zip(timeline.tracks, audible(timeline), strict=True):
        clips = []
        for clip in track.clips:
            heard = _heard(clip) and sounding and not track.locked
            count += heard
            clips.append(replace(clip, gain_db=_raised(clip.gain_db, by_db)) if heard else clip)
        tracks.append(replace(track, clips=tuple(clips)))
    if not count:
        raise EditError("There is no sound to make louder.")
    return replace(timeline, tracks=tuple(tracks))


def _heard(clip: Clip) -> bool:
    return isinstance(clip.source, Media) and bool(clip.source.channels) and not clip.muted


def _raised(gain: float | Curve, by_db: float) -> float | Curve:
    if isinstance(gain, Curve):
        return Curve(tuple(_raised_key(key, by_db) for key in gain.keys))
    return gain + by_db


def _raised_key(key: Key, by_db: float) -> Key:
    assert not isinstance(key.value, tuple)
    return replace(key, value=key.value + by_db)


def _gated(value: float) -> float:
    return value if value > _SILENT else -inf

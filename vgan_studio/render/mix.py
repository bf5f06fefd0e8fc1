"""The sound of a timeline.

Every sample is a function of its number alone, so pieces put together are the whole, and splitting a clip changes
nothing.  Nothing is limited here: loud mixes go beyond [-1, 1], and who writes them cuts them off and says so.

The pan of a track is a balance: the side it turns away from becomes quieter, straight in amplitude and down to nothing,
and the other side stays as it is.  So no turn of it makes anything louder, and in the middle no sample is changed.
"""

from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from operator import attrgetter
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from vgan_studio.errors import MediaError
from vgan_studio.media.sound import AudioReader
from vgan_studio.timeline.curve import Curve
from vgan_studio.timeline.lookup import neighbour_after
from vgan_studio.timeline.tracks import audible
from vgan_studio.timeline.values import SILENT_DB, Clip, Fade, Media, Timeline, Track, Transition

from .decode import check_file, file_state
from .shelf import Shelf
from .tempo import Stretched, Tempo

CHANNELS = 2
_READERS = 8
_STRETCHED_BYTES = 64 << 20

Samples = NDArray[np.float32]
_Ramp = NDArray[np.float64]


def mix(timeline: Timeline, start: int, count: int) -> Samples:
    """Give samples [start, start + count) of a timeline at its own sample rate: float32 (2, count).

    Raises:
        MediaError: a file is missing or cannot be decoded.
    """
    with Mixer() as mixer:
        return mixer.mix(timeline, start, count)


def sample_at(frame: int | Fraction, timeline: Timeline) -> int:
    """Give the first sample of a frame, to the nearest."""
    return floor(frame * timeline.sample_rate / timeline.rate + Fraction(1, 2))


class Mixer:
    """Mixes pieces of timelines and keeps the files open between them; owned by one thread.

    A transition fades the sound across it in amplitude, whatever its picture does: one comes as the other goes.
    """

    def __init__(self, missed: Callable[[str], None] | None = None) -> None:
        """Begin with no file open.

        Args:
            missed: takes the sentence of a file that cannot be heard, which is silent then; without it that is raised.
        """
        self._missed = missed
        self._readers: OrderedDict[tuple[int, str, int], AudioReader] = OrderedDict()
        self._states: dict[str, tuple[int, int] | None] = {}
        self._stretched: Shelf[Samples] = Shelf(_STRETCHED_BYTES)

    def mix(self, timeline: Timeline, start: int, count: int, strips: dict[int, Samples] | None = None) -> Samples:
        """Give samples [start, start + count): float32 (2, count).

        Args:
            strips: takes what each track adds to them, by its number; tracks that add nothing are left out.

        Raises:
            MediaError: a file is missing or cannot be decoded.
        """
        total, heard = np.zeros((CHANNELS, count), np.float32), audible(timeline)
        for number, track in enumerate(timeline.tracks):
            if not heard[number]:
                continue
            level = _fader(track)
            for part in _parts(timeline, track, start, start + count):
                first, last = max(part.start, start), min(part.end, start + count)
                place = slice(first - start, last - start)
                numbers = np.arange(first, last, dtype=np.int64)
                samples = self._source(timeline, part.clip, first, last - first) * part.envelope(timeline, numbers)
                if level is not None:
                    samples = samples * level
                total[:, place] += samples
                if strips is not None:
                    strips.setdefault(number, np.zeros_like(total))[:, place] += samples
        return total

    def close(self) -> None:
        """Close the files."""
        self._stretched.clear()
        while self._readers:
            self._readers.popitem()[1].close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _source(self, timeline: Timeline, clip: Clip, start: int, count: int) -> Samples:
        """Give a clip's sound at samples of the timeline, at the clip's speed; silence where that may be missed."""
        try:
            return self._heard(timeline, clip, start, count)
        except MediaError as error:
            if self._missed is None:
                raise
            self._missed(str(error))
            return np.zeros((CHANNELS, count), np.float32)

    def _heard(self, timeline: Timeline, clip: Clip, start: int, count: int) -> Samples:
        media = clip.source
        assert isinstance(media, Media)
        reader = self._reader(clip, media, timeline.sample_rate)
        tempo = Tempo(clip.speed, timeline.sample_rate, media.duration)
        first = start + tempo.offset(clip.source_in, clip.start / timeline.rate)
        if clip.speed == 1:
            return reader.read(first, count)
        return Stretched(reader, tempo, self._stretched, media.fingerprint).read(first, count)

    def _reader(self, clip: Clip, media: Media, sample_rate: int) -> AudioReader:
        name = clip.id, media.path, sample_rate
        self._leave_changed(media)
        if name not in self._readers:
            if len(self._readers) >= _READERS:
                self._readers.popitem(last=False)[1].close()
            check_file(media)
            self._readers[name] = AudioReader(media.path, sample_rate, CHANNELS)
        self._readers.move_to_end(name)
        return self._readers[name]

    def _leave_changed(self, media: Media) -> None:
        """Close the readers of a file that was written to since it was first heard: it may be another one now."""
        state = file_state(media)
        if state is None or state == self._states.get(media.path):
            return
        self._states[media.path] = state
        self._stretched.clear()
        for name in [name for name in self._readers if name[1] == media.path]:
            self._readers.pop(name).close()


@dataclass(frozen=True, slots=True)
class _Part:
    """A clip as it is heard: samples [start, end), with the transitions at both of its ends."""

    clip: Clip
    start: int
    end: int
    comes: Transition | None
    goes: Transition | None

    def envelope(self, timeline: Timeline, numbers: NDArray[np.int64]) -> Samples:
        """Give the amplitude at samples of the timeline: gain, fades and transitions, float32."""
        clip, rate = self.clip, timeline.rate
        ticks = timeline.sample_rate * rate.denominator  # a frame has so many
        places: _Ramp = (numbers * rate.numerator - clip.start * ticks) / ticks  # in frames, from the clip's start
        level = _gain(clip.gain_db, places)
        level = level * _rise(clip.fade_in, places) * (1 - _rise(clip.fade_out, places) if clip.fade_out else 1)
        if self.comes:
            level = level * _rise(_over(self.comes, 0), places)
        if self.goes:
            level = level * (1 - _rise(_over(self.goes, clip.duration), places))
        return level.astype(np.float32)


def _fader(track: Track) -> Samples | None:
    """Give what a track's fader and balance make of left and right, (2, 1); None if they change nothing."""
    if track.gain_db == 0 and track.pan == 0:
        return None
    sides = np.array([[min(1.0, 1 - track.pan)], [min(1.0, 1 + track.pan)]])
    return np.asarray(10 ** (track.gain_db / 20) * sides, np.float32)


def _parts(timeline: Timeline, track: Track, start: int, end: int) -> list[_Part]:
    """Give the clips of a track that are heard in samples [start, end), if the track is."""
    if track.gain_db <= SILENT_DB:
        return []
    found = []
    clips = track.clips
    # transitions reach no further than into the neighbouring clip, so one to each side is enough
    low = max(0, bisect_left(clips, start * timeline.rate / timeline.sample_rate, key=attrgetter("end")) - 1)
    for index in range(low, len(clips)):
        part = _part(timeline, clips, index)
        if sample_at(clips[index - 1].start if index else 0, timeline) >= end:
            break
        if part.start < end and start < part.end and _sounds(part.clip):
            found.append(part)
    return found


def _part(timeline: Timeline, clips: tuple[Clip, ...], index: int) -> _Part:
    clip, after = clips[index], neighbour_after(clips, index)
    comes, goes = clip.transition, after.transition if after else None
    start = clip.start - (comes.before if comes else 0)
    end = clip.end + (goes.after if goes else 0)
    return _Part(clip, sample_at(start, timeline), sample_at(end, timeline), comes, goes)


def _sounds(clip: Clip) -> bool:
    return isinstance(clip.source, Media) and bool(clip.source.channels) and not clip.muted and clip.speed != 0


def _over(transition: Transition, at: int) -> Fade:
    return Fade(at - transition.before, transition.before + transition.after)


def _rise(fade: Fade | None, places: _Ramp) -> _Ramp | float:
    """Give the share of a ramp that is done at places in frames; 1 for no ramp."""
    if fade is None:
        return 1.0
    return np.asarray(np.clip((places - fade.at) / max(fade.duration, 1e-9), 0, 1))


def _gain(gain_db: float | Curve, places: _Ramp) -> _Ramp:
    """Give the amplitude of a gain; curves are read at every frame and are straight in dB between them."""
    if not isinstance(gain_db, Curve):
        return np.full(places.shape, 10 ** (gain_db / 20))
    frames = np.arange(floor(places[0]), floor(places[-1]) + 2)
    levels = [gain_db.at(int(frame)) for frame in frames]
    return np.asarray(10 ** (np.interp(places, frames, np.array(levels, np.float64)) / 20))

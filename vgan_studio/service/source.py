"""A medium of the bin as a film of its own, and the part of it that goes into the film."""

from dataclasses import dataclass, replace
from fractions import Fraction

from vgan_studio.timeline import edit
from vgan_studio.timeline.bin import binned
from vgan_studio.timeline.values import Clip, Media, Timeline, Track

from .gestures import fitting, like


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a medium: from a time on, for so many seconds."""

    fingerprint: str
    start: Fraction
    seconds: Fraction

    def frames(self, rate: Fraction) -> int:
        """Give how many frames of a film it takes, at least 1."""
        return max(1, round(self.seconds * rate))


def source_film(media: Media, film: Timeline) -> Timeline:
    """Give a film that shows a medium alone, at its own size and rate; what it does not say is as in another film."""
    empty = replace(film, tracks=(), media=(media,), next_id=2, markers=(), subtitles=(), range=None, metadata=())
    alone = like(empty, media) if media.width else empty
    clip = edit.clip_of(alone, media)
    kind = "video" if media.width else "audio"
    return replace(alone, tracks=(Track("video" if kind == "video" else "audio", (replace(clip, id=1),)),))


def part_of(film: Timeline) -> Part:
    """Give the marked part of the medium that a film of one shows; all of it where nothing is marked."""
    media = film.media[0]
    start, end = film.range or (0, film.duration)
    first = Fraction(0) if media.still else start / film.rate
    return Part(media.fingerprint, first, (min(end, film.duration) - start) / film.rate)


def place_part(timeline: Timeline, part: Part, track: int | None, frame: int, insert: bool = False) -> Timeline:
    """Put a part of a medium of the bin on a track, over what is there or between.

    Raises:
        EditError: it cannot lie there.
    """
    timeline, clip, media = _clip(timeline, part)
    timeline, number = fitting(timeline, media, track)
    return (edit.insert if insert else edit.overwrite)(timeline, number, frame, clip)


def append_part(timeline: Timeline, part: Part) -> Timeline:
    """Put a part of a medium of the bin after what is on the first track of its kind.

    Raises:
        EditError: it cannot lie there.
    """
    timeline, clip, media = _clip(timeline, part)
    timeline, number = fitting(timeline, media, None if not media.width else 0)
    return edit.append(timeline, number, clip)


def _clip(timeline: Timeline, part: Part) -> tuple[Timeline, Clip, Media]:
    found = next(one for one in timeline.media if one.fingerprint == part.fingerprint)
    timeline, media = binned(timeline, found)
    return timeline, Clip(0, 0, part.frames(timeline.rate), media, source_in=part.start), media

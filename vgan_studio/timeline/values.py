"""What a film is: frozen values on one integer clock.

Places and lengths are int frames, ranges are half-open, `Timeline.rate` is the only way to seconds.
Only `source_in` and `speed` are fractions, so a clip slowed to a third can be split anywhere and plays on exactly.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from .curve import Curve, Easing

SILENT_DB, LOUDEST_DB = -100.0, 12.0  # the ends of a track's fader; the lower one is silence

Value = bool | int | float | str | tuple[float, ...]
FolderPath = tuple[str, ...]  # the names of folders from the top of the bin down
Metadata = tuple[tuple[str, str], ...]  # what other programs left: a name and JSON text, sorted by name; kept as it is


@dataclass(frozen=True, slots=True)
class Media:
    """A file of pictures, sound or both, as `media.probe` found it.

    Attributes:
        path: where it was last seen; never part of what a picture is.
        fingerprint: digest of the content; two files with the same one are the same.  One that begins with "?" stands
            for a file that another program named and nobody has looked at yet (see `known`).
        duration: seconds.  A still has 0 and can be shown for ever.
        width, height: stored pixels after rotation; 0 if there is no picture.
        rate: pictures per second (the mean if they vary); 0 for stills and for sound alone.
        sample_aspect: width of a stored pixel over its height.
        channels, sample_rate: of the sound; 0 if there is none.
        steady: picture k is shown from k / rate on, so times between are the same picture.
    """

    path: str
    fingerprint: str
    duration: Fraction
    width: int = 0
    height: int = 0
    rate: Fraction = Fraction(0)
    sample_aspect: Fraction = Fraction(1)
    channels: int = 0
    sample_rate: int = 0
    steady: bool = False

    @property
    def still(self) -> bool:
        """It is one picture that can be shown for ever."""
        return self.duration == 0

    @property
    def known(self) -> bool:
        """Its file has been looked at; else size, rate and sound are yet to be found by `media.probe`."""
        return not self.fingerprint.startswith("?")


@dataclass(frozen=True, slots=True)
class EffectCall:
    """An effect by its id, and its parameters by name, sorted; what is not named has its default."""

    id: str
    params: tuple[tuple[str, Value | Curve], ...] = ()
    enabled: bool = True

    def __post_init__(self) -> None:
        names = [name for name, _ in self.params]
        if names != sorted(set(names)):
            raise ValueError("Parameters are sorted by name, each named once.")


@dataclass(frozen=True, slots=True)
class Transition:
    """How a clip takes over from the one before it on its track.

    It plays in [clip.start - before, clip.start + after); the effect takes the outgoing and the incoming picture
    and a `progress` from 0 to 1.  With no clip just before, it comes out of nothing, and `before` is 0.
    It begins where the transition of the clip before has ended, and ends within the clip.
    Where a clip has no more material than it shows, its first or last picture is held.
    Keys of the effect's curves count from the start of the clip that comes in, as those of its effects do.

    Attributes:
        ease: how `progress` goes over the time; the sound fades evenly, whatever the picture does.
    """

    before: int
    after: int
    effect: EffectCall
    ease: Easing = "linear"


@dataclass(frozen=True, slots=True)
class Fade:
    """A ramp of the sound, linear in amplitude, over `duration` frames from frame `at` of the clip on.

    `at` counts from the clip's start; both ends may lie outside of the clip, so that a split changes nothing.
    """

    at: int
    duration: int


@dataclass(frozen=True, slots=True)
class Clip:
    """A piece of a source on a track; it carries its sound along.

    Frame f of the track, start <= f < end, shows the source at the middle of the frame's time:
    source_in + (f - start + 1/2) * speed / rate.  A negative speed plays backwards, 0 freezes.
    Clips of one `group` are selected, moved and taken away together; 0 is none (see groups.py).
    """

    id: int
    start: int
    duration: int
    source: Media | EffectCall
    source_in: Fraction = Fraction(0)
    speed: Fraction = Fraction(1)
    effects: tuple[EffectCall, ...] = ()
    transition: Transition | None = None
    gain_db: float | Curve = 0.0
    fade_in: Fade | None = None
    fade_out: Fade | None = None
    muted: bool = False
    name: str = ""
    metadata: Metadata = ()
    group: int = 0

    @property
    def end(self) -> int:
        """The first frame after the clip."""
        return self.start + self.duration


@dataclass(frozen=True, slots=True)
class Track:
    """Clips in order, never overlapping; gaps are implied.

    Attributes:
        gain_db: of its fader, `SILENT_DB` to `LOUDEST_DB`; at `SILENT_DB` nothing is heard.
        pan: the balance, -1 (left alone) to 1 (right alone).
        solo: while any track is, only such tracks are heard, and of them those that are not muted.
    """

    kind: Literal["video", "audio"]
    clips: tuple[Clip, ...] = ()
    name: str = ""
    locked: bool = False
    muted: bool = False
    hidden: bool = False
    metadata: Metadata = ()
    gain_db: float = 0.0
    pan: float = 0.0
    solo: bool = False


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of the bin: its name after those that it lies in, and the fingerprints of the media in it, sorted."""

    path: FolderPath
    media: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Marker:
    """A note at a frame."""

    frame: int
    name: str = ""
    color: str = "green"
    note: str = ""
    metadata: Metadata = ()


@dataclass(frozen=True, slots=True)
class Caption:
    """Words that are shown in [start, start + duration)."""

    start: int
    duration: int
    text: str = ""

    @property
    def end(self) -> int:
        """The first frame after the caption."""
        return self.start + self.duration


CAPTION_LOOK = EffectCall(
    "core.title",
    (
        ("anchor", "bottom"),
        ("font_size", 0.055),
        ("outline", 0.004),
        ("position", (0.0, 0.45)),
        ("shadow", (0.002, 0.002)),
        ("shadow_softness", 0.003),
    ),
)


@dataclass(frozen=True, slots=True)
class SubtitleTrack:
    """Captions in order, never overlapping: the words of a film in one language.

    Attributes:
        name: for people.
        language: a tag of BCP 47 such as "en" or "zh-Hans"; "" if nobody said.
        hidden: neither shown nor exported.
        locked: takes no edit but being unlocked and hidden; ripples of the film do not move it.
        look: how the words are drawn, as the call of an effect that draws a `text`.
    """

    captions: tuple[Caption, ...] = ()
    name: str = ""
    language: str = ""
    hidden: bool = False
    locked: bool = False
    look: EffectCall = CAPTION_LOOK
    metadata: Metadata = ()


@dataclass(frozen=True, slots=True)
class Timeline:
    """A whole film.  Video tracks are stacked in their order, the last on top.

    Attributes:
        rate: frames per second.
        width, height: of the canvas, square pixels.
        sample_rate: of the sound.
        media: what lies in the bin, each fingerprint once; every medium that a clip shows is here, as the same value.
        next_id: the id that the next new clip or group gets; ids are never used twice.
        range: the frames marked by in and out, or None for the whole film.
        folders: of the bin, sorted by path; a medium lies in one of them at most, else at the top.
        subtitles: those that are shown stand one below the other in their order, each in its look, over all pictures.
    """

    rate: Fraction
    width: int
    height: int
    sample_rate: int = 48000
    tracks: tuple[Track, ...] = ()
    media: tuple[Media, ...] = ()
    next_id: int = 1
    markers: tuple[Marker, ...] = ()
    range: tuple[int, int] | None = None
    metadata: Metadata = ()
    folders: tuple[Folder, ...] = ()
    subtitles: tuple[SubtitleTrack, ...] = ()

    @property
    def duration(self) -> int:
        """The frame after the last clip of all tracks."""
        return max((track.clips[-1].end for track in self.tracks if track.clips), default=0)

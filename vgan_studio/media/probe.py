"""Find out what a media file holds, without reading all of it."""

import os
from dataclasses import asdict, dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

from av.container import InputContainer
from av.stream import Disposition, Stream

from ..errors import MediaError
from ..timeline.values import Media
from .colour import Colour, colour_of, depth_of, has_alpha
from .ending import breaks_off
from .fingerprint import fingerprint
from .open import is_still, open_media, picture_stream
from .reader import VideoReader
from .survey import Survey, survey
from .target import Chapter

_ANIMATIONS = {"gif", "apng"}  # of one picture they are stills

Kind = Literal["video", "audio", "subtitle", "cover", "data"]


@dataclass(frozen=True, slots=True)
class StreamInfo:
    """One stream of a file.

    Attributes:
        index: its number in the file.
        kind: "cover" is a picture attached to music.
        codec: FFmpeg's name; "unknown" if there is none.
        duration: seconds, as the file says; None if it does not.
        size: stored width and height of video, else None.
        channels, layout, sample_rate: of sound, else 0 and "".
    """

    index: int
    kind: Kind
    codec: str
    language: str = ""
    title: str = ""
    default: bool = False
    duration: Fraction | None = None
    size: tuple[int, int] | None = None
    channels: int = 0
    layout: str = ""
    sample_rate: int = 0


@dataclass(frozen=True, slots=True)
class Probe:
    """What a file holds.

    Attributes:
        origin: the clock of the file when its first picture is shown (or its first sound is heard), seconds;
            all other times count from there.
        duration: seconds; of the pictures if there are any, else of the sound; 0 for a still.
        width, height: stored pixels, after rotation; 0 without pictures.
        shown_width, shown_height: in square pixels.
        rotation: degrees clockwise that the stored picture is turned by to be upright.
        mirrored: it is mirrored left to right before that.
        rate: pictures per second, the mean if `variable_rate`; 0 for stills and sound.
        frames: number of pictures; None where counting them would mean to read a large file.
        interlaced: which field comes first, or None for progressive pictures.
        colour: as it will be read: what is not tagged is guessed.
        hdr: kind of high dynamic range, or None.
        notices: what was found wrong, a sentence each.
    """

    path: str
    container: str
    size_bytes: int
    fingerprint: str
    origin: Fraction
    duration: Fraction
    width: int = 0
    height: int = 0
    shown_width: int = 0
    shown_height: int = 0
    sample_aspect: Fraction = Fraction(1)
    rotation: int = 0
    mirrored: bool = False
    rate: Fraction = Fraction(0)
    variable_rate: bool = False
    frames: int | None = None
    codec: str = ""
    pixel_format: str = ""
    depth: int = 0
    alpha: bool = False
    interlaced: Literal["top", "bottom"] | None = None
    colour: Colour | None = None
    hdr: Literal["PQ", "HLG"] | None = None
    still: bool = False
    channels: int = 0
    sample_rate: int = 0
    streams: tuple[StreamInfo, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    metadata: tuple[tuple[str, str], ...] = ()
    notices: tuple[str, ...] = ()

    def media(self) -> Media:
        """Make the value that a timeline refers to."""
        return Media(
            path=self.path,
            fingerprint=self.fingerprint,
            duration=self.duration,
            width=self.width,
            height=self.height,
            rate=self.rate,
            sample_aspect=self.sample_aspect,
            channels=self.channels,
            sample_rate=self.sample_rate,
            steady=self.rate > 0 and not self.variable_rate,
        )

    def json(self) -> dict[str, Any]:
        """Make a dictionary for `json.dumps`; fractions become text such as "30000/1001"."""
        return {name: _plain(value) for name, value in asdict(self).items()}


def probe(path: str | os.PathLike[str]) -> Probe:
    """Find out what a file holds.

    Reads at most the first and the last few megabytes, decodes one picture.

    Raises:
        MediaError: it cannot be opened, or holds neither pictures that can be decoded nor sound.
    """
    with open_media(path) as container:
        found = _outside(path, container)
        stream = picture_stream(container)
        if stream is None:
            if not found.channels:
                raise MediaError(f"{Path(path).name} holds neither pictures nor sound.")
            return _with_end(found)
        seen = survey(container, stream)
        still = is_still(container) or (seen.count == 1 and found.container in _ANIMATIONS)
    with VideoReader(path, threads=1) as reader:
        found = _with_pictures(found, reader, still)
    return _with_end(found if still else _with_times(found, reader.origin, seen), known=seen.cut)


def _outside(path: str | os.PathLike[str], container: InputContainer) -> Probe:
    """Gather what the container says, and the sound."""
    audio = container.streams.best("audio")
    start = Fraction(container.start_time or 0, 1000000)
    if audio is not None and audio.start_time is not None and audio.time_base:
        start = audio.start_time * Fraction(audio.time_base)
    return Probe(
        path=str(path),
        container=container.format.name,
        size_bytes=container.size,
        fingerprint=fingerprint(path),
        origin=start,
        duration=_seconds(audio) or Fraction(container.duration or 0, 1000000),
        channels=int(getattr(audio, "channels", 0) or 0) if audio else 0,
        sample_rate=int(getattr(audio, "sample_rate", 0) or 0) if audio else 0,
        streams=tuple(_stream_info(stream) for stream in container.streams),
        chapters=tuple(_chapter(entry) for entry in container.chapters()),
        metadata=tuple(sorted(container.metadata.items())),
    )


def _with_pictures(found: Probe, reader: VideoReader, still: bool) -> Probe:
    """Add what one decoded picture tells."""
    first = reader.first
    turn = reader.orientation
    aspect = Fraction(reader.sample_aspect)
    width, height = (first.height, first.width) if turn.swaps else (first.width, first.height)
    aspect = 1 / aspect if turn.swaps else aspect
    colour = colour_of(first, reader.codec)
    return replace(
        found,
        origin=reader.origin,
        duration=Fraction(0),
        width=width,
        height=height,
        shown_width=max(1, round(width * aspect)) if aspect > 1 else width,
        shown_height=max(1, round(height / aspect)) if aspect < 1 else height,
        sample_aspect=aspect,
        rotation=turn.degrees,
        mirrored=turn.mirrored,
        frames=1 if still else None,
        codec=reader.codec,
        pixel_format=first.format.name,
        depth=depth_of(first),
        alpha=has_alpha(first, reader.codec),
        interlaced=reader.field_order,
        colour=colour,
        hdr=colour.hdr,
        still=still,
        notices=reader.notices,
    )


def _with_times(found: Probe, origin: Fraction, seen: Survey) -> Probe:
    """Add what the time stamps tell."""
    rate, variable = seen.rate(origin)
    duration = seen.duration(origin, rate, variable)
    counted = seen.count if seen.last is None else sum(time >= origin for time in seen.head)
    notices = found.notices
    if seen.cut:
        notices += (f"The file ends after {float(duration):.2f} s, earlier than it says.",)
    return replace(
        found,
        rate=rate,
        variable_rate=variable,
        duration=duration,
        frames=counted if seen.count is not None else seen.declared if not seen.cut else None,
        notices=notices,
    )


def _with_end(found: Probe, *, known: bool = False) -> Probe:
    """Say that the file breaks off, unless that is known already."""
    if known or not breaks_off(found.path, found.container):
        return found
    return replace(found, notices=(*found.notices, "The file breaks off in the midst of its data."))


def _stream_info(stream: Stream) -> StreamInfo:
    context: Any = stream.codec_context
    kind = "cover" if stream.disposition & Disposition.attached_pic else stream.type
    info = StreamInfo(
        index=stream.index,
        kind=kind if kind in {"video", "audio", "subtitle", "cover"} else "data",
        codec=getattr(context, "name", None) or getattr(stream, "name", None) or "unknown",
        language=stream.metadata.get("language", ""),
        title=stream.metadata.get("title", ""),
        default=bool(stream.disposition & Disposition.default),
        duration=_seconds(stream),
    )
    if context is not None and info.kind in {"video", "cover"}:
        return replace(info, size=(int(context.width), int(context.height)))
    if context is not None and info.kind == "audio":
        layout = str(getattr(context.layout, "name", ""))
        return replace(info, channels=int(context.channels), layout=layout, sample_rate=int(context.sample_rate or 0))
    return info


def _seconds(stream: Stream | None) -> Fraction | None:
    if stream is None or stream.duration is None or not stream.time_base:
        return None
    return stream.duration * Fraction(stream.time_base)


def _chapter(entry: Any) -> Chapter:
    unit = Fraction(entry["time_base"] or Fraction(1, 1000))
    return Chapter(entry["start"] * unit, entry["end"] * unit, entry["metadata"].get("title", ""))


def _plain(value: Any) -> Any:
    """Turn fractions into text, and tuples and dictionaries into what JSON knows."""
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, dict):
        return {name: _plain(entry) for name, entry in value.items()}
    return [_plain(entry) for entry in value] if isinstance(value, tuple | list) else value

"""A look through a file that was just written: is it what it should be?"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from av import VideoFrame
from av.container import InputContainer
from av.stream import Discard, Stream

from ..errors import MediaError
from .colour import Colour, colour_of
from .open import open_media

log = logging.getLogger(__name__)

_COUNTED_IN_THE_HEADER = ("mov", "mp4")


@dataclass(frozen=True, slots=True)
class Expected:
    """What a file should be; None is not looked at.

    Attributes:
        pictures: how many; 0: there are none.
        first, last: when the first and the last of them are shown, in seconds.
        size: (width, height) in stored pixels.
        colour: matrix and range are looked at.
        sample_aspect: width of a stored pixel over its height.
        subtitles: how many streams of them.
        sound_s: length of the sound in seconds; 0: there is none.
        sound_slack_s: by how much it may differ: one frame of its codec.
    """

    pictures: int | None = None
    first: Fraction | None = None
    last: Fraction | None = None
    size: tuple[int, int] | None = None
    colour: Colour | None = None
    sample_aspect: Fraction | None = None
    subtitles: int | None = None
    sound_s: Fraction | None = None
    sound_slack_s: Fraction = Fraction(1, 10)


@dataclass(frozen=True, slots=True)
class Report:
    """What is wrong with a file, in sentences; none if it is right."""

    name: str
    problems: tuple[str, ...] = field(default=())

    @property
    def right(self) -> bool:
        """The file is what it should be."""
        return not self.problems

    def raise_if_wrong(self) -> None:
        """Raise a MediaError that names all problems."""
        if self.problems:
            raise MediaError(f"{self.name} was not written right: {'; '.join(self.problems)}.")


def verify(path: Path, expected: Expected, *, name: str = "") -> Report:
    """Open a file, count its pictures, decode the first and the last, and compare.

    MP4 and MOV say in their header how much is in them; of other files all packets are read.
    """
    name = name or path.name
    try:
        with open_media(path) as counted, open_media(path) as decoded:
            return Report(name, tuple(_problems(_lengths(counted), decoded, expected)))
    except MediaError as error:
        return Report(name, (f"it cannot be read back: {str(error).rstrip('.')}",))
    except av.FFmpegError as error:
        return Report(name, (f"it cannot be read back: {error.strerror}",))


@dataclass(slots=True)
class _Length:
    """How much of a stream there is, in its own ticks."""

    packets: int = 0
    start: int | None = None
    end: int | None = None


def _problems(lengths: dict[int, _Length], container: InputContainer, expected: Expected) -> Iterator[str]:
    if expected.pictures is not None:
        if len(container.streams.video) != (expected.pictures > 0):
            yield f"it has {len(container.streams.video)} streams of pictures"
        elif expected.pictures:
            yield from _picture_problems(container, lengths, expected)
    if expected.subtitles is not None and len(container.streams.subtitles) != expected.subtitles:
        yield f"it has {len(container.streams.subtitles)} streams of subtitles instead of {expected.subtitles}"
    if expected.sound_s is not None:
        yield from _sound_problems(container, lengths, expected)


def _picture_problems(container: InputContainer, lengths: dict[int, _Length], expected: Expected) -> Iterator[str]:
    stream = container.streams.video[0]
    count = lengths[stream.index].packets
    if count != expected.pictures:
        yield f"it has {count} pictures instead of {expected.pictures}"
    if expected.size is not None and (stream.width, stream.height) != expected.size:
        yield f"it is {stream.width} x {stream.height} instead of {expected.size[0]} x {expected.size[1]}"
    first, last = _ends(container, stream, lengths[stream.index].end or 0)
    if first is None or last is None:
        yield "its first or last picture cannot be decoded"
        return
    aspect = stream.sample_aspect_ratio or stream.codec_context.sample_aspect_ratio or Fraction(1)
    if expected.sample_aspect is not None and aspect != expected.sample_aspect:
        yield f"its pixels are {aspect} instead of {expected.sample_aspect} as wide as high"
    tick = Fraction(stream.time_base or 1)
    for what, frame, time in (("first", first, expected.first), ("last", last, expected.last)):
        there = (frame.pts or 0) * tick
        if time is not None and abs(there - time) > (tick / 2 if _exact(time, tick) else tick):
            yield f"its {what} picture is at {float(there):.4f} s instead of {float(time):.4f} s"
    if expected.colour is not None:
        yield from _colour_problems(colour_of(first, stream.codec_context.name), expected.colour)


def _sound_problems(container: InputContainer, lengths: dict[int, _Length], expected: Expected) -> Iterator[str]:
    assert expected.sound_s is not None
    if not container.streams.audio:
        if expected.sound_s:
            yield "it has no sound"
        return
    stream = container.streams.audio[0]
    length = lengths[stream.index]
    tick = Fraction(stream.time_base or 1)
    seconds = ((length.end or 0) - max(length.start or 0, 0)) * tick
    if abs(seconds - expected.sound_s) > expected.sound_slack_s + tick:
        yield f"its sound is {float(seconds):.3f} s long instead of {float(expected.sound_s):.3f} s"


def _colour_problems(there: Colour, wanted: Colour) -> Iterator[str]:
    if (there.matrix, there.full_range) != (wanted.matrix, wanted.full_range):
        yield f"its colours are tagged {_said(there)} instead of {_said(wanted)}"


def _said(colour: Colour) -> str:
    return f"{colour.matrix}, {'full' if colour.full_range else 'limited'} range"


def _exact(time: Fraction, tick: Fraction) -> bool:
    return (time / tick).denominator == 1


def _lengths(container: InputContainer) -> dict[int, _Length]:
    lengths = {stream.index: _Length() for stream in container.streams}
    if container.format.name.startswith(_COUNTED_IN_THE_HEADER):
        for stream in container.streams:
            start = stream.start_time or 0
            lengths[stream.index] = _Length(stream.frames, start, start + (stream.duration or 0))
        return lengths
    for packet in container.demux():
        if packet.size:
            length = lengths[packet.stream_index]
            length.packets += 1
            if packet.pts is not None:
                length.start = packet.pts if length.start is None else min(length.start, packet.pts)
                length.end = max(length.end or 0, packet.pts + (packet.duration or 0))
    return lengths


def _ends(container: InputContainer, stream: Any, end: int) -> tuple[VideoFrame | None, VideoFrame | None]:
    """Decode the first and the last picture."""
    others: list[Stream] = [other for other in container.streams if other.index != stream.index]
    for other in others:
        other.discard = Discard.all
    stream.thread_type = "AUTO"
    first = next(iter(container.decode(stream)), None)
    if first is None:
        return None, None
    last = first
    try:
        container.seek(end, stream=stream)
    except av.FFmpegError:
        log.debug("Cannot seek in %s", container.name)
    for frame in container.decode(stream):
        last = frame
    return first, last

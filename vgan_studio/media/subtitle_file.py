"""Subtitles of a file: of a text file, or of a stream of text in a film."""

import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from av.stream import Discard

from ..errors import MediaError
from .open import open_media
from .origin import origin
from .part import Part, saying
from .subtitle_text import MAX_BYTES, MAX_CUES, Cue, Cues, parse, plain, write_srt, write_vtt

log = logging.getLogger(__name__)

TEXT_SUFFIXES = (".srt", ".vtt")
_TEXT_CODECS = ("ass", "ssa", "srt", "subrip", "mov_text", "webvtt", "text")
_MILLISECOND = Fraction(1, 1000)


@dataclass(frozen=True, slots=True)
class FoundSubtitles:
    """The subtitles of a file; `language` and `title` as the file says, or ""."""

    found: Cues
    language: str = ""
    title: str = ""


def read_subtitles(path: str | os.PathLike[str]) -> tuple[FoundSubtitles, ...]:
    """Read all subtitles of a file; times are seconds from its start.

    Raises:
        MediaError: it cannot be read, or holds no subtitles that are text.
    """
    path = Path(path)
    if path.suffix.lower() in TEXT_SUFFIXES:
        return (FoundSubtitles(parse(_read(path), path.name), title=path.stem),)
    with open_media(path) as container:
        numbers = [s.index for s in container.streams.subtitles if s.codec_context.name in _TEXT_CODECS]
        others = [s.codec_context.name for s in container.streams.subtitles if s.index not in numbers]
    if not numbers:
        what = f"only pictures of words ({', '.join(others)})" if others else "no subtitles"
        raise MediaError(f"{path.name} holds {what}.")
    return tuple(found for number in numbers if (found := _stream(path, number)).found.cues)


def write_subtitles(path: str | os.PathLike[str], cues: tuple[Cue, ...]) -> None:
    """Write WebVTT or SubRip, by the suffix; the file has its name only once it is whole.

    Raises:
        MediaError: it cannot be written.
    """
    path = Path(path)
    text = write_vtt(cues) if path.suffix.lower() == ".vtt" else write_srt(cues)
    part = Part(path)
    try:
        with saying(path.name):
            part.temporary.write_text(text, encoding="utf-8", newline="\n")
        part.finish()
    finally:
        part.discard()


def _read(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise MediaError(f"Cannot read {path.name}: it is not a file.")
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise MediaError(f"Cannot read {path.name}: {error.strerror}.") from error


def _stream(path: Path, number: int) -> FoundSubtitles:
    """Read one stream; damage ends it early, with a note."""
    zero = origin(path)
    cues: list[Cue] = []
    notes: list[str] = []
    with open_media(path) as container:
        stream: Any = container.streams[number]
        for other in container.streams:
            if other.index != number:
                other.discard = Discard.all
        try:
            for packet in container.demux(stream):
                cues += _cues(packet, stream, zero)
                if len(cues) >= MAX_CUES:
                    notes.append(f"Only the first {MAX_CUES} captions are taken.")
                    break
        except (av.FFmpegError, ValueError) as error:
            notes.append(f"The subtitles of {path.name} are damaged and end early.")
            log.warning("%s (%s)", notes[-1], error)
        language, title = stream.metadata.get("language", ""), stream.metadata.get("title", "")
    ordered = tuple(sorted(cues, key=lambda cue: cue.start))
    return FoundSubtitles(Cues(ordered, tuple(notes)), "" if language == "und" else language, title)


def _cues(packet: Any, stream: Any, zero: Fraction) -> Iterator[Cue]:
    if not packet.size or packet.pts is None:
        return
    base = Fraction(packet.time_base)
    start = packet.pts * base - zero
    decoded = stream.codec_context.decode2(packet)
    if decoded is None:
        return
    shown = (packet.duration or 0) * base or decoded.end_display_time * _MILLISECOND
    words = "\n".join(filter(None, (_words(getattr(rect, "ass", b"")) for rect in decoded)))
    if words and shown > 0 and start + shown > 0:
        yield Cue(max(start, Fraction(0)), start + shown, words)


def _words(event: bytes) -> str:
    """Give the words of an event as libavcodec has it: eight fields (order, layer, style, ...), and the text."""
    text = event.decode("utf-8", "replace").split(",", 8)[-1]
    return plain(text.replace("\\N", "\n").replace("\\n", "\n").replace("\\h", " "))

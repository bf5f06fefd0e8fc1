"""`vgan probe`: what is in a media file."""

import argparse
import json
from collections.abc import Iterator
from fractions import Fraction

from rich.console import Console
from rich.text import Text

from vgan_studio.media.probe import Probe, StreamInfo, probe


def run(args: argparse.Namespace) -> int:
    """Print what the file holds."""
    found = probe(args.file)
    if args.json:
        print(json.dumps(found.json(), ensure_ascii=False))
        return 0
    console = Console(highlight=False, soft_wrap=True)
    for name, text in _lines(found):
        console.print(Text(f"{name:<18}", "bold"), Text(text))
    return 0


def _lines(found: Probe) -> Iterator[tuple[str, str]]:
    yield "file", f"{found.path} ({found.size_bytes:,} bytes)"
    yield "container", found.container
    yield "duration", "one picture" if found.still else seconds(found.duration)
    if found.width:
        yield from _picture_lines(found)
    for stream in found.streams:
        yield f"stream {stream.index}", _stream(stream)
    for chapter in found.chapters:
        yield "chapter", f"{seconds(chapter.start)} to {seconds(chapter.end)}  {chapter.title}"
    yield from found.metadata
    yield "fingerprint", found.fingerprint
    for notice in found.notices:
        yield "notice", notice


def _picture_lines(found: Probe) -> Iterator[tuple[str, str]]:
    shown = (found.shown_width, found.shown_height)
    stretched = f", shown as {shown[0]}×{shown[1]}" if shown != (found.width, found.height) else ""
    turned = f", turned by {found.rotation}°" if found.rotation else ""
    mirrored = ", mirrored" if found.mirrored else ""
    yield "picture", f"{found.width}×{found.height}{stretched}{turned}{mirrored}"
    if not found.still:
        varies = " on average, variable" if found.variable_rate else ""
        count = f", {found.frames} pictures" if found.frames is not None else ""
        yield "rate", f"{found.rate} ({float(found.rate):.3f}) per second{varies}{count}"
    alpha = ", with alpha" if found.alpha else ""
    yield "format", f"{found.codec}, {found.pixel_format}, {found.depth} bits{alpha}"
    if found.colour is not None:
        colour = found.colour
        span = "full" if colour.full_range else "limited"
        yield "colour", f"{colour.matrix}, {colour.primaries}, {colour.transfer}, {span} range"
    if found.hdr:
        yield "HDR", f"{found.hdr}; it is shown in SDR"
    if found.interlaced:
        yield "interlaced", f"{found.interlaced} field first; it is shown deinterlaced"


def _stream(stream: StreamInfo) -> str:
    parts = [stream.kind, stream.codec]
    if stream.size:
        parts.append("{}×{}".format(*stream.size))
    if stream.channels:
        parts.append(f"{stream.layout}, {stream.sample_rate} Hz")
    if stream.duration is not None:
        parts.append(seconds(stream.duration))
    return ", ".join(part for part in (*parts, stream.language, stream.title) if part)


def seconds(time: Fraction) -> str:
    """Write seconds to the millisecond."""
    return f"{float(time):.3f} s"

"""Which encoders work on this machine: each is asked to encode a few pictures or a little sound."""

from fractions import Fraction
from functools import cache
from typing import Any

import av
import numpy as np
from av.codec import CodecContext

from .codecs import CODECS, SOUND_CODECS, hardware_options
from .track import LAYOUTS

_SIZE = 256  # NVENC takes nothing below 145 x 49


@cache
def hurdle(encoder: str) -> str:
    """Say why an encoder does not work here, "" if it does; asked once per process.

    Args:
        encoder: FFmpeg's name.
    """
    try:
        context = CodecContext.create(encoder, "w")
        packets = _pictures(context) if context.type == "video" else _sound(context)
    except (av.FFmpegError, ValueError) as error:
        return f"{encoder} does not work here: {getattr(error, 'strerror', None) or error}."
    return "" if packets else f"{encoder} does not work here: it gives no packets."


def choices(codec: str) -> tuple[str, ...]:
    """List the encoders for a row of `CODECS` that work here: the row's own, then hardware."""
    row = CODECS[codec]
    return tuple(name for name in (row.encoder, *row.hardware) if not hurdle(name))


def all_encoders() -> tuple[str, ...]:
    """List all encoders of the tables, whether they work here or not."""
    names = [name for row in CODECS.values() for name in (row.encoder, *row.hardware)]
    return tuple(dict.fromkeys([*names, *(row.encoder for row in SOUND_CODECS.values())]))


def _pictures(context: Any) -> int:
    row = next((row for row in CODECS.values() if context.name == row.encoder), None)
    form = row.formats[0] if row is not None else "yuv420p"
    context.width = context.height = _SIZE
    context.pix_fmt, context.time_base, context.framerate = form, Fraction(1, 25), Fraction(25)
    context.options = hardware_options(70) if row is None else row.options(70)
    count = 0
    for number in range(3):
        frame = av.VideoFrame(_SIZE, _SIZE, form)
        for plane in frame.planes:
            plane.update(bytes([40 * number]) * plane.buffer_size)
        frame.pts, frame.time_base = number, Fraction(1, 25)
        count += len(context.encode(frame))
    return count + len(context.encode(None))


def _sound(context: Any) -> int:
    context.sample_rate, context.layout = 48000, LAYOUTS[2]
    context.format = next(row.format for row in SOUND_CODECS.values() if context.name == row.encoder)
    frame: Any = av.AudioFrame.from_ndarray(np.zeros((2, 9600), np.float32), "fltp", LAYOUTS[2])
    frame.sample_rate, frame.pts, frame.time_base = 48000, 0, Fraction(1, 48000)
    return len(context.encode(frame)) + len(context.encode(None))

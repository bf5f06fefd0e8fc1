"""One picture without loss into few bytes and back, quickly: MagicYUV on planes, 6 ms and a third of the size at 720p.

Measured on 720p pictures upscaled from real films, one core, CPU time and size of the bytes beside 2.6 MiB as they are:
MagicYUV median 5 ms, 33 %; UT Video median 6 ms, 32 %; zlib (Huffman only) after a difference 16 ms, 36 %;
zlib-1 40 ms, 68 %; PNG-1 34 to 42 ms, 41 to 43 %; JPEG-LS 63 ms, 35 %; WebP 290 ms, 30 %.
"""

from fractions import Fraction
from typing import Any

import av
import numpy as np
from av.video.codeccontext import VideoCodecContext
from numpy.typing import NDArray

from ..errors import MediaError

_FORMATS = {3: "gbrp", 4: "gbrap"}
_ORDER = (1, 2, 0, 3)  # FFmpeg keeps green, blue, red, alpha


def pack(planes: NDArray[np.uint8]) -> bytes:
    """Give the bytes of a picture (C, H, W) of 3 or 4 channels, red first.

    Raises:
        MediaError: the encoder refuses; it takes 16 384 pixels each way at most.
    """
    channels, height, width = planes.shape
    frame = av.VideoFrame(width, height, _FORMATS[channels])
    for plane, index in zip(frame.planes, _ORDER, strict=False):
        _view(plane, height, width)[:] = planes[index]
    frame.pts = 0
    try:
        context: Any = VideoCodecContext.create("magicyuv", "w")
        context.width, context.height, context.pix_fmt = width, height, _FORMATS[channels]
        context.time_base, context.thread_count = Fraction(1), 1
        context.options = {"pred": "median"}
        packets = [*context.encode(frame), *context.encode(None)]
    except (av.FFmpegError, ValueError) as error:
        raise MediaError(f"Cannot pack a picture of {width} x {height}: {error}.") from error
    return b"".join(bytes(packet) for packet in packets)


def unpack(data: bytes, shape: tuple[int, int, int]) -> NDArray[np.uint8]:
    """Give the picture (C, H, W) of such bytes.

    Raises:
        MediaError: they are damaged or are a picture of another shape.
    """
    channels, height, width = shape
    try:
        context: Any = VideoCodecContext.create("magicyuv", "r")
        context.thread_count, context.options = 1, {"max_pixels": str((height + 128) * (width + 128))}
        frames = [*context.decode(av.Packet(data)), *context.decode(None)]
    except (av.FFmpegError, ValueError) as error:
        raise MediaError(f"A packed picture is damaged: {error}.") from error
    if len(frames) != 1 or (frames[0].format.name, frames[0].height, frames[0].width) != (
        _FORMATS[channels],
        height,
        width,
    ):
        raise MediaError("A packed picture is damaged: it has another shape.")
    planes = np.empty(shape, np.uint8)
    for plane, index in zip(frames[0].planes, _ORDER, strict=False):
        planes[index] = _view(plane, height, width)
    return planes


def _view(plane: Any, height: int, width: int) -> NDArray[np.uint8]:
    return np.frombuffer(plane, np.uint8).reshape(height, plane.line_size)[:, :width]

"""Films for tests, made on the spot by raw `av`; each picture shows its own number.

The number stands in 16 blocks, 8 across and 2 down, black for 0 and white for 1, the lowest bit at the top left.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.video.reformatter import Interpolation

ACROSS, DOWN = 8, 2
BT709, BT601, BT2020 = 1, 6, 9  # AVColorSpace
_SWS = {BT709: "ITU709", BT601: "ITU601", BT2020: "BT2020", 2: "ITU601"}

_EXACT = int(Interpolation.BICUBIC | Interpolation.ACCURATE_RND | Interpolation.FULL_CHR_H_INP)

Drawing = Callable[[int, int, int], np.ndarray]


def numbered(number: int, width: int, height: int) -> np.ndarray:
    """Draw a number: (height, width, 3) uint8."""
    bits = [(number >> i) & 1 for i in range(ACROSS * DOWN)]
    blocks = np.array(bits, np.uint8).reshape(DOWN, ACROSS) * 200 + 28
    rows = np.arange(height) * DOWN // height
    columns = np.arange(width) * ACROSS // width
    return np.repeat(blocks[rows][:, columns, None], 3, axis=2)


def number_of(pixels: np.ndarray) -> int:
    """Read the number that a picture shows; (H, W, 3 or 4), uint8 or uint16."""
    height, width = pixels.shape[:2]
    top = np.iinfo(pixels.dtype).max
    rows = [(2 * i + 1) * height // (2 * DOWN) for i in range(DOWN)]
    columns = [(2 * i + 1) * width // (2 * ACROSS) for i in range(ACROSS)]
    bits = (pixels[rows][:, columns, 1] > top / 2).ravel()
    return int(sum(1 << i for i, bit in enumerate(bits) if bit))


def write_film(
    path: Path,
    count: int = 30,
    *,
    size: tuple[int, int] = (64, 48),
    rate: Fraction | int = 25,
    codec: str = "libx264",
    pix_fmt: str = "yuv420p",
    gop: int = 12,
    b_frames: int = 2,
    options: dict[str, str] | None = None,
    matrix: int = BT709,
    full_range: bool = False,
    tags: dict[str, int] | None = None,
    times: Sequence[Fraction] | None = None,
    time_base: Fraction | None = None,
    start: Fraction | int = 0,
    tone: float | None = None,
    tone_start: Fraction | int = 0,
    aspect: Fraction | None = None,
    format: str | None = None,
    container_options: dict[str, str] | None = None,
    metadata: dict[str, str] | None = None,
    chapters: list[dict[str, Any]] | None = None,
    draw: Drawing = numbered,
) -> Path:
    """Write a film whose picture i shows the number i.

    Args:
        times: when each picture is shown, in seconds; evenly by default.  `start` is added.
        matrix: AVColorSpace of the pictures and of the tag; `full_range` likewise.
        tags: more attributes of the codec context, such as `color_trc`.
        tone: frequency of a sine at half of full scale (AAC, 48 kHz, stereo), from `tone_start` on, as long as the film.
        draw: makes picture i of a size: (i, width, height) -> (height, width, 3) uint8.
    """
    with av.open(str(path), "w", format=format, options=container_options or {}) as container:
        container.metadata.update(metadata or {})
        if chapters:
            container.set_chapters(chapters)
        stream = container.add_stream(codec, rate=Fraction(rate), options=_options(codec, gop, b_frames, options or {}))
        stream.width, stream.height = size
        stream.pix_fmt = pix_fmt
        context = stream.codec_context
        context.gop_size = gop
        context.max_b_frames = b_frames
        context.colorspace, context.color_range = matrix, 2 if full_range else 1
        context.thread_count = 1
        if aspect is not None:
            context.sample_aspect_ratio = aspect
        for name, value in (tags or {}).items():
            setattr(context, name, value)
        unit = time_base or (Fraction(1, 90000) if times is not None else 1 / Fraction(rate))
        context.time_base = unit
        sound = _add_tone(container) if tone else None
        shown = times if times is not None else [i / Fraction(rate) for i in range(count)]
        for i, time in enumerate(shown):
            frame = picture(draw(i, *size), pix_fmt, matrix, full_range)
            frame.pts, frame.time_base = round((time + start) / unit), unit
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
        if sound is not None and tone:
            length = float(shown[-1] + 1 / Fraction(rate))
            _mux_tone(container, sound, tone, length, Fraction(tone_start))
    return path


def spoil(path: Path, numbers: Iterable[int]) -> Path:
    """Overwrite the packets of some pictures of a film, counted in decoding order, with zeros."""
    with av.open(str(path)) as container:
        packets = [(packet.pos, packet.size) for packet in container.demux(video=0) if packet.size]
    data = bytearray(path.read_bytes())
    for number in numbers:
        place, size = packets[number]
        assert place is not None
        data[place : place + size] = bytes(size)
    path.write_bytes(data)
    return path


def picture(pixels: np.ndarray, pix_fmt: str, matrix: int = BT709, full_range: bool = False) -> av.VideoFrame:
    """Convert (H, W, 3 or 4) uint8 to a frame, saying matrix and range."""
    frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(pixels), "rgba" if pixels.shape[2] == 4 else "rgb24")
    if frame.format.name == pix_fmt:
        return frame
    scale = "JPEG" if full_range or pix_fmt.startswith(("rgb", "gbr", "bgr")) else "MPEG"
    return frame.reformat(
        format=pix_fmt,
        src_colorspace=_SWS[matrix],
        dst_colorspace=_SWS[matrix],
        src_color_range="JPEG",
        dst_color_range=scale,
        interpolation=_EXACT,
    )


def sine(frequency: float, start: int, count: int, sample_rate: int = 48000) -> np.ndarray:
    """Samples [start, start + count) of a sine at half of full scale, float32 (2, count)."""
    wave = 0.5 * np.sin(2 * math.pi * frequency * np.arange(start, start + count) / sample_rate)
    return np.stack([wave, wave]).astype(np.float32)


def _options(codec: str, gop: int, b_frames: int, more: dict[str, str]) -> dict[str, str]:
    own: dict[str, dict[str, str]] = {
        "libx264": {"preset": "veryfast", "crf": "20", "sc_threshold": "0"},
        "libx265": {"preset": "ultrafast", "x265-params": f"log-level=none:bframes={b_frames}:keyint={gop}:scenecut=0"},
        "libsvtav1": {"preset": "12", "svtav1-params": "lp=1"},
        "libvpx-vp9": {"deadline": "realtime", "cpu-used": "8"},
    }
    return {**own.get(codec, {}), **more}


def _add_tone(container: Any) -> Any:
    return container.add_stream("aac", rate=48000, layout="stereo")


def _mux_tone(container: Any, stream: Any, frequency: float, length: float, start: Fraction) -> None:
    for packet in _tone_packets(stream, frequency, round(length * 48000), round(start * 48000)):
        container.mux(packet)


def _tone_packets(stream: Any, frequency: float, total: int, offset: int) -> Iterable[Any]:
    for first in range(0, total, 1024):
        frame = AudioFrame.from_ndarray(
            sine(frequency, first, min(1024, total - first)), format="fltp", layout="stereo"
        )
        frame.sample_rate = 48000
        frame.pts, frame.time_base = first + offset, Fraction(1, 48000)
        yield from stream.encode(frame)
    yield from stream.encode(None)

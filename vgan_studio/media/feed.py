"""Pictures as an encoder wants them: its format, its size, its colour, each said on every conversion."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from av import VideoFrame
from av.video.reformatter import Colorspace, Interpolation, VideoReformatter
from numpy.typing import NDArray

from .colour import Colour
from .pixel_format import holds
from .raw import Pixels, RawPicture

_SPACES = {
    "bt601": int(Colorspace.ITU601),
    "bt709": int(Colorspace.ITU709),
    "bt2020": int(Colorspace.BT2020),
    "rgb": int(Colorspace.ITU709),
}
_HOW = Interpolation.BICUBIC | Interpolation.ACCURATE_RND | Interpolation.FULL_CHR_H_INP
_WIDE = {"bt2020", "smpte431", "smpte432"}


class Feed:
    """Turns pictures of one size into frames of one format; owned by one thread.

    Args:
        format: FFmpeg's pixel format.
        colour: of the frames.
        width, height: of the frames; pictures that are smaller by one have their edge repeated.
    """

    def __init__(self, format: str, colour: Colour, width: int, height: int, threads: int = 1) -> None:
        self.format, self.colour = format, colour
        self._width, self._height, self._threads = width, height, threads
        self._holds = holds(format)
        self._reformat = VideoReformatter()

    def frame(self, picture: RawPicture | Pixels) -> VideoFrame:
        """Convert a picture; a `RawPicture` that fits is passed on as it is.

        Pixels with alpha lie on black where the format has none.
        """
        if isinstance(picture, RawPicture):
            if picture.colour == self.colour and picture.alpha <= self._holds.alpha:
                return self._padded(self._converted(picture.frame, picture.colour))
            picture = picture.pixels()
        return self._padded(self._from_pixels(picture))

    def _from_pixels(self, pixels: Pixels) -> VideoFrame:
        if self.colour.hdr or self.colour.primaries in _WIDE:
            raise ValueError("Pixels are BT.709; they cannot be written as HDR or with wide primaries.")
        if pixels.shape[2] == 4 and not self._holds.alpha:
            pixels = on_black(pixels)
        if self._holds.chroma == "rgb":
            pixels = at_depth(pixels, self._holds.depth)
        elif pixels.dtype == np.uint16:
            pixels = pixels - (pixels >> 8)  # swscale takes 255 * 256 for white
        name = {3: ("rgb24", "rgb48le"), 4: ("rgba", "rgba64le")}[pixels.shape[2]][pixels.dtype == np.uint16]
        packed: Any = np.ascontiguousarray(pixels)
        frame = VideoFrame.from_ndarray(packed, name)
        return self._converted(frame, Colour("rgb", self.colour.primaries, self.colour.transfer, True))

    def _converted(self, frame: VideoFrame, colour: Colour) -> VideoFrame:
        if frame.format.name == self.format:
            return frame
        return self._reformat.reformat(
            frame,
            format=self.format,
            src_colorspace=_SPACES[colour.matrix],
            dst_colorspace=_SPACES[self.colour.matrix],
            src_color_range="JPEG" if colour.full_range else "MPEG",
            dst_color_range="JPEG" if self.colour.full_range else "MPEG",
            interpolation=int(_HOW),
            threads=self._threads,
        )

    def _padded(self, frame: VideoFrame) -> VideoFrame:
        if (frame.width, frame.height) == (self._width, self._height):
            return frame
        return padded(frame, self._width, self._height)


@contextmanager
def lent(frame: VideoFrame) -> Iterator[None]:
    """Give a frame back with the time and the kind that it had: it may be the decoder's."""
    time_base, kept = frame.time_base, (frame.pts, frame.duration, frame.pict_type)
    try:
        yield
    finally:
        frame.pts, frame.duration, frame.pict_type = kept
        if time_base is not None:
            frame.time_base = time_base


def on_black(pixels: Pixels) -> Pixels:
    """Lay pixels with straight alpha (H, W, 4) on black, rounded to the nearest: (H, W, 3)."""
    top = np.iinfo(pixels.dtype).max
    product = pixels[..., :3].astype(np.uint32) * pixels[..., 3:]
    laid: Any = ((product + top // 2) // top).astype(pixels.dtype)
    return laid  # type: ignore[no-any-return]


def at_depth(pixels: Pixels, depth: int) -> Pixels:
    """Give pixels as bytes for 8 bits a channel, else as 16-bit words, rounded to the nearest."""
    if depth == 8 and pixels.dtype == np.uint16:
        return ((pixels.astype(np.uint32) + 128) // 257).astype(np.uint8)
    if depth > 8 and pixels.dtype == np.uint8:
        return pixels.astype(np.uint16) * np.uint16(257)
    return pixels


def padded(frame: VideoFrame, width: int, height: int) -> VideoFrame:
    """Widen a planar frame by repeating its right and lower edge."""
    larger = VideoFrame(width, height, frame.format.name)
    wide = 2 if holds(frame.format.name).depth > 8 else 1
    for old, new in zip(frame.planes, larger.planes, strict=True):
        there = _view(old, wide)
        _view(new, wide)[:] = np.pad(there, ((0, new.height - old.height), (0, new.width - old.width)), "edge")
    return larger


def _view(plane: Any, wide: int) -> NDArray[Any]:
    kind = np.uint16 if wide == 2 else np.uint8
    lines: NDArray[Any] = np.frombuffer(plane, kind).reshape(plane.height, plane.line_size // wide)
    return lines[:, : plane.width]

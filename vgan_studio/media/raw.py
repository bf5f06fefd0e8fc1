"""The decoder's own picture, and the one way from it to pixels."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from av import VideoFrame
from av.video.reformatter import Colorspace, Interpolation, VideoReformatter
from numpy.typing import NDArray

from .colour import Colour
from .hdr import to_sdr

Pixels = NDArray[np.uint8] | NDArray[np.uint16]

_MATRIX = {
    "bt601": Colorspace.ITU601,
    "bt709": Colorspace.ITU709,
    "bt2020": Colorspace.BT2020,
    "rgb": Colorspace.ITU709,
}
_EXACT = Interpolation.BILINEAR | Interpolation.FULL_CHR_H_INT | Interpolation.ACCURATE_RND
_FAST = Interpolation.BILINEAR
_WIDE = {"bt2020", "smpte431", "smpte432"}


@dataclass(frozen=True, slots=True)
class RawPicture:
    """A picture as the decoder made it, upright and progressive; nothing of it is converted yet.

    Attributes:
        frame: planes in the source's own format; never write into it.
        colour: what its numbers mean.
        depth: bits per channel of the source.
        alpha: it has an opacity channel, straight (not premultiplied).
    """

    frame: VideoFrame
    colour: Colour
    depth: int
    alpha: bool

    @property
    def width(self) -> int:
        """Stored pixels, after rotation, before sample aspect."""
        return int(self.frame.width)

    @property
    def height(self) -> int:
        """Lines, after rotation."""
        return int(self.frame.height)

    def pixels(self, *, fast: bool = False) -> Pixels:
        """Convert to R'G'B' for BT.709, SDR, full range.

        PQ and HLG are tone-mapped, BT.2020 and P3 primaries are converted (see `hdr`); R'G'B' formats come out
        bit for bit.  All else is within half a level of the formulas in ITU-R BT.601, 709 and 2020.

        Args:
            fast: 8-bit Y'CbCr may be up to 3 levels off, but is converted several times as fast (for drafts).

        Returns:
            (H, W, 3), or (H, W, 4) with straight alpha; uint8 up to 8 bits a channel, else uint16 over 0..65535.
        """
        deep = self.depth > 8
        pixels: Any
        if self.colour.matrix == "rgb":
            pixels = self._packed(self.frame, deep)
        elif deep:
            pixels = self._packed(self._planar("gbrap16le" if self.alpha else "gbrp16le", _EXACT), deep)
            _stretch(pixels, self.depth if self.colour.full_range else 8)
        elif fast:
            pixels = _array(self._planar("rgba" if self.alpha else "rgb24", _FAST))
        else:
            pixels = self._packed(self._planar("gbrap" if self.alpha else "gbrp", _EXACT), deep)
        done: Pixels = to_sdr(pixels, self.colour) if self.colour.hdr or is_wide(self.colour) else pixels
        return done

    def _planar(self, name: str, how: Interpolation) -> VideoFrame:
        return VideoReformatter().reformat(
            self.frame,
            format=name,
            src_colorspace=_MATRIX[self.colour.matrix],
            dst_colorspace=Colorspace.ITU709,
            src_color_range="JPEG" if self.colour.full_range else "MPEG",
            dst_color_range="JPEG",
            interpolation=int(how),
            threads=1,
        )

    def _packed(self, frame: VideoFrame, deep: bool) -> Any:
        name = ("rgba64le" if self.alpha else "rgb48le") if deep else ("rgba" if self.alpha else "rgb24")
        return _array(
            VideoReformatter().reformat(
                frame, format=name, src_color_range="JPEG", dst_color_range="JPEG", interpolation=int(_FAST), threads=1
            )
        )


def _stretch(pixels: Any, bits: int) -> None:
    """Put white at 65535: swscale leaves it at the largest number of so many bits, followed by zeros."""
    np.minimum(pixels, 65536 - (1 << (16 - bits)), out=pixels)
    pixels += pixels >> bits


def is_wide(colour: Colour) -> bool:
    """Its primaries reach well beyond BT.709."""
    return colour.primaries in _WIDE


def _array(frame: VideoFrame) -> Any:
    """Copy the one plane of packed R'G'B' out, without its padding."""
    kind = np.uint16 if frame.format.name.endswith("le") else np.uint8
    channels = 4 if frame.format.name.startswith("rgba") else 3
    plane: Any = frame.planes[0]
    lines = np.frombuffer(plane, kind).reshape(plane.height, -1)  # (H, stride)
    return lines[:, : frame.width * channels].reshape(frame.height, frame.width, channels).copy()

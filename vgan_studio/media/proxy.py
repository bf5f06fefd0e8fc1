"""Small copies of films that decode fast, each picture by itself; they are looked at, and never exported.

A proxy has the pictures of its film, one for one and at the same times, in half or a quarter of its size.
"""

from collections.abc import Generator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from av.video.reformatter import ColorRange, Colorspace, Interpolation, VideoReformatter

from ..errors import MediaError
from ..timeline.values import Media
from .colour import Colour
from .raw import Pixels, RawPicture, is_wide
from .reader import VideoReader
from .stream_format import BT709
from .target import Target
from .writer import Writer

SUFFIX = ".mov"
_CODEC = "dnxhr"  # decodes several times as fast as H.264, and any picture as fast as the next
_LARGE = 1440  # lines from which a quarter is enough
_CLOCK = Fraction(1, 90000)
_MATRIX = {"bt601": Colorspace.ITU601, "bt709": Colorspace.ITU709}


@dataclass(frozen=True, slots=True)
class Copied:
    """How many pictures of a proxy are made."""

    done: int
    total: int


def proxy_size(width: int, height: int) -> tuple[int, int]:
    """Give the size of the proxy of pictures: half of theirs, or a quarter where they are large; even."""
    share = 4 if min(width, height) > _LARGE else 2
    return max(2, width // share // 2 * 2), max(2, height // share // 2 * 2)


def copying(media: Media, path: Path, *, threads: int = 1) -> Generator[Copied]:
    """Make the proxy of a film; it has its name only once it is whole.

    Raises:
        MediaError: the film cannot be read, has transparency, or the disk is full.
    """
    with VideoReader(media.path, threads=threads) as reader:
        width, height = proxy_size(media.width, media.height)
        if reader.at(Fraction(0)).alpha:
            raise MediaError(f"{Path(media.path).name} is transparent, which a proxy cannot be.")
        times = reader.times()
        target = Target(_CODEC, width, height, quality=0, time_base=_CLOCK, threads=threads)
        with Writer(path, target, sources=[media.path]) as writer:
            for done, time in enumerate(times, 1):
                writer.write(_small(reader.at(time), width, height), time)
                yield Copied(done, len(times))
    yield Copied(len(times), len(times))


def _small(picture: RawPicture, width: int, height: int) -> RawPicture | Pixels:
    """Shrink a picture; one of 8 bits without leaving its Y'CbCr."""
    colour = picture.colour
    if picture.depth == 8 and not picture.alpha and _plain(colour):
        frame = VideoReformatter().reformat(
            picture.frame,
            width=width,
            height=height,
            format="yuv422p",
            src_colorspace=_MATRIX[colour.matrix],
            dst_colorspace=Colorspace.ITU709,
            src_color_range=ColorRange.JPEG if colour.full_range else ColorRange.MPEG,
            dst_color_range=ColorRange.MPEG,
            interpolation=Interpolation.AREA,
            threads=1,
        )
        return RawPicture(frame, BT709, 8, False)
    frame = picture.frame.reformat(width=width, height=height, interpolation=Interpolation.AREA)
    return RawPicture(frame, colour, picture.depth, picture.alpha).pixels(fast=True)


def _plain(colour: Colour) -> bool:
    return colour.matrix in _MATRIX and not colour.hdr and not is_wide(colour)

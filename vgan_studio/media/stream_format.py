"""What the pictures of a file will be: pixel format, size, colour; and the tags that say so."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from .codecs import Codec
from .colour import PRIMARIES, TRANSFERS, Colour
from .pixel_format import Holds, choose_format, holds
from .raw import Pixels, RawPicture
from .target import Target

BT709 = Colour("bt709", "bt709", "bt709", False)
SRGB = Colour("rgb", "bt709", "iec61966-2-1", True)
JPEG = Colour("bt601", "bt709", "iec61966-2-1", True)

HARDWARE_FORMATS = ("yuv420p", "p010le", "yuv444p")  # what all of NVENC's encoders take but for 4:4:4 in AV1
_NO_ALPHA = (".mp4",)  # VP9's alpha is a second stream, for which only Matroska has a place
_MATRIX_CODES = {"bt601": 6, "bt709": 1, "bt2020": 9, "rgb": 0}
_UNKNOWN = 2


@dataclass(frozen=True, slots=True)
class StreamFormat:
    """How pictures lie in a file: FFmpeg's pixel format, the size, and what the numbers mean."""

    name: str
    colour: Colour
    width: int
    height: int

    @classmethod
    def choose(cls, row: Codec, target: Target, suffix: str, picture: RawPicture | Pixels) -> "StreamFormat":
        """Choose what loses least, from the target where it says something, else from the first picture."""
        name = _format(row, target, suffix, picture)
        width, height = _even(name, target.width, target.height) if row.even else (target.width, target.height)
        return cls(name, _colour(row, target, picture, holds(name)), width, height)


def tag(context: Any, colour: Colour) -> None:
    """Say in a stream what its numbers mean."""
    code = _MATRIX_CODES[colour.matrix]
    context.colorspace = 5 if (code, colour.primaries) == (6, "bt470bg") else code
    context.color_primaries = _code(PRIMARIES, colour.primaries)
    context.color_trc = _code(TRANSFERS, colour.transfer)
    context.color_range = 2 if colour.full_range else 1


def _format(row: Codec, target: Target, suffix: str, picture: RawPicture | Pixels) -> str:
    formats = _formats(row, target, suffix)
    if isinstance(picture, RawPicture):
        own = replace(holds(picture.frame.format.name), alpha=picture.alpha, depth=picture.depth)
        free = (target.depth, target.alpha, target.chroma) == (None, None, None)
        if free and picture.frame.format.name in formats:
            return str(picture.frame.format.name)
    else:
        chroma = "rgb" if row.lossless else holds(row.formats[0]).chroma
        deep = 16 if row.lossless else 10
        own = Holds(deep if picture.dtype == np.uint16 else 8, picture.shape[2] == 4, chroma)
    wanted = Holds(
        own.depth if target.depth is None else target.depth,
        own.alpha if target.alpha is None else target.alpha,
        own.chroma if target.chroma is None else target.chroma,
    )
    return choose_format(formats, wanted)


def _formats(row: Codec, target: Target, suffix: str) -> tuple[str, ...]:
    formats = HARDWARE_FORMATS if target.encoder else row.formats
    return tuple(name for name in formats if suffix not in _NO_ALPHA or row.id != "vp9" or not holds(name).alpha)


def _colour(row: Codec, target: Target, picture: RawPicture | Pixels, there: Holds) -> Colour:
    wanted = target.colour
    if wanted is None and isinstance(picture, RawPicture) and not (picture.colour.hdr and there.depth < 10):
        wanted = picture.colour
    if row.id == "jpeg":
        return wanted if wanted is not None and wanted.matrix == "bt601" and wanted.full_range else JPEG
    if there.chroma == "rgb":
        if wanted is not None and wanted.matrix == "rgb":
            return wanted
        return SRGB if row.sequence or row.id == "gif" else replace(SRGB, transfer="bt709")
    return BT709 if wanted is None or wanted.matrix == "rgb" else wanted


def _even(name: str, width: int, height: int) -> tuple[int, int]:
    chroma = holds(name).chroma
    return (
        width + width % 2 if chroma in ("420", "422") else width,
        height + height % 2 if chroma == "420" else height,
    )


def _code(table: dict[int, str], name: str) -> int:
    return next((code for code, other in table.items() if other == name), _UNKNOWN)

"""What the numbers of a picture mean: matrix, primaries, transfer, range.  Said, never assumed."""

from dataclasses import dataclass
from typing import Literal

from av import VideoFrame

Matrix = Literal["bt601", "bt709", "bt2020", "rgb"]

PRIMARIES = {
    1: "bt709", 4: "bt470m", 5: "bt470bg", 6: "smpte170m", 7: "smpte240m", 8: "film",
    9: "bt2020", 10: "smpte428", 11: "smpte431", 12: "smpte432", 22: "ebu3213",
}  # fmt: skip
TRANSFERS = {
    1: "bt709", 4: "gamma22", 5: "gamma28", 6: "smpte170m", 7: "smpte240m", 8: "linear", 9: "log100", 10: "log316",
    11: "iec61966-2-4", 12: "bt1361e", 13: "iec61966-2-1", 14: "bt2020-10", 15: "bt2020-12", 16: "smpte2084",
    17: "smpte428", 18: "arib-std-b67",
}  # fmt: skip
HDR: dict[str, Literal["PQ", "HLG"]] = {"smpte2084": "PQ", "arib-std-b67": "HLG"}

_MATRICES: dict[int, Matrix] = {
    0: "rgb", 1: "bt709", 4: "bt601", 5: "bt601", 6: "bt601", 7: "bt709", 9: "bt2020", 10: "bt2020",
}  # fmt: skip
_FULL = 2
_HD_LINES = 720
_ALWAYS_601 = {"webp", "mjpeg", "vp8", "libvpx"}  # their specifications know no other matrix


@dataclass(frozen=True, slots=True)
class Colour:
    """How to read the numbers of a picture.

    Attributes:
        matrix: from Y'CbCr to R'G'B'; SMPTE 240M is taken for BT.709, constant luminance for the usual BT.2020.
        primaries, transfer: as FFmpeg names them (`ffmpeg -color_primaries`), or "unknown".
        full_range: black is 0 and white the largest number; else 16 and 235 of 255.
    """

    matrix: Matrix
    primaries: str = "unknown"
    transfer: str = "unknown"
    full_range: bool = False

    @property
    def hdr(self) -> Literal["PQ", "HLG"] | None:
        """The kind of high dynamic range, or None."""
        return HDR.get(self.transfer)


def colour_of(frame: VideoFrame, codec: str = "") -> Colour:
    """Read the tags of a decoded picture, and guess what they do not say.

    Untagged: BT.709 from 720 lines up, else BT.601 (always for JPEG and WebP); limited range, but full for
    R'G'B', for the `yuvj` formats and for grey still pictures.

    Args:
        frame: as it was stored, before any rotation: its lines are counted.
        codec: name of the decoder.
    """
    primaries = PRIMARIES.get(int(frame.color_primaries), "unknown")
    transfer = TRANSFERS.get(int(frame.color_trc), "unknown")
    if is_rgb(frame):
        return Colour("rgb", primaries, transfer, True)
    full = int(frame.color_range) == _FULL or frame.format.name.startswith("yuvj")
    if is_grey(frame) and codec not in {"ffv1", "h264", "hevc", "libdav1d", "vp9"}:
        full = True
    matrix = _MATRICES.get(int(frame.colorspace))
    if matrix is None or matrix == "rgb":
        matrix = "bt709" if frame.height >= _HD_LINES and codec not in _ALWAYS_601 else "bt601"
    return Colour(matrix, primaries, transfer, full)


def is_rgb(frame: VideoFrame) -> bool:
    """The numbers are R'G'B' already (grey is not)."""
    name: str = frame.format.name
    return frame.format.is_rgb or name == "pal8" or name.startswith("gbr")


def is_grey(frame: VideoFrame) -> bool:
    """There is one channel of light only."""
    name: str = frame.format.name
    return name.startswith(("gray", "ya8", "ya16", "mono"))


def has_alpha(frame: VideoFrame, codec: str = "") -> bool:
    """The format has an opacity for every pixel (the fourth channel of a CMYK JPEG is none)."""
    name: str = frame.format.name
    return codec != "mjpeg" and name.startswith(
        ("yuva", "gbrap", "rgba", "bgra", "argb", "abgr", "ya8", "ya16", "ayuv", "pal8")
    )


def depth_of(frame: VideoFrame) -> int:
    """Bits per channel, the most of any."""
    return max(component.bits for component in frame.format.components)

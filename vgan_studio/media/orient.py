"""Turn pictures upright: display matrices and EXIF orientation."""

import os
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
from av import VideoFrame
from av.filter import Graph

UNSAFE_SIDE_DATA = {"png", "apng"}  # PyAV 18.1 frees the metadata of their ICC profiles twice, and crashes


@dataclass(frozen=True, slots=True)
class Orientation:
    """How to turn a stored picture upright: mirror it left to right if `mirrored`, then turn it clockwise.

    Attributes:
        degrees: clockwise, 0, 90, 180 or 270.
        mirrored: mirrored left to right, before turning.
    """

    degrees: int = 0
    mirrored: bool = False

    @property
    def swaps(self) -> bool:
        """Width and height change places."""
        return self.degrees % 180 == 90


UPRIGHT = Orientation()
_EXIF = {
    1: UPRIGHT,
    2: Orientation(0, True),
    3: Orientation(180),
    4: Orientation(180, True),
    5: Orientation(270, True),
    6: Orientation(90),
    7: Orientation(90, True),
    8: Orientation(270),
}
_EXIF_BYTES = 1 << 18


def orientation_of(frame: VideoFrame, codec: str) -> Orientation:
    """Read the display matrix of a decoded picture.

    Where PyAV cannot hand the matrix out (next to EXIF or in PNG) a mirrored picture is only turned; JPEG has
    `orientation_of_photo`.
    """
    if codec not in UNSAFE_SIDE_DATA:
        try:
            data: Any = frame.side_data.get("DISPLAYMATRIX")
        except ValueError:  # a kind of side data that PyAV does not know
            data = None
        if data is not None and len(bytes(data)) == 36:
            return orientation_of_matrix(struct.unpack("=9i", bytes(data)))
    return Orientation(round(-frame.rotation / 90) * 90 % 360)


def orientation_of_matrix(matrix: tuple[int, ...]) -> Orientation:
    """Read an ISO/IEC 14496-12 matrix (a, b, u, c, d, v, x, y, w); angles between are taken to the nearest right one.

    A point (p, q) of the stored picture is shown at (a p + c q, b p + d q), with y down.
    """
    a, b, c, d = matrix[0], matrix[1], matrix[3], matrix[4]
    mirrored = a * d - b * c < 0
    if mirrored:
        a, b = -a, -b
    if abs(a) >= abs(b):
        return Orientation(0 if a >= 0 else 180, mirrored)
    return Orientation(90 if b > 0 else 270, mirrored)


def orientation_of_photo(path: str | os.PathLike[str]) -> Orientation | None:
    """Read the EXIF orientation (tag 0x0112 of JEITA CP-3451) of a JPEG; None if it has none."""
    with Path(path).open("rb") as file:
        data = file.read(_EXIF_BYTES)
    start = data.find(b"Exif\0\0") + 6
    order = {b"II": "<", b"MM": ">"}.get(data[start : start + 2])
    if start < 6 or order is None:
        return None
    try:
        place = start + struct.unpack_from(f"{order}I", data, start + 4)[0]
        for i in range(struct.unpack_from(f"{order}H", data, place)[0]):
            tag, kind, _, value = struct.unpack_from(f"{order}HHIH", data, place + 2 + 12 * i)
            if (tag, kind) == (0x0112, 3):
                return _EXIF.get(value)
    except struct.error:
        return None  # cut off or damaged
    return None


def upright(frame: VideoFrame, orientation: Orientation) -> VideoFrame:
    """Turn a picture; its numbers are only moved, never changed (4:2:2 that is laid on its side becomes 4:4:4)."""
    filters = []
    if orientation.mirrored:
        filters.append(("hflip", ""))
    if orientation.degrees == 180:
        filters += [("hflip", ""), ("vflip", "")]
    elif orientation.degrees:
        filters.append(("transpose", "dir=clock" if orientation.degrees == 90 else "dir=cclock"))
    return filtered([frame], filters)[-1] if filters else frame


def filtered(frames: list[VideoFrame], filters: list[tuple[str, str]]) -> list[VideoFrame]:
    """Run pictures of one format through FFmpeg filters."""
    first = frames[0]
    graph = Graph()
    source = graph.add(
        "buffer",
        f"video_size={first.width}x{first.height}:pix_fmt={first.format.name}:time_base=1/1000000:pixel_aspect=1/1"
        f":colorspace={int(first.colorspace)}:range={int(first.color_range)}",
    )
    nodes = [source, *(graph.add(name, args or None) for name, args in filters), graph.add("buffersink")]
    graph.link_nodes(*nodes).configure()
    out = []
    for frame in [*frames, None]:
        graph.vpush(frame)
        try:
            while True:
                out.append(graph.vpull())
        except (av.BlockingIOError, av.EOFError):
            continue
    return out

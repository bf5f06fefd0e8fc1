"""Open media files of strangers: local regular files only, known containers only, bounded in size and time."""

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import av
from av.container import InputContainer
from av.stream import Disposition
from av.video.stream import VideoStream

from ..errors import MediaError
from .sequence import RATE, find_sequence

if TYPE_CHECKING:
    VideoPacket: TypeAlias = av.Packet[VideoStream]
else:
    VideoPacket = av.Packet  # only the type stub is generic

MAX_PIXELS = 1 << 28  # 16384 x 16384: more is refused, it may be a decompression bomb
DEMUXERS = (
    "aac,ac3,aiff,amr,ape,apng,asf,ass,av1,avi,bmp_pipe,caf,dnxhd,dpx_pipe,dts,dtshd,dv,eac3,exr_pipe,flac,flv,gif,"
    "h261,h263,h264,hevc,image2,ivf,j2k_pipe,jpeg_pipe,jpegls_pipe,jpegxl_anim,jpegxl_pipe,m4v,matroska,webm,mjpeg,"
    "mov,mp4,m4a,3gp,3g2,mj2,mp3,mpeg,mpegts,mpegvideo,mxf,nut,obu,ogg,pam_pipe,pbm_pipe,pgm_pipe,png_pipe,ppm_pipe,"
    "qoi_pipe,rm,tiff_pipe,truehd,tta,vc1,vvc,w64,wav,webp_pipe,wv,yuv4mpegpipe"
)
_OPTIONS = {
    "protocol_whitelist": "file",
    "format_whitelist": DEMUXERS,
    "pattern_type": "none",
    "max_pixels": str(MAX_PIXELS),
}
_STILL_BRANDS = {"avif", "heic", "heix", "heim", "heis", "mif1"}
_TIMEOUT_S = 15


def open_media(path: str | os.PathLike[str]) -> InputContainer:
    """Open a file for reading, or numbered pictures: by a pattern such as `shot_%04d.png`, or by their folder.

    Nothing but that file is opened: playlists and formats that name other files are refused.

    Raises:
        MediaError: it is missing, no regular file, or nothing that FFmpeg can read.
    """
    sequence = find_sequence(path)
    if sequence is not None:
        more = {"pattern_type": "sequence", "start_number": str(sequence.first), "framerate": str(RATE)}
        return _open(path, sequence.url, {**_OPTIONS, **more}, "image2")
    _check(path)
    return _open(path, str(Path(path).absolute()), _OPTIONS)


def picture_stream(container: InputContainer) -> VideoStream | None:
    """Choose the stream of pictures that is meant to be watched; covers of music are none."""
    best = container.streams.best("video")
    if best is not None and not best.disposition & Disposition.attached_pic:
        return best if isinstance(best, VideoStream) else None
    return None


def is_still(container: InputContainer) -> bool:
    """It is one picture, not a film of one: PNG, JPEG, AVIF, HEIC and their kind."""
    names = container.format.name.split(",")
    if container.metadata.get("major_brand", "").strip() in _STILL_BRANDS:
        return True
    single = container.options.get("pattern_type") == "none"
    return any(name.endswith("_pipe") or (name == "image2" and single) for name in names) and names != ["mjpeg"]


def sentence(path: str | os.PathLike[str], error: Exception) -> str:
    """Say in one sentence why FFmpeg cannot read a file."""
    name = Path(path).name
    if isinstance(error, av.InvalidDataError | av.EOFError | av.ArgumentError | ValueError):
        return f"Cannot read {name}: it is no film, picture or sound that FFmpeg knows, or it is damaged or cut off."
    reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return f"Cannot read {name}: {reason[0].lower()}{reason[1:].rstrip('.')}."


def _open(
    path: str | os.PathLike[str], place: str, options: dict[str, str], format: str | None = None
) -> InputContainer:
    try:
        return av.open(
            f"file:{place}",
            format=format,
            options=options,
            metadata_errors="replace",
            timeout=_TIMEOUT_S,
        )
    except (av.FFmpegError, ValueError, OSError) as error:
        raise MediaError(sentence(path, error)) from error


def _check(path: str | os.PathLike[str]) -> None:
    name = Path(path).name
    try:
        mode = Path(path).stat().st_mode
    except (OSError, ValueError) as error:
        raise MediaError(
            f"Cannot read {name}: {getattr(error, 'strerror', None) or 'the name is not valid'}."
        ) from error
    if not stat.S_ISREG(mode):
        raise MediaError(f"Cannot read {name}: it is not a file.")

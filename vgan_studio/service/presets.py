"""What films are written for: presets of codec, quality and size, and what a film of one would weigh."""

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from vgan_studio.timeline.values import Media, Timeline

from .exporting import Order


@dataclass(frozen=True, slots=True)
class Preset:
    """A way to write a film.

    Attributes:
        height: the most lines that it has; 0 for as many as the film has.
        rate: the most pictures per second that it has; 0 for as many as the film has.
        suffix: of the file; that of a folder of pictures is "".
    """

    id: str
    codec: str
    suffix: str
    quality: int
    height: int = 0
    rate: int = 0


_GIF_RATE = 50
PRESETS = (
    Preset("youtube_1080", "h264", ".mp4", 75, 1080),
    Preset("youtube_4k", "h264", ".mp4", 78, 2160),
    Preset("small", "h264", ".mp4", 55, 720),
    Preset("hevc", "h265", ".mp4", 70),
    Preset("web", "av1", ".webm", 65, 1080),
    Preset("prores", "prores", ".mov", 85),
    Preset("alpha", "prores4444", ".mov", 85),
    Preset("archive", "ffv1", ".mkv", 100),
    Preset("gif", "gif", ".gif", 75, 360, _GIF_RATE),
    Preset("pictures", "png", "", 100),
    Preset("sound", "wav", ".wav", 100),
    Preset("sound_small", "aac", ".m4a", 75),
)

# bits a pixel at quality 75, and by how much they grow from quality 0 to 100 (a power of two)
_BITS = {
    "h264": (0.11, 8.0), "h265": (0.07, 8.0), "vp9": (0.08, 6.0), "av1": (0.06, 6.5), "prores": (3.0, 4.0),
    "prores4444": (5.0, 4.0), "dnxhr": (3.5, 4.0), "ffv1": (11.0, 0.0), "gif": (2.6, 0.0), "png": (12.0, 0.0),
    "jpeg": (1.6, 4.0),
}  # fmt: skip
_SOUND_BITS = {"aac": (64_000, 2.3), "opus": (50_000, 2.7), "flac": (420_000, 0.0), "wav": (1_152_000, 0.0)}
_CHANNELS = 2


def fitted(film: Timeline, height: int) -> tuple[int, int]:
    """Give the size of a film with at most so many lines, or columns if it is upright; sides are even."""
    lines = min(film.width, film.height)
    share = Fraction(min(height, lines), lines) if height else Fraction(1)
    return max(2, round(film.width * share / 2) * 2), max(2, round(film.height * share / 2) * 2)


def paced(film: Timeline, most: int) -> Fraction:
    """Give the rate of a film with at most so many pictures per second: its own, halved as often as it takes."""
    rate = film.rate
    while most and rate > most:
        rate /= 2
    return rate


def weight(film: Timeline, order: Order) -> int:
    """Guess the bytes of a film from what such films weigh; a quiet one takes half, a grainy one twice as much."""
    start, end = order.range
    seconds = float((end - start) / film.rate)
    if order.codec in _SOUND_BITS:
        return _sound_weight(order.codec, order.quality, seconds)
    bits, slope = _BITS.get(order.codec, (0.11, 8.0))
    pixels = order.size[0] * order.size[1] * order.pictures(film).count
    pictures = pixels * bits * 2 ** ((order.quality - 75) / 100 * slope) / 8
    silent = order.codec in ("gif", "png", "jpeg")
    return round(pictures + (0 if silent else _sound_weight("aac", order.quality, seconds)))


def hurdles(film: Timeline, order: Order, missing: int, free_bytes: int) -> list[str]:
    """Say what keeps a film from being written, a sentence each; nothing if it can be tried.

    Args:
        missing: media of the film that are missing.
        free_bytes: on the disk that it goes to.
    """
    from vgan_studio.media.codecs import CODECS, SOUND_CODECS
    from vgan_studio.media.subtitle_streams import STREAMS

    found = []
    row = CODECS.get(order.codec)
    folder = order.path.parent
    if not folder.is_dir():
        found.append(f"There is no folder {folder}.")
    sources = {Path(one.path).absolute() for one in film.media}
    if order.path.absolute() in sources:
        found.append(f"{order.path.name} is used by the film; choose another name.")
    if row is not None and min(order.size) < row.smallest:
        found.append(f"{row.title} needs pictures of at least {row.smallest} pixels.")
    if order.codec == "gif" and (order.rate or film.rate) > _GIF_RATE:
        found.append("A GIF has at most 50 pictures a second; choose another rate.")
    if order.codec in SOUND_CODECS and not _heard(film):
        found.append("The film has no sound.")
    if order.subtitles == "stream" and (row is None or order.path.suffix.lower() not in STREAMS):
        found.append("Subtitles can be a stream in MP4, MOV, MKV and WebM only; burn them in, or write a file.")
    if not order.range[0] < order.range[1]:
        found.append("There is nothing to export: the film has no frames there.")
    if missing:
        found.append(f"{missing} media of the film are missing; find them first.")
    if free_bytes < weight(film, order):
        found.append("There is not enough room on the disk.")
    return found


def _sound_weight(codec: str, quality: int, seconds: float) -> int:
    bits, slope = _SOUND_BITS[codec]
    return round(bits * _CHANNELS * 2 ** ((quality - 50) / 100 * slope) * seconds / 8)


def _heard(film: Timeline) -> bool:
    return any(
        isinstance(clip.source, Media) and (clip.source.channels or not clip.source.known)
        for track in film.tracks
        for clip in track.clips
    )

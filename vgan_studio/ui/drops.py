"""What is dragged onto the window: media of the bin by their fingerprints, or files of the desktop."""

from fractions import Fraction
from pathlib import Path

from PySide6.QtCore import QMimeData

from vgan_studio.service.source import Part
from vgan_studio.timeline.values import Timeline

MEDIA_MIME = "application/x-vgan-media"
PART_MIME = "application/x-vgan-part"
_UNKNOWN_S = 4.0  # shown for files, which nobody has looked at yet


def to_mime(fingerprints: list[str]) -> QMimeData:
    """Wrap media of the bin to be dragged."""
    mime = QMimeData()
    mime.setData(MEDIA_MIME, "\n".join(fingerprints).encode())
    return mime


def part_mime(part: Part) -> QMimeData:
    """Wrap a part of a medium of the bin to be dragged."""
    mime = to_mime([part.fingerprint])
    mime.setData(PART_MIME, f"{part.start} {part.seconds}".encode())
    return mime


def part_of(mime: QMimeData) -> Part | None:
    """Give the part of a medium that is dragged; None if all of one, or something else, is."""
    if not mime.hasFormat(PART_MIME):
        return None
    try:
        start, seconds = map(Fraction, bytes(mime.data(PART_MIME).data()).decode().split())
    except (ValueError, ZeroDivisionError):  # of another program
        return None
    return Part(fingerprints_of(mime)[0], start, seconds)


def fingerprints_of(mime: QMimeData) -> list[str]:
    """Give the media of the bin that are dragged; none if files are."""
    return bytes(mime.data(MEDIA_MIME).data()).decode().split("\n") if mime.hasFormat(MEDIA_MIME) else []


def files_of(mime: QMimeData) -> list[Path]:
    """Give the files that are dragged."""
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]


def frames_of(mime: QMimeData, timeline: Timeline) -> int:
    """Give how long what is dragged would be on a timeline."""
    part = part_of(mime)
    if part is not None:
        return max(1, round(part.seconds * timeline.rate))
    names = set(fingerprints_of(mime))
    media = [one for one in timeline.media if one.fingerprint in names]
    seconds = sum(float(one.duration) or 5.0 for one in media) if media else _UNKNOWN_S
    return max(1, round(seconds * timeline.rate))

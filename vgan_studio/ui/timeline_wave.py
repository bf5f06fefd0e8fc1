"""Paint the shape of the sound of all clips of a track at once, as one picture."""

from collections.abc import Iterable
from functools import lru_cache
from math import ceil, floor
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from vgan_studio.service.waveforms import Peaks
from vgan_studio.timeline.values import Clip, Media

from .timeline_page import Page

if TYPE_CHECKING:
    import numpy as np

_EYE = 0.6  # so that what is quiet can be seen, too
_ALPHA = 166
_RIM = 2  # points of a clip's border
Heard = tuple[Clip, QRectF, float]


def waves(painter: QPainter, page: Page, heard: Iterable[Heard]) -> None:
    """Paint how loud clips are.

    Args:
        heard: clips, the place of their sound on the page, all of one top and height, and their opacity.
    """
    wide, found = round((page.width - page.scale.header) * page.ratio), []
    for clip, rect, share in heard:
        first = max(0, ceil((rect.left() + _RIM - page.scale.header) * page.ratio))
        end = min(wide, floor((rect.right() - _RIM - page.scale.header) * page.ratio))
        loud = _loud(page, clip, rect, first, end)
        if loud is not None:
            found.append((first, end, loud, share, rect))
    if not found:
        return
    import numpy as np  # at the first waveform, not before the window is there

    left, area = found[0][0], found[0][-1]
    shown = np.full(found[-1][1] - left, -1, np.float32)  # 0 to 1; below 0 where there is nothing to be seen
    opacity = np.ones_like(shown)
    for first, end, loud, share, _ in found:
        shown[first - left : end - left], opacity[first - left : end - left] = loud, share
    top = floor(area.top() * page.ratio)
    shape = _shape(shown, area.center().y() * page.ratio - top, (area.height() / 2 - 1) * page.ratio, page.ratio)
    pixels = _tints(page.theme.wave)[(shape * opacity * 255).astype(np.uint8)]
    height, width = pixels.shape
    image = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(page.ratio)
    painter.drawImage(QPointF(page.scale.header + left / page.ratio, top / page.ratio), image)


def _loud(page: Page, clip: Clip, rect: QRectF, first: int, end: int) -> "np.ndarray | None":
    """Give how loud a clip is in each column of the page, 0 to 1; None where that is not known, or not to be seen."""
    assert isinstance(clip.source, Media)
    peaks = page.waveforms.get(clip.source) if page.waveforms is not None and clip.speed else None
    if peaks is None or end <= first:
        return None
    step = float(clip.speed / page.timeline.rate) * peaks.rate / page.scale.zoom / page.ratio  # peaks in a column
    start = float(clip.source_in) * peaks.rate
    start += (first - (rect.left() - page.scale.header) * page.ratio) * step
    gain = clip.gain_db if isinstance(clip.gain_db, float | int) else 0.0
    return _columns(peaks, round(start, 3), step, end - first, min(4.0, 10 ** (gain / 20)) / 255)


@lru_cache(maxsize=1024)  # what is scrolled is the same, but for what comes in at the edge
def _columns(peaks: Peaks, start: float, step: float, count: int, share: float) -> "np.ndarray":
    return (peaks.columns(start, step, count) * share).clip(max=1.0)


def _shape(loud: "np.ndarray", middle: float, longest: float, least: float) -> "np.ndarray":
    """Give how much of each pixel is covered: (rows, columns), 0 to 1.

    Args:
        loud: (columns,) 0 to 1, or below 0 for none.
        middle, longest: the height from which the sound goes up and down, and how far, in pixels.
        least: half of the line that silence is.
    """
    import numpy as np

    reach = longest * np.maximum(loud, 0) ** _EYE
    high = np.where(loud < 0, 0, middle - reach - least / 2)
    low = np.where(loud < 0, 0, middle + np.maximum(reach, least / 2) + least / 2)
    rows = np.arange(ceil(middle + longest + least), dtype=np.float32)[:, None]
    return (np.minimum(low, rows + 1) - np.maximum(high, rows)).clip(0, 1)


@lru_cache(maxsize=4)
def _tints(color: str) -> "np.ndarray":
    """Give a colour by how much of it is to be seen, 0 to 255, as premultiplied pixels."""
    import numpy as np

    tint = QColor(color)
    alpha = np.arange(256, dtype=np.uint32) * _ALPHA // 255
    red, green, blue = (alpha * part // 255 for part in (tint.red(), tint.green(), tint.blue()))
    return alpha << 24 | red << 16 | green << 8 | blue

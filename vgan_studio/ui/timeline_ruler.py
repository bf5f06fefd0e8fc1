"""Paint the ruler of the timeline: units, the marked range, markers and the head of the playhead."""

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPolygonF

from vgan_studio.timeline.values import Marker, Timeline

from .cache_bar import HEIGHT, paint_bar
from .lettering import Letters, letters
from .timecode import place
from .timeline_gestures import Flag
from .timeline_page import Page
from .timeline_scale import Scale, ticks

_FLAG = 9
_LONGEST = 120  # points of a marker's name


def ruler(painter: QPainter, page: Page) -> None:
    """Paint the ruler, and the markers on it."""
    scale, theme = page.scale, page.theme
    painter.fillRect(0, 0, page.width, scale.ruler, QColor(theme.panel))
    if page.timeline.range is not None:
        start, end = page.timeline.range
        span = QRectF(scale.x(start), scale.ruler - 5, (end - start) * scale.zoom, 5)
        painter.fillRect(span, QColor(theme.accent))
    written = letters(painter.font())
    label, mark = ticks(scale, page.timeline.rate, written.width("00:00:00:00") + 24)
    names = [_name(scale, written, marker.name, scale.x(marker.frame)) for marker in _seen(page) if marker.name]
    frame = scale.frame(scale.header) // label * label
    last = scale.frame(page.width)
    fine, coarse = QColor(theme.line), QColor(theme.dim)
    while frame <= last:
        x, labelled = scale.x(frame), frame % label == 0
        painter.setPen(coarse if labelled else fine)
        painter.drawLine(QLineF(x, scale.ruler - (12 if labelled else 6), x, scale.ruler))
        if labelled:
            words = place(frame, page.timeline.rate, page.units)
            box = QRectF(x + 4, HEIGHT, written.width(words), written.height)
            if box.right() <= page.width and not any(box.intersects(name) for name in names):
                written.draw(painter, x + 4, HEIGHT, words)
        frame += mark
    paint_bar(painter, page)
    _markers(painter, page, written)


def playhead(painter: QPainter, page: Page) -> None:
    """Paint the head of the playhead, over the ruler's corner, too, where the film begins."""
    x = page.scale.x(page.playhead)
    if x < page.scale.header:
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(page.theme.accent))
    half, foot = 5.5, float(page.scale.ruler)
    head = (QPointF(x - half, foot - 13), QPointF(x + half, foot - 13), QPointF(x + half, foot - 6), QPointF(x, foot),
            QPointF(x - half, foot - 6))  # fmt: skip
    painter.drawPolygon(QPolygonF(head))


def marker_at(scale: Scale, timeline: Timeline, x: float, y: float) -> int | None:
    """Give the index of the marker whose flag is at a place on the ruler, the last one where several are."""
    if not scale.ruler - 16 <= y < scale.ruler or x < scale.header - 2:
        return None
    for index in range(len(timeline.markers) - 1, -1, -1):
        if -3 <= x - scale.x(timeline.markers[index].frame) <= _FLAG + 1:
            return index
    return None


def _markers(painter: QPainter, page: Page, written: Letters) -> None:
    scale = page.scale
    for index, marker in enumerate(page.timeline.markers):
        held = isinstance(page.gesture, Flag) and page.gesture.marker == index
        frame = page.gesture.frame if isinstance(page.gesture, Flag) and held else marker.frame
        x = scale.x(frame)
        if not scale.header - _FLAG <= x <= page.width:
            continue
        color = QColor(marker.color)
        color = color if color.isValid() else QColor("green")
        _flag(painter, x, scale.ruler, color)
        if marker.name:
            words = written.short(marker.name, _LONGEST)
            box = _name(scale, written, marker.name, x)
            painter.fillRect(box, QColor(page.theme.panel))
            painter.setPen(QColor(page.theme.text))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)


def _seen(page: Page) -> list[Marker]:
    """Give the markers of which flag or name may be on the page."""
    first, last = page.scale.frame(page.scale.header - 2 * _LONGEST), page.scale.frame(page.width)
    return [marker for marker in page.timeline.markers if first <= marker.frame <= last]


def _name(scale: Scale, written: Letters, name: str, x: float) -> QRectF:
    """Give the place of a marker's name, beside its flag at x."""
    width = min(_LONGEST, written.width(name)) + 6
    return QRectF(x + _FLAG + 1, scale.ruler - 15, width, 15)


def _flag(painter: QPainter, x: float, foot: int, color: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawPolygon(
        QPolygonF((QPointF(x, foot), QPointF(x, foot - 13), QPointF(x + _FLAG, foot - 9.5), QPointF(x, foot - 6)))
    )

"""Paint the volume and the ramps of the sound of clips, and find what of them is under the pointer."""

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from vgan_studio.timeline.curve import Curve
from vgan_studio.timeline.values import Clip, Media, Timeline

from .timeline_gestures import Fading, Gain, Zone
from .timeline_page import Page, glass
from .timeline_scale import Row, Scale

LOUDEST_DB, QUIETEST_DB = 12.0, -36.0
_WIDE = 56.0  # points; narrower clips have no handles
_TALL = 14.0
_REACH = 6.0


def heard(clip: Clip) -> bool:
    """Tell whether a clip has sound of its own."""
    return isinstance(clip.source, Media) and clip.source.channels > 0 and not clip.muted


def area(scale: Scale, timeline: Timeline, row: Row, clip: Clip) -> QRectF:
    """Give the place of a clip's sound: all below its name, or the lower part of pictures."""
    rect = scale.rect(row, clip.start, clip.end).adjusted(0, scale.unit + 3, -1, -2)
    if timeline.tracks[row.track].kind == "video":
        rect.setTop(rect.bottom() - rect.height() * 0.5)
    return rect


def zone_at(scale: Scale, timeline: Timeline, row: Row, clip: Clip, place: QPointF) -> Zone | None:
    """Give the handle at a place: "fade_in", "fade_out" or "gain"; None if there is none."""
    rect = area(scale, timeline, row, clip)
    if not heard(clip) or rect.width() < _WIDE or rect.height() < _TALL:
        return None
    for zone, corner in zip(("fade_in", "fade_out"), _corners(rect, scale, *fades(clip)), strict=True):
        if abs(place.x() - corner.x()) <= _REACH and -_REACH <= place.y() - corner.y() <= _REACH + 2:
            return "fade_in" if zone == "fade_in" else "fade_out"
    if not isinstance(clip.gain_db, Curve) and abs(place.y() - _level(rect, clip.gain_db)) <= 3:
        return "gain"
    return None


def fades(clip: Clip) -> tuple[int, int]:
    """Give the frames of a clip over which its sound comes up and goes down."""
    rise, fall = clip.fade_in, clip.fade_out
    up = min(max(0, rise.at + rise.duration), clip.duration) if rise else 0
    down = min(max(0, clip.duration - fall.at), clip.duration - up) if fall else 0
    return up, down


def gain_at(scale: Scale, timeline: Timeline, row: Row, clip: Clip, y: float) -> float:
    """Give the volume whose line is at a height, in steps of half a decibel; at the bottom it is -60 dB."""
    rect = area(scale, timeline, row, clip)
    share = (rect.bottom() - y) / max(1.0, rect.height())
    if share <= 0.01:
        return -60.0
    level = QUIETEST_DB + (LOUDEST_DB - QUIETEST_DB) * min(1.0, share)
    return round(level * 2) / 2


def heard_at(scale: Scale, timeline: Timeline, row: Row, clip: Clip) -> QRectF | None:
    """Give the place where a clip's sound is painted; None where it has none, or there is no room."""
    if not heard(clip):
        return None
    rect = area(scale, timeline, row, clip)
    return rect if rect.height() >= 8 and rect.width() >= 12 else None


def sound(painter: QPainter, page: Page, rect: QRectF, clip: Clip) -> None:
    """Paint what is done to the sound of a clip, over its shape."""
    gesture = page.gesture
    if isinstance(gesture, Fading) and gesture.picture:  # which is not about the sound
        gesture = None
    up, down = fades(clip)
    if isinstance(gesture, Fading) and gesture.clip == clip.id:
        up, down = gesture.fade_in, gesture.fade_out
    if up or down:
        _ramps(painter, page, rect, up, down)
    held = isinstance(gesture, Gain | Fading) and gesture.clip == clip.id
    if (
        rect.width() < _WIDE
        or rect.height() < _TALL
        or not (clip.id in page.selection or clip.id == page.hover or held)
    ):
        return
    _line(painter, page, clip, rect, gesture.gain_db if isinstance(gesture, Gain) and held else None)
    painter.setPen(QPen(QColor(page.theme.clip_text), 1))
    painter.setBrush(QColor(page.theme.accent))
    for corner in _corners(rect, page.scale, up, down):
        painter.drawEllipse(corner, 4, 4)


def _ramps(painter: QPainter, page: Page, rect: QRectF, up: int, down: int) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(glass(page.theme.window, 120))
    if up:
        corner = QPointF(rect.left() + up * page.scale.zoom, rect.top())
        painter.drawPolygon(QPolygonF((rect.topLeft(), corner, rect.bottomLeft())))
    if down:
        corner = QPointF(rect.right() - down * page.scale.zoom, rect.top())
        painter.drawPolygon(QPolygonF((rect.topRight(), corner, rect.bottomRight())))


def _line(painter: QPainter, page: Page, clip: Clip, rect: QRectF, gain_db: float | None) -> None:
    painter.setPen(QPen(QColor(page.theme.accent), 1.2))
    left, right = max(rect.left(), float(page.scale.header)), min(rect.right(), float(page.width))
    if isinstance(clip.gain_db, Curve):
        points = []
        for x in range(int(left), int(right), 4):
            value = clip.gain_db.at(round((x - rect.left()) / page.scale.zoom))
            points.append(QPointF(x, _level(rect, value if isinstance(value, float | int) else 0.0)))
        painter.drawPolyline(QPolygonF(points))
        return
    level = clip.gain_db if gain_db is None else gain_db
    y = _level(rect, level)
    painter.drawLine(QLineF(left, y, right, y))
    if gain_db is not None:
        painter.setPen(QColor(page.theme.clip_text))
        painter.drawText(QPointF(max(left, rect.left()) + 8, y - 3), f"{level:+.1f} dB")


def _level(rect: QRectF, gain_db: float) -> float:
    share = (min(LOUDEST_DB, max(QUIETEST_DB, gain_db)) - QUIETEST_DB) / (LOUDEST_DB - QUIETEST_DB)
    return rect.bottom() - share * rect.height()


def _corners(rect: QRectF, scale: Scale, up: int, down: int) -> tuple[QPointF, QPointF]:
    inset = 7.0  # so that a handle does not lie on the edge that trims
    left = min(max(rect.left() + inset, rect.left() + up * scale.zoom), rect.right() - inset)
    right = max(min(rect.right() - inset, rect.right() - down * scale.zoom), rect.left() + inset)
    return QPointF(left, rect.top() + 4), QPointF(right, rect.top() + 4)

"""Paint how the pictures of clips come up and go away, and find the handles by which that is changed.

They lie at the upper corners of the pictures; those of the sound lie lower, at the upper corners of the sound.
"""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from vgan_studio.timeline.fading import picture_fades
from vgan_studio.timeline.values import Clip, EffectCall, Timeline

from .timeline_gestures import Fading, Zone
from .timeline_page import Page, glass
from .timeline_scale import Row, Scale
from .timeline_sound import area, heard

_WIDE, _TALL = 56.0, 12.0  # points; smaller clips have no handles
_REACH = 6.0
_INSET, _EDGE = 8.0, 4.0  # so that a handle does not lie on the edge that trims, which is left free


def shown(timeline: Timeline, row: Row, clip: Clip) -> bool:
    """Tell whether a clip has pictures of its own."""
    return timeline.tracks[row.track].kind == "video" and (isinstance(clip.source, EffectCall) or clip.source.width > 0)


def picture_area(scale: Scale, timeline: Timeline, row: Row, clip: Clip) -> QRectF:
    """Give the place of a clip's pictures: all below its name, but for its sound."""
    rect = scale.rect(row, clip.start, clip.end).adjusted(0, scale.unit + 3, -1, -2)
    sound = area(scale, timeline, row, clip)
    if heard(clip) and sound.height() >= _TALL:
        rect.setBottom(sound.top())
    return rect


def light_at(scale: Scale, timeline: Timeline, row: Row, clip: Clip, place: QPointF) -> Zone | None:
    """Give the handle of the picture at a place: "light_in" or "light_out"; None if there is none."""
    rect, fades = picture_area(scale, timeline, row, clip), picture_fades(clip)
    if fades is None or not shown(timeline, row, clip) or rect.width() < _WIDE or rect.height() < _TALL:
        return None
    if not _EDGE <= place.x() - rect.left() <= rect.width() - _EDGE:
        return None
    left, right = _corners(rect, scale, fades.up, fades.down)
    names: tuple[tuple[Zone, QPointF], ...] = (("light_in", left), ("light_out", right))
    for zone, corner in names:
        if abs(place.x() - corner.x()) <= _REACH and -_REACH <= place.y() - corner.y() <= _REACH:
            return zone
    return None


def light(painter: QPainter, page: Page, row: Row, clip: Clip) -> None:
    """Paint the fades of a clip's picture, and their handles where it is selected or below the pointer."""
    fades = picture_fades(clip)
    if fades is None or not shown(page.timeline, row, clip):
        return
    rect, gesture = picture_area(page.scale, page.timeline, row, clip), page.gesture
    held = isinstance(gesture, Fading) and gesture.picture and gesture.clip == clip.id
    up, down = (gesture.fade_in, gesture.fade_out) if isinstance(gesture, Fading) and held else (fades.up, fades.down)
    if rect.width() < 12 or rect.height() < 8:
        return
    if up or down:
        _ramps(painter, page, rect, up, down)
    handles = clip.id in page.selection or clip.id == page.hover or held
    if not handles or rect.width() < _WIDE or rect.height() < _TALL:
        return
    painter.setPen(QPen(QColor(page.theme.window), 1))
    painter.setBrush(QColor(page.theme.clip_text))
    for corner in _corners(rect, page.scale, up, down):
        painter.drawRect(QRectF(corner.x() - 3.5, corner.y() - 3.5, 7, 7))


def _ramps(painter: QPainter, page: Page, rect: QRectF, up: int, down: int) -> None:
    """Darken what is not seen yet, or no more, and draw the line of the opacity."""
    sides = ((up, rect.left(), rect.left() + up * page.scale.zoom),
             (down, rect.right(), rect.right() - down * page.scale.zoom))  # fmt: skip
    for frames, edge, inner in sides:
        if frames:
            foot, top = QPointF(edge, rect.bottom()), QPointF(inner, rect.top())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(glass(page.theme.window, 150))
            painter.drawPolygon(QPolygonF((QPointF(edge, rect.top()), top, foot)))
            painter.setPen(QPen(QColor(page.theme.clip_text), 1))
            painter.drawLine(foot, top)


def _corners(rect: QRectF, scale: Scale, up: int, down: int) -> tuple[QPointF, QPointF]:
    left = min(max(rect.left() + _INSET, rect.left() + up * scale.zoom), rect.right() - _INSET)
    right = max(min(rect.right() - _INSET, rect.right() - down * scale.zoom), rect.left() + _INSET)
    return QPointF(left, rect.top() + 4), QPointF(right, rect.top() + 4)

"""The lanes of keys under a clip: where they are, and how they are painted."""

from bisect import bisect_left, bisect_right
from itertools import pairwise

from PySide6.QtCore import QCoreApplication, QLineF, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QPolygonF

from vgan_studio.effects.params import Number, Numbers
from vgan_studio.effects.spec import REGISTRY
from vgan_studio.timeline.curve import Key
from vgan_studio.timeline.effects import call_at
from vgan_studio.timeline.keys import VOLUME, Line, Spot, curves, span
from vgan_studio.timeline.values import Clip

from .timeline_gestures import Keys
from .timeline_page import Lane, Page, glass
from .timeline_scale import Row
from .units import Unit
from .units import unit as unit_of
from .words import named, said

_REACH = 7.0
_HALF = 4.5  # of a diamond


def lanes(clip: Clip) -> tuple[Lane, ...]:
    """Give the lanes of a clip: one for each parameter that has keys."""
    return tuple(Lane(line, curve, _words(clip, line), span(clip, line)) for line, curve in curves(clip))


def lane_rect(page: Page, number: int) -> QRectF:
    """Give the place of a lane on the page, as wide as its clip or the transition."""
    assert page.laned is not None
    row, span = _row(page), page.lanes[number].span
    top = page.scale.y(row) + row.height + number * page.scale.lane
    left = page.scale.x(page.laned.start + span.start)
    return QRectF(left, top, len(span) * page.scale.zoom, page.scale.lane)


def lane_at(page: Page, x: float, y: float) -> int | None:
    """Give the number of the lane at a place; None beside them all."""
    if page.laned is None or y < page.scale.ruler or x < page.scale.header:
        return None
    first = lane_rect(page, 0)
    number = int((y - first.top()) // page.scale.lane)
    return number if 0 <= number < len(page.lanes) else None


def spot_at(page: Page, x: float, y: float) -> Spot | None:
    """Give the key at a place."""
    number = lane_at(page, x, y)
    if number is None or page.laned is None:
        return None
    lane = page.lanes[number]
    near = [(abs(_x(page, key.frame) - x), key.frame) for key in _seen(page, lane, _REACH)]
    distance, frame = min(near, default=(_REACH + 1, 0))
    return (*lane.line, frame) if distance <= _REACH else None


def spots_of(page: Page) -> frozenset[Spot]:
    """Give all keys of the lanes."""
    return frozenset((*lane.line, key.frame) for lane in page.lanes for key in lane.curve.keys)


def tip_at(page: Page, x: float, y: float) -> str:
    """Say what a key at a place holds; "" where there is none."""
    spot = spot_at(page, x, y)
    for lane in page.lanes if spot is not None else ():
        for key in lane.curve.keys:
            if (*lane.line, key.frame) == spot:
                values, unit = key.value if isinstance(key.value, tuple) else (key.value,), _unit(page, lane)
                return f"{lane.words}  " + ", ".join(f"{value * unit.factor:.4g}{unit.suffix}" for value in values)
    return ""


def paint_lanes(painter: QPainter, page: Page) -> None:
    """Paint the lanes of the selected clip, of which only the keys that can be seen."""
    if page.laned is None or not page.lanes:
        return
    painter.save()
    painter.setClipRect(QRectF(page.scale.header, page.scale.ruler, page.width, page.height))
    for number, lane in enumerate(page.lanes):
        _lane(painter, page, lane, lane_rect(page, number))
    painter.restore()


def paint_names(painter: QPainter, page: Page) -> None:
    """Paint the names of the lanes into the column of headers."""
    if page.laned is None:
        return
    metrics = QFontMetrics(painter.font())
    for number, lane in enumerate(page.lanes):
        top = round(lane_rect(page, number).top())
        painter.fillRect(QRect(0, top, page.scale.header - 3, page.scale.lane - 1), QColor(page.theme.panel))
        room = QRect(10, top, page.scale.header - 18, page.scale.lane - 1)
        painter.setPen(QColor(page.theme.dim))
        fits = metrics.horizontalAdvance(lane.words) <= room.width()
        words = lane.words if fits else lane.words.split(": ")[-1]
        words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)


def _lane(painter: QPainter, page: Page, lane: Lane, rect: QRectF) -> None:
    seen = rect.intersected(QRectF(page.scale.header - 8, rect.y(), page.width + 16, rect.height()))
    painter.fillRect(seen.adjusted(0, 0, -1, -1), glass(page.theme.raised, 255))
    gesture, middle = page.gesture, rect.center().y() - 0.5
    keys = []
    for key in _seen(page, lane, 400.0):
        spot = (*lane.line, key.frame)
        held = isinstance(gesture, Keys) and spot in gesture.spots
        by = gesture.by if isinstance(gesture, Keys) and held else 0
        keys.append((_x(page, key.frame + by), key, held or spot in page.keys))
    keys.sort(key=lambda one: one[0])
    for (x0, key, _), (x1, _, _) in pairwise(keys):
        style = Qt.PenStyle.DotLine if key.ease == "hold" else Qt.PenStyle.SolidLine
        painter.setPen(QPen(QColor(page.theme.dim), 1, style))
        painter.drawLine(QLineF(x0, middle, x1, middle))
    for x, key, chosen in keys:
        painter.setPen(QPen(QColor(page.theme.window), 1))
        painter.setBrush(QColor(page.theme.text if chosen else page.theme.accent))
        _diamond(painter, QPointF(x, middle), key)


def _diamond(painter: QPainter, at: QPointF, key: Key) -> None:
    """Paint a key: a diamond goes on straight, a disc smoothly, a square holds."""
    box = QRectF(at.x() - _HALF, at.y() - _HALF, 2 * _HALF, 2 * _HALF)
    if key.ease == "ease":
        painter.drawEllipse(box)
    elif key.ease == "hold":
        painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
    else:
        half = _HALF + 1
        ends = (QPointF(0, -half), QPointF(half, 0), QPointF(0, half), QPointF(-half, 0))
        painter.drawPolygon(QPolygonF([at + end for end in ends]))


def _seen(page: Page, lane: Lane, margin: float) -> tuple[Key, ...]:
    """Give the keys of a lane's frames that are on the page, and those some points beside it."""
    assert page.laned is not None
    start, scale, keys = page.laned.start, page.scale, lane.curve.keys
    first = max(lane.span.start, scale.frame(scale.header - margin) - start)
    last = min(lane.span.stop - 1, scale.frame(page.width + margin) - start)
    low = bisect_left(keys, first, key=lambda key: key.frame)
    high = bisect_right(keys, last, key=lambda key: key.frame)
    return keys[low:high]


def _x(page: Page, frame: int) -> float:
    """Give the place of a key: the middle of its frame where frames are wide."""
    assert page.laned is not None
    return page.scale.x(page.laned.start + frame) + min(page.scale.zoom / 2, 6.0)


def _row(page: Page) -> Row:
    return next(row for row in page.scale.rows(page.timeline) if row.track == page.scale.laned)


def _unit(page: Page, lane: Lane) -> Unit:
    """Give how the numbers of a lane are shown; as they are while the effects are not known."""
    index, name = lane.line
    if index == VOLUME or page.laned is None:
        return Unit(suffix=" dB")
    effect = REGISTRY.get(call_at(page.laned, index).id)
    param = effect.params.get(name) if effect is not None else None
    return unit_of(param) if isinstance(param, Number | Numbers) else Unit()


def _words(clip: Clip, line: Line) -> str:
    index, name = line
    if index == VOLUME:
        return QCoreApplication.translate("Lanes", "Volume")
    call = call_at(clip, index)
    return f"{said(call.id.split('.')[-1].capitalize())}: {named(name)}"

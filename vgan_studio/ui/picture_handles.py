"""Handles over the picture: a clip's picture is moved, scaled, turned and cropped by the mouse."""

from math import atan2, degrees, hypot

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from vgan_studio.render.placing import Point

from .picture_pull import CORNERS, SIDES, Grip, Posed, Pull, Pulled, pulled

_GRIP, _SNAP = 9.0, 7.0  # points
_STALK = 26.0
_THRESHOLD = 4
_TURNED = {"nw": 45.0, "n": 90.0, "ne": 135.0, "e": 180.0, "se": 225.0, "s": 270.0, "sw": 315.0, "w": 0.0}
_SHAPES = (
    Qt.CursorShape.SizeHorCursor, Qt.CursorShape.SizeFDiagCursor, Qt.CursorShape.SizeVerCursor,
    Qt.CursorShape.SizeBDiagCursor,
)  # fmt: skip


class PictureHandles(QObject):
    """The overlay that shapes where a picture lies; owned by the GUI thread.

    Attributes:
        changed: it is to be painted anew.
        wished: the grip that is held, and the values of the effect's parameters; while the mouse is held.
        sealed: the gesture is over.
        held: the modifiers of the last event of the mouse.
        snapping: lines of the canvas attract.
    """

    changed = Signal()
    wished = Signal(str, object)
    sealed = Signal()

    def __init__(self, canvas: QWidget, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._posed: Posed | None = None
        self._first: Posed | None = None  # as it was when the handle was taken
        self._grip: Grip | None = None
        self._start = QPointF()
        self._moved = False
        self._met = Pulled()
        self.held = Qt.KeyboardModifier.NoModifier
        self.snapping = True

    @property
    def posed(self) -> Posed | None:
        """What is shown."""
        return self._posed

    @property
    def pulling(self) -> bool:
        """A handle is on its way."""
        return self._grip is not None and self._moved

    def show_posed(self, posed: Posed | None) -> None:
        """Show handles for a picture; None for none."""
        if posed is None and self._posed is not None:
            self.let_go()
            self._canvas.unsetCursor()
        if posed != self._posed:
            self._posed = posed
            self.changed.emit()

    def let_go(self) -> None:
        """Forget the handle that is held, without a word."""
        self._grip, self._first, self._moved, self._met = None, None, False, Pulled()
        self.changed.emit()

    def paint(self, painter: QPainter, place: QRectF) -> None:
        """Paint the outline, its handles and the lines that were met."""
        if self._posed is None:
            return
        outline = QPolygonF([_at(place, point) for point in self._posed.outline])
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_met(painter, place)
        light = QColor("#5cc8ff") if self._canvas.hasFocus() else QColor("white")
        grips = self._grips(place)
        for pen in (QPen(QColor(0, 0, 0, 150), 3), QPen(light, 1.3)):
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolygon(outline)
            if "turn" in grips:
                painter.drawLine(_middle(outline.at(0), outline.at(1)), grips["turn"])
        painter.setPen(QPen(QColor(0, 0, 0, 210), 1))
        painter.setBrush(light)
        for name, point in grips.items():
            if name == "turn":
                painter.drawEllipse(point, 5, 5)
            else:
                painter.drawRect(QRectF(point.x() - 4, point.y() - 4, 8, 8))
        painter.restore()

    def press(self, point: QPointF, place: QRectF) -> bool:
        """Take hold of the nearest handle, or of the picture itself."""
        self._grip = self._under(point, place)
        self._first, self._start, self._moved = self._posed, point, False
        if self._grip is not None:
            self._canvas.setFocus(Qt.FocusReason.MouseFocusReason)
        return self._grip is not None

    def move(self, point: QPointF, place: QRectF) -> bool:
        """Pull the handle along, or show by the pointer's shape what a press would do."""
        if self._first is None or self._grip is None:
            self._point(point, place)
            return False
        way = point - self._start
        if not self._moved and abs(way.x()) + abs(way.y()) < _THRESHOLD:
            return True
        self._moved = True
        free = bool(self.held & Qt.KeyboardModifier.ShiftModifier)
        middle = bool(self.held & Qt.KeyboardModifier.AltModifier)
        snaps = self.snapping and not self.held & Qt.KeyboardModifier.ControlModifier
        reach = (_SNAP / place.width(), _SNAP / place.height()) if snaps else (0.0, 0.0)
        pull = Pull(self._grip, _share(place, self._start), _share(place, point), free, middle, reach)
        self._met = pulled(self._first, pull)
        if self._met.values:
            self.wished.emit(self._grip, self._met.values)
        self.changed.emit()
        return True

    def release(self) -> None:
        """Let go of the handle."""
        moved = self.pulling
        self.let_go()
        if moved:
            self.sealed.emit()

    def _grips(self, place: QRectF) -> dict[Grip, QPointF]:
        """Give the places of the handles, by name."""
        posed = self._posed
        if posed is None:
            return {}
        points = [_at(place, point) for point in posed.outline]
        found: dict[Grip, QPointF] = dict(zip(CORNERS, points, strict=True))
        tops = [_middle(points[number], points[(number + 1) % 4]) for number in range(4)]
        if posed.kind == "crop":
            found.update(zip(SIDES, tops, strict=True))
        else:
            found["turn"] = _beyond(tops[0], tops[2], self._canvas.rect())
        return found

    def _under(self, point: QPointF, place: QRectF) -> Grip | None:
        if self._posed is None:
            return None
        near = [(hypot(at.x() - point.x(), at.y() - point.y()), name) for name, at in self._grips(place).items()]
        nearest = min(near)
        if nearest[0] <= _GRIP:
            return nearest[1]
        outline = QPolygonF([_at(place, corner) for corner in self._posed.outline])
        return "body" if outline.containsPoint(point, Qt.FillRule.WindingFill) else None

    def _point(self, point: QPointF, place: QRectF) -> None:
        if self._posed is None:
            return
        grip = self._under(point, place)
        if grip is None:
            self._canvas.unsetCursor()
        elif grip in ("body", "turn"):
            self._canvas.setCursor(Qt.CursorShape.SizeAllCursor if grip == "body" else Qt.CursorShape.CrossCursor)
        else:
            outline = [_at(place, corner) for corner in self._posed.outline]
            edge = outline[1] - outline[0]
            turn = _TURNED[grip] + degrees(atan2(edge.y(), edge.x()))
            self._canvas.setCursor(_SHAPES[round(turn / 45) % 4])

    def _paint_met(self, painter: QPainter, place: QRectF) -> None:
        painter.setPen(QPen(QColor("#ff5ca8"), 1.2, Qt.PenStyle.DashLine))
        if self._met.across is not None:
            x = place.x() + self._met.across * place.width()
            painter.drawLine(QPointF(x, place.top()), QPointF(x, place.bottom()))
        if self._met.down is not None:
            y = place.y() + self._met.down * place.height()
            painter.drawLine(QPointF(place.left(), y), QPointF(place.right(), y))


def _beyond(top: QPointF, bottom: QPointF, room: QRect) -> QPointF:
    """Give the place of the handle that turns: above the upper edge, below it where there is no room."""
    way = top - bottom
    length = hypot(way.x(), way.y())
    way = way / length if length > 1 else QPointF(0, -1)
    found = top + way * _STALK
    return found if QRectF(room).adjusted(6, 6, -6, -6).contains(found) else top - way * _STALK


def _at(place: QRectF, point: Point) -> QPointF:
    return QPointF(place.x() + point[0] * place.width(), place.y() + point[1] * place.height())


def _share(place: QRectF, point: QPointF) -> Point:
    return (point.x() - place.x()) / max(1.0, place.width()), (point.y() - place.y()) / max(1.0, place.height())


def _middle(a: QPointF, b: QPointF) -> QPointF:
    return (a + b) / 2

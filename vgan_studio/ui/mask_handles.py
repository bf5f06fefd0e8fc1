"""Handles over the picture: the mask of a GAN effect, to be moved and shaped by the mouse."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, hypot, sin, tau

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from vgan_studio.render.placing import Affine

Numbers = tuple[float, ...]
_GRIP = 9.0
_LEAST = 0.01
_ROUND = 72  # points of an ellipse


@dataclass(frozen=True, slots=True)
class Shape:
    """A mask as it is at the playhead: fractions of the clip's own picture.

    Attributes:
        kind: "rectangle", "ellipse" or "polygon".
        center, size: of a rectangle or an ellipse.
        points: of a polygon, x0, y0, x1, y1, …
    """

    kind: str
    center: Numbers
    size: Numbers
    points: Numbers


class MaskHandles(QObject):
    """The overlay that shapes masks; owned by the GUI thread.

    Attributes:
        changed: it is to be painted anew.
        wished: the name of a parameter, and its value; one after the other while the mouse is held.
        sealed: the gesture is over.
    """

    changed = Signal()
    wished = Signal(str, object)
    sealed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shape: Shape | None = None
        self._onto = Affine()
        self._held: int | None = None
        self._offset = QPointF()

    def show_shape(self, shape: Shape | None, onto: Affine) -> None:
        """Show a mask on a picture; None for none.

        Args:
            onto: from fractions of that picture to fractions of the canvas.
        """
        self._shape, self._onto = shape, onto
        self.changed.emit()

    def paint(self, painter: QPainter, place: QRectF) -> None:
        """Paint the outline and its handles."""
        shape = self._shape
        if shape is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for pen in (QPen(QColor(0, 0, 0, 160), 3), QPen(QColor("white"), 1.2, Qt.PenStyle.DashLine)):
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolygon(QPolygonF([self._at(place, point) for point in self._line(shape)]))
        painter.setPen(QPen(QColor(0, 0, 0, 200), 1))
        painter.setBrush(QColor("white"))
        for handle in self._handles(shape):
            painter.drawEllipse(self._at(place, handle), 4.5, 4.5)
        painter.restore()

    def press(self, point: QPointF, place: QRectF) -> bool:
        """Take hold of the nearest handle, if one is near."""
        self._held = None
        if self._shape is None:
            return False
        handles = self._handles(self._shape)
        found = [(_apart(point, self._at(place, handle)), index) for index, handle in enumerate(handles)]
        nearest = min(found)
        if nearest[0] <= _GRIP:
            self._held = nearest[1]
        return self._held is not None

    def move(self, point: QPointF, place: QRectF) -> bool:
        """Pull the handle along."""
        back = self._onto.back()
        if self._shape is None or self._held is None or back is None:
            return False
        share = (point.x() - place.x()) / max(place.width(), 1), (point.y() - place.y()) / max(place.height(), 1)
        x, y = (round(one, 4) for one in back(share))
        self.wished.emit(*_pulled(self._shape, self._held, min(2.0, max(-1.0, x)), min(2.0, max(-1.0, y))))
        return True

    def release(self) -> None:
        """Let go of the handle."""
        if self._held is not None:
            self._held = None
            self.sealed.emit()

    def _at(self, place: QRectF, point: tuple[float, float]) -> QPointF:
        """Give where a place of the clip's own picture is on the screen."""
        x, y = self._onto(point)
        return QPointF(place.x() + x * place.width(), place.y() + y * place.height())

    def _corners(self, shape: Shape) -> list[tuple[float, float]]:
        if shape.kind == "polygon":
            return list(zip(shape.points[::2], shape.points[1::2], strict=True))
        (x, y), (width, height) = shape.center, shape.size
        left, right, top, bottom = x - width / 2, x + width / 2, y - height / 2, y + height / 2
        return [(left, top), (right, top), (right, bottom), (left, bottom)]

    def _line(self, shape: Shape) -> list[tuple[float, float]]:
        """Give the outline; that of an ellipse by many points, as it may lie askew."""
        if shape.kind != "ellipse":
            return self._corners(shape)
        (x, y), (width, height) = shape.center, shape.size
        turns = (tau * step / _ROUND for step in range(_ROUND))
        return [(x + width / 2 * cos(turn), y + height / 2 * sin(turn)) for turn in turns]

    def _handles(self, shape: Shape) -> list[tuple[float, float]]:
        """Give the corners of a polygon; else the middle and the lower right corner."""
        corners = self._corners(shape)
        return corners if shape.kind == "polygon" else [(shape.center[0], shape.center[1]), corners[2]]


def _pulled(shape: Shape, handle: int, x: float, y: float) -> tuple[str, Numbers]:
    """Give the parameter that changes when a handle is pulled to a place, and its value."""
    if shape.kind == "polygon":
        points = list(shape.points)
        points[2 * handle : 2 * handle + 2] = [x, y]
        return "mask_points", tuple(points)
    if handle == 0:
        return "mask_center", (x, y)
    size = (2 * abs(x - shape.center[0]), 2 * abs(y - shape.center[1]))
    return "mask_size", tuple(min(3.0, max(_LEAST, length)) for length in size)


def _apart(a: QPointF, b: QPointF) -> float:
    return hypot(a.x() - b.x(), a.y() - b.y())


def numbers(value: object, usual: Sequence[float]) -> Numbers:
    """Give a value as numbers, or what is usual."""
    return tuple(float(one) for one in value) if isinstance(value, tuple) else tuple(usual)

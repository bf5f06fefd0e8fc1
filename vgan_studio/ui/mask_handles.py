"""Handles over the picture: the mask of a GAN effect, to be moved and shaped by the mouse."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from vgan_studio.timeline.values import Clip, Media, Timeline

Numbers = tuple[float, ...]
_GRIP = 9.0
_LEAST = 0.01


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
        self._room = QRectF(0, 0, 1, 1)
        self._held: int | None = None
        self._offset = QPointF()

    def show_shape(self, shape: Shape | None, timeline: Timeline, clip: Clip | None) -> None:
        """Show a mask on a clip's picture; None for none."""
        self._shape, self._room = shape, room_of(timeline, clip)
        self.changed.emit()

    def paint(self, painter: QPainter, place: QRectF) -> None:
        """Paint the outline and its handles."""
        shape = self._shape
        if shape is None:
            return
        inner = self._inner(place)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for pen in (QPen(QColor(0, 0, 0, 160), 3), QPen(QColor("white"), 1.2, Qt.PenStyle.DashLine)):
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            corners = [_at(inner, *point) for point in self._corners(shape)]
            if shape.kind == "ellipse":
                painter.drawEllipse(QRectF(corners[0], corners[2]))
            else:
                painter.drawPolygon(QPolygonF(corners))
        painter.setPen(QPen(QColor(0, 0, 0, 200), 1))
        painter.setBrush(QColor("white"))
        for handle in self._handles(shape):
            painter.drawEllipse(_at(inner, *handle), 4.5, 4.5)
        painter.restore()

    def press(self, point: QPointF, place: QRectF) -> bool:
        """Take hold of the nearest handle, if one is near."""
        self._held = None
        if self._shape is None:
            return False
        inner = self._inner(place)
        found = [(_apart(point, _at(inner, *handle)), index) for index, handle in enumerate(self._handles(self._shape))]
        nearest = min(found)
        if nearest[0] <= _GRIP:
            self._held = nearest[1]
        return self._held is not None

    def move(self, point: QPointF, place: QRectF) -> bool:
        """Pull the handle along."""
        if self._shape is None or self._held is None:
            return False
        inner = self._inner(place)
        x = round((point.x() - inner.x()) / max(inner.width(), 1), 4)
        y = round((point.y() - inner.y()) / max(inner.height(), 1), 4)
        self.wished.emit(*_pulled(self._shape, self._held, min(2.0, max(-1.0, x)), min(2.0, max(-1.0, y))))
        return True

    def release(self) -> None:
        """Let go of the handle."""
        if self._held is not None:
            self._held = None
            self.sealed.emit()

    def _inner(self, place: QRectF) -> QRectF:
        """Give where the clip's own picture lies."""
        room = self._room
        return QRectF(
            place.x() + room.x() * place.width(), place.y() + room.y() * place.height(),
            room.width() * place.width(), room.height() * place.height(),
        )  # fmt: skip

    def _corners(self, shape: Shape) -> list[tuple[float, float]]:
        if shape.kind == "polygon":
            return list(zip(shape.points[::2], shape.points[1::2], strict=True))
        (x, y), (width, height) = shape.center, shape.size
        left, right, top, bottom = x - width / 2, x + width / 2, y - height / 2, y + height / 2
        return [(left, top), (right, top), (right, bottom), (left, bottom)]

    def _handles(self, shape: Shape) -> list[tuple[float, float]]:
        """Give the corners of a polygon; else the middle and the lower right corner."""
        corners = self._corners(shape)
        return corners if shape.kind == "polygon" else [(shape.center[0], shape.center[1]), corners[2]]


def room_of(timeline: Timeline, clip: Clip | None) -> QRectF:
    """Give where a clip's picture lies on the canvas that it is fitted to, in fractions of the canvas."""
    source = clip.source if clip is not None else None
    if not isinstance(source, Media) or not source.height:
        return QRectF(0, 0, 1, 1)
    across = float(source.width * source.sample_aspect)
    scale = min(timeline.width / across, timeline.height / source.height)
    width, height = across * scale / timeline.width, source.height * scale / timeline.height
    return QRectF((1 - width) / 2, (1 - height) / 2, width, height)


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


def _at(inner: QRectF, x: float, y: float) -> QPointF:
    return QPointF(inner.x() + x * inner.width(), inner.y() + y * inner.height())


def _apart(a: QPointF, b: QPointF) -> float:
    return hypot(a.x() - b.x(), a.y() - b.y())


def numbers(value: object, usual: Sequence[float]) -> Numbers:
    """Give a value as numbers, or what is usual."""
    return tuple(float(one) for one in value) if isinstance(value, tuple) else tuple(usual)

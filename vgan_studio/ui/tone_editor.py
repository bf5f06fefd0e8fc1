"""A tone curve, such as of `color.curves`: its points are dragged, set and taken away in a graph."""
# ruff: noqa: N802  (events have Qt's names)

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from vgan_studio.effects.params import Points
from vgan_studio.timeline.values import Value

from .points_editor import PointsEditor

_APART = 0.002  # from point to point across, a little more than the least
_DIGITS = 4
_NEAR = 9.0
_ROOM = 6.0  # around the graph, for half a point
_FINE, _COARSE = 0.01, 0.1  # steps of the arrow keys, the latter with Shift
_ARROWS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1)}
_REMOVES = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class ToneEditor(PointsEditor):
    """A graph of the curve, and below it its points as numbers, for exact ones."""

    def __init__(self, param: Points) -> None:
        super().__init__(param)
        self.graph = ToneGraph(self)
        self._column.insertWidget(0, self.graph)

    @property
    def points(self) -> list[tuple[float, float]]:
        """The points of the curve, from left to right."""
        return list(zip(self._value[::2], self._value[1::2], strict=True))

    @property
    def full(self) -> bool:
        """There can be no more points."""
        return len(self._value) >= 2 * self._param.limit

    def show_value(self, value: Value) -> None:
        """Show points."""
        super().show_value(value)
        self.graph.show_points(self.points)

    def put(self, points: Sequence[tuple[float, float]]) -> None:
        """Wish for other points, if they fit; the gesture goes on."""
        value = tuple(round(one, _DIGITS) for point in points for one in point)
        if value != self._value and self._param.fits(value):
            self.show_value(value)
            self.wished.emit(value)


class ToneGraph(QWidget):
    """Paints the curve from black to white, and hands what is done to its points to the editor."""

    def __init__(self, editor: ToneEditor) -> None:
        super().__init__()
        self._editor = editor
        self._points: list[tuple[float, float]] = []
        self._curve: tuple[QRectF, QPolygonF] | None = None  # where it was last painted, and as what
        self._chosen: int | None = None
        self._held = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(
            self.tr("Press on the curve to set a point, and drag it; a double click takes it away. "
                    "Page up and down choose a point, arrows move it, Delete takes it away.")
        )  # fmt: skip

    def sizeHint(self) -> QSize:
        """Wish for a graph that is high enough to drag in."""
        return QSize(160, self.fontMetrics().height() * 8)

    def show_points(self, points: list[tuple[float, float]]) -> None:
        """Show a curve."""
        if self._chosen is not None and self._chosen >= len(points):
            self._chosen = None
        if points != self._points:
            self._points, self._curve = points, None
            self.update()

    def place(self, x: float, y: float) -> QPointF:
        """Say where a tone x that becomes y lies on the graph."""
        box = self._box()
        return QPointF(box.left() + x * box.width(), box.bottom() - y * box.height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of a point, or set one where the curve is pressed."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        self._editor.sealed.emit()
        self._chosen = self._near(event.position())
        if self._chosen is None and not self._editor.full:
            self._set(*self._tones(event.position()))
        self._held = self._chosen is not None
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag a point, between its neighbours."""
        if self._held and self._chosen is not None:
            self._move(*self._tones(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of a point."""
        del event
        if self._held:
            self._held = False
            self._editor.sealed.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Take a point away."""
        near = self._near(event.position())
        if near is not None and event.button() is Qt.MouseButton.LeftButton:
            self._remove(near)

    def event(self, event: QEvent) -> bool:
        """Keep the keys that move points from the actions of the window while a point is chosen."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._steps(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose a point, move it, take it away."""
        if not self._steps(event):
            super().keyPressEvent(event)
            return
        key, last = event.key(), len(self._points) - 1
        if key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            by = 1 if key == Qt.Key.Key_PageUp else -1
            self._chosen = 0 if self._chosen is None else min(last, max(0, self._chosen + by))
            self.update()
        elif self._chosen is not None and key in _REMOVES:
            self._remove(self._chosen)
        elif self._chosen is not None:
            (x, y), (across, up) = self._points[self._chosen], _ARROWS[Qt.Key(key)]
            step = _COARSE if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else _FINE
            self._move(x + across * step, y + up * step)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a grid of quarters, the line of no change, the curve and its points."""
        del event
        painter, palette, box = QPainter(self), self.palette(), self._box()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(box, palette.base())
        faint = palette.text().color()
        faint.setAlphaF(0.15)
        painter.setPen(QPen(faint, 1))
        for quarter in (0.0, 0.25, 0.5, 0.75, 1.0):
            painter.drawLine(self.place(quarter, 0), self.place(quarter, 1))
            painter.drawLine(self.place(0, quarter), self.place(1, quarter))
        painter.drawLine(self.place(0, 0), self.place(1, 1))
        if not self._points:
            return
        painter.setPen(QPen(palette.highlight(), 1.5))
        painter.drawPolyline(self._line(box))
        for index, point in enumerate(self._points):
            painter.setBrush(palette.text() if index == self._chosen else palette.highlight())
            painter.drawEllipse(self.place(*point), 4, 4)
        painter.end()

    def _steps(self, event: QKeyEvent) -> bool:
        """Tell whether a key does something to the points."""
        key = event.key()
        if event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier):
            return False
        chooses = key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
        return chooses or (self._chosen is not None and (key in _ARROWS or key in _REMOVES))

    def _line(self, box: QRectF) -> QPolygonF:
        if self._curve is None or self._curve[0] != box:
            steps = max(2, round(box.width()) // 2)
            tones = [step / steps for step in range(steps + 1)]
            low, left, high, width = box.bottom(), box.left(), box.height(), box.width()
            became = zip(tones, heights(self._points, tones), strict=True)
            self._curve = box, QPolygonF([QPointF(left + x * width, low - y * high) for x, y in became])
        return self._curve[1]

    def _box(self) -> QRectF:
        return QRectF(self.rect()).adjusted(_ROOM, _ROOM, -_ROOM, -_ROOM)

    def _tones(self, place: QPointF) -> tuple[float, float]:
        box = self._box()
        return (place.x() - box.left()) / max(1.0, box.width()), (box.bottom() - place.y()) / max(1.0, box.height())

    def _near(self, place: QPointF) -> int | None:
        reach = [((self.place(*point) - place).manhattanLength(), index) for index, point in enumerate(self._points)]
        distance, nearest = min(reach, default=(_NEAR + 1, 0))
        return nearest if distance <= _NEAR else None

    def _set(self, x: float, y: float) -> None:
        """Set a point, and choose it; beside another one there is no room."""
        index = bisect_right([one for one, _ in self._points], x)
        points = [*self._points[:index], (x, y), *self._points[index:]]
        if all(right - left >= _APART for (left, _), (right, _) in pairwise(points)):
            self._chosen = index
            self._editor.put([(x, min(1.0, max(0.0, y))) for x, y in points])

    def _move(self, x: float, y: float) -> None:
        assert self._chosen is not None
        index, points = self._chosen, list(self._points)
        low = points[index - 1][0] + _APART if index else 0.0
        high = points[index + 1][0] - _APART if index + 1 < len(points) else 1.0
        points[index] = max(low, min(high, x)), max(0.0, min(1.0, y))
        self._editor.put(points)

    def _remove(self, index: int) -> None:
        if len(self._points) > 2:
            self._held, self._chosen = False, None
            self._editor.sealed.emit()
            self._editor.put([point for number, point in enumerate(self._points) if number != index])
            self._editor.sealed.emit()


def heights(points: Sequence[tuple[float, float]], tones: Sequence[float]) -> list[float]:
    """Give what tones become, as the effect computes it (`effects.curves.curve`), without torch."""
    places = [x for x, _ in points]
    steps = [right - left for left, right in pairwise(places)]
    rises = [(right[1] - left[1]) / step for (left, right), step in zip(pairwise(points), steps, strict=True)]
    slopes = _slopes(steps, rises)
    found = []
    for x in tones:
        i = min(len(steps) - 1, max(0, bisect_right(places, x) - 1))
        t = min(1.0, max(0.0, (x - places[i]) / steps[i]))
        start, end = points[i][1], points[i + 1][1]
        bend = (1 - t) * slopes[i] * steps[i] - t * slopes[i + 1] * steps[i] + (t - (1 - t)) * (end - start)
        found.append(min(1.0, max(0.0, start + t * (end - start) + t * (1 - t) * bend)))
    return found


def _slopes(steps: Sequence[float], rises: Sequence[float]) -> list[float]:
    """Give how steep the curve is at each point: level where it turns, and else a mean that never overshoots."""
    inner = []
    for (left, right), (before, after) in zip(pairwise(steps), pairwise(rises), strict=True):
        share = (left + 2 * right) / (3 * (left + right))
        inner.append(0.0 if before * after <= 0 else before * after / (share * after + (1 - share) * before))
    return [rises[0], *inner, rises[-1]]

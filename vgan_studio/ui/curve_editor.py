"""The curve of a parameter over a clip: its keys are dragged, set and taken away."""
# ruff: noqa: N802  (events have Qt's names)

from dataclasses import replace
from functools import partial
from typing import get_args

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QActionGroup,
    QColor,
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QMenu, QWidget

from vgan_studio.timeline.curve import Curve, Ease, Key, Values

from .theme import Theme

_NEAR = 8.0
_COLORS = ("", "#e06c75", "#98c379", "#61afef")


class CurveEditor(QWidget):
    """Shows a curve, and emits others; frames count from the clip's start.

    Attributes:
        curve_wished: a `Curve`; while a key is dragged, one after the other.
        sealed: the gesture is over.
        seek_wished: a frame of the clip.
    """

    curve_wished = Signal(object)
    sealed = Signal()
    seek_wished = Signal(int)

    def __init__(self, low: float, high: float, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._low, self._high, self._theme = low, high, theme
        self._curve: Curve | None = None
        self._length, self._frame = 1, 0
        self._chosen: tuple[int, int] | None = None  # index of a key, number of a component
        self._held = False
        self.setMinimumHeight(self.fontMetrics().height() * 5)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip(self.tr("Drag a key; a double click sets one or takes it away; the menu says how it goes on."))

    def sizeHint(self) -> QSize:
        """Wish for some room."""
        return QSize(200, self.fontMetrics().height() * 6)

    def show_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        self._theme = theme
        self.update()

    def show_curve(self, curve: Curve, length: int, frame: int) -> None:
        """Show a curve over so many frames, and the playhead."""
        if self._chosen is not None and self._chosen[0] >= len(curve.keys):
            self._chosen = None
        self._curve, self._length, self._frame = curve, max(1, length), frame
        self.update()

    def place(self, index: int, part: int = 0) -> QPointF:
        """Say where a key is."""
        assert self._curve is not None
        key = self._curve.keys[index]
        return QPointF(self._x(key.frame), self._y(_parts(key.value)[part]))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of a key, or go to a frame."""
        self._chosen = self._near(event.position())
        self._held = self._chosen is not None and event.button() is Qt.MouseButton.LeftButton
        if self._chosen is None and event.button() is Qt.MouseButton.LeftButton:
            self.seek_wished.emit(self._frame_at(event.position().x()))
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag a key, between its neighbours."""
        if self._held and self._chosen is not None:
            self._put(self._frame_at(event.position().x()), self._value_at(event.position().y()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of a key."""
        del event
        if self._held:
            self._held = False
            self.sealed.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Take a key away, or set one."""
        if self._curve is None:
            return
        near = self._near(event.position())
        if near is not None:
            self._remove(near[0])
            return
        frame = self._frame_at(event.position().x())
        if all(key.frame != frame for key in self._curve.keys):
            keys = [*self._curve.keys, Key(frame, self._curve.at(frame))]
            self._wish(sorted(keys, key=lambda key: key.frame))
            self.sealed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the chosen key by arrows, and take it away."""
        steps = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1)}
        if self._curve is None or self._chosen is None:
            event.ignore()
        elif event.key() in steps:
            index, part = self._chosen
            key = self._curve.keys[index]
            across, up = steps[Qt.Key(event.key())]
            low, high = self._range()
            self._put(key.frame + across, _parts(key.value)[part] + up * (high - low) / 50)
            self.sealed.emit()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._remove(self._chosen[0])
        else:
            event.ignore()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer how the curve goes on from a key."""
        near = self._near(QPointF(event.pos()))
        if near is not None:
            self.menu(near[0]).exec(event.globalPos())

    def menu(self, index: int) -> QMenu:
        """Make the menu of a key."""
        assert self._curve is not None
        menu = QMenu(self)
        names = {"hold": self.tr("Hold"), "linear": self.tr("Straight"), "ease": self.tr("Smooth")}
        group = QActionGroup(menu)
        for ease in get_args(Ease):
            action = menu.addAction(names[ease], partial(self._ease, index, ease))
            action.setCheckable(True)
            action.setChecked(self._curve.keys[index].ease == ease)
            group.addAction(action)
        menu.addSeparator()
        menu.addAction(self.tr("Remove key"), lambda: self._remove(index))
        return menu

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the curve, a line for each of its numbers, and its keys."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._theme.line), 1))
        painter.setBrush(QColor(self._theme.panel))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        if self._curve is None:
            return
        painter.setPen(QPen(QColor(self._theme.dim), 1, Qt.PenStyle.DotLine))
        x = self._x(self._frame)
        painter.drawLine(QPointF(x, 2), QPointF(x, self.height() - 2))
        for part in range(len(_parts(self._curve.keys[0].value))):
            color = QColor(_COLORS[part % len(_COLORS)] or self._theme.accent)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(color, 1.5))
            painter.drawPath(self._path(part))
            for index in range(len(self._curve.keys)):
                chosen = self._chosen == (index, part)
                painter.setBrush(QColor(self._theme.text) if chosen else color)
                painter.drawEllipse(self.place(index, part), 4, 4)
        painter.end()

    def _path(self, part: int) -> QPainterPath:
        assert self._curve is not None
        path = QPainterPath()
        steps = max(1, min(self.width() // 2, self._length - 1))
        for step in range(steps + 1):
            frame = round(step * (self._length - 1) / steps)
            point = QPointF(self._x(frame), self._y(_parts(self._curve.at(frame))[part]))
            if step:
                path.lineTo(point)
            else:
                path.moveTo(point)
        return path

    def _range(self) -> tuple[float, float]:
        """Give the values at the bottom and at the top: those of the keys, and some room."""
        assert self._curve is not None
        values = [part for key in self._curve.keys for part in _parts(key.value)]
        low, high = min(values), max(values)
        room = max((high - low) * 0.3, min(1.0, (self._high - self._low) * 0.1))
        return max(self._low, low - room), min(self._high, high + room)

    def _x(self, frame: float) -> float:
        return 8 + frame * (self.width() - 16) / max(1, self._length - 1)

    def _y(self, value: float) -> float:
        low, high = self._range()
        return self.height() - 8 - (value - low) * (self.height() - 16) / ((high - low) or 1.0)

    def _frame_at(self, x: float) -> int:
        return min(self._length - 1, max(0, round((x - 8) * max(1, self._length - 1) / max(1, self.width() - 16))))

    def _value_at(self, y: float) -> float:
        low, high = self._range()
        return low + (self.height() - 8 - y) * (high - low) / max(1, self.height() - 16)

    def _near(self, place: QPointF) -> tuple[int, int] | None:
        if self._curve is None:
            return None
        found = [
            ((self.place(index, part) - place).manhattanLength(), (index, part))
            for index, key in enumerate(self._curve.keys)
            for part in range(len(_parts(key.value)))
        ]
        distance, nearest = min(found)
        return nearest if distance <= _NEAR else None

    def _put(self, frame: int, value: float) -> None:
        """Put the chosen key elsewhere, between its neighbours and within what is allowed."""
        assert self._curve is not None and self._chosen is not None
        index, part = self._chosen
        keys = list(self._curve.keys)
        first = keys[index - 1].frame + 1 if index else min(0, keys[index].frame)
        last = keys[index + 1].frame - 1 if index + 1 < len(keys) else max(self._length - 1, keys[index].frame)
        parts = list(_parts(keys[index].value))
        parts[part] = round(min(self._high, max(self._low, value)), 4)
        shaped: Values = tuple(parts) if isinstance(keys[index].value, tuple) else parts[0]
        keys[index] = replace(keys[index], frame=min(last, max(first, frame)), value=shaped)
        self._wish(keys)

    def _ease(self, index: int, ease: Ease) -> None:
        assert self._curve is not None
        keys = list(self._curve.keys)
        keys[index] = replace(keys[index], ease=ease)
        self._wish(keys)
        self.sealed.emit()

    def _remove(self, index: int) -> None:
        assert self._curve is not None
        keys = [key for number, key in enumerate(self._curve.keys) if number != index]
        if keys:
            self._chosen = None
            self._wish(keys)
            self.sealed.emit()

    def _wish(self, keys: list[Key]) -> None:
        self.curve_wished.emit(Curve(tuple(keys)))


def _parts(value: Values) -> tuple[float, ...]:
    return value if isinstance(value, tuple) else (value,)

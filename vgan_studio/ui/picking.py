"""A colour is taken from the picture in the viewer: of the film's own pixel, not of the screen's."""
# ruff: noqa: N802  (events have Qt's names)

from typing import Protocol

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFontMetrics, QImage, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QApplication

from .stage import Stage

_PATIENCE_MS = 20_000

Rgb = tuple[float, float, float]


class Taker(Protocol):
    """What wants a colour."""

    def take(self, color: Rgb) -> None:
        """Take a colour, each part from 0 to 1."""

    def show_picking(self, on: bool) -> None:
        """Show whether it waits for one."""


class Picking(QObject):
    """Waits for a click in the picture, and hands its colour over; owned by the GUI thread.

    Attributes:
        swatch: the overlay.
    """

    def __init__(self, window: Stage) -> None:
        assert isinstance(window, QObject)
        super().__init__(window)
        self._window = window
        self._taker: Taker | None = None
        self._asked: tuple[float, float, int] | None = None
        self._held = Qt.KeyboardModifier.NoModifier
        self.swatch = Swatch(self)
        self.swatch.pressed.connect(self._press)
        self.swatch.changed.connect(window.viewer.canvas.update)
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(_PATIENCE_MS)
        self._late.timeout.connect(self._give_up)
        window.preview.whole.connect(self._take)
        window.preview.turned.connect(self.end)
        window.inspector.pick_wished.connect(self.begin)
        window.viewer.canvas.installEventFilter(self)

    def begin(self, taker: Taker) -> None:
        """Wait for a click; a second wish of the same one ends that."""
        again = taker is self._taker
        self.end()
        if again or self._window.viewer.canvas.image.isNull():
            taker.show_picking(False)
            return
        self._taker = taker
        taker.show_picking(True)
        self.swatch.show_image(self._window.viewer.canvas.image)
        self._window.viewer.canvas.setCursor(Qt.CursorShape.CrossCursor)
        self._window.tell(self.tr("Click in the picture; Shift takes the mean of 3 × 3 pixels, Escape cancels."))
        app = QApplication.instance()
        assert app is not None
        app.installEventFilter(self)

    def end(self) -> None:
        """Wait no longer."""
        if self._taker is None:
            return
        if shiboken6.isValid(self._taker):
            self._taker.show_picking(False)
        self._taker, self._asked = None, None
        self._late.stop()
        self._window.preview.want_no_whole()
        self.swatch.show_image(QImage())
        self._window.tell("")  # what to do now is no longer so
        self._window.viewer.canvas.unsetCursor()
        app = QApplication.instance()
        assert app is not None
        app.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Know the modifiers of the mouse; Escape ends it wherever the keyboard is."""
        if isinstance(event, QMouseEvent) and watched is self._window.viewer.canvas:
            self._held = event.modifiers()
        if isinstance(event, QKeyEvent) and self._taker is not None and event.key() == Qt.Key.Key_Escape:
            if event.type() == QEvent.Type.KeyPress:
                self.end()
            event.accept()
            return True
        return super().eventFilter(watched, event)

    def _press(self, x: float, y: float) -> None:
        if self._taker is not None and self._asked is None:
            self._asked = x, y, 1 if self._held & Qt.KeyboardModifier.ShiftModifier else 0
            self._late.start()
            self._window.preview.want_whole()

    def _give_up(self) -> None:
        self.end()
        self._window.tell(self.tr("The picture was not ready in time: no colour was taken."), bad=True)

    def _take(self, image: QImage) -> None:
        if self._asked is None or self._taker is None:
            return
        taker, asked = self._taker, self._asked
        self.end()
        if shiboken6.isValid(taker) and not image.isNull():
            taker.take(color_at(image, *asked))


def color_at(image: QImage, x: float, y: float, around: int = 0) -> Rgb:
    """Give the colour of a pixel, or the mean of those around it that there are.

    Args:
        x, y: fractions of the picture's width and height.
        around: how many pixels on each side.
    """
    column, row = min(image.width() - 1, int(x * image.width())), min(image.height() - 1, int(y * image.height()))
    across = range(max(0, column - around), min(image.width(), column + around + 1))
    down = range(max(0, row - around), min(image.height(), row + around + 1))
    found = [image.pixelColor(one, other) for other in down for one in across]
    parts = ([one.red() for one in found], [one.green() for one in found], [one.blue() for one in found])
    red, green, blue = (sum(part) / len(part) / 255 for part in parts)
    return red, green, blue


class Swatch(QObject):
    """The overlay that shows the colour below the pointer while one is wanted.

    Attributes:
        changed: it is to be painted anew.
        pressed: where in the picture, as fractions of it.
    """

    changed = Signal()
    pressed = Signal(float, float)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self._at: QPointF | None = None
        self._color = QColor()

    def show_image(self, image: QImage) -> None:
        """Take colours from a picture; from none if it is empty."""
        self._image, self._at = image, None
        self.changed.emit()

    def paint(self, painter: QPainter, place: QRectF) -> None:
        """Paint the colour beside the pointer, with its number."""
        del place
        if self._at is None or self._image.isNull():
            return
        words = self._color.name().upper()
        metrics = QFontMetrics(painter.font())
        box = QRectF(0, 0, metrics.horizontalAdvance(words) + 44, metrics.height() + 10)
        device = painter.device()
        room = QRectF(0, 0, device.width() / device.devicePixelRatioF(), device.height() / device.devicePixelRatioF())
        right, down = self._at.x() + 18 + box.width() < room.right(), self._at.y() + 18 + box.height() < room.bottom()
        box.moveLeft(self._at.x() + 18 if right else self._at.x() - 18 - box.width())
        box.moveTop(self._at.y() + 18 if down else self._at.y() - 18 - box.height())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, 210))
        painter.drawRoundedRect(box, 5, 5)
        painter.setPen(QPen(QColor("white"), 1))
        painter.setBrush(self._color)
        painter.drawRect(QRectF(box.x() + 6, box.y() + 5, 24, box.height() - 10))
        painter.drawText(box.adjusted(36, 0, 0, 0), int(Qt.AlignmentFlag.AlignVCenter), words)

    def press(self, point: QPointF, place: QRectF) -> bool:
        """Take the press while a colour is wanted."""
        if self._image.isNull() or not place.contains(point):
            return False
        self.pressed.emit(*_share(place, point))
        return True

    def move(self, point: QPointF, place: QRectF) -> bool:
        """Follow the pointer."""
        if self._image.isNull():
            return False
        self._at = point if place.contains(point) else None
        if self._at is not None:
            self._color = QColor.fromRgbF(*color_at(self._image, *_share(place, point)))
        self.changed.emit()
        return True

    def release(self) -> None:
        """Hold on to nothing."""


def _share(place: QRectF, point: QPointF) -> tuple[float, float]:
    return (point.x() - place.x()) / place.width(), (point.y() - place.y()) / place.height()

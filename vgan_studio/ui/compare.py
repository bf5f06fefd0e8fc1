"""Compare the picture with another one, over the viewer: a wipe, side by side, in turn, or their difference."""

from typing import Literal, get_args

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter, QPen

Mode = Literal["off", "wipe", "side", "difference"]
MODES: tuple[Mode, ...] = get_args(Mode)
_GRIP = 9.0


class Compare(QObject):
    """The overlay that compares; owned by the GUI thread.

    Attributes:
        changed: it is to be painted anew.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._image, self._beside, self._difference = QImage(), QImage(), QImage()
        self._names = "", ""
        self._dragged = False
        self.mode: Mode = "off"
        self.split = 0.5
        self.held = False

    @property
    def wanted(self) -> bool:
        """Another picture is needed."""
        return self.mode != "off" or self.held

    def show_mode(self, mode: Mode) -> None:
        """Compare in another way."""
        self.mode = mode
        self.changed.emit()

    def hold(self, held: bool) -> None:
        """Show the other picture alone for as long as it is held."""
        if held != self.held:
            self.held = held
            self.changed.emit()

    def show_names(self, beside: str, image: str) -> None:
        """Say what the two pictures are called."""
        self._names = beside, image
        self.changed.emit()

    def show_pair(self, image: QImage, beside: QImage | None, difference: QImage | None) -> None:
        """Take the pictures; without another one there is nothing to compare yet."""
        self._image, self._beside = image, beside or QImage()
        self._difference = difference or QImage()
        self.changed.emit()

    def paint(self, painter: QPainter, place: QRectF) -> None:
        """Paint the other picture, or a part of it, over the one that is there."""
        if self._beside.isNull() or not self.wanted:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self.held:
            painter.drawImage(place, self._beside)
            _name(painter, place, self._names[0], left=True)
        elif self.mode == "wipe":
            self._wipe(painter, place)
        elif self.mode == "side":
            self._side(painter, place)
        elif not self._difference.isNull():
            painter.drawImage(place, self._difference)
            _name(painter, place, self.tr("Difference ×8"), left=True)
        painter.restore()

    def press(self, point: QPointF, place: QRectF) -> bool:
        """Take hold of the wipe's line."""
        near = abs(point.x() - self._line(place)) <= _GRIP and place.adjusted(-9, 0, 9, 0).contains(point)
        self._dragged = self.mode == "wipe" and not self._beside.isNull() and near
        return self._dragged

    def move(self, point: QPointF, place: QRectF) -> bool:
        """Pull the wipe's line along."""
        if self._dragged and place.width() > 0:
            self.split = min(1.0, max(0.0, (point.x() - place.x()) / place.width()))
            self.changed.emit()
        return self._dragged

    def release(self) -> None:
        """Let go of the line."""
        self._dragged = False

    def _line(self, place: QRectF) -> float:
        return place.x() + self.split * place.width()

    def _wipe(self, painter: QPainter, place: QRectF) -> None:
        x = self._line(place)
        painter.save()
        painter.setClipRect(QRectF(place.x(), place.y(), x - place.x(), place.height()))
        painter.drawImage(place, self._beside)
        _name(painter, place, self._names[0], left=True)
        painter.restore()
        painter.save()
        painter.setClipRect(QRectF(x, place.y(), place.right() - x, place.height()))
        _name(painter, place, self._names[1], left=False)
        painter.restore()
        painter.setPen(QPen(QColor(0, 0, 0, 150), 3))
        painter.drawLine(QPointF(x, place.y()), QPointF(x, place.bottom()))
        painter.setPen(QPen(QColor("white"), 1))
        painter.drawLine(QPointF(x, place.y()), QPointF(x, place.bottom()))
        painter.setBrush(QColor("white"))
        painter.drawEllipse(QPointF(x, place.center().y()), 5, 5)

    def _side(self, painter: QPainter, place: QRectF) -> None:
        """Show the same middle half of both, in its size, where there is no room for all."""
        painter.fillRect(place, QColor("black"))
        width = place.width() / 2
        for number, image in enumerate((self._beside, self._image)):
            room = QRectF(place.x() + number * width, place.y(), width, place.height())
            fitted = QRectF(0, 0, width, place.height() * 0.5)
            fitted.moveCenter(room.center())
            painter.drawImage(fitted.adjusted(1, 0, -1, 0), image)
            _name(painter, fitted.adjusted(1, 0, -1, 0), self._names[number], left=True)


def _name(painter: QPainter, place: QRectF, words: str, *, left: bool) -> None:
    """Write the name of a picture into its upper corner."""
    if not words:
        return
    metrics = QFontMetrics(painter.font())
    box = QRectF(0, 0, metrics.horizontalAdvance(words) + 14, metrics.height() + 6)
    box.moveTopLeft(place.topLeft() + QPointF(8, 8))
    if not left:
        box.moveTopRight(place.topRight() + QPointF(-8, 8))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(0, 0, 0, 170))
    painter.drawRoundedRect(box, 4, 4)
    painter.setPen(QColor("white"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)

"""Guides over the picture: the areas that are safe for action and titles, thirds, and a grid."""

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

# shares of the picture's width and height, as EBU R 95 has them for 16:9
ACTION, TITLE = 0.93, 0.90
_GRID = 12  # squares across


class Guides:
    """The overlay of guides; it takes no mouse.

    Attributes:
        safe, thirds, grid: what is painted.
    """

    def __init__(self) -> None:
        self.safe = self.thirds = self.grid = False

    def paint(self, painter: QPainter, place: QRectF) -> None:
        """Paint what is switched on, dark below light, so that it is seen on any picture."""
        lines = [*(_grid(place) if self.grid else ()), *(_thirds(place) if self.thirds else ())]
        areas = [_area(place, ACTION), _area(place, TITLE)] if self.safe else []
        if not lines and not areas:
            return
        painter.save()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for color, width in ((QColor(0, 0, 0, 130), 3), (QColor(255, 255, 255, 190), 1)):
            painter.setPen(QPen(color, width))
            painter.drawLines(lines)
            painter.drawRects(areas)
            if areas:
                middle, arm = place.center(), place.width() * 0.012
                painter.drawLine(middle - QPointF(arm, 0), middle + QPointF(arm, 0))
                painter.drawLine(middle - QPointF(0, arm), middle + QPointF(0, arm))
        painter.restore()

    def press(self, point: QPointF, place: QRectF) -> bool:
        """Take no press."""
        del point, place
        return False

    def move(self, point: QPointF, place: QRectF) -> bool:
        """Hold on to nothing."""
        del point, place
        return False

    def release(self) -> None:
        """Hold nothing."""


def _area(place: QRectF, share: float) -> QRectF:
    area = QRectF(0, 0, place.width() * share, place.height() * share)
    area.moveCenter(place.center())
    return area


def _thirds(place: QRectF) -> list[QLineF]:
    return [line for share in (1 / 3, 2 / 3) for line in (_down(place, share), _across(place, share))]


def _grid(place: QRectF) -> list[QLineF]:
    """Give the lines of squares, counted from the middle."""
    side = place.width() / _GRID
    rows = int(place.height() / 2 / side)
    level = [_across(place, 0.5 + row * side / place.height()) for row in range(-rows, rows + 1)]
    return [*(_down(place, column / _GRID) for column in range(1, _GRID)), *level]


def _down(place: QRectF, share: float) -> QLineF:
    x = place.x() + share * place.width()
    return QLineF(x, place.y(), x, place.bottom())


def _across(place: QRectF, share: float) -> QLineF:
    y = place.y() + share * place.height()
    return QLineF(place.x(), y, place.right(), y)

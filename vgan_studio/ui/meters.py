"""Meters of sound, upright: bars for left and right, lines where the peaks were of late, and lamps for 0 dBFS."""
# ruff: noqa: N802  (events have Qt's names)

import time
from math import inf

from PySide6.QtCore import QRectF, QSize, QTimer
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from vgan_studio.service.levels import Level

from .theme import DARK, Theme

FLOOR_DB, TOP_DB = -60.0, 12.0
HOLD_S = 1.5
MARKS = (12, 6, 0, -6, -12, -20, -30, -45)
_TAPER = 1.6  # so that the loud part, where one works, has more room
_FALL_DB_S = 24.0
_TICK_MS = 40
_LAMP = 5


def share_of(level_db: float) -> float:
    """Give how high a level stands on the scale of meters and faders, from 0 to 1."""
    return float(((max(FLOOR_DB, min(TOP_DB, level_db)) - FLOOR_DB) / (TOP_DB - FLOOR_DB)) ** _TAPER)


def level_of(share: float) -> float:
    """Give the level at a height of the scale."""
    return float(FLOOR_DB + min(1.0, max(0.0, share)) ** (1 / _TAPER) * (TOP_DB - FLOOR_DB))


class Meters(QWidget):
    """Two bars: RMS in full colour, peak lighter, a line where the peak was of late, and lamps for 0 dBFS.

    Attributes:
        levels: peaks of left and right as they are shown, in dBFS.
        holds: where the lines are.
        clipped: the lamps.

    Args:
        scaled: with numbers at the side.
    """

    def __init__(self, parent: QWidget | None = None, *, scaled: bool = False) -> None:
        super().__init__(parent)
        self._theme, self._scaled = DARK, scaled
        self.levels, self._rms = [-inf, -inf], [-inf, -inf]
        self.holds, self._held_at = [-inf, -inf], [0.0, 0.0]
        self.clipped = [False, False]
        self._last = time.monotonic()
        self._fall = QTimer(self, interval=_TICK_MS)
        self._fall.timeout.connect(self._sink)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """Ask for two narrow bars."""
        return QSize(9 if not self._scaled else 22 + self.fontMetrics().horizontalAdvance("-45"), 90)

    def show_level(self, level: Level) -> None:
        """Show how loud it is now; a lower level is come down to."""
        now = time.monotonic()
        for side in (0, 1):
            self.levels[side] = max(self.levels[side], level.peak[side])
            self._rms[side] = max(self._rms[side], level.rms[side])
            if level.peak[side] >= self.holds[side]:
                self.holds[side], self._held_at[side] = level.peak[side], now
            self.clipped[side] = self.clipped[side] or level.peak[side] >= 0
        if not self._fall.isActive():
            self._last = now
            self._fall.start()
        self.update()

    def show_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        self._theme = theme
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Put the lamps out."""
        del event
        self.clipped = [False, False]
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint bars, lines, lamps and the scale."""
        del event
        painter = QPainter(self)
        half = self.fontMetrics().height() * 0.4
        room = QRectF(self.rect()).adjusted(0, half, 0, -half)
        if self._scaled:
            width = paint_scale(painter, room, self._theme, self.width())
            room.setRight(room.right() - width - 4)
        wide = (room.width() - 1) / 2
        for side in (0, 1):
            self._paint_bar(painter, QRectF(room.x() + side * (wide + 1), room.y(), wide, room.height()), side)
        painter.end()

    def _paint_bar(self, painter: QPainter, room: QRectF, side: int) -> None:
        theme = self._theme
        lamp = QRectF(room.x(), room.y() - _LAMP - 1, room.width(), _LAMP)
        painter.fillRect(lamp, QColor(theme.danger if self.clipped[side] else theme.line))
        painter.fillRect(room, QColor(theme.line))
        color = QColor(theme.danger if self.levels[side] > -1 else theme.accent)
        faint = QColor(color)
        faint.setAlpha(120)
        for level, fill in ((self.levels[side], faint), (self._rms[side], color)):
            painter.fillRect(QRectF(room.x(), y_of(room, level), room.width(), room.bottom() - y_of(room, level)), fill)
        if self.holds[side] > FLOOR_DB:
            painter.fillRect(QRectF(room.x(), y_of(room, self.holds[side]) - 1, room.width(), 2), QColor(theme.text))

    def _sink(self) -> None:
        """Let bars fall, and lines once they were held long enough."""
        now = time.monotonic()
        by, self._last = (now - self._last) * _FALL_DB_S, now
        for side in (0, 1):
            self.levels[side] = _fallen(self.levels[side], by)
            self._rms[side] = _fallen(self._rms[side], by)
            if now - self._held_at[side] > HOLD_S:
                self.holds[side] = _fallen(self.holds[side], by)
        if max(*self.levels, *self.holds) == -inf:
            self._fall.stop()
        self.update()


def paint_scale(painter: QPainter, room: QRectF, theme: Theme, right: float) -> float:
    """Paint the numbers of the scale, as many as have room, flush right; how wide they are."""
    font = painter.font()
    font.setPointSizeF(max(6.0, font.pointSizeF() * 0.75))
    painter.setFont(font)
    metrics = painter.fontMetrics()
    painter.setPen(QColor(theme.dim))
    width = max(metrics.horizontalAdvance(str(mark)) for mark in MARKS)
    free = -inf
    for mark in sorted(MARKS, key=lambda mark: (mark != 0, -mark)):
        middle = y_of(room, mark)
        if mark == 0 or abs(middle - y_of(room, 0)) >= metrics.height() <= middle - free:
            place = QRectF(right - width, middle - metrics.height() / 2, width, metrics.height())
            painter.drawText(place, 0x82, str(mark))  # right, in the middle
            free = middle if mark else free
    return float(width)


def y_of(room: QRectF, level_db: float) -> float:
    """Give the height at which a level stands in a room."""
    return float(room.bottom() - share_of(level_db) * room.height())


def _fallen(level: float, by: float) -> float:
    level -= by
    return level if level > FLOOR_DB else -inf

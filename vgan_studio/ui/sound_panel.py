"""The panel of sound: meters of what is played, and the loudness of the film with the way to a target."""
# ruff: noqa: N802  (events have Qt's names)

import time
from math import inf, isfinite

from PySide6.QtCore import QRectF, QTimer, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from vgan_studio.service.levels import Level
from vgan_studio.service.loudness import TARGET_LUFS, Loudness

from .parts import label, number
from .theme import DARK, Theme

FLOOR_DB = -60.0
HOLD_S = 1.5
_FALL_DB_S = 24.0
_TICK_MS = 40
_MARKS = (0, -6, -12, -18, -24, -36, -48, -60)


class SoundPanel(QWidget):
    """Shows how loud it is, and emits wishes.

    Attributes:
        measure_wished: measure the marked range, or the film.
        normalise_wished: bring what was measured to so many LUFS.
    """

    measure_wished = Signal()
    normalise_wished = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.meters = Meters()
        self.meters.setAccessibleName(self.tr("Level of the sound"))
        self.meters.setToolTip(self.tr("Peak and RMS of what is played, in dBFS. Click to clear the lamps."))
        self.words = label(self.tr("Loudness (EBU R 128) was not measured yet."), "dim")
        self.measure = QPushButton(self.tr("Measure loudness"))
        self.measure.setToolTip(self.tr("Of the marked range, or of the whole film"))
        self.measure.clicked.connect(self.measure_wished)
        self.target = number(-40, -5, 1, " LUFS")
        self.target.setValue(TARGET_LUFS)
        self.target.setAccessibleName(self.tr("Loudness to reach"))
        self.target.setToolTip(self.tr("-23 for broadcast, -16 for podcasts, -14 for most sites"))
        self.normalise = QPushButton(self.tr("Normalise"))
        self.normalise.setToolTip(self.tr("Change the volume of all clips alike, so that the film has this loudness"))
        self.normalise.setEnabled(False)
        self.normalise.clicked.connect(lambda: self.normalise_wished.emit(self.target.value()))
        self._lay_out()

    def show_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        self.meters.show_theme(theme)

    def show_loudness(self, found: Loudness) -> None:
        """Show what was measured so far."""
        done = found.done >= found.total
        self.measure.setEnabled(done)
        self.normalise.setEnabled(done and isfinite(found.integrated))
        if not done:
            self.words.setText(self.tr("Measuring: {0} of {1} s").format(found.done, found.total))
        elif not isfinite(found.integrated):
            self.words.setText(self.tr("There is no sound loud enough to be measured."))
        else:
            words = self.tr("{0:.1f} LUFS integrated, {1:.1f} momentary at most; range {2:.1f} LU, peak {3:.1f} dBTP")
            self.words.setText(words.format(found.integrated, found.momentary, found.range, found.peak))

    def show_changed(self) -> None:
        """Say that what was measured is no longer true."""
        if self.normalise.isEnabled():
            self.normalise.setEnabled(False)
            self.words.setText(self.tr("The film has changed since it was measured."))

    def show_end(self, sentence: str = "") -> None:
        """Say that it ended before its end, and why."""
        self.measure.setEnabled(True)
        self.words.setText(sentence or self.tr("Loudness (EBU R 128) was not measured yet."))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.target, 1)
        row.addWidget(self.normalise)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 6, 8, 8)
        column.addWidget(self.meters, 1)
        column.addWidget(self.words)
        column.addWidget(self.measure)
        column.addLayout(row)


class Meters(QWidget):
    """Two bars: RMS in full colour, peak lighter, a line where the peak was of late, and lamps for 0 dBFS.

    Attributes:
        levels: peaks of left and right as they are shown, in dBFS.
        holds: where the lines are.
        clipped: the lamps.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = DARK
        self.levels, self._rms = [-inf, -inf], [-inf, -inf]
        self.holds, self._held_at = [-inf, -inf], [0.0, 0.0]
        self.clipped = [False, False]
        self._last = time.monotonic()
        self._fall = QTimer(self, interval=_TICK_MS)
        self._fall.timeout.connect(self._sink)
        self.setMinimumHeight(64)
        self.setMaximumHeight(92)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

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
        font = painter.font()
        font.setPointSizeF(max(6.0, font.pointSizeF() * 0.8))
        painter.setFont(font)
        metrics = painter.fontMetrics()
        room = QRectF(self.rect()).adjusted(4, 4, -18, -metrics.height() - 4)
        high = (room.height() - 4) / 2
        for side in (0, 1):
            self._paint_bar(painter, QRectF(room.x(), room.y() + side * (high + 4), room.width(), high), side)
        painter.setPen(QColor(self._theme.dim))
        free = self.width() + 0.0
        for mark in _MARKS:
            width = metrics.horizontalAdvance(str(mark))
            x = min(max(0.0, _x(room, mark) - width / 2), self.width() - width)
            if x + width + 4 <= free:
                painter.drawText(QRectF(x, room.bottom() + 2, width, metrics.height()), str(mark))
                free = x
        painter.end()

    def _paint_bar(self, painter: QPainter, room: QRectF, side: int) -> None:
        theme = self._theme
        painter.fillRect(room, QColor(theme.raised))
        peak, rms = _x(room, self.levels[side]), _x(room, self._rms[side])
        color = QColor(theme.danger if self.levels[side] > -1 else theme.accent)
        faint = QColor(color)
        faint.setAlpha(120)
        painter.fillRect(QRectF(room.x(), room.y(), peak - room.x(), room.height()), faint)
        painter.fillRect(QRectF(room.x(), room.y(), rms - room.x(), room.height()), color)
        if self.holds[side] > FLOOR_DB:
            painter.fillRect(QRectF(_x(room, self.holds[side]) - 1, room.y(), 2, room.height()), QColor(theme.text))
        lamp = QRectF(room.right() + 4, room.y(), 10, room.height())
        painter.fillRect(lamp, QColor(theme.danger if self.clipped[side] else theme.raised))

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


def _fallen(level: float, by: float) -> float:
    level -= by
    return level if level > FLOOR_DB else -inf


def _x(room: QRectF, level: float) -> float:
    share = (max(FLOOR_DB, min(0.0, level)) - FLOOR_DB) / -FLOOR_DB
    return room.x() + share * room.width()

"""The flicker meter: the unrest of the result beside its source's own, frame by frame, and the worst to jump to."""

from fractions import Fraction
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from .parts import label
from .theme import DARK, Theme
from .timecode import timecode

if TYPE_CHECKING:
    from vgan_studio.render.flicker import Flicker, Step

_PLACE = Qt.ItemDataRole.UserRole
_LEAST_TOP = 2.0  # levels of 255 at the top of the chart, at least


class FlickerPanel(QWidget):
    """Shows a measurement, and emits wishes.

    Attributes:
        measure_wished: measure the marked range, or the film.
        seek_wished: a frame.
    """

    measure_wished = Signal()
    seek_wished = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rate = Fraction(25)
        self._words = label(self.tr("How much the result flickers beside its source, after motion."), "dim")
        self._chart = Chart()
        self._chart.setAccessibleName(self.tr("Flicker by frame"))
        self._chart.seek_wished.connect(self.seek_wished)
        self._worst = QListWidget()
        self._worst.setAccessibleName(self.tr("Frames that flicker most"))
        self._worst.itemClicked.connect(lambda item: self.seek_wished.emit(int(item.data(_PLACE))))
        self._measure = QPushButton(self.tr("Measure flicker of the range"))
        self._measure.clicked.connect(self.measure_wished)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 4, 10, 10)
        row = QHBoxLayout()
        row.addWidget(self._measure)
        column.addLayout(row)
        column.addWidget(self._words)
        column.addWidget(self._chart)
        column.addWidget(self._worst)
        self._chart.hide()
        self._worst.hide()

    def show_rate(self, rate: Fraction) -> None:
        """Say how many frames a second has."""
        self._rate = rate

    def show_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        self._chart.show_theme(theme)

    def show_flicker(self, flicker: "Flicker") -> None:
        """Show what was measured so far."""
        self._measure.setEnabled(flicker.done == flicker.total)
        words = self.tr("{0} of {1} frames. Source {2:.2f}, result {3:.2f} levels of 255.")
        self._words.setText(words.format(flicker.done, flicker.total, flicker.source, flicker.result))
        self._chart.show_steps(flicker.steps)
        self._chart.setVisible(bool(flicker.steps))
        self._worst.clear()
        for step in flicker.worst():
            words = f"{timecode(step.frame, self._rate)}   +{step.excess:.2f}"
            item = QListWidgetItem(words)
            item.setData(_PLACE, step.frame)
            self._worst.addItem(item)
        self._worst.setVisible(self._worst.count() > 0)

    def show_end(self, sentence: str = "") -> None:
        """Say that it ended, and why if not at its end."""
        self._measure.setEnabled(True)
        if sentence:
            self._words.setText(sentence)


class Chart(QWidget):
    """Two lines over the frames: the source's unrest, and the result's; a click goes to the frame."""

    seek_wished = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: tuple[Step, ...] = ()
        self._theme = DARK
        self.setMinimumHeight(90)

    def show_steps(self, steps: "tuple[Step, ...]") -> None:
        """Show measured steps."""
        self._steps = steps
        self.update()

    def show_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        self._theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  (Qt's name)
        """Paint the lines, and what they are."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(self._theme.raised))
        top = max([_LEAST_TOP, *(value for one in self._steps for value in (one.source, one.result) if value)])
        lines = (
            (self.tr("source"), self._theme.dim, Qt.PenStyle.DashLine, [one.source for one in self._steps]),
            (self.tr("result"), self._theme.accent, Qt.PenStyle.SolidLine, [one.result for one in self._steps]),
        )
        for number, (name, color, style, values) in enumerate(lines):
            painter.setPen(QPen(QColor(color), 1.5, style))
            points = [QPointF(self._x(place), self._y(value, top)) for place, value in enumerate(values) if value]
            painter.drawPolyline(QPolygonF(points))
            painter.drawText(QRectF(6 + 70 * number, 2, 70, 16), Qt.AlignmentFlag.AlignLeft, name)
        painter.setPen(QColor(self._theme.text))
        painter.drawText(QRectF(0, 2, self.width() - 6, 16), Qt.AlignmentFlag.AlignRight, f"{top:.1f}")
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  (Qt's name)
        """Go to the frame below the pointer."""
        if self._steps:
            share = event.position().x() / max(1, self.width())
            place = min(len(self._steps) - 1, max(0, round(share * (len(self._steps) - 1))))
            self.seek_wished.emit(self._steps[place].frame)

    def _x(self, place: int) -> float:
        return self.width() * place / max(1, len(self._steps) - 1)

    def _y(self, value: float, top: float) -> float:
        return self.height() - 3 - (self.height() - 22) * min(1.0, value / top)

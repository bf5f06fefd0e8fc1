"""The two controls of a mixer's strip: a fader, upright, with its scale, and the balance."""
# ruff: noqa: N802  (events have Qt's names)

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QWidget

from vgan_studio.timeline.values import LOUDEST_DB, SILENT_DB

from .meters import FLOOR_DB, level_of, paint_scale, share_of, y_of
from .theme import DARK, Theme

_CAP = 20.0, 11.0
_FINE = 0.2  # of a movement with Ctrl or Shift
_TENTHS = 10
_RESET = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_KEYS = (
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown,
    Qt.Key.Key_Home, Qt.Key.Key_End, *_RESET,
)  # fmt: skip


class Control(QAbstractSlider):
    """A slider that is pulled from where it is, reset by a double click, and turned by the wheel only when chosen.

    Attributes:
        moved: a person has moved it; the new value.
        sealed: the movement has ended.
    """

    moved = Signal(float)
    sealed = Signal()

    def __init__(self, low: int, high: int, usual: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._usual = DARK, usual
        self._held: tuple[float, float] | None = None
        self.setRange(low, high)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.valueChanged.connect(lambda _: self.moved.emit(self.shown))

    @property
    def shown(self) -> float:
        """What it stands for."""
        return float(self.value())

    def show_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        self._theme = theme
        self.update()

    def put(self, value: int) -> None:
        """Put it at a value without telling anyone."""
        was = self.blockSignals(True)
        self.setValue(value)
        self.blockSignals(was)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of it, wherever it is touched."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._held = self._along(event.position()), self._share()
            event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pull it; Ctrl or Shift for small movements."""
        if self._held is None:
            return
        fine = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        along = self._along(event.position())
        share = self._share_held() + (along - self._held[0]) * (_FINE if fine else 1)
        self._held = along, share
        self.setValue(self._value_at(min(1.0, max(0.0, share))))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let it go."""
        del event
        if self._held is not None:
            self._held = None
            self.sealed.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Put it back where it usually is."""
        del event
        self.setValue(self._usual)
        self.sealed.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turn it, if it was chosen before; else the strips scroll."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def event(self, event: QEvent) -> bool:
        """Keep the keys that move it from being those of the window."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride and event.key() in _KEYS:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move it; Delete puts it back."""
        if event.key() in _RESET:
            self.setValue(self._usual)
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Let it go."""
        super().keyReleaseEvent(event)
        if not event.isAutoRepeat():
            self.sealed.emit()

    def _share_held(self) -> float:
        assert self._held is not None
        return self._held[1]

    def _along(self, place: QPointF) -> float:
        raise NotImplementedError

    def _share(self) -> float:
        raise NotImplementedError

    def _value_at(self, share: float) -> int:
        raise NotImplementedError


class Fader(Control):
    """A fader in decibels, in steps of a tenth; its lower end is silence."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(round(FLOOR_DB * _TENTHS) - 1, round(LOUDEST_DB * _TENTHS), parent=parent)
        self.setOrientation(Qt.Orientation.Vertical)
        self.setSingleStep(5)
        self.setPageStep(30)
        self.setMinimumHeight(56)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    @property
    def shown(self) -> float:
        """The gain in decibels."""
        return SILENT_DB if self.value() == self.minimum() else self.value() / _TENTHS

    def show_gain(self, gain_db: float) -> None:
        """Show a gain."""
        self.put(self.minimum() if gain_db < FLOOR_DB else round(gain_db * _TENTHS))

    def sizeHint(self) -> QSize:
        """Ask for a cap and a scale."""
        return QSize(round(_CAP[0]) + 4 + self.fontMetrics().horizontalAdvance("-45"), 90)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint groove, scale and cap."""
        del event
        painter, theme, room = QPainter(self), self._theme, self._room
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_scale(painter, room, theme, self.width())
        middle = 1 + _CAP[0] / 2
        painter.fillRect(QRectF(middle - 1.5, room.y(), 3, room.height()), QColor(theme.line))
        zero = y_of(room, 0)
        painter.fillRect(QRectF(1, zero - 0.5, _CAP[0], 1), QColor(theme.faint))
        y = room.bottom() - self._share() * room.height()
        cap = QRectF(1, y - _CAP[1] / 2, *_CAP)
        painter.setPen(QPen(QColor(theme.accent if self.hasFocus() else theme.line), 1))
        painter.setBrush(QColor(theme.text if self.isEnabled() else theme.faint))
        painter.drawRoundedRect(cap, 3, 3)
        painter.fillRect(QRectF(cap.x() + 3, y - 0.5, cap.width() - 6, 1.5), QColor(theme.window))
        painter.end()

    @property
    def _room(self) -> QRectF:
        half = max(_CAP[1] / 2 + 1, self.fontMetrics().height() * 0.4)
        return QRectF(self.rect()).adjusted(0, half, 0, -half)

    def _share(self) -> float:
        return 0.0 if self.value() == self.minimum() else share_of(self.value() / _TENTHS)

    def _along(self, place: QPointF) -> float:
        return -place.y() / max(1.0, self._room.height())

    def _value_at(self, share: float) -> int:
        return self.minimum() if share <= 0 else round(level_of(share) * _TENTHS)


class Pan(Control):
    """A balance, in hundredths: -1 is left alone, 1 is right alone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(-100, 100, parent=parent)
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setSingleStep(5)
        self.setPageStep(25)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def shown(self) -> float:
        """The balance."""
        return self.value() / 100

    def show_pan(self, pan: float) -> None:
        """Show a balance."""
        self.put(round(pan * 100))

    def sizeHint(self) -> QSize:
        """Ask for a line with words below."""
        return QSize(48, 12 + round(self.fontMetrics().height() * 0.85))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line, from its middle to the knob, and say where it is."""
        del event
        painter, theme = QPainter(self), self._theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, right, y = 5.0, self.width() - 5.0, 5.5
        middle, knob = (left + right) / 2, left + self._share() * (right - left)
        painter.fillRect(QRectF(left, y - 1, right - left, 2), QColor(theme.line))
        painter.fillRect(QRectF(min(middle, knob), y - 1, abs(knob - middle), 2), QColor(theme.accent))
        painter.fillRect(QRectF(middle - 0.5, y - 4, 1, 8), QColor(theme.faint))
        painter.setPen(QPen(QColor(theme.accent if self.hasFocus() else theme.line), 1))
        painter.setBrush(QColor(theme.text))
        painter.drawEllipse(QPointF(knob, y), 4.5, 4.5)
        font = painter.font()
        font.setPointSizeF(max(6.0, font.pointSizeF() * 0.75))
        painter.setFont(font)
        painter.setPen(QColor(theme.dim))
        painter.drawText(QRectF(0, 11, self.width(), self.height() - 11), Qt.AlignmentFlag.AlignCenter, self.words)
        painter.end()

    @property
    def words(self) -> str:
        """Where it is, as mixers say it: C in the middle, L 40 or R 40."""
        value = self.value()
        return f"{'L' if value < 0 else 'R'} {abs(value)}" if value else "C"

    def _share(self) -> float:
        return (self.value() + 100) / 200

    def _along(self, place: QPointF) -> float:
        return place.x() / max(1.0, self.width() - 10.0)

    def _value_at(self, share: float) -> int:
        return round(share * 200) - 100

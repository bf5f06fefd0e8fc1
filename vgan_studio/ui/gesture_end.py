"""Where a gesture on a field ends: a button or a key is let go, the wheel rests, or the field is left."""
# ruff: noqa: N802  (events have Qt's names)

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractSlider, QWidget

_REST_MS = 400  # of the wheel
_KEYS = (
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown,
    Qt.Key.Key_Home, Qt.Key.Key_End,
)  # fmt: skip


class GestureEnd(QObject):
    """Watches the fields of one value, and tells when a gesture on them is over; owned by the GUI thread.

    However often the value changes while a button or a key is down, or while the wheel turns, that is one gesture.
    The wheel turns a field that was chosen before; over any other it scrolls what the field lies in.  A field that
    has the keyboard keeps arrows and their like from being keys of the window; a slider that the mouse has chosen
    does not, as one who has set it looks at frames next.

    Attributes:
        over: the gesture is over.
    """

    over = Signal()

    def __init__(self, *fields: QWidget) -> None:
        super().__init__(fields[0])
        self._down: set[int] = set()  # keys, and -1 for a button
        self._by_mouse = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self.over)
        for field in fields:
            field.installEventFilter(self)
            if field.focusPolicy() == Qt.FocusPolicy.WheelFocus:
                field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def changed(self) -> None:
        """Take notice that the value is another one: outside of a gesture that is one by itself."""
        if not self._down and not self._rest.isActive():
            self.over.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow buttons, keys, wheel and focus; a wheel that is not for the field is kept from it."""
        kind = event.type()
        if kind is QEvent.Type.Wheel:
            return self._turn(watched, event)
        if isinstance(event, QFocusEvent) and kind is QEvent.Type.FocusIn:
            self._by_mouse = event.reason() is Qt.FocusReason.MouseFocusReason
        elif isinstance(event, QKeyEvent) and kind is QEvent.Type.ShortcutOverride:
            if event.key() in _KEYS and not (self._by_mouse and isinstance(watched, QAbstractSlider)):
                event.accept()
                return True
        elif isinstance(event, QKeyEvent) and kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            if not event.isAutoRepeat():
                self._press(event.key(), down=kind is QEvent.Type.KeyPress)
        elif kind is QEvent.Type.MouseButtonPress:
            self._press(-1, down=True)
        elif kind is QEvent.Type.MouseButtonRelease:
            self._press(-1, down=False)
        elif kind in (QEvent.Type.FocusOut, QEvent.Type.Hide):
            self._leave()
        return super().eventFilter(watched, event)

    def _turn(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        self._rest.start()
        return False

    def _press(self, what: int, *, down: bool) -> None:
        if self._rest.isActive():
            self._leave()
        if down:
            self._down.add(what)
        elif what in self._down:
            self._down.discard(what)
            if not self._down:
                self.over.emit()

    def _leave(self) -> None:
        if self._down or self._rest.isActive():
            self._down.clear()
            self._rest.stop()
            self.over.emit()

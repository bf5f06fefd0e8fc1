"""What keys do besides the actions: press buttons, go along lists; and no panel that is hidden keeps the keyboard."""
# ruff: noqa: N802  (events have Qt's names)

from collections.abc import Iterable

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDockWidget,
    QListView,
    QTableView,
    QWidget,
)

_RETURN = Qt.Key.Key_Return, Qt.Key.Key_Enter
_ALONG = (
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown,
)  # fmt: skip
_ACROSS = Qt.Key.Key_Left, Qt.Key.Key_Right
_HELD = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


class Keyboard(QObject):
    """Watches over what has the keyboard in the window of a timeline, and goes with that; owned by the GUI thread.

    Return presses a button, and so does Space where the keyboard has led to it; to one who has clicked it, Space
    plays the film.  Lists keep the keys that go along them.  What is hidden leaves the keyboard to the timeline.
    """

    def __init__(self, timeline: QWidget) -> None:
        super().__init__(timeline)
        self._timeline, self._clicked = timeline, False
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)

    def leave(self, panel: QWidget) -> None:
        """Give the keyboard to the timeline if a panel has it, which another one now hides."""
        holder = QApplication.focusWidget()
        if holder is not None and panel.isAncestorOf(holder):
            self._timeline.setFocus()

    def watch(self, docks: Iterable[QDockWidget]) -> None:
        """Watch these panels, too: one behind another in its place still counts as visible."""
        for dock in docks:
            dock.visibilityChanged.connect(lambda shown, dock=dock: None if shown else self.leave(dock))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Press a button, or keep a key from being one of the window."""
        if not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if event.type() is QEvent.Type.ShortcutOverride and self._keeps(watched, event):
            event.accept()
            return True
        pressed = event.type() is QEvent.Type.KeyPress and event.key() in _RETURN
        if pressed and isinstance(watched, QAbstractButton) and not event.isAutoRepeat():
            watched.click()
            return True
        return super().eventFilter(watched, event)

    def _follow(self, old: QWidget | None, new: QWidget | None) -> None:
        """Watch what has the keyboard now, unless it has it only because what had it is hidden."""
        before = old if old is not None and shiboken6.isValid(old) else None
        if before is not None:
            before.removeEventFilter(self)
        if new is None or new.window() is not self._timeline.window():
            return
        gone = before is not None and before.window() is new.window() and not before.isVisible()
        if gone and new is not self._timeline and self._timeline.isVisible():
            self._timeline.setFocus()
            return
        self._clicked = QApplication.mouseButtons() is not Qt.MouseButton.NoButton
        new.installEventFilter(self)

    def _keeps(self, watched: QObject, event: QKeyEvent) -> bool:
        plain = not event.modifiers() & ~_HELD
        if isinstance(watched, QAbstractButton | QComboBox):
            return plain and event.key() == Qt.Key.Key_Space and not self._clicked
        if not isinstance(watched, QAbstractItemView):
            return False
        if event.matches(QKeySequence.StandardKey.SelectAll):
            return watched.selectionMode() is QAbstractItemView.SelectionMode.ExtendedSelection
        return plain and event.key() in (*_ALONG, *(_ACROSS if _wide(watched) else ()))


def _wide(shown: QAbstractItemView) -> bool:
    """Tell whether a list has several items beside each other."""
    icons = isinstance(shown, QListView) and shown.viewMode() is QListView.ViewMode.IconMode
    return icons or isinstance(shown, QTableView)

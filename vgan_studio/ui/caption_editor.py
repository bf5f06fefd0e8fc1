"""A field in which the words of a caption are edited in place: Return takes them, Shift+Return begins a line."""
# ruff: noqa: N802  (events have Qt's names)

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget


class CaptionEditor(QPlainTextEdit):
    """Edits some lines of words.

    Attributes:
        entered: the words, once: Return was pressed, or the keyboard went elsewhere.
        left: Escape was pressed.
    """

    entered = Signal(str)
    left = Signal()

    def __init__(self, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._open = True
        self.setTabChangesFocus(True)
        self.setAccessibleName(self.tr("Words of the caption"))
        self.setToolTip(
            self.tr("Return takes the words, Shift+Return begins a new line, Escape leaves them as they were")
        )
        self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the words, begin a line, or leave."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not event.modifiers() & (Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.AltModifier):
            self._end(take=True)
        elif enter:
            self.insertPlainText("\n")
        elif event.key() == Qt.Key.Key_Escape:
            self._end(take=False)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the words when the keyboard goes elsewhere, but not to a menu of this field or another window."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self._end(take=True)

    def _end(self, *, take: bool) -> None:
        if self._open:
            self._open = False
            self.entered.emit(self.toPlainText()) if take else self.left.emit()

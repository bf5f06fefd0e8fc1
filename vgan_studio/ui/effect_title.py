"""The titles in the box of an effect: by its own it is dragged, by that of a parameter this is reset."""
# ruff: noqa: N802  (events have Qt's names)

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QLabel


class Name(QLabel):
    """The name of a parameter; a double click on it resets."""

    reset_wished = Signal()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Wish for the default."""
        del event
        self.reset_wished.emit()


class Grip(QLabel):
    """The title of an effect, by which it is dragged to another place."""

    dragged = Signal(int, bool)

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.setObjectName("effectTitle")
        self.setWordWrap(True)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self._from: float | None = None
        self._moved = False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the effect."""
        self._from, self._moved = event.globalPosition().y(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell where it is dragged."""
        place = event.globalPosition().y()
        if self._from is not None and (self._moved or abs(place - self._from) > 4):
            self._moved = True
            self.dragged.emit(round(place), False)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell where it is let go."""
        if self._moved:
            self.dragged.emit(round(event.globalPosition().y()), True)
        self._from, self._moved = None, False

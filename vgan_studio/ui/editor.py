"""What all editors of parameters have in common."""
# ruff: noqa: N802  (Qt's names)

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from vgan_studio.timeline.values import Value

from .gesture_end import GestureEnd


class Editor(QWidget):
    """Shows the value of a parameter.

    Attributes:
        wished: another value; while a slider is held, one after the other.
        sealed: the gesture is over.
        reset_wished: the default shall be there again.
    """

    wished = Signal(object)
    sealed = Signal()
    reset_wished = Signal()

    def show_value(self, value: Value) -> None:
        """Show a value, and emit nothing."""
        raise NotImplementedError

    def wish(self, value: Value) -> None:
        """Wish for a value, as a gesture by itself."""
        self.sealed.emit()
        self.wished.emit(value)
        self.sealed.emit()

    def ends(self, *fields: QWidget) -> GestureEnd:
        """Seal where gestures on fields of this editor end."""
        made = GestureEnd(*fields)
        made.over.connect(self.sealed)
        return made

    def setAccessibleName(self, name: str) -> None:
        """Name each field that the keyboard reaches, too, unless it has a name of its own."""
        super().setAccessibleName(name)
        for field in self.findChildren(QWidget):
            if field.focusPolicy() != Qt.FocusPolicy.NoFocus and not field.accessibleName():
                field.setAccessibleName(name)

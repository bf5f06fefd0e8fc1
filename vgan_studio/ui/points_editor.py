"""Points as numbers on one line, which are typed."""

from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from vgan_studio.effects.params import Outline, Points
from vgan_studio.timeline.values import Value

from .editor import Editor
from .words import said


class PointsEditor(Editor):
    """The corners of a closed line, or the points of an open one, as numbers; what does not fit is not taken."""

    def __init__(self, param: Outline | Points) -> None:
        super().__init__()
        self._param, self._value = param, param.default
        self._line = QLineEdit()
        self._line.setToolTip(said(param.wants))
        self._line.editingFinished.connect(self._entered)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(3)
        self._column.addWidget(self._line)

    def show_value(self, value: Value) -> None:
        """Show points."""
        assert isinstance(value, tuple)
        self._value = value
        self._line.setText(", ".join(f"{one:g}" for one in value))

    def _entered(self) -> None:
        if not self._line.isModified():
            return
        value = self._param.read(self._line.text())
        if value != self._value and self._param.fits(value):
            self.wish(value)
        else:
            self.show_value(self._value)

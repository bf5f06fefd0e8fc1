"""The choice of a font among the families of this machine."""

from PySide6.QtWidgets import QComboBox, QHBoxLayout

from vgan_studio.effects.fonts import bundled
from vgan_studio.effects.params import Font
from vgan_studio.service.fonts import known_families, read_families
from vgan_studio.timeline.values import Value

from .editor import Editor
from .parts import mild


class FontEditor(Editor):
    """The families of this machine; the one that we bring along stands first."""

    def __init__(self, param: Font) -> None:
        super().__init__()
        self._value = param.default
        self._list = mild(_Families())
        self._list.setMaxVisibleItems(20)
        self._list.activated.connect(lambda: self.wished.emit(self._list.currentData()))
        self._list.activated.connect(self.ends(self._list).changed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._list, 1)
        self._show()

    def show_value(self, value: Value) -> None:
        """Show a family; one that is not here, too."""
        if value != self._value:
            self._value = str(value)
            self._show()

    def _show(self) -> None:
        index = self._list.findData(self._value)
        if index < 0:
            missing = known_families() is not None
            self._list.addItem(self.tr("{0} (missing)").format(self._value) if missing else self._value, self._value)
            index = self._list.count() - 1
        self._list.setCurrentIndex(index)


class _Families(QComboBox):
    """A list that is filled when it is opened for the first time."""

    def __init__(self) -> None:
        super().__init__()
        self._filled = False
        self.addItem(bundled().family, "")
        read_families()

    def fill(self) -> None:
        """Take in the fonts of this machine, once they have been read."""
        known = known_families()
        if known is None or self._filled:
            return
        self._filled = True
        held = self.currentData()
        for name in known:
            if name != bundled().family and self.findData(name) < 0:
                self.addItem(name, name)
        self.setCurrentIndex(self.findData(held))

    def showPopup(self) -> None:  # noqa: N802  (Qt's name)
        """Fill the list and open it."""
        self.fill()
        super().showPopup()

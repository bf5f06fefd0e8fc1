"""What the inspector shows instead of an effect that is not here, or not yet."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from .parts import label, tool
from .theme import Theme, icon


class Unknown(QFrame):
    """Stands for an effect that is not here, or not yet.

    Attributes:
        gone: it shall be taken away.
    """

    gone = Signal()

    def __init__(self, words: str, remove: str, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("effect")
        row = QHBoxLayout(self)
        row.addWidget(label(words, "dim"), 1)
        self._button = tool(remove, icon("remove", theme))
        self._button.clicked.connect(self.gone)
        row.addWidget(self._button)

    def show_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        self._button.setIcon(icon("remove", theme))

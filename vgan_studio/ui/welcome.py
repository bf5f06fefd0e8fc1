"""What an empty film shows: how to begin."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from .parts import label


class Welcome(QWidget):
    """Offers to begin or to go on.

    Attributes:
        open_wished: the path of a film.
    """

    open_wished = Signal(object)

    def __init__(self, actions: Sequence[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        heading = label(self.tr("Drop films here to begin"), "heading")
        words = label(self.tr("The first one gives the film its size and rate."), "dim")
        self._recent = QVBoxLayout()
        self._recent.setSpacing(2)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        for action in actions:
            button = QPushButton(action.text().replace("&", ""))
            button.clicked.connect(action.trigger)
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addStretch(2)
        for one in (heading, words):
            one.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(one)
        column.addLayout(buttons)
        column.addLayout(self._recent)
        column.addStretch(3)

    def show_recent(self, paths: Sequence[Path]) -> None:
        """Offer films that were open lately."""
        while (item := self._recent.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for path in paths[:4]:
            button = QPushButton(path.name)
            button.setFlat(True)
            button.setToolTip(str(path))
            button.clicked.connect(lambda _=False, path=path: self.open_wished.emit(path))
            self._recent.addWidget(button, 0, Qt.AlignmentFlag.AlignCenter)

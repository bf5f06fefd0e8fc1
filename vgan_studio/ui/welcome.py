"""What an empty film shows: how to begin."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from .actions import plain
from .parts import label

_WIDTH = 520
_MOST = 5


class Welcome(QWidget):
    """Offers to begin or to go on; files can be dropped on all of it.

    Attributes:
        open_wished: the path of a film.

    Args:
        actions: what there is to begin with, each a large button.
    """

    open_wished = Signal(object)

    def __init__(self, actions: Sequence[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        heading = label(self.tr("Drop films here to begin"), "heading")
        words = label(self.tr("The first one gives the film its size and rate."), "dim")
        self._head = label(self.tr("Lately"), "dim")
        self._recent = QVBoxLayout()
        self._recent.setSpacing(1)
        card = QFrame()
        card.setObjectName("card")
        card.setMaximumWidth(_WIDTH)
        inner = QVBoxLayout(card)
        inner.setContentsMargins(26, 22, 26, 22)
        inner.setSpacing(10)
        for one in (heading, words):
            one.setAlignment(Qt.AlignmentFlag.AlignCenter)
            inner.addWidget(one)
        inner.addLayout(self._buttons(actions))
        inner.addWidget(self._head)
        inner.addLayout(self._recent)
        row, column = QHBoxLayout(), QVBoxLayout(self)
        row.addStretch(1)
        row.addWidget(card, 20)
        row.addStretch(1)
        column.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)

    def show_recent(self, paths: Sequence[Path]) -> None:
        """Offer films that were open lately."""
        while (item := self._recent.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self._head.setVisible(bool(paths))
        for path in paths[:_MOST]:
            button = QPushButton(f"{path.stem.replace('&', '&&')}    {_short(path.parent).replace('&', '&&')}")
            button.setObjectName("recent")
            button.setAutoDefault(False)
            button.setToolTip(str(path))
            button.setSizePolicy(button.sizePolicy().Policy.Expanding, button.sizePolicy().Policy.Fixed)
            button.clicked.connect(lambda _=False, path=path: self.open_wished.emit(path))
            self._recent.addWidget(button)

    def _buttons(self, actions: Sequence[QAction]) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(8)
        for number, action in enumerate(actions):
            button = QToolButton()
            button.setObjectName("large")
            button.setDefaultAction(action)
            button.setText(plain(action))
            button.setIconSize(QSize(22, 22))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.setSizePolicy(button.sizePolicy().Policy.Expanding, button.sizePolicy().Policy.Fixed)
            grid.addWidget(button, number // 2, number % 2)
        return grid


def _short(folder: Path) -> str:
    try:
        return f"~/{folder.relative_to(Path.home())}"
    except ValueError:
        return str(folder)

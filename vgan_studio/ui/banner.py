"""A line above the picture that says what was done by itself, and offers to have it otherwise; it never blocks."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from .parts import label


class Banner(QFrame):
    """Shows a sentence with buttons, until one is pressed.

    Attributes:
        about: what the sentence is about, for those who take it back.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.words = label(kind="dim")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 5, 8, 5)
        self._row.addWidget(self.words, 1)
        self.buttons: list[QPushButton] = []
        self.about = ""
        self.hide()

    def say(self, words: str, *answers: tuple[str, Callable[[], object]], about: str = "") -> None:
        """Show a sentence, and a button for each answer; what was shown before is gone."""
        for old in self.buttons:
            old.deleteLater()
        self.buttons, self.about = [], about
        self.words.setText(words)
        for title, do in answers:
            button = QPushButton(title)
            button.clicked.connect(self.hide)
            button.clicked.connect(lambda _=False, do=do: do())
            self._row.addWidget(button)
            self.buttons.append(button)
        self.show()

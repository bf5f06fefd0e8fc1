"""The help: a page that is here without a network, and the keys as they are now."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QTextDocument
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from .actions import Actions, plain
from .parts import entry
from .theme import resources


class Help(QDialog):
    """Shows the help in a language, beside the window."""

    def __init__(self, language: str, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Help"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(720, 640)
        self.page = QTextBrowser()
        self.page.setOpenExternalLinks(False)
        self.page.setMarkdown(text(language, self._keys(actions)))
        self.page.setAccessibleName(self.tr("Help"))
        self.field = entry(placeholder=self.tr("Search"))
        self.field.setAccessibleName(self.tr("Search"))
        self.field.textChanged.connect(self._find)
        self.field.returnPressed.connect(lambda: self._find(self.field.text(), onwards=True))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(self.field)
        row.addWidget(buttons)
        column = QVBoxLayout(self)
        column.addWidget(self.page, 1)
        column.addLayout(row)

    def _find(self, wanted: str, *, onwards: bool = False) -> None:
        """Go to the words that are sought; from the start, or from here on."""
        cursor = self.page.textCursor()
        if not onwards:
            cursor.setPosition(0)
            self.page.setTextCursor(cursor)
        if wanted and not self.page.find(wanted, QTextDocument.FindFlag(0)) and onwards:
            cursor.setPosition(0)
            self.page.setTextCursor(cursor)
            self.page.find(wanted, QTextDocument.FindFlag(0))

    def _keys(self, actions: Actions) -> Mapping[str, str]:
        native = QKeySequence.SequenceFormat.NativeText
        held = ((plain(actions[name]), actions[name].shortcuts()) for name in actions)
        return {words: ", ".join(key.toString(native) for key in keys) for words, keys in held if keys}


def text(language: str, keys: Mapping[str, str]) -> str:
    """Give the help in Markdown, with a table of keys at its end."""
    page = resources() / "help" / f"{language}.md"
    words = page.read_text(encoding="utf-8")
    rows = "\n".join(f"| {name} | {held.replace('|', '&#124;')} |" for name, held in keys.items())
    return words.replace("@keys", f"| | |\n| --- | --- |\n{rows}")

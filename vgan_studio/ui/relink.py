"""One dialog for all missing media: which they are, where they were, and where they may be now."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHeaderView,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from vgan_studio.timeline.values import Media

from .parts import label
from .words import said

_FINGERPRINT = Qt.ItemDataRole.UserRole


class Relink(QDialog):
    """Shows the missing media, and lets them be looked for in folders, by name and content, or be replaced by a file.

    Attributes:
        folder_wished: a folder to look in, for all that are still missing.
        file_wished: the fingerprint of one of them, and the file that takes its place.
    """

    folder_wished = Signal(object)
    file_wished = Signal(str, object)

    def __init__(self, missing: Sequence[Media], start: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Missing media"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(720, 380)
        self._start = start
        self._alike: dict[str, Path] = {}
        self._left = {media.fingerprint for media in missing}
        self.words = label(kind="dim")
        self.list = self._listed(missing)
        self.look = QPushButton(self.tr("Look in a folder …"))
        self.look.clicked.connect(self._ask)
        self.choose = QPushButton(self.tr("Choose a file …"))
        self.choose.setToolTip(self.tr("Take a file in place of the selected one, even if its content differs."))
        self.choose.setAutoDefault(False)
        self.choose.clicked.connect(self._ask_file)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        for button in (self.choose, self.look):
            buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        self.look.setDefault(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        for widget in (label(self.tr("Choose a folder: media are found in it and below by name and content, "
                                     "whatever they are called there."), "dim"),
                       self.list, self.words, buttons):  # fmt: skip
            column.addWidget(widget)
        self.show_searched({}, {})

    def show_searched(self, found: Mapping[str, Media], alike: Mapping[str, Path]) -> None:
        """Show where media were found, and which files have their names but another content."""
        self._left -= set(found)
        self._alike.update(alike)
        for item in filter(None, map(self.list.topLevelItem, range(self.list.topLevelItemCount()))):
            name = item.data(0, _FINGERPRINT)
            if name in found:
                self._set(item, self.tr("found"), found[name].path)
            elif name in self._left and name in self._alike:
                self._set(item, self.tr("other content"), str(self._alike[name]))
        self.look.setEnabled(bool(self._left))
        others = len(self._left & set(self._alike))
        words = self.tr("Missing: {0}.").format(len(self._left)) if self._left else self.tr("All are found.")
        if others:
            words += " " + self.tr("For {0} there is a file of the same name, but other content.").format(others)
        self.words.setText(words)
        self._allow()

    def show_refused(self, sentence: str) -> None:
        """Say why a file cannot take the place of another."""
        self.words.setText(said(sentence))
        self.look.setEnabled(bool(self._left))

    def _listed(self, missing: Sequence[Media]) -> QTreeWidget:
        rows = QTreeWidget()
        rows.setHeaderLabels([self.tr("Name"), self.tr("State"), self.tr("Where it was, or is")])
        rows.setRootIsDecorated(False)
        rows.setAccessibleName(self.tr("Missing media"))
        rows.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        for column in range(2):
            rows.header().setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        rows.header().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        for media in missing:
            item = QTreeWidgetItem(rows, [Path(media.path).name])
            item.setData(0, _FINGERPRINT, media.fingerprint)
            item.setSizeHint(2, QSize(0, 2 * rows.fontMetrics().height()))
            self._set(item, self.tr("missing"), media.path)
        if (first := rows.topLevelItem(0)) is not None:
            rows.setCurrentItem(first)
        rows.currentItemChanged.connect(self._allow)
        return rows

    def _set(self, item: QTreeWidgetItem, state: str, path: str) -> None:
        item.setText(1, state)
        item.setText(2, path)
        item.setToolTip(2, path)

    def _chosen(self) -> str:
        item = self.list.currentItem()
        name = str(item.data(0, _FINGERPRINT)) if item is not None else ""
        return name if name in self._left else ""

    def _allow(self) -> None:
        self.choose.setEnabled(bool(self._chosen()))

    def _ask(self) -> None:
        name = QFileDialog.getExistingDirectory(self, self.tr("Where may they be?"), self._start)
        if name:
            self._start = name
            self.words.setText(self.tr("Looking in {0} …").format(name))
            self.look.setEnabled(False)
            self.folder_wished.emit(Path(name))

    def _ask_file(self) -> None:
        chosen = self._chosen()
        start = str(self._alike.get(chosen, self._start))
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Which file takes its place?"), start)
        if chosen and name:
            self.file_wished.emit(chosen, Path(name))

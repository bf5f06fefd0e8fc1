"""One dialog for all missing media: which they are, where they were, and where they may be now."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
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

_FINGERPRINT = Qt.ItemDataRole.UserRole


class Relink(QDialog):
    """Shows the missing media, and lets them be looked for in folders: by name, and by content.

    Attributes:
        folder_wished: a folder to look in, for all that are still missing.
    """

    folder_wished = Signal(object)

    def __init__(self, missing: Sequence[Media], start: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Missing media"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(640, 380)
        self._start = start
        self.words = label(kind="dim")
        self.list = QTreeWidget()
        self.list.setHeaderLabels([self.tr("Name"), self.tr("Where it was, or is")])
        self.list.setRootIsDecorated(False)
        self.list.setAccessibleName(self.tr("Missing media"))
        self.list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        for media in missing:
            item = QTreeWidgetItem(self.list, [Path(media.path).name, str(Path(media.path).parent)])
            item.setData(0, _FINGERPRINT, media.fingerprint)
            item.setToolTip(1, media.path)
        self.look = QPushButton(self.tr("Look in a folder …"))
        self.look.clicked.connect(self._ask)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.addButton(self.look, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        for widget in (label(self.tr("Choose a folder: media are found in it and below by name and content, "
                                     "whatever they are called there."), "dim"),
                       self.list, self.words, buttons):  # fmt: skip
            column.addWidget(widget)
        self.show_found({})

    def show_found(self, found: Mapping[str, Media]) -> None:
        """Show where media were found."""
        left = 0
        for item in filter(None, map(self.list.topLevelItem, range(self.list.topLevelItemCount()))):
            media = found.get(item.data(0, _FINGERPRINT))
            if media is not None:
                item.setText(1, media.path)
                item.setData(0, Qt.ItemDataRole.CheckStateRole, Qt.CheckState.Checked)
            elif item.data(0, Qt.ItemDataRole.CheckStateRole) is None:
                left += 1
        self.look.setEnabled(left > 0)
        self.words.setText(self.tr("{0} are missing.").format(left) if left else self.tr("All are found."))

    def _ask(self) -> None:
        name = QFileDialog.getExistingDirectory(self, self.tr("Where may they be?"), self._start)
        if name:
            self._start = name
            self.words.setText(self.tr("Looking in {0} …").format(name))
            self.look.setEnabled(False)
            self.folder_wished.emit(Path(name))

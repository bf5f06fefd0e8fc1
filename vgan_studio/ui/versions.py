"""Earlier versions of the film: those after the last edits are listed, and to go back to one is a step."""

import time
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from vgan_studio.service.project import Opened, opening

from .parts import label
from .stage import Stage
from .words import said


class Versions(QDialog):
    """Lists versions, the newest first.

    Attributes:
        wished: the path of one.
    """

    wished = Signal(object)

    def __init__(self, paths: Sequence[Path], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Earlier versions"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(460, 360)
        self.list = QListWidget()
        self.list.setAccessibleName(self.windowTitle())
        self.list.itemActivated.connect(self.accept)
        words = self.tr("The film as it was after each of the last edits. To go back is a step that can be undone.")
        buttons = QDialogButtonBox()
        self.back = buttons.addButton(self.tr("Go back to it"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        self.back.setEnabled(bool(paths))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for widget in (label(words, "dim"), self.list, buttons):
            column.addWidget(widget)
        self.list.ensurePolished()  # so that rows are as tall as the style sheet has them
        for path in reversed(paths):
            item = QListWidgetItem(_when(path), self.list)
            item.setData(Qt.ItemDataRole.UserRole, path)
        self.list.setCurrentRow(0)
        self.accepted.connect(lambda: self.wished.emit(self.list.currentItem().data(Qt.ItemDataRole.UserRole)))


def ask_version(window: Stage, paths: Sequence[Path]) -> None:
    """Show the versions, and go back to the one that is chosen."""
    assert isinstance(window, QWidget)
    dialog = Versions(paths, window)
    dialog.wished.connect(lambda path: _go_back(window, path))
    dialog.open()


def _go_back(window: Stage, path: Path) -> None:
    name = QCoreApplication.translate("Versions", "Version of {0}").format(_when(path))
    job = window.jobs.make(name, opening(path, ours=True))

    def put(opened: Opened) -> None:
        window.document.do(name, lambda _: opened.timeline)

    job.done.connect(put)
    job.failed.connect(lambda sentence: window.tell(said(sentence), bad=True))
    job.start()


def _when(path: Path) -> str:
    """Say when a version was kept."""
    return time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(path.stat().st_mtime))

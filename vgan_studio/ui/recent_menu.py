"""The films that were open lately, in the menu of files."""

from functools import partial
from pathlib import Path

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from .files import Files


class RecentMenu(QMenu):
    """Lists films, the one that was open last first, when it is opened.

    Args:
        before: the action of the menu of files that it stands above.
    """

    def __init__(self, files: Files, before: QAction) -> None:
        menu = next(one for one in before.associatedObjects() if isinstance(one, QMenu))
        super().__init__(menu)
        self._files = files
        self.setTitle(self.tr("Open &recent"))
        self.setToolTipsVisible(True)
        menu.insertMenu(before, self)
        menu.aboutToShow.connect(self._fill)
        self._fill()

    def _fill(self) -> None:
        self.clear()
        for path in self._files.recent:
            action = self.addAction(path.stem.replace("&", "&&"), partial(self._open, path))
            action.setToolTip(str(path))
        self.setEnabled(not self.isEmpty())

    def _open(self, path: Path) -> None:
        self._files.open(path)

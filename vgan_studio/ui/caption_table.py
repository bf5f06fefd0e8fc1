"""Captions as a table: when each begins and ends, and its words; what is typed becomes a wish."""
# ruff: noqa: N802  (Qt's names)

from fractions import Fraction
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from vgan_studio.timeline.captions import Captions

from .theme import DARK, Theme
from .timecode import frame_of, timecode

AnyIndex = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class CaptionTable(QAbstractTableModel):
    """The captions of a track; owned by the GUI thread.

    Attributes:
        text_wished: a caption and its words.
        time_wished: a caption, and the frames where it shall begin and end.
    """

    RATE = Fraction(25)
    text_wished = Signal(int, str)
    time_wished = Signal(int, int, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._captions: Captions = ()
        self.rate = self.RATE
        self._locked, self._marked, self._theme = False, -1, DARK

    def show(self, captions: Captions, rate: Fraction, *, locked: bool) -> None:
        """Show other captions."""
        self.beginResetModel()
        self._captions, self.rate, self._locked, self._marked = captions, rate, locked, -1
        self.endResetModel()

    def mark(self, index: int) -> None:
        """Mark the caption that is shown now; -1 for none."""
        old, self._marked = self._marked, index
        for row in {old, index} - {-1} if old != index else ():
            self.dataChanged.emit(self.index(row, 0), self.index(row, 2))

    def show_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        self._theme = theme

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """Count the captions."""
        return 0 if parent.isValid() else len(self._captions)

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """Count the columns."""
        return 0 if parent.isValid() else 3

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Name the columns."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (self.tr("Begins"), self.tr("Ends"), self.tr("Words"))[section]
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give what stands in a cell."""
        if not index.isValid() or index.row() >= len(self._captions):
            return None
        one, column = self._captions[index.row()], index.column()
        if role == Qt.ItemDataRole.ForegroundRole and index.row() == self._marked:
            return QColor(self._theme.accent)
        if column == 2 and role == Qt.ItemDataRole.DisplayRole:
            return one.text.replace("\n", " / ")
        if column == 2 and role in (Qt.ItemDataRole.EditRole, Qt.ItemDataRole.ToolTipRole):
            return one.text
        if column < 2 and role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return timecode(one.end if column else one.start, self.rate)
        return None

    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Wish for what was typed; the table shows it once it is so."""
        if role != Qt.ItemDataRole.EditRole or index.row() >= len(self._captions):
            return False
        row, one = index.row(), self._captions[index.row()]
        if index.column() == 2:
            self.text_wished.emit(row, str(value))
            return False
        frame = frame_of(str(value), self.rate)
        if frame is not None:
            self.time_wished.emit(row, *((one.start, frame) if index.column() else (frame, one.end)))
        return False

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Let every cell be edited, unless the track is locked."""
        flags = super().flags(index)
        return flags if self._locked else flags | Qt.ItemFlag.ItemIsEditable

"""The list of frames that gave no picture, each with the reason."""

from fractions import Fraction

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractScrollArea, QListWidget, QListWidgetItem, QWidget

from vgan_studio.timeline.values import Timeline

from .timecode import timecode
from .words import said

_MOST = 100
_PLACE = Qt.ItemDataRole.UserRole


class Failures(QListWidget):
    """Shows frames that failed, the newest first; it is hidden while there are none.

    Attributes:
        seek_wished: a frame was clicked, or Return was pressed on it.
        forgotten: the list was emptied.
    """

    seek_wished = Signal(int)
    forgotten = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rate = Fraction(25)
        self.setAccessibleName(self.tr("Frames that failed"))
        self.setWordWrap(True)
        self.setSizeAdjustPolicy(QAbstractScrollArea.SizeAdjustPolicy.AdjustToContents)
        self.itemClicked.connect(self._go)
        self.itemActivated.connect(self._go)
        self.hide()

    def show_film(self, timeline: Timeline) -> None:
        """Take the rate of a film, for its time code."""
        self._rate = timeline.rate

    def add(self, frame: int, sentence: str) -> None:
        """Add a frame, or -1 for none in particular, and why it failed; once."""
        words = f"{timecode(frame, self._rate)}  {said(sentence)}" if frame >= 0 else said(sentence)
        if self.findItems(words, Qt.MatchFlag.MatchExactly):
            return
        item = QListWidgetItem(words)
        item.setData(_PLACE, frame)
        self.insertItem(0, item)
        while self.count() > _MOST:
            self.takeItem(self.count() - 1)
        self.show()

    def forget(self) -> None:
        """Empty the list: what failed is tried again."""
        self.clear()
        self.hide()
        self.forgotten.emit()

    def _go(self, item: QListWidgetItem) -> None:
        self.seek_wished.emit(max(0, int(item.data(_PLACE))))

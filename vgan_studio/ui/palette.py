"""The palette: every action, found by a few letters, and done by Return."""
# ruff: noqa: N802  (events have Qt's names)

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QAction, QIcon, QKeyEvent, QKeySequence, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from .actions import plain
from .parts import entry

_ACTION = Qt.ItemDataRole.UserRole
_KEYS = Qt.ItemDataRole.UserRole + 1
_ICON = 18  # points

Index = QModelIndex | QPersistentModelIndex


class Palette(QFrame):
    """Lists actions over the window, the best match for what is typed first; it goes when the keyboard does."""

    def __init__(self, actions: Iterable[QAction], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("palette")
        self.setAccessibleName(self.tr("Find an action"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._actions = [action for action in actions if action.isVisible()]
        self._field = entry(placeholder=self.tr("What shall be done?"))
        self._field.setAccessibleName(self.tr("Find an action"))
        self._list = QListWidget()
        self._list.setAccessibleName(self.tr("Actions"))
        self._list.setItemDelegate(_Lines(self._list))
        self._list.setUniformItemSizes(True)
        self._list.setIconSize(QSize(_ICON, _ICON))
        blank = QPixmap(_ICON, _ICON)
        blank.fill(Qt.GlobalColor.transparent)
        self._blank = QIcon(blank)
        self._field.textChanged.connect(self._filter)
        self._field.returnPressed.connect(self._do)
        self._field.installEventFilter(self)
        self._list.itemActivated.connect(lambda _: self._do())
        self._list.itemClicked.connect(lambda _: self._do())
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self._field)
        column.addWidget(self._list, 1)
        self.setFixedSize(min(520, parent.width() - 40), min(420, parent.height() - 80))
        self.move((parent.width() - self.width()) // 2, 56)
        self._filter("")

    def open(self) -> None:
        """Show it, ready to be typed into."""
        self.show()
        self.raise_()
        self._field.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        """Go when another language is spoken, as the actions go away then."""
        if event.type() == QEvent.Type.LanguageChange:
            self.close()
        super().changeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrows of the field move in the list."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
            if event.key() in step:
                row = self._list.currentRow() + step[Qt.Key(event.key())]
                self._list.setCurrentRow(max(0, min(row, self._list.count() - 1)))
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.close()
                return True
        if event.type() == QEvent.Type.FocusOut and not self._list.hasFocus():
            self.close()
        return super().eventFilter(watched, event)

    def _filter(self, text: str) -> None:
        scored = [
            (score, number) for number, action in enumerate(self._actions) if (score := match(text, plain(action)))
        ]
        scored.sort(key=lambda one: (-one[0], one[1]))
        self._list.clear()
        for _, number in scored:
            action = self._actions[number]
            icon = self._blank if action.icon().isNull() else action.icon()  # so that all words begin below each other
            item = QListWidgetItem(icon, plain(action), self._list)
            item.setData(_ACTION, number)
            native = QKeySequence.SequenceFormat.NativeText
            item.setData(_KEYS, ", ".join(key.toString(native) for key in action.shortcuts()))
            if not action.isEnabled():
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEnabled)
        self._list.setCurrentRow(0)

    def _do(self) -> None:
        item = self._list.currentItem()
        if item is not None and item.flags() & Qt.ItemFlag.ItemIsEnabled:
            action = self._actions[item.data(_ACTION)]
            self.close()
            action.trigger()


class _Lines(QStyledItemDelegate):
    """A line of the list: words at the left, keys at the right."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        keys = index.data(_KEYS)
        if keys:
            on = bool(option.state & QStyle.StateFlag.State_Selected)
            role = QPalette.ColorRole.Text if on else QPalette.ColorRole.PlaceholderText
            painter.setPen(option.palette.color(role))
            place = QRect(option.rect).adjusted(0, 0, -12, 0)
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, keys)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Give every line room."""
        size = super().sizeHint(option, index)
        return QSize(size.width(), size.height() + 6)


def match(wanted: str, words: str) -> int:
    """Score how well words match what is typed; 0 if a letter of it is lacking.  Starts of words count more."""
    wanted, words = wanted.casefold().strip(), words.casefold()
    if not wanted:
        return 1
    if wanted in words:
        return 1000 - words.index(wanted)
    score, place = 1, 0
    for letter in wanted.replace(" ", ""):
        found = words.find(letter, place)
        if found < 0:
            return 0
        start = found == 0 or words[found - 1] == " "
        score += 5 if start else 2 if found == place else 1
        place = found + 1
    return score

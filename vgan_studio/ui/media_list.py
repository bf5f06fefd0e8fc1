"""The list of the bin: media and folders by what they are, dragged from it, onto the timeline or into folders."""
# ruff: noqa: N802  (events have Qt's names)

import json
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QMimeData, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QIcon,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QToolButton, QWidget

from vgan_studio.timeline.values import FolderPath

from .drops import MEDIA_MIME, to_mime

FINGERPRINT = Qt.ItemDataRole.UserRole  # of a medium
PATH = Qt.ItemDataRole.UserRole + 1  # of a folder, as JSON
WITHIN = Qt.ItemDataRole.UserRole + 2  # fingerprints of all that lies in a folder
FOLDER_MIME = "application/x-vgan-folders"
ICON = QSize(80, 45)
_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Backspace, Qt.Key.Key_F2)


class MediaList(QListWidget):
    """Media by their fingerprints, and folders by their paths.

    Attributes:
        hovered: the item under the pointer, or None; and where in its picture, from 0 to 1.
        key_pressed: Return, Backspace or F2.
        dropped: what was dragged from this list, and the path of the folder it was dropped on.
    """

    hovered = Signal(object, float)
    key_pressed = Signal(int)
    dropped = Signal(object, object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._target: QListWidgetItem | None = None
        self.setIconSize(ICON)
        self.setMouseTracking(True)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell where in which picture the pointer is."""
        super().mouseMoveEvent(event)
        if event.buttons() is not Qt.MouseButton.NoButton:
            return
        item = self.itemAt(event.position().toPoint())
        if item is None:
            self.hovered.emit(None, 0.0)
            return
        rect = self.visualItemRect(item)
        width = rect.width() if self.viewMode() is QListWidget.ViewMode.IconMode else self.iconSize().width() + 6
        share = (event.position().x() - rect.left()) / max(1, width)
        self.hovered.emit(item if share < 1 else None, min(max(0.0, share), 1.0))

    def leaveEvent(self, event: QEvent) -> None:
        """Tell that the pointer has left."""
        super().leaveEvent(event)
        self.hovered.emit(None, 0.0)

    def event(self, event: QEvent) -> bool:
        """Keep the keys of the list from being those of the window."""
        mine = event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if mine and isinstance(event, QKeyEvent) and event.key() in _KEYS and not event.modifiers():
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell of keys that open, leave or rename."""
        if event.key() in _KEYS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.key_pressed.emit(event.key())
        else:
            super().keyPressEvent(event)

    def mimeTypes(self) -> list[str]:
        """Say what is dragged."""
        return [MEDIA_MIME, FOLDER_MIME]

    def mimeData(self, items: Sequence[QListWidgetItem]) -> QMimeData:
        """Give the fingerprints of what is dragged, those in folders with them, and the paths of the folders."""
        names: list[str] = []
        for item in items:
            names += [item.data(FINGERPRINT)] if item.data(FINGERPRINT) else item.data(WITHIN)
        mime = to_mime(list(dict.fromkeys(names)))
        paths = [item.data(PATH) for item in items if item.data(PATH)]
        mime.setData(FOLDER_MIME, json.dumps(paths).encode())
        return mime

    def startDrag(self, supportedActions: Qt.DropAction) -> None:  # noqa: N803  (Qt's name)
        """Drag a small picture beside the pointer, so that one sees what is below it."""
        del supportedActions
        items = self.selectedItems()
        if items:
            drag = QDrag(self)
            drag.setMimeData(self.mimeData(items))
            drag.setPixmap(items[0].icon().pixmap(ICON * 0.7))
            drag.setHotSpot(QPoint(-14, -6))
            drag.exec(Qt.DropAction.CopyAction)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take what comes from here; files are for the panel."""
        self._consider(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Take it over a folder."""
        self._consider(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Show no folder that would take it."""
        del event
        self._aim(None)

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell what was dropped on which folder."""
        target = self._folder_at(event.position().toPoint())
        self._aim(None)
        if target is None or not event.mimeData().hasFormat(FOLDER_MIME):
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.CopyAction)  # else the list takes its rows away
        event.accept()
        self.dropped.emit(event.mimeData(), path_of(target.data(PATH)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the list, and a frame round the folder that would take what is dragged."""
        super().paintEvent(event)
        if self._target is not None:
            painter = QPainter(self.viewport())
            painter.setPen(QPen(self.palette().highlight(), 2))
            tint = QColor(self.palette().highlight().color())
            tint.setAlpha(40)
            painter.setBrush(tint)
            painter.drawRoundedRect(self.visualItemRect(self._target).adjusted(1, 1, -1, -1), 4, 4)
            painter.end()

    def _consider(self, event: QDragMoveEvent) -> None:
        if event.mimeData().hasFormat(FOLDER_MIME):
            self._aim(self._folder_at(event.position().toPoint()))
            event.setDropAction(Qt.DropAction.CopyAction)
            event.setAccepted(self._target is not None or isinstance(event, QDragEnterEvent))
        else:
            event.ignore()

    def _folder_at(self, place: QPoint) -> QListWidgetItem | None:
        item = self.itemAt(place)
        return item if item is not None and item.data(PATH) else None

    def _aim(self, target: QListWidgetItem | None) -> None:
        if target is not self._target:
            self._target = target
            self.viewport().update()


class Crumb(QToolButton):
    """A folder on the way to the one that is shown: a click goes there, what is dropped on it is moved there.

    Attributes:
        dropped: what was dragged from the list, and the path.
    """

    dropped = Signal(object, object)

    def __init__(self, words: str, path: FolderPath) -> None:
        super().__init__()
        self.path = path
        self.setText(words)
        self.setObjectName("layout")
        self.setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take what comes from the list."""
        if event.mimeData().hasFormat(FOLDER_MIME):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.setDown(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Look as before."""
        del event
        self.setDown(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell what was dropped."""
        self.setDown(False)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.dropped.emit(event.mimeData(), self.path)


def folders_of(mime: QMimeData) -> list[FolderPath]:
    """Give the folders that are dragged."""
    return [path_of(text) for text in json.loads(bytes(mime.data(FOLDER_MIME).data()) or b"[]")]


def path_of(text: str) -> FolderPath:
    """Read the path of a folder out of an item."""
    return tuple(json.loads(text))


def framed(image: QImage, room: QSize) -> QIcon:
    """Make an icon of one size of a picture of any shape; it looks the same when it is selected."""
    drawn = QPixmap(room)
    drawn.fill(Qt.GlobalColor.black)
    size = image.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    place = QRect((room.width() - size.width()) // 2, (room.height() - size.height()) // 2, size.width(), size.height())
    painter.drawImage(place, image)
    painter.end()
    return _plain(drawn)


def centred(drawn: QPixmap, room: QSize) -> QIcon:
    """Make an icon of one size of a small drawing in its middle."""
    ratio = drawn.devicePixelRatio()
    wide = QPixmap(room * ratio)
    wide.setDevicePixelRatio(ratio)
    wide.fill(Qt.GlobalColor.transparent)
    painter = QPainter(wide)
    size = drawn.deviceIndependentSize()
    painter.drawPixmap(round((room.width() - size.width()) / 2), round((room.height() - size.height()) / 2), drawn)
    painter.end()
    return _plain(wide)


def _plain(drawn: QPixmap) -> QIcon:
    made = QIcon(drawn)
    made.addPixmap(drawn, QIcon.Mode.Selected)
    return made

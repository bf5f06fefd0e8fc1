"""The media bin: the list of what was taken in, to be dragged onto the timeline."""
# ruff: noqa: N802  (events have Qt's names)

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QIcon,
    QImage,
    QMouseEvent,
    QPainter,
    QPixmap,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from vgan_studio.service.thumbnails import Thumbnails
from vgan_studio.timeline.values import Media

from .drops import MEDIA_MIME, files_of, to_mime
from .parts import entry, label, tool
from .theme import DARK, Theme, icon, pixmap
from .words import said

_FINGERPRINT = Qt.ItemDataRole.UserRole
_ICON = QSize(80, 45)
_LARGE = QSize(128, 72)
_CALM_MS = 60
_STEPS = 24  # pictures that are shown while the pointer goes over one


class MediaBin(QWidget):
    """Shows media by name, with a picture and what is odd about them; emits wishes.

    Attributes:
        files_wished: paths that shall be taken in.
        append_wished: fingerprints that shall be put at the end of the film.
    """

    files_wished = Signal(object)
    append_wished = Signal(object)

    def __init__(self, thumbnails: Thumbnails, import_action: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAcceptDrops(True)
        self._thumbnails, self._theme = thumbnails, DARK
        self._media: dict[str, Media] = {}
        self._notes: dict[str, tuple[str, tuple[str, ...]]] = {}
        self._missing: frozenset[str] = frozenset()
        self._under: tuple[str, float] | None = None
        self._search = entry(placeholder=self.tr("Search"))
        self._search.setClearButtonEnabled(True)
        self._search.setAccessibleName(self.tr("Search media"))
        self._search.textChanged.connect(self._filter)
        self._empty = label(self.tr("Drop films, pictures and sound here."), "dim")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.list = _List(self)
        self.list.setAccessibleName(self.tr("Media"))
        self.list.itemDoubleClicked.connect(lambda item: self.append_wished.emit([item.data(_FINGERPRINT)]))
        self.list.hovered.connect(self._hover)
        self._calm = QTimer(self)
        self._calm.setInterval(_CALM_MS)
        self._calm.setSingleShot(True)
        self._calm.timeout.connect(self._refresh)
        thumbnails.came.connect(self._came)
        self._view = tool(self.tr("List or pictures"))
        self._view.setCheckable(True)
        self._view.toggled.connect(self.show_pictures)
        self._lay_out(import_action)

    def show_pictures(self, large: bool) -> None:
        """Show large pictures beside each other, or a list."""
        self._view.setChecked(large)
        self.list.setViewMode(QListWidget.ViewMode.IconMode if large else QListWidget.ViewMode.ListMode)
        self.list.setIconSize(_LARGE if large else _ICON)
        self.list.setGridSize(_LARGE + QSize(16, 3 * self.fontMetrics().height()) if large else QSize())
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setWordWrap(False)
        self.list.setMovement(QListWidget.Movement.Static)
        self.list.setDragEnabled(True)
        for item in map(self.list.item, range(self.list.count())):
            item.setSizeHint(QSize() if large else QSize(0, _ICON.height() + 10))
        self._view.setIcon(icon("list" if large else "grid", self._theme))
        self._refresh()

    @property
    def chosen(self) -> list[str]:
        """The fingerprints of the selected media."""
        return [item.data(_FINGERPRINT) for item in self.list.selectedItems()]

    def show_media(self, media: Sequence[Media]) -> None:
        """Show these; a list of the same ones is left as it is."""
        if list(self._media.values()) == list(media):
            return
        chosen = set(self.chosen)
        self._media = {one.fingerprint: one for one in media}
        self.list.clear()
        for one in media:
            item = QListWidgetItem(self.list)
            item.setData(_FINGERPRINT, one.fingerprint)
            item.setSizeHint(QSize() if self._view.isChecked() else QSize(0, _ICON.height() + 10))
            item.setSelected(one.fingerprint in chosen)
        self._empty.setVisible(not media)
        self.list.setVisible(bool(media))
        self._refresh()
        self._filter()

    def show_notes(self, notes: Mapping[str, tuple[str, tuple[str, ...]]]) -> None:
        """Say of media by fingerprint what they are, and what is odd about them."""
        self._notes = dict(notes)
        self._refresh()

    def show_missing(self, fingerprints: Iterable[str]) -> None:
        """Mark media whose file is not there."""
        self._missing = frozenset(fingerprints)
        self._refresh()

    def show_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        self._theme = theme
        self._view.setIcon(icon("list" if self._view.isChecked() else "grid", theme))
        self._refresh()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Go on taking files."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Wish for files to be taken in."""
        self.files_wished.emit(files_of(event.mimeData()))
        event.acceptProposedAction()

    def _refresh(self) -> None:
        for item in map(self.list.item, range(self.list.count())):
            self._renew(item)

    def _renew(self, item: QListWidgetItem) -> None:
        media = self._media[item.data(_FINGERPRINT)]
        words, odd = self._notes.get(media.fingerprint, (_facts(media), ()))
        gone = media.fingerprint in self._missing
        odd = tuple(map(said, odd))
        odd = (self.tr("The file is missing: {0}").format(media.path), *odd) if gone else odd
        mark = "  ⚠" if odd else ""
        item.setText(f"{Path(media.path).name}{mark}\n{_facts(media)}{_codec(words)}")
        item.setToolTip("\n".join((media.path, words, *odd)))
        item.setIcon(self._icon(media, missing=gone))

    def _came(self) -> None:
        if not self._calm.isActive():  # many come at once
            self._calm.start()

    def _hover(self, item: QListWidgetItem | None, share: float) -> None:
        """Show the picture of the medium at the share of its length where the pointer is."""
        before, self._under = self._under, None if item is None else (item.data(_FINGERPRINT), share)
        touched = {one[0] for one in (before, self._under) if one is not None}
        for one in map(self.list.item, range(self.list.count())):
            if one.data(_FINGERPRINT) in touched:
                self._renew(one)

    def _icon(self, media: Media, *, missing: bool) -> QIcon:
        time = media.duration / 4
        if self._under is not None and self._under[0] == media.fingerprint:
            time = media.duration * min(_STEPS - 1, int(self._under[1] * _STEPS)) / _STEPS
        image = None if missing else self._thumbnails.get(media, time)
        if image is None and time != media.duration / 4:
            image = self._thumbnails.get(media, media.duration / 4)  # until the other one comes
        if image is None:
            name = "warning" if missing else "film" if media.width else "note"
            return QIcon(pixmap(name, self._theme.danger if missing else self._theme.dim, 32, self.devicePixelRatioF()))
        return _framed(image, self.list.iconSize())

    def _filter(self) -> None:
        wanted = self._search.text().casefold()
        for item in map(self.list.item, range(self.list.count())):
            item.setHidden(wanted not in item.text().casefold())

    def _lay_out(self, import_action: QAction) -> None:
        button = QToolButton()
        button.setDefaultAction(import_action)
        row = QHBoxLayout()
        row.addWidget(self._search, 1)
        row.addWidget(self._view)
        row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.addLayout(row)
        column.addWidget(self.list, 1)
        column.addWidget(self._empty, 1)
        self.list.hide()


class _List(QListWidget):
    """The list of the bin: media are dragged from it by their fingerprints.

    Attributes:
        hovered: the item under the pointer, or None; and where in its picture, from 0 to 1.
    """

    hovered = Signal(object, float)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setIconSize(_ICON)
        self.setMouseTracking(True)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
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

    def mimeTypes(self) -> list[str]:
        """Say what is dragged."""
        return [MEDIA_MIME]

    def mimeData(self, items: Sequence[QListWidgetItem]) -> QMimeData:
        """Give the fingerprints of what is dragged."""
        return to_mime([item.data(_FINGERPRINT) for item in items])


def _framed(image: QImage, room: QSize) -> QIcon:
    """Make an icon of one size of a picture of any shape; it looks the same when it is selected."""
    drawn = QPixmap(room)
    drawn.fill(Qt.GlobalColor.black)
    size = image.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    place = QRect((room.width() - size.width()) // 2, (room.height() - size.height()) // 2, size.width(), size.height())
    painter.drawImage(place, image)
    painter.end()
    made = QIcon(drawn)
    made.addPixmap(drawn, QIcon.Mode.Selected)
    return made


def _facts(media: Media) -> str:
    facts = [_length(media.duration)] if media.duration else []
    facts += [f"{media.width}×{media.height}"] if media.width else []
    return " · ".join(facts)


def _codec(words: str) -> str:
    """Give the codec out of a line of facts, which is told after the size and the rate."""
    facts = words.split(" · ")
    return f" · {facts[2]}" if len(facts) > 2 and "fps" in facts[1] else ""


def _length(duration: Fraction) -> str:
    minutes, seconds = divmod(float(duration), 60)
    return f"{int(minutes)}:{seconds:04.1f}"

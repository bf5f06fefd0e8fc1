"""The media bin: the list of what was taken in, to be dragged onto the timeline."""
# ruff: noqa: N802  (events have Qt's names)

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from pathlib import Path

from PySide6.QtCore import QMimeData, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QDragEnterEvent, QDragMoveEvent, QDropEvent, QIcon, QImage, QPainter, QPixmap
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
from .parts import entry, label
from .theme import DARK, Theme, pixmap

_FINGERPRINT = Qt.ItemDataRole.UserRole
_ICON = QSize(80, 45)


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
        self._search = entry(placeholder=self.tr("Search"))
        self._search.setClearButtonEnabled(True)
        self._search.setAccessibleName(self.tr("Search media"))
        self._search.textChanged.connect(self._filter)
        self._empty = label(self.tr("Drop films, pictures and sound here."), "dim")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.list = _List(self)
        self.list.setAccessibleName(self.tr("Media"))
        self.list.itemDoubleClicked.connect(lambda item: self.append_wished.emit([item.data(_FINGERPRINT)]))
        thumbnails.came.connect(self._refresh)
        self._lay_out(import_action)

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
            item.setSizeHint(QSize(0, _ICON.height() + 10))
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
            media = self._media[item.data(_FINGERPRINT)]
            words, odd = self._notes.get(media.fingerprint, (_facts(media), ()))
            gone = media.fingerprint in self._missing
            odd = (self.tr("The file is missing: {0}").format(media.path), *odd) if gone else odd
            mark = "  ⚠" if odd else ""
            item.setText(f"{Path(media.path).name}{mark}\n{_facts(media)}")
            item.setToolTip("\n".join((media.path, words, *odd)))
            item.setIcon(self._icon(media, missing=gone))

    def _icon(self, media: Media, *, missing: bool) -> QIcon:
        image = None if missing else self._thumbnails.get(media, media.duration / 4)
        if image is None:
            name = "warning" if missing else "film" if media.width else "note"
            return QIcon(pixmap(name, self._theme.danger if missing else self._theme.dim, 32, self.devicePixelRatioF()))
        return _framed(image)

    def _filter(self) -> None:
        wanted = self._search.text().casefold()
        for item in map(self.list.item, range(self.list.count())):
            item.setHidden(wanted not in item.text().casefold())

    def _lay_out(self, import_action: QAction) -> None:
        button = QToolButton()
        button.setDefaultAction(import_action)
        row = QHBoxLayout()
        row.addWidget(self._search, 1)
        row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.addLayout(row)
        column.addWidget(self.list, 1)
        column.addWidget(self._empty, 1)
        self.list.hide()


class _List(QListWidget):
    """The list of the bin: media are dragged from it by their fingerprints."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setIconSize(_ICON)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def mimeTypes(self) -> list[str]:
        """Say what is dragged."""
        return [MEDIA_MIME]

    def mimeData(self, items: Sequence[QListWidgetItem]) -> QMimeData:
        """Give the fingerprints of what is dragged."""
        return to_mime([item.data(_FINGERPRINT) for item in items])


def _framed(image: QImage) -> QIcon:
    """Make an icon of one size of a picture of any shape; it looks the same when it is selected."""
    drawn = QPixmap(_ICON)
    drawn.fill(Qt.GlobalColor.black)
    size = image.size().scaled(_ICON, Qt.AspectRatioMode.KeepAspectRatio)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    place = QRect(
        (_ICON.width() - size.width()) // 2, (_ICON.height() - size.height()) // 2, size.width(), size.height()
    )
    painter.drawImage(place, image)
    painter.end()
    made = QIcon(drawn)
    made.addPixmap(drawn, QIcon.Mode.Selected)
    return made


def _facts(media: Media) -> str:
    facts = [_length(media.duration)] if media.duration else []
    facts += [f"{media.width}×{media.height}"] if media.width else []
    return " · ".join(facts)


def _length(duration: Fraction) -> str:
    minutes, seconds = divmod(float(duration), 60)
    return f"{int(minutes)}:{seconds:04.1f}"

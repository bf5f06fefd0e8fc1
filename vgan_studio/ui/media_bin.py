"""The media bin: what was taken in, in its folders, to be dragged onto the timeline."""
# ruff: noqa: N802  (events have Qt's names)

import json
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, QMimeData, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QDragEnterEvent, QDragMoveEvent, QDropEvent, QIcon, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QToolButton, QVBoxLayout, QWidget

from vgan_studio.service.thumbnails import Thumbnails
from vgan_studio.timeline.folders import TOP
from vgan_studio.timeline.values import Folder, FolderPath, Media

from .drops import files_of, fingerprints_of
from .media_list import FINGERPRINT, ICON, PATH, WITHIN, Crumb, MediaList, centred, folders_of, framed, path_of
from .parts import entry, label, tool
from .theme import DARK, Theme, icon, pixmap
from .words import said

_LARGE = QSize(106, 60)
_CALM_MS = 60
_STEPS = 24  # pictures that are shown while the pointer goes over one
_TAGS = {"Its rate varies": "VFR", "HDR ": "HDR"}  # how a sentence begins, and what is said in a word


class MediaBin(QWidget):
    """Shows the media and folders of one folder, or all that fit a search; emits wishes.

    Attributes:
        files_wished: paths that shall be taken in.
        open_wished: the fingerprint of a medium that shall be seen in the viewer.
        shelve_wished: fingerprints and paths of folders, and the path of the folder they shall go to.
        folder_wished: a new folder in the one that is shown.
        rename_wished: the path of a folder.
        remove_wished: fingerprints and paths of folders.
        menu_wished: where on the screen.
        went: the path of the folder that is shown now.
    """

    files_wished = Signal(object)
    open_wished = Signal(str)
    shelve_wished = Signal(object, object, object)
    folder_wished = Signal()
    rename_wished = Signal(object)
    remove_wished = Signal(object, object)
    menu_wished = Signal(QPoint)
    went = Signal(object)

    def __init__(self, thumbnails: Thumbnails, import_action: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAcceptDrops(True)
        self._thumbnails, self._theme = thumbnails, DARK
        self._media: dict[str, Media] = {}
        self._folders: dict[FolderPath, Folder] = {}
        self._shelves: dict[str, FolderPath] = {}
        self._notes: dict[str, tuple[str, tuple[str, ...]]] = {}
        self._missing: frozenset[str] = frozenset()
        self._proxies: dict[str, str] = {}
        self._under: tuple[str, float] | None = None
        self.folder: FolderPath = TOP
        self._search = entry(placeholder=self.tr("Search"))
        self._search.setClearButtonEnabled(True)
        self._search.setAccessibleName(self.tr("Search media"))
        self._search.textChanged.connect(self._fill)
        self._empty = label(self.tr("Drop films, pictures and sound here."), "dim")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._calm = QTimer(self)
        self._calm.setInterval(_CALM_MS)
        self._calm.setSingleShot(True)
        self._calm.timeout.connect(self._refresh)
        self.list = self._listed()
        thumbnails.came.connect(self._came)
        self._view = tool(self.tr("List or pictures"))
        self._view.setCheckable(True)
        self._view.toggled.connect(self.show_pictures)
        self._new = tool(self.tr("New folder"))
        self._new.clicked.connect(self.folder_wished)
        self._lay_out(import_action)

    def show_pictures(self, large: bool) -> None:
        """Show large pictures beside each other, or a list."""
        self._view.setChecked(large)
        self.list.setViewMode(QListWidget.ViewMode.IconMode if large else QListWidget.ViewMode.ListMode)
        self.list.setIconSize(_LARGE if large else ICON)
        self.list.setGridSize(_LARGE + QSize(12, 3 * self.fontMetrics().height()) if large else QSize())
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setWordWrap(False)
        self.list.setMovement(QListWidget.Movement.Static)
        self.list.setDragEnabled(True)
        self.list.viewport().setAcceptDrops(True)  # which a view that does not let its rows be moved does not
        for item in self._items():
            item.setSizeHint(self._size)
        self._view.setIcon(icon("list" if large else "grid", self._theme))
        self._refresh()

    @property
    def chosen(self) -> list[str]:
        """The fingerprints of the selected media."""
        return [item.data(FINGERPRINT) for item in self.list.selectedItems() if item.data(FINGERPRINT)]

    @property
    def chosen_folders(self) -> list[FolderPath]:
        """The paths of the selected folders."""
        return [path_of(item.data(PATH)) for item in self.list.selectedItems() if item.data(PATH)]

    @property
    def folders(self) -> tuple[FolderPath, ...]:
        """The paths of all folders."""
        return tuple(self._folders)

    def show_media(self, media: Sequence[Media], folders: Sequence[Folder] = ()) -> None:
        """Show these; a list of the same ones is left as it is."""
        if list(self._media.values()) == list(media) and list(self._folders.values()) == list(folders):
            return
        self._media = {one.fingerprint: one for one in media}
        self._folders = {one.path: one for one in folders}
        self._shelves = {name: one.path for one in folders for name in one.media}
        while self.folder not in self._folders and self.folder != TOP:
            self.folder = self.folder[:-1]
        self._show_way()
        self._fill()

    def go(self, path: FolderPath) -> None:
        """Show what lies in a folder."""
        self.folder = path
        self._search.clear()
        self._show_way()
        self._fill()
        self.went.emit(path)

    def show_notes(self, notes: Mapping[str, tuple[str, tuple[str, ...]]]) -> None:
        """Say of media by fingerprint what they are, and what is odd about them."""
        self._notes = dict(notes)
        self._name_all()
        self._refresh()

    def show_missing(self, fingerprints: Iterable[str]) -> None:
        """Mark media whose file is not there."""
        self._missing = frozenset(fingerprints)
        self._name_all()
        self._refresh()

    def show_proxies(self, words: Mapping[str, str]) -> None:
        """Say of media by fingerprint that a proxy is shown in their place, or is being made."""
        if words != self._proxies:
            self._proxies = dict(words)
            self._name_all()

    def show_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        self._theme = theme
        self._view.setIcon(icon("list" if self._view.isChecked() else "grid", theme))
        self._new.setIcon(icon("new-folder", theme))
        self._refresh()

    def remove_chosen(self) -> None:
        """Wish that what is selected were not here."""
        self.remove_wished.emit(self.chosen, self.chosen_folders)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the pictures of rows that there is room for now."""
        super().resizeEvent(event)
        self._came()

    def showEvent(self, event: QShowEvent) -> None:
        """Show the pictures of rows that nobody saw while another panel was in front."""
        super().showEvent(event)
        self._came()

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
        if event.mimeData().hasUrls():
            self.files_wished.emit(files_of(event.mimeData()))
            event.acceptProposedAction()

    @property
    def _size(self) -> QSize:
        """Give the size of a row, whatever is in it yet: the list asks the first one only."""
        return self.list.gridSize() - QSize(4, 4) if self._view.isChecked() else QSize(0, ICON.height() + 10)

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(number) for number in range(self.list.count())]

    def _fill(self) -> None:
        """Make the rows: folders first, then media in the order in which they were taken in."""
        chosen = {_name(item) for item in self.list.selectedItems()}
        current = self.list.currentItem() and _name(self.list.currentItem())
        wanted = self._search.text().casefold()
        self.list.clear()
        for path in self._folders:
            if wanted in path[-1].casefold() if wanted else path[:-1] == self.folder:
                self._add_folder(path)
        for one in self._media.values():
            here = self._shelves.get(one.fingerprint, TOP) == self.folder
            if wanted in self._words(one).casefold() if wanted else here:
                self._add(FINGERPRINT, one.fingerprint)
        empty = not self._media and not self._folders
        self._empty.setVisible(empty)
        self.list.setVisible(not empty)
        self._name_all()
        self._refresh()
        for item in self._items():
            item.setSelected(_name(item) in chosen)
            if _name(item) == current:  # where the keyboard is
                self.list.setCurrentItem(item, QItemSelectionModel.SelectionFlag.NoUpdate)

    def _add(self, role: int, name: str) -> QListWidgetItem:
        """Add a row that has its size from the beginning, whenever the list lays its rows out."""
        item = QListWidgetItem()
        item.setSizeHint(self._size)
        item.setData(role, name)
        self.list.addItem(item)
        return item

    def _add_folder(self, path: FolderPath) -> None:
        inside = [one for one in self._folders if one[: len(path)] == path]
        item = self._add(PATH, json.dumps(path))
        item.setData(WITHIN, [name for one in inside for name in self._folders[one].media])

    def _name_all(self) -> None:
        for item in self._items():
            if item.data(PATH):
                path = path_of(item.data(PATH))
                count = len(item.data(WITHIN))
                item.setText(f"{path[-1]}\n" + (self.tr("{0} media").format(count) if count else self.tr("empty")))
                item.setToolTip(" › ".join(path))
            else:
                media = self._media[item.data(FINGERPRINT)]
                item.setText(self._words(media))
                item.setToolTip("\n".join((media.path, *self._odd(media))))

    def _words(self, media: Media) -> str:
        words, odd = self._notes.get(media.fingerprint, ("", ()))
        tags = [tag for start, tag in _TAGS.items() if any(one.startswith(start) for one in odd)]
        tags += [self._proxies[media.fingerprint]] if media.fingerprint in self._proxies else []
        mark = "⚠ " if self._odd(media)[1:] else ""
        where = self._shelves.get(media.fingerprint, TOP)
        found = f" · {' › '.join(where)}" if self._search.text() and where else ""
        facts = " · ".join([*tags, *_facts(media), *_codec(words)])
        return f"{mark}{Path(media.path).name}\n{facts}{found}"

    def _odd(self, media: Media) -> tuple[str, ...]:
        """Say what a medium is, and then what is odd about it."""
        words, odd = self._notes.get(media.fingerprint, (" · ".join(_facts(media)), ()))
        odd = tuple(map(said, odd))
        if media.fingerprint in self._missing:
            odd = (self.tr("The file is missing: {0}").format(media.path), *odd)
        return (words, *odd)

    def _refresh(self) -> None:
        """Make the icons of what can be seen."""
        seen = self.list.viewport().rect()
        for item in self._items():
            if seen.intersects(self.list.visualItemRect(item)):
                self._renew(item)

    def _renew(self, item: QListWidgetItem) -> None:
        if item.data(PATH):
            item.setIcon(self._drawing("folder", self._theme.accent))
        else:
            media = self._media[item.data(FINGERPRINT)]
            item.setIcon(self._icon(media, missing=media.fingerprint in self._missing))

    def _came(self) -> None:
        if not self._calm.isActive():  # many come at once
            self._calm.start()

    def _hover(self, item: QListWidgetItem | None, share: float) -> None:
        """Show the picture of the medium at the share of its length where the pointer is."""
        name = None if item is None else item.data(FINGERPRINT)
        before, self._under = self._under, (name, share) if name else None
        touched = {one[0] for one in (before, self._under) if one is not None}
        for one in self._items():
            if one.data(FINGERPRINT) in touched:
                self._renew(one)

    def _icon(self, media: Media, *, missing: bool) -> QIcon:
        time = media.duration / 4
        if self._under is not None and self._under[0] == media.fingerprint:
            time = media.duration * min(_STEPS - 1, int(self._under[1] * _STEPS)) / _STEPS
        image = None if missing else self._thumbnails.get(media, time)
        if image is None and not missing and time != media.duration / 4:
            image = self._thumbnails.get(media, media.duration / 4)  # until the other one comes
        if image is None:
            name = "warning" if missing else "film" if media.width else "note"
            return self._drawing(name, self._theme.danger if missing else self._theme.dim)
        return framed(image, self.list.iconSize())

    def _drawing(self, name: str, color: str) -> QIcon:
        return centred(pixmap(name, color, 32, self.devicePixelRatioF()), self.list.iconSize())

    def _open(self, item: QListWidgetItem) -> None:
        if item.data(PATH):
            self.go(path_of(item.data(PATH)))
        else:
            self.open_wished.emit(item.data(FINGERPRINT))

    def _press(self, key: int) -> None:
        item = self.list.currentItem()
        if key == Qt.Key.Key_Backspace:
            self.go(self.folder[:-1])
        elif item is not None and key == Qt.Key.Key_F2:
            if item.data(PATH):
                self.rename_wished.emit(path_of(item.data(PATH)))
        elif item is not None:
            self._open(item)

    def _drop(self, mime: QMimeData, path: FolderPath) -> None:
        folders = folders_of(mime)
        within = {name for one in folders for name in self._within(one)}
        names = [name for name in fingerprints_of(mime) if name and name not in within]
        self.shelve_wished.emit(names, folders, path)

    def _within(self, path: FolderPath) -> list[str]:
        return [name for one, folder in self._folders.items() if one[: len(path)] == path for name in folder.media]

    def _show_way(self) -> None:
        """Show the folders that lead to this one; nothing at the top."""
        while (item := self._way.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        if self.folder == TOP:
            return
        for depth in range(len(self.folder) + 1):
            path = self.folder[:depth]
            crumb = Crumb(path[-1] if path else "‹ " + self.tr("Media"), path)
            crumb.setCheckable(True)
            crumb.setChecked(path == self.folder)
            crumb.clicked.connect(lambda _, path=path: self.go(path))
            crumb.dropped.connect(self._drop)
            self._way.addWidget(crumb)
        self._way.addStretch(1)

    def _listed(self) -> MediaList:
        made = MediaList(self)
        made.setAccessibleName(self.tr("Media"))
        made.itemDoubleClicked.connect(self._open)
        made.hovered.connect(self._hover)
        made.key_pressed.connect(self._press)
        made.dropped.connect(self._drop)
        made.customContextMenuRequested.connect(lambda at: self.menu_wished.emit(made.viewport().mapToGlobal(at)))
        made.verticalScrollBar().valueChanged.connect(self._came)
        return made

    def _lay_out(self, import_action: QAction) -> None:
        button = QToolButton()
        button.setDefaultAction(import_action)
        row = QHBoxLayout()
        row.addWidget(self._search, 1)
        for one in (self._view, self._new, button):
            row.addWidget(one)
        self._way = QHBoxLayout()
        self._way.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.addLayout(row)
        column.addLayout(self._way)
        column.addWidget(self.list, 1)
        column.addWidget(self._empty, 1)
        self.list.hide()


def _facts(media: Media) -> list[str]:
    facts = [_length(media.duration)] if media.duration else []
    return facts + ([f"{media.width}×{media.height}"] if media.width else [])


def _codec(words: str) -> list[str]:
    """Give the codec out of a line of facts, which is told after the size and the rate."""
    facts = words.split(" · ")
    return facts[2:3] if len(facts) > 2 and "fps" in facts[1] else []


def _length(duration: Fraction) -> str:
    minutes, seconds = divmod(float(duration), 60)
    return f"{int(minutes)}:{seconds:04.1f}"


def _name(item: QListWidgetItem) -> object:
    """Give what a row stands for: a medium's fingerprint, or a folder's path."""
    return item.data(FINGERPRINT) or item.data(PATH)

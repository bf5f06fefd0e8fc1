"""What is done in the bin: its folders, what is moved between them and taken away, and its context menu."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from vgan_studio.service.document import Document
from vgan_studio.timeline import folders
from vgan_studio.timeline.bin import remove_media
from vgan_studio.timeline.folders import TOP
from vgan_studio.timeline.values import FolderPath, Timeline

from .actions import Actions
from .media_bin import MediaBin
from .questions import NameQuestion


class Shelving(QObject):
    """Makes edits of what is wished for in the bin; owned by the GUI thread, and goes with the bin."""

    def __init__(self, document: Document, bin: MediaBin, actions: Actions) -> None:
        super().__init__(bin)
        self._document, self._bin, self._actions = document, bin, actions
        bin.shelve_wished.connect(self.move)
        bin.folder_wished.connect(self.ask_folder)
        bin.rename_wished.connect(self.ask_name)
        bin.remove_wished.connect(self.remove)
        bin.menu_wished.connect(lambda place: self.menu().exec(place))

    def move(self, names: Sequence[str], paths: Sequence[FolderPath], to: FolderPath) -> None:
        """Put media and folders into a folder."""
        if names or paths:
            name = self.tr("Move to {0}").format(to[-1] if to else self.tr("Media"))
            self._document.do(name, moved, names, paths, to)

    def ask_folder(self, names: Sequence[str] = ()) -> None:
        """Ask for the name of a new folder in the one that is shown; media may go into it at once."""
        asked = NameQuestion(self.tr("New folder"), self.tr("Folder"), self._bin.window())
        inside = self._bin.folder
        asked.answered.connect(lambda name: self.add((*inside, name.strip()), names))
        asked.open()

    def add(self, path: FolderPath, names: Sequence[str] = ()) -> None:
        """Make a folder with media in it."""
        self._document.do(self.tr("New folder"), _made, path, names)

    def ask_name(self, path: FolderPath) -> None:
        """Ask for another name of a folder."""
        asked = NameQuestion(self.tr("Rename folder"), path[-1], self._bin.window())
        asked.answered.connect(lambda name: self.rename(path, name))
        asked.open()

    def rename(self, path: FolderPath, name: str) -> None:
        """Give a folder another name."""
        self._document.do(self.tr("Rename folder"), folders.rename_folder, path, name.strip())

    def remove(self, names: Sequence[str], paths: Sequence[FolderPath]) -> None:
        """Take media out of the film, and folders away; what lies in those stays."""
        if names or paths:
            label = self.tr("Remove media") if names else self.tr("Remove folder")
            self._document.do(label, _removed, names, paths)

    def menu(self) -> QMenu:
        """Make the menu of what is selected, or of the bin."""
        names, paths = self._bin.chosen, self._bin.chosen_folders
        menu = QMenu(self._bin)
        if len(paths) == 1 and not names:
            menu.addAction(self.tr("Open"), partial(self._bin.go, paths[0]))
            menu.addAction(self.tr("Rename …"), partial(self.ask_name, paths[0]))
        if names:
            for name in ("insert", "overwrite", "append"):
                menu.addAction(self._actions[name])
            menu.addSeparator()
            for name in ("proxy_make", "proxy_remove", "proxy_original"):
                menu.addAction(self._actions[name])
            menu.addSeparator()
        if names or paths:
            menu.addMenu(self._places(menu, names, paths))
            menu.addSeparator()
            words = self.tr("Remove from the film") if names else self.tr("Remove folder, keep its media")
            menu.addAction(words, partial(self.remove, names, paths))
            menu.addSeparator()
        menu.addAction(self.tr("New folder …"), self.ask_folder)
        menu.addAction(self._actions["import"])
        return menu

    def _places(self, menu: QMenu, names: Sequence[str], paths: Sequence[FolderPath]) -> QMenu:
        """Make the menu of where to put media and folders."""
        places = QMenu(self.tr("Move to"), menu)
        for path in (TOP, *self._bin.folders):
            words = "    " * len(path) + (path[-1] if path else self.tr("Media"))
            action = places.addAction(words.replace("&", "&&"), partial(self.move, names, paths, path))
            action.setEnabled(path != self._bin.folder and not any(path[: len(one)] == one for one in paths))
        if names:
            places.addSeparator()
            places.addAction(self.tr("New folder …"), partial(self.ask_folder, names))
        return places


def moved(timeline: Timeline, names: Sequence[str], paths: Sequence[FolderPath], to: FolderPath) -> Timeline:
    """Put media and folders of the bin into a folder, as one edit."""
    for path in sorted(paths, reverse=True):
        if path[:-1] != to:
            timeline = folders.move_folder(timeline, path, to)
    return folders.shelve(timeline, names, to)


def _made(timeline: Timeline, path: FolderPath, names: Sequence[str]) -> Timeline:
    return folders.shelve(folders.add_folder(timeline, path), names, path)


def _removed(timeline: Timeline, names: Sequence[str], paths: Sequence[FolderPath]) -> Timeline:
    for name in names:
        timeline = remove_media(timeline, name)
    for path in sorted(paths, reverse=True):
        timeline = folders.remove_folder(timeline, path)
    return timeline

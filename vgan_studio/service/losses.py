"""Media that go away while the film is open: their files are watched, and what is lost is told at once."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from vgan_studio.timeline.values import Media, Timeline

_MOST = 2000  # files that are watched; a system has a limit, and to begin takes time
_CALM_MS = 700  # a file that is written to changes many times a second


class Losses(QObject):
    """Watches the files of a film's media; owned by the GUI thread.

    Attributes:
        lost: a `Media` whose file is no longer there.
        touched: those whose files were written to, and may hold something else now.
    """

    lost = Signal(object)
    touched = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._media: Sequence[Media] = ()
        self._watch = QFileSystemWatcher(self)
        self._watch.fileChanged.connect(self._changed)
        self._written = set[str]()
        self._calm = QTimer(self, interval=_CALM_MS, singleShot=True)
        self._calm.timeout.connect(self._tell)

    def follow(self, timeline: Timeline) -> None:
        """Watch the media of this film from now on."""
        if timeline.media is self._media:
            return
        self._media = timeline.media
        wanted, watched = {one.path for one in self._media[:_MOST] if one.known}, set(self._watch.files())
        if watched - wanted:
            self._watch.removePaths(sorted(watched - wanted))
        there = [path for path in sorted(wanted - watched) if Path(path).is_file()]
        if there:
            self._watch.addPaths(there)

    def _changed(self, path: str) -> None:
        self._watch.removePath(path)
        if Path(path).is_file():  # perhaps another one in its place, while the old one, still open, is watched
            self._watch.addPath(path)
            self._written.add(path)
            self._calm.start()
            return
        for one in self._media:
            if one.path == path:
                self.lost.emit(one)

    def _tell(self) -> None:
        written, self._written = self._written, set()
        touched = [one for one in self._media if one.path in written]
        if touched:
            self.touched.emit(touched)

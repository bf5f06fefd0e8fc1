"""The open document: a history of timelines, and the file it belongs to."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Concatenate, ParamSpec

from PySide6.QtCore import QObject, Signal

from vgan_studio.errors import VganError
from vgan_studio.timeline.history import History, begin
from vgan_studio.timeline.values import Timeline, Track

from .jobs import Job, Jobs
from .project import Opened, opening, saving

P = ParamSpec("P")


def empty_film() -> Timeline:
    """Give the film that a new document begins with: two video tracks and one for sound."""
    tracks = (Track("video", name="V1"), Track("video", name="V2"), Track("audio", name="A1"))
    return Timeline(Fraction(25), 1280, 720, tracks=tracks)


class Document(QObject):
    """Holds the history of what is edited; owned by the GUI thread.

    Attributes:
        changed: the timeline is another one, which is given.
        refused: an edit, an undo or a file that could not be; a sentence for the user.
        opened: another project is here; media that were not found are given by their names.
        saved: the project was written; its path is given.
        dirtied: whether anything is not saved has changed.

    Args:
        state: where it is remembered which films were written here.
    """

    changed = Signal(object)
    refused = Signal(str)
    opened = Signal(object)
    saved = Signal(object)
    dirtied = Signal(bool)

    def __init__(self, jobs: Jobs, parent: QObject | None = None, state: Path | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._state = jobs, state
        self._history = begin(empty_film())
        self._saved = self.timeline
        self._was_dirty = False
        self.path: Path | None = None

    @property
    def timeline(self) -> Timeline:
        """The film as it is now."""
        return self._history.present.timeline

    @property
    def history(self) -> History:
        """The steps that led here, and those that can be redone."""
        return self._history

    @property
    def dirty(self) -> bool:
        """There is something to save."""
        return self.timeline is not self._saved and self.timeline != self._saved

    def do(
        self,
        label: str,
        edit: Callable[Concatenate[Timeline, P], Timeline],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> bool:
        """Make one edit a step of the history; False if it was refused."""
        return self.drag("", label, edit, *args, **kwargs)

    def drag(
        self,
        merge: str,
        label: str,
        edit: Callable[Concatenate[Timeline, P], Timeline],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> bool:
        """Make an edit that is one step with the one before it if that has the same `merge` key."""
        try:
            timeline = edit(self.timeline, *args, **kwargs)
        except VganError as error:
            self.refused.emit(str(error))
            return False
        self._go(self._history.push(timeline, label, merge))
        return True

    def seal(self) -> None:
        """End a gesture: the next step is one of its own, whatever its `merge` key."""
        self._history = self._history.sealed()

    def undo(self) -> None:
        """Go one step back."""
        self._try(self._history.undo)

    def redo(self) -> None:
        """Go one step forward again."""
        self._try(self._history.redo)

    def jump(self, index: int) -> None:
        """Go to a step by its index in `history.steps`."""
        self._try(lambda: self._history.jump(index))

    def start(self, timeline: Timeline, path: Path | None = None, *, saved: bool = True) -> None:
        """Begin a new history; `saved` says that the timeline is what is in the file."""
        self.path = path
        self._saved = timeline if saved else empty_film()
        self._go(begin(timeline))

    def open(self, path: Path) -> Job:
        """Read a project in the background; `opened` or `refused` tells the end."""
        job = self._jobs.make(self.tr("Open {0}").format(path.name), opening(path, state=self._state))
        job.done.connect(self._take)
        job.failed.connect(self.refused)
        job.start()
        return job

    def save(self, path: Path) -> Job:
        """Write the project in the background; `saved` or `refused` tells the end."""
        job = self._jobs.make(self.tr("Save {0}").format(path.name), saving(self.timeline, path, self._state))
        timeline = self.timeline
        job.done.connect(lambda _: self._keep(timeline, path))
        job.failed.connect(self.refused)
        job.start()
        return job

    def _take(self, opened: Opened) -> None:
        self.start(opened.timeline, opened.path)
        self.opened.emit(opened)

    def _keep(self, timeline: Timeline, path: Path) -> None:
        self._saved, self.path = timeline, path
        self._tell_dirty()
        self.saved.emit(path)

    def _try(self, step: Callable[[], History]) -> None:
        try:
            history = step()
        except VganError as error:
            self.refused.emit(str(error))
            return
        self._go(history)

    def _go(self, history: History) -> None:
        changed = history.present.timeline is not self.timeline
        self._history = history
        if changed:
            self.changed.emit(self.timeline)
        self._tell_dirty()

    def _tell_dirty(self) -> None:
        if self.dirty != self._was_dirty:
            self._was_dirty = self.dirty
            self.dirtied.emit(self._was_dirty)

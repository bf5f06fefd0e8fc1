"""Long work beside the window: a thread that drives one generator of progress."""

import sys
from collections.abc import Generator
from contextlib import closing
from typing import Any

from PySide6.QtCore import QObject, QThread, Signal

from vgan_studio.errors import VganError

_PATIENCE_MS = 10_000


class Job(QThread):
    """Drives a generator to its end in a thread of its own; owned by the thread that made it.

    Exactly one of `done`, `failed` and `cancelled` is emitted, before `finished`.

    Attributes:
        progress: each value that the generator yields.
        done: the last of them; None if there was none.
        failed: a sentence for the user.
        cancelled: the generator was closed before its end.

    Args:
        title: what it does, for people.
        steps: not yet begun; it runs, and is closed, in the new thread.
    """

    progress = Signal(object)
    done = Signal(object)
    failed = Signal(str)
    cancelled = Signal()

    def __init__(self, title: str, steps: Generator[Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.title, self._steps = title, steps

    def cancel(self) -> None:
        """Close the generator after the step it is at."""
        self.requestInterruption()

    def run(self) -> None:
        """Drive the generator; called by Qt in the new thread."""
        try:
            self._drive()
        except VganError as error:
            self.failed.emit(str(error))
        except Exception as error:
            sys.excepthook(type(error), error, error.__traceback__)
            self.failed.emit(self.tr("{0} ended by a fault of this program.").format(self.title))

    def _drive(self) -> None:
        last: object = None
        with closing(self._steps):
            for last in self._steps:
                self.progress.emit(last)
                if self.isInterruptionRequested():
                    break
        if self.isInterruptionRequested():
            self.cancelled.emit()
        else:
            self.done.emit(last)


class Jobs(QObject):
    """The jobs that run, kept alive until they have ended; owned by the GUI thread.

    Attributes:
        changed: one was started or has ended.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._running: list[Job] = []

    @property
    def running(self) -> tuple[Job, ...]:
        """Those that have not ended, the oldest first."""
        return tuple(self._running)

    def make(self, title: str, steps: Generator[Any]) -> Job:
        """Make a job; it begins when the caller, who has connected its signals, calls `start`."""
        job = Job(title, steps, self)
        self._running.append(job)
        job.started.connect(self.changed)
        job.finished.connect(self._forget)
        return job

    def stop(self) -> None:
        """Cancel all and wait for them."""
        for job in self._running:
            job.cancel()
        for job in list(self._running):
            job.wait(_PATIENCE_MS)

    def _forget(self) -> None:
        ended = [job for job in self._running if job.isFinished()]
        self._running = [job for job in self._running if not job.isFinished()]
        for job in ended:
            job.deleteLater()
        self.changed.emit()

"""Long work beside the window: a thread that drives one generator of progress."""

import sys
import threading
import time
from collections.abc import Generator
from contextlib import closing
from typing import Any

from PySide6.QtCore import QObject, QThread, QTimer, Signal

from vgan_studio.errors import VganError

_PATIENCE_MS = 10_000
_LOOK_MS = 500
HANGS_S = 20.0  # a job that was cancelled and does not end for so long is left behind


class Job(QThread):
    """Drives a generator to its end in a thread of its own; owned by the thread that made it.

    Exactly one of `done`, `failed` and `cancelled` is emitted, before `finished`.

    Attributes:
        progress: each value that the generator yields.
        done: the last of them; None if there was none.
        failed: a sentence for the user.
        cancelled: the generator was closed before its end.
        cancelling: it shall be.

    Args:
        title: what it does, for people.
        steps: not yet begun; it runs, and is closed, in the new thread.
    """

    progress = Signal(object)
    done = Signal(object)
    failed = Signal(str)
    cancelled = Signal()
    cancelling = Signal()

    def __init__(self, title: str, steps: Generator[Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.title, self._steps = title, steps
        self._goes = threading.Event()
        self._goes.set()
        self.result: object = None
        self.left = False
        self._cancelled_at: float | None = None

    @property
    def hangs(self) -> bool:
        """It was cancelled a while ago, and does not end."""
        since = self._cancelled_at
        return since is not None and time.monotonic() - since > HANGS_S and self.isRunning()

    def leave(self) -> None:
        """Leave the thread behind with what it is at; nothing of it is wanted any more."""
        self.left = True
        self.failed.emit(self.tr("{0} does not answer; it was left behind.").format(self.title))

    @property
    def paused(self) -> bool:
        """It stands still after the step it is at."""
        return not self._goes.is_set()

    def pause(self, paused: bool = True) -> None:
        """Stand still after the step it is at, or go on."""
        if paused:
            self._goes.clear()
        else:
            self._goes.set()

    def cancel(self) -> None:
        """Close the generator after the step it is at."""
        self._cancelled_at = self._cancelled_at or time.monotonic()
        self.requestInterruption()
        self._goes.set()
        self.cancelling.emit()

    def run(self) -> None:
        """Drive the generator; called by Qt in the new thread."""
        try:
            self._drive()
        except VganError as error:
            self._fail(str(error))
        except Exception as error:
            sys.excepthook(type(error), error, error.__traceback__)
            self._fail(self.tr("{0} ended by a fault of this program.").format(self.title))

    def _fail(self, sentence: str) -> None:
        if not self.left:
            self.failed.emit(sentence)

    def _drive(self) -> None:
        last: object = None
        with closing(self._steps):
            for last in self._steps:
                if not self.left:
                    self.progress.emit(last)
                self._goes.wait()
                if self.isInterruptionRequested():
                    break
        if self.left:
            return
        if self.isInterruptionRequested():
            self.cancelled.emit()
        else:
            self.result = last
            self.done.emit(last)


class Jobs(QObject):
    """The jobs that run, kept alive until they have ended; owned by the GUI thread.

    Attributes:
        changed: one was started or has ended.
        lined: one that waits for its turn was added, or taken out.
    """

    changed = Signal()
    lined = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._running: list[Job] = []
        self._line: list[Job] = []
        self._left: list[Job] = []
        self._watch = QTimer(self)
        self._watch.setInterval(_LOOK_MS)
        self._watch.timeout.connect(self._look)

    @property
    def stuck(self) -> bool:
        """A thread was left behind that can only end with the process."""
        return any(job.isRunning() for job in self._left)

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
        job.cancelling.connect(self._watch.start)
        return job

    def line_up(self, job: Job) -> None:
        """Start a job when those that were lined up before it have ended."""
        self._line.append(job)
        self.lined.emit(job)
        if self._line == [job]:
            job.start()

    @property
    def line(self) -> tuple[Job, ...]:
        """Those that were lined up and have not ended, the one at work first."""
        return tuple(self._line)

    @property
    def waiting(self) -> tuple[Job, ...]:
        """Those that wait for their turn."""
        return tuple(self._line[1:])

    def take_out(self, job: Job) -> None:
        """Cancel a job; one that waits for its turn never begins."""
        if job in self._line[1:]:
            self._line.remove(job)
            self._running.remove(job)
            job.cancelled.emit()
            self.lined.emit(None)
            job.deleteLater()
        else:
            job.cancel()

    def _keep_in_line(self, jobs: list[Job]) -> None:
        """Let the first of those that are left begin."""
        self._line = jobs
        if jobs and not jobs[0].isRunning():
            jobs[0].start()
        self.lined.emit(None)

    def stop(self) -> None:
        """Cancel all and wait for them."""
        self._line.clear()
        for job in self._running:
            job.cancel()
        for job in list(self._running):
            if job.isRunning() and not job.wait(_PATIENCE_MS):
                self._leave(job)

    def _look(self) -> None:
        """Leave those behind that do not end."""
        for job in [job for job in self._running if job.hangs]:
            self._leave(job)
        if not any(job.isInterruptionRequested() for job in self._running):
            self._watch.stop()

    def _leave(self, job: Job) -> None:
        self._running.remove(job)
        self._left.append(job)
        job.setParent(None)  # a thread that runs must not be deleted
        job.leave()
        self._keep_in_line([one for one in self._line if one is not job])
        self.changed.emit()

    def _forget(self) -> None:
        ended = [job for job in (*self._running, *self._left) if job.isFinished()]
        self._left = [job for job in self._left if job not in ended]
        self._running = [job for job in self._running if job not in ended]
        if any(job in ended for job in self._line):
            self._keep_in_line([job for job in self._line if job not in ended])
        for job in ended:  # of which several may have ended by the time that the first one's end is heard of
            job.deleteLater()
        self.changed.emit()

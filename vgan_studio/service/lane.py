"""The thread that serves requests with one engine; it can be left behind if the engine does not answer any more."""

import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from vgan_studio.errors import DeviceError, EffectFault, VganError

from .desk import Desk
from .requests import Peek, Peeked, Request, Shown, State, Task, Tools
from .worker import Worker

_LEAVE_S = 5.0  # how long the end of the program waits for a device
_WAIT_S = 10.0


class Reports(Protocol):
    """Whom a lane reports to; called in the lane's thread."""

    def show(self, shown: Shown | Peeked) -> None:
        """Take a picture."""

    def fail(self, at: Request | Task | None, sentence: str) -> None:
        """Take note that there is none, and why."""

    def enter(self, state: State, device: str, memory_bytes: int) -> None:
        """Be in a state."""

    def computed(self, task: Task | None, seconds: float, speeds: dict[str, float]) -> None:
        """Take note of what a network made."""

    def recover(self, error: DeviceError, tools: Tools) -> Tools:
        """Say what to go on with after a device failed."""


class Lane:
    """Serves the wishes at a desk, in a thread of its own.

    Attributes:
        left: it was left behind, and nothing of it is wanted any more.
        resting: it is paused: pictures are shown as far as no network has to be asked.
    """

    def __init__(self, desk: Desk, tools: Tools, reports: Reports) -> None:
        self._desk, self._reports = desk, reports
        self.tools = tools
        self.left = self.resting = False
        self.worker: Worker | None = None
        self._next: Tools | None = None
        self._at: Request | Task | None = None
        self._thread = threading.Thread(target=self._run, name="inference", daemon=True)
        self._thread.start()

    def exchange(self, tools: Tools) -> None:
        """Go on with these tools after what it is at: the same engine, another cache."""
        self._next = tools
        self._desk.wake()

    @property
    def broken(self) -> bool:
        """The thread has ended by a fault, in the midst of its work."""
        return not self._thread.is_alive()

    def end(self) -> bool:
        """Wait for the end of the thread, but not for ever; tell whether it has ended."""
        self._thread.join(_LEAVE_S)
        if not self._thread.is_alive():
            self.tools.cache.close()
        return not self._thread.is_alive()

    def leave(self, sentence: str) -> None:
        """Leave the thread behind with what it is at."""
        self.left = True
        self._fail(sentence)
        self.tools.engine.give_up(sentence)
        self.tools.cache.claims.clear()

    def tell(self, shown: Shown | Peeked) -> None:
        """Hand a picture on."""
        if not self.left:
            self._reports.show(shown)

    def stop_wanted(self) -> bool:
        """Tell whether all work shall end."""
        return self.left or self._desk.ending or (self._desk.paused and not self.resting)

    def newest(self) -> Request | None:
        """Give the request that waits."""
        return self._desk.newest

    def _run(self) -> None:
        try:
            self._go_on()
        except Exception as error:  # outside of what is asked for: the service begins another lane
            sys.excepthook(type(error), error, error.__traceback__)

    def _go_on(self) -> None:
        self.worker = Worker(self, self.tools)
        while not self.left and not self._desk.ending:
            if self._next is not None:
                self.worker.close()
                self.tools, self._next = self._next, None
                self.worker = Worker(self, self.tools)
            self._serve(self.worker)
        if not self.left:
            self.worker.close()
            self.tools.engine.close()

    def _serve(self, worker: Worker) -> None:
        """Do the most urgent thing, or wait."""
        if self._desk.take_forget():
            worker.forget()
        self._rest(worker, self._desk.paused)
        wish = self._desk.take()
        if isinstance(wish, Request):
            self._do(worker, wish, lambda: worker.answer(wish))
            if self._desk.paused and not self.resting:  # it may have been left halfway
                self._desk.want_again(wish)
        elif isinstance(wish, Peek):
            self._do(worker, None, lambda: self._peek(worker, wish))
        elif self.resting:
            if self.tools.engine.memory_bytes:  # a picture has brought something to the device
                self.tools.engine.close()
            self._enter("paused", worker)
            self._desk.wait_on()
        elif not self._compute(worker):
            self._enter("idle", worker)
            self._desk.wait(self._desk.queue.idle_in or _WAIT_S)

    def _rest(self, worker: Worker, rest: bool) -> None:
        """Begin a pause, and give back what is held, or end it."""
        if rest and not self.resting:
            worker.restart()
        self.resting = rest

    def _peek(self, worker: Worker, peek: Peek) -> None:
        found = worker.peek(peek)
        if found is not None:
            self.tell(found)

    def _compute(self, worker: Worker) -> bool:
        """Compute a frame while nobody waits; False if there is none."""
        writable = self.tools.cache.writable  # else it would be made for nothing, again and again
        task = self._desk.queue.next(self.tools.cover, lambda: self._desk.hurry) if writable else None
        if task is None:
            return self._desk.hurry
        began = time.monotonic()

        def work() -> None:
            worker.compute(task)
            self._reports.computed(task, time.monotonic() - began, worker.speeds)

        self._do(worker, task, work)
        return True

    def _do(self, worker: Worker, at: Request | Task | None, work: Callable[[], None]) -> None:
        """Do something; whatever goes wrong is said, and the thread goes on."""
        from vgan_studio.engine.turns import Cancelled

        self._at = at
        self._enter("paused" if self.resting else "busy", worker)
        began, before = time.monotonic(), worker.counters.inferred
        try:
            work()
            if not isinstance(at, Task) and worker.counters.inferred > before:
                self._reports.computed(None, time.monotonic() - began, worker.speeds)
        except Cancelled:
            if isinstance(at, Task):
                self._desk.queue.again(at, self.tools.cover)
        except DeviceError as error:
            self._start_anew(worker, at, error)
        except VganError as error:
            self._fail(str(error))
        except Exception as error:
            if not self.left:
                sys.excepthook(type(error), error, error.__traceback__)
                worker.restart()
                sentence = f"This picture failed by a fault of the program: {error!r}."
                self._fail(str(error) if isinstance(error, EffectFault) else sentence)
        finally:
            self._at = None

    def _fail(self, sentence: str) -> None:
        """Say that what it is at gives nothing."""
        at = self._at
        if at is not None:
            try:
                left = self.tools.cover.left(at.timeline, at.frame)
            except VganError:
                left = ()
            self.tools.cover.failed.update(dict.fromkeys(left, sentence))
        self._reports.fail(at, sentence)

    def _start_anew(self, worker: Worker, at: Request | Task | None, error: DeviceError) -> None:
        """Try once more what a failing device was asked for."""
        tools = self._reports.recover(error, self.tools)
        if tools is self.tools:
            worker.restart()
        else:
            worker.close()
            self.tools, self.worker = tools, Worker(self, tools)
        if isinstance(at, Request):
            self._desk.want_again(at)
        elif at is not None:
            self._desk.queue.again(at, tools.cover)

    def _enter(self, state: State, worker: Worker) -> None:
        if not self.left:
            self._reports.enter(state, worker.device, self.tools.engine.memory_bytes or resident_bytes())


def resident_bytes() -> int:
    """Give the memory that this process has in the machine; 0 where that cannot be told."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * 4096

"""Pictures for the window: the thread in which torch lives.

The newest request is served first; one that nobody waits for any more is left between two tiles.  Where a network has
to be asked, the picture without it comes at once, and the full one when it is done.  While nobody waits, what
networks make of other frames is put into the cache.  A device that fails is started anew; one that does not answer is
left behind.
"""

import logging
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThread, Signal

from vgan_studio.errors import DeviceError, VganError
from vgan_studio.timeline.values import Timeline

from .desk import Desk
from .lane import Lane
from .requests import Background, Peek, Peeked, Request, Shown, State, Task, Tools

if TYPE_CHECKING:
    from vgan_studio.engine.run import Engine
    from vgan_studio.render.cache import Cache
    from vgan_studio.render.counters import Counters
    from vgan_studio.render.proxy import Copies

__all__ = ["CACHE_BYTES", "InferenceService", "Request", "Shown", "Tools"]

log = logging.getLogger(__name__)

CACHE_BYTES = 20 << 30
PATIENCE_S = 120.0  # a device that gave no sign of life for so long is left behind
_LOOK_S = 0.5
_MOST_LEFT = 3  # threads that are left behind before it is given up
_PACE = 12  # computed frames of which the speed is shown
_RECENT_S = 30.0


class InferenceService(QThread):
    """Computes pictures in a thread of its own; its methods belong to the GUI thread.

    Attributes:
        ready: a `Shown`.
        peeked: a `Peeked`.
        failed: the frame, and a sentence on why there is no picture.
        state: one of `State`, and words on the device, its speed and memory, or on what went wrong.
        described: the effects by id, once torch is there.
        progressed: a `Background`, after each frame of it.
        noticed: a sentence for the user, such as that the device was started anew.
        measured: seconds per megapixel by effect, as they are learned.

    Args:
        cache: where pictures are kept; the user's cache folder if not given.
        limit_bytes: of the cache.
        patience_s: how long a device may give no sign of life.
        engine: makes the engine of a device, "auto" or "cpu".
        proxies: small copies that are shown while one plays and searches.
    """

    ready = Signal(object)
    peeked = Signal(object)
    failed = Signal(int, str)
    state = Signal(str, str)
    described = Signal(object)
    progressed = Signal(object)
    noticed = Signal(str)
    measured = Signal(object)

    def __init__(
        self,
        cache: Path | None = None,
        parent: QObject | None = None,
        *,
        limit_bytes: int = CACHE_BYTES,
        patience_s: float = PATIENCE_S,
        engine: "Callable[[str], Engine] | None" = None,
        proxies: "Copies | None" = None,
    ) -> None:
        super().__init__(parent)
        self._proxies = proxies
        self._folder, self._limit_bytes, self._patience_s = cache, limit_bytes, patience_s
        self._engine = engine or _engine
        self._desk = Desk()
        self._word = threading.Condition()
        self._tools: Tools | None = None
        self._lane: Lane | None = None
        self._broken = ""
        self._state: tuple[State, str] = ("starting", "")
        self._before: tuple[State, str] = self._state  # a model was loaded
        self._place: Path | None = None  # where pictures shall be kept from now on
        self._past: list[Cache] = []  # which an export may still use
        self._made: deque[float] = deque(maxlen=_PACE)
        self._left = self._begun = self._faults = 0
        self._told = Background()
        self.queue = self._desk.queue

    def request(self, request: Request) -> None:
        """Ask for a picture; an older request that waits is forgotten."""
        self.queue.near(None if request.draft else request.frame)
        self._desk.want(request)

    def peek(self, peek: Peek) -> None:
        """Ask for a small part of a frame; an older wish that waits is forgotten."""
        self._desk.want_peek(peek)

    def follow(self, timeline: Timeline) -> None:
        """Work on the frames of this film while nobody waits for a picture."""
        self.queue.follow(timeline)
        self._desk.wake()

    def render(self, frames: Iterable[int]) -> None:
        """Compute these frames of the film as soon as nobody waits for a picture."""
        self.queue.add(frames)
        self._desk.wake()

    def rest_after(self, idle_s: float | None) -> None:
        """Compute the rest of the film when nothing was wanted for so long; None: never."""
        self.queue.idle_s = idle_s
        self._desk.wake()

    def pause(self, paused: bool) -> None:
        """Ask no network, and give the device's memory back, until it goes on.

        Pictures are still shown: as they are in the cache, else without what a network would be asked for.
        """
        self._desk.pause(paused)

    def keep_in(self, folder: Path) -> None:
        """Keep pictures in another folder from now on; what lies in the one before stays there."""
        self._place = folder

    def forget(self) -> None:
        """Forget the pictures in memory, after the cache was cleared."""
        self.queue.retry()
        self._desk.forget()

    @property
    def paused(self) -> bool:
        """It computes nothing until it goes on."""
        return self._desk.paused

    @property
    def stuck(self) -> bool:
        """A thread was left behind that can only end with the process."""
        return self._left > 0

    @property
    def counters(self) -> "Counters | None":
        """What the pictures so far have taken; None before the first."""
        lane = self._lane
        return lane.worker.counters if lane and lane.worker else None

    @property
    def tools_now(self) -> Tools | None:
        """What computes pictures, if it is there yet."""
        return self._tools

    def tools(self) -> Tools:
        """Wait for torch and give what computes pictures; for jobs, never for the GUI thread.

        Raises:
            VganError: there is no way to compute pictures here.
        """
        with self._word:
            self._word.wait_for(lambda: self._tools is not None or self._broken or self._desk.ending)
            if self._tools is None:
                raise VganError(self._broken or "The program is about to end.")
            return self._tools

    def stop(self) -> None:
        """End the thread after the tile it is at."""
        self._desk.end()
        with self._word:
            self._word.notify_all()
        self.wait()

    def run(self) -> None:
        """Watch over the thread that serves requests; called by Qt in the new thread."""
        try:
            self._lane = Lane(self._desk, self._begin(), self)
        except VganError as error:
            self._break(str(error))
            return
        except Exception as error:
            sys.excepthook(type(error), error, error.__traceback__)
            self._break(self.tr("Pictures cannot be computed: {0}").format(error))
            return
        while not self._desk.wait_end(_LOOK_S):
            self._move()
            if self._lane.broken and not self._desk.ending:
                self._leave_behind(self._lane, self.tr("Computing pictures failed by a fault and was begun anew."))
            elif self._lane.tools.engine.silent_s > self._patience_s:
                log.error("The device has not answered for %.0f s and is left behind.", self._patience_s)
                gone = self.tr("The device does not answer; what it was asked for is given up.")
                self._leave_behind(self._lane, gone)
        if not self._lane.end():
            self._left += 1
        for cache in self._past:
            cache.close()

    def show(self, shown: Shown | Peeked) -> None:
        """Hand a picture to the window; of the lane."""
        (self.ready if isinstance(shown, Shown) else self.peeked).emit(shown)

    def fail(self, at: Request | Task | None, sentence: str) -> None:
        """Say that there is no picture; of the lane."""
        if isinstance(at, Task):
            self.queue.ended(at, 0.0, failed=True)
            self.progressed.emit(self.queue.progress)
        self.failed.emit(at.frame if at else -1, sentence)

    def enter(self, state: State, device: str, memory_bytes: int) -> None:
        """Say what the device does: its name, frames per second of late, memory; of the lane."""
        recent = [at for at in list(self._made) if time.monotonic() - at < _RECENT_S]
        parts = [device]
        if len(recent) > 1 and recent[-1] > recent[0]:
            parts.append(self.tr("{0:.1f} fps").format((len(recent) - 1) / (recent[-1] - recent[0])))
        parts.append(f"{memory_bytes / 2**30:.1f} GB")
        self._enter(state, "  ·  ".join(parts))
        progress = self.queue.progress
        if progress != self._told:
            self._told = progress
            self.progressed.emit(progress)

    def computed(self, task: Task | None, seconds: float, speeds: dict[str, float]) -> None:
        """Take note of what a network made; of the lane."""
        self._faults = 0
        self._made.append(time.monotonic())
        self.measured.emit(speeds)
        if task is not None:
            self.queue.ended(task, seconds)
            self.progressed.emit(self.queue.progress)

    def recover(self, error: DeviceError, tools: Tools) -> Tools:
        """Start the device anew after it failed; the second time in a row, go on with the processor; of the lane."""
        self._faults += 1
        log.warning("The device failed: %s", error)
        if self._faults == 1:
            self.noticed.emit(self.tr("The device failed and was started anew."))
            return tools
        self._faults = 0
        self.noticed.emit(self.tr("The device failed again; the processor goes on in its place."))
        return self._equip("cpu", tools.cache)

    def _begin(self) -> Tools:
        self._enter("starting")
        from vgan_studio.effects.spec import registry
        from vgan_studio.render.cache import Cache, default_folder

        self.described.emit(dict(registry()))
        tools = self._equip("auto", Cache(self._folder or default_folder(), self._limit_bytes))
        self._enter("idle", tools.engine.describe())
        return tools

    def _move(self) -> None:
        """Go over to another folder for pictures, if that is wished."""
        from vgan_studio.render.cache import Cache

        folder, self._place = self._place, None
        if folder is None or self._lane is None or folder == self._lane.tools.cache.folder:
            return
        before = self._lane.tools
        self._past.append(before.cache)
        self._folder = folder
        self._lane.exchange(self._fit(before.engine, Cache(folder, before.cache.limit_bytes)))
        self.progressed.emit(self.queue.progress)

    def _equip(self, device: str, cache: "Cache") -> Tools:
        engine = self._engine(device)
        engine.warming = self._warming
        return self._fit(engine, cache)

    def _fit(self, engine: "Engine", cache: "Cache") -> Tools:
        """Put together what computes pictures, for everyone to see."""
        from vgan_studio.render.cover import Cover
        from vgan_studio.render.evaluate import Renderer

        tools = Tools(engine, cache, Cover(Renderer(engine, None, memory_bytes=0).keys, cache), self._proxies)
        with self._word:
            self._tools = tools
            self._word.notify_all()
        return tools

    def _warming(self, name: str, share: float) -> None:
        """Say how far a model is on its way to the device, by its name, or that it is there."""
        if name and self._state[0] in ("idle", "busy", "warming"):
            if self._state[0] != "warming":
                self._before = self._state
            self._enter("warming", f"{name}  ·  {share:.0%}")
        elif not name and self._state[0] == "warming":
            self._enter(*self._before)

    def _break(self, sentence: str) -> None:
        with self._word:
            self._broken = sentence
            self._word.notify_all()
        self._enter("failed", sentence)

    def _leave_behind(self, lane: Lane, sentence: str) -> None:
        """Go on without a thread that has ended, or whose device does not answer."""
        lane.leave(sentence)
        self._begun += 1
        self._left += not lane.broken
        if self._begun >= _MOST_LEFT:
            self._break(sentence)
            self._desk.end()
            return
        tools = self._equip("auto", lane.tools.cache)
        tools.cover.failed.update(lane.tools.cover.failed)
        self._lane = Lane(self._desk, tools, self)
        self.noticed.emit(sentence)

    def _enter(self, state: State, words: str = "") -> None:
        if (state, words) != self._state:
            self._state = state, words
            self.state.emit(state, words)


def _engine(device: str) -> "Engine":
    from vgan_studio.engine.run import Engine

    return Engine("cpu" if device == "cpu" else "auto")

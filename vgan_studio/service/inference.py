"""Pictures for the window: the thread in which torch lives.

The newest request is served first; one that nobody waits for any more is never begun.  Where a network has to be
asked, the picture without it comes at once, and the full one when it is done.
"""

import logging
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

from PySide6.QtCore import QObject, QThread, Signal
from PySide6.QtGui import QImage

from vgan_studio.errors import VganError
from vgan_studio.timeline.values import Timeline

if TYPE_CHECKING:
    from vgan_studio.engine.run import Engine
    from vgan_studio.media.raw import Pixels
    from vgan_studio.render.cache import Cache
    from vgan_studio.render.evaluate import Renderer
    from vgan_studio.render.node import Decode, Node

log = logging.getLogger(__name__)

CACHE_BYTES = 20 << 30
_QUICK, _LEAST = 540, 135  # lines of a quick picture, at most and at least
_SLOW_S, _FAST_S = 0.045, 0.02  # a quick picture that takes longer gets smaller, one that is there sooner larger

State = Literal["starting", "idle", "busy", "paused", "failed"]


@dataclass(frozen=True, slots=True)
class Request:
    """A picture that somebody waits for.

    Attributes:
        width, height: of the picture, in pixels of the screen.
        draft: for playing: without what a network would have to be asked for.
    """

    timeline: Timeline
    frame: int
    width: int
    height: int
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture, and how far it is.

    Attributes:
        final: nothing is left out that is still to come.
        lacking: titles of the effects that were left out.
    """

    frame: int
    image: QImage
    final: bool = True
    lacking: tuple[str, ...] = ()
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Tools:
    """What computes pictures; any thread may use it."""

    engine: "Engine"
    cache: "Cache"


class InferenceService(QThread):
    """Computes pictures in a thread of its own; its methods belong to the GUI thread.

    Attributes:
        ready: a `Shown`.
        failed: the frame, and a sentence on why there is no picture.
        state: one of `State`, and words on the device or on what went wrong.
        described: the effects by id, once torch is there.

    Args:
        cache: where pictures are kept; the user's cache folder if not given.
    """

    ready = Signal(object)
    failed = Signal(int, str)
    state = Signal(str, str)
    described = Signal(object)

    def __init__(self, cache: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = cache
        self._wanted: Request | None = None
        self._ending = self._paused = False
        self._word = threading.Condition()
        self._tools: Tools | None = None
        self._broken = ""
        self._state: tuple[State, str] = ("starting", "")

    def request(self, request: Request) -> None:
        """Ask for a picture; an older request that waits is forgotten."""
        with self._word:
            self._wanted = request
            self._word.notify_all()

    def pause(self, paused: bool) -> None:
        """Compute nothing, and give the device's memory back, until it goes on."""
        with self._word:
            self._paused = paused
            self._word.notify_all()

    def tools(self) -> Tools:
        """Wait for torch and give what computes pictures; for jobs, never for the GUI thread.

        Raises:
            VganError: there is no way to compute pictures here.
        """
        with self._word:
            self._word.wait_for(lambda: self._tools is not None or self._broken or self._ending)
            if self._tools is None:
                raise VganError(self._broken or "The program is about to end.")
            return self._tools

    def stop(self) -> None:
        """End the thread after the picture it is at."""
        with self._word:
            self._ending = True
            self._word.notify_all()
        self.wait()

    def run(self) -> None:
        """Serve requests; called by Qt in the new thread."""
        try:
            tools = self._begin()
        except VganError as error:
            self._break(str(error))
            return
        except Exception as error:
            sys.excepthook(type(error), error, error.__traceback__)
            self._break(self.tr("Pictures cannot be computed: {0}").format(error))
            return
        worker = _Worker(self, tools)
        try:
            while self._serve(worker):
                pass
        finally:
            worker.close()
            tools.engine.close()
            tools.cache.close()

    def superseded(self, request: Request) -> bool:
        """Tell whether another picture is waited for by now."""
        with self._word:
            return self._ending or self._paused or self._wanted not in (None, request)

    def _begin(self) -> Tools:
        self._enter("starting")
        from vgan_studio.effects.spec import registry
        from vgan_studio.engine.run import Engine
        from vgan_studio.render.cache import Cache, default_folder

        self.described.emit(dict(registry()))
        tools = Tools(Engine(), Cache(self._folder or default_folder(), CACHE_BYTES))
        with self._word:
            self._tools = tools
            self._word.notify_all()
        self._enter("idle", tools.engine.describe())
        return tools

    def _break(self, sentence: str) -> None:
        with self._word:
            self._broken = sentence
            self._word.notify_all()
        self._enter("failed", sentence)

    def _serve(self, worker: "_Worker") -> bool:
        """Wait for a request and answer it; False at the end."""
        with self._word:
            if self._wanted is None or self._paused:
                self._rest(worker)
            self._word.wait_for(lambda: self._ending or (self._wanted is not None and not self._paused))
            if self._ending:
                return False
            request, self._wanted = self._wanted, None
        assert request is not None
        self._enter("busy", worker.device)
        self._answer(worker, request)
        return True

    def _rest(self, worker: "_Worker") -> None:
        if self._paused:
            worker.restart()
        self._enter("paused" if self._paused else "idle", worker.device)

    def _answer(self, worker: "_Worker", request: Request) -> None:
        try:
            worker.answer(request)
        except VganError as error:
            self.failed.emit(request.frame, str(error))
        except Exception as error:
            sys.excepthook(type(error), error, error.__traceback__)
            worker.restart()
            self.failed.emit(request.frame, self.tr("This picture failed by a fault of the program: {0}").format(error))

    def _enter(self, state: State, words: str = "") -> None:
        if (state, words) != self._state:
            self._state = state, words
            self.state.emit(state, words)


class _Worker:
    """The renderer of the service; owned by its thread."""

    def __init__(self, service: InferenceService, tools: Tools) -> None:
        self._service, self._tools = service, tools
        self.device = tools.engine.describe()
        self._renderer = self._fresh()
        self._share = 1.0

    def answer(self, request: Request) -> None:
        """Compute a picture; first a quick one, unless the exact one is quick."""
        from vgan_studio.render.plan import Decode, plan

        began = time.monotonic()
        bare = plan(request.timeline, request.frame)
        if isinstance(bare, Decode):  # the file's own picture, which the screen scales
            self._tell(request, self._bare(bare), began)
            return
        waiting = self._waiting(bare)
        self._tell(request, self._quick(request, draft=bool(waiting)), began, waiting, final=request.draft)
        if not request.draft and not self._service.superseded(request):
            node = plan(request.timeline, request.frame, request.width, request.height)
            self._tell(request, self._exact(node), began)

    def restart(self) -> None:
        """Give back what is held: files, pictures and models."""
        self._renderer.close()
        self._tools.engine.close()
        self._renderer = self._fresh()

    def close(self) -> None:
        """Close the files."""
        self._renderer.close()

    def _fresh(self) -> "Renderer":
        from vgan_studio.render.evaluate import Renderer

        return Renderer(self._tools.engine, self._tools.cache)

    def _waiting(self, node: "Node") -> Mapping[str, None]:
        """Give the titles of the effects of a picture that are not in the cache."""
        from vgan_studio.effects.spec import find
        from vgan_studio.render.plan import heavy_nodes

        heavy = list(heavy_nodes(node))
        if not heavy:
            return {}
        keys = self._renderer.keys(node)
        return {find(one.effect).title: None for one in heavy if not self._tools.cache.has(keys[id(one)])}

    def _quick(self, request: Request, *, draft: bool) -> QImage:
        """Compute a picture of pictures that were shrunk first, and so small that it is there in time."""
        from vgan_studio.picture import to_pixels
        from vgan_studio.render.plan import plan

        began = time.monotonic()
        height = max(_LEAST, min(round(_QUICK * self._share), request.height))
        width = max(2, round(height * request.width / request.height))
        node = plan(request.timeline, request.frame, width, height, draft=draft)
        decoded = {} if counts_pixels(node) else self._shrunk(node, width, height)
        picture = self._renderer.render([node], decoded)[0]
        self._learn(time.monotonic() - began)
        return to_image(to_pixels(picture)[0].cpu().numpy())

    def _learn(self, seconds: float) -> None:
        if seconds > _SLOW_S:
            self._share = max(_LEAST / _QUICK, self._share * 0.8)
        elif seconds < _FAST_S:
            self._share = min(1.0, self._share * 1.1)

    def _shrunk(self, node: "Node", width: int, height: int) -> "dict[Decode, Pixels]":
        """Decode what a picture needs, and shrink it to about the size that is needed."""
        import cv2

        from vgan_studio.render.node import Decode, walk

        found: dict[Decode, Pixels] = {}
        for part in walk(node):
            if isinstance(part, Decode):
                pixels = self._renderer.raw(part).pixels(fast=True)
                rows, columns = pixels.shape[:2]
                scale = max(height / rows, width / columns)
                if scale < 1:
                    size = max(1, round(columns * scale)), max(1, round(rows * scale))
                    pixels = cast("Pixels", cv2.resize(pixels, size, interpolation=cv2.INTER_AREA))
                found[part] = pixels
        return found

    def _exact(self, node: "Node") -> QImage:
        from vgan_studio.picture import to_pixels

        return to_image(to_pixels(self._renderer.render([node])[0])[0].cpu().numpy())

    def _bare(self, node: "Decode") -> QImage:
        raw = self._renderer.raw(node)
        return to_image(raw.pixels(fast=True)) if raw.depth == 8 and not raw.alpha else self._exact(node)

    def _tell(
        self,
        request: Request,
        image: QImage,
        began: float,
        lacking: Mapping[str, None] | None = None,
        *,
        final: bool = True,
    ) -> None:
        self._service.ready.emit(Shown(request.frame, image, final, tuple(lacking or ()), time.monotonic() - began))


def to_image(pixels: Any) -> QImage:
    """Make an image that owns its bytes of (H, W, 3) uint8."""
    height, width, _ = pixels.shape
    return QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()


def counts_pixels(node: "Node") -> bool:
    """Tell whether a picture depends on how many pixels its files have: it asks a network, or shows them 1:1."""
    from vgan_studio.render.node import Call, heavy, walk

    calls = [part for part in walk(node) if isinstance(part, Call)]
    return any(heavy(one) or dict(one.params).get("mode") == "none" for one in calls)

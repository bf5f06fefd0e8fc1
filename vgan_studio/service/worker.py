"""The hands of the inference service: pictures of requests, first quick ones, then exact ones."""

import time
from collections.abc import Callable, Collection
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtGui import QImage

from vgan_studio.errors import VganError

from .images import difference, to_image
from .requests import NEAR, RANGE, SHOWN, Peek, Peeked, Request, Shown, Task, Tools

if TYPE_CHECKING:
    from vgan_studio.media.raw import Pixels
    from vgan_studio.render.counters import Counters
    from vgan_studio.render.evaluate import Renderer
    from vgan_studio.render.node import Call, Decode, Node
    from vgan_studio.render.proxy import ProxyDecoder
    from vgan_studio.timeline.values import Timeline

_QUICK, _LEAST = 540, 135  # lines of a quick picture, at most and at least
_SLOW_S, _FAST_S = 0.045, 0.02  # a quick picture that takes longer gets smaller, one that is there sooner larger
_REDUCED = 180  # lines of the source that a network sees first
_WORTH_S = 0.6  # a network that is expected to take longer shows a reduced picture first
_REST_S = 0.12


class Client(Protocol):
    """Whom a worker works for.

    Attributes:
        resting: no network shall be asked.
    """

    resting: bool

    def tell(self, shown: Shown) -> None:
        """Take a picture."""

    def stop_wanted(self) -> bool:
        """Tell whether all work shall end."""

    def newest(self) -> Request | None:
        """Give the request that waits."""


class Worker:
    """Computes pictures; owned by one thread."""

    def __init__(self, client: Client, tools: Tools) -> None:
        self._client, self._tools = client, tools
        self.device = tools.engine.describe()
        self._renderer = self._fresh()
        self._small: Renderer | None = None
        self._copies: ProxyDecoder | None = None
        self._copied = False
        self._share = 1.0
        self._absent: tuple[str, ...] = ()
        self._judged: tuple[Request, bool] | None = None

    @property
    def counters(self) -> "Counters":
        """What it has taken so far."""
        return self._renderer.counters

    @property
    def speeds(self) -> dict[str, float]:
        """Seconds per megapixel of the effects that were computed."""
        return dict(self._renderer.speeds)

    def answer(self, request: Request) -> None:
        """Compute a picture; first a quick one, unless the exact one is quick.

        Raises:
            Cancelled: another one is wanted by now.
            VganError: there is none.
        """
        from vgan_studio.render.plan import Decode, plan

        began = time.monotonic()
        self._renderer.spoilt.clear()
        request = self._possible(request)
        node = plan(request.timeline, request.frame)
        self._copied = False
        if isinstance(node, Decode) and request.beside is None:  # the file's own picture, which the screen scales
            self._own(request, began, node)
            return
        missing = self._renderer.missing(node)
        titles = _titles(missing)
        quick = self._quick(request, request.timeline, draft=bool(missing))
        self._tell(request, began, quick, self._beside(request, quick=True), lacking=titles, final=request.draft)
        if request.draft or self._moved_on(request):
            return
        self._copied = False
        if missing and self._client.resting:
            image = self._exact(request, request.timeline, draft=True)
            self._tell(request, began, image, lacking=titles, final=False)
            return
        with self._tools.engine.asking(SHOWN, self._check(request, _heavy_keys(self._renderer, node))):
            if missing and self._worth(missing):
                self._tell(request, began, self._reduced(request), reduced=titles, final=False)
            self._finish(request, began)

    def compute(self, task: Task) -> bool:
        """Compute what networks make of a frame, for the cache; False if it was there.

        Raises:
            Cancelled: a picture is wanted by now.
            VganError: it cannot be computed.
        """
        from vgan_studio.render.plan import plan

        node = plan(task.timeline, task.frame)
        missing = self._renderer.unkept(node)
        if not missing:
            return False
        rank = NEAR if task.purpose == "near" else RANGE
        with self._tools.engine.asking(rank, self._check(None, _heavy_keys(self._renderer, node))):
            self._renderer.render(missing)
        return True

    def peek(self, peek: Peek) -> Peeked | None:
        """Compute a part of a frame at 100 %; None where no clip with pictures is."""
        from vgan_studio.render.crop import crop

        began = time.monotonic()
        with self._tools.engine.asking(SHOWN, self._check(None, ())):
            film = self._sift(peek.timeline, peek.frame)[0]
            found = crop(self._uncached(), film, peek.frame, (peek.x, peek.y), peek.side)
        if found is None:
            return None
        image, plain = (to_image(pixels) for pixels in found)
        return Peeked(peek, image, plain, time.monotonic() - began)

    def restart(self) -> None:
        """Give back what is held: files, pictures and models."""
        self.close()
        self._tools.engine.close()
        self._renderer, self._small = self._fresh(), None

    def forget(self) -> None:
        """Forget the pictures in memory, after the cache was cleared."""
        self._renderer.forget()

    def close(self) -> None:
        """Close the files."""
        self._renderer.close()
        if self._small is not None:
            self._small.close()
        if self._copies is not None:
            self._copies.close()

    def _fresh(self) -> "Renderer":
        from vgan_studio.render.evaluate import Renderer

        return Renderer(self._tools.engine, self._tools.cache)

    def _uncached(self) -> "Renderer":
        """Give a renderer for pictures that are not what their expression says: nothing of it is kept."""
        from vgan_studio.render.evaluate import Renderer

        if self._small is None:
            self._small = Renderer(self._tools.engine, None, memory_bytes=0)
        return self._small

    def _possible(self, request: Request) -> Request:
        """Leave the effects out whose models are not here, and take note of that."""
        film, self._absent = self._sift(request.timeline, request.frame)
        beside = request.beside and self._sift(request.beside, request.frame)[0]
        if film is request.timeline and beside is request.beside:
            return request
        return replace(request, timeline=film, beside=beside)

    def _sift(self, timeline: "Timeline", frame: int) -> "tuple[Timeline, tuple[str, ...]]":
        """Give the film as it can be shown at a frame, and the models that it lacks there."""
        from vgan_studio.render.models import absent_at, without_missing

        absent = absent_at(timeline, frame)
        return (without_missing(timeline), absent) if absent else (timeline, ())

    def _superseded(self, request: Request) -> bool:
        return self._client.stop_wanted() or self._client.newest() not in (None, request)

    def _check(self, request: Request | None, keys: Collection[str]) -> Callable[[], None]:
        """Make what ends the work once another picture is wanted, unless that needs what is being computed."""
        from vgan_studio.engine.turns import Cancelled

        def check() -> None:
            if self._client.stop_wanted():
                raise Cancelled
            newer = self._client.newest()
            if newer is not None and newer is not request and not self._shares(newer, keys):
                raise Cancelled

        return check

    def _shares(self, newer: Request, keys: Collection[str]) -> bool:
        from vgan_studio.render.plan import plan

        if self._judged is None or self._judged[0] is not newer:
            try:
                wanted = () if newer.draft else _heavy_keys(self._renderer, plan(newer.timeline, newer.frame))
            except VganError:
                wanted = ()
            self._judged = newer, not set(keys).isdisjoint(wanted)
        return self._judged[1]

    def _finish(self, request: Request, began: float) -> None:
        """Compute the exact pictures; that to compare with comes second if it takes a network."""
        from vgan_studio.render.plan import plan

        other = None if request.beside is None else plan(request.beside, request.frame)
        slow = other is not None and bool(self._renderer.missing(other))
        image = self._exact(request, request.timeline)
        self._tell(request, began, image, None if slow else self._beside(request), final=not slow)
        if slow and not self._client.resting:
            self._tell(request, began, image, self._beside(request))

    def _beside(self, request: Request, *, quick: bool = False) -> QImage | None:
        from vgan_studio.render.plan import plan

        if request.beside is None:
            return None
        if quick:
            lacks = bool(self._renderer.missing(plan(request.beside, request.frame)))
            return self._quick(request, request.beside, draft=lacks)
        return self._exact(request, request.beside)

    def _quick(self, request: Request, timeline: "Timeline", *, draft: bool) -> QImage:
        """Compute a picture of pictures that were shrunk first, and so small that it is there in time."""
        from vgan_studio.render.plan import plan

        began = time.monotonic()
        height = max(_LEAST, min(round(_QUICK * self._share), request.height))
        width = max(2, round(height * request.width / request.height))
        node = plan(timeline, request.frame, width, height, draft=draft)
        shrunk: dict[Decode, Pixels] = {}
        if not counts_pixels(node):
            shrunk = self._shrunk(node, lambda down, across: max(height / down, width / across), copies=True)
        made = self._image(self._renderer, node, shrunk)
        self._learn(time.monotonic() - began)
        return made

    def _reduced(self, request: Request) -> QImage:
        """Let networks work on shrunk sources: soon there, and nearly right."""
        from vgan_studio.render.plan import plan

        node = plan(request.timeline, request.frame, request.width, request.height)
        return self._image(self._uncached(), node, self._shrunk(node, lambda rows, columns: _REDUCED / rows))

    def _worth(self, missing: "tuple[Call, ...]") -> bool:
        """Tell whether to begin with a reduced picture: networks are slow, and it shows more than the original.

        An enlarged picture of a shrunk one shows less; and what is fitted to the film before a network sees it is large
        again.
        """
        from vgan_studio.effects.spec import find
        from vgan_studio.render.node import Call, Decode, walk
        from vgan_studio.render.placing import FIT

        parts = [one for part in missing for one in walk(part)]
        sizes = [one.media.width * one.media.height for one in parts if isinstance(one, Decode)]
        fitted = any(isinstance(one, Call) and one.effect == FIT for one in parts)
        if fitted or not sizes or min(sizes) < 4 * _REDUCED**2:
            return False
        if all(find(one.effect).size is not None for one in missing):
            return False
        pace = sum(self._renderer.speeds.get(one.effect, 1.0) for one in missing)
        return pace * max(sizes) / 1e6 > _WORTH_S

    def _learn(self, seconds: float) -> None:
        if seconds > _SLOW_S:
            self._share = max(_LEAST / _QUICK, self._share * 0.8)
        elif seconds < _FAST_S:
            self._share = min(1.0, self._share * 1.1)

    def _shrunk(
        self, node: "Node", scale: Callable[[int, int], float], *, copies: bool = False
    ) -> "dict[Decode, Pixels]":
        """Decode what a picture needs, and shrink it as the scale says of its rows and columns; of proxies, if allowed.

        What networks see is never a proxy's: only pictures in which none has a part are made of one.
        """
        import cv2

        from vgan_studio.render.node import Decode, walk

        found: dict[Decode, Pixels] = {}
        for part in walk(node):
            if isinstance(part, Decode):
                copy = self._copy(part) if copies else None
                pixels = self._renderer.raw(part).pixels(fast=True) if copy is None else copy
                rows, columns = pixels.shape[:2]
                by = scale(rows, columns)
                if by < 1:
                    size = max(1, round(columns * by)), max(1, round(rows * by))
                    pixels = cast("Pixels", cv2.resize(pixels, size, interpolation=cv2.INTER_AREA))
                found[part] = pixels
        return found

    def _exact(self, request: Request, timeline: "Timeline", *, draft: bool = False) -> QImage:
        """Compute the picture at the size that is asked for, or at the film's where networks would see another one."""
        from vgan_studio.render.plan import plan

        node = plan(timeline, request.frame, request.width, request.height, draft=draft)
        full = plan(timeline, request.frame, draft=draft)
        if set(_heavy_keys(self._renderer, node)) != set(_heavy_keys(self._renderer, full)):
            node = full
        return self._image(self._renderer, node, {})

    def _image(self, renderer: "Renderer", node: "Node", decoded: "dict[Decode, Pixels]") -> QImage:
        return to_image(renderer.pixels([node], decoded, depth=8, alpha=False)[0])

    def _own(self, request: Request, began: float, node: "Decode") -> None:
        """Answer with a file's own picture; first with that of its proxy, which is enough while it plays."""
        copy = self._copy(node)
        if copy is not None:
            self._tell(request, began, to_image(copy), final=request.draft)
            if request.draft or self._moved_on(request):
                return
        self._copied = False
        self._tell(request, began, self._bare(node))

    def _moved_on(self, request: Request) -> bool:
        """Tell whether the playhead is elsewhere by now; what was answered by a proxy has to rest for a moment.

        An exact picture cannot be left halfway, and may take a second where proxies are of use.
        """
        end = time.monotonic() + (_REST_S if self._copied else 0.0)
        while not self._superseded(request) and time.monotonic() < end:
            time.sleep(_REST_S / 12)
        return self._superseded(request)

    def _copy(self, node: "Decode") -> "Pixels | None":
        """Give a picture out of a proxy; None if the original shall be shown."""
        if self._tools.proxies is None:
            return None
        if self._copies is None:
            from vgan_studio.render.proxy import ProxyDecoder

            self._copies = ProxyDecoder(self._tools.proxies)
        pixels = self._copies.pixels(node)
        self._copied = self._copied or pixels is not None
        return pixels

    def _bare(self, node: "Decode") -> QImage:
        raw = self._renderer.raw(node)
        if raw.depth == 8 and not raw.alpha:
            return to_image(raw.pixels(fast=True))
        return self._image(self._renderer, node, {})

    def _tell(
        self,
        request: Request,
        began: float,
        image: QImage,
        beside: QImage | None = None,
        *,
        lacking: tuple[str, ...] = (),
        reduced: tuple[str, ...] = (),
        final: bool = True,
    ) -> None:
        apart = difference(image, beside) if request.difference and beside is not None else None
        seconds = time.monotonic() - began
        self._client.tell(
            Shown(
                request.frame, image, final, lacking, seconds, request.generation, reduced, beside, apart, self._absent,
                self._copied, bool(lacking) and self._client.resting, tuple(self._renderer.spoilt),
            )
        )  # fmt: skip


def counts_pixels(node: "Node") -> bool:
    """Tell whether a picture depends on how many pixels its files have: it asks a network, or shows them 1:1."""
    from vgan_studio.render.node import Call, heavy, walk

    calls = [part for part in walk(node) if isinstance(part, Call)]
    return any(heavy(one) or dict(one.params).get("mode") == "none" for one in calls)


def _titles(calls: "Collection[Call]") -> tuple[str, ...]:
    from vgan_studio.effects.spec import find

    return tuple(dict.fromkeys(find(one.effect).title for one in calls))


def _heavy_keys(renderer: "Renderer", node: "Node") -> tuple[str, ...]:
    from vgan_studio.render.plan import heavy_nodes

    parts = heavy_nodes(node)
    if not parts:
        return ()
    keys = renderer.keys(node)
    return tuple(keys[id(one)] for one in parts)

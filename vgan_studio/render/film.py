"""From a schedule of expressions to a file: decode, infer and encode overlap.

    decode thread      files -> pixels, sound            only what no network's result in the cache replaces
    infer thread       expressions -> pixels
    whoever iterates   pixels, sound -> file

The threads are joined by queues that are bounded in bytes, so memory does not grow with the length of the film.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import log10
from threading import Event
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from vgan_studio.effects.spec import Size
from vgan_studio.media.kept import size_of
from vgan_studio.media.raw import Pixels, RawPicture
from vgan_studio.media.writer import Target, Writer

from .ahead import ahead
from .cache import Cache
from .counters import Counters
from .decode import Decoder
from .node import Call, Decode, Node, kept, needed

if TYPE_CHECKING:
    from vgan_studio.engine.run import Engine

    from .evaluate import Renderer

_CHUNK = 8
_CHUNK_BYTES = 128 << 20  # of its pictures, as floats
_AHEAD_BYTES = 96 << 20  # in each queue
_KEPT_BYTES = 128 << 20  # of decoded pictures, for windows; and of what networks made

Samples = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an export is.

    Attributes:
        done, total: pictures (or, for sound alone, frames).
        note: a sentence on what is worse than asked for; "" for none.
        seconds: since the start.
        counters: what it has taken so far.
        report: what was proven of the film, at the very end; see `proof`.
    """

    done: int
    total: int
    note: str = ""
    seconds: float = 0.0
    counters: Counters = field(default_factory=Counters)
    report: Mapping[str, Any] = field(default_factory=dict, hash=False)

    @property
    def speed(self) -> float:
        """Pictures per second so far."""
        return self.done / self.seconds if self.seconds > 0 else 0.0

    @property
    def seconds_left(self) -> float | None:
        """Time to the end at this speed; None before the first picture."""
        return (self.total - self.done) / self.speed if self.done else None


@dataclass(frozen=True, slots=True)
class Schedule:
    """What a film is made of.

    Attributes:
        count: of pictures.
        node: gives the expression of a picture by its number; None for sound alone.
        time: gives when it is shown, in seconds.
        sound: gives the samples that belong to pictures [a, b): float32 (channels, n); None for no sound.
        together: how many pictures go through the threads, and a network, at once.
        written: is told of every computed picture as it goes to the encoder.
    """

    count: int
    node: Callable[[int], Node] | None
    time: Callable[[int], Fraction]
    sound: Callable[[int, int], Samples] | None = None
    together: int = _CHUNK
    written: Callable[[int, Pixels], None] | None = None


def together(size: Size, device: str, finer: int = 1) -> int:
    """Say how many pictures of a size, and of what networks make of them, go through a device at once.

    Args:
        finer: how many pictures are made of one of the source: only those at the same place between two share a batch.
    """
    # a CPU gains nothing by more, and with fewer a cancel is quick and a crash loses little
    most = 2 if device == "cpu" else _CHUNK
    return max(1, min(most * finer, _CHUNK_BYTES // (16 * size[0] * size[1])))


@dataclass(frozen=True, slots=True)
class _Chunk:
    """Some pictures in a row on their way through the threads."""

    first: int
    count: int
    nodes: tuple[Node, ...] = ()
    decoded: tuple[tuple[Decode, Pixels], ...] = ()
    pictures: tuple[RawPicture | Pixels | None, ...] = ()  # None: yet to be computed
    sound: Samples | None = None


def film(schedule: Schedule, writer: Writer, engine: Engine | None, cache: Cache | None = None) -> Generator[Progress]:
    """Write a film; closing the generator cancels it.

    Args:
        engine: None will do where every expression is a bare `Decode`; then nothing waits for torch.
        writer: just opened; it is completed at the end, and removes what it wrote after a failure or a cancel.

    Raises:
        VganError: a picture cannot be computed or the file cannot be written; no file is left.
    """
    began = time.monotonic()
    notices: list[str] = []
    with ExitStack() as opened:
        opened.enter_context(writer)
        decoder = opened.enter_context(closing(Decoder(memory_bytes=_KEPT_BYTES)))
        renderer = None if engine is None else opened.enter_context(closing(_renderer(engine, cache)))
        chunks = ahead(_decode(schedule, decoder, renderer, cache), _chunk_bytes, _AHEAD_BYTES)
        stopped = Event()
        if renderer is not None and engine is not None:
            chunks = ahead(_infer(chunks, renderer, writer.target, engine, stopped), _chunk_bytes, _AHEAD_BYTES)
        sound = _Sound(writer)
        made = opened.enter_context(closing(chunks))
        opened.callback(stopped.set)  # before the threads are waited for
        for chunk in made:
            _write(chunk, schedule, writer)
            sound.write(chunk.sound)
            fresh = [one for one in (*writer.notices, *decoder.notices, *sound.notices) if one not in notices]
            notices += fresh
            counters = _together(renderer.counters if renderer else Counters(), decoder.decoded)
            done = chunk.first + chunk.count
            yield Progress(done, schedule.count, " ".join(fresh), time.monotonic() - began, counters)


def _renderer(engine: Engine, cache: Cache | None) -> Renderer:
    from .evaluate import Renderer

    return Renderer(engine, cache, memory_bytes=_KEPT_BYTES)


class _Sound:
    """Writes sound, cut off where it is too loud; owned by one thread."""

    def __init__(self, writer: Writer) -> None:
        self._writer, self._peak, self._samples = writer, 0.0, 0

    @property
    def notices(self) -> tuple[str, ...]:
        """A sentence once something was cut off."""
        if self._peak <= 1:
            return ()
        seconds = self._samples / self._writer.target.sample_rate
        return (f"The sound is too loud and is cut off (by {20 * log10(self._peak):.1f} dB before {seconds:.1f} s).",)

    def write(self, samples: Samples | None) -> None:
        """Write the next samples."""
        if samples is None or not samples.size:
            return
        if self._peak <= 1:
            self._samples += samples.shape[1]
            self._peak = float(np.abs(samples).max())
        self._writer.write_sound(np.clip(samples, -1, 1))


def _decode(schedule: Schedule, decoder: Decoder, renderer: Renderer | None, cache: Cache | None) -> Generator[_Chunk]:
    """Decode what the pictures need, and fetch their sound."""
    first = 0
    while first < schedule.count:
        nodes, decoded = _some(schedule, first), {}
        count = len(nodes) or min(_CHUNK, schedule.count - first)
        pictures = [decoder.picture(node) if isinstance(node, Decode) else None for node in nodes]
        for leaf in _leaves(nodes, renderer, cache) if renderer else ():
            decoded[leaf] = decoder.pixels(leaf)
        sound = schedule.sound(first, first + count) if schedule.sound else None
        yield _Chunk(first, count, nodes, tuple(decoded.items()), tuple(pictures), sound)
        first += count


def _some(schedule: Schedule, first: int) -> tuple[Node, ...]:
    """Give the expressions of the next few pictures: as many as the device takes at once."""
    if schedule.node is None:
        return ()
    return tuple(schedule.node(i) for i in range(first, min(first + schedule.together, schedule.count)))


def _leaves(nodes: Sequence[Node], renderer: Renderer, cache: Cache | None) -> Iterator[Decode]:
    """Give what must be decoded for calls, once each; not what lies below a kept one in the cache."""
    keys = renderer.keys(*nodes)
    seen: set[str] = set()
    path: list[Node] = [node for node in reversed(nodes) if isinstance(node, Call)]
    while path:
        node = path.pop()
        key = keys[id(node)]
        if key in seen or (kept(node) and cache is not None and cache.has(key)):
            continue
        seen.add(key)
        if isinstance(node, Decode):
            yield node
        path.extend(needed(node))


def _infer(
    chunks: Generator[_Chunk], renderer: Renderer, target: Target, engine: Engine, stopped: Event
) -> Generator[_Chunk]:
    """Compute the pictures that are not there yet; once `stopped` is set, nothing after the tile it is at."""
    from vgan_studio.engine.turns import Cancelled
    from vgan_studio.engine.workers import using

    def check() -> None:
        if stopped.is_set():
            raise Cancelled

    with closing(chunks), engine.asking(0, check), using(1):
        for chunk in chunks:
            wanted = [i for i, picture in enumerate(chunk.pictures) if picture is None]
            nodes, depth = [chunk.nodes[i] for i in wanted], _depth(target)
            made = renderer.pixels(nodes, dict(chunk.decoded), depth=depth, alpha=bool(target.alpha))
            pictures = list(chunk.pictures)
            for i, pixels in zip(wanted, made, strict=True):
                pictures[i] = pixels
            yield replace(chunk, decoded=(), pictures=tuple(pictures))


def _depth(target: Target) -> Literal[8, 16]:
    return 16 if (target.depth or 8) > 8 else 8


def _write(chunk: _Chunk, schedule: Schedule, writer: Writer) -> None:
    for i, picture in enumerate(chunk.pictures, chunk.first):
        assert picture is not None
        if schedule.written is not None and not isinstance(picture, RawPicture):
            schedule.written(i, picture)
        writer.write(picture, schedule.time(i))


def _together(counters: Counters, decoded: int) -> Counters:
    return replace(counters, decoded=counters.decoded + decoded)


def _chunk_bytes(chunk: _Chunk) -> int:
    pictures = [*chunk.pictures, *(pixels for _, pixels in chunk.decoded)]
    return sum(map(_picture_bytes, pictures)) + (0 if chunk.sound is None else chunk.sound.nbytes)


def _picture_bytes(picture: RawPicture | Pixels | None) -> int:
    if isinstance(picture, RawPicture):
        return size_of(picture.frame)
    return 0 if picture is None else picture.nbytes

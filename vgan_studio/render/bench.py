"""How fast this machine is, measured: decoding, networks alone, and an export with each, in one process."""

import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, nullcontext
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from pathlib import Path
from statistics import mean

from torch import Tensor

from vgan_studio.effects.spec import Size, find
from vgan_studio.engine.run import Engine
from vgan_studio.engine.workers import using
from vgan_studio.errors import MediaError
from vgan_studio.gan.weights import Model
from vgan_studio.media.codecs import CODECS
from vgan_studio.media.probe import probe
from vgan_studio.media.raw import Pixels
from vgan_studio.media.writer import Target, Writer
from vgan_studio.timeline.values import EffectCall

from . import between
from .apply import apply, planner
from .decode import Decoder
from .evaluate import Renderer
from .film import together
from .node import Decode, Node, walk
from .proof import Proof
from .shots import shots

_LEAST_S = 1.0  # of each measurement of networks alone
_INTO, _WHOLE = 3, 12  # chunks of pictures
_RATE, _QUALITY = Fraction(24), 75  # of what is only encoded; the quality is that of exports
_EXPORTS = 2  # with a measurement before, between and after them, so that a load of the machine meets all alike


@dataclass(frozen=True, slots=True)
class Measured:
    """How fast an effect is, in pictures per second.

    Attributes:
        effect: its id, with the parameters that were given.
        codec: what the export was written as.
        models: those that it asked.
        precision: the number formats they ran in.
        batch: how many pictures went through the export's threads at once, and likewise when the networks were alone.
        bare: its networks alone, on inputs that lie ready.
        whole: all of the effect on decoded pictures: motion and the test for cuts, too, and rounding to bytes.
        export: a whole export: decode, all of the effect, encode, close the file; nothing from a cache.
        share: of the export's processor time that the networks alone would take: on cores that are all busy the ratio
            cannot be larger.  It tells more than the ratio where other programs run.
        work_ms: processor time for a picture by what it goes to, of all cores together: "decode" (with the way to
            pixels), "networks" alone, "effect" (all else that the effect does), "encode", and a whole "export".
    """

    effect: str
    codec: str
    models: tuple[str, ...]
    precision: tuple[str, ...]
    batch: int
    bare: float
    whole: float
    export: float
    share: float
    work_ms: Mapping[str, float]

    @property
    def ratio(self) -> float:
        """What is left of the networks' speed in an export."""
        return self.export / self.bare


class _Listening(Engine):
    """An engine that remembers what it was asked while `heard` is a list; owned by one thread."""

    heard: list[tuple[Model, Tensor]] | None = None

    def run(self, model: Model, x: Tensor) -> Tensor:
        """Run, and remember what was asked."""
        if self.heard is not None:
            self.heard.append((model, x.clone()))
        return Engine.run(self, model, x)


def listening(device: str = "auto", precision: str = "auto") -> Engine:
    """Make an engine for `bench`.

    Raises:
        EngineError: the device is not here.
    """
    return _Listening(device, precision)  # type: ignore[arg-type]


def decoding(film: Path) -> float:
    """Give the pictures per second at which a film is decoded and converted, nothing else going on."""
    return 1 / _decoding(film).wall


def bench(
    film: Path, effects: Sequence[EffectCall], engine: Engine, folder: Path, codecs: Sequence[str] = ("h264",)
) -> Iterator[Measured]:
    """Measure effects one after the other on a film; the exports are written into a folder and removed.

    Args:
        codecs: keys of `CODECS`; each effect is exported as each of them.

    Raises:
        VganError: a model is missing, or the film cannot be read or written.
    """
    assert isinstance(engine, _Listening)
    decode = _decoding(film)
    for effect, codec in product(effects, codecs):
        path = folder / _name(codec)
        film_of = _Film(film, effect, engine)
        heard = film_of.heard()
        bare, export = [film_of.alone(heard)], []
        for _ in range(_EXPORTS):
            export.append(film_of.export(path, codec))
            bare.append(film_of.alone(heard))
        models = tuple(dict.fromkeys(model.card.name for model, _ in heard))
        tags = tuple(dict.fromkeys(engine.precision_tag(model) for model, _ in heard))
        alone, exported = _together(bare), _together(export)
        (whole, pictures), share = film_of.whole(), alone.work / exported.work
        spent = {
            "decode": decode.work / film_of.finer,
            "networks": alone.work,
            "effect": whole.work - alone.work,
            "encode": _encoding(pictures, path, codec).work,
            "export": exported.work,
        }
        work_ms = {name: round(1000 * work, 1) for name, work in spent.items()}
        speeds = 1 / alone.wall, 1 / whole.wall, 1 / exported.wall
        yield Measured(_words(effect), codec, models, tags, film_of.batch, *speeds, share, work_ms)


@dataclass(frozen=True, slots=True)
class _Spent:
    """Seconds for a picture: as a clock shows them, and of all processors together."""

    wall: float
    work: float


class _Film:
    """A film with an effect on it, as it is measured; owned by one thread."""

    def __init__(self, film: Path, effect: EffectCall, engine: _Listening) -> None:
        self._film, self._effect, self._engine = film, effect, engine
        info = probe(film)
        own = shots(info, None, None)
        finer = between.factor(between.parted([effect], 0)[0])
        self._node, self._count = planner(info.media(), [effect], own), own.finer(finer).count
        self.finer = finer
        size = _largest(self._node(0), (info.height, info.width))
        self.batch = min(self._count, together(size, engine.device.type, finer))

    def heard(self) -> list[tuple[Model, Tensor]]:
        """Warm up, and learn what networks are asked for as many pictures as an export takes at once.

        It listens some way into the film, where an export has what neighbours share.
        """
        with closing(Renderer(self._engine, None)) as renderer:
            *before, last = self._chunks()[:_INTO]
            for nodes in (last, *before):  # models are loaded and warm
                renderer.render(nodes)
                if nodes is last:
                    renderer.forget()
            self._engine.heard = []
            renderer.render(last)
            heard, self._engine.heard = self._engine.heard, None
        return heard

    def _chunks(self) -> list[list[Node]]:
        firsts = range(0, self._count - self.batch + 1, self.batch)
        return [[self._node(i) for i in range(first, first + self.batch)] for first in firsts]

    def alone(self, heard: Sequence[tuple[Model, Tensor]]) -> _Spent:
        """Ask the networks alone."""

        def ask(_: int) -> int:
            for model, x in heard:
                self._engine.run(model, x)
            return self.batch

        return self._timed(ask, _LEAST_S)

    def whole(self) -> tuple[_Spent, list[Pixels]]:
        """Do all of the effect on pictures that are decoded before, one chunk after the other; give these, too."""
        chunks = self._chunks()[:_WHOLE]
        with closing(Renderer(self._engine, None)) as renderer, Decoder(memory_bytes=0) as decoder:
            leaves = {part for nodes in chunks for node in nodes for part in walk(node) if isinstance(part, Decode)}
            decoded = {leaf: decoder.pixels(leaf) for leaf in sorted(leaves, key=lambda leaf: leaf.time)}
            made: list[Pixels] = []

            def render(_: int) -> int:
                for nodes in chunks:
                    made.extend(renderer.pixels(nodes, decoded, depth=8, alpha=False))
                return len(made)

            return self._timed(render, 0), made

    def _timed(self, do: Callable[[int], int], least_s: float) -> _Spent:
        """Measure with as many threads as the thread that infers has in an export."""
        with using(1) if self._engine.device.type == "cpu" else nullcontext():
            return _timed(do, least_s)

    def export(self, path: Path, codec: str) -> _Spent:
        """Export all of it."""

        def apply_all(number: int) -> int:
            proof = Proof(sidecar=False)
            *_others, last = apply(self._film, [self._effect], path, self._engine, codec=codec, proof=proof)
            _remove(path)
            return last.done

        return _timed(apply_all, 0)


def _decoding(film: Path) -> _Spent:
    info = probe(film)
    found = shots(info, None, None)

    def decode(_: int) -> int:
        with Decoder(memory_bytes=0) as decoder:
            for i in range(found.count):
                decoder.pixels(Decode(info.media(), found.middle(i)))
        return found.count

    return _timed(decode, 0)


def _encoding(pictures: Sequence[Pixels], path: Path, codec: str) -> _Spent:
    """Write pictures that lie ready."""
    height, width = pictures[0].shape[:2]
    target = Target(codec, width=width, height=height, rate=_RATE, quality=_QUALITY, depth=8)

    def encode(_: int) -> int:
        with Writer(path, target) as writer:
            for number, pixels in enumerate(pictures):
                writer.write(pixels, number / _RATE)
        _remove(path)
        return len(pictures)

    return _timed(encode, 0)


def _name(codec: str) -> str:
    """Name a film, or a folder of pictures, for a codec."""
    if codec not in CODECS:
        raise MediaError(f"There is no codec {codec!r} for pictures; take one of {', '.join(CODECS)}.")
    return "bench" if CODECS[codec].sequence else f"bench{CODECS[codec].containers[0]}"


def _remove(path: Path) -> None:
    """Remove a film, or a folder of pictures."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()


def _words(effect: EffectCall) -> str:
    """Write an effect as the command line takes it."""
    params = ",".join(f"{name}={value}" for name, value in effect.params)
    return f"{effect.id}:{params}" if params else effect.id


def _timed(do: Callable[[int], int], least_s: float) -> _Spent:
    """Do something that gives how many pictures it made, until so much time has gone."""
    began, worked, pictures, number = time.perf_counter(), time.process_time(), 0, 0
    while not number or time.perf_counter() - began < least_s:
        pictures += do(number)
        number += 1
    return _Spent((time.perf_counter() - began) / pictures, (time.process_time() - worked) / pictures)


def _together(several: Sequence[_Spent]) -> _Spent:
    return _Spent(mean(one.wall for one in several), mean(one.work for one in several))


def _largest(node: Node, size: Size) -> Size:
    """Give the size of the largest picture in an expression that begins with one of a size."""
    for part in walk(node):
        effect = None if isinstance(part, Decode) else find(part.effect.partition(":")[0])
        if effect is not None and effect.size is not None and not isinstance(part, Decode):
            size = max(size, effect.size(size, dict(part.params)))
    return size

"""How fast this machine is, measured: decoding, networks alone, and an export with each, in one process."""

import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from torch import Tensor

from vgan_studio.engine.run import Engine
from vgan_studio.gan.weights import Model
from vgan_studio.media.probe import probe
from vgan_studio.timeline.values import EffectCall

from .apply import apply, planner
from .decode import Decoder
from .evaluate import Renderer
from .film import together
from .node import Decode, Node, walk
from .proof import Proof
from .shots import shots

_LEAST_S = 1.0  # of a measurement of networks alone, before the export and again after it


@dataclass(frozen=True, slots=True)
class Measured:
    """How fast an effect is, in pictures per second.

    Attributes:
        effect: its id.
        models: those that it asked.
        precision: the number formats they ran in.
        batch: how many pictures went through a network at once, both times.
        bare: its networks alone, on inputs that lie ready: the mean of before and after the export.
        export: a whole export: decode, all of the effect, encode; nothing from a cache.
        share: of the export's processor time that the networks alone would take; tells more where the machine is busy.
    """

    effect: str
    models: tuple[str, ...]
    precision: tuple[str, ...]
    batch: int
    bare: float
    export: float
    share: float

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
    info = probe(film)
    found = shots(info, None, None)
    began = time.perf_counter()
    with Decoder(memory_bytes=0) as decoder:
        for i in range(found.count):
            decoder.pixels(Decode(info.media(), found.middle(i)))
    return found.count / (time.perf_counter() - began)


def bench(film: Path, effects: Sequence[EffectCall], engine: Engine, folder: Path) -> Iterator[Measured]:
    """Measure effects one after the other on a film; the exports are written into a folder and removed.

    Raises:
        VganError: a model is missing, or the film cannot be read or written.
    """
    assert isinstance(engine, _Listening)
    for effect in effects:
        heard, count = _heard(film, effect, engine)
        before, work = _alone(heard, count, engine)
        out, began = folder / "bench.mp4", time.process_time()
        *_, last = apply(film, [effect], out, engine, proof=Proof(sidecar=False))
        share = work * last.done / (time.process_time() - began)
        out.unlink()
        bare = (before + _alone(heard, count, engine)[0]) / 2
        models = tuple(dict.fromkeys(model.card.name for model, _ in heard))
        tags = tuple(dict.fromkeys(engine.precision_tag(model) for model, _ in heard))
        yield Measured(effect.id, models, tags, count, bare, last.speed, share)


def _heard(film: Path, effect: EffectCall, engine: _Listening) -> tuple[list[tuple[Model, Tensor]], int]:
    """Warm up, and learn what networks are asked for as many pictures as an export takes at once."""
    info = probe(film)
    found = shots(info, None, None)
    node = planner(info.media(), [effect], found)
    count = min(found.count, _batch(node(0), (info.height, info.width), engine))
    with closing(Renderer(engine, None, memory_bytes=0)) as renderer:
        nodes = [node(i) for i in range(count)]
        renderer.render(nodes)  # models are loaded and warm
        engine.heard = []
        renderer.render(nodes)
        heard, engine.heard = engine.heard, None
    return heard, count


def _batch(node: Node, size: tuple[int, int], engine: Engine) -> int:
    from vgan_studio.effects.spec import find

    for part in walk(node):
        effect = None if isinstance(part, Decode) else find(part.effect.partition(":")[0])
        if effect is not None and effect.size is not None and not isinstance(part, Decode):
            size = max(size, effect.size(size, dict(part.params)))
    return together(size, engine.device.type)


def _alone(heard: Sequence[tuple[Model, Tensor]], count: int, engine: _Listening) -> tuple[float, float]:
    """Give the pictures per second of the networks alone, and the processor seconds of one."""
    rounds, began, worked = 0, time.perf_counter(), time.process_time()
    while time.perf_counter() - began < _LEAST_S:
        for model, x in heard:
            engine.run(model, x)
        rounds += 1
    pictures = rounds * count
    return pictures / (time.perf_counter() - began), (time.process_time() - worked) / pictures

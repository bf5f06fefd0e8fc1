"""Networks at work: on which device, in which precision, how much at once."""

import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from threading import RLock
from typing import Literal

import platformdirs
import torch
from torch import Tensor, nn

from vgan_studio.errors import EngineError
from vgan_studio.gan.weights import Model, architecture_of, find_model, mix, mixed_digest, read_model

from . import precision
from .allocator import give_pages_back, keep_pages
from .faults import device_faults, out_of_memory
from .load import Learned, Load, Memory
from .tiling import cover, pad, run_tiled
from .turns import Asking, Turns
from .workers import Part, Result, Workers, cores, ended

log = logging.getLogger(__name__)

DeviceName = Literal["auto", "cuda", "mps", "cpu"]
PrecisionName = Literal["auto", "fp32", "fp16", "bf16"]

MODELS_KEPT = 32
_STARTS = {"cpu": Load(batch=1, tile=1024), "mps": Load(batch=2, tile=1024), "cuda": Load(batch=8, tile=2048)}
_STRIP_PER_REACH = 8  # a strip cut for a worker is so many reaches high, so that little is computed twice
_READING = 0.4  # of the time that it takes to load a model, about
_SETTLING = 0.2  # weight of the newest measurement in the mean cost


@dataclass(frozen=True, slots=True)
class _Ready:
    """A network on the device, checked and warm, and the key under which it is remembered."""

    network: nn.Module
    key: str
    precision: precision.Precision


class Engine:
    """Runs models.  Any thread may call it; one at a time is served, the highest rank first (see `asking`).

    Args:
        device: "auto" takes CUDA, then MPS, then the CPU.
        precision: "auto" takes the quickest that gives the same picture.
        memory: the file in which loads and costs are kept; in the user's cache folder if not given.

    Attributes:
        warming: told the name of a model that is brought to the device and the share of that which is done, and "" when
            it is there; in any thread.

    Raises:
        EngineError: the device that is asked for is not here.
    """

    def __init__(
        self, device: DeviceName = "auto", precision: PrecisionName = "auto", memory: Path | None = None
    ) -> None:
        self.device = _device(device)
        self._wanted = precision
        self._memory = Memory(memory or Path(platformdirs.user_cache_dir("vgan_studio")) / "engine.json")
        self._lock = RLock()  # of the tables below; whoever has a turn may take it, never the other way round
        self._turns, self._asking = Turns(), Asking()
        self.warming: Callable[[str, float], None] = lambda name, share: None
        self._models: OrderedDict[str, Model] = OrderedDict()
        self._files: dict[Path, tuple[tuple[int, int], str]] = {}
        self._ready: OrderedDict[str, _Ready] = OrderedDict()
        self._workers: Workers | None = None
        if self.device.type == "cpu":
            cores()
            keep_pages()

    def model(self, wanted: str) -> Model:
        """Give a model by its name or its task, read once and ready to run.

        Raises:
            ModelError: there is none, or its file is damaged.
        """
        with self._lock:
            path = find_model(wanted)
            stat = path.stat()
            state = (stat.st_mtime_ns, stat.st_size)
            known = self._files.get(path)
            if known is None or known[0] != state or known[1] not in self._models:
                self._files[path] = known = (state, self._read(path).card.digest)
            self._models.move_to_end(known[1])
            return self._models[known[1]]

    def mixed(self, a: Model, b: Model, share: float) -> Model:
        """Give a model between two, see `gan.weights.mix`; it is kept like one that was read.

        Raises:
            ModelError: their networks differ.
        """
        with self._lock:
            known = self._models.get(mixed_digest(a, b, share))
            return known or self._keep(mix(a, b, share))

    def run(self, model: Model, x: Tensor) -> Tensor:
        """Run a model over pictures.

        Args:
            x: (B, 3, H, W), or as many channels as the network takes, float in [0, 1], on any device; it is brought to
                the engine's.  A picture that comes from a file crosses as bytes before, by `picture.from_pixels`.

        Returns:
            (B, 3, H * scale, W * scale), or as many channels as the network gives, float32, on the engine's device,
            not cut off to [0, 1].

        Raises:
            EngineError: the device fails, even the lightest load is too much, or the network gives no numbers.
        """
        with self._lock:
            ready = self._prepare(model)
        with self._turns.turn(self._asking.rank), torch.no_grad(), device_faults(model.card.name):
            whole = pad(x.to(self.device, torch.float32, memory_format=torch.channels_last), model.card.multiple)
            began = time.perf_counter()
            y = self._run_lighter(model, ready, whole)
            # Adding up also waits for the device.
            if not bool(y.sum().isfinite()):
                raise EngineError(f"{model.card.name} gave no numbers in {ready.precision}; try another precision.")
            self._learn_cost(ready, (time.perf_counter() - began) / (whole[:, 0].numel() / 1e6))
            height, width = (length * model.card.scale for length in x.shape[2:])
            return y if y.shape[2:] == (height, width) else y[..., :height, :width].clone()

    def spread(self, work: Callable[[Part], Result], parts: Sequence[Part]) -> list[Result]:
        """Do what is not a network's work, such as estimating motion, for several parts: side by side on a CPU.

        It waits for nobody's turn, and the work must not ask this engine for anything.
        """
        if self.device.type != "cpu" or len(parts) < 2 or cores() < 2:
            return [work(part) for part in parts]
        with self._lock:  # or `close` might come between
            self._workers = self._workers or Workers()
            pending = self._workers.begin(work, parts)
        return ended(pending)

    @contextmanager
    def asking(self, rank: int, check: Callable[[], None] | None = None) -> Iterator[None]:
        """Say what the present thread is inside: how much it matters, and how to learn that it shall stop.

        Args:
            rank: higher ones go first, between two tiles, too; elsewhere it is 0.
            check: called between two tiles; what it raises, such as `Cancelled`, ends the work.
        """
        before = self._asking.rank, self._asking.check
        self._asking.rank, self._asking.check = rank, check
        try:
            yield
        finally:
            self._asking.rank, self._asking.check = before

    def check(self) -> None:
        """Raise what the present thread's `check` raises, if it has one."""
        if self._asking.check is not None:
            self._asking.check()

    @property
    def silent_s(self) -> float:
        """How long whoever computes has given no sign of life; 0 while nobody does."""
        return self._turns.silent_s

    def give_up(self, sentence: str) -> None:
        """Fail whatever waits for this engine or asks it from now on: it does not answer any more."""
        self._turns.give_up(sentence)

    @property
    def memory_bytes(self) -> int:
        """What it holds on a device with memory of its own; 0 on the CPU."""
        return int(torch.cuda.memory_reserved(self.device)) if self.device.type == "cuda" else 0

    def precision_tag(self, model: Model) -> str:
        """Say how a model is computed here, such as "cpu-bf16": results of different tags may differ a little."""
        with self._lock:
            return f"{self.device.type}-{self._prepare(model).precision}"

    def load(self, model: Model) -> Load:
        """Give the load that a model runs with."""
        with self._lock:
            return self._learned(self._prepare(model)).load

    def cost(self, model: Model) -> float:
        """Give the measured seconds per megapixel of input; 0 before the first run on this machine."""
        with self._lock:
            return self._learned(self._prepare(model)).seconds

    def describe(self) -> str:
        """Name the device and the formats it computes in, for people."""
        return f"{_device_name(self.device)}, {'/'.join((*precision.candidates(self.device), 'fp32'))}"

    def close(self) -> None:
        """Forget all models, give memory back and end the threads; the engine can be used again."""
        with self._turns.turn(self._asking.rank), self._lock:
            self._models.clear()
            self._ready.clear()
            if self._workers is not None:
                self._workers.close()
            self._workers = None
        self._give_back()

    def _give_back(self) -> None:
        """Give memory back that nothing is in; a device that has failed may refuse even that."""
        try:
            if self.device.type == "cuda":
                torch.cuda.empty_cache()
        except RuntimeError as error:
            log.warning("The device does not give its memory back: %s", str(error).splitlines()[0])
        if self.device.type == "cpu":
            give_pages_back()

    def _read(self, path: Path) -> Model:
        self.warming(path.stem, 0.0)
        try:
            return self._keep(read_model(path))
        finally:
            self.warming("", 1.0)

    def _keep(self, model: Model) -> Model:
        self._prepare(model)
        self._models[model.card.digest] = model
        while len(self._models) > MODELS_KEPT:
            self._models.popitem(last=False)
        return model

    def _prepare(self, model: Model) -> _Ready:
        """Bring a network to the device, choose its precision and warm it up, once."""
        digest = model.card.digest
        if digest in self._ready:
            self._ready.move_to_end(digest)
            return self._ready[digest]
        try:
            return self._warm(model, digest)
        finally:
            self.warming("", 1.0)

    def _warm(self, model: Model, digest: str) -> _Ready:
        key = f"{_device_name(self.device)}, torch {torch.__version__}, {self._wanted}, {digest}"
        known = self._memory.get(key)

        def tell(share: float) -> None:
            self.warming(model.card.name, _READING + (1 - _READING) * share)

        tell(0.0)
        with torch.no_grad(), device_faults(model.card.name):
            exact = precision.converted(model.network, "fp32").to(self.device)
            wanted = known.precision if known else self._wanted
            channels = model.card.config.get("inputs", architecture_of(model.card).inputs)
            chosen = precision.choose(exact, self.device, model.card.multiple, wanted, channels, tell=tell)
            ready = _Ready(precision.converted(exact, chosen), key, chosen)
        start = known.load if known else _STARTS[self.device.type]
        self._memory.put(key, Learned(chosen, start.batch, start.tile, known.seconds if known else 0.0))
        self._ready[digest] = ready
        while len(self._ready) > MODELS_KEPT:
            self._ready.popitem(last=False)
        return ready

    def _run_lighter(self, model: Model, ready: _Ready, x: Tensor) -> Tensor:
        """Run from the start with ever lighter loads until one fits, and remember that one."""
        load = first = self._learned(ready).load
        while True:
            try:
                y = self._run_with(load, model, ready, x)
                break
            except (RuntimeError, MemoryError) as error:
                if not out_of_memory(error):
                    raise
            lighter = Load(min(load.batch, len(x)), min(load.tile, max(x.shape[2:]))).lighter()
            if lighter is None:
                raise EngineError(f"{model.card.name} needs more memory than {_device_name(self.device)} has free.")
            log.warning("%s ran out of memory with %s; trying %s.", model.card.name, load, lighter)
            load = lighter
            if self.device.type == "cuda":
                torch.cuda.empty_cache()
        if load != first:
            with self._lock:
                self._memory.put(ready.key, replace(self._learned(ready), batch=load.batch, tile=load.tile))
        return y

    def _run_with(self, load: Load, model: Model, ready: _Ready, x: Tensor) -> Tensor:
        card, pieces, each = model.card, 1, None
        if self.device.type == "cpu" and getattr(ready.network, "reentrant", True):
            self._workers = self._workers or Workers()
            pieces = -(-self._workers.count // len(x))
            each = self._workers.each if self._workers.count > 1 else None
        least = max(_STRIP_PER_REACH * card.reach, 1)
        parts = cover(
            x.shape[2], x.shape[3], load.tile, reach=card.reach, multiple=card.multiple, pieces=pieces, least=least
        )
        return run_tiled(
            ready.network, x, parts, card.scale, batch=load.batch, each=each,
            channels=architecture_of(card).outputs,
            at_once=self._workers.count if self._workers else 1, between=self._between,
        )  # fmt: skip

    def _between(self) -> None:
        self._turns.between(self._asking.rank)
        self.check()

    def _learned(self, ready: _Ready) -> Learned:
        with self._lock:
            learned = self._memory.get(ready.key)
        assert learned is not None  # `_prepare` has put it there
        return learned

    def _learn_cost(self, ready: _Ready, seconds: float) -> None:
        learned = self._learned(ready)
        mean = learned.seconds + (seconds - learned.seconds) * _SETTLING if learned.seconds else seconds
        with self._lock:
            self._memory.put(ready.key, replace(learned, seconds=mean))


def _device(name: DeviceName) -> torch.device:
    here = {"cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available(), "cpu": True}
    if name != "auto" and not here[name]:
        raise EngineError(f"This machine has no {name} device that torch can use; ask for another, or for auto.")
    return torch.device(next(kind for kind, there in here.items() if there) if name == "auto" else name)


def _device_name(device: torch.device) -> str:
    if device.type == "cuda":
        return torch.cuda.get_device_name(device)
    if device.type == "cpu":
        return f"{torch.cpu.get_capabilities().get('cpu_name', 'CPU')} ({cores()} threads)"
    return device.type

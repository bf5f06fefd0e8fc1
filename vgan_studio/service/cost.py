"""What a long render will cost, measured on the film's own frames before it is begun."""

import shutil
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vgan_studio.errors import EffectError
from vgan_studio.timeline.values import Timeline

from .lane import resident_bytes
from .requests import RANGE, Tools

if TYPE_CHECKING:
    from vgan_studio.render.cover import Entry
    from vgan_studio.render.evaluate import Renderer

_SAMPLES = 2  # of each kind: the first warms up and makes what both share with neighbours, the next one counts
_RESERVE_BYTES = 1 << 30  # of the disk, for everything else


@dataclass(frozen=True, slots=True)
class Cost:
    """What is to be paid, and what for.

    Attributes:
        frames: for which a network has to be asked.
        seconds: for all of them, on this machine.
        memory_bytes: more than is used now, while a frame is computed.
        disk_bytes: what they will take in the cache.
        room_bytes: what the cache may still take, for its limit and for the disk.
        measured: how many frames were computed to find out; they are in the cache.
    """

    frames: int
    seconds: float
    memory_bytes: int
    disk_bytes: int
    room_bytes: int
    measured: int = 0

    @property
    def fits(self) -> bool:
        """There is room for all of them."""
        return self.disk_bytes <= self.room_bytes

    @property
    def seconds_each(self) -> float:
        """Of one frame, in the mean."""
        return self.seconds / self.frames if self.frames else 0.0


def measuring(timeline: Timeline, frames: Sequence[int], given: Tools | Callable[[], Tools]) -> Generator[Cost]:
    """Find out what it costs to render frames: a few of each kind are computed, and kept.

    Args:
        given: what computes pictures, or what gives it and may wait for it.

    Raises:
        VganError: one of them cannot be computed.
    """
    from vgan_studio.render.evaluate import Renderer

    tools = given if isinstance(given, Tools) else given()
    kinds: dict[object, dict[object, int]] = {}  # of each kind a frame for each picture that networks make
    total = 0
    for frame in frames:
        entry = tools.cover.entry(timeline, frame)
        if entry is not None and entry.fault:
            raise EffectError(entry.fault)
        if entry is not None and any(not tools.cache.has(key) for key, _ in entry.tops):
            kinds.setdefault(_kind(entry), {}).setdefault(entry.tops, frame)
            total += 1
    seconds = disk = 0.0
    memory = measured = 0
    with closing(Renderer(tools.engine, tools.cache)) as renderer, tools.engine.asking(RANGE):
        for some in kinds.values():
            sample = _sample(renderer, timeline, list(some.values()), tools)
            seconds, disk = seconds + sample.seconds * len(some), disk + sample.disk_bytes * len(some)
            memory, measured = max(memory, sample.memory_bytes), measured + min(_SAMPLES, len(some))
            yield Cost(total, seconds, memory, int(disk), _room(tools), measured)
    if not kinds:
        yield Cost(0, 0.0, 0, 0, _room(tools))


def duration(seconds: float) -> str:
    """Say how long, as one says it: "4 min", "35 s", "2.5 h"."""
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    return f"{round(seconds / 60)} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"


def size(count: float) -> str:
    """Say how many bytes: "340 MB", "1.2 GB"."""
    return f"{count / 1e6:.0f} MB" if count < 1e9 else f"{count / 1e9:.1f} GB"


def _kind(entry: "Entry") -> object:
    """Tell frames apart that may cost another thing: other effects, or another file."""
    sources = {layer[0] for layer in entry.source if isinstance(layer, tuple)}
    return tuple(effect for _, effect in entry.tops), frozenset(sources)


def _sample(renderer: "Renderer", timeline: Timeline, frames: Sequence[int], tools: Tools) -> Cost:
    """Measure one frame of a kind, just after another one."""
    from vgan_studio.render.node import kept, walk
    from vgan_studio.render.plan import plan

    end = len(frames) // 2 + 1
    for frame in frames[max(0, end - _SAMPLES) : end]:
        node = plan(timeline, frame)
        keys = renderer.keys(node)
        new = [key for one in walk(node) if kept(one) and not tools.cache.has(key := keys[id(one)])]
        began = time.monotonic()
        with _peak() as peak:
            renderer.render(renderer.unkept(node))
        seconds = time.monotonic() - began
    return Cost(1, seconds, peak[0], tools.cache.size_of(new), 0)


@contextmanager
def _peak() -> Iterator[list[int]]:
    """Measure how much more memory is used inside than before: of the graphics card, else of the process."""
    import torch

    found = [0]
    if torch.cuda.is_available():
        before = torch.cuda.memory_allocated()
        torch.cuda.reset_peak_memory_stats()
        yield found
        found[0] = max(0, torch.cuda.max_memory_allocated() - before)
        return
    before = resident_bytes()
    with suppress(OSError):  # lets the kernel forget the highest use so far
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    yield found
    found[0] = max(0, _highest_bytes() - before)


def _highest_bytes() -> int:
    with suppress(OSError, ValueError):
        for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    return 0


def _room(tools: Tools) -> int:
    try:
        free = shutil.disk_usage(tools.cache.folder).free - _RESERVE_BYTES
    except OSError:
        free = 0
    return max(0, min(free, tools.cache.limit_bytes))

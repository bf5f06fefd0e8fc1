"""What the effects that ask a network cost on this machine: measured once, kept on disk, shown beside them."""

import inspect
import json
import logging
import os
import time
from fractions import Fraction
from pathlib import Path
from typing import Any

import platformdirs
import torch
import torch.nn.functional as F

from vgan_studio.engine.run import Engine
from vgan_studio.picture import Picture
from vgan_studio.timeline.values import Value

from .spec import Effect

log = logging.getLogger(__name__)

HEIGHT, WIDTH = 360, 640  # a preview's size
RUNS = 3  # of which the quickest counts: the others were disturbed
_FILE_LIMIT = 2**20  # bytes


class Costs:
    """Seconds per megapixel of input, by effect, device and versions, in a small JSON file.  One thread owns it.

    A damaged file is forgotten with a warning; a disk that refuses costs the memory alone.

    Args:
        engine: whose device and formats the costs are for.
        path: the file; in the user's cache folder if not given.
    """

    def __init__(self, engine: Engine, path: Path | None = None) -> None:
        self._machine = f"{engine.describe()}, {torch.get_num_threads()} threads, torch {torch.__version__}"
        self._path = path or Path(platformdirs.user_cache_dir("vgan_studio")) / "costs.json"

    def get(self, effect: Effect) -> float | None:
        """Give what is known of an effect with its defaults."""
        return self._read().get(self._key(effect))

    def put(self, effect: Effect, seconds: float) -> None:
        """Remember."""
        part = self._path.with_name(f"{self._path.name}.{os.getpid()}.part")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            part.write_text(json.dumps({**self._read(), self._key(effect): seconds}, indent=1))
            part.replace(self._path)
        except OSError as error:
            log.warning("What %s costs is not kept: %s.", effect.id, error)

    def _key(self, effect: Effect) -> str:
        return f"{effect.id} {effect.version}, {self._machine}"

    def _read(self) -> dict[str, float]:
        try:
            if not self._path.exists():
                return {}
            if self._path.stat().st_size > _FILE_LIMIT:
                raise ValueError("it is too large")
            return {str(key): float(value) for key, value in json.loads(self._path.read_text()).items()}
        except (OSError, ValueError, TypeError, AttributeError, RecursionError) as error:
            log.warning("%s cannot be read and is begun anew: %s.", self._path, error)
            return {}


def measure(effect: Effect, engine: Engine) -> float:
    """Give the seconds per megapixel of input that a heavy effect takes with its defaults, all that it does included.

    Raises:
        ModelError: its model is not here.
        EngineError: the device fails.
    """
    pictures, more = _given(effect), arguments(effect, engine)
    spent = []
    for run in range(1 + RUNS):  # the first makes ready
        pictures = [picture.roll(run, 2) for picture in pictures]  # nothing must be known from before
        began = time.perf_counter()
        effect.render(*pictures, **more)
        spent.append(time.perf_counter() - began)
    return min(spent[1:]) / (HEIGHT * WIDTH / 1e6)


def _given(effect: Effect) -> list[Picture]:
    """Make pictures that move by two pixels from one to the next, as many as the effect takes."""
    count = sum(effect.window) + 1 if effect.inputs == 1 else effect.inputs
    chance = torch.Generator().manual_seed(0)
    coarse = torch.rand(1, 3, HEIGHT // 20, WIDTH // 20, generator=chance)
    colour = F.interpolate(coarse, (HEIGHT, WIDTH), mode="bicubic").clamp(0, 1)
    whole = F.pad(colour, (0, 0, 0, 0, 0, 1), value=1.0)
    return [whole.roll(2 * index, 3).contiguous(memory_format=torch.channels_last) for index in range(count)]


def arguments(effect: Effect, engine: Engine, **params: Value) -> dict[str, Any]:
    """Give what `render` takes besides pictures; what is live, or for the plan alone, is not among it.

    Raises:
        EffectError: a parameter that does not exist or does not fit.
    """
    offered = {**effect.complete(params), "engine": engine, "progress": Fraction(1, 2), "time": Fraction(0)}
    taken = inspect.signature(effect.render).parameters
    return {name: value for name, value in offered.items() if name in taken}

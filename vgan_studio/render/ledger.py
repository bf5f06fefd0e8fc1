"""What an export notes while it runs: which networks took part where, and a few of its pictures, exactly."""

import base64
import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from vgan_studio.media.raw import Pixels

from .node import FINISH, Argument, Asset, Call, Node, heavy, walk

SPREAD = 12  # pictures that are noted, evenly over the film, besides the first of each range
MOST = 64
PROBED = 1024  # pixels of a noted picture, of which the values are kept
SAME_DB = 45.0  # as between the number formats of one network: `engine.precision.LEAST_DB`

_MOVING = "time"  # of generators; it differs from picture to picture

Verdict = Literal["equal", "within tolerance", "different"]
Tree = dict[str, Any]


@dataclass(slots=True)
class Range:
    """Pictures [start, end) in a row in which an effect asked the same models; owned by its `Ledger`."""

    effect: str
    start: int
    end: int
    assets: dict[str, Asset]
    first: Mapping[str, Argument]
    last: Mapping[str, Argument]
    varying: set[str] = field(default_factory=set)

    def tree(self) -> Tree:
        """Give it as JSON holds it; what a curve moves is under `varying`, with its first and last value."""
        steady = {name: plain(value) for name, value in self.first.items() if name not in self.varying}
        moved = {name: [plain(self.first[name]), plain(self.last[name])] for name in sorted(self.varying)}
        seed = self.first.get("seed")
        head = {"effect": self.effect, "start": self.start, "end": self.end, "params": steady}
        return {**head, "varying": moved, "seed": seed if isinstance(seed, int | float) else None}


@dataclass(frozen=True, slots=True)
class Sample:
    """A picture as it was handed to the encoder.

    Attributes:
        picture: its number in the film.
        shape: height, width, channels.
        depth: bits per channel, 8 or 16.
        digest: sha256 of its pixels.
        probe: the values of `PROBED` pixels at places that follow from the shape, little-endian.
    """

    picture: int
    shape: tuple[int, int, int]
    depth: int
    digest: str
    probe: bytes

    def tree(self) -> Tree:
        """Give it as JSON holds it."""
        probe = base64.b64encode(self.probe).decode()
        return {"picture": self.picture, "shape": list(self.shape), "depth": self.depth, "sha256": self.digest,
                "probe": probe}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Likeness:
    """How a picture compares with a `Sample`.

    Attributes:
        verdict: "within tolerance" is `SAME_DB` or more over the probed pixels.
        db: PSNR over the probed pixels; 99 where they are equal, 0 where the shapes differ.
        worst: largest difference of a value there, in levels of 255.
    """

    verdict: Verdict
    db: float
    worst: float


class Ledger:
    """Notes of one export.  `planned` belongs to the thread that plans, in order; `written` to the one that writes.

    Args:
        count: pictures of the film.
    """

    def __init__(self, count: int) -> None:
        self.ranges: list[Range] = []
        self.samples: list[Sample] = []
        self._every, self._count = max(1, -(-count // SPREAD)), count
        self._open: dict[tuple[str, tuple[tuple[str, Asset], ...], int], Range] = {}
        self._wanted: set[int] = set()

    def noting(self, node: Callable[[int], Node]) -> Callable[[int], Node]:
        """Give a planner that tells the ledger what it planned."""

        def planned(i: int) -> Node:
            expression = node(i)
            self.planned(i, expression)
            return expression

        return planned

    def planned(self, i: int, node: Node) -> None:
        """Note the networks of a picture."""
        asked = list(_asked(node))
        fresh = False
        for place, (effect, params) in enumerate(asked):
            assets = {name: value for name, value in params.items() if isinstance(value, Asset) and value.digest}
            known = (effect, tuple(sorted(assets.items(), key=lambda pair: pair[0])), place)
            there = self._open.get(known)
            if there is None or there.end < i:
                self._open[known] = Range(effect, i, i + 1, assets, params, params)
                self.ranges.append(self._open[known])
                fresh = True
            else:
                there.end, there.last = i + 1, params
                there.varying.update(name for name, value in params.items() if there.first.get(name) != value)
        if asked and (fresh or i % self._every == 0 or i == self._count - 1):
            self._wanted.add(i)

    def written(self, i: int, pixels: Pixels) -> None:
        """Note a picture that is handed to the encoder, if it is one of those to be noted."""
        if i in self._wanted and len(self.samples) < MOST:
            self.samples.append(sample(i, pixels))


def sample(i: int, pixels: Pixels) -> Sample:
    """Note a picture: (H, W, C) uint8 or uint16."""
    height, width, channels = pixels.shape
    shape = (height, width, channels)
    return Sample(i, shape, 8 * pixels.dtype.itemsize, digest(pixels), _probed(pixels).tobytes())


def digest(pixels: Pixels) -> str:
    """Give the sha256 of pixels, with their shape and depth."""
    head = f"{pixels.shape} {pixels.dtype.itemsize}".encode()
    return hashlib.sha256(head + np.ascontiguousarray(_little(pixels)).tobytes()).hexdigest()


def compare(noted: Sample, pixels: Pixels) -> Likeness:
    """Say how pixels compare with a picture that was noted."""
    if pixels.shape != noted.shape or 8 * pixels.dtype.itemsize != noted.depth:
        return Likeness("different", 0.0, 255.0)
    if digest(pixels) == noted.digest:
        return Likeness("equal", 99.0, 0.0)
    db, worst = apart(noted, pixels)
    return Likeness("within tolerance" if db >= SAME_DB else "different", db, worst)


def apart(noted: Sample, pixels: Pixels) -> tuple[float, float]:
    """Give PSNR in dB and the largest difference in levels of 255, over the probed pixels; any depth, colour only."""
    kind = "<u2" if noted.depth == 16 else "u1"
    before = np.frombuffer(noted.probe, kind).reshape(-1, noted.shape[2])[:, :3] / (2.0**noted.depth - 1)
    if pixels.shape[:2] != noted.shape[:2]:
        return 0.0, 255.0
    after = _probed(pixels)[:, :3] / (2.0 ** (8 * pixels.dtype.itemsize) - 1)
    error = float(np.mean((before - after) ** 2))
    worst = float(np.abs(before - after).max()) * 255
    return (min(99.0, -10 * float(np.log10(error))) if error else 99.0), worst


def plain(value: Argument) -> Any:
    """Give a parameter as JSON holds it."""
    if isinstance(value, Asset):
        return {"name": value.name, "digest": value.digest}
    if isinstance(value, Fraction):
        return str(value)
    return list(value) if isinstance(value, tuple) else value


def _asked(node: Node) -> Iterator[tuple[str, Mapping[str, Argument]]]:
    """Give the different calls of networks in an expression, each with its live parameters.

    One that a window asks at several times is one.
    """
    calls = [part for part in walk(node) if isinstance(part, Call)]
    live = {id(child): part.params for part in calls if part.effect.endswith(FINISH) for child in part.inputs}
    found: dict[tuple[str, tuple[tuple[str, Argument], ...]], dict[str, Argument]] = {}
    for call in filter(heavy, calls):
        params = tuple((name, value) for name, value in call.params if name != _MOVING)
        found.setdefault((call.effect, params), dict(params)).update(live.get(id(call), ()))
    for (effect, _), params_and_live in found.items():
        yield effect, params_and_live


def _probed(pixels: Pixels) -> NDArray[Any]:
    """Give the probed pixels, (PROBED, C): places that are spread evenly, and are the same for the same size."""
    height, width, channels = pixels.shape
    count = height * width
    step = int(count * 0.6180339887) | 1
    places = (np.arange(PROBED, dtype=np.int64) * step) % count
    probed: NDArray[Any] = _little(pixels).reshape(count, channels)[places]
    return probed


def _little(pixels: Pixels) -> NDArray[Any]:
    return pixels.astype("<u2") if pixels.dtype.itemsize == 2 else pixels

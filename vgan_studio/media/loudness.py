"""Loudness by EBU R 128: FFmpeg's filter `ebur128`, to which sound is handed piece by piece."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import inf, log10

import av
import numpy as np
from av.filter import Graph
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Reading:
    """What the filter says every 0.1 s.

    Attributes:
        integrated: LUFS, of all so far.
        momentary, short: LUFS, of the last 0.4 s and 3 s.
        range: LRA in LU.
        peak: the highest true peak so far, in dBTP; -inf for silence.
    """

    integrated: float
    momentary: float
    short: float
    range: float
    peak: float


class Meter:
    """The filter at work on stereo sound; owned by one thread."""

    def __init__(self, sample_rate: int) -> None:
        self._rate, self._count = sample_rate, 0
        self._graph = Graph()
        source = self._graph.add_abuffer(
            sample_rate=sample_rate, format="fltp", layout="stereo", time_base=Fraction(1, sample_rate)
        )
        meter, sink = self._graph.add("ebur128", "metadata=1:peak=true"), self._graph.add("abuffersink")
        source.link_to(meter)
        meter.link_to(sink)
        self._graph.configure()

    def push(self, samples: NDArray[np.float32] | None) -> None:
        """Hand over (2, N) samples, or None for the end."""
        if samples is None:
            self._graph.push(None)
            return
        frame = av.AudioFrame.from_ndarray(samples, format="fltp", layout="stereo")
        frame.sample_rate, frame.pts = self._rate, self._count
        self._count += samples.shape[1]
        self._graph.push(frame)

    def read(self) -> Iterator[Reading]:
        """Give what is known since the last call."""
        while True:
            try:
                frame = self._graph.pull()
            except (av.BlockingIOError, av.EOFError):
                return
            if "lavfi.r128.I" in frame.metadata:  # the filter says nothing of less than a tenth of a second
                yield _reading(frame.metadata)


def _reading(metadata: dict[str, str]) -> Reading:
    value = {name.removeprefix("lavfi.r128."): float(text) for name, text in metadata.items()}
    peak = value.get("true_peak", 0.0)
    return Reading(
        value["I"],
        value.get("M", -inf),
        value.get("S", -inf),
        value.get("LRA", 0.0),
        20 * log10(peak) if peak > 0 else -inf,
    )

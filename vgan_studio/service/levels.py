"""How loud the sound is that is being played: peak and RMS of short pieces, each at the time when it is heard."""

from collections import deque
from dataclasses import dataclass
from functools import reduce
from math import inf, log10
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

_PIECE_S = 0.02


@dataclass(frozen=True, slots=True)
class Level:
    """Of the left and the right channel, in dBFS; -inf is silence."""

    peak: tuple[float, float] = (-inf, -inf)
    rms: tuple[float, float] = (-inf, -inf)


class Levels:
    """Measures what is handed to a sound device, and says how loud it is by the device's own clock.

    Args:
        sample_rate: per second.
    """

    def __init__(self, sample_rate: int) -> None:
        self._rate, self._count = sample_rate, 0
        self._known: deque[tuple[float, Level]] = deque()

    def put(self, data: bytes) -> None:
        """Measure samples that are played after those before: float32, two channels, interleaved."""
        import numpy as np

        samples = np.frombuffer(data, np.float32).reshape(-1, 2)
        step = max(1, round(self._rate * _PIECE_S))
        for first in range(0, len(samples), step):
            piece = samples[first : first + step]
            self._known.append(((self._count + first) / self._rate, level_of(piece)))
        self._count += len(samples)

    def heard(self, seconds: float) -> Level | None:
        """Give the loudest of what was heard since the last call; None if nothing more was."""
        found = []
        while self._known and self._known[0][0] <= seconds:
            found.append(self._known.popleft()[1])
        if not found:
            return None
        return reduce(louder_of, found)


class StripLevels:
    """Says how loud each track was, by the clock of the sound device.  Not safe among threads by itself."""

    def __init__(self) -> None:
        self._known: deque[tuple[float, dict[int, Level]]] = deque()

    def put(self, seconds: float, sample_rate: int, strips: "Mapping[int, NDArray[np.float32]]") -> None:
        """Measure what tracks add to the mix from a time on: (2, N) each, all of one length."""
        step = max(1, round(sample_rate * _PIECE_S))
        count = max((samples.shape[1] for samples in strips.values()), default=0)
        for first in range(0, count, step):
            found = {number: level_of(samples[:, first : first + step].T) for number, samples in strips.items()}
            self._known.append((seconds + first / sample_rate, found))

    def forget(self, seconds: float) -> None:
        """Forget what comes at a time and after it: it will sound otherwise."""
        while self._known and self._known[-1][0] >= seconds:
            self._known.pop()

    def heard(self, seconds: float) -> dict[int, Level]:
        """Give the loudest of what was heard since the last call, by the tracks' numbers."""
        found: dict[int, Level] = {}
        while self._known and self._known[0][0] <= seconds:
            for number, level in self._known.popleft()[1].items():
                found[number] = louder_of(found.get(number, level), level)
        return found


def louder_of(a: Level, b: Level) -> Level:
    """Give the louder of two levels, each channel and measure by itself."""
    peak = max(a.peak[0], b.peak[0]), max(a.peak[1], b.peak[1])
    return Level(peak, (max(a.rms[0], b.rms[0]), max(a.rms[1], b.rms[1])))


def level_of(samples: "NDArray[np.float32]") -> Level:
    """Measure (N, 2) samples, N at least 1."""
    import numpy as np

    peak = np.abs(samples).max(0)
    rms = np.sqrt(np.square(samples, dtype=np.float64).mean(0))
    return Level((_db(peak[0]), _db(peak[1])), (_db(rms[0]), _db(rms[1])))


def _db(value: float) -> float:
    return 20 * log10(value) if value > 0 else -inf

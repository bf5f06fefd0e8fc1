"""How loud the sound is that is being played: peak and RMS of short pieces, each at the time when it is heard."""

from collections import deque
from dataclasses import dataclass
from math import inf, log10
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
        return Level(
            (max(one.peak[0] for one in found), max(one.peak[1] for one in found)),
            (max(one.rms[0] for one in found), max(one.rms[1] for one in found)),
        )


def level_of(samples: "NDArray[np.float32]") -> Level:
    """Measure (N, 2) samples, N at least 1."""
    import numpy as np

    peak = np.abs(samples).max(0)
    rms = np.sqrt(np.square(samples, dtype=np.float64).mean(0))
    return Level((_db(peak[0]), _db(peak[1])), (_db(rms[0]), _db(rms[1])))


def _db(value: float) -> float:
    return 20 * log10(value) if value > 0 else -inf

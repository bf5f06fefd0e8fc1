"""The sound of a file at another speed, as if all of it lay there stretched.

It is stretched in blocks that lie on a fixed grid and overlap a little, so a sample depends on its number alone and a
film of any length needs little memory.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import floor

import numpy as np
from numpy.typing import NDArray

from vgan_studio.media.sound import AudioReader
from vgan_studio.media.stretch import stretch

from .shelf import Shelf

_BLOCK_S = 8
_SEAM_S = Fraction(1, 20)  # blocks are faded into each other for so long

Samples = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Tempo:
    """A speed for a file's sound; samples are counted on the stretched sound, backwards from its end if negative."""

    speed: Fraction
    sample_rate: int
    duration: Fraction

    def offset(self, source_in: Fraction, start: Fraction) -> int:
        """Give what to add to a sample of a film, where the clip starts at `start` seconds, to get the file's."""
        inside = source_in if self.speed > 0 else self.duration - source_in
        return _nearest((inside / abs(self.speed) - start) * self.sample_rate)

    @property
    def block(self) -> int:
        """Samples of a block; at high speeds it is short, as much sound goes into it."""
        return floor(_BLOCK_S * self.sample_rate / max(Fraction(1), min(abs(self.speed), Fraction(_BLOCK_S))))

    @property
    def seam(self) -> int:
        """Samples that a block begins early."""
        return floor(_SEAM_S * self.sample_rate)


class Stretched:
    """A reader's sound at a tempo; owned by one thread.

    Args:
        kept: where blocks stay for the next piece.
        name: of the sound, on that shelf.
    """

    def __init__(self, reader: AudioReader, tempo: Tempo, kept: Shelf[Samples], name: str) -> None:
        self._reader, self._tempo, self._kept, self._name = reader, tempo, kept, name

    def read(self, start: int, count: int) -> Samples:
        """Give samples [start, start + count) of the stretched sound: float32 (channels, count)."""
        block, pieces = self._tempo.block, []
        for number in range(start // block, (start + count - 1) // block + 1):
            at = number * block
            low, high = max(start, at) - at, min(start + count, at + block) - at
            pieces.append(self._block(number)[:, low:high])
        return np.concatenate(pieces, 1)

    def _block(self, number: int) -> Samples:
        """Give a block whose end has been faded into the beginning of the next one: float32 (channels, block)."""
        found = self._kept.get((self._name, self._tempo, number))
        if found is None:
            seam = self._tempo.seam
            found = self._early(number)[:, seam:].copy()
            share = ((np.arange(seam) + 0.5) / seam).astype(np.float32)
            found[:, -seam:] = found[:, -seam:] * (1 - share) + self._early(number + 1)[:, :seam] * share
            self._kept.put((self._name, self._tempo, number), found, found.nbytes)
        return found

    def _early(self, number: int) -> Samples:
        """Stretch a block together with the seam before it: float32 (channels, seam + block)."""
        found = self._kept.get((self._name, self._tempo, number, "early"))
        if found is None:
            tempo, count = self._tempo, self._tempo.seam + self._tempo.block
            start = number * tempo.block - tempo.seam
            low, high = (floor(n * abs(tempo.speed)) for n in (start, start + count))
            if tempo.speed < 0:
                end = _nearest(tempo.duration * tempo.sample_rate)
                low, high = end - high, end - low
            sound = self._reader.read(low, high - low)
            found = _fitted(stretch(sound, tempo.speed, tempo.sample_rate), count)
            self._kept.put((self._name, tempo, number, "early"), found, found.nbytes)
        return found


def _fitted(samples: Samples, count: int) -> Samples:
    """Cut off or repeat a rounding's worth of samples at the end."""
    return np.pad(samples, ((0, 0), (0, max(0, count - samples.shape[1]))), mode="edge")[:, :count]


def _nearest(number: Fraction) -> int:
    return floor(number + Fraction(1, 2))

"""Sound out of a file, sample by sample, at any rate and in any order."""

import os
from collections import OrderedDict
from fractions import Fraction
from math import ceil, gcd
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from .mixdown import resample
from .origin import origin
from .samples import Samples

_BLOCK_S = 2
_KEPT_BLOCKS = 8
_TAPS = 64  # more than libswresample looks to each side


class AudioReader:
    """Samples of a file by their number; owned by one thread.

    Sample 0 is presented together with the file's first picture, or, without pictures, is its first.  Sound is
    decoded and resampled in blocks of two seconds that do not depend on what was read before, so what is read is the
    same in any order.  How channels are mixed, see `mixdown.matrix`.

    Args:
        sample_rate: of what is read, in Hz.
        channels: of what is read, 1 to 8.
        stream: which sound of the file, from 0.
        zero: time of sample 0 in seconds of the file's own clock (`VideoReader.origin`), if it is known already.

    Raises:
        MediaError: the file cannot be opened, or has no such sound, or it cannot be decoded.
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        sample_rate: int,
        channels: int,
        stream: int = 0,
        *,
        zero: Fraction | None = None,
    ) -> None:
        self._channels = channels
        self._samples = Samples(path, channels, stream, origin(path) if zero is None else zero)
        rate = self._samples.rate
        common = gcd(rate, sample_rate)
        self._source_unit, self._unit = rate // common, sample_rate // common  # equally long
        self._units = max(1, round(_BLOCK_S * common))
        self._around = 0 if rate == sample_rate else ceil(_TAPS * max(1, rate / sample_rate) / self._source_unit)
        self._rates = rate, sample_rate
        self._blocks: OrderedDict[int, NDArray[np.float32]] = OrderedDict()
        self.duration = max(0, round(self._samples.end * sample_rate))

    @property
    def notices(self) -> tuple[str, ...]:
        """What was worse than it could be, a sentence each."""
        return tuple(self._samples.notices)

    @property
    def jumps(self) -> int:
        """How often it had to seek; reading on never does."""
        return self._samples.jumps

    def read(self, start: int, count: int) -> NDArray[np.float32]:
        """Give samples [start, start + count) as float32 (channels, count); silence outside of the sound."""
        out = np.zeros((self._channels, count), np.float32)
        length = self._units * self._unit
        for number in range(start // length, -(-(start + count) // length) if count > 0 else start // length):
            block = self._block(number)
            low, high = max(start, number * length), min(start + count, (number + 1) * length)
            out[:, low - start : high - start] = block[:, low - number * length : high - number * length]
        return out

    def close(self) -> None:
        """Let go of the file."""
        self._samples.close()
        self._blocks.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _block(self, number: int) -> NDArray[np.float32]:
        if number in self._blocks:
            self._blocks.move_to_end(number)
            return self._blocks[number]
        first, last = number * self._units - self._around, (number + 1) * self._units + self._around
        block = self._samples.span(first * self._source_unit, last * self._source_unit)
        if self._around:
            block = resample(block, *self._rates)
            block = block[:, self._around * self._unit :][:, : self._units * self._unit]
        self._blocks[number] = block
        while len(self._blocks) > _KEPT_BLOCKS:
            self._blocks.popitem(last=False)
        return block

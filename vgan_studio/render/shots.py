"""When the pictures of one file are shown, and what lies between them."""

from bisect import bisect_right
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, lcm
from pathlib import Path

from vgan_studio.errors import EditError
from vgan_studio.media.probe import Probe
from vgan_studio.media.reader import VideoReader

_FINEST = 1_000_000  # ticks a second, of a film whose rate varies
_FINEST_RATE = 100_000_000  # largest numerator; MP4 loses pictures where it is over 10^9
_SOUND_RATE = Fraction(25)  # steps a second where there are no pictures
_LAST_S = Fraction(1, 25)  # a picture is shown for so long if nothing says for how long


@dataclass(frozen=True, slots=True)
class Shots:
    """Pictures [first, end) of a file.

    Attributes:
        times: when each picture of the whole file begins, in seconds from 0 up.
        step: how long the last one is shown.
        rate: of the pictures; None if it varies.
    """

    times: tuple[Fraction, ...]
    first: int
    end: int
    step: Fraction
    rate: Fraction | None

    @property
    def count(self) -> int:
        """How many pictures."""
        return self.end - self.first

    @property
    def start_time(self) -> Fraction:
        """When the first one begins, in the source's time."""
        return self.times[self.first]

    @property
    def end_time(self) -> Fraction:
        """When the last one ends, in the source's time."""
        return self._begins(self.end)

    @property
    def time_base(self) -> Fraction | None:
        """The unit of all times, unless it is finer than a microsecond."""
        ticks = lcm(*(time.denominator for time in self.times))
        return Fraction(1, ticks) if ticks <= _FINEST else None

    def shown(self, i: int) -> Fraction:
        """Say when picture i of these begins, in the new film's time."""
        return i / self.rate if self.rate else self.times[self.first + i] - self.start_time

    def finer(self, factor: int) -> "Shots":
        """Give the same with so many pictures for each, evenly apart until the next; the last ones follow `step`."""
        spans = ((begin, self._begins(place + 1)) for place, begin in enumerate(self.times))
        times = tuple(begin + (end - begin) * part / factor for begin, end in spans for part in range(factor))
        rate = None if self.rate is None else self.rate * factor
        return Shots(times, self.first * factor, self.end * factor, self.step / factor, rate)

    def middle(self, i: int) -> Fraction:
        """Give the middle of picture i of these, in the source's time."""
        return self._middle(self.first + i)

    def beside(self, time: Fraction, k: int) -> Fraction:
        """Give the middle of the picture k places after the one at a time; the first and the last are repeated."""
        return self._middle(min(max(self.number(time) + k, 0), len(self.times) - 1)) if k else time

    def number(self, time: Fraction) -> int:
        """Give the place in the whole file of the picture that is shown at a time, in the source's time."""
        return bisect_right(self.times, time) - 1

    def _middle(self, place: int) -> Fraction:
        return (self.times[place] + self._begins(place + 1)) / 2

    def _begins(self, place: int) -> Fraction:
        return self.times[place] if place < len(self.times) else self.times[-1] + self.step


def shots(info: Probe, first: int | None, end: int | None) -> Shots:
    """Find the pictures of a file; where there is only sound, steps of 1/25 s.

    Raises:
        MediaError: it cannot be read.
        EditError: the range holds none.
    """
    if info.width:
        with VideoReader(info.path) as reader:
            times = reader.times()
        step = 1 / info.rate if info.rate else _LAST_S
        rate = _steady(times, info.rate)
    else:
        step, rate = 1 / _SOUND_RATE, _SOUND_RATE
        times = tuple(step * i for i in range(ceil(info.duration * _SOUND_RATE)))
    first, end = max(first or 0, 0), len(times) if end is None else min(end, len(times))
    if not first < end:
        raise EditError(f"There are no pictures in that range: {Path(info.path).name} has {len(times)}.")
    return Shots(times, first, end, step, rate)


def _steady(times: tuple[Fraction, ...], rate: Fraction) -> Fraction | None:
    """Give the rate if every picture lies where it says, to a quarter of a picture (containers round).

    A rate that is finer than containers can say is taken for the nearest plain one.
    """
    plain = rate if rate.numerator <= _FINEST_RATE else rate.limit_denominator(1001)
    if not plain:
        return None
    return plain if all(4 * abs(time * plain - i) < 1 for i, time in enumerate(times)) else None

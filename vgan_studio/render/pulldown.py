"""Which frame of a film each picture of a file shows, where the file has another rate than the film."""

from dataclasses import dataclass
from fractions import Fraction
from math import floor


@dataclass(frozen=True, slots=True)
class Pulldown:
    """Frames [start, end) of a film at one rate, as pictures at another: some are left out, or shown again.

    Attributes:
        film, rate: frames per second of the film, pictures per second of the file.
    """

    start: int
    end: int
    film: Fraction
    rate: Fraction

    @property
    def count(self) -> int:
        """How many pictures there are, at least one; their length is that of the frames, to half a picture."""
        return max(1, floor((self.end - self.start) * self.rate / self.film + Fraction(1, 2)))

    def frame(self, i: int) -> int:
        """Give the frame that picture i shows: the one that is on when it begins."""
        return min(self.end - 1, self.start + floor(i * self.film / self.rate))

    def place(self, i: int) -> Fraction:
        """Give the exact place where picture i begins, in frames; the end of the last one is that of the frames."""
        return Fraction(self.end) if i >= self.count else self.start + i * self.film / self.rate

    @property
    def frames(self) -> tuple[int, ...]:
        """Give the frames that are shown, each once."""
        return tuple(dict.fromkeys(map(self.frame, range(self.count))))

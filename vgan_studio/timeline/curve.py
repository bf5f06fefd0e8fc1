"""Parameters that change over time."""

from bisect import bisect_right
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import Literal

Ease = Literal["hold", "linear", "ease"]
Easing = Literal["linear", "in", "out", "both"]
Values = float | tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Key:
    """A value at a frame, and how the curve goes on from it: `hold`, `linear` or `ease` (smoothstep)."""

    frame: int
    value: Values
    ease: Ease = "linear"


@dataclass(frozen=True, slots=True)
class Curve:
    """Keys in order of their frames, at least one, no two on a frame.

    Frames count from the clip's start and may lie outside the clip, so that a clip can be split or
    trimmed without changing what is left of it.
    """

    keys: tuple[Key, ...]

    def __post_init__(self) -> None:
        frames = [key.frame for key in self.keys]
        if not frames or any(b <= a for a, b in pairwise(frames)):
            raise ValueError("A curve needs keys, each at a later frame than the one before.")
        if len({len(key.value) if isinstance(key.value, tuple) else 0 for key in self.keys}) != 1:
            raise ValueError("The values of a curve have one shape.")

    def at(self, frame: int | Fraction) -> Values:
        """Give the value at a frame; before the first key and after the last it stays."""
        index = bisect_right(self.keys, frame, key=lambda key: key.frame) - 1
        if index < 0:
            return self.keys[0].value
        before = self.keys[index]
        if index + 1 == len(self.keys) or before.ease == "hold" or frame == before.frame:
            return before.value
        after = self.keys[index + 1]
        share = float(Fraction(frame - before.frame) / (after.frame - before.frame))
        if before.ease == "ease":
            share = share * share * (3 - 2 * share)
        return _between(before.value, after.value, share)

    def moved(self, frames: int) -> "Curve":
        """Shift every key by so many frames."""
        return Curve(tuple(replace(key, frame=key.frame + frames) for key in self.keys))


def eased(share: Fraction, easing: Easing) -> Fraction:
    """Give how far something is that is so much of its time on its way, exactly.

    It begins slowly ("in"), ends slowly ("out"), does both (smoothstep), or goes evenly ("linear").
    """
    if easing == "in":
        return share * share
    if easing == "out":
        return share * (2 - share)
    return share if easing == "linear" else share * share * (3 - 2 * share)


def _between(a: Values, b: Values, share: float) -> Values:
    if isinstance(a, tuple) and isinstance(b, tuple):
        return tuple(p + (q - p) * share for p, q in zip(a, b, strict=True))
    assert not isinstance(a, tuple) and not isinstance(b, tuple)
    return a + (b - a) * share

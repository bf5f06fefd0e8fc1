"""Pictures between the pictures of a source, where an effect that makes them is on a clip.

A place in a source is a number: 3 is its fourth picture, 3 1/4 lies a quarter of the way from there to the fifth.
A picture has its moment when it begins, as a frame of the timeline has; so at even speed, and at every Nth frame of
slow motion, the source's own pictures are shown.
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor

from vgan_studio.effects.spec import registry
from vgan_studio.errors import MediaError
from vgan_studio.media.reader import VideoReader
from vgan_studio.timeline.values import EffectCall, Media

from .decode import check_file
from .node import Node
from .shots import Shots
from .stack import Ground, Step, call, steps

EVEN = Fraction(11, 10)  # by which times between pictures may differ where motion is compared; files round them
NEAR = Fraction(1, 100)  # of the way to a picture: there it is shown itself
_PLANNED = {"factor", "strength"}  # they say which pictures are made, not how


def parted(calls: Sequence[EffectCall], frame: int) -> tuple[Step | None, tuple[EffectCall, ...]]:
    """Part a stack into the first enabled effect that makes pictures between, as it is at a frame, and the rest.

    It works on the source, so its place in the stack does not matter; a second one has nothing to do.

    Raises:
        EffectError: a parameter of it does not exist or does not fit.
    """
    effects = registry() if calls else {}  # a plain encode does not wait for torch
    tween = [one for one in calls if one.id in effects and effects[one.id].between]
    rest = tuple(one for one in calls if one not in tween)
    return next(iter(steps(tween, frame)), None), rest


def factor(tween: Step | None) -> int:
    """Say how many pictures a new file gets for each of the old one."""
    number = 1 if tween is None else tween.params["factor"]
    assert isinstance(number, int)
    return number


def at_speed(ground: Ground, media: Media, tween: Step, half: Fraction) -> Ground:
    """Give the ground on which a clip shows its source at the exact time of every frame.

    Args:
        ground: the media's own; where there is nothing between its pictures, it is given back.
        half: half the time of the source that a frame of the timeline takes.
    """
    moments = _moments(media) if half else None
    if moments is None:
        return ground

    def picture(number: int) -> Node:
        return ground.at(moments.middle(number))

    def at(time: Fraction) -> Node:
        whole = floor(moments.place(time))  # what is shown without the effect
        return _tween(picture, moments, whole + _strength(tween) * (moments.place(time - half) - whole), tween)

    def beside(time: Fraction, k: int) -> Fraction:
        return moments.time(moments.held(moments.place(time - half) + k)) + half if k else time

    return replace(ground, at=at, beside=beside, number=lambda time: floor(moments.place(time - half)))


def multiplied(ground: Ground, own: Shots, new: Shots, tween: Step) -> Ground:
    """Give the ground on which a file shows more pictures than it has.

    Args:
        ground, own: the file's own.
        new: all its pictures and those between, see `Shots.finer`.
    """
    last = Fraction(len(own.times) - 1)
    moments = _Moments(1 / own.step, len(own.times), own.times)

    def picture(number: int) -> Node:
        return ground.at(own.middle(number - own.first))

    def at(time: Fraction) -> Node:
        number, part = divmod(new.number(time), factor(tween))
        return _tween(picture, moments, min(number + _strength(tween) * Fraction(part, factor(tween)), last), tween)

    def beside(time: Fraction, k: int) -> Fraction:
        return new.beside(time, k * factor(tween))

    return replace(ground, at=at, beside=beside, number=lambda time: new.number(time) // factor(tween))


@dataclass(frozen=True, slots=True)
class _Moments:
    """When the pictures of a source begin: at even times, where none are given."""

    rate: Fraction
    count: int
    times: tuple[Fraction, ...] = ()

    def held(self, place: Fraction) -> Fraction:
        return min(max(place, Fraction(0)), Fraction(self.count - 1))

    def place(self, time: Fraction) -> Fraction:
        if not self.times:
            return self.held(time * self.rate)
        number = min(max(bisect_right(self.times, time) - 1, 0), self.count - 1)
        begin = self._begin(number)
        return self.held(number + (time - begin) / (self._begin(number + 1) - begin))

    def time(self, place: Fraction) -> Fraction:
        number = floor(place)
        begin = self._begin(number)
        return begin + (place - number) * (self._begin(number + 1) - begin)

    def beside(self, number: int, k: int) -> int:
        """Give the number of the picture before or after one, or that again: at the ends, and after uneven times."""
        other = number + k
        if not 0 <= other < self.count:
            return number
        spans = [self._begin(n + 1) - self._begin(n) for n in ((other, number) if k < 0 else (number - 1, number))]
        return other if max(spans) <= EVEN * min(spans) else number

    def middle(self, number: int) -> Fraction:
        return self.time(number + Fraction(1, 2))

    def _begin(self, number: int) -> Fraction:
        if not self.times:
            return number / self.rate
        return self.times[number] if number < self.count else self.times[-1] + 1 / self.rate


def _moments(media: Media) -> _Moments | None:
    """Say when the pictures of a media begin; None for a still, and where that cannot be read."""
    if media.still or not media.rate:
        return None
    if media.steady:
        return _Moments(media.rate, max(ceil(media.duration * media.rate), 1))
    try:
        return _read(media)
    except MediaError:  # who decodes its pictures says so
        return None


@lru_cache(maxsize=16)
def _read(media: Media) -> _Moments:
    """Read when the pictures of a file begin whose rate varies."""
    check_file(media)
    with VideoReader(media.path) as reader:
        times = reader.times()
    return _Moments(media.rate, len(times), times)


def _tween(picture: Callable[[int], Node], moments: _Moments, place: Fraction, tween: Step) -> Node:
    """Give what lies at a place: a picture of the source, or one between two."""
    near = round(place)
    if abs(place - near) < NEAR:
        return picture(near)
    number = floor(place)
    params = {name: value for name, value in tween.params.items() if name not in _PLANNED}
    numbers = moments.beside(number, -1), number, number + 1, moments.beside(number + 1, 1)
    return call(tween.effect.id, {**params, "progress": place - number}, *map(picture, numbers))


def _strength(tween: Step) -> Fraction:
    strength = tween.params["strength"]
    assert isinstance(strength, float | int)
    return Fraction(strength)

"""Where the picture of a clip comes to lie on the canvas: through its fit, its transforms, flips and crops.

Places are fractions of a picture's width and height, from its upper left corner.  What warps a picture otherwise is
taken to leave it where it is.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from vgan_studio.effects.spec import Effect, Size
from vgan_studio.errors import EffectError
from vgan_studio.timeline.curve import Curve
from vgan_studio.timeline.lookup import clip_at
from vgan_studio.timeline.values import Clip, EffectCall, Media, Timeline, Value

from .stack import Params, Step, fitted

TRANSFORM, CROP, FLIP, FIT = "geometry.transform", "geometry.crop", "geometry.flip", "core.fit"

Point = tuple[float, float]
Box = tuple[float, float, float, float]  # left, top, right, bottom
WHOLE: Box = (0.0, 0.0, 1.0, 1.0)


@dataclass(frozen=True, slots=True)
class Affine:
    """A map of the plane: (x, y) comes to (xx * x + xy * y + x0, yx * x + yy * y + y0)."""

    xx: float = 1.0
    xy: float = 0.0
    yx: float = 0.0
    yy: float = 1.0
    x0: float = 0.0
    y0: float = 0.0

    def __call__(self, point: Point) -> Point:
        """Map a point."""
        x, y = self.turn(point)
        return x + self.x0, y + self.y0

    def turn(self, way: Point) -> Point:
        """Map the difference of two points."""
        x, y = way
        return self.xx * x + self.xy * y, self.yx * x + self.yy * y

    def then(self, other: "Affine") -> "Affine":
        """Give this map with another one after it."""
        (xx, yx), (xy, yy) = other.turn((self.xx, self.yx)), other.turn((self.xy, self.yy))
        return Affine(xx, xy, yx, yy, *other((self.x0, self.y0)))

    def back(self) -> "Affine | None":
        """Give the map that undoes this one; None where all comes to lie on a line."""
        area = self.xx * self.yy - self.xy * self.yx
        if abs(area) < 1e-12:
            return None
        xx, xy, yx, yy = self.yy / area, -self.xy / area, -self.yx / area, self.xx / area
        return Affine(xx, xy, yx, yy, -xx * self.x0 - xy * self.y0, -yx * self.x0 - yy * self.y0)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the picture that goes into an effect comes to lie.

    Attributes:
        index: of the effect in its clip; one after the last where there is none, for what may be added there, and -1
            for the fit to the canvas that every clip has.
        effect: its id; "" there.
        params: what it has at this frame.
        size: of that picture, height and width in pixels.
        content: what of it the source covers, without what was cropped: bounds, in fractions of it.
        onto: from fractions of it to fractions of the canvas.
        beyond: the same from fractions of what comes out of the effect.
    """

    index: int
    effect: str
    params: Params
    size: Size
    content: Box
    onto: Affine
    beyond: Affine


def places(timeline: Timeline, clip: Clip, frame: int, effects: Mapping[str, Effect]) -> tuple[Place, ...]:
    """Give the places of a clip's enabled effects at a frame of the timeline, in order, and that of the end.

    The first one's `onto` is the way of the source itself.

    Args:
        effects: all there are, by id.

    Raises:
        EffectError: an effect or a value that does not exist or does not fit.
    """
    canvas = timeline.height, timeline.width
    size, aspect = _source(clip, canvas)
    numbers, own = _steps(clip, frame - clip.start, effects)
    found, content = [], WHOLE
    for number, step in _numbered(numbers, own, fitted(own, size, aspect, canvas)):
        way = _way(step, size, aspect, canvas)
        found.append((number, step, size, content, way))
        content = bounds(way, _kept(step, content))
        aspect = Fraction(1) if step.effect.id == FIT else aspect
        size = step.after(size)
    made = [Place(len(clip.effects), "", {}, size, content, Affine(), Affine())]
    for number, step, size, content, way in reversed(found):
        beyond = made[-1].onto
        made.append(Place(number, step.effect.id, step.params, size, content, way.then(beyond), beyond))
    return tuple(reversed(made))


def bounds(way: Affine, box: Box) -> Box:
    """Give the bounds of what a box is mapped to."""
    points = [way(corner) for corner in corners(box)]
    across, down = [x for x, _ in points], [y for _, y in points]
    return min(across), min(down), max(across), max(down)


def corners(box: Box) -> tuple[Point, Point, Point, Point]:
    """Give the corners of a box, clockwise from the upper left."""
    left, top, right, bottom = box
    return (left, top), (right, top), (right, bottom), (left, bottom)


def topmost(timeline: Timeline, frame: int, effects: Mapping[str, Effect], at: Point) -> tuple[Clip, Point] | None:
    """Give the topmost clip at a frame that shows a file's pictures at a place on the canvas, and which place of them.

    Where none does, the topmost one and its nearest place.

    Raises:
        EffectError: an effect or a value that does not exist or does not fit.
    """
    nearest: tuple[Clip, Point] | None = None
    for track in reversed(timeline.tracks):
        clip = None if track.kind != "video" or track.hidden else clip_at(track, frame)
        if clip is None or not isinstance(clip.source, Media) or not clip.source.width:
            continue
        way = places(timeline, clip, frame, effects)
        back = way[0].onto.back()
        point = back(at) if back is not None else (0.5, 0.5)
        if back is not None and _shows(way, at):
            return clip, point
        held = tuple(min(1.0, max(0.0, one)) for one in point)
        nearest = nearest or (clip, (held[0], held[1]))
    return nearest


def _shows(way: Sequence[Place], at: Point) -> bool:
    """Tell whether a picture is there at a place of the canvas, and not cropped."""
    for place in way:
        back = place.onto.back()
        if back is None:
            return False
        x, y = back(at)
        left, top, right, bottom = cropped(place.params) if place.effect == CROP else WHOLE
        if (place is way[0] or place.effect == CROP) and not (left <= x <= right and top <= y <= bottom):
            return False
    return True


def cropped(params: Params) -> Box:
    """Give what a crop leaves of the picture that goes into it."""
    left, top, right, bottom = (_number(params.get(name, 0.0)) for name in ("left", "top", "right", "bottom"))
    return left, top, 1 - right, 1 - bottom


def matrix(scale: float, stretch: Sequence[float], rotation: float) -> Affine:
    """Give the turning part of a transform, in heights."""
    cos, sin = math.cos(math.radians(rotation)), math.sin(math.radians(rotation))
    across, down = scale * stretch[0], scale * stretch[1]
    return Affine(cos * across, -sin * down, sin * across, cos * down)


def _source(clip: Clip, canvas: Size) -> tuple[Size, Fraction]:
    if isinstance(clip.source, Media) and clip.source.width and clip.source.height:
        return (clip.source.height, clip.source.width), clip.source.sample_aspect
    return canvas, Fraction(1)


def _steps(clip: Clip, frame: int, effects: Mapping[str, Effect]) -> tuple[list[int], list[Step]]:
    """Give the indices and the steps of the effects that work on single pictures; files are not looked at."""
    numbers, steps = [], []
    for number, call in enumerate(clip.effects):
        if not call.enabled:
            continue
        if call.id not in effects:
            raise EffectError(f"There is no effect {call.id!r}.")
        if not effects[call.id].between:
            numbers.append(number)
            steps.append(Step(effects[call.id], effects[call.id].complete(_values(call, frame))))
    return numbers, steps


def _values(call: EffectCall, frame: int) -> dict[str, Value]:
    return {name: value.at(frame) if isinstance(value, Curve) else value for name, value in call.params}


def _numbered(numbers: Sequence[int], own: Sequence[Step], done: Sequence[Step]) -> list[tuple[int, Step]]:
    """Give the steps of a fitted stack with their indices; the fit that was put in, after all others, has -1."""
    found, taken = [], 0
    for step in done:
        mine = taken < len(own) and own[taken].effect is step.effect
        found.append((numbers[taken] if mine else -1, step))
        taken += mine
    return found


def _way(step: Step, size: Size, aspect: Fraction, canvas: Size) -> Affine:
    """Give the map from fractions of what goes into a step to fractions of what comes out."""
    if step.effect.id == FIT:
        return _fit(step, size, aspect, canvas)
    if step.effect.id == FLIP:
        across, down = bool(step.params["horizontal"]), bool(step.params["vertical"])
        return Affine(-1.0 if across else 1.0, 0.0, 0.0, -1.0 if down else 1.0, float(across), float(down))
    return _transform(step, size[1] / size[0]) if step.effect.id == TRANSFORM else Affine()


def _fit(step: Step, size: Size, aspect: Fraction, canvas: Size) -> Affine:
    mode = step.params["mode"]
    if mode == "stretch":
        return Affine()
    width = float(size[1] * aspect)
    down, across = canvas[0] / size[0], canvas[1] / width
    scale = {"crop": max(down, across), "none": _number(step.params["zoom"])}.get(str(mode), min(down, across))
    x, y = scale * width / canvas[1], scale * size[0] / canvas[0]
    return Affine(x, 0.0, 0.0, y, (1 - x) / 2, (1 - y) / 2)


def _transform(step: Step, ratio: float) -> Affine:
    told = step.params
    turn = matrix(_number(told["scale"]), _pair(told["stretch"]), _number(told["rotation"]))
    anchor, position = _pair(told["anchor"]), _pair(told["position"])
    away = turn.turn(anchor)
    inner = Affine(
        turn.xx, turn.xy, turn.yx, turn.yy, anchor[0] + position[0] - away[0], anchor[1] + position[1] - away[1]
    )
    into = Affine(ratio, 0.0, 0.0, 1.0, -ratio / 2, -0.5)
    out = Affine(1 / ratio, 0.0, 0.0, 1.0, 0.5, 0.5)
    return into.then(inner).then(out)


def _kept(step: Step, content: Box) -> Box:
    if step.effect.id != CROP:
        return content
    left, top, right, bottom = cropped(step.params)
    return (
        max(content[0], left), max(content[1], top),
        max(left, min(content[2], right)), max(top, min(content[3], bottom)),
    )  # fmt: skip


def _number(value: object) -> float:
    assert isinstance(value, int | float)
    return float(value)


def _pair(value: object) -> Point:
    assert isinstance(value, tuple)
    return float(value[0]), float(value[1])

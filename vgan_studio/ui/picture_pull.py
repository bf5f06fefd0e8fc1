"""What pulling a handle over the picture makes of a transform or a crop: from places to parameters, without a widget.

Places are fractions of the canvas unless said otherwise.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from vgan_studio.render.placing import WHOLE, Box, Place, Point, corners, cropped, matrix

Kind = Literal["transform", "crop"]
Grip = Literal["body", "turn", "nw", "ne", "se", "sw", "n", "e", "s", "w"]
Values = Mapping[str, float | tuple[float, ...]]

CORNERS: tuple[Grip, ...] = ("nw", "ne", "se", "sw")
SIDES: tuple[Grip, ...] = ("n", "e", "s", "w")
_FAR, _LEAST, _MOST = 10.0, 0.01, 16.0
_STILL, _NEAR_ANGLE = 15.0, 1.5  # degrees
_THIN = 0.01  # of what a crop leaves
_ATTRACT = (0.0, 0.5, 1.0)


@dataclass(frozen=True, slots=True)
class Posed:
    """The picture of a clip as it lies on the canvas.

    Attributes:
        place: of what goes into the effect that is shaped; of an effect that is yet to be added, where it will be.
        film: width and height of the canvas in pixels.
    """

    kind: Kind
    place: Place
    film: tuple[int, int]

    @property
    def outline(self) -> tuple[Point, ...]:
        """The corners of the picture, clockwise from its own upper left."""
        return tuple(self.place.onto(corner) for corner in corners(self.kept))

    @property
    def kept(self) -> Box:
        """What of the picture is there, in fractions of it."""
        left, top, right, bottom = self.place.content
        if self.kind == "transform":
            return self.place.content
        crop = cropped(self.place.params)
        return max(left, crop[0]), max(top, crop[1]), min(right, crop[2]), min(bottom, crop[3])

    @property
    def pivot(self) -> Point:
        """What a picture is turned about."""
        (ax, ay), (px, py) = self.pair("anchor"), self.pair("position")
        return self.place.beyond(self.fractions((ax + px, ay + py)))

    def number(self, name: str, usual: float) -> float:
        """Give a parameter that is one number."""
        value = self.place.params.get(name, usual)
        return float(value) if isinstance(value, int | float) else usual

    def pair(self, name: str, usual: Point = (0.0, 0.0)) -> Point:
        """Give a parameter that is two numbers."""
        value = self.place.params.get(name, usual)
        return (float(value[0]), float(value[1])) if isinstance(value, tuple) else usual

    def heights(self, point: Point) -> Point | None:
        """Give a place of the canvas in the effect's own result, in its heights from the middle."""
        back = self.place.beyond.back()
        return None if back is None else self.from_middle(back(point))

    def from_middle(self, point: Point) -> Point:
        """Give a place in fractions of the effect's picture in its heights from the middle."""
        return (point[0] - 0.5) * self._ratio, point[1] - 0.5

    def fractions(self, point: Point) -> Point:
        """Give a place in its heights from the middle in fractions of it."""
        return point[0] / self._ratio + 0.5, point[1] + 0.5

    @property
    def _ratio(self) -> float:
        return self.place.size[1] / self.place.size[0]


@dataclass(frozen=True, slots=True)
class Pull:
    """A handle on its way.

    Attributes:
        start, to: where the pointer was pressed, and where it is.
        free: the shape need not be kept; a turn goes by steps.
        middle: the middle stays, not the opposite corner.
        reach: how far a snap reaches across and down; 0 for none.
    """

    grip: Grip
    start: Point
    to: Point
    free: bool = False
    middle: bool = False
    reach: Point = (0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Pulled:
    """What a pull makes: parameters, and the lines of the canvas that were met, across and down."""

    values: Values = field(default_factory=dict)
    across: float | None = None
    down: float | None = None


def pulled(posed: Posed, pull: Pull) -> Pulled:
    """Give what a handle makes of the picture as it was when the handle was taken."""
    if posed.kind == "crop":
        return _cropped(posed, pull)
    if pull.grip == "body":
        return _moved(posed, pull)
    return _turned(posed, pull) if pull.grip == "turn" else _scaled(posed, pull)


def nudged(posed: Posed, across: int, down: int) -> Values:
    """Give what moving a picture by pixels of the film makes of it."""
    by = across / posed.film[0], down / posed.film[1]
    return pulled(posed, Pull("body", (0.0, 0.0), by)).values


def _moved(posed: Posed, pull: Pull) -> Pulled:
    by = [_whole(to - start, film) for start, to, film in zip(pull.start, pull.to, posed.film, strict=True)]
    box = _around(posed.outline)
    met: list[float | None] = [None, None]
    for axis in (0, 1):
        low, high = box[axis] + by[axis], box[axis + 2] + by[axis]
        found = _met((low, (low + high) / 2, high), pull.reach[axis])
        if found is not None:
            by[axis], met[axis] = by[axis] + found[0], found[1]
    back = posed.place.beyond.back()
    if back is None:
        return Pulled()
    x, y = back.turn((by[0], by[1]))
    px, py = posed.pair("position")
    ratio = posed.place.size[1] / posed.place.size[0]
    return Pulled({"position": (_far(px + x * ratio), _far(py + y))}, *met)


def _scaled(posed: Posed, pull: Pull) -> Pulled:
    """Scale so that a corner follows the pointer, and the opposite corner, or the middle, stays."""
    box = corners(posed.place.content)
    number = CORNERS.index(pull.grip)
    held, fixed = posed.from_middle(box[number]), posed.from_middle(box[(number + 2) % 4])
    if pull.middle:
        fixed = (held[0] + fixed[0]) / 2, (held[1] + fixed[1]) / 2
    scale, rotation = max(_LEAST, posed.number("scale", 1.0)), posed.number("rotation", 0.0)
    stretch = posed.pair("stretch", (1.0, 1.0))
    was = matrix(scale, stretch, rotation)
    anchor, position = posed.pair("anchor"), posed.pair("position")
    stays = _added(was.turn(_apart(fixed, anchor)), _added(anchor, position))
    at, met = _corner(posed, pull, stays)
    if at is None:
        return Pulled()
    values: dict[str, float | tuple[float, ...]] = {}
    wanted, way = _apart(at, stays), _apart(held, fixed)
    if pull.free:
        back = matrix(1.0, (1.0, 1.0), -rotation).turn(wanted)
        stretch = _stretched(back, way, scale, stretch)
        values["stretch"] = stretch
    else:
        diagonal = was.turn(way)
        share = _dot(wanted, diagonal) / max(_dot(diagonal, diagonal), 1e-9)
        scale = round(min(_MOST, max(_LEAST, scale * share)), 5)
        values["scale"] = scale
    left = matrix(scale, stretch, rotation).turn(_apart(fixed, anchor))
    shift = _apart(_apart(stays, anchor), left)
    values["position"] = _far(shift[0]), _far(shift[1])
    return Pulled(values, *met)


def _corner(posed: Posed, pull: Pull, stays: Point) -> tuple[Point | None, tuple[float | None, float | None]]:
    """Give where a corner shall be, in heights of the effect's result: where the pointer is, or on a line it meets."""
    number = CORNERS.index(pull.grip)
    corner = posed.outline[number]
    to = [corner[axis] + pull.to[axis] - pull.start[axis] for axis in (0, 1)]
    if pull.free:
        found = [_met((to[axis],), pull.reach[axis]) for axis in (0, 1)]
        moved = (to[0] + (found[0][0] if found[0] else 0.0), to[1] + (found[1][0] if found[1] else 0.0))
        return posed.heights(moved), (found[0][1] if found[0] else None, found[1][1] if found[1] else None)
    base = posed.place.beyond(posed.fractions(stays))
    way = _apart(corner, base)
    share = _along(to, base, way, posed.film)
    for axis in (0, 1):
        found_one = _met((base[axis] + share * way[axis],), pull.reach[axis])
        if found_one is not None and abs(way[axis]) > 1e-6:
            share = (found_one[1] - base[axis]) / way[axis]
            met = (found_one[1], None) if axis == 0 else (None, found_one[1])
            return posed.heights((base[0] + share * way[0], base[1] + share * way[1])), met
    return posed.heights((base[0] + share * way[0], base[1] + share * way[1])), (None, None)


def _along(to: list[float], base: Point, way: Point, film: tuple[int, int]) -> float:
    """Give how far along a way, in parts of it, a place is, measured in pixels."""
    a = ((to[0] - base[0]) * film[0], (to[1] - base[1]) * film[1])
    b = (way[0] * film[0], way[1] * film[1])
    return _dot(a, b) / max(_dot(b, b), 1e-9)


def _stretched(wanted: Point, way: Point, scale: float, was: Point) -> Point:
    found = []
    for axis in (0, 1):
        length = scale * way[axis]
        value = wanted[axis] / length if abs(length) > 1e-6 else was[axis]
        value = math.copysign(max(_LEAST, abs(value)), value)
        found.append(round(min(8.0, max(-8.0, value)), 5))
    return found[0], found[1]


def _turned(posed: Posed, pull: Pull) -> Pulled:
    (ax, ay), (px, py) = posed.pair("anchor"), posed.pair("position")
    middle = ax + px, ay + py
    start, to = posed.heights(pull.start), posed.heights(pull.to)
    if start is None or to is None:
        return Pulled()
    from_, there = _apart(start, middle), _apart(to, middle)
    by = math.degrees(math.atan2(there[1], there[0]) - math.atan2(from_[1], from_[0]))
    by = (by + 180) % 360 - 180
    angle = posed.number("rotation", 0.0) + by
    if pull.free:
        angle = _STILL * round(angle / _STILL)
    elif any(pull.reach) and abs(angle - 45 * round(angle / 45)) < _NEAR_ANGLE:
        angle = 45.0 * round(angle / 45)
    return Pulled({"rotation": round(min(3600.0, max(-3600.0, angle)), 1)})


def _cropped(posed: Posed, pull: Pull) -> Pulled:
    back = posed.place.onto.back()
    if back is None:
        return Pulled()
    by = back.turn(_apart(pull.to, pull.start))
    reach = (
        math.hypot(back.xx * pull.reach[0], back.xy * pull.reach[1]) if pull.reach[0] else 0.0,
        math.hypot(back.yx * pull.reach[0], back.yy * pull.reach[1]) if pull.reach[1] else 0.0,
    )
    left, top, right, bottom = posed.kept
    box = [left, top, right, bottom]
    if pull.grip == "body":
        whole = posed.place.content
        for axis in (0, 1):
            step = min(max(by[axis], whole[axis] - box[axis]), whole[axis + 2] - box[axis + 2])
            box[axis], box[axis + 2] = box[axis] + step, box[axis + 2] + step
    else:
        for side, axis, letter in ((0, 0, "w"), (1, 1, "n"), (2, 0, "e"), (3, 1, "s")):
            if letter in pull.grip:
                box[side] = _edge(posed, box, side, box[side] + by[axis], reach[axis])
    whole, values = posed.place.content, {}
    for name, side in (("left", 0), ("top", 1), ("right", 2), ("bottom", 3)):
        if box[side] != posed.kept[side]:
            inside = box[side] > whole[side] + 1e-6 if side < 2 else box[side] < whole[side] - 1e-6
            edge = box[side] if inside else WHOLE[side]
            values[name] = round(edge if side < 2 else 1 - edge, 5) + 0.0
    return Pulled(values)


def _edge(posed: Posed, box: list[float], side: int, value: float, reach: float) -> float:
    """Hold an edge of a crop within the picture and away from its opposite; near the picture's edge it is there."""
    low, high = posed.place.content[side % 2], posed.place.content[side % 2 + 2]
    for line in (low, (low + high) / 2, high):
        if abs(value - line) < reach:
            value = line
    thin = _THIN * (high - low)
    return min(max(value, low), box[side + 2] - thin) if side < 2 else max(min(value, high), box[side - 2] + thin)


def _met(edges: tuple[float, ...], reach: float) -> tuple[float, float] | None:
    """Give the least way to a line of the canvas, and the line, where one is near enough."""
    ways = [(line - edge, line) for edge in edges for line in _ATTRACT]
    nearest = min(ways, key=lambda one: abs(one[0]))
    return nearest if reach > 0 and abs(nearest[0]) <= reach else None


def _around(points: tuple[Point, ...]) -> Box:
    across, down = [x for x, _ in points], [y for _, y in points]
    return min(across), min(down), max(across), max(down)


def _whole(way: float, pixels: int) -> float:
    return round(way * pixels) / pixels


def _far(value: float) -> float:
    return round(min(_FAR, max(-_FAR, value)), 6) + 0.0


def _apart(a: Point, b: Point) -> Point:
    return a[0] - b[0], a[1] - b[1]


def _added(a: Point, b: Point) -> Point:
    return a[0] + b[0], a[1] + b[1]


def _dot(a: Point, b: Point) -> float:
    return a[0] * b[0] + a[1] * b[1]

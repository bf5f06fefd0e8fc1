"""The effect `core.title`: words, drawn with the fonts of this machine.

A line is laid out once for all sizes, at 128 pixels per em, so that a preview breaks and spaces as the export does.
Where a line needs several fonts it runs from left to right; within one font the order is Unicode's.
"""

import math
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image, ImageDraw
from torch import Tensor

from vgan_studio.effects import fonts
from vgan_studio.effects.light import solid
from vgan_studio.effects.sampling import gaussian
from vgan_studio.effects.spec import Choice, Color, Font, Number, Numbers, Size, Text, Toggle, effect
from vgan_studio.picture import Picture

_LAYOUT = 128.0  # pixels per em
_SHARP = 96.0  # pixels per em from which on hinting does not show
_LIMIT_PIXELS = 2**26

Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Line:
    """Pieces of text with the face of each and its place from the line's start, in em."""

    pieces: tuple[tuple[fonts.Face, str, float], ...]
    width: float


@dataclass(frozen=True, slots=True)
class Words:
    """What decides the shape of a title; lengths in heights of the picture, `wrap` in widths."""

    text: str
    font: str
    bold: bool
    italic: bool
    font_size: float
    wrap: float
    align: str
    line_spacing: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Layer:
    """One drawing of a title: where it is, how far it reaches beyond the letters, how soft; in heights.

    With a `plate` it is a rectangle that reaches so far beyond all words.
    """

    place: Place
    rim: float = 0.0
    soft: float = 0.0
    plate: float | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """Where words stand on a picture, in pixels: each line with its left end and its baseline, from the top down."""

    lines: tuple[tuple[Line, float, float], ...]
    em: float
    ascent: float
    descent: float


@dataclass(frozen=True, slots=True)
class Extent:
    """Where a title may stand: the box that its lines are set in, from the upper left of the picture, in heights."""

    left: float
    top: float
    right: float
    bottom: float

    def moved(self, by: float) -> "Extent":
        """Put it so much lower."""
        return replace(self, top=self.top + by, bottom=self.bottom + by)

    def meets(self, other: "Extent") -> bool:
        """Tell whether it has some place in common with another one, more than what rounding makes."""
        across = min(self.right, other.right) - max(self.left, other.left)
        return across > 1e-6 and min(self.bottom, other.bottom) - max(self.top, other.top) > 1e-6


@effect(
    "core.title",
    "Title",
    inputs=0,
    text=Text("Title"),
    font=Font("", 200),
    bold=Toggle(False),
    italic=Toggle(False),
    font_size=Number(0.1, 0.005, 1.0, "heights"),
    wrap=Number(0.9, 0.05, 1.0, "of the width"),
    align=Choice("center", ("left", "center", "right")),
    line_spacing=Number(1.0, 0.2, 5.0),
    anchor=Choice("middle", ("top", "middle", "bottom")),
    position=Numbers((0.0, 0.0), -10.0, 10.0, "heights"),
    color=Color((1.0, 1.0, 1.0, 1.0)),
    outline=Number(0.0, 0.0, 0.05, "heights"),
    outline_color=Color((0.0, 0.0, 0.0, 1.0)),
    shadow=Numbers((0.004, 0.004), -0.2, 0.2, "heights"),
    shadow_softness=Number(0.004, 0.0, 0.1, "heights"),
    shadow_color=Color((0.0, 0.0, 0.0, 0.6)),
    box_color=Color((0.0, 0.0, 0.0, 0.0)),
    box=Number(0.012, 0.0, 0.2, "heights"),
    opacity=Number(1.0, 0.0, 1.0),
)
def title(*, height: int, width: int, opacity: float, **look: Any) -> Picture:
    """Write words on nothing.

    The text stands in a box of `wrap` times the picture's width.  Its middle, or its top or bottom, as `anchor` says,
    lies at `position` from the picture's middle, x to the right and y down.  Lines break at spaces, between CJK
    characters, and where a word is too long.

    Args:
        height, width: of the picture.
        opacity: of all together.
        look: the fields of `Words` (`font` is a family, "" the one that we bring along); `position` of the box;
            `color`, `outline_color`, `shadow_color` and `box_color`, straight R'G'B'A; `outline`, the width of the rim
            around each letter; `shadow`, how far it falls; `shadow_softness`, the standard deviation of its blur;
            `box`, how far the box behind the words reaches beyond them.

    Returns:
        (1, 4, height, width), on the CPU.  A font or a character that this machine lacks is said in the log.
    """
    words = Words(**{field.name: look[field.name] for field in fields(Words)})
    y = torch.zeros(1, 4, height, width)
    for color, layer in _layers(**look):
        top, mask = _mask(words, layer, (height, width))
        ink = mask * solid(color, y)
        rows = y[:, :, top : top + mask.shape[2]]
        rows.copy_(torch.addcmul(ink, rows, 1 - ink[:, 3:]))
    return y.mul_(opacity)


def extent(size: Size, **look: Any) -> Extent:
    """Say where a title stands, as wide as it may get, with the box behind it if that is seen.

    Args:
        size: of the picture, in pixels.
        look: all parameters of a title.
    """
    height, width = size
    block = _block(Words(**{field.name: look[field.name] for field in fields(Words)}), look["position"], size)
    beyond = look["box"] if look["box_color"][3] > 0 else 0.0
    middle, half = width / height / 2 + look["position"][0], look["wrap"] * width / height / 2 + beyond
    top, bottom = block.lines[0][2] - block.ascent, block.lines[-1][2] + block.descent
    return Extent(middle - half, top / height - beyond, middle + half, bottom / height + beyond)


def _layers(
    *, position: Place, outline: float, shadow: Place, shadow_softness: float, **look: Any
) -> Iterator[tuple[tuple[float, ...], Layer]]:
    """Give the colour of each layer and what it is, from the lowest up; those that nobody sees are left out."""
    if look["box_color"][3] > 0:
        yield look["box_color"], Layer(position, plate=look["box"])
    if look["shadow_color"][3] > 0 and (any(shadow) or shadow_softness):
        fallen = position[0] + shadow[0], position[1] + shadow[1]
        yield look["shadow_color"], Layer(fallen, outline, shadow_softness)
    if look["outline_color"][3] > 0 and outline:
        yield look["outline_color"], Layer(position, outline)
    yield look["color"], Layer(position)


@lru_cache(maxsize=12)
def _mask(words: Words, layer: Layer, size: Size) -> tuple[int, Tensor]:
    """Draw a layer of a title: the first row where it has ink, and (1, 1, rows, W) in [0, 1]."""
    height, width = size
    block = _block(words, layer.place, size)
    if layer.plate is not None:
        return _plate(block, layer.plate * height, size)
    em = block.em
    reach = math.ceil(em * 1.5 + (layer.rim + 4 * layer.soft) * height)  # of ink, from a baseline
    shown = [one for one in block.lines if -reach < one[2] < height + reach]
    if not shown:
        return 0, torch.zeros(1, 1, 0, width)
    top, bottom = max(0, math.floor(shown[0][2] - reach)), min(height, math.ceil(shown[-1][2] + reach))
    zoom = max(1, min(8, math.ceil(_SHARP / em), math.isqrt(_LIMIT_PIXELS // ((bottom - top) * width) or 1)))
    image = Image.new("L", (width * zoom, (bottom - top) * zoom))
    for line, left, baseline in shown:
        _draw(image, line, (left * zoom, (baseline - top) * zoom), em * zoom, layer.rim * height * zoom)
    ink = F.avg_pool2d(torch.from_numpy(np.array(image))[None, None].float() / 255, zoom)
    return top, gaussian(ink, layer.soft * height)


def _block(words: Words, place: Place, size: Size) -> Block:
    """Set the lines of a title on a picture."""
    height, width = size
    em = words.font_size * height
    face = fonts.find(words.font, words.bold, words.italic)
    ascent, descent = (length / _LAYOUT * em for length in fonts.sized(face, _LAYOUT).getmetrics())
    lines = _lines(words.text, face, round(words.wrap * width / em, 3))
    pitch = words.line_spacing * (ascent + descent)
    above = {"top": 0.0, "middle": 0.5, "bottom": 1.0}[words.anchor]  # how much of the box lies above its place
    first = height / 2 + place[1] * height + ascent - above * (pitch * (len(lines) - 1) + ascent + descent)
    side = {"left": -0.5, "center": 0.0, "right": 0.5}[words.align]
    edge = width / 2 + place[0] * height + side * words.wrap * width
    lefts = (edge - (side + 0.5) * line.width * em for line in lines)
    rows = ((line, left, first + i * pitch) for i, (line, left) in enumerate(zip(lines, lefts, strict=True)))
    return Block(tuple(rows), em, ascent, descent)


def _plate(block: Block, beyond: float, size: Size) -> tuple[int, Tensor]:
    """Cover what lies behind words, and so many pixels more on each side; nothing where there are no words."""
    height, width = size
    said = [(line, left) for line, left, _ in block.lines if line.pieces]
    if not said:
        return 0, torch.zeros(1, 1, 0, width)
    left = min(left for _, left in said) - beyond
    right = max(left + line.width * block.em for line, left in said) + beyond
    top = block.lines[0][2] - block.ascent - beyond
    bottom = block.lines[-1][2] + block.descent + beyond
    rows, columns = _covered(top, bottom, height), _covered(left, right, width)
    first, last = (min(max(0, edge), height) for edge in (math.floor(top), math.ceil(bottom)))
    return first, (rows[first:last, None] * columns)[None, None]


def _covered(start: float, end: float, count: int) -> Tensor:
    """Say how much of each of so many pixels lies between two places, (count,) in [0, 1]."""
    pixel = torch.arange(count, dtype=torch.float32)
    return ((pixel + 1).clamp(max=end) - pixel.clamp(min=start)).clamp(0, 1)


def _draw(image: Image.Image, line: Line, place: tuple[float, float], em: float, rim: float) -> None:
    pen = ImageDraw.Draw(image)
    for face, text, offset in line.pieces:
        start = place[0] + offset * em
        if -3 * em - em * len(text) * 2 < start < image.width + 2 * em:
            pen.text((start, place[1]), text, 255, fonts.sized(face, em), anchor="ls", stroke_width=rim)


@lru_cache(maxsize=64)
def _lines(text: str, face: fonts.Face, wrap: float) -> tuple[Line, ...]:
    """Lay a text out in lines at most `wrap` em wide."""
    return tuple(_laid(line, face) for given in _clean(text).split("\n") for line in _broken(given, face, wrap))


def _laid(text: str, face: fonts.Face) -> Line:
    pieces, x = [], 0.0
    for able, part in fonts.runs(text, face):
        pieces.append((able, part, x))
        x += fonts.sized(able, _LAYOUT).getlength(part) / _LAYOUT
    return Line(tuple(pieces), x)


def _broken(text: str, face: fonts.Face, wrap: float) -> list[str]:
    """Break a line where it becomes too wide: at the last place that allows it, or else before the character."""
    lines, start, allowed, x = [], 0, 0, 0.0
    widths = [_advance(character, face) for character in text]
    for i, character in enumerate(text):
        if i > start and (text[i - 1] == " " or _wide(character) or _wide(text[i - 1])):
            allowed = i
        x += widths[i]
        if x > wrap and i > start and character != " ":
            end = allowed if allowed > start else i
            lines.append(text[start:end].rstrip())
            start, x = end, sum(widths[end : i + 1])
    return [*lines, text[start:].rstrip()]


@lru_cache(maxsize=4096)
def _advance(character: str, face: fonts.Face) -> float:
    ((able, _),) = fonts.runs(character, face)
    return fonts.sized(able, _LAYOUT).getlength(character) / _LAYOUT


def _wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in ("W", "F")


def _clean(text: str) -> str:
    """Drop what no font draws: control characters and halves of surrogate pairs."""
    lines = text.replace("\r\n", "\n").replace("\t", "    ").split("\n")
    return "\n".join("".join(c for c in line if unicodedata.category(c) not in ("Cc", "Cs")) for line in lines)

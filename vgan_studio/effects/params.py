"""The kinds of parameters: what a panel shows, what fits, and how words become values.

Every kind says `wants` (the words of a refusal), `fits` (is it allowed?), `take` (the value in the kind's own type)
and `read` (a word of the command line to a value; what cannot be read stays text, which then does not fit).
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import PurePath
from typing import Any, ClassVar

from vgan_studio.timeline.values import Value

_STEP = 0.001
_LOCKED = "_locked"
_SWITCH = {"on": True, "true": True, "yes": True, "1": True, "off": False, "false": False, "no": False, "0": False}


@dataclass(frozen=True, slots=True)
class Number:
    """A number in [low, high]; `whole` ones are int, rounded where a curve runs between them.  Can be keyframed."""

    default: float
    low: float
    high: float
    unit: str = ""
    whole: bool = False
    keyed: ClassVar[bool] = True

    @property
    def wants(self) -> str:
        """What fits, in words."""
        return f"a {'whole ' if self.whole else ''}number {_range(self.low, self.high, self.unit)}"

    def fits(self, value: Value) -> bool:
        """Tell whether the value is allowed."""
        return _within(value, self.low, self.high)

    def take(self, value: Value) -> Value:
        """Give a fitting value as float, or as int if `whole`."""
        assert isinstance(value, int | float)
        return math.floor(value + 0.5) if self.whole else float(value)

    def read(self, text: str) -> Value:
        """Read `0.5`."""
        numbers = _numbers(text)
        return numbers[0] if len(numbers) == 1 else text


@dataclass(frozen=True, slots=True)
class Seed(Number):
    """The whole number that chance begins with: the same one gives the same picture, until another is drawn."""

    default: float = 0
    low: float = 0
    high: float = 2**31 - 1
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Times(Number):
    """How many pictures a new file gets for each of a film's; nothing of a clip, whose film has a rate of its own."""

    whole: bool = True


def lock_of(name: str) -> str:
    """Name the parameter that locks a seed."""
    return name + _LOCKED


@dataclass(frozen=True, slots=True)
class Numbers:
    """A fixed count of numbers, each in [low, high]: a place, a size.  Can be keyframed."""

    default: tuple[float, ...]
    low: float
    high: float
    unit: str = ""
    keyed: ClassVar[bool] = True

    @property
    def wants(self) -> str:
        """What fits, in words."""
        return f"{len(self.default)} numbers, each {_range(self.low, self.high, self.unit)}"

    def fits(self, value: Value) -> bool:
        """Tell whether the value is allowed."""
        return (
            isinstance(value, tuple)
            and len(value) == len(self.default)
            and all(_within(one, self.low, self.high) for one in value)
        )

    def take(self, value: Value) -> Value:
        """Give fitting values as floats."""
        return _floats(value)

    def read(self, text: str) -> Value:
        """Read `0.5,0.25`."""
        return _numbers(text) or text


@dataclass(frozen=True, slots=True)
class Toggle:
    """On or off."""

    default: bool
    keyed: ClassVar[bool] = False

    @property
    def wants(self) -> str:
        """What fits, in words."""
        return "on or off"

    def fits(self, value: Value) -> bool:
        """Tell whether the value is allowed."""
        return isinstance(value, bool)

    def take(self, value: Value) -> Value:
        """Give a fitting value."""
        return value

    def read(self, text: str) -> Value:
        """Read `on`, `off`, `true`, `false`, `yes`, `no`, `1` or `0`."""
        return _SWITCH.get(text.strip().lower(), text)


@dataclass(frozen=True, slots=True)
class Lock(Toggle):
    """Whether a seed stays when seeds are drawn anew: a note for people, on which no picture depends."""

    default: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """One word of several."""

    default: str
    options: tuple[str, ...]
    keyed: ClassVar[bool] = False

    @property
    def wants(self) -> str:
        """What fits, in words."""
        return f"one of {', '.join(self.options)}"

    def fits(self, value: Value) -> bool:
        """Tell whether the value is allowed."""
        return value in self.options

    def take(self, value: Value) -> Value:
        """Give a fitting value."""
        return value

    def read(self, text: str) -> Value:
        """Read one of the options."""
        return text.strip()


@dataclass(frozen=True, slots=True)
class Color:
    """Straight R'G'B'A in [0, 1]; three numbers are opaque.  Can be keyframed."""

    default: tuple[float, float, float, float]
    keyed: ClassVar[bool] = True

    @property
    def wants(self) -> str:
        """What fits, in words."""
        return "a colour: #rrggbb, #rrggbbaa, or 3 or 4 numbers from 0 to 1"

    def fits(self, value: Value) -> bool:
        """Tell whether the value is allowed."""
        return isinstance(value, tuple) and len(value) in (3, 4) and all(_within(one, 0, 1) for one in value)

    def take(self, value: Value) -> Value:
        """Give a fitting colour as four floats."""
        return (*_floats(value), 1.0)[:4]

    def read(self, text: str) -> Value:
        """Read `#rrggbb`, `#rrggbbaa`, `r,g,b` or `r,g,b,a`."""
        text = text.strip()
        if not text.startswith("#"):
            return _numbers(text) or text
        digits = text[1:]
        if len(digits) not in (6, 8) or any(digit not in "0123456789abcdefABCDEF" for digit in digits):
            return text
        return tuple(byte / 255 for byte in bytes.fromhex(digits))


@dataclass(frozen=True, slots=True)
class Text:
    """Words of the user, at most `limit` characters."""

    default: str = ""
    limit: int = 4000
    keyed: ClassVar[bool] = False

    @property
    def wants(self) -> str:
        """What fits, in words."""
        return f"a text of at most {self.limit} characters"

    def fits(self, value: Value) -> bool:
        """Tell whether the value is allowed."""
        return isinstance(value, str) and len(value) <= self.limit

    def take(self, value: Value) -> Value:
        """Give a fitting value."""
        return value

    def read(self, text: str) -> Value:
        """Read the text; a backslash and an n break the line."""
        return text.replace("\\n", "\n")


@dataclass(frozen=True, slots=True)
class Font(Text):
    """The family of a font; "" is the one that we bring along."""


@dataclass(frozen=True, slots=True)
class Points:
    """A line through 2 to `limit` points (x0, y0, x1, y1, ...), all in [0, 1].  Can be keyframed.

    x rises by `_STEP` or more from point to point, so that no slope is beyond numbers.
    """

    default: tuple[float, ...] = (0.0, 0.0, 1.0, 1.0)
    limit: int = 32
    keyed: ClassVar[bool] = True

    @property
    def wants(self) -> str:
        """What fits, in words."""
        return f"2 to {self.limit} points x0,y0,x1,y1,..., each number from 0 to 1, x rising by {_STEP} or more"

    def fits(self, value: Value) -> bool:
        """Tell whether the value is allowed."""
        return (
            isinstance(value, tuple)
            and len(value) in range(4, 2 * self.limit + 1, 2)
            and all(_within(one, 0, 1) for one in value)
            and all(b - a > _STEP - 1e-9 for a, b in pairwise(value[::2]))
        )

    def take(self, value: Value) -> Value:
        """Give fitting values as floats."""
        return _floats(value)

    def read(self, text: str) -> Value:
        """Read `0,0,0.5,0.6,1,1`."""
        return _numbers(text) or text


@dataclass(frozen=True, slots=True)
class Outline:
    """A closed line through 3 to `limit` corners (x0, y0, x1, y1, ...), each in [-1, 2].  Can be keyframed."""

    default: tuple[float, ...]
    limit: int = 32
    keyed: ClassVar[bool] = True

    @property
    def wants(self) -> str:
        """What fits, in words."""
        return f"3 to {self.limit} corners x0,y0,x1,y1,..., each number from -1 to 2"

    def fits(self, value: Value) -> bool:
        """Tell whether the value is allowed."""
        return (
            isinstance(value, tuple)
            and len(value) in range(6, 2 * self.limit + 1, 2)
            and all(_within(one, -1, 2) for one in value)
        )

    def take(self, value: Value) -> Value:
        """Give fitting values as floats."""
        return _floats(value)

    def read(self, text: str) -> Value:
        """Read `0.5,0.2,0.8,0.8,0.2,0.8`."""
        return _numbers(text) or text


@dataclass(frozen=True, slots=True)
class File:
    """A path of the user's; the file's content, not its path, is what the picture depends on."""

    suffixes: tuple[str, ...]
    default: str = ""
    keyed: ClassVar[bool] = False

    @property
    def wants(self) -> str:
        """What fits, in words."""
        return f"a file named *{', *'.join(self.suffixes)}"

    def fits(self, value: Value) -> bool:
        """Tell whether the value is allowed; that the file can be read is seen when it is opened."""
        return isinstance(value, str) and (not value or PurePath(value).suffix.lower() in self.suffixes)

    def take(self, value: Value) -> Value:
        """Give a fitting value."""
        return value

    def read(self, text: str) -> Value:
        """Read the path."""
        return text


@dataclass(frozen=True, slots=True)
class Weights:
    """A model for a task, by name; "" is the one we ship for it.

    Attributes:
        usual: names the one that "" stands for, where that depends on the other parameters.
    """

    task: str
    default: str = ""
    usual: Callable[[Mapping[str, Any]], str] | None = None
    keyed: ClassVar[bool] = False

    @property
    def wants(self) -> str:
        """What fits, in words."""
        return f"the name of a model for {self.task}"

    def named(self, value: Value, params: Mapping[str, Any]) -> str:
        """Give the name, or the task, by which the model is found; `params` are all of the effect's."""
        return str(value) or (self.usual(params) if self.usual else self.task)

    def fits(self, value: Value) -> bool:
        """Tell whether the value is allowed; that the model exists is seen when it is loaded."""
        return isinstance(value, str) and len(value) <= 200

    def take(self, value: Value) -> Value:
        """Give a fitting value."""
        return value

    def read(self, text: str) -> Value:
        """Read the name."""
        return text.strip()


Param = Number | Numbers | Toggle | Choice | Color | Text | Font | Points | Outline | File | Weights


def parse(param: Param, text: str) -> Value:
    """Read a word of the command line; `Effect.complete` says why what could not be read does not fit."""
    return param.read(text)


def _range(low: float, high: float, unit: str) -> str:
    return f"from {low:.12g} to {high:.12g}{' ' + unit if unit else ''}"


def _within(value: Value, low: float, high: float) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high


def _floats(value: Value) -> tuple[float, ...]:
    assert isinstance(value, tuple)
    return tuple(float(one) for one in value)


def _numbers(text: str) -> tuple[float, ...]:
    try:
        return tuple(float(word) for word in text.split(","))
    except ValueError:
        return ()

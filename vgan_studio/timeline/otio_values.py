"""How our values are written in a project file, and read back, exactly.

Fractions are text ("30000/1001"), everything else is plain JSON.  Each writer stands beside its reader; what a reader
cannot read raises ProjectError.  What OTIO itself shows is written and read in otio_writer.py and otio_reader.py.
"""

import json
import re
from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from vgan_studio.errors import ProjectError

from .check import MAX_DIGITS
from .curve import Curve, Ease, Easing, Key
from .values import EffectCall, Fade, Folder, Media, Metadata, Transition, Value

Json = Any  # what `json.loads` gives
Tree = dict[str, Any]

OURS = "vgan_studio"
KEPT = "vgan_studio.kept"  # the name in our metadata under which lies what other programs wrote beside the metadata
DISSOLVE = "core.dissolve"
EASES: Mapping[str, Ease] = {"hold": "hold", "linear": "linear", "ease": "ease"}
EASINGS: Mapping[str, Easing] = {"linear": "linear", "in": "in", "out": "out", "both": "both"}

_NAMES = {  # in our part of a file, and in its media and folders, by the version that began to write them
    1: """
        version rate width height sample_rate next_id range media path fingerprint duration sample_aspect channels
        locked muted hidden id source_in speed gain_db fade_in fade_out color enabled params
    """,
    2: "steady folders pan solo group language look",
    3: "ease",
}
VERSION = max(_NAMES)  # a value that is new in the file gets a version of its own, as others would lose it on saving
_KNOWN = frozenset(" ".join(_NAMES.values()).split())

_NUMBER = re.compile(rf"(-?\d{{1,{MAX_DIGITS}}})(?:/(\d{{1,{MAX_DIGITS}}}))?")
_DRIVE = re.compile(r"/[A-Za-z]:")


def text(value: Json) -> str:
    """Write JSON the one way we write it: sorted and without spaces."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False)


def own(metadata: Json) -> Tree:
    """Give our part of an OTIO object's metadata, or an empty one."""
    part = metadata.get(OURS) if isinstance(metadata, dict) else None
    return part if isinstance(part, dict) else {}


def unknown_in(part: Tree) -> list[str]:
    """Name what this version does not know in our part of an OTIO object's metadata, or in a medium or folder."""
    return [name for name in part if name not in _KNOWN]


def others_of(metadata: Tree) -> Tree:
    """Give the metadata without our part."""
    return {name: part for name, part in metadata.items() if name != OURS}


def fraction(value: Json) -> Fraction:
    """Read a fraction from its text."""
    if not isinstance(value, str):
        raise damaged("a fraction")
    return _fraction(value)


def whole(value: Json, low: int = -(10**15), high: int = 10**15) -> int:
    """Read an int; a float without a fraction counts, as other programs may write one."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise damaged("a whole number")
    return value


def real(value: Json) -> float:
    """Read a float; an int counts, as other programs may write one."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= 1e15:
        raise damaged("a number")
    return float(value)


def words(value: Json) -> str:
    """Read a text."""
    if not isinstance(value, str):
        raise damaged("a text")
    return value


def flag(value: Json) -> bool:
    """Read a bool."""
    if not isinstance(value, bool):
        raise damaged("a yes or no")
    return value


def items(value: Json) -> list[Json]:
    """Read a list."""
    if not isinstance(value, list):
        raise damaged("a list")
    return value


def damaged(what: str) -> ProjectError:
    """Say that the part of the file that we wrote has been damaged."""
    return ProjectError(f"The project file is damaged: {what} in its own data cannot be read.")


@lru_cache(64)
def rate_of(shown: float, rate: Fraction) -> Fraction:
    """Give the exact rate that a float stands for: the known one, a whole one, one of NTSC's, or a simple one near it.

    23.98 is written for 24000/1001.
    """
    if not 1e-6 < shown <= 1e6:
        raise ProjectError("The project file has a time whose rate is not positive, or out of bounds.")
    if abs(shown - rate) <= 1e-6 * rate or shown == round(shown):
        return rate if abs(shown - rate) <= 1e-6 * rate else Fraction(round(shown))
    whole_rate = round(shown * 1.001)
    if whole_rate and whole_rate % 6 == 0 and abs(shown - whole_rate / 1.001) < 0.006:
        return Fraction(whole_rate * 1000, 1001)
    return Fraction(shown).limit_denominator(1001) or Fraction(shown)


def frames(time: Tree, rate: Fraction) -> int | Fraction:
    """Read an OTIO time as frames of the film, whose rate is `rate`; one with nearly that rate has it exactly."""
    value, shown = time["value"], time["rate"]
    exact = int(value) if value == int(value) else Fraction(value)
    return exact if shown == float(rate) else exact * rate / rate_of(shown, rate)


def start_of(reference: Tree, rate: Fraction) -> int | Fraction:
    """Give the frame at which a medium's own time begins, as its OTIO reference says (a time code, often)."""
    available = reference.get("available_range")
    return frames(available["start_time"], rate) if available else 0


def value_tree(value: Value | Curve) -> Json:
    """Write the value of a parameter."""
    if isinstance(value, Curve):
        return {"keys": [[key.frame, value_tree(key.value), key.ease] for key in value.keys]}
    return list(value) if isinstance(value, tuple) else value


def read_value(tree: Json) -> Value | Curve:
    """Read the value of a parameter."""
    if isinstance(tree, dict):
        return read_curve(tree)
    return read_numbers(tree) if isinstance(tree, list) else _plain(tree)


def read_curve(tree: Tree) -> Curve:
    """Read a curve."""
    try:
        return Curve(tuple(_key(items(key)) for key in items(tree.get("keys"))))
    except ValueError as error:
        raise damaged("a curve") from error


def read_numbers(tree: list[Json]) -> tuple[float, ...]:
    """Read a tuple of numbers."""
    if not all(isinstance(number, int | float) and not isinstance(number, bool) for number in tree):
        raise damaged("a list of numbers")
    return tuple(tree)


def call_tree(call: EffectCall) -> Tree:
    """Write the call of an effect."""
    return {"id": call.id, "enabled": call.enabled, "params": {name: value_tree(value) for name, value in call.params}}


def read_call(tree: Tree) -> EffectCall:
    """Read the call of an effect."""
    params = tree.get("params", {})
    if not isinstance(params, dict):
        raise damaged("an effect")
    read = tuple((name, read_value(params[name])) for name in sorted(params))
    return EffectCall(words(tree.get("id")), read, flag(tree.get("enabled", True)))


def turn_tree(turn: Transition) -> Tree:
    """Write what OTIO does not show of a transition: its effect, and how it is eased."""
    return {**call_tree(turn.effect), "ease": turn.ease}


def read_easing(tree: Tree) -> Easing:
    """Read how a transition is eased; before version 3 all went evenly."""
    found = words(tree.get("ease", "linear"))
    if found not in EASINGS:
        raise damaged("a transition")
    return EASINGS[found]


def fade_tree(fade: Fade | None) -> Json:
    """Write a fade."""
    return fade and [fade.at, fade.duration]


def read_fade(tree: Json) -> Fade | None:
    """Read a fade."""
    if tree is None:
        return None
    if not isinstance(tree, list) or len(tree) != 2:
        raise damaged("a fade")
    return Fade(whole(tree[0]), whole(tree[1]))


def media_tree(media: Media) -> Tree:
    """Write a medium; its path is quoted, since a path may hold bytes that are no text."""
    return {
        "path": quote(media.path, safe="/:\\ ", errors="surrogateescape"),
        "fingerprint": media.fingerprint,
        "duration": str(media.duration),
        "width": media.width,
        "height": media.height,
        "rate": str(media.rate),
        "sample_aspect": str(media.sample_aspect),
        "channels": media.channels,
        "sample_rate": media.sample_rate,
        "steady": media.steady,
    }


def read_media(tree: Json) -> Media:
    """Read a medium."""
    if not isinstance(tree, dict):
        raise damaged("a medium")
    return Media(
        unquote(words(tree.get("path")), errors="surrogateescape"),
        words(tree.get("fingerprint")),
        fraction(tree.get("duration")),
        whole(tree.get("width")),
        whole(tree.get("height")),
        fraction(tree.get("rate")),
        fraction(tree.get("sample_aspect")),
        whole(tree.get("channels")),
        whole(tree.get("sample_rate")),
        flag(tree.get("steady", False)),
    )


def read_folder(tree: Json) -> Folder:
    """Read a folder of the bin."""
    if not isinstance(tree, dict):
        raise damaged("a folder")
    path, media = (tuple(map(words, items(tree.get(name)))) for name in ("path", "media"))
    return Folder(path, media)


def url_of(path: str) -> str:
    """Write a path as other programs expect it: an absolute one as a file URL, another one as it is."""
    if path.startswith("/"):
        return "file://" + quote(path, errors="surrogateescape")
    if _DRIVE.match("/" + path):
        return "file:///" + quote(path.replace("\\", "/"), safe="/:", errors="surrogateescape")
    return path.encode("utf-8", "replace").decode()


def path_of(url: str) -> str:
    """Read a path from a URL; what is no file URL stays as it is.  Nothing is looked up."""
    if not url.lower().startswith("file:"):
        return url
    try:
        parts = urlsplit(url, allow_fragments=False)
    except ValueError as error:
        raise ProjectError(f"The address {url[:80]!r} in the project file cannot be read.") from error
    path = unquote(parts.path + (f"?{parts.query}" if parts.query else ""), errors="surrogateescape")
    host = parts.netloc if parts.netloc.lower() not in ("", "localhost") else ""
    path = path[1:] if _DRIVE.match(path) else path
    return f"//{host}{path}" if host else path


def metadata_tree(metadata: Metadata, ours: Tree) -> Tree:
    """Write metadata as OTIO holds them, ours among those of others."""
    others = {name: json.loads(value) for name, value in metadata if name != KEPT}
    return {**others, OURS: ours} if ours else others


def read_metadata(tree: Json, kept: Tree) -> Metadata:
    """Read the metadata of others, and what else is to be kept of the object."""
    if not isinstance(tree, dict):
        tree = {}
    pairs = [(name, text(value)) for name, value in tree.items() if name not in (OURS, KEPT)]
    return tuple(sorted([*pairs, (KEPT, text(kept))] if kept else pairs))


def kept_of(metadata: Metadata) -> Tree:
    """Give what is kept of an OTIO object beside its metadata."""
    for name, value in metadata:
        if name == KEPT:
            kept = json.loads(value)
            return kept if isinstance(kept, dict) else {}
    return {}


def time_tree(value: int | Fraction, rate: Fraction) -> Tree:
    """Write a time in frames."""
    return {"OTIO_SCHEMA": "RationalTime.1", "rate": float(rate), "value": float(value)}


def range_tree(start: Fraction, length: int | Fraction, rate: Fraction) -> Tree:
    """Write a range in frames."""
    return {
        "OTIO_SCHEMA": "TimeRange.1",
        "start_time": time_tree(start, rate),
        "duration": time_tree(length, rate),
    }


def gap_tree(length: int, rate: Fraction) -> Tree:
    """Write a gap of so many frames."""
    span = range_tree(Fraction(0), length, rate)
    return {"OTIO_SCHEMA": "Gap.1", "name": "", "metadata": {}, "source_range": span}


def nested(fields: Tree, name: str, value: str) -> str:
    """Write an object of which one field is text already; a file of lines can be compared and stays quick."""
    return f'{json.dumps(fields, allow_nan=False)[:-1]}, "{name}": {value}}}'


@lru_cache(1024)
def _fraction(value: str) -> Fraction:
    match = _NUMBER.fullmatch(value)
    if match is None or (match[2] and not int(match[2])):
        raise damaged("a fraction")
    return Fraction(int(match[1]), int(match[2] or 1))


def _key(tree: list[Json]) -> Key:
    if len(tree) != 3 or words(tree[2]) not in EASES:
        raise damaged("a key")
    value = read_numbers(tree[1]) if isinstance(tree[1], list) else _plain(tree[1])
    if isinstance(value, str):
        raise damaged("a key")
    return Key(whole(tree[0]), value, EASES[tree[2]])


def _plain(tree: Json) -> bool | int | float | str:
    if not isinstance(tree, bool | int | float | str):
        raise damaged("a value")
    return tree

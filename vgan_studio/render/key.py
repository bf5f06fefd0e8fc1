"""What a picture is, as a digest: equal expressions have equal keys, and nothing else has.

A key holds every field of every node but those in `_LEFT_OUT`, so a field that is added later changes it by itself.
It does not depend on the process, the hash seed, the order of a dict or how a float is printed.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from fractions import Fraction
from math import isfinite

from vgan_studio.timeline.values import Media

from .node import STABILISER, STABLE, Asset, Call, Node, effect_of, heavy, walk

RENDERER = 3  # raised whenever evaluation gives another picture for the same expression

_LEFT_OUT = {(Media, "path"), (Asset, "name"), (Call, "inputs")}  # inputs go in by their keys

Precision = Callable[[Call], str]


def key(node: Node, precision: Precision = lambda call: "") -> str:
    """Give the digest of an expression, 64 hexadecimal digits.

    Args:
        precision: names how a call that asks a network is computed here, such as "cpu-bf16".
    """
    return keys([node], precision)[id(node)]


def keys(nodes: Iterable[Node], precision: Precision = lambda call: "") -> dict[int, str]:
    """Give the keys of nodes and of all their parts, by `id` of the part; valid while the nodes live."""
    found: dict[int, str] = {}
    for part in (part for node in nodes for part in walk(node)):
        digest = hashlib.sha256(b"vgan-node-%d" % RENDERER)
        digest.update(_canonical(part))
        if isinstance(part, Call):
            digest.update(_canonical((_version(part), precision(part) if heavy(part) else "")))
            digest.update("".join(found[id(child)] for child in part.inputs).encode())
        found[id(part)] = digest.hexdigest()
    return found


def _version(call: Call) -> int | tuple[int, int]:
    own = effect_of(call).version
    return (own, STABILISER) if call.effect.endswith(STABLE) else own


def _canonical(value: object) -> bytes:
    """Write a value down so that equal values, and only those, have equal bytes."""
    if value is None:
        return b"n;"
    if isinstance(value, str):
        text = value.encode("utf-8", "surrogatepass")
        return b"s%d:%b" % (len(text), text)
    if isinstance(value, bool | int | float | Fraction):
        return _number(value)
    if isinstance(value, tuple):
        return b"t%d:%b" % (len(value), b"".join(map(_canonical, value)))
    if is_dataclass(value):
        names = sorted(field.name for field in fields(value) if (type(value), field.name) not in _LEFT_OUT)
        parts = [_canonical(part) for name in names for part in (name, getattr(value, name))]
        return b"d%b%b;" % (_canonical(type(value).__name__), b"".join(parts))
    raise ValueError(f"A {type(value).__name__} cannot be part of a key.")


def _number(value: float | Fraction) -> bytes:
    """Write a number as an exact ratio: Python holds True, 1, 1.0 and Fraction(1) to be equal, and so does a key."""
    if isinstance(value, float) and not isfinite(value):
        raise ValueError("A number in a key is finite.")
    return b"q%x/%x;" % value.as_integer_ratio()

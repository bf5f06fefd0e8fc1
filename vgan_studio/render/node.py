"""The two kinds of node that a frame is an expression of, and the walk over them.

Nodes are values: frozen, picklable, equal when they are written alike.
Shared parts make a tree a graph, so walks go by identity and never visit a part twice.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from vgan_studio.effects.spec import Effect, find, registry
from vgan_studio.timeline.values import Media, Value

FINISH, STABLE = ":finish", ":stable"
STABILISER = 2  # raised whenever `engine.stabilise` gives another picture


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that a picture depends on: what to open, and the digest of what was in it."""

    name: str
    digest: str


Argument = Value | Fraction | Asset


@dataclass(frozen=True, slots=True)
class Decode:
    """The picture that a media shows at a time, in seconds from its start."""

    media: Media
    time: Fraction


@dataclass(frozen=True, slots=True)
class Call:
    """An effect's picture of its inputs.

    Attributes:
        effect: the id of an effect; or `ID:finish` for the live part of a heavy one, whose inputs are the picture
            and, where it is needed, the network's result; or `ID:stable` for that result without its flicker, whose
            inputs are the network's result, what it was made of, and the same for each neighbour.
        params: by name, sorted; every parameter of the effect is there.
        inputs: in the order of time for a window; a chained effect's own last result, where there is one, is last.
    """

    effect: str
    params: tuple[tuple[str, Argument], ...]
    inputs: tuple["Node", ...] = ()


Node = Decode | Call


def walk(node: Node) -> Iterator[Node]:
    """Give every distinct part of an expression once, inputs before what they go into."""
    seen: set[int] = set()
    path: list[tuple[Node, bool]] = [(node, False)]
    while path:
        part, ready = path.pop()
        if ready:
            yield part
        elif id(part) not in seen:
            seen.add(id(part))
            path.append((part, True))
            path.extend((child, False) for child in reversed(inputs(part)))


def inputs(node: Node) -> tuple[Node, ...]:
    """Give the nodes that go into a node; none for a `Decode`."""
    return node.inputs if isinstance(node, Call) else ()


def needed(node: Node) -> tuple[Node, ...]:
    """Give the inputs that a node's picture is made of: of a live part that changes nothing, what was made alone."""
    if isinstance(node, Call) and len(node.inputs) == 2 and node.effect.endswith(FINISH):
        through = effect_of(node).through
        if through is not None and through(dict(node.params)):
            return node.inputs[1:]
    return inputs(node)


def effect_of(call: Call) -> Effect:
    """Give the effect that a call is of, or is a part of."""
    return find(call.effect.partition(":")[0])


def heavy(node: Node) -> bool:
    """Tell whether a node asks a network itself."""
    return isinstance(node, Call) and node.effect in (effects := registry()) and effects[node.effect].heavy


def kept(node: Node) -> bool:
    """Tell whether a node's picture is kept by the cache, rounded to 8 bits: a network made it, or it was steadied."""
    return heavy(node) or (isinstance(node, Call) and node.effect.endswith(STABLE))


def heavy_nodes(node: Node) -> tuple[Call, ...]:
    """Give every part of an expression that asks a network, inputs first."""
    return tuple(part for part in walk(node) if isinstance(part, Call) and heavy(part))

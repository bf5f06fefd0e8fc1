"""A small part of a frame at 100 %: only that part of the source goes through the effects.

Shown are the effects of the topmost clip there that ask a network, and those that leave every pixel in its place; what
measures in heights of the picture, and masks, would be another thing on a part and are left out.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from vgan_studio.effects.spec import Size, registry
from vgan_studio.timeline.lookup import source_time
from vgan_studio.timeline.values import Media, Timeline

from . import between
from .evaluate import Renderer
from .node import Decode, Node, walk
from .placing import topmost
from .plan import media_ground
from .stack import Step, stack, steps

_BORDER = 48  # pixels of the source around the part: as far as networks see
_IN_PLACE = "color."


@dataclass(frozen=True, slots=True)
class Part:
    """Rows and columns of a picture, half-open."""

    top: int
    bottom: int
    left: int
    right: int


def crop(
    renderer: Renderer, timeline: Timeline, frame: int, at: tuple[float, float], side: int
) -> tuple[Any, Any] | None:
    """Compute a part of a frame with its effects, and without what networks make of it.

    Args:
        renderer: one without a cache: a part is not what its expression says.
        at: the middle of the part on the canvas, x and y from 0 to 1.
        side: of the part, in pixels of the result.

    Returns:
        Two of (side, side, 3) uint8, smaller at an edge; None where no clip with a file's pictures is.

    Raises:
        VganError: it cannot be computed.
    """
    found = topmost(timeline, frame, registry(), at)
    if found is None:
        return None
    clip, inside = found
    assert isinstance(clip.source, Media)
    ground = media_ground(clip.source)
    assert ground is not None
    place = frame - clip.start
    calls = between.parted(clip.effects, place)[1]
    shown = [_unmasked(one) for one in steps(calls, place) if _stays(one)]
    size = ground.size
    for step in shown:
        size = step.after(size)
    scale = size[0] // ground.size[0]
    part = _part((round(inside[1] * size[0]), round(inside[0] * size[1])), size, side)
    time = source_time(clip, frame, timeline.rate)
    plain = [replace(one, params={**one.params, "strength": 0.0}) if one.effect.heavy else one for one in shown]
    grid = math.lcm(*(step.effect.grid for step in shown)) if shown else 1
    border = _bordered(part, scale, ground.size, grid)
    made = [_cut(renderer, stack(ground, some, time), part, scale, border) for some in (shown, plain)]
    return made[0], made[1]


def _stays(step: Step) -> bool:
    return step.effect.heavy or step.effect.id.startswith(_IN_PLACE)


def _unmasked(step: Step) -> Step:
    return replace(step, params={**step.params, "mask": "none"}) if "mask" in step.params else step


def _part(middle: tuple[int, int], size: Size, side: int) -> Part:
    sides = [min(side, length) for length in size]
    top, left = (
        min(max(0, at - length // 2), whole - length) for at, length, whole in zip(middle, sides, size, strict=True)
    )
    return Part(top, top + sides[0], left, left + sides[1])


def _bordered(part: Part, scale: int, ground: Size, grid: int) -> Part:
    """Give the part of the source that is needed: with the border that networks look at, and begun on a grid."""
    top, left = (max(0, at // scale - _BORDER) // grid * grid for at in (part.top, part.left))
    ends = (-(-at // scale) + _BORDER for at in (part.bottom, part.right))
    bottom, right = (min(end, length) for end, length in zip(ends, ground, strict=True))
    return Part(top, bottom, left, right)


def _cut(renderer: Renderer, node: Node, part: Part, scale: int, source: Part) -> Any:
    """Evaluate an expression over a part of its sources."""
    decoded = {}
    for leaf in _leaves(node):
        pixels = renderer.raw(leaf).pixels()
        decoded[leaf] = pixels[source.top : source.bottom, source.left : source.right].copy()
    return _pixels(renderer, node, decoded, part, (source.top * scale, source.left * scale))


def _leaves(node: Node) -> Sequence[Decode]:
    return [one for one in walk(node) if isinstance(one, Decode)]


def _pixels(renderer: Renderer, node: Node, decoded: dict[Decode, Any], part: Part, corner: tuple[int, int]) -> Any:
    from vgan_studio.picture import to_pixels

    picture = renderer.render([node], decoded)[0]
    rows = slice(part.top - corner[0], part.bottom - corner[0])
    columns = slice(part.left - corner[1], part.right - corner[1])
    return to_pixels(picture[..., rows, columns])[0].cpu().numpy()

"""What each effect of a clip makes of the picture's size, and how long it takes on this machine."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from vgan_studio.errors import EffectError
from vgan_studio.render.stack import sizes
from vgan_studio.timeline.values import Clip, Media

if TYPE_CHECKING:
    from vgan_studio.effects.spec import Effect, Size


@dataclass(frozen=True, slots=True)
class EffectCost:
    """What one effect does; None is what cannot be told, as of an effect that is switched off.

    Attributes:
        sizes: height and width of the picture before and after it.
        fitted: the size that its result is fitted to next, if that is another one.
        seconds: a frame.
    """

    sizes: "tuple[Size, Size] | None" = None
    fitted: "Size | None" = None
    seconds: float | None = None


def costs(
    clip: Clip, frame: int, canvas: "Size", effects: "Mapping[str, Effect]", speeds: Mapping[str, float]
) -> list[EffectCost]:
    """Say what each effect in a clip's stack does at a frame of the clip.

    Args:
        effects: those that are known.
        speeds: their seconds per megapixel on this machine, as far as these are known.
    """
    size, aspect = canvas, Fraction(1)
    if isinstance(clip.source, Media):
        size, aspect = (clip.source.height, clip.source.width), clip.source.sample_aspect
    try:
        found = sizes(clip.effects, frame, size, aspect, canvas)
    except EffectError:  # of an effect that is not known here; what cannot be told is left out
        return [EffectCost() for _ in clip.effects]
    sizing = (place for place, call in enumerate(clip.effects) if call.id in effects and effects[call.id].sets_size)
    last = max(sizing, default=-1)
    made = []
    for place, (call, both) in enumerate(zip(clip.effects, found, strict=True)):
        fitted = canvas if place == last and both is not None and both[1] != canvas else None
        speed = speeds.get(call.id)
        each = None if speed is None or both is None else speed * both[0][0] * both[0][1] / 1e6
        made.append(EffectCost(both, fitted, each))
    return made

"""Chance drawn anew: other seeds for the effects of clips, but for those that are locked."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from vgan_studio.errors import EditError
from vgan_studio.timeline.effects import set_param
from vgan_studio.timeline.lookup import clip_by_id
from vgan_studio.timeline.values import Clip, EffectCall, Timeline

if TYPE_CHECKING:
    from vgan_studio.effects.spec import Effect


def reseeded(
    timeline: Timeline, clip_ids: Iterable[int], effects: "Mapping[str, Effect]", draw: Callable[[int, int], int]
) -> Timeline:
    """Draw every seed of some clips anew that is not locked.

    Args:
        effects: all there are, by id.
        draw: gives a whole number from the first to the second, as `random.randint` does.

    Raises:
        EditError: there is none, or a clip cannot be changed.
    """
    drawn = 0
    for id in clip_ids:
        for index, call in _calls(clip_by_id(timeline, id)):
            for name, (low, high) in _open(call, effects).items():
                timeline = set_param(timeline, id, index, name, draw(low, high))
                drawn += 1
    if not drawn:
        raise EditError("No effect of these clips has a seed that is not locked.")
    return timeline


def _calls(clip: Clip) -> list[tuple[int | None, EffectCall]]:
    own = [(None, clip.source)] if isinstance(clip.source, EffectCall) else []
    return [*own, *enumerate(clip.effects)]


def _open(call: EffectCall, effects: "Mapping[str, Effect]") -> dict[str, tuple[int, int]]:
    """Give the bounds of the seeds of an effect that are not locked."""
    from vgan_studio.effects.params import Seed, lock_of

    effect, told = effects.get(call.id), dict(call.params)
    if effect is None:
        return {}
    seeds = {name: param for name, param in effect.params.items() if isinstance(param, Seed)}
    return {name: (int(one.low), int(one.high)) for name, one in seeds.items() if told.get(lock_of(name)) is not True}

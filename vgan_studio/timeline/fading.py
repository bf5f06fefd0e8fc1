"""Pictures that come up and go away: a curve of a clip's opacity, in the shape of a fade."""

from dataclasses import dataclass, replace

from vgan_studio.errors import EditError

from .curve import Curve, Ease, Key
from .effects import add_effect, remove_effect, set_param
from .lookup import clip_by_id
from .values import Clip, EffectCall, Timeline

OPACITY = "geometry.opacity"


@dataclass(frozen=True, slots=True)
class Fades:
    """How a picture comes up and goes away.

    Attributes:
        up, down: frames from nothing to `level` and back; the first and the last frame of the clip show nothing.
        level: the opacity between.
        index: of the effect; None where there is none yet.
        rise, fall: how the curve goes.
    """

    up: int = 0
    down: int = 0
    level: float = 1.0
    index: int | None = None
    rise: Ease = "linear"
    fall: Ease = "linear"


def picture_fades(clip: Clip) -> Fades | None:
    """Give the fades of a clip's picture; None where its opacity changes in another way."""
    there = [index for index, call in enumerate(clip.effects) if call.id == OPACITY and call.enabled]
    if not there:
        return Fades()
    held = dict(clip.effects[there[-1]].params).get("opacity", 1.0)
    if isinstance(held, Curve):
        return _read(held, clip.duration - 1, there[-1])
    return Fades(level=float(held), index=there[-1]) if isinstance(held, int | float) else None


def fade_picture(timeline: Timeline, clip_id: int, up: int, down: int) -> Timeline:
    r"""Let a clip's picture come up over its first frames and go away over its last ones; 0 for none.

      ______
    /       \       up 2, down 1
    aaaaaaaaa
    """
    clip = clip_by_id(timeline, clip_id)
    fades, last = picture_fades(clip), clip.duration - 1
    if fades is None:
        raise EditError("The opacity of this clip changes in another way; its keys can be moved.")
    if up < 0 or down < 0 or up + down > last:
        raise EditError("The fades do not fit into the clip.")
    index = fades.index
    if index is None:
        timeline, index = add_effect(timeline, clip_id, EffectCall(OPACITY)), len(clip.effects)
    if up or down:
        return set_param(timeline, clip_id, index, "opacity", _curve(replace(fades, up=up, down=down), last))
    if fades.level == 1:
        return remove_effect(timeline, clip_id, index)
    return set_param(timeline, clip_id, index, "opacity", fades.level)


def _read(curve: Curve, last: int, index: int) -> Fades | None:
    values = [key.value for key in curve.keys]
    if any(isinstance(value, tuple) for value in values):
        return None
    level = max(float(value) for value in values if not isinstance(value, tuple))
    rises = len(values) > 1 and values[0] == 0
    falls = len(values) > 1 and values[-1] == 0
    high = values[rises : len(values) - falls]
    if level <= 0 or len(high) > 2 or any(value != level for value in high) or not (rises or falls):
        return None
    first, end = curve.keys[int(rises)].frame, curve.keys[len(values) - 1 - falls].frame
    up = min(max(0, first), last) if rises else 0
    down = min(max(0, last - end), last - up) if falls else 0
    return Fades(up, down, level, index, curve.keys[0].ease if rises else "linear", curve.keys[-2].ease)


def _curve(fades: Fades, last: int) -> Curve:
    keys: dict[int, Key] = {}
    if fades.up:
        keys |= {0: Key(0, 0.0, fades.rise), fades.up: Key(fades.up, fades.level)}
    if fades.down:
        keys |= {last - fades.down: Key(last - fades.down, fades.level, fades.fall), last: Key(last, 0.0)}
    return Curve(tuple(keys[frame] for frame in sorted(keys)))

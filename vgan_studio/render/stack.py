"""A stack of effects over a source, as an expression.

    source -> effects up to the last that asks a network or changes the size -> fit to the canvas -> the other effects

So networks see the source's own pixels, whatever the size of the preview, and all else works at the size of the canvas.

A heavy effect E may be stabilised: E:finish(x, E:stable(E(x), x, E(before), before, E(after), after)).  It may be
chained, too: E(x) then has E(before) among its inputs, up to the nearest place where the chain begins.  All these are
calls of their own, so a film that is computed in order asks the network once for each picture.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from vgan_studio.effects.spec import STABILISE, Effect, Size, find
from vgan_studio.errors import EffectError
from vgan_studio.timeline.curve import Curve
from vgan_studio.timeline.values import EffectCall, Value

from .asset import resolve
from .node import FINISH, STABLE, Argument, Call, Node

MOST = 100  # effects in one stack

Params = Mapping[str, Argument]


@dataclass(frozen=True, slots=True)
class Ground:
    """What a stack of effects stands on.

    Attributes:
        at: gives the source's picture at a time, in seconds.
        beside: gives the time of the picture so many places after (or before) the one at a time.
        number: counts the pictures of the source: that of the one at a time.
        size: of these pictures, height and width.
        aspect: width of their pixels over the height.
    """

    at: Callable[[Fraction], Node]
    beside: Callable[[Fraction, int], Fraction]
    number: Callable[[Fraction], int]
    size: Size
    aspect: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True)
class Step:
    """An effect with the parameters it has at one moment."""

    effect: Effect
    params: Params

    @property
    def sets_size(self) -> bool:
        """It wants the source's own pixels, or makes another number of them."""
        return self.effect.sets_size

    @property
    def stabilise(self) -> float:
        """How much it leans on its neighbours' results; 0 where it has none of its own to show."""
        amount = self.params.get(STABILISE, 0.0) if self.params.get("strength") != 0 else 0.0
        assert isinstance(amount, float | int)
        return float(amount)

    def after(self, size: Size) -> Size:
        """Give the size of the result for one of the input."""
        return self.effect.size(size, self.params) if self.effect.size else size


def stack(ground: Ground, steps: Sequence[Step], time: Fraction, canvas: Size | None = None) -> Node:
    """Give the expression of a stack of effects at a time of its source.

    Args:
        canvas: the size to fit to; None leaves the picture at the size that the effects give it.
    """
    if canvas is not None:
        steps = fitted(steps, ground.size, ground.aspect, canvas)
    times = [{time}]  # the times at which each step is asked, the last step first
    for step in reversed(steps):
        made = _made(ground, step, times[-1])
        times.append({ground.beside(t, k) for t in made for k in _window(step.effect)})
    level = {t: ground.at(t) for t in times.pop()}
    for step in steps:
        level = _level(ground, step, times.pop(), level)
    return level[time]


def steps(calls: Sequence[EffectCall], frame: int, *, draft: bool = False) -> list[Step]:
    """Give the enabled effects of a stack with their parameters at a frame of the clip.

    Args:
        draft: leave out those that ask a network.

    Raises:
        EffectError: an effect or a parameter that does not exist or does not fit.
    """
    found = [Step(one := single(call, 1), arguments(one, call, frame)) for call in calls if call.enabled]
    if len(found) > MOST:
        raise EffectError(f"A clip has {len(found)} effects; at most {MOST} are possible.")
    return [step for step in found if not (draft and step.effect.heavy)]


def single(call: EffectCall, inputs: int) -> Effect:
    """Give the effect of a call that must take so many pictures.

    Raises:
        EffectError: it takes another number of them, or does not exist.
    """
    effect = find(call.id)
    if effect.inputs != inputs:
        places = ("as a clip", "on a clip", "between two clips")
        raise EffectError(f"{effect.id} is a {effect.kind} and cannot stand {places[inputs]}.")
    return effect


def arguments(effect: Effect, call: EffectCall, frame: int) -> Params:
    """Give all parameters of a call at a frame: curves read, defaults filled in, files by their content."""
    values: dict[str, Value] = {}
    for name, value in call.params:
        values[name] = value.at(frame) if isinstance(value, Curve) else value
    whole = effect.complete(values)
    return {name: resolve(effect.params[name], value, whole) for name, value in whole.items()}


def fitted(steps: Sequence[Step], size: Size, aspect: Fraction, canvas: Size) -> list[Step]:
    """Put a fit after the last step that sets the size, unless the picture has the canvas's size there.

    A fit that is in the stack already stays where it is and is told of the canvas: it says how to fit.

    Args:
        size, aspect: of the source.
    """
    fit = find("core.fit")
    done = list(steps)
    for i, step in enumerate(steps):
        if step.effect is fit:
            done[i] = Step(fit, {**step.params, **_onto(canvas, aspect)})
            aspect = Fraction(1)
        size = done[i].after(size)
    if size != canvas or aspect != 1:
        place = max((i + 1 for i, step in enumerate(steps) if step.sets_size), default=0)
        done.insert(place, Step(fit, {**fit.complete({}), **_onto(canvas, aspect)}))
    return done


def sizes(
    calls: Sequence[EffectCall], frame: int, size: Size, aspect: Fraction, canvas: Size
) -> list[tuple[Size, Size] | None]:
    """Give the size of the picture before and after each effect of a stack, up to the fit; None for those switched off.

    Args:
        size, aspect: of the source.

    Raises:
        EffectError: as `steps`.
    """
    found: list[tuple[Size, Size] | None] = []
    for one in calls:
        if not one.enabled:
            found.append(None)
            continue
        step = Step(effect := single(one, 1), arguments(effect, one, frame))
        if effect is find("core.fit"):
            step = Step(effect, {**step.params, **_onto(canvas, aspect)})
        found.append((size, step.after(size)))
        size = step.after(size)
    return found


def call(effect: str, params: Params, *inputs: Node) -> Call:
    """Make a call of an effect with its parameters in order."""
    return Call(effect, tuple(sorted(params.items())), inputs)


def _window(effect: Effect) -> range:
    before, after = effect.window
    return range(-before, after + 1)


def _level(ground: Ground, step: Step, times: set[Fraction], below: Mapping[Fraction, Node]) -> dict[Fraction, Node]:
    """Give what a step shows at some times; `below` holds its inputs at all the times that it takes."""
    hidden = {STABILISE, *step.effect.live}
    params = {name: value for name, value in step.params.items() if name not in hidden}
    made: dict[Fraction, Node] = {}
    for t in sorted(_made(ground, step, times)):  # links of a chain in their order
        clock = {"time": t} if step.effect.clock else {}
        last = _link(ground, step, t)
        window = [below[ground.beside(t, k)] for k in _window(step.effect)]
        made[t] = call(step.effect.id, {**params, **clock}, *window, *([] if last is None else [made[last]]))
    return {t: _shown(ground, step, t, below, made) for t in times}


def _shown(
    ground: Ground, step: Step, time: Fraction, below: Mapping[Fraction, Node], made: Mapping[Fraction, Node]
) -> Node:
    """Put the live part of a step over what was made, steadied where that is asked for."""
    around = _around(ground, step, time)
    y = made[time]
    if len(around) > 1:
        pairs = [node for t in around for node in (made[t], below[t])]
        y = call(step.effect.id + STABLE, {"amount": step.stabilise}, *pairs)
    if step.effect.finish is None:
        return y
    live = {name: step.params[name] for name in (*step.effect.live, *step.effect.both)}
    needed = () if live.get("strength") == 0 else (y,)
    return call(step.effect.id + FINISH, live, below[time], *needed)


def _made(ground: Ground, step: Step, times: Iterable[Fraction]) -> set[Fraction]:
    """Give the times at which an effect must be computed for some to be shown: neighbours and chains included."""
    found: set[Fraction] = set()
    path: list[Fraction | None] = [near for t in times for near in _around(ground, step, t)]
    while path:
        t = path.pop()
        if t is not None and t not in found:
            found.add(t)
            path.append(_link(ground, step, t))
    return found


def _around(ground: Ground, step: Step, time: Fraction) -> tuple[Fraction, ...]:
    """Give a time and those whose results steady the one there: its neighbours', where they show another picture."""
    if not step.stabilise:
        return (time,)
    sides = (ground.beside(time, -1), ground.beside(time, 1))
    return (time, *(side for side in sides if ground.at(side) != ground.at(time)))


def _link(ground: Ground, step: Step, time: Fraction) -> Fraction | None:
    """Give the time of the result that goes into the one at a time; None where the chain begins."""
    chain = step.effect.chain
    return ground.beside(time, -1) if chain and ground.number(time) % chain else None


def _onto(canvas: Size, aspect: Fraction) -> Params:
    height, width = canvas
    return {"height": height, "width": width, "aspect": float(aspect)}

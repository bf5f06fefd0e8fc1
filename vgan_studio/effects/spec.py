"""What an effect is: a description with a function.

Sliders, command line, project file, plan and cache are built from the descriptions alone.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import wraps
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from vgan_studio.effects.params import (
    Choice,
    Color,
    File,
    Font,
    Lock,
    Number,
    Numbers,
    Param,
    Points,
    Seed,
    Text,
    Times,
    Toggle,
    Weights,
    lock_of,
    parse,
)
from vgan_studio.errors import EffectError
from vgan_studio.timeline.values import Value

if TYPE_CHECKING:
    from vgan_studio.picture import Picture

__all__ = [
    "REGISTRY",
    "STABILISE",
    "Choice",
    "Color",
    "Effect",
    "File",
    "Font",
    "Number",
    "Numbers",
    "Param",
    "Points",
    "Seed",
    "Size",
    "Text",
    "Times",
    "Toggle",
    "Weights",
    "check",
    "effect",
    "find",
    "parse",
    "passing",
    "registry",
]

Size = tuple[int, int]  # height, width
Finish = TypeVar("Finish", bound="Callable[..., Picture]")
STABILISE = "stabilise"  # the parameter of heavy effects that may flicker


@dataclass(frozen=True, slots=True)
class Effect:
    """An effect: what a panel must show, what a plan must know, and the functions that make the picture.

    Attributes:
        id: "family.name", stable for ever: project files name it.
        title: for people, in English.
        params: by name, in the order of the panel.
        render: `render(*inputs, **params) -> Picture`, (B, 4, H, W) in and out, on any device, the inputs untouched.
            A generator (`inputs` 0) also gets `height` and `width`, and gives one picture on the CPU;
            one of two inputs also gets `progress`, one with `clock` gets `time` (Fraction, seconds of the source),
            a heavy one gets `engine`.
        made: `render`, but of a heavy effect it may be R'G'B' alone, (B, 3, H, W), not cut off to [0, 1], where the
            picture is opaque: no channel of ones is made, and carried, and left out.
        inputs: how many pictures of one moment it takes: 0 generates, 1 filters, 2 leads from one to the other and
            takes `progress` in [0, 1].
        window: how many pictures (before, after) of its input it takes besides the present one, in order of time.
        heavy: asks a network; its result is kept by the cache, rounded to 8 bits.  One that may flicker has a
            parameter `stabilise`, a `Number` from 0 to 1, which goes neither to `render` nor to `finish`: where it is
            above 0 the plan has the result averaged with its neighbours' along the motion of the input
            (`engine.stabilise`).
        chain: a heavy effect also takes the picture that it gave at the moment before, as its last input, if there
            is one: it begins anew, without one, at every place of the source that is a multiple of this number.
            0 for an effect that does not.
        finish: the live part of a heavy effect, `finish(x, heavy, **live_params)`: changing a parameter in `live`
            computes nothing anew.  `heavy` is None where `live` says that it is not needed (strength 0).
        through: tells of the parameters of `finish` whether it gives `heavy` as it is; then it is not even asked.
            It comes from `finish` itself, see `passing`.
        live: names of the parameters that go to `finish` and not to `render`.
        both: names of those that go to `finish` as well as to `render`.
        size: the size of the result for one of the input, where it differs.
        version: raised whenever the result changes.
        between: makes pictures between two of the source: it gets both, with those beside them, and `progress`, a
            Fraction in (0, 1).  It is planned on the source itself, see `render.between`, by its parameters `factor`
            and `strength`.
        grid: the result of a part of a picture is that part of the result if it begins at multiples of so many pixels.
        idle: names the parameters that do nothing while the others, all of which it is given, are as they are.
    """

    id: str
    title: str
    params: Mapping[str, Param]
    render: Callable[..., Picture]
    inputs: int = 1
    window: tuple[int, int] = (0, 0)
    heavy: bool = False
    chain: int = 0
    clock: bool = False
    finish: Callable[..., Picture] | None = None
    live: tuple[str, ...] = ()
    both: tuple[str, ...] = ()
    size: Callable[[Size, Mapping[str, Any]], Size] | None = None
    version: int = 1
    between: bool = False
    grid: int = 1
    through: Callable[[Mapping[str, Any]], bool] | None = None
    idle: Callable[[Mapping[str, Any]], Collection[str]] = lambda params: ()
    made: Callable[..., Picture] = field(init=False)
    kind: Literal["generator", "filter", "transition"] = field(init=False)

    def __post_init__(self) -> None:
        kinds: tuple[Literal["generator", "filter", "transition"], ...] = ("generator", "filter", "transition")
        object.__setattr__(self, "kind", kinds[self.inputs])
        object.__setattr__(self, "made", self.render)
        if self.heavy:
            object.__setattr__(self, "render", _whole(self.render))
        if (self.chain or STABILISE in self.params) and not (self.heavy and self.inputs == 1):
            raise ValueError(f"{self.id} is no heavy filter: it has no neighbours' results to lean on.")

    @property
    def sets_size(self) -> bool:
        """It wants the source's own pixels, or makes another number of them."""
        return self.heavy or self.size is not None

    def complete(self, params: Mapping[str, Value]) -> dict[str, Value]:
        """Check the parameters and fill in the defaults, in the order of `params`; locks are left out.

        Raises:
            EffectError: an unknown name, or a value that does not fit.
        """
        for name in params:
            if name not in self.params:
                known = ", ".join(self.params) or "none"
                raise EffectError(f"{self.id} has no parameter {name!r}. It has: {known}.")
        whole = {
            name: check(self.id, name, param, params[name]) if name in params else param.default
            for name, param in self.params.items()
        }
        return {name: value for name, value in whole.items() if not isinstance(self.params[name], Lock)}


REGISTRY: dict[str, Effect] = {}


def effect(
    id: str,
    title: str,
    *,
    inputs: int = 1,
    window: tuple[int, int] = (0, 0),
    heavy: bool = False,
    chain: int = 0,
    clock: bool = False,
    finish: Callable[..., Picture] | None = None,
    live: tuple[str, ...] = (),
    both: tuple[str, ...] = (),
    size: Callable[[Size, Mapping[str, Any]], Size] | None = None,
    version: int = 1,
    between: bool = False,
    grid: int = 1,
    idle: Callable[[Mapping[str, Any]], Collection[str]] = lambda params: (),
    **params: Param,
) -> Callable[[Callable[..., Picture]], Callable[..., Picture]]:
    """Register a function as an effect; the keyword arguments that are no fields of `Effect` are its parameters.

    To let a heavy effect be stabilised, give it the parameter `stabilise=Number(0.0, 0.0, 1.0)`, and nothing else.
    Every `Seed` gets its `Lock` here.
    """

    through = getattr(finish, "through", None)
    if heavy and finish is not None and not between and "strength" in (*live, *both):
        from vgan_studio.effects.mask import with_mask  # it brings torch along

        params, finish, live, through = with_mask(params, finish, live, through)

    locks = {lock_of(name): Lock() for name, param in params.items() if isinstance(param, Seed)}
    params = {**params, **locks}

    def register(render: Callable[..., Picture]) -> Callable[..., Picture]:
        if id in REGISTRY:
            raise ValueError(f"Two effects are called {id}.")
        REGISTRY[id] = Effect(
            id, title, params, render, inputs, window, heavy, chain, clock, finish, live, both, size, version, between,
            grid, through, idle,
        )  # fmt: skip
        return REGISTRY[id].render

    return register


def passing(through: Callable[[Mapping[str, Any]], bool]) -> Callable[[Finish], Finish]:
    """Say of a `finish` for which parameters it gives the network's picture as it is, see `Effect.through`."""

    def told(finish: Finish) -> Finish:
        finish.through = through  # type: ignore[attr-defined]
        return finish

    return told


def _whole(made: Callable[..., Picture]) -> Callable[..., Picture]:
    """Have a heavy effect give whole pictures."""

    @wraps(made)
    def render(*given: Any, **params: Any) -> Picture:
        from vgan_studio.picture import whole  # it brings torch along

        return whole(made(*given, **params))

    return render


def registry() -> dict[str, Effect]:
    """Give all effects by id."""
    import_module("vgan_studio.effects.families")  # they import this module, so it cannot name them at its top
    return REGISTRY


def find(id: str) -> Effect:
    """Give the effect of an id.

    Raises:
        EffectError: there is none; the sentence names the nearest.
    """
    if id not in registry():
        near = get_close_matches(id, REGISTRY, n=1)
        hint = f" Did you mean {near[0]}?" if near else " `vgan effects` lists them."
        raise EffectError(f"There is no effect {id!r}.{hint}")
    return REGISTRY[id]


def check(id: str, name: str, param: Param, value: Value) -> Value:
    """Give the value in the parameter's own type, or say why it does not fit.

    Raises:
        EffectError: it does not fit; the sentence names the effect, the parameter and what is allowed.
    """
    if not param.fits(value):
        shown = repr(value) if len(repr(value)) <= 60 else repr(value)[:57] + "..."
        raise EffectError(f"{id}: {name} must be {param.wants}, not {shown}.")
    return param.take(value)

"""Recipes of the networks that make films of drawings."""

from .recipe import Recipe

_NETWORK = {"width": 32, "fine": 2, "middle": 2, "coarse": 4, "fold": 2}
_LIMITS = (
    "It knows the films of its domain: what is not in them is coloured by guess. Faces and letters do not come out. "
    "Every eighth picture begins anew, which can be seen as a small step where much was guessed."
)


def _pair(name: str, lesson: str, condition: int, seed: int, about: str) -> tuple[Recipe, Recipe]:
    network = {"condition": condition, **_NETWORK}
    base = Recipe(
        f"{name}-base", "translate-base", "translate", network, lesson=lesson, scale=1, batch=4, side=96, rate=1e-3,
        clip=0.5, memory=0.995, seed=seed, steps=1_000,
        about=f"{about} As near to the film as it can; `{name}` starts from it.", limits=_LIMITS,
    )  # fmt: skip
    crisp = Recipe(
        name, "translate", "translate", network, lesson=lesson, base=f"{name}-base", scale=1, batch=2, side=96,
        rate=2e-4, clip=0.5, adversarial=0.7, matching=10, memory=0.99, seed=seed + 1, steps=350,
        about=about, limits=_LIMITS,
    )  # fmt: skip
    return base, crisp


RECIPES = (
    *_pair("translate-cartoon", "translate-cartoon", 0, 21, "Makes a cartoon, in colours, of lines."),
    *_pair("translate-outdoors", "translate-outdoors", 1, 23, "Makes a film of the outdoors of flat colours."),
)

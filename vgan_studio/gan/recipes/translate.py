"""Recipes of the networks that make films of drawings."""

from .recipe import Recipe

_NETWORK = {"width": 32, "fine": 2, "middle": 2, "coarse": 4, "fold": 2}
_LIMITS = (
    "It knows the films of its domain: what is not in them is coloured by guess. Faces and letters do not come out. "
    "Every eighth picture begins anew, which can be seen as a small step where much was guessed."
)


def _pair(name: str, condition: int, seed: int, about: str) -> tuple[Recipe, Recipe]:
    """Give a recipe, and one that goes on from it against a discriminator, which wants more steps than it has had."""
    network = {"condition": condition, **_NETWORK}
    near = Recipe(
        name, "translate", "translate", network, base="denoise", lesson=name, scale=1, batch=4, side=96, rate=1e-3,
        clip=0.5, memory=0.995, seed=seed, steps=3_500, about=about, limits=_LIMITS,
    )  # fmt: skip
    crisp = Recipe(
        f"{name}-crisp", "translate-crisp", "translate", network, base=name, lesson=name, scale=1, batch=2, side=96,
        rate=2e-4, clip=0.5, adversarial=0.7, matching=10, memory=0.99, seed=seed + 1, steps=2_000,
        about=f"{about} It makes up texture.", limits=_LIMITS,
    )  # fmt: skip
    return near, crisp


RECIPES = (
    *_pair("translate-cartoon", 2, 21, "Makes a cartoon of flat colours with lines over them."),
    *_pair("translate-outdoors", 1, 23, "Makes a film of the outdoors of flat colours."),
)

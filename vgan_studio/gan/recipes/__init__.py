"""One frozen recipe per shipped model: with its data and a budget, it is the command that made it.

vgan train NAME --data DIR... -o DIR --steps N
"""

from vgan_studio.errors import ModelError

from . import deblur, denoise, features, interpolate, stylize, translate, upscale
from .recipe import Recipe

__all__ = ["RECIPES", "Recipe", "find_recipe"]

_FAMILIES = (upscale, denoise, deblur, interpolate, stylize, translate, features)

RECIPES: dict[str, Recipe] = {recipe.name: recipe for family in _FAMILIES for recipe in family.RECIPES}


def find_recipe(name: str) -> Recipe:
    """Give the recipe of a name.

    Raises:
        ModelError: there is none; the sentence names those there are.
    """
    if name not in RECIPES:
        raise ModelError(f"There is no recipe {name!r}. There are: {', '.join(RECIPES)}.")
    return RECIPES[name]

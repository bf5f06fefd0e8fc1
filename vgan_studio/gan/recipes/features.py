"""Recipes of the networks that see."""

from .recipe import Recipe

RECIPES = (
    Recipe(
        "features", "features", "features", {"width": 48}, scale=1, batch=32, side=64, seed=4, steps=6_000,
        about="Sees how different two pictures look; others are trained with it.",
        limits="It knows about a hundred and thirty files. Its distances are not those of LPIPS.",
    ),
    Recipe(
        "features-measure", "features-measure", "features", {"width": 48}, scale=1, batch=32, side=64, seed=5,
        steps=6_000,
        about="Sees how different two pictures look; nothing is trained with it, so that it can judge.",
        limits="It knows about eighty files. Its distances are not those of LPIPS.",
    ),
)  # fmt: skip

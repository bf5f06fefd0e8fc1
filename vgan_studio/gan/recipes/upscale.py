"""Recipes of the networks that enlarge."""

from .recipe import Recipe

_LIMITS = (
    "Pictures that are noisy, out of focus or coded at a low rate stay so: it was shown light traces of these only."
)

RECIPES = (
    Recipe(
        "upscale-x2", "upscale", "compact", {"width": 32, "depth": 8, "scale": 2},
        about="Enlarges pictures twofold, as near to the truth as it can.",
        limits=_LIMITS,
    ),
    Recipe(
        "upscale-x2-crisp", "upscale-crisp", "compact", {"width": 32, "depth": 8, "scale": 2},
        lesson="upscale", base="upscale-x2", rate=2e-4, adversarial=0.75, matching=30, memory=0.99, seed=2,
        batch=8, steps=1_500,
        about="Enlarges pictures twofold and makes up fine texture; a little less near to the truth.",
        limits="It may invent texture that was not there. " + _LIMITS,
    ),
    Recipe(
        "upscale-x2-fine", "upscale-fine", "compact", {"width": 48, "depth": 8, "scale": 2},
        lesson="upscale", seed=7, steps=20_000,
        about="Enlarges pictures twofold, as near to the truth as it can; twice the work of the fast one.",
        limits=_LIMITS,
    ),
)  # fmt: skip

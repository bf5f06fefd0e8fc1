"""Recipes of the networks that enlarge."""

from collections.abc import Mapping

from .recipe import Recipe

_LIMITS = (
    "Pictures that are noisy, out of focus or coded at a low rate stay so: it was shown light traces of these only."
)
_INVENTS = "It may invent texture that was not there. " + _LIMITS


def _network(width: int, scale: int) -> Mapping[str, int]:
    return {"width": width, "depth": 8, "scale": scale}


RECIPES = (
    Recipe(
        "upscale-x2", "upscale", "compact", _network(32, 2), widened=True, seed=22, steps=40_000,
        about="Enlarges pictures twofold, as near to the truth as it can.",
        limits=_LIMITS,
    ),
    Recipe(
        "upscale-x2-crisp", "upscale-crisp", "compact", _network(32, 2),
        lesson="upscale", base="upscale-x2", rate=2e-4, adversarial=0.7, matching=30, memory=0.99, seed=2,
        batch=8, steps=1_500,
        about="Enlarges pictures twofold and makes up fine texture; a little less near to the truth.",
        limits=_INVENTS,
    ),
    Recipe(
        "upscale-x2-fine", "upscale", "compact", _network(48, 2), widened=True, seed=23, steps=25_000,
        about="Enlarges pictures twofold, as near to the truth as it can; twice the work of the fast one.",
        limits=_LIMITS,
    ),
    Recipe(
        "upscale-x2-fine-crisp", "upscale-crisp", "compact", _network(48, 2),
        lesson="upscale", base="upscale-x2-fine", rate=2e-4, adversarial=0.75, matching=30, memory=0.99, seed=8,
        batch=4, steps=500,
        about="Enlarges pictures twofold and makes up fine texture; twice the work of the fast one.",
        limits=_INVENTS,
    ),
    Recipe(
        "upscale-x4", "upscale", "compact", _network(32, 4),
        base="upscale-x2", scale=4, side=32, seed=9, steps=12_000,
        about="Enlarges pictures fourfold, as near to the truth as it can.",
        limits=_LIMITS,
    ),
    Recipe(
        "upscale-x4-crisp", "upscale-crisp", "compact", _network(32, 4),
        lesson="upscale", base="upscale-x4", scale=4, side=24, rate=2e-4, adversarial=0.55, matching=30, memory=0.99,
        seed=10, batch=4, steps=500,
        about="Enlarges pictures fourfold and makes up fine texture.",
        limits=_INVENTS,
    ),
    Recipe(
        "upscale-x4-fine", "upscale", "compact", _network(48, 4),
        base="upscale-x2-fine", scale=4, side=32, seed=11, steps=3_500,
        about="Enlarges pictures fourfold, as near to the truth as it can; three times the work of the fast one.",
        limits=_LIMITS,
    ),
    Recipe(
        "upscale-x4-fine-crisp", "upscale-crisp", "compact", _network(48, 4),
        lesson="upscale", base="upscale-x4-fine", scale=4, side=24, rate=2e-4, adversarial=0.55, matching=30,
        memory=0.99, seed=12, batch=4, steps=500,
        about="Enlarges pictures fourfold and makes up fine texture; three times the work of the fast one.",
        limits=_INVENTS,
    ),
)  # fmt: skip

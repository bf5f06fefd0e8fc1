"""Recipes of the networks that make pictures between others."""

from .recipe import Recipe

_NETWORK = {"width": 24, "fine": 1, "middle": 1, "coarse": 2}
_LIMITS = (
    "What moves by more than about a tenth of the picture, turns quickly or is seen in only one of the two pictures "
    "is blurred or torn. What shakes is taken to move evenly from one picture to the next."
)

RECIPES = (
    Recipe(
        "interpolate-base", "interpolate-base", "tween", _NETWORK, lesson="interpolate", scale=1, batch=6, side=144,
        rate=2e-4, clip=0.5, seed=11, steps=8_000,
        about="Makes the picture at any time between two others, as near to the truth as it can; `interpolate` starts"
        " from it.",
        limits=_LIMITS,
    ),
    Recipe(
        "interpolate", "interpolate", "tween", _NETWORK, base="interpolate-base", scale=1, batch=6, side=144,
        rate=3e-5, clip=0.5, adversarial=0.08, matching=30, memory=0.99, seed=12, steps=200,
        about="Makes the picture at any time between two others.",
        limits=_LIMITS,
    ),
)  # fmt: skip

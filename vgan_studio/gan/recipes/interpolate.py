"""Recipes of the networks that make pictures between others."""

from .recipe import Recipe

_NETWORK = {"width": 32, "fine": 1, "middle": 2, "coarse": 3}
_LIMITS = (
    "What moves by more than about a tenth of the picture, turns quickly or is seen in only one of the two pictures "
    "is blurred or torn. Motion is taken to be even between two pictures."
)

RECIPES = (
    Recipe(
        "interpolate-base", "interpolate-base", "tween", _NETWORK, lesson="interpolate", scale=1, batch=8, side=144,
        rate=6e-4, clip=0.5, seed=11, steps=6_000,
        about="Makes the picture at any time between two others, as near to the truth as it can; `interpolate` starts"
        " from it.",
        limits=_LIMITS,
    ),
    Recipe(
        "interpolate", "interpolate", "tween", _NETWORK, base="interpolate-base", scale=1, batch=8, side=144,
        rate=1.5e-4, clip=0.5, adversarial=0.2, matching=30, memory=0.99, seed=12, steps=1_000,
        about="Makes the picture at any time between two others.",
        limits=_LIMITS,
    ),
)  # fmt: skip

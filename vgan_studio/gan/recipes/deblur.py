"""Recipes of the networks that make blurred and coded films sharp."""

from .recipe import Recipe

_NETWORK = {"inputs": 9, "width": 32, "fine": 2, "middle": 2, "coarse": 4, "fold": 2}
_LIMITS = "Smears longer than some 20 pixels stay smears, and what H.264 has thrown away at rate factor 40 is gone."

RECIPES = (
    Recipe(
        "deblur", "deblur", "unet", _NETWORK, base="denoise", scale=1, batch=8, side=96, rate=5e-4, clip=0.2,
        seed=8, steps=20_000,
        about="Makes films sharp that are blurred by motion or out of focus, or coded at a low rate.",
        limits=_LIMITS,
    ),
    Recipe(
        "deblur-crisp", "deblur-crisp", "unet", _NETWORK, lesson="deblur", base="deblur", scale=1, batch=8, side=96,
        rate=1e-4, clip=0.2, adversarial=0.75, matching=30, memory=0.99, seed=9, steps=2_500,
        about="Makes films sharp and makes up fine texture; a little less near to the truth.",
        limits="It may invent texture that was not there. " + _LIMITS,
    ),
)  # fmt: skip

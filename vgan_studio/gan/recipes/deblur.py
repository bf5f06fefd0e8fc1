"""Recipes of the networks that make blurred films sharp, and take the traces of codecs away."""

from .recipe import Recipe

_NETWORK = {"inputs": 12, "width": 32, "fine": 2, "middle": 2, "coarse": 4, "fold": 2}
_CODED = _NETWORK | {"inputs": 9}  # a codec's traces do not follow motion
_LIMITS = "Smears longer than some 20 pixels stay smears."

RECIPES = (
    Recipe(
        "deblur", "deblur", "unet", _NETWORK, base="denoise", scale=1, batch=8, side=112, rate=8e-4, clip=1.0,
        seed=43, steps=45_000,
        about="Makes films sharp that are blurred by motion or out of focus.",
        limits=_LIMITS,
    ),
    Recipe(
        "deblock", "deblur", "unet", _CODED, lesson="deblock", base="denoise", scale=1, batch=16, side=64,
        rate=6e-4, clip=1.0, seed=10, steps=12_000,
        about="Takes away what H.264 leaves at low rates: blocks, rings around edges, crawling.",
        limits="Texture that the codec has thrown away does not come back.",
    ),
    Recipe(
        "deblur-crisp", "deblur-crisp", "unet", _NETWORK, lesson="deblur", base="deblur", scale=1, batch=8, side=64,
        rate=1e-4, clip=0.5, adversarial=0.75, matching=30, memory=0.99, seed=9, steps=2_500,
        about="Makes films sharp and makes up fine texture; a little less near to the truth.",
        limits="It may invent texture that was not there. " + _LIMITS,
    ),
)  # fmt: skip

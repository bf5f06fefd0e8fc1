"""Recipes of the networks that take noise away."""

from .recipe import Recipe

_NETWORK = {"inputs": 10, "width": 32, "fine": 2, "middle": 2, "coarse": 4, "fold": 2}

RECIPES = (
    Recipe(
        "denoise", "denoise", "unet", _NETWORK, scale=1, batch=8, side=112, rate=5e-4, clip=0.2, seed=12,
        steps=28_000,
        about="Takes noise out of films and pictures; it was never shown a clean one.",
        limits="Very fine, faint texture goes with the noise. Traces of codecs are no noise to it.",
    ),
    Recipe(
        "denoise-clip", "denoise", "unet", _NETWORK, lesson="clip", base="denoise", scale=1, batch=8, side=64,
        rate=1e-4, clip=0.2, memory=0.99, seed=6, steps=400,
        about="Takes the noise of one film out of it; it learnt from that film alone, of no clean picture.",
        limits="It is for that film, or for others from the same camera in the same light.",
    ),
)  # fmt: skip

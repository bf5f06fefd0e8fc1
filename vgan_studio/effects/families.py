"""All families of effects.  Importing them fills the registry, and takes torch."""

from vgan_studio.effects import color, core, curves, denoise, enhance, filter, geometry, interpolate, lut, title  # noqa: A004

__all__ = [
    "color",
    "core",
    "curves",
    "denoise",
    "enhance",
    "filter",
    "geometry",
    "interpolate",
    "lut",
    "title",
]

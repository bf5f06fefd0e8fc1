"""All families of effects.  Importing them fills the registry, and takes torch."""

from vgan_studio.effects import (
    color,
    core,
    curves,
    deblur,
    denoise,
    enhance,
    filter,  # noqa: A004
    geometry,
    interpolate,
    lut,
    stylize,
    title,
    translate,
)

__all__ = [
    "color",
    "core",
    "curves",
    "deblur",
    "denoise",
    "enhance",
    "filter",
    "geometry",
    "interpolate",
    "lut",
    "stylize",
    "title",
    "translate",
]

"""All families of effects that are offered.  Importing them fills the registry, and takes torch.

`stylize` is not among them until weights are shipped for it.
"""

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
    "title",
    "translate",
]

"""All families of effects.  Importing them fills the registry, and takes torch."""

from vgan_studio.effects import color, core, curves, enhance, filter, geometry, lut, title  # noqa: A004

__all__ = ["color", "core", "curves", "enhance", "filter", "geometry", "lut", "title"]

"""The effects: descriptions with their torch functions.  Importing the package fills the registry."""

from vgan_studio.effects import color as color
from vgan_studio.effects import core as core
from vgan_studio.effects import curves as curves
from vgan_studio.effects import denoise as denoise
from vgan_studio.effects import enhance as enhance
from vgan_studio.effects import filter as filter  # noqa: A004
from vgan_studio.effects import geometry as geometry
from vgan_studio.effects import lut as lut
from vgan_studio.effects import title as title

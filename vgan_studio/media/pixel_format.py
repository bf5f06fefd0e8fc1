"""What FFmpeg's pixel formats can hold, and which of a row of them to write."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import av

Chroma = Literal["gray", "420", "422", "444", "rgb"]

_RANK: dict[Chroma, int] = {"gray": 0, "420": 1, "422": 2, "444": 3, "rgb": 4}


@dataclass(frozen=True, slots=True)
class Holds:
    """What a pixel format holds: bits per channel, transparency, and how colour is sampled."""

    depth: int
    alpha: bool
    chroma: Chroma


@lru_cache(maxsize=256)
def holds(name: str) -> Holds:
    """Describe a pixel format by FFmpeg's name."""
    form = av.VideoFormat(name, 16, 16)
    alpha = any(part.is_alpha for part in form.components) or form.has_palette
    depth = max(part.bits for part in form.components)
    return Holds(depth, alpha, _chroma(form))


def choose_format(formats: tuple[str, ...], wanted: Holds) -> str:
    """Give the format that loses least of what is wanted, and among those the smallest."""

    def cost(name: str) -> tuple[int, ...]:
        there = holds(name)
        chroma = _RANK[there.chroma] - _RANK[wanted.chroma]
        depth = there.depth - wanted.depth
        return (
            wanted.alpha > there.alpha,
            max(-chroma, 0),
            max(-depth, 0),
            there.alpha > wanted.alpha,
            max(chroma, 0),
            max(depth, 0),
            formats.index(name),
        )

    return min(formats, key=cost)


def _chroma(form: av.VideoFormat) -> Chroma:
    if form.is_rgb or form.has_palette:
        return "rgb"
    if len(form.components) < 3:
        return "gray"
    wide, high = form.chroma_width(16), form.chroma_height(16)
    if high < 16:
        return "420"
    return "444" if wide == 16 else "422"

"""The colours of a GIF: up to 256 of its own for each picture."""

from fractions import Fraction
from typing import Any

import av
from av import VideoFrame
from av.filter import Graph

from .codecs import between


class Palette:
    """Turns bgra frames into pal8 frames, each with its best colours; owned by one thread.

    Every picture has its own palette, so that memory does not grow with the film.

    Args:
        quality: 0 (16 colours) to 100 (256).
    """

    def __init__(self, width: int, height: int, time_base: Fraction, quality: int) -> None:
        colours = between(16, 256, quality)
        self._graph = graph = Graph()
        source = graph.add_buffer(width=width, height=height, format=av.VideoFormat("bgra"), time_base=time_base)
        split = graph.add("split")
        choose = graph.add("palettegen", f"stats_mode=single:max_colors={colours}:reserve_transparent=1")
        use = graph.add("paletteuse", "new=1:dither=sierra2_4a")
        sink = graph.add("buffersink")
        source.link_to(split)
        split.link_to(choose, 0, 0)
        split.link_to(use, 1, 0)
        choose.link_to(use, 0, 1)
        use.link_to(sink)
        graph.configure()

    def frames(self, frame: VideoFrame | None) -> list[VideoFrame]:
        """Convert a frame; what the filter has ready comes out."""
        graph: Any = self._graph
        graph.push(frame)
        ready: list[VideoFrame] = []
        while True:
            try:
                ready.append(graph.pull())
            except (BlockingIOError, EOFError):
                return ready

    def flush(self) -> list[VideoFrame]:
        """Give what the filter still holds."""
        return self.frames(None)

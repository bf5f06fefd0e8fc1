"""Pictures out of proxies, for the preview alone: expressions, keys and exports know nothing of them."""

from collections import OrderedDict
from fractions import Fraction
from pathlib import Path
from typing import Protocol

from vgan_studio.errors import MediaError
from vgan_studio.media.proxy import proxy_size
from vgan_studio.media.raw import Pixels
from vgan_studio.media.reader import VideoReader
from vgan_studio.timeline.values import Media

from .node import Decode

_READERS = 6
_SLACK_S = Fraction(1, 4)  # by which the lengths of a film and of its proxy may differ


class Copies(Protocol):
    """Who knows which media have a proxy that shall be looked at; asked by any thread."""

    def path_of(self, media: Media) -> Path | None:
        """Give the proxy of a medium; None if the original shall be shown."""

    def spoilt(self, media: Media) -> None:
        """Take note that the proxy of a medium is missing or damaged."""


class ProxyDecoder:
    """Gives pictures in the size of their proxies; owned by one thread."""

    def __init__(self, copies: Copies) -> None:
        self._copies = copies
        self._open: OrderedDict[Path, VideoReader] = OrderedDict()

    def pixels(self, node: Decode) -> Pixels | None:
        """Give the small picture of a medium at a time, (H, W, 3) uint8; None if the original shall be shown.

        A proxy that is not what it should be is told of, and not asked again.
        """
        path = self._copies.path_of(node.media)
        if path is None:
            return None
        try:
            reader = self._reader(path, node.media)
            pixels = reader.at(node.time).pixels(fast=True)
            if not reader.notices:
                return pixels
        except MediaError:
            pass
        self._drop(path)
        self._copies.spoilt(node.media)
        return None

    def close(self) -> None:
        """Close the files."""
        while self._open:
            self._open.popitem()[1].close()

    def _reader(self, path: Path, media: Media) -> VideoReader:
        if path not in self._open:
            check_proxy(path, media)
            self._open[path] = VideoReader(path, threads=1)
            while len(self._open) > _READERS:
                self._open.popitem(last=False)[1].close()
        self._open.move_to_end(path)
        return self._open[path]

    def _drop(self, path: Path) -> None:
        reader = self._open.pop(path, None)
        if reader is not None:
            reader.close()


def check_proxy(path: Path, media: Media) -> None:
    """Check that a file can be the proxy of a medium: its size, and its length to the last picture.

    Raises:
        MediaError: it cannot.
    """
    from vgan_studio.media.probe import probe

    found = probe(path)
    sizes = (found.width, found.height) == proxy_size(media.width, media.height)
    if not sizes or abs(found.duration - media.duration) > _SLACK_S or found.notices:
        raise MediaError(f"{path.name} is not the proxy of {Path(media.path).name}.")

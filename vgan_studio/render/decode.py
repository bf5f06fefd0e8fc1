"""Pictures out of files: a few readers kept open, each near the place where it is asked."""

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Self

from vgan_studio.errors import MediaError
from vgan_studio.media.fingerprint import fingerprint
from vgan_studio.media.raw import Pixels, RawPicture
from vgan_studio.media.reader import VideoReader
from vgan_studio.timeline.values import Media

from .node import Decode
from .shelf import Shelf

_NEAR_S = 2  # a reader this far away is asked to seek rather than another one opened
_PER_FILE = 3


@dataclass(slots=True)
class _Open:
    reader: VideoReader
    media: Media
    time: Fraction
    state: tuple[int, int] | None


class Decoder:
    """Gives the pictures of `Decode` nodes; owned by one thread.

    Args:
        most: readers kept open; the one least recently used is closed first.
        threads: of each reader's codec; 0: as many as it likes.
        memory_bytes: for the pixels of pictures used last, so that windows share their neighbours.

    Attributes:
        decoded: how many pictures were asked of readers.
        notices: sentences of all readers so far, each once: what was concealed, tone-mapped, deinterlaced.
        spoilt: names of files that gave a mended picture, or another one; to be cleared by who asks.
    """

    def __init__(self, most: int = 8, threads: int = 0, memory_bytes: int = 256 << 20) -> None:
        self.decoded = 0
        self.notices: dict[str, None] = {}
        self.spoilt: dict[str, None] = {}
        self._most, self._threads = most, threads
        self._open: list[_Open] = []  # the one used last is the last
        self._pixels: Shelf[Pixels] = Shelf(memory_bytes)

    def picture(self, node: Decode) -> RawPicture:
        """Decode a picture.

        Raises:
            MediaError: the file is missing, is not what it was when it was taken in, or cannot be decoded.
        """
        return self._decode(node)[0]

    def pixels(self, node: Decode) -> Pixels:
        """Decode a picture and convert it: (H, W, 3 or 4), uint8 or uint16; do not write into it.

        Raises:
            MediaError: as for `picture`.
        """
        found = self._pixels.get(node)
        if found is None:
            picture, spoilt = self._decode(node)
            found = picture.pixels()
            if not spoilt:  # that is told anew each time
                self._pixels.put(node, found, found.nbytes)
        return found

    def close(self) -> None:
        """Close all readers."""
        self._pixels.clear()
        while self._open:
            self._open.pop().reader.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _decode(self, node: Decode) -> tuple[RawPicture, bool]:
        """Give a picture, and whether it is mended or another one."""
        near = self._near(node)
        self._open.remove(near)
        self._open.append(near)
        picture = near.reader.at(node.time)
        near.time = node.time
        self.decoded += 1
        name = Path(node.media.path).name
        self.notices.update(dict.fromkeys(f"{name}: {notice}" for notice in near.reader.notices))
        if near.reader.spoilt:
            self.spoilt[name] = None
        return picture, near.reader.spoilt

    def _near(self, node: Decode) -> _Open:
        self._leave_changed(node.media)
        same = [one for one in self._open if one.media == node.media]
        nearest = min(same, key=lambda one: abs(one.time - node.time), default=None)
        if nearest and (len(same) == _PER_FILE or abs(nearest.time - node.time) <= _NEAR_S):
            return nearest
        if len(self._open) >= self._most:
            self._open.pop(0).reader.close()
        state = file_state(node.media)  # before the file is looked at: what changes meanwhile is seen the next time
        opened = _Open(_reader(node.media, self._threads), node.media, node.time, state)
        self._open.append(opened)
        return opened

    def _leave_changed(self, media: Media) -> None:
        """Close the readers of a file that was written to since they were opened: it may be another one now."""
        state = file_state(media)
        for one in [one for one in self._open if one.media == media and state not in (None, one.state)]:
            self._open.remove(one)
            one.reader.close()


def check_file(media: Media) -> None:
    """Check that a media's file is still the one that was taken in.

    Raises:
        MediaError: it is missing, cannot be read, or is another one.
    """
    if fingerprint(media.path) != media.fingerprint:
        raise MediaError(f"{Path(media.path).name} is not the file it was when it was taken in; relink it.")


def file_state(media: Media) -> tuple[int, int] | None:
    """Give what changes when a file is written to; None if it has gone: a reader that is open still reads it."""
    try:
        found = Path(media.path).stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns


def _reader(media: Media, threads: int) -> VideoReader:
    check_file(media)
    return VideoReader(media.path, threads=threads)

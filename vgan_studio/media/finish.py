"""From a decoded frame to a `RawPicture`: upright, of one size, with its colour said."""

from collections.abc import Callable

from av import VideoFrame
from av.video.reformatter import VideoReformatter

from .colour import colour_of, depth_of, has_alpha
from .orient import Orientation, orientation_of, upright
from .raw import RawPicture, is_wide


class Finish:
    """Makes all pictures of one file alike.  Belongs to one thread."""

    def __init__(
        self, first: VideoFrame, codec: str, notice: Callable[[str], None], orientation: Orientation | None = None
    ) -> None:
        """Look at the first picture of a file.

        Args:
            first: as it was decoded; later ones get its size and orientation.
            codec: name of the decoder.
            notice: called with a sentence for what is worse than it could be.
            orientation: where it is known better than from the picture.
        """
        self.orientation: Orientation = orientation or orientation_of(first, codec)
        self._size = (first.width, first.height)
        self._codec = codec
        self._notice = notice
        self._last: tuple[VideoFrame, RawPicture] | None = None
        self._tell(first)

    def __call__(self, frame: VideoFrame) -> RawPicture:
        """Finish one picture."""
        if self._last is None or self._last[0] is not frame:
            self._last = (frame, self._finished(frame))
        return self._last[1]

    def _finished(self, frame: VideoFrame) -> RawPicture:
        colour = colour_of(frame, self._codec)
        depth, alpha = depth_of(frame), has_alpha(frame, self._codec)
        if (frame.width, frame.height) != self._size:
            self._notice("The size of the pictures changes; all are scaled to the first")
            width, height = self._size
            frame = VideoReformatter().reformat(frame, width=width, height=height, interpolation="BICUBIC")
        return RawPicture(upright(frame, self.orientation), colour, depth, alpha)

    def _tell(self, first: VideoFrame) -> None:
        colour = colour_of(first, self._codec)
        if colour.hdr:
            self._notice(f"High dynamic range ({colour.hdr}) is tone-mapped to SDR with the curve of ITU-R BT.2390")
        elif is_wide(colour):
            self._notice(f"Wide gamut ({colour.primaries}) is turned to BT.709; what lies outside is cut off")

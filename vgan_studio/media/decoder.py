"""One stream's decoder: damage becomes a note, never an error."""

import logging
from collections.abc import Callable
from typing import cast

import av
from av import VideoFrame
from av.video.codeccontext import VideoCodecContext
from av.video.stream import VideoStream

from ..errors import MediaError
from .open import MAX_PIXELS, VideoPacket

log = logging.getLogger(__name__)

_ALPHA_DECODERS = {"vp8": "libvpx", "vp9": "libvpx-vp9"}  # FFmpeg's own ones leave the alpha layer out


class Decoder:
    """Packets in, pictures out.  Belongs to one thread."""

    def __init__(
        self,
        stream: VideoStream,
        threads: int,
        damaged: Callable[[VideoPacket | VideoFrame], None],
        *,
        strict: bool = False,
    ) -> None:
        """Open the decoder of a stream.

        Args:
            stream: whose packets will come.
            threads: 0 for one per processor.
            damaged: called with each packet that cannot be decoded, and each picture that had to be mended.
            strict: give no picture rather than a mended one.

        Raises:
            MediaError: there is no decoder for it, or its pictures are too large.
        """
        self._context = _context(stream)
        self._context.options = {"max_pixels": str(MAX_PIXELS), **({"err_detect": "explode"} if strict else {})}
        self._context.thread_count = threads
        self._context.thread_type = "AUTO"
        self._damaged = damaged
        self._depth = 0
        self._used = False
        try:
            self._context.open(strict=False)
        except (av.FFmpegError, ValueError) as error:
            raise MediaError(f"Cannot decode {self.name}: {error}.") from error

    @property
    def name(self) -> str:
        """FFmpeg's name of the decoder."""
        return str(self._context.codec.name)

    def decode(self, packet: VideoPacket | None, *, skippable: bool = False) -> list[VideoFrame]:
        """Decode a packet, or with None hand out all pictures that are still inside.

        Args:
            packet: the next in decoding order.
            skippable: its picture need not be made if no other refers to it.
        """
        self._used = True
        self._context.skip_frame = "NONREF" if skippable else "DEFAULT"
        try:
            frames: list[VideoFrame] = self._context.decode(packet)
        except (av.FFmpegError, ValueError) as error:
            log.debug("Packet at %s cannot be decoded: %s", packet and packet.pts, error)
            if packet is not None:
                self._damaged(packet)
            return []
        for frame in frames:
            if frame.is_corrupt:
                self._damaged(frame)
        self._depth = max(self._depth, self._context.reorder_depth)
        return frames

    def reset(self) -> None:
        """Forget everything: the next packet comes from elsewhere."""
        if not self._used:
            return
        self._context.flush_buffers()
        self._context.reorder_depth = self._depth  # else the first pictures after a jump may come in a wrong order
        self._used = False


def _context(stream: VideoStream) -> VideoCodecContext:
    own: VideoCodecContext | None = stream.codec_context
    if own is None:
        raise MediaError("Cannot decode the pictures: FFmpeg has no decoder for them.")
    better = _ALPHA_DECODERS.get(own.name)
    if better is None or stream.metadata.get("alpha_mode", stream.metadata.get("ALPHA_MODE")) != "1":
        return own
    context = cast(VideoCodecContext, VideoCodecContext.create(better, "r"))
    if own.extradata:
        context.extradata = own.extradata
    return context

"""Where a reader stands in a file: the packets of one stream, in decoding order."""

import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import av
from av import VideoFrame
from av.container import InputContainer
from av.stream import Discard
from av.video.stream import VideoStream

from ..errors import MediaError
from .open import VideoPacket, open_media, picture_stream

log = logging.getLogger(__name__)

_GROUP_BYTES = 1 << 28
_VP8 = {"vp8", "libvpx"}
_VP9 = {"vp9", "libvpx-vp9"}
_PACKED = {"mpeg", "mpegvideo", "vob"}
_STEPS_BACK_S = (0, 1, 4, 16, 64)


@dataclass(frozen=True, slots=True)
class Group:
    """Packets from a key picture on, up to those that come after the one that is wanted.

    Attributes:
        packets: in decoding order; the first is a key picture.
        target: time stamp of the picture that is wanted; None if the packets do not tell.
        after: time stamp of the next picture, if it is known.
        ended: no picture comes after these packets.
    """

    packets: tuple[VideoPacket, ...]
    target: int | None
    after: int | None
    ended: bool = False

    @property
    def key(self) -> int | None:
        """Time stamp by which to tell groups apart."""
        return stamp(self.packets[0]) if self.packets else None


class Packets:
    """A place in a file.  Belongs to one thread."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        """Open a file at its start.

        Raises:
            MediaError: it cannot be opened, or shows no pictures.
        """
        self._path = path
        self.broken = False
        self._open()

    def _open(self) -> None:
        self.container: InputContainer = open_media(self._path)
        stream = picture_stream(self.container)
        if stream is None:
            self.container.close()
            raise MediaError(f"{Path(self._path).name} shows no pictures.")
        self.stream: VideoStream = stream
        for other in self.container.streams:
            if other.index != stream.index:
                other.discard = Discard.all
        self._demux: Iterator[VideoPacket] = self.container.demux(stream)
        self._first_place: int | None = None

    @property
    def codec(self) -> str:
        """FFmpeg's name of the decoder that is used if no other is wanted."""
        return self.stream.codec_context.name if self.stream.codec_context else ""

    @property
    def time_base(self) -> Fraction:
        """Seconds of one unit of the time stamps."""
        return Fraction(self.stream.time_base or Fraction(1, 1000))

    def next(self) -> VideoPacket | None:
        """Read one packet; None at the end, or where the file cannot be read any further."""
        try:
            while (packet := next(self._demux, None)) is not None:
                if packet.size:  # an empty one is a repeated picture (AVI) or the end
                    self._first_place = packet.pos if self._first_place is None else self._first_place
                    return packet
        except av.FFmpegError as error:
            log.debug("Reading stops: %s", error)
            self.broken = True
        return None

    def rewind(self) -> None:
        """Go back to the start of the file.  The decoder is another one after this."""
        self.container.close()
        self._open()

    def seek(self, ticks: int) -> bool:
        """Go to the last key picture that the container knows before a time stamp; False if it cannot."""
        try:
            self.container.seek(ticks, stream=self.stream, backward=True)
        except av.FFmpegError as error:
            log.debug("Cannot seek to %s: %s", ticks, error)
            return False
        self._demux = self.container.demux(self.stream)
        return True

    def key_before(self, ticks: int) -> int | None:
        """Look the key picture before a time stamp up in the container's index; None if it has no use as one."""
        entries = self.stream.index_entries
        place = entries.search_timestamp(ticks) if len(entries) > 1 else -1
        return int(entries[place].timestamp) if place >= 0 else None

    def group(self, ticks: int, start: int, before: int | None = None) -> Group | None:
        """Read the group of packets in which the picture shown at a time stamp lies.

        Args:
            ticks: when it is shown.
            start: the time stamp of the film's first picture.
            before: only take groups that begin earlier than this.

        Returns:
            None if none begins early enough; the place is then the start of the file, if that can be sought.
        """
        for seconds in _STEPS_BACK_S:
            place = (ticks if before is None else min(ticks, before - 1)) - int(seconds / self.time_base)
            if not self.seek(max(place, start)):
                return None
            packets, ended = self._collect(ticks)
            group = _cut(self._trusted(packets), self.codec, ticks, before)
            if group is not None:
                return replace(group, ended=ended)
            if place <= start:
                break
        return None

    def _trusted(self, packets: list[VideoPacket]) -> list[VideoPacket]:
        """Leave out the packets whose time stamps may be wrong after a jump.

        An MPEG program stream stamps only the first picture that begins in each of its packs; FFmpeg counts on from
        there, and after a jump into the middle of a picture it counts that rest as one.
        """
        if self.container.format.name not in _PACKED or not packets or packets[0].pos == self._first_place:
            return packets
        packs = [i for i, packet in enumerate(packets) if packet.pos is not None]
        return packets[packs[1] :] if len(packs) > 1 else []

    def _collect(self, ticks: int) -> tuple[list[VideoPacket], bool]:
        """Read the packets up to one that is decoded after a time stamp; True if there is none."""
        packets: list[VideoPacket] = []
        size = 0
        while size < _GROUP_BYTES and (packet := self.next()) is not None:
            packets.append(packet)
            size += packet.size
            decoding = packet.dts if packet.dts is not None else packet.pts
            if decoding is not None and decoding > ticks:
                return packets, False
        return packets, size < _GROUP_BYTES


def stamp(packet: VideoPacket | VideoFrame) -> int | None:
    """Choose the time stamp to sort a packet or picture by: when it is shown, or else when it is decoded."""
    return packet.pts if packet.pts is not None else packet.dts


def is_shown(packet: VideoPacket, codec: str) -> bool:
    """Tell packets with a picture to show from those that others only refer to, which VP8 and VP9 have.

    VP8: bit 4 of the first byte, RFC 6386 section 9.1.  VP9: `show_existing_frame` and `show_frame` of the uncompressed
    header, unless it is a superframe (VP9 bitstream specification, 6.2 and annex B).
    """
    if packet.is_discard:
        return False
    data = memoryview(packet) if codec in _VP8 | _VP9 and packet.size else b"\xff"
    if codec in _VP8:
        return bool(data[0] >> 4 & 1)
    if codec in _VP9 and data[-1] & 0xE0 != 0xC0:
        bits = data[0] << (5 if data[0] & 0x30 == 0x30 else 4)  # profile 3 has one more bit
        return bool(bits & 0x80 or bits & 0x20)
    return True


def _cut(packets: list[VideoPacket], codec: str, ticks: int, before: int | None) -> Group | None:
    timed = all(packet.pts is not None and packet.dts is not None for packet in packets)
    shown = [packet.pts for packet in packets if timed and packet.pts is not None and is_shown(packet, codec)]
    target = max((pts for pts in shown if pts <= ticks), default=None)
    limit = ticks if target is None else target
    keys = [
        i
        for i, packet in enumerate(packets)
        if packet.is_keyframe and (at := stamp(packet)) is not None and at <= limit and (before is None or at < before)
    ]
    if not keys:
        return None
    after = min((pts for pts in shown if pts > ticks), default=None)
    return Group(tuple(packets[keys[-1] :]), target, after)

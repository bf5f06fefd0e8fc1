"""Sound and subtitles that pass from one file into another without a new encode."""

import logging
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import av
from av.container import OutputContainer
from av.stream import Discard, Stream

from .codecs import SoundCodec
from .open import open_media
from .origin import origin
from .sound import AudioReader
from .target import CopiedSound
from .track import SoundTrack

log = logging.getLogger(__name__)

_FINE = Fraction(1, 90000)
_WITH_LEAD_IN = (".mp4", ".m4v", ".mov", ".m4a")  # what can hold sound from before its zero, and not play it
_AT_ONCE_S = Fraction(1, 2)


class CopiedStreams:
    """Takes packets from a source as the pictures go on; owned by one thread.

    What the new container cannot hold is encoded anew (sound) or left out (subtitles), with a notice.

    Args:
        container: the new file, before its header is written.
        row: how sound is encoded if it has to be.

    Raises:
        MediaError: the source cannot be read.
    """

    def __init__(
        self, container: OutputContainer, wanted: CopiedSound, row: SoundCodec | None, quality: int, suffix: str
    ) -> None:
        self.notices: list[str] = []
        self.sound = False
        self._container, self._wanted, self._row, self._quality, self._suffix = container, wanted, row, quality, suffix
        self._source = open_media(wanted.path)
        self._zero = origin(wanted.path) + wanted.start
        self._copies: dict[int, Stream] = {}
        self._encoded: list[_Encoded] = []
        self._packets: Iterator[Any] | None = None
        self._waiting: Any | None = None
        for stream in self._source.streams:
            if stream.type in ("audio", "subtitle"):
                self._take(stream)
        for stream in self._source.streams:
            if stream.index not in self._copies:
                stream.discard = Discard.all
        self.sound = self.sound or bool(self._encoded)

    def up_to(self, time: Fraction) -> None:
        """Write all that is presented before a time of the new film, in seconds."""
        for encoded in self._encoded:
            encoded.up_to(time)
        while (packet := self._next()) is not None:
            if self._time(packet) >= time:
                self._waiting = packet
                return
            self._write(packet)

    def finish(self, end: Fraction) -> None:
        """Write the rest, as far as the film goes."""
        stop = end if self._wanted.end is None else min(end, self._wanted.end - self._wanted.start)
        self.up_to(stop)
        for encoded in self._encoded:
            encoded.finish()

    def close(self) -> None:
        """Let go of the source."""
        self._source.close()
        for encoded in self._encoded:
            encoded.close()

    def _take(self, stream: Any) -> None:
        try:
            copy = self._container.add_stream_from_template(stream)
        except (ValueError, av.FFmpegError) as error:
            log.debug("Stream %s is not copied: %s", stream.index, error)
            self._replace(stream)
            return
        copy.metadata.update(stream.metadata)
        copy.disposition = stream.disposition
        self._copies[stream.index] = copy
        self.sound = self.sound or stream.type == "audio"

    def _replace(self, stream: Any) -> None:
        kind = stream.codec_context.name if stream.codec_context is not None else "of an unknown kind"
        if stream.type == "subtitle" or stream.codec_context is None or self._row is None:
            what = "Subtitles" if stream.type == "subtitle" else "Sound"
            self.notices.append(f"{what} ({kind}) cannot go into {self._suffix} and are left out.")
            return
        number = [other.index for other in self._source.streams.audio].index(stream.index)
        again = _Encoded(self._container, self._wanted, self._row, quality=self._quality, stream=stream, number=number)
        self._encoded.append(again)
        self.notices.append(f"Sound ({kind}) cannot go into {self._suffix}: it is encoded anew as {self._row.title}.")

    def _next(self) -> Any | None:
        if self._waiting is not None:
            packet, self._waiting = self._waiting, None
            return packet
        if not self._copies:
            return None
        if self._packets is None:
            self._packets = self._begin()
        for packet in self._packets:
            if packet.stream_index in self._copies and packet.dts is not None and self._wished(packet):
                return packet
        return None

    def _begin(self) -> Iterator[Any]:
        if self._wanted.start > 0:
            first = self._source.streams[min(self._copies)]
            ticks = int((self._zero - 1) / Fraction(first.time_base or 1))
            try:
                self._source.seek(ticks, stream=first, backward=True)
            except av.FFmpegError as error:
                log.debug("Reads %s from its start: %s", self._wanted.path, error)
        return self._demux()

    def _demux(self) -> Iterator[Any]:
        streams = [self._source.streams[index] for index in self._copies]
        try:
            yield from self._source.demux(streams)
        except av.FFmpegError as error:
            self.notices.append(f"The sound of {self._wanted.path.name} is damaged and ends early: {error.strerror}.")
            log.warning("%s", self.notices[-1])

    def _wished(self, packet: Any) -> bool:
        """Leave out what ends before the film's zero, but keep the lead-in of a whole copy where it is kept apart."""
        if self._wanted.start == 0 and self._suffix in _WITH_LEAD_IN:
            return True
        length = (packet.duration or 0) * Fraction(packet.time_base)
        middle = self._time(packet) + length / 2
        return middle >= 0

    def _time(self, packet: Any) -> Fraction:
        stamp = packet.pts if packet.pts is not None else packet.dts or 0
        return stamp * Fraction(packet.time_base) - self._zero

    def _write(self, packet: Any) -> None:
        base = Fraction(packet.time_base)
        fine = min(base, _FINE)  # the source's may be as coarse as a packet
        lowest = None if self._suffix in _WITH_LEAD_IN else 0
        packet.pts = self._moved(packet.pts, base, fine, lowest)
        packet.dts = self._moved(packet.dts, base, fine, lowest)
        packet.duration = round((packet.duration or 0) * base / fine)
        packet.time_base = fine
        packet.stream = self._copies[packet.stream_index]
        self._container.mux(packet)

    def _moved(self, stamp: int | None, base: Fraction, fine: Fraction, lowest: int | None) -> int | None:
        """Count a time stamp from the new film's zero, in finer units."""
        if stamp is None:
            return None
        moved = round((stamp * base - self._zero) / fine)
        return moved if lowest is None else max(moved, lowest)


class _Encoded:
    """One stream of sound, decoded and encoded again."""

    def __init__(
        self,
        container: OutputContainer,
        wanted: CopiedSound,
        row: SoundCodec,
        *,
        quality: int,
        stream: Any,
        number: int,
    ) -> None:
        self._container = container
        self._rate = int(stream.codec_context.sample_rate)
        channels = min(int(stream.codec_context.layout.nb_channels), row.most_channels)
        self._reader = AudioReader(wanted.path, self._rate, channels, number)
        self._track = SoundTrack(container, row, sample_rate=self._rate, channels=channels, quality=quality)
        self._at = self._first = round(wanted.start * self._rate)
        self._end = self._reader.duration

    def up_to(self, time: Fraction) -> None:
        stop = min(self._first + round(time * self._rate), self._end)
        while self._at < stop:
            count = min(stop - self._at, int(self._rate * _AT_ONCE_S))
            self._container.mux(self._track.encode(self._reader.read(self._at, count)))
            self._at += count

    def finish(self) -> None:
        self._container.mux(self._track.flush())

    def close(self) -> None:
        self._reader.close()

"""The sound of a file at its own rate: any span of samples, the same whatever was read before."""

import logging
import os
from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property
from math import ceil
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.codec import CodecContext
from av.codec.context import Flags2
from av.stream import Discard
from numpy.typing import NDArray

from ..errors import MediaError
from .mixdown import matrix, numbers
from .open import open_media

log = logging.getLogger(__name__)

_LEAD_S = Fraction(2, 5)  # decoders forget what lies further back: bit reservoirs, overlaps, predictors
_NEAR_S = 20  # so far ahead it is quicker to read on than to seek
_STEPS_BACK_S = (0, 2, 10, 60)
_MAX_NOTICES = 20
_NOISY = ("aac", "aac_latm", "aac_fixed")  # fill in noise from a generator that no flush resets
_MOST_CHANNELS = 64


class Samples:
    """Decoded sound by sample number; owned by one thread.

    Every span is decoded from packets that begin `_LEAD_S` before it, by a decoder that was reset.

    Args:
        channels: that it is mixed to.
        number: which sound of the file, from 0.
        zero: time of sample 0 in seconds of the file's own clock.

    Raises:
        MediaError: the file cannot be opened, or has no such sound, or it cannot be decoded.
    """

    def __init__(self, path: str | os.PathLike[str], channels: int, number: int, zero: Fraction) -> None:
        self.notices: dict[str, None] = {}
        self.jumps = 0
        self._path, self._channels, self._number, self._zero = path, channels, number, zero
        self._expected: int | None = None
        self._decoder: Any = None
        self._matrices: dict[str, NDArray[np.float32]] = {}
        self._open()
        context = self._stream.codec_context
        if context is None or not context.sample_rate or context.layout.nb_channels > _MOST_CHANNELS:
            self.close()
            raise MediaError(f"Cannot decode the sound of {Path(path).name}.")
        self.rate = int(context.sample_rate)
        tick = Fraction(self._stream.time_base)
        self._slack = 0 if (1 / tick / self.rate).denominator == 1 else ceil(tick * self.rate) + 1
        self._grid: tuple[int, int] | None = None
        self._rewind()
        if self._slack:
            self._find_grid()

    @cached_property
    def end(self) -> Fraction:
        """When the sound ends, in seconds from sample 0: as the file says, or else by reading all packets."""
        unit = Fraction(self._stream.time_base)
        if self._stream.duration is not None:
            return Fraction(((self._stream.start_time or 0) + self._stream.duration) * unit - self._zero)
        if self._container.duration is not None:
            length = Fraction(self._container.duration, 1_000_000)
            return length + Fraction(self._container.start_time or 0, 1_000_000) - self._zero
        self._restart()
        while self._next() is not None:
            pass
        last = Fraction(self._head or 0, self.rate)
        self._restart()
        return last

    def span(self, start: int, stop: int) -> NDArray[np.float32]:
        """Give samples [start, stop) as float32 (channels, stop - start); silence where there are none."""
        out = np.zeros((self._channels, stop - start), np.float32)
        self._reset()
        lead = int(_LEAD_S * self.rate)
        for packet, at in self._from(start - lead):
            if at >= stop + lead:
                break
            for frame in self._decode(packet, at):
                self._place(frame, at, out, start)
        self._forget(stop - 2 * lead)
        return out

    def close(self) -> None:
        """Let go of the file."""
        self._container.close()

    def _open(self) -> None:
        self._container = open_media(self._path)
        streams = self._container.streams.audio
        if self._number >= len(streams):
            self._container.close()
            raise MediaError(f"{Path(self._path).name} has no sound number {self._number + 1}.")
        self._stream: Any = streams[self._number]
        for other in self._container.streams:
            if other.index != self._stream.index:
                other.discard = Discard.all
        if self._stream.codec_context is not None:
            self._stream.codec_context.thread_count = 1

    def _rewind(self) -> None:
        """Stand at the start of the file."""
        self._kept: list[tuple[Any, int]] = []
        self._complete_from: int | None = None  # None: from the start of the file
        self._head: int | None = None
        self._demux: Iterator[Any] = self._container.demux(self._stream)

    def _from(self, start: int) -> Iterator[tuple[Any, int]]:
        """Go through the packets that begin at or after a sample; they are kept."""
        if not self._reaches(start):
            self._seek(start)
        yield from [(packet, at) for packet, at in self._kept if at >= start]
        while (item := self._next()) is not None:
            self._kept.append(item)
            if item[1] >= start:
                yield item
            elif len(self._kept) > 1000:
                self._forget(start)

    def _reaches(self, start: int) -> bool:
        from_here = self._complete_from is None or self._complete_from <= start
        return from_here and (self._head is None or start - self._head < _NEAR_S * self.rate)

    def _seek(self, start: int) -> None:
        self.jumps += 1
        for seconds in _STEPS_BACK_S:
            ticks = (Fraction(start, self.rate) - seconds + self._zero) / Fraction(self._stream.time_base)
            if ticks <= (self._stream.start_time or 0):
                break
            try:
                self._container.seek(int(ticks), stream=self._stream, backward=True)
            except av.FFmpegError as error:
                log.debug("Cannot seek in %s: %s", self._path, error)
                break
            self._rewind()
            first = self._next()
            if first is not None and first[1] <= start:
                self._kept, self._complete_from = [first], first[1]
                return
        self._restart()

    def _restart(self) -> None:
        """Go back to the start of the file, if need be by opening it again."""
        self._container.close()
        self._open()
        self._rewind()

    def _next(self) -> tuple[Any, int] | None:
        """Read a packet, and the number of its first sample."""
        try:
            for packet in self._demux:
                if packet.size:
                    return packet, self._number_of(packet)
        except av.FFmpegError as error:
            self._notice("Sound cannot be read any further", self._head or 0, error)
        return None

    def _number_of(self, packet: Any) -> int:
        stamp = packet.pts if packet.pts is not None else packet.dts
        at = self._head or 0
        if stamp is not None:
            at = self._sample(stamp, packet.time_base)
        self._head = at + round((packet.duration or 0) * Fraction(packet.time_base) * self.rate)
        return at

    def _reset(self) -> None:
        """Have a decoder that remembers nothing."""
        own = self._stream.codec_context
        self._expected = None
        self._decoder = own
        if own.name not in _NOISY:
            own.flush_buffers()
            return
        self._decoder = CodecContext.create(own.codec.name, "r")
        self._decoder.thread_count = 1
        self._decoder.flags2 |= Flags2.skip_manual  # this one has no clock to trim by; what it would lies before 0
        if own.extradata:
            self._decoder.extradata = own.extradata

    def _forget(self, before: int) -> None:
        """Let go of packets that begin before a sample."""
        kept = [(packet, at) for packet, at in self._kept if at >= before]
        if len(kept) < len(self._kept):
            self._kept, self._complete_from = kept, before

    def _decode(self, packet: Any, at: int) -> list[Any]:
        try:
            return list(self._decoder.decode(packet))
        except (av.FFmpegError, ValueError) as error:
            self._notice("Damaged sound is silent", at, error)
            return []

    def _place(self, frame: Any, at: int, out: NDArray[np.float32], start: int) -> None:
        samples = self._mixed(frame)
        count = samples.shape[1]
        begin = self._begin(frame, at, count)
        self._expected = begin + count
        low, high = max(begin, start), min(begin + count, start + out.shape[1])
        if low < high:
            out[:, low - start : high - start] = samples[:, low - begin : high - begin]

    def _begin(self, frame: Any, at: int, count: int) -> int:
        """Give the number of a frame's first sample; time stamps that are rounded are put right."""
        if frame.pts is None:
            return at if self._expected is None else self._expected
        begin = self._sample(frame.pts, frame.time_base)
        if self._expected is not None and abs(begin - self._expected) <= self._slack:
            return self._expected
        if self._grid is not None and count == self._grid[1]:
            origin, size = self._grid
            snapped = origin + round((begin - origin) / size) * size
            if abs(begin - snapped) <= self._slack:
                return snapped
        return begin

    def _sample(self, stamp: int, time_base: Fraction) -> int:
        """Give the sample that is presented at a time stamp."""
        return round((stamp * Fraction(time_base) - self._zero) * self.rate)

    def _find_grid(self) -> None:
        """Learn from the first two frames where frames of an even length begin."""
        self._expected, self._decoder = None, self._stream.codec_context  # it trims the lead-in to the sample
        first: int | None = None
        for packet, at in self._from(-(1 << 62)):
            for frame in self._decode(packet, at):
                begin = self._begin(frame, at, frame.samples)
                if first is not None:
                    self._grid = first, frame.samples
                    return
                first = begin + frame.samples

    def _mixed(self, frame: Any) -> NDArray[np.float32]:
        samples = numbers(frame)
        layout = frame.layout.name
        if layout not in self._matrices:
            self._matrices[layout] = matrix(layout, samples.shape[0], self._channels)
        samples = self._matrices[layout] @ samples
        if frame.sample_rate != self.rate:
            self._notice("Sound changes its rate", self._expected or 0, None)
            count = round(samples.shape[1] * self.rate / frame.sample_rate)
            places = np.arange(count) * (frame.sample_rate / self.rate)
            samples = np.stack([np.interp(places, np.arange(len(one)), one) for one in samples]).astype(np.float32)
        return samples

    def _notice(self, what: str, at: int, error: Exception | None) -> None:
        sentence = f"{what} at {at / self.rate:.2f} s"
        if sentence not in self.notices and len(self.notices) < _MAX_NOTICES:
            self.notices[sentence] = None
            log.warning("%s: %s (%s)", Path(self._path).name, sentence, error or "")

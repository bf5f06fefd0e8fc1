"""Look at the packets at both ends of a file: rate, steadiness, last picture."""

import re
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

import av
from av.container import InputContainer
from av.stream import Discard
from av.video.stream import VideoStream

from .open import VideoPacket
from .packets import is_shown, stamp

_HEAD = 400  # packets
_LIMIT_BYTES = 1 << 26
_BISECTIONS = 16
_CLOSE = Fraction(9, 10)
_FRAGMENTED = "mov"  # its fragments say how long they are, but not how many pictures they have
_CLOCK = re.compile(r"(\d\d):(\d\d):(\d\d(?:\.\d+)?)")  # a tag of Matroska
_COMMON = tuple(
    Fraction(rate) * scale
    for rate in (24, 25, 30, 50, 60, 48, 15, 10, 12, 100, 120, 240, 20, 5, 1)
    for scale in (Fraction(1), Fraction(1000, 1001))
)


@dataclass(frozen=True, slots=True)
class Survey:
    """Time stamps of a stream, in seconds of the file's own clock.

    Attributes:
        head: of the first pictures, sorted; empty if the stream has no time stamps.
        last: of the last picture.
        end: when the last picture ends; None if the file does not say.
        count: number of pictures if all packets were read, else None.
        declared: number of pictures as the file says, or None.
        tick: the unit of the time stamps.
        hints: rates that FFmpeg found.
        cut: the file ends earlier than it says.
    """

    head: tuple[Fraction, ...]
    last: Fraction | None
    end: Fraction | None
    count: int | None
    declared: int | None
    tick: Fraction
    hints: tuple[Fraction, ...]
    cut: bool

    def rate(self, origin: Fraction) -> tuple[Fraction, bool]:
        """Find the pictures per second, and whether they come at irregular times.

        Irregular is a picture further than 1/8 of its duration, and than the rounding of the file's clock, from all
        the places of an even rate; or that more than a tenth of these places are empty.
        """
        times = [time for time in self.head if time >= origin]
        if len(times) < 3 or times[-1] == times[0]:
            return (self.hints or (Fraction(25),))[0], False
        mean = (len(times) - 1) / (times[-1] - times[0])
        rates = [rate for rate in (*self.hints, *_COMMON) if _CLOSE < mean / rate < 2 - _CLOSE]
        for some in (rates, [mean.limit_denominator(1001)]):
            best = min(some, key=lambda rate: max(self.tick, _worst(times, rate)), default=None)
            if best and _worst(times, best) <= max(Fraction(1, 8) / best, self.tick * Fraction(3, 2)):
                return best, False
        return self._mean(origin, mean), True

    def duration(self, origin: Fraction, rate: Fraction, variable: bool) -> Fraction:
        """Measure from the first picture's start to the last one's end, in seconds."""
        if self.last is None:
            return (self.count or 1) / rate
        if variable:
            return (self.end or self.last + 1 / rate) - origin
        return (round((self.last - origin) * rate) + 1) / rate

    def _mean(self, origin: Fraction, head: Fraction) -> Fraction:
        count = self.count or self.declared
        if count and count > 1 and self.last is not None and self.last > origin:
            return ((count - 1) / (self.last - origin)).limit_denominator(1001)
        return head.limit_denominator(1001)


def _worst(times: list[Fraction], rate: Fraction) -> Fraction:
    """Measure how far any time is from all places of an even rate."""
    return max(abs(times[0] + round((time - times[0]) * rate) / rate - time) for time in times)


def survey(container: InputContainer, stream: VideoStream) -> Survey:
    """Read packets at both ends of a file that was just opened; all of a small one.  It gives this stream alone."""
    for other in container.streams:
        if other.index != stream.index:
            other.discard = Discard.all  # where a file is cut off, reading ends at the first packet that is not there
    codec = stream.codec_context.name if stream.codec_context else ""
    unit = Fraction(stream.time_base or Fraction(1, 1000))
    packets, ended = _read(container, stream, _HEAD)
    timed = any(stamp(packet) is not None for packet in packets)
    if not ended and not timed:
        rest, ended = _read(container, stream, 1 << 40)
        packets += rest
    shown = [packet for packet in packets if is_shown(packet, codec)]
    stamps = sorted({time for packet in shown if (time := stamp(packet)) is not None})
    tail, cut = (shown, False) if ended or not timed else _tail(container, stream, stamps)
    last = max((time for packet in tail if (time := stamp(packet)) is not None), default=None)
    end = max((time + (packet.duration or 0) for packet in tail if (time := stamp(packet)) is not None), default=None)
    said = (stream.start_time or 0) + stream.duration if stream.duration else None
    if said is not None and last is not None and end is not None and last < said < end:
        end = said
    if end is not None and last is not None and (declared := _declared(container, stream)) is not None:
        cut = cut or declared - end > 2 * _step(stream, stamps)
    return Survey(
        head=tuple(time * unit for time in stamps),
        last=None if last is None else last * unit,
        end=None if end is None or end == last else end * unit,
        count=(len(stamps) if timed else len(shown)) if ended else None,
        declared=stream.frames or None,
        tick=unit,
        hints=tuple(Fraction(rate) for rate in (stream.guessed_rate, stream.average_rate, stream.base_rate) if rate),
        cut=cut,
    )


def _declared(container: InputContainer, stream: VideoStream) -> int | None:
    """Give the time stamp at which the stream ends as the file says; None if it says that of the whole file at most."""
    if stream.duration and (stream.frames or _FRAGMENTED in container.format.name):
        return (stream.start_time or 0) + stream.duration
    tag = _CLOCK.fullmatch(stream.metadata.get("DURATION", ""))
    if tag is None or not stream.time_base:
        return None
    hours, minutes, seconds = map(Fraction, tag.groups())
    return floor((hours * 3600 + minutes * 60 + seconds) / Fraction(stream.time_base))


def _step(stream: VideoStream, stamps: list[int]) -> int:
    """Give the mean distance of pictures in ticks."""
    if stream.frames and stream.duration:
        return stream.duration // stream.frames
    return (stamps[-1] - stamps[0]) // max(len(stamps) - 1, 1)


def _read(container: InputContainer, stream: VideoStream, count: int) -> tuple[list[VideoPacket], bool]:
    """Read up to so many packets; True if the file ends with them."""
    packets: list[VideoPacket] = []
    size = 0
    try:
        for packet in container.demux(stream):
            if not packet.size:
                continue
            packets.append(packet)
            size += packet.size
            if len(packets) >= count or size > _LIMIT_BYTES:
                return packets, False
    except av.FFmpegError:
        pass
    return packets, True


def _tail(container: InputContainer, stream: VideoStream, head: list[int]) -> tuple[list[VideoPacket], bool]:
    """Read the last group of pictures that can be read; True if that is not where the file says it ends."""
    low, high = head[-1], max(head[-1] + 1, _end(container, stream))
    packets = _from(container, stream, high)
    if packets:
        return packets, False
    for _ in range(_BISECTIONS):
        middle = (low + high) // 2
        found = _from(container, stream, middle)
        packets, low, high = (found, middle, high) if found else (packets, low, middle)
    return packets, True


def _from(container: InputContainer, stream: VideoStream, ticks: int) -> list[VideoPacket]:
    try:
        container.seek(ticks, stream=stream, backward=True)
    except av.FFmpegError:
        return []
    return [packet for packet in _read(container, stream, 1 << 40)[0] if not packet.is_discard]


def _end(container: InputContainer, stream: VideoStream) -> int:
    unit = Fraction(stream.time_base or Fraction(1, 1000))
    if stream.duration:
        return (stream.start_time or 0) + stream.duration
    return ceil(Fraction((container.start_time or 0) + (container.duration or 0), 1000000) / unit)

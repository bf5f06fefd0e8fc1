"""The zero of a media file, one and the same for its pictures and its sound."""

from fractions import Fraction

from av.container import InputContainer
from av.stream import Disposition


def origin(container: InputContainer) -> Fraction:
    """Give the time stamp, in seconds, at which the first of a file's pictures or sounds is presented.

    It is exact, unlike FFmpeg's `start_time` of a container, which is rounded to microseconds.
    """
    starts = [
        stream.start_time * Fraction(stream.time_base)
        for stream in container.streams
        if stream.type in ("video", "audio")
        and not stream.disposition & Disposition.attached_pic
        and stream.start_time is not None
        and stream.time_base
    ]
    return min(starts, default=Fraction(0))

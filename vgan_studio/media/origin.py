"""The zero of a media file, one and the same for its pictures and its sound."""

import os
from fractions import Fraction

from ..errors import MediaError
from .open import open_media, picture_stream
from .reader import VideoReader


def origin(path: str | os.PathLike[str]) -> Fraction:
    """Give the time, in seconds of the file's own clock, at which its first picture is shown.

    Without pictures, it is the time at which its first sound begins.

    Raises:
        MediaError: it cannot be opened.
    """
    with open_media(path) as container:
        if picture_stream(container) is None:
            starts = [
                stream.start_time * Fraction(stream.time_base)
                for stream in container.streams.audio
                if stream.start_time is not None and stream.time_base
            ]
            return min(starts, default=Fraction(0))
    try:
        with VideoReader(path, threads=1) as reader:
            return reader.origin
    except MediaError:
        return Fraction(0)  # pictures that cannot be decoded do not set the clock

"""Films as a codec leaves them: through real H.264 at a given rate factor and back."""

import tempfile
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import numpy as np

from vgan_studio.media.reader import VideoReader
from vgan_studio.media.target import Target
from vgan_studio.media.writer import Writer

from .data import Pixels

_RATE = Fraction(25)
_WORST, _BEST = 45, 6  # rate factors at quality 0 and 100, as `media.codecs` has them


def coded(frames: Sequence[Pixels], factor: int) -> list[Pixels]:
    """Encode by x264, preset `faster` as exports do, and decode.

    Args:
        frames: (H, W, 3) each, of even height and width.
        factor: the constant rate factor, `_BEST` to `_WORST`; larger is worse.

    Raises:
        MediaError: the encoder fails.
    """
    height, width = frames[0].shape[:2]
    quality = round((_WORST - factor) * 100 / (_WORST - _BEST))
    target = Target(codec="h264", width=width, height=height, rate=_RATE, quality=quality, threads=1)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "film.mp4"
        with Writer(path, target) as writer:
            for index, frame in enumerate(frames):
                writer.write(np.ascontiguousarray(frame), index / _RATE)
        with VideoReader(path, threads=1) as reader:
            return [picture.pixels().astype(np.uint8) for picture in reader.pictures()]

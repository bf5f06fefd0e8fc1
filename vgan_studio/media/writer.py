"""Pictures and sound into a file.

`Writer` writes NAME.part and gives it its name at the end; after a failure or a cancel it is removed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, Self

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from .colour import Colour
    from .raw import RawPicture


@dataclass(frozen=True, slots=True)
class Chapter:
    """A named stretch of a film; seconds from its start."""

    start: Fraction
    end: Fraction
    title: str = ""


@dataclass(frozen=True, slots=True)
class CopiedSound:
    """Sound and subtitles taken over from a file packet by packet, without a new encode.

    `start` and `end` are seconds from the source's own start; `start` becomes the new file's zero.
    """

    path: Path
    start: Fraction = Fraction(0)
    end: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """What a file shall be.  None or "" means: as the codec's default or the first picture has it.

    Attributes:
        codec: a key of `codecs.CODECS`, or of `SOUND_CODECS` for sound alone.
        width, height: of the pictures, in stored pixels; 0 for sound alone.
        rate: pictures per second; None: every picture comes at its own time (variable rate).
        quality: 0 (small) to 100 (all but lossless).
        depth: bits per channel (8, 10, 12, 16).
        alpha: keep transparency.
        chroma: how colour is sampled.
        colour: of the file; for pixels as input: matrix, range and tags that they are converted to.
        sample_aspect: width of a stored pixel over its height.
        sample_rate, channels: of the sound handed to `write_sound`; 0: no sound.
        sound: a key of `SOUND_CODECS`.
        copied: sound that is taken over as it is, instead of `write_sound`.
        encoder: FFmpeg's name of a hardware encoder out of `Codec.hardware`; "" for the row's own.
        time_base: seconds, that all picture times are multiples of, for variable rates.
        threads: of the encoder; 0: as many as it likes.
    """

    codec: str
    width: int = 0
    height: int = 0
    rate: Fraction | None = None
    quality: int = 70
    depth: int | None = None
    alpha: bool | None = None
    chroma: Literal["420", "422", "444", "rgb"] | None = None
    colour: Colour | None = None
    sample_aspect: Fraction = Fraction(1)
    sample_rate: int = 0
    channels: int = 0
    sound: str = ""
    copied: CopiedSound | None = None
    metadata: tuple[tuple[str, str], ...] = ()
    chapters: tuple[Chapter, ...] = ()
    encoder: str = ""
    time_base: Fraction | None = None
    threads: int = 0


class Writer:
    """A file in the making; owned by one thread.

    Use it as a context manager: a clean exit completes the file (`close`), an exception removes it (`discard`).

    Args:
        path: the file; for sequences a folder that is not there yet, or a pattern such as `out/name_%04d.png`.
        target: what it shall be.
        sources: files that are being read; writing onto one of them is refused.

    Raises:
        MediaError: the codec does not fit the suffix, the encoder refuses, the disk is full, ...
    """

    notices: list[str]  # sentences: what is not as asked for
    width: int  # as written
    height: int

    def __init__(self, path: str | Path, target: Target, *, sources: Iterable[str | Path] = ()) -> None:
        raise NotImplementedError

    def write(self, picture: RawPicture | NDArray[np.uint8] | NDArray[np.uint16], pts: Fraction) -> None:
        """Add a picture, shown from `pts` (seconds, rising) on.

        Pixels are (H, W, 3 or 4), R'G'B' BT.709, full range, alpha straight.  A `RawPicture` whose format and
        colour the file can hold is handed to the encoder as it is, else converted once.
        """
        raise NotImplementedError

    def write_sound(self, samples: NDArray[np.float32]) -> None:
        """Add sound, float32 (channels, n) in [-1, 1], right after what was written before."""
        raise NotImplementedError

    def close(self) -> None:
        """Complete the file and give it its name."""
        raise NotImplementedError

    def discard(self) -> None:
        """Remove what was written."""
        raise NotImplementedError

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> Any:
        raise NotImplementedError

"""What a file shall be: the values that are handed to the `Writer`."""

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Literal

from .colour import Colour
from .subtitle_streams import Subtitles


@dataclass(frozen=True, slots=True)
class Chapter:
    """A named stretch of a film, read or to be written; seconds from its start."""

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
    """What a file shall be.  None or "" means: as the first picture has it, or as the codec likes it.

    Attributes:
        codec: a key of `codecs.CODECS`, or of `SOUND_CODECS` for sound alone; "": by the suffix.
        width, height: of the pictures, in stored pixels; 0 for sound alone.
        rate: pictures per second; None: every picture comes at its own time.
        quality: 0 (small) to 100 (all but lossless).
        depth: bits per channel.
        alpha: keep transparency.
        chroma: how colour is sampled.
        colour: of the file, and what pixels are converted to; None for pixels: BT.709, limited.
        sample_aspect: width of a stored pixel over its height.
        sample_rate, channels: of what is handed to `write_sound`; 0: no sound.
        sound: a key of `SOUND_CODECS`.
        copied: sound that is taken over as it is, in place of `write_sound`.
        subtitles: streams of text, each a language.
        encoder: FFmpeg's name of one out of `Codec.hardware`; "": the row's own.
        time_base: seconds; all times of pictures are multiples of it, if there is no rate.
        threads: of the encoder; 0: as many as it likes.
    """

    codec: str = ""
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
    subtitles: tuple[Subtitles, ...] = ()
    encoder: str = ""
    time_base: Fraction | None = None
    threads: int = 0

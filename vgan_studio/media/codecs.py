"""What films, pictures and sound can be written as: one row per codec.

A row says where it fits, which pixel formats it takes and how one quality, 0 to 100, becomes the encoder's own
scale.  To add a codec, add a row to `CODECS` (films and pictures) or `SOUND_CODECS` (sound).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from ..errors import MediaError

Chroma = Literal["420", "422", "444", "rgb"]
Options = dict[str, str]

# container by suffix -> FFmpeg's name of its muxer
CONTAINERS: dict[str, str] = {
    ".mp4": "mp4",
    ".m4v": "mp4",
    ".mov": "mov",
    ".mkv": "matroska",
    ".webm": "webm",
    ".gif": "gif",
    ".wav": "wav",
    ".flac": "flac",
    ".m4a": "ipod",
    ".opus": "opus",
    ".ogg": "ogg",
    ".mka": "matroska",
}


@dataclass(frozen=True, slots=True)
class SoundCodec:
    """A way to write sound.

    Attributes:
        encoder: FFmpeg's name.
        format: FFmpeg's sample format that it is fed with.
        containers: suffixes it can be written into.
        bit_rate: quality (0 to 100) -> bits per second and channel; None if it loses nothing.
        rates: sample rates it takes; empty: any.
        most_channels: that it takes.
    """

    id: str
    title: str
    encoder: str
    format: str
    containers: tuple[str, ...]
    bit_rate: Callable[[int], int] | None = None
    rates: tuple[int, ...] = ()
    most_channels: int = 8


@dataclass(frozen=True, slots=True)
class Codec:
    """A way to write pictures.

    Attributes:
        id, title: for scripts, for people.
        encoder: FFmpeg's name; `hardware` lists what can take its place where a test encode passes.
        containers: suffixes, the default first; for sequences the suffix of one picture.
        formats: FFmpeg pixel formats that are written, the preferred ones first.
        options: quality (0 to 100) -> the encoder's options.
        hardware_options: the same for an encoder in `hardware`.
        sound: SOUND_CODECS that go with it in its containers, the default first; empty: it holds no sound.
        tags: suffix -> FourCC to be written.
        sequence: one file per picture.
        lossless: what comes in comes out, whatever the quality.
    """

    id: str
    title: str
    encoder: str
    containers: tuple[str, ...]
    formats: tuple[str, ...]
    options: Callable[[int], Options]
    hardware: tuple[str, ...] = ()
    hardware_options: Callable[[int], Options] | None = None
    sound: tuple[str, ...] = ()
    tags: tuple[tuple[str, str], ...] = field(default=())
    sequence: bool = False
    lossless: bool = False


SOUND_CODECS: dict[str, SoundCodec] = {}
CODECS: dict[str, Codec] = {}


def choose_codec(path: str | Path, name: str = "") -> Codec | SoundCodec:
    """Find the row for a file by its suffix, or check that the named one fits it.

    Raises:
        MediaError: with what fits instead.
    """
    suffix = Path(path).suffix.lower()
    rows: list[Codec | SoundCodec] = [*CODECS.values(), *SOUND_CODECS.values()]
    for row in rows:
        if name in ("", row.id) and suffix in row.containers:
            return row
    raise MediaError(f"{name or 'No codec'} does not go into {suffix or 'a file without a suffix'}.")


def passes_test(encoder: str) -> str:
    """Encode a few pictures with an encoder; "" if that works, else why not.  Asked once per process."""
    raise NotImplementedError(encoder)

"""Pictures and sound into a file that has its name only once it is whole.

NAME.part is written, looked through (see `verify`) and renamed; after a failure or a cancel it is removed.
"""

import logging
import re
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from ..errors import MediaError
from .codecs import Codec, SoundCodec, choose_codec, choose_sound
from .encoders import hurdle
from .film import Film
from .part import Part, refuse_sources, saying
from .pictures import Pictures
from .raw import Pixels, RawPicture
from .stream_format import StreamFormat
from .subtitle_streams import STREAMS
from .target import Chapter, CopiedSound, Target
from .verify import Expected

log = logging.getLogger(__name__)

__all__ = ["Chapter", "CopiedSound", "Target", "Writer"]

_PATTERN = re.compile(r"[^%]*%(0\d)?d[^%]*")
_SHOWN_GIF_RATE = 50
_GIF_CLOCK = 100
_SQUARE_IN_MATROSKA = ("vp9", "av1", "prores", "prores4444", "ffv1")  # PyAV cannot set what Matroska has for it
_SQUARE_ALWAYS = ("png", "jpeg", "gif")


class Writer:
    """A file in the making; owned by one thread.

    Use it as a context manager: a clean exit completes the file (`close`), an exception removes it (`discard`).

    Args:
        path: the file; for sequences a new folder, or a pattern `folder/name_%04d.png` in a new folder, or for a
            single picture `name.png`.
        target: what it shall be.
        sources: files that are being read; writing onto one of them is refused.

    Raises:
        MediaError: the codec does not fit the suffix, the encoder is missing, the folder is not there, ...
    """

    def __init__(self, path: str | Path, target: Target, *, sources: Iterable[str | Path] = ()) -> None:
        self.path, self.target = Path(path), target
        self.pictures = 0
        self._said: list[str] = []
        self._first = self._last = Fraction(0)
        self._row = choose_codec(self.path, target.codec)
        self._check(self._row)
        sources = [*sources, *([target.copied.path] if target.copied is not None else [])]
        refuse_sources(self.path, sources)
        pattern = self._pattern()
        place = self.path.absolute().parent if pattern and "%" in self.path.name else self.path
        self._part = Part(place, sources=sources, folder=bool(pattern))
        try:
            with saying(self.path.name):
                self._file = self._open(self._row, pattern)
        except BaseException:
            self._part.discard()
            raise

    @property
    def notices(self) -> tuple[str, ...]:
        """Sentences: what is not as it was asked for."""
        return (*self._said, *self._file.notices)

    def write(self, picture: RawPicture | Pixels, pts: Fraction) -> None:
        """Add a picture, shown from `pts` seconds on.

        Args:
            picture: pixels (H, W, 3 or 4), uint8 or uint16, R'G'B' BT.709, full range, alpha straight; or a
                `RawPicture`, which is handed to the encoder as it is if the file can hold it, else converted once.
            pts: rises from picture to picture; with `target.rate`, a multiple of 1 / rate.

        Raises:
            MediaError: the encoder refuses, the disk is full, ...
        """
        height, width = picture.shape[:2] if isinstance(picture, np.ndarray) else (picture.height, picture.width)
        if (width, height) != (self.target.width, self.target.height):
            raise ValueError(f"A picture of {width} x {height} for {self.target.width} x {self.target.height}.")
        if self.pictures and pts <= self._last:
            raise ValueError(f"A picture at {pts} after one at {self._last}.")
        if self.target.rate is not None and (pts * self.target.rate).denominator != 1:
            raise ValueError(f"{pts} is no multiple of 1/{self.target.rate}.")
        if not self.pictures:
            self._first = pts
        self._last = pts
        with saying(self.path.name):
            self._file.write(picture, pts)
        self.pictures += 1
        if self.pictures == 1 and self._file.format is not None:
            self._note_format(self._file.format)

    def write_sound(self, samples: NDArray[np.float32]) -> None:
        """Add sound, float32 (channels, n) in [-1, 1] at `target.sample_rate`, right after what came before.

        Raises:
            MediaError: the disk is full, ...
        """
        if samples.ndim != 2 or samples.shape[0] != self.target.channels:
            raise ValueError(f"Sound of shape {samples.shape} for {self.target.channels} channels.")
        if isinstance(self._file, Film) and (isinstance(self._row, SoundCodec) or self._row.sound):
            with saying(self.path.name):
                self._file.write_sound(samples)

    def close(self) -> None:
        """Complete the file, look it through and give it its name.

        Raises:
            MediaError: the disk is full, or the file is not what it should be; it is removed then.
        """
        try:
            with saying(self.path.name):
                self._finish()
            self._file.look_through(self.expected, self.path.name).raise_if_wrong()
            self._part.finish()
        except BaseException:
            self.discard()
            raise

    def discard(self) -> None:
        """Remove what was written."""
        self._part.discard()  # first: a container that cannot find its file has no end to write
        self._file.abandon()
        self._part.discard()

    @property
    def expected(self) -> Expected:
        """What the file should hold, after what was written so far."""
        form = self._file.format
        timed = isinstance(self._file, Film) and self.pictures > 0
        slack, sound = Fraction(1, 10), Fraction(0)
        if isinstance(self._file, Film) and self._file.sound is not None:
            sound = Fraction(self._file.sound.samples, self.target.sample_rate)
            slack = self._file.sound.frame_s
        return Expected(
            pictures=self.pictures,
            first=self._first if timed else None,
            last=self._last if timed else None,
            size=(form.width, form.height) if form is not None else None,
            colour=form.colour if form is not None and self._row.id not in ("gif", "png") else None,
            sample_aspect=None if self._square_only else self.target.sample_aspect,
            subtitles=len(self.target.subtitles) if self.target.copied is None else None,
            sound_s=None if self.target.copied is not None else sound,
            sound_slack_s=slack,
        )

    @property
    def _square_only(self) -> bool:
        matroska = self.path.suffix.lower() in (".mkv", ".webm")
        return self._row.id in _SQUARE_ALWAYS or (matroska and self._row.id in _SQUARE_IN_MATROSKA)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
        else:
            self.discard()

    def _check(self, row: Codec | SoundCodec) -> None:
        target = self.target
        encoder = target.encoder or row.encoder
        if isinstance(row, Codec) and encoder not in (row.encoder, *row.hardware):
            fits = ", ".join((row.encoder, *row.hardware))
            raise MediaError(f"{encoder} does not write {row.title}; what does: {fits}.")
        if target.encoder and (why := hurdle(encoder)):
            raise MediaError(why)
        if target.subtitles and (isinstance(row, SoundCodec) or self.path.suffix.lower() not in STREAMS):
            raise MediaError(f"{row.title} in {self.path.suffix or 'a folder'} cannot hold subtitles as a stream.")
        if isinstance(row, SoundCodec):
            return
        if target.width < 1 or target.height < 1:
            raise ValueError("A film needs a size.")
        if min(target.width, target.height) < row.smallest:
            least = f"{row.smallest} x {row.smallest}"
            raise MediaError(f"{row.title} is at least {least}; this is {target.width} x {target.height}.")
        if row.id == "gif" and target.rate is not None and target.rate > _GIF_CLOCK:
            raise MediaError(f"A GIF has at most {_GIF_CLOCK} pictures a second, not {float(target.rate):g}.")
        self._note(row)

    def _pattern(self) -> str:
        """Give the pattern for the names in a folder; "" for a single file."""
        if not (isinstance(self._row, Codec) and self._row.sequence):
            return ""
        if not self.path.suffix:
            return f"%06d{self._row.containers[0]}"
        name = self.path.name
        if "%" not in name:
            return ""
        if _PATTERN.fullmatch(name) is None:
            raise MediaError(f"{name} is no pattern for names; write one like name_%04d{self.path.suffix}.")
        return name

    def _open(self, row: Codec | SoundCodec, pattern: str) -> Film | Pictures:
        if isinstance(row, SoundCodec):
            film = Film(self._part.temporary, self.path.suffix.lower(), None, self.target)
            film.begin_sound(row)
            return film
        if row.sequence:
            return Pictures(self._part.temporary, pattern, row, self.target)
        if row.sound and (self.target.sample_rate or self.target.copied is not None):
            choose_sound(row, self.path.suffix.lower(), self.target.sound)
        return Film(self._part.temporary, self.path.suffix.lower(), row, self.target)

    def _finish(self) -> None:
        if isinstance(self._row, Codec) and not self.pictures:
            raise MediaError(f"No picture came to be written into {self.path.name}.")
        if isinstance(self._row, SoundCodec) and isinstance(self._file, Film) and not self._file.samples:
            raise MediaError(f"No sound came to be written into {self.path.name}.")
        self._file.finish()

    def _note(self, row: Codec) -> None:
        """Say what the file cannot hold of what is asked for."""
        target = self.target
        if target.sample_rate and not row.sound:
            self._say(f"No sound goes into {row.title}; it is left out.")
        if target.sample_aspect != 1 and self._square_only:
            self._say(f"{row.title} cannot say in {self.path.suffix} that its pixels are not square.")
        if row.id == "gif" and target.rate is not None and target.rate > _SHOWN_GIF_RATE:
            self._say(f"Most programs show a GIF at {_SHOWN_GIF_RATE} pictures a second at most; this one has more.")

    def _note_format(self, form: StreamFormat) -> None:
        """Say what became of the size and of high dynamic range."""
        wanted = self.target.width, self.target.height
        if (form.width, form.height) != wanted:
            self._say(
                f"{self._row.title} has even sizes only in this format: the edge is repeated once, "
                f"{form.width} x {form.height} instead of {wanted[0]} x {wanted[1]}."
            )
        if form.colour.hdr:
            self._say(f"High dynamic range ({form.colour.hdr}) is kept, but not what it says of its mastering display.")

    def _say(self, sentence: str) -> None:
        self._said.append(sentence)
        log.warning("%s", sentence)

"""Numbered picture files that make a film."""

import os
import re
import stat
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from ..errors import MediaError

RATE = 25  # pictures per second; the files do not say
_PICTURES = "png|jpg|jpeg|tif|tiff|exr|dpx|bmp|webp"
_NUMBERED = re.compile(rf"(.*?)(\d+)(\.(?:{_PICTURES}))", re.IGNORECASE)
_PATTERN = re.compile(rf"([^%]*)%(?:0(\d))?d([^%]*\.(?:{_PICTURES}))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sequence:
    """A film of picture files.

    Attributes:
        folder: where they lie.
        before, after: what stands before and after the number in their names.
        digits: the number is filled up with zeros to so many digits; 0 if it is not.
        first, count: its numbers are first, first + 1, ...; it ends at the first gap.
    """

    folder: Path
    before: str
    after: str
    digits: int
    first: int
    count: int

    @property
    def url(self) -> str:
        """The name by which FFmpeg opens it."""
        number = f"%0{self.digits}d" if self.digits else "%d"
        return f"{str(self.folder.absolute()).replace('%', '%%')}/{self.before}{number}{self.after}"

    def file(self, place: int) -> Path:
        """Name one of the files, from 0."""
        return self.folder / f"{self.before}{self.first + place:0{self.digits}d}{self.after}"


def find_sequence(path: str | os.PathLike[str]) -> Sequence | None:
    """Find the numbered pictures that a folder or a pattern such as `shot_%04d.png` stands for.

    Of a folder with several sequences it is the one with the most pictures.

    Returns:
        None if `path` is neither.

    Raises:
        MediaError: there are no such pictures, or one of them is no regular file.
    """
    place = Path(path)
    pattern = _PATTERN.fullmatch(place.name)
    if place.is_dir():
        folder, (before, after, digits) = place, _commonest(place)
    elif pattern is not None and not place.exists():
        folder, (before, after, digits) = place.parent, (pattern[1], pattern[3], int(pattern[2] or 0))
    else:
        return None
    numbers = _numbers(folder, before, after, digits)
    count = next((i for i in range(len(numbers)) if numbers[i] != numbers[0] + i), len(numbers))
    found = Sequence(folder, before, after, digits, numbers[0], count)
    for i in range(count):
        if not stat.S_ISREG(found.file(i).stat().st_mode):
            raise MediaError(f"Cannot read {found.file(i).name}: it is not a file.")
    return found


def _commonest(folder: Path) -> tuple[str, str, int]:
    kinds: Counter[tuple[str, str, int]] = Counter()
    for name in _names(folder):
        if match := _NUMBERED.fullmatch(name):
            padded = match[2].startswith("0") or len(match[2]) > 1
            kinds[match[1], match[3], len(match[2]) if padded else 0] += 1
    if not kinds:
        raise MediaError(f"Cannot read {folder.name}: it is a folder without numbered pictures.")
    return max(sorted(kinds), key=lambda kind: kinds[kind])


def _numbers(folder: Path, before: str, after: str, digits: int) -> list[int]:
    number = rf"\d{{{digits}}}" if digits else r"0|[1-9]\d*"
    form = re.compile(rf"{re.escape(before)}({number}){re.escape(after)}")
    numbers = sorted(int(match[1]) for name in _names(folder) if (match := form.fullmatch(name)))
    if not numbers:
        raise MediaError(f"Cannot read {before}#{after}: there is no such numbered picture in {folder.name}.")
    return numbers


def _names(folder: Path) -> list[str]:
    try:
        return [entry.name for entry in folder.iterdir()]
    except OSError as error:
        raise MediaError(f"Cannot read {folder.name}: {error.strerror}.") from error

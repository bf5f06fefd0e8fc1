"""Take media files in, as long work: one that cannot be read never keeps the others out."""

import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

from vgan_studio.errors import MediaError
from vgan_studio.timeline.values import Media

_PACE_S = 0.5


@dataclass(frozen=True, slots=True)
class Found:
    """What came of a file.

    Attributes:
        media: what it holds; None if it cannot be read.
        words: a line on what it is.
        sentences: why it cannot be read, or what is odd about it.
    """

    path: Path
    media: Media | None = None
    words: str = ""
    sentences: tuple[str, ...] = ()


def importing(paths: Sequence[Path]) -> Generator[Found]:
    """Probe files, and those in folders; what was found, one by one."""
    for path in _files(paths):
        yield look(path)


def looking(media: Sequence[Media]) -> Generator[list[Found]]:
    """Find out again what media are and what is odd about them, as projects do not say; several at a time."""
    found, last = list[Found](), time.monotonic()
    for one in media:
        found.append(look(Path(one.path)))
        if time.monotonic() - last > _PACE_S:
            yield found
            found, last = [], time.monotonic()
    yield found


def absent(media: Sequence[Media]) -> Generator[tuple[Media, ...]]:
    """Find out which media have no file where they were; a folder that was renamed takes all of its files along."""
    yield tuple(one for one in media if one.known and not Path(one.path).exists() and "%" not in one.path)


def look(path: Path) -> Found:
    """Probe one file."""
    from vgan_studio.media.probe import probe

    try:
        probe_ = probe(path)
    except MediaError as error:
        return Found(path, sentences=(str(error),))
    odd = [f"Its rate varies ({float(probe_.rate):.2f} on average)."] if probe_.variable_rate else []
    odd += [f"HDR ({probe_.hdr}): shown in standard range."] if probe_.hdr else []
    facts = []
    if probe_.width:
        facts.append(f"{probe_.shown_width}×{probe_.shown_height}")
    if probe_.rate:
        facts.append(f"{float(probe_.rate):.4g} fps")
    facts += [probe_.codec] if probe_.codec else []
    if probe_.channels:
        facts.append(f"{probe_.channels} ch {probe_.sample_rate / 1000:.4g} kHz")
    return Found(path, probe_.media(), " · ".join(facts), (*odd, *probe_.notices))


def _files(paths: Sequence[Path]) -> Generator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(one for one in path.iterdir() if one.is_file() and not one.name.startswith("."))
        else:
            yield path

"""Subtitles between files and the film: cues to captions and back, and what becomes of them in an export."""

from collections.abc import Generator, Iterable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Literal

from vgan_studio.media.subtitle_file import FoundSubtitles, write_subtitles
from vgan_studio.media.subtitle_streams import Subtitles
from vgan_studio.media.subtitle_text import Cue, Cues
from vgan_studio.timeline.captions import within
from vgan_studio.timeline.check import MAX_FRAME
from vgan_studio.timeline.values import Caption, SubtitleTrack, Timeline

from .film import Progress

Way = Literal["burn", "stream", "file", "none"]
Files = tuple[tuple[Path, tuple[Cue, ...]], ...]


def track_of(found: FoundSubtitles, rate: Fraction) -> tuple[SubtitleTrack, tuple[str, ...]]:
    """Make a track of subtitles of what a file holds, and say what became of them, in sentences."""
    captions, notes = captions_of(found.found, rate)
    return SubtitleTrack(captions, found.title, found.language), notes


def captions_of(found: Cues, rate: Fraction) -> tuple[tuple[Caption, ...], tuple[str, ...]]:
    """Put cues on the frames nearest to their times, each for at least one.

    Where two overlap the first ends where the second begins; where they begin at one frame they become one caption.
    """
    captions: list[Caption] = []
    overlapping = 0
    for cue in found.cues:
        start, end = round(cue.start * rate), round(cue.end * rate)
        if end >= MAX_FRAME:
            break
        new = Caption(start, max(1, end - start), cue.text)
        if captions and captions[-1].end > start:
            overlapping += 1
            last = captions.pop()
            if last.start == start:
                new = Caption(start, max(last.duration, new.duration), f"{last.text}\n{new.text}")
            else:
                captions.append(replace(last, duration=start - last.start))
        captions.append(new)
    notes = found.notes
    if overlapping:
        notes += (f"{overlapping} captions overlapped: each ends where the next one begins.",)
    return tuple(captions), notes


def cues_of(captions: Iterable[Caption], rate: Fraction) -> tuple[Cue, ...]:
    """Give captions as cues, by their exact times."""
    return tuple(Cue(one.start / rate, one.end / rate, one.text) for one in captions if one.text.strip())


def with_burnt(timeline: Timeline, way: Way) -> Timeline:
    """Give the film whose pictures are written: with the words in them only if they are to be burnt in."""
    return timeline if way == "burn" else replace(timeline, subtitles=())


def streams(timeline: Timeline, frames: tuple[int, int]) -> tuple[Subtitles, ...]:
    """Give the subtitles that are shown in [start, end) as streams."""
    return tuple(
        Subtitles(cues_of(track.captions, timeline.rate), track.language, track.name)
        for track in within(timeline, *frames)
        if track.captions
    )


def beside(timeline: Timeline, frames: tuple[int, int], film: Path) -> Files:
    """Give the files of subtitles that belong beside a film: one, or one by each language or number."""
    tracks = [track for track in within(timeline, *frames) if track.captions]
    suffix = ".vtt" if film.suffix.lower() == ".webm" else ".srt"
    stem = film.stem.split("%")[0].rstrip("_-. ") or "film"
    names = [f".{track.language or number}" for number, track in enumerate(tracks, 1)]
    if len(tracks) == 1:
        names = [""]
    elif len(set(names)) < len(names):
        names = [f".{number}" for number in range(1, len(tracks) + 1)]
    return tuple(
        (film.with_name(f"{stem}{_plain(name)}{suffix}"), cues_of(track.captions, timeline.rate))
        for name, track in zip(names, tracks, strict=True)
    )


def written(steps: Generator[Progress], files: Files) -> Generator[Progress]:
    """Write files of subtitles once a film is written, and say how far both are.

    Raises:
        VganError: the film or a file cannot be written.
    """
    last: Progress | None = None
    for last in steps:
        yield last
    for path, cues in files:
        write_subtitles(path, cues)
    if files and last is not None:
        names = ", ".join(path.name for path, _ in files)
        yield replace(last, note=f"The subtitles are in {names}.")


def _plain(name: str) -> str:
    """Let a language be part of a file's name, whatever it says."""
    return "".join(character for character in name if character.isalnum() or character in ".-_")

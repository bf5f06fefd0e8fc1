"""Subtitles for the window: files are read and written as long work, and gestures that are several edits in one."""

import re
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from vgan_studio.errors import EditError
from vgan_studio.timeline.captions import Captions, caption_index
from vgan_studio.timeline.subtitles import add_caption, add_subtitles, set_look
from vgan_studio.timeline.values import CAPTION_LOOK, SubtitleTrack, Timeline, Value

NEW_S = 2  # of a caption that is added
_PLACES = {"top": -0.45, "middle": 0.0, "bottom": 0.45}  # heights from the middle, by the anchor
_TAG = re.compile(r"(.*)\.([a-z]{2,3}(?:[-_][A-Za-z]{2,4})?)")


@dataclass(frozen=True, slots=True)
class Read:
    """The subtitles of a file, a track each, and sentences on what is not as the file has it."""

    path: Path
    tracks: tuple[SubtitleTrack, ...]
    notes: tuple[str, ...]


def reading(paths: Sequence[Path], rate: Fraction) -> Generator[tuple[Read, ...]]:
    """Read files of subtitles; all that were read, at the end.

    Raises:
        VganError: one cannot be read.
    """
    from vgan_studio.media.subtitle_file import read_subtitles
    from vgan_studio.render.subtitles import track_of

    found: list[Read] = []
    for path in paths:
        made = [track_of(one, rate) for one in read_subtitles(path)]
        notes = dict.fromkeys(note for _, notes in made for note in notes)
        found.append(Read(path, tuple(_named(track, path) for track, _ in made), tuple(notes)))
    yield tuple(found)


def writing(path: Path, captions: Captions, rate: Fraction) -> Generator[Path]:
    """Write captions as SubRip or WebVTT, by the suffix; the path at the end.

    Raises:
        VganError: it cannot be written.
    """
    from vgan_studio.media.subtitle_file import write_subtitles
    from vgan_studio.render.subtitles import cues_of

    write_subtitles(path, cues_of(captions, rate))
    yield path


def take(timeline: Timeline, tracks: Sequence[SubtitleTrack]) -> Timeline:
    """Put tracks of subtitles after those that are there."""
    for track in tracks:
        timeline = add_subtitles(timeline, track)
    return timeline


def speak(timeline: Timeline, track: int, frame: int, name: str) -> Timeline:
    """Put an empty caption at a frame, on a new track if there is none.

    Args:
        name: of a track that is new.

    Raises:
        EditError: there is a caption already, or the track is locked.
    """
    if not timeline.subtitles:
        timeline, track = add_subtitles(timeline, SubtitleTrack(name=name)), 0
    return add_caption(timeline, track, frame, max(1, round(NEW_S * timeline.rate)))


def dress(timeline: Timeline, track: int, name: str, value: Value | None) -> Timeline:
    """Give the look of a track another value; None for the usual one.  Words that go up or down go to that edge.

    Raises:
        EditError: there is no such track, or it is locked.
    """
    if not 0 <= track < len(timeline.subtitles):
        raise EditError(f"There are no subtitles {track + 1}.")
    look, usual = timeline.subtitles[track].look, dict(CAPTION_LOOK.params)
    params = dict(look.params)
    wanted = usual.get(name) if value is None else value
    if wanted is None:
        params.pop(name, None)
    else:
        params[name] = wanted
    if name == "anchor" and wanted in _PLACES:
        held = params.get("position", (0.0, 0.0))
        across = held[0] if isinstance(held, tuple) else 0.0
        params["position"] = (across, _PLACES[str(wanted)])
    return set_look(timeline, track, replace(look, params=tuple(sorted(params.items()))))


def spoken_at(timeline: Timeline, track: int, frame: int) -> int:
    """Give the index of the caption at a frame of a track.

    Raises:
        EditError: there is none.
    """
    if 0 <= track < len(timeline.subtitles):
        captions = timeline.subtitles[track].captions
        index = caption_index(captions, frame)
        if index >= 0 and frame < captions[index].end:
            return index
    raise EditError("There is no caption at the playhead.")


def _named(track: SubtitleTrack, path: Path) -> SubtitleTrack:
    """Take the language from a name such as `film.en.srt` where the file does not say it."""
    match = _TAG.fullmatch(path.stem)
    name, language = track.name, track.language
    if match is not None and not language:
        name, language = match[1] if name == path.stem else name, match[2].replace("_", "-")
    return SubtitleTrack(track.captions, name or path.stem, language)

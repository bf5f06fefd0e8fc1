"""Project files and the media they name: found, checked by content, and never taken on trust.

A project may come from a stranger.  A path in it is used only where its content is what the project was made with
(by fingerprint), or where it lies in the project's own folder or in one that the user names.
"""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from vgan_studio.errors import MediaError, ProjectError
from vgan_studio.media.fingerprint import fingerprint
from vgan_studio.media.probe import probe
from vgan_studio.render.trust import below, with_files
from vgan_studio.timeline import otio
from vgan_studio.timeline.bin import relink, relink_paths
from vgan_studio.timeline.values import Media, Timeline

log = logging.getLogger(__name__)

_MOST_FILES = 10_000  # looked at in search of moved media


def open_project(path: Path, folders: Sequence[Path]) -> Timeline:
    """Load a project and find its media: where they were, beside the project, or in the folders, by content.

    Raises:
        ProjectError: it cannot be read, or media are missing; the sentence names them.
    """
    timeline = otio.load(path)
    own = path.absolute().parent
    places = [own, *(folder.absolute() for folder in folders)]
    for folder in folders:
        if not folder.is_dir():
            raise ProjectError(f"{folder} is not a folder.")
    timeline = relink_paths(timeline, lambda name: str(own / name))
    timeline = with_files(timeline, places)
    found = {media.fingerprint: _find(media, places) for media in timeline.media}
    missing = [Path(media.path).name for media in timeline.media if found[media.fingerprint] is None]
    if missing:
        raise ProjectError(f"Media are missing: {', '.join(missing)}. Say where they may be with --media DIR.")
    return relink(timeline, {name: media for name, media in found.items() if media is not None})


def save_project(timeline: Timeline, path: Path) -> None:
    """Save a project; media in its folder or below are named relative to it, so that the folder can be moved.

    Raises:
        ProjectError: it cannot be written.
    """
    own = path.absolute().parent

    def shorter(name: str) -> str:
        place = Path(name).absolute()
        return place.relative_to(own).as_posix() if place.is_relative_to(own) else str(place)

    otio.save(relink_paths(timeline, shorter), path)


def _find(media: Media, places: Sequence[Path]) -> Media | None:
    """Give the media with the path where its content is; None if it is nowhere."""
    for path in _candidates(media, places):
        try:
            if not media.known:
                return probe(path).media()
            if fingerprint(path) == media.fingerprint:
                return replace(media, path=str(path))
        except MediaError as error:
            log.info("Not %s: %s", path, error)
    return None


def _candidates(media: Media, places: Sequence[Path]) -> Iterator[Path]:
    """Give the files that a media may be, the likeliest first."""
    path = Path(media.path)
    if path.is_file() and (media.known or below(path, places)):
        yield path
    for folder in places:
        same = folder / path.name
        if same != path and same.is_file():
            yield same
    for folder in places[1:]:
        yield from _below_by_suffix(folder, path.suffix)


def _below_by_suffix(folder: Path, suffix: str) -> Iterator[Path]:
    for number, path in enumerate(folder.rglob(f"*{suffix}")):
        if number == _MOST_FILES:
            log.warning("%s holds too many files to look at them all.", folder)
            return
        if path.is_file():
            yield path

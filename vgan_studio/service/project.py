"""Project files and the media they name, as long work: media that are not found do not keep a film from opening.

A path in a project is used only where its content is what the project was made with, by fingerprint; so a project
of a stranger cannot bring in a file of the user's by its name.
"""

from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from vgan_studio.errors import MediaError
from vgan_studio.timeline.bin import relink, relink_paths
from vgan_studio.timeline.values import Media, Timeline


@dataclass(frozen=True, slots=True)
class Opened:
    """A project as it was read, and the media of it that were not found."""

    timeline: Timeline
    path: Path
    missing: tuple[Media, ...] = ()


def opening(path: Path) -> Generator[Opened]:
    """Read a project and look for its media: where they were, and beside the project.

    Raises:
        ProjectError: it cannot be read.
    """
    from vgan_studio.render.trust import with_files
    from vgan_studio.timeline import otio

    timeline = otio.load(path)
    own = path.absolute().parent
    timeline = with_files(relink_paths(timeline, lambda name: str(own / name)), [own])
    found = {media.fingerprint: _find(media, own) for media in timeline.media}
    timeline = relink(timeline, {name: media for name, media in found.items() if media is not None})
    yield Opened(
        timeline, path, tuple(media for media in timeline.media if found.get(media.fingerprint, media) is None)
    )


def saving(timeline: Timeline, path: Path) -> Generator[Path]:
    """Write a project; media in its folder are named relative to it, so that the folder can be moved.

    Raises:
        ProjectError: it cannot be written; the old file is as it was.
    """
    from vgan_studio.timeline import otio

    own = path.absolute().parent

    def shorter(name: str) -> str:
        place = Path(name).absolute()
        return place.relative_to(own).as_posix() if place.is_relative_to(own) else str(place)

    otio.save(relink_paths(timeline, shorter), path)
    yield path


def relinking(missing: tuple[Media, ...], folder: Path) -> Generator[dict[str, Media]]:
    """Look for media below a folder, by name and content; what was found, by fingerprint."""
    found: dict[str, Media] = {}
    for media in missing:
        for path in _same_name(folder, Path(media.path).name):
            there = _checked(media, path)
            if there is not None:
                found[media.fingerprint] = there
                break
        yield dict(found)


def _find(media: Media, own: Path) -> Media | None:
    path = Path(media.path)
    for place in dict.fromkeys((path, own / path.name)):
        trusted = media.known or place.is_relative_to(own)
        if trusted and place.is_file():
            found = _checked(media, place)
            if found is not None:
                return found
    return None


def _checked(media: Media, path: Path) -> Media | None:
    """Give the media with its content's path; None if the file is another one."""
    from vgan_studio.media.fingerprint import fingerprint
    from vgan_studio.media.probe import probe

    try:
        if not media.known:
            return probe(path).media()
        return replace(media, path=str(path)) if fingerprint(path) == media.fingerprint else None
    except MediaError:
        return None


def _same_name(folder: Path, name: str, most: int = 10_000) -> Iterator[Path]:
    for number, path in enumerate(folder.rglob("*")):
        if number == most:
            return
        if path.name == name and path.is_file():
            yield path

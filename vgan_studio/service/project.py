"""Project files and the media they name, as long work: media that are not found do not keep a film from opening."""

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from vgan_studio.timeline.bin import relink, relink_paths
from vgan_studio.timeline.values import Media, Timeline

if TYPE_CHECKING:
    from vgan_studio.render.models import Missing as MissingModel

_MOST_FILES = 10_000  # looked at in search of a name


@dataclass(frozen=True, slots=True)
class Opened:
    """A project as it was read.

    Attributes:
        missing: the media of it that were not found.
        models: those that it asks for and that are not here, or are others now; `render.models.without_missing` gives
            the film as it can be shown.
    """

    timeline: Timeline
    path: Path
    missing: tuple[Media, ...] = ()
    models: tuple["MissingModel", ...] = ()


def opening(path: Path, *, ours: bool = False) -> Generator[Opened]:
    """Read a project and look for its media: where they were, and beside the project.

    Args:
        ours: this program wrote it a moment ago; else effects that read files from elsewhere are switched off.

    Raises:
        ProjectError: it cannot be read.
    """
    from vgan_studio.render.models import missing_models
    from vgan_studio.render.project import find_media, with_files
    from vgan_studio.timeline import otio

    timeline = otio.load(path)
    own = path.absolute().parent
    timeline = relink_paths(timeline, lambda name: str(own / name))
    timeline = timeline if ours else with_files(timeline, [own], refuse=False)
    found = {media.fingerprint: find_media(media, [own]) for media in timeline.media}
    timeline = relink(timeline, {name: media for name, media in found.items() if media is not None})
    missing = tuple(media for media in timeline.media if found.get(media.fingerprint, media) is None)
    yield Opened(timeline, path, missing, missing_models(timeline))


def saving(timeline: Timeline, path: Path) -> Generator[Path]:
    """Write a project; media in its folder are named relative to it, so that the folder can be moved.

    Raises:
        ProjectError: it cannot be written; the old file is as it was.
    """
    from vgan_studio.render.project import save_project

    save_project(timeline, path)
    yield path


@dataclass(frozen=True, slots=True)
class Searched:
    """What was found of missing media, by their fingerprints.

    Attributes:
        found: where they are.
        alike: files of the same name and another content, of those that were not found.
    """

    found: dict[str, Media]
    alike: dict[str, Path]


def relinking(missing: tuple[Media, ...], folder: Path) -> Generator[Searched]:
    """Look for media below a folder, by name and content."""
    from vgan_studio.render.project import find_media

    found, alike = dict[str, Media](), dict[str, Path]()
    for media in missing:
        there = find_media(media, [folder, folder])
        if there is not None:
            found[media.fingerprint] = there
        elif (same := next((path for path in _named(folder, Path(media.path).name)), None)) is not None:
            alike[media.fingerprint] = same
        yield Searched(dict(found), dict(alike))


def _named(folder: Path, name: str) -> Iterator[Path]:
    looked = islice(folder.rglob("*"), _MOST_FILES)
    return (path for path in looked if path.name == name and path.is_file())

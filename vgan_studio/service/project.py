"""Project files and the media they name, as long work: media that are not found do not keep a film from opening."""

from collections.abc import Collection, Generator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from vgan_studio.timeline.bin import relink, relink_paths
from vgan_studio.timeline.values import Media, Timeline

from .own_films import is_own, note_own

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
        barred: of each effect that was switched off, why.
    """

    timeline: Timeline
    path: Path
    missing: tuple[Media, ...] = ()
    models: tuple["MissingModel", ...] = ()
    barred: tuple[str, ...] = ()


def opening(path: Path, *, ours: bool = False, state: Path | None = None) -> Generator[Opened]:
    """Read a project and look for its media: where they were, and beside the project.

    Effects that read files from elsewhere are switched off, unless this program wrote the project.

    Args:
        ours: it wrote it a moment ago.
        state: where it remembers what it wrote.

    Raises:
        ProjectError: it cannot be read.
    """
    from vgan_studio.render.models import missing_models
    from vgan_studio.render.project import find_media, with_files
    from vgan_studio.timeline import otio

    timeline = otio.load(path)
    own = path.absolute().parent
    timeline = relink_paths(timeline, lambda name: str(own / name))
    barred: list[str] = []
    if not ours and not (state is not None and is_own(path, state)):
        timeline = with_files(timeline, [own], barred=barred)
    found = {media.fingerprint: find_media(media, [own]) for media in timeline.media}
    timeline = relink(timeline, {name: media for name, media in found.items() if media is not None})
    missing = tuple(media for media in timeline.media if found.get(media.fingerprint, media) is None)
    yield Opened(timeline, path, missing, missing_models(timeline), tuple(barred))


def saving(timeline: Timeline, path: Path, state: Path | None = None) -> Generator[Path]:
    """Write a project; media in its folder are named relative to it, so that the folder can be moved.

    Args:
        state: where it is remembered that this program wrote it.

    Raises:
        ProjectError: it cannot be written; the old file is as it was.
    """
    from vgan_studio.render.project import save_project

    save_project(timeline, path)
    if state is not None:
        note_own(path, state)
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
    named: dict[str, Path] | None = None  # sought once, if anything is not found
    for media in missing:
        there = find_media(media, [folder, folder])
        if there is not None:
            found[media.fingerprint] = there
        else:
            named = _named(folder, {Path(one.path).name for one in missing}) if named is None else named
            if (same := named.get(Path(media.path).name)) is not None:
                alike[media.fingerprint] = same
        yield Searched(dict(found), dict(alike))


def _named(folder: Path, names: Collection[str]) -> dict[str, Path]:
    """Give the first file below a folder of each name."""
    found: dict[str, Path] = {}
    for path in islice(folder.rglob("*"), _MOST_FILES):
        if path.name in names and path.name not in found and path.is_file():
            found[path.name] = path
    return found

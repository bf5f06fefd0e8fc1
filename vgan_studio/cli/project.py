"""Open a project for the command line: what is missing is an error."""

import logging
from collections.abc import Sequence
from pathlib import Path

from vgan_studio.errors import ProjectError
from vgan_studio.render.models import missing_models
from vgan_studio.render.project import found_media, save_project, with_files
from vgan_studio.service.own_films import is_own
from vgan_studio.timeline import otio
from vgan_studio.timeline.bin import relink_paths
from vgan_studio.timeline.values import Timeline

log = logging.getLogger(__name__)

__all__ = ["open_project", "save_project"]


def open_project(path: Path, folders: Sequence[Path], state: Path | None = None) -> Timeline:
    """Load a project and find its media: where they were, beside the project, or in the folders, by content.

    Effects read files that lie there; those of a film that the window wrote on this machine, wherever they lie.

    Args:
        state: where the window remembers what it wrote.

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
    if state is None or not is_own(path, state):
        timeline = with_files(timeline, places)
    _check_models(timeline)
    return found_media(timeline, places)


def _check_models(timeline: Timeline) -> None:
    """Refuse what cannot be rendered as it was meant, before the work begins; say what has changed."""
    found = missing_models(timeline)
    for one in found:
        if one.changed:
            log.warning("%s.", one)
    gone = [f"{one.model} (for {one.effect} on clip {one.clip})" for one in found if not one.changed]
    if gone:
        raise ProjectError(
            f"Models are missing: {', '.join(gone)}. Take them in with `vgan models import FILE`, or switch those "
            "effects off."
        )

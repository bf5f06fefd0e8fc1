"""Open a project for the command line: what is missing is an error."""

from collections.abc import Sequence
from pathlib import Path

from vgan_studio.errors import ProjectError
from vgan_studio.render.project import found_media, save_project, with_files
from vgan_studio.timeline import otio
from vgan_studio.timeline.bin import relink_paths
from vgan_studio.timeline.values import Timeline

__all__ = ["open_project", "save_project"]


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
    return found_media(timeline, places)

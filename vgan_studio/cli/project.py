"""Open a project for the command line: what is missing is an error."""

from collections.abc import Sequence
from pathlib import Path

from vgan_studio.errors import ProjectError
from vgan_studio.render.project import find_media, save_project, with_files
from vgan_studio.timeline import otio
from vgan_studio.timeline.bin import relink, relink_paths
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
    found = {media.fingerprint: find_media(media, places) for media in timeline.media}
    missing = [Path(media.path).name for media in timeline.media if found[media.fingerprint] is None]
    if missing:
        raise ProjectError(f"Media are missing: {', '.join(missing)}. Say where they may be with --media DIR.")
    return relink(timeline, {name: media for name, media in found.items() if media is not None})

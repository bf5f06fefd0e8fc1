"""Edits of the folders of the bin: named, nested, and holding media; what is in none lies at the top.

A folder is named by its path, the names from the top down; () is the top itself.
"""

from collections.abc import Iterable
from dataclasses import replace

from vgan_studio.errors import EditError

from .check import folders_faults
from .pieces import refuse
from .values import Folder, FolderPath, Timeline

TOP: FolderPath = ()


def add_folder(timeline: Timeline, path: FolderPath) -> Timeline:
    """Make an empty folder; the one that it lies in is there already."""
    if path in _paths(timeline):
        raise EditError("There is a folder with this name already.")
    return _with(timeline, [*timeline.folders, Folder(path)])


def rename_folder(timeline: Timeline, path: FolderPath, name: str) -> Timeline:
    """Give a folder another name; what lies in it goes with it."""
    _folder(timeline, path)
    return _moved(timeline, path, (*path[:-1], name))


def move_folder(timeline: Timeline, path: FolderPath, to: FolderPath) -> Timeline:
    """Put a folder with all that lies in it into another one."""
    _folder(timeline, path)
    if to != TOP:
        _folder(timeline, to)
    if to[: len(path)] == path:
        raise EditError("A folder cannot lie in itself.")
    return _moved(timeline, path, (*to, path[-1]))


def remove_folder(timeline: Timeline, path: FolderPath) -> Timeline:
    """Take a folder away; the media and folders in it go to where it lay, and into folders of their name there.

    A            remove A
      a.mov        a.mov
      B            B
    """
    _folder(timeline, path)
    rest = [one for one in timeline.folders if one.path != path]
    gone = next(one for one in timeline.folders if one.path == path)
    raised = [replace(one, path=(*path[:-1], *one.path[len(path) :])) if _below(one, path) else one for one in rest]
    if path[:-1] != TOP:
        raised.append(Folder(path[:-1], gone.media))
    return _with(timeline, raised)


def shelve(timeline: Timeline, fingerprints: Iterable[str], path: FolderPath) -> Timeline:
    """Put media of the bin into a folder, out of those where they were."""
    if path != TOP:
        _folder(timeline, path)
    moved = set(fingerprints)
    if not moved <= {one.fingerprint for one in timeline.media}:
        raise EditError("This medium is not in the bin.")
    left = [replace(one, media=tuple(name for name in one.media if name not in moved)) for one in timeline.folders]
    return _with(timeline, [*left, *([Folder(path, tuple(sorted(moved)))] if path != TOP else [])])


def shelf_of(timeline: Timeline) -> dict[str, FolderPath]:
    """Give the folders of media by fingerprint; those at the top are left out."""
    return {name: folder.path for folder in timeline.folders for name in folder.media}


def _with(timeline: Timeline, folders: Iterable[Folder]) -> Timeline:
    """Give a timeline these folders, those of one path made one."""
    held: dict[FolderPath, set[str]] = {}
    for folder in folders:
        held.setdefault(folder.path, set()).update(folder.media)
    made = tuple(Folder(path, tuple(sorted(held[path]))) for path in sorted(held))
    refuse(folders_faults(made, timeline.media))
    return replace(timeline, folders=made)


def _moved(timeline: Timeline, path: FolderPath, to: FolderPath) -> Timeline:
    if to == path:
        return timeline
    if to in _paths(timeline):
        raise EditError("There is a folder with this name already.")
    below = (one.path == path or _below(one, path) for one in timeline.folders)
    pairs = zip(timeline.folders, below, strict=True)
    return _with(timeline, [replace(one, path=(*to, *one.path[len(path) :])) if go else one for one, go in pairs])


def _below(folder: Folder, path: FolderPath) -> bool:
    return len(folder.path) > len(path) and folder.path[: len(path)] == path


def _folder(timeline: Timeline, path: FolderPath) -> None:
    if path not in _paths(timeline):
        raise EditError("There is no such folder in the bin.")


def _paths(timeline: Timeline) -> set[FolderPath]:
    return {folder.path for folder in timeline.folders}

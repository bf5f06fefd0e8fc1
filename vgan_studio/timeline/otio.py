"""The project file: an OpenTimelineIO file that other programs show rightly, with our exact values in its metadata.

The only file that knows `opentimelineio`.  Files come from strangers: OTIO's parser is given a bounded skeleton
(otio_bounds.py), which it checks and brings up to the schemas of today.  No path in a file is opened or looked up.
"""

import gc
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import cast

from vgan_studio.errors import ProjectError

from .otio_bounds import MAX_BYTES, bounded
from .otio_reader import read
from .otio_values import Tree
from .otio_writer import write
from .values import Timeline


def load(path: str | Path) -> Timeline:
    """Read a project file.

    Media that another program named are not `Media.known`: `media.probe` and `bin.relink` make them so.

    Raises:
        ProjectError: it cannot be opened, or is no sound timeline.
    """
    path = Path(path)
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise ProjectError(f"Cannot open {path.name}: {error.strerror}.") from error
    return loads(data)


def loads(data: bytes | str) -> Timeline:
    """Read a timeline from the content of a project file.

    Raises:
        ProjectError: it is no sound timeline.
    """
    with _calm():
        tree, aside = bounded(data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data)
        return read(_upgraded(tree), aside)


def save(timeline: Timeline, path: str | Path) -> None:
    """Write a project file, beside the old one and then in its place: at no time is there half a file.

    Raises:
        ProjectError: it cannot be written; the old file is as it was.
    """
    path = Path(path)
    data = dumps(timeline).encode()
    try:
        _replace(path.resolve(), data)
    except OSError as error:
        raise ProjectError(f"Cannot write {path.name}: {error.strerror}.") from error


def dumps(timeline: Timeline) -> str:
    """Write a timeline as the content of a project file."""
    with _calm():
        return write(timeline)


@contextmanager
def _calm() -> Iterator[None]:
    """Keep the collector from walking millions of new objects again and again, none of them garbage: twice as fast."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _upgraded(tree: Tree) -> Tree:
    """Let OTIO's parser check a tree and bring it up to the schemas of today."""
    from opentimelineio.core import deserialize_json_from_string, serialize_json_to_string
    from opentimelineio.exceptions import OTIOError, UnsupportedSchemaError

    try:
        parsed = deserialize_json_from_string(json.dumps(tree))
        return cast(Tree, json.loads(serialize_json_to_string(parsed, indent=-1)))
    except UnsupportedSchemaError as error:
        raise ProjectError("The project file was written by a newer OpenTimelineIO than this program has.") from error
    except (OTIOError, ValueError, TypeError, LookupError, RuntimeError) as error:
        raise ProjectError("The project file is damaged: it is not as OpenTimelineIO files are.") from error


def _replace(path: Path, data: bytes) -> None:
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with part.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileNotFoundError):
            part.chmod(path.stat().st_mode & 0o777)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Let the new name, too, survive a power cut, where the system knows how."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

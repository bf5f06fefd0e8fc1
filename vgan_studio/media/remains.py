"""What a crash leaves half written: noted while it is written, and removed later where it is surely ours.

A note names the file, with its device and inode, and is locked for as long as the process that writes it lives; the
system lets go of the lock however that ends.  Removed is only what a note without a living owner names, at the same
place, with the same inode, and made on this machine: never a file of another program that is called alike.
"""

import json
import os
import shutil
import socket
import time
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from uuid import uuid4

import platformdirs

_LOCKS = find_spec("fcntl") is not None  # not on Windows: nothing is noted there, and nothing removed
if _LOCKS:
    import fcntl

_YOUNG_S = 60.0  # a note that is being written is left alone
_SUFFIX = ".json"
_MOST_BYTES = 1 << 16


def notes_folder() -> Path:
    """Say where notes lie."""
    return Path(platformdirs.user_state_dir("vgan_studio")) / "parts"


class Note:
    """Says of a file or folder that this process writes it; where it cannot be noted, nothing is said.

    Args:
        path: what is there already, if only empty.
    """

    def __init__(self, path: Path) -> None:
        self._handle, self._place = -1, notes_folder() / f"{uuid4().hex}{_SUFFIX}"
        if not _LOCKS:
            return
        with suppress(OSError):
            state = path.lstat()
            facts = {"path": str(path.absolute()), "device": state.st_dev, "inode": state.st_ino, "host": _host()}
            self._place.parent.mkdir(parents=True, exist_ok=True)
            self._handle = os.open(self._place, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
            fcntl.flock(self._handle, fcntl.LOCK_EX)
            os.write(self._handle, json.dumps(facts).encode())

    def close(self) -> None:
        """Take the note back: the file is whole, or gone."""
        if self._handle < 0:
            return
        with suppress(OSError):
            self._place.unlink(missing_ok=True)
        with suppress(OSError):
            os.close(self._handle)
        self._handle = -1


def sweep() -> tuple[Path, ...]:
    """Remove what processes that are no more have left half written; what was removed."""
    found = []
    for note in sorted(notes_folder().glob(f"*{_SUFFIX}")) if _LOCKS else ():
        with suppress(OSError, ValueError):
            gone = _sweep_one(note)
            found += [gone] if gone is not None else []
    return tuple(found)


def _sweep_one(note: Path) -> Path | None:
    """Do what a note says if nobody holds it any more; what was removed."""
    handle = os.open(note, os.O_RDWR)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)  # refused: its owner lives
        facts = _facts(os.read(handle, _MOST_BYTES))
        if facts is None and time.time() - note.stat().st_mtime < _YOUNG_S:
            return None
        if facts is not None and facts.get("host") != _host():
            return None
        removed = _remove(facts) if facts is not None else None
        note.unlink(missing_ok=True)
        return removed
    finally:
        os.close(handle)


def _facts(text: bytes) -> dict[str, object] | None:
    with suppress(ValueError):
        found = json.loads(text)
        return found if isinstance(found, dict) else None
    return None


def _remove(facts: dict[str, object]) -> Path | None:
    path = Path(str(facts.get("path", "")))
    try:
        state = path.lstat()
    except OSError:
        return None
    same = (state.st_dev, state.st_ino) == (facts.get("device"), facts.get("inode"))
    if not same or path.suffix != ".part" or path.is_symlink():
        return None
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()
    return path


def _host() -> str:
    return socket.gethostname()

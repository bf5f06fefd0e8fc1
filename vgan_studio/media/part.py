"""A file that has its name only once it is whole."""

import contextlib
import errno
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import av

from ..errors import MediaError
from .remains import Note

_SENTENCES = {
    errno.ENOSPC: "The disk is full: {name} was not written.",
    errno.EDQUOT: "Your share of the disk is full: {name} was not written.",
    errno.EFBIG: "{name} grew larger than a file may be here; it was not written.",
    errno.EACCES: "You may not write {name} there.",
    errno.EPERM: "You may not write {name} there.",
    errno.EROFS: "The disk may only be read: {name} was not written.",
}


class Part:
    """NAME.part, a file or a folder, that becomes NAME; it is noted, so that `remains.sweep` finds it after a crash.

    Args:
        path: NAME.
        sources: files that are being read; NAME must be none of them.

    Raises:
        MediaError: NAME cannot be written.
    """

    def __init__(self, path: str | Path, *, sources: Iterable[str | Path] = (), folder: bool = False) -> None:
        self.path = Path(path)
        self.temporary = self.path.with_name(self.path.name + ".part")
        self._note: Note | None = None
        refuse_sources(self.path, sources)
        self._check(folder)
        self.discard()
        with saying(self.path.name):
            if folder:
                self.temporary.mkdir()
            else:
                self.temporary.touch()
        self._note = Note(self.temporary)

    def finish(self) -> None:
        """Put it on the disk and give it its name.

        Raises:
            MediaError: the disk is full, ...
        """
        with saying(self.path.name):
            for file in self.temporary.iterdir() if self.temporary.is_dir() else (self.temporary,):
                sync(file)
            self.temporary.replace(self.path)
            sync(self.path.absolute().parent)
        self._forget()

    def discard(self) -> None:
        """Remove what was written; nothing is said if that fails."""
        with contextlib.suppress(OSError):
            if self.temporary.is_dir() and not self.temporary.is_symlink():
                shutil.rmtree(self.temporary)
            else:
                self.temporary.unlink(missing_ok=True)
        self._forget()

    def _forget(self) -> None:
        if self._note is not None:
            self._note.close()

    def _check(self, folder: bool) -> None:
        name = self.path.name
        if not self.path.absolute().parent.is_dir():
            raise MediaError(f"The folder for {name} is not there: {self.path.absolute().parent}.")
        if folder and self.path.exists() and (not self.path.is_dir() or any(self.path.iterdir())):
            raise MediaError(f"{name} is there already; name a new folder.")
        if not folder and self.path.exists() and not self.path.is_file():
            raise MediaError(f"{name} is there already and is not a file.")


def refuse_sources(path: Path, sources: Iterable[str | Path]) -> None:
    """Raise a MediaError if a file to be written, or its part, is one that is being read."""
    for mine in (path, path.with_name(path.name + ".part")):
        for source in sources:
            if os.path.realpath(mine) == os.path.realpath(source) or (
                mine.exists() and Path(source).exists() and mine.samefile(source)
            ):
                raise MediaError(f"{mine.name} is a source of this film; choose another name.")


@contextmanager
def saying(name: str) -> Iterator[None]:
    """Turn the errors of FFmpeg and of the disk into a sentence about the file `name`."""
    try:
        yield
    except (av.FFmpegError, OSError) as error:
        template = _SENTENCES.get(error.errno or 0)
        if template is None:
            template = f"Cannot write {{name}}: {error.strerror or error}."
        raise MediaError(template.format(name=name)) from error


def sync(path: Path) -> None:
    """Wait until a file or a folder is on the disk, where the system can do that."""
    if os.name == "nt" and path.is_dir():
        return
    handle = os.open(path, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

"""Nothing is lost: every edit is kept beside the project, and offered after a crash.

    film.otio                   the project
    .film.otio.versions/        000041.otio ... 000060.otio: the film after each of the last edits

A film without a file has its versions in the user's state folder.  There, too, every running editor has a folder
with a lock, which falls open when its process dies, however it dies.
"""

import json
import logging
import shutil
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import QLockFile, QObject, QThread, Signal

from vgan_studio.errors import VganError
from vgan_studio.timeline.values import Timeline

from .beside import replace_file
from .document import Document

log = logging.getLogger(__name__)

VERSIONS_KEPT = 20
_SUFFIX = ".otio"
_NOTE = "session.json"
_OLDEST_S = 30 * 86400.0  # versions of films without a file are kept for so long after a crash
_LARGEST_NOTE = 65536


@dataclass(frozen=True, slots=True)
class Offer:
    """A film as it was before a crash.

    Attributes:
        version: the file that holds it.
        project: the file it belongs to; None if it was never saved.
        seconds: when it was kept, since 1970.
        session: the folder that `forget` takes away.
    """

    version: Path
    project: Path | None
    seconds: float
    session: Path


def versions_folder(project: Path) -> Path:
    """Say where the versions of a project are."""
    return project.parent / f".{project.name}.versions"


class Recovery(QThread):
    """Keeps the film after each edit, in a thread of its own; its methods belong to the GUI thread.

    It never stands in the way.  What cannot be written beside the project is kept in the folder of the session; that,
    and where nothing can be kept, is said once by `failed`, and the editor goes on.

    Attributes:
        failed: a sentence for the user.
        kept: a version was written; its path is given.

    Args:
        state: where editors leave word of themselves.
    """

    failed = Signal(str)
    kept = Signal(object)

    def __init__(self, state: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = state / "sessions" / uuid4().hex
        self._lock = QLockFile(str(self._session / "lock"))
        self._lock.setStaleLockTime(0)
        self._wanted: tuple[Timeline, Path] | None = None
        self._ending = self._said = self._aside = False
        self._word = threading.Condition()
        self._project: Path | None = None
        self._before = 0
        self._note(None)

    def follow(self, project: Path | None) -> None:
        """Keep the versions beside this project from now on."""
        if project != self._project:
            self._project, self._aside, self._said = project, False, False
            self._before = max((int(path.stem) for path in self.versions()), default=0)
            self._note(project)

    def edited(self, document: Document) -> None:
        """Keep the film of a document beside its own project, unless it was opened just now and is as it was saved."""
        anew = document.path != self._project
        self.follow(document.path)
        if not anew or document.dirty:
            self.keep(document.timeline)

    def versions(self) -> list[Path]:
        """Give the versions of the film that are kept, the newest last."""
        return _versions(self._folder)

    def keep(self, timeline: Timeline) -> None:
        """Keep a film soon; an older one that waits is forgotten."""
        with self._word:
            self._wanted = timeline, self._folder
            self._word.notify()

    def leave(self, *, lost: bool = False) -> None:
        """End; what waits is written first.  If edits would be `lost`, they are offered at the next start."""
        with self._word:
            self._ending = True
            self._word.notify()
        self.wait()
        self._lock.unlock()
        if not lost:
            shutil.rmtree(self._session, ignore_errors=True)

    def run(self) -> None:
        """Write what is wanted; called by Qt in the new thread."""
        while True:
            with self._word:
                self._word.wait_for(lambda: self._wanted is not None or self._ending)
                if self._wanted is None:
                    return
                timeline, folder = self._wanted
                self._wanted = None
            try:
                self.kept.emit(self._put(timeline, folder))
            except (OSError, VganError) as error:
                self._say("The last edits cannot be kept for recovery: {0}. Save the film elsewhere.", error)
            except Exception as error:
                sys.excepthook(type(error), error, error.__traceback__)

    def _put(self, timeline: Timeline, folder: Path) -> Path:
        """Write a version, in the folder of the session where it cannot lie beside the project."""
        own = self._session / "versions"
        try:
            path = _write(timeline, folder)
            if int(path.stem) <= self._before:  # somebody has removed those of before
                self._before = 0
                self._note(self._project)
            return path
        except OSError as error:
            if folder == own:
                raise
            path = _write(timeline, own)
            self._aside, self._before = True, 0
            self._note(self._project)
            self._say("Nothing can be written beside the film: {0}. Edits are kept in the program's own folder.", error)
            return path

    @property
    def _folder(self) -> Path:
        if self._project is None or self._aside:
            return self._session / "versions"
        return versions_folder(self._project)

    def _note(self, project: Path | None) -> None:
        try:
            self._session.mkdir(parents=True, exist_ok=True)
            self._lock.tryLock(0)
            own, folder = str(project.absolute()) if project else "", str(self._folder.absolute())
            note = {"project": own, "versions": folder, "before": self._before}
            replace_file(self._session / _NOTE, json.dumps(note).encode())
        except OSError as error:
            log.warning("Cannot leave word for recovery: %s", error)  # the first version will fail, too, and say so

    def _say(self, words: str, error: Exception) -> None:
        log.warning("Cannot keep versions: %s", error)
        if not self._said:
            self._said = True
            reason = getattr(error, "strerror", None) or str(error).rstrip(".")
            self.failed.emit(words.format(reason))


def offers(state: Path) -> list[Offer]:
    """Look for films of editors that died, the newest first; what cannot be read is passed over."""
    found = []
    for session in _folders(state / "sessions"):
        if not _dead(session):
            continue
        offer = _offer(session)
        if offer is not None:
            found.append(offer)
        elif _age(session) > _OLDEST_S or not (session / "versions").is_dir():
            shutil.rmtree(session, ignore_errors=True)
    return sorted(found, key=lambda offer: offer.seconds, reverse=True)


def forget(offer: Offer) -> None:
    """Offer this film no more; its versions stay where they are, those of a film without a file for 30 days."""
    if offer.project is not None:
        shutil.rmtree(offer.session, ignore_errors=True)
        return
    with suppress(OSError):
        (offer.session / _NOTE).replace(offer.session / f"skipped-{_NOTE}")


def _offer(session: Path) -> Offer | None:
    """Give what an editor left, if that is newer than the project's file."""
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        with (session / _NOTE).open("rb") as file:
            note = json.loads(file.read(_LARGEST_NOTE))
        project = Path(note["project"]) if note["project"] else None
        versions = _versions(Path(note["versions"]))
        if not versions or int(versions[-1].stem) <= note.get("before", 0):
            return None  # nothing was edited since it was opened
        state = versions[-1].stat()
        if project is None or not project.exists() or state.st_mtime_ns > project.stat().st_mtime_ns:
            return Offer(versions[-1], project, state.st_mtime, session)
    return None


def _dead(session: Path) -> bool:
    lock = QLockFile(str(session / "lock"))
    lock.setStaleLockTime(0)
    if not lock.tryLock(0):
        return False
    lock.unlock()
    return True


def _write(timeline: Timeline, folder: Path) -> Path:
    """Write the next version, and take the oldest away."""
    from vgan_studio.timeline import otio

    folder.mkdir(parents=True, exist_ok=True)
    versions = _versions(folder)
    path = folder / f"{int(versions[-1].stem) + 1 if versions else 1:06d}{_SUFFIX}"
    replace_file(path, otio.dumps(timeline).encode())
    for old in versions[: max(0, len(versions) + 1 - VERSIONS_KEPT)]:
        old.unlink(missing_ok=True)
    return path


def _versions(folder: Path) -> list[Path]:
    """Give the versions in a folder, the newest last."""
    found = [path for path in folder.glob(f"*{_SUFFIX}") if path.stem.isdecimal()]
    return sorted(found, key=lambda path: int(path.stem))


def _folders(parent: Path) -> list[Path]:
    with suppress(OSError):
        return [path for path in parent.iterdir() if path.is_dir()]
    return []


def _age(path: Path, now: Callable[[], float] = time.time) -> float:
    with suppress(OSError):
        return now() - path.stat().st_mtime
    return 0.0

"""Proxies: small copies of media, made in the background, kept in the cache folder, and shown while one plays."""

import os
import threading
from collections.abc import Generator, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import platformdirs
from PySide6.QtCore import QObject, Signal

from vgan_studio.timeline.values import Media, Timeline

from .jobs import Job, Jobs

if TYPE_CHECKING:
    from vgan_studio.media.proxy import Copied

State = Literal["none", "waiting", "making", "ready", "original"]
AUTO_PIXELS = 1920 * 1080  # media with more of them get a proxy by themselves, where that is wished
_LEAST = 512  # lines; half of them are the least that a proxy's codec takes
_FOLDER = "proxies"
_SUFFIX = ".mov"


class Proxies(QObject):
    """Which media have a proxy, and which are being made; owned by the GUI thread.

    `path_of` and `spoilt` may be called by any thread.

    Attributes:
        changed: the state of a medium is another one.
        told: a sentence for the user; True if it is bad news.
        enabled: proxies are looked at; else all originals are.
        automatic: large media get one by themselves.

    Args:
        folder: where proxies lie in a folder of their own; the user's cache folder if not given.
    """

    changed = Signal()
    told = Signal(str, bool)
    _spoilt = Signal(object)

    def __init__(self, jobs: Jobs, folder: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        usual = Path(os.environ.get("VGAN_CACHE") or platformdirs.user_cache_dir("vgan_studio"))
        self.folder = (folder or usual) / _FOLDER
        self.automatic = False
        self._enabled = True
        self._jobs = jobs
        self._lock = threading.Lock()
        self._ready: frozenset[str] = frozenset()
        self._originals: frozenset[str] = frozenset()
        self._waiting: list[Media] = []
        self._making: tuple[Media, Job] | None = None
        self._refused: set[str] = set()
        self._spoilt.connect(self._forget)

    @property
    def enabled(self) -> bool:
        """Proxies are looked at; else all originals are."""
        return self._enabled

    @property
    def originals(self) -> frozenset[str]:
        """The fingerprints of media whose original is shown although there is a proxy."""
        return self._originals

    @property
    def size_bytes(self) -> int:
        """How much room all proxies take."""
        with suppress(OSError):
            return sum(path.stat().st_size for path in self.folder.iterdir() if path.suffix == _SUFFIX)
        return 0

    def look(self) -> None:
        """Find out which proxies there are."""
        names: frozenset[str] = frozenset()
        with suppress(OSError):
            names = frozenset(path.stem for path in self.folder.iterdir() if path.suffix == _SUFFIX)
        self._take(ready=names)

    def state(self, media: Media) -> State:
        """Say how it is with the proxy of a medium."""
        if self._making is not None and self._making[0].fingerprint == media.fingerprint:
            return "making"
        if any(one.fingerprint == media.fingerprint for one in self._waiting):
            return "waiting"
        if _name(media) not in self._ready:
            return "none"
        return "original" if media.fingerprint in self._originals or not self._enabled else "ready"

    def path_of(self, media: Media) -> Path | None:
        """Give the proxy of a medium; None if the original shall be shown."""
        with self._lock:
            wanted = self._enabled and _name(media) in self._ready and media.fingerprint not in self._originals
        return self.folder / f"{_name(media)}{_SUFFIX}" if wanted else None

    def spoilt(self, media: Media) -> None:
        """Take note that the proxy of a medium is missing or damaged: its original is shown from now on."""
        with self._lock:
            known = _name(media) in self._ready
            self._ready -= {_name(media)}
        if known:
            self._spoilt.emit(media)

    def enable(self, enabled: bool) -> None:
        """Look at proxies, or at all originals."""
        if enabled != self._enabled:
            with self._lock:
                self._enabled = enabled
            self.changed.emit()

    def use_original(self, fingerprints: Iterable[str], use: bool = True) -> None:
        """Show the originals of some media although they have proxies, or their proxies again."""
        names = frozenset(fingerprints)
        self._take(originals=self._originals | names if use else self._originals - names)

    def make(self, media: Sequence[Media]) -> None:
        """Make proxies of media, one after the other; what has one, or would not gain by it, is left out."""
        for one in media:
            if can_have(one) and self.state(one) in ("none", "original"):
                self._refused.discard(one.fingerprint)
                self._take(originals=self._originals - {one.fingerprint})
                if self.state(one) == "none":
                    self._waiting.append(one)
        self.changed.emit()
        self._next()

    def remove(self, media: Sequence[Media]) -> None:
        """Remove the proxies of media; what is being made is given up."""
        for one in media:
            self._waiting = [other for other in self._waiting if other.fingerprint != one.fingerprint]
            if self._making is not None and self._making[0].fingerprint == one.fingerprint:
                self._making[1].cancel()
            with suppress(OSError):
                (self.folder / f"{_name(one)}{_SUFFIX}").unlink(missing_ok=True)
        self._take(ready=self._ready - {_name(one) for one in media})

    def remove_all(self) -> None:
        """Remove all proxies, of other films as well."""
        self._waiting.clear()
        if self._making is not None:
            self._making[1].cancel()
        with suppress(OSError):
            for path in self.folder.iterdir():
                if path.suffix in (_SUFFIX, ".part"):
                    path.unlink(missing_ok=True)
        self._take(ready=frozenset())

    def follow(self, timeline: Timeline) -> None:
        """Make proxies of a film's large media, if that is wished."""
        if self.automatic:
            large = (one for one in timeline.media if one.width * one.height > AUTO_PIXELS)
            wanted = [one for one in large if one.fingerprint not in self._refused and self.state(one) == "none"]
            if wanted:
                self.make(wanted)

    def _next(self) -> None:
        """Begin with the next one that waits."""
        if self._making is not None or not self._waiting:
            return
        media = self._waiting.pop(0)
        name = Path(media.path).name
        job = self._jobs.make(self.tr("Proxy of {0}").format(name), _steps(media, self._path(media)))
        self._making = media, job
        job.done.connect(lambda _: self._take(ready=self._ready | {_name(media)}))
        job.failed.connect(lambda sentence: self.told.emit(sentence, True))
        for ended in (job.failed, job.cancelled):
            ended.connect(lambda *_: self._refused.add(media.fingerprint))
        job.finished.connect(self._end)
        self.changed.emit()
        job.start(Job.Priority.LowPriority)

    def _end(self) -> None:
        self._making = None
        self.changed.emit()
        self._next()

    def _path(self, media: Media) -> Path:
        return self.folder / f"{_name(media)}{_SUFFIX}"

    def _take(self, *, ready: frozenset[str] | None = None, originals: frozenset[str] | None = None) -> None:
        with self._lock:
            self._ready = self._ready if ready is None else ready
            self._originals = self._originals if originals is None else originals
        self.changed.emit()

    def _forget(self, media: Media) -> None:
        with suppress(OSError):
            self._path(media).unlink(missing_ok=True)
        name = Path(media.path).name
        self.told.emit(self.tr("The proxy of {0} is missing or damaged: the original is shown.").format(name), True)
        self.changed.emit()


def can_have(media: Media) -> bool:
    """Tell whether a medium is a film that is large enough to gain by a proxy, and to have one."""
    return media.known and not media.still and min(media.width, media.height) >= _LEAST


def _name(media: Media) -> str:
    return media.fingerprint.replace("/", "_").replace(":", "_")


def _steps(media: Media, path: Path) -> "Generator[Copied]":
    from vgan_studio.errors import MediaError
    from vgan_studio.media.proxy import copying
    from vgan_studio.render.decode import check_file

    check_file(media)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise MediaError(f"{path.parent} cannot be written: {error.strerror}.") from error
    yield from copying(media, path)

"""The shape of sound: how loud a file is, hundred times a second, found in a thread and kept on disk."""

import logging
import sys
from collections import OrderedDict
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
from PySide6.QtCore import QObject, QThread, Signal

from vgan_studio.errors import VganError
from vgan_studio.timeline.values import Media

from .beside import replace_file
from .wishing import Wishing

if TYPE_CHECKING:
    import numpy as np

log = logging.getLogger(__name__)

RATE = 100  # peaks in a second
_READ_AT = 24000  # samples in a second that are looked at
_PIECE_S = 2
_FEWER = 16  # peaks of one level that make one of the next
_KEPT = 200
_LONGEST_S = 12 * 3600


@dataclass(frozen=True, slots=True)
class Peaks:
    """The loudest sample of each hundredth of a second, 0 to 255, and of ever longer stretches.

    Attributes:
        rate: peaks in a second.
        levels: the peaks; each level has a sixteenth of those before it.
    """

    levels: tuple[bytes, ...]
    rate: int = field(default=RATE)

    def loudest(self, start: float, end: float) -> int:
        """Give the loudest peak in [start, end), counted in peaks; 0 where there is no sound."""
        start, end = min(start, end), max(start, end)
        level, unit = self._level(end - start)
        first = max(0, int(start // unit))
        return max(self.levels[level][first : max(first + 1, int(-(-end // unit)))], default=0)

    def columns(self, start: float, step: float, count: int) -> "np.ndarray":
        """Give the loudest peak of each of `count` stretches that follow one another, as `loudest` would.

        Args:
            start: of the first one, in peaks.
            step: their length; below 0 they are taken backwards.

        Returns:
            (count,) uint8.
        """
        import numpy as np

        level, unit = self._level(abs(step))
        found = _array(self.levels[level])
        edges = start + step * np.arange(count + 1)
        low, high = (edges[:-1], edges[1:]) if step >= 0 else (edges[1:], edges[:-1])
        pairs = np.empty(2 * count, np.intp)
        pairs[0::2] = np.maximum(np.floor(low / unit), 0)
        pairs[1::2] = np.maximum(np.ceil(high / unit), pairs[0::2] + 1)
        np.minimum(pairs, len(found) - 1, out=pairs)
        first, end = int(pairs.min(initial=0)), int(pairs.max(initial=0)) + 1
        return np.maximum.reduceat(found[first:end], pairs - first)[::2] if count else found[:0]

    def _level(self, length: float) -> tuple[int, int]:
        """Give the level that tells enough of a stretch, and how many peaks make one of it."""
        level, unit = 0, 1
        while level + 1 < len(self.levels) and length >= 2 * unit * _FEWER:
            level, unit = level + 1, unit * _FEWER
        return level, unit


@lru_cache(maxsize=512)
def _array(peaks: bytes) -> "np.ndarray":
    """Give peaks as numbers, and silence after them."""
    import numpy as np

    return np.frombuffer(peaks + b"\0", np.uint8)


def peaks_of(found: bytes) -> Peaks:
    """Make the levels above the first."""
    levels = [found]
    while len(levels[-1]) > _FEWER:
        fine = levels[-1]
        levels.append(bytes(max(fine[place : place + _FEWER]) for place in range(0, len(fine), _FEWER)))
    return Peaks(tuple(levels))


class Waveforms(Wishing):
    """Gives the peaks of media by fingerprint; its methods belong to the GUI thread.

    Attributes:
        came: there are those of another medium.

    Args:
        folder: where they are kept; the user's cache folder if not given.
    """

    came = Signal()

    def __init__(self, folder: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = (folder or Path(platformdirs.user_cache_dir("vgan_studio"))) / "waveforms"
        self._made: OrderedDict[str, Peaks | str] = OrderedDict()  # or the path where there were none
        self._wishes: OrderedDict[str, Media] = OrderedDict()

    def get(self, media: Media) -> Peaks | None:
        """Give the peaks of a medium if they are there; else wish for them, and give None."""
        with self._word:
            made = self._made.get(media.fingerprint)
            if isinstance(made, Peaks):
                self._made.move_to_end(media.fingerprint)
                return made
            if media.channels and media.known and media.fingerprint not in self._wishes and made != media.path:
                self._wishes[media.fingerprint] = media
                self._word.notify()
            return None

    def run(self) -> None:
        """Find what is wished for; called by Qt in the new thread."""
        self.setPriority(QThread.Priority.LowestPriority)
        while (media := self._next()) is not None:
            peaks = self._find(media)
            with self._word:
                self._wishes.pop(media.fingerprint, None)
                self._made[media.fingerprint] = media.path if peaks is None else peaks
                while len(self._made) > _KEPT:
                    self._made.popitem(last=False)
            if peaks is not None:
                self.came.emit()

    def _next(self) -> Media | None:
        with self._word:
            self._word.wait_for(lambda: self._wishes or self._ending)
            return None if self._ending else next(iter(self._wishes.values()))

    def _find(self, media: Media) -> Peaks | None:
        import numpy  # noqa: F401  (it takes a while, and is needed to paint what is found)

        path = self._folder / f"{media.fingerprint.replace('/', '_').replace(':', '_')}.peaks"
        try:
            if path.is_file():
                return peaks_of(path.read_bytes())
            found = self._read(media)
            if found is None:
                return None
            self._keep(path, found)
            return peaks_of(found)
        except (VganError, OSError) as error:
            log.info("No waveform of %s: %s", media.path, error)
        except Exception as error:
            sys.excepthook(type(error), error, error.__traceback__)
        return None

    def _read(self, media: Media) -> bytes | None:
        """Read all of the sound, in pieces; None if the thread shall end before."""
        import numpy as np

        from vgan_studio.media.sound import AudioReader

        step, found = _READ_AT // RATE, bytearray()
        with AudioReader(media.path, _READ_AT, 1) as reader:
            for start in range(0, min(reader.duration, _LONGEST_S * _READ_AT), _PIECE_S * _READ_AT):
                if self._ending:
                    return None
                samples = np.abs(reader.read(start, _PIECE_S * _READ_AT)).reshape(-1, step)
                found += np.clip(samples.max(axis=1) * 255, 0, 255).astype(np.uint8).tobytes()
        return bytes(found)

    def _keep(self, path: Path, found: bytes) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            replace_file(path, found)
        except OSError as error:
            log.info("Cannot keep a waveform: %s", error)

"""Small pictures of media, made in a thread of their own; the newest wish is served first."""

import logging
import sys
from collections import OrderedDict
from fractions import Fraction

from PySide6.QtCore import QObject, QThread, Signal
from PySide6.QtGui import QImage

from vgan_studio.errors import VganError
from vgan_studio.timeline.values import Media

from .wishing import Wishing

log = logging.getLogger(__name__)

HEIGHT = 54
_KEPT = 2000
_WAITING = 200
_READERS = 4

Key = tuple[str, Fraction]


class Thumbnails(Wishing):
    """Gives pictures of media by fingerprint and time; its methods belong to the GUI thread.

    Attributes:
        came: there is another one.
    """

    came = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._made: OrderedDict[Key, QImage | str] = OrderedDict()  # or the path where there was none
        self._wishes: OrderedDict[Key, Media] = OrderedDict()

    def get(self, media: Media, time: Fraction) -> QImage | None:
        """Give a picture if it is there; else wish for it, and give None."""
        key = media.fingerprint, time
        with self._word:
            made = self._made.get(key)
            if isinstance(made, QImage):
                self._made.move_to_end(key)
                return made
            if media.width and media.known and made != media.path:  # it may be where it is now
                self._wishes[key] = media
                self._wishes.move_to_end(key)
                while len(self._wishes) > _WAITING:
                    self._wishes.popitem(last=False)
                self._word.notify()
            return None

    def run(self) -> None:
        """Make what is wished for; called by Qt in the new thread."""
        self.setPriority(QThread.Priority.LowPriority)
        readers = _Readers()
        try:
            while (wish := self._next()) is not None:
                (fingerprint, time), media = wish
                image = self._picture(readers, media, time)
                with self._word:
                    self._made[fingerprint, time] = media.path if image is None else image
                    while len(self._made) > _KEPT:
                        self._made.popitem(last=False)
                if image is not None:
                    self.came.emit()
        finally:
            readers.close()

    def _next(self) -> tuple[Key, Media] | None:
        with self._word:
            self._word.wait_for(lambda: self._wishes or self._ending)
            return None if self._ending else self._wishes.popitem(last=True)

    def _picture(self, readers: "_Readers", media: Media, time: Fraction) -> QImage | None:
        try:
            return readers.picture(media, time)
        except VganError as error:
            log.info("No thumbnail of %s: %s", media.path, error)
        except Exception as error:
            sys.excepthook(type(error), error, error.__traceback__)
        return None


class _Readers:
    """A few open files; owned by one thread."""

    def __init__(self) -> None:
        self._open: OrderedDict[str, object] = OrderedDict()

    def picture(self, media: Media, time: Fraction) -> QImage:
        from vgan_studio.media.reader import VideoReader

        reader = self._open.pop(media.path, None)
        if not isinstance(reader, VideoReader):
            reader = VideoReader(media.path, threads=1)
        self._open[media.path] = reader
        while len(self._open) > _READERS:
            self._shut(self._open.popitem(last=False)[1])
        pixels = reader.at(time).pixels(fast=True)
        return _small(pixels, media.sample_aspect)

    def close(self) -> None:
        while self._open:
            self._shut(self._open.popitem()[1])

    def _shut(self, reader: object) -> None:
        from vgan_studio.media.reader import VideoReader

        assert isinstance(reader, VideoReader)
        reader.close()


def _small(pixels: object, aspect: Fraction) -> QImage:
    """Make a picture of `HEIGHT` lines of (H, W, 3 or 4) uint8 or uint16."""
    import cv2
    import numpy as np

    levels = np.asarray(pixels)
    if levels.dtype == np.uint16:
        levels = (levels >> 8).astype(np.uint8)
    height, width, channels = levels.shape
    across = max(1, min(HEIGHT * 4, round(HEIGHT * width * aspect / height)))
    levels = np.ascontiguousarray(cv2.resize(levels, (across, HEIGHT), interpolation=cv2.INTER_AREA))
    form = QImage.Format.Format_RGB888 if channels == 3 else QImage.Format.Format_RGBA8888
    return QImage(levels.data, across, HEIGHT, channels * across, form).copy()

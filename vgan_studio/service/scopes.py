"""Scopes: how bright and how coloured a picture is, drawn from a small copy of it outside the GUI thread."""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtCore import QObject, Qt, QThreadPool, Signal
from PySide6.QtGui import QImage

from .images import to_array, to_image

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Bytes = NDArray[np.uint8]

Kind = Literal["waveform", "parade", "vectorscope", "histogram"]
LEVELS = 256
_MOST = 360  # pixels across that are looked at
_SMOOTH = 0.45  # power that lifts what only few pixels have


class _Answer(QObject):
    """Carries a drawing back to the GUI thread; it outlives whoever asked."""

    made = Signal(object)


class Scopes(QObject):
    """Draws scopes one after the other; a picture that waits is forgotten for a newer one.  Owned by the GUI thread.

    Attributes:
        drawn: a kind and its `QImage`.
        asked: how many drawings were begun.
    """

    drawn = Signal(str, QImage)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._next: tuple[QImage, Kind] | None = None
        self._answer: _Answer | None = None
        self.asked = 0

    def want(self, image: QImage, kind: Kind) -> None:
        """Draw a scope of a picture."""
        self._next = image, kind
        if self._answer is None:
            self._begin()

    def _begin(self) -> None:
        assert self._next is not None
        (image, kind), self._next = self._next, None
        self._answer = answer = _Answer()
        answer.made.connect(self._take)
        self.asked += 1
        QThreadPool.globalInstance().start(_work(answer, image, kind))

    def _take(self, made: tuple[Kind, QImage]) -> None:
        self._answer = None
        self.drawn.emit(*made)
        if self._next is not None:
            self._begin()


def _work(answer: _Answer, image: QImage, kind: Kind) -> Callable[[], None]:
    def work() -> None:
        made = QImage()
        try:
            made = draw(image, kind)
        except Exception as error:
            sys.excepthook(type(error), error, error.__traceback__)
        answer.made.emit((kind, made))

    return work


def draw(image: QImage, kind: Kind) -> QImage:
    """Draw a scope of a picture: white is at the top, or colour at its angle, as on a broadcast monitor."""
    if image.width() > _MOST:
        image = image.scaled(_MOST, _MOST, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.FastTransformation)
    pixels = to_array(image)
    makers = {"waveform": waveform, "parade": parade, "vectorscope": vectorscope, "histogram": histogram}
    return to_image(makers[kind](pixels))


def waveform(pixels: "Bytes") -> "Bytes":
    """Draw how bright each column is: (H, W, 3) to (256, W, 3), BT.709 luma of full range."""
    import numpy as np

    bright = _lifted(_columns(_luma(pixels).round().astype(np.int64)), pixels.shape[0])
    return np.stack([bright * 0.85, bright, bright * 0.85], -1).astype(np.uint8)


def parade(pixels: "Bytes") -> "Bytes":
    """Draw red, green and blue of each column side by side: (H, W, 3) to (256, 3 W, 3)."""
    import numpy as np

    width = pixels.shape[1]
    drawn = np.zeros((LEVELS, 3 * width, 3), np.float32)
    for channel in range(3):
        bright = _lifted(_columns(pixels[..., channel].astype(np.int64)), pixels.shape[0])
        part = drawn[:, channel * width : (channel + 1) * width]
        part[:] = 0.3 * bright[..., None]
        part[..., channel] = bright
    return drawn.astype(np.uint8)


def vectorscope(pixels: "Bytes") -> "Bytes":
    """Draw the colours of a picture by BT.709 Cb (to the right) and Cr (up): (H, W, 3) to (256, 256, 3)."""
    import numpy as np

    luma, red, blue = _luma(pixels), pixels[..., 0].astype(np.float32), pixels[..., 2].astype(np.float32)
    across = ((blue - luma) / 1.8556 + 128).round().clip(0, 255).astype(np.int64)
    up = ((red - luma) / 1.5748 + 128).round().clip(0, 255).astype(np.int64)
    counts = np.bincount((((LEVELS - 1) - up) * LEVELS + across).ravel(), minlength=LEVELS * LEVELS)
    bright = _lifted(counts.reshape(LEVELS, LEVELS), luma.size // 64)
    return np.stack([bright * 0.85, bright, bright * 0.85], -1).astype(np.uint8)


def histogram(pixels: "Bytes") -> "Bytes":
    """Draw how many pixels have each level of red, green and blue: (H, W, 3) to (256, 256, 3), dark at the left."""
    import numpy as np

    drawn = np.full((LEVELS, LEVELS, 3), 12, np.uint8)
    counts = [np.bincount(pixels[..., channel].ravel(), minlength=LEVELS) for channel in range(3)]
    most = max(1, *(int(one[1:-1].max()) for one in counts))  # what is cut off at the ends may go beyond the top
    rows = np.arange(LEVELS - 1, -1, -1)[:, None]
    for channel, count in enumerate(counts):
        drawn[..., channel] = np.where(rows < (count / most * (LEVELS - 1)).round().clip(0, LEVELS), 220, 12)
    return drawn


def _luma(pixels: "Bytes") -> Any:
    import numpy as np

    return pixels.astype(np.float32) @ np.array([0.2126, 0.7152, 0.0722], np.float32)


def _columns(levels: Any) -> Any:
    """Count the levels of each column: (H, W) to (256, W), the highest in the first row."""
    import numpy as np

    width = levels.shape[1]
    places = ((LEVELS - 1) - levels) * width + np.arange(width)
    return np.bincount(places.ravel(), minlength=LEVELS * width).reshape(LEVELS, width)


def _lifted(counts: Any, most: int) -> Any:
    """Give brightness from 0 to 255 of counts; few pixels are seen, too."""
    return 255 * (counts / max(1, most)).clip(0, 1) ** _SMOOTH

"""Words on the painted timeline: shortened and laid out once, and remembered; it belongs to the GUI thread."""

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QStaticText, QTransform


class Letters:
    """Words in one font.

    Attributes:
        height: of a line, in points.
    """

    def __init__(self, font: QFont) -> None:
        self._font = font
        self._metrics = QFontMetrics(font)
        self.height = self._metrics.height()
        self._widths: dict[str, int] = {}

    def width(self, words: str) -> int:
        """Give how many points words take."""
        found = self._widths.get(words)
        if found is None:
            if len(self._widths) >= _KEPT:
                self._widths.clear()
            found = self._widths[words] = self._metrics.horizontalAdvance(words)
        return found

    def short(self, words: str, room: float) -> str:
        """Shorten words to some points, with an ellipsis at their end."""
        return words if self.width(words) <= room else _short(self._font, words, int(room))

    def draw(self, painter: QPainter, x: float, y: float, words: str) -> None:
        """Draw words with their upper left corner at a place, in the painter's pen."""
        painter.drawStaticText(QPointF(x, y), _laid(self._font, words))

    def draw_in(self, painter: QPainter, x: float, y: float, height: float, words: str) -> None:
        """Draw words from x on, in the middle of some height; letters of another font may be taller."""
        if _plain(words):
            self.draw(painter, x, y + (height - self.height) / 2, words)
        else:
            painter.drawText(QRectF(x, y, self.width(words) + 1, height), Qt.AlignmentFlag.AlignVCenter, words)


_KEPT = 4096


@lru_cache(maxsize=4)
def letters(font: QFont) -> Letters:
    """Give what draws words in a font."""
    return Letters(QFont(font))


@lru_cache(maxsize=_KEPT)
def _plain(words: str) -> bool:
    """Tell whether all letters are Latin ones, which no other font has to stand in for."""
    return all(letter < "\u0250" or letter == "…" for letter in words)


@lru_cache(maxsize=_KEPT)
def _short(font: QFont, words: str, room: int) -> str:
    return QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, max(0, room))


@lru_cache(maxsize=_KEPT // 2)
def _laid(font: QFont, words: str) -> QStaticText:
    made = QStaticText(words)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.prepare(QTransform(), font)
    return made

"""A lens over the picture: what is below the pointer at 100 %, of which nothing but that part is computed."""

from PySide6.QtCore import QObject, QPointF, QRectF, QTimer, Signal
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter, QPen

SIDE = 192  # pixels of the result
_CALM_MS = 60


class Lens(QObject):
    """The overlay that enlarges; owned by the GUI thread.

    Attributes:
        changed: it is to be painted anew.
        wished: the place below the pointer, x and y from 0 to 1 on the canvas.
    """

    changed = Signal()
    wished = Signal(float, float)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._at: QPointF | None = None
        self._asked = 0.0, 0.0
        self._image, self._plain = QImage(), QImage()
        self._words = ""
        self._on = False
        self._calm = QTimer(self)
        self._calm.setInterval(_CALM_MS)
        self._calm.setSingleShot(True)
        self._calm.timeout.connect(lambda: self.wished.emit(*self._asked))

    @property
    def on(self) -> bool:
        """It is shown."""
        return self._on

    def switch(self, on: bool) -> None:
        """Show it, or nothing."""
        self._on, self._at = on, None
        self._image = self._plain = QImage()
        self.changed.emit()

    def renew(self) -> None:
        """Ask again for the same place: what is to be seen there has changed."""
        if self._on and self._at is not None:
            self._calm.start()

    def show_part(self, image: QImage, plain: QImage, words: str) -> None:
        """Show the part with and without what networks make of it."""
        self._image, self._plain, self._words = image, plain, words
        self.changed.emit()

    def paint(self, painter: QPainter, place: QRectF) -> None:
        """Paint the lens beside the pointer: without on the left, with on the right."""
        if not self._on or self._at is None or self._image.isNull():
            return
        ratio = painter.device().devicePixelRatioF()
        width, height = self._image.width() / ratio, self._image.height() / ratio
        box = QRectF(0, 0, 2 * width + 2, height)
        box.moveCenter(self._at)
        bounds = QRectF(0, 0, painter.device().width() / ratio, painter.device().height() / ratio)
        box.moveLeft(min(max(box.left(), bounds.left() + 4), bounds.right() - box.width() - 4))
        below = self._at.y() + 24 + height < bounds.bottom()
        box.moveTop(self._at.y() + 24 if below else max(4.0, self._at.y() - 24 - height))
        painter.fillRect(box.adjusted(-2, -2, 2, 20), QColor(0, 0, 0, 210))
        painter.drawImage(QRectF(box.x(), box.y(), width, height), self._plain)
        painter.drawImage(QRectF(box.x() + width + 2, box.y(), width, height), self._image)
        painter.setPen(QPen(QColor("white"), 1))
        metrics = QFontMetrics(painter.font())
        painter.drawText(QPointF(box.x() + 4, box.bottom() + metrics.ascent() + 1), self._words)
        painter.setBrush(QColor(0, 0, 0, 0))
        painter.drawRect(QRectF(self._at.x() - 4, self._at.y() - 4, 8, 8))

    def press(self, point: QPointF, place: QRectF) -> bool:
        """Take no press."""
        del point, place
        return False

    def move(self, point: QPointF, place: QRectF) -> bool:
        """Follow the pointer, and ask for what is below it."""
        if self._on and place.width() > 0 and place.contains(point):
            self._at = point
            self._asked = (point.x() - place.x()) / place.width(), (point.y() - place.y()) / place.height()
            if not self._calm.isActive():
                self._calm.start()
            self.changed.emit()
        return False

    def release(self) -> None:
        """Hold on to nothing."""

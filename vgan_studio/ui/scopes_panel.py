"""The panel of the scopes: which one, and its drawing under a scale; nothing is asked for while it is hidden."""
# ruff: noqa: N802  (events have Qt's names)

from typing import cast

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QHideEvent, QImage, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QVBoxLayout, QWidget

from vgan_studio.service.scopes import Kind

from .theme import DARK, Theme

# Cb and Cr in shares of their range, of colours at 75 %: where a test chart's bars lie (BT.709)
_BARS = {
    "R": (-0.086, 0.375), "Mg": (0.289, 0.341), "B": (0.375, -0.034),
    "Cy": (0.086, -0.375), "G": (-0.289, -0.341), "Yl": (-0.375, 0.034),
}  # fmt: skip
_SHARES = (0, 25, 50, 75, 100)


class ScopesPanel(QWidget):
    """Shows a drawing, and wishes for one.

    Attributes:
        wished: a drawing of the picture is wanted, as the panel came to be seen or another kind was chosen.
    """

    wished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kinds = QComboBox()
        self._kinds.setAccessibleName(self.tr("Kind of scope"))
        names: tuple[tuple[Kind, str], ...] = (
            ("waveform", self.tr("Waveform")), ("parade", self.tr("RGB parade")),
            ("vectorscope", self.tr("Vectorscope")), ("histogram", self.tr("Histogram")),
        )  # fmt: skip
        for kind, words in names:
            self._kinds.addItem(words, kind)
        self.drawing = Drawing()
        self.drawing.setAccessibleName(self.tr("Scope of the picture"))
        self._kinds.currentIndexChanged.connect(lambda _: self.wished.emit())
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 6, 8, 8)
        column.addWidget(self._kinds)
        column.addWidget(self.drawing, 1)

    @property
    def kind(self) -> Kind:
        """What is to be drawn."""
        return cast("Kind", self._kinds.currentData())

    @property
    def seen(self) -> bool:
        """It is on the screen: not closed, and not a tab behind another one."""
        return self.isVisible()

    def choose(self, kind: str) -> None:
        """Choose what is to be drawn."""
        self._kinds.setCurrentIndex(max(0, self._kinds.findData(kind)))

    def show_drawing(self, kind: str, image: QImage) -> None:
        """Show a drawing of a kind, unless another one is wanted by now."""
        if kind == self.kind:
            self.drawing.show_image(self.kind, image)

    def show_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        self.drawing.show_theme(theme)

    def showEvent(self, event: QShowEvent) -> None:
        """Wish for a drawing, as there was none while this was hidden."""
        super().showEvent(event)
        self.wished.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Forget the drawing, which will be out of date."""
        super().hideEvent(event)
        self.drawing.show_image(self.kind, QImage())


class Drawing(QWidget):
    """Paints a scope and its scale."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind: Kind = "waveform"
        self._theme = DARK
        self.image = QImage()
        self.setMinimumHeight(110)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_image(self, kind: Kind, image: QImage) -> None:
        """Show a drawing of a kind."""
        self._kind, self.image = kind, image
        self.update()

    def show_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        self._theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the drawing, and the scale over it."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), QColor(self._theme.canvas))
        font = painter.font()
        font.setPointSizeF(max(6.0, font.pointSizeF() * 0.8))
        painter.setFont(font)
        if self._kind == "vectorscope":
            self._paint_round(painter)
        else:
            self._paint_flat(painter)
        painter.end()

    def _paint_flat(self, painter: QPainter) -> None:
        metrics = painter.fontMetrics()
        across = self._kind == "histogram"  # levels run to the right
        left = 4 if across else metrics.horizontalAdvance("100") + 8
        place = QRectF(self.rect()).adjusted(left, 8, -8, -metrics.height() - 4 if across else -8)
        if not self.image.isNull():
            painter.drawImage(place, self.image)
        for share in _SHARES:
            painter.setPen(QPen(QColor(255, 255, 255, 60), 1))
            x, y = place.x() + place.width() * share / 100, place.bottom() - place.height() * share / 100
            line = (x, place.y(), x, place.bottom()) if across else (place.x(), y, place.right(), y)
            painter.drawLine(QPointF(*line[:2]), QPointF(*line[2:]))
            painter.setPen(QColor("#a3a9b3"))
            width = metrics.horizontalAdvance(str(share))
            if across:
                at = min(max(place.x(), x - width / 2), place.right() - width)
                painter.drawText(QPointF(at, self.height() - 4), str(share))
            else:
                painter.drawText(QPointF(left - 4 - width, y + metrics.ascent() / 2 - 1), str(share))

    def _paint_round(self, painter: QPainter) -> None:
        side = min(self.width(), self.height()) - 12
        place = QRectF(0, 0, side, side)
        place.moveCenter(QRectF(self.rect()).center())
        if not self.image.isNull():
            painter.drawImage(place, self.image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(255, 255, 255, 70), 1))
        painter.drawEllipse(place)
        middle = place.center()
        painter.drawLine(QPointF(place.x(), middle.y()), QPointF(place.right(), middle.y()))
        painter.drawLine(QPointF(middle.x(), place.y()), QPointF(middle.x(), place.bottom()))
        painter.drawLine(middle, middle + QPointF(-0.2735, -0.4186) * side)  # of skin, at 123 degrees
        for name, (right, up) in _BARS.items():
            box = QRectF(0, 0, 10, 10)
            box.moveCenter(middle + QPointF(right, -up) * side)
            painter.setPen(QPen(QColor(255, 255, 255, 110), 1))
            painter.drawRect(box)
            painter.setPen(QColor("#a3a9b3"))
            painter.drawText(box.topRight() + QPointF(3, 8), name)
        painter.setBrush(Qt.BrushStyle.NoBrush)

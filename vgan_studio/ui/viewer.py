"""The viewer: shows a picture, and the buttons that play."""
# ruff: noqa: N802  (events have Qt's names)

from collections.abc import Sequence
from fractions import Fraction

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QColor,
    QFontMetrics,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from .overlays import Overlay
from .parts import entry, label
from .theme import DARK, Theme
from .timecode import frame_of, timecode

_MOST = 8.0  # pixels of the screen for one of the film
_LEAST = 2.0  # a tiny film, which fits with more than that, is still enlarged as much
_STEP = 1.25
_SHADOW = 0.25  # how bright a picture is that is not the one that is wanted
_WHEEL = 40.0  # points for a notch of the wheel


class Canvas(QWidget):
    """Shows a picture in the middle, as large as there is room, or enlarged up to 800 % of the film's own pixels.

    Attributes:
        resized: there is room for another size of picture.
        zoomed: the picture is enlarged, or fits again.
        overlays: what lies over the picture, the last on top.
        bare: it shows nothing but the picture, up to its edges.
    """

    resized = Signal()
    zoomed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self._shape = (16, 9)
        self._theme = DARK
        self._mark = self._sentence = ""
        self._stale = False
        self._zoom = 1.0
        self._shift = QPointF()
        self._held: QPointF | None = None
        self.overlays: Sequence[Overlay] = ()
        self.bare = False
        self.setAccessibleName(self.tr("Picture"))
        self.setMinimumSize(240, 135)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def image(self) -> QImage:
        """The picture that is shown."""
        return self._image

    @property
    def wanted(self) -> QSize:
        """The size of picture that there is room for, in pixels of the screen."""
        size = self._place(1.0).size() * self.devicePixelRatioF() * max(1.0, self._zoom)
        width, height = self._shape
        return QSize(max(2, min(width, round(size.width()))), max(2, min(height, round(size.height()))))

    def show_shape(self, width: int, height: int) -> None:
        """Say how large a picture of the film is."""
        if (width, height) != self._shape:
            self._shape = width, height
            self.update()

    def show_image(self, image: QImage, mark: str = "") -> None:
        """Show a picture, and words on it if it is not the whole truth."""
        self._image, self._mark, self._sentence, self._stale = image, mark, "", False
        self.update()

    def show_sentence(self, sentence: str, *, stale: bool) -> None:
        """Say why there is no picture.

        Args:
            stale: what was seen last is of another frame or film; it stays as a shadow, not to be taken for this one.
        """
        self._sentence, self._mark, self._stale = sentence, "", stale
        self.update()

    def show_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        self._theme = theme
        self.update()

    @property
    def scale(self) -> float:
        """How many pixels of the screen show one of the film, in each direction."""
        return self._fitting * self._zoom

    @property
    def enlarged(self) -> bool:
        """It is larger than there is room for all of it."""
        return self._zoom > 1

    def fit(self) -> None:
        """Show all of the picture."""
        self._enlarge(1.0, QPointF())

    def show_scale(self, scale: float) -> None:
        """Show the middle of what is seen with so many pixels of the screen for one of the film."""
        self._enlarge(scale / self._fitting, QPointF())

    def enlarge(self, steps: float) -> None:
        """Enlarge the picture by some steps, or reduce it, but not below what there is room for."""
        self._enlarge(self._zoom * _STEP**steps, QPointF())

    @property
    def _fitting(self) -> float:
        """The scale at which all of the picture is seen."""
        return self._place(1.0).width() / self._shape[0] * self.devicePixelRatioF()

    def _enlarge(self, zoom: float, about: QPointF) -> None:
        """Zoom about a point, which is given from the middle."""
        was, self._zoom = self._zoom, min(max(_LEAST, _MOST / self._fitting), max(1.0, zoom))
        self._shift = (self._shift - about) * (self._zoom / was) + about if self._zoom > 1 else QPointF()
        self.update()
        self.resized.emit()
        self.zoomed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture and what is said about it."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("black" if self.bare else self._theme.canvas))
        place = self._place(self._zoom)
        painter.fillRect(place, Qt.GlobalColor.black)
        if not self._image.isNull():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self._zoom < 3)
            painter.setOpacity(_SHADOW if self._stale else 1)
            painter.drawImage(place, self._image)
            painter.setOpacity(1)
        for overlay in self._over:
            overlay.paint(painter, place)
        if self._mark:
            self._say(painter, self._mark, QColor(self._theme.accent), bottom=True)
        if self._sentence:
            self._say(painter, self._sentence, QColor("#f0786c"), bottom=False)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell that there is room for another size."""
        super().resizeEvent(event)
        self.resized.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer with Ctrl; else go over an enlarged picture, across with Shift."""
        turned = QPointF(event.angleDelta()) / 120
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._enlarge(self._zoom * _STEP ** turned.y(), event.position() - QRectF(self.rect()).center())
        elif self._zoom > 1:
            across = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self._shift += (turned.transposed() if across else turned) * _WHEEL
            self.update()
        else:
            event.ignore()
            return
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of what lies over the picture, or of an enlarged picture."""
        place, left = self._place(self._zoom), event.button() is Qt.MouseButton.LeftButton
        if left and any(one.press(event.position(), place) for one in reversed(self._over)):
            return
        pans = left or event.button() is Qt.MouseButton.MiddleButton
        self._held = event.position() if self._zoom > 1 and pans else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pull along what is held."""
        held = [one.move(event.position(), self._place(self._zoom)) for one in self._over]  # all follow the pointer
        if any(held):
            return
        if self._held is not None:
            self._shift += event.position() - self._held
            self._held = event.position()
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of what is held."""
        del event
        for one in self._over:
            one.release()
        self._held = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show all of the picture again."""
        del event
        self.fit()

    @property
    def _over(self) -> Sequence[Overlay]:
        return () if self.bare else self.overlays

    def _place(self, zoom: float) -> QRectF:
        width, height = self._shape
        inset = 0 if self.bare else 12
        scale = min((self.width() - inset) / width, (self.height() - inset) / height) * zoom
        place = QRectF(0, 0, max(1.0, width * scale), max(1.0, height * scale))
        place.moveCenter(QRectF(self.rect()).center() + self._shift)
        return place

    def _say(self, painter: QPainter, words: str, color: QColor, *, bottom: bool) -> None:
        metrics = QFontMetrics(self.font())
        room = QRectF(self.rect()).adjusted(24, 24, -24, -24)
        flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignCenter
        box = QRectF(metrics.boundingRect(room.toRect(), int(flags), words)).adjusted(-10, -6, 10, 6)
        if bottom:
            box.moveBottomLeft(room.bottomLeft())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, 190))
        painter.drawRoundedRect(box, 5, 5)
        painter.setPen(color)
        painter.drawText(box, int(flags), words)


class Viewer(QWidget):
    """The canvas, and below it time code, buttons and figures.

    Attributes:
        seek_wished: a frame.
    """

    seek_wished = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.canvas = Canvas(self)
        self._rate, self._frame = Fraction(25), 0
        self._time = entry()
        self._time.setObjectName("timecode")
        self._time.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._time.setAccessibleName(self.tr("Time code of the playhead"))
        self._time.setToolTip(self.tr("Type a time code or seconds, such as 1:12 or 2.5s"))
        self._time.returnPressed.connect(self._typed)
        self._length = label(kind="timecode")
        self._figures = label(kind="dim")
        self._figures.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(2)
        self._pace = ""
        self.canvas.zoomed.connect(self._show_figures)
        self._lay_out()

    def add_buttons(self, actions: list[QAction]) -> None:
        """Put the buttons that play below the picture."""
        for action in actions:
            button = QToolButton()
            button.setDefaultAction(action)
            button.setIconSize(QSize(20, 20))
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._buttons.addWidget(button)

    def lend(self, column: QBoxLayout) -> None:
        """Put the canvas elsewhere; `take_back` puts it here again."""
        column.addWidget(self.canvas)
        self.canvas.show()

    def take_back(self) -> None:
        """Put the canvas here again."""
        self._column.insertWidget(self._column.indexOf(self._foot), self.canvas, 1)
        self.canvas.show()

    def show_film(self, rate: Fraction, duration: int, width: int, height: int) -> None:
        """Say how long and how large the film is."""
        self._rate = rate
        self._length.setText(f"/ {timecode(duration, rate)}")
        self.canvas.show_shape(width, height)
        self.show_frame(self._frame)

    def show_frame(self, frame: int) -> None:
        """Say where the playhead is."""
        self._frame = frame
        if not self._time.hasFocus():
            self._time.setText(timecode(frame, self._rate))

    def show_figures(self, words: str) -> None:
        """Say how quick it is."""
        self._pace = words
        self._show_figures()

    def _show_figures(self) -> None:
        """Say how far the picture is enlarged, and how quick it is."""
        zoom = f"{100 * self.canvas.scale:.0f} %" if self.canvas.enlarged else ""
        self._figures.setText("  ·  ".join(filter(None, (zoom, self._pace))))

    def _typed(self) -> None:
        frame = frame_of(self._time.text(), self._rate)
        self._time.clearFocus()
        self.show_frame(self._frame)
        if frame is not None:
            self.seek_wished.emit(frame)

    def _lay_out(self) -> None:
        self._time.setFixedWidth(QFontMetrics(self._time.font()).horizontalAdvance("0") * 13)
        row = QHBoxLayout()
        row.setContentsMargins(8, 3, 8, 5)
        row.setSpacing(2)
        left, right = QWidget(), QWidget()
        for side, widgets in ((left, (self._time, self._length)), (right, (self._figures,))):
            inner = QHBoxLayout(side)
            inner.setContentsMargins(0, 0, 0, 0)
            for widget in widgets:
                inner.addWidget(widget)
            if side is left:
                inner.addStretch(1)
        right.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row.addWidget(left, 1)
        row.addLayout(self._buttons)
        row.addWidget(right, 1)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.canvas, 1)
        self._foot = QWidget()  # below the canvas, to know its place while it is lent
        self._foot.setFixedHeight(0)
        column.addWidget(self._foot)
        column.addLayout(row)

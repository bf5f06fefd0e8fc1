"""What belongs to a medium in the viewer: a bar to switch between it and the film, and a line to go along it."""
# ruff: noqa: N802  (events have Qt's names)

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from .parts import label, tool
from .theme import DARK, Theme, icon

_INSET = 10.0


class SourceBar(QFrame):
    """Says what the viewer shows, the film or a medium, and of that which part is marked.

    Attributes:
        turned: the medium shall be shown (True), or the film.
        closed: the medium is not wanted any more.
    """

    turned = Signal(bool)
    closed = Signal()

    def __init__(self, actions: list[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.film, self.source = self._tab(self.tr("Film")), self._tab(self.tr("Source"))
        group = QButtonGroup(self)
        for button in (self.film, self.source):
            group.addButton(button)
        self.source.clicked.connect(lambda: self.turned.emit(True))
        self.film.clicked.connect(lambda: self.turned.emit(False))
        self.words, self.part = label(), label(kind="timecode")
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # a long name moves no panel
        self._close = tool(self.tr("Close the source"))
        self._close.clicked.connect(self.closed)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 2, 6, 2)
        row.setSpacing(4)
        for widget in (self.film, self.source):
            row.addWidget(widget)
        row.addWidget(self.words, 1)
        row.addWidget(self.part)
        self._puts = [self._button(action) for action in actions]
        for widget in (*self._puts, self._close):
            row.addWidget(widget)
        self.hide()

    def show_source(self, name: str, part: str, length: str, *, on: bool) -> None:
        """Show the name of a medium, and the marked part of it and how long that is; `on` says that it is seen now."""
        self.film.setChecked(not on)
        self.source.setChecked(on)
        self.words.setText(name)
        self.words.setToolTip(name)
        self.part.setText(length)
        self.part.setToolTip(part)
        for widget in (self.part, *self._puts):
            widget.setVisible(on)
        self.show()

    def show_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        self._close.setIcon(icon("remove", theme))

    def _tab(self, words: str) -> QToolButton:
        made = QToolButton()
        made.setObjectName("layout")
        made.setText(words)
        made.setCheckable(True)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return made

    def _button(self, action: QAction) -> QToolButton:
        made = QToolButton()
        made.setDefaultAction(action)
        made.setIconSize(QSize(18, 18))
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return made


class SourceLine(QWidget):
    """The length of a medium as a line, with the marked part and the playhead.

    Attributes:
        seek_wished: a frame.
    """

    seek_wished = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._duration, self._frame, self._theme = 1, 0, DARK
        self._range: tuple[int, int] | None = None
        self.setFixedHeight(round(self.fontMetrics().height() * 1.3))
        self.setAccessibleName(self.tr("Line of the source"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.hide()

    def show_source(self, duration: int, marked: tuple[int, int] | None) -> None:
        """Show how long it is, and which part is marked."""
        self._duration, self._range = max(1, duration), marked
        self.update()

    def show_frame(self, frame: int) -> None:
        """Show where the playhead is."""
        self._frame = frame
        self.update()

    def show_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        self._theme = theme
        self.update()

    def at(self, frame: float) -> float:
        """Give the place of a frame's beginning."""
        return _INSET + frame * (self.width() - 2 * _INSET) / self._duration

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint line, part and playhead."""
        del event
        painter, theme = QPainter(self), self._theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(theme.panel))
        middle = self.height() / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.line))
        painter.drawRoundedRect(QRectF(_INSET, middle - 3, self.width() - 2 * _INSET, 6), 3, 3)
        if self._range is not None:
            left, right = self.at(self._range[0]), self.at(self._range[1])
            painter.setBrush(QColor(theme.accent))
            painter.drawRect(QRectF(left, middle - 3, max(2.0, right - left), 6))
            for x in (left, right):
                painter.drawRect(QRectF(x - 1, middle - 7, 2, 14))
        painter.setPen(QPen(QColor(theme.panel), 1.5))
        painter.setBrush(QColor(theme.text))
        painter.drawEllipse(QPointF(self.at(self._frame + 0.5), middle), 6, 6)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to a frame."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._go(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go along."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go(event)

    def _go(self, event: QMouseEvent) -> None:
        share = (event.position().x() - _INSET) / max(1.0, self.width() - 2 * _INSET)
        self.seek_wished.emit(min(self._duration - 1, max(0, int(share * self._duration))))

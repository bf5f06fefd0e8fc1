"""A tour of the window in five steps: what is where, with the keys that matter most."""
# ruff: noqa: N802  (events have Qt's names)

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from .parts import label
from .theme import Theme

_MARGIN = 14


class Tour(QWidget):
    """Lies over a window and shows one part after the other.

    Args:
        steps: a part of the window, a title and a few sentences, each.
    """

    def __init__(self, window: QWidget, steps: Sequence[tuple[QWidget, str, str]], theme: Theme) -> None:
        super().__init__(window)
        self._steps, self._theme, self._window = list(steps), theme, window
        self.step = 0
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Tour"))
        self._card = QFrame(self)
        self._card.setObjectName("card")
        self._card.setFixedWidth(360)
        self.title, self.words = label(kind="heading"), label(kind="dim")
        self.title.setWordWrap(True)
        self.skip, self.back = QPushButton(self.tr("Skip")), QPushButton(self.tr("Back"))
        self.next = QPushButton()
        self.next.setDefault(True)
        row = QHBoxLayout()
        row.addWidget(self.skip)
        row.addStretch(1)
        row.addWidget(self.back)
        row.addWidget(self.next)
        column = QVBoxLayout(self._card)
        column.setContentsMargins(20, 16, 20, 14)
        column.setSpacing(10)
        for widget in (self.title, self.words):
            column.addWidget(widget)
        column.addLayout(row)
        self.skip.clicked.connect(self.close)
        self.back.clicked.connect(lambda: self._go(self.step - 1))
        self.next.clicked.connect(lambda: self._go(self.step + 1))
        window.installEventFilter(self)
        self._fit()

    def begin(self) -> None:
        """Show the first step."""
        self._go(0)
        self.show()
        self.raise_()
        self.setFocus()

    def event(self, event: QEvent) -> bool:
        """Take keys that do something else in the window."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        """End when another language is spoken, as all that it shows goes away then."""
        if event.type() == QEvent.Type.LanguageChange:
            self.close()
        super().changeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the window."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._fit()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Escape end the tour, and arrows go on and back."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_Space):
            self._go(self.step + 1)
        elif event.key() == Qt.Key.Key_Left:
            self._go(self.step - 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Darken all but the part that is shown."""
        del event
        hole = QRectF(self._hole())
        path = QPainterPath()
        path.addRect(QRectF(self.rect()))
        cut = QPainterPath()
        cut.addRoundedRect(hole, 6, 6)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(path.subtracted(cut), QColor(0, 0, 0, 150))
        painter.setPen(QPen(QColor(self._theme.accent), 2))
        painter.drawRoundedRect(hole, 6, 6)
        painter.end()

    def _go(self, step: int) -> None:
        if step >= len(self._steps):
            self.close()
            return
        self.step = max(0, step)
        _, title, words = self._steps[self.step]
        self.title.setText(title)
        self.words.setText(words)
        self.back.setEnabled(self.step > 0)
        last = self.step == len(self._steps) - 1
        count = f"  ({self.step + 1}/{len(self._steps)})"
        self.next.setText((self.tr("Begin") if last else self.tr("Next")) + ("" if last else count))
        self._fit()

    def _hole(self) -> QRect:
        part = self._steps[self.step][0]
        place = QRect(part.mapTo(self._window, QPoint(0, 0)), part.size())
        return place.intersected(self.rect().adjusted(2, 2, -2, -2))

    def _fit(self) -> None:
        self.setGeometry(self._window.rect())
        self._card.adjustSize()
        hole, size = self._hole(), self._card.sizeHint()
        width, height = self._card.width(), max(size.height(), self._card.heightForWidth(self._card.width()))
        self._card.setFixedHeight(height)
        left = min(max(_MARGIN, hole.center().x() - width // 2), self.width() - width - _MARGIN)
        for place in (
            QPoint(hole.right() + _MARGIN, hole.top()), QPoint(hole.left() - width - _MARGIN, hole.top()),
            QPoint(left, hole.bottom() + _MARGIN), QPoint(left, hole.top() - height - _MARGIN),
        ):  # fmt: skip
            if self.rect().contains(QRect(place, self._card.size())):
                self._card.move(place)
                break
        else:
            self._card.move(self.rect().center() - self._card.rect().center())
        self.update()

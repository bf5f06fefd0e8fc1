"""The picture alone over the whole screen: the same canvas, lent to a window of its own."""
# ruff: noqa: N802  (events have Qt's names)

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from .viewer import Viewer

if TYPE_CHECKING:
    from .actions import Actions

_REST_MS = 1500  # after which a pointer at rest is hidden


class FullScreen(QWidget):
    """Takes the canvas out of a viewer and gives it back; owned by the GUI thread.

    Attributes:
        turned: the picture is over the whole screen now, or no more.
    """

    turned = Signal(bool)

    def __init__(self, viewer: Viewer) -> None:
        super().__init__(viewer, Qt.WindowType.Window)
        self._viewer = viewer
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.setWindowTitle(self.tr("Picture"))
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(lambda: self._viewer.canvas.setCursor(Qt.CursorShape.BlankCursor))

    @property
    def on(self) -> bool:
        """The picture is over the whole screen."""
        return self._viewer.canvas.bare

    def toggle(self, actions: "Actions") -> None:
        """Go to the whole screen, with the keys of these actions, or back."""
        if self.on:
            self.leave()
            return
        canvas, window = self._viewer.canvas, self._viewer.window()
        for name in actions:
            if actions[name] not in self.actions():
                self.addAction(actions[name])
        canvas.bare = True
        self._viewer.lend(self._column)
        self.setScreen(window.screen())
        self.setGeometry(window.screen().geometry())
        self.showFullScreen()
        self.activateWindow()
        self.setFocus()
        canvas.installEventFilter(self)
        self._rest.start()
        canvas.fit()
        self.turned.emit(True)

    def leave(self) -> None:
        """Give the canvas back."""
        if not self.on:
            return
        canvas, window = self._viewer.canvas, self._viewer.window()
        self._rest.stop()
        canvas.removeEventFilter(self)
        canvas.unsetCursor()
        canvas.bare = False
        self._viewer.take_back()
        self.hide()
        window.activateWindow()
        canvas.fit()
        self.turned.emit(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Escape go back."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Give the canvas back, however the window is closed."""
        self.leave()
        super().closeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show the pointer while it moves."""
        if event.type() == QEvent.Type.MouseMove:
            self._viewer.canvas.unsetCursor()
            self._rest.start()
        return super().eventFilter(watched, event)

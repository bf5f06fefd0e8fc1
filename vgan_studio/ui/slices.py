"""Work of the window that takes longer than a frame, done in slices: at once, or while nothing else is to be done."""

import time
from collections.abc import Iterator

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

_BUSY_MS = 0
_IDLE_MS = 60
_BUDGET_S = 0.006  # of one turn of idle work
_QUIET_S = 2.0
_WISHES = (
    QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride, QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick,
    QEvent.Type.Wheel, QEvent.Type.TouchBegin, QEvent.Type.TabletPress, QEvent.Type.DragEnter, QEvent.Type.Drop,
)  # fmt: skip


class Slices(QObject):
    """Drives one iterator of slices after the other in turns of the event loop; owned by the GUI thread.

    Args:
        idle: go on slowly, and begin after a while.
    """

    def __init__(self, parent: QObject, *, idle: bool = False) -> None:
        super().__init__(parent)
        self._idle = idle
        self._steps: Iterator[object] = iter(())
        self._timer = QTimer(self)
        self._timer.setInterval(_IDLE_MS if idle else _BUSY_MS)
        self._timer.timeout.connect(self._turn)

    @property
    def busy(self) -> bool:
        """There are slices left, which are taken in the turns to come."""
        return self._timer.isActive()

    def begin(self, steps: Iterator[object], *, at_once: bool = False) -> None:
        """Take the first slice now (idle: after a while), and the others in turns; what was under way is dropped.

        Args:
            at_once: take all of them now.
        """
        self._steps = steps
        if at_once:
            self.finish()
        elif self._idle:
            QTimer.singleShot(round(_QUIET_S * 1000), self, self._timer.start)
        else:
            self._turn()
            self._timer.start()

    def finish(self) -> None:
        """Take all slices that are left at once."""
        for _ in self._steps:
            pass
        self._timer.stop()

    def _turn(self) -> None:
        began = time.monotonic()
        for _ in self._steps:
            if not self._idle or time.monotonic() - began > _BUDGET_S:
                return
        self._timer.stop()


class Foremost(Slices):
    """Slices that are all taken before a wish of the user reaches a window; owned by the GUI thread."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window

    def begin(self, steps: Iterator[object], *, at_once: bool = False) -> None:
        """Take the first slice now, and the others in turns, or when the user wishes for anything."""
        super().begin(self._watched(steps), at_once=at_once or not self._window.isVisible())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        """Finish before keys and mouse come to the widgets: those that are there then are meant."""
        if event.type() in _WISHES:
            self.finish()
        return super().eventFilter(watched, event)

    def _watched(self, steps: Iterator[object]) -> Iterator[object]:
        if self._window.isVisible():
            self._window.windowHandle().installEventFilter(self)
        yield from steps
        if self._window.isVisible():
            self._window.windowHandle().removeEventFilter(self)

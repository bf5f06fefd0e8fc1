"""The real window in tests: opened with settings and folders of its own, and with a film where that is wanted."""

from collections.abc import Mapping
from pathlib import Path

import shiboken6
from PySide6.QtCore import QEvent, QPoint, QPointF, QSettings, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication

from vgan_studio.ui.effect_box import EffectBox
from vgan_studio.ui.main_window import MainWindow


class Windows:
    """Opens windows with the same settings, one after the other.

    Attributes:
        settings: of all of them, in a file of their own.
    """

    def __init__(self, qtbot, folder: Path) -> None:
        self._qtbot, self._folder, self._made = qtbot, folder, []
        self.settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)

    def open(
        self, settings: Mapping[str, object] | None = None, *, size: tuple[int, int] = (1280, 720), **more
    ) -> MainWindow:
        """Open one, and wait until it is on the screen.

        Args:
            settings: what is chosen before it opens.
            more: further arguments of the window.
        """
        for name, value in (settings or {}).items():
            self.settings.setValue(name, value)
        window = MainWindow(self.settings, self._folder / "state", self._folder / "cache", **more)
        self._made.append(window)
        window.resize(*size)
        window.show()
        self._qtbot.waitExposed(window)
        return window

    def close(self) -> None:
        """Close those that are left, without a question."""
        for window in self._made:
            if shiboken6.isValid(window):
                window._closing = True
                window.close()
                shiboken6.delete(window)


def take_in(qtbot, window: MainWindow, *files: Path) -> list[str]:
    """Take media in, and wait until nothing is left to do; the fingerprints of all."""
    window.begin(list(files))
    qtbot.waitUntil(lambda: bool(window.document.timeline.media) and bool(window.effects))
    qtbot.waitUntil(lambda: not window.jobs.running)
    return [media.fingerprint for media in window.document.timeline.media]


def settled(window: MainWindow) -> bool:
    """Tell whether nothing is computed, and no job runs."""
    return window._state_of_work[0] == "idle" and not window.jobs.running


def effect_boxes(window: MainWindow) -> list[EffectBox]:
    """Give the boxes of the inspector, when all are there that are made in turns."""
    window.inspector._making.finish()
    return window.inspector._boxes


def worn(window: MainWindow) -> bool:
    """Tell whether the whole window wears its theme."""
    return not window._dressing.busy


def speaks(window: MainWindow, language: str) -> bool:
    """Tell whether the whole window speaks a language."""
    return QApplication.instance().property("language") == language and not window.speaking.slices.busy


def drag(view: QAbstractScrollArea, start: QPoint, end: QPoint) -> None:
    """Drag with the left button over the page of a timeline, in four moves."""
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QTest.mousePress(view.viewport(), left, none, start)
    for step in range(1, 5):
        where = QPointF(start + (end - start) * step / 4)
        event = QMouseEvent(QEvent.Type.MouseMove, where, view.mapToGlobal(where), left, left, none)
        QApplication.sendEvent(view.viewport(), event)
    QTest.mouseRelease(view.viewport(), left, none, end)

"""The panels and their four named layouts, which are remembered as they were left."""

from collections.abc import Mapping

from PySide6.QtCore import QByteArray, QObject, QSettings, Qt, QTimer
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabWidget, QWidget

NAMES = ("edit", "effects", "audio", "export")
_VERSION = 2  # of what is remembered; raised when the panels are others
_SIDE = Qt.DockWidgetArea
_AREAS = {
    "bin": _SIDE.LeftDockWidgetArea,
    "history": _SIDE.LeftDockWidgetArea,
    "jobs": _SIDE.LeftDockWidgetArea,
    "rendering": _SIDE.LeftDockWidgetArea,
    "inspector": _SIDE.RightDockWidgetArea,
    "timeline": _SIDE.BottomDockWidgetArea,
}
# what is hidden, the tab in front, and the shares of the window that left, right and bottom take
_SHAPES: dict[str, tuple[tuple[str, ...], str, float, float, float]] = {
    "edit": ((), "bin", 0.21, 0.225, 0.40),
    "effects": (("jobs",), "history", 0.21, 0.30, 0.28),
    "audio": ((), "bin", 0.18, 0.20, 0.60),
    "export": (("inspector",), "jobs", 0.36, 0.2, 0.27),
}


class Layouts(QObject):
    """Puts the panels of a window where a layout has them; owned by the GUI thread.

    Args:
        panels: what lies in the docks, by name, with the docks' titles.
        settings: where layouts are remembered.
    """

    def __init__(self, window: QMainWindow, panels: Mapping[str, tuple[str, QWidget]], settings: QSettings) -> None:
        super().__init__(window)
        self._window, self._settings = window, settings
        self.docks = {name: self._dock(name, title, widget) for name, (title, widget) in panels.items()}
        self.name = NAMES[0]
        self._titled: bool | None = None
        window.setDockOptions(QMainWindow.DockOption.AllowTabbedDocks | QMainWindow.DockOption.AllowNestedDocks)
        window.setTabPosition(_SIDE.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        for corner in (Qt.Corner.BottomLeftCorner, Qt.Corner.BottomRightCorner):
            window.setCorner(corner, _SIDE.BottomDockWidgetArea)
        self.show_titles(False)

    def use(self, name: str) -> None:
        """Put the panels where this layout had them last, or where it has them at first."""
        self.name = name if name in NAMES else NAMES[0]
        self._settings.setValue("layout", self.name)
        self._arrange(self.name)
        left = self._settings.value(f"layouts/{self.name}")
        if isinstance(left, QByteArray):
            self._window.restoreState(left, _VERSION)

    def keep(self) -> None:
        """Remember where the panels are now."""
        self._settings.setValue(f"layouts/{self.name}", self._window.saveState(_VERSION))

    def reset(self) -> None:
        """Put the panels where the layout has them at first."""
        self._settings.remove(f"layouts/{self.name}")
        self._arrange(self.name)

    def show_titles(self, shown: bool) -> None:
        """Give all panels title bars, to move them by; else only the inspector has one, as tabs name the others."""
        if shown == self._titled:
            return
        self._titled = shown
        for name, dock in self.docks.items():
            old = dock.titleBarWidget()
            if shown or name == "inspector":
                dock.setTitleBarWidget(None)  # type: ignore[arg-type]
            else:
                dock.setTitleBarWidget(QWidget())
            if old is not None:
                old.deleteLater()  # which Qt leaves to us

    def take_away(self) -> None:
        """Take the panels out of the window and let them go."""
        for dock in self.docks.values():
            self._window.removeDockWidget(dock)
            dock.deleteLater()

    def _dock(self, name: str, title: str, widget: QWidget) -> QDockWidget:
        dock = QDockWidget(title, self._window)
        dock.setObjectName(name)
        dock.setWidget(widget)
        return dock

    def _arrange(self, name: str) -> None:
        hidden, front, *_ = _SHAPES[name]
        for dock in self.docks.values():
            dock.setFloating(False)
            self._window.removeDockWidget(dock)
        for one, dock in self.docks.items():
            self._window.addDockWidget(_AREAS[one], dock)
            dock.setVisible(one not in hidden)
        docks = self.docks
        self._window.tabifyDockWidget(docks["bin"], docks["history"])
        self._window.tabifyDockWidget(docks["history"], docks["jobs"])
        self._window.tabifyDockWidget(docks["jobs"], docks["rendering"])
        for one in hidden:
            docks[one].hide()
        docks[front].raise_()
        self._size()
        QTimer.singleShot(0, self, self._size)  # again, when the docks that were added have a place

    def _size(self) -> None:
        """Give the panels the shares of the window that the layout has at first, unless it is remembered otherwise."""
        if isinstance(self._settings.value(f"layouts/{self.name}"), QByteArray):
            return
        _, front, left, right, bottom = _SHAPES[self.name]
        width, height = self._window.width(), self._window.height()
        across = [self.docks[front], self.docks["inspector"]]
        self._window.resizeDocks(across, [round(width * left), round(width * right)], Qt.Orientation.Horizontal)
        self._window.resizeDocks([self.docks["timeline"]], [round(height * bottom)], Qt.Orientation.Vertical)

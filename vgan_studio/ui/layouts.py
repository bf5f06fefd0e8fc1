"""The panels and their four named layouts, which are remembered as they were left."""

import json
from collections.abc import Iterator, Mapping

from PySide6.QtCore import QByteArray, QObject, QSettings, Qt, QTimer
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabBar, QTabWidget, QWidget

NAMES = ("edit", "effects", "audio", "export")
_LEAST = 264  # points that fields and tabs need at the side
_BELOW = 252  # points for the ruler, two tracks and two lanes of subtitles
_SOUND = 330  # points for the mixer at first
_VERSION = 5  # of what is remembered; raised when the panels are others
_SIDE = Qt.DockWidgetArea
_AREAS = {
    "bin": _SIDE.LeftDockWidgetArea,
    "history": _SIDE.LeftDockWidgetArea,
    "jobs": _SIDE.LeftDockWidgetArea,
    "rendering": _SIDE.LeftDockWidgetArea,
    "subtitles": _SIDE.RightDockWidgetArea,
    "inspector": _SIDE.RightDockWidgetArea,
    "scopes": _SIDE.RightDockWidgetArea,
    "timeline": _SIDE.BottomDockWidgetArea,
    "sound": _SIDE.BottomDockWidgetArea,
}
_TABBED = ("inspector", "subtitles")  # at the right, where one of them is looked at
# what is hidden, the tab in front, and the shares of the window that left, right and bottom take
_SHAPES: dict[str, tuple[tuple[str, ...], str, float, float, float]] = {
    "edit": (("scopes", "sound", "subtitles"), "bin", 0.21, 0.225, 0.40),
    "effects": (("jobs", "scopes", "sound", "subtitles"), "history", 0.21, 0.30, 0.28),
    "audio": (("scopes", "subtitles"), "bin", 0.18, 0.20, 0.60),
    "export": (("inspector", "scopes", "sound", "subtitles"), "jobs", 0.36, 0.2, 0.27),
}


class Layouts(QObject):
    """Puts the panels of a window where a layout has them; owned by the GUI thread.

    Args:
        settings: where layouts are remembered.
    """

    def __init__(self, window: QMainWindow, settings: QSettings) -> None:
        super().__init__(window)
        self._window, self._settings = window, settings
        self.docks: dict[str, QDockWidget] = {}
        self.name = NAMES[0]
        self._titled: bool | None = None
        self._barred: set[str] = set()
        self._sound = _SOUND

    def fill(self, panels: Mapping[str, tuple[str, QWidget]]) -> Iterator[None]:
        """Put panels into docks, in slices.

        Args:
            panels: what lies in the docks, by name, with the docks' titles.
        """
        window = self._window
        for name, (title, widget) in panels.items():
            self.docks[name] = self._dock(name, title, widget)
            yield
        window.setDockOptions(QMainWindow.DockOption.AllowTabbedDocks | QMainWindow.DockOption.AllowNestedDocks)
        window.setTabPosition(_SIDE.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        for corner in (Qt.Corner.BottomLeftCorner, Qt.Corner.BottomRightCorner):
            window.setCorner(corner, _SIDE.BottomDockWidgetArea)
        self.show_titles(False)
        yield
        self._put_back()
        for name in _TABBED:
            self.docks[name].toggleViewAction().toggled.connect(self._title)

    def use(self, name: str) -> None:
        """Put the panels where this layout had them last, or where it has them at first."""
        self.name = name if name in NAMES else NAMES[0]
        self._settings.setValue("layout", self.name)
        state = self._settings.value(f"layouts/{self.name}")
        if isinstance(state, QByteArray) and self._window.restoreState(state, _VERSION):
            self._hide_barred()
            return
        self._arrange()

    def bar(self, name: str, barred: bool) -> None:
        """Keep a panel away from every layout, or let it come back."""
        if barred == (name in self._barred):
            return
        dock = self.docks[name]
        if barred:
            self._barred.add(name)
        else:
            self._barred.remove(name)
            dock.setVisible(name not in self._shape()[0])
        dock.toggleViewAction().setVisible(not barred)
        self._hide_barred()

    def keep(self) -> None:
        """Remember where the panels are now; as Qt has it only if they were moved, as that takes long to restore."""
        key = f"layouts/{self.name}"
        if self._moved():
            self._settings.setValue(key, self._window.saveState(_VERSION))
            return
        if not self._window.isVisible():
            return
        self._settings.remove(key)
        hidden = [name for name, dock in self.docks.items() if dock.isHidden() and name not in self._barred]
        front = next((name for name in _tabs(self.docks) if not self.docks[name].visibleRegion().isEmpty()), "bin")
        sound = self.docks["sound"]
        sizes = [self.docks[front].width(), self.docks["inspector"].width(), self.docks["timeline"].height()]
        sizes.append(self._sound if sound.isHidden() else sound.width())
        self._settings.setValue(f"{key}_shape", json.dumps({"hidden": hidden, "front": front, "sizes": sizes}))

    def reset(self) -> None:
        """Put the panels where the layout has them at first."""
        for key in (f"layouts/{self.name}", f"layouts/{self.name}_shape"):
            self._settings.remove(key)
        self._arrange()

    def show_titles(self, shown: bool) -> None:
        """Give all panels title bars, to move them by; else only those at the right, as tabs name the others."""
        if shown == self._titled:
            return
        self._titled = shown
        self._title()

    def take_away(self) -> list[QDockWidget]:
        """Take the panels out of the window; they are to be let go."""
        for dock in self.docks.values():
            self._window.removeDockWidget(dock)
        return list(self.docks.values())

    def _title(self) -> None:
        tabbed = not any(self.docks[name].isHidden() for name in _TABBED)
        for name, dock in self.docks.items():
            old = dock.titleBarWidget()
            alone = _AREAS[name] is _SIDE.RightDockWidgetArea and not (tabbed and name in _TABBED)
            if (self._titled or alone) == (old is None):
                continue
            dock.setTitleBarWidget(QWidget() if old is None else None)  # type: ignore[arg-type]
            if old is not None:
                old.deleteLater()  # which Qt leaves to us

    def _dock(self, name: str, title: str, widget: QWidget) -> QDockWidget:
        dock = QDockWidget(title, self._window)
        dock.setObjectName(name)
        dock.setWidget(widget)
        return dock

    def _moved(self) -> bool:
        """Tell whether a panel is not where it is at first: elsewhere, floating, or no longer a tab."""
        if any(dock.isFloating() for dock in self.docks.values()):
            return True
        if any(self._window.dockWidgetArea(dock) is not _AREAS[name] for name, dock in self.docks.items()):
            return True
        for names in (_tabs(self.docks), _TABBED):
            tabs = [self.docks[name] for name in names if not self.docks[name].isHidden()]
            if len(tabs) > 1 and len(self._window.tabifiedDockWidgets(tabs[0])) != len(tabs) - 1:
                return True
        return False

    def _arrange(self) -> None:
        hidden, front, *_ = self._shape()
        if self._moved():
            self._put_back()
        for name, dock in self.docks.items():
            dock.setVisible(name not in hidden and name not in self._barred)
        self.docks[front].raise_()
        self._title()
        self._size()
        QTimer.singleShot(0, self, self._size)  # again, when the docks that were added have a place

    def _put_back(self) -> None:
        """Put all panels to their sides."""
        for name, dock in self.docks.items():
            dock.setFloating(False)
            self._window.addDockWidget(_AREAS[name], dock)
            dock.setVisible(name not in self._barred)
        first, *others = _tabs(self.docks)
        for other in others:
            self._window.tabifyDockWidget(self.docks[first], self.docks[other])
        self._window.tabifyDockWidget(*(self.docks[name] for name in _TABBED))
        self._hide_spare()

    def _hide_spare(self) -> None:
        """Hide the second bar of the same tabs that Qt makes, and leaves over, before a window is shown."""
        bars = self._window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
        titles = [[bar.tabText(index) for index in range(bar.count())] for bar in bars]
        for number, bar in enumerate(bars):
            if titles[number] and titles[number] in titles[number + 1 :]:
                bar.hide()

    def _hide_barred(self) -> None:
        for name in self._barred:
            self.docks[name].hide()

    def _size(self) -> None:
        _, front, sizes = self._shape()
        across = [self.docks[front], self.docks["inspector"]]
        self._window.resizeDocks(across, sizes[:2], Qt.Orientation.Horizontal)
        self._window.resizeDocks([self.docks["timeline"]], sizes[2:3], Qt.Orientation.Vertical)
        below = [self.docks["timeline"], self.docks["sound"]]
        self._sound = sizes[3]
        self._window.resizeDocks(below, [self._window.width() - sizes[3], sizes[3]], Qt.Orientation.Horizontal)

    def _shape(self) -> tuple[list[str], str, list[int]]:
        """Give what is hidden, the tab in front, and sizes: left, right, bottom, sound; as left, or as at first."""
        hidden, front, left, right, bottom = _SHAPES[self.name]
        width, height = self._window.width(), self._window.height()
        sizes = [
            max(_LEAST, round(width * left)),
            max(_LEAST, round(width * right)),
            max(_BELOW, round(height * bottom)),
            self._sound,
        ]
        try:
            kept = json.loads(str(self._settings.value(f"layouts/{self.name}_shape", "")))
            names = [name for name in kept["hidden"] if name in self.docks and name != "timeline"]
            sizes = [max(20, min(int(size), 10_000)) for size in kept["sizes"]]
            if kept["front"] in _tabs(self.docks) and len(sizes) == 4:
                return names, kept["front"], sizes
        except (ValueError, TypeError, KeyError):
            pass
        return list(hidden), front, sizes


def _tabs(docks: Mapping[str, QDockWidget]) -> list[str]:
    """Give the names of the panels that are tabs at the left."""
    return [name for name in docks if _AREAS[name] is _SIDE.LeftDockWidgetArea]

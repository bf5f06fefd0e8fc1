"""The language of the window: all widgets are made anew in slices, while the old ones work and are seen."""

from collections.abc import Iterator
from operator import attrgetter
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, QTimer

from . import language
from .help import Help
from .layouts import Layouts
from .slices import Foremost

if TYPE_CHECKING:
    from .main_window import MainWindow

_FIRST = (  # what looks at the window while it lives, each before what it is made of
    "modelling.learning", "modelling", "proxying", "subtitling", "on_screen", "live.masks", "looking", "live",
    "preview",
)  # fmt: skip
_THEN = (
    "editing", "arranging", "menus", "sheets", "effect_files", "actions_", "live.button", "device", "layouts",
)  # fmt: skip


class Speaking(QObject):
    """Lets a window speak another language; owned by the GUI thread.

    Attributes:
        slices: what is left to be done until it does.
    """

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window, self.slices = window, Foremost(window)

    def speak(self, choice: str) -> None:
        """Speak a language, or that of the system, soon and from now on."""
        self._window.settings.setValue("language", choice)
        QTimer.singleShot(0, self, self._begin)  # not while a widget that goes away is at work

    def _begin(self) -> None:
        if not self.slices.busy:
            self.slices.begin(self._speak())

    def _speak(self) -> Iterator[None]:
        """Take on the language that is chosen, and the next one if another was chosen meanwhile."""
        settings = self._window.settings
        while language.speak(language.wanted(str(settings.value("language", "system")))):
            yield
            yield from self._dress_anew()

    def _dress_anew(self) -> Iterator[None]:
        """Make all widgets anew, and show in them what was shown."""
        window = self._window
        frame, chosen, layout = window.preview.frame, window.timeline_view.selection, window.layouts.name
        speeds = window.inspector.speeds
        window.playback.stop()
        window.layouts.keep()
        window.setUpdatesEnabled(False)
        old = Remains(window)
        yield from window.dress(old)
        window.lay_panels(layout)
        yield
        yield from window.show_again()
        window.inspector.show_speeds(speeds)
        window.preview.seek(frame)
        yield from old.let_go()
        window.timeline_view.select(chosen)
        yield
        window.setUpdatesEnabled(True)
        window.repaint()  # what was asked for while nothing might be painted is lost, and with it every later wish


class Remains:
    """The widgets that a window had, and what connects them: they work until others are there."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window
        self._first: list[QObject] = [attrgetter(name)(window) for name in _FIRST]
        self._then: list[QObject] = [attrgetter(name)(window) for name in _THEN]
        self._layouts: Layouts = attrgetter("layouts")(window)

    def take_away(self) -> None:
        """Take the widgets out of the window; they stay whole, for what still speaks to them."""
        self._then += self._layouts.take_away()
        for widget in (self._window.takeCentralWidget(), self._window.menuWidget()):
            assert widget is not None
            widget.setParent(None)
            self._then.append(widget)

    def let_go(self) -> Iterator[None]:
        """Delete all of it, in slices; a help that was open is opened anew."""
        for one in self._first:
            shiboken6.delete(one)
        yield
        helps = self._window.findChildren(Help)
        for one in (*self._then, *helps):
            if shiboken6.isValid(one):
                shiboken6.delete(one)
            yield
        if helps:
            self._window.sheets.help()

"""What is done in the viewer besides looking: pictures are placed and cropped, media of the bin seen, colours taken."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject

from .action_table import HANDLES
from .full_screen import FullScreen
from .picking import Picking
from .posing import Posing, Scene
from .row_heights import RowHeights
from .source_view import SourceStage, SourceView
from .theme import Theme


class Place(Scene, SourceStage, Protocol):
    """A window that plays and has a bin."""


class OnScreen(QObject):
    """Connects the window's viewer with what is done in it; owned by the GUI thread."""

    def __init__(self, window: Place) -> None:
        assert isinstance(window, QObject)
        super().__init__(window)
        self._window = window
        self.posing = Posing(window)
        self.source = SourceView(window)
        self.picking = Picking(window)
        self.source.above = (self.picking.swatch,)
        self.heights = RowHeights(window)
        self.full = FullScreen(window.viewer)
        self.full.turned.connect(self.posing.show)
        for one in (self.posing, self.source, self.picking, self.heights):
            one.setParent(self)
        canvas = window.viewer.canvas
        canvas.overlays = (self.posing.handles, *canvas.overlays, self.picking.swatch)

    def deeds(self) -> dict[str, Callable[[], object]]:
        """Give what the actions do."""
        return {**self.posing.deeds(), **self.source.deeds(), "full": self._take_full}

    def restore(self) -> None:
        """Take on what was chosen before."""
        window = self._window
        window.viewer.add_buttons([window.actions_[name] for name in HANDLES])
        self.posing.restore()
        self.source.lay_out()

    def show_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        self.source.show_theme(theme)

    def _take_full(self) -> None:
        self.full.toggle(self._window.actions_)

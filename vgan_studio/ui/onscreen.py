"""What can be done in the viewer besides looking: the selected clip's picture is placed and cropped there."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from .action_table import HANDLES
from .posing import Posing, Scene


class OnScreen(QObject):
    """Connects the window's viewer with what is done in it; owned by the GUI thread."""

    def __init__(self, window: Scene) -> None:
        assert isinstance(window, QObject)
        super().__init__(window)
        self._window = window
        self.posing = Posing(window)
        canvas = window.viewer.canvas
        canvas.overlays = (self.posing.handles, *canvas.overlays)

    def deeds(self) -> dict[str, Callable[[], object]]:
        """Give what the actions do."""
        return {**self.posing.deeds()}

    def restore(self) -> None:
        """Take on what was chosen before."""
        window = self._window
        window.viewer.add_buttons([window.actions_[name] for name in HANDLES])
        self.posing.restore()

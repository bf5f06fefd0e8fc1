"""How tall the tracks of a film were made, remembered for each project file."""

import hashlib
import json

from PySide6.QtCore import QObject, QTimer

from .stage import Stage

_CALM_MS = 400
_MOST = 100  # films
_KEY = "rows"


class RowHeights(QObject):
    """Keeps the heights of tracks in the settings, by the path of the project; owned by the GUI thread."""

    def __init__(self, window: Stage) -> None:
        assert isinstance(window, QObject)
        super().__init__(window)
        self._window = window
        self._path = window.document.path
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(_CALM_MS)
        self._calm.timeout.connect(self.keep)
        window.document.changed.connect(self._follow)
        window.document.saved.connect(lambda _: self._move())
        window.timeline_view.laid.connect(self._calm.start)
        self._restore()

    def keep(self) -> None:
        """Remember the heights of now."""
        self._calm.stop()
        heights = [round(one, 3) for one in self._window.timeline_view.scale.heights]
        name = self._name()
        if not name or self._path != self._window.document.path:
            return
        kept = self._kept()
        usual = all(one == 1 for one in heights)
        if usual == (name not in kept) and (usual or kept[name] == heights):
            return
        kept.pop(name, None)
        if not usual:
            kept[name] = heights
        self._window.settings.setValue(_KEY, json.dumps(dict(list(kept.items())[-_MOST:])))

    def _follow(self, _: object) -> None:
        """Give the tracks of another film the heights that they had."""
        if self._window.document.path != self._path:
            self._path = self._window.document.path
            self._restore()

    def _move(self) -> None:
        """Remember the heights for the file that the film was saved to."""
        self._path = self._window.document.path
        self.keep()

    def _restore(self) -> None:
        view = self._window.timeline_view
        heights = self._kept().get(self._name(), [])
        for number in range(len(view.timeline.tracks)):
            view.set_height(number, heights[number] if number < len(heights) else 1.0)

    def _name(self) -> str:
        return hashlib.sha256(str(self._path).encode()).hexdigest()[:16] if self._path is not None else ""

    def _kept(self) -> dict[str, list[float]]:
        """Read what is kept; what is damaged is none."""
        try:
            found = json.loads(str(self._window.settings.value(_KEY, "{}")))
        except ValueError:
            return {}
        if not isinstance(found, dict):
            return {}
        return {
            name: [float(one) for one in heights if isinstance(one, int | float) and 0.5 <= one <= 5]
            for name, heights in found.items()
            if isinstance(heights, list)
        }

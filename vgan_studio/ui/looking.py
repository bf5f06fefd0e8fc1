"""What helps to judge picture and sound: scopes, guides, snapshots, meters and loudness, and their connections."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QSettings
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from vgan_studio.service.levels import Level
from vgan_studio.service.loudness import Loudness, louder, measuring_loudness
from vgan_studio.service.playback import Playback
from vgan_studio.service.requests import Shown
from vgan_studio.service.scopes import Scopes
from vgan_studio.service.snapshot import snapshotting
from vgan_studio.timeline.values import Timeline

from .guides import Guides
from .scopes_panel import ScopesPanel
from .sound_panel import SoundPanel
from .stage import Stage
from .theme import Theme
from .timecode import timecode
from .words import said

if TYPE_CHECKING:
    from .layouts import Layouts

GUIDES = {"guide_safe": "safe", "guide_thirds": "thirds", "guide_grid": "grid"}


class Place(Stage, Protocol):
    """A window with playback and docks."""

    settings: QSettings
    playback: Playback
    layouts: "Layouts"


class Looking(QObject):
    """Connects the window's picture and sound with what shows more of them; owned by the GUI thread.

    Attributes:
        scopes: draws; `asked` counts how often.
        panel, sound: to be put into docks.
    """

    def __init__(self, window: Place) -> None:
        assert isinstance(window, QWidget)
        super().__init__(window)
        self._window = window
        self.scopes, self.guides = Scopes(self), Guides()
        self.panel, self.sound = ScopesPanel(), SoundPanel()
        self._image = QImage()
        self._found: Loudness | None = None
        canvas = window.viewer.canvas
        canvas.overlays = (self.guides, *canvas.overlays)
        self.panel.choose(str(window.settings.value("scopes/kind", "waveform")))
        self.panel.wished.connect(self._choose)
        self.scopes.drawn.connect(self.panel.show_drawing)
        window.preview.shown.connect(self._take)
        window.playback.heard.connect(self._hear)
        window.playback.strips.connect(self.sound.mixer.show_levels)
        window.document.changed.connect(self._change)
        self.sound.measure_wished.connect(self.measure_loudness)
        self.sound.normalise_wished.connect(self.normalise)

    def deeds(self) -> dict[str, Callable[[], object]]:
        """Give what the actions do."""
        return {
            **dict.fromkeys(GUIDES, self.take_guides),
            "snapshot": self.ask_snapshot, "loudness": self.measure_loudness,
            "scopes": lambda: self._show("scopes"), "meters": lambda: self._show("sound"),
        }  # fmt: skip

    def restore(self) -> None:
        """Switch on the guides that were on."""
        for name in GUIDES:
            self._window.actions_[name].setChecked(bool(self._window.settings.value(f"guides/{name}", False, bool)))
        self.take_guides()

    def show_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        self.panel.show_theme(theme)
        self.sound.show_theme(theme)

    def take_guides(self) -> None:
        """Paint the guides that the actions name, and remember them."""
        for name, guide in GUIDES.items():
            on = self._window.actions_[name].isChecked()
            setattr(self.guides, guide, on)
            self._window.settings.setValue(f"guides/{name}", on)
        self._window.viewer.canvas.update()

    def ask_snapshot(self) -> None:
        """Ask for a name, and write the frame at the playhead there."""
        window, frame, timeline = self._window, self._window.preview.place, self._window.preview.film
        if not timeline.duration:
            window.tell(self.tr("There is no picture yet."), bad=True)
            return
        folder = window.document.path.parent if window.document.path else Path.home()
        name = timecode(frame, timeline.rate).replace(":", "-") + ".png"
        chosen, _ = QFileDialog.getSaveFileName(
            window.viewer, self.tr("Save this frame"), str(folder / name), self.tr("Pictures (*.png)")
        )
        if chosen:
            path = Path(chosen)
            self.snapshot(path if path.suffix.lower() == ".png" else path.with_name(path.name + ".png"))

    def snapshot(self, path: Path) -> None:
        """Write the frame at the playhead, as an export would, in the background."""
        window = self._window
        steps = snapshotting(window.preview.film, window.preview.place, path, window.inference.tools)
        job = window.jobs.make(self.tr("Save a frame"), steps)
        job.done.connect(lambda _: window.tell(self.tr("{0} was saved.").format(path.name)))
        job.failed.connect(lambda sentence: window.tell(said(sentence), bad=True))
        job.start()

    def measure_loudness(self) -> None:
        """Measure how loud the marked range, or the film, is."""
        if not self.sound.measure.isEnabled():
            return
        timeline = self._window.document.timeline
        self._show("sound")
        job = self._window.jobs.make(self.tr("Measure loudness"), measuring_loudness(timeline))
        self.sound.measure.setEnabled(False)
        job.progress.connect(self._show_progress)
        job.done.connect(lambda found: self._know(timeline, found))
        job.failed.connect(lambda sentence: self.sound.show_end(said(sentence)))
        job.cancelled.connect(self.sound.show_end)
        job.start()

    def normalise(self, target: float) -> None:
        """Change the volume of all clips alike, so that what was measured has a loudness."""
        if self._found is None:
            return
        found, by = self._found, target - self._found.integrated
        self._window.document.do(self.tr("Normalise to {0:.1f} LUFS").format(target), louder, by)
        peak = found.peak + by
        words = self.tr("All clips {0:+.1f} dB; the peak is {1:.1f} dBTP.").format(by, peak)
        if peak > -1:
            words += " " + self.tr("That is too high for most sites: it may be cut off.")
        self.sound.words.setText(words)
        self._window.tell(words, bad=peak > -1)

    def _show_progress(self, found: Loudness) -> None:
        if found.done < found.total:  # the whole comes with the end
            self.sound.show_loudness(found)

    def _know(self, timeline: Timeline, found: object) -> None:
        if isinstance(found, Loudness):
            self._found = found
            self.sound.show_loudness(found)
            if timeline is not self._window.document.timeline:
                self._change(None)

    def _change(self, _: object) -> None:
        self._found = None
        self.sound.show_changed()

    def _show(self, name: str) -> None:
        dock = self._window.layouts.docks[name]
        dock.show()
        dock.raise_()

    def _take(self, shown: Shown) -> None:
        self._image = shown.image
        self._draw()

    def _choose(self) -> None:
        self._window.settings.setValue("scopes/kind", self.panel.kind)
        self._draw()

    def _draw(self) -> None:
        """Ask for a drawing, if anyone sees it."""
        if self.panel.seen and not self._image.isNull():
            self.scopes.want(self._image, self.panel.kind)

    def _hear(self, level: Level) -> None:
        if self.sound.isVisible():
            self.sound.meters.show_level(level)

"""What makes GAN effects live in the window: bar, panel, comparison, lens and flicker meter, and their connections."""

from collections.abc import Callable, Generator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSettings, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from vgan_studio.service.comparing import Stacks, measuring_flicker, original, stacks_of, with_effects_of, with_stacks
from vgan_studio.service.cost import Cost, measuring
from vgan_studio.service.inference import CACHE_BYTES
from vgan_studio.service.requests import Peek, Peeked, Shown
from vgan_studio.service.watch import Bar
from vgan_studio.timeline.values import Timeline

from .compare import Compare, Mode
from .flicker_panel import FlickerPanel
from .lens import SIDE, Lens
from .masking import Masking
from .preview import heavy_ids
from .render_panel import RenderPanel
from .stage import Stage
from .theme import Theme

if TYPE_CHECKING:
    from vgan_studio.render.flicker import Flicker

_AT_ONCE_S = 20.0  # what costs less is begun without a question
_GB = 1e9
_IDLE_S = 4.0
_LET_GO = (QEvent.Type.MouseButtonPress, QEvent.Type.ApplicationDeactivate)
_MODES: dict[str, Mode] = {"compare_wipe": "wipe", "compare_side": "side", "compare_difference": "difference"}


def cache_folder(settings: QSettings, given: Path | None) -> Path | None:
    """Say where pictures are kept: where the caller says, else where the preferences say; None for the usual place."""
    chosen = str(settings.value("render/folder", "") or "")
    return given or (Path(chosen) if chosen else None)


def cache_bytes(settings: QSettings) -> int:
    """Say how large the cache may be."""
    return int(float(str(settings.value("render/limit_gb", CACHE_BYTES / _GB))) * _GB)


class Live(QObject):
    """Connects the inference service with what the window shows of it; owned by the GUI thread.

    Attributes:
        panel: to be put into a dock.
        button: the pause button of the status bar.
    """

    def __init__(self, window: Stage) -> None:
        assert isinstance(window, QWidget)
        super().__init__(window)
        self._window = window
        self.compare, self.lens, self.masks = Compare(self), Lens(self), Masking(window)
        self.rendering, self.flicker = RenderPanel(), FlickerPanel()
        self.panel, self.button = _below(self.rendering, self.flicker), QToolButton()
        self._held: Stacks | None = None
        self._shown = True
        self._costed: list[int] = []
        canvas = window.viewer.canvas
        overlays = (self.compare, self.masks.handles, self.lens)
        canvas.overlays = overlays
        canvas.setMouseTracking(True)
        for overlay in overlays:
            overlay.changed.connect(canvas.update)
        self._connect_service()
        self._connect_panel()
        self._restore()

    def deeds(self) -> dict[str, Callable[[], object]]:
        """Give what the actions do."""
        return {
            **dict.fromkeys(_MODES, self.take_mode), "hold_original": self.hold_original,
            "compare_a": self.take_mode, "remember_a": self.remember, "take_a": self.take_back,
            "lens": self.take_lens, "render_range": lambda: self.ask("range"),
            "render_chosen": lambda: self.ask("chosen"), "render_film": lambda: self.ask("film"),
            "render_pause": self.take_pause, "render_stop": self._stop, "flicker": self.measure_flicker,
        }  # fmt: skip

    def show_film(self, timeline: Timeline) -> None:
        """Work on this film while nobody waits for a picture."""
        self._window.inference.follow(timeline)
        self.rendering.failures.show_film(timeline)
        self.flicker.show_rate(timeline.rate)
        self.look()
        self.lens.renew()
        self.masks.show()

    def show_ai(self, shown: bool) -> None:
        """Show all of this, or nothing: no bar, no button."""
        was, self._shown = self._shown, shown
        self.button.setVisible(shown)
        if shown != was:
            self._window.timeline_view.put(bar=None)
            self._window.watch.renew()

    def show_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        self.rendering.show_theme(theme)
        self.flicker.show_theme(theme)

    def look(self) -> None:
        """Let the bar be about what can be seen of the timeline."""
        view = self._window.timeline_view
        scale = view.scale
        self._window.watch.show(view.timeline, scale.frame(scale.header), scale.frame(view.page.width) + 1)

    def own(self) -> None:
        """Say whose film it is now, by its path."""
        path = self._window.document.path
        owner = str(path) if path else ""
        tools = self._window.inference.tools_now
        keep = bool(owner and tools and tools.cache.keeps(owner))
        self._window.watch.own(owner, keep=keep)
        self._show_settings(keep=keep)

    def take_mode(self) -> None:
        """Compare as the actions say."""
        act = self._window.actions_
        modes: list[Mode] = [mode for name, mode in _MODES.items() if act[name].isChecked()]
        self.compare.show_mode(modes[0] if modes else "off")
        self._aim()

    def hold_original(self) -> None:
        """Show the other picture until the key is let go, or the mouse is pressed where a menu was asked."""
        app = QApplication.instance()
        if app is not None and not self.compare.held:
            self.compare.hold(True)
            self._aim()
            app.installEventFilter(self)  # no longer than that: every event would wait for Python

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        """Show the result again."""
        released = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyRelease and not event.isAutoRepeat()
        app = QApplication.instance()
        if app is not None and (released or event.type() in _LET_GO):
            app.removeEventFilter(self)
            self.compare.hold(False)
            self._aim()
        return super().eventFilter(watched, event)

    def remember(self) -> None:
        """Remember the effects of all clips as A, and compare with them."""
        self._held = stacks_of(self._window.document.timeline)
        self._window.actions_["compare_a"].setChecked(True)
        if self.compare.mode == "off":
            self._window.actions_["compare_wipe"].setChecked(True)
        self._window.tell(self.tr("A is remembered. Change an effect: that is B."))
        self.take_mode()

    def take_back(self) -> None:
        """Give the selected clips the effects of A; what they have now becomes A, so that one can go to and fro."""
        window, held = self._window, self._held
        chosen = sorted(window.timeline_view.selection)
        if held is None or not chosen:
            window.tell(self.tr("Remember A first, and select a clip."), bad=True)
            return
        now = stacks_of(window.document.timeline)
        window.document.do(self.tr("Swap A and B"), with_effects_of, held, chosen)
        self._held = {**held, **{id: now[id] for id in chosen if id in now}}
        self._aim()

    def take_lens(self) -> None:
        """Show the lens, or nothing, as the action says."""
        self.lens.switch(self._window.actions_["lens"].isChecked())

    def take_pause(self) -> None:
        """Compute nothing, or go on, as the action says."""
        self._pause(self._window.actions_["render_pause"].isChecked())

    def ask(self, which: str) -> None:
        """Find out what it costs to render, and begin if that is little; who asks for it wants no pause any more."""
        window = self._window
        timeline, frames = window.document.timeline, self._frames(which)
        if not frames:
            window.tell(self.tr("There is nothing to render there."), bad=True)
            return
        self._pause(False)
        job = window.jobs.make(
            self.tr("Measure what rendering costs"), measuring(timeline, frames, window.inference.tools)
        )
        self._costed = frames
        self.rendering.show_cost(None, asking=True)
        job.done.connect(self._know_cost)
        job.failed.connect(self._fail_cost)
        job.cancelled.connect(lambda: self.rendering.show_cost(None))
        job.start()

    def measure_flicker(self) -> None:
        """Measure how much the marked range, or the film, flickers."""
        window = self._window
        timeline = window.document.timeline
        frames, heavy = self._frames("range"), heavy_ids(window.effects)
        steps = measuring_flicker(timeline, heavy, frames, window.inference.tools)
        job = window.jobs.make(self.tr("Measure flicker"), steps)
        job.progress.connect(self._show_flicker)
        job.failed.connect(self.flicker.show_end)
        job.cancelled.connect(self.flicker.show_end)
        job.start()

    def _aim(self) -> None:
        """Let the preview ask for what is to be compared."""
        window, held = self._window, self._held
        with_a = held is not None and window.actions_["compare_a"].isChecked()
        self.compare.show_names(*((self.tr("A"), self.tr("B")) if with_a else (self.tr("Original"), "")))
        beside: Callable[[Timeline], Timeline] | None = None
        if self.compare.wanted:
            if with_a and held is not None and not self.compare.held:
                stacks = held
                beside = lambda film: with_stacks(film, stacks)  # noqa: E731
            else:
                beside = lambda film: original(film, heavy_ids(window.effects))  # noqa: E731
        window.preview.show_beside(beside, difference=self.compare.mode == "difference")

    def _connect_service(self) -> None:
        window = self._window
        service, watch = window.inference, window.watch
        service.failed.connect(self.rendering.failures.add)
        service.progressed.connect(self.rendering.show_progress)
        service.progressed.connect(watch.look)
        service.noticed.connect(window.tell)
        service.measured.connect(self._show_speeds)
        service.peeked.connect(self._show_part)
        service.state.connect(self._show_state)
        watch.seen.connect(self._show_bar)
        watch.used.connect(self.rendering.show_use)
        window.preview.shown.connect(self._show_pair)
        window.timeline_view.laid.connect(self.look)
        window.document.changed.connect(self.show_film)
        window.document.opened.connect(self._opened)
        window.document.saved.connect(self._opened)
        self.lens.wished.connect(self._ask_part)

    def _connect_panel(self) -> None:
        panel, window = self.rendering, self._window
        panel.render_wished.connect(self.ask)
        panel.start_wished.connect(self._start)
        panel.stop_wished.connect(self._stop)
        panel.pause_wished.connect(self._pause)
        panel.clear_wished.connect(self._clear)
        panel.keep_wished.connect(self._keep)
        panel.limit_wished.connect(self._limit)
        panel.place_wished.connect(self._ask_place)
        panel.idle_wished.connect(self._idle)
        panel.seek_wished.connect(window.preview.seek)
        panel.told.connect(lambda words: window.tell(words, bad=True))
        self.flicker.measure_wished.connect(self.measure_flicker)
        self.flicker.seek_wished.connect(window.preview.seek)

    def _restore(self) -> None:
        self._window.inference.rest_after(self._idle_s or None)
        self._show_settings(keep=False)

    @property
    def _idle_s(self) -> float:
        return float(str(self._window.settings.value("render/idle_s", _IDLE_S)))

    def _show_settings(self, *, keep: bool) -> None:
        settings = self._window.settings
        place = str(cache_folder(settings, None) or self.tr("The usual place"))
        self.rendering.show_settings(cache_bytes(settings) / _GB, self._idle_s, keep=keep, place=place)

    def _frames(self, which: str) -> list[int]:
        timeline, chosen = self._window.document.timeline, self._window.timeline_view.selection
        if which == "chosen":
            clips = [clip for track in timeline.tracks for clip in track.clips if clip.id in chosen]
            return sorted({frame for clip in clips for frame in range(clip.start, clip.end)})
        start, end = (timeline.range if which == "range" else None) or (0, timeline.duration)
        return list(range(start, min(end, timeline.duration)))

    def _know_cost(self, cost: object) -> None:
        if not isinstance(cost, Cost):
            return
        self.rendering.show_cost(cost)
        if cost.frames and cost.fits and cost.seconds < _AT_ONCE_S:
            self._start()

    def _fail_cost(self, sentence: str) -> None:
        self.rendering.show_cost(None)
        self._window.tell(sentence, bad=True)

    def _start(self) -> None:
        self.rendering.show_cost(None)
        self.rendering.failures.forget()
        self._window.inference.render(self._costed)
        self.rendering.show_progress(self._window.inference.queue.progress)

    def _stop(self) -> None:
        self._window.inference.queue.clear()
        self.rendering.show_progress(self._window.inference.queue.progress)

    def _pause(self, paused: bool) -> None:
        self._window.inference.pause(paused)
        self._window.actions_["render_pause"].setChecked(paused)
        self.rendering.show_paused(paused)

    def _clear(self) -> None:
        tools = self._window.inference.tools_now
        if tools is None:
            return

        def steps() -> Generator[None]:
            tools.cache.clear()
            yield

        job = self._window.jobs.make(self.tr("Clear the cache"), steps())
        job.done.connect(self._cleared)
        job.failed.connect(lambda sentence: self._window.tell(sentence, bad=True))
        job.start()

    def _cleared(self) -> None:
        self._window.inference.forget()
        self._window.watch.look()

    def _keep(self, keep: bool) -> None:
        path = self._window.document.path
        if path is None and keep:
            self._show_settings(keep=False)
            self._window.tell(self.tr("Save the film first: what is kept belongs to its file."), bad=True)
            return
        self._window.watch.own(str(path or ""), keep=keep)

    def _limit(self, limit_gb: float) -> None:
        self._window.settings.setValue("render/limit_gb", limit_gb)
        tools = self._window.inference.tools_now
        if tools is not None:
            tools.cache.limit(int(limit_gb * _GB))
        self._window.watch.look()

    def _idle(self, seconds: float) -> None:
        self._window.settings.setValue("render/idle_s", seconds)
        self._window.inference.rest_after(seconds or None)

    def _ask_place(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self._window.viewer, self.tr("Where computed pictures are kept"))
        if chosen:
            self._window.settings.setValue("render/folder", chosen)
            self._show_settings(keep=False)
            self._window.inference.keep_in(Path(chosen))
            self._window.tell(self.tr("From now on pictures are kept there; those in the place before stay."))

    def _show_flicker(self, flicker: "Flicker") -> None:
        self.flicker.show_flicker(flicker)
        self.panel.ensureWidgetVisible(self.flicker)

    def _opened(self, _: object) -> None:
        self.own()

    def _show_bar(self, bar: Bar) -> None:
        self._window.timeline_view.put(bar=bar if self._shown else None)

    def _show_pair(self, shown: Shown) -> None:
        self.compare.show_pair(shown.image, shown.beside, shown.difference)

    def _show_state(self, state: str, words: str) -> None:
        del state
        self.rendering.show_state(words)

    def _show_speeds(self, speeds: dict[str, float]) -> None:
        self._window.inspector.show_speeds(speeds)
        self._window.watch.look()

    def _ask_part(self, x: float, y: float) -> None:
        timeline, frame = self._window.document.timeline, self._window.preview.frame
        ratio = self._window.viewer.devicePixelRatioF()
        self._window.inference.peek(Peek(timeline, frame, x, y, round(SIDE * ratio)))

    def _show_part(self, peeked: Peeked) -> None:
        words = self.tr("100 %: without | with, {0:.0f} ms").format(1000 * peeked.seconds)
        self.lens.show_part(peeked.image, peeked.plain, words)


def _below(*widgets: QWidget) -> QScrollArea:
    """Put widgets below each other into a page that scrolls."""
    page = QWidget()
    page.setObjectName("panel")
    page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        column.addWidget(widget)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(page)
    return area

"""The window: its services, its widgets and all connections, on one page."""
# ruff: noqa: N802  (events have Qt's names)

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QByteArray, QSettings, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QMenuBar, QStackedWidget

from vgan_studio.errors import EditError
from vgan_studio.service.document import Document
from vgan_studio.service.inference import InferenceService
from vgan_studio.service.jobs import Jobs
from vgan_studio.service.playback import Playback
from vgan_studio.service.proxies import Proxies
from vgan_studio.service.recovery import Recovery, offers
from vgan_studio.service.scrub import Scrub
from vgan_studio.service.sound import prepare_sound
from vgan_studio.service.thumbnails import Thumbnails
from vgan_studio.service.watch import Watch
from vgan_studio.service.waveforms import Waveforms
from vgan_studio.timeline.lookup import clip_by_id
from vgan_studio.timeline.values import Media, Timeline

from . import keys, language
from . import theme as themes
from .actions import Actions
from .ahead import ahead
from .arranging import Arranging
from .banner import Banner
from .deeds import deeds
from .drops import files_of
from .editing import Editing
from .files import Files
from .inspector import Inspector
from .kept_effects import KeptEffects
from .layouts import Layouts
from .live import Live, cache_bytes, cache_folder
from .looking import Looking
from .media_bin import MediaBin
from .menus import Menus
from .modelling import Modelling
from .onscreen import OnScreen
from .panels import HistoryPanel, JobsPanel
from .preview import Preview, heavy_ids
from .proxying import Proxying
from .rooms import StateLine, beside, center, layout_buttons, timeline_panel
from .sheets import Sheets
from .slices import Slices
from .speaking import Remains, Speaking
from .subtitling import Subtitling
from .timeline_page import Units
from .timeline_view import TimelineView
from .viewer import Viewer
from .welcome import Welcome
from .wires import connect
from .words import said

if TYPE_CHECKING:
    from vgan_studio.effects.spec import Effect

_NOTE_MS, _TOUR_MS = 8000, 600
Demo = Callable[[], Generator[object]]
_SWITCHES = {"snap": True, "overlaps": True, "lanes": True, "loop": False, "ai": True, "titles": False, "scrub": True}


class MainWindow(QMainWindow):
    """The editor; owned by the GUI thread.  `begin` starts its threads, closing it ends them.

    Its services live as long as it does; its widgets are made anew when another language is spoken.

    Args:
        settings: where layout and habits are kept.
        state: where editors leave word of themselves, for recovery.
        cache: of computed pictures; the user's cache folder if not given.
        demo: makes the demo film and yields its path at the end; None where there is none.
    """

    def __init__(self, settings: QSettings, state: Path, cache: Path | None = None, demo: Demo | None = None) -> None:
        super().__init__()
        self.settings, self._state, self.demo = settings, state, demo
        self.theme, self._dressing, self._ahead = themes.DARK, Slices(self), Slices(self, idle=True)
        self.speaking = Speaking(self)
        self.jobs = Jobs(self)
        self.document = Document(self.jobs, self, state)
        self.thumbnails = Thumbnails(self)
        self.waveforms = Waveforms(cache, self)
        folder, limit = cache_folder(settings, cache), cache_bytes(settings)
        self.proxies = Proxies(self.jobs, folder, self)
        self.inference = InferenceService(folder, self, limit_bytes=limit, proxies=self.proxies)
        self.watch = Watch(lambda: self.inference.tools_now, self)
        self.playback = Playback(self)
        self.scrub = Scrub(self.playback, self)
        self.recovery = Recovery(state, self)
        self.files = Files(self.document, self.jobs, settings, self)
        self._closing = self._hurried = False
        self.effects: Mapping[str, object] = {}
        self._missing: Sequence[Media] = ()
        self._state_of_work = "starting", ""
        language.speak(language.wanted(str(settings.value("language", "system"))))
        self.setAcceptDrops(True)
        self.setMinimumSize(900, 500)
        self.resize(1280, 720)
        self._connect_services()
        self.wear(str(settings.value("theme", "system")))  # before there are widgets, which would be dressed twice
        self.speaking.slices.begin(self.dress())
        geometry = settings.value("geometry")
        if isinstance(geometry, QByteArray):
            self.restoreGeometry(geometry)
        self.lay_panels(str(settings.value("layout", "edit")))

    def begin(self, paths: Sequence[Path] = ()) -> None:
        """Start the threads, open what was named, and offer what a crash left."""
        prepare_sound()
        for thread in (self.thumbnails, self.waveforms, self.recovery, self.inference, self.watch):
            thread.start()
        self.files.clean_up()
        if paths:
            self.files.take_in(paths)
        QTimer.singleShot(0, lambda: self.files.offer(offers(self._state)))
        if not paths and not self.settings.value("toured", False, bool):
            self.settings.setValue("toured", True)
            QTimer.singleShot(_TOUR_MS, self.sheets.tour)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close once the film is saved, or need not be, and no export runs that shall go on."""
        self.speaking.slices.finish()
        if not self._closing and not self.sheets.may_stop():
            event.ignore()
            return
        if not self._closing and self.document.dirty:
            event.ignore()
            self.files.when_saved(self._finish)
            return
        self.settings.setValue("geometry", self.saveGeometry())
        self.layouts.keep()
        self.playback.stop()
        self.jobs.stop()
        for thread in (self.watch, self.inference, self.thumbnails, self.waveforms, self.scrub):
            thread.stop()
        self.recovery.leave(lost=self._hurried and self.document.dirty)
        super().closeEvent(event)

    def end_now(self) -> None:
        """Close without a question; what is not saved is offered at the next start."""
        self._hurried = True
        self._finish()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files, wherever they are dropped."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take files in."""
        self.files.take_in(files_of(event.mimeData()))
        event.acceptProposedAction()

    def _connect_services(self) -> None:
        document = self.document
        for whole in (document.changed, self.inference.described):
            whole.connect(lambda _: self.speaking.slices.finish())  # or only some of the widgets would show it
        document.changed.connect(self._show_timeline)
        document.changed.connect(lambda _: self.recovery.edited(document))
        document.refused.connect(partial(self.tell, bad=True))
        document.dirtied.connect(lambda _: self._show_name())
        document.saved.connect(self.recovery.follow)
        document.opened.connect(lambda _: self.recovery.follow(document.path))
        self.files.told.connect(lambda words, bad: self.tell(words, bad=bad))
        self.files.lost.connect(self._show_missing)
        self.inference.described.connect(self._know_effects)
        self.inference.state.connect(self._show_state)
        self.playback.noticed.connect(self.tell)
        self.playback.changed.connect(self._show_speed)
        self.recovery.failed.connect(partial(self.tell, bad=True))

    def dress(self, old: Remains | None = None) -> Iterator[None]:
        """Make all widgets, in the language of the moment, in slices; in the place of old ones, if there are any."""
        yield from self._make_widgets()
        if old is not None:
            old.take_away()
        yield from self._lay_out()
        connect(self)
        yield
        self._restore()
        yield
        self._show_timeline(self.document.timeline)
        self.timeline_view.setFocus()  # so that keys do what they should from the first
        yield

    def _make_widgets(self) -> Iterator[None]:
        self.timeline_view = TimelineView(self.document.timeline, self.thumbnails, self.waveforms)
        self.editing = Editing(self.document, self.timeline_view, self)
        self.arranging = Arranging(self.document, self)
        self.sheets = Sheets(self)
        self.viewer = Viewer()
        self.preview = Preview(self.inference, self.playback, self.viewer, self.timeline_view, self)
        yield
        self.live = Live(self)
        yield
        self.looking = Looking(self)
        self.inspector = Inspector()
        yield
        self.modelling = Modelling(self)
        self.on_screen, self.subtitling, self.proxying = OnScreen(self), Subtitling(self), Proxying(self)
        yield
        self.actions_ = Actions(self, deeds(self))
        act = self.actions_
        yield
        self.viewer.add_buttons([act[name] for name in ("first", "back_frame", "play", "next_frame", "last", "loop")])
        self.menus = Menus(act, self.arranging, self.editing, self.timeline_view, self)
        self.welcome = Welcome([act[name] for name in ("import", "open", "demo", "tour")])
        self.media_bin = MediaBin(self.thumbnails, act["import"])
        self.effect_files = KeptEffects(self.document, self.editing, self.inspector, self)
        self.history_panel, self.jobs_panel = HistoryPanel(), JobsPanel(self.jobs, act["export"])
        self.device = StateLine()
        yield

    def _lay_out(self) -> Iterator[None]:
        self.banner, self.stage = Banner(), QStackedWidget()
        for widget in (self.welcome, self.viewer):
            self.stage.addWidget(widget)
        self.setCentralWidget(center(self.banner, self.stage))
        yield
        panels = {
            "bin": (self.tr("Media"), self.media_bin), "history": (self.tr("History"), self.history_panel),
            "jobs": (self.tr("Jobs"), self.jobs_panel), "rendering": (self.tr("Rendering"), self.live.panel),
            "subtitles": (self.tr("Subtitles"), self.subtitling.panel),
            "inspector": (self.tr("Inspector"), self.inspector), "scopes": (self.tr("Scopes"), self.looking.panel),
            "timeline": (self.tr("Timeline"), timeline_panel(self.actions_, self.timeline_view)),
            "sound": (self.tr("Sound"), self.looking.sound),
        }  # fmt: skip
        self.layouts = Layouts(self, self.settings)
        yield from self.layouts.fill(panels)
        yield
        bar = QMenuBar()
        shown = [dock.toggleViewAction() for name, dock in self.layouts.docks.items() if name != "timeline"]
        self.actions_.fill(bar, {"layout_edit": (self.tr("Panels"), shown)})
        self.layout_buttons = layout_buttons(self.actions_)
        self.setMenuWidget(beside(bar, self.layout_buttons))
        self.statusBar().addPermanentWidget(self.device)
        self.statusBar().addPermanentWidget(self.live.button)
        self.live.button.setDefaultAction(self.actions_["render_pause"])
        yield

    def _restore(self) -> None:
        for name, usual in _SWITCHES.items():
            self.actions_[name].setChecked(bool(self.settings.value(f"switches/{name}", usual, bool)))
        self.take_switches()
        self.looking.restore()
        self.on_screen.restore()
        for name in ("tool_select", f"language_{self.settings.value('language', 'system')}"):
            self.actions_[name].setChecked(True)
        self.count_in(cast("Units", str(self.settings.value("units", "timecode"))))
        self.bind(keys.bindings(self.settings, self.actions_.usual))
        self.wear(str(self.settings.value("theme", "system")))

    def show_again(self) -> Iterator[None]:
        """Show in new widgets what services have told of before, in slices."""
        self._know_effects(self.effects)
        yield
        self._show_missing(self._missing)
        self.media_bin.show_notes(self.files.notes)
        self._show_state(*self._state_of_work)
        yield

    def lay_out(self, name: str) -> None:
        """Go to a named layout; the one that is left is remembered."""
        self.layouts.keep()
        self.lay_panels(name)

    def lay_panels(self, name: str) -> None:
        """Put the panels where a named layout had them last."""
        self.layouts.use(name)
        self.timeline_view.show_sound(self.layouts.name == "audio")
        self.actions_[f"layout_{self.layouts.name}"].setChecked(True)

    def reset_layout(self) -> None:
        """Put the panels where this layout has them at first."""
        self.layouts.reset()

    def bind(self, bindings: keys.Bindings) -> None:
        """Give the actions these keys."""
        self.actions_.bind(bindings)

    def take_switches(self) -> None:
        """Do what the switches say, and remember them."""
        on = {name: self.actions_[name].isChecked() for name in _SWITCHES}
        for name, value in on.items():
            self.settings.setValue(f"switches/{name}", value)
        self.timeline_view.snapping, self.editing.overlaps = on["snap"], on["overlaps"]
        self.playback.loop, self.scrub.on = on["loop"], on["scrub"]
        self.timeline_view.show_lanes(on["lanes"])
        self.layouts.show_titles(on["titles"])
        self.actions_.show_ai(on["ai"])
        self._show_ai(on["ai"])

    def count_in(self, units: Units) -> None:
        """Count on the ruler in time code, frames or seconds."""
        self.settings.setValue("units", units)
        self.actions_[f"units_{units}"].setChecked(True)
        self.timeline_view.show_units(units)

    def take_bypass(self) -> None:
        """Look at the film without its effects, if that is wished."""
        which = [name for name in ("bypass", "bypass_gan") if self.actions_[name].isChecked()]
        self.preview.show_bypassed(which[0] if which else "", heavy_ids(self.effects))

    def wear(self, wanted: str) -> None:
        """Take on colours: "system", "dark" or "light"."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        wanted, self.theme = themes.chosen(app, wanted)
        self.settings.setValue("theme", wanted)
        shows: Sequence[themes.Themed] = ()
        if hasattr(self, "actions_"):
            self.actions_[f"theme_{wanted}"].setChecked(True)
            over = self.viewer.canvas, self.looking, self.live, self.on_screen, self.subtitling.panel
            shows = self.actions_, self.timeline_view, self.media_bin, self.inspector, self.jobs_panel, *over
        self._dressing.begin(themes.dressed(app, self.theme, shows), at_once=not self.isVisible())

    def tell(self, words: str, *, bad: bool = False) -> None:
        """Say something in the status bar; bad news stay longer."""
        self.statusBar().setProperty("bad", bad)
        self.statusBar().style().polish(self.statusBar())
        self.statusBar().showMessage(said(words), _NOTE_MS * (2 if bad else 1))

    def _finish(self) -> None:
        self._closing = True
        QTimer.singleShot(0, self.close)  # a question is asked while the window closes: then it would not close again

    def _show_timeline(self, timeline: Timeline) -> None:
        self.media_bin.show_media(timeline.media, timeline.folders)
        self.timeline_view.show_timeline(timeline, anew=len(self.document.history.steps) == 1)
        self.preview.show_timeline(timeline)
        self.history_panel.show_history(self.document.history)
        self.actions_["undo"].setEnabled(bool(self.document.history.past))
        self.actions_["redo"].setEnabled(bool(self.document.history.future))
        empty = not timeline.media and not timeline.duration
        self.stage.setCurrentWidget(self.welcome if empty else self.viewer)
        if empty:
            self.welcome.show_recent(self.files.recent)
        self.show_clip()
        self._show_name()

    def show_clip(self) -> None:
        """Show in the inspector what is selected."""
        chosen = self.timeline_view.one
        clip = None
        if chosen:
            with suppress(EditError):
                clip = clip_by_id(self.document.timeline, chosen)
        self.inspector.show_clip(self.document.timeline, clip, self.timeline_view.selection)

    def _know_effects(self, effects: Mapping[str, object]) -> None:
        self.effects = effects
        self.subtitling.show_effects(effects)
        self.editing.show_effects(cast("Mapping[str, Effect]", effects))
        self._ahead.begin(ahead())
        self._show_ai(self.actions_["ai"].isChecked())

    def _show_ai(self, shown: bool) -> None:
        """Show the effects that ask networks, or nothing of them."""
        heavy = heavy_ids(self.effects)
        known = {id: one for id, one in self.effects.items() if shown or id not in heavy}
        self.timeline_view.show_heavy(heavy if shown else ())
        self.inspector.show_effects(cast("Mapping[str, Effect]", self.effects), cast("Mapping[str, Effect]", known))
        self.device.setVisible(shown)
        self.live.show_ai(shown)
        self.layouts.bar("rendering", not shown)

    def show_frame(self, frame: int) -> None:
        """Let the others know where the playhead is."""
        self.editing.frame = self.arranging.frame = frame
        self.inspector.show_frame(frame)

    def _show_missing(self, media: Sequence[Media]) -> None:
        self._missing = media
        names = [one.fingerprint for one in media]
        self.media_bin.show_missing(names)
        self.timeline_view.show_missing(names)

    def _show_name(self) -> None:
        self.setWindowTitle(f"{self.files.name}[*] – vgan studio")
        self.setWindowModified(self.document.dirty)

    def _show_speed(self, speed: int) -> None:
        self.actions_["play"].setIcon(themes.icon("pause" if speed else "play", self.theme))

    def _show_state(self, state: str, words: str) -> None:
        self._state_of_work = state, words
        self.device.show_state(state, words)

"""The window: the layout, the actions and all connections, on one page."""
# ruff: noqa: N802  (events have Qt's names)

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QByteArray, QPoint, QSettings, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QApplication,
    QDockWidget,
    QLabel,
    QMainWindow,
    QStackedWidget,
    QTabWidget,
    QToolBar,
    QWidget,
)

from vgan_studio.errors import EditError
from vgan_studio.service.document import Document
from vgan_studio.service.exporting import Order, exporting
from vgan_studio.service.inference import InferenceService
from vgan_studio.service.jobs import Jobs
from vgan_studio.service.playback import Playback
from vgan_studio.service.recovery import Recovery, offers
from vgan_studio.service.thumbnails import Thumbnails
from vgan_studio.timeline.lookup import clip_by_id
from vgan_studio.timeline.values import Media, Timeline

from . import theme as themes
from .actions import Actions
from .drops import files_of
from .editing import Editing
from .export_dialog import ExportDialog
from .files import Files
from .inspector import Inspector
from .media_bin import MediaBin
from .panels import HistoryPanel, JobsPanel
from .preview import Preview, heavy_ids
from .timeline_view import TimelineView
from .viewer import Viewer
from .welcome import Welcome

if TYPE_CHECKING:
    from vgan_studio.effects.spec import Effect

_NOTE_MS = 8000


class MainWindow(QMainWindow):
    """The editor; owned by the GUI thread.  `begin` starts its threads, closing it ends them.

    Args:
        settings: where layout and habits are kept.
        state: where editors leave word of themselves, for recovery.
        cache: of computed pictures; the user's cache folder if not given.
    """

    def __init__(self, settings: QSettings, state: Path, cache: Path | None = None) -> None:
        super().__init__()
        self._settings, self._state = settings, state
        self.theme = themes.DARK
        self.jobs = Jobs(self)
        self.document = Document(self.jobs, self)
        self.thumbnails = Thumbnails(self)
        self.inference = InferenceService(cache, self)
        self.playback = Playback(self)
        self.recovery = Recovery(state, self)
        self._closing = self._hurried = False
        self._heavy: list[str] = []
        self._make_widgets()
        self._lay_out()
        self._connect()
        self._restore()
        self._show_timeline(self.document.timeline)

    def begin(self, paths: Sequence[Path] = ()) -> None:
        """Start the threads, open what was named, and offer what a crash left."""
        for thread in (self.thumbnails, self.recovery, self.inference):
            thread.start()
        if paths:
            self.files.take_in(paths)
        QTimer.singleShot(0, lambda: self.files.offer(offers(self._state)))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close once the film is saved, or need not be."""
        if not self._closing and self.document.dirty:
            event.ignore()
            self.files.when_saved(self._finish)
            return
        self._settings.setValue("geometry", self.saveGeometry())
        self._settings.setValue("layout", self.saveState())
        self.playback.stop()
        self.jobs.stop()
        self.inference.stop()
        self.thumbnails.stop()
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

    def _make_widgets(self) -> None:
        self.timeline_view = TimelineView(self.document.timeline, self.thumbnails)
        self.files = Files(self.document, self.jobs, self._settings, self)
        self.editing = Editing(self.document, self.timeline_view, self)
        self.actions_ = Actions(self, self._does())
        act = self.actions_
        self.viewer = Viewer([act[name] for name in ("first", "back_frame", "play", "next_frame", "last", "loop")])
        self.preview = Preview(self.inference, self.playback, self.viewer, self.timeline_view, self)
        self.welcome = Welcome([act["import"], act["open"]])
        self.media_bin = MediaBin(self.thumbnails, act["import"])
        self.inspector = Inspector()
        self.history_panel, self.jobs_panel = HistoryPanel(), JobsPanel(self.jobs)
        self._device = QLabel()
        act["snap"].setChecked(True)

    def _lay_out(self) -> None:
        self.setAcceptDrops(True)
        self.setMinimumSize(960, 600)
        self.resize(1280, 720)
        self._center = QStackedWidget()
        self._center.addWidget(self.welcome)
        self._center.addWidget(self.viewer)
        self.setCentralWidget(self._center)
        self.setDockOptions(QMainWindow.DockOption.AllowTabbedDocks | QMainWindow.DockOption.AnimatedDocks)
        self.setCorner(Qt.Corner.BottomLeftCorner, Qt.DockWidgetArea.BottomDockWidgetArea)
        self.setCorner(Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.BottomDockWidgetArea)
        side = Qt.DockWidgetArea
        bin = self._dock("bin", self.tr("Media"), self.media_bin, side.LeftDockWidgetArea)
        history = self._dock("history", self.tr("History"), self.history_panel, side.LeftDockWidgetArea)
        jobs = self._dock("jobs", self.tr("Jobs"), self.jobs_panel, side.LeftDockWidgetArea)
        inspector = self._dock("inspector", self.tr("Inspector"), self.inspector, side.RightDockWidgetArea)
        timeline = self._dock("timeline", self.tr("Timeline"), self._timeline_panel(), side.BottomDockWidgetArea)
        for untitled in (bin, history, jobs, timeline):  # tabs, or nothing, say what they are
            untitled.setTitleBarWidget(QWidget())
        self.tabifyDockWidget(bin, history)
        self.tabifyDockWidget(history, jobs)
        self.setTabPosition(side.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        bin.raise_()
        self.resizeDocks([bin, inspector], [270, 290], Qt.Orientation.Horizontal)
        self.resizeDocks([timeline], [270], Qt.Orientation.Vertical)
        docks = [dock.toggleViewAction() for dock in (bin, history, jobs, inspector)]
        self.actions_.fill(self.menuBar(), {self.tr("&View"): docks})
        self.statusBar().addPermanentWidget(self._device)

    def _dock(self, name: str, title: str, widget: QWidget, area: Qt.DockWidgetArea) -> QDockWidget:
        dock = QDockWidget(title)
        dock.setObjectName(name)
        dock.setWidget(widget)
        self.addDockWidget(area, dock)
        return dock

    def _timeline_panel(self) -> QMainWindow:
        panel = QMainWindow()
        panel.setWindowFlags(Qt.WindowType.Widget)
        bar = QToolBar(self.tr("Timeline tools"))
        bar.setMovable(False)
        bar.setIconSize(QSize(18, 18))
        for name in (
            "undo",
            "redo",
            "",
            "split",
            "delete",
            "ripple",
            "",
            "dissolve",
            "title",
            "",
            "mark_in",
            "mark_out",
        ):
            if name:
                bar.addAction(self.actions_[name])
            else:
                bar.addSeparator()
        space = QWidget()
        space.setSizePolicy(space.sizePolicy().Policy.Expanding, space.sizePolicy().Policy.Preferred)
        bar.addWidget(space)
        for name in ("snap", "zoom_out", "zoom_in", "fit"):
            bar.addAction(self.actions_[name])
        panel.addToolBar(bar)
        panel.setCentralWidget(self.timeline_view)
        return panel

    def _restore(self) -> None:
        geometry, layout = self._settings.value("geometry"), self._settings.value("layout")
        if isinstance(geometry, QByteArray) and isinstance(layout, QByteArray):
            self.restoreGeometry(geometry)
            self.restoreState(layout)
        wanted = str(self._settings.value("theme", "system"))
        self._wear(wanted if wanted in ("dark", "light") else "system")

    def _connect(self) -> None:
        document = self.document
        document.changed.connect(self._show_timeline)
        document.changed.connect(self.recovery.keep)
        document.refused.connect(lambda sentence: self._tell(sentence, bad=True))
        document.dirtied.connect(lambda _: self._show_name())
        document.saved.connect(self.recovery.follow)
        document.opened.connect(lambda _: self.recovery.follow(document.path))
        self.files.told.connect(lambda words, bad: self._tell(words, bad=bad))
        self.files.noted.connect(self.media_bin.show_notes)
        self.files.lost.connect(self._show_missing)
        self.welcome.open_wished.connect(self.files.open)
        self._connect_wishes(self.timeline_view, self.inspector, self.editing)
        self.inference.described.connect(self._know_effects)
        self.inference.state.connect(self._show_state)
        self.playback.noticed.connect(self._tell)
        self.playback.changed.connect(self._show_speed)
        self.recovery.failed.connect(lambda sentence: self._tell(sentence, bad=True))
        self.preview.moved.connect(self._show_frame)

    def _connect_wishes(self, view: TimelineView, inspector: Inspector, edit: Editing) -> None:
        self.media_bin.files_wished.connect(self.files.take_in)
        self.media_bin.append_wished.connect(edit.append)
        view.selected.connect(lambda _: self._show_clip())
        view.move_wished.connect(edit.move)
        view.trim_wished.connect(edit.trim)
        view.slip_wished.connect(edit.slip)
        view.switch_wished.connect(edit.switch)
        view.media_wished.connect(edit.place)
        view.files_wished.connect(lambda paths, track, frame: self.files.take_in(paths, (track, frame)))
        view.menu_wished.connect(self._show_menu)
        inspector.add_wished.connect(edit.add_effect)
        inspector.remove_wished.connect(edit.remove_effect)
        inspector.enable_wished.connect(edit.enable_effect)
        inspector.move_wished.connect(edit.move_effect)
        inspector.param_wished.connect(edit.set_param)
        inspector.key_wished.connect(edit.set_key)
        inspector.gain_wished.connect(edit.set_gain)
        inspector.speed_wished.connect(edit.set_speed)
        inspector.sealed.connect(self.document.seal)
        self.history_panel.jump_wished.connect(self.document.jump)

    def _does(self) -> dict[str, Callable[[], object]]:
        """Say what each action does."""
        files, edit, view, document = self.files, self.editing, self.timeline_view, self.document
        play = self.playback
        return {
            "new": files.new, "open": files.ask_open, "save": files.save, "save_as": files.ask_save,
            "import": files.ask_media, "find": files.ask_folder, "export": self.export, "quit": self.close,
            "undo": document.undo, "redo": document.redo, "cut": edit.cut, "copy": edit.copy, "paste": edit.paste,
            "paste_effects": edit.paste_effects, "duplicate": edit.duplicate, "delete": self._delete,
            "ripple": edit.ripple, "close_gap": edit.close_gap, "select_all": edit.select_all,
            "select_none": lambda: view.select(()), "split": edit.split, "split_all": edit.split_all,
            "trim_head": edit.trim_head, "trim_tail": edit.trim_tail, "dissolve": edit.dissolve,
            "cut_hard": edit.cut_hard, "freeze": edit.freeze, "mute": edit.mute, "detach": edit.detach,
            "title": edit.title, "add_video": lambda: edit.add_track("video"),
            "add_audio": lambda: edit.add_track("audio"), "play": play.toggle, "reverse": lambda: play.shuttle(-1),
            "stop": play.stop, "forward": lambda: play.shuttle(1), "loop": self._loop,
            "back_frame": lambda: self.preview.step(-1), "next_frame": lambda: self.preview.step(1),
            "back_second": lambda: self.preview.step_second(-1), "next_second": lambda: self.preview.step_second(1),
            "back_cut": lambda: self.preview.step_cut(-1), "next_cut": lambda: self.preview.step_cut(1),
            "first": lambda: self.preview.seek(0), "last": lambda: self.preview.seek(document.timeline.duration - 1),
            "mark_in": edit.mark_in, "mark_out": edit.mark_out, "mark_none": edit.mark_none, "marker": edit.marker,
            "zoom_in": lambda: view.zoom(1.5), "zoom_out": lambda: view.zoom(1 / 1.5), "fit": view.fit,
            "fit_picture": self._fit_picture, "snap": self._snap, "bypass": self._bypass,
            "bypass_gan": self._bypass,
            "full": lambda: self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen),
            "theme_system": lambda: self._wear("system"), "theme_dark": lambda: self._wear("dark"),
            "theme_light": lambda: self._wear("light"),
        }  # fmt: skip

    def export(self) -> None:
        """Ask what shall be written, and write it in the background."""
        film = self.document.timeline
        if not film.duration:
            self._tell(self.tr("There is nothing to export yet."), bad=True)
            return
        self.playback.stop()
        folder = self.document.path.parent if self.document.path else Path.home()
        dialog = ExportDialog(film, folder, self.files.name, self)

        def begin(order: Order) -> None:
            job = self.jobs.make(
                self.tr("Export {0}").format(order.path.name), exporting(film, order, self.inference.tools)
            )
            dialog.follow(job)
            job.start()

        dialog.wished.connect(begin)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _delete(self) -> None:
        """Take away what is selected where the keyboard is."""
        if self.media_bin.list.hasFocus():
            self.editing.remove_media(self.media_bin.chosen)
        else:
            self.editing.delete()

    def _loop(self) -> None:
        self.playback.loop = self.actions_["loop"].isChecked()

    def _fit_picture(self) -> None:
        self.viewer.canvas.fit()

    def _bypass(self) -> None:
        which = [name for name in ("bypass", "bypass_gan") if self.actions_[name].isChecked()]
        self.preview.show_bypassed(which[0] if which else "", self._heavy)

    def _snap(self) -> None:
        self.timeline_view.snapping = self.actions_["snap"].isChecked()

    def _wear(self, wanted: str) -> None:
        """Take on colours: "system", "dark" or "light"."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self.theme = {"dark": themes.DARK, "light": themes.LIGHT}.get(wanted) or themes.preferred(app)
        self._settings.setValue("theme", wanted)
        self.actions_[f"theme_{wanted}"].setChecked(True)
        themes.apply(app, self.theme)
        shows = (self.actions_, self.timeline_view, self.viewer.canvas, self.media_bin, self.inspector, self.jobs_panel)
        for one in shows:
            one.show_theme(self.theme)

    def _finish(self) -> None:
        self._closing = True
        self.close()

    def _show_timeline(self, timeline: Timeline) -> None:
        self.media_bin.show_media(timeline.media)
        self.timeline_view.show_timeline(timeline)
        self.preview.show_timeline(timeline)
        self.history_panel.show_history(self.document.history)
        self.actions_["undo"].setEnabled(bool(self.document.history.past))
        self.actions_["redo"].setEnabled(bool(self.document.history.future))
        empty = not timeline.media and not timeline.duration
        self._center.setCurrentWidget(self.welcome if empty else self.viewer)
        if empty:
            self.welcome.show_recent(self.files.recent)
        self._show_clip()
        self._show_name()

    def _show_clip(self) -> None:
        chosen = self.timeline_view.selection
        clip = None
        if len(chosen) == 1:
            with suppress(EditError):
                clip = clip_by_id(self.document.timeline, min(chosen))
        self.inspector.show_clip(self.document.timeline, clip, len(chosen))

    def _know_effects(self, effects: Mapping[str, object]) -> None:
        self._heavy = heavy_ids(effects)
        self.timeline_view.show_heavy(self._heavy)
        self.inspector.show_effects(cast("Mapping[str, Effect]", effects))

    def _show_frame(self, frame: int) -> None:
        self.editing.frame = frame
        self.inspector.show_frame(frame)

    def _show_missing(self, media: Sequence[Media]) -> None:
        names = [one.fingerprint for one in media]
        self.media_bin.show_missing(names)
        self.timeline_view.show_missing(names)

    def _show_name(self) -> None:
        self.setWindowTitle(f"{self.files.name}[*] – vgan studio")
        self.setWindowModified(self.document.dirty)

    def _show_speed(self, speed: int) -> None:
        self.actions_["play"].setIcon(themes.icon("pause" if speed else "play", self.theme))

    def _show_state(self, state: str, words: str) -> None:
        names = {
            "starting": self.tr("Starting …"), "idle": self.tr("Ready"), "busy": self.tr("Computing"),
            "paused": self.tr("Paused"), "failed": self.tr("Failed"),
        }  # fmt: skip
        self._device.setText(f"{names[state]}  ·  {words}" if words else names[state])

    def _show_menu(self, place: QPoint) -> None:
        names: tuple[str, ...]
        if self.timeline_view.selection:
            names = ("cut", "copy", "paste", "paste_effects", "duplicate", "", "split", "delete", "ripple", "",
                     "dissolve", "cut_hard", "freeze", "mute", "detach")  # fmt: skip
        else:
            names = ("paste", "close_gap", "", "title", "add_video", "add_audio", "", "fit", "snap")
        self.actions_.menu(self, *names).exec(place)

    def _tell(self, words: str, *, bad: bool = False) -> None:
        """Say something in the status bar; bad news stay longer."""
        self.statusBar().setStyleSheet(f"QStatusBar {{ color: {self.theme.danger if bad else self.theme.dim}; }}")
        self.statusBar().showMessage(words, _NOTE_MS * (2 if bad else 1))

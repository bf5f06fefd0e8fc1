"""Everything that can be done, with its words, keys and icon: one table for menus, tool bars and shortcuts."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from .theme import Theme, icon

_BYPASSES = ("bypass", "bypass_gan")
_CHECKABLE = {"snap", "loop", *_BYPASSES}
_THEMES = ("theme_system", "theme_dark", "theme_light")

Row = tuple[str, str, tuple[str, ...], str]  # name, words, keys, icon
Rows = tuple[Row | None, ...]  # None is a line


class Actions(QObject):
    """The actions by name; owned by the GUI thread.

    Args:
        does: what each of them does; exactly those in the table.
    """

    def __init__(self, window: QWidget, does: Mapping[str, Callable[[], object]]) -> None:
        super().__init__(window)
        self._made: dict[str, QAction] = {}
        self._icons: dict[str, str] = {}
        self._menus = self._table()
        for rows in self._menus.values():
            for name, words, keys, drawn in filter(None, rows):
                self._made[name] = self._make(window, words, keys, checkable=name in _CHECKABLE or name in _THEMES)
                self._icons[name] = drawn
        if set(does) != set(self._made):
            raise ValueError(f"Actions and what they do differ: {sorted(set(does) ^ set(self._made))}.")
        for name, action in self._made.items():
            action.triggered.connect(lambda _=False, do=does[name]: do())
        for names, policy in (
            (_THEMES, QActionGroup.ExclusionPolicy.Exclusive),
            (_BYPASSES, QActionGroup.ExclusionPolicy.ExclusiveOptional),
        ):
            group = QActionGroup(window)
            group.setExclusionPolicy(policy)
            for name in names:
                group.addAction(self._made[name])

    def __getitem__(self, name: str) -> QAction:
        return self._made[name]

    def fill(self, bar: QMenuBar, more: Mapping[str, list[QAction]]) -> None:
        """Make the menus; `more` are actions of others at the end of a menu."""
        for title, rows in self._menus.items():
            menu = bar.addMenu(title)
            for row in rows:
                self._add(menu, row)
            extra = more.get(title, [])
            if extra:
                menu.addSeparator()
                menu.addActions(extra)

    def menu(self, parent: QWidget, *names: str) -> QMenu:
        """Make a context menu; "" is a line."""
        menu = QMenu(parent)
        for name in names:
            if name:
                menu.addAction(self._made[name])
            else:
                menu.addSeparator()
        return menu

    def show_theme(self, theme: Theme) -> None:
        """Draw the icons in the colours of a theme."""
        for name, drawn in self._icons.items():
            if drawn:
                self._made[name].setIcon(icon(drawn, theme))

    def _add(self, menu: QMenu, row: Row | None) -> None:
        if row is None:
            menu.addSeparator()
        else:
            menu.addAction(self._made[row[0]])

    def _make(self, window: QWidget, words: str, keys: tuple[str, ...], *, checkable: bool) -> QAction:
        action = QAction(words, window)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setCheckable(checkable)
        plain = words.replace("&", "").rstrip("…")
        action.setToolTip(f"{plain}  ({', '.join(keys)})" if keys else plain)
        window.addAction(action)
        return action

    def _table(self) -> dict[str, Rows]:
        return {
            self.tr("&File"): self._file(),
            self.tr("&Edit"): self._edit(),
            self.tr("&Clip"): self._clip(),
            self.tr("&Play"): self._play(),
            self.tr("&View"): self._view(),
        }

    def _file(self) -> Rows:
        return (
            ("new", self.tr("&New film"), ("Ctrl+N",), "new"),
            ("open", self.tr("&Open film …"), ("Ctrl+O",), "open"),
            ("save", self.tr("&Save"), ("Ctrl+S",), "save"),
            ("save_as", self.tr("Save &as …"), ("Ctrl+Shift+S",), ""),
            None,
            ("import", self.tr("&Import media …"), ("Ctrl+I",), "import"),
            ("find", self.tr("&Find missing media …"), (), "search"),
            None,
            ("export", self.tr("&Export …"), ("Ctrl+E", "Ctrl+M"), "export"),
            None,
            ("quit", self.tr("&Quit"), ("Ctrl+Q",), ""),
        )

    def _edit(self) -> Rows:
        return (
            ("undo", self.tr("&Undo"), ("Ctrl+Z",), "undo"),
            ("redo", self.tr("&Redo"), ("Ctrl+Shift+Z", "Ctrl+Y"), "redo"),
            None,
            ("cut", self.tr("Cu&t"), ("Ctrl+X",), ""),
            ("copy", self.tr("&Copy"), ("Ctrl+C",), ""),
            ("paste", self.tr("&Paste at the playhead"), ("Ctrl+V",), ""),
            ("paste_effects", self.tr("Paste &effects"), ("Ctrl+Alt+V",), ""),
            ("duplicate", self.tr("&Duplicate"), ("Ctrl+D",), ""),
            None,
            ("delete", self.tr("De&lete"), ("Delete", "Backspace"), "delete"),
            ("ripple", self.tr("Ripple de&lete"), ("Shift+Delete", "Shift+Backspace"), "ripple"),
            ("close_gap", self.tr("Close &gap at the playhead"), ("Ctrl+G",), ""),
            None,
            ("select_all", self.tr("Select &all"), ("Ctrl+A",), ""),
            ("select_none", self.tr("Select &nothing"), ("Ctrl+Shift+A",), ""),
        )

    def _clip(self) -> Rows:
        return (
            ("split", self.tr("&Split at the playhead"), ("Ctrl+K", "Ctrl+B"), "split"),
            ("split_all", self.tr("Split &all tracks"), ("Ctrl+Shift+K",), ""),
            ("trim_head", self.tr("Trim &head to the playhead"), ("Q",), ""),
            ("trim_tail", self.tr("Trim &tail to the playhead"), ("W",), ""),
            None,
            ("dissolve", self.tr("&Dissolve from the clip before"), ("Ctrl+T",), "transition"),
            ("cut_hard", self.tr("&Remove the transition"), ("Ctrl+Shift+T",), ""),
            ("freeze", self.tr("&Freeze the frame at the playhead"), ("Shift+F",), ""),
            ("mute", self.tr("&Mute or unmute"), ("Shift+M",), "mute"),
            ("detach", self.tr("Detach s&ound"), (), "sound"),
            None,
            ("title", self.tr("Add a t&itle"), ("T",), "title"),
            ("add_video", self.tr("Add a &video track"), (), ""),
            ("add_audio", self.tr("Add a so&und track"), (), ""),
        )

    def _play(self) -> Rows:
        return (
            ("play", self.tr("&Play or pause"), ("Space",), "play"),
            ("reverse", self.tr("Play &backwards, faster"), ("J",), ""),
            ("stop", self.tr("&Stop"), ("K",), ""),
            ("forward", self.tr("Play &forwards, faster"), ("L",), ""),
            ("loop", self.tr("L&oop"), ("Ctrl+L",), "loop"),
            None,
            ("back_frame", self.tr("Frame back"), ("Left",), "back"),
            ("next_frame", self.tr("Frame on"), ("Right",), "forward"),
            ("back_second", self.tr("Second back"), ("Shift+Left", "PgUp"), ""),
            ("next_second", self.tr("Second on"), ("Shift+Right", "PgDown"), ""),
            ("back_cut", self.tr("Cut before"), ("Up",), ""),
            ("next_cut", self.tr("Cut after"), ("Down",), ""),
            ("first", self.tr("To the &start"), ("Home",), "first"),
            ("last", self.tr("To the &end"), ("End",), "last"),
            None,
            ("mark_in", self.tr("Mark &in"), ("I",), "mark-in"),
            ("mark_out", self.tr("Mark &out"), ("O",), "mark-out"),
            ("mark_none", self.tr("&Clear in and out"), ("Alt+X",), ""),
            ("marker", self.tr("Set a &marker"), ("M",), ""),
        )

    def _view(self) -> Rows:
        return (
            ("zoom_in", self.tr("Zoom &in"), ("=", "+"), "zoom-in"),
            ("zoom_out", self.tr("Zoom &out"), ("-",), "zoom-out"),
            ("fit", self.tr("Show &all of the film"), ("\\", "Shift+Z"), "fit"),
            ("fit_picture", self.tr("Show all of the &picture"), ("Shift+F4",), ""),
            ("bypass", self.tr("Look without &effects"), ("Shift+B",), ""),
            ("bypass_gan", self.tr("Look without &GAN effects"), ("Shift+G",), ""),
            ("snap", self.tr("&Snapping"), ("S",), "snap"),
            None,
            ("full", self.tr("&Full screen"), ("F11",), ""),
            ("theme_system", self.tr("Colours of the s&ystem"), (), ""),
            ("theme_dark", self.tr("&Dark colours"), (), ""),
            ("theme_light", self.tr("&Light colours"), (), ""),
        )

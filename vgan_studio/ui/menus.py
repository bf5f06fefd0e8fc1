"""The context menus of the timeline: of clips, of empty places, of tracks and of the ruler."""

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QWidget

from .action_table import UNITS
from .actions import Actions
from .arranging import Arranging
from .timeline_view import TimelineView

_OF_CLIPS = (
    "cut", "copy", "paste", "paste_effects", "duplicate", "", "split", "trim_head", "trim_tail", "delete", "ripple", "",
    "dissolve", "cut_hard", "", "speed", "reverse_clip", "freeze", "mute", "detach",
)  # fmt: skip
_OF_NOTHING = ("paste", "close_gap", "", "insert", "overwrite", "append", "title", "", "add_video", "add_audio", "",
               "fit", "snap", "overlaps")  # fmt: skip


class Menus(QObject):
    """Shows a menu where one is wished for; owned by the GUI thread."""

    def __init__(self, actions: Actions, arranging: Arranging, view: TimelineView, window: QWidget) -> None:
        super().__init__(window)
        self._actions, self._arranging, self._view, self._window = actions, arranging, view, window
        view.menu_wished.connect(lambda place: self.of_clips().exec(place))
        view.header_wished.connect(lambda place, track: self.of_track(track).exec(place))
        view.ruler_wished.connect(lambda place, marker: self.of_ruler(marker).exec(place))

    def of_clips(self) -> QMenu:
        """Make the menu of the selected clips, or of an empty place."""
        return self._actions.menu(self._window, *(_OF_CLIPS if self._view.selection else _OF_NOTHING))

    def of_track(self, track: int) -> QMenu:
        """Make the menu of a track's header; -1 is below all tracks."""
        menu, arrange = QMenu(self._window), self._arranging
        film = self._view.timeline
        if track >= 0:
            kind = film.tracks[track].kind
            above, below = (1, -1) if kind == "video" else (-1, 1)
            menu.addAction(self.tr("Rename …"), lambda: arrange.ask_name(track))
            for words, step in ((self.tr("Move up"), above), (self.tr("Move down"), below)):
                to = track + step
                moves = menu.addAction(words, partial(arrange.move_track, track, to))
                moves.setEnabled(0 <= to < len(film.tracks) and film.tracks[to].kind == kind)
            menu.addAction(self.tr("Remove track"), lambda: arrange.remove_track(track))
            menu.addSeparator()
        for words, share in ((self.tr("Small"), 0.7), (self.tr("Usual height"), 1.0), (self.tr("Tall"), 2.0)):
            menu.addAction(words, partial(self._view.set_height, track, share))
        menu.addSeparator()
        for name in ("add_video", "add_audio"):
            menu.addAction(self._actions[name])
        return menu

    def of_ruler(self, marker: int) -> QMenu:
        """Make the menu of the ruler, or of a marker on it."""
        menu = QMenu(self._window)
        if marker >= 0:
            menu.addAction(self.tr("Change marker …"), lambda: self._arranging.ask_marker(marker))
            menu.addAction(self.tr("Remove marker"), lambda: self._arranging.remove_marker(marker))
        else:
            for name in ("marker", "mark_in", "mark_out", "mark_none"):
                menu.addAction(self._actions[name])
        menu.addSeparator()
        for name in UNITS:
            menu.addAction(self._actions[name])
        return menu

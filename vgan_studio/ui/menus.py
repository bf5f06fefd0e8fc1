"""The context menus of the timeline: of clips, of empty places, of tracks and of the ruler."""

from functools import partial
from typing import get_args

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QWidget

from vgan_studio.timeline.curve import Ease
from vgan_studio.timeline.keys import Line

from .action_table import UNITS
from .actions import Actions
from .arranging import Arranging
from .editing import Editing
from .timeline_view import TimelineView

_OF_CLIPS = (
    "cut", "copy", "paste", "paste_effects", "duplicate", "", "split", "trim_head", "trim_tail", "delete", "ripple", "",
    "dissolve", "cut_hard", "", "speed", "reverse_clip", "freeze", "mute", "detach", "",
    "group", "ungroup", "",
    "proxy_make", "proxy_remove", "proxy_original", "",
    "lanes",
)  # fmt: skip
_OF_NOTHING = ("paste", "close_gap", "", "insert", "overwrite", "append", "title", "", "add_video", "add_audio", "",
               "fit", "snap", "overlaps")  # fmt: skip


class Menus(QObject):
    """Shows a menu where one is wished for; owned by the GUI thread."""

    def __init__(
        self, actions: Actions, arranging: Arranging, editing: Editing, view: TimelineView, window: QWidget
    ) -> None:
        super().__init__(window)
        self._actions, self._arranging, self._editing = actions, arranging, editing
        self._view, self._window = view, window
        view.menu_wished.connect(lambda place: self.of_clips().exec(place))
        view.lane_wished.connect(lambda place, *spot: self.of_lane(*spot).exec(place.toPoint()))
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

    def of_lane(self, clip_id: int, line: Line, frame: int) -> QMenu:
        """Make the menu of a lane of keys, or of the keys that are chosen."""
        menu, edit, chosen = QMenu(self._window), self._editing, self._view.keys
        if chosen:
            names = {"hold": self.tr("Hold"), "linear": self.tr("Straight"), "ease": self.tr("Smooth")}
            now = {key.ease for lane in self._view.page.lanes for key in lane.curve.keys
                   if (*lane.line, key.frame) in chosen}  # fmt: skip
            for ease in get_args(Ease):
                action = menu.addAction(names[ease], partial(edit.ease_keys, clip_id, chosen, ease))
                action.setCheckable(True)
                action.setChecked(now == {ease})
            menu.addSeparator()
            menu.addAction(self.tr("Remove key"), partial(edit.remove_keys, clip_id, chosen))
        else:
            menu.addAction(self.tr("Set a key here"), partial(edit.add_key, clip_id, line, frame))
            every = [one for one in self._view.page.lanes if one.line == line]
            spots = frozenset((*line, key.frame) for one in every for key in one.curve.keys)
            menu.addAction(self.tr("Remove all keys"), partial(edit.remove_keys, clip_id, spots))
        menu.addSeparator()
        menu.addAction(self._actions["lanes"])
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

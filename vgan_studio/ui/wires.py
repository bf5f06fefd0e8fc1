"""Who wishes for what, and who does it: the connections between the widgets of the window and the edits."""

from collections.abc import Callable, Iterable
from itertools import chain
from typing import TYPE_CHECKING

from PySide6.QtCore import SignalInstance

from .keyboard import Keyboard
from .recent_menu import RecentMenu
from .shelving import Shelving
from .speeds import Speeds

if TYPE_CHECKING:
    from .main_window import MainWindow


Wishes = Iterable[tuple[SignalInstance, Callable[..., object]]]


def connect(window: "MainWindow") -> None:
    """Connect the wishes of the widgets of a window, which go with them."""
    Speeds(window)
    RecentMenu(window.files, window.actions_["save"])
    Shelving(window.document, window.media_bin, window.actions_)
    window.proxying.begin()
    Keyboard(window.timeline_view).watch(window.layouts.docks.values())
    for wish, do in chain(_files(window), _timeline(window), _inspector(window), _several(window), _panels(window)):
        wish.connect(do)
    window.files.take_into(window.media_bin.folder)
    window.jobs_panel.failures.show_film(window.document.timeline)
    window.looking.sound.mixer.show_timeline(window.document.timeline)


def _files(window: "MainWindow") -> Wishes:
    bin, files = window.media_bin, window.files
    return (
        (bin.files_wished, files.take_in), (bin.went, files.take_into), (files.noted, bin.show_notes),
        (files.shaped, window.sheets.shaped), (files.unread, window.sheets.unread),
        (files.lost, window.sheets.lost),
        (window.effect_files.told, window.tell), (window.welcome.open_wished, files.open),
    )  # fmt: skip


def _timeline(window: "MainWindow") -> Wishes:
    view, edit, arrange = window.timeline_view, window.editing, window.arranging
    return (
        (view.selected, lambda _: window.show_clip()),
        (view.move_wished, edit.move), (view.trim_wished, edit.trim), (view.slip_wished, edit.slip),
        (view.slide_wished, edit.slide), (view.split_wished, edit.split_at), (view.fade_wished, edit.fade),
        (view.light_wished, edit.fade_picture), (view.turn_wished, edit.turn),
        (view.gain_wished, edit.set_gain), (view.media_wished, edit.place), (view.switch_wished, arrange.switch),
        (view.track_wished, arrange.move_track), (view.rename_wished, arrange.ask_name),
        (view.keys_moved, edit.move_keys), (view.key_wished, edit.add_key), (view.keys_removed, edit.remove_keys),
        (view.marker_moved, arrange.move_marker), (view.marker_wished, arrange.ask_marker),
        (view.files_wished, lambda paths, track, frame: window.files.take_in(paths, (track, frame))),
        (view.tool_left, window.actions_["tool_select"].trigger), (edit.put, window.preview.carry),
    )  # fmt: skip


def _inspector(window: "MainWindow") -> Wishes:
    inspector, edit = window.inspector, window.editing
    return (
        (inspector.add_wished, edit.add_effect), (inspector.remove_wished, edit.remove_effect),
        (inspector.enable_wished, edit.enable_effect), (inspector.move_wished, edit.move_effect),
        (inspector.param_wished, edit.set_param), (inspector.key_wished, edit.set_key),
        (inspector.gain_wished, edit.set_gain), (inspector.speed_wished, edit.set_speed),
        (inspector.sealed, window.document.seal), (inspector.transition_wished, edit.set_transition),
        (inspector.seek_wished, window.preview.seek),
    )  # fmt: skip


def _several(window: "MainWindow") -> Wishes:
    several, edit = window.inspector.several, window.editing
    return (
        (several.add_wished, edit.add_common), (several.remove_wished, edit.remove_common),
        (several.enable_wished, edit.enable_common), (several.param_wished, edit.set_common),
        (several.key_wished, edit.key_common),
        (several.gain_wished, edit.set_gains), (several.speed_wished, edit.set_speeds),
        (several.sealed, window.document.seal), (several.turn_wished, edit.set_turns),
        (several.cut_wished, edit.cut_hard),
    )  # fmt: skip


def _panels(window: "MainWindow") -> Wishes:
    failures, mixer, arrange = window.jobs_panel.failures, window.looking.sound.mixer, window.arranging
    return (
        (window.history_panel.jump_wished, window.document.jump), (window.preview.moved, window.show_frame),
        (window.preview.scrubbed, window.scrub.hear),
        (window.inference.failed, failures.add), (failures.seek_wished, window.preview.seek),
        (window.document.changed, failures.show_film), (window.live.rendering.failures.forgotten, failures.forget),
        (mixer.gain_wished, arrange.set_fader), (mixer.pan_wished, arrange.set_pan),
        (mixer.switch_wished, arrange.switch), (mixer.sealed, window.document.seal),
        (window.document.changed, mixer.show_timeline),
    )  # fmt: skip

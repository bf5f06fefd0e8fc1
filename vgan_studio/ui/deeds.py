"""What each action does, on one page."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, get_args

from PySide6.QtCore import Qt

from .layouts import NAMES
from .timeline_gestures import Tool
from .timeline_page import Units

if TYPE_CHECKING:
    from .main_window import MainWindow

Does = dict[str, Callable[[], object]]


def deeds(window: "MainWindow") -> Does:
    """Give what each action of a window does, by its name."""
    return {
        **_files(window),
        **_edits(window),
        **_plays(window),
        **_looks(window),
        **window.live.deeds(),
        **window.looking.deeds(),
        **window.modelling.deeds(),
        **window.on_screen.deeds(),
        **window.proxying.deeds(),
        **window.subtitling.deeds(),
    }


def _files(window: "MainWindow") -> Does:
    files, sheets = window.files, window.sheets
    return {
        "new": files.new, "open": files.ask_open, "save": files.save, "save_as": files.ask_save,
        "import": files.ask_media, "find": files.ask_folder, "export": sheets.export, "quit": window.close,
        "film": window.arranging.ask_film, "palette": sheets.palette, "keys": sheets.keys, "help": sheets.help,
        "tour": sheets.tour, "versions": sheets.versions, "demo": sheets.demo, "about": sheets.about,
    }  # fmt: skip


def _edits(window: "MainWindow") -> Does:
    edit, arrange, document, view = window.editing, window.arranging, window.document, window.timeline_view
    source = window.on_screen.source

    def chosen() -> list[str]:
        return window.media_bin.chosen

    def delete() -> None:
        """Take away what is selected where the keyboard is."""
        if window.media_bin.list.hasFocus():
            window.media_bin.remove_chosen()
        elif window.subtitling.chosen():
            window.subtitling.remove()
        elif view.keys:
            edit.remove_keys(view.laned, view.keys)
        else:
            edit.delete()

    return {
        "undo": document.undo, "redo": document.redo, "cut": edit.cut, "copy": edit.copy, "paste": edit.paste,
        "paste_effects": edit.paste_effects, "duplicate": edit.duplicate, "delete": delete,
        "ripple": edit.ripple, "close_gap": edit.close_gap, "select_all": edit.select_all,
        "select_none": lambda: view.select(()), "split": edit.split, "split_all": edit.split_all,
        "trim_head": edit.trim_head, "trim_tail": edit.trim_tail, "dissolve": edit.dissolve,
        "cut_hard": edit.cut_hard, "speed": edit.ask_speed, "reverse_clip": edit.reverse, "freeze": edit.freeze,
        "reseed": lambda: edit.reseed(window.effects),
        "mute": edit.mute, "detach": edit.detach, "title": edit.title, "group": edit.group, "ungroup": edit.ungroup,
        "insert": source.first(source.put, "insert", lambda: edit.from_bin(chosen(), insert=True)),
        "overwrite": source.first(source.put, "overwrite", lambda: edit.from_bin(chosen(), insert=False)),
        "append": source.first(source.put, "append", lambda: edit.append(chosen())),
        "add_video": lambda: arrange.add_track("video"), "add_audio": lambda: arrange.add_track("audio"),
        "mark_in": source.first(source.mark, "in", arrange.mark_in),
        "mark_out": source.first(source.mark, "out", arrange.mark_out),
        "mark_none": source.first(source.mark, "none", arrange.mark_none),
        "marker": arrange.marker, "marker_edit": arrange.ask_marker, "snap": window.take_switches,
        "overlaps": window.take_switches, "lanes": window.take_switches,
        **{f"tool_{tool}": partial(view.use, tool) for tool in get_args(Tool)},
        **{f"units_{units}": partial(window.count_in, units) for units in get_args(Units)},
    }  # fmt: skip


def _plays(window: "MainWindow") -> Does:
    play, preview = window.playback, window.preview
    return {
        "play": play.toggle, "reverse": lambda: play.shuttle(-1), "stop": play.stop,
        "forward": lambda: play.shuttle(1), "loop": window.take_switches, "scrub": window.take_switches,
        "back_frame": lambda: preview.step(-1), "next_frame": lambda: preview.step(1),
        "back_second": lambda: preview.step_second(-1), "next_second": lambda: preview.step_second(1),
        "back_cut": lambda: preview.step_cut(-1), "next_cut": lambda: preview.step_cut(1),
        "first": lambda: preview.go(0), "last": lambda: preview.go(preview.film.duration - 1),
        "bypass": window.take_bypass, "bypass_gan": window.take_bypass,
    }  # fmt: skip


def _looks(window: "MainWindow") -> Does:
    view, canvas = window.timeline_view, window.viewer.canvas
    return {
        "picture_in": lambda: canvas.enlarge(2), "picture_out": lambda: canvas.enlarge(-2),
        "picture_full": lambda: canvas.show_scale(1.0),
        **{f"layout_{name}": partial(window.lay_out, name) for name in NAMES},
        "layout_reset": window.reset_layout, "titles": window.take_switches,
        "zoom_in": lambda: view.zoom(1.5), "zoom_out": lambda: view.zoom(1 / 1.5), "fit": view.fit,
        "zoom_chosen": view.fit_chosen, "fit_picture": canvas.fit, "ai": window.take_switches,
        "full_window": lambda: window.setWindowState(window.windowState() ^ Qt.WindowState.WindowFullScreen),
        **{f"theme_{name}": partial(window.wear, name) for name in ("system", "dark", "light")},
        **{f"language_{name}": partial(window.speaking.speak, name) for name in ("system", "en", "zh_CN")},
    }  # fmt: skip

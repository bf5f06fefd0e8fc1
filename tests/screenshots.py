"""Three pictures of the window with the demo film, for README.md; or one of all that it shows, to be looked at.

    python -m tests.screenshots FOLDER            the three
    python -m tests.screenshots FOLDER --all      every layout, in both themes, languages and sizes: 32
    python -m tests.screenshots FOLDER --parts    panels, dialogs and menus, in both languages
    python -m tests.screenshots FOLDER --ai       what networks bring along: panels, costs, the question whether to sign,
                                                  in both themes and languages

Needs no screen; `make screenshots` calls it, ALL=FOLDER makes the 32.  QT_SCALE_FACTOR=2 shows the scale of 200 %.
"""

import os
import sys
import tempfile
import time
from dataclasses import replace
from itertools import product
from pathlib import Path

PATIENCE_S = 120.0
SIZES = (1280, 720), (1920, 1080)
LAYOUTS = ("edit", "effects", "audio", "export")
THEMES = ("dark", "light")
LANGUAGES = ("en", "zh_CN")
SHOTS = (("editor", "edit", "dark", "en"), ("effects", "effects", "light", "en"), ("audio", "audio", "dark", "zh_CN"))
WORDS = (
    ("A lake at dawn.", "黎明的湖。"),
    ("Light through old glass,\nenlarged by a network.", "光透过古老的玻璃，\n由网络放大。"),
)


class Photographer:
    """A window with the demo film, and pictures of it."""

    def __init__(self, app, folder: Path, scratch: Path) -> None:
        from PySide6.QtCore import QSettings

        from vgan_studio.cli.demo import making
        from vgan_studio.ui.main_window import MainWindow

        self.app, self.folder = app, folder
        *_, project = making(scratch / "demo")
        settings = QSettings(f"{scratch}/s.ini", QSettings.Format.IniFormat)
        for name, value in (("toured", True), ("language", "en"), ("theme", "dark")):
            settings.setValue(name, value)
        self.window = MainWindow(settings, scratch / "state", scratch / "cache")
        self.window.resize(*SIZES[0])
        self.window.show()
        self.window.begin([project])
        self.wait(lambda: self.window.document.timeline.duration > 0 and bool(self.window.effects))

    def wait(self, until, seconds: float = PATIENCE_S) -> None:
        """Let the window work until something is so, or for so long."""
        from PySide6.QtCore import QEvent

        end = time.monotonic() + seconds
        while time.monotonic() < end and not until():
            self.app.processEvents()
            self.app.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # which wait for `exec` otherwise
            time.sleep(0.01)

    def rest(self, seconds: float) -> None:
        """Let the window work for so long, and until it has nothing more to compute."""
        self.wait(lambda: False, seconds)
        self.wait(lambda: self.window._state_of_work[0] == "idle", 60.0)
        self.wait(lambda: False, 0.5)

    def dress(self, layout: str, theme: str, language: str) -> None:
        """Bring the window into a layout as it is at first, into a theme and a language."""
        window = self.window
        if self.app.property("language") != language:
            window.speaking.speak(language)
            self.wait(lambda: self.app.property("language") == language and not window.speaking.slices.busy)
            self.wait(lambda: False, 0.5)
        window.lay_out(layout)
        window.reset_layout()
        window.wear(theme)

    def look_at(self, number: int) -> None:
        """Select a clip of the lowest track, and look at its middle."""
        clip = self.window.document.timeline.tracks[0].clips[number]
        self.window.timeline_view.select([clip.id])
        self.window.preview.seek(clip.start + clip.duration // 2)

    def shoot(self, name: str) -> None:
        """Save a picture of the window."""
        self.window.grab().save(str(self.folder / name), quality=88)

    def shoot_above(self, name: str, widget=None) -> None:
        """Save pictures of what is open above the window, or of one widget, and close it."""
        above = [one for one in self.app.topLevelWidgets() if one.isVisible() and one is not self.window]
        for number, one in enumerate([widget] if widget else above):
            one.grab().save(str(self.folder / f"{name}{number or ''}.png"))
            one.close()
        self.wait(lambda: False, 0.2)

    def close(self) -> None:
        """Close the window without a question."""
        self.window._closing = True
        self.window.close()


def main(folder: Path, wanted: str = "") -> int:
    """Make the pictures."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    app = QApplication([])
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        photographer = Photographer(app, folder, Path(scratch))
        {"": three, "--all": every, "--parts": parts, "--ai": ai}[wanted](photographer)
        photographer.close()
    return 0


def three(photographer: Photographer) -> None:
    """Make those of README.md."""
    for name, layout, theme, language in SHOTS:
        photographer.dress(layout, theme, language)
        photographer.look_at(1)
        photographer.rest(4.0)
        photographer.shoot(f"window-{name}.jpg")


def every(photographer: Photographer) -> None:
    """Make those of every layout, with subtitles, folders, a marker and a range in the film."""
    enrich(photographer.window.document)
    for language, theme, layout, size in product(LANGUAGES, THEMES, LAYOUTS, SIZES):
        photographer.window.resize(*size)
        photographer.dress(layout, theme, language)
        photographer.look_at(1)
        photographer.rest(1.5)
        photographer.shoot(f"{layout}-{theme}-{language}-{size[0]}.png")


def parts(photographer: Photographer) -> None:
    """Make those of panels, dialogs and menus."""
    window = photographer.window
    photographer.dress("edit", "dark", "en")
    photographer.rest(0.5)
    enrich(window.document)
    for language, theme in zip(LANGUAGES, THEMES, strict=True):
        photographer.dress("edit", theme, language)
        _panels(photographer, language)
        photographer.dress("edit", theme, language)
        photographer.look_at(1)
        _menus(photographer, language)
        _dialogs(photographer, language)


def ai(photographer: Photographer) -> None:
    """Make those of what networks bring along."""
    from vgan_studio.timeline.marks import set_range

    photographer.rest(0.5)
    window = photographer.window
    enrich(window.document)
    last = window.document.timeline.tracks[0].clips[2]
    window.document.do("Range", set_range, last.start + 2, last.start + 8)
    for language, theme in product(LANGUAGES, THEMES):
        for part in (_learning, _flicker, _mixer, _export):
            photographer.dress("edit", theme, language)
            photographer.look_at(2)
            photographer.rest(1.0)
            part(photographer, f"{theme}-{language}")


def _bring_up(widget) -> None:
    """Scroll to a widget."""
    from PySide6.QtWidgets import QScrollArea

    around = widget.parent()
    while not isinstance(around, QScrollArea):
        around = around.parent()
    around.ensureWidgetVisible(widget)


def _learning(photographer: Photographer, name: str) -> None:
    from PySide6.QtCore import QCoreApplication
    from PySide6.QtWidgets import QPushButton

    words = QCoreApplication.translate("EffectBox", "Learn this clip's noise")
    buttons = photographer.window.inspector.findChildren(QPushButton)
    _bring_up(next(one for one in buttons if one.text() == words))
    photographer.wait(lambda: False, 0.3)
    photographer.shoot(f"learning-{name}.png")


def _flicker(photographer: Photographer, name: str) -> None:
    window = photographer.window
    window.layouts.docks["rendering"].raise_()
    window.live.measure_flicker()
    photographer.wait(lambda: not window.jobs.running)
    photographer.wait(lambda: False, 0.3)
    _bring_up(window.live.flicker)
    photographer.rest(0.3)
    photographer.shoot(f"flicker-{name}.png")


def _mixer(photographer: Photographer, name: str) -> None:
    window = photographer.window
    window.lay_out("audio")
    photographer.wait(lambda: False, 0.5)
    window.looking.sound.measure.click()
    photographer.wait(lambda: not window.jobs.running)
    photographer.rest(0.5)
    photographer.shoot(f"mixer-{name}.png")


def _export(photographer: Photographer, name: str) -> None:
    """The dialog with everything that can be said and what networks cost; then the question whether to sign."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QPushButton

    from vgan_studio.ui.exporting import Exporting

    window = photographer.window
    window.actions_["export"].trigger()
    (asking,) = window.findChildren(Exporting)
    photographer.wait(asking.dialog.isVisible)
    asking.dialog._more.click()
    photographer.wait(lambda: bool(window.jobs.running), 10.0)
    photographer.wait(lambda: not window.jobs.running)
    photographer.wait(lambda: False, 0.5)
    asking.dialog.grab().save(str(photographer.folder / f"export-{name}.png"))

    def look() -> None:
        box = QApplication.activeModalWidget()
        box.grab().save(str(photographer.folder / f"sign-{name}.png"))
        box.findChildren(QPushButton)[0].click()

    QTimer.singleShot(500, look)
    asking._signed(asking.dialog.order, lambda order: None)
    window.settings.remove("credentials/sign")
    asking.dialog.close()
    photographer.wait(lambda: not window.findChildren(Exporting))


def enrich(document) -> None:
    """Give the film subtitles, folders, a marker, a range, and a denoiser on its last clip."""
    from vgan_studio.timeline.effects import add_effect
    from vgan_studio.timeline.folders import add_folder
    from vgan_studio.timeline.marks import add_marker, set_range
    from vgan_studio.timeline.subtitles import add_subtitles
    from vgan_studio.timeline.values import Caption, EffectCall, Marker, SubtitleTrack

    film = document.timeline
    spans = [(one.start, one.end) for one in film.tracks[0].clips[:2]]
    for number, language in enumerate(("en", "zh-Hans")):
        said = tuple(
            Caption(low + 10, high - low - 20, words[number]) for (low, high), words in zip(spans, WORDS, strict=True)
        )
        film = add_subtitles(film, SubtitleTrack(said, "", language))
    film = add_folder(add_folder(film, ("Interviews",)), ("音乐",))
    film = add_marker(film, Marker(spans[1][0] + 30, "Cut here?", "orange"))
    film = set_range(film, spans[0][0] + 12, spans[1][1] - 12)
    film = add_effect(film, film.tracks[0].clips[2].id, EffectCall("gan.denoise"), 0)
    document.start(replace(film), document.path)


def _panels(photographer: Photographer, language: str) -> None:
    window = photographer.window
    photographer.look_at(2)  # keys, and a denoiser
    photographer.rest(1.0)
    photographer.shoot(f"lanes-{language}.png")
    window.subtitling.show_panel()
    window.subtitling._choose(0, 1)
    photographer.look_at(1)
    photographer.rest(1.0)
    photographer.shoot(f"subtitles-{language}.png")
    window.layouts.docks["inspector"].raise_()
    window.actions_["handles_crop"].trigger()
    photographer.rest(1.0)
    photographer.shoot(f"crop-{language}.png")
    window.actions_["handles_place"].trigger()
    window.on_screen.source.open(window.document.timeline.media[0].fingerprint)
    window.preview.go(10)
    window.actions_["mark_in"].trigger()
    window.preview.go(60)
    window.actions_["mark_out"].trigger()
    photographer.rest(1.0)
    photographer.shoot(f"source-{language}.png")
    window.on_screen.source.close()
    window.actions_["scopes"].trigger()
    window.actions_["compare_wipe"].trigger()
    window.actions_["lens"].trigger()
    window.layouts.docks["rendering"].raise_()
    photographer.rest(1.0)
    photographer.shoot(f"compare-{language}.png")
    window.actions_["lens"].trigger()
    window.actions_["compare_wipe"].trigger()
    window.actions_["scopes"].trigger()


def _menus(photographer: Photographer, language: str) -> None:
    from PySide6.QtWidgets import QMenuBar

    from vgan_studio.ui.shelving import Shelving

    window = photographer.window
    bar = window.menuWidget().findChild(QMenuBar)
    menus = {
        "clip": window.menus.of_clips(), "track": window.menus.of_track(0), "ruler": window.menus.of_ruler(-1),
        "bin": window.media_bin.findChild(Shelving).menu(),
        "captions": window.subtitling.menu(0, 1),
        **{f"bar{number}": action.menu() for number, action in enumerate(bar.actions())},
    }  # fmt: skip
    for name, menu in menus.items():
        menu.popup(window.mapToGlobal(window.rect().topLeft()))
        photographer.wait(lambda: False, 0.1)
        photographer.shoot_above(f"menu-{name}-{language}", menu)


def _dialogs(photographer: Photographer, language: str) -> None:
    from vgan_studio.ui.palette import Palette
    from vgan_studio.ui.tour import Tour

    window = photographer.window
    for name in ("models", "export", "keys", "palette", "help", "film", "speed", "marker_edit"):
        window.actions_[name].trigger()
        photographer.wait(lambda: False, 4.0 if name in ("models", "export") else 1.0)
        photographer.shoot_above(f"dialog-{name}-{language}", window.findChild(Palette))
    window.actions_["tour"].trigger()
    photographer.wait(lambda: False, 0.5)
    photographer.shoot(f"tour-{language}.png")
    for over in (*window.findChildren(Tour), *window.findChildren(Palette)):
        over.close()
    photographer.wait(lambda: False, 0.2)


if __name__ == "__main__":
    code = main(Path(sys.argv[1]), "".join(sys.argv[2:3]))
    sys.stdout.flush()
    os._exit(code)

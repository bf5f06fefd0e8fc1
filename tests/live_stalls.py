"""How long the window's thread is at work in one go where much is made at once: languages, themes, dialogs, effects.

Not a test; it needs a display (xvfb-run):  python -m tests.live_stalls [--only NAME | --profile NAME]

Each figure is the CPU time of that thread between two ticks of a clock that shall tick every 2 ms, of the longest of
each time a thing was done: nothing that others compute is in it.
"""

import cProfile
import os
import pstats
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from PySide6.QtCore import QEventLoop, QSettings, QTimer
from PySide6.QtWidgets import QApplication, QDialog

from vgan_studio.service import gestures
from vgan_studio.service.document import empty_film
from vgan_studio.service.importing import look
from vgan_studio.timeline.effects import add_effect
from vgan_studio.timeline.values import Clip, EffectCall, Timeline, Track
from vgan_studio.ui.main_window import MainWindow

from .films import write_film
from .live_run import Latency

TIMES = 7
STACK = (
    "color.exposure", "color.curves", "color.saturation", "filter.blur", "geometry.transform", "gan.upscale",
    "gan.denoise", "gan.stylize", "color.white_balance", "geometry.crop",
)  # fmt: skip


class Desk:
    """The window with a film of three clips, one of which has many effects."""

    def __init__(self, folder: Path) -> None:
        self.film = look(write_film(folder / "a.mp4", 200, size=(320, 180), tone=440.0)).media
        settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
        for name, value in {"theme": "dark", "language": "en", "toured": True}.items():
            settings.setValue(name, value)
        self.window = MainWindow(settings, folder / "state", folder / "cache")
        self.window.resize(1600, 900)
        self.window.show()
        self.window.begin()
        self.wait(lambda: bool(self.window.effects))
        self.do("render_pause")  # networks would be asked, and this is not about them
        self.rest(3.0)  # what is made ahead is made
        self.latency = Latency()

    def wait(self, done: Callable[[], bool]) -> None:
        while not done():
            self.rest(0.02)

    def rest(self, seconds: float) -> None:
        loop = QEventLoop()
        QTimer.singleShot(round(seconds * 1000), loop.quit)
        loop.exec()

    def show(self, film: Timeline) -> None:
        self.window.document.start(film)
        self.rest(0.5)

    def full(self) -> None:
        """Choose a clip that has many effects."""
        film = gestures.append(gestures.add_all(empty_film(), [self.film]), [self.film] * 3)
        id = film.tracks[0].clips[0].id
        for name in STACK:
            if name in self.window.effects:
                film = add_effect(film, id, EffectCall(name))
        self.show(film)
        self.window.timeline_view.select([id])
        self.rest(1.0)

    def plain(self) -> None:
        """Choose a clip that has none."""
        self.full()
        self.window.timeline_view.select([self.window.document.timeline.tracks[0].clips[1].id])
        self.rest(0.5)

    def ten_thousand(self) -> None:
        """Choose all of ten thousand clips."""
        clips = tuple(Clip(n + 1, 40 * n, 40, self.film, Fraction(0)) for n in range(10_000))
        film = gestures.add_all(empty_film(), [self.film])
        self.show(replace(film, tracks=(Track("video", clips),), next_id=10_001))
        self.window.timeline_view.select([clip.id for clip in clips])
        self.rest(0.5)

    def do(self, name: str) -> None:
        self.window.actions_[name].trigger()

    def shut(self) -> None:
        for dialog in self.window.findChildren(QDialog):
            dialog.close()
        for over in self.window.findChildren(object):
            if type(over).__name__ == "Palette":
                over.close()
        self.rest(0.2)

    # what is measured: each does one thing a step

    def choosing(self) -> Iterator[None]:
        full, plain, *_ = self.window.document.timeline.tracks[0].clips
        for _ in range(TIMES):
            self.window.timeline_view.select([full.id])
            yield
            self.window.timeline_view.select([plain.id])
            self.rest(0.2)

    def languages(self) -> Iterator[None]:
        for number in range(TIMES):
            self.do(("language_zh_CN", "language_en")[number % 2])
            yield
        self.do("language_en")
        self.rest(1.0)

    def themes(self) -> Iterator[None]:
        for number in range(TIMES):
            self.do(("theme_light", "theme_dark")[number % 2])
            yield
        self.do("theme_dark")
        self.rest(1.0)

    def dialog(self, name: str) -> Iterator[None]:
        for _ in range(TIMES):
            self.do(name)
            yield
            self.shut()

    def volume(self) -> Iterator[None]:
        for number in range(TIMES):
            self.window.inspector.several.gain_wished.emit(-1.0 - number)
            yield
            self.window.document.seal()

    def adding(self) -> Iterator[None]:
        id = self.window.document.timeline.tracks[0].clips[1].id
        for name in STACK[:TIMES]:
            self.window.editing.add_effect(id, name)
            yield


def main() -> None:
    app = QApplication([])
    sys.setswitchinterval(0.0002)  # as `ui.app.run` has it
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        desk = Desk(Path(folder))
        runs: dict[str, tuple[Callable[[], None], Callable[[], Iterator[None]]]] = {
            "ten effects chosen": (desk.plain, desk.choosing),
            "language, plain": (desk.plain, desk.languages),
            "language, full inspector": (desk.full, desk.languages),
            "theme, plain": (desk.plain, desk.themes),
            "theme, full inspector": (desk.full, desk.themes),
            "export": (desk.plain, lambda: desk.dialog("export")),
            "palette": (desk.plain, lambda: desk.dialog("palette")),
            "keys": (desk.plain, lambda: desk.dialog("keys")),
            "help": (desk.plain, lambda: desk.dialog("help")),
            "volume of 10,000 clips": (desk.ten_thousand, desk.volume),
            "effects added": (desk.plain, desk.adding),
        }
        wanted, profiled = (sys.argv[2] if len(sys.argv) > 2 else ""), "--profile" in sys.argv
        for name, (prepare, run) in runs.items():
            if name.startswith(wanted):
                prepare()
                measure(desk, name, run, cProfile.Profile(time.thread_time) if profiled else None)
    sys.stdout.flush()
    os._exit(0)
    del app


def measure(desk: Desk, name: str, run: Callable[[], Iterator[None]], profile: cProfile.Profile | None) -> None:
    steps, own, late = run(), [], []
    while True:
        desk.latency.start()
        if profile:
            profile.enable()
        if next(steps, desk) is desk:
            break
        desk.rest(0.8)
        if profile:
            profile.disable()
        found = desk.latency.stop()
        own.append(found["own CPU worst"])
        late.append(found["late worst"])
    desk.latency.stop()
    print(f"{name:26s} own CPU, worst of each: {sorted(own)}   late: {sorted(late)}", flush=True)
    if profile:
        pstats.Stats(profile).sort_stats("cumtime").print_stats(60)


if __name__ == "__main__":
    main()

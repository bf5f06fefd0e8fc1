"""The real window on a real film, driven as people do: counters, pictures and figures of live GAN effects.

Not a test; it needs a display (xvfb-run) and a film:  python -m tests.live_run FILM OUT_FOLDER [FRAMES] [EFFECT ...]

Exit status 1 where an edit did not do what it should, or a frame was computed again after one.
"""

import json
import shutil
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QEventLoop, QSettings, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from vgan_studio.effects.params import Choice, Number, Toggle
from vgan_studio.timeline.edit import extract_range
from vgan_studio.timeline.effects import set_param
from vgan_studio.timeline.marks import set_range
from vgan_studio.ui.main_window import MainWindow

WAIT_S = 1800.0


class Latency:
    """How late the GUI thread's clock ticks: every 2 ms it should; and what that thread itself computed meanwhile.

    On a machine that is busy with other work the second says more: it holds nothing that others did.
    """

    def __init__(self) -> None:
        self.late: list[float] = []
        self.own: list[float] = []
        self._spent = 0.0
        self._clock = QElapsedTimer()
        self._timer = QTimer(timerType=Qt.TimerType.PreciseTimer)
        self._timer.setInterval(2)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        self.late, self.own = [], []
        self._spent = time.thread_time()
        self._clock.start()
        self._timer.start()

    def stop(self) -> dict[str, float]:
        self._timer.stop()
        found: dict[str, float] = {"ticks": len(self.late)}
        for name, values in (("late", sorted(self.late) or [0.0]), ("own CPU", sorted(self.own) or [0.0])):
            found |= {f"{name} p50": values[len(values) // 2], f"{name} p99": values[int(len(values) * 0.99)]}
            found[f"{name} worst"] = values[-1]
        return {name: round(value, 1) for name, value in found.items()}

    def _tick(self) -> None:
        passed = self._clock.nsecsElapsed() / 1e6
        self._clock.restart()
        self.late.append(max(0.0, passed - 2))
        spent, self._spent = self._spent, time.thread_time()
        self.own.append((self._spent - spent) * 1000)


class Run:
    """A window, and what is done to it."""

    def __init__(self, film: Path, out: Path, frames: int) -> None:
        self.out, self.frames = out, frames
        out.mkdir(parents=True, exist_ok=True)
        for left in ("state", "cache"):  # of a run that was killed: it would be offered for recovery
            shutil.rmtree(out / left, ignore_errors=True)
        settings = QSettings(str(out / "settings.ini"), QSettings.Format.IniFormat)
        settings.setValue("theme", "dark")
        settings.setValue("render/idle_s", 0)
        self.window = MainWindow(settings, out / "state", out / "cache")
        self.window.resize(1600, 900)
        self.window.show()
        self.window.begin([film])
        self.report: dict[str, object] = {"film": film.name}
        self.wrong: list[str] = []
        self.latency = Latency()

    def wait(self, done: Callable[[], bool], what: str, seconds: float = WAIT_S) -> None:
        began = time.monotonic()
        while not done():
            loop = QEventLoop()
            QTimer.singleShot(20, loop.quit)
            loop.exec()
            if time.monotonic() - began > seconds:
                raise TimeoutError(what)

    def pause(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        self.wait(lambda: time.monotonic() >= end, "pause")

    def shot(self, name: str) -> None:
        self.pause(0.4)
        self.window.grab().save(str(self.out / f"{name}.png"))

    @property
    def inferred(self) -> int:
        counters = self.window.inference.counters
        return counters.inferred if counters else 0

    def states(self) -> list[int]:
        bar = self.window.timeline_view.page.bar
        return list(bar.states) if bar and bar.timeline is self.window.document.timeline else []

    def settled(self) -> bool:
        return self.window._state_of_work[0] == "idle" and not self.window.jobs.running

    def rest(self, what: str) -> None:
        """Wait until nothing is computed any more, and nothing begins."""
        self.wait(self.settled, what)
        self.pause(0.6)
        self.wait(self.settled, what)

    def drags(self, frames: Iterable[int]) -> dict[str, float]:
        """Drag the playhead from frame to frame: how long until something of each is seen, and until it is exact."""
        found: dict[str, list[float]] = {"nearest": [], "exact": []}
        for frame in frames:
            began, seen = time.monotonic(), set[str]()

            def take(shown, frame=frame, began=began, seen=seen) -> None:
                for name in ("nearest", "exact")[: 1 + shown.final] if shown.frame == frame else ():
                    if name not in seen:
                        found[name].append((time.monotonic() - began) * 1000)
                    seen.add(name)

            self.window.preview.shown.connect(take)
            self.window.preview.seek(frame)
            self.wait(lambda seen=seen: "exact" in seen, f"the picture of {frame}")
            self.window.preview.shown.disconnect(take)
        spread = {name: sorted(values) for name, values in found.items()}
        return {
            f"{name} {which}": round(values[place], 1)
            for name, values in spread.items()
            for which, place in (("p50", len(values) // 2), ("worst", -1))
        }

    def do(self, name: str) -> None:
        self.window.actions_[name].trigger()

    def chosen(self) -> None:
        clips = self.window.document.timeline.tracks[0].clips
        self.window.timeline_view.select([clips[0].id])

    def begin(self, *effects: str) -> None:
        window = self.window
        self.wait(lambda: bool(window.document.timeline.media), "media")
        window.editing.append([media.fingerprint for media in window.document.timeline.media])
        window.document.do("Cut", extract_range, 0, self.frames, window.document.timeline.duration)
        self.wait(lambda: bool(window.effects), "effects")
        self.chosen()
        (clip,) = window.document.timeline.tracks[0].clips
        window.preview.seek(5)
        self.wait(self.settled, "first picture")
        self.shot("1-plain")
        self.report["ms from drag to picture, no effect"] = self.drags(range(0, self.frames, 2))
        for effect in effects:
            window.editing.add_effect(clip.id, effect)
        window.timeline_view.fit()

    def render(self) -> None:
        window = self.window
        window.layouts.docks["rendering"].raise_()
        self.shot("2-waiting")
        self.rest("neighbours")
        began, before = time.monotonic(), self.inferred
        self.do("render_film")
        self.wait(lambda: not window.jobs.running, "cost")
        self.shot("3-cost")
        window.live._start()
        self.wait(lambda: 3 in self.states() and 2 in self.states(), "the bar at work")
        self.shot("4-computing")
        self.latency.start()
        while not self.settled() or any(state in (1, 2) for state in self.states()):
            window.preview.seek(int(time.monotonic() * 10) % self.frames)
            self.pause(1.5)
        self.report["latency while rendering and seeking, ms"] = self.latency.stop()
        self.report["seconds to render"] = round(time.monotonic() - began, 1)
        self.report["inferred while rendering"] = self.inferred - before
        self.shot("5-ready")

    def edit(self) -> None:
        """Scrub, play, trim, ripple, split, duplicate, undo: nothing may be computed anew."""
        window = self.window
        before = self.inferred
        for frame in range(0, self.frames, 3):
            window.preview.seek(frame)
            self.pause(0.03)
        self.rest("scrubbed")
        counts = {"scrub": self.inferred - before}
        self.report["ms from drag to picture, networks' pictures ready"] = self.drags(range(0, self.frames, 2))
        some = self.frames // 6
        steps: dict[str, Callable[[], object]] = {
            "play": lambda: (window.preview.seek(0), window.playback.play(1), self.pause(2.0), window.playback.stop()),
            "trim": lambda: (window.preview.seek(some), self.chosen(), self.do("trim_head")),
            "split": lambda: (window.preview.seek(window.document.timeline.duration // 2), self.do("split")),
            "ripple": lambda: (self.chosen(), self.do("ripple")),
            "undo": lambda: (self.do("undo"), self.do("undo")),
            "duplicate": lambda: (self.chosen(), self.do("duplicate")),
            "live parameters": self.turn_live,
            "range": lambda: window.document.do("Range", set_range, 2, 12),
        }
        for name, step in steps.items():
            before, film = self.inferred, window.document.timeline
            step()
            assert name == "play" or window.document.timeline != film, f"{name} did nothing"
            self.rest(name)
            counts[name] = self.inferred - before
            if name in ("duplicate", "split"):
                self.shot(f"6-{name}")
        self.report["recomputed by"] = counts
        self.report["states of the bar at the end"] = sorted(set(self.states()))
        self.wrong += [f"{name} had {count} frames computed again" for name, count in counts.items() if count]

    def turn_live(self) -> None:
        """Turn all that comes after the network of the last effect: no network may be asked for it."""
        place = len(self.first().effects) - 1
        effect = self.window.effects[self.first().effects[place].id]
        for name in effect.live:
            param = effect.params[name]
            values: dict[type, list[object]] = {
                Number: [step / 10 for step in range(10)],
                Toggle: [True, False],
                Choice: ["ellipse", "none"],
            }
            for value in values.get(type(param), []):
                if param.fits(value):
                    self.window.document.do(name, set_param, self.first().id, place, name, value)
                    self.pause(0.05)
        self.window.document.do("mask", set_param, self.first().id, place, "mask", "ellipse")

    def first(self):
        return self.window.document.timeline.tracks[0].clips[0]

    def compare(self) -> None:
        window = self.window
        window.preview.seek(3)
        for name in ("compare_wipe", "compare_side", "compare_difference"):
            self.do(name)
            self.rest(name)
            self.shot(f"7-{name}")
        self.do("compare_wipe")
        canvas = window.viewer.canvas
        window.timeline_view.setFocus()
        QTest.keyPress(window.timeline_view, Qt.Key.Key_H)
        self.rest("held")
        self.shot("8-held")
        QTest.keyRelease(window.timeline_view, Qt.Key.Key_H)
        self.do("remember_a")
        window.document.do("B", set_param, self.first().id, 0, "strength", 0.3)
        self.rest("A and B")
        self.shot("9-a-b")
        self.do("compare_a")
        self.do("compare_wipe")
        self.do("lens")
        QTest.mouseMove(canvas, canvas.rect().center())
        self.pause(0.2)
        QTest.mouseMove(canvas, canvas.rect().center() / 1.4)
        self.wait(lambda: not window.live.lens._image.isNull(), "lens", 60)
        self.shot("10-lens")
        self.do("lens")

    def flicker(self) -> None:
        window = self.window
        window.live.measure_flicker()
        self.wait(lambda: not window.jobs.running, "flicker")
        self.shot("11-flicker")
        self.report["flicker"] = window.live.flicker._words.text()

    def end(self) -> None:
        counters = self.window.inference.counters
        self.report["counters"] = str(counters)
        self.wrong += [] if self.report["inferred while rendering"] else ["nothing was computed while it was timed"]
        self.report["not so"] = self.wrong
        (self.out / "report.json").write_text(json.dumps(self.report, indent=1))
        print(json.dumps(self.report, indent=1))
        self.window._closing = True
        self.window.close()


def main() -> int:
    app = QApplication([])
    sys.setswitchinterval(0.0002)  # as `ui.app.run` has it
    film, out = Path(sys.argv[1]), Path(sys.argv[2])
    run = Run(film, out, int(sys.argv[3]) if len(sys.argv) > 3 else 48)
    run.begin(*(sys.argv[4:] or ["gan.upscale"]))
    run.render()
    run.edit()
    run.compare()
    run.flicker()
    run.end()
    del app
    return int(bool(run.wrong))


if __name__ == "__main__":
    sys.exit(main())

"""A screen with the real program on it, and hands: what `tests.live_story` is played with."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

SIZE = 1280, 720  # of the window at its first start
PATIENCE_S = 60.0
Spot = tuple[float, float]


# The eye: the program itself, and beside it a note of where things are on the screen.  It reads, and does nothing.


def watch(note: Path, args: list[str]) -> int:
    """Run the program as `vgan` does, and write down several times a second where things are."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from vgan_studio.cli import main as vgan
    from vgan_studio.ui.main_window import MainWindow

    def look() -> None:
        windows = [one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow)]
        if windows and windows[0].isVisible():
            part = note.with_suffix(".part")
            part.write_text(json.dumps(seen(windows[0])))
            part.replace(note)

    class Watched(QApplication):
        def exec(self) -> int:
            self.timer = QTimer()
            self.timer.timeout.connect(look)
            self.timer.start(150)
            return QApplication.exec()

    app = Watched(sys.argv[:1])  # the program takes the application that there is
    status = vgan(args)
    del app
    return status


def seen(window) -> dict[str, object]:
    """Give what is on the screen: widgets that are not covered by their scroll areas, clips, and which window is asked."""
    from PySide6.QtWidgets import QApplication, QWidget

    page, view = window.timeline_view.page, window.timeline_view.viewport()
    scale, corner = page.scale, view.mapToGlobal(view.rect().topLeft())
    clips, rows = [], {}
    for row in scale.rows(page.timeline):
        rows[row.track] = corner.y() + scale.y(row) + row.height / 2
        for clip in page.timeline.tracks[row.track].clips:
            box = scale.rect(row, clip.start, clip.end).translated(corner)
            clips.append([clip.id, row.track, box.left(), box.top(), box.right(), box.bottom()])
    asked = QApplication.activeModalWidget() or window
    widgets = []
    for top in QApplication.topLevelWidgets():
        for one in [top, *top.findChildren(QWidget)] if top.isVisible() else []:
            shown = one.visibleRegion().boundingRect()
            if one.isVisible() and not shown.isEmpty():
                at = one.mapToGlobal(shown.center())
                words = [
                    str(text())
                    for name in ("text", "accessibleName", "title")
                    if callable(text := getattr(one, name, None))
                ]
                widgets.append(
                    [type(one).__name__, one.objectName(), words, at.x(), at.y(), one.isEnabled(), one.width()]
                )
    bin = window.media_bin.list
    media = [bin.viewport().mapToGlobal(bin.visualItemRect(bin.item(n)).center()) for n in range(bin.count())]
    return {
        "widgets": widgets, "clips": clips, "media": [[at.x(), at.y()] for at in media], "playhead": page.playhead,
        "zero": [corner.x() + scale.x(0), corner.y() + scale.ruler * 0.7], "zoom": scale.zoom, "rows": rows,
        "window": int(asked.winId()), "active": asked.isActiveWindow(), "state": window._state_of_work[0],
        "told": window.statusBar().currentMessage(), "effects": len(window.effects),
    }  # fmt: skip


class Desk:
    """A screen with the program on it, and hands: a user's keys and mouse, nothing else."""

    def __init__(self, out: Path) -> None:
        self.out, self.note = out, out / "where.json"
        self._shots = 0
        width, height = SIZE
        command = ["Xvfb", "-displayfd", "1", "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp"]
        self._screen = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        assert self._screen.stdout is not None
        home = {
            name: str(out / "home")
            for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME")
        }
        display = f":{self._screen.stdout.readline().strip()}"
        self.env = {
            **os.environ,
            **home,
            "DISPLAY": display,
            "QT_QPA_PLATFORM": "xcb",
            "LC_ALL": "C.UTF-8",
            "LANGUAGE": "en",
        }
        self.program: subprocess.Popen[bytes] | None = None

    def start(self, *args: str) -> float:
        """Start the program, and wait until it is on the screen; the seconds that took."""
        self.note.unlink(missing_ok=True)
        began = time.monotonic()
        command = [sys.executable, "-m", "tests.live_desk", str(self.note), *args]
        with (self.out / "said.txt").open("ab") as said:
            self.program = subprocess.Popen(command, env=self.env, stdout=said, stderr=said)
        self.until(self.note.is_file, "the window")
        return time.monotonic() - began

    def kill(self) -> None:
        """Kill the program as a fault of the machine would."""
        assert self.program is not None
        self.program.kill()
        self.program.wait()

    def close(self) -> None:
        if self.program is not None and self.program.poll() is None:
            self.kill()
        self._screen.terminate()
        self._screen.wait()

    @property
    def sight(self) -> dict:
        return json.loads(self.note.read_text())

    def until(self, so: Callable[[], object], what: str, seconds: float = PATIENCE_S) -> None:
        end = time.monotonic() + seconds
        while not so():
            if self.program is not None and self.program.poll() is not None:
                raise AssertionError(f"The program has ended ({self.program.returncode}); see said.txt")
            if time.monotonic() > end:
                raise AssertionError(f"Not within {seconds:.0f} s: {what}")
            time.sleep(0.1)

    def fresh(self) -> dict:
        """See the screen as it is from now on."""
        now = time.time()
        self.until(lambda: self.note.stat().st_mtime > now + 0.05, "a look at the screen")
        return self.sight

    def shot(self, name: str) -> None:
        self._shots += 1
        time.sleep(0.8)
        path = self.out / f"{self._shots:02d}-{name}.png"
        subprocess.run(["import", "-window", "root", str(path)], env=self.env, check=True)

    def hands(self, *words: object) -> None:
        subprocess.run(["xdotool", *map(str, words)], env=self.env, check=True)

    def key(self, *names: str) -> None:
        """Press keys, in the window that is asked; there is no window manager to see to that."""
        sight = self.fresh()
        if not sight["active"]:
            self.hands("windowfocus", "--sync", sight["window"])
        for name in names:
            self.hands("key", name)
            time.sleep(0.1)

    def type(self, words: str) -> None:
        self.hands("type", "--delay", 25, words)

    def enter(self, words: str) -> None:
        """Write into the field that has the keyboard, in place of what is there."""
        self.key("ctrl+a")
        self.type(words)
        self.until(lambda: self.find(words, "LineEdit"), f"a field with {words}")

    def do(self, words: str) -> None:
        """Find an action in the palette, and do it."""
        self.key("ctrl+shift+p")
        self.until(lambda: any(one[1] == "palette" for one in self.sight["widgets"]), "the palette")
        self.type(words)
        self.key("Return")

    def click(self, at: Spot, *held: str) -> None:
        for name in held:
            self.hands("keydown", name)
        self.hands("mousemove", *map(round, at), "click", 1)
        for name in held:
            self.hands("keyup", name)
        time.sleep(0.2)

    def drag(self, start: Spot, end: Spot, *, steps: int = 12) -> None:
        self.hands("mousemove", *map(round, start))
        time.sleep(0.2)
        self.hands("mousedown", 1)
        for step in range(1, steps + 1):
            share = step / steps
            at = (round(a + (b - a) * share) for a, b in zip(start, end, strict=True))
            self.hands("mousemove", *at)
            time.sleep(0.05)
        time.sleep(0.3)
        self.hands("mouseup", 1)

    def find(self, words: str, kind: str = "") -> Spot | None:
        """Give the place of a widget that says something or is called so."""
        found = [one for one in self.sight["widgets"] if words in one[2] and kind in one[0] and one[5]]
        return tuple(found[0][3:5]) if found else None  # type: ignore[return-value]

    def press(self, words: str, kind: str = "") -> None:
        self.until(lambda: self.find(words, kind), f"a widget {words!r}")
        spot = self.find(words, kind)
        assert spot is not None
        self.click(spot)

    def clip(self, id: int) -> tuple[float, float, float, float]:
        """Give left, top, right and bottom of a clip on the screen."""
        return next(tuple(one[2:]) for one in self.fresh()["clips"] if one[0] == id)

    def body(self, id: int) -> Spot:
        left, top, right, bottom = self.clip(id)
        return (left + right) / 2, top + (bottom - top) * 0.7

    def seek(self, frame: int) -> None:
        """Click on the ruler, then go by frames to the very one."""
        sight = self.fresh()
        x, y = sight["zero"]
        self.click((x + (frame + 0.5) * sight["zoom"], y))
        at = self.fresh()["playhead"]
        for _ in range(abs(frame - at)):
            self.hands("key", "Right" if frame > at else "Left")
        self.until(lambda: self.sight["playhead"] == frame, f"the playhead at {frame}")


if __name__ == "__main__":
    sys.exit(watch(Path(sys.argv[1]), sys.argv[2:]))

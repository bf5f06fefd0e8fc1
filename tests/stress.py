"""Random gestures on a real window: whatever is done, the film stays sound and undo leads back to the start.

    python -m tests.stress [COUNT] [SEED]

Every gesture is a mouse, wheel or key event on the window, or a menu's action, as a person would make it.
"""

import gc
import os
import random
import resource
import sys
import tempfile
import time
from fractions import Fraction
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QPointF, QSettings, Qt, qInstallMessageHandler
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QDialog

from vgan_studio.service import gestures
from vgan_studio.service.document import empty_film
from vgan_studio.timeline import history
from vgan_studio.timeline.check import faults
from vgan_studio.timeline.values import Media
from vgan_studio.ui.main_window import MainWindow

FILM = Media("/films/a.mp4", "a", Fraction(8), 320, 180, Fraction(25), channels=2, sample_rate=48000)
SONG = Media("/films/song.flac", "b", Fraction(20), channels=2, sample_rate=48000)
NOT = {"new", "open", "save", "save_as", "import", "find", "export", "quit", "full", "full_window",
       "snapshot", "demo", "about", "help", "tour", "palette", "keys", "film", "speed", "marker_edit", "language_system", "language_en", "language_zh_CN",
       "models", "subtitles_import", "subtitles_export", "undo", "redo", "render_range", "render_chosen", "render_film", "render_stop", "flicker"}  # fmt: skip
HELD = [Qt.KeyboardModifier.NoModifier] * 4 + [
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
]


class Hand:
    """Makes gestures on a window."""

    def __init__(self, window: MainWindow, seed: int) -> None:
        self.window, self.rng = window, random.Random(seed)
        self.view, self.page = window.timeline_view, window.timeline_view.viewport()
        self.names = sorted(name for name in window.actions_ if name not in NOT)
        self.last = ""

    def gesture(self) -> None:
        """Make one of them."""
        kinds = (
            self.drag,
            self.drag,
            self.drag,
            self.act,
            self.act,
            self.click,
            self.wheel,
            self.undo,
            self.drop,
            self.param,
        )
        kind = self.rng.choice(kinds)
        self.last = kind.__name__
        kind()
        for dialog in self.window.findChildren(QDialog):
            dialog.close()

    def place(self) -> QPoint:
        """Give a place on the page; often near the edge of a clip."""
        rng, view = self.rng, self.view
        clips = [(number, clip) for number, track in enumerate(view.timeline.tracks) for clip in track.clips]
        if clips and rng.random() < 0.7:
            number, clip = rng.choice(clips)
            row = next(row for row in view.scale.rows(view.timeline) if row.track == number)
            frame = rng.choice([clip.start, clip.end, (clip.start + clip.end) // 2])
            x = round(view.scale.x(frame)) + rng.randint(-8, 8)
            y = view.scale.y(row) + rng.randrange(row.height)
            if 0 <= x < self.page.width() and 0 <= y < self.page.height():
                return QPoint(x, y)
        return QPoint(rng.randrange(self.page.width()), rng.randrange(self.page.height()))

    def drag(self) -> None:
        """Press, move and let go; sometimes Escape comes before."""
        held, start, end = self.rng.choice(HELD), self.place(), self.place()
        self.mouse(QEvent.Type.MouseButtonPress, start, held)
        for step in (0.3, 0.7, 1.0):
            self.mouse(QEvent.Type.MouseMove, start + (end - start) * step, held)
        if self.rng.random() < 0.05:
            self.key(Qt.Key.Key_Escape)
        self.mouse(QEvent.Type.MouseButtonRelease, end, held)

    def click(self) -> None:
        """Press and let go, once or twice."""
        held, place = self.rng.choice(HELD), self.place()
        self.mouse(QEvent.Type.MouseMove, place, Qt.KeyboardModifier.NoModifier, Qt.MouseButton.NoButton)
        self.mouse(QEvent.Type.MouseButtonPress, place, held)
        self.mouse(QEvent.Type.MouseButtonRelease, place, held)
        if self.rng.random() < 0.3:
            self.mouse(QEvent.Type.MouseButtonDblClick, place, held)
            self.mouse(QEvent.Type.MouseButtonRelease, place, held)

    def act(self) -> None:
        """Do what a menu or a key does, somewhere in the film."""
        self.window.preview.seek(self.rng.randrange(1200))
        name = self.rng.choice(self.names)
        self.last = f"act {name}"
        self.window.actions_[name].trigger()

    def wheel(self) -> None:
        """Turn the wheel."""
        where, held = QPointF(self.place()), self.rng.choice(HELD[3:7])
        turn = QPoint(0, self.rng.choice([-120, 120]))
        none = Qt.MouseButton.NoButton
        event = QWheelEvent(
            where, self.page.mapToGlobal(where), QPoint(), turn, none, held, Qt.ScrollPhase.NoScrollPhase, False
        )
        QApplication.sendEvent(self.page, event)

    def undo(self) -> None:
        """Go back, or on again."""
        document = self.window.document
        if self.rng.random() < 0.6 and len(document.history.past) > 20:
            document.undo()
        elif document.history.future:
            document.redo()

    def drop(self) -> None:
        """Put media of the bin somewhere."""
        tracks = [*range(len(self.view.timeline.tracks)), None]
        names = [self.rng.choice(["a", "b"])]
        self.view.media_wished.emit(names, self.rng.choice(tracks), self.rng.randrange(1000), self.rng.random() < 0.5)

    def param(self) -> None:
        """Add, move, bypass and take away effects of a selected clip, or of all of them, and set their values."""
        edit, chosen = self.window.editing, sorted(self.view.selection)
        if not chosen:
            return
        id, what = chosen[0], self.rng.randrange(11)
        if what == 0:
            edit.add_effect(id, self.rng.choice(["color.saturation", "filter.blur", "gan.upscale"]))
        elif what == 1:
            edit.set_param(id, 0, "saturation", self.rng.random() * 4)
        elif what == 2:
            edit.set_key(id, 0, "saturation", self.rng.randrange(40), self.rng.random() * 4)
        elif what == 3:
            edit.move_effect(id, 0, 1)
        elif what == 4:
            edit.remove_effect(id, 0)
        elif what == 5:
            edit.add_common(self.rng.choice(["color.saturation", "geometry.transform"]))
        elif what == 6:
            edit.set_common(0, "saturation", self.rng.random() * 4, 1.0)
        elif what == 7:
            edit.set_common(1, "position", (None, self.rng.random()), (0.0, 0.0))
        elif what == 8:
            edit.remove_common(0)
        elif what == 9:
            edit.set_gains(-self.rng.random() * 9)
        else:
            edit.enable_effect(id, 0, self.rng.random() < 0.5)
        self.window.document.seal()

    def mouse(
        self,
        kind: QEvent.Type,
        place: QPoint,
        held: Qt.KeyboardModifier,
        button: Qt.MouseButton = Qt.MouseButton.LeftButton,
    ) -> None:
        """Send an event of the mouse to the page."""
        where = QPointF(place)
        moving = kind is QEvent.Type.MouseMove
        down = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseButtonRelease else button
        event = QMouseEvent(
            kind, where, self.page.mapToGlobal(where), Qt.MouseButton.NoButton if moving else button, down, held
        )
        QApplication.sendEvent(self.page, event)

    def key(self, key: Qt.Key) -> None:
        """Send a key to the timeline."""
        QApplication.sendEvent(self.view, QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier))


def start_film():
    """Give the film that the gestures begin with."""
    return gestures.append(gestures.add_all(empty_film(), [FILM, SONG]), [FILM, FILM, FILM, SONG])


def run(window: MainWindow, count: int, seed: int, say=lambda *_: None) -> dict[str, object]:
    """Make gestures, look at the film after each, and undo to the start; figures of it.

    Raises:
        AssertionError: the film is not sound, or undo does not lead to the start.
    """
    begun = start_film()
    window.document.start(begun)
    hand, document, slowest = Hand(window, seed), window.document, [(0.0, "")]
    memory, steps, undone = [], 0, 0
    for number in range(count):
        before = time.thread_time()
        hand.gesture()
        QApplication.processEvents()
        slowest = sorted([*slowest, (time.thread_time() - before, hand.last)], reverse=True)[:8]
        film = document.timeline
        wrong = list(faults(film))
        assert not wrong, (number, hand.last, wrong[:3])
        assert window.timeline_view.timeline is film, (number, hand.last)
        assert {clip.id for track in film.tracks for clip in track.clips} >= window.timeline_view.selection
        if len(document.history.past) >= history.LIMIT - 50 or sum(len(track.clips) for track in film.tracks) > 150:
            steps, undone = steps + back(window, begun), undone + 1
            document.start(begun)
        if number % max(1, count // 10) == 0:
            gc.collect()
            memory.append(_memory())
            say(f"{number:6d}  {len(document.history.steps):4d} steps  {memory[-1]:.0f} MB  longest {slowest[0]}")
    steps += back(window, begun)
    return {"steps": steps, "undone to the start": undone + 1, "memory_mb": memory, "slowest": slowest}


def back(window: MainWindow, begun) -> int:
    """Undo to the start, which is as it was; how many steps that takes."""
    steps = len(window.document.history.past)
    while window.document.history.past:
        window.document.undo()
    assert window.document.timeline == begun, "undo leads to the start"
    return steps


def _memory() -> float:
    with Path("/proc/self/statm").open() as file:
        return int(file.read().split()[1]) * resource.getpagesize() / 1e6


def main() -> int:
    """Run from the command line; 1 if anything was warned of."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    count, seed = (int(one) for one in (*sys.argv[1:3], *("10000", "1")[len(sys.argv) - 1 :]))
    warned = []
    app = QApplication([])
    qInstallMessageHandler(lambda _, __, words: None if "propagateSizeHints" in words else warned.append(words))
    with tempfile.TemporaryDirectory() as folder:
        settings = QSettings(f"{folder}/s.ini", QSettings.Format.IniFormat)
        window = MainWindow(settings, Path(folder) / "state", Path(folder) / "cache")
        window.show()
        print(run(window, count, seed, print))
        window._closing = True
        window.recovery.leave()
    print("warnings:", warned)
    del app
    return bool(warned)


if __name__ == "__main__":
    code = main()
    sys.stdout.flush()
    os._exit(code)

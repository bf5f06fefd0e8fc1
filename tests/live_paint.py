"""How long the window's thread paints a timeline of ten thousand clips while it is zoomed and scrolled.

Not a test:  python -m tests.live_paint [--profile NAME]

Each figure is the CPU time of the thread for one picture of the screen: the wheel's event, the layout and the painting.
Thumbnails, waveforms and badges are there; they are made before the time is taken, as they would come by and by.
"""

import cProfile
import os
import pstats
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtWidgets import QApplication

from vgan_studio.service.thumbnails import Thumbnails, _small
from vgan_studio.service.watch import Bar
from vgan_studio.service.waveforms import Peaks, Waveforms, peaks_of
from vgan_studio.timeline.values import Clip, EffectCall, Marker, Media, Timeline, Track
from vgan_studio.ui.timeline_view import TimelineView

CLIPS = 10_000
RATE = Fraction(25)


class Drawn(Thumbnails):
    """Thumbnails that need no files: each time has its own colour."""

    def _picture(self, readers: object, media: Media, time: Fraction) -> QImage:
        color = QColor.fromHsv(int(time * 40) % 360, 120, 160).getRgb()[:3]
        return _small(np.full((90, 160, 3), color, np.uint8), media.sample_aspect)


class Loud(Waveforms):
    """Waveforms that need no files."""

    def _find(self, media: Media) -> Peaks:
        return peaks_of(bytes((n * 37 + n // 50 * 11) % 256 for n in range(int(media.duration * 100))))


def film() -> Timeline:
    """Two tracks of pictures and one of sound, with effects, speeds, names and gaps as in a long edit."""
    sources = [
        Media(f"/films/take {n}.mp4", f"take{n}", Fraction(600), 1920, 1080, RATE, channels=2, sample_rate=48000)
        for n in range(12)
    ]
    effects = [(), (EffectCall("color.exposure"),), (), (EffectCall("gan.upscale"), EffectCall("color.exposure"))]
    pictures, titles, sounds, at = [], [], [], 0
    for n in range(CLIPS * 9 // 20):
        long = 12 + n * 7 % 60
        speed = Fraction(1, 2) if n % 11 == 5 else Fraction(1)
        made = Clip(3 * n + 1, at, long, sources[n % 12], Fraction(n % 500), speed, effects[n % 4], muted=n % 9 == 3)
        pictures.append(made)
        sounds.append(Clip(3 * n + 2, at, long, sources[n * 5 % 12], Fraction(n % 400)))
        if n % 9 in (0, 4):
            titles.append(Clip(3 * n + 3, at, long, EffectCall("core.title", (("text", f"Title {n}"),))))
        at += long + (5 if n % 20 == 0 else 0)
    tracks = Track("video", tuple(pictures)), Track("video", tuple(titles)), Track("audio", tuple(sounds))
    markers = tuple(Marker(n * 2500, f"Marker {n}") for n in range(at // 2500))
    return Timeline(RATE, 1920, 1080, tracks=tracks, markers=markers, next_id=4 * CLIPS)


class Desk:
    """A timeline on a screen, and a wheel."""

    def __init__(self) -> None:
        folder = Path(tempfile.mkdtemp())
        self.pictures, self.sounds = Drawn(), Loud(folder)
        self.view = TimelineView(film(), self.pictures, self.sounds)
        self.view.resize(1920, 420)
        self.view.show_heavy(["gan.upscale"])
        self.view.show()
        self.view.select([4])
        self.painted()

    def painted(self) -> float:
        """Paint what is asked for; the CPU time of the thread."""
        began = time.thread_time()
        self.view.viewport().repaint()
        QApplication.processEvents()
        return time.thread_time() - began

    def settle(self) -> None:
        """Make all pictures and sounds that are asked for; their threads do not run."""
        self.painted()
        pictures, sounds = self.pictures, self.sounds
        while pictures._wishes:
            key, media = pictures._wishes.popitem()
            pictures._made[key] = pictures._picture(None, media, key[1])
        while sounds._wishes:
            name, media = sounds._wishes.popitem()
            sounds._made[name] = sounds._find(media)

    def wheel(self, turn: int, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        view, at = self.view.viewport(), QPointF(900, 200)
        phase, buttons = Qt.ScrollPhase.NoScrollPhase, Qt.MouseButton.NoButton
        QApplication.sendEvent(
            view,
            QWheelEvent(
                at, view.mapToGlobal(at), at.toPoint(), QPointF(0, turn).toPoint(), buttons, held, phase, False
            ),
        )

    def bar(self) -> None:
        scale, timeline = self.view.scale, self.view.timeline
        first, end = scale.frame(scale.header), min(scale.frame(self.view.page.width) + 1, timeline.duration)
        step = max(1, -(-(end - first) // 4096))
        states = bytes(0 if n // 40 % 3 else 3 - n // 97 % 3 for n in range(first, end, step))
        self.view.put(bar=Bar(timeline, first, step, states))

    # what is measured: each makes one change a step

    def zooming(self) -> Iterator[None]:
        self.view.fit()
        for turn in [240] * 20:
            self.wheel(turn, Qt.KeyboardModifier.ControlModifier)
            yield

    def scrolling(self, points: float) -> Iterator[None]:
        """Scroll where an average clip is so wide."""
        self.view.fit()
        self.view.zoom(points / 41.5 / self.view.scale.zoom)
        self.view.horizontalScrollBar().setValue(20000)
        for _ in range(16):
            self.wheel(-120)
            yield

    def playing(self) -> Iterator[None]:
        """Move the playhead where a clip is a hundred points wide."""
        self.view.zoom(100 / 41.5 / self.view.scale.zoom)
        self.view.horizontalScrollBar().setValue(20000)
        first = self.view.scale.frame(300)
        for frame in range(first, first + 16):
            self.view.show_frame(frame)
            yield


def main() -> None:
    app = QApplication([])
    desk = Desk()
    runs: dict[str, Callable[[], Iterator[None]]] = {
        "zoom": desk.zooming,
        "scroll, clips of 4 points": lambda: desk.scrolling(4),
        "scroll, clips of 30 points": lambda: desk.scrolling(30),
        "scroll, clips of 100 points": lambda: desk.scrolling(100),
        "scroll, clips of 400 points": lambda: desk.scrolling(400),
        "playhead": desk.playing,
    }
    wanted = sys.argv[2] if len(sys.argv) > 2 else ""
    for name, run in runs.items():
        if wanted and not name.startswith(wanted):
            continue
        for _ in run():  # so that pictures and sounds are there
            desk.settle()
        profile, spent = cProfile.Profile(time.thread_time) if wanted else None, []
        steps = run()
        while True:
            desk.bar()
            desk.painted()
            if profile:
                profile.enable()
            began = time.thread_time()
            if next(steps, desk) is desk:
                break
            given = time.thread_time() - began
            spent.append(1000 * (given + desk.painted()))
            if profile:
                profile.disable()
        spent.sort()
        middle, late, worst = spent[len(spent) // 2], spent[int(len(spent) * 0.95)], spent[-1]
        print(f"{name:28s} median {middle:5.1f} ms   95th {late:5.1f} ms   worst {worst:5.1f} ms", flush=True)
        if profile:
            pstats.Stats(profile).sort_stats("tottime").print_stats(35)
    sys.stdout.flush()
    os._exit(0)
    del app


if __name__ == "__main__":
    main()

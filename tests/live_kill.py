"""Kill the real window again and again while it renders and exports, and compare what comes out at last.

Not a test:  python -m tests.live_kill FILM OUT_FOLDER [FRAMES] [KILLS] [SECONDS]

Each is killed within so many seconds after it has begun, 7 if not given: more where the machine is slow.
"""

import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

CHILD = "child"


def child(mode: str, project: Path, folder: Path, cache: Path) -> None:
    """Open the project in the window, and render it into the cache or export it."""
    from PySide6.QtCore import QEventLoop, QSettings, QTimer
    from PySide6.QtWidgets import QApplication

    from vgan_studio.service.exporting import Order, exporting
    from vgan_studio.ui.main_window import MainWindow

    app = QApplication([])
    settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
    settings.setValue("render/idle_s", 0)
    window = MainWindow(settings, folder / "state", cache)
    window.show()
    window.files.offer = lambda found: None  # a dialog would wait for somebody
    window.begin([project])

    def wait(done) -> None:
        while not done():
            loop = QEventLoop()
            QTimer.singleShot(20, loop.quit)
            loop.exec()

    wait(lambda: window.effects and window.document.timeline.duration and not window.jobs.running)
    film = window.document.timeline
    print("begun", flush=True)
    if mode == "render":
        window.inference.render(range(film.duration))
        wait(lambda: window.inference.queue.progress.done == film.duration)
    else:
        order = Order(folder / "out.mkv", "ffv1", 80, (0, film.duration), (film.width, film.height))
        job = window.jobs.make("Export", exporting(film, order, window.inference.tools))
        said = []
        job.done.connect(said.append)
        job.failed.connect(said.append)
        job.start()
        wait(lambda: said)
        if isinstance(said[0], str):
            print(said[0], flush=True)
    counters = window.inference.counters
    print("inferred", counters.inferred if counters else 0, flush=True)
    window._closing = True
    window.close()
    del app


def run(mode: str, project: Path, folder: Path, cache: Path, kill_after: float | None) -> bool:
    """Run a child; kill it some seconds after it has begun, or let it end; tell whether it came to its end."""
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "tests.live_kill", CHILD, mode, str(project), str(folder), str(cache)]
    with (folder / "errors.txt").open("a") as errors:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True)
        assert process.stdout is not None
        begun = process.stdout.readline()
        if "begun" not in begun:
            raise SystemExit(f"The child did not begin: {begun!r}")
        if kill_after is None:
            print("   ", mode, process.stdout.read().strip().replace("\n", ", "))
            return process.wait() == 0
        try:
            process.wait(kill_after)
        except subprocess.TimeoutExpired:
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
        return process.returncode == 0


def frames_of(path: Path) -> list[str]:
    import av

    with av.open(str(path)) as container:
        return [hashlib.md5(f.to_ndarray(format="rgb24").tobytes()).hexdigest() for f in container.decode(video=0)]


def made_in(cache: Path) -> int:
    return len(list((cache / "").glob("??/*.picture")))


def main() -> None:
    if sys.argv[1] == CHILD:
        child(sys.argv[2], *map(Path, sys.argv[3:6]))
        return
    film, out = Path(sys.argv[1]), Path(sys.argv[2])
    frames, kills = int(sys.argv[3]) if len(sys.argv) > 3 else 40, int(sys.argv[4]) if len(sys.argv) > 4 else 10
    longest = float(sys.argv[5]) if len(sys.argv) > 5 else 7.0
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    project = _project(film, out, frames)
    report: dict[str, object] = {"film": film.name, "frames": frames, "kills": []}
    drawn = random.Random(5)
    for number in range(kills):
        mode = "render" if number % 2 == 0 else "export"
        after = round(drawn.uniform(0.2, longest), 2)
        before, began = made_in(out / "cache"), time.monotonic()
        ended = run(mode, project, out / "killed", out / "cache", after)
        left = [path.name for path in (out / "killed").glob("out.mkv*")]
        report["kills"].append([mode, after, ended, before, made_in(out / "cache"), left])  # type: ignore[attr-defined]
        print(report["kills"][-1], f"{time.monotonic() - began:.0f} s", flush=True)  # type: ignore[index]
    assert run("export", project, out / "killed", out / "cache", None)
    assert run("export", project, out / "whole", out / "other cache", None)
    killed, whole = frames_of(out / "killed" / "out.mkv"), frames_of(out / "whole" / "out.mkv")
    report |= {"equal": killed == whole, "pictures": len(whole), "cached": made_in(out / "cache")}
    (out / "report.json").write_text(json.dumps(report, indent=1))
    print(json.dumps(report))


def _project(film: Path, out: Path, frames: int) -> Path:
    from vgan_studio.service import gestures
    from vgan_studio.service.document import empty_film
    from vgan_studio.service.importing import look
    from vgan_studio.timeline import otio
    from vgan_studio.timeline.edit import extract_range
    from vgan_studio.timeline.effects import add_effect
    from vgan_studio.timeline.values import EffectCall

    media = look(film.absolute()).media
    timeline = gestures.place(gestures.add_all(empty_film(), [media]), [media], 0, 0)
    timeline = extract_range(timeline, 0, frames, timeline.duration)
    timeline = add_effect(timeline, timeline.tracks[0].clips[0].id, EffectCall("gan.upscale"))
    otio.save(timeline, out / "film.otio")
    return out / "film.otio"


if __name__ == "__main__":
    main()

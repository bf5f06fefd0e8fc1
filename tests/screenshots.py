"""Three pictures of the window with the demo film, for README.md.

    python -m tests.screenshots FOLDER

Needs no screen; `make screenshots` calls it.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

SIZE = 1280, 720
PATIENCE_S = 120.0
SHOTS = (("editor", "edit", "dark", "en"), ("effects", "effects", "light", "en"), ("audio", "audio", "dark", "zh_CN"))


def main(folder: Path) -> int:
    """Make the pictures; 1 if the window did not come to rest."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QSettings
    from PySide6.QtWidgets import QApplication

    from vgan_studio.cli.demo import making
    from vgan_studio.ui.main_window import MainWindow

    app = QApplication([])
    with tempfile.TemporaryDirectory() as scratch:
        *_, project = making(Path(scratch) / "demo")
        settings = QSettings(f"{scratch}/s.ini", QSettings.Format.IniFormat)
        for name, value in (("toured", True), ("language", "en"), ("theme", "dark")):
            settings.setValue(name, value)
        window = MainWindow(settings, Path(scratch) / "state", Path(scratch) / "cache")
        window.resize(*SIZE)
        window.show()
        window.begin([project])
        wait(app, lambda: window.document.timeline.duration > 0 and bool(window.effects))
        for name, layout, theme, language in SHOTS:
            window.speak(language)
            wait(app, lambda language=language: app.property("language") == language)
            wait(app, lambda: False, 0.5)
            window.lay_out(layout)
            window.wear(theme)
            clips = window.document.timeline.tracks[0].clips
            window.timeline_view.select([clips[1].id])
            window.preview.seek(clips[1].start + clips[1].duration // 2)
            wait(app, lambda: False, 4.0)
            wait(app, lambda: window._state_of_work[0] == "idle", 60.0)
            wait(app, lambda: False, 1.0)
            window.grab().save(str(folder / f"window-{name}.jpg"), quality=88)
        window._closing = True
        window.close()
    return 0


def wait(app, until, seconds: float = PATIENCE_S) -> None:
    """Let the window work until something is so, or for so long."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and not until():
        app.processEvents()
        time.sleep(0.01)


if __name__ == "__main__":
    code = main(Path(sys.argv[1]))
    sys.stdout.flush()
    os._exit(code)

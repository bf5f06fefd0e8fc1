"""The short version of `tests/stress.py`: random gestures on a real window."""

import pytest
import shiboken6
from PySide6.QtCore import QSettings

from tests.stress import run
from vgan_studio.ui.main_window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # of the offscreen platform


@pytest.mark.parametrize("seed", [1, 2])
def test_whatever_is_done_the_film_stays_sound_and_undo_leads_to_the_start(qtbot, tmp_path, seed):
    settings = QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat)
    window = MainWindow(settings, tmp_path / "state", tmp_path / "cache")
    window.resize(1280, 720)
    window.show()
    qtbot.waitExposed(window)
    figures = run(window, 150, seed)
    assert figures["steps"] > 10
    window._closing = True
    window.recovery.leave()
    shiboken6.delete(window)

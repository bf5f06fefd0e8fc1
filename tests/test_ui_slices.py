"""Work in slices: the window's colours change in turns of the event loop, and what comes later is made ahead."""

import time

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QPalette

from vgan_studio.ui import theme as themes
from vgan_studio.ui.ahead import ahead
from vgan_studio.ui.slices import Slices
from vgan_studio.ui.words import _pattern, prepare_words

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # of the offscreen platform


@pytest.fixture
def window(windows):
    return windows.open({"theme": "dark"})


def test_another_theme_dresses_the_whole_window_and_paints_only_then(window, qtbot, qapp):
    window.wear("light")
    assert not window.updatesEnabled()
    qtbot.waitUntil(window.updatesEnabled)
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == themes.LIGHT.window
    assert themes.LIGHT.window in qapp.styleSheet() and themes.DARK.window not in qapp.styleSheet()
    assert window.timeline_view.page.theme == window.viewer.canvas._theme == themes.LIGHT


def test_to_change_one_s_mind_midway_ends_in_the_last_choice(window, qtbot, qapp):
    window.wear("light")
    window.wear("dark")
    qtbot.waitUntil(window.updatesEnabled)
    assert themes.DARK.window in qapp.styleSheet()
    assert window.timeline_view.page.theme == themes.DARK and window.actions_["theme_dark"].isChecked()


def test_slices_are_taken_in_turns_and_a_newer_wish_drops_the_older(qtbot):
    owner, taken = QObject(), []

    def steps(name):
        for number in range(3):
            taken.append((name, number))
            yield

    slices = Slices(owner)
    slices.begin(steps("a"))
    assert taken == [("a", 0)]
    slices.begin(steps("b"))
    qtbot.waitUntil(lambda: taken[-1] == ("b", 2))
    assert ("a", 1) not in taken
    slices.begin(steps("c"), at_once=True)
    assert taken[-3:] == [("c", 0), ("c", 1), ("c", 2)]


def test_what_comes_later_is_made_ahead_in_slices_shorter_than_a_picture(qapp):
    _pattern.cache_clear()
    worst, began = 0.0, time.thread_time()
    for _ in prepare_words():
        now = time.thread_time()
        worst, began = max(worst, now - began), now
    assert worst < 0.016
    for _ in ahead():
        pass
    before = themes.icon.cache_info().misses
    themes.icon("play", themes.LIGHT)
    assert themes.icon.cache_info().misses == before

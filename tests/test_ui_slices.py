"""Work in slices: the window's colours change in turns of the event loop, and what comes later is made ahead."""

import time
from fractions import Fraction

import pytest
import shiboken6
from PySide6.QtCore import QObject

from tests.windows import worn
from vgan_studio.ui import theme as themes
from vgan_studio.ui.ahead import ahead
from vgan_studio.ui.questions import SpeedQuestion
from vgan_studio.ui.slices import Slices
from vgan_studio.ui.words import _pattern, prepare_words

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # of the offscreen platform


@pytest.fixture
def window(windows):
    return windows.open({"theme": "dark"})


def looks(*shown):
    return [one.grab().toImage() for one in shown]


def test_another_theme_dresses_window_and_dialogs_as_if_they_had_always_worn_it(window, qtbot, qapp):
    window.tell("Something went wrong.", bad=True)
    qapp.setCursorFlashTime(0)
    dialog = SpeedQuestion(Fraction(2), window)
    dialog.show()
    dark = looks(window, dialog)
    window.wear("light")
    assert not worn(window), "which takes some turns"
    later = SpeedQuestion(Fraction(3), window)
    later.show()
    qtbot.waitUntil(lambda: worn(window))
    assert window.timeline_view.page.theme == window.viewer.canvas._theme == themes.LIGHT
    qtbot.wait(20)
    light = looks(window, dialog, later)
    qapp.setStyleSheet(qapp.styleSheet())  # Qt looks up every colour of every widget
    assert light == looks(window, dialog, later)
    assert all(now != then for now, then in zip(light, dark, strict=False))
    later.close()
    window.wear("dark")
    qtbot.waitUntil(lambda: worn(window))
    qtbot.wait(20)
    assert looks(window) == dark[:1]


def test_to_change_one_s_mind_midway_ends_in_the_last_choice(window, qtbot, qapp):
    dark = looks(window)
    window.wear("light")
    window.wear("dark")
    qtbot.waitUntil(lambda: worn(window) and looks(window) == dark)
    assert window.timeline_view.page.theme == window.viewer.canvas._theme == themes.DARK
    assert window.actions_["theme_dark"].isChecked()


def test_windows_and_dialogs_may_be_closed_while_colours_change(window, qtbot):
    dialog = SpeedQuestion(Fraction(2), window)
    dialog.show()
    window.wear("light")
    shiboken6.delete(dialog)
    qtbot.waitUntil(lambda: worn(window))
    window.wear("dark")
    window._closing = True
    window.close()
    qtbot.wait(50)
    assert not window.isVisible()


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

"""The window by the keyboard alone: buttons are pressed, lists are gone along, and keys are never taken twice."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView, QToolButton

from tests.films import write_film
from tests.windows import take_in

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # of the offscreen platform
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(windows, qtbot):
    window = windows.open({"toured": True})
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


@pytest.fixture
def bin(qtbot, window, tmp_path):
    """The list of the bin, with three films in it, the first of which is current."""
    films = [
        write_film(tmp_path / f"{count}.mkv", count, size=(64, 48), codec="ffv1", b_frames=0) for count in (5, 6, 7)
    ]
    take_in(qtbot, window, *films)
    shown = window.media_bin.list
    shown.setFocus(Qt.FocusReason.TabFocusReason)
    shown.setCurrentRow(0)
    return shown


def test_arrows_go_along_the_bin_while_it_has_the_keyboard_and_not_along_the_film(window, bin):
    window.editing.append(window.media_bin.chosen)
    window.preview.seek(2)
    QTest.keyClick(bin, Qt.Key.Key_Down)
    QTest.keyClick(bin, Qt.Key.Key_Down, SHIFT)
    assert [index.row() for index in bin.selectedIndexes()] == [1, 2]
    QTest.keyClick(bin, Qt.Key.Key_Home)
    assert bin.currentRow() == 0 and window.preview.frame == 2
    QTest.keyClick(bin, Qt.Key.Key_Right)
    assert window.preview.frame == 3, "a list has nothing to the right"
    bin.setViewMode(QListView.ViewMode.IconMode)
    QTest.keyClick(bin, Qt.Key.Key_Right)
    assert bin.currentRow() == 1 and window.preview.frame == 3


def test_the_keyboard_stays_where_it_is_in_the_bin_when_that_is_filled_anew(window, bin):
    QTest.keyClick(bin, Qt.Key.Key_Down)
    window.media_bin._fill()
    assert bin.currentRow() == 1
    QTest.keyClick(bin, Qt.Key.Key_Down, SHIFT)
    assert [index.row() for index in bin.selectedIndexes()] == [1, 2]


def test_all_of_the_bin_is_selected_where_the_keyboard_is(window, bin):
    QTest.keyClick(bin, Qt.Key.Key_A, CTRL)
    assert len(window.media_bin.chosen) == 3
    QTest.keyClick(bin, Qt.Key.Key_E)
    assert len(window.document.timeline.tracks[0].clips) == 3


def test_return_and_space_press_a_button_that_the_keyboard_has_led_to(qtbot, window):
    buttons = {one.text(): one for one in window.layout_buttons.findChildren(QToolButton)}
    for key, name in ((Qt.Key.Key_Return, "Effects"), (Qt.Key.Key_Enter, "Audio"), (Qt.Key.Key_Space, "Export")):
        buttons[name].setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(buttons[name], key)
        assert window.layouts.name == name.lower() and not window.playback.speed


def test_space_plays_for_one_who_has_clicked_a_button(qtbot, window, bin):
    window.editing.append(window.media_bin.chosen)
    shown = window.media_bin.findChild(QToolButton)
    QTest.mousePress(shown, Qt.MouseButton.LeftButton)
    shown.setFocus(Qt.FocusReason.MouseFocusReason)
    QTest.mouseRelease(shown, Qt.MouseButton.LeftButton)
    icons = window.media_bin.list.viewMode()
    QTest.keyClick(shown, Qt.Key.Key_Space)
    assert window.playback.speed == 1 and window.media_bin.list.viewMode() is icons


def test_what_is_hidden_leaves_the_keyboard_to_the_timeline(qtbot, window):
    field = window.media_bin._search
    field.setFocus()
    window.layouts.docks["history"].raise_()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is window.timeline_view)
    window.layouts.docks["bin"].raise_()
    field.setFocus()
    window.layouts.docks["bin"].hide()
    assert QApplication.focusWidget() is window.timeline_view

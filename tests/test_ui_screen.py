"""The picture over the whole screen, and tracks that keep their heights, in the words of who works there."""

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt

from tests.films import write_film
from tests.windows import speaks, take_in, worn
from vgan_studio.service.document import empty_film

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # of the offscreen platform


@pytest.fixture
def make(windows):
    """Make windows with the same settings, one after the other."""
    return lambda: windows.open({"render/idle_s": 0, "toured": True})


@pytest.fixture
def window(qtbot, make, tmp_path):
    film = write_film(tmp_path / "numbers.mkv", 12, size=(64, 48), codec="ffv1", b_frames=0)
    window = make()
    window.editing.append(take_in(qtbot, window, film))
    return window


def test_f11_shows_the_picture_alone_and_escape_returns(qtbot, window):
    canvas, full = window.viewer.canvas, window.on_screen.full
    window.timeline_view.select([window.document.timeline.tracks[0].clips[0].id])
    assert window.on_screen.posing.handles.posed is not None
    before = canvas.geometry()
    qtbot.keyClick(window, Qt.Key.Key_F11)
    assert full.isVisible() and full.isFullScreen() and canvas.window() is full
    assert canvas.size() == full.size() and window.isVisible()
    assert window.on_screen.posing.handles.posed is None, "nothing lies over the picture"
    place = canvas._place(1.0)
    assert min(abs(place.height() - canvas.height()), abs(place.width() - canvas.width())) < 1
    qtbot.keyClick(full, Qt.Key.Key_Right)
    assert window.preview.frame == 1, "the keys that play do so there, too"
    qtbot.keyClick(full, Qt.Key.Key_Escape)
    assert not full.isVisible() and canvas.window() is window
    qtbot.waitUntil(lambda: canvas.geometry() == before)
    assert window.on_screen.posing.handles.posed is not None


def test_f11_returns_too_and_so_does_closing_that_window(qtbot, window):
    canvas, full = window.viewer.canvas, window.on_screen.full
    for leave in (window.actions_["full"].trigger, full.close):
        window.actions_["full"].trigger()
        assert canvas.window() is full
        leave()
        assert canvas.window() is window and canvas.isVisible() and not full.isVisible()


def test_a_click_on_the_whole_screen_moves_no_picture(qtbot, window):
    window.timeline_view.select([window.document.timeline.tracks[0].clips[0].id])
    before = window.document.timeline
    window.actions_["full"].trigger()
    canvas = window.viewer.canvas
    middle = canvas.rect().center()
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=middle)
    qtbot.mouseMove(canvas, middle + QPoint(80, 0))
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=middle + QPoint(80, 0))
    assert window.document.timeline == before
    window.actions_["full"].trigger()


def test_tracks_keep_their_heights_with_the_project(qtbot, make, window, tmp_path):
    path = tmp_path / "film.otio"
    window.timeline_view.set_height(0, 2.0)
    with qtbot.waitSignal(window.document.saved):
        window.document.save(path)
    window.timeline_view.set_height(2, 1.5)
    window.on_screen.heights.keep()
    window.document.start(empty_film())
    assert set(window.timeline_view.scale.heights) == {1.0}, "another film has its own"
    other = make()
    with qtbot.waitSignal(other.document.opened):
        other.document.open(path)
    assert other.timeline_view.scale.heights == (2.0, 1.0, 1.5)
    other.timeline_view.set_height(-1, 1.0)
    other.on_screen.heights.keep()
    assert "rows" not in other.settings.allKeys() or str(other.settings.value("rows")) == "{}"


@pytest.mark.parametrize("kept", ["", "[]", "{", '{"a": 3}', '{"a": ["x", 1e9, -1]}'])
def test_damaged_heights_are_none(make, kept):
    window = make()
    window.settings.setValue("rows", kept)
    assert not any(window.on_screen.heights._kept().values())


class Paints(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, widget):
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched, event):
        self.count += event.type() == QEvent.Type.Paint
        return False


def test_the_window_goes_on_painting_after_another_language_is_spoken(qtbot, window):
    old = window.timeline_view
    window.update()
    window.speaking.speak("zh_CN")
    qtbot.waitUntil(lambda: speaks(window, "zh_CN") and worn(window))
    assert window.timeline_view is not old
    paints = Paints(window.timeline_view.viewport())
    qtbot.wait(50)
    paints.count = 0
    window.timeline_view.zoom(2.0)
    try:
        qtbot.waitUntil(lambda: paints.count > 0)
    finally:
        window.speaking.speak("en")
        qtbot.waitUntil(lambda: speaks(window, "en") and worn(window))

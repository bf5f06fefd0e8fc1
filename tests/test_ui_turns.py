"""Transitions that are made longer and shorter by their ends on the timeline, in the words of who drags them."""

from fractions import Fraction

import pytest
from PySide6.QtCore import QPoint, Qt

from vgan_studio.timeline.check import faults
from vgan_studio.timeline.effects import set_transition
from vgan_studio.timeline.values import Clip, EffectCall, Media, Timeline, Track, Transition
from vgan_studio.ui.timeline_turns import place_of

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # of the offscreen platform
LEFT = Qt.MouseButton.LeftButton
FILM = Media("/films/a.mp4", "a", Fraction(10), 320, 180, Fraction(25))
ZOOM = 6


@pytest.fixture
def window(windows):
    """A window with two clips of 80 frames; the second comes in by a dissolve of 10 frames before the cut and 15 after."""
    window = windows.open({"toured": True})
    turn = Transition(10, 15, EffectCall("core.dissolve"))
    clips = Clip(1, 0, 80, FILM), Clip(2, 80, 80, FILM, transition=turn)
    film = Timeline(Fraction(25), 320, 180, tracks=(Track("video", clips),), media=(FILM,), next_id=3)
    window.document.start(film)
    view = window.timeline_view
    view.zoom(ZOOM / view.scale.zoom, view.scale.header)
    return window


def turn(window):
    found = window.document.timeline.tracks[0].clips[1].transition
    return found.before, found.after


def pull(qtbot, window, side, frames):
    """Drag an end of the transition by so many frames."""
    view = window.timeline_view
    row = next(row for row in view.scale.rows(view.timeline) if row.track == 0)
    rect = place_of(view.scale, row, view.timeline.tracks[0].clips[1], *turn(window))
    start = QPoint(round(rect.left() if side == "head" else rect.right()), round(rect.center().y()))
    page = view.viewport()
    qtbot.mouseMove(page, start)
    qtbot.mousePress(page, LEFT, pos=start)
    for share in (0.3, 0.7, 1.0):
        qtbot.mouseMove(page, start + QPoint(round(ZOOM * frames * share), 0))
    qtbot.mouseRelease(page, LEFT, pos=start + QPoint(ZOOM * frames, 0))


def test_dragging_an_end_of_a_transition_makes_it_longer_and_is_one_step(qtbot, window):
    steps, before = len(window.document.history.steps), window.document.timeline
    pull(qtbot, window, "head", -12)
    assert turn(window) == (22, 15) and window.timeline_view.selection == {2}
    pull(qtbot, window, "tail", 20)
    assert turn(window) == (22, 35)
    assert len(window.document.history.steps) == steps + 2
    window.document.undo()
    window.document.undo()
    assert window.document.timeline == before, "no clip was moved or trimmed"


def test_a_transition_is_no_longer_than_there_is_room_and_no_shorter_than_a_frame(qtbot, window):
    pull(qtbot, window, "tail", -40)
    assert turn(window) == (10, 0)
    pull(qtbot, window, "head", 40)
    assert turn(window) == (1, 0)
    window.document.undo()
    pull(qtbot, window, "head", -90)
    assert turn(window) == (80, 0) and not list(faults(window.document.timeline))


def test_an_end_of_a_clip_below_the_end_of_a_transition_is_trimmed_too(qtbot, window):
    window.document.do("Change transition", set_transition, 2, Transition(80, 80, EffectCall("core.dissolve")))
    view = window.timeline_view
    with qtbot.waitSignal(view.trim_wished), qtbot.assertNotEmitted(view.turn_wished):
        pull(qtbot, window, "head", 10)


def test_the_cut_below_a_transition_is_trimmed_as_any_other(qtbot, window):
    view = window.timeline_view
    row = next(row for row in view.scale.rows(view.timeline) if row.track == 0)
    cut = QPoint(round(view.scale.x(80)) + 1, round(view.scale.y(row) + row.height / 2))
    with qtbot.waitSignal(view.trim_wished), qtbot.assertNotEmitted(view.turn_wished):
        page = view.viewport()
        qtbot.mousePress(page, LEFT, pos=cut)
        for way in (20, 40, 60):
            qtbot.mouseMove(page, cut + QPoint(way, 0))
        qtbot.mouseRelease(page, LEFT, pos=cut + QPoint(60, 0))

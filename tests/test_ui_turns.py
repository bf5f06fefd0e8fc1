"""Transitions that are made longer and shorter by their ends on the timeline, in the words of who drags them."""

from fractions import Fraction

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from vgan_studio.timeline.check import faults
from vgan_studio.timeline.curve import Curve, Key
from vgan_studio.timeline.effects import TURN, set_transition
from vgan_studio.timeline.values import Clip, EffectCall, Marker, Media, Timeline, Track, Transition
from vgan_studio.ui import timeline_overlay
from vgan_studio.ui.timeline_lanes import lane_rect
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
    film = Timeline(
        Fraction(25), 320, 180, tracks=(Track("video", clips),), media=(FILM,), next_id=3, markers=(Marker(110),)
    )
    window.document.start(film)
    view = window.timeline_view
    view.zoom(ZOOM / view.scale.zoom, view.scale.header)
    window.preview.seek(120)
    return window


def turn(window):
    found = window.document.timeline.tracks[0].clips[1].transition
    return found.before, found.after


def pull(qtbot, window, side, frames, held=Qt.KeyboardModifier.NoModifier, *, hold=False):
    """Drag an end of the transition by so many frames; with `hold` the button stays down, and the gesture is given."""
    view = window.timeline_view
    row = next(row for row in view.scale.rows(view.timeline) if row.track == 0)
    rect = place_of(view.scale, row, view.timeline.tracks[0].clips[1], *turn(window))
    start = QPoint(round(rect.left() if side == "head" else rect.right()), round(rect.center().y()))
    page = view.viewport()
    qtbot.mousePress(page, LEFT, pos=start)
    for share in (0.3, 0.7, 1.0):
        where = QPointF(start + QPoint(round(ZOOM * frames * share), 0))
        event = QMouseEvent(QEvent.Type.MouseMove, where, page.mapToGlobal(where), LEFT, LEFT, held)
        QApplication.sendEvent(page, event)
    gesture = view.gesture
    if not hold:
        qtbot.mouseRelease(page, LEFT, held, start + QPoint(ZOOM * frames, 0))
    return gesture


def reddest(window):
    """The column of the timeline with most of the line that says where something is met; None where there is none."""
    view = window.timeline_view
    page = view.viewport().grab().toImage()
    rows, columns = range(view.scale.ruler, page.height(), 2), range(view.scale.header, page.width())
    found = {x: sum((at := page.pixelColor(x, y)).red() > at.green() + 40 for y in rows) for x in columns}
    best = max(found, key=lambda x: found[x])
    return best if found[best] > len(rows) / 4 else None


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


def test_an_end_of_a_transition_meets_markers_and_the_playhead_and_ctrl_or_the_key_s_lets_it_go_past(qtbot, window):
    view = window.timeline_view
    assert view.scale.reach == 2 and reddest(window) is None
    held = pull(qtbot, window, "tail", 14, hold=True)  # to 109, next to the marker at 110
    assert (held.after, held.met) == (30, 110)
    assert abs(reddest(window) - view.scale.x(110)) <= 1, "a line says where it is met"
    qtbot.mouseRelease(view.viewport(), LEFT)
    assert turn(window) == (10, 30) and reddest(window) is None
    pull(qtbot, window, "tail", 9)  # to 119, next to the playhead at 120
    assert turn(window) == (10, 40)
    pull(qtbot, window, "tail", -1, Qt.KeyboardModifier.ControlModifier)
    assert turn(window) == (10, 39)
    pull(qtbot, window, "tail", -3)
    qtbot.keyClick(view, Qt.Key.Key_S)
    assert not view.snapping
    pull(qtbot, window, "tail", 3)
    assert turn(window) == (10, 39)


def test_an_end_of_a_transition_does_not_go_to_the_playhead_where_there_is_no_room(qtbot, window):
    window.preview.seek(161)
    held = pull(qtbot, window, "tail", 64, hold=True)
    assert held.after == 80 and held.met == 160, "the end of the clip, which is there to be met"
    window.preview.seek(79)
    held = pull(qtbot, window, "tail", -15, hold=True)
    assert held.after == 0 and held.met == 80, "the cut"


def test_while_an_end_of_a_transition_is_dragged_its_ghost_says_how_long_it_gets(qtbot, window, monkeypatch):
    said = []
    monkeypatch.setattr(timeline_overlay, "_note", lambda painter, page, rect, words: said.append((rect, words)))
    view = window.timeline_view
    pull(qtbot, window, "tail", 10, hold=True)
    view.viewport().grab()
    rect, words = said[-1]
    assert words == "00:00:01:10  (+10)"
    assert (rect.left(), rect.right()) == (view.scale.x(70), view.scale.x(105))
    assert turn(window) == (10, 15), "nothing is edited while the button is down"
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    qtbot.mouseRelease(view.viewport(), LEFT)
    assert turn(window) == (10, 15)


def test_a_click_on_an_end_of_a_transition_moves_nothing(qtbot, window):
    before, steps = window.document.timeline, len(window.document.history.steps)
    for frames in (0, 0.5):
        pull(qtbot, window, "tail", 0)
        pull(qtbot, window, "head", frames)
    assert window.document.timeline is before and len(window.document.history.steps) == steps


# the keys of its parameters

ANGLE = Curve((Key(-10, 0.0), Key(0, 40.0, "ease"), Key(14, 90.0)))


@pytest.fixture
def wiped(window):
    """The window, with a wipe whose angle has keys before the cut, on it and behind it; its clip is selected."""
    wipe = EffectCall("core.wipe", (("angle", ANGLE), ("softness", 0.1)))
    window.document.do("Change transition", set_transition, 2, Transition(10, 15, wipe))
    window.timeline_view.select([2])
    return window


def key_at(window, frame):
    """The place of a key of the transition, by its frame from the cut."""
    view = window.timeline_view
    return QPoint(round(view.scale.x(80 + frame) + ZOOM / 2), round(lane_rect(view.page, 0).center().y()))


def angle(window):
    return dict(window.document.timeline.tracks[0].clips[1].transition.effect.params)["angle"]


def drag_key(qtbot, window, frame, by):
    page, start = window.timeline_view.viewport(), key_at(window, frame)
    qtbot.mousePress(page, LEFT, pos=start)
    for share in (0.4, 0.7, 1.0):
        qtbot.mouseMove(page, start + QPoint(round(ZOOM * by * share), 0))
    qtbot.mouseRelease(page, LEFT, pos=start + QPoint(ZOOM * by, 0))


def test_the_keys_of_a_transition_lie_in_a_lane_below_it_which_is_as_long_as_it_is(wiped):
    view = wiped.timeline_view
    (lane,) = view.page.lanes
    assert lane.words == "Wipe: Angle" and lane.curve == ANGLE
    rect = lane_rect(view.page, 0)
    assert (rect.left(), rect.right()) == (view.scale.x(70), view.scale.x(95)), "it begins before the clip does"
    point = key_at(wiped, -10)
    view._point(point.x(), point.y())
    assert view.viewport().toolTip() == "Wipe: Angle  0°"
    view.select([1])
    assert not view.page.lanes, "a transition belongs to the clip that comes in"


def test_dragging_a_key_of_a_transition_moves_it_within_the_transition_and_is_one_step(qtbot, wiped):
    wiped.timeline_view.snapping = False
    before, steps = wiped.document.timeline, len(wiped.document.history.steps)
    drag_key(qtbot, wiped, 0, -4)
    assert [key.frame for key in angle(wiped).keys] == [-10, -4, 14]
    assert len(wiped.document.history.steps) == steps + 1
    wiped.document.undo()
    assert wiped.document.timeline == before
    drag_key(qtbot, wiped, -10, -8)
    assert wiped.document.timeline == before, "before the transition begins there is nothing"
    drag_key(qtbot, wiped, -10, 5)
    drag_key(qtbot, wiped, 14, 30)
    assert [key.frame for key in angle(wiped).keys] == [-5, 0, 14], "nor behind its end"


def test_keys_of_a_transition_are_set_shaped_and_taken_away_each_in_one_step(qtbot, wiped):
    view, page, steps = wiped.timeline_view, wiped.timeline_view.viewport(), len(wiped.document.history.steps)
    qtbot.mouseDClick(page, LEFT, pos=key_at(wiped, -6))
    assert angle(wiped).keys[1] == Key(-6, ANGLE.at(-6)) and len(wiped.document.history.steps) == steps + 1
    qtbot.mouseClick(page, LEFT, pos=key_at(wiped, -6))
    assert view.keys == {(TURN, "angle", -6)}
    menu = wiped.menus.of_lane(2, (TURN, "angle"), -6)
    next(action for action in menu.actions() if action.text() == "Hold").trigger()
    assert angle(wiped).keys[1].ease == "hold" and len(wiped.document.history.steps) == steps + 2
    qtbot.keyClick(view, Qt.Key.Key_Delete)
    assert angle(wiped) == ANGLE and len(wiped.document.history.steps) == steps + 3
    assert len(wiped.document.timeline.tracks[0].clips) == 2, "the key went, not the clip"
    menu = wiped.menus.of_lane(2, (TURN, "angle"), 5)
    next(action for action in menu.actions() if action.text() == "Remove all keys").trigger()
    assert angle(wiped) == 0.0 and not view.page.lanes


def test_the_diamond_of_a_transition_gives_it_a_lane(qtbot, wiped):
    import vgan_studio.effects.families  # noqa: F401
    from vgan_studio.effects.spec import REGISTRY

    wiped._know_effects(REGISTRY)
    wiped.preview.seek(76)
    (box,) = wiped.inspector._turns
    qtbot.mouseClick(box._box._diamonds["softness"], LEFT)
    assert [lane.words for lane in wiped.timeline_view.page.lanes] == ["Wipe: Angle", "Wipe: Softness"]
    assert wiped.timeline_view.page.lanes[1].curve == Curve((Key(-4, 0.1),))

"""Lanes of keys under the selected clip, in the words of who edits them."""

import time
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage, QPainter

from vgan_studio.errors import EditError
from vgan_studio.service.document import Document
from vgan_studio.service.jobs import Jobs
from vgan_studio.timeline.check import faults
from vgan_studio.timeline.curve import Curve, Key
from vgan_studio.timeline.effects import TURN
from vgan_studio.timeline.keys import VOLUME, add_key, curves, ease_keys, move_keys, remove_keys, span
from vgan_studio.timeline.values import Clip, EffectCall, Media, Timeline, Track, Transition
from vgan_studio.ui.editing import Editing
from vgan_studio.ui.timeline_lanes import lane_rect, spots_of
from vgan_studio.ui.timeline_paint import paint
from vgan_studio.ui.timeline_view import TimelineView

LEFT = Qt.MouseButton.LeftButton
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
FILM = Media("/films/a.mp4", "a", Fraction(90), 320, 180, Fraction(25), channels=2, sample_rate=48000)
SCALE = Curve((Key(0, 1.0), Key(20, 2.0, "ease"), Key(60, 1.0)))
PLACE = Curve((Key(10, (0.0, 0.0), "hold"), Key(40, (0.2, 0.1))))
CALL = EffectCall("geometry.transform", (("position", PLACE), ("rotation", 5.0), ("scale", SCALE)))
POSITION, SIZE = (0, "position"), (0, "scale")


def film(clips=1):
    made = tuple(Clip(n + 1, n * 100, 100, FILM, effects=(CALL,)) for n in range(clips))
    tracks = (Track("video", made), Track("video"), Track("audio"))
    return Timeline(Fraction(25), 320, 180, tracks=tracks, media=(FILM,), next_id=clips + 1)


@pytest.fixture
def view(qtbot):
    view = TimelineView(film())
    qtbot.addWidget(view)
    view.resize(1000, 320)
    view.show()
    qtbot.waitExposed(view)
    view.zoom(6.0 / view.scale.zoom, view.scale.header)
    return view


@pytest.fixture
def edited(qtbot, view):
    """The view, with a document behind it."""
    jobs = Jobs()
    document = Document(jobs, jobs)
    editing = Editing(document, view, view)
    document.changed.connect(view.show_timeline)
    document.start(film())
    view.zoom(6.0 / view.scale.zoom, view.scale.header)
    for wish, do in (
        (view.keys_moved, editing.move_keys), (view.key_wished, editing.add_key),
        (view.keys_removed, editing.remove_keys),
    ):  # fmt: skip
        wish.connect(do)
    view.select([1])
    view.editing, view.document = editing, document
    return view


def key_at(view, number, frame):
    rect = lane_rect(view.page, number)
    return QPoint(round(view.scale.x(frame) + min(view.scale.zoom / 2, 6)), round(rect.center().y()))


def drag(qtbot, view, start, way, held=Qt.KeyboardModifier.NoModifier):
    page = view.viewport()
    qtbot.mousePress(page, LEFT, held, start)
    for step in (0.3, 0.7, 1.0):
        qtbot.mouseMove(page, start + QPoint(round(way * step), 0))
    qtbot.mouseRelease(page, LEFT, held, start + QPoint(way, 0))


def frames(view, name):
    params = dict(view.timeline.tracks[0].clips[0].effects[0].params)
    return [key.frame for key in params[name].keys]


def test_the_selected_clip_shows_a_lane_for_each_parameter_that_changes(view):
    assert not view.page.lanes
    low = view.scale.rows(view.timeline)[-1].top
    view.select([1])
    assert [lane.words for lane in view.page.lanes] == ["Transform: Position", "Transform: Scale"]
    assert view.scale.rows(view.timeline)[-1].top == low + 2 * view.scale.lane, "what lies below makes room"
    view.show_lanes(False)
    assert not view.page.lanes and view.scale.rows(view.timeline)[-1].top == low
    view.show_lanes(True)
    view.select([])
    assert not view.page.lanes and view.scale.rows(view.timeline)[-1].top == low


def test_dragging_a_key_moves_it_and_is_one_step(qtbot, edited):
    before, steps = edited.timeline, len(edited.document.history.steps)
    drag(qtbot, edited, key_at(edited, 1, 20), 6 * 7)
    assert frames(edited, "scale") == [0, 27, 60] and frames(edited, "position") == [10, 40]
    assert len(edited.document.history.steps) == steps + 1
    edited.document.undo()
    assert edited.timeline == before


def test_a_dragged_key_snaps_to_the_playhead_and_to_other_keys(qtbot, edited):
    edited.show_frame(30)
    drag(qtbot, edited, key_at(edited, 1, 20), 6 * 9 + 1)
    assert frames(edited, "scale") == [0, 30, 60]
    drag(qtbot, edited, key_at(edited, 1, 30), 6 * 9 + 1)
    assert frames(edited, "scale") == [0, 40, 60], "where the other curve has one"
    edited.snapping = False
    drag(qtbot, edited, key_at(edited, 1, 40), -6 * 9, CTRL)
    assert frames(edited, "scale") == [0, 31, 60], "without snapping it goes anywhere"


def test_a_key_stays_within_its_clip_and_never_lies_on_another(qtbot, edited):
    edited.snapping = False
    drag(qtbot, edited, key_at(edited, 1, 20), 6 * 40)
    assert frames(edited, "scale")[0] == 0 and len(frames(edited, "scale")) == 3
    edited.document.undo()
    drag(qtbot, edited, key_at(edited, 1, 60), 6 * 80)
    assert frames(edited, "scale") == [0, 20, 99]


def test_a_click_chooses_a_key_and_shift_more_which_are_dragged_together(qtbot, edited):
    edited.snapping = False
    page, steps = edited.viewport(), len(edited.document.history.steps)
    qtbot.mouseClick(page, LEFT, pos=key_at(edited, 1, 20))
    assert edited.keys == {(*SIZE, 20)} and len(edited.document.history.steps) == steps
    qtbot.mouseClick(page, LEFT, SHIFT, key_at(edited, 0, 40))
    assert edited.keys == {(*SIZE, 20), (*POSITION, 40)}
    qtbot.mouseClick(page, LEFT, SHIFT, key_at(edited, 0, 40))
    assert edited.keys == {(*SIZE, 20)}
    qtbot.mouseClick(page, LEFT, SHIFT, key_at(edited, 0, 40))
    drag(qtbot, edited, key_at(edited, 0, 40), 6 * 5)
    assert (frames(edited, "scale"), frames(edited, "position")) == ([0, 25, 60], [10, 45])
    assert edited.keys == {(*SIZE, 25), (*POSITION, 45)}
    qtbot.mouseClick(page, LEFT, pos=QPoint(key_at(edited, 0, 70)))
    assert not edited.keys and edited.selection == {1}, "beside the keys nothing is chosen; the clip stays selected"


def test_a_double_click_sets_a_key_of_the_value_that_is_there_or_takes_one_away(qtbot, edited):
    value = SCALE.at(30)
    qtbot.mouseDClick(edited.viewport(), LEFT, pos=key_at(edited, 1, 30))
    curve = dict(edited.timeline.tracks[0].clips[0].effects[0].params)["scale"]
    assert curve.keys[2] == Key(30, value, "ease")
    qtbot.mouseDClick(edited.viewport(), LEFT, pos=key_at(edited, 1, 30))
    assert dict(edited.timeline.tracks[0].clips[0].effects[0].params)["scale"] == SCALE


def test_keys_of_a_locked_track_stay(qtbot, edited):
    locked = replace(edited.timeline.tracks[0], locked=True)
    edited.document.do("lock", lambda film: replace(film, tracks=(locked, *film.tracks[1:])))
    drag(qtbot, edited, key_at(edited, 1, 20), 60)
    assert frames(edited, "scale") == [0, 20, 60]


def test_the_tip_of_a_key_says_its_value(view):
    import vgan_studio.effects.families  # noqa: F401

    view.select([1])
    point = key_at(view, 0, 40)
    view._point(point.x(), point.y())
    assert view.viewport().toolTip() == "Transform: Position  20 %, 10 %", "as its fields do"
    clip = Clip(1, 0, 100, FILM, effects=(CALL,), gain_db=Curve((Key(20, -6.0),)))
    view.show_timeline(replace(film(), tracks=(Track("video", (clip,)), *film().tracks[1:])))
    for lane, words in ((1, "Transform: Scale  2"), (2, "Volume  -6 dB")):
        point = key_at(view, lane, 20)
        view._point(point.x(), point.y())
        assert view.viewport().toolTip() == words


def test_volume_and_generators_have_lanes_too(view):
    louder = replace(film().tracks[0].clips[0], effects=(), gain_db=Curve((Key(0, -6.0), Key(50, 0.0))))
    title = Clip(2, 200, 50, EffectCall("core.title", (("size", Curve((Key(0, 0.1), Key(9, 0.2)))),)))
    view.show_timeline(replace(film(), tracks=(Track("video", (louder, title)),), next_id=3))
    view.select([1])
    assert [lane.words for lane in view.page.lanes] == ["Volume"] and spots_of(view.page)
    view.select([2])
    assert [lane.line for lane in view.page.lanes] == [(None, "size")]


def test_ten_thousand_clips_still_paint_quickly_with_lanes(view):
    large = film(10_000)
    keys = Curve(tuple(Key(frame, 1.0 + frame % 7) for frame in range(0, 100)))
    clip = replace(large.tracks[0].clips[5000], effects=(EffectCall("geometry.transform", (("scale", keys),)),))
    clips = (*large.tracks[0].clips[:5000], clip, *large.tracks[0].clips[5001:])
    view.show_timeline(replace(large, tracks=(Track("video", clips), *large.tracks[1:])))
    view.select([clip.id])
    image = QImage(1000, 320, QImage.Format.Format_RGB32)
    spent = []
    for zoom in (1e-3, 0.05, 1.0, 8.0):
        view.rescale(replace(view.scale, zoom=zoom, left=max(0.0, clip.start * zoom - 200)))
        tries = []
        for _ in range(3):  # the first loads fonts, and a busy machine may take another's time for ours
            painter = QPainter(image)
            begun = time.thread_time()
            paint(painter, view.page)
            tries.append(time.thread_time() - begun)
            painter.end()
        spent.append(min(tries))
    assert max(spent) < 0.05, spent


# the laws of the edits

some = st.lists(st.integers(0, 90), min_size=1, max_size=8, unique=True).map(sorted)
eases = st.sampled_from(["hold", "linear", "ease"])


def keyed(at, ease="linear"):
    call = EffectCall("geometry.transform", (("scale", Curve(tuple(Key(n, float(n % 5), ease) for n in at))),))
    timeline = film()
    clip = replace(timeline.tracks[0].clips[0], effects=(call,))
    return replace(timeline, tracks=(Track("video", (clip,)),))


@given(some, st.data(), st.integers(-30, 30))
def test_keys_that_move_and_move_back_are_where_they_were(at, data, by):
    timeline = keyed(at)
    moved = frozenset((*SIZE, n) for n in data.draw(st.sets(st.sampled_from(at), min_size=1)))
    try:
        there = move_keys(timeline, 1, moved, by)
    except EditError:
        stay = {n for n in at if (*SIZE, n) not in moved}
        assert stay & {frame + by for *_, frame in moved}
        return
    assert not list(faults(there))
    assert move_keys(there, 1, frozenset((*SIZE, frame + by) for *_, frame in moved), -by) == timeline


@given(some, st.integers(0, 90), eases)
def test_a_key_that_is_set_and_taken_away_changes_nothing(at, frame, ease):
    timeline = keyed(at, ease)
    if frame in at:
        with pytest.raises(EditError):
            add_key(timeline, 1, SIZE, frame)
        return
    there = add_key(timeline, 1, SIZE, frame)
    was, now = (dict(curves(one.tracks[0].clips[0]))[SIZE] for one in (timeline, there))
    assert now.at(frame) == was.at(frame)
    if ease != "ease":  # a part of a smooth way is another smooth way
        assert all(now.at(n) == pytest.approx(was.at(n)) for n in range(95))
    assert remove_keys(there, 1, [(*SIZE, frame)]) == timeline


@given(some, eases)
def test_without_its_keys_a_parameter_keeps_the_first_value(at, ease):
    timeline = keyed(at)
    eased = ease_keys(timeline, 1, [(*SIZE, n) for n in at], ease)
    assert {key.ease for key in dict(curves(eased.tracks[0].clips[0]))[SIZE].keys} == {ease}
    left = remove_keys(eased, 1, [(*SIZE, n) for n in at])
    assert dict(left.tracks[0].clips[0].effects[0].params) == {"scale": float(at[0] % 5)}


@given(st.integers(-8, 8), st.integers(-8, 8), eases)
def test_the_parameters_of_a_transition_have_keys_like_those_of_effects(at, by, ease):
    line = (TURN, "angle")
    wipe = EffectCall("core.wipe", (("angle", Curve((Key(at, 10.0, ease), Key(30, 20.0)))),))
    timeline = film(2)
    first, second = timeline.tracks[0].clips
    turned = replace(second, transition=Transition(10, 40, wipe))
    timeline = replace(timeline, tracks=(Track("video", (first, turned)),))
    there = move_keys(timeline, 2, [(*line, at)], by)
    assert not list(faults(there)) and dict(curves(there.tracks[0].clips[1]))[line].keys[0].frame == at + by
    assert move_keys(there, 2, [(*line, at + by)], -by) == timeline
    assert span(turned, line) == range(-10, 40) and span(turned, SIZE) == range(100)
    assert remove_keys(add_key(timeline, 2, line, 9), 2, [(*line, 9)]) == timeline
    left = remove_keys(timeline, 2, [(*line, at), (*line, 30)]).tracks[0].clips[1]
    assert left == replace(turned, transition=Transition(10, 40, EffectCall("core.wipe", (("angle", 10.0),))))


def test_the_volume_has_keys_like_all_else():
    clip = replace(film().tracks[0].clips[0], gain_db=Curve((Key(0, -6.0), Key(50, 0.0))))
    timeline = replace(film(), tracks=(Track("video", (clip,)),))
    moved = move_keys(timeline, 1, [(VOLUME, "gain_db", 50)], 10)
    assert moved.tracks[0].clips[0].gain_db == Curve((Key(0, -6.0), Key(60, 0.0)))
    gone = remove_keys(moved, 1, [(VOLUME, "gain_db", 0), (VOLUME, "gain_db", 60)])
    assert gone.tracks[0].clips[0].gain_db == -6.0

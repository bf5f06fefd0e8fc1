"""The timeline view: every gesture in the words of who makes it."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QWheelEvent

from tests.strategies import timelines
from vgan_studio.timeline.edit import overwrite
from vgan_studio.timeline.values import Clip, EffectCall, Marker, Media, Timeline, Track
from vgan_studio.ui.snapping import points, snap
from vgan_studio.ui.timecode import frame_of, timecode
from vgan_studio.ui.timeline_gestures import begin_trim
from vgan_studio.ui.timeline_scale import Scale, ticks
from vgan_studio.ui.timeline_view import TimelineView

FILM = Media("/films/a.mp4", "a", Fraction(4), 320, 180, Fraction(25), channels=2, sample_rate=48000)
ALT, CTRL, SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def timeline():
    """V1: a [0, 40) b [40, 80) ... c [120, 160), each from the second 1 of a film of 4 s; V2 and A1 are empty."""
    timeline = Timeline(Fraction(25), 320, 180, tracks=(Track("video"), Track("video"), Track("audio")))
    for start in (0, 40, 120):
        timeline = overwrite(timeline, 0, start, Clip(0, 0, 40, FILM, source_in=Fraction(1)))
    return timeline


@pytest.fixture
def view(qtbot, timeline):
    view = TimelineView(timeline)
    qtbot.addWidget(view)
    view.resize(1000, 260)
    view.show()
    qtbot.waitExposed(view)
    view.zoom(4.0 / view.scale.zoom, view.scale.header)  # 4 points per frame
    view.snapping = False
    return view


def at(view, frame, track=0):
    row = next(row for row in view.scale.rows(view.timeline) if row.track == track)
    return QPoint(round(view.scale.x(frame)), view.scale.y(row) + row.height // 2)


def drag(qtbot, view, start, end, held=NONE):
    page = view.viewport()
    qtbot.mousePress(page, Qt.MouseButton.LeftButton, held, start)
    for step in range(1, 5):
        _move(view, start + (end - start) * step / 4, held)
    qtbot.mouseRelease(page, Qt.MouseButton.LeftButton, held, end)


def _move(view, place, held):
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QMouseEvent
    from PySide6.QtWidgets import QApplication

    where = QPointF(place)
    left = Qt.MouseButton.LeftButton
    QApplication.sendEvent(
        view.viewport(), QMouseEvent(QEvent.Type.MouseMove, where, view.mapToGlobal(where), left, left, held)
    )


def test_a_click_on_a_clip_selects_it_and_moves_nothing(qtbot, view):
    with qtbot.assertNotEmitted(view.move_wished):
        drag(qtbot, view, at(view, 20), at(view, 20) + QPoint(2, 1))
    assert view.selection == {1}
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, CTRL, at(view, 60))
    assert view.selection == {1, 2}
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, CTRL, at(view, 20))
    assert view.selection == {2}
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, NONE, at(view, 100))
    assert view.selection == frozenset()


def test_dragging_a_clip_wishes_once_for_its_new_place(qtbot, view):
    with qtbot.waitSignal(view.move_wished) as wish:
        drag(qtbot, view, at(view, 20), at(view, 30))
    assert wish.args == [frozenset({1}), 10, 0]
    assert view.gesture is None


def test_dragging_up_wishes_for_the_track_above(qtbot, view):
    with qtbot.waitSignal(view.move_wished) as wish:
        drag(qtbot, view, at(view, 20), at(view, 20, track=1))
    assert wish.args == [frozenset({1}), 0, 1]


def test_a_picture_is_never_dragged_onto_a_sound_track(qtbot, view):
    with qtbot.waitSignal(view.move_wished) as wish:
        drag(qtbot, view, at(view, 20), at(view, 24, track=2))
    assert wish.args == [frozenset({1}), 4, 0]


def test_a_dragged_clip_snaps_to_a_cut_and_ctrl_lets_it_go(qtbot, view):
    view.snapping = True
    with qtbot.waitSignal(view.move_wished) as wish:
        drag(qtbot, view, at(view, 140), at(view, 101))  # its head comes to 81, next to the cut at 80
    assert wish.args[1] == -40
    with qtbot.waitSignal(view.move_wished) as wish:
        drag(qtbot, view, at(view, 140), at(view, 101), CTRL)
    assert wish.args[1] == -39


def test_a_clip_cannot_be_dragged_before_the_film(qtbot, view):
    with qtbot.assertNotEmitted(view.move_wished):
        drag(qtbot, view, at(view, 20), at(view, 2))


def test_escape_ends_a_drag_without_a_wish(qtbot, view):
    page = view.viewport()
    with qtbot.assertNotEmitted(view.move_wished):
        qtbot.mousePress(page, Qt.MouseButton.LeftButton, NONE, at(view, 20))
        _move(view, at(view, 50), NONE)
        qtbot.keyClick(view, Qt.Key.Key_Escape)
        qtbot.mouseRelease(page, Qt.MouseButton.LeftButton, NONE, at(view, 50))


@pytest.mark.parametrize(
    ("held", "start", "to", "wished"),
    [
        (NONE, 159, 150, [3, "tail", "trim", 150]),
        (NONE, 120, 110, [3, "head", "trim", 110]),
        (NONE, 120, 60, [3, "head", "trim", 95]),  # the film begins 25 frames earlier
        (SHIFT, 39, 30, [1, "tail", "ripple", 30]),
        (ALT, 40, 45, [2, "head", "roll", 45]),
        (NONE, 40, 30, None),  # there is a clip just before
    ],
)
def test_dragging_an_edge_wishes_for_a_trim_as_far_as_it_can_go(qtbot, view, held, start, to, wished):
    wishes = []
    view.trim_wished.connect(lambda *args: wishes.append(list(args)))
    inside = QPoint(2 if start % 40 == 0 else 1, 0)
    drag(qtbot, view, at(view, start) + inside, at(view, to), held)
    assert wishes == ([wished] if wished else [])


def test_the_edge_of_a_group_can_be_trimmed_by_few_frames_though_snapping_is_on(qtbot, view):
    tracks = view.timeline.tracks
    low, high = (replace(clip, group=9, id=id) for id, clip in ((3, tracks[0].clips[2]), (8, tracks[0].clips[2])))
    tracks = (replace(tracks[0], clips=(*tracks[0].clips[:2], low)), replace(tracks[1], clips=(high,)), tracks[2])
    view.show_timeline(replace(view.timeline, tracks=tracks, next_id=10))
    view.snapping = True
    with qtbot.waitSignal(view.trim_wished) as wish:
        drag(qtbot, view, at(view, 160) - QPoint(2, 0), at(view, 158))
    assert wish.args == [3, "tail", "trim", 158], "the end of the other clip, which goes along, does not hold it"


def test_dragging_with_alt_slips_what_a_clip_shows(qtbot, view):
    with qtbot.waitSignal(view.slip_wished) as wish:
        drag(qtbot, view, at(view, 140), at(view, 130), ALT)
    assert wish.args == [3, 10]
    with qtbot.waitSignal(view.slip_wished) as wish:
        drag(qtbot, view, at(view, 130), at(view, 190), ALT)
    assert wish.args == [3, -25], "there are no more than 25 frames before"


NO_MORE, NO_ROOM = "The medium has no more material there.", "There is no room before the clip."


@pytest.mark.parametrize(
    ("grip", "points", "free", "beyond", "held", "words"),
    [(140, 0, 130, 190, ALT, NO_MORE), (40, 2, 50, 90, ALT, NO_MORE), (160, -2, 170, 200, NONE, NO_MORE),
     (40, 2, 45, 30, NONE, NO_ROOM)],
    ids=["slip", "roll", "trim", "trim to a neighbour"],
)  # fmt: skip
def test_what_goes_no_farther_says_why_as_long_as_it_is_pulled(qtbot, view, grip, points, free, beyond, held, words):
    start = at(view, grip) + QPoint(points, 0)
    qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, held, start)
    _move(view, start + QPoint(8, 0), held)
    _move(view, at(view, free), held)
    assert view.gesture.held == ""
    _move(view, at(view, beyond), held)
    assert view.gesture.held == words
    shown = view.grab().toImage()
    view.put(gesture=replace(view.gesture, held=""))
    assert view.grab().toImage() != shown, "it stands beside the number of frames"
    qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, held, at(view, beyond))


def test_dragging_over_nothing_selects_what_the_box_touches(qtbot, view):
    drag(qtbot, view, at(view, 100) - QPoint(0, 20), at(view, 10))
    assert view.selection == {1, 2}


def test_a_press_on_the_ruler_seeks_and_goes_on_seeking(qtbot, view):
    frames = []
    view.seek_wished.connect(frames.append)
    drag(qtbot, view, QPoint(round(view.scale.x(10)), 5), QPoint(round(view.scale.x(30)), 5))
    assert frames[0] == 10
    assert frames[-1] == 30


def test_the_switches_of_a_track_are_wishes(qtbot, view):
    from vgan_studio.ui.timeline_headers import buttons

    row = view.scale.rows(view.timeline)[0]
    wishes = []
    view.switch_wished.connect(lambda track, name: wishes.append((track, name)))
    for _, rect in buttons(view.scale, row, "video"):
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, NONE, rect.center())
    assert wishes == [(1, "hide"), (1, "mute"), (1, "solo"), (1, "lock")]


def test_a_clip_on_a_locked_track_stays(qtbot, view, timeline):
    view.show_timeline(replace(timeline, tracks=(replace(timeline.tracks[0], locked=True), *timeline.tracks[1:])))
    with qtbot.assertNotEmitted(view.move_wished), qtbot.assertNotEmitted(view.trim_wished):
        drag(qtbot, view, at(view, 20), at(view, 30))
        drag(qtbot, view, at(view, 120) + QPoint(2, 0), at(view, 110))


def test_ctrl_and_wheel_zoom_at_the_pointer(qtbot, view):
    place = at(view, 60)
    zoom = view.scale.zoom
    view.wheelEvent(
        QWheelEvent(
            QPointF(place),
            QPointF(place),
            QPoint(),
            QPoint(0, 240),
            Qt.MouseButton.NoButton,
            CTRL,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
    )
    assert view.scale.zoom > zoom
    assert abs(view.scale.x(60) - place.x()) < 2


def test_fit_shows_all_of_the_film(view):
    view.fit()
    assert view.scale.x(view.timeline.duration) <= view.viewport().width()
    assert view.horizontalScrollBar().maximum() == 0


def test_the_right_button_selects_the_clip_and_wishes_for_a_menu(qtbot, view):
    with qtbot.waitSignal(view.menu_wished):
        place = at(view, 60)
        view.contextMenuEvent(QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, place))
    assert view.selection == {2}


def test_what_is_gone_is_no_longer_selected(view, timeline):
    view.select([1, 3])
    view.show_timeline(replace(timeline, tracks=(replace(timeline.tracks[0], clips=timeline.tracks[0].clips[:1]),)))
    assert view.selection == {1}


def test_the_zoom_stays_with_edits_and_still_all_of_the_film_is_seen(view, timeline):
    view.fit()
    zoom, small = view.scale.zoom, replace(timeline.tracks[0], clips=timeline.tracks[0].clips[:1])
    view.show_timeline(replace(timeline, tracks=(small, *timeline.tracks[1:])))
    assert view.scale.zoom == zoom, "a film that gets shorter is not enlarged"
    seen = []
    for start in range(160, 1600, 20):
        view.show_timeline(overwrite(view.timeline, 0, start, Clip(0, 0, 20, FILM)))
        assert view.scale.x(view.timeline.duration) <= view.page.width and view.scale.left == 0
        seen.append(view.scale.zoom)
    assert len(set(seen)) < 12 < len(seen) / 2, "it grows for a while before it is made smaller"
    view.fit()
    assert view.scale.x(view.timeline.duration) > view.page.width - 40, "until all of it is wished for again"


def test_another_film_is_shown_whole_and_so_is_the_first_clip(view, timeline):
    view.zoom(2.0)
    view.show_timeline(timeline, anew=True)
    whole = view.scale.zoom
    assert view.page.width - 40 < view.scale.x(timeline.duration) <= view.page.width
    view.show_timeline(Timeline(timeline.rate, 320, 180, tracks=(Track("video"),)), anew=True)
    view.show_timeline(overwrite(view.timeline, 0, 0, timeline.tracks[0].clips[0]))
    assert view.scale.zoom > whole and view.scale.x(view.timeline.duration) <= view.page.width


def test_every_kind_of_clip_and_mark_is_painted(qtbot, view, timeline):
    from vgan_studio.timeline.values import Transition

    first, second, third = timeline.tracks[0].clips
    second = replace(second, transition=Transition(5, 5, EffectCall("core.dissolve")), muted=True, speed=Fraction(1, 2))
    third = replace(third, effects=(EffectCall("gan.upscale"), EffectCall("color.exposure")))
    title = Clip(9, 10, 30, EffectCall("core.title", (("text", "Hello"),)))
    tracks = (
        Track("video", (first, second, third)),
        Track("video", (title,), hidden=True),
        Track("audio", locked=True),
    )
    view.show_heavy(["gan.upscale"])
    view.show_missing(["a"])
    view.show_timeline(replace(timeline, tracks=tracks, markers=(Marker(30),), range=(10, 90)))
    image = view.grab().toImage()
    assert len({image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}) > 12


@settings(suppress_health_check=[HealthCheck.too_slow])  # the first film that is drawn, on a busy machine
@given(timelines(), st.floats(0.001, 50), st.integers(0, 5000), st.integers(200, 2000))
def test_every_clip_on_the_page_is_given_or_lies_within_another_ones_points(timeline, zoom, left, width):
    scale = Scale(zoom=zoom, left=float(left))
    for track in timeline.tracks:
        given_ = [clip for clip, _ in scale.visible(track, width)]
        assert given_ == sorted(given_, key=lambda clip: clip.start)
        assert len(given_) <= width / 3 + 3 + len(track.clips) * (zoom >= 1)
        seen = [c for c in track.clips if scale.x(c.end) > scale.header and scale.x(c.start) < width]
        for clip in seen:
            assert any(one is clip or abs(scale.x(one.start) - scale.x(clip.start)) <= 3 for one in given_)


@given(
    st.lists(st.integers(0, 500), min_size=1),
    st.lists(st.integers(-50, 550), min_size=1, max_size=4),
    st.integers(0, 9),
)
def test_snapping_meets_the_nearest_point_within_reach(attract, edges, reach):
    found = snap(edges, sorted(attract), reach)
    least = min(abs(point - edge) for point in attract for edge in edges)
    if least > reach:
        assert found is None
    else:
        assert abs(found[0]) == least
        assert found[1] in attract
        assert any(edge + found[0] == found[1] for edge in edges)


def test_what_moves_does_not_attract_itself(timeline):
    assert points(timeline, 7, {3}) == [0, 7, 40, 80]


def test_a_trim_knows_how_far_it_can_go(timeline):
    trim = begin_trim(timeline, 2, "tail", "trim")
    assert (trim.low, trim.high) == (41, 115)


@given(
    st.sampled_from([Fraction(24), Fraction(25), Fraction(30000, 1001), Fraction(60), Fraction(25, 2), Fraction(1)]),
    st.floats(0.001, 80.0),
)
def test_the_labels_of_the_ruler_never_miss_a_whole_second(rate, zoom):
    label, mark = ticks(Scale(zoom=zoom), rate, 110)
    second = max(1, round(rate))
    assert second % label == 0 or label % second == 0, "labels of parts of a second meet each whole one"
    assert label % mark == 0, "and marks meet each label"
    assert label * zoom >= 110


@given(st.integers(0, 10**7), st.sampled_from([Fraction(25), Fraction(30000, 1001), Fraction(120), Fraction(25, 2)]))
def test_what_is_written_as_time_code_is_read_again(frame, rate):
    assert frame_of(timecode(frame, rate), rate) == frame


def test_time_is_typed_from_the_right():
    assert frame_of("1:12", Fraction(25)) == 37
    assert frame_of("2.5s", Fraction(30)) == 75
    assert frame_of("soon", Fraction(30)) is None

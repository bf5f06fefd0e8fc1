"""Freezing: clips that stand still, and edges whose pictures are held."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from vgan_studio.errors import EditError
from vgan_studio.timeline import groups, speed, tracks
from vgan_studio.timeline.check import faults
from vgan_studio.timeline.curve import Curve
from vgan_studio.timeline.fading import fade_picture
from vgan_studio.timeline.lookup import clip_by_id, locate
from vgan_studio.timeline.values import Clip, EffectCall, Media, Timeline, Track, Transition
from vgan_studio.ui.timeline_gestures import begin_trim, trimmed

from .plays import film
from .strategies import laws, timelines_with_clips

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # of the offscreen platform
FILM = Media("/a.mov", "a", Fraction(4), 640, 360, Fraction(25), Fraction(1), 2, 48000)
SONG = Media("/b.wav", "b", Fraction(9), channels=2, sample_rate=48000)
STILL = Media("/s.png", "s", Fraction(0), 640, 360)
NONE = Qt.KeyboardModifier.NoModifier
BOTH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
ALL_THREE = BOTH | Qt.KeyboardModifier.AltModifier


def a_film(*rows, sounds=()):
    return Timeline(
        Fraction(25), 320, 180,
        tracks=(*(Track("video", row) for row in rows), *(Track("audio", row) for row in sounds)),
        media=(FILM, SONG, STILL), next_id=100,
    )  # fmt: skip


def a_clip(id, start, end, source=FILM, **more):
    return Clip(id, start, end - start, source, Fraction(1), **more)


def spans(timeline, track=0):
    return [(clip.start, clip.end, clip.speed == 0) for clip in timeline.tracks[track].clips]


def source_of(shown):
    return shown and shown[:2]


# --- laws


@laws
@given(timelines_with_clips, st.data())
def test_a_frozen_edge_holds_the_edge_s_picture_and_all_else_plays_as_before(timeline, data):
    cut = (
        replace(track, clips=tuple(replace(one, transition=None) for one in track.clips)) for track in timeline.tracks
    )
    timeline = replace(timeline, tracks=tuple(cut))
    ids = [clip.id for track in timeline.tracks for clip in track.clips]
    clip = clip_by_id(timeline, data.draw(st.sampled_from(ids)))
    tail, by = data.draw(st.booleans()), data.draw(st.integers(1, 9))
    freeze, to = (speed.freeze_tail, clip.end + by) if tail else (speed.freeze_head, clip.start - by)
    try:
        after = freeze(timeline, clip.id, to)
    except EditError:
        return
    number, _ = locate(timeline, clip.id)
    held = range(clip.end, to) if tail else range(to, clip.start)
    frames = range(timeline.duration + 12)
    before, now = film(timeline, frames), film(after, frames)
    for index, (was, shown) in enumerate(zip(before, now, strict=True)):
        beside = frames if index != number else [frame for frame in frames if frame not in held]
        assert [was[frame] for frame in beside] == [shown[frame] for frame in beside]
    if isinstance(clip.source, Media) and not clip.source.still:
        edge = before[number][clip.end - 1 if tail else clip.start]
        assert {source_of(now[number][frame]) for frame in held} == {source_of(edge)}
    assert not list(faults(after))
    assert groups.members(after, [clip.id]) >= groups.members(timeline, [clip.id])


# --- examples


def test_the_frozen_piece_is_a_clip_of_the_same_group_with_the_same_effects():
    blur = EffectCall("filter.blur", (("size", 0.1),))
    timeline = a_film((a_clip(1, 10, 20, effects=(blur,), group=7, name="sea"),))
    after = speed.freeze_tail(timeline, 1, 26)
    assert spans(after) == [(10, 20, False), (20, 26, True)]
    held = after.tracks[0].clips[1]
    assert (held.id, held.group, held.name, held.effects) == (100, 7, "sea", (blur,))
    assert held.source_in == 1 + Fraction(19, 50), "the middle of the tenth frame"
    before = speed.freeze_head(timeline, 1, 3)
    assert spans(before) == [(3, 10, True), (10, 20, False)]
    assert before.tracks[0].clips[0].source_in == 1 + Fraction(1, 50) and before.tracks[0].clips[1].id == 1


def test_an_edge_is_frozen_again_by_making_the_frozen_clip_longer_or_shorter():
    timeline = speed.freeze_tail(a_film((a_clip(1, 0, 10),)), 1, 15)
    assert spans(speed.freeze_tail(timeline, 100, 30)) == [(0, 10, False), (10, 30, True)]
    assert spans(speed.freeze_tail(timeline, 100, 12)) == [(0, 10, False), (10, 12, True)]
    still = a_film((a_clip(1, 5, 10, STILL),))
    assert len(speed.freeze_tail(still, 1, 30).tracks[0].clips) == 1
    assert spans(speed.freeze_head(still, 1, 2)) == [(2, 10, False)]


def test_a_fade_of_the_picture_goes_to_the_new_end():
    timeline = fade_picture(a_film((a_clip(1, 10, 30),)), 1, 0, 5)
    after = speed.freeze_tail(timeline, 1, 40)
    opacities = []
    for clip in after.tracks[0].clips:
        curve = dict(clip.effects[0].params)["opacity"]
        assert isinstance(curve, Curve)
        opacities += [curve.at(frame) for frame in range(clip.duration)]
    assert opacities[:25] == [1.0] * 25 and opacities[-1] == 0 and opacities[-6] == 1
    assert opacities == sorted(opacities, reverse=True)


def test_a_transition_brings_in_the_frozen_piece():
    turn = Transition(0, 5, EffectCall("core.dissolve"))
    after = speed.freeze_head(a_film((a_clip(1, 10, 30, transition=turn),)), 1, 2)
    assert [clip.transition for clip in after.tracks[0].clips] == [turn, None]


@pytest.mark.parametrize(("gesture", "frame", "why"), [
    (speed.freeze_tail, 41, "no room after"), (speed.freeze_head, 9, "no room before"),
    (speed.freeze_tail, 25, "outwards"), (speed.freeze_head, 25, "outwards"),
])  # fmt: skip
def test_a_frozen_edge_is_refused_where_a_trim_is_and_inwards(gesture, frame, why):
    timeline = a_film((a_clip(1, 0, 10), a_clip(2, 20, 30), a_clip(3, 40, 50)))
    with pytest.raises(EditError, match=why):
        gesture(timeline, 2, frame)
    with pytest.raises(EditError, match="locked"):
        gesture(tracks.lock_track(timeline, 0), 2, 35)


def test_a_sound_of_the_group_stays_as_it_is_and_other_pictures_of_it_are_held_too():
    rows = ((a_clip(1, 0, 20, group=7),), (a_clip(2, 10, 20, group=7), a_clip(4, 40, 50)))
    timeline = a_film(*rows, sounds=((a_clip(3, 0, 20, SONG, group=7),),))
    for id in (1, 3):  # by the edge of the picture, and by that of the sound
        after = trimmed(timeline, id, "tail", "freeze", 30)
        assert spans(after, 0) == [(0, 20, False), (20, 30, True)]
        assert spans(after, 1) == [(10, 20, False), (20, 30, True), (40, 50, False)]
        assert after.tracks[2] == timeline.tracks[2]
        assert groups.members(after, [3]) == {1, 2, 3, 100, 101}
    trim = begin_trim(timeline, 1, "tail", "freeze")
    assert (trim.low, trim.high, set(trim.mates)) == (20, 40, {1, 2}), "as far as all of them can go"
    with pytest.raises(EditError, match="no picture"):
        trimmed(a_film(sounds=((a_clip(3, 0, 20, SONG),),)), 3, "tail", "freeze", 30)


# --- in the window


@pytest.fixture
def window(windows):
    window = windows.open()
    row = (a_clip(1, 20, 40), a_clip(2, 80, 120))
    window.document.start(a_film(row, sounds=((a_clip(3, 20, 40, SONG, group=0),),)))
    window.timeline_view.zoom(4.0 / window.timeline_view.scale.zoom, window.timeline_view.scale.header)
    window.timeline_view.snapping = False
    return window


def at(view, frame, track=0, x=0):
    row = next(row for row in view.scale.rows(view.timeline) if row.track == track)
    return QPoint(round(view.scale.x(frame)) + x, view.scale.y(row) + row.height // 2)


def drag(view, start, end, held, *, drop=True):
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(view.viewport(), left, held, start)
    for step in range(1, 5):
        where = QPointF(start + (end - start) * step / 4)
        event = QMouseEvent(QEvent.Type.MouseMove, where, view.mapToGlobal(where), left, left, held)
        QApplication.sendEvent(view.viewport(), event)
    if drop:
        QTest.mouseRelease(view.viewport(), left, held, end)


def test_dragging_an_edge_with_ctrl_and_shift_freezes_its_picture_and_is_one_step(window):
    view, before = window.timeline_view, window.document.timeline
    drag(view, at(view, 40, x=-2), at(view, 60), BOTH)
    assert spans(window.document.timeline) == [(20, 40, False), (40, 60, True), (80, 120, False)]
    assert [step.label for step in window.document.history.steps[1:]] == ["Freeze"]
    window.document.undo()
    assert window.document.timeline == before
    drag(view, at(view, 80, x=2), at(view, 70), BOTH)
    assert spans(window.document.timeline) == [(20, 40, False), (70, 80, True), (80, 120, False)]
    window.document.undo()
    drag(view, at(view, 40, x=-2), at(view, 90), BOTH)
    assert spans(window.document.timeline)[1] == (40, 80, True), "as far as there is room"


def test_a_frozen_edge_snaps_and_shows_where_it_would_be(window):
    view = window.timeline_view
    view.snapping = True
    drag(view, at(view, 40, x=-2), at(view, 79), BOTH, drop=False)
    gesture = view.gesture
    assert (gesture.mode, gesture.frame, gesture.met) == ("freeze", 80, 80)
    with_ghost = view.viewport().grab().toImage()
    beside, inside = at(view, 70), at(view, 30) + QPoint(0, 8)
    QTest.keyClick(view, Qt.Key.Key_Escape)
    without = view.viewport().grab().toImage()
    assert with_ghost.pixel(beside) != without.pixel(beside), "what is held is painted over the gap"
    assert with_ghost.pixel(inside) == without.pixel(inside), "and the clip itself stays as it is"
    assert len(window.document.history.steps) == 1


def test_a_frozen_edge_on_a_locked_track_and_of_a_sound_stays(window):
    view, before = window.timeline_view, window.document.timeline
    drag(view, at(view, 40, track=1, x=-2), at(view, 60, track=1), BOTH)
    assert window.document.timeline == before
    locked = replace(before, tracks=(replace(before.tracks[0], locked=True), *before.tracks[1:]))
    window.document.start(locked)
    drag(view, at(view, 40, x=-2), at(view, 60), BOTH)
    assert window.document.timeline == locked


def test_the_tip_of_an_edge_names_what_the_keys_do(window):
    view = window.timeline_view
    place = at(view, 40, x=-2)
    view._point(place.x(), place.y())
    assert "Ctrl+Shift: the picture is frozen" in view.viewport().toolTip()
    place = at(view, 30)
    view._point(place.x(), place.y())
    assert view.viewport().toolTip() == ""


def test_freezing_holds_the_pictures_of_all_selected_clips_at_the_playhead_and_is_one_step(window):
    rows = ((a_clip(1, 0, 40), a_clip(2, 40, 60)), (a_clip(3, 10, 50),), (Clip(4, 0, 50, EffectCall("core.blank")),))
    before = a_film(*rows, sounds=((a_clip(5, 0, 40, SONG),),))
    window.document.start(before)
    window.timeline_view.select([1, 2, 3, 4, 5])
    window.show_frame(20)
    window.actions_["freeze"].trigger()
    after = window.document.timeline
    assert {clip.id for track in after.tracks for clip in track.clips if clip.speed == 0} == {1, 3}
    assert clip_by_id(after, 1).source_in == clip_by_id(after, 3).source_in + Fraction(10, 25)
    assert after.tracks[3] == before.tracks[3], "the sound is heard on"
    assert [step.label for step in window.document.history.steps[1:]] == ["Freeze"]
    window.document.undo()
    assert window.document.timeline == before
    window.timeline_view.select([2, 5])
    window.actions_["freeze"].trigger()
    assert window.statusBar().currentMessage() == "There is no picture to freeze at the playhead."
    locked = tracks.lock_track(before, 1)
    window.document.start(locked)
    window.timeline_view.select([1, 3])
    window.actions_["freeze"].trigger()
    assert window.document.timeline == locked, "all of them, or none"

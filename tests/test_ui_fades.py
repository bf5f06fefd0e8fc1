"""Pictures that come up and go away by the corners of their clips, in the words of who drags them."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt

from vgan_studio.errors import EditError
from vgan_studio.timeline.check import faults
from vgan_studio.timeline.curve import Curve, Key
from vgan_studio.timeline.edit import split
from vgan_studio.timeline.effects import add_effect, set_param
from vgan_studio.timeline.fading import OPACITY, Fades, fade_picture, picture_fades
from vgan_studio.timeline.values import Clip, EffectCall, Fade, Media, Timeline, Track
from vgan_studio.ui.timeline_light import _corners, picture_area
from vgan_studio.ui.timeline_sound import area
from vgan_studio.ui.timeline_view import TimelineView

LEFT = Qt.MouseButton.LeftButton
FILM = Media("/films/a.mp4", "a", Fraction(4), 320, 180, Fraction(25), channels=2, sample_rate=48000)
SONG = Media("/films/b.wav", "b", Fraction(4), channels=2, sample_rate=48000)


def film(*effects):
    clip = Clip(1, 0, 80, FILM, effects=effects)
    song = Clip(2, 0, 80, SONG)
    title = Clip(3, 100, 50, EffectCall("core.title"))
    tracks = (Track("video", (clip, title)), Track("audio", (song,)))
    return Timeline(Fraction(25), 320, 180, tracks=tracks, media=(FILM, SONG), next_id=4)


@pytest.fixture
def view(qtbot):
    view = TimelineView(film())
    qtbot.addWidget(view)
    view.resize(1000, 260)
    view.show()
    qtbot.waitExposed(view)
    view.zoom(6.0 / view.scale.zoom, view.scale.header)
    view.light_wished.connect(lambda *asked: view.show_timeline(fade_picture(view.timeline, *asked)))
    view.select([1])
    return view


def handle(view, side, clip=0):
    row = next(row for row in view.scale.rows(view.timeline) if row.track == 0)
    clip = view.timeline.tracks[0].clips[clip]
    fades = picture_fades(clip)
    rect = picture_area(view.scale, view.timeline, row, clip)
    return _corners(rect, view.scale, fades.up, fades.down)[side].toPoint()


def drag(qtbot, view, start, way):
    page = view.viewport()
    qtbot.mousePress(page, LEFT, pos=start)
    for share in (0.3, 0.7, 1.0):
        qtbot.mouseMove(page, start + QPoint(round(way * share), 0))
    qtbot.mouseRelease(page, LEFT, pos=start + QPoint(way, 0))


def fades(view, clip=0):
    found = picture_fades(view.timeline.tracks[0].clips[clip])
    return found.up, found.down


def test_dragging_the_upper_corners_fades_the_picture_in_and_out(qtbot, view):
    before = view.timeline
    with qtbot.assertNotEmitted(view.fade_wished), qtbot.assertNotEmitted(view.trim_wished):
        drag(qtbot, view, handle(view, 0), 6 * 10)
        drag(qtbot, view, handle(view, 1), -6 * 20)
    up, down = fades(view)
    assert abs(up - 11) <= 1 and abs(down - 21) <= 1, "from the corner, which lies a little inside of the clip"
    (call,) = view.timeline.tracks[0].clips[0].effects
    curve = dict(call.params)["opacity"]
    assert call.id == OPACITY and (curve.at(0), curve.at(40), curve.at(79)) == (0, 1, 0)
    drag(qtbot, view, handle(view, 0), -600)
    drag(qtbot, view, handle(view, 1), 600)
    assert view.timeline == before, "dragged back there is no effect left"


def test_fades_never_meet_beyond_each_other(qtbot, view):
    drag(qtbot, view, handle(view, 0), 6 * 50)
    drag(qtbot, view, handle(view, 1), -6 * 70)
    up, down = fades(view)
    assert up + down == 79 and not list(faults(view.timeline))


def test_picture_and_sound_have_handles_of_their_own_on_one_clip(qtbot, view):
    row = next(row for row in view.scale.rows(view.timeline) if row.track == 0)
    clip = view.timeline.tracks[0].clips[0]
    rect = area(view.scale, view.timeline, row, clip)
    sound = QPoint(round(rect.left()) + 7, round(rect.top()) + 4)
    assert view._zone(row, clip, QPointF(sound)) == "fade_in"
    assert view._zone(row, clip, QPointF(handle(view, 0))) == "light_in"
    with qtbot.waitSignal(view.fade_wished), qtbot.assertNotEmitted(view.light_wished):
        drag(qtbot, view, sound, 60)


def test_a_fade_that_is_dragged_on_the_picture_moves_no_ramp_of_the_sound(qtbot, view):
    louder = replace(view.timeline.tracks[0].clips[0], fade_in=Fade(0, 20), fade_out=Fade(70, 10))
    view.show_timeline(replace(view.timeline, tracks=(Track("video", (louder,)), *view.timeline.tracks[1:])))
    row = next(row for row in view.scale.rows(view.timeline) if row.track == 0)
    rect = area(view.scale, view.timeline, row, louder).toAlignedRect().adjusted(0, 2, 0, 0)
    page, corner = view.viewport(), handle(view, 0)
    before = page.grab(rect).toImage()
    qtbot.mousePress(page, LEFT, pos=corner)
    qtbot.mouseMove(page, corner + QPoint(120, 0))
    qtbot.mouseMove(page, corner + QPoint(240, 0))
    assert view.gesture.picture and view.gesture.fade_in > 30
    assert page.grab(rect).toImage() == before
    qtbot.mouseRelease(page, LEFT, pos=corner + QPoint(240, 0))
    assert fades(view)[0] > 30 and view.timeline.tracks[0].clips[0].fade_in == Fade(0, 20)


def test_the_very_edge_still_trims(qtbot, view):
    row = next(row for row in view.scale.rows(view.timeline) if row.track == 0)
    clip, corner = view.timeline.tracks[0].clips[0], handle(view, 1)
    edge = QPointF(view.scale.x(clip.end) - 2, corner.y())
    assert view._zone(row, clip, edge) == "tail"


def test_a_double_click_on_the_corner_fades_for_a_second_and_back(qtbot, view):
    qtbot.mouseDClick(view.viewport(), LEFT, pos=handle(view, 1))
    assert fades(view) == (0, 25)
    qtbot.mouseDClick(view.viewport(), LEFT, pos=handle(view, 1))
    assert fades(view) == (0, 0) and not view.timeline.tracks[0].clips[0].effects


def test_titles_have_corners_too_and_sound_has_none(view):
    view.select([3])
    row, song = (next(r for r in view.scale.rows(view.timeline) if r.track == track) for track in (0, 1))
    title = view.timeline.tracks[0].clips[1]
    assert view._zone(row, title, QPointF(handle(view, 0, 1))) == "light_in"
    view.select([2])
    clip = view.timeline.tracks[1].clips[0]
    top = QPointF(view.scale.x(0) + 7, view.scale.y(song) + view.scale.unit + 7)
    assert view._zone(song, clip, top) in ("fade_in", "body", "head")


def test_an_opacity_that_was_drawn_by_hand_is_left_alone():
    drawn = Curve((Key(0, 0.2), Key(30, 0.9), Key(60, 0.4)))
    timeline = film(EffectCall(OPACITY, (("opacity", drawn),)))
    assert picture_fades(timeline.tracks[0].clips[0]) is None
    with pytest.raises(EditError):
        fade_picture(timeline, 1, 5, 5)


# laws

lengths = st.integers(0, 40)


@given(lengths, lengths, st.sampled_from([1.0, 0.5]))
def test_fades_are_read_as_they_were_set_and_go_without_a_trace(up, down, level):
    timeline = film()
    if level != 1:
        timeline = add_effect(timeline, 1, EffectCall(OPACITY, (("opacity", level),)))
    if up + down > 79:
        with pytest.raises(EditError):
            fade_picture(timeline, 1, up, down)
        return
    there = fade_picture(timeline, 1, up, down)
    assert not list(faults(there))
    found = picture_fades(there.tracks[0].clips[0])
    assert (found.up, found.down, found.level) == (up, down, level)
    assert fade_picture(there, 1, 0, 0) == timeline


@given(st.integers(1, 30), st.integers(1, 30), st.integers(1, 78))
def test_a_cut_through_a_fade_leaves_each_half_its_part(up, down, at):
    there = split(fade_picture(film(), 1, up, down), 1, at)
    left, right = there.tracks[0].clips[:2]
    whole = dict(fade_picture(film(), 1, up, down).tracks[0].clips[0].effects[0].params)["opacity"]
    for clip, first in ((left, 0), (right, at)):
        curve = dict(clip.effects[0].params)["opacity"]
        assert all(curve.at(n) == pytest.approx(whole.at(first + n)) for n in range(clip.duration))
        assert isinstance(picture_fades(clip), Fades)


def test_a_fade_keeps_how_it_goes():
    smooth = Curve((Key(0, 0.0, "ease"), Key(10, 1.0, "linear"), Key(60, 1.0, "hold"), Key(79, 0.0)))
    timeline = set_param(film(EffectCall(OPACITY)), 1, 0, "opacity", smooth)
    there = fade_picture(timeline, 1, 20, 19)
    keys = dict(there.tracks[0].clips[0].effects[0].params)["opacity"].keys
    assert [(key.frame, key.ease) for key in keys] == [(0, "ease"), (20, "linear"), (60, "hold"), (79, "linear")]
    assert replace(picture_fades(there.tracks[0].clips[0]), up=10) == picture_fades(timeline.tracks[0].clips[0])

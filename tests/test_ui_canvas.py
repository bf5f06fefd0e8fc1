"""A clip's picture is placed, cropped and masked over the viewer by the mouse, in the words of who does it."""

import math
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from tests.films import write_film
from tests.windows import take_in
from vgan_studio.effects.spec import registry
from vgan_studio.render.placing import CROP, TRANSFORM, Affine, corners, places, topmost
from vgan_studio.timeline.curve import Curve, Key
from vgan_studio.timeline.effects import add_effect, set_param, set_values
from vgan_studio.timeline.values import Clip, EffectCall, Media, Timeline, Track
from vgan_studio.ui.picture_pull import CORNERS, Posed, Pull, nudged, pulled

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # of the offscreen platform
LEFT = Qt.MouseButton.LeftButton
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot, windows, tmp_path):
    film = write_film(tmp_path / "numbers.mkv", 12, size=(64, 48), codec="ffv1", b_frames=0)
    window = windows.open({"render/idle_s": 0, "toured": True})
    window.editing.append(take_in(qtbot, window, film))
    window.timeline_view.select([clip(window).id])
    return window


def clip(window):
    return window.document.timeline.tracks[0].clips[0]


def params(window, id=TRANSFORM):
    return next(dict(call.params) for call in clip(window).effects if call.id == id)


def steps(window):
    return [step.label for step in window.document.history.steps]


def corner(window, number):
    """The place of a corner of the picture on the canvas of the viewer."""
    place, (x, y) = spot(window), window.on_screen.posing.handles.posed.outline[number]
    return QPointF(place.x() + x * place.width(), place.y() + y * place.height()).toPoint()


def spot(window):
    canvas = window.viewer.canvas
    return canvas._place(canvas._zoom)


def drag(window, start, to, held=Qt.KeyboardModifier.NoModifier, release=True):
    """Drag with the left button in a few moves."""
    canvas = window.viewer.canvas

    def send(kind, point, button, buttons):
        at = QPointF(point)
        event = QMouseEvent(kind, at, QPointF(canvas.mapToGlobal(point)), button, buttons, held)
        QApplication.sendEvent(canvas, event)

    send(QEvent.Type.MouseButtonPress, start, LEFT, LEFT)
    for share in (0.2, 0.6, 1.0):
        way = to - start
        middle = start + QPoint(round(way.x() * share), round(way.y() * share))
        send(QEvent.Type.MouseMove, middle, Qt.MouseButton.NoButton, LEFT)
    if release:
        send(QEvent.Type.MouseButtonRelease, to, LEFT, Qt.MouseButton.NoButton)


def test_dragging_the_picture_moves_it_under_the_pointer_and_is_one_step(window):
    before, was = window.document.timeline, len(steps(window))
    start, way = spot(window).center().toPoint(), QPoint(60, 35)
    drag(window, start, start + way, CTRL)
    height = spot(window).height()
    x, y = params(window)["position"]
    assert (x, y) == pytest.approx((60 / height, 35 / height), abs=1 / 48)
    assert steps(window)[was:] == ["Move the picture"]
    window.document.undo()
    assert window.document.timeline == before


def test_a_click_that_trembles_moves_nothing(window):
    was = steps(window)
    start = spot(window).center().toPoint()
    drag(window, start, start + QPoint(2, 1))
    assert steps(window) == was


def test_a_corner_scales_with_the_shape_kept_and_the_opposite_corner_stays(window):
    kept = corner(window, 0)
    start = corner(window, 2)
    drag(window, start, start - QPoint(80, 60), CTRL)
    told = params(window)
    assert told["scale"] == pytest.approx(1 - 80 / spot(window).width(), abs=0.02)
    assert "stretch" not in told
    assert (corner(window, 0) - kept).manhattanLength() <= 1
    assert steps(window)[-1] == "Scale the picture"


def test_with_shift_a_corner_goes_where_the_pointer_is(window):
    start, to = corner(window, 2), corner(window, 2) - QPoint(120, 20)
    drag(window, start, to, SHIFT | CTRL)
    assert (corner(window, 2) - to).manhattanLength() <= 2
    across, down = params(window)["stretch"]
    assert across < down < 1


def test_the_handle_above_turns_the_picture_and_with_shift_by_steps_of_15_degrees(window):
    handles, middle = window.on_screen.posing.handles, spot(window).center().toPoint()
    grip = handles._grips(spot(window))["turn"].toPoint()
    arm = middle.y() - grip.y()
    drag(window, grip, middle + QPoint(arm, 0))
    assert params(window)["rotation"] == 90
    window.document.undo()
    drag(window, grip, middle + QPoint(round(arm * math.sin(0.5)), -round(arm * math.cos(0.5))), SHIFT)
    assert params(window)["rotation"] == 30
    assert steps(window)[-1] == "Turn the picture"


def test_a_moved_picture_snaps_to_the_edges_and_the_middle_of_the_film(window):
    window.document.do("small", add_effect, clip(window).id, EffectCall(TRANSFORM, (("scale", 0.5),)))
    start, place = spot(window).center().toPoint(), spot(window)
    drag(window, start, start + QPoint(round(place.width() / 4) + 4, 3))
    x, y = params(window)["position"]
    assert x == pytest.approx(64 / 48 / 4, abs=1e-6) and y == 0, "its right edge met the film's, its middle the middle"


def test_arrow_keys_move_the_picture_by_pixels_of_the_film(qtbot, window):
    canvas, was = window.viewer.canvas, len(steps(window))
    frame = window.preview.frame
    drag(window, spot(window).center().toPoint(), spot(window).center().toPoint())
    assert canvas.hasFocus()
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    assert params(window)["position"] == pytest.approx((1 / 48, 0), abs=1e-6)
    qtbot.keyClick(canvas, Qt.Key.Key_Up, SHIFT)
    assert params(window)["position"] == pytest.approx((1 / 48, -10 / 48), abs=1e-6)
    assert len(steps(window)) == was + 2 and window.preview.frame == frame


def test_escape_while_dragging_lets_all_be_as_it_was(qtbot, window):
    before, was = window.document.timeline, steps(window)
    start = spot(window).center().toPoint()
    drag(window, start, start + QPoint(50, 50), release=False)
    assert window.document.timeline != before
    qtbot.keyClick(window.viewer.canvas, Qt.Key.Key_Escape)
    assert window.document.timeline == before and steps(window) == was


def test_where_a_parameter_has_keys_a_drag_sets_one_at_the_playhead(window):
    curve = Curve((Key(0, (0.0, 0.0), "ease"), Key(8, (0.5, 0.0))))
    window.document.do("keys", add_effect, clip(window).id, EffectCall(TRANSFORM, (("position", curve),)))
    window.preview.seek(4)
    start = spot(window).center().toPoint()
    drag(window, start, start + QPoint(0, 48), CTRL)
    keys = params(window)["position"].keys
    assert [key.frame for key in keys] == [0, 4, 8]
    assert keys[1].ease == "ease" and keys[0] == curve.keys[0] and keys[2] == curve.keys[1]


def test_handles_follow_the_zoom_of_the_viewer(window):
    canvas = window.viewer.canvas
    pointer = QPointF(canvas.rect().center())
    wheel = QWheelEvent(pointer, QPointF(canvas.mapToGlobal(pointer.toPoint())), QPoint(), QPoint(0, 240),
                        Qt.MouseButton.NoButton, CTRL, Qt.ScrollPhase.NoScrollPhase, False)  # fmt: skip
    QApplication.sendEvent(canvas, wheel)
    assert canvas._zoom > 1.5
    start = canvas.rect().center()
    drag(window, start, start + QPoint(60, 0), CTRL)
    assert params(window)["position"][0] == pytest.approx(60 / spot(window).height(), abs=1 / 48)


def test_an_edge_crops_and_a_corner_crops_two_sides(window):
    window.actions_["handles_crop"].trigger()
    grips = window.on_screen.posing.handles._grips(spot(window))
    start = grips["w"].toPoint()
    drag(window, start, start + QPoint(round(spot(window).width() / 4), 0), CTRL)
    assert params(window, CROP)["left"] == pytest.approx(0.25, abs=0.01)
    assert params(window, CROP).keys() <= {"left"}
    start = corner(window, 2)
    drag(window, start, start - QPoint(round(spot(window).width() / 10), round(spot(window).height() / 5)), CTRL)
    told = params(window, CROP)
    assert told["right"] == pytest.approx(0.1, abs=0.01) and told["bottom"] == pytest.approx(0.2, abs=0.01)
    assert steps(window)[-2:] == ["Crop", "Crop"]


def test_a_crop_is_put_before_a_transform_so_that_it_turns_along(window):
    window.document.do("turned", add_effect, clip(window).id, EffectCall(TRANSFORM, (("rotation", 90.0),)))
    window.actions_["handles_crop"].trigger()
    start = window.on_screen.posing.handles._grips(spot(window))["w"].toPoint()
    drag(window, start, start + QPoint(0, 30), CTRL)
    assert [call.id for call in clip(window).effects] == [CROP, TRANSFORM]
    assert params(window, CROP)["left"] == pytest.approx(30 / spot(window).height() * 48 / 64, abs=0.01)


def test_there_are_no_handles_on_a_locked_track_beside_the_clip_and_while_it_is_compared(window):
    handles = window.on_screen.posing.handles
    assert handles.posed is not None
    window.arranging.switch(0, "lock")
    assert handles.posed is None
    window.arranging.switch(0, "lock")
    window.actions_["bypass"].trigger()
    assert handles.posed is None
    window.actions_["bypass"].trigger()
    assert handles.posed is not None
    window.timeline_view.select(())
    assert handles.posed is None


def test_the_handles_of_a_mask_lie_on_a_picture_that_was_moved_and_turned(window):
    id = clip(window).id
    window.document.do("mask", add_effect, id, EffectCall("gan.upscale", (("mask", "rectangle"),)))
    told = (("position", (0.2, 0.1)), ("rotation", 30.0), ("scale", 0.5))
    window.document.do("turned", add_effect, id, EffectCall(TRANSFORM, told))
    place = spot(window)
    at = QPointF(place.center().x() + 0.2 * place.height(), place.center().y() + 0.1 * place.height()).toPoint()
    way = QPoint(round(40 * math.cos(math.radians(30))), round(40 * math.sin(math.radians(30))))
    drag(window, at, at + way)
    x, y = dict(clip(window).effects[0].params)["mask_center"]
    assert x == pytest.approx(0.5 + 40 / (place.width() * 0.5), abs=0.02) and y == pytest.approx(0.5, abs=0.02)


# the geometry itself

numbers = st.floats(-0.6, 0.6).map(lambda x: round(x, 3))
calls = st.builds(
    lambda position, scale, stretch, rotation, anchor: EffectCall(
        TRANSFORM,
        (("anchor", anchor), ("position", position), ("rotation", rotation), ("scale", scale), ("stretch", stretch)),
    ),
    st.tuples(numbers, numbers), st.floats(0.2, 3).map(lambda x: round(x, 3)),
    st.tuples(st.sampled_from((0.5, 1.0, -1.0, 2.0)), st.sampled_from((0.5, 1.0, 1.5))),
    st.floats(-180, 180).map(lambda x: round(x, 1)), st.tuples(numbers, numbers),
)  # fmt: skip


def film(*effects, size=(64, 48), canvas=(160, 90)):
    media = Media("a.mkv", "f", Fraction(4), *size, Fraction(25), steady=True)
    one = Clip(1, 0, 100, media, effects=effects)
    return Timeline(Fraction(25), *canvas, tracks=(Track("video", (one,)),), media=(media,), next_id=2)


def posed(timeline, id=TRANSFORM, kind="transform"):
    found = places(timeline, timeline.tracks[0].clips[0], 0, registry())
    place = next((one for one in found if one.effect == id), found[-1])
    return Posed(kind, place, (timeline.width, timeline.height))


def after(timeline, values):
    return set_values(timeline, 1, 0, values, 0)


def close(a, b, least=1e-3):
    return all(abs(p - q) < least for one, other in zip(a, b, strict=True) for p, q in zip(one, other, strict=True))


@given(calls, st.tuples(numbers, numbers))
def test_a_move_takes_every_corner_along_by_whole_pixels(call, way):
    timeline = film(call)
    was = posed(timeline)
    now = posed(after(timeline, pulled(was, Pull("body", (0.5, 0.5), (0.5 + way[0], 0.5 + way[1]))).values))
    by = round(way[0] * 160) / 160, round(way[1] * 90) / 90
    assert close([(x + by[0], y + by[1]) for x, y in was.outline], now.outline)


@given(calls, st.sampled_from(CORNERS), st.tuples(numbers, numbers), st.booleans(), st.booleans())
def test_scaling_leaves_the_opposite_corner_or_the_middle_where_it_is(call, grip, way, free, middle):
    timeline, number = film(call), CORNERS.index(grip)
    was = posed(timeline)
    pull = Pull(grip, (0.5, 0.5), (0.5 + way[0], 0.5 + way[1]), free=free, middle=middle)
    values = pulled(was, pull).values
    now = posed(after(timeline, values))
    if middle:
        means = [tuple(sum(axis) / 4 for axis in zip(*one.outline, strict=True)) for one in (was, now)]
        assert close([means[0]], [means[1]])
    else:
        assert close([was.outline[(number + 2) % 4]], [now.outline[(number + 2) % 4]])
    held = any(abs(abs(one) - limit) < 1e-6 for one in values.get("stretch", ()) for limit in (0.01, 8))
    if free and not middle and not held:
        x, y = was.outline[number]
        assert close([(x + way[0], y + way[1])], [now.outline[number]], 2e-3)


@given(calls, st.integers(-20, 20), st.integers(-20, 20))
def test_a_nudge_and_its_opposite_change_nothing(call, across, down):
    timeline = film(call)
    there = after(timeline, nudged(posed(timeline), across, down))
    back = after(there, nudged(posed(there), -across, -down))
    assert close(posed(timeline).outline, posed(back).outline, 1e-4)


@given(calls, st.booleans())
def test_a_way_and_the_way_back_lead_to_the_same_place(call, flipped):
    more = (EffectCall("geometry.flip", (("horizontal", True),)),) if flipped else ()
    first = places(film(call, *more), film(call, *more).tracks[0].clips[0], 0, registry())[0]
    back = first.onto.back()
    assert close(corners((0.1, 0.2, 0.7, 0.9)), [back(first.onto(point)) for point in corners((0.1, 0.2, 0.7, 0.9))])
    assert first.onto.then(back)((0.3, 0.4)) == pytest.approx((0.3, 0.4))
    assert Affine(0, 0, 0, 0).back() is None


@pytest.mark.parametrize("mode", ["fit", "fill", "crop", "stretch"])
def test_a_place_of_the_source_is_where_the_renderer_puts_it(mode):
    import torch

    from vgan_studio.effects.core import fit
    from vgan_studio.effects.geometry import flip, transform

    told = {"position": (0.1, -0.2), "scale": 0.7, "stretch": (1.0, 1.2), "rotation": 25.0, "anchor": (0.1, 0.05)}
    timeline = film(
        EffectCall("core.fit", (("mode", mode),)), EffectCall(TRANSFORM, tuple(sorted(told.items()))),
        EffectCall("geometry.flip", (("vertical", True),)), size=(320, 240), canvas=(640, 360),
    )  # fmt: skip
    x = torch.zeros(1, 4, 240, 320)
    x[:, :, 100:110, 180:190] = 1.0
    y = flip(transform(fit(x, width=640, height=360, mode=mode, aspect=1.0, zoom=1.0), **told), horizontal=False,
             vertical=True)  # fmt: skip
    light = (y[0, 3] * y[0, 0] > 0.5).double() if mode == "fill" else y[0, 3].double()
    down, across = torch.meshgrid(torch.arange(360) + 0.5, torch.arange(640) + 0.5, indexing="ij")
    seen = float((light * across).sum() / light.sum()) / 640, float((light * down).sum() / light.sum()) / 360
    first = places(timeline, timeline.tracks[0].clips[0], 0, registry())[0]
    assert first.onto((185 / 320, 105 / 240)) == pytest.approx(seen, abs=0.004)


def test_the_lens_finds_the_clip_and_the_place_below_the_pointer():
    under = film(size=(160, 90))
    small = EffectCall(TRANSFORM, (("position", (0.5, 0.0)), ("rotation", 90.0), ("scale", 0.5)))
    top = replace(under.tracks[0].clips[0], id=2, effects=(small,))
    both = replace(under, tracks=(*under.tracks, Track("video", (top,))), next_id=3)
    assert topmost(both, 0, registry(), (0.1, 0.1))[0].id == 1
    found, at = topmost(both, 0, registry(), (0.5 + 0.5 * 90 / 160, 0.5 - 0.25))
    assert found.id == 2 and at == pytest.approx((0.5 - 0.5 * 90 / 160, 0.5))
    hidden = replace(top, effects=(EffectCall(CROP, (("left", 0.5),)),))
    both = replace(both, tracks=(*under.tracks, Track("video", (hidden,))))
    assert [topmost(both, 0, registry(), (x, 0.5))[0].id for x in (0.2, 0.8)] == [1, 2]


def test_values_are_set_where_there_are_none_and_become_keys_where_there_are():
    timeline = set_param(film(EffectCall(TRANSFORM)), 1, 0, "scale", Curve((Key(0, 1.0, "hold"),)))
    made = dict(after(timeline, {"scale": 2.0, "rotation": 5.0}).tracks[0].clips[0].effects[0].params)
    assert made == {"rotation": 5.0, "scale": Curve((Key(0, 2.0, "hold"),))}

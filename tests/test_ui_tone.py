"""Tone curves in the inspector, in the words of who grades."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from vgan_studio.effects.curves import curve
from vgan_studio.effects.params import Outline, Points
from vgan_studio.service.document import empty_film
from vgan_studio.timeline.curve import Curve
from vgan_studio.timeline.edit import overwrite
from vgan_studio.timeline.values import Clip, EffectCall
from vgan_studio.ui.points_editor import PointsEditor
from vgan_studio.ui.tone_editor import ToneEditor, heights

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # of the offscreen platform
LEFT, NONE, SHIFT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
PLAIN = (0.0, 0.0, 1.0, 1.0)


@pytest.fixture
def editor(qtbot):
    editor = ToneEditor(Points())
    qtbot.addWidget(editor)
    editor.resize(220, 200)
    editor.show()
    editor.wishes, editor.seals = [], []
    editor.wished.connect(editor.wishes.append)
    editor.sealed.connect(lambda: editor.seals.append(len(editor.wishes)))
    editor.show_value(PLAIN)
    return editor


def at(editor, x, y):
    return editor.graph.place(x, y).toPoint()


def drag(qtbot, graph, start: QPoint, *places: QPoint):
    qtbot.mousePress(graph, LEFT, NONE, start)
    for place in places:
        where = place.toPointF()
        event = QMouseEvent(QMouseEvent.Type.MouseMove, where, graph.mapToGlobal(where), LEFT, LEFT, NONE)
        QApplication.sendEvent(graph, event)
    qtbot.mouseRelease(graph, LEFT, NONE, places[-1] if places else start)


def test_a_press_on_the_curve_sets_a_point_and_dragging_bends_it_in_one_gesture(qtbot, editor):
    drag(qtbot, editor.graph, at(editor, 0.5, 0.5), at(editor, 0.5, 0.6), at(editor, 0.5, 0.7))
    first, last = editor.wishes[0], editor.wishes[-1]
    assert len(first) == len(last) == 6 and last[:2] == (0, 0) and last[4:] == (1, 1)
    assert last[2:4] == pytest.approx((0.5, 0.7), abs=0.02)
    assert editor.seals == [0, len(editor.wishes)], "sealed before and behind, and not between"


@pytest.mark.parametrize(
    ("kind", "param", "fitting", "unfitting"),
    [(ToneEditor, Points(), "0, 0.1, 1, 0.9", "1, 0, 0, 1"),
     (PointsEditor, Outline((0.0, 0.0, 1.0, 0.0, 0.5, 1.0)), "0, 0, 2, 0, 0.5, 1", "0, 0, 1, 1")],
)  # fmt: skip
def test_typed_points_that_fit_are_one_gesture_and_others_are_put_back(qtbot, kind, param, fitting, unfitting):
    editor = kind(param)
    qtbot.addWidget(editor)
    said = []
    editor.wished.connect(said.append)
    editor.sealed.connect(lambda: said.append("sealed"))
    editor.show_value(param.default)
    before = editor._line.text()
    for text in (unfitting, "no numbers", fitting):
        editor._line.setText("")
        qtbot.keyClicks(editor._line, text)
        qtbot.keyClick(editor._line, Qt.Key.Key_Return)
        assert editor._line.text() == (text if text == fitting else before)
    assert said == ["sealed", param.read(fitting), "sealed"]


def test_points_never_pass_each_other_nor_leave_the_graph(qtbot, editor):
    editor.show_value((0.0, 0.0, 0.5, 0.5, 1.0, 1.0))
    drag(qtbot, editor.graph, at(editor, 0.5, 0.5), at(editor, 3, 3))
    assert editor.wishes[-1] == (0.0, 0.0, 0.998, 1.0, 1.0, 1.0)
    assert all(editor._param.fits(one) for one in editor.wishes)


def test_a_double_click_takes_a_point_away_but_two_stay(qtbot, editor):
    editor.show_value((0.0, 0.0, 0.5, 0.7, 1.0, 1.0))
    qtbot.mouseDClick(editor.graph, LEFT, NONE, at(editor, 0.5, 0.7))
    assert editor.wishes == [PLAIN]
    qtbot.mouseDClick(editor.graph, LEFT, NONE, at(editor, 0, 0))
    assert editor.wishes == [PLAIN]


def test_the_keyboard_alone_chooses_moves_and_takes_away(qtbot, editor):
    editor.show_value((0.0, 0.0, 0.5, 0.5, 1.0, 1.0))
    for key, held in (
        (Qt.Key.Key_PageUp, NONE), (Qt.Key.Key_PageUp, NONE), (Qt.Key.Key_Up, NONE), (Qt.Key.Key_Left, SHIFT),
    ):  # fmt: skip
        qtbot.keyClick(editor.graph, key, held)
    assert editor.wishes[-1] == (0.0, 0.0, 0.4, 0.51, 1.0, 1.0)
    qtbot.keyClick(editor.graph, Qt.Key.Key_Delete)
    assert editor.wishes[-1] == PLAIN


def test_numbers_can_still_be_typed(qtbot, editor):
    editor._line.setText("")
    qtbot.keyClicks(editor._line, "0, 0.1, 1, 0.9")
    qtbot.keyClick(editor._line, Qt.Key.Key_Return)
    assert editor.wishes == [(0.0, 0.1, 1.0, 0.9)]
    editor.show_value(editor.wishes[-1])
    assert editor.graph._points == [(0.0, 0.1), (1.0, 0.9)]


@given(st.lists(st.integers(0, 100), min_size=2, max_size=8, unique=True), st.data())
def test_what_is_painted_is_what_the_effect_computes(places, data):
    points = [(x / 100, data.draw(st.floats(0, 1))) for x in sorted(places)]
    tones = torch.linspace(0, 1, 33, dtype=torch.float64)
    wanted = curve(tuple(one for point in points for one in point), tones)
    assert heights(points, tones.tolist()) == pytest.approx(wanted.tolist(), abs=1e-9)


def test_bending_a_curve_in_the_inspector_is_one_step_and_can_be_undone(qtbot, windows):
    import vgan_studio.effects.families  # noqa: F401
    from vgan_studio.effects.spec import REGISTRY

    window = windows.open(size=(1280, 1000))
    window._know_effects(REGISTRY)
    clip = Clip(0, 0, 100, EffectCall("core.color"), effects=(EffectCall("color.curves"),))
    window.document.start(overwrite(empty_film(), 0, 0, clip))
    window.timeline_view.select([1])
    qtbot.waitUntil(lambda: len(window.inspector.findChildren(ToneEditor)) == 4)
    steps = len(window.document.history.steps)
    editor = window.inspector.findChildren(ToneEditor)[0]
    drag(qtbot, editor.graph, at(editor, 0.5, 0.5), at(editor, 0.5, 0.6), at(editor, 0.5, 0.8))
    (call,) = window.document.timeline.tracks[0].clips[0].effects
    assert dict(call.params)["master"][3] == pytest.approx(0.8, abs=0.02)
    assert len(window.document.history.steps) == steps + 1
    window.document.undo()
    assert window.document.timeline.tracks[0].clips[0].effects == (EffectCall("color.curves"),)


def test_a_key_with_another_number_of_points_is_refused_in_a_sentence(windows):
    window = windows.open()
    clip = Clip(0, 0, 100, EffectCall("core.color"), effects=(EffectCall("color.curves"),))
    window.document.start(overwrite(empty_film(), 0, 0, clip))
    refused = []
    window.document.refused.connect(refused.append)
    window.editing.set_key(1, 0, "master", 0, PLAIN)
    window.editing.set_key(1, 0, "master", 50, (0.0, 0.0, 0.5, 0.7, 1.0, 1.0))
    assert len(refused) == 1 and "shape of the other keys" in refused[0]
    held = dict(window.document.timeline.tracks[0].clips[0].effects[0].params)["master"]
    assert isinstance(held, Curve) and len(held.keys) == 1

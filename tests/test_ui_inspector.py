"""Curves, kept effects and their order, in the words of who sets them."""

import json
import random
from dataclasses import replace
from fractions import Fraction

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QFileDialog

from tests.windows import effect_boxes
from vgan_studio.effects.params import Color
from vgan_studio.errors import EditError
from vgan_studio.render.plan import plan
from vgan_studio.service import effect_files
from vgan_studio.service.document import empty_film
from vgan_studio.timeline import otio
from vgan_studio.timeline.curve import Curve, Key
from vgan_studio.timeline.edit import overwrite
from vgan_studio.timeline.lookup import clip_by_id
from vgan_studio.timeline.values import Clip, EffectCall, Media
from vgan_studio.ui import language
from vgan_studio.ui.curve_editor import CurveEditor
from vgan_studio.ui.effect_menu import EffectMenu
from vgan_studio.ui.parameters import ColorEditor
from vgan_studio.ui.questions import NameQuestion
from vgan_studio.ui.theme import DARK

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # of the offscreen platform

_MARGIN = 11  # of the page in the panel, and a point of the frame
RISE = Curve((Key(0, 1.0), Key(50, 2.0)))
STACK = (
    EffectCall("color.saturation", (("saturation", RISE),)),
    EffectCall("filter.blur"),
    EffectCall("color.exposure"),
)


@pytest.fixture
def editor(qtbot):
    editor = CurveEditor(0.0, 4.0, DARK)
    qtbot.addWidget(editor)
    editor.resize(216, 100)
    editor.show_curve(RISE, 101, 10)
    editor.show()
    editor.wishes = []

    def take(curve):
        editor.wishes.append(curve)
        editor.show_curve(curve, 101, 10)

    editor.curve_wished.connect(take)
    return editor


@pytest.fixture
def window(windows, tmp_path, monkeypatch):
    import vgan_studio.effects.families  # noqa: F401
    from vgan_studio.effects.spec import REGISTRY

    monkeypatch.setattr(effect_files, "folder", lambda: tmp_path / "effects")
    window = windows.open(size=(1280, 1000))
    window._know_effects(REGISTRY)
    window.document.start(overwrite(empty_film(), 0, 0, Clip(0, 0, 101, EffectCall("core.color"), effects=STACK)))
    window.timeline_view.select([1])
    return window


def calls(window):
    return window.document.timeline.tracks[0].clips[0].effects


def drag(qtbot, widget, start, end):
    qtbot.mousePress(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    for step in range(1, 5):
        where = (start + (end - start) * step / 4).toPointF()
        event = QMouseEvent(QMouseEvent.Type.MouseMove, where, widget.mapToGlobal(where), left, left, none)
        QApplication.sendEvent(widget, event)
    qtbot.mouseRelease(widget, left, none, end)


def test_a_key_is_dragged_in_time_and_value_and_stays_within_bounds(qtbot, editor):
    place = editor.place(1).toPoint()
    with qtbot.waitSignal(editor.sealed):
        drag(qtbot, editor, place, QPoint(place.x() + 40, place.y() - 400))
    key = editor.wishes[-1].keys[1]
    assert key.frame == 70
    assert 2.0 < key.value <= 4.0
    place = editor.place(0).toPoint()
    drag(qtbot, editor, place, QPoint(place.x() + 190, place.y()))
    assert editor.wishes[-1].keys[0].frame == 69, "keys never pass each other"


def test_a_double_click_sets_a_key_on_the_curve_and_takes_one_away(qtbot, editor):
    middle = QPoint(round((editor.place(0).x() + editor.place(1).x()) / 2), 10)
    qtbot.mouseDClick(editor, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)
    assert [(key.frame, key.value) for key in editor.wishes[-1].keys] == [(0, 1.0), (25, 1.5), (50, 2.0)]
    qtbot.mouseDClick(editor, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, editor.place(1).toPoint())
    assert editor.wishes[-1] == RISE


def test_the_menu_of_a_key_says_how_the_curve_goes_on(editor):
    actions = {action.text(): action for action in editor.menu(0).actions()}
    assert actions["Straight"].isChecked()
    actions["Smooth"].trigger()
    assert editor.wishes[-1].keys[0].ease == "ease"


def test_the_chosen_key_moves_by_arrows(qtbot, editor):
    qtbot.mouseClick(editor, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, editor.place(1).toPoint())
    qtbot.keyClick(editor, Qt.Key.Key_Right)
    qtbot.keyClick(editor, Qt.Key.Key_Up)
    assert editor.wishes[-1].keys[1].frame == 51
    assert editor.wishes[-1].keys[1].value > 2.0
    qtbot.keyClick(editor, Qt.Key.Key_Delete)
    assert len(editor.wishes[-1].keys) == 1


def test_a_curve_of_several_numbers_is_shown_and_each_is_dragged_alone(qtbot, editor):
    editor.show_curve(Curve((Key(0, (1.0, 3.0)), Key(50, (2.0, 0.5)))), 101, 0)
    assert not editor.grab().isNull()
    place = editor.place(1, 1).toPoint()
    drag(qtbot, editor, place, place + QPoint(0, -20))
    assert editor.wishes[-1].keys[1].value[0] == 2.0
    assert editor.wishes[-1].keys[1].value[1] > 0.5


def test_a_curve_is_shown_under_its_parameter_and_dragging_it_is_one_step(qtbot, window):
    curve = effect_boxes(window)[1]._curves["saturation"]
    assert curve.isVisible()
    steps = len(window.document.history.steps)
    place = curve.place(1).toPoint()
    drag(qtbot, curve, place, place + QPoint(20, 0))
    ((_, moved),) = calls(window)[0].params
    assert moved.keys[1].frame > 50
    assert len(window.document.history.steps) == steps + 1


def test_an_effect_is_dragged_by_its_title_to_another_place(qtbot, window):
    boxes = effect_boxes(window)[1:]  # the first is that of what the clip shows
    grip = boxes[0].layout().itemAt(0).layout().itemAt(1).widget()
    end = grip.mapFromGlobal(boxes[2].mapToGlobal(QPoint(10, boxes[2].height() - 2)))
    drag(qtbot, grip, QPoint(5, 5), end)
    assert [call.id for call in calls(window)] == ["filter.blur", "color.exposure", "color.saturation"]


def test_effects_are_kept_under_a_name_and_applied(window):
    window.effect_files.keep(1, "My look")
    menu = window.effect_files.menu(1)
    actions = {action.text(): action for action in menu.actions()}
    assert window.statusBar().currentMessage() == "Kept as My look."
    actions["My look"].trigger()
    assert calls(window) == (*STACK, *STACK)
    (remove,) = [action.menu() for action in menu.actions() if action.menu()]
    remove.actions()[0].trigger()
    assert window.effect_files.menu(1).actions()[0].text() == "Nothing is kept yet"


def test_the_name_of_kept_effects_is_typed_at_once(qtbot, window):
    actions = {action.text(): action for action in window.effect_files.menu(1).actions()}
    actions["Keep these effects …"].trigger()
    asked = window.findChild(NameQuestion)
    qtbot.waitUntil(asked.isVisible)
    assert asked.focusWidget() is asked.name
    qtbot.keyClicks(asked.focusWidget(), "My look")
    qtbot.keyClick(asked.focusWidget(), Qt.Key.Key_Return)
    assert window.effect_files.menu(1).actions()[0].text() == "My look"


def test_effects_are_written_into_a_file_that_others_read(window, tmp_path, monkeypatch):
    chosen = tmp_path / "shared" / "look.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *words: (str(chosen), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *words: (str(written), ""))
    actions = {action.text(): action for action in window.effect_files.menu(1).actions()}
    actions["Into a file …"].trigger()
    written = chosen.with_name("look.effects.json")
    assert effect_files.load(written) == STACK
    actions["From a file …"].trigger()
    assert calls(window) == (*STACK, *STACK)


def test_own_effects_keep_the_files_that_they_read_and_those_of_others_lose_them_with_a_word(window, tmp_path):
    table = tmp_path / "warm.cube"
    table.write_text("LUT_1D_SIZE 2\n0 0 0\n1 1 1\n")
    look = EffectCall("color.lut", (("file", str(table)),))
    window.effect_files.apply(1, effect_files.keep("Warm", (look,)), own=True)
    assert calls(window) == (*STACK, look)
    window.effect_files.apply(1, effect_files.keep("Warm", (look,)))
    assert calls(window) == (*STACK, look, EffectCall("color.lut"))
    assert "warm.cube" in window.statusBar().currentMessage()


def test_effects_travel_as_text(window):
    window.effect_files.copy(1)
    assert "color.saturation" in QApplication.clipboard().text()
    window.effect_files.paste(1)
    assert calls(window) == (*STACK, *STACK)
    QApplication.clipboard().setText("hello")
    window.effect_files.paste(1)
    assert window.statusBar().currentMessage() == "These are no effects."
    assert calls(window) == (*STACK, *STACK)


def test_what_was_written_is_read_back(tmp_path):
    path = effect_files.keep("A/b: look", STACK, tmp_path)
    assert path.parent == tmp_path
    assert effect_files.load(path) == STACK
    assert effect_files.kept(tmp_path) == [path]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda tree: tree.update(kind="other"), "no effects"),
        (lambda tree: tree.update(version=99), "newer"),
        (lambda tree: tree.update(effects="x"), "damaged"),
        (lambda tree: tree["effects"][0].update(id="gone.effect"), "no effect gone.effect"),
        (lambda tree: tree["effects"][0].update(id="core.title"), "no effect core.title"),
        (lambda tree: tree["effects"][1].update(params={"radius": 1e9}), "cannot be read"),
        (lambda tree: tree["effects"][1].update(params={"no_such": 1}), "cannot be read"),
        (lambda tree: tree["effects"][1].clear(), "cannot be read"),
    ],
)
def test_a_file_of_a_stranger_is_read_with_mistrust(change, words):
    import vgan_studio.effects.families  # noqa: F401

    tree = json.loads(effect_files.dumps(STACK))
    change(tree)
    with pytest.raises(EditError, match=words):
        effect_files.loads(json.dumps(tree))


def test_a_file_that_is_named_in_a_preset_is_left_out():
    import vgan_studio.effects.families  # noqa: F401

    text = effect_files.dumps((EffectCall("color.lut", (("file", "/etc/passwd.cube"),)),))
    left_out = list[str]()
    (call,) = effect_files.loads(text, left_out=left_out)
    assert call.params == () and left_out == ["/etc/passwd.cube"]


def test_another_clip_is_shown_in_the_fields_that_are_there_and_wishes_are_for_it(window, qtbot):
    first = window.document.timeline.tracks[0].clips[0]
    other = Clip(0, 0, 50, EffectCall("core.color"), name="other", effects=(STACK[2],))
    window.document.do("Place", overwrite, 0, 101, other)
    second = window.document.timeline.tracks[0].clips[1]
    window.timeline_view.select([first.id])
    kept = [box for box in effect_boxes(window) if box.effect_id == "color.exposure"]
    window.timeline_view.select([])
    assert not window.inspector._page.isVisible() and window.inspector._nothing.isVisible()
    window.timeline_view.select([second.id])
    boxes = [box for box in effect_boxes(window) if box.index is not None]
    assert boxes == kept and boxes[0].index == 0 and window.inspector._name.text() == "other"
    boxes[0].param_wished.emit("stops", 1.5)
    clips = window.document.timeline.tracks[0].clips
    assert dict(clips[1].effects[0].params)["stops"] == 1.5 and clips[0] == first
    window.timeline_view.select([first.id])
    shown = [box.effect_id for box in effect_boxes(window) if box.index is not None]
    assert shown == [call.id for call in STACK]


@pytest.mark.parametrize("seed", range(4))
def test_boxes_that_are_made_in_turns_are_those_of_the_clip_whatever_is_done_between_them(window, seed):
    rng, view, ids = random.Random(seed), window.timeline_view, (1, 2)
    window.document.do("Place", overwrite, 0, 101, Clip(0, 0, 50, EffectCall("core.color"), effects=STACK[::-1] * 3))

    def count():
        return len(clip_by_id(window.document.timeline, rng.choice(ids)).effects)

    deeds = (
        lambda: view.select([rng.choice(ids)]),
        lambda: view.select(rng.choice([(), ids])),
        lambda: window.editing.add_effect(rng.choice(ids), rng.choice(STACK).id),
        lambda: window.editing.remove_effect(rng.choice(ids), rng.randrange(count())) if count() else None,
        lambda: window.editing.move_effect(rng.choice(ids), 0, 2),
        window.document.undo,
        QApplication.processEvents,
        QApplication.processEvents,
    )
    for _ in range(40):
        rng.choice(deeds)()
    for id in ids:
        view.select([id])
        QApplication.processEvents()
        clip, boxes = clip_by_id(window.document.timeline, id), effect_boxes(window)
        assert [box.effect_id for box in boxes] == [clip.source.id, *(call.id for call in clip.effects)]
        assert [box._call for box in boxes] == [clip.source, *clip.effects]
        stack = window.inspector._stack
        assert [stack.itemAt(place).widget() for place in range(stack.count())] == boxes[1:]


def test_every_field_of_a_parameter_that_the_keyboard_reaches_has_a_name(qtbot, window):
    from PySide6.QtWidgets import QWidget

    from vgan_studio.ui.editor import Editor

    window.document.start(overwrite(empty_film(), 0, 0, Clip(0, 0, 50, EffectCall("core.title"), effects=STACK)))
    window.timeline_view.select([1])
    qtbot.waitUntil(lambda: effect_boxes(window)[0]._body.isVisibleTo(window))
    editors = window.inspector.findChildren(Editor)
    reached = [
        one for made in editors for one in made.findChildren(QWidget) if one.focusPolicy() != Qt.FocusPolicy.NoFocus
    ]
    assert len(editors) > 10 and all(one.accessibleName() for one in reached)


def test_a_box_of_many_parameters_is_made_beside_other_work_and_then_shows_what_the_clip_has(qtbot, window):
    call = EffectCall("core.title", (("bold", True), ("font_size", 0.3)))
    window.document.start(overwrite(empty_film(), 0, 0, Clip(0, 0, 101, call)))
    window.timeline_view.select([1])
    box = effect_boxes(window)[0]
    assert len(box._editors) < len(window.inspector._effects["core.title"].params) / 2
    qtbot.waitUntil(lambda: box._body.isVisibleTo(window))
    assert box._editors["bold"]._box.isChecked() and box._editors["font_size"]._field.value() > 0
    shown = [box._grid.indexOf(box._rows[name][1]) for name in box._rows]
    assert shown == sorted(shown) and not box._diamonds["font_size"].isChecked()


def test_a_straight_curve_is_drawn_straight(editor):
    straight = Curve((Key(0, 1.0), Key(20, 2.0)))
    editor.show_curve(straight, 31, 0)
    path = editor._path(0)
    points = [(path.elementAt(n).x, path.elementAt(n).y) for n in range(21)]
    slope = (points[-1][1] - points[0][1]) / (points[-1][0] - points[0][0])
    assert all(abs(y - points[0][1] - slope * (x - points[0][0])) < 1e-3 for x, y in points)


@pytest.fixture
def amount(window):
    """The editor of a number, with its slider and field, and how many steps there are."""
    window.document.start(
        overwrite(empty_film(), 0, 0, Clip(0, 0, 101, EffectCall("core.color"), effects=(EffectCall("filter.blur"),)))
    )
    window.timeline_view.select([1])
    box = next(box for box in effect_boxes(window) if box.effect_id == "filter.blur")
    return box._editors["radius"]


def wheel(widget, notches=1):
    middle = widget.rect().center().toPointF()
    none = Qt.KeyboardModifier.NoModifier
    turned = QWheelEvent(
        middle, widget.mapToGlobal(middle), QPoint(), QPoint(0, 120 * notches), Qt.MouseButton.NoButton,
        none, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(widget, turned)


def hold(widget, key, times):
    """Hold a key down while it repeats itself, and let it go."""
    none = Qt.KeyboardModifier.NoModifier
    for turn in range(times):
        QApplication.sendEvent(widget, QKeyEvent(QKeyEvent.Type.KeyPress, key, none, "", turn > 0))
    QApplication.sendEvent(widget, QKeyEvent(QKeyEvent.Type.KeyRelease, key, none, "", True))
    QApplication.sendEvent(widget, QKeyEvent(QKeyEvent.Type.KeyPress, key, none, "", True))
    QApplication.sendEvent(widget, QKeyEvent(QKeyEvent.Type.KeyRelease, key, none))


def press_groove(qtbot, amount):
    """Hold the button in the groove until the slider has gone two pages towards it."""
    slider, values = amount._slider, []
    slider.valueChanged.connect(values.append)
    place = QPoint(slider.width() - 3, slider.height() // 2)
    qtbot.mousePress(slider, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    qtbot.waitUntil(lambda: len(values) >= 3)
    qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)


def drag_handle(qtbot, amount):
    slider = amount._slider
    start = QPoint(round(slider.width() * slider.value() / slider.maximum()) or 4, slider.height() // 2)
    drag(qtbot, slider, start, start + QPoint(30, 0))


def hold_on_slider(qtbot, amount):
    amount._field.setFocus()
    amount._slider.setFocus(Qt.FocusReason.TabFocusReason)
    hold(amount._slider, Qt.Key.Key_Right, 7)


def hold_on_field(qtbot, amount):
    amount._field.setFocus(Qt.FocusReason.TabFocusReason)
    hold(amount._field, Qt.Key.Key_Up, 7)


def turn_slider(qtbot, amount):
    amount._slider.setFocus(Qt.FocusReason.MouseFocusReason)
    with qtbot.waitSignal(amount.sealed):
        for _ in range(5):
            wheel(amount._slider)


def turn_field(qtbot, amount):
    amount._field.setFocus(Qt.FocusReason.MouseFocusReason)
    with qtbot.waitSignal(amount.sealed):
        for _ in range(5):
            wheel(amount._field)


def type_number(qtbot, amount):
    amount._field.setFocus(Qt.FocusReason.MouseFocusReason)
    amount._field.selectAll()
    qtbot.keyClicks(amount._field, "0.0123")
    qtbot.keyClick(amount._field, Qt.Key.Key_Return)


def set_by_a_reader(qtbot, amount):
    amount._slider.setValue(amount._slider.value() + 37)  # as programs for the blind do


GESTURES = (press_groove, drag_handle, hold_on_slider, hold_on_field, turn_slider, turn_field, type_number,
            set_by_a_reader)  # fmt: skip


def test_every_gesture_on_a_slider_or_its_field_is_one_step_and_undo_is_exact(qtbot, window, amount):
    films, steps = [window.document.timeline], len(window.document.history.steps)
    for gesture in (*GESTURES, hold_on_slider, turn_field):
        gesture(qtbot, amount)
        films.append(window.document.timeline)
        assert films[-1] != films[-2], gesture.__name__
        assert len(window.document.history.steps) == steps + len(films) - 1, gesture.__name__
    assert window.document.history.present.label == "Set radius"
    for film in reversed(films[:-1]):
        window.document.undo()
        assert window.document.timeline == film
    assert amount._field.value() / 100 == pytest.approx(
        window.inspector._effects["filter.blur"].params["radius"].default
    )


def test_the_wheel_over_a_field_that_was_not_chosen_changes_nothing(window, amount):
    window.timeline_view.setFocus()
    film = window.document.timeline
    for widget in (amount._slider, amount._field):
        wheel(widget)
    assert window.document.timeline == film and not amount._field.hasFocus()


def test_arrows_step_by_frames_after_the_mouse_has_set_a_slider(qtbot, window, amount):
    drag_handle(qtbot, amount)
    film = window.document.timeline
    qtbot.keyClick(amount._slider, Qt.Key.Key_Right)
    assert window.preview.frame == 1 and window.document.timeline == film


def test_choices_and_switches_are_a_step_each(qtbot, window):
    call = EffectCall("core.title")
    window.document.start(overwrite(empty_film(), 0, 0, Clip(0, 0, 101, call)))
    window.timeline_view.select([1])
    editors = effect_boxes(window)[0]._editors
    qtbot.waitUntil(lambda: effect_boxes(window)[0]._body.isVisibleTo(window))
    steps = len(window.document.history.steps)
    for index in (0, 2):
        editors["align"]._list.setCurrentIndex(index)
        editors["align"]._list.activated.emit(index)
    for _ in range(2):
        editors["bold"]._box.click()
    assert len(window.document.history.steps) == steps + 4


def test_shares_are_shown_and_typed_in_per_cent_and_kept_as_they_were(qtbot, window):
    window.editing.add_effect(1, "geometry.opacity")
    box = next(box for box in effect_boxes(window) if box.effect_id == "geometry.opacity")
    opacity = box._editors["opacity"]
    assert opacity._field.text() == "100.0 %" and "A number from 0 to 100 %." in opacity.toolTip()
    for typed, shown, kept in (
        ("50", "50.0 %", 0.5),
        ("33.3 %", "33.3 %", 0.333),
        ("7", "7.0 %", 0.07),
        ("0", "0.0 %", 0),
    ):
        opacity._field.setFocus()
        opacity._field.selectAll()
        qtbot.keyClicks(opacity._field, typed)
        qtbot.keyClick(opacity._field, Qt.Key.Key_Return)
        assert opacity._field.text() == shown and dict(calls(window)[-1].params)["opacity"] == kept
    qtbot.keyClick(opacity._field, Qt.Key.Key_Up)
    assert dict(calls(window)[-1].params)["opacity"] == 0.01, "an arrow goes by a per cent"
    opacity._slider.setValue(725)
    assert opacity._field.text() == "72.5 %" and dict(calls(window)[-1].params)["opacity"] == 0.725
    window.editing.set_param(1, 3, "opacity", 1 / 3)  # as a project or the command line may say
    assert opacity._field.text() == "33.3 %" and dict(calls(window)[-1].params)["opacity"] == 1 / 3, (
        "looked at, not set"
    )
    saturation = next(box for box in effect_boxes(window) if box.effect_id == "color.saturation")
    assert "%" not in saturation._editors["saturation"]._field.text(), "no part of a whole"


@pytest.mark.parametrize(
    ("color", "words", "ink"),
    [
        ((0.0, 0.0, 0.0, 0.0), "#000000  0 %", "#eee"), ((1.0, 1.0, 1.0, 0.5), "#FFFFFF  50 %", "#111"),
        ((0.0, 0.0, 0.0, 1.0), "#000000", "#eee"), ((0.0, 1.0, 0.0, 1.0), "#00FF00", "#111"),
    ],
)  # fmt: skip
def test_a_colour_says_in_words_that_can_be_read_how_opaque_it_is(qtbot, color, words, ink):
    editor = ColorEditor(Color((0.0, 0.0, 0.0, 1.0)))
    qtbot.addWidget(editor)
    editor.show_value(color)
    assert editor._patch.text() == words and f"color: {ink}" in editor._patch.styleSheet()


def test_the_mix_of_two_painters_is_greyed_out_until_there_is_a_second_one(window):
    window.editing.add_effect(1, "gan.stylize")
    box = effect_boxes(window)[-1]
    box._rest.finish()
    mix = box._rows["mix"]
    assert not any(widget.isEnabled() for widget in mix) and "does nothing" in mix[1].toolTip()
    assert box._editors["second"].isEnabled() and box._editors["strength"].isEnabled()
    box._editors["second"].wish("monet")
    assert all(widget.isEnabled() for widget in mix) and mix[1].toolTip() == mix[0].toolTip()
    window.document.undo()
    assert not any(widget.isEnabled() for widget in mix)


@pytest.mark.parametrize("id", ["gan.upscale", "gan.stylize", "gan.denoise", "gan.deblur", "style.translate"])
def test_how_much_a_network_does_is_said_in_per_cent(window, id):
    window.editing.add_effect(1, id)
    box = next(box for box in effect_boxes(window) if box.effect_id == id)
    box._rest.finish()
    shares = {"strength", "stabilise", "crisp", "mix"} & box._editors.keys()
    assert {box._editors[name]._field.suffix() for name in shares} == {" %"} and len(shares) >= 2
    assert box._editors["strength"]._field.text() == "100.0 %"


@pytest.mark.parametrize(
    ("spoken", "words"), [("en", ["Add Grain", "Remove Blur"]), ("zh_CN", ["添加颗粒", "移除模糊"])]
)
def test_a_step_of_history_names_the_effect_that_came_or_went(window, spoken, words):
    language.speak(spoken)
    try:
        window.editing.add_effect(1, "filter.grain")
        index = [call.id for call in calls(window)].index("filter.blur")
        window.editing.remove_effect(1, index)
        assert [step.label for step in window.document.history.steps[-2:]] == words
        window.editing.remove_effect(1, 99)
        assert window.document.history.present.label == words[1], "there is none, and nothing is done"
    finally:
        language.speak("en")


def test_the_volume_and_the_speed_of_a_clip_are_a_step_a_gesture(qtbot, window):
    media = Media("a.mkv", "a", Fraction(10), 64, 48, Fraction(25), channels=2, sample_rate=48000)
    window.document.start(overwrite(empty_film(), 0, 0, Clip(0, 0, 100, media)))
    window.timeline_view.select([1])
    steps = len(window.document.history.steps)
    for field, key in (
        (window.inspector._fields.gain, Qt.Key.Key_Up),
        (window.inspector._fields.speed, Qt.Key.Key_Up),
    ) * 2:
        field.setFocus(Qt.FocusReason.TabFocusReason)
        hold(field, key, 4)
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
        hold(window.inspector._fields.gain, key, 2)
    assert len(window.document.history.steps) == steps + 6


def test_lengths_are_shown_in_per_cent_and_angles_in_degrees_and_kept_as_they_were(window):
    blur = next(box for box in effect_boxes(window) if box.effect_id == "filter.blur")
    radius = blur._editors["radius"]
    assert radius._field.text() == "1.00 %" and "50 % of the height" in radius.toolTip()
    radius._field.setValue(0.3)
    assert dict(calls(window)[1].params)["radius"] == 0.003
    exposure = next(box for box in effect_boxes(window) if box.effect_id == "color.exposure")
    assert exposure._editors["stops"]._field.text() == "0.00 EV"
    window.editing.add_effect(1, "geometry.transform")
    transform = next(box for box in effect_boxes(window) if box.effect_id == "geometry.transform")
    assert transform._editors["rotation"]._field.text().endswith("°")
    across, down = transform._editors["position"]._fields
    across.setValue(-12.5)
    assert dict(calls(window)[3].params)["position"] == (-0.125, 0.0) and down.text() == "0.00 %"


@pytest.mark.parametrize("spoken", ["en", "zh_CN"])
def test_no_effect_is_wider_than_the_panel_in_the_smallest_window(window, spoken):
    from vgan_studio.effects.spec import REGISTRY
    from vgan_studio.ui.effect_box import EffectBox

    language.speak(spoken)
    window.resize(1280, 720)
    bar = window.inspector.verticalScrollBar().sizeHint().width()
    room = window.layouts.docks["inspector"].width() - bar - 2 * _MARGIN
    made = {id: EffectBox(effect, DARK, own=effect.kind == "generator") for id, effect in REGISTRY.items()}
    wide = {id: box.minimumSizeHint().width() for id, box in made.items() if box.minimumSizeHint().width() > room}
    language.speak("en")
    assert not wide, f"there is room for {room}"


def test_the_menu_of_effects_has_one_column_however_many_there_are(window):
    menu = EffectMenu(window.inspector._effects, window)
    font = menu.font()
    font.setPointSize(3 * font.pointSize())
    menu.setFont(font)
    menu.adjustSize()
    rows = [menu.actionGeometry(action) for action in menu.actions()]
    assert rows[-1].bottom() > menu.screen().geometry().height(), "there is more than fits"
    assert len({row.left() for row in rows}) == 1


@pytest.fixture
def turned(window):
    """A window with two clips, the second of which comes in by a dissolve of two seconds."""
    film = overwrite(empty_film(), 0, 0, Clip(0, 0, 100, EffectCall("core.color")))
    window.document.start(overwrite(film, 0, 100, Clip(0, 100, 100, EffectCall("core.color"))))
    window.timeline_view.select([2])
    window.actions_["dissolve"].trigger()
    return window


def turn_of(window):
    return clip_by_id(window.document.timeline, 2).transition


def test_a_transition_is_another_kind_and_has_the_parameters_of_that(turned):
    (box,) = turned.inspector._turns
    assert {box.kind.itemText(row) for row in range(box.kind.count())} == {"Dissolve", "Dip to colour", "Wipe", "Push"}
    assert box._box is None, "a dissolve has none"
    box.kind.setCurrentIndex(box.kind.findData("core.wipe"))
    box.kind.activated.emit(box.kind.currentIndex())
    assert turn_of(turned).effect.id == "core.wipe" and turned.document.history.present.label == "Change transition"
    box._box._editors["angle"]._field.setValue(90)
    assert dict(turn_of(turned).effect.params) == {"angle": 90.0}
    turned.document.undo()
    turned.document.undo()
    assert turn_of(turned).effect == EffectCall("core.dissolve")


def choose(field, value):
    field.setCurrentIndex(field.findData(value))
    field.activated.emit(field.currentIndex())


def test_a_transition_is_eased_in_one_step_and_stays_so_when_it_becomes_another_kind(turned, tmp_path):
    (box,) = turned.inspector._turns
    steps, before = len(turned.document.history.steps), turned.timeline_view.viewport().grab().toImage()
    assert [box.ease.itemText(row) for row in range(box.ease.count())] == [
        "Even", "In: begins slowly", "Out: ends slowly", "In and out",
    ]  # fmt: skip
    assert box.ease.currentData() == "linear"
    choose(box.ease, "in")
    assert turn_of(turned).ease == "in" and len(turned.document.history.steps) == steps + 1
    assert turned.timeline_view.viewport().grab().toImage() != before, "the line across the transition is bent"
    choose(box.kind, "core.wipe")
    assert turn_of(turned) == replace(turn_of(turned), effect=EffectCall("core.wipe"), ease="in")
    otio.save(turned.document.timeline, tmp_path / "eased.otio")
    assert otio.load(tmp_path / "eased.otio") == turned.document.timeline
    turned.document.undo()
    turned.document.undo()
    assert turn_of(turned).ease == "linear" and box.ease.currentData() == "linear"


def test_a_parameter_of_a_transition_gets_keys_that_count_from_the_cut(qtbot, turned):
    (box,) = turned.inspector._turns
    choose(box.kind, "core.wipe")
    before, after = turn_of(turned).before, turn_of(turned).after
    turned.preview.seek(100 - before)  # the first frame of the transition, before the clip begins
    box._box._diamonds["angle"].click()
    box._box._editors["angle"]._field.setValue(20)
    turned.preview.seek(100 + after - 1)
    assert not box._box._diamonds["angle"].isChecked() and box._box._editors["angle"]._field.value() == 20
    box._box._editors["angle"]._field.setValue(90)
    turned.document.seal()
    (named,) = turn_of(turned).effect.params
    assert named == ("angle", Curve((Key(-before, 20.0), Key(after - 1, 90.0))))
    assert [dict(plan(turned.document.timeline, frame, 64, 36).params)["angle"] for frame in (100 - before, 99 + after)] == [
        20, 90,
    ]  # fmt: skip
    curve = box._box._curves["angle"]
    with qtbot.waitSignal(turned.inspector.seek_wished) as sought:
        curve.seek_wished.emit(0)
    assert sought.args == [100 - before], "the curve's first frame is the transition's"
    drag(qtbot, curve, curve.place(1).toPoint(), curve.place(1).toPoint() - QPoint(curve.width() // 2, 0))
    moved = dict(turn_of(turned).effect.params)["angle"].keys[1]
    assert moved.frame < after - 1 and turned.document.history.present.label == "Set angle"
    box._box._reset("angle")
    assert turn_of(turned).effect == EffectCall("core.wipe")


def test_a_transition_is_made_longer_on_either_side_and_too_long_is_refused(qtbot, turned):
    (box,) = turned.inspector._turns
    rate = turned.document.timeline.rate
    box.before.setValue(0.2)
    box.after.setValue(0.4)
    assert (turn_of(turned).before, turn_of(turned).after) == (round(rate / 5), round(rate * 2 / 5))
    kept = turn_of(turned)
    box.before.setValue(3000)
    assert turn_of(turned) == kept and "no room" in turned.statusBar().currentMessage()
    assert box.before.value() == pytest.approx(0.2, abs=0.02), "the field shows what is so"
    box._remove.click()
    qtbot.waitUntil(lambda: turn_of(turned) is None)
    assert not turned.inspector._turns


def test_a_die_draws_another_seed_in_one_step_and_it_stays_until_then(window):
    window.editing.add_effect(1, "filter.grain")
    box = effect_boxes(window)[-1]
    drawn = []
    for _ in range(3):
        box._editors["seed"].die.click()
        drawn.append(dict(window.document.timeline.tracks[0].clips[0].effects[3].params)["seed"])
        window.editing.set_param(1, 3, "amount", len(drawn) / 10)
        window.document.seal()
    assert len(set(drawn)) == 3
    for _ in range(3):  # the amount, the seed, the amount before
        window.actions_["undo"].trigger()
    assert box._editors["seed"]._field.value() == drawn[1]


def test_seeds_of_the_chosen_clips_are_drawn_anew_in_one_step_but_for_locked_ones(window):
    def seeds():
        calls = window.document.timeline.tracks[0].clips[0].effects
        return [dict(call.params).get("seed", 0) for call in calls if call.id == "filter.grain"]

    for _ in range(2):
        window.editing.add_effect(1, "filter.grain")
    box = effect_boxes(window)[-1]
    box._editors["seed"].lock.click()
    assert not box._editors["seed"].die.isEnabled() and not box._editors["seed"]._field.isEnabled()
    window.timeline_view.select([1])
    film = window.document.timeline
    window.actions_["reseed"].trigger()
    assert seeds()[0] != 0 and seeds()[1] == 0
    window.actions_["undo"].trigger()
    assert window.document.timeline == film
    box._editors["seed"].lock.click()
    assert box._editors["seed"].die.isEnabled()
    window.actions_["reseed"].trigger()
    assert 0 not in seeds()


def test_without_a_seed_to_draw_the_window_says_so(window):
    film = window.document.timeline
    window.timeline_view.select([1])
    window.actions_["reseed"].trigger()
    assert "seed" in window.statusBar().currentMessage() and window.document.timeline == film


def test_choices_are_written_as_names_and_numbers_as_they_are(window):
    window.editing.add_effect(1, "gan.stylize")
    window.editing.add_effect(1, "gan.upscale")
    styles, scales = (
        box._editors[name]._list for box, name in zip(effect_boxes(window)[-2:], ("style", "scale"), strict=True)
    )
    shown = {styles.itemData(row): styles.itemText(row) for row in range(styles.count())}
    assert shown["van-gogh"] == "Van Gogh" and shown["hokusai"] == "Hokusai"
    assert [scales.itemText(row) for row in range(scales.count())] == ["2", "4"]


def test_a_clip_is_not_asked_by_how_much_a_new_file_multiplies_the_rate(qtbot, window):
    window.editing.add_effect(1, "gan.interpolate")
    qtbot.waitUntil(lambda: effect_boxes(window)[-1].effect_id == "gan.interpolate")
    box = effect_boxes(window)[-1]
    qtbot.waitUntil(lambda: "model" in box._editors)
    assert "factor" not in box._editors, "the film's rate says how many pictures there are"
    assert "strength" in box._editors

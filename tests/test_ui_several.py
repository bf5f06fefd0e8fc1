"""Several clips in the inspector, in the words of who sets them."""

from dataclasses import replace
from fractions import Fraction

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox

from tests.windows import effect_boxes
from vgan_studio.service import effect_files
from vgan_studio.timeline.curve import Curve, Key
from vgan_studio.timeline.lookup import clip_by_id
from vgan_studio.timeline.values import Clip, EffectCall, Media, Timeline, Track, Transition
from vgan_studio.ui.differing import DASH, dashed

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # of the offscreen platform
FILM = Media("/films/a.mp4", "a", Fraction(60), 320, 180, Fraction(25), channels=2, sample_rate=48000)
DISSOLVE = EffectCall("core.dissolve")
BLUR = EffectCall("filter.blur", (("radius", 0.1),))


def saturated(value):
    return EffectCall("color.saturation", (("saturation", value),))


@pytest.fixture
def window(windows, tmp_path, monkeypatch):
    """A window with three clips of a film that lie beside each other, with other effects, and one of sound below them.

    1: saturation 1.5, blur     2: blur, saturation 2.0, grain     3: saturation 1.5     4: sound alone
    """
    import vgan_studio.effects.families  # noqa: F401
    from vgan_studio.effects.spec import REGISTRY

    monkeypatch.setattr(effect_files, "folder", lambda: tmp_path / "effects")
    window = windows.open({"toured": True}, size=(1280, 1000))
    window._know_effects(REGISTRY)
    stacks = (saturated(1.5), BLUR), (BLUR, saturated(2.0), EffectCall("filter.grain")), (saturated(1.5),)
    clips = tuple(
        Clip(id, 40 * id - 40, 40, FILM, Fraction(id), effects=effects) for id, effects in enumerate(stacks, 1)
    )
    tracks = Track("video", clips, "V1"), Track("audio", (Clip(4, 0, 40, FILM, gain_db=-6.0),), "A1")
    window.document.start(Timeline(Fraction(25), 320, 180, tracks=tracks, media=(FILM,), next_id=5))
    window.timeline_view.zoom(4 / window.timeline_view.scale.zoom, window.timeline_view.scale.header)
    return window


def choose(window, *ids):
    window.timeline_view.select(ids)
    panel = window.inspector.several
    panel._making.finish()
    return panel


def stack_of(window, id):
    return clip_by_id(window.document.timeline, id).effects


def saturations(window, *ids):
    found = (dict(call.params) for id in ids for call in stack_of(window, id) if call.id == "color.saturation")
    return [params.get("saturation") for params in found]


def steps(window):
    return len(window.document.history.steps)


def test_two_clips_that_are_clicked_with_ctrl_are_shown_together_with_what_both_have(qtbot, window):
    view = window.timeline_view
    row = view.scale.rows(view.timeline)[0]
    for frame, held in ((20, Qt.KeyboardModifier.NoModifier), (60, Qt.KeyboardModifier.ControlModifier)):
        place = QPoint(round(view.scale.x(frame)), view.scale.y(row) + row.height // 2)
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, held, place)
    panel = window.inspector.several
    qtbot.waitUntil(lambda: len(panel._boxes) == 2)
    assert panel.isVisible() and panel._name.text() == "2 clips"
    assert [box.effect_id for box in panel._boxes] == ["color.saturation", "filter.blur"], "the grain is one's alone"
    saturation, blur = (box._editors for box in panel._boxes)
    assert dashed(saturation["saturation"]._field) and saturation["saturation"]._field.text() == DASH
    assert not dashed(blur["radius"]._field) and blur["radius"]._field.value() == pytest.approx(10.0)
    view.select((1,))
    assert not panel.isVisible() and window.inspector._page.isVisible()
    view.select(())
    assert not panel.isVisible() and window.inspector._nothing.isVisible()


def test_a_slider_of_several_clips_sets_all_in_one_step_and_undo_gives_back_what_each_had(qtbot, window):
    panel, before, had = choose(window, 1, 2, 3), window.document.timeline, steps(window)
    (box,) = panel._boxes
    slider = box._editors["saturation"]._slider
    slider.setSliderDown(True)
    for step in (200, 500, 750):
        slider.setValue(step)
        assert len(set(saturations(window, 1, 2, 3))) == 1
    slider.setSliderDown(False)
    assert saturations(window, 1, 2, 3) == [3.0, 3.0, 3.0] and steps(window) == had + 1
    assert not dashed(box._editors["saturation"]._field)
    window.document.undo()
    assert window.document.timeline == before and dashed(box._editors["saturation"]._field)


def test_a_number_typed_over_the_dash_is_that_of_all_clips_even_where_it_is_that_of_the_first(qtbot, window):
    panel = choose(window, 1, 2)
    field = panel._boxes[0]._editors["saturation"]._field
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "1.5")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert saturations(window, 1, 2) == [1.5, 1.5] and not dashed(field) and field.minimum() == 0
    assert stack_of(window, 2)[2] == EffectCall("filter.grain"), "what is one's alone stays"


def test_an_arrow_on_a_dash_begins_at_what_the_first_clip_has(qtbot, window):
    panel = choose(window, 1, 2)
    field = panel._boxes[0]._editors["saturation"]._field
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert saturations(window, 1, 2) == [pytest.approx(1.5 - field.singleStep())] * 2
    panel = choose(window, 1, 4)
    assert panel._fields.gain.text() == DASH
    panel._fields.gain.stepUp()
    assert [clip_by_id(window.document.timeline, id).gain_db for id in (1, 4)] == [1.0, 1.0]


def test_of_a_place_the_number_that_is_not_set_stays_each_clips_own(qtbot, window):
    for id, place in ((1, (0.1, 0.2)), (2, (0.3, 0.2)), (3, (0.5, 0.6))):
        window.editing.add_effects(id, (EffectCall("geometry.transform", (("position", place),)),))
    panel = choose(window, 1, 2, 3)
    across, down = (
        next(box for box in panel._boxes if box.effect_id == "geometry.transform")._editors["position"]._fields
    )
    assert dashed(across) and dashed(down)
    down.setValue(50)
    places = [dict(stack_of(window, id)[-1].params)["position"] for id in (1, 2, 3)]
    assert places == [(0.1, 0.5), (0.3, 0.5), (0.5, 0.5)]
    assert dashed(across) and down.value() == 50
    panel = choose(window, 1, 2)
    window.document.undo()
    assert [dashed(one) for one in (across, down)] == [True, False], "both are 20 % down"


def test_volume_and_speed_of_several_clips_are_set_at_once(qtbot, window):
    panel, had = choose(window, 1, 2, 4), steps(window)
    assert panel._fields.gain.text() == DASH and panel._fields.speed.value() == 100
    panel._fields.gain.setValue(-3)
    gains = [clip_by_id(window.document.timeline, id).gain_db for id in (1, 2, 3, 4)]
    assert gains == [-3, -3, 0, -3] and panel._fields.gain.text() == "-3.0 dB" and steps(window) == had + 1
    panel._fields.speed.setValue(200)
    assert [clip_by_id(window.document.timeline, id).speed for id in (1, 2, 3, 4)] == [2, 2, 1, 2]
    assert steps(window) == had + 2
    title = Clip(0, 0, 40, EffectCall("core.title"))
    film = window.document.timeline
    tracks = (*film.tracks, Track("video", (replace(title, id=9),), "V2"))
    window.document.start(replace(film, tracks=tracks, next_id=10))
    panel = choose(window, 1, 9)
    assert not panel._fields.gain.isVisible() and not panel._fields.speed.isVisible(), "a title has neither"


def test_titles_are_lettered_alike_in_one_step(qtbot, window):
    film = window.document.timeline
    words = ((9, "One"), (10, "Two"))
    titles = tuple(Clip(id, id * 10, 10, EffectCall("core.title", (("text", word),))) for id, word in words)
    window.document.start(replace(film, tracks=(*film.tracks, Track("video", titles, "V2")), next_id=11))
    panel, had = choose(window, 9, 10), steps(window)
    (box,) = panel._boxes
    qtbot.waitUntil(lambda: len(box._editors) == len(box._effect.params))
    lines = box._editors["text"]._lines
    assert lines.toPlainText() == "" and lines.placeholderText() == DASH
    box._editors["bold"]._box.click()
    named = [dict(clip_by_id(window.document.timeline, id).source.params) for id in (9, 10)]
    assert named == [{"bold": True, "text": "One"}, {"bold": True, "text": "Two"}] and steps(window) == had + 1
    window.timeline_view.select((9,))
    window.inspector.param_wished.emit(9, None, "bold", False)
    panel = choose(window, 9, 10)
    assert panel._boxes[0]._editors["bold"].findChild(QCheckBox).checkState() == Qt.CheckState.PartiallyChecked
    assert panel._boxes[0]._editors["anchor"].findChild(QComboBox).currentIndex() >= 0


def test_an_effect_is_bypassed_and_taken_away_from_several_clips_wherever_it_is_in_their_stacks(qtbot, window):
    panel, before, had = choose(window, 1, 2), window.document.timeline, steps(window)
    blur = panel._boxes[1]
    blur._power.click()
    assert [stack_of(window, 1)[1].enabled, stack_of(window, 2)[0].enabled] == [False, False]
    blur._movers["remove"].click()
    assert [call.id for id in (1, 2) for call in stack_of(window, id)] == [
        "color.saturation", "color.saturation", "filter.grain",
    ]  # fmt: skip
    assert steps(window) == had + 2 and [box.effect_id for box in panel._boxes] == ["color.saturation"]
    assert window.document.history.present.label == "Remove Blur"
    window.document.undo()
    window.document.undo()
    assert window.document.timeline == before


def test_an_effect_is_added_to_all_chosen_pictures_and_to_no_sound(qtbot, window):
    panel, had = choose(window, 1, 2, 3, 4), steps(window)
    kept = panel._boxes[0]
    panel.add_wished.emit("filter.blur")
    qtbot.waitUntil(lambda: len(panel._boxes) == 2)
    assert window.document.history.present.label == "Add Blur"
    assert panel._boxes[0] is kept, "what is shown already stays"
    assert [stack_of(window, id)[-1].id for id in (1, 2, 3)] == ["filter.blur"] * 3 and not stack_of(window, 4)
    assert steps(window) == had + 1
    assert [box.effect_id for box in panel._boxes] == ["color.saturation", "filter.blur"]


def test_effects_that_were_kept_and_those_of_a_copied_clip_are_put_on_all_chosen(qtbot, window):
    panel, had = choose(window, 1, 2, 3), steps(window)
    QApplication.clipboard().setText(effect_files.dumps((EffectCall("color.vignette"),)))
    shown = []
    panel.presets_wished.connect(lambda clip, place: shown.append(clip))
    window.effect_files.paste(1)
    assert [stack_of(window, id)[-1].id for id in (1, 2, 3)] == ["color.vignette"] * 3 and steps(window) == had + 1
    window.timeline_view.select((3,))
    window.editing.copy()
    choose(window, 1, 2)
    window.editing.paste_effects()
    assert [stack_of(window, id)[-2:] for id in (1, 2)] == [stack_of(window, 3)] * 2 and steps(window) == had + 2


def test_a_value_set_for_several_clips_is_a_key_where_one_of_them_has_keys(qtbot, window):
    rise = Curve((Key(0, 1.0, "ease"), Key(30, 4.0)))
    window.editing.set_param(2, 1, "saturation", rise)
    window.document.seal()
    window.preview.seek(50)  # frame 10 of the second clip
    panel = choose(window, 1, 2)
    field = panel._boxes[0]._editors["saturation"]._field
    assert dashed(field)
    field.setValue(3)
    first, second = saturations(window, 1, 2)
    assert first == 3 and second == Curve((Key(0, 1.0, "ease"), Key(10, 3.0, "ease"), Key(30, 4.0)))
    assert not dashed(field)
    window.preview.seek(60)
    assert dashed(field), "further on they differ again"


def test_a_diamond_sets_a_key_in_all_chosen_clips_at_the_playhead_in_one_step_and_takes_them_away(qtbot, window):
    rise = Curve((Key(5, 1.0, "ease"), Key(25, 3.0)))
    upper = Clip(5, 10, 40, FILM, effects=(EffectCall("color.saturation", (("saturation", rise),)),))
    film = window.document.timeline
    window.document.start(replace(film, tracks=(*film.tracks, Track("video", (upper,), "V2")), next_id=6))
    window.preview.seek(25)  # frame 25 of the first clip, 15 of the upper one
    panel, before, had = choose(window, 1, 5), window.document.timeline, steps(window)
    diamond = panel._boxes[0]._diamonds["saturation"]
    assert diamond.isVisible() and not diamond.isChecked() and diamond.toolTip() == "Key at the playhead"
    qtbot.mouseClick(diamond, Qt.MouseButton.LeftButton)
    assert saturations(window, 1, 5) == [
        Curve((Key(25, 1.5),)),
        Curve((Key(5, 1.0, "ease"), Key(15, 2.0, "ease"), Key(25, 3.0))),
    ], "each of the value that it has there"
    assert diamond.isChecked() and steps(window) == had + 1
    image = diamond.icon().pixmap(QSize(14, 14), QIcon.Mode.Normal, QIcon.State.On).toImage()
    empty = diamond.icon().pixmap(QSize(14, 14), QIcon.Mode.Normal, QIcon.State.Off).toImage()
    assert image.pixelColor(7, 7).alpha() == 255 and empty.pixelColor(7, 7).alpha() == 0, "it is filled"
    window.preview.seek(35)
    assert not diamond.isChecked(), "only the upper one has a key here"
    window.preview.seek(25)
    assert diamond.isChecked()
    qtbot.mouseClick(diamond, Qt.MouseButton.LeftButton)
    assert window.document.timeline == before and not diamond.isChecked() and steps(window) == had + 2
    window.document.undo()
    window.document.undo()
    assert window.document.timeline == before and not diamond.isChecked()


def test_a_diamond_leaves_chosen_clips_alone_that_do_not_lie_at_the_playhead_and_says_so(qtbot, window):
    window.preview.seek(50)
    panel, others = choose(window, 1, 2, 3), [clip_by_id(window.document.timeline, id) for id in (1, 3)]
    diamond = panel._boxes[0]._diamonds["saturation"]
    assert diamond.toolTip() == "Key at the playhead, in 1 of 3 clips: the others do not lie there"
    qtbot.mouseClick(diamond, Qt.MouseButton.LeftButton)
    assert saturations(window, 2) == [Curve((Key(10, 2.0),))] and diamond.isChecked()
    assert [clip_by_id(window.document.timeline, id) for id in (1, 3)] == others
    window.preview.seek(130)
    had = steps(window)
    qtbot.mouseClick(diamond, Qt.MouseButton.LeftButton)
    assert not diamond.isEnabled() and not diamond.isChecked() and steps(window) == had
    assert diamond.toolTip() == "None of these clips lies at the playhead."
    window.timeline_view.select([2])
    box = effect_boxes(window)[1]
    assert box._diamonds["saturation"].isEnabled() and box._diamonds["saturation"].toolTip() == "Key at the playhead"


def test_what_networks_cost_is_said_of_several_clips_from_the_quickest_to_the_slowest(window):
    large = replace(FILM, path="/films/b.mp4", fingerprint="b", width=640, height=360)
    film = window.document.timeline
    clips = tuple(
        Clip(id, 40 * id, 40, medium, effects=(EffectCall("gan.denoise"), EffectCall("gan.upscale")))
        for id, medium in enumerate((FILM, FILM, large), 1)
    )
    window.document.start(replace(film, media=(FILM, large), tracks=(Track("video", clips),), next_id=6))
    panel = choose(window, 1, 2)
    words = [box._speed.text() for box in panel._boxes]
    assert words == ["Its speed here is not known yet."] * 2
    window.inspector.show_speeds({"gan.denoise": 10.0})
    assert [box._speed.text() for box in panel._boxes] == ["0.58 s a frame here", "Its speed here is not known yet."]
    fitted = "320 × 180 → 640 × 360, then fitted to the film: 320 × 180"
    assert [box._size.text() for box in panel._boxes] == ["320 × 180", fitted]
    panel = choose(window, 1, 3)
    assert panel._boxes[0]._speed.text() == "0.58 – 2.30 s a frame here" and panel._boxes[0]._size.isHidden()
    window.timeline_view.select([3])
    assert effect_boxes(window)[0]._speed.text() == "2.30 s a frame here", "as of one clip"


def test_a_double_click_gives_all_chosen_clips_the_default_again(qtbot, window):
    panel, had = choose(window, 1, 2), steps(window)
    panel._boxes[0]._editors["saturation"].reset_wished.emit()
    assert saturations(window, 1, 2) == [None, None] and steps(window) == had + 1


def turns_of(window, *ids):
    return [clip_by_id(window.document.timeline, id).transition for id in ids]


def pick(field, value):
    field.setCurrentIndex(field.findData(value))
    field.activated.emit(field.currentIndex())


def test_the_transitions_of_several_clips_are_made_alike_a_field_a_step(qtbot, window):
    panel = window.inspector.several
    for id, turn in (
        (2, Transition(5, 10, EffectCall("core.wipe", (("angle", 90.0),)))),
        (3, Transition(5, 5, DISSOLVE)),
    ):
        window.editing.set_transition(id, turn)
        window.document.seal()
    choose(window, 1, 2)
    assert panel._turn is None or panel._turn.isHidden(), "the first has none"
    choose(window, 2, 3)
    box, had, before = panel._turn, steps(window), window.document.timeline
    assert box.isVisible() and box.before.value() == 0.2 and box.after.text() == DASH
    assert box.kind.currentIndex() == -1 and box.ease.currentData() == "linear"
    box.after.setValue(0.8)
    assert [(turn.before, turn.after) for turn in turns_of(window, 2, 3)] == [(5, 20), (5, 20)]
    pick(box.ease, "both")
    assert [turn.effect.id for turn in turns_of(window, 2, 3)] == ["core.wipe", "core.dissolve"], (
        "each stays what it is"
    )
    pick(box.kind, "core.wipe")
    assert [turn.ease for turn in turns_of(window, 2, 3)] == ["both", "both"]
    assert {turn.effect for turn in turns_of(window, 2, 3)} == {EffectCall("core.wipe")}
    assert steps(window) == had + 3
    box.after.setValue(2)
    assert "no room" in window.statusBar().currentMessage() and box.after.value() == 0.8
    box._remove.click()
    qtbot.waitUntil(lambda: turns_of(window, 2, 3) == [None, None])
    assert not box.isVisible() and steps(window) == had + 4
    for _ in range(4):
        window.document.undo()
    assert window.document.timeline == before and box.after.text() == DASH


def test_clips_that_are_chosen_and_left_again_at_once_leave_nothing_behind(qtbot, window):
    view, panel = window.timeline_view, window.inspector.several
    view.select((1, 2))
    assert len(panel._boxes) == 1, "the others are made in turns"
    view.select(())
    qtbot.waitUntil(lambda: not panel._making._timer.isActive())
    assert not panel.isVisible() and panel._clips == ()
    window.preview.seek(50)
    assert window.preview.frame == 50, "the playhead goes on without them"
    for ids in ((1, 2), (3,), (2, 3), (1, 4), (), (1, 2)):
        view.select(ids)
    qtbot.waitUntil(lambda: len(panel._boxes) == 2)
    assert panel._boxes[1]._editors["radius"]._field.value() == 10


def test_a_locked_track_refuses_a_change_of_several_clips_whole_and_says_so(qtbot, window):
    film = window.document.timeline
    window.document.start(replace(film, tracks=(film.tracks[0], replace(film.tracks[1], locked=True))))
    panel, before = choose(window, 1, 4), window.document.timeline
    panel._fields.gain.setValue(-9)
    assert window.document.timeline is before and "locked" in window.statusBar().currentMessage()
    assert panel._fields.gain.text() == DASH, "the field shows what is so"

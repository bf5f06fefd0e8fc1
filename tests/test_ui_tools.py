"""The tools of the timeline, keys, palette, layouts and language, in the words of who uses them."""

from dataclasses import replace
from fractions import Fraction

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeySequence, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from vgan_studio.service import gestures as edits
from vgan_studio.service import overlaps
from vgan_studio.service.document import empty_film
from vgan_studio.service.waveforms import Waveforms, peaks_of
from vgan_studio.timeline.check import faults
from vgan_studio.timeline.edit import overwrite
from vgan_studio.timeline.tracks import audible
from vgan_studio.timeline.values import Clip, EffectCall, Marker, Media, Timeline, Track
from vgan_studio.ui import keys
from vgan_studio.ui.keys_dialog import KeysDialog
from vgan_studio.ui.main_window import MainWindow
from vgan_studio.ui.palette import Palette, match
from vgan_studio.ui.questions import FilmQuestion, MarkerQuestion, SpeedQuestion
from vgan_studio.ui.timeline_headers import border_at
from vgan_studio.ui.timeline_sound import area, fades

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # of the offscreen platform

FILM = Media("/films/a.mp4", "a", Fraction(8), 320, 180, Fraction(25), channels=2, sample_rate=48000)
NONE = Qt.KeyboardModifier.NoModifier
ALT, CTRL, SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


def film():
    """V1: a [0, 40) b [40, 80) ... c [120, 160), each from the second 1 of a film of 8 s; V2 and A1 are empty."""
    timeline = Timeline(
        Fraction(25), 320, 180, tracks=(Track("video", name="V1"), Track("video", name="V2"), Track("audio", name="A1"))
    )
    for start in (0, 40, 120):
        timeline = overwrite(timeline, 0, start, Clip(0, 0, 40, FILM, source_in=Fraction(1)))
    return timeline


@pytest.fixture
def settings(windows):
    return windows.settings


@pytest.fixture
def window(windows):
    window = windows.open()
    window.document.start(film())
    view = window.timeline_view
    view.zoom(4.0 / view.scale.zoom, view.scale.header)  # 4 points per frame
    view.snapping = False
    return window


def clips(window, track=0):
    return window.document.timeline.tracks[track].clips


def spans(window, track=0):
    return [(clip.start, clip.end) for clip in clips(window, track)]


def at(view, frame, track=0, y=0.5):
    row = next(row for row in view.scale.rows(view.timeline) if row.track == track)
    return QPoint(round(view.scale.x(frame)), view.scale.y(row) + round(row.height * y))


def drag(qtbot, view, start, end, held=NONE):
    page = view.viewport()
    qtbot.mousePress(page, Qt.MouseButton.LeftButton, held, start)
    for step in range(1, 5):
        where = QPointF(start + (end - start) * step / 4)
        left = Qt.MouseButton.LeftButton
        moving = QMouseEvent(QEvent.Type.MouseMove, where, view.mapToGlobal(where), left, left, held)
        QApplication.sendEvent(page, moving)
    qtbot.mouseRelease(page, Qt.MouseButton.LeftButton, held, end)


def press(qtbot, window, key, held=NONE):
    window.timeline_view.setFocus()
    qtbot.keyClick(window.timeline_view, key, held)


def steps(window):
    return [step.label for step in window.document.history.steps][1:]


def test_the_razor_cuts_where_it_is_clicked_and_with_shift_all_tracks(qtbot, window):
    view = window.timeline_view
    press(qtbot, window, Qt.Key.Key_C)
    assert view.tool == "razor"
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, NONE, at(view, 10))
    assert spans(window) == [(0, 10), (10, 40), (40, 80), (120, 160)]
    window.document.do("b", overwrite, 1, 0, Clip(0, 0, 40, FILM))
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, SHIFT, at(view, 20))
    assert spans(window)[1:3] == [(10, 20), (20, 40)]
    assert spans(window, 1) == [(0, 20), (20, 40)]
    press(qtbot, window, Qt.Key.Key_Escape)
    assert view.tool == "select"
    assert window.actions_["tool_select"].isChecked()


def test_the_ripple_tool_pulls_the_later_clips_along(qtbot, window):
    view = window.timeline_view
    press(qtbot, window, Qt.Key.Key_B)
    drag(qtbot, view, at(view, 80) - QPoint(2, 0), at(view, 70))
    assert spans(window) == [(0, 40), (40, 70), (110, 150)]
    assert steps(window) == ["Ripple trim"]


def test_the_roll_tool_moves_the_cut(qtbot, window):
    view = window.timeline_view
    press(qtbot, window, Qt.Key.Key_N)
    drag(qtbot, view, at(view, 40) + QPoint(2, 0), at(view, 50))
    assert spans(window) == [(0, 50), (50, 80), (120, 160)]


def test_the_slip_tool_shows_another_part_and_moves_nothing(qtbot, window):
    view = window.timeline_view
    press(qtbot, window, Qt.Key.Key_Y)
    drag(qtbot, view, at(view, 60), at(view, 50))
    assert spans(window) == [(0, 40), (40, 80), (120, 160)]
    assert clips(window)[1].source_in == 1 + Fraction(10, 25)


def test_the_slide_tool_moves_a_clip_and_its_neighbours_make_room(qtbot, window):
    view = window.timeline_view
    press(qtbot, window, Qt.Key.Key_U)
    drag(qtbot, view, at(view, 60), at(view, 70))
    assert spans(window) == [(0, 50), (50, 90), (120, 160)]


def test_the_stretch_tool_changes_the_speed(qtbot, window):
    view = window.timeline_view
    press(qtbot, window, Qt.Key.Key_R)
    drag(qtbot, view, at(view, 80) - QPoint(2, 0), at(view, 120))
    assert spans(window) == [(0, 40), (40, 120), (120, 160)]
    assert clips(window)[1].speed == Fraction(1, 2)
    assert steps(window) == ["Stretch"]
    window.document.undo()
    press(qtbot, window, Qt.Key.Key_V)
    drag(qtbot, view, at(view, 80) - QPoint(2, 0), at(view, 60), ALT | SHIFT)
    assert clips(window)[1].speed == 2, "Alt and Shift on an edge stretch, too"


def test_a_clip_dragged_over_its_neighbour_dissolves_with_it(qtbot, window):
    view = window.timeline_view
    drag(qtbot, view, at(view, 140), at(view, 92))  # [120, 160) to [72, 112)
    assert spans(window) == [(0, 40), (40, 76), (76, 112)]
    turn = clips(window)[2].transition
    assert (turn.before, turn.after, turn.effect.id) == (4, 4, "core.dissolve")
    assert not list(faults(window.document.timeline))
    assert steps(window) == ["Move"]
    window.document.undo()
    window.actions_["overlaps"].trigger()
    drag(qtbot, view, at(view, 140), at(view, 92))
    assert spans(window) == [(0, 40), (40, 72), (72, 112)]
    assert clips(window)[2].transition is None


def test_an_overlap_plays_the_same_pictures_as_both_clips_did():
    timeline = film()
    b, c = timeline.tracks[0].clips[1:3]
    moved = overlaps.move(timeline, c.id, -48, 0, EffectCall("core.dissolve"))
    b2, c2 = moved.tracks[0].clips[1:3]
    assert b2.source_in == b.source_in
    assert c2.source_in - Fraction(c2.start, 25) == c.source_in - Fraction(c.start - 48, 25)
    whole = overlaps.move(timeline, c.id, -100, 0, EffectCall("core.dissolve"))
    assert not list(faults(whole))
    assert overlaps.move(timeline, c.id, -40, 0, EffectCall("core.dissolve")).tracks[0].clips[2].transition is None


def test_a_clip_put_between_two_dissolves_at_both_ends():
    timeline = film()
    moved = overlaps.move(timeline, 1, 75, 0, EffectCall("core.dissolve"))  # a to [75, 115): over the end of b alone
    assert [(one.start, one.end) for one in moved.tracks[0].clips] == [(40, 77), (77, 115), (120, 160)]
    timeline = overwrite(timeline, 1, 0, Clip(0, 0, 60, FILM))
    moved = overlaps.move(timeline, 4, 70, -1, EffectCall("core.dissolve"))  # [70, 130) over the gap [80, 120)
    turns = [clip.transition and (clip.transition.before, clip.transition.after) for clip in moved.tracks[0].clips]
    assert turns == [None, None, (5, 5), (5, 5)]
    assert not list(faults(moved))


def test_the_corner_of_a_sound_is_a_handle_that_fades(qtbot, window):
    view = window.timeline_view
    window.document.do("a", overwrite, 2, 0, Clip(0, 0, 100, FILM))
    view.show_sound(True)
    (clip,) = clips(window, 2)
    view.select([clip.id])
    row = next(row for row in view.scale.rows(view.timeline) if row.track == 2)
    rect = area(view.scale, view.timeline, row, clip)
    drag(
        qtbot,
        view,
        QPoint(round(rect.left()) + 8, round(rect.top()) + 4),
        QPoint(round(rect.left()) + 80, round(rect.top()) + 4),
    )
    assert fades(clips(window, 2)[0]) == (20, 0)
    assert steps(window)[-1] == "Fade"
    place = QPoint(round(rect.left()) + 80, round(rect.top()) + 4)
    qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, NONE, place)
    assert fades(clips(window, 2)[0]) == (0, 0), "a double click takes it away"


def test_the_line_of_a_sound_is_its_volume(qtbot, window):
    view = window.timeline_view
    window.document.do("a", overwrite, 2, 0, Clip(0, 0, 100, FILM))
    view.show_sound(True)
    (clip,) = clips(window, 2)
    view.select([clip.id])
    row = next(row for row in view.scale.rows(view.timeline) if row.track == 2)
    rect = area(view.scale, view.timeline, row, clip)
    line = round(rect.bottom() - rect.height() * 36 / 48)
    drag(
        qtbot,
        view,
        QPoint(round(rect.center().x()), line),
        QPoint(round(rect.center().x()), line + round(rect.height() / 4)),
    )
    assert -13.5 <= clips(window, 2)[0].gain_db <= -11
    assert steps(window)[-1] == "Set volume"


def test_a_header_switches_solo_grows_and_goes_elsewhere(qtbot, window):
    view = window.timeline_view
    window.timeline_view.switch_wished.emit(0, "solo")
    assert audible(window.document.timeline) == (True, False, False)
    window.timeline_view.switch_wished.emit(1, "mute")
    window.timeline_view.switch_wished.emit(0, "solo")
    assert audible(window.document.timeline) == (True, False, True)  # what was muted by itself still is
    window.timeline_view.switch_wished.emit(1, "mute")
    assert all(audible(window.document.timeline))
    top = at(view, 0, track=1)
    low = next(row for row in view.scale.rows(view.timeline) if row.track == 1)
    edge = QPoint(20, view.scale.y(low) + low.height)
    assert border_at(view.scale, view.timeline, 20, edge.y()).track == 1
    drag(qtbot, view, edge, edge + QPoint(0, low.height))
    assert next(row for row in view.scale.rows(view.timeline) if row.track == 1).height == pytest.approx(
        2 * low.height, abs=3
    )
    drag(qtbot, view, QPoint(60, top.y()), QPoint(60, at(view, 0, track=0).y()))
    assert [track.name for track in window.document.timeline.tracks] == ["V2", "V1", "A1"]
    assert view.scale.heights[0] > 1.5, "a track takes its height along"


def test_a_track_is_renamed_added_and_removed_from_its_menu(qtbot, window):
    menu = window.menus.of_track(1)
    actions = {action.text(): action for action in menu.actions()}
    assert not actions["Move up"].isEnabled(), "it is the highest of the pictures"
    actions["Move down"].trigger()
    assert [track.name for track in window.document.timeline.tracks] == ["V2", "V1", "A1"]
    window.arranging.rename_track(0, "Titles")
    window.actions_["add_video"].trigger()
    assert [track.name for track in window.document.timeline.tracks] == ["Titles", "V1", "V3", "A1"]
    window.arranging.remove_track(0)
    assert [track.name for track in window.document.timeline.tracks] == ["V1", "V3", "A1"]


def test_a_marker_has_a_name_a_colour_and_a_note_and_is_dragged(qtbot, window):
    window.preview.seek(20)
    press(qtbot, window, Qt.Key.Key_M)
    press(qtbot, window, Qt.Key.Key_M, ALT)
    question = window.findChild(MarkerQuestion)
    question.name.setText("Cut here")
    question.color.setCurrentIndex(question.color.findData("red"))
    question.note.setPlainText("too long")
    question.accept()
    question.tell()
    assert window.document.timeline.markers == (Marker(20, "Cut here", "red", "too long"),)
    view = window.timeline_view
    drag(qtbot, view, QPoint(round(view.scale.x(20)) + 2, view.scale.ruler - 8), QPoint(round(view.scale.x(50)), 5))
    assert window.document.timeline.markers[0].frame == 50
    window.preview.seek(50)
    press(qtbot, window, Qt.Key.Key_M)
    assert window.document.timeline.markers == ()


def test_media_of_the_bin_are_inserted_and_put_over_what_is_there(qtbot, window):
    window.document.start(edits.add_all(film(), [FILM]))
    window.media_bin.list.item(0).setSelected(True)
    window.preview.seek(20)
    press(qtbot, window, Qt.Key.Key_Comma)
    assert spans(window) == [(0, 20), (20, 220), (220, 240), (240, 280), (320, 360)]
    window.document.undo()
    window.preview.seek(20)
    press(qtbot, window, Qt.Key.Key_Period)
    assert spans(window) == [(0, 20), (20, 220)]
    window.document.undo()
    press(qtbot, window, Qt.Key.Key_E)
    assert spans(window)[-1] == (160, 360)


def test_the_speed_is_asked_for_and_the_later_clips_follow(qtbot, window):
    window.timeline_view.select([2])
    press(qtbot, window, Qt.Key.Key_R, CTRL)
    question = window.findChild(SpeedQuestion)
    question.percent.setValue(50)
    question.accept()
    question.tell()
    assert spans(window) == [(0, 40), (40, 120), (160, 200)]
    assert steps(window) == ["Set speed"]
    window.actions_["reverse_clip"].trigger()
    assert clips(window)[1].speed == Fraction(-1, 2)


def test_the_film_is_given_another_size(qtbot, window):
    question = FilmQuestion(window.document.timeline)
    qtbot.addWidget(question)
    assert not question.rate.isEnabled(), "there are clips"
    question.sizes.setCurrentText("1920 × 1080")
    question.sizes.activated.emit(0)
    question.answered.connect(window.arranging.set_film)
    question.tell()
    assert (window.document.timeline.width, window.document.timeline.height) == (1920, 1080)
    assert edits.set_film(empty_film(), 640, 480, Fraction(30), 44100).rate == 30


def test_the_ruler_counts_in_frames_and_seconds(window):
    for units in ("frames", "seconds", "timecode"):
        window.actions_[f"units_{units}"].trigger()
        assert window.timeline_view.page.units == units
        assert not window.timeline_view.grab().isNull()


def test_the_page_goes_to_what_is_selected(qtbot, window):
    view = window.timeline_view
    view.select([3])
    press(qtbot, window, Qt.Key.Key_S, SHIFT)
    assert view.scale.header <= view.scale.x(120) < view.scale.x(160) <= view.page.width


def test_a_layout_is_left_as_it_was_and_remembered(qtbot, tmp_path, settings, window):
    inspector, jobs = window.layouts.docks["inspector"], window.layouts.docks["jobs"]
    assert inspector.isVisible()
    press(qtbot, window, Qt.Key.Key_4, ALT)
    assert window.layouts.name == "export"
    assert not inspector.isVisible()
    inspector.show()
    press(qtbot, window, Qt.Key.Key_1, ALT)
    press(qtbot, window, Qt.Key.Key_4, ALT)
    assert inspector.isVisible(), "as it was left"
    press(qtbot, window, Qt.Key.Key_0, ALT)
    assert not inspector.isVisible(), "as at first"
    assert jobs.isVisible()
    window.layouts.keep()
    other = MainWindow(settings, tmp_path / "other", tmp_path / "cache")
    qtbot.addWidget(other)
    assert other.layouts.name == "export"
    other._closing = True
    other.recovery.leave()


@pytest.mark.parametrize("size", [(1280, 720), (960, 540), (1920, 1080), (3840, 2160)])
def test_every_layout_fits_into_the_window(qtbot, window, size):
    window.resize(*size)
    for name in ("edit", "effects", "audio", "export"):
        window.actions_[f"layout_{name}"].trigger()
        QApplication.processEvents()
        assert (window.width(), window.height()) == size, f"{name} makes the window larger"
        assert window.viewer.canvas.height() >= 60


@pytest.mark.parametrize("name", keys.PRESETS)
def test_in_no_preset_a_key_does_two_things(window, name):
    found = keys.preset(name, window.actions_.usual)
    assert keys.conflicts(found) == {}
    assert set(found) == set(window.actions_.usual)
    for held in found.values():
        assert all(QKeySequence(key).toString() for key in held), held


@pytest.mark.parametrize("name", keys.PRESETS)
def test_every_key_of_a_preset_does_its_action_in_the_window(qtbot, window, name):
    found, done = keys.preset(name, window.actions_.usual), list[str]()
    window.bind(found)
    for action in found:
        window.actions_[action].disconnect(window.actions_[action])
        window.actions_[action].setEnabled(True)
        window.actions_[action].triggered.connect(lambda _=False, action=action: done.append(action))
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    pressed = [(action, key) for action, held in found.items() for key in held]
    for _, key in pressed:
        window.timeline_view.setFocus()
        QTest.keySequence(window.timeline_view, QKeySequence(key))
    assert done == [action for action, _ in pressed] and len(done) > 80


def test_the_presets_are_those_of_the_other_editors(window):
    usual = window.actions_.usual
    assert keys.preset("Shotcut", usual)["split"] == ("S",)
    assert keys.preset("Resolve", usual)["tool_razor"] == ("B",)
    assert keys.preset("Kdenlive", usual)["split"] == ("Shift+R",)
    assert keys.preset("Premiere", usual)["export"] == ("Ctrl+M",)


def test_a_key_is_taken_from_another_action_after_a_warning(qtbot, window, settings):
    dialog = KeysDialog(window.actions_, settings)
    qtbot.addWidget(dialog)
    dialog.changed.connect(window.bind)
    dialog.choose("split")
    dialog.field.setKeySequence(QKeySequence("M"))
    assert "Set a marker" in dialog.words.text()
    dialog.take.click()
    assert [key.toString() for key in window.actions_["split"].shortcuts()] == ["M"]
    assert not window.actions_["marker"].shortcuts()
    assert "(M)" in window.actions_["split"].toolTip()
    assert keys.conflicts(keys.bindings(settings, window.actions_.usual)) == {}
    dialog.usual.click()
    assert [key.toString() for key in window.actions_["split"].shortcuts()] == ["Ctrl+K", "Ctrl+B"]


def test_a_preset_is_remembered(qtbot, window, settings):
    dialog = KeysDialog(window.actions_, settings)
    qtbot.addWidget(dialog)
    dialog._preset.textActivated.emit("Shotcut")
    assert keys.bindings(settings, window.actions_.usual)["split"] == ("S",)
    settings.setValue("keys/own", "{broken")
    assert keys.bindings(settings, window.actions_.usual)["split"] == ("S",), "a broken file does no harm"


def test_tooltips_name_the_key(window):
    for name in window.actions_:
        held = window.actions_[name].shortcuts()
        if held:
            assert held[0].toString(QKeySequence.SequenceFormat.NativeText) in window.actions_[name].toolTip()


def test_the_palette_does_what_a_few_letters_find(qtbot, window):
    press(qtbot, window, Qt.Key.Key_P, CTRL | SHIFT)
    palette = window.findChild(Palette)
    assert palette._list.count() == sum(window.actions_[name].isVisible() for name in window.actions_)
    qtbot.keyClicks(palette._field, "select all")
    qtbot.keyClick(palette._field, Qt.Key.Key_Return)
    assert len(window.timeline_view.selection) == 3
    assert match("spl", "Split at the playhead") > match("spl", "Show all of the film") >= 0
    assert match("xyz", "Split") == 0


def test_peaks_are_found_in_a_thread_and_kept(qtbot, tmp_path):
    from tests.films import write_film
    from vgan_studio.service.importing import look

    media = look(write_film(tmp_path / "tone.mkv", 50, size=(64, 48), codec="ffv1", b_frames=0, tone=440.0)).media
    for _ in range(2):  # the second time from the disk
        waves = Waveforms(tmp_path)
        waves.start()
        assert waves.get(media) is None
        qtbot.waitUntil(lambda waves=waves: waves.get(media) is not None)
        peaks = waves.get(media)
        assert len(peaks.levels[0]) >= 200
        assert peaks.loudest(0, 200) > 10
        assert peaks.loudest(10_000, 10_100) == 0
        waves.stop()
    assert len(list((tmp_path / "waveforms").glob("*.peaks"))) == 1


def test_the_loudest_peak_of_a_stretch_is_never_missed():
    peaks = peaks_of(bytes(200 if place == 1234 else 1 for place in range(5000)))
    assert peaks.loudest(0, 5000) == peaks.loudest(1200, 1300) == peaks.loudest(1234, 1235) == 200
    assert peaks.loudest(1300, 1400) == 1


def test_heights_stay_with_their_tracks(window):
    view = window.timeline_view
    view.set_height(2, 2.0)
    window.actions_["add_video"].trigger()
    assert [track.name for track in view.timeline.tracks] == ["V1", "V2", "V3", "A1"]
    assert view.scale.heights == (1.0, 1.0, 1.0, 2.0)
    assert replace(view.scale, zoom=1.0).heights == view.scale.heights

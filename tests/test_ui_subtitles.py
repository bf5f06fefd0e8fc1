"""Subtitles in the window, in the words of who writes them."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from vgan_studio.service.document import empty_film
from vgan_studio.service.exporting import Order
from vgan_studio.service.presets import hurdles
from vgan_studio.timeline.subtitles import add_subtitles, lock_subtitles
from vgan_studio.timeline.values import Caption, Clip, EffectCall, SubtitleTrack, Timeline, Track
from vgan_studio.ui.caption_pull import pulled
from vgan_studio.ui.export_dialog import ExportDialog

from .films import write_film
from .strategies import laws
from .windows import drag, speaks

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # of the offscreen platform
LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
WORDS = SubtitleTrack(
    (Caption(10, 20, "Hello"), Caption(40, 20, "how are you"), Caption(80, 20, "你好")), "English", "en"
)


def a_film(*tracks):
    row = Track("video", (Clip(1, 0, 200, EffectCall("core.blank")),))
    return Timeline(Fraction(25), 320, 180, tracks=(row, Track("audio")), next_id=2, subtitles=tracks)


@pytest.fixture
def window(windows):
    window = windows.open()
    window.document.start(a_film(WORDS))
    window.timeline_view.zoom(4.0 / window.timeline_view.scale.zoom, window.timeline_view.scale.header)
    window.timeline_view.snapping = False
    return window


def places(window, track=0):
    return [(one.start, one.end, one.text) for one in window.document.timeline.subtitles[track].captions]


def steps(window):
    return len(window.document.history.past)


def at(view, frame, track=0):
    row = view.scale.words(view.timeline)[track]
    return QPoint(round(view.scale.x(frame)), view.scale.y(row) + row.height // 2)


def typed(window, words):
    editor = window.subtitling.hand.editor
    editor.selectAll()
    QTest.keyClicks(editor, words)
    QTest.keyClick(editor, Qt.Key.Key_Return)


# --- the lane


def test_a_click_on_a_caption_selects_it_in_lane_and_panel_and_moves_nothing(window):
    view = window.timeline_view
    view.select((1,))
    drag(view, at(view, 50), at(view, 50) + QPoint(2, 1))
    assert view.page.caption == (0, 1) and window.subtitling.panel.rows == [1]
    assert view.selection == frozenset() and steps(window) == 0
    window.timeline_view.select((1,))
    assert view.page.caption is None and window.subtitling.panel.rows == []


def test_dragging_a_caption_moves_it_and_is_one_step(window):
    view = window.timeline_view
    drag(view, at(view, 50), at(view, 55))
    assert places(window)[1] == (45, 65, "how are you") and steps(window) == 1
    window.document.undo()
    assert window.document.timeline == a_film(WORDS)


def test_dragging_an_edge_trims_a_caption_up_to_its_neighbour(window):
    view = window.timeline_view
    drag(view, at(view, 40) + QPoint(1, 0), at(view, 20))
    assert places(window)[1] == (30, 60, "how are you")
    drag(view, at(view, 60) - QPoint(1, 0), at(view, 50))
    assert places(window)[1] == (30, 50, "how are you") and steps(window) == 2


def test_a_caption_that_is_dropped_on_another_one_stays_and_that_is_said(window):
    view = window.timeline_view
    drag(view, at(view, 50), at(view, 85))
    assert places(window)[1] == (40, 60, "how are you") and steps(window) == 0
    assert "another caption" in window.statusBar().currentMessage()


def test_a_double_click_edits_a_caption_in_place_and_return_takes_the_words(window):
    view = window.timeline_view
    QTest.mouseDClick(view.viewport(), LEFT, NONE, at(view, 50))
    typed(window, "Good day")
    assert places(window)[1][2] == "Good day" and steps(window) == 1
    QTest.mouseDClick(view.viewport(), LEFT, NONE, at(view, 50))
    QTest.keyClicks(window.subtitling.hand.editor, "no")
    QTest.keyClick(window.subtitling.hand.editor, Qt.Key.Key_Escape)
    assert places(window)[1][2] == "Good day" and window.subtitling.hand.editor is None


def test_shift_and_return_begin_a_second_line(window):
    view = window.timeline_view
    QTest.mouseDClick(view.viewport(), LEFT, NONE, at(view, 20))
    editor = window.subtitling.hand.editor
    QTest.keyClicks(editor, "one")
    QTest.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(editor, "two")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert places(window)[0][2] == "one\ntwo"


def test_a_double_click_beside_captions_adds_one_there(window):
    view = window.timeline_view
    QTest.mouseDClick(view.viewport(), LEFT, NONE, at(view, 65))
    typed(window, "new")
    assert places(window)[2] == (65, 80, "new")


def test_the_delete_key_takes_the_selected_caption_away_and_no_clip(window):
    view = window.timeline_view
    QTest.mouseClick(view.viewport(), LEFT, NONE, at(view, 50))
    window.actions_["delete"].trigger()
    assert [text for *_, text in places(window)] == ["Hello", "你好"]
    assert window.document.timeline.tracks[0].clips
    window.actions_["delete"].trigger()
    assert steps(window) == 1


def test_the_switches_of_the_lane_hide_and_lock_it_and_a_locked_one_is_not_moved(window):
    view = window.timeline_view
    from vgan_studio.ui.timeline_captions import switches

    (_, hide), (_, lock) = switches(view.scale, view.scale.words(view.timeline)[0])
    for rect in (hide, lock):
        QTest.mouseClick(view.viewport(), LEFT, NONE, rect.center())
    track = window.document.timeline.subtitles[0]
    assert track.hidden and track.locked
    before = window.document.timeline
    drag(view, at(view, 50), at(view, 55))
    QTest.mouseDClick(view.viewport(), LEFT, NONE, at(view, 50))
    assert window.document.timeline is before and window.subtitling.hand.editor is None


def test_clips_are_still_found_where_they_are_painted_below_the_lane(window):
    view = window.timeline_view
    row = view.scale.rows(view.timeline)[0]
    QTest.mouseClick(view.viewport(), LEFT, NONE, QPoint(round(view.scale.x(50)), view.scale.y(row) + 10))
    assert view.selection == {1}


@laws
@given(st.integers(0, 2), st.sampled_from(["body", "head", "tail"]), st.integers(-120, 120))
def test_what_is_pulled_is_never_empty_nor_before_the_film_and_ends_stop_at_neighbours(index, grip, frames):
    pull = pulled(WORDS.captions, (0, index), grip, frames, attract=[], reach=0)
    assert 0 <= pull.start < pull.end
    others = [one for place, one in enumerate(WORDS.captions) if place != index]
    assert grip == "body" or all(one.end <= pull.start or pull.end <= one.start for one in others)


# --- the panel


def test_the_table_shows_begin_end_and_words_and_takes_what_is_typed(window):
    model = window.subtitling.panel.model
    shown = [model.index(1, column).data() for column in range(3)]
    assert shown == ["00:00:01:15", "00:00:02:10", "how are you"]
    model.setData(model.index(1, 2), "fine")
    model.setData(model.index(1, 0), "1:20")
    model.setData(model.index(1, 1), "3:00")
    model.setData(model.index(1, 1), "nonsense")
    assert places(window)[1] == (45, 75, "fine") and steps(window) == 3
    assert model.index(1, 2).data() == "fine"


def test_words_are_edited_in_the_table_by_a_field_of_several_lines(window, qtbot):
    window.actions_["subtitles"].trigger()
    panel = window.subtitling.panel
    qtbot.waitUntil(panel.table.isVisible)
    panel.edit(0)
    editor = QApplication.focusWidget()
    QTest.keyClicks(editor, "Hi")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert places(window)[0][2] == "Hi"


def test_buttons_add_split_merge_and_remove_at_the_playhead(window):
    panel, buttons = window.subtitling.panel, window.subtitling.panel.buttons
    window.preview.seek(62)
    buttons["add"].click()
    typed(window, "between")
    assert places(window)[2] == (62, 80, "between")
    window.preview.seek(50)
    buttons["split"].click()
    assert places(window)[1:3] == [(40, 50, "how are"), (50, 60, "you")]
    panel.choose(0, 1)
    panel.chosen.emit(0, 1)
    buttons["merge"].click()
    assert places(window)[1] == (40, 60, "how are\nyou")
    panel.table.selectAll()
    buttons["remove"].click()
    assert places(window) == []


def test_a_film_without_subtitles_gets_a_track_with_its_first_caption(window):
    window.document.start(a_film())
    assert not window.subtitling.panel.table.isVisibleTo(window.subtitling.panel)
    window.actions_["caption_split"].trigger()
    assert "no caption at the playhead" in window.statusBar().currentMessage()
    window.actions_["caption_add"].trigger()
    typed(window, "first")
    assert places(window) == [(0, 50, "first")]
    window.document.undo()
    window.document.undo()
    assert window.document.timeline == a_film()


def test_a_click_in_the_table_goes_where_the_caption_is_shown_and_the_playhead_marks_it(window):
    panel = window.subtitling.panel
    window.actions_["subtitles"].trigger()
    panel.table.clicked.emit(panel.model.index(2, 2))
    assert window.preview.frame == 80 and window.timeline_view.page.caption == (0, 2)
    assert panel.model.index(2, 0).data(Qt.ItemDataRole.ForegroundRole) is not None
    assert panel.model.index(1, 0).data(Qt.ItemDataRole.ForegroundRole) is None


def test_name_and_language_of_a_track_are_set_in_the_panel(window):
    panel = window.subtitling.panel
    panel._language.setText("zh-Hans")
    panel._language.editingFinished.emit()
    assert window.document.timeline.subtitles[0].language == "zh-Hans"
    assert steps(window) == 1


@pytest.fixture
def look(window):
    """The form of the look of subtitles, shown."""
    import vgan_studio.effects.families  # noqa: F401
    from vgan_studio.effects.spec import REGISTRY

    window._know_effects(REGISTRY)
    window.actions_["subtitles"].trigger()
    window.subtitling.panel._dressing.click()
    window.subtitling.panel.look._making.finish()
    return window.subtitling.panel.look


def test_the_look_of_subtitles_is_set_field_by_field_each_a_step_and_undo_is_exact(window, look):
    from vgan_studio.ui.caption_look import SHOWN

    assert look.isVisibleTo(window.subtitling.panel) and list(look.editors) == list(SHOWN)
    wanted = {
        "font": "Some Family", "font_size": 0.08, "bold": True, "color": (1.0, 1.0, 0.0, 1.0), "outline": 0.01,
        "outline_color": (0.0, 0.0, 0.5, 1.0), "box_color": (0.0, 0.0, 0.0, 0.6), "box": 0.03, "align": "left",
        "position": (0.1, 0.3),
    }  # fmt: skip
    films = [window.document.timeline]
    for name, value in wanted.items():
        look.editors[name].wish(value)
        films.append(window.document.timeline)
    held = dict(films[-1].subtitles[0].look.params)
    assert wanted.items() <= held.items() and steps(window) == len(wanted)
    assert look.editors["font_size"]._field.value() == pytest.approx(8)  # per cent
    assert look.editors["font"]._list.currentData() == "Some Family"
    for film in reversed(films[:-1]):
        window.document.undo()
        assert window.document.timeline == film
    assert look.editors["font_size"]._field.value() == pytest.approx(5.5)


def test_subtitles_go_to_the_upper_edge_and_a_double_click_brings_the_usual_look_back(window, look):
    look.editors["anchor"].wish("top")
    held = dict(window.document.timeline.subtitles[0].look.params)
    assert held["anchor"] == "top" and held["position"] == (0.0, -0.45)
    for name in ("anchor", "font"):
        look.editors[name].reset_wished.emit()
    assert window.document.timeline == a_film(WORDS) and steps(window) == 2


def test_the_look_of_locked_subtitles_cannot_be_changed(window, look):
    window.document.do("Lock", lock_subtitles, 0)
    assert not look.isEnabled()
    look.wished.emit("bold", True)
    assert "locked" in window.statusBar().currentMessage()


def test_the_fonts_of_this_machine_are_offered(window, look, qtbot):
    from vgan_studio.effects.fonts import families
    from vgan_studio.service.fonts import known_families

    qtbot.waitUntil(lambda: known_families() is not None)
    fonts = look.editors["font"]._list
    fonts.fill()
    assert {fonts.itemText(row) for row in range(fonts.count())} == set(families()) and fonts.currentData() == ""
    fonts.setCurrentIndex(fonts.count() - 1)
    fonts.activated.emit(fonts.count() - 1)
    assert dict(window.document.timeline.subtitles[0].look.params)["font"] == fonts.currentData() != ""


def test_all_captions_are_shifted_from_the_menu_of_the_lane(window):
    menu = window.subtitling.menu(0, -1)
    shifts = next(action.menu() for action in menu.actions() if action.menu() is not None)
    shifts.actions()[3].trigger()
    assert places(window)[0] == (35, 55, "Hello")
    window.preview.seek(5)
    shifts.actions()[4].trigger()
    assert places(window)[0] == (5, 25, "Hello")


def test_the_panel_shares_the_place_of_the_inspector_in_every_layout(window):
    for name in ("edit", "effects", "audio"):
        window.lay_out(name)
        docks = window.layouts.docks
        assert docks["subtitles"].isHidden() and docks["inspector"].titleBarWidget() is None
        window.actions_["subtitles"].trigger()
        assert window.tabifiedDockWidgets(docks["inspector"]) == [docks["subtitles"]]
        assert docks["inspector"].titleBarWidget() is not None
        docks["subtitles"].hide()


# --- files


def test_subtitles_that_are_dropped_on_the_window_become_a_track_and_what_is_odd_is_said(window, qtbot, tmp_path):
    path = tmp_path / "film.zh.srt"
    text = "1\n00:00:01,000 --> 00:00:02,000\n你好\n\n2\n00:00:01,500 --> 00:00:03,000\n再见\n"
    path.write_bytes(text.encode("gb18030"))
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    window.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, mime, LEFT, NONE))
    qtbot.waitUntil(lambda: len(window.document.timeline.subtitles) == 2)
    track = window.document.timeline.subtitles[1]
    assert (track.name, track.language) == ("film", "zh") and steps(window) == 1
    assert places(window, 1) == [(25, 38, "你好"), (38, 75, "再见")]
    said = window.statusBar().currentMessage()
    assert "2 captions were read" in said and "GB 18030" in said and "overlapped" in said
    assert window.subtitling.panel.track == 1 and not window.layouts.docks["subtitles"].isHidden()
    assert window.document.timeline.media == ()


def test_a_film_and_its_subtitles_are_one_step_and_lie_at_the_times_of_the_films_own_rate(windows, qtbot, tmp_path):
    window = windows.open()
    film = write_film(tmp_path / "film.mkv", 30, size=(64, 48), codec="ffv1", b_frames=0, rate=Fraction(30))
    more = write_film(tmp_path / "more.mkv", 31, size=(64, 48), codec="ffv1", b_frames=0, rate=Fraction(30))
    words = [tmp_path / "film.en.srt", tmp_path / "film.zh.srt"]
    for path in words:
        path.write_text("1\n00:00:01,000 --> 00:00:02,000\nHello\n")
    window.files.take_in([film, *words, more], (None, 0))
    qtbot.waitUntil(lambda: len(window.document.timeline.subtitles) == 2)
    assert steps(window) == 1 and window.document.history.present.label == "Import media and subtitles"
    assert len(window.document.timeline.media) == 2 and places(window) == places(window, 1) == [(30, 60, "Hello")]
    window.document.undo()
    assert window.document.timeline == empty_film()


def test_subtitles_come_beside_a_file_that_cannot_be_read_and_are_called_what_they_are(window, qtbot, tmp_path):
    (tmp_path / "bad.mp4").write_text("nothing")
    (tmp_path / "film.srt").write_text("1\n00:00:01,000 --> 00:00:02,000\nHello\n")
    window.files.take_in([tmp_path / "bad.mp4", tmp_path / "film.srt"])
    qtbot.waitUntil(lambda: len(window.document.timeline.subtitles) == 2)
    assert steps(window) == 1 and window.document.history.present.label == "Import subtitles"


def test_a_file_that_holds_no_subtitles_is_refused_with_a_sentence(window, qtbot, tmp_path):
    (tmp_path / "bad.srt").write_text("nothing")
    window.subtitling.read([tmp_path / "bad.srt"])
    qtbot.waitUntil(lambda: "bad.srt holds no subtitles" in window.statusBar().currentMessage())
    assert steps(window) == 0


def test_what_is_exported_is_imported_again_as_it_was(window, qtbot, tmp_path):
    for name in ("a.srt", "b.vtt"):
        window.subtitling.write(tmp_path / name)
        qtbot.waitUntil((tmp_path / name).is_file)
        count = len(window.document.timeline.subtitles)
        window.subtitling.read([Path(tmp_path / name)])
        qtbot.waitUntil(lambda count=count: len(window.document.timeline.subtitles) > count)
        assert window.document.timeline.subtitles[-1].captions == WORDS.captions


def test_the_choice_of_subtitles_is_in_the_dialog_where_there_are_some_and_what_cannot_be_is_said(qtbot, tmp_path):
    dialog = ExportDialog(a_film(WORDS), tmp_path, "film")
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog._subtitles.isVisible() and dialog.order.subtitles == "burn"
    dialog._subtitles.setCurrentIndex(1)
    assert dialog.order.subtitles == "stream" and "stream" not in dialog._words.text()
    dialog._subtitles.setCurrentIndex(2)
    (tmp_path / "film.srt").write_text("mine")
    dialog._warn()
    assert "film.srt is there already" in dialog._words.text()
    dialog._subtitles.setCurrentIndex(1)
    dialog.choose("gif")
    assert "Subtitles can be a stream in MP4" in dialog._words.text()
    plain = ExportDialog(a_film(replace(WORDS, hidden=True)), tmp_path, "film")
    qtbot.addWidget(plain)
    plain.show()
    assert not plain._subtitles.isVisible()


def test_a_stream_of_subtitles_is_no_hurdle_where_the_container_holds_one(tmp_path):
    film = a_film(WORDS)
    order = Order(tmp_path / "a.mkv", "h264", 75, (0, 10), (320, 180), subtitles="stream")
    assert hurdles(film, order, 0, 1 << 40) == []
    assert len(hurdles(film, replace(order, path=tmp_path / "a", codec="png"), 0, 1 << 40)) == 1


def test_another_language_of_the_window_keeps_the_panel_at_work(window, qtbot):

    window.document.start(lock_subtitles(add_subtitles(a_film(WORDS), replace(WORDS, language="zh-Hans")), 1))
    window.speaking.speak("zh_CN")
    qtbot.waitUntil(lambda: speaks(window, "zh_CN"))
    assert window.subtitling.panel.model.headerData(2, Qt.Orientation.Horizontal) != "Words"
    view = window.timeline_view
    view.snapping = False
    drag(view, at(view, 50), at(view, 55))
    assert window.document.history.past and places(window)[1][0] > 40


def test_no_second_title_stands_over_the_panel_after_another_language_was_spoken(window, qtbot):
    from vgan_studio.ui import language

    window.actions_["subtitles"].trigger()
    window.speaking.speak("zh_CN")
    qtbot.waitUntil(lambda: speaks(window, "zh_CN"))
    assert window.layouts.docks["subtitles"].windowTitle() == "字幕"
    docks = window.layouts.docks
    assert not docks["subtitles"].isHidden()
    assert docks["subtitles"].titleBarWidget() is not None and docks["inspector"].titleBarWidget() is not None
    language.speak("en")

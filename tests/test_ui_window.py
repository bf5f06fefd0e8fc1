"""The whole window, used as people use it; and its panels."""

import re
import subprocess
import sys
import time
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QSettings, Qt, QTimer, QUrl
from PySide6.QtGui import QColor, QDropEvent, QMouseEvent
from PySide6.QtWidgets import QCheckBox, QLabel, QMessageBox, QPlainTextEdit, QPushButton, QSlider, QTabBar, QToolButton

from tests.films import write_film
from tests.windows import effect_boxes, take_in, worn
from vgan_studio.service import gestures
from vgan_studio.service.document import empty_film
from vgan_studio.service.exporting import Order
from vgan_studio.service.recovery import Recovery, offers
from vgan_studio.timeline import otio
from vgan_studio.timeline.edit import overwrite
from vgan_studio.timeline.tracks import rename_track
from vgan_studio.timeline.values import Clip, EffectCall, Media, Timeline, Track
from vgan_studio.ui import theme as themes
from vgan_studio.ui.export_dialog import ExportDialog
from vgan_studio.ui.inspector import Inspector
from vgan_studio.ui.main_window import MainWindow
from vgan_studio.ui.recent_menu import RecentMenu
from vgan_studio.ui.relink import Relink
from vgan_studio.ui.timeline_view import TimelineView
from vgan_studio.ui.versions import Versions, ask_version
from vgan_studio.ui.words import spelt

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # of the offscreen platform


@pytest.fixture
def film(tmp_path):
    return write_film(tmp_path / "numbers.mkv", 50, size=(160, 120), codec="ffv1", b_frames=0, tone=440.0)


@pytest.fixture
def window(windows):
    return windows.open()


@pytest.fixture
def cut(qtbot, window, film):
    """A window with two clips of a film on V1."""
    names = take_in(qtbot, window, film)
    window.editing.append(names)
    window.editing.append(names)
    return window


def clips(window, track=0):
    return window.document.timeline.tracks[track].clips


def press(qtbot, window, key, held=Qt.KeyboardModifier.NoModifier):
    window.timeline_view.setFocus()
    qtbot.keyClick(window.timeline_view, key, held)


def last_step(window):
    return window.document.history.present.label


CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def test_the_window_opens_before_torch_is_imported(tmp_path):
    code = (
        "import sys; from pathlib import Path\n"
        "from PySide6.QtCore import QSettings\n"
        "from PySide6.QtWidgets import QApplication\n"
        "app = QApplication([])\n"
        "from vgan_studio.ui.main_window import MainWindow\n"
        f"window = MainWindow(QSettings({str(tmp_path / 's.ini')!r}, QSettings.Format.IniFormat), Path({str(tmp_path)!r}))\n"
        "window.show(); app.processEvents()\n"
        "late = [name for name in ('torch', 'av', 'numpy', 'opentimelineio') if name in sys.modules]\n"
        "window.recovery.leave()\n"
        "sys.exit(str(late) if late else 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, timeout=300, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_media_are_taken_in_and_the_film_takes_on_their_size(cut):
    timeline = cut.document.timeline
    assert (timeline.width, timeline.height, timeline.rate) == (160, 120, Fraction(25))
    assert cut.media_bin.list.item(0).text().startswith("numbers.mkv")
    assert [clip.duration for clip in clips(cut)] == [50, 50]


def test_a_bad_file_says_why_and_the_others_come(qtbot, window, film, tmp_path):
    bad = tmp_path / "bad.mp4"
    bad.write_bytes(b"nothing")
    said = []
    window.files.told.connect(lambda words, is_bad: said.append((words, is_bad)))
    window.files.take_in([bad, film])
    qtbot.waitUntil(lambda: bool(window.document.timeline.media) and not window.jobs.running)
    assert len(said) == 1
    assert said[0][1]
    assert len(window.document.timeline.media) == 1


def test_files_dropped_on_the_timeline_lie_where_they_were_dropped(qtbot, window, film):
    view = window.timeline_view
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(film))])
    place = QPointF(view.scale.x(0), view.scale.y(view.scale.rows(view.timeline)[1]) + 5)
    view.dropEvent(
        QDropEvent(place, Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    )
    qtbot.waitUntil(lambda: bool(clips(window)) and not window.jobs.running)
    assert [clip.start for clip in clips(window)] == [0]
    assert len(window.document.history.steps) == 2, "taking in and placing is one step"


def test_the_usual_keys_cut_trim_delete_and_undo(qtbot, cut):
    cut.preview.seek(20)
    press(qtbot, cut, Qt.Key.Key_K, CTRL)
    assert [clip.duration for clip in clips(cut)] == [20, 30, 50]
    cut.timeline_view.select([clips(cut)[0].id])
    press(qtbot, cut, Qt.Key.Key_Delete)
    assert [clip.start for clip in clips(cut)] == [20, 50]
    press(qtbot, cut, Qt.Key.Key_Z, CTRL)
    cut.timeline_view.select([clips(cut)[0].id])
    press(qtbot, cut, Qt.Key.Key_Delete, SHIFT)
    assert [clip.start for clip in clips(cut)] == [0, 30]
    cut.preview.seek(10)
    press(qtbot, cut, Qt.Key.Key_Q)
    assert [clip.duration for clip in clips(cut)] == [20, 50]
    press(qtbot, cut, Qt.Key.Key_W)
    assert [clip.duration for clip in clips(cut)] == [10, 50]
    for _ in range(20):
        press(qtbot, cut, Qt.Key.Key_Z, CTRL)
    assert cut.document.timeline == empty_film()


def test_copy_paste_duplicate_dissolve_and_title_are_one_step_each(qtbot, cut):
    cut.timeline_view.select([clips(cut)[1].id])
    press(qtbot, cut, Qt.Key.Key_T, CTRL)
    assert clips(cut)[1].transition.effect.id == "core.dissolve"
    press(qtbot, cut, Qt.Key.Key_C, CTRL)
    press(qtbot, cut, Qt.Key.Key_End)
    cut.preview.seek(120)
    press(qtbot, cut, Qt.Key.Key_V, CTRL)
    assert clips(cut)[2].start == 120
    assert cut.preview.frame == clips(cut)[2].end, "what is pasted next lies behind it"
    press(qtbot, cut, Qt.Key.Key_D, CTRL)
    assert len(clips(cut)) == 4
    cut.preview.seek(5)
    press(qtbot, cut, Qt.Key.Key_T)
    assert clips(cut, 1)[0].source.id == "core.title"
    assert cut.timeline_view.selection == {clips(cut, 1)[0].id}
    labels = [step.label for step in cut.document.history.steps][-4:]
    assert labels == ["Dissolve", "Paste", "Duplicate", "Add title"]


def test_arrows_step_and_home_and_end_go_to_the_ends(qtbot, cut):
    frames = []
    cut.preview.moved.connect(frames.append)
    for key, held in (
        (Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Right, SHIFT),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_End, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Up, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Home, Qt.KeyboardModifier.NoModifier),
    ):
        press(qtbot, cut, key, held)
    assert frames == [1, 26, 25, 50, 99, 50, 0]


def test_in_and_out_mark_what_is_exported(qtbot, cut):
    cut.preview.seek(10)
    press(qtbot, cut, Qt.Key.Key_I)
    cut.preview.seek(29)
    press(qtbot, cut, Qt.Key.Key_O)
    assert cut.document.timeline.range == (10, 30)
    dialog = ExportDialog(cut.document.timeline, Path("/films"), "a")
    assert dialog.order == Order(Path("/films/a.mp4"), "h264", 75, (10, 30), (160, 120))
    dialog.deleteLater()


def test_the_picture_at_the_playhead_comes_by_itself(qtbot, cut):
    cut.preview.seek(60)
    qtbot.waitUntil(lambda: not cut.viewer.canvas.image.isNull())


def test_a_drag_in_the_window_is_one_step_with_a_name(qtbot, cut):
    cut.timeline_view.trim_wished.emit(clips(cut)[1].id, "tail", "trim", 80)
    assert last_step(cut) == "Trim"
    cut.timeline_view.move_wished.emit(frozenset({clips(cut)[1].id}), 10, 1)
    assert [clip.start for clip in clips(cut, 1)] == [60]
    cut.history_panel.jump_wished.emit(0)
    assert cut.document.timeline == empty_film()


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_steps_that_were_undone_are_fainter_in_the_history(qtbot, cut, theme):
    cut.actions_[f"theme_{theme}"].trigger()
    panel = cut.history_panel
    panel.resize(200, 200)
    panel.setParent(None)
    qtbot.addWidget(panel)
    panel.show()

    def contrast(row: int) -> int:
        picture = panel.viewport().grab(panel.visualItemRect(panel.item(row)).adjusted(2, 2, -2, -2)).toImage()
        tones = [picture.pixelColor(x, y).lightness() for x in range(picture.width()) for y in range(picture.height())]
        return max(tones) - min(tones)

    last = panel.count() - 1
    cut.document.jump(1)
    assert contrast(last) < 0.85 * contrast(0)
    undone = contrast(last)
    cut.document.jump(last)
    panel.setCurrentRow(-1)
    assert contrast(last) > 1.15 * undone


def test_a_refused_edit_is_a_sentence_in_the_status_bar(cut):
    cut.timeline_view.trim_wished.emit(clips(cut)[0].id, "tail", "trim", 80)
    assert cut.statusBar().currentMessage() == "There is no room after the clip."


def effects():
    import vgan_studio.effects.families  # noqa: F401
    from vgan_studio.effects.spec import REGISTRY

    return REGISTRY


@pytest.fixture
def inspector(qtbot):
    inspector = Inspector()
    qtbot.addWidget(inspector)
    inspector.resize(300, 600)
    inspector.show_effects(effects())
    inspector.show()
    return inspector


def with_clip(*calls, source=None):
    timeline = Timeline(Fraction(25), 160, 120, tracks=(Track("video"),))
    timeline = overwrite(timeline, 0, 0, Clip(0, 0, 50, source or EffectCall("core.color"), effects=calls))
    return timeline, timeline.tracks[0].clips[0]


def test_every_effect_there_is_can_be_shown(qtbot, inspector):
    from vgan_studio.effects.mask import MASK
    from vgan_studio.effects.params import Times, lock_of

    for effect in effects().values():
        if effect.kind == "filter":
            timeline, clip = with_clip(EffectCall(effect.id))
        elif effect.kind == "generator":
            timeline, clip = with_clip(source=EffectCall(effect.id))
        else:
            continue
        inspector.show_clip(timeline, clip, (1,))
        masks = MASK.keys() - {"mask"}  # which are shown once there is a mask
        names = effect.params.keys() - masks - {lock_of(name) for name in effect.params}  # locks lie beside their seeds
        names -= {name for name, param in effect.params.items() if isinstance(param, Times)}  # of whole files alone
        wanted = {effect.title, *(spelt(name) for name in names)}

        def shown(wanted: set[str] = wanted) -> bool:
            return wanted <= {label.text() for label in inspector.widget().findChildren(QLabel)}

        qtbot.waitUntil(shown)  # those of many parameters are made in slices


def test_a_slider_wishes_for_values_and_seals_when_it_is_let_go(qtbot, inspector):
    timeline, clip = with_clip(EffectCall("color.saturation"))
    inspector.show_clip(timeline, clip, (1,))
    slider = inspector.widget().findChild(QSlider)
    wishes = []
    inspector.param_wished.connect(lambda *args: wishes.append(args))
    slider.setSliderDown(True)
    slider.setValue(500)
    slider.setValue(750)
    with qtbot.waitSignal(inspector.sealed):
        slider.setSliderDown(False)
    assert wishes == [(1, 0, "saturation", 2.0), (1, 0, "saturation", 3.0)]


def test_a_double_click_resets_a_parameter(qtbot, inspector):
    timeline, clip = with_clip(EffectCall("color.saturation", (("saturation", 2.0),)))
    inspector.show_clip(timeline, clip, (1,))
    with qtbot.waitSignal(inspector.param_wished) as wish:
        qtbot.mouseDClick(inspector.widget().findChild(QSlider), Qt.MouseButton.LeftButton)
    assert wish.args == [1, 0, "saturation", None]


def test_a_toggle_and_a_text_tell_their_values(qtbot, inspector):
    timeline, clip = with_clip(EffectCall("geometry.flip"), source=EffectCall("core.title"))
    inspector.show_clip(timeline, clip, (1,))
    wishes = []
    inspector.param_wished.connect(lambda *args: wishes.append(args))
    box = next(one for one in inspector.widget().findChildren(QCheckBox))
    box.click()
    words = next(one for one in inspector.widget().findChildren(QPlainTextEdit))
    words.setPlainText("Hello")
    assert wishes == [(1, None, "bold", True), (1, None, "text", "Hello")]


def test_a_key_is_set_at_the_playhead_and_edits_go_to_it(qtbot, cut):
    qtbot.waitUntil(lambda: bool(cut.inspector._effects))
    clip = clips(cut)[1]
    cut.editing.add_effect(clip.id, "color.saturation")
    cut.timeline_view.select([clip.id])
    cut.preview.seek(60)
    cut.inspector.key_wished.emit(clip.id, 0, "saturation", 10, 1.0)
    cut.inspector.sealed.emit()
    cut.preview.seek(70)
    effect_boxes(cut)[0]._editors["saturation"].wished.emit(2.0)
    ((_, curve),) = clips(cut)[1].effects[0].params
    assert [(key.frame, key.value) for key in curve.keys] == [(10, 1.0), (20, 2.0)]


def test_effects_are_added_ordered_bypassed_and_removed(cut):
    one = clips(cut)[0].id
    for effect in ("filter.blur", "color.exposure"):
        cut.inspector.add_wished.emit(one, effect)
    cut.inspector.move_wished.emit(one, 0, 1)
    cut.inspector.enable_wished.emit(one, 0, False)
    assert [(call.id, call.enabled) for call in clips(cut)[0].effects] == [
        ("color.exposure", False),
        ("filter.blur", True),
    ]
    cut.inspector.remove_wished.emit(one, 0)
    assert [call.id for call in clips(cut)[0].effects] == ["filter.blur"]


def test_effects_are_bypassed_for_a_look_and_the_film_stays_as_it_is(qtbot, cut):
    one = clips(cut)[0].id
    for effect in ("gan.upscale", "color.exposure"):
        cut.inspector.add_wished.emit(one, effect)
    film = cut.document.timeline
    seen = gestures.bypassed(film, ["gan.upscale"])
    assert [call.enabled for call in seen.tracks[0].clips[0].effects] == [False, True]
    assert not any(call.enabled for call in gestures.bypassed(film).tracks[0].clips[0].effects)
    press(qtbot, cut, Qt.Key.Key_B, SHIFT)
    qtbot.waitUntil(lambda: cut.viewer.canvas._mark == "Effects are bypassed")
    press(qtbot, cut, Qt.Key.Key_B, SHIFT)
    assert cut.document.timeline is film


def test_the_effect_menu_finds_by_words(qtbot):
    from vgan_studio.ui.effect_menu import EffectMenu

    menu = EffectMenu(effects())
    qtbot.addWidget(menu)
    chosen = []
    menu.chosen.connect(chosen.append)
    whole = menu.actions()
    menu._search.setText("satur")
    assert [action.text() for action in menu.actions()[1:]] == ["Saturation"]
    qtbot.keyClick(menu._search, Qt.Key.Key_Return)
    assert chosen == ["color.saturation"]
    menu._search.clear()
    assert menu.actions() == whole


def test_the_effect_menu_shows_what_begins_with_a_word_first_and_the_arrows_go_on_from_there(qtbot):
    from vgan_studio.ui.effect_menu import EffectMenu

    for downs, wanted in enumerate(("filter.blur", "gan.deblur")):
        menu = EffectMenu(effects())
        qtbot.addWidget(menu)
        chosen = []
        menu.chosen.connect(chosen.append)
        qtbot.keyClicks(menu._search, "blur")
        for _ in range(downs):
            qtbot.keyClick(menu._search, Qt.Key.Key_Down)
        qtbot.keyClick(menu._search, Qt.Key.Key_Return)
        assert chosen == [wanted]


def test_a_film_is_written_from_the_dialog_and_the_report_is_shown(qtbot, cut, tmp_path):
    cut.sheets.export()
    dialog = cut.findChild(ExportDialog)
    dialog._path.setText(str(tmp_path / "out.mp4"))
    dialog._go.click()
    qtbot.waitUntil(lambda: "was written and checked" in dialog._words.text())
    assert (tmp_path / "out.mp4").is_file()
    assert "160×120" in dialog._words.text()
    dialog.reject()


def test_a_medium_that_is_cut_short_while_the_film_is_open_is_told_at_once(qtbot, cut, film):
    data = film.read_bytes()
    film.write_bytes(data[: len(data) * 6 // 10])
    qtbot.waitUntil(lambda: cut.files.missing == 1)
    assert "is another file now" in cut.statusBar().currentMessage()


def test_a_folder_of_media_that_was_renamed_meanwhile_is_told_to_who_comes_back(qtbot, window, tmp_path):
    (tmp_path / "shots").mkdir()
    shots = [
        write_film(tmp_path / "shots" / f"{i}.mkv", 5 + i, size=(64, 48), codec="ffv1", b_frames=0) for i in (1, 2)
    ]
    take_in(qtbot, window, *shots)
    (tmp_path / "shots").rename(tmp_path / "renamed")
    window.files.come_back(Qt.ApplicationState.ApplicationActive)
    qtbot.waitUntil(lambda: window.files.missing == 2)
    assert "2 media are missing" in window.statusBar().currentMessage()
    assert window.banner.isVisible() and window.banner.words.text() == "2 media are missing.", "until they are found"
    assert [button.text() for button in window.banner.buttons] == ["Find …", "Close"]
    (tmp_path / "renamed").rename(tmp_path / "other")
    window.banner.buttons[0].click()
    qtbot.waitUntil(lambda: window.findChild(Relink) is not None)
    window.findChild(Relink).folder_wished.emit(tmp_path / "other")
    qtbot.waitUntil(lambda: window.files.missing == 0)
    window.document.undo()
    qtbot.waitUntil(window.banner.isVisible)
    window.document.redo()
    qtbot.waitUntil(lambda: not window.banner.isVisible())


def test_media_that_a_watch_and_a_look_both_miss_are_missing_once(qtbot, window, tmp_path):
    shots = [write_film(tmp_path / f"{i}.mkv", 5 + i, size=(64, 48), codec="ffv1", b_frames=0) for i in (1, 2)]
    take_in(qtbot, window, *shots)
    one, two = window.document.timeline.media
    window.files._lose(one)
    assert "1.mkv is no longer there" in window.statusBar().currentMessage()
    window.files._missed((one, two))  # looked for before the first was told
    assert window.files.missing == 2
    assert "2 media are missing" in window.statusBar().currentMessage()
    window.files._missed((one, two))
    assert window.files.missing == 2


def test_a_film_whose_media_goes_away_says_so_at_once_and_before_an_export(qtbot, cut, film):
    assert not cut.files.missing
    other = film.with_name("other")
    other.write_bytes(film.read_bytes())
    other.replace(film)  # as programs write files
    qtbot.wait(100)
    assert not cut.files.missing
    kept = film.rename(film.with_name("moved.mkv"))
    qtbot.waitUntil(lambda: cut.files.missing == 1)
    assert "no longer there" in cut.statusBar().currentMessage()
    dialog = ExportDialog(cut.document.timeline, film.parent, "a", missing=cut.files.missing)
    qtbot.addWidget(dialog)
    assert "missing" in dialog._words.text()
    cut.files.look_in(kept.parent)
    qtbot.waitUntil(lambda: not cut.files.missing)
    assert {media.path for media in cut.document.timeline.media} == {str(kept)}


def test_the_panel_of_jobs_offers_to_export(qtbot, cut):
    cut.lay_out("export")
    (offer,) = [one for one in cut.jobs_panel.findChildren(QToolButton) if "Export" in one.text()]
    qtbot.waitUntil(offer.isVisible)
    offer.click()
    cut.findChild(ExportDialog).reject()


def test_the_dialog_says_at_once_that_there_is_no_such_folder(qtbot, cut):
    cut.sheets.export()
    dialog = cut.findChild(ExportDialog)
    dialog._path.setText("/no/such/folder/out.mp4")
    with qtbot.assertNotEmitted(dialog.wished):
        dialog._go.click()
    assert dialog._words.text() == "There is no folder /no/such/folder."
    dialog.reject()


def test_the_dialog_says_beforehand_that_a_file_will_be_replaced(qtbot, tmp_path):
    (tmp_path / "a.mp4").write_bytes(b"")
    timeline = overwrite(empty_film(), 0, 0, Clip(0, 0, 5, EffectCall("core.color")))
    dialog = ExportDialog(timeline, tmp_path, "a")
    qtbot.addWidget(dialog)
    assert dialog._words.text() == "a.mp4 is there already and will be replaced."
    dialog._codec.setCurrentIndex(dialog._codec.findData("ffv1"))
    assert dialog.order.path == tmp_path / "a.mkv"
    assert dialog._words.text() == "Lossless: nothing is lost, at any quality."


def test_save_and_close_ask_nothing_when_all_is_saved(qtbot, cut, tmp_path):
    with qtbot.waitSignal(cut.document.saved):
        cut.document.save(tmp_path / "a.otio")
    assert cut.windowTitle() == "a[*] – vgan studio"
    assert not cut.isWindowModified()
    assert otio.load(tmp_path / "a.otio").tracks[0].clips
    cut.close()
    assert not cut.isVisible()


def test_closing_with_changes_asks_and_cancel_stays(qtbot, cut, monkeypatch):
    monkeypatch.setattr(QMessageBox, "exec", lambda box: QMessageBox.StandardButton.Cancel)
    cut.close()
    assert cut.isVisible()


@pytest.mark.parametrize("theme", [themes.DARK, themes.LIGHT], ids=lambda theme: theme.name)
def test_text_can_be_read_on_every_ground(theme):
    for ground in (theme.window, theme.panel, theme.raised):
        for words in (theme.text, theme.dim, theme.danger):
            assert _contrast(words, ground) >= 4.5, (words, ground)
    for clip in (theme.video, theme.audio, theme.made):
        assert _contrast(theme.clip_text, clip) >= 4.5
    assert _contrast(theme.on_accent, theme.accent) >= 4.5


def test_the_mark_and_the_ground_of_a_checked_box_can_be_told_in_both_themes():
    sheet = (themes.resources() / "theme.qss").read_text(encoding="utf-8")
    (ground,) = re.findall(r"indicator:checked \{ background: (#\w+)", sheet)
    (mark,) = re.findall(r'stroke="(#\w+)"', (themes.resources() / "icons" / "check.svg").read_text(encoding="utf-8"))
    for color in (mark, *(of for theme in (themes.DARK, themes.LIGHT) for of in (theme.panel, theme.raised))):
        assert _contrast(ground, color) >= 3, color


def _contrast(a, b):
    """WCAG 2.1."""

    def light(color):
        parts = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in QColor(color).getRgbF()[:3]
        )
        return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))

    high, low = sorted((light(a), light(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_both_themes_dress_the_window(window, qtbot):
    for name in ("theme_light", "theme_dark"):
        window.actions_[name].trigger()
        qtbot.waitUntil(lambda: worn(window))
        ground = QColor(window.timeline_view.grab().toImage().pixel(5, 5))
        assert ground.name() == window.theme.panel


def test_icons_have_one_stroke_weight_and_every_action_its_own():
    for path in (themes.resources() / "icons").glob("*.svg"):
        assert 'stroke-width="1.5"' in path.read_text(), path.name


def test_no_key_means_two_things(window):
    keys = [key.toString() for action in window.actions() for key in action.shortcuts()]
    assert sorted(keys) == sorted(set(keys))


def test_buttons_have_names_for_those_who_do_not_see_them(qtbot, cut):
    cut.timeline_view.select([clips(cut)[0].id])
    for button in cut.findChildren(QPushButton):
        assert button.text() or button.accessibleName()


def test_ten_thousand_clips_are_painted_within_a_frame_of_the_screen(qtbot):
    clip_list = tuple(Clip(i + 1, i * 10, 10, EffectCall("core.color"), name=f"clip {i}") for i in range(10_000))
    timeline = Timeline(Fraction(25), 160, 120, tracks=(Track("video", clip_list),), next_id=10_001)
    view = TimelineView(timeline)
    qtbot.addWidget(view)
    view.resize(1600, 300)
    view.show()
    view.fit()
    worst = []
    for _ in range(12):
        view.zoom(1.6, 800.0)
        began = time.thread_time()
        view.viewport().grab()
        worst.append(time.thread_time() - began)
    assert sorted(worst)[len(worst) // 2] < 0.05


def test_gestures_on_media_and_generated_pictures_find_free_tracks(film):
    from vgan_studio.service.importing import look

    media = look(film).media
    timeline = gestures.append(gestures.add_all(empty_film(), [media]), [media])
    timeline = gestures.generate(timeline, EffectCall("core.title"), 10)
    assert [len(track.clips) for track in timeline.tracks] == [1, 1, 0]
    timeline = gestures.generate(timeline, EffectCall("core.title"), 10)
    assert [track.kind for track in timeline.tracks] == ["video", "video", "video", "audio"]
    assert timeline.tracks[2].name == "V3"


def test_a_kept_film_is_offered_and_recovered_as_unsaved(qtbot, tmp_path, monkeypatch, film):
    from vgan_studio.service.importing import look

    media = look(film).media
    kept = gestures.append(gestures.add_all(empty_film(), [media]), [media])
    keeper = Recovery(tmp_path / "state")
    keeper.start()
    keeper.keep(kept)
    keeper.leave(lost=True)
    window = MainWindow(
        QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat), tmp_path / "state", tmp_path / "c"
    )
    qtbot.addWidget(window)
    answer = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: None)
    monkeypatch.setattr(QMessageBox, "clickedButton", lambda box: next(iter(answer), None))
    window.files.offer(offers(tmp_path / "state"))
    assert len(offers(tmp_path / "state")) == 1, "a box that was closed by something else forgets nothing"
    monkeypatch.setattr(QMessageBox, "clickedButton", lambda box: box.buttons()[0])
    with qtbot.waitSignal(window.document.changed):
        window.files.offer(offers(tmp_path / "state"))
    assert window.document.timeline == kept
    assert window.document.dirty
    assert window.document.path is None
    window.recovery.start()
    qtbot.waitUntil(lambda: bool(window.recovery.versions()))
    window._closing = True
    window.close()


def test_a_recovered_film_belongs_to_its_file_again_and_is_offered_anew_if_the_program_dies_once_more(
    qtbot, window, tmp_path, monkeypatch
):
    project = tmp_path / "film.otio"
    otio.save(empty_film(), project)
    state = tmp_path / "other state"
    keeper = Recovery(state)
    keeper.start()
    keeper.follow(project)
    edited = gestures.generate(empty_film(), EffectCall("core.color"), 10)
    keeper.keep(edited)
    keeper.leave(lost=True)
    monkeypatch.setattr(QMessageBox, "exec", lambda box: None)
    monkeypatch.setattr(QMessageBox, "clickedButton", lambda box: box.buttons()[0])
    window.recovery.start()
    with qtbot.waitSignal(window.recovery.kept) as told:
        window.files.offer(offers(state))
    assert window.document.path == project and window.document.timeline == edited and window.document.dirty
    assert told.args[0].parent.parent == project.parent
    window.document.start(empty_film())


def test_earlier_versions_are_listed_and_to_go_back_is_a_step_that_can_be_undone(qtbot, cut):
    films = []
    for name in ("one", "two"):
        cut.document.do("Rename", rename_track, 0, name)
        qtbot.waitUntil(lambda: otio.load(cut.recovery.versions()[-1]) == cut.document.timeline)
        films.append(cut.document.timeline)
    cut.actions_["versions"].trigger()
    dialog = cut.findChild(Versions)
    assert dialog.list.count() == len(cut.recovery.versions()) >= 2
    rows = [dialog.list.visualItemRect(dialog.list.item(row)) for row in (0, 1)]
    assert rows[0].height() > dialog.fontMetrics().height() + 4 and rows[0].bottom() < rows[1].top()
    dialog.list.setCurrentRow(1)  # the newest is on top
    with qtbot.waitSignal(cut.document.changed):
        dialog.back.click()
    assert cut.document.timeline == films[0] and "Version of" in cut.document.history.present.label
    cut.document.undo()
    assert cut.document.timeline == films[1]


def test_a_version_that_is_damaged_is_said_and_nothing_changes(qtbot, cut, tmp_path):
    (tmp_path / "000001.otio").write_text("no film")
    before = cut.document.timeline
    ask_version(cut, [tmp_path / "000001.otio"])
    cut.findChild(Versions).back.click()
    qtbot.waitUntil(lambda: bool(cut.statusBar().currentMessage()) and not cut.jobs.running)
    assert cut.document.timeline == before


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_done_with_mouse_and_keys_can_be_undone_to_the_start(qtbot, window, seed):
    from random import Random

    from vgan_studio.timeline.check import faults

    rng = Random(seed)
    media = Media("/films/a.mp4", "a", Fraction(8), 320, 180, Fraction(25), channels=2, sample_rate=48000)
    start = gestures.append(gestures.add_all(empty_film(), [media]), [media, media, media])
    window.document.start(start)
    view, document = window.timeline_view, window.document
    keys = [Qt.Key.Key_Q, Qt.Key.Key_W, Qt.Key.Key_T, Qt.Key.Key_I, Qt.Key.Key_O, Qt.Key.Key_M, Qt.Key.Key_Delete]
    with_ctrl = [Qt.Key.Key_K, Qt.Key.Key_Z, Qt.Key.Key_C, Qt.Key.Key_V, Qt.Key.Key_D, Qt.Key.Key_T, Qt.Key.Key_G]
    for _ in range(150):
        places = [QPoint(rng.randrange(view.viewport().width()), rng.randrange(view.viewport().height())) for _ in "ab"]
        held = rng.choice([Qt.KeyboardModifier.NoModifier, CTRL, SHIFT, Qt.KeyboardModifier.AltModifier])
        what = rng.randrange(4)
        if what == 0:
            press(qtbot, window, rng.choice(keys))
        elif what == 1:
            press(qtbot, window, rng.choice(with_ctrl), CTRL)
        elif what == 2:
            window.preview.seek(rng.randrange(800))
        else:
            qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, held, places[0])
            for place in (places[0] + (places[1] - places[0]) / 2, places[1]):
                moving = QMouseEvent(
                    QEvent.Type.MouseMove, QPointF(place), QPointF(place), Qt.MouseButton.NoButton,
                    Qt.MouseButton.LeftButton, held,
                )  # fmt: skip
                view.mouseMoveEvent(moving)
            qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, held, places[1])
        assert not list(faults(document.timeline))
        assert view.timeline is document.timeline
    assert len(document.history.steps) > 10
    while document.history.past:
        document.undo()
    assert document.timeline == start


def test_no_bar_of_tabs_is_left_over_where_no_panels_are(qtbot, window):
    qtbot.wait(20)
    bars = window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
    seen = [bar.geometry() for bar in bars if bar.isVisible() and not bar.visibleRegion().isEmpty()]
    assert len(seen) == 1, "the tabs at the left"


def test_films_that_were_open_lately_are_in_the_menu_of_files(qtbot, cut, tmp_path):
    for name in ("one", "t & o"):
        with qtbot.waitSignal(cut.document.saved):
            cut.document.save(tmp_path / f"{name}.otio")
    (tmp_path / "gone.otio").unlink(missing_ok=True)
    recent = cut.findChild(RecentMenu)
    recent.parent().aboutToShow.emit()
    assert [action.text() for action in recent.actions()] == ["t && o", "one"] and recent.isEnabled()
    with qtbot.waitSignal(cut.document.opened):
        recent.actions()[1].trigger()
    assert cut.document.path == tmp_path / "one.otio"


@pytest.mark.parametrize(("button", "closed"), [("Discard", True), ("Save", True), ("Cancel", False)])
def test_who_is_asked_whether_to_save_before_the_end_is_done_with_it_after_one_answer(
    qtbot, cut, tmp_path, button, closed
):
    cut.document.save(tmp_path / "film.otio")
    qtbot.waitUntil(lambda: not cut.document.dirty)
    cut.preview.seek(10)
    cut.editing.split()
    assert cut.document.dirty

    def answer():
        (box,) = cut.findChildren(QMessageBox)
        next(one for one in box.buttons() if one.text().replace("&", "") == button).click()

    QTimer.singleShot(50, answer)
    cut.actions_["quit"].trigger()
    if closed:
        qtbot.waitUntil(lambda: not cut.isVisible())
    assert cut.isVisible() is not closed

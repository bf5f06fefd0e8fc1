"""Live GAN effects in the window: the bar, the panel, comparing, masks; in the words of a user."""

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QLineEdit

from tests.films import write_film
from tests.windows import effect_boxes, settled, take_in
from vgan_studio.render.cover import State
from vgan_studio.service.cost import Cost, duration, size
from vgan_studio.service.watch import Use
from vgan_studio.timeline.effects import enable_effect, move_effect, set_param
from vgan_studio.ui import cache_bar
from vgan_studio.ui.compare import Compare
from vgan_studio.ui.theme import DARK, LIGHT

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # of the offscreen platform


@pytest.fixture
def window(qtbot, windows, tmp_path):
    film = write_film(tmp_path / "numbers.mkv", 12, size=(64, 48), codec="ffv1", b_frames=0)
    window = windows.open({"render/idle_s": 0})
    window.editing.append(take_in(qtbot, window, film))
    return window


def clip(window):
    return window.document.timeline.tracks[0].clips[0]


def states(window):
    bar = window.timeline_view.page.bar
    return list(bar.states) if bar and bar.timeline is window.document.timeline else []


def inferred(window):
    return window.inference.counters.inferred


def test_a_gan_effect_waits_is_rendered_and_survives_every_edit(window, qtbot):
    window.editing.add_effect(clip(window).id, "gan.upscale")
    window.preview.seek(0)
    qtbot.waitUntil(lambda: settled(window) and State.WAITING in states(window))
    window.actions_["render_film"].trigger()
    qtbot.waitUntil(lambda: set(states(window)) == {State.CACHED})
    qtbot.waitUntil(lambda: settled(window))
    made = inferred(window)
    window.timeline_view.select([clip(window).id])
    window.preview.seek(4)
    for name in ("split", "undo", "trim_head", "undo", "duplicate", "redo"):
        window.actions_[name].trigger()
    window.document.do("Strength", set_param, clip(window).id, 0, "strength", 0.4)
    window.document.do("Mask", set_param, clip(window).id, 0, "mask", "ellipse")
    qtbot.waitUntil(lambda: settled(window) and bool(states(window)))
    assert set(states(window)) == {State.CACHED}
    assert inferred(window) == made
    window.document.do("Crisp", set_param, clip(window).id, 0, "crisp", 1.0)
    qtbot.waitUntil(lambda: State.STALE in states(window))


def test_pausing_stops_all_computing_and_going_on_ends_it(window, qtbot):
    window.actions_["render_pause"].trigger()
    qtbot.waitUntil(lambda: window._state_of_work[0] == "paused")
    window.editing.add_effect(clip(window).id, "gan.upscale")
    qtbot.wait(100)
    assert inferred(window) == 0
    window.actions_["render_pause"].trigger()
    qtbot.waitUntil(lambda: inferred(window) > 0)


def test_while_paused_the_viewer_follows_the_playhead_and_says_what_is_lacking(window, qtbot):
    window.editing.add_effect(clip(window).id, "gan.upscale")
    window.preview.seek(0)
    qtbot.waitUntil(lambda: settled(window))
    window.actions_["render_pause"].trigger()
    qtbot.waitUntil(lambda: window._state_of_work[0] == "paused")
    made, shown = inferred(window), []
    window.preview.shown.connect(shown.append)
    window.preview.seek(11)
    qtbot.waitUntil(lambda: bool(shown) and shown[-1].frame == 11)
    assert shown[-1].paused and "Paused: without Upscale" in window.viewer.canvas._mark
    assert inferred(window) == made


def test_h_shows_the_original_for_as_long_as_it_is_held(window, qtbot):
    window.editing.add_effect(clip(window).id, "gan.upscale")
    compare = window.live.compare
    window.timeline_view.setFocus()
    qtbot.keyPress(window.timeline_view, Qt.Key.Key_H)
    assert compare.held
    qtbot.waitUntil(lambda: not compare._beside.isNull())
    qtbot.keyRelease(window.timeline_view, Qt.Key.Key_H)
    assert not compare.held


def test_the_original_asked_for_in_the_menu_stays_until_the_next_press(window, qtbot):
    window.editing.add_effect(clip(window).id, "gan.upscale")
    window.actions_["hold_original"].trigger()
    assert window.live.compare.held
    qtbot.mouseClick(window.timeline_view.viewport(), Qt.MouseButton.LeftButton)
    assert not window.live.compare.held


def test_an_h_that_is_typed_shows_nothing_else(window, qtbot):
    field = window.media_bin.findChild(QLineEdit)
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_H)
    assert field.text() == "h" and not window.live.compare.held


def test_a_is_compared_with_b_and_both_can_be_swapped(window, qtbot):
    id = clip(window).id
    window.editing.add_effect(id, "gan.upscale")
    window.timeline_view.select([id])
    window.actions_["remember_a"].trigger()
    assert window.live.compare.mode == "wipe"
    window.document.do("Strength", set_param, id, 0, "strength", 0.25)
    a, b = window.live._held[id], clip(window).effects
    qtbot.waitUntil(lambda: not window.live.compare._beside.isNull())
    window.actions_["take_a"].trigger()
    assert (clip(window).effects, window.live._held[id]) == (a, b)


def test_the_handles_of_a_mask_move_it_and_a_gesture_is_one_step(window, qtbot):
    id = clip(window).id
    window.editing.add_effect(id, "gan.upscale")
    window.document.do("Mask", set_param, id, 0, "mask", "rectangle")
    window.timeline_view.select([id])
    canvas = window.viewer.canvas
    place = canvas._place(1.0)
    steps = len(window.document.history.steps)
    middle = place.center().toPoint()
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=middle)
    for way in (5, 20, 40):
        qtbot.mouseMove(canvas, middle + QPoint(way, 0))
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=middle + QPoint(40, 0))
    x, y = dict(clip(window).effects[0].params)["mask_center"]
    assert x == pytest.approx(0.5 + 40 / place.width(), abs=0.02) and y == pytest.approx(0.5, abs=0.02)
    assert len(window.document.history.steps) == steps + 1


def test_each_effect_says_the_size_that_comes_out_of_it_and_its_speed_at_what_goes_in(window, qtbot):
    window.editing.add_effect(clip(window).id, "gan.upscale")
    window.editing.add_effect(clip(window).id, "gan.denoise")
    window.timeline_view.select([clip(window).id])
    window.inspector.show_speeds({"gan.upscale": 100.0, "gan.denoise": 100.0})

    def words():
        return [(box._size.text(), box._speed.text()) for box in effect_boxes(window)]

    fitted = ", then fitted to the film: 64 × 48"
    assert words() == [("64 × 48 → 128 × 96", "0.31 s a frame here"), (f"128 × 96{fitted}", "1.23 s a frame here")]
    window.document.do("Order", move_effect, clip(window).id, 0, 1)
    assert words() == [("64 × 48", "0.31 s a frame here"), (f"64 × 48 → 128 × 96{fitted}", "0.31 s a frame here")]
    window.document.do("Off", enable_effect, clip(window).id, 1, False)
    assert [box._size.isHidden() for box in effect_boxes(window)] == [False, True]


def test_how_quick_an_effect_is_here_is_still_known_at_the_next_start(window, windows, qtbot):
    qtbot.waitUntil(lambda: settled(window))
    window.inference.measured.emit({"gan.upscale": 100.0})
    window.inference.measured.emit({"gan.upscale": 101.0})  # no news
    window._closing = True
    window.close()
    other = windows.open()
    other.begin([])
    qtbot.waitUntil(lambda: other.inspector.speeds == {"gan.upscale": 100.0}, timeout=30_000)
    other.settings.setValue("render/speeds", "[1, 2")
    other.inference.measured.emit({"gan.upscale": 50.0})
    assert "50.0" in str(other.settings.value("render/speeds"))


def test_the_lens_shows_a_part_of_the_network_s_picture(window, qtbot):
    window.editing.add_effect(clip(window).id, "gan.upscale")
    window.actions_["lens"].trigger()
    qtbot.mouseMove(window.viewer.canvas, window.viewer.canvas._place(1.0).center().toPoint())
    qtbot.waitUntil(lambda: not window.live.lens._image.isNull())
    assert (window.live.lens._image.width(), window.live.lens._image.height()) == (128, 96)


def test_a_failed_frame_says_why_on_the_picture_and_among_the_jobs(window, qtbot):
    for _ in range(2):
        window.inference.failed.emit(3, "The device is on fire.")
    window.preview.seek(0)
    for failures in (window.live.rendering.failures, window.jobs_panel.failures):
        assert [failures.item(row).text() for row in range(failures.count())] == ["00:00:00:03  The device is on fire."]
        with qtbot.waitSignal(window.preview.moved):
            failures.itemClicked.emit(failures.item(0))
        assert window.preview.frame == 3
    window.inference.failed.emit(3, "The device is on fire.")
    assert window.viewer.canvas._sentence == "The device is on fire."
    window.live._start()
    assert window.live.rendering.failures.count() == window.jobs_panel.failures.count() == 0, "they are tried again"


def test_the_last_picture_is_a_shadow_where_another_frame_failed(window, qtbot):
    canvas = window.viewer.canvas

    def seen():
        image = canvas.grab().toImage()
        place = canvas._place(1.0)
        return image.pixelColor((place.center() - QPointF(0, place.height() / 3)).toPoint()).lightness()

    qtbot.waitUntil(lambda: seen() > 0)
    bright = seen()
    window.inference.failed.emit(0, "This very frame.")
    assert seen() == bright, "it is the picture of this frame, without what failed"
    window.preview.frame = 3
    window.inference.failed.emit(3, "Another frame.")
    assert 0 < seen() <= bright / 3


def test_each_state_has_a_colour_and_a_pattern_of_its_own():
    for theme in (DARK, LIGHT):
        looks = [cache_bar.brush(state, theme) for state in cache_bar.names() if state != cache_bar.LIVE]
        assert len({look.style() for look in looks}) == len({look.color().name() for look in looks}) == 5


def test_the_numbers_of_the_bar_are_those_of_the_states():
    pairs = ((cache_bar.LIVE, State.LIVE), (cache_bar.WAITING, State.WAITING), (cache_bar.COMPUTING, State.COMPUTING),
             (cache_bar.CACHED, State.CACHED), (cache_bar.STALE, State.STALE), (cache_bar.FAILED, State.FAILED))  # fmt: skip
    assert all(number == state for number, state in pairs)


@pytest.mark.parametrize(("mode", "left", "right"), [("wipe", "red", "blue"), ("difference", "grey", "grey")])
def test_the_wipe_shows_one_picture_on_each_side(qapp, mode, left, right):
    def plain(color):
        image = QImage(400, 200, QImage.Format.Format_RGB888)
        image.fill(QColor(color))
        return image

    compare = Compare()
    compare.show_mode(mode)
    compare.show_pair(plain("blue"), plain("red"), plain("grey"))
    canvas = plain("blue")
    place = QRectF(0, 0, 400, 200)
    assert compare.press(QPointF(200, 100), place) == (mode == "wipe")
    compare.move(QPointF(100, 100), place)
    compare.release()
    painter = QPainter(canvas)
    compare.paint(painter, place)
    painter.end()
    assert canvas.pixelColor(20, 180) == QColor(left) and canvas.pixelColor(300, 180) == QColor(right)


def test_what_it_costs_is_said_as_one_says_it():
    assert [duration(s) for s in (0.2, 40, 240, 9000)] == ["1 s", "40 s", "4 min", "2.5 h"]
    assert [size(n) for n in (340e6, 1.2e9)] == ["340 MB", "1.2 GB"]
    assert Cost(10, 5.0, 0, 100, 200).fits and not Cost(10, 5.0, 0, 300, 200).fits


def test_one_switch_hides_everything_ai(window, qtbot):
    window.editing.add_effect(clip(window).id, "gan.upscale")
    qtbot.waitUntil(lambda: bool(states(window)))
    window.actions_["ai"].trigger()
    assert window.layouts.docks["rendering"].isHidden() and window.live.button.isHidden()
    qtbot.wait(700)
    assert window.timeline_view.page.bar is None
    assert not window.actions_["compare_wipe"].isVisible()
    window.actions_["ai"].trigger()
    assert not window.layouts.docks["rendering"].isHidden()
    qtbot.waitUntil(lambda: bool(states(window)))


@pytest.mark.parametrize("layout", ["effects", "audio", "export", "edit"])
def test_without_ai_no_layout_shows_the_panel_of_rendering(window, layout):
    dock = window.layouts.docks["rendering"]
    window.actions_["ai"].trigger()
    window.lay_out(layout)
    assert dock.isHidden() and not dock.toggleViewAction().isVisible()
    window.reset_layout()
    assert dock.isHidden()
    window.lay_out("edit")
    window.actions_["ai"].trigger()
    window.lay_out(layout)
    assert not dock.isHidden() and dock.toggleViewAction().isVisible()


def test_another_place_for_computed_pictures_is_used_at_once(window, qtbot, tmp_path):
    window.editing.add_effect(clip(window).id, "gan.upscale")
    window.actions_["render_film"].trigger()
    qtbot.waitUntil(lambda: set(states(window)) == {State.CACHED} and settled(window))
    there, before = tmp_path / "elsewhere", inferred(window)
    window.inference.keep_in(there)
    qtbot.waitUntil(lambda: window.inference.tools_now.cache.folder == there)
    qtbot.waitUntil(lambda: State.WAITING in states(window))
    window.actions_["render_film"].trigger()
    qtbot.waitUntil(lambda: set(states(window)) == {State.CACHED} and settled(window))
    assert before and len(list(there.glob("??/*.picture"))) == 12


def test_a_cache_that_cannot_be_written_is_told_once_for_each_trouble(qtbot, windows):
    window = windows.open()
    told = list[str]()
    window.live.rendering.told.connect(told.append)
    full, well = Use(0, 0, 1 << 30, 1, 1, "No space left on device"), Use(0, 0, 1 << 30, 1, 1)
    for use in (full, full, well, full):
        window.live.rendering.show_use(use)
    assert len(told) == 2 and "not kept: No space left on device." in window.statusBar().currentMessage()

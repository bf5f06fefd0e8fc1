"""Scopes, guides, snapshots, dropped frames, meters and loudness, in the words of who uses them."""

from dataclasses import replace
from fractions import Fraction
from math import inf, isclose

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog

from tests.films import write_film
from tests.windows import take_in
from vgan_studio.errors import EditError
from vgan_studio.media.reader import VideoReader
from vgan_studio.service import scopes
from vgan_studio.service.exporting import Order, exporting
from vgan_studio.service.images import to_array, to_image
from vgan_studio.service.levels import Level, Levels
from vgan_studio.service.loudness import Loudness, louder, measuring_loudness
from vgan_studio.service.pace import Pace
from vgan_studio.service.requests import Shown
from vgan_studio.timeline.curve import Curve, Key
from vgan_studio.ui.meters import Meters

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # of the offscreen platform


@pytest.fixture
def window(windows):
    return windows.open({"toured": True})


@pytest.fixture
def cut(qtbot, window, tmp_path):
    """A window with one clip of a film on V1: 50 frames with a tone."""
    film = write_film(tmp_path / "numbers.mkv", 50, size=(160, 120), codec="ffv1", b_frames=0, tone=440.0)
    window.editing.append(take_in(qtbot, window, film))
    return window


def plain(red, green, blue, size=(40, 30)):
    return np.full((*size[::-1], 3), (red, green, blue), np.uint8)


def show(window, pixels):
    window.preview.shown.emit(Shown(0, to_image(pixels)))


def turn(canvas, held=Qt.KeyboardModifier.NoModifier):
    """Turn the wheel by one notch over the middle."""
    middle = QPointF(canvas.rect().center())
    QApplication.sendEvent(canvas, QWheelEvent(
        middle, canvas.mapToGlobal(middle), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, held,
        Qt.ScrollPhase.NoScrollPhase, False,
    ))  # fmt: skip


def come(window, frame):
    """Let the picture of a frame come to the viewer."""
    picture = QImage(16, 9, QImage.Format.Format_RGB888)
    window.preview._show(Shown(frame, picture, generation=window.preview._generation))


def test_a_waveform_has_a_line_where_the_picture_is_as_bright():
    drawn = scopes.waveform(plain(191, 191, 191))
    assert set(np.nonzero(drawn.sum((1, 2)))[0]) == {255 - 191}
    ramp = np.repeat(np.arange(256, dtype=np.uint8)[None, :, None], 20, 0).repeat(3, 2)
    assert np.array_equal(scopes.waveform(ramp).sum(2).argmax(0), 255 - np.arange(256))


def test_a_parade_shows_the_channels_beside_each_other():
    drawn = scopes.parade(plain(255, 128, 0))
    assert [int(drawn[:, at].sum(1).argmax()) for at in (10, 50, 90)] == [0, 127, 255]
    assert [int(drawn[:, at].reshape(-1, 3).max(0).argmax()) for at in (10, 50, 90)] == [0, 1, 2]


@pytest.mark.parametrize(
    ("color", "place"), [((128, 128, 128), (128, 128)), ((0, 0, 191), (224, 137)), ((191, 0, 0), (106, 32))]
)
def test_a_vectorscope_has_grey_in_the_middle_and_colours_at_their_boxes(color, place):
    drawn = scopes.vectorscope(plain(*color))
    row, column = np.unravel_index(drawn.sum(2).argmax(), drawn.shape[:2])
    assert abs(column - place[0]) <= 1 and abs(row - place[1]) <= 1


def test_a_histogram_counts_levels():
    half = np.concatenate([plain(50, 50, 50), plain(200, 200, 200), plain(200, 200, 200)])
    high = (scopes.histogram(half)[..., 0] > 100).sum(0)
    assert list(np.nonzero(high)[0]) == [50, 200]
    assert isclose(high[50] / high[200], 0.5, abs_tol=0.01)


def test_hidden_scopes_cost_nothing_and_shown_ones_follow_the_picture(qtbot, window):
    look = window.looking
    show(window, plain(10, 10, 10))
    assert window.layouts.docks["scopes"].isHidden()
    assert look.scopes.asked == 0, "nothing is computed while they are hidden"
    window.stage.setCurrentWidget(window.viewer)
    window.actions_["scopes"].trigger()
    qtbot.waitUntil(lambda: not look.panel.drawing.image.isNull())
    for kind in range(4):
        look.panel.findChild(QComboBox).setCurrentIndex(kind)
        with qtbot.waitSignal(look.scopes.drawn):
            show(window, plain(200, 100, 50))
    asked = look.scopes.asked
    window.layouts.docks["scopes"].hide()
    show(window, plain(0, 0, 0))
    assert look.scopes.asked == asked, "nothing is computed once they are hidden again"
    assert look.panel.findChild(QComboBox).accessibleName() and look.panel.drawing.accessibleName()


def test_while_a_scope_is_drawn_only_the_newest_picture_waits(qtbot):
    made = scopes.Scopes()
    drawn = []
    made.drawn.connect(lambda kind, image: drawn.append(image))
    for level in range(20):
        made.want(to_image(plain(level, level, level)), "waveform")
    qtbot.waitUntil(lambda: len(drawn) == 2)
    assert made.asked == 2
    assert to_array(drawn[-1]).sum((1, 2)).argmax() == 255 - 19


def test_a_saved_frame_is_the_picture_that_an_export_writes(qtbot, cut, tmp_path, monkeypatch):
    wished = tmp_path / "frame"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(wished), ""))
    cut.preview.seek(7)
    cut.actions_["snapshot"].trigger()
    saved = wished.with_name("frame.png")
    qtbot.waitUntil(lambda: saved.exists() and not cut.jobs.running)
    order = Order(tmp_path / "out.mkv", "ffv1", 70, (7, 8), (160, 120))
    for _ in exporting(cut.document.timeline, order, cut.inference.tools):
        pass
    with VideoReader(tmp_path / "out.mkv") as reader:
        exported = reader.at(Fraction(0)).pixels().astype(int)
    frame = to_array(QImage(str(saved))).astype(int)
    assert frame.shape == (120, 160, 3)
    assert np.abs(frame - exported[..., :3]).max() <= 3, "but for the rounding of YUV"
    assert not list(tmp_path.glob(".*part*"))


def test_a_frame_that_cannot_be_saved_is_said(qtbot, cut, tmp_path):
    cut.looking.snapshot(tmp_path / "nowhere" / "frame.png")
    qtbot.waitUntil(lambda: "frame.png" in cut.statusBar().currentMessage())
    qtbot.waitUntil(lambda: not cut.jobs.running)


def painted(window):
    return to_array(window.viewer.canvas.grab().toImage()).astype(int)


@pytest.mark.parametrize("name", ["guide_safe", "guide_thirds", "guide_grid"])
def test_guides_lie_over_the_picture_and_are_remembered(cut, name):
    cut.preview._service.ready.disconnect(cut.preview._show)  # the picture stays
    before = painted(cut)
    cut.actions_[name].trigger()
    assert np.abs(painted(cut) - before).max() > 60
    assert cut.settings.value(f"guides/{name}", False, bool)
    cut.actions_[name].trigger()
    assert np.array_equal(painted(cut), before)


def test_frames_that_were_due_and_never_shown_are_counted():
    pace = Pace()
    pace.begin(anew=True)
    for frame, time_ms in ((0, 0), (1, 40), (4, 160), (5, 200)):
        pace.shown(frame, time_ms, 1)
    assert (pace.dropped, pace.rate) == (2, 15.0)
    pace.begin(anew=False)
    pace.shown(0, 240, 1)
    assert pace.dropped == 2, "going round in a loop drops nothing"
    pace.begin(anew=True)
    for frame in (100, 96, 92, 84):
        pace.shown(frame, 0, -4)
    assert pace.dropped == 1, "at four times the speed, every fourth is due"


def test_while_it_plays_the_viewer_says_how_quick_it_is_and_what_was_dropped(qtbot, cut):
    cut.preview._service.ready.disconnect(cut.preview._show)
    cut.playback.play(1)
    cut.playback._timer.stop()  # pictures come as the test says
    for frame in (0, 3, 4):
        qtbot.wait(5)
        cut.playback.frame = frame
        come(cut, frame)
    assert "fps" in cut.viewer._figures.text() and "2 dropped" in cut.viewer._figures.text()
    cut.playback.stop()
    assert not cut.viewer._figures.text()


def test_playing_again_from_the_start_counts_no_frame_as_dropped(cut):
    cut.preview._service.ready.disconnect(cut.preview._show)
    cut.preview.seek(49)
    cut.playback.play(1)
    cut.playback._timer.stop()
    come(cut, 49)  # asked for before it began at the start
    come(cut, 0)
    cut.playback.frame = 1
    come(cut, 1)
    assert cut.playback.pace.dropped == 0 and "dropped" not in cut.viewer._figures.text()


def test_a_time_code_that_is_typed_is_gone_to(qtbot, cut):
    field = cut.viewer._time
    qtbot.mouseClick(field, Qt.MouseButton.LeftButton)
    field.selectAll()
    qtbot.keyClicks(field, "1:05")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert cut.preview.frame == 30
    assert field.text() == "00:00:01:05"


def test_the_picture_is_enlarged_to_800_percent_and_pulled(qtbot, cut):
    canvas = cut.viewer.canvas
    middle = QPointF(canvas.rect().center())
    for _ in range(30):
        turn(canvas, Qt.KeyboardModifier.ControlModifier)
    assert canvas.scale == pytest.approx(8) and cut.viewer._figures.text() == "800 %"
    before = QPointF(canvas._shift)
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    for kind, place in (
        (QEvent.Type.MouseButtonPress, middle), (QEvent.Type.MouseMove, middle + QPointF(30, 10)),
        (QEvent.Type.MouseButtonRelease, middle + QPointF(30, 10)),
    ):  # fmt: skip
        QApplication.sendEvent(canvas, QMouseEvent(kind, place, canvas.mapToGlobal(place), left, left, none))
    assert canvas._shift - before == QPointF(30, 10)
    turn(canvas)
    turn(canvas, Qt.KeyboardModifier.ShiftModifier)
    assert canvas._shift - before == QPointF(70, 50), "the wheel goes over it, too"
    cut.actions_["fit_picture"].trigger()
    assert not canvas.enlarged and not cut.viewer._figures.text()


def test_the_picture_is_enlarged_by_keys(cut):
    canvas = cut.viewer.canvas
    canvas.show_shape(3840, 2160)
    fitting = canvas.scale
    QTest.keyClick(cut.timeline_view, Qt.Key.Key_Equal, Qt.KeyboardModifier.ControlModifier)
    assert fitting < canvas.scale < 1
    QTest.keyClick(cut.timeline_view, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert canvas.scale == pytest.approx(1) and cut.viewer._figures.text() == "100 %"
    for _ in range(40):
        QTest.keyClick(cut.timeline_view, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert canvas.scale == fitting and not canvas.enlarged


def test_what_is_played_is_measured_when_it_is_heard():
    levels = Levels(1000)
    loud = np.full((100, 2), (0.5, 0.25), np.float32)
    levels.put(np.zeros((100, 2), np.float32).tobytes())
    levels.put(loud.tobytes())
    assert levels.heard(0.05) == Level()
    level = levels.heard(0.15)
    assert np.allclose(level.peak, (-6.02, -12.04), atol=0.01) and np.allclose(level.rms, level.peak)
    assert levels.heard(0.15) is None


def test_meters_hold_the_peak_and_fall(qtbot, monkeypatch):
    now = [100.0]
    monkeypatch.setattr("vgan_studio.ui.meters.time.monotonic", lambda: now[0])
    meters = Meters()
    qtbot.addWidget(meters)
    meters.show_level(Level((-6.0, 0.0), (-12.0, -3.0)))
    now[0] += 1.0
    meters._sink()
    assert meters.levels[0] == -30 and meters.holds == [-6, 0]
    assert meters.clipped == [False, True]
    now[0] += 10
    meters._sink()
    assert meters.levels == [-inf, -inf] == meters.holds
    assert not meters._fall.isActive()
    qtbot.mouseClick(meters, Qt.MouseButton.LeftButton)
    assert meters.clipped == [False, False]


def test_meters_show_what_the_sound_device_plays(cut):
    cut.lay_out("audio")
    assert cut.looking.sound.isVisible()
    cut.playback.heard.emit(Level((-6.0, -9.0), (-12.0, -15.0)))
    assert cut.looking.sound.meters.levels == [-6, -9]


def test_loudness_is_that_of_the_standard(cut):
    """A sine of 1 kHz (here 440 Hz, where the weighting is nearly flat) has its RMS in LUFS, both channels summed."""
    *_, found = measuring_loudness(cut.document.timeline)
    assert found.done == found.total == 2
    quieter = louder(cut.document.timeline, -10)
    *_, less = measuring_loudness(quieter)
    assert isclose(found.integrated - less.integrated, 10, abs_tol=0.05)
    assert isclose(found.peak - less.peak, 10, abs_tol=0.2)
    assert found.momentary >= found.integrated - 0.2


def test_loudness_is_measured_and_normalised_in_one_step(qtbot, cut):
    cut.actions_["loudness"].trigger()
    sound = cut.looking.sound
    qtbot.waitUntil(sound.normalise.isEnabled)
    assert "LUFS" in sound.words.text()
    steps = len(cut.document.history.steps)
    sound.target.setValue(-23)
    qtbot.mouseClick(sound.normalise, Qt.MouseButton.LeftButton)
    assert len(cut.document.history.steps) == steps + 1
    *_, found = measuring_loudness(cut.document.timeline)
    assert isclose(found.integrated, -23, abs_tol=0.1)
    assert not sound.normalise.isEnabled(), "it was measured before the change"
    cut.document.undo()
    assert cut.document.timeline.tracks[0].clips[0].gain_db == 0


def test_what_is_not_heard_keeps_its_volume(cut):
    film = cut.document.timeline
    track = film.tracks[0]
    curve = Curve((Key(0, -6.0), Key(10, 0.0)))
    keyed = replace(film, tracks=(replace(track, clips=(replace(track.clips[0], gain_db=curve),)),))
    assert [key.value for key in louder(keyed, 3).tracks[0].clips[0].gain_db.keys] == [-3, 3]
    muted = replace(film, tracks=(replace(track, muted=True),))
    with pytest.raises(EditError):
        louder(muted, 3)


def test_silence_has_no_loudness(qtbot, cut):
    cut.looking.sound.show_loudness(Loudness(2, 2))
    assert not cut.looking.sound.normalise.isEnabled()
    assert "no sound" in cut.looking.sound.words.text()

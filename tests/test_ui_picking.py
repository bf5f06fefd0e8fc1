"""The pipette: a colour is taken from the picture in the viewer, in the words of who wants one."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from tests.windows import take_in
from vgan_studio.service.worker import to_image
from vgan_studio.timeline.effects import add_effect
from vgan_studio.timeline.values import EffectCall
from vgan_studio.ui.parameters import ColorEditor
from vgan_studio.ui.picking import color_at

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # of the offscreen platform
LEFT = Qt.MouseButton.LeftButton
SHIFT, NONE = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier
WIDE = (1600, 1200)  # larger than the viewer, so that the screen's pixels are not the film's


@pytest.fixture
def window(qtbot, windows, tmp_path):
    """A film with a picture of fine stripes on V1, each column of another colour, and a plane of colour above it."""
    columns = np.zeros((WIDE[1], WIDE[0], 3), np.uint8)
    columns[..., 0] = np.arange(WIDE[0]) % 2 * 200
    columns[..., 1] = np.arange(WIDE[0]) // 8 % 256
    columns[..., 2] = np.arange(WIDE[1])[:, None] // 8 % 256
    to_image(columns).save(str(tmp_path / "stripes.png"))
    window = windows.open({"render/idle_s": 0, "toured": True})
    window.editing.append(take_in(qtbot, window, tmp_path / "stripes.png"))
    id = window.document.timeline.tracks[0].clips[0].id
    window.timeline_view.select([id])
    call = EffectCall("gan.denoise", (("mask", "chroma"), ("strength", 0.0)))  # which asks no network
    window.document.do("a colour", add_effect, id, call)
    window.columns = columns
    with qtbot.waitSignal(window.preview.shown):
        window.preview.seek(1)
    return window


def pipette(window):
    (found,) = window.inspector.findChildren(ColorEditor)
    return found.pipette


def click(window, column, row, held=NONE):
    """Click on a pixel of the film in the viewer."""
    canvas = window.viewer.canvas
    place = canvas._place(canvas._zoom)
    x = place.x() + (column + 0.5) / WIDE[0] * place.width()
    y = place.y() + (row + 0.5) / WIDE[1] * place.height()
    for kind, button, buttons in (
        (QEvent.Type.MouseMove, Qt.MouseButton.NoButton, Qt.MouseButton.NoButton),
        (QEvent.Type.MouseButtonPress, LEFT, LEFT),
        (QEvent.Type.MouseButtonRelease, LEFT, Qt.MouseButton.NoButton),
    ):
        point = QPointF(x, y)
        QApplication.sendEvent(canvas, QMouseEvent(kind, point, canvas.mapToGlobal(point), button, buttons, held))


def taken(window):
    return dict(window.document.timeline.tracks[0].clips[0].effects[0].params).get("mask_color")


def test_the_pipette_takes_the_film_s_own_pixel_and_is_one_step(qtbot, window):
    steps = len(window.document.history.steps)
    assert window.viewer.canvas.image.width() < WIDE[0]
    for column, row in ((801, 400), (800, 401)):
        pipette(window).click()
        assert pipette(window).isChecked() and "Escape cancels" in window.statusBar().currentMessage()
        was = taken(window)
        click(window, column, row)
        qtbot.waitUntil(lambda was=was: taken(window) != was)
        assert not window.statusBar().currentMessage(), "what to do is said as long as it is to be done"
        wanted = [part / 255 for part in window.columns[row, column]]
        assert taken(window) == pytest.approx((*wanted, 1.0), abs=1.5 / 255)
        assert not pipette(window).isChecked()
    assert len(window.document.history.steps) == steps + 2


def test_with_shift_it_takes_the_mean_of_nine_pixels(qtbot, window):
    pipette(window).click()
    click(window, 803, 404, SHIFT)
    qtbot.waitUntil(lambda: taken(window) is not None)
    wanted = window.columns[403:406, 802:805].reshape(-1, 3).mean(0) / 255
    assert taken(window) == pytest.approx((*wanted, 1.0), abs=1.5 / 255)


def test_other_pictures_asked_for_meanwhile_do_not_take_the_place_of_the_one_to_take_from(qtbot, window):
    pipette(window).click()
    click(window, 801, 400)
    for _ in range(3):
        window.preview.ask()
    qtbot.waitUntil(lambda: taken(window) is not None)
    assert taken(window) == pytest.approx((*[part / 255 for part in window.columns[400, 801]], 1.0), abs=1.5 / 255)


def test_a_picture_that_does_not_come_is_said_and_no_colour_is_taken(qtbot, window):
    picking = window.on_screen.picking
    window.inference.request = lambda _: None  # it never answers
    pipette(window).click()
    click(window, 801, 400)
    picking._late.setInterval(1)
    qtbot.waitUntil(lambda: not pipette(window).isChecked())
    assert taken(window) is None and "no colour was taken" in window.statusBar().currentMessage()


def test_escape_or_the_pipette_itself_cancels_and_nothing_is_moved(qtbot, window):
    before = window.document.timeline
    pipette(window).click()
    qtbot.keyClick(window.inspector, Qt.Key.Key_Escape)
    assert not pipette(window).isChecked()
    pipette(window).click()
    pipette(window).click()
    assert not pipette(window).isChecked()
    click(window, 10, 10)
    assert window.document.timeline == before


def test_while_it_waits_a_press_takes_hold_of_nothing_else(window):
    handles = window.on_screen.posing.handles
    assert handles.posed is not None
    pipette(window).click()
    click(window, 800, 600)
    assert handles._grip is None and window.on_screen.picking._asked is not None


def test_a_mean_at_the_edge_is_that_of_the_pixels_that_there_are():
    image = to_image(np.array([[[0, 0, 0], [90, 0, 0]], [[0, 60, 0], [255, 255, 255]]], np.uint8))
    assert color_at(image, 0.9, 0.9) == (1.0, 1.0, 1.0)
    assert color_at(image, 0.0, 0.0, 1) == pytest.approx((345 / 4 / 255, 315 / 4 / 255, 255 / 4 / 255))
    assert color_at(image, 1.0, 1.0) == (1.0, 1.0, 1.0)

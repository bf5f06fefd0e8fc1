"""How one begins, and where help is: welcome, tour, help, the demo film, and the switch that hides AI."""

import re
from fractions import Fraction

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QMessageBox

from tests.films import write_film
from vgan_studio.errors import EffectFault
from vgan_studio.ui.app import Reports
from vgan_studio.ui.help import Help, text
from vgan_studio.ui.questions import FilmQuestion
from vgan_studio.ui.theme import resources
from vgan_studio.ui.tour import Tour
from vgan_studio.ui.welcome import Welcome

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # of the offscreen platform


@pytest.fixture
def window(windows, tmp_path):
    def demo():
        yield tmp_path / "demo.otio"

    return windows.open(demo=demo)


def test_the_welcome_page_offers_to_begin_and_films_of_late(qtbot, window, tmp_path):
    path = tmp_path / "holiday.otio"
    path.write_text("{}")
    window.welcome.show_recent([path])
    buttons = {button.text().split("  ")[0]: button for button in window.welcome.findChildren(QAbstractButton)}
    assert {"Import media", "Open film", "Demo film", "A tour in five steps", "holiday"} <= set(buttons)
    picture = buttons["holiday"].grab().toImage()
    left = [picture.pixelColor(x, y).lightness() for x in range(40) for y in range(4, picture.height() - 4)]
    assert max(left) - min(left) > 60, "its name stands at the left, below its heading"
    with qtbot.waitSignal(window.welcome.open_wished) as wish:
        buttons["holiday"].click()
    assert wish.args == [path]


def test_the_first_clip_gives_size_and_rate_and_others_are_offered_once(qtbot, window, tmp_path):
    film = write_film(tmp_path / "n.mkv", 10, size=(160, 120), codec="ffv1", b_frames=0)
    assert not window.banner.isVisible()
    window.files.take_in([film])
    qtbot.waitUntil(window.banner.isVisible)
    assert "160 × 120, 25 fps" in window.banner.words.text()
    window.files._begin()
    assert not window.banner.isVisible(), "what it says is of the film before"
    window.files.take_in([film])
    qtbot.waitUntil(window.banner.isVisible)
    window.banner.buttons[0].click()
    assert window.findChild(FilmQuestion) is not None
    assert not window.banner.isVisible()
    assert window.document.timeline.rate == Fraction(25)


def test_of_many_files_those_that_cannot_be_read_are_named_at_the_end_with_the_reasons(qtbot, window, tmp_path):
    film = write_film(tmp_path / "n.mkv", 10, size=(160, 120), codec="ffv1", b_frames=0)
    bad = [tmp_path / f"{number}.mp4" for number in range(7)]
    for path in bad:
        path.write_bytes(b"no film at all")
    window.files.take_in([*bad, film])
    qtbot.waitUntil(lambda: bool(window.findChildren(QMessageBox)))
    (box,) = window.findChildren(QMessageBox)
    assert box.text() == "7 of 8 files were not taken in." and "and 1 more" in box.informativeText()
    assert all(path.name in box.detailedText() for path in bad)
    box.close()
    assert [media.path for media in window.document.timeline.media] == [str(film)]


def test_the_tour_has_five_steps_and_each_shows_a_part(qtbot, window):
    window.actions_["tour"].trigger()
    tour = window.findChild(Tour)
    titles = []
    for number in range(5):
        assert tour.step == number
        titles.append(tour.title.text())
        assert tour.rect().contains(tour._card.geometry()), "the card is never cut off"
        assert not tour._hole().isEmpty()
        assert not tour.grab().isNull()
        tour.next.click()
    assert len(set(titles)) == 5
    qtbot.waitUntil(lambda: not shiboken6.isValid(tour) or not tour.isVisible())


def test_the_tour_can_be_left_at_any_time(qtbot, window):
    window.actions_["tour"].trigger()
    tour = window.findChild(Tour)
    qtbot.keyClick(tour, Qt.Key.Key_Right)
    assert tour.step == 1
    qtbot.keyClick(tour, Qt.Key.Key_Left)
    assert tour.step == 0
    qtbot.keyClick(tour, Qt.Key.Key_Escape)
    assert not shiboken6.isValid(tour) or not tour.isVisible()


def test_help_is_here_without_a_network_and_lists_the_keys(qtbot, window):
    window.actions_["help"].trigger()
    page = window.findChild(Help)
    words = page.page.toPlainText()
    assert "Split at the playhead" in words
    assert "Ctrl+K, Ctrl+B" in words
    assert "@keys" not in words
    page.field.setText("Razor")
    assert page.page.textCursor().selectedText() == "Razor"
    page.close()


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_both_helps_have_the_same_chapters_and_go_nowhere(language):
    words = text(language, {"Split": "Ctrl+K", "Fit": "\\"})
    assert "| Split | Ctrl+K |" in words
    assert "http" not in words
    pages = [(resources() / "help" / f"{one}.md").read_text(encoding="utf-8") for one in ("en", "zh_CN")]
    assert len(re.findall(r"(?m)^##? ", pages[0])) == len(re.findall(r"(?m)^##? ", pages[1]))
    assert len(re.findall(r"(?m)^(- |\d\.)", pages[0])) == len(re.findall(r"(?m)^(- |\d\.)", pages[1]))


def test_one_switch_hides_everything_ai(qtbot, window):
    import vgan_studio.effects.families  # noqa: F401
    from vgan_studio.effects.spec import REGISTRY

    window._know_effects(REGISTRY)
    assert any(one.startswith("gan.") for one in window.inspector._offered)
    window.actions_["ai"].trigger()
    assert not any(effect.heavy for effect in window.inspector._offered.values())
    assert not window.actions_["bypass_gan"].isVisible()
    assert not window.timeline_view.page.heavy
    window.actions_["ai"].trigger()
    assert any(one.startswith("gan.") for one in window.inspector._offered)


def test_the_demo_film_is_made_and_opened(qtbot, window, tmp_path):
    from vgan_studio.service.document import empty_film
    from vgan_studio.timeline import otio

    otio.save(empty_film(), tmp_path / "demo.otio")
    with qtbot.waitSignal(window.document.opened):
        window.actions_["demo"].trigger()
    assert window.document.path == tmp_path / "demo.otio"


def test_a_fault_of_the_program_is_shown_with_a_report_to_copy(qtbot, window):
    reports = Reports(window)
    try:
        raise ZeroDivisionError("of ours")
    except ZeroDivisionError as error:
        reports.hook(type(error), error, error.__traceback__)
    dialog = reports.shown
    dialog.copy.click()
    copied = QApplication.clipboard().text()
    assert "ZeroDivisionError: of ours" in copied
    assert "PySide6" in copied
    dialog.close()


def test_a_fault_that_comes_with_every_picture_is_shown_once(qtbot, window):
    reports = Reports(window)

    def fail(kind):
        try:
            try:
                raise ZeroDivisionError("of ours")
            except ZeroDivisionError as error:
                raise kind("with every picture") from error
        except kind as error:
            reports.hook(kind, error, error.__traceback__)
            return reports.shown

    first = fail(EffectFault)
    assert fail(EffectFault) is first
    other = fail(KeyError)
    assert other is not first
    for dialog in (other, first):
        dialog.close()


def test_the_welcome_page_fits_into_a_small_window(qtbot):
    page = Welcome([])
    qtbot.addWidget(page)
    assert page.minimumSizeHint().width() < 640

"""The media bin in the words of who looks for a shot."""

from fractions import Fraction

import pytest
from PySide6.QtCore import QEvent, QPointF, QSettings, Qt
from PySide6.QtGui import QAction, QImage, QMouseEvent
from PySide6.QtWidgets import QListWidget

from tests.films import write_film
from vgan_studio.service.document import Document
from vgan_studio.service.importing import look
from vgan_studio.service.jobs import Jobs
from vgan_studio.service.project import Opened
from vgan_studio.timeline.values import Media
from vgan_studio.ui.files import Files
from vgan_studio.ui.media_bin import MediaBin
from vgan_studio.ui.relink import Relink

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # of the offscreen platform

FILM = Media("/films/a.mp4", "a", Fraction(8), 320, 180, Fraction(25), channels=2, sample_rate=48000)
SONG = Media("/films/song.flac", "b", Fraction(90), channels=2, sample_rate=48000)


class Pictures:
    """Thumbnails that are all there, and remember which were asked for."""

    def __init__(self, bin_signal):
        self.asked, self.came = [], bin_signal

    def get(self, media, time):
        self.asked.append((media.fingerprint, time))
        image = QImage(96, 54, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.red)
        return image


@pytest.fixture
def bin(qtbot):
    from vgan_studio.service.thumbnails import Thumbnails

    bin = MediaBin(Thumbnails(), QAction("Import"))
    bin._thumbnails = Pictures(None)
    qtbot.addWidget(bin)
    bin.resize(300, 400)
    bin.show_media([FILM, SONG])
    bin.show()
    return bin


def test_length_size_and_codec_are_shown_and_what_is_odd_is_marked(bin):
    bin.show_notes({"a": ("320×180 · 25 fps · h264 · 2 ch 48 kHz", ("Its rate varies.",))})
    assert bin.list.item(0).text() == "a.mp4  ⚠\n0:08.0 · 320×180 · h264"
    assert "Its rate varies." in bin.list.item(0).toolTip()
    assert bin.list.item(1).text() == "song.flac\n1:30.0"
    bin.show_missing(["b"])
    assert "missing" in bin.list.item(1).toolTip()


def test_words_are_searched_for(bin):
    bin._search.setText("SONG")
    assert [bin.list.item(number).isHidden() for number in range(2)] == [True, False]


def test_the_list_becomes_pictures_and_back(bin):
    bin._view.click()
    assert bin.list.viewMode() is QListWidget.ViewMode.IconMode
    assert bin.list.iconSize().width() > 100
    assert bin.list.dragEnabled()
    bin._view.click()
    assert bin.list.viewMode() is QListWidget.ViewMode.ListMode


def test_the_pointer_over_a_picture_scrubs_through_it(bin):
    rect = bin.list.visualItemRect(bin.list.item(0))
    for share in (0.25, 0.75):
        place = QPointF(rect.left() + share * 86, rect.center().y())
        none = Qt.MouseButton.NoButton
        event = QMouseEvent(
            QEvent.Type.MouseMove, place, bin.list.mapToGlobal(place), none, none, Qt.KeyboardModifier.NoModifier
        )
        bin.list.mouseMoveEvent(event)
        times = [time for name, time in bin._thumbnails.asked if name == "a"]
        assert abs(float(times[-1]) - 8 * share) < 0.5
    bin.list.leaveEvent(QEvent(QEvent.Type.Leave))
    assert bin._thumbnails.asked[-1] == ("a", Fraction(2))


def test_missing_media_are_found_again_in_one_dialog(qtbot, tmp_path):
    for name in ("one", "two"):
        write_film(tmp_path / f"{name}.mkv", 5 if name == "one" else 6, size=(64, 48), codec="ffv1", b_frames=0)
    there = [look(tmp_path / f"{name}.mkv").media for name in ("one", "two")]
    (tmp_path / "moved").mkdir()
    (tmp_path / "one.mkv").rename(tmp_path / "moved" / "other name.mkv")
    (tmp_path / "two.mkv").rename(tmp_path / "moved" / "two.mkv")
    from vgan_studio.service import gestures
    from vgan_studio.service.document import empty_film

    jobs = Jobs()
    document = Document(jobs)
    settings = QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat)
    from PySide6.QtWidgets import QWidget

    window = QWidget()
    qtbot.addWidget(window)
    files = Files(document, jobs, settings, window)
    film = gestures.add_all(empty_film(), there)
    document.start(film)
    files._opened(Opened(film, tmp_path / "a.otio", tuple(there)))
    files.ask_folder()
    dialog = window.findChild(Relink)
    assert dialog.list.topLevelItemCount() == 2
    dialog.folder_wished.emit(tmp_path / "moved")
    qtbot.waitUntil(lambda: files.missing < 2 and not jobs.running, timeout=20_000)
    assert files.missing == 0
    assert dialog.words.text() == "All are found."
    assert {one.path for one in document.timeline.media} == {
        str(tmp_path / "moved" / "other name.mkv"),
        str(tmp_path / "moved" / "two.mkv"),
    }

"""The media bin in the words of who looks for a shot."""

import wave
from dataclasses import replace
from fractions import Fraction

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QAction, QDragEnterEvent, QDragMoveEvent, QDropEvent, QImage, QMouseEvent
from PySide6.QtWidgets import QListWidget

from tests.films import write_film
from vgan_studio.service import gestures
from vgan_studio.service.document import Document, empty_film
from vgan_studio.service.importing import look
from vgan_studio.service.jobs import Jobs
from vgan_studio.service.project import Opened
from vgan_studio.timeline.folders import add_folder, shelve
from vgan_studio.timeline.values import Folder, Media
from vgan_studio.ui.drops import fingerprints_of
from vgan_studio.ui.media_bin import MediaBin
from vgan_studio.ui.media_list import Crumb
from vgan_studio.ui.relink import Relink
from vgan_studio.ui.shelving import Shelving

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


def shown(bin):
    return [bin.list.item(number).text().split("\n")[0] for number in range(bin.list.count())]


def choose(bin, *names):
    for number, name in enumerate(shown(bin)):
        bin.list.item(number).setSelected(name in names)


def drop(bin, mime, target):
    """Drop what is dragged on a row, or on a button of the way."""
    if isinstance(target, str):
        item = bin.list.item(shown(bin).index(target))
        target, place = bin.list, QPointF(bin.list.visualItemRect(item).center())
    else:
        place = QPointF(target.rect().center())
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    for kind in (QDragEnterEvent, QDragMoveEvent):
        event = kind(place.toPoint(), copy, mime, left, none)
        if hasattr(target, kind.__name__.replace("QDrag", "drag")):
            getattr(target, kind.__name__.replace("QDrag", "drag"))(event)
    target.dropEvent(QDropEvent(place, copy, mime, left, none))


def way(bin):
    widgets = (bin._way.itemAt(number).widget() for number in range(bin._way.count()))
    return [one for one in widgets if isinstance(one, Crumb)]


def dragged(bin):
    return bin.list.mimeData(bin.list.selectedItems())


@pytest.fixture
def shelves(qtbot, bin):
    """A bin with folders in the hands of someone who may undo: the document, and the bin that shows it."""
    document = Document(Jobs())
    document.changed.connect(lambda film: bin.show_media(film.media, film.folders))
    names = ("insert", "overwrite", "append", "import", "proxy_make", "proxy_remove", "proxy_original")
    actions = {name: QAction(name, bin) for name in names}
    bin.shelving = Shelving(document, bin, actions)
    document.start(replace(empty_film(), media=(FILM, SONG), folders=(Folder(("Day 1",)), Folder(("Day 1", "A")))))
    return document


@pytest.mark.parametrize("pictures", [False, True])
def test_media_dropped_on_a_folder_lie_in_it_and_undo_brings_them_back(bin, shelves, pictures):
    bin.show_pictures(pictures)
    assert bin.list.viewport().acceptDrops()
    before = shelves.timeline
    choose(bin, "a.mp4")
    drop(bin, dragged(bin), "Day 1")
    assert shown(bin) == ["Day 1", "song.flac"]
    assert bin.list.item(0).text() == "Day 1\n1 media"
    assert shelves.history.present.label == "Move to Day 1"
    heights = {bin.list.visualItemRect(bin.list.item(number)).height() for number in range(2)}
    assert min(heights) > bin.list.iconSize().height(), "rows made anew are as tall as their pictures"
    bin._open(bin.list.item(0))
    assert shown(bin) == ["A", "a.mp4"] and bin.folder == ("Day 1",)
    shelves.undo()
    assert shelves.timeline == before and shown(bin) == ["A"]


def test_a_folder_is_left_by_the_way_and_what_is_dropped_there_comes_up(qtbot, bin, shelves):
    shelves.do("", shelve, ["a", "b"], ("Day 1", "A"))
    bin.go(("Day 1", "A"))
    assert [one.text() for one in way(bin)] == ["‹ Media", "Day 1", "A"]
    choose(bin, "a.mp4")
    drop(bin, dragged(bin), way(bin)[1])
    assert shelves.timeline.folders[0].media == ("a",)
    qtbot.mouseClick(way(bin)[0], Qt.MouseButton.LeftButton)
    assert shown(bin) == ["Day 1"] and bin.list.item(0).text().endswith("2 media")
    assert way(bin) == []


def test_a_folder_is_dragged_into_another_and_onto_the_timeline_with_all_that_is_in_it(bin, shelves):
    shelves.do("", add_folder, ("Music",))
    shelves.do("", shelve, ["b"], ("Music",))
    choose(bin, "Music")
    mime = dragged(bin)
    assert fingerprints_of(mime) == ["b"], "the timeline takes it as its media"
    drop(bin, mime, "Day 1")
    assert [folder.path for folder in shelves.timeline.folders] == [("Day 1",), ("Day 1", "A"), ("Day 1", "Music")]
    assert shelves.timeline.folders[2].media == ("b",)
    assert shown(bin) == ["Day 1", "a.mp4"]


def test_what_is_searched_for_is_found_in_every_folder(bin, shelves):
    shelves.do("", shelve, ["b"], ("Day 1", "A"))
    bin._search.setText("song")
    assert shown(bin) == ["song.flac"]
    assert bin.list.item(0).text().endswith(" · Day 1 › A")
    bin._search.setText("day")
    assert shown(bin) == ["Day 1", "song.flac"], "folders by their name, and what lies in them"


def test_the_menu_makes_renames_and_removes_folders_and_keeps_their_media(qtbot, bin, shelves):
    def words():
        return [action.text() for action in bin.shelving.menu().actions() if action.text()]

    assert words() == ["New folder …", "import"]
    choose(bin, "a.mp4")
    assert words()[:3] == ["insert", "overwrite", "append"] and "Move to" in words()
    bin.shelving.add(("B-roll",), bin.chosen)
    assert shelves.timeline.folders[0] == Folder(("B-roll",), ("a",))
    choose(bin, "B-roll")
    assert words()[:2] == ["Open", "Rename …"]
    bin.shelving.rename(("B-roll",), "Details")
    choose(bin, "Details")
    bin.remove_chosen()
    assert shown(bin) == ["Day 1", "a.mp4", "song.flac"]
    assert shelves.history.present.label == "Remove folder"
    for _ in range(3):
        shelves.undo()
    assert [folder.path for folder in shelves.timeline.folders] == [("Day 1",), ("Day 1", "A")]


def test_keys_open_leave_and_rename(qtbot, bin, shelves):
    bin.list.setCurrentRow(0)
    qtbot.keyClick(bin.list, Qt.Key.Key_Return)
    assert bin.folder == ("Day 1",)
    qtbot.keyClick(bin.list, Qt.Key.Key_Backspace)
    assert bin.folder == ()
    bin.list.setCurrentRow(0)
    with qtbot.waitSignal(bin.rename_wished) as wished:
        qtbot.keyClick(bin.list, Qt.Key.Key_F2)
    assert wished.args == [("Day 1",)]


def test_media_taken_in_while_a_folder_is_open_lie_in_it(bin, shelves):
    from vgan_studio.service.gestures import add_all

    new = Media("/films/c.mp4", "c", Fraction(8), 320, 180, Fraction(25))
    shelves.do("", add_all, [FILM, new], ("Day 1",))
    assert shelves.timeline.folders[0].media == ("c",), "what was there stays where it was"


def test_pointing_at_a_picture_in_the_grid_scrubs_through_it(bin):
    bin.show_pictures(True)
    rect = bin.list.visualItemRect(bin.list.item(0))
    for share in (0.25, 0.75):
        place = QPointF(rect.left() + share * rect.width(), rect.center().y())
        none = Qt.MouseButton.NoButton
        event = QMouseEvent(
            QEvent.Type.MouseMove, place, bin.list.mapToGlobal(place), none, none, Qt.KeyboardModifier.NoModifier
        )
        bin.list.mouseMoveEvent(event)
        times = [time for name, time in bin._thumbnails.asked if name == "a"]
        assert abs(float(times[-1]) - 8 * share) < 0.5


def test_length_size_and_codec_are_shown_and_what_is_odd_is_marked(bin):
    bin.show_notes({"a": ("320×180 · 25 fps · h264 · 2 ch 48 kHz", ("Its rate varies.",))})
    assert bin.list.item(0).text() == "⚠ a.mp4\nVFR · 0:08.0 · 320×180 · h264"
    assert "Its rate varies." in bin.list.item(0).toolTip()
    assert bin.list.item(1).text() == "song.flac\n1:30.0"
    bin.show_missing(["b"])
    assert "missing" in bin.list.item(1).toolTip()


def test_rows_that_there_is_room_for_later_have_pictures_then(qtbot):
    from vgan_studio.service.thumbnails import Thumbnails

    bin = MediaBin(Thumbnails(), QAction("Import"))
    qtbot.addWidget(bin)
    bin._thumbnails = Pictures(None)
    media = [replace(FILM, fingerprint=str(number), path=f"/films/{number}.mp4") for number in range(6)]
    bin.resize(300, 120)
    bin.show_media(media)  # while another panel is in front
    bin.show()
    bin.resize(300, 700)
    qtbot.waitUntil(lambda: {name for name, _ in bin._thumbnails.asked} == set("012345"))
    assert not any(bin.list.item(row).icon().isNull() for row in range(6))


def test_words_are_searched_for(bin):
    bin._search.setText("SONG")
    assert shown(bin) == ["song.flac"]
    bin._search.clear()
    assert shown(bin) == ["a.mp4", "song.flac"]


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


@pytest.fixture
def lost(qtbot, tmp_path):
    """Three media that a film shows and that are not where they were: moved and renamed, changed, and gone."""
    media = []
    for i, name in enumerate(("renamed", "changed", "gone")):
        media.append(look(write_film(tmp_path / f"{name}.mkv", 5 + i, size=(64, 48), codec="ffv1", b_frames=0)).media)
        (tmp_path / f"{name}.mkv").rename(tmp_path / f"old {name}.mkv")
    (tmp_path / "moved" / "deep").mkdir(parents=True)
    (tmp_path / "old renamed.mkv").rename(tmp_path / "moved" / "other name.mkv")
    (tmp_path / "old gone.mkv").unlink()
    write_film(tmp_path / "moved" / "deep" / "changed.mkv", 9, size=(32, 32), codec="ffv1", b_frames=0)
    return media


@pytest.fixture
def search(qtbot, windows, lost, tmp_path):
    """The window with their film, and the dialog in which they are looked for."""
    window = windows.open()
    film = gestures.place(gestures.add_all(empty_film(), lost), lost, 0, 0)
    window.document.start(film)
    window.files._opened(Opened(film, tmp_path / "a.otio", tuple(lost)))
    window.files.ask_folder()
    qtbot.waitUntil(lambda: window.findChild(Relink) is not None)
    return window, window.findChild(Relink)


def state_of(dialog, name):
    (item,) = dialog.list.findItems(name, Qt.MatchFlag.MatchExactly)
    return item.text(1), item.text(2)


def test_missing_media_are_found_again_in_one_dialog_whatever_they_are_called(qtbot, search, tmp_path):
    window, dialog = search
    assert dialog.list.topLevelItemCount() == 3 and state_of(dialog, "gone.mkv")[0] == "missing"
    dialog.folder_wished.emit(tmp_path / "moved")
    qtbot.waitUntil(lambda: window.files.missing == 2)
    assert state_of(dialog, "renamed.mkv") == ("found", str(tmp_path / "moved" / "other name.mkv"))
    assert state_of(dialog, "changed.mkv") == ("other content", str(tmp_path / "moved" / "deep" / "changed.mkv"))
    assert state_of(dialog, "gone.mkv") == ("missing", str(tmp_path / "gone.mkv"))
    assert dialog.words.text() == "Missing: 2. For 1 there is a file of the same name, but other content."
    window.document.undo()
    assert window.files.missing == 3, "it is missing again where it was"
    window.document.redo()
    assert window.files.missing == 2


def test_what_is_known_of_a_medium_is_known_again_once_it_is_found(qtbot, search, tmp_path):
    window, dialog = search
    dialog.folder_wished.emit(tmp_path / "moved")
    qtbot.waitUntil(lambda: window.files.missing == 2)
    found = window.document.timeline.media[0]
    qtbot.waitUntil(lambda: "ffv1" in window.files.notes.get(found.fingerprint, ("",))[0])


def test_a_file_with_other_content_takes_the_place_of_a_missing_one_in_one_step(qtbot, search, lost, tmp_path):
    window, dialog = search
    before = window.document.timeline
    other = tmp_path / "moved" / "deep" / "changed.mkv"
    dialog.file_wished.emit(lost[1].fingerprint, other)
    qtbot.waitUntil(lambda: window.files.missing == 2)
    after = window.document.timeline
    assert [clip.source.path for clip in after.tracks[0].clips][1] == str(other)
    assert [(clip.start, clip.duration) for clip in after.tracks[0].clips] == [
        (clip.start, clip.duration) for clip in before.tracks[0].clips
    ]
    assert state_of(dialog, "changed.mkv")[0] == "found"
    assert "its content differs" in window.statusBar().currentMessage()
    window.document.undo()
    assert window.document.timeline == before and window.files.missing == 3


def test_a_file_that_cannot_take_the_place_of_another_is_a_sentence_in_the_dialog(qtbot, search, lost, tmp_path):
    window, dialog = search
    (tmp_path / "no film.txt").write_text("words")
    dialog.file_wished.emit(lost[2].fingerprint, tmp_path / "no film.txt")
    qtbot.waitUntil(lambda: "Cannot read no film.txt" in dialog.words.text())
    with wave.open(str(tmp_path / "only sound.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(bytes(16000))
    dialog.file_wished.emit(lost[2].fingerprint, tmp_path / "only sound.wav")
    qtbot.waitUntil(lambda: "lacks the pictures" in dialog.words.text())
    assert window.files.missing == 3

"""A medium of the bin in the viewer: seen, marked, and put into the film, in the words of who cuts."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from tests.films import write_film
from tests.windows import take_in
from vgan_studio.service.document import empty_film
from vgan_studio.service.gestures import add_all
from vgan_studio.service.source import Part, append_part, part_of, place_part, source_film
from vgan_studio.timeline.check import faults
from vgan_studio.timeline.lookup import source_time
from vgan_studio.timeline.values import Caption, Media, SubtitleTrack
from vgan_studio.ui.drops import PART_MIME, part_mime
from vgan_studio.ui.drops import part_of as dropped_part

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # of the offscreen platform
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def window(qtbot, windows, tmp_path):
    """A window with a film of 20 pictures, a half of which lies on V1, and a song in the bin."""
    film = write_film(tmp_path / "numbers.mkv", 20, size=(64, 48), codec="ffv1", b_frames=0)
    window = windows.open({"render/idle_s": 0, "toured": True})
    take_in(qtbot, window, film)
    return window


def name(window):
    return window.document.timeline.media[0].fingerprint


def clips(window, track=0):
    return window.document.timeline.tracks[track].clips


def open_source(window):
    window.media_bin.list.itemDoubleClicked.emit(window.media_bin.list.item(0))


def mark(window, start, end):
    window.preview.go(start)
    window.actions_["mark_in"].trigger()
    window.preview.go(end - 1)
    window.actions_["mark_out"].trigger()


def test_a_double_click_in_the_bin_shows_the_medium_in_the_viewer(qtbot, window):
    steps = len(window.document.history.steps)
    open_source(window)
    bar, line = window.on_screen.source.bar, window.on_screen.source.line
    assert window.preview.source is not None and bar.source.isChecked() and line.isVisible()
    assert bar.words.text() == "numbers.mkv"
    with qtbot.waitSignal(window.preview.shown):
        window.preview.go(7)
    assert window.preview.place == 7 and window.preview.frame == 0, "the playhead of the film stays"
    assert len(window.document.history.steps) == steps, "to look is no edit"


def test_a_key_switches_between_source_and_film_and_each_has_its_playhead(window):
    window.editing.append([name(window)])
    open_source(window)
    window.preview.go(9)
    window.actions_["source"].trigger()
    assert window.preview.source is None
    window.preview.go(3)
    window.actions_["source"].trigger()
    assert (window.preview.place, window.preview.frame) == (9, 3)
    window.timeline_view.seek_wished.emit(5)
    assert window.preview.source is None and window.preview.frame == 5, "a click on the ruler shows the film"


def test_going_back_shows_the_picture_of_the_film(qtbot, window):
    window.editing.append([name(window)])
    shown = []
    window.preview.shown.connect(shown.append)
    qtbot.waitUntil(lambda: bool(shown) and shown[-1].frame == 0)
    first = window.viewer.canvas.image.copy()
    open_source(window)
    window.preview.go(13)
    qtbot.waitUntil(lambda: shown[-1].frame == 13)
    assert window.viewer.canvas.image != first
    window.actions_["source"].trigger()
    qtbot.waitUntil(lambda: shown[-1].frame == 0)
    assert window.viewer.canvas.image == first


def test_the_source_plays_by_itself_and_stops_where_it_ends(qtbot, window):
    open_source(window)
    window.preview.go(17)
    window.actions_["play"].trigger()
    qtbot.waitUntil(lambda: not window.playback.speed)
    assert window.preview.place == 19 and window.preview.frame == 0


def test_in_and_out_mark_a_part_of_the_source_and_not_of_the_film(window):
    open_source(window)
    mark(window, 4, 10)
    assert window.preview.source.range == (4, 10) and window.document.timeline.range is None
    assert window.on_screen.source.bar.part.text() == "00:00:00:06"
    window.actions_["source"].trigger()
    open_source(window)
    assert window.preview.source.range == (4, 10), "it is kept for this medium"
    window.actions_["mark_none"].trigger()
    assert window.preview.source.range is None


def test_the_marked_part_is_appended_inserted_and_laid_over(window):
    open_source(window)
    mark(window, 4, 10)
    rate = window.document.timeline.rate
    window.actions_["append"].trigger()
    window.actions_["append"].trigger()
    assert [(clip.start, clip.duration, clip.source_in) for clip in clips(window)] == [
        (0, 6, 4 / rate), (6, 6, 4 / rate),
    ]  # fmt: skip
    window.actions_["source"].trigger()
    window.preview.seek(6)
    window.actions_["source"].trigger()
    mark(window, 0, 2)
    window.actions_["insert"].trigger()
    assert [clip.start for clip in clips(window)] == [0, 6, 8]
    window.actions_["overwrite"].trigger()
    assert [(clip.start, clip.duration) for clip in clips(window)] == [(0, 6), (6, 2), (8, 2), (10, 4)]
    assert window.preview.source is not None, "one goes on choosing parts"
    window.document.undo()
    window.document.undo()
    assert [clip.start for clip in clips(window)] == [0, 6], "each was one step"


def test_parts_that_are_put_in_one_after_the_other_lie_one_after_the_other(window):
    open_source(window)
    for start, key in ((4, "overwrite"), (9, "overwrite"), (15, "insert")):
        mark(window, start, start + 3)
        window.actions_[key].trigger()
    rate = window.document.timeline.rate
    assert [(clip.start, clip.source_in) for clip in clips(window)] == [(0, 4 / rate), (3, 9 / rate), (6, 15 / rate)]
    assert window.preview.frame == window.timeline_view.page.playhead == 9, (
        "the playhead of the film goes on to their end"
    )
    assert window.preview.place == 17, "and that of the medium stays"
    window.on_screen.source.close()
    window.media_bin.list.setCurrentRow(0)
    for key in ("insert", "overwrite"):
        window.actions_[key].trigger()
    assert [clip.start for clip in clips(window)] == [0, 3, 6, 9, 29] and window.preview.frame == 49


def test_the_picture_is_dragged_to_the_timeline_with_its_marked_part(window, monkeypatch):
    open_source(window)
    mark(window, 5, 8)
    canvas, carried = window.viewer.canvas, []
    monkeypatch.setattr("vgan_studio.ui.source_view.QDrag.exec", lambda drag, *_: carried.append(drag.mimeData()))
    middle = canvas.rect().center()
    for kind, point, button in (
        (QEvent.Type.MouseButtonPress, middle, LEFT),
        (QEvent.Type.MouseMove, middle + QPoint(30, 0), Qt.MouseButton.NoButton),
    ):
        event = QMouseEvent(kind, QPointF(point), QPointF(canvas.mapToGlobal(point)), button, LEFT, NONE)
        QApplication.sendEvent(canvas, event)
    part = dropped_part(carried[0])
    assert part == Part(name(window), 5 / window.preview.source.rate, 3 / window.preview.source.rate)
    view, mime = window.timeline_view, part_mime(part)
    row = next(row for row in view.scale.rows(view.timeline) if row.track == 1)
    place = QPointF(view.scale.x(40), view.scale.y(row) + 5)
    view.dropEvent(QDropEvent(place, Qt.DropAction.CopyAction, mime, LEFT, NONE))
    (clip,) = clips(window, 1)
    assert (clip.start, clip.duration, clip.source_in) == (40, 3, 5 / window.document.timeline.rate)


def test_there_are_no_handles_over_a_source_and_they_come_back(window):
    window.editing.append([name(window)])
    window.timeline_view.select([clips(window)[0].id])
    before = window.viewer.canvas.overlays
    open_source(window)
    assert window.on_screen.posing.handles.posed is None and before[0] not in window.viewer.canvas.overlays
    window.on_screen.source.bar.film.click()
    assert window.viewer.canvas.overlays == before


def test_a_medium_that_leaves_the_bin_leaves_the_viewer(window):
    open_source(window)
    window.document.undo()
    assert window.preview.source is None and not window.on_screen.source.bar.isVisible()


def test_the_line_of_the_source_seeks(qtbot, window):
    open_source(window)
    line = window.on_screen.source.line
    qtbot.mouseClick(line, LEFT, pos=QPoint(round(line.at(12.5)), line.height() // 2))
    assert window.preview.place == 12


# without a window

rates = st.sampled_from([Fraction(24), Fraction(25), Fraction(30000, 1001), Fraction(50)])


def medium(rate, pictures=200):
    return Media("a.mkv", "f", Fraction(pictures) / rate, 320, 240, rate, channels=2, sample_rate=48000, steady=True)


@given(rates, rates, st.integers(0, 150), st.integers(1, 50), st.booleans())
def test_a_part_begins_with_the_picture_that_was_marked(rate, film_rate, start, length, insert):
    media = medium(rate)
    film = replace(add_all(empty_film(), [media]), rate=film_rate)
    part = part_of(replace(source_film(media, film), range=(start, start + length)))
    there = place_part(film, part, 0, 10, insert)
    (clip,) = there.tracks[0].clips
    assert not list(faults(there))
    assert abs(clip.duration / film_rate - length / rate) <= 1 / film_rate / 2 or clip.duration == 1
    if film_rate == rate:
        assert int(source_time(clip, 10, film_rate) * rate) == start
    assert append_part(there, part).tracks[0].clips[-1].start == clip.end


@pytest.mark.parametrize(
    "media", [replace(medium(Fraction(25)), width=0, height=0), Media("a.png", "p", Fraction(0), 640, 480)]
)
def test_sound_and_stills_are_sources_too(media):
    film = add_all(empty_film(), [media])
    alone = source_film(media, film)
    assert not list(faults(alone)) and alone.duration > 0
    there = append_part(film, part_of(alone))
    assert not list(faults(there)) and sum(len(track.clips) for track in there.tracks) == 1


@pytest.mark.parametrize("data", [b"", b"1", b"a b", b"1 0/0", b"\xff\xff"])
def test_what_another_program_drags_is_no_part(data):
    mime = QMimeData()
    mime.setData(PART_MIME, data)
    assert dropped_part(mime) is None


def test_subtitles_of_the_film_are_not_shown_over_a_medium():
    media = Media("a", "a.mp4", Fraction(5), 64, 48, Fraction(24))
    film = replace(empty_film(), subtitles=(SubtitleTrack((Caption(0, 24, "words"),), language="en"),))
    assert source_film(media, film).subtitles == ()

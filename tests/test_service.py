"""The open document, jobs, recovery, and the threads that make pictures."""

import subprocess
import sys
import threading
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QThread

from tests.devices import Device
from tests.films import number_of, spoil, write_film
from tests.strategies import timelines
from vgan_studio.errors import EditError, MediaError
from vgan_studio.service import gestures, recovery
from vgan_studio.service.document import Document, empty_film
from vgan_studio.service.exporting import Order, Written, exporting
from vgan_studio.service.importing import importing, look
from vgan_studio.service.inference import InferenceService, Request
from vgan_studio.service.jobs import Jobs
from vgan_studio.service.playback import Playback
from vgan_studio.service.project import opening
from vgan_studio.service.recovery import Recovery, forget, offers
from vgan_studio.service.sound import SoundFeed
from vgan_studio.service.thumbnails import HEIGHT, Thumbnails
from vgan_studio.service.waveforms import Waveforms
from vgan_studio.timeline import edit, otio
from vgan_studio.timeline.bin import relink_paths
from vgan_studio.timeline.effects import add_effect
from vgan_studio.timeline.marks import set_range
from vgan_studio.timeline.values import Clip, EffectCall


@pytest.fixture
def jobs(qapp):
    jobs = Jobs()
    yield jobs
    jobs.stop()


@pytest.fixture
def document(jobs):
    return Document(jobs)


@pytest.fixture
def film(tmp_path):
    return write_film(tmp_path / "numbers.mkv", 30, size=(160, 120), codec="ffv1", b_frames=0, tone=440.0)


@pytest.fixture
def cut(film):
    media = look(film).media
    return gestures.place(gestures.add_all(empty_film(), [media]), [media], 0, 0)


def color(timeline, frame=0):
    return gestures.generate(timeline, EffectCall("core.color"), frame)


def test_an_edit_is_one_step_and_undo_leads_back(document, qtbot):
    before = document.timeline
    with qtbot.waitSignal(document.changed) as told:
        assert document.do("Add", color)
    assert told.args == [document.timeline] != [before]
    assert document.dirty
    document.undo()
    assert document.timeline == before
    assert not document.dirty
    document.redo()
    assert document.timeline != before


def test_a_refused_edit_says_why_and_changes_nothing(document, qtbot):
    before = document.history
    with qtbot.waitSignal(document.refused) as told:
        assert not document.do("Lift", edit.lift, 99)
    assert told.args == ["There is no clip 99 in this timeline."]
    assert document.history == before
    with qtbot.waitSignal(document.refused):
        document.undo()


def test_a_drag_is_one_step_until_it_is_sealed(document):
    for end in (2, 3, 4):
        document.drag("range", "Mark", set_range, 0, end)
    assert len(document.history.steps) == 2
    document.seal()
    document.drag("range", "Mark", set_range, 0, 9)
    assert [step.label for step in document.history.steps] == ["", "Mark", "Mark"]
    document.jump(0)
    assert document.timeline.range is None


def test_what_is_saved_is_read_again(document, qtbot, cut, tmp_path):
    document.start(cut, saved=False)
    assert document.dirty
    path = tmp_path / "a.otio"
    with qtbot.waitSignal(document.saved):
        document.save(path)
    assert not document.dirty
    assert str(tmp_path) not in path.read_text(), "media beside the project are named relative to it"
    other = Document(document._jobs)
    with qtbot.waitSignal(other.opened) as told:
        other.open(path)
    assert other.timeline == cut
    assert told.args[0].missing == ()
    assert not other.dirty


def test_a_project_opens_without_its_media_and_names_them(cut, tmp_path, film):
    otio.save(cut, tmp_path / "a.otio")
    film.unlink()
    (opened,) = opening(tmp_path / "a.otio")
    assert [Path(media.path).name for media in opened.missing] == ["numbers.mkv"]
    assert opened.timeline == cut


def test_a_look_that_was_chosen_anywhere_is_there_again_unless_another_wrote_the_film(qtbot, jobs, tmp_path):
    table = tmp_path / "looks" / "warm.cube"
    table.parent.mkdir()
    table.write_text("LUT_1D_SIZE 2\n0 0 0\n1 1 1\n")
    (tmp_path / "films").mkdir()
    document = Document(jobs, None, tmp_path / "state")
    document.start(add_effect(color(empty_film()), 1, EffectCall("color.lut", (("file", str(table)),))))
    document.save(tmp_path / "films" / "mine.otio")
    with qtbot.waitSignal(document.saved):
        pass
    theirs = tmp_path / "films" / "theirs.otio"
    theirs.write_bytes((tmp_path / "films" / "mine.otio").read_bytes() + b"\n")
    for path, on in ((tmp_path / "films" / "mine.otio", True), (theirs, False)):
        with qtbot.waitSignal(document.opened) as told:
            document.open(path)
        assert document.timeline.tracks[0].clips[0].effects[0].enabled is on
        assert len(told.args[0].barred) == (0 if on else 1)


def test_a_broken_project_is_refused_with_a_sentence(document, qtbot, tmp_path):
    path = tmp_path / "broken.otio"
    path.write_text("{")
    with qtbot.waitSignal(document.refused) as told:
        document.open(path)
    assert told.args[0].endswith(".")


def test_a_job_runs_its_generator_elsewhere_and_gives_the_last_value(jobs, qtbot):
    where = []

    def steps():
        where.append(QThread.currentThread())
        yield 1
        yield 2

    job = jobs.make("Count", steps())
    with qtbot.waitSignal(job.done) as told:
        job.start()
    assert told.args == [2]
    assert where != [QThread.currentThread()]
    qtbot.waitUntil(lambda: not jobs.running)


def test_a_cancelled_job_closes_its_generator(jobs, qtbot):
    closed = threading.Event()

    def steps():
        try:
            while True:
                yield
        finally:
            closed.set()

    job = jobs.make("For ever", steps())
    job.progress.connect(job.cancel)
    with qtbot.waitSignal(job.cancelled):
        job.start()
    assert closed.is_set()


def test_a_job_that_fails_says_the_sentence_of_its_error(jobs, qtbot):
    def steps():
        yield 1
        raise MediaError("The disk is full.")

    job = jobs.make("Fail", steps())
    with qtbot.waitSignal(job.failed) as told:
        job.start()
    assert told.args == ["The disk is full."]


def test_a_fault_of_ours_in_a_job_goes_to_the_exception_hook(jobs, qtbot):
    def steps():
        yield 1
        raise ZeroDivisionError

    job = jobs.make("Break", steps())
    with qtbot.capture_exceptions() as caught, qtbot.waitSignal(job.failed):
        job.start()
    assert [kind for kind, _, _ in caught] == [ZeroDivisionError]


def test_the_last_versions_are_kept_beside_the_project(qtbot, tmp_path):
    keeper = Recovery(tmp_path / "state")
    keeper.follow(tmp_path / "a.otio")
    keeper.start()
    timeline = empty_film()
    for end in range(1, recovery.VERSIONS_KEPT + 4):
        timeline = replace(timeline, range=(0, end))
        with qtbot.waitSignal(keeper.kept):
            keeper.keep(timeline)
    keeper.leave()
    kept = sorted(recovery.versions_folder(tmp_path / "a.otio").iterdir())
    assert len(kept) == recovery.VERSIONS_KEPT
    assert otio.load(kept[-1]) == timeline
    assert offers(tmp_path / "state") == [], "an editor that ended in good order leaves nothing to offer"


_DIES = """
import os, sys
from pathlib import Path
from dataclasses import replace
from PySide6.QtCore import QCoreApplication
from vgan_studio.service.document import empty_film
from vgan_studio.service.recovery import Recovery
app = QCoreApplication([])
keeper = Recovery(Path(sys.argv[1]))
keeper.follow(Path(sys.argv[2]) if sys.argv[2] else None)
keeper.kept.connect(lambda path: os.kill(os.getpid(), 9))
keeper.start()
keeper.keep(replace(empty_film(), range=(0, 7)))
app.exec()
"""


@pytest.mark.parametrize("saved", [True, False])
def test_what_was_edited_is_offered_after_kill_9_once(tmp_path, saved):
    project = tmp_path / "a.otio"
    if saved:
        otio.save(empty_film(), project)
    place = str(project) if saved else ""
    done = subprocess.run([sys.executable, "-c", _DIES, tmp_path / "state", place], check=False, timeout=300)
    assert done.returncode == -9
    (offer,) = offers(tmp_path / "state")
    assert offer.project == (project if saved else None)
    assert otio.load(offer.version).range == (0, 7)
    forget(offer)
    assert offers(tmp_path / "state") == []
    assert otio.load(offer.version).range == (0, 7), "what was skipped can still be found by hand"


@pytest.mark.parametrize(
    "note", ["", "{", "[]", '{"project": 3, "versions": null}', '{"project": "", "versions": "/"}']
)
def test_whatever_a_recovery_folder_holds_is_passed_over(tmp_path, note):
    session = tmp_path / "sessions" / "x"
    (session / "versions").mkdir(parents=True)
    (session / "session.json").write_text(note)
    assert offers(tmp_path) == []


def test_a_folder_that_cannot_be_written_is_said_once_and_never_fatal(qtbot, tmp_path):
    (tmp_path / "state").write_text("a file where the folder should be")
    keeper = Recovery(tmp_path / "state")
    keeper.start()
    with qtbot.waitSignal(keeper.failed) as told:
        keeper.keep(empty_film())
    keeper.leave()
    assert "Save the film elsewhere" in told.args[0] and "Errno" not in told.args[0]


def test_each_film_is_kept_beside_its_own_file_and_a_new_one_beside_none(qtbot, document, tmp_path):
    keeper = Recovery(tmp_path / "state")
    keeper.start()
    document.changed.connect(lambda _: keeper.edited(document))
    mine = color(empty_film())
    otio.save(mine, tmp_path / "mine.otio")
    document.start(mine, tmp_path / "mine.otio")
    assert keeper.versions() == [], "what was opened and not edited is as it was saved"
    with qtbot.waitSignal(keeper.kept) as told:
        document.do("Add", color, 50)
    assert told.args[0].parent == recovery.versions_folder(tmp_path / "mine.otio")
    with qtbot.waitSignal(keeper.kept) as told:
        document.start(empty_film())
        document.do("Add", color, 100)
    assert tmp_path / "state" in told.args[0].parents, "it is no edit of the film that was open before"
    keeper.leave(lost=True)
    (offer,) = offers(tmp_path / "state")
    assert offer.project is None


def test_what_was_skipped_once_is_not_offered_after_a_crash_without_an_edit(qtbot, tmp_path):
    project = tmp_path / "film.otio"
    otio.save(empty_film(), project)

    def crash(*films):
        keeper = Recovery(tmp_path / "state")
        keeper.start()
        keeper.follow(project)
        for film in films:
            with qtbot.waitSignal(keeper.kept):
                keeper.keep(film)
        keeper.leave(lost=True)
        return offers(tmp_path / "state")

    (offer,) = crash(color(empty_film()))
    forget(offer)
    assert crash() == []
    (offer,) = crash(color(empty_film(), 100))
    (opened,) = opening(offer.version, ours=True)
    assert opened.timeline == color(empty_film(), 100)


def test_edits_of_a_film_in_a_folder_that_cannot_be_written_are_kept_elsewhere_and_offered(qtbot, tmp_path):
    project = tmp_path / "read only" / "film.otio"
    project.parent.mkdir()
    otio.save(empty_film(), project)
    recovery.versions_folder(project).write_text("a file where the folder of versions should be")
    keeper = Recovery(tmp_path / "state")
    keeper.start()
    keeper.follow(project)
    with qtbot.waitSignal(keeper.failed) as told:
        keeper.keep(color(empty_film()))
    keeper.keep(color(color(empty_film(), 200)))
    qtbot.waitUntil(lambda: len(keeper.versions()) == 2)
    keeper.leave(lost=True)
    assert told.args[0].startswith("Nothing can be written beside the film: ")
    (offer,) = offers(tmp_path / "state")
    (opened,) = opening(offer.version, ours=True)
    assert offer.project == project and opened.timeline == color(color(empty_film(), 200))


def test_files_are_taken_in_and_bad_ones_say_why(tmp_path, film):
    (tmp_path / "bad.mp4").write_bytes(b"no film")
    good, bad = sorted(importing([film, tmp_path / "bad.mp4"]), key=lambda found: found.media is None)
    assert good.media.width == 160
    assert good.words.startswith("160×120 · 25 fps")
    assert bad.sentences[0].endswith(".")


@pytest.mark.parametrize(
    ("measured", "taken"),
    [
        (Fraction(2997, 100), Fraction(30000, 1001)), (Fraction(10), Fraction(10)), (Fraction(25, 2), Fraction(25, 2)),
        (Fraction(120000, 1001), Fraction(120000, 1001)), (Fraction(1549, 100), Fraction(24000, 1001)),
        (Fraction(2981, 100), Fraction(30000, 1001)), (Fraction(7137, 100), Fraction(71)),
    ],
)  # fmt: skip
def test_a_film_takes_no_mean_of_a_varying_rate_but_the_next_usual_one(film, measured, taken):
    assert gestures.like(empty_film(), replace(look(film).media, rate=measured)).rate == taken


def test_an_empty_film_takes_size_and_rate_from_the_first_picture(film):
    media = look(film).media
    timeline = gestures.add_all(empty_film(), [media])
    assert (timeline.width, timeline.height, timeline.rate) == (160, 120, Fraction(25))


def test_the_service_makes_the_picture_of_the_newest_request(qtbot, cut, tmp_path):
    service = InferenceService(tmp_path / "cache")
    for frame in (3, 5, 11):
        service.request(Request(cut, frame, 160, 120))
    shown = []
    service.ready.connect(shown.append)
    with qtbot.waitSignal(service.ready):
        service.start()
    service.stop()
    (one,) = shown
    pixels = one.image.convertToFormat(one.image.Format.Format_RGB888)
    assert (one.frame, one.final, one.lacking) == (11, True, ())
    assert number_of(_array(pixels)) == 11


def test_what_takes_time_is_shown_quickly_first_and_then_exactly(qtbot, cut, tmp_path):
    titled = gestures.generate(cut, EffectCall("core.title"), 0)
    service = InferenceService(tmp_path / "cache")
    shown = []
    service.ready.connect(shown.append)
    service.start()
    service.request(Request(titled, 7, 160, 120))
    qtbot.waitUntil(lambda: len(shown) == 2)
    service.request(Request(titled, 7, 160, 120, draft=True))
    qtbot.waitUntil(lambda: len(shown) == 3)
    service.stop()
    assert [(one.frame, one.final) for one in shown] == [(7, False), (7, True), (7, True)]
    assert shown[1].image.height() == 120


def test_a_network_that_has_to_be_asked_is_named_while_it_works(qtbot, cut, tmp_path):
    call = EffectCall("gan.upscale")
    upscaled = add_effect(cut, cut.tracks[0].clips[0].id, call)
    service = InferenceService(tmp_path / "cache")
    shown = []
    service.ready.connect(shown.append)
    service.start()
    for _ in range(2):
        count = len(shown)
        service.request(Request(upscaled, 3, 160, 120))
        qtbot.waitUntil(lambda count=count: len(shown) == count + 2)
    service.stop()
    assert [one.lacking for one in shown] == [("Upscale",), (), (), ()]
    assert shown[1].image == shown[3].image, "the second time it comes out of the cache"


def test_a_picture_that_cannot_be_made_says_why_and_the_next_one_comes(qtbot, cut, tmp_path):
    broken = edit.overwrite(cut, 1, 0, Clip(0, 0, 5, EffectCall("no.such")))
    service = InferenceService(tmp_path / "cache")
    service.start()
    with qtbot.waitSignal(service.failed) as told:
        service.request(Request(broken, 0, 32, 24))
    assert told.args == [0, "There is no effect 'no.such'. `vgan effects` lists them."]
    with qtbot.waitSignal(service.ready):
        service.request(Request(cut, 0, 32, 24))
    service.stop()


def test_a_frame_that_cannot_be_decoded_is_shown_as_the_one_before_and_marked(qtbot, tmp_path):
    path = spoil(write_film(tmp_path / "holed.mp4", 60, size=(160, 120), gop=12, b_frames=0), range(32, 36))
    media = look(path).media
    holed = gestures.place(gestures.add_all(empty_film(), [media]), [media], 0, 0)
    service = InferenceService(tmp_path / "cache")
    service.start()
    for frame, names in ((29, ()), (33, ("holed.mp4",)), (33, ("holed.mp4",)), (50, ())):
        with qtbot.waitSignal(service.ready, check_params_cb=lambda shown: shown.final) as answer:
            service.request(Request(holed, frame, 160, 120))
        assert answer.args[0].spoilt == names
    service.stop()


def test_a_paused_service_makes_no_picture_until_it_goes_on(qtbot, cut, tmp_path):
    service = InferenceService(tmp_path / "cache")
    service.pause(True)
    with qtbot.waitSignal(service.state, check_params_cb=lambda state, _: state == "paused"):
        service.start()
    with qtbot.assertNotEmitted(service.ready):
        service.request(Request(cut, 0, 32, 24))
    with qtbot.waitSignal(service.ready):
        service.pause(False)
    service.stop()


def test_export_writes_a_film_and_says_what_it_is(qtbot, cut, tmp_path):
    service = InferenceService(tmp_path / "cache")
    service.start()
    order = Order(tmp_path / "out.mkv", "ffv1", 80, (5, 15), (160, 120))
    *progress, written = exporting(cut, order, service.tools)
    service.stop()
    assert isinstance(written, Written)
    assert progress[-1].done == progress[-1].total == 10
    assert written.words.startswith("160×120 · 25 fps · ffv1")


def test_thumbnails_come_by_themselves_and_are_small(qtbot, film):
    media = look(film).media
    thumbnails = Thumbnails()
    thumbnails.start()
    with qtbot.waitSignal(thumbnails.came):
        assert thumbnails.get(media, Fraction(1, 2)) is None
    assert thumbnails.get(media, Fraction(1, 2)).height() == HEIGHT
    thumbnails.stop()


def test_a_medium_that_was_found_elsewhere_gets_its_pictures_and_its_waveform(qtbot, film, tmp_path):
    media = look(film).media
    lost = replace(media, path=str(tmp_path / "gone.mkv"))
    thumbnails, waveforms = Thumbnails(), Waveforms(tmp_path)
    for thread, ask in ((thumbnails, lambda one: thumbnails.get(one, Fraction(0))), (waveforms, waveforms.get)):
        thread.start()
        assert ask(lost) is None
        qtbot.waitUntil(lambda thread=thread: bool(thread._made))
        assert ask(lost) is None and not thread._wishes, "what cannot be read is not asked for again"
        with qtbot.waitSignal(thread.came):
            assert ask(media) is None
        assert ask(media) is not None
        thread.stop()


def test_playing_ends_at_the_last_frame(qtbot):
    playback = Playback()
    playback.show(color(replace(empty_film(), rate=Fraction(200))))
    playback.seek(795)
    moved = []
    playback.moved.connect(moved.append)
    with qtbot.waitSignal(playback.changed, check_params_cb=lambda speed: speed == 0):
        playback.play(2)
    assert moved[-1] == 799 == playback.frame
    assert moved == sorted(moved)


def test_j_and_l_double_the_speed_and_turn_round(qtbot):
    playback = Playback()
    playback.show(color(empty_film()))
    seen = []
    playback.changed.connect(seen.append)
    for step in (1, 1, 1, 1, 1, -1, -1):
        playback.shuttle(step)
    playback.stop()
    assert seen == [1, 2, 4, 8, -1, -2, 0]


def test_the_feed_gives_the_sound_of_the_film_piece_by_piece(qtbot, cut):
    from vgan_studio.render.mix import mix

    feed = SoundFeed(cut, 0)
    feed.start()
    wanted = mix(cut, 0, 9600)
    heard = b""

    def enough():
        nonlocal heard
        heard += feed.take(1000)
        return len(heard) >= wanted.size * 4

    qtbot.waitUntil(enough)
    feed.stop()
    assert heard[: wanted.size * 4] == wanted.T.tobytes()


@pytest.mark.qt_log_ignore("PulseAudio", "No audio device")
def test_playing_goes_on_without_the_sound_of_a_file_that_is_gone_and_says_why(qtbot, cut, monkeypatch):
    device = Device(48_000)
    monkeypatch.setattr("vgan_studio.service.playback.open_sink", lambda rate: device)
    lost = relink_paths(cut, lambda name: "/gone.mkv")
    playback = Playback()
    playback.show(lost)
    with qtbot.waitSignal(playback.noticed) as told:
        playback.play(1)
    assert "gone.mkv" in told.args[0]
    qtbot.waitUntil(lambda: device.taken.size() > 48_000)  # silence, or else the clock would stand still
    playback.stop()
    assert not any(device.taken.data().data())


def test_a_fader_moved_while_it_plays_is_heard_from_what_was_not_taken_yet(qtbot, cut):
    from vgan_studio.render.mix import mix, sample_at
    from vgan_studio.timeline.tracks import set_gain, set_pan

    quieter = set_pan(set_gain(cut, 0, -12.0), 0, 0.25)
    feed = SoundFeed(cut, 5)
    feed.start()
    heard = b""

    def so_many(count):
        def enough():
            nonlocal heard
            heard += feed.take(count * 8 - len(heard))
            return len(heard) == count * 8

        return enough

    qtbot.waitUntil(so_many(7000))
    feed.follow(quieter)
    qtbot.waitUntil(so_many(20_000))
    levels = feed.heard(20_000 / cut.sample_rate)
    feed.stop()
    first = sample_at(5, cut)
    wanted = np.concatenate([mix(cut, first, 7000), mix(quieter, first + 7000, 13_000)], 1)
    assert heard == wanted.T.tobytes(), "no sample is lost, doubled or of another version"
    assert set(levels) == {0} and levels[0].peak[0] > -40


@pytest.mark.parametrize("frame", [0, 20])
def test_what_is_heard_is_what_an_export_writes(qtbot, cut, tmp_path, frame):
    from vgan_studio.engine.run import Engine
    from vgan_studio.media.sound import AudioReader
    from vgan_studio.render.export import export
    from vgan_studio.timeline.tracks import set_gain, set_pan

    film = set_pan(set_gain(cut, 0, -4.5), 0, -0.4)
    for _ in export(film, tmp_path / "sound.wav", Engine("cpu"), None, range=(frame, film.duration)):
        pass
    feed, heard = SoundFeed(film, frame), b""
    feed.start()
    count = 9600

    def enough():
        nonlocal heard
        heard += feed.take(count * 8 - len(heard))
        return len(heard) == count * 8

    qtbot.waitUntil(enough)
    feed.stop()
    with AudioReader(tmp_path / "sound.wav", film.sample_rate, 2) as reader:
        written = reader.read(0, count)
    played = np.frombuffer(heard, np.float32).reshape(-1, 2).T
    assert np.abs(played).max() > 0.01
    assert np.abs(written - played).max() <= 2**-23, "24 bits hold it to half a step"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(timelines(), st.data())
def test_clips_that_move_together_keep_their_distances(timeline, data):
    ids = [clip.id for track in timeline.tracks for clip in track.clips]
    chosen = data.draw(st.sets(st.sampled_from(ids))) if ids else set()
    frames, tracks = data.draw(st.integers(-5, 9)), data.draw(st.integers(-1, 1))
    before = _places(timeline)
    try:
        after = _places(gestures.move(timeline, sorted(chosen), frames, tracks))
    except EditError:
        return
    for id in chosen:
        assert after[id] == (before[id][0] + tracks, before[id][1] + frames, before[id][2])


def _places(timeline):
    return {
        clip.id: (number, clip.start, clip.duration)
        for number, track in enumerate(timeline.tracks)
        for clip in track.clips
    }


def _array(image):
    import numpy as np

    lines = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return lines[:, : 3 * image.width()].reshape(image.height(), image.width(), 3)


def test_edits_that_would_be_lost_are_offered_even_after_an_end_in_order(qtbot, tmp_path):
    keeper = Recovery(tmp_path)
    keeper.start()
    keeper.keep(color(empty_film()))
    keeper.leave(lost=True)
    (offer,) = offers(tmp_path)
    assert otio.load(offer.version) == color(empty_film())

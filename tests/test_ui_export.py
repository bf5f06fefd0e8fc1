"""Export and its queue, in the words of who waits for a film."""

import threading
import time
from dataclasses import replace
from fractions import Fraction

import pytest
import shiboken6
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtWidgets import QMessageBox

from vgan_studio.render.film import Progress
from vgan_studio.service import jobs as jobs_module
from vgan_studio.service.exporting import Order, Written
from vgan_studio.service.jobs import Jobs
from vgan_studio.service.presets import PRESETS, fitted, hurdles, weight
from vgan_studio.timeline.edit import overwrite
from vgan_studio.timeline.values import Clip, EffectCall, Media, Timeline, Track
from vgan_studio.ui.export_choices import rates, titles
from vgan_studio.ui.export_dialog import ExportDialog
from vgan_studio.ui.main_window import MainWindow
from vgan_studio.ui.panels import JobsPanel, duration
from vgan_studio.ui.theme import LIGHT, icon

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # of the offscreen platform


@pytest.fixture
def film():
    timeline = Timeline(Fraction(25), 1920, 1080, tracks=(Track("video"), Track("audio")))
    return overwrite(timeline, 0, 0, Clip(0, 0, 100, EffectCall("core.color")))


@pytest.fixture
def dialog(qtbot, film, tmp_path):
    dialog = ExportDialog(film, tmp_path, "film")
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_a_preset_sets_format_quality_size_and_name(dialog, tmp_path):
    dialog.choose("small")
    assert dialog.order == Order(tmp_path / "film.mp4", "h264", 55, (0, 100), (1280, 720))
    dialog.choose("prores")
    assert (dialog.order.path.name, dialog.order.codec, dialog.order.size) == ("film.mov", "prores", (1920, 1080))
    dialog.choose("pictures")
    assert dialog.order.path == tmp_path / "film"
    dialog.choose("sound_small")
    assert dialog.order.path.name == "film.m4a"
    assert "no sound" in dialog._words.text()


def test_every_preset_has_a_name_and_can_be_chosen(dialog):
    assert set(titles()) == {preset.id for preset in PRESETS}
    for preset in PRESETS:
        dialog.choose(preset.id)
        assert dialog.order.codec == preset.codec


def test_details_lie_behind_more(dialog):
    assert not dialog._codec.isVisible()
    dialog._more.click()
    assert dialog._codec.isVisible()
    dialog._more.click()
    assert not dialog._codec.isVisible()


def test_another_rate_is_chosen_and_said_what_it_does(dialog, film):
    whole = weight(film, dialog.order)
    assert dialog._rate.currentText() == "25 fps  (as the film)" and "shown again" not in dialog._words.text()
    for rate, words in ((Fraction(50), "some are shown again"), (Fraction(25, 2), "some are left out")):
        dialog._rate.setCurrentIndex(list(rates(film)).index(rate))
        assert dialog.order.rate == rate and words in dialog._words.text()
        assert weight(film, dialog.order) == pytest.approx(whole * rate / 25, rel=0.1)
    dialog.choose("sound")
    assert not dialog._rate.isEnabled() and "left out" not in dialog._words.text()


@pytest.mark.parametrize("rate", [Fraction(25), Fraction(60), Fraction(60000, 1001), Fraction(240)])
def test_a_gif_has_the_rate_of_the_film_or_as_many_halves_of_it_as_it_can(qtbot, film, tmp_path, rate):
    dialog = ExportDialog(replace(film, rate=rate), tmp_path, "film")
    qtbot.addWidget(dialog)
    dialog.choose("gif")
    assert (dialog.order.rate or rate) in (rate, rate / 2, rate / 8) and (dialog.order.rate or rate) <= 50
    assert not hurdles(dialog._timeline, dialog.order, 0, 1 << 40)
    dialog._rate.setCurrentIndex(list(rates(dialog._timeline)).index(Fraction(60)))
    assert any("50 pictures" in sentence for sentence in hurdles(dialog._timeline, dialog.order, 0, 1 << 40))


def test_all_fields_begin_at_the_same_place(dialog):
    dialog._more.click()
    fields = dialog._preset, dialog._path, dialog._range, dialog._codec, dialog._size, dialog._rate, dialog._quality
    assert len({field.mapTo(dialog, QPoint(0, 0)).x() for field in fields}) == 1


def test_the_size_is_guessed_before_and_grows_with_quality(dialog, film):
    assert "MB" in dialog._estimate.text() or "kB" in dialog._estimate.text()
    shape = "{} × {}, {:.5g} fps.\n".format(*dialog.order.size, float(dialog.order.rate or film.rate))
    assert dialog._estimate.text().startswith(shape), "a preset for 1080 lines enlarges nothing"
    dialog.choose("sound")
    assert "fps" not in dialog._estimate.text()
    order = dialog.order
    light, heavy = (weight(film, Order(order.path, "h264", quality, order.range, order.size)) for quality in (40, 90))
    assert 0 < light < heavy
    assert fitted(film, 720) == (1280, 720)
    assert fitted(Timeline(Fraction(25), 1080, 1920), 720) == (720, 1280)
    assert fitted(film, 4000) == (1920, 1080)


def test_what_cannot_be_done_is_said_before_it_starts(qtbot, film, tmp_path, dialog):
    clip = Media(str(tmp_path / "film.mp4"), "a", Fraction(4), 320, 180, Fraction(25))
    used = overwrite(film, 0, 200, Clip(0, 0, 50, clip))
    order = dialog.order
    assert "is used by the film" in hurdles(used, order, 0, 1 << 40)[0]
    assert "missing" in hurdles(film, order, 3, 1 << 40)[0]
    assert "room on the disk" in hurdles(film, order, 0, 10)[0]
    tiny = Order(tmp_path / "a.mp4", "h265", 75, (0, 10), (32, 32))
    assert "at least 64" in hurdles(film, tiny, 0, 1 << 40)[0]
    assert hurdles(film, order, 0, 1 << 40) == []
    dialog._missing = 1
    with qtbot.assertNotEmitted(dialog.wished):
        dialog._go.click()
    assert "find them first" in dialog._words.text()


def test_a_film_is_lined_up_and_the_dialog_goes(qtbot, dialog):
    with qtbot.waitSignal(dialog.lined) as wish:
        dialog._line.click()
    assert wish.args[0].codec == "h264"
    assert not dialog.isVisible()


def steps(count, gate=None, result=None):
    for number in range(1, count + 1):
        while gate is not None and number == 2 and not gate:
            time.sleep(0.005)
            yield Progress(1, count)
        yield Progress(number, count)
    if result is not None:
        yield result


def test_films_wait_for_their_turn_and_the_panel_shows_them(qtbot):
    jobs, gate = Jobs(), []
    panel = JobsPanel(jobs)
    qtbot.addWidget(panel)
    panel.show()
    first, second = jobs.make("Export a", steps(4, gate)), jobs.make("Export b", steps(4))
    for job in (first, second):
        jobs.line_up(job)
    assert jobs.waiting == (second,)
    qtbot.waitUntil(lambda: len(panel.rows) == 2)
    assert panel.rows[second].words.text() == "Waits for its turn"
    assert panel.rows[second].bar.maximum() > panel.rows[second].bar.value(), "only what is at work moves"
    assert not second.isRunning()
    with qtbot.waitSignal(second.done):
        gate.append(True)
    qtbot.waitUntil(lambda: not panel.rows)
    assert jobs.waiting == ()


def test_a_job_at_work_takes_on_another_theme(qtbot):
    jobs, gate = Jobs(), []
    panel = JobsPanel(jobs)
    qtbot.addWidget(panel)
    job = jobs.make("Export a", steps(4, gate))
    jobs.line_up(job)
    qtbot.waitUntil(lambda: bool(panel.rows))
    row = panel.rows[job]
    row.pause.click()
    panel.show_theme(LIGHT)
    for button, name in ((row.pause, "play"), (row.cancel, "remove"), (row.show_, "folder")):
        seen, wanted = (one.pixmap(16).toImage() for one in (button.icon(), icon(name, LIGHT)))
        assert seen == wanted, name
    with qtbot.waitSignal(job.done):
        row.pause.click()
        gate.append(True)


def test_a_job_pauses_goes_on_and_is_cancelled(qtbot):
    jobs, gate = Jobs(), []
    panel = JobsPanel(jobs)
    qtbot.addWidget(panel)
    panel.show()
    job = jobs.make("Export a", steps(1000, gate))
    seen = []
    job.progress.connect(seen.append)
    jobs.line_up(job)
    qtbot.waitUntil(lambda: len(seen) > 2 and job in panel.rows)
    row = panel.rows[job]
    row.pause.click()
    qtbot.wait(50)
    held = len(seen)
    qtbot.wait(50)
    assert len(seen) <= held + 1
    assert row.words.text() == "Paused"
    row.pause.click()
    qtbot.waitUntil(lambda: len(seen) > held + 1)
    with qtbot.waitSignal(job.cancelled):
        row.cancel.click()
    assert job.wait(60_000)  # its thread says so before it ends


def test_one_that_waits_is_taken_out_and_never_begins(qtbot):
    jobs, gate = Jobs(), []
    first, second = jobs.make("a", steps(3, gate)), jobs.make("b", steps(3))
    jobs.line_up(first)
    jobs.line_up(second)
    with qtbot.waitSignal(second.cancelled):
        jobs.take_out(second)
    with qtbot.waitSignal(first.done):
        gate.append(True)
    assert first.wait(60_000) and jobs.waiting == ()


def test_a_film_that_was_written_stays_in_the_list_with_its_report(qtbot, tmp_path):
    jobs = Jobs()
    panel = JobsPanel(jobs)
    qtbot.addWidget(panel)
    panel.show()
    written = Written(tmp_path / "a.mp4", "1920×1080 · 25 fps · h264", 12_300_000, 4, 1.0, ("A note.",))
    job = jobs.make("Export a.mp4", steps(4, result=written))
    jobs.line_up(job)
    qtbot.waitUntil(lambda: job in panel.rows and "was written and checked" in panel.rows[job].words.text())
    row = panel.rows[job]
    assert "12.3 MB" in row.words.text()
    assert "A note." in row.words.text()
    assert row.show_.isVisible()
    row.cancel.click()
    qtbot.waitUntil(lambda: not panel.rows)


def test_a_failure_stays_in_the_list_as_a_sentence(qtbot):
    from vgan_studio.errors import MediaError

    def fails():
        yield Progress(1, 4)
        raise MediaError("The disk is full.")

    jobs = Jobs()
    panel = JobsPanel(jobs)
    qtbot.addWidget(panel)
    job = jobs.make("Export a.mp4", fails())
    jobs.line_up(job)
    qtbot.waitUntil(lambda: job in panel.rows and panel.rows[job].words.text() == "The disk is full.")


def test_lengths_of_time_are_written_for_people():
    assert [duration(one) for one in (5.4, 75, 7300)] == ["5 s", "1 min 15 s", "2 h 01 min"]


def test_closing_while_a_film_is_written_asks_first(qtbot, tmp_path, monkeypatch):
    settings = QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat)
    window = MainWindow(settings, tmp_path / "state", tmp_path / "cache")
    window.show()
    gate = []
    job = window.jobs.make("Export a", steps(3, gate))
    window.jobs.line_up(job)
    asked = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: asked.append(box.text()))
    monkeypatch.setattr(
        QMessageBox, "clickedButton", lambda box: next(one for one in box.buttons() if one.text() == "Go on writing")
    )
    window.close()
    assert window.isVisible()
    assert asked == ["1 films are being written or wait for it. Give them up?"]
    with qtbot.waitSignal(job.done):
        gate.append(True)
    qtbot.waitUntil(lambda: not window.jobs.running)
    window.close()
    assert not window.isVisible()
    shiboken6.delete(window)


def test_an_export_that_hangs_ends_when_it_is_cancelled_and_the_next_one_begins(qtbot, monkeypatch, dialog):
    monkeypatch.setattr(jobs_module, "HANGS_S", 0.2)
    jobs, gate = Jobs(), threading.Event()
    panel = JobsPanel(jobs)
    qtbot.addWidget(panel)

    def hangs():
        yield Progress(1, 4)
        gate.wait()
        yield Progress(2, 4)

    first, second = jobs.make("Export a.mp4", hangs()), jobs.make("Export b.mp4", steps(3))
    ends = [first.done, first.failed, first.cancelled]
    said = []
    for end in ends:
        end.connect(lambda *words: said.append(words))
    dialog.follow(first)
    with qtbot.waitSignal(first.progress):
        jobs.line_up(first)
    jobs.line_up(second)
    dialog.reject()
    with qtbot.waitSignal(second.done):
        pass
    assert said == [("Export a.mp4 does not answer; it was left behind.",)]
    assert "left behind" in dialog._words.text() and dialog._go.isEnabled()
    assert jobs.stuck and first not in jobs.running
    gate.set()
    qtbot.waitUntil(lambda: not jobs.stuck)
    assert len(said) == 1


def test_a_long_name_pushes_no_button_out_of_the_panel(qtbot):
    jobs, gate = Jobs(), []
    panel = JobsPanel(jobs)
    qtbot.addWidget(panel)
    panel.resize(264, 300)
    panel.show()
    job = jobs.make("Export a_film_with_a_very_long_name_that_has_no_place_to_break_at_all.mp4", steps(3, gate))
    jobs.line_up(job)
    qtbot.waitUntil(lambda: job in panel.rows and panel.rows[job].isVisible())
    row = panel.rows[job]
    assert row.cancel.mapTo(panel, row.cancel.rect().topRight()).x() < panel.viewport().width()
    with qtbot.waitSignal(job.done):
        gate.append(True)


def test_what_networks_cost_takes_no_room_from_the_fields(dialog, qtbot):
    before = dialog._path.height()
    dialog.show_cost("Networks: 4 frames: about 3 s, 3 MB cache, fits. 148 MB more memory, 0.74 s each. " * 3)
    qtbot.wait(50)
    assert dialog._path.height() >= before and dialog._more.height() >= dialog._more.minimumSizeHint().height()


def test_the_report_of_an_export_takes_no_room_from_the_fields(dialog, qtbot):
    before = dialog._path.height()
    dialog._bar.setVisible(True)
    dialog._ended("It was written and checked.\nThese are its facts.\nThis is what it was made of.")
    qtbot.wait(50)
    assert dialog._path.height() >= before


def test_a_job_that_ends_while_its_row_is_made_is_not_shown_for_ever(qtbot):
    jobs, told, goes = Jobs(), threading.Event(), threading.Event()
    panel = JobsPanel(jobs)
    qtbot.addWidget(panel)
    job = jobs.make("Measure", steps(1))
    job.done.connect(lambda _: (told.set(), goes.wait(5)), Qt.ConnectionType.DirectConnection)
    job.start()
    assert told.wait(5)  # its end is told before the window hears that it began
    qtbot.waitUntil(lambda: job in panel.rows)
    goes.set()
    qtbot.waitUntil(lambda: not panel.rows)

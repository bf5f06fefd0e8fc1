"""Export of films in which networks take part: what it will cost, and who signs; in the words of a user."""

import importlib.util

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox

from tests.films import write_film
from tests.windows import take_in
from vgan_studio.render.cover import State
from vgan_studio.render.credentials import made_credentials, read_credentials
from vgan_studio.service.exporting import Written
from vgan_studio.ui.exporting import Exporting

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # of the offscreen platform
here = pytest.mark.skipif(
    any(importlib.util.find_spec(name) is None for name in ("c2pa", "cryptography")),
    reason="needs the extra credentials (c2pa-python), which is not installed",
)


@pytest.fixture
def window(qtbot, windows, tmp_path, monkeypatch):
    for name in ("XDG_DATA_HOME", "XDG_CACHE_HOME", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    film = write_film(tmp_path / "numbers.mkv", 6, size=(64, 48), codec="ffv1", b_frames=0)
    window = windows.open({"render/idle_s": 0})
    window.editing.append(take_in(qtbot, window, film))
    return window


def opened(window):
    """The export dialog, opened by its action."""
    window.actions_["export"].trigger()
    QApplication.processEvents()
    return [one for one in window.findChildren(Exporting) if one.dialog.isVisible()][-1].dialog


def with_effect(window, id="gan.denoise"):
    window.editing.add_effect(window.document.timeline.tracks[0].clips[0].id, id)


def answer(monkeypatch, wanted, asked):
    monkeypatch.setattr(QMessageBox, "exec", lambda box: asked.append(box.text()))
    monkeypatch.setattr(
        QMessageBox, "clickedButton", lambda box: next(one for one in box.buttons() if one.text() == wanted)
    )


def written(dialog, path, qtbot):
    """Press Export and wait for what comes of it."""
    dialog._path.setText(str(path))
    dialog._warn()
    found = []
    dialog._go.click()
    dialog._job.done.connect(found.append)
    qtbot.waitUntil(lambda: bool(found))
    assert isinstance(found[0], Written)
    return found[0]


def test_the_dialog_says_what_networks_will_cost_before_the_film_is_written(window, qtbot):
    window.actions_["render_pause"].trigger()
    with_effect(window)
    dialog = opened(window)
    qtbot.waitUntil(lambda: "frames: about" in dialog._cost.text())
    assert dialog._cost.isVisible() and "cache, fits" in dialog._cost.text()
    window.document.undo()
    dialog.reject()
    assert not opened(window)._cost.isVisible()


def test_what_is_ready_costs_nothing_and_sound_alone_is_not_measured(window, qtbot):
    with_effect(window)
    window.actions_["render_film"].trigger()
    bar = lambda: window.timeline_view.page.bar  # noqa: E731
    qtbot.waitUntil(lambda: bool(bar()) and set(bar().states) == {State.CACHED})
    dialog = opened(window)
    qtbot.waitUntil(lambda: dialog._cost.text() == "Networks: All of it is ready.")
    dialog.choose("sound")
    qtbot.waitUntil(lambda: not dialog._cost.isVisible())
    dialog.reject()


def test_nothing_is_said_of_a_measurement_that_an_export_has_ended(window, qtbot, tmp_path):
    window.actions_["render_pause"].trigger()
    with_effect(window)
    dialog = opened(window)
    qtbot.waitUntil(lambda: "Measuring" in dialog._cost.text())
    written(dialog, tmp_path / "out.mkv", qtbot)
    assert not dialog._cost.text() and not dialog._cost.isVisible()
    dialog.reject()


def test_an_export_is_compared_with_the_preview_where_that_is_wished(window, qtbot, tmp_path, monkeypatch):
    answer(monkeypatch, "Do not sign", [])
    with_effect(window)
    dialog = opened(window)
    assert dialog._check.isVisibleTo(dialog._details)
    assert not any("compared" in note for note in written(dialog, tmp_path / "one.mp4", qtbot).notes)
    dialog._check.click()
    report = written(dialog, tmp_path / "two.mp4", qtbot)
    assert "6 pictures were compared with the preview: 6 equal." in report.notes
    assert "What it was made of is in two.mp4.json." in report.notes
    assert "6 pictures were compared" in dialog._words.text()
    dialog.reject()


@here
def test_it_is_asked_once_whether_films_are_signed_and_no_stays_no(window, qtbot, tmp_path, monkeypatch):
    asked = []
    answer(monkeypatch, "Do not sign", asked)
    with_effect(window)
    dialog = opened(window)
    assert not dialog.signs
    written(dialog, tmp_path / "one.mp4", qtbot)
    written(dialog, tmp_path / "two.mp4", qtbot)
    assert len(asked) == 1 and "networks made" in asked[0]
    assert read_credentials(tmp_path / "one.mp4") is None
    dialog.reject()


@here
def test_escape_at_the_question_whether_to_sign_writes_nothing_and_it_is_asked_again(
    window, qtbot, tmp_path, monkeypatch
):
    asked = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: (asked.append(box.text()), box.escapeButton().click()))
    with_effect(window)
    dialog = opened(window)
    dialog._path.setText(str(tmp_path / "one.mp4"))
    for _ in range(2):
        dialog._go.click()
    assert len(asked) == 2 and dialog._job is None and not (tmp_path / "one.mp4").exists()
    assert dialog._go.isEnabled()
    dialog.reject()


@here
def test_a_signed_film_says_so_and_the_report_names_signer_and_networks(window, qtbot, tmp_path, monkeypatch):
    asked = []
    answer(monkeypatch, "Sign", asked)
    with_effect(window)
    dialog = opened(window)
    report = written(dialog, tmp_path / "film.mp4", qtbot)
    found = read_credentials(tmp_path / "film.mp4")
    assert found is not None and found.ai and [one["name"] for one in found.models] == ["denoise"]
    assert (
        "Content credentials, read back: Valid, signed by vgan_studio test signer, networks: denoise." in report.notes
    )
    assert "signed by vgan_studio test signer" in dialog._words.text() and dialog.signs
    dialog.reject()
    own = made_credentials(tmp_path / "own")
    window.settings.setValue("credentials/certificate", str(own.certificate))
    window.settings.setValue("credentials/key", str(own.key))
    dialog = opened(window)
    written(dialog, tmp_path / "second.mov", qtbot)
    assert read_credentials(tmp_path / "second.mov") is not None and len(asked) == 1
    dialog.reject()


@here
def test_a_film_without_networks_is_never_asked_about_nor_signed(window, qtbot, tmp_path, monkeypatch):
    asked = []
    answer(monkeypatch, "Sign", asked)
    window.settings.setValue("credentials/sign", "yes")
    dialog = opened(window)
    written(dialog, tmp_path / "film.mp4", qtbot)
    assert asked == [] and read_credentials(tmp_path / "film.mp4") is None
    dialog.reject()

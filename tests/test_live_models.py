"""Models in the window: one that a film lacks, others taken in, verified and removed; in the words of a user."""

import importlib.util
from dataclasses import replace
from fractions import Fraction

import pytest
import torch

from tests.films import write_film
from tests.windows import settled
from vgan_studio.gan.networks.compact import Compact
from vgan_studio.gan.weights import Card, user_folder, write_model
from vgan_studio.media.probe import probe
from vgan_studio.render.cover import State
from vgan_studio.render.project import save_project
from vgan_studio.service.models import Known, Wish
from vgan_studio.timeline.values import Clip, EffectCall, Timeline, Track
from vgan_studio.ui.effect_box import EffectBox
from vgan_studio.ui.exporting import Exporting
from vgan_studio.ui.model_choice import WeightsEditor
from vgan_studio.ui.models_dialog import ImportQuestion

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # of the offscreen platform
spandrel = pytest.mark.skipif(
    importlib.util.find_spec("spandrel") is None, reason="needs the extra community (spandrel), which is not installed"
)


@pytest.fixture
def home(tmp_path, monkeypatch):
    """An own folder of models, empty."""
    for name in ("XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    user_folder().mkdir(parents=True)
    return tmp_path


def write_mine(seed=1):
    """A small model of the user's own."""
    torch.manual_seed(seed)
    card = Card("mine", "upscale", "compact", {"width": 4, "depth": 1, "scale": 2}, 2, 3, 1, "CC0-1.0", "made by me")
    return write_model(user_folder() / "mine.safetensors", card, Compact(4, 1, 2))


@pytest.fixture
def project(home):
    """A project whose clip asks for that model."""
    write_mine()
    media = probe(write_film(home / "film.mkv", 5, size=(64, 48), codec="ffv1", b_frames=0)).media()
    clip = Clip(7, 0, 5, media, effects=(EffectCall("gan.upscale", (("model", "mine"),)),))
    film = Timeline(Fraction(25), 64, 48, tracks=(Track("video", (clip,)),), media=(media,), next_id=8)
    save_project(film, home / "film.otio")
    return home / "film.otio"


@pytest.fixture
def open_window(qtbot, home, windows):
    def begin(path=None):
        window = windows.open({"render/idle_s": 0, "toured": True})
        window.begin([path] if path else [])
        qtbot.waitUntil(lambda: bool(window.effects) and bool(window.modelling.known))
        qtbot.waitUntil(lambda: not path or window.document.timeline.duration > 0)
        return window

    return begin


def mark(window):
    return window.viewer.canvas._mark


def choice(window):
    (box,) = window.inspector.findChildren(EffectBox)
    box._rest.finish()
    return next(one for one in box.findChildren(WeightsEditor) if "Model" in one.accessibleName())


def test_a_missing_model_is_named_and_the_original_picture_is_shown_and_marked(open_window, project, qtbot):
    (user_folder() / "mine.safetensors").unlink()
    window = open_window(project)
    qtbot.waitUntil(lambda: "mine" in mark(window))
    qtbot.waitUntil(lambda: settled(window))
    assert mark(window) == "The original picture: mine is not here"
    assert not window.viewer.canvas._sentence
    assert (window.inference.counters.inferred, window.live.rendering.failures.count()) == (0, 0)
    words = window.banner.words.text()
    assert window.banner.isVisible() and "mine" in words and "Upscale, film.mkv 00:00:00:00" in words
    assert [button.text() for button in window.banner.buttons] == ["Import …", "Models …", "Close"]
    window.timeline_view.select([7])
    assert choice(window)._words.text() == "This model is not here: the original picture is shown."
    assert choice(window)._list.currentText() == "mine (missing)"
    bar = lambda: window.timeline_view.page.bar  # noqa: E731
    qtbot.waitUntil(lambda: bool(bar()) and set(bar().states) == {State.FAILED})


def test_a_model_that_comes_back_is_used_at_once(open_window, project, qtbot):
    (user_folder() / "mine.safetensors").unlink()
    window = open_window(project)
    window.timeline_view.select([7])
    qtbot.waitUntil(lambda: settled(window) and "mine" in mark(window))
    write_mine()
    window.modelling.look()
    qtbot.waitUntil(lambda: settled(window) and window.inference.counters.inferred > 0)
    qtbot.waitUntil(lambda: not mark(window))
    assert choice(window)._list.currentText() == "mine" and "CC0-1.0. made by me" in choice(window)._words.text()
    assert window.banner.isHidden()
    qtbot.waitUntil(lambda: State.CACHED in window.timeline_view.page.bar.states)


def test_a_model_that_is_another_one_now_is_named_and_used(open_window, project, qtbot):
    write_mine(seed=2)
    window = open_window(project)
    qtbot.waitUntil(lambda: settled(window) and window.inference.counters.inferred > 0)
    assert "The model mine is another one than the film was made with" in window.banner.words.text()
    assert [button.text() for button in window.banner.buttons] == ["Models …", "Close"]
    window.timeline_view.select([7])
    assert choice(window)._words.text() == "Another model than the film was made with."
    assert not mark(window)


def rows(dialog):
    items = [dialog.list.topLevelItem(row) for row in range(dialog.list.topLevelItemCount())]
    return {item.text(0): [item.text(column) for column in range(1, 6)] for item in items}


def test_the_dialog_lists_verifies_and_removes(open_window, project, qtbot):
    digest = write_mine().digest[:12]
    window = open_window(project)
    window.actions_["models"].trigger()
    dialog = window.modelling.dialog
    assert rows(dialog)["mine"][:1] + rows(dialog)["mine"][3:] == ["upscale ×2", "CC0-1.0", digest]
    qtbot.waitUntil(lambda: settled(window))
    damaged = user_folder() / "mine.safetensors"
    damaged.write_bytes(damaged.read_bytes()[:-1] + b"?")
    dialog.verify.click()
    qtbot.waitUntil(lambda: "damaged" in dialog.told.text())
    shown = rows(dialog)
    assert shown["mine"][4] == "damaged" and all("right" in row[4] for name, row in shown.items() if name != "mine")
    dialog.choose("upscale-x2")
    assert not dialog.remove.isEnabled()
    dialog.choose("mine")
    dialog.remove.click()
    qtbot.waitUntil(lambda: "mine" not in rows(dialog))
    qtbot.waitUntil(lambda: "mine" in mark(window))
    dialog.close()


def test_a_file_that_is_refused_says_why(open_window, home, qtbot):
    window = open_window()
    bad = home / "bad.pth"
    bad.write_bytes(b"nothing at all")
    window.modelling.show()
    window.modelling.dialog.import_wished.emit(Wish(bad))
    why = "bad.pth is not a weights file of PyTorch, or is damaged."
    qtbot.waitUntil(lambda: window.modelling.dialog.told.text() == why and settled(window))
    window.modelling.dialog.close()


@spandrel
def test_a_model_from_elsewhere_is_taken_in_and_offered_by_the_effect(open_window, project, qtbot):
    from spandrel.architectures.Compact.__arch.SRVGG import SRVGGNetCompact

    torch.save(SRVGGNetCompact(num_feat=8, num_conv=3, upscale=2).state_dict(), project.with_name("other.pth"))
    window = open_window(project)
    window.timeline_view.select([7])
    window.modelling.show()
    dialog = window.modelling.dialog
    dialog.ask_import(project.with_name("other.pth"))
    (question,) = dialog.findChildren(ImportQuestion)
    question.license.setText("CC-BY-4.0")
    question._answer()
    assert dialog.cancel.isVisible() and not dialog.import_.isEnabled()
    qtbot.waitUntil(lambda: "other" in rows(dialog))
    qtbot.waitUntil(lambda: "other was checked and taken in" in dialog.told.text())
    assert rows(dialog)["other"][:2] == ["upscale ×2", "Compact"] and rows(dialog)["other"][3] == "CC-BY-4.0"
    assert choice(window)._list.findData("other") >= 0
    dialog.close()


@spandrel
def test_an_import_that_is_cancelled_leaves_nothing(open_window, home, qtbot):
    from spandrel.architectures.Compact.__arch.SRVGG import SRVGGNetCompact

    torch.save(SRVGGNetCompact(num_feat=8, num_conv=3, upscale=2).state_dict(), home / "other.pth")
    window = open_window()
    window.modelling.show()
    dialog = window.modelling.dialog
    dialog.import_wished.emit(Wish(home / "other.pth"))
    dialog.cancel.click()
    qtbot.waitUntil(lambda: dialog.told.text() == "Cancelled." and settled(window))
    assert list(user_folder().iterdir()) == []
    dialog.close()


def test_the_choice_of_a_model_says_its_licence_and_source(qtbot, home):
    from pathlib import Path

    from vgan_studio.effects.params import Weights

    known = Known(
        "a", "upscale", "compact", 2, "MIT", "trained here", "1" * 64, "", "", Path("a"), 1, own=False, foreign=False
    )
    field = WeightsEditor(Weights("upscale"))
    qtbot.addWidget(field)
    field.show_models([known], {})
    assert field._words.text() == "a, licence MIT. trained here"
    command = "python -m vgan_studio.gan.train upscale-x2 --steps 18000"
    field.show_models([replace(known, source=command)], {})
    assert field._words.text() == "a, licence MIT. Trained by this program."
    assert command in field._words.toolTip(), "all of it is there for those who want to know"
    field.show_value("b")
    assert field._list.currentText() == "b (missing)"


def test_the_export_dialog_says_beforehand_that_a_model_is_missing(open_window, project, qtbot):
    (user_folder() / "mine.safetensors").unlink()
    window = open_window(project)
    window.actions_["export"].trigger()
    (exporting,) = window.findChildren(Exporting)
    qtbot.waitUntil(lambda: "mine" in exporting.dialog._cost.text())
    assert exporting.dialog._cost.text() == "There is no model 'mine' here, for which an effect asks."
    assert exporting.dialog._cost.isVisible() and exporting.dialog._cost.objectName() == "danger"
    exporting.dialog.reject()

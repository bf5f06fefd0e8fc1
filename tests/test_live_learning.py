"""A clip's own noise, learnt from the window: a job, a model, one step; in the words of a user."""

import json
import subprocess
from itertools import islice
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton

from tests.films import write_film
from tests.windows import take_in
from vgan_studio.errors import ModelError
from vgan_studio.gan.weights import read_card, user_folder
from vgan_studio.service.learning import Learnt, Lesson, _lesson, free_name, learning

OTHERS = 600_000  # another process imports torch and learns; on a busy machine that takes its time
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # of the offscreen platform


@pytest.fixture
def film(tmp_path, monkeypatch):
    for name in ("XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    return write_film(tmp_path / "numbers.mkv", 48, size=(128, 96), codec="ffv1", b_frames=0)


@pytest.fixture
def window(qtbot, windows, film):
    window = windows.open({"render/idle_s": 0})
    names = take_in(qtbot, window, film)
    qtbot.waitUntil(lambda: bool(window.modelling.known))
    window.inference.pause(True)
    window.editing.append(names)
    window.editing.add_effect(clip(window).id, "gan.denoise")
    window.timeline_view.select([clip(window).id])
    qtbot.waitUntil(lambda: not window.jobs.running)
    return window


def clip(window):
    return window.document.timeline.tracks[0].clips[0]


def button(window):
    return next(one for one in window.inspector.findChildren(QPushButton) if one.text() == "Learn this clip's noise")


def test_what_is_learnt_from_a_clip_is_used_by_its_effect_as_one_step(window, qtbot):
    window.modelling.learning.steps = 2
    steps, before = len(window.document.history.steps), window.document.timeline
    seen = []
    button(window).click()
    window.jobs.running[-1].progress.connect(seen.append)
    qtbot.waitUntil(lambda: any("Learn" in row.job.title for row in window.jobs_panel.rows.values()))
    qtbot.waitUntil(lambda: dict(clip(window).effects[0].params).get("model") == "numbers-noise", timeout=OTHERS)
    assert len(window.document.history.steps) == steps + 1
    card = read_card(user_folder() / "numbers-noise.safetensors")
    assert (card.task, card.name, card.base) == ("denoise", "numbers-noise", "denoise")
    assert any(isinstance(one, Lesson) and one.done == 100 and "levels" in one.words for one in seen)
    window.document.undo()
    assert window.document.timeline == before


def test_learning_that_is_cancelled_leaves_nothing(window, qtbot):
    before = window.document.timeline
    window.modelling.learning.minutes = 600.0
    button(window).click()
    row = lambda: next((one for one in window.jobs_panel.rows.values() if "Learn" in one.job.title), None)  # noqa: E731
    qtbot.waitUntil(lambda: row() is not None)
    row().cancel.click()
    qtbot.waitUntil(lambda: not window.jobs.running)
    assert window.document.timeline is before
    assert not list(user_folder().glob("*")) if user_folder().is_dir() else True


def test_an_effect_that_is_gone_by_then_is_left_alone(window, qtbot):
    window.document.undo()
    told = []
    window.tell = lambda words, bad=False: told.append(words)
    window.modelling.learning._use(Learnt("x", "Step 2."), clip(window).id, 0, "gan.denoise", "model")
    assert told == ["x was learnt. Step 2. Choose it as the model of an effect."]
    assert not clip(window).effects


def test_what_cannot_be_learnt_from_says_why(film):
    other = film.with_name("other.txt")
    other.write_text("no film")
    with pytest.raises(ModelError, match="There is no film of four frames or more"):
        list(learning(other, "x", steps=1))
    assert not user_folder().exists() or not list(user_folder().iterdir())


def test_the_first_word_comes_at_once(film):
    steps = learning(film, "x")
    (first,) = islice(steps, 1)
    steps.close()
    assert first == Lesson(0, 100, "Looking at the film …")


@pytest.mark.parametrize("words", [1, 2])
def test_whenever_learning_is_ended_its_process_has_ended_too(film, monkeypatch, words):
    begun = []

    class Popen(subprocess.Popen):
        def __init__(self, *arguments, **named):
            super().__init__(*arguments, **named)
            begun.append(self)

    monkeypatch.setattr(subprocess, "Popen", Popen)
    job = learning(film, "mine", steps=10_000)
    for _ in range(words):
        next(job)
    job.close()
    (process,) = begun
    assert process.returncode is not None and process.stdout.closed


def test_a_new_model_never_takes_the_name_of_another():
    assert free_name(Path("my film (1).mp4"), ()) == "my-film-1-noise"
    assert free_name(Path("a.mp4"), ("a-noise", "a-noise-2")) == "a-noise-3"


def test_reports_of_the_training_are_read():
    line = {"step": 40, "share": 0.5, "minutes": 0.5, "losses": {}, "figures": {"noisy": 11.24, "left": 6.0}}
    found = _lesson(json.loads(json.dumps(line)))
    assert found == Lesson(50, 100, "Step 40: 6.0 of 11.2 levels apart from the next frame.")
    assert _lesson({"anything": 1}) is None

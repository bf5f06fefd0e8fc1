"""Sound while the playhead is dragged, in the words of who drags it."""

import logging
import wave
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from tests.devices import Device
from vgan_studio.render.mix import Mixer, sample_at
from vgan_studio.service import gestures
from vgan_studio.service.document import empty_film
from vgan_studio.service.importing import look
from vgan_studio.service.scrub import Snippets, snippet
from vgan_studio.timeline.tracks import set_gain

# of the offscreen platform, and of a machine without a sound device
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "PulseAudio", "No audio device")
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture(scope="module")
def film(tmp_path_factory):
    """Four seconds of noise, of which no two pieces are alike."""
    path = tmp_path_factory.mktemp("sound") / "noise.wav"
    noise = np.random.default_rng(5).integers(-9000, 9000, (4 * 48_000, 2), np.int16)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(48_000)
        file.writeframes(noise.tobytes())
    media = look(path).media
    return gestures.place(gestures.add_all(empty_film(), [media]), [media], 2, 0)


@pytest.fixture
def devices(monkeypatch):
    made = []
    monkeypatch.setattr("vgan_studio.service.scrub.open_sink", lambda rate: made.append(Device(rate)) or made[-1])
    return made


@pytest.fixture
def window(windows, film):
    window = windows.open()
    window.document.start(film)
    window.timeline_view.zoom(4.0 / window.timeline_view.scale.zoom, window.timeline_view.scale.header)
    return window


def drag_to(view, frame, kind=QEvent.Type.MouseMove):
    where = QPointF(QPoint(round(view.scale.x(frame)) + 1, 5))
    held = LEFT if kind is not QEvent.Type.MouseButtonRelease else Qt.MouseButton.NoButton
    button = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseMove else LEFT
    QApplication.sendEvent(view.viewport(), QMouseEvent(kind, where, view.mapToGlobal(where), button, held, NONE))


def heard(devices):
    """All that the devices were given but silence: float32, left and right by turns."""
    samples = np.frombuffer(b"".join(bytes(one.taken.data().data()) for one in devices), np.float32)
    return samples[samples != 0]


def piece(film, frame):
    with Mixer() as mixer:
        samples = np.frombuffer(snippet(mixer, film, frame), np.float32)
    return samples[samples != 0]


def test_dragging_the_playhead_lets_the_sound_there_be_heard_and_resting_is_silent(qtbot, window, film, devices):
    view = window.timeline_view
    drag_to(view, 10, QEvent.Type.MouseButtonPress)
    wanted = piece(film, 10)
    qtbot.waitUntil(lambda: len(heard(devices)) == len(wanted))
    assert np.array_equal(heard(devices), wanted)
    for frame in (25, 24, 60):
        drag_to(view, frame)
        wanted = np.concatenate([wanted, piece(film, frame)])
        qtbot.waitUntil(lambda wanted=wanted: len(heard(devices)) == len(wanted))
    assert np.array_equal(heard(devices), wanted), "pieces of the frames that were dragged over, and no others"
    qtbot.waitUntil(lambda: devices[-1].stopped)
    drag_to(view, 60.2)
    assert not window.scrub._timer.isActive() and len(heard(devices)) == len(wanted)
    drag_to(view, 60, QEvent.Type.MouseButtonRelease)
    assert not window.scrub._timer.isActive()


def test_the_newest_place_wins_however_quickly_one_drags(qtbot, window, film, devices):
    view = window.timeline_view
    drag_to(view, 5, QEvent.Type.MouseButtonPress)
    for frame in range(6, 90):
        drag_to(view, frame)
    last = piece(film, 89)
    qtbot.waitUntil(lambda: np.array_equal(heard(devices)[-len(last) :], last))
    qtbot.waitUntil(lambda: devices[-1].stopped)
    assert len(heard(devices)) < 10 * len(last), "what was passed meanwhile is left out"


def test_it_is_silent_once_that_is_switched_off_and_stays_so(qtbot, windows, window, devices):
    window.actions_["scrub"].trigger()
    view = window.timeline_view
    drag_to(view, 10, QEvent.Type.MouseButtonPress)
    drag_to(view, 30)
    assert window.preview.frame == 30
    assert devices == [] and not window.scrub._timer.isActive() and not window.scrub._snippets.isRunning()
    assert windows.open().scrub.on is False


def test_what_is_sought_without_dragging_is_silent_and_playing_ends_it(qtbot, window, devices):
    window.preview.seek(30)
    window.actions_["next_second"].trigger()
    assert devices == [] and not window.scrub._timer.isActive()
    drag_to(window.timeline_view, 10, QEvent.Type.MouseButtonPress)
    qtbot.waitUntil(lambda: len(devices) == 1)
    window.playback.play(2)
    assert devices[0].stopped and not window.scrub._timer.isActive()
    drag_to(window.timeline_view, 20)
    assert not window.scrub._timer.isActive(), "while it plays that is heard"
    window.playback.stop()


def test_the_line_of_a_source_is_heard_too(qtbot, window, film, devices):
    window.on_screen.source.open(film.media[0].fingerprint)
    window.on_screen.source.line.seek_wished.emit(40)
    wanted = piece(window.preview.source, 40)
    qtbot.waitUntil(lambda: np.array_equal(heard(devices), wanted))


def test_a_machine_without_a_sound_device_goes_on_without_a_word(qtbot, window, monkeypatch):
    asked = []
    monkeypatch.setattr("vgan_studio.service.scrub.open_sink", asked.append)
    before = window.statusBar().currentMessage()
    drag_to(window.timeline_view, 10, QEvent.Type.MouseButtonPress)
    qtbot.waitUntil(lambda: bool(asked))
    drag_to(window.timeline_view, 12)
    assert window.preview.frame == 12 and window.statusBar().currentMessage() == before
    qtbot.waitUntil(lambda: not window.scrub._timer.isActive())


def test_a_film_without_sound_there_opens_no_device(qtbot, window, film, devices):
    window.document.start(set_gain(film, 2, -100.0))
    drag_to(window.timeline_view, 10, QEvent.Type.MouseButtonPress)
    qtbot.waitUntil(lambda: not window.scrub._timer.isActive())
    assert devices == []


def test_a_medium_that_is_missing_is_silence_and_one_warning(qtbot, film, caplog):
    lost = replace(film.media[0], path="/nowhere.wav")
    clips = tuple(replace(clip, source=lost) for clip in film.tracks[2].clips)
    film = replace(film, media=(lost,), tracks=(*film.tracks[:2], replace(film.tracks[2], clips=clips)))
    snippets = Snippets()
    with caplog.at_level(logging.WARNING):
        for frame in (3, 4):
            snippets.want(film, frame)
            qtbot.waitUntil(lambda: not snippets.busy)
    assert snippets.take() == b"" and len(caplog.messages) == 1 and "nowhere" in caplog.text
    snippets.stop()


@settings(deadline=None, max_examples=20)
@given(frame=st.integers(0, 95))
def test_a_piece_is_the_film_s_own_sound_and_comes_up_and_goes_down(film, frame):
    with Mixer() as mixer:
        found = np.frombuffer(snippet(mixer, film, frame), np.float32).reshape(-1, 2).T
        whole = mixer.mix(film, sample_at(frame, film), found.shape[1])
    assert 0.06 <= found.shape[1] / film.sample_rate <= 0.08
    assert np.array_equal(found[:, 480:-480], whole[:, 480:-480])
    assert np.abs(found[:, [0, -1]]).max() < 1e-4
    assert (np.abs(found) <= np.abs(whole) + 1e-7).all()

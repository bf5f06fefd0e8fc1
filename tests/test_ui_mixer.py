"""The mixer in the words of who mixes."""

from dataclasses import replace
from fractions import Fraction
from math import inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent

from tests.devices import Device
from tests.films import write_film
from vgan_studio.service import gestures
from vgan_studio.service.document import empty_film
from vgan_studio.service.importing import look
from vgan_studio.service.levels import Level, StripLevels
from vgan_studio.timeline.tracks import audible
from vgan_studio.timeline.values import LOUDEST_DB, SILENT_DB, Clip, Media, Track
from vgan_studio.ui.meters import FLOOR_DB, level_of, share_of
from vgan_studio.ui.mixer import gain_typed, gain_words

# of the offscreen platform, and of a machine without a sound device
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "PulseAudio", "No audio device")

TALK = Media("/films/talk.mp4", "talk", Fraction(8), 320, 180, Fraction(25), channels=2, sample_rate=48000)
MUTE = Media("/films/silent.mp4", "silent", Fraction(8), 320, 180, Fraction(25))
LEFT, CTRL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(windows):
    window = windows.open()
    window.lay_out("audio")
    return window


@pytest.fixture
def mixer(window):
    """The mixer of a film with talk on V1, a silent clip on V2, and two tracks for sound."""
    film = empty_film()
    v1, v2, a1 = film.tracks
    v1 = replace(v1, clips=(Clip(1, 0, 50, TALK),))
    v2 = replace(v2, clips=(Clip(2, 0, 50, MUTE),))
    tracks = (v1, v2, a1, Track("audio", name="Music"))
    window.document.start(replace(film, tracks=tracks, media=(TALK, MUTE), next_id=3))
    return window.looking.sound.mixer


def track(window, number):
    return window.document.timeline.tracks[number]


def steps(window):
    return [step.label for step in window.document.history.steps][1:]


def pull(qtbot, control, by, held=Qt.KeyboardModifier.NoModifier):
    """Drag a control by its middle, in three movements."""
    middle = control.rect().center()
    qtbot.mousePress(control, LEFT, pos=middle)
    for part in (1, 2, 3):
        place = QPointF(middle + QPoint(by[0] * part // 3, by[1] * part // 3))
        event = QMouseEvent(QEvent.Type.MouseMove, place, control.mapToGlobal(place), LEFT, LEFT, held)
        control.mouseMoveEvent(event)
    qtbot.mouseRelease(control, LEFT, pos=middle + QPoint(*by))


def test_every_track_with_sound_has_a_strip(mixer):
    assert [strip.name.text() for strip in mixer.strips] == ["V1", "A1", "Music"]
    assert [strip.number for strip in mixer.strips] == [0, 2, 3]


def test_pulling_a_fader_is_one_step_with_a_name(qtbot, window, mixer):
    fader = mixer.strips[2].fader
    pull(qtbot, fader, (0, 40))
    assert track(window, 3).gain_db < -3
    assert steps(window) == ["Volume of Music"]
    assert mixer.strips[2].gain.text() == gain_words(track(window, 3).gain_db)
    pull(qtbot, fader, (0, -20))
    assert steps(window) == ["Volume of Music"] * 2, "a second drag is a second step"
    window.document.undo()
    window.document.undo()
    assert track(window, 3).gain_db == 0 and fader.shown == 0


def test_a_click_moves_nothing_and_ctrl_moves_finely(qtbot, window, mixer):
    fader = mixer.strips[0].fader
    qtbot.mouseClick(fader, LEFT)
    assert steps(window) == []
    pull(qtbot, fader, (0, 40), CTRL)
    assert -4 < track(window, 0).gain_db < -0.1


def test_at_its_lower_end_a_fader_is_silence(qtbot, window, mixer):
    pull(qtbot, mixer.strips[1].fader, (0, 2000))
    assert track(window, 2).gain_db == SILENT_DB
    assert mixer.strips[1].gain.text() == "−∞"
    pull(qtbot, mixer.strips[1].fader, (0, -4000))
    assert track(window, 2).gain_db == LOUDEST_DB


def test_a_double_click_puts_fader_and_balance_back(qtbot, window, mixer):
    window.arranging.set_fader(0, -20.0)
    window.arranging.set_pan(0, 0.5)
    assert (mixer.strips[0].fader.shown, mixer.strips[0].pan.shown, mixer.strips[0].pan.words) == (-20, 0.5, "R 50")
    for control in (mixer.strips[0].fader, mixer.strips[0].pan):
        qtbot.mouseDClick(control, LEFT)
    assert (track(window, 0).gain_db, track(window, 0).pan) == (0, 0)


def test_turning_the_balance_is_one_step(qtbot, window, mixer):
    pull(qtbot, mixer.strips[1].pan, (-12, 0))
    assert -1 <= track(window, 2).pan < -0.1
    assert steps(window) == ["Balance of A1"]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [("-6", -6.0), ("−3,5 dB", -3.5), ("99", LOUDEST_DB), ("-80", SILENT_DB), ("−∞", SILENT_DB), ("loud", 0.0)],
)
def test_a_gain_can_be_typed(qtbot, window, mixer, typed, wanted):
    field = mixer.strips[0].gain
    field.selectAll()
    field.insert(typed)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert track(window, 0).gain_db == wanted
    assert field.text() == gain_words(wanted)


def test_keys_move_what_is_chosen_and_delete_puts_it_back(qtbot, window, mixer):
    fader = mixer.strips[0].fader
    qtbot.keyClick(fader, Qt.Key.Key_Down)
    assert track(window, 0).gain_db == -0.5
    qtbot.keyClick(fader, Qt.Key.Key_Delete)
    assert track(window, 0).gain_db == 0 and len(steps(window)) == 2


def test_mute_and_solo_are_those_of_the_tracks(qtbot, window, mixer):
    qtbot.mouseClick(mixer.strips[0].mute, LEFT)
    assert track(window, 0).muted and mixer.strips[0].mute.isChecked()
    qtbot.mouseClick(mixer.strips[2].solo, LEFT)
    assert audible(window.document.timeline) == (False, False, False, True)
    assert [strip.solo.isChecked() for strip in mixer.strips] == [False, False, True]
    qtbot.mouseClick(mixer.strips[2].solo, LEFT)
    assert audible(window.document.timeline) == (False, True, True, True)
    assert not mixer.strips[2].solo.isChecked()


def test_a_gain_finer_than_the_fader_is_kept(window, mixer):
    window.arranging.set_fader(0, -1 / 3)
    assert mixer.strips[0].gain.text() == "-0.3"
    mixer.strips[0].gain.editingFinished.emit()
    assert track(window, 0).gain_db == -1 / 3


def test_each_strip_shows_what_its_track_adds(window, mixer):
    window.playback.strips.emit({3: Level((-6.0, -9.0), (-12.0, -15.0))})
    assert mixer.strips[2].meter.levels == [-6, -9]
    assert mixer.strips[0].meter.levels == [-inf, -inf]


def test_many_tracks_come_little_by_little(qtbot, window, mixer):
    many = tuple(Track("audio", name=f"A{number}") for number in range(30))
    window.document.start(replace(empty_film(), tracks=many))
    assert len(mixer.strips) < 30
    qtbot.waitUntil(lambda: len(mixer.strips) == 30)
    assert [strip.name.text() for strip in mixer.strips][-1] == "A29"


def test_a_film_without_tracks_for_sound_says_so(window, mixer):
    window.document.start(replace(empty_film(), tracks=(Track("video"),)))
    assert mixer.strips == [] and mixer._empty.isVisible()


def test_strips_are_measured_for_when_they_are_heard():
    strips = StripLevels()
    strips.put(0.0, 1000, {1: np.full((2, 40), 0.5, np.float32)})
    strips.put(0.04, 1000, {2: np.full((2, 40), 1.0, np.float32)})
    assert set(strips.heard(0.02)) == {1}
    strips.forget(0.05)
    assert {number: level.peak for number, level in strips.heard(1.0).items()} == {2: (0, 0)}


@given(st.floats(FLOOR_DB, LOUDEST_DB))
def test_the_scale_leads_there_and_back(level):
    assert abs(level_of(share_of(level)) - level) < 1e-6


@given(st.floats(FLOOR_DB, LOUDEST_DB))
def test_what_is_shown_can_be_typed(level):
    assert abs(gain_typed(gain_words(level)) - level) <= 0.05 + 1e-9


def test_a_fader_that_is_moved_while_it_plays_is_heard_without_a_break(qtbot, window, tmp_path, monkeypatch):
    devices = []
    monkeypatch.setattr(
        "vgan_studio.service.playback.open_sink", lambda rate: devices.append(Device(rate)) or devices[-1]
    )
    film = look(write_film(tmp_path / "tone.mkv", 50, size=(64, 48), codec="ffv1", b_frames=0, tone=440.0)).media
    window.document.start(gestures.place(gestures.add_all(empty_film(), [film]), [film], 0, 0))
    heard = []
    window.playback.strips.connect(heard.append)
    window.playback.play(1)
    device = devices[0]
    qtbot.waitUntil(lambda: device.taken.size() > 80_000)
    device.heard_s = 0.2
    qtbot.waitUntil(lambda: window.playback.frame == 5)
    before = heard[-1][0].peak[0]
    window.arranging.set_fader(0, -20.0)
    place = device.taken.size()
    qtbot.waitUntil(lambda: device.taken.size() > place + 80_000)
    heard.clear()
    device.heard_s = device.taken.size() / 8 / 48_000 - 0.05
    qtbot.waitUntil(lambda: bool(heard))
    assert len(devices) == 1, "the device goes on"
    samples = np.frombuffer(bytes(device.taken.data().data()), np.float32)
    assert np.abs(samples[-4000:]).max() == pytest.approx(np.abs(samples[8000:16000]).max() / 10, rel=0.02)
    assert before > -8
    window.playback.stop()

"""The mix: every sample in its place, whatever the pieces."""

import wave
from dataclasses import replace
from fractions import Fraction
from itertools import compress, pairwise
from math import floor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from vgan_studio.errors import EditError, MediaError
from vgan_studio.media.probe import probe
from vgan_studio.render.mix import Mixer, _parts, mix, sample_at
from vgan_studio.timeline import edit, tracks
from vgan_studio.timeline.curve import Curve, Key
from vgan_studio.timeline.values import SILENT_DB, Clip, EffectCall, Fade, Timeline, Track, Transition

HZ = 8000
SECONDS = 4
DISSOLVE = EffectCall("core.dissolve")


def write_wav(path, samples, rate=HZ):
    with wave.open(str(path), "wb") as file:
        file.setnchannels(samples.shape[0])
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(np.round(samples.T * 32768).astype("<i2").tobytes())
    return probe(path).media()


@pytest.fixture(scope="module")
def noise(tmp_path_factory):
    """A file of noise, and its samples as they are read."""
    levels = np.random.default_rng(1).integers(-9000, 9000, (2, SECONDS * HZ)) / 32768
    return write_wav(tmp_path_factory.mktemp("mix") / "noise.wav", levels), levels.astype(np.float32)


@pytest.fixture(scope="module")
def tone(tmp_path_factory):
    times = np.arange(SECONDS * HZ) / HZ
    wave = 0.5 * np.sin(2 * np.pi * 440 * times)
    return write_wav(tmp_path_factory.mktemp("mix") / "tone.wav", np.stack([wave, wave]))


def film(*clips, rate=Fraction(25), kind="audio", **flags):
    return Timeline(rate, 64, 48, HZ, (Track(kind, clips, **flags),), next_id=99)


def whole(timeline):
    return mix(timeline, 0, sample_at(timeline.duration, timeline))


def test_a_clip_plays_its_samples_from_its_first_one_on(noise):
    media, levels = noise
    heard = whole(film(Clip(1, 10, 25, media, Fraction(1))))
    assert heard.dtype == np.float32 and heard.shape == (2, 35 * HZ // 25)
    assert (heard[:, : 10 * HZ // 25] == 0).all()
    assert np.array_equal(heard[:, 10 * HZ // 25 :], levels[:, HZ : 2 * HZ])


@given(st.integers(0, 200), st.sampled_from([Fraction(25), Fraction(30000, 1001), Fraction(24000, 1001), Fraction(7)]))
def test_the_first_sample_of_a_frame_is_the_nearest(frame, rate):
    assert sample_at(frame, film(rate=rate)) == floor(frame * HZ / rate + Fraction(1, 2))


def test_what_is_muted_frozen_or_beyond_the_file_is_silent(noise):
    media, _ = noise
    clip = Clip(1, 0, 25, media)
    assert not whole(film(replace(clip, muted=True))).any()
    assert not whole(film(clip, muted=True)).any()
    assert not whole(film(replace(clip, speed=Fraction(0)))).any()
    assert not whole(film(replace(clip, source_in=Fraction(50)))).any()


def test_a_hidden_track_is_heard(noise):
    assert whole(film(Clip(1, 0, 25, noise[0]), kind="video", hidden=True)).any()


def test_tracks_add_up_and_nothing_is_limited(noise):
    media, levels = noise
    one = Track("audio", (Clip(1, 0, 25, media, gain_db=12.0),))
    heard = whole(Timeline(Fraction(25), 64, 48, HZ, (one, replace(one, kind="video"))))
    assert np.allclose(heard, 2 * 10 ** (12 / 20) * levels[:, :HZ], atol=1e-6) and np.abs(heard).max() > 1


def test_a_gain_curve_is_straight_in_db(noise):
    media, levels = noise
    heard = whole(film(Clip(1, 0, 25, media, gain_db=Curve((Key(0, 0.0), Key(20, -20.0))))))
    wanted = levels[:, :HZ] * 10 ** (-np.minimum(np.arange(HZ) * 25 / HZ, 20) / 20)
    assert np.allclose(heard, wanted, atol=1e-6)


def test_fades_are_straight_in_amplitude_and_may_lie_outside_of_the_clip(noise):
    media, levels = noise
    heard = whole(film(Clip(1, 0, 25, media, fade_in=Fade(-5, 10), fade_out=Fade(20, 5))))
    places = np.arange(HZ) * 25 / HZ
    wanted = levels[:, :HZ] * np.clip((places + 5) / 10, 0, 1) * (1 - np.clip((places - 20) / 5, 0, 1))
    assert np.allclose(heard, wanted, atol=1e-6)


def test_a_transition_fades_one_sound_into_the_other(noise):
    media, levels = noise
    first = Clip(1, 0, 25, media)
    second = Clip(2, 25, 25, media, Fraction(2), transition=Transition(5, 5, DISSOLVE))
    heard = whole(film(first, second))
    share = np.clip((np.arange(2 * HZ) * 25 / HZ - 20) / 10, 0, 1)
    outgoing, incoming = levels[:, : 2 * HZ], levels[:, HZ : 3 * HZ]
    outgoing = np.where(np.arange(2 * HZ) < 30 * HZ // 25, outgoing, 0)
    incoming = np.where(np.arange(2 * HZ) >= 20 * HZ // 25, incoming, 0)
    assert np.allclose(heard, outgoing * (1 - share) + incoming * share, atol=1e-6)


def test_backwards_at_speed_1_is_the_sound_backwards(noise):
    media, levels = noise
    heard = whole(film(Clip(1, 0, 50, media, Fraction(3), speed=Fraction(-1))))
    assert np.allclose(heard, levels[:, HZ : 3 * HZ][:, ::-1], atol=1e-6)


@pytest.mark.parametrize("speed", [Fraction(1, 2), Fraction(2), Fraction(-3, 2)])
def test_another_speed_keeps_the_pitch_across_blocks(tone, speed):
    long = replace(tone, duration=Fraction(SECONDS))
    start = Fraction(0) if speed > 0 else Fraction(SECONDS)
    frames = int(SECONDS * 25 / abs(speed)) - 2
    heard = whole(film(Clip(1, 0, frames, long, start, speed)))[0, HZ // 5 : -HZ // 5]
    spectrum = np.abs(np.fft.rfft(heard * np.hanning(len(heard))))
    assert abs(np.argmax(spectrum) * HZ / len(heard) - 440) < 3
    pieces = heard[: len(heard) // 400 * 400].reshape(-1, 400)
    assert np.abs(pieces).max(1).min() > 0.4 and np.abs(heard).max() < 0.6


clips = st.builds(
    Clip,
    id=st.just(0),
    start=st.integers(0, 4),
    duration=st.integers(3, 20),
    source=st.none(),
    source_in=st.fractions(-1, 3, max_denominator=50),
    speed=st.sampled_from([Fraction(1), Fraction(1), Fraction(5, 4), Fraction(-2)]),
    transition=st.none() | st.just(Transition(1, 2, DISSOLVE)),
    gain_db=st.floats(-20, 6) | st.just(Curve((Key(-3, 0.0, "ease"), Key(9, -9.0, "hold"), Key(12, 3.0)))),
    fade_in=st.none() | st.builds(Fade, st.integers(-4, 4), st.integers(1, 9)),
    fade_out=st.none() | st.builds(Fade, st.integers(0, 20), st.integers(1, 9)),
    muted=st.sampled_from([False, False, True]),
)


@st.composite
def films(draw, media):
    placed, end = [], 0
    for id in range(1, draw(st.integers(2, 5))):
        clip = draw(clips)
        gap = draw(st.sampled_from([0, 0, clip.start]))
        placed.append(replace(clip, id=id, source=media, start=end + gap))
        end = placed[-1].end
    return film(*placed, rate=draw(st.sampled_from([Fraction(25), Fraction(30000, 1001), Fraction(7)])))


@given(st.data())
@settings(max_examples=25, deadline=None)
def test_pieces_put_together_are_the_whole(noise, data):
    timeline = data.draw(films(noise[0]))
    total = sample_at(timeline.duration, timeline)
    cuts = sorted({0, total, *data.draw(st.lists(st.integers(0, total), max_size=5))})
    with Mixer() as mixer:
        pieces = [mixer.mix(timeline, a, b - a) for a, b in pairwise(cuts)]
    assert np.array_equal(np.concatenate(pieces, 1), whole(timeline))


@given(st.data())
@settings(max_examples=25, deadline=None)
def test_a_split_changes_no_sample(noise, data):
    timeline = data.draw(films(noise[0]))
    timeline = film(*(replace(c, transition=None) for c in timeline.tracks[0].clips), rate=timeline.rate)
    clip = data.draw(st.sampled_from(timeline.tracks[0].clips))
    try:
        after = edit.split(timeline, clip.id, data.draw(st.integers(clip.start + 1, clip.end - 1)))
    except EditError:
        assume(False)
    assert np.allclose(whole(after), whole(timeline), atol=1e-6)


faders = st.one_of(st.just(0.0), st.floats(-60, 12))
pans = st.one_of(st.just(0.0), st.floats(-1, 1))


@st.composite
def mixes(draw, media):
    """Films of a few tracks, all at the rate of the first."""
    films_ = [draw(films(media)) for _ in range(draw(st.integers(1, 3)))]
    return replace(films_[0], tracks=tuple(one.tracks[0] for one in films_))


def solo(timeline, number):
    tracks = (replace(one, muted=index != number) for index, one in enumerate(timeline.tracks))
    return replace(timeline, tracks=tuple(tracks))


@given(st.data())
@settings(max_examples=15, deadline=None)
def test_faders_that_are_at_zero_and_pans_in_the_middle_change_no_bit(noise, data):
    timeline = data.draw(mixes(noise[0]))
    count = sample_at(timeline.duration, timeline)
    total = np.zeros((2, count), np.float32)
    with Mixer() as mixer:  # what each part was before there were faders: its samples times its envelope, in order
        for track in compress(timeline.tracks, tracks.audible(timeline)):
            for part in _parts(timeline, track, 0, count):
                first, last = max(part.start, 0), min(part.end, count)
                envelope = part.envelope(timeline, np.arange(first, last))
                total[:, first:last] += mixer._source(timeline, part.clip, first, last - first) * envelope
    assert whole(timeline).tobytes() == total.tobytes()


@given(st.data())
@settings(max_examples=15, deadline=None)
def test_the_mix_is_the_sum_of_its_strips_and_a_fader_moves_no_other_strip(noise, data):
    timeline = data.draw(mixes(noise[0]))
    number = data.draw(st.integers(0, len(timeline.tracks) - 1))
    moved = tracks.set_pan(timeline, number, data.draw(pans))
    moved = tracks.set_gain(moved, number, data.draw(faders))
    before, after = dict[int, np.ndarray](), dict[int, np.ndarray]()
    count = sample_at(timeline.duration, timeline)
    with Mixer() as mixer:
        assert np.array_equal(mixer.mix(timeline, 0, count, before), whole(timeline))
        total = mixer.mix(moved, 0, count, after)
        assert np.allclose(total, sum(after.values(), np.zeros((2, count))), atol=1e-5)
        for other, strip in after.items():
            assert np.array_equal(strip, mixer.mix(solo(moved, other), 0, count))
            assert other == number or np.array_equal(strip, before[other])


@given(st.floats(-60, 12), st.floats(-1, 1))
@settings(max_examples=20, deadline=None)
def test_a_fader_is_a_gain_and_a_pan_a_balance_that_makes_nothing_louder(noise, gain_db, pan):
    media, levels = noise
    heard = whole(film(Clip(1, 0, 25, media), gain_db=gain_db, pan=pan))
    amplitude = 10 ** (gain_db / 20)
    wanted = levels[:, :HZ] * amplitude * [[min(1, 1 - pan)], [min(1, 1 + pan)]]
    assert np.allclose(heard, wanted, atol=1e-5)
    as_clip = whole(film(Clip(1, 0, 25, media, gain_db=gain_db), pan=pan))
    assert np.allclose(heard, as_clip, atol=1e-5), "a fader of a track is the gain of its clips"


def test_at_its_ends_a_pan_leaves_one_side_and_a_fader_silence(noise):
    clip = Clip(1, 0, 25, noise[0])
    left, right, both = (whole(film(clip, pan=pan)) for pan in (-1.0, 1.0, 0.0))
    assert not left[1].any() and not right[0].any()
    assert np.array_equal(left + right, both)
    assert not whole(film(clip, gain_db=SILENT_DB)).any()


def test_the_rate_and_layout_are_the_projects(tmp_path):
    media = write_wav(tmp_path / "mono.wav", np.full((1, 44100), 0.25), 44100)
    heard = whole(film(Clip(1, 0, 25, media)))
    assert heard.shape == (2, HZ)
    assert np.allclose(heard[0], heard[1]) and np.abs(heard[:, 100:-100]).min() > 0.1


def test_a_missing_file_is_a_sentence(noise):
    with pytest.raises(MediaError, match=r"gone\.wav"):
        whole(film(Clip(1, 0, 25, replace(noise[0], path="/gone.wav"))))


def test_a_file_that_changes_while_it_is_heard_is_a_sentence(noise, tmp_path):
    own = replace(noise[0], path=str(tmp_path / "own.wav"))
    data = Path(noise[0].path).read_bytes()
    Path(own.path).write_bytes(data)
    with Mixer() as mixer:
        mixer.mix(film(Clip(1, 0, 25, own)), 0, 400)
        Path(own.path).write_bytes(data[: len(data) // 2])
        with pytest.raises(MediaError, match="is not the file it was"):
            mixer.mix(film(Clip(1, 0, 25, own)), 400, 400)


def test_who_may_miss_a_file_hears_the_others_and_is_told_why(noise):
    lost = replace(noise[0], path="/gone.wav")
    said = list[str]()
    both = film(Clip(1, 0, 25, noise[0]))
    both = replace(both, tracks=(*both.tracks, Track("audio", (Clip(2, 0, 25, lost),))))
    with Mixer(said.append) as mixer:
        heard = mixer.mix(both, 0, 400)
    assert np.array_equal(heard, whole(film(Clip(1, 0, 25, noise[0])))[:, :400])
    assert len(said) == 1 and "gone.wav" in said[0]


@given(st.data())
@settings(max_examples=15, deadline=None)
def test_who_plays_solo_is_heard_and_who_was_muted_before_still_is_afterwards(noise, data):
    timeline = data.draw(mixes(noise[0]))
    number = data.draw(st.integers(0, len(timeline.tracks) - 1))
    timeline = replace(timeline, tracks=tuple(replace(one, solo=False) for one in timeline.tracks))
    alone = tracks.solo_track(timeline, number)
    strips = dict[int, np.ndarray]()
    with Mixer() as mixer:
        mixer.mix(alone, 0, sample_at(timeline.duration, timeline), strips)
    assert set(strips) <= ({number} if not timeline.tracks[number].muted else set())
    assert tracks.audible(alone) == tuple(
        index == number and not one.muted for index, one in enumerate(timeline.tracks)
    )
    assert tracks.solo_track(alone, number, False) == timeline

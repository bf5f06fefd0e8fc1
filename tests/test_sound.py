"""Laws of sound: the right sample at every number, in any order, at any rate."""

from fractions import Fraction

import av
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vgan_studio.errors import MediaError
from vgan_studio.media.loudness import Meter
from vgan_studio.media.mixdown import matrix, numbers, resample
from vgan_studio.media.sound import AudioReader
from vgan_studio.media.stretch import stretch
from vgan_studio.media.writer import Target, Writer

from .films import numbered, sine, write_film

LENGTH = 5 * 44100
FILES = ("a.wav", "a.flac", "a.m4a", "a.opus", "a.mka", "a.mp3")
EXACT = ("a.wav", "a.flac")


def music(count=LENGTH, channels=2, seed=0):
    """Tones that glide, and noise: float32 (channels, count)."""
    time = np.arange(count) / 44100
    rng = np.random.default_rng(seed)
    glide = [0.3 * np.sin(2 * np.pi * (300 + 50 * c) * time * (1 + time / 20)) for c in range(channels)]
    return (np.array(glide) + 0.05 * rng.standard_normal((channels, count))).astype(np.float32)


def write_sound(path, samples, sample_rate=44100, **more):
    with Writer(path, Target(sample_rate=sample_rate, channels=len(samples), **more)) as writer:
        writer.write_sound(samples)
    return path


def write_mp3(path, samples):
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libmp3lame", rate=44100)
        stream.layout, stream.bit_rate = "stereo", 64000
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples.T).reshape(1, -1), "flt", "stereo")
        frame.sample_rate, frame.pts = 44100, 0
        for packet in [*stream.encode(frame), *stream.encode(None)]:
            container.mux(packet)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sound")
    for name in FILES:
        if name == "a.mp3":
            write_mp3(folder / name, music())
        else:
            write_sound(folder / name, music(), codec="aac" if name == "a.mka" else "")
    return folder


@pytest.fixture(scope="module")
def wholes(folder):
    """What is read from the start to the end, once, by file and rate."""
    found = {}
    for name in FILES:
        for rate in (44100, 48000):
            with AudioReader(folder / name, rate, 2) as reader:
                found[name, rate] = reader.read(0, 5 * rate)
                assert reader.jumps == 0
    return found


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    name=st.sampled_from(FILES),
    rate=st.sampled_from([44100, 48000]),
    spans=st.lists(st.tuples(st.integers(-2000, 5 * 44100), st.integers(0, 9000)), min_size=1, max_size=4),
)
def test_what_is_read_is_the_same_in_any_order(folder, wholes, name, rate, spans):
    padded = np.pad(wholes[name, rate], ((0, 0), (2000, 12000)))
    with AudioReader(folder / name, rate, 2) as reader:
        for start, count in spans:
            there = reader.read(start, count)
            known = np.arange(start, start + count) < 5 * rate
            wanted = padded[:, start + 2000 : start + 2000 + count]
            assert there.dtype == np.float32 and there.shape == (2, count)
            error = np.abs(there - wanted)[:, known & (np.arange(start, start + count) >= 0)]
            assert error.max(initial=0) <= (0 if name in EXACT else 1e-4)


@pytest.mark.parametrize("name", EXACT)
def test_lossless_sound_comes_out_as_it_went_in(wholes, name):
    assert np.abs(wholes[name, 44100] - music()).max() <= 2**-23


@pytest.mark.parametrize("name", FILES)
def test_lossy_sound_lies_at_its_place(wholes, name):
    there, wanted = wholes[name, 44100], music()
    errors = [np.square(there[:, 5000 + lag : 99000 + lag] - wanted[:, 5000:99000]).mean() for lag in range(-3, 4)]
    assert int(np.argmin(errors)) == 3


@pytest.mark.parametrize("rate", [8000, 11025, 16000, 32000, 44100, 48000, 96000, 47999])
@pytest.mark.parametrize("wanted", [22050, 44100, 48000])
def test_a_tone_stays_itself_at_any_rate(tmp_path, rate, wanted):
    path = write_sound(tmp_path / "a.wav", sine(440, 0, 5 * rate // 2, rate)[:1], rate)
    with AudioReader(path, wanted, 1) as reader:
        assert abs(reader.duration - 5 * wanted // 2) <= 1 + wanted / rate
        there = reader.read(wanted, wanted)[0]  # over the seam between two blocks
    assert np.abs(there - sine(440, wanted, wanted, wanted)[0]).max() < 1e-3


def test_outside_of_the_sound_is_silence(folder):
    with AudioReader(folder / "a.wav", 44100, 2) as reader:
        assert not reader.read(-50_000, 50_000).any()
        assert not reader.read(LENGTH, 500_000).any()
        assert reader.read(LENGTH - 10, 20)[:, :10].any()
        assert reader.read(7, 0).shape == (2, 0)


def test_sound_and_pictures_have_one_zero(tmp_path):
    late = write_film(tmp_path / "late.mkv", 50, start=Fraction(1, 2), tone=440.0, draw=numbered)
    with AudioReader(late, 48000, 1) as reader:
        there = reader.read(0, 24000)[0]
    errors = [np.abs(there[4000:20000] - sine(440, 24000 + lag, 24000)[0][4000:20000]).max() for lag in range(-48, 49)]
    assert min(errors) < 0.02  # Matroska counts milliseconds


def test_a_click_in_a_film_is_where_it_was(tmp_path):
    sound = np.zeros((2, 96000), np.float32)
    sound[:, 48000:48040] = 0.9
    with Writer(tmp_path / "a.mp4", Target("h264", 32, 32, Fraction(25), sample_rate=48000, channels=2)) as writer:
        for number in range(50):
            writer.write(np.zeros((32, 32, 3), np.uint8), Fraction(number, 25))
        writer.write_sound(sound)
    with AudioReader(tmp_path / "a.mp4", 48000, 1) as reader:
        there = np.abs(reader.read(0, 96000)[0])
        assert reader.duration == 96000
    assert abs(np.average(np.arange(96000), weights=there**2) - 48019.5) < 3


@pytest.mark.parametrize("channels", [1, 2, 3, 6, 8])
@pytest.mark.parametrize("suffix", [".flac", ".wav"])
def test_every_channel_comes_back(tmp_path, channels, suffix):
    sound = music(30000, channels)
    path = write_sound(tmp_path / f"a{suffix}", sound)
    with AudioReader(path, 44100, channels) as reader:
        assert np.abs(reader.read(0, 30000) - sound).max() <= 2**-23


@pytest.mark.parametrize(("layout", "channels"), [("mono", 1), ("stereo", 2), ("5.1", 6), ("7.1", 8), ("quad", 4)])
@pytest.mark.parametrize("wanted", [1, 2, 6])
def test_no_mix_is_louder_than_full_scale(layout, channels, wanted):
    weights = matrix(layout, channels, wanted)
    assert weights.shape == (wanted, channels)
    assert np.abs(weights).sum(1).max() <= 1.0001
    assert weights.any()


def test_mono_is_as_loud_on_both_sides():
    np.testing.assert_array_equal(matrix("mono", 1, 2), [[1], [1]])


def test_a_layout_nobody_knows_gives_its_first_channels():
    np.testing.assert_array_equal(matrix("3 channels", 3, 2), [[1, 0, 0], [0, 1, 0]])


@pytest.mark.parametrize(("format", "kind", "top"), [
    ("u8", np.uint8, 128), ("s16", np.int16, 2**15), ("s32p", np.int32, 2**31), ("fltp", np.float32, 1), ("dbl", np.float64, 1)
])  # fmt: skip
def test_every_kind_of_number_has_full_scale_at_one(format, kind, top):
    values = np.array([[-0.5, 0.5, 0.25, -0.25]])
    stored = (values * top + (128 if kind == np.uint8 else 0)).astype(kind)
    planar = stored.reshape(2, 2) if format.endswith("p") else stored
    wanted = values.reshape(2, 2) if format.endswith("p") else values.reshape(2, 2).T
    np.testing.assert_allclose(numbers(av.AudioFrame.from_ndarray(planar, format, "stereo")), wanted, atol=1e-6)


def test_resampling_there_and_back_changes_little():
    sound = sine(1000, 0, 20000)
    there = resample(resample(sound, 48000, 96000), 96000, 48000)
    assert np.abs(there[:, 500:-500] - sound[:, 500:-500]).max() < 2e-3


def test_damage_is_silent_and_said(tmp_path):
    sound = music(4 * 44100)
    path = write_sound(tmp_path / "a.flac", sound)
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 2000] = np.random.default_rng(1).bytes(2000)
    path.write_bytes(content)
    with AudioReader(path, 44100, 2) as reader:
        there = reader.read(0, 4 * 44100)
        said = reader.notices
    wrong = np.flatnonzero(np.abs(there - sound).max(0) > 1e-6)
    assert 0 < len(wrong) < 44100
    assert abs(wrong.mean() - 2 * 44100) < 22050
    assert np.abs(there).max() <= 1
    assert all(" at " in sentence for sentence in said)


def test_what_has_no_sound_is_one_sentence(tmp_path, folder):
    film = write_film(tmp_path / "film.mp4", 3)
    for path, stream in ((film, 0), (folder / "a.wav", 1)):
        with pytest.raises(MediaError, match="has no sound number"):
            AudioReader(path, 48000, 2, stream)
    for name in ("missing.wav", "empty.wav"):
        (tmp_path / "empty.wav").touch()
        with pytest.raises(MediaError):
            AudioReader(tmp_path / name, 48000, 2)


def test_awkward_files_give_sound_or_a_sentence(data):
    refused = []
    for path in sorted((data / "awkward").iterdir()):
        if path.suffix in (".mp3", ".m4a", ".opus", ".ogg", ".avi", ".mpg") or path.name.startswith("audio"):
            try:
                with AudioReader(path, 48000, 2) as reader:
                    there = reader.read(0, min(reader.duration, 96000))
            except MediaError as error:
                refused.append((path.name, str(error)[-1]))
            else:
                assert np.isfinite(there).all() and there.any()
    assert refused == [("broken.ogg", ".")]


# Speed


speeds = st.fractions(Fraction(1, 4), 8, max_denominator=60)


@settings(max_examples=20, deadline=None)
@given(count=st.integers(0, 9000), speed=speeds, channels=st.integers(1, 3), back=st.booleans())
def test_stretched_sound_has_exactly_its_length(count, speed, channels, back):
    sound = music(count, channels)
    there = stretch(sound, -speed if back else speed, 8000)
    assert there.shape == (channels, round(count / speed)) and there.dtype == np.float32
    assert np.isfinite(there).all()
    assert count == 0 or np.abs(there).max(initial=0) <= np.abs(sound).max() * 1.001


@pytest.mark.parametrize(
    "speed", [Fraction(1, 3), Fraction(2, 3), Fraction(9, 10), Fraction(11, 10), Fraction(2), Fraction(4)]
)
def test_a_stretched_tone_keeps_its_pitch_and_loudness(speed):
    there = stretch(sine(440, 0, 96000), speed, 48000)[0][2000:-2000]
    spectrum = np.abs(np.fft.rfft(there * np.hanning(len(there)), 1 << 19))
    assert abs(spectrum.argmax() * 48000 / (1 << 19) - 440) < 1
    assert abs(np.sqrt(np.square(there).mean()) - 0.5 / np.sqrt(2)) < 0.005


@pytest.mark.parametrize("speed", [Fraction(1, 2), Fraction(3, 4), Fraction(9, 10), Fraction(11, 10), Fraction(3, 2)])
def test_what_is_heard_stays_at_its_time(speed):
    bursts = np.arange(1, 9) * 9600
    sound = np.zeros((1, 96000), np.float32)
    for at in bursts:
        sound[0, at - 600 : at + 600] = np.hanning(1200) * np.sin(np.arange(1200) / 5)
    there = np.square(stretch(sound, speed, 48000)[0])
    for at in bursts:
        around = np.arange(int(at / speed) - 3000, int(at / speed) + 3000)
        centre = np.average(around, weights=there[around])
        assert abs(centre - at / speed) < 48000 * (0.012 + 0.02 * abs(1 - 1 / speed))


def test_speed_one_changes_nothing_and_minus_one_plays_backwards():
    sound = music(1000)
    np.testing.assert_array_equal(stretch(sound, Fraction(1), 8000), sound)
    np.testing.assert_array_equal(stretch(sound, Fraction(-1), 8000), sound[:, ::-1])
    with pytest.raises(ValueError, match="stand still"):
        stretch(sound, Fraction(0), 8000)


@pytest.mark.parametrize("rest", [0, 1, 240, 4799, 4800, 30_000])
def test_a_little_sound_at_the_end_takes_no_loudness_away(rest):
    meter, tone = Meter(48_000), np.tile(0.1 * np.sin(np.arange(48_000) * 0.13), (2, 1)).astype(np.float32)
    for samples in (tone, tone, tone, tone[:, :rest], None):
        if samples is None or samples.shape[1]:
            meter.push(samples)
    *_, last = meter.read()
    assert abs(last.integrated + 20) < 1

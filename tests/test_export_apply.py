"""`apply`: one file through effects; its own times, sound, shape, tags and chapters stay."""

from fractions import Fraction

import numpy as np
import pytest

from tests.films import number_of, numbered, sine, write_film
from vgan_studio.engine.run import Engine
from vgan_studio.errors import EditError, EffectError, MediaError
from vgan_studio.media.probe import probe
from vgan_studio.media.reader import VideoReader
from vgan_studio.media.sound import AudioReader
from vgan_studio.render.apply import apply
from vgan_studio.render.shots import _steady
from vgan_studio.timeline.curve import Curve, Key
from vgan_studio.timeline.values import EffectCall

ODD_TIMES = [Fraction(n, 100) for n in (0, 4, 7, 19, 20, 31, 44, 60)]


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    return Engine("cpu", "fp32", tmp_path_factory.mktemp("engine") / "engine.json")


@pytest.fixture
def film(tmp_path):
    return write_film(
        tmp_path / "film.mp4",
        30,
        tone=440,
        metadata={"title": "A film", "artist": "Nobody"},
        chapters=[
            {"id": 0, "start": 0, "end": 500, "time_base": Fraction(1, 1000), "metadata": {"title": "One"}},
            {"id": 1, "start": 500, "end": 1200, "time_base": Fraction(1, 1000), "metadata": {"title": "Two"}},
        ],
        aspect=Fraction(4, 3),
    )


def call(id, **params):
    return EffectCall(id, tuple(sorted(params.items())))


def run(*args, **kwargs):
    *_, last = apply(*args, **kwargs)
    return last


def planes(path):
    """What the decoder gives, unconverted."""
    with VideoReader(path) as reader:
        frames = [reader.at(time + Fraction(1, 1000)).frame for time in reader.times()]
        return frames[0].format.name, [frame.to_ndarray() for frame in frames]


def numbers(path):
    with VideoReader(path) as reader:
        return [number_of(reader.at(time + Fraction(1, 1000)).pixels()) for time in reader.times()]


def test_without_effects_a_lossless_codec_loses_nothing(film, engine, tmp_path):
    run(film, [], tmp_path / "out.mkv", engine, codec="ffv1")
    (old, before), (new, after) = planes(film), planes(tmp_path / "out.mkv")
    assert old == new and all(np.array_equal(a, b) for a, b in zip(before, after, strict=True))


def test_rgb_in_is_rgb_out_through_an_effect_that_does_nothing(engine, tmp_path):
    source = write_film(tmp_path / "rgb.mkv", 6, codec="ffv1", pix_fmt="bgr0", b_frames=0)
    run(source, [call("color.exposure", stops=0.0)], tmp_path / "out.mkv", engine, codec="ffv1")
    with VideoReader(source) as a, VideoReader(tmp_path / "out.mkv") as b:
        assert a.times() == b.times() and len(a.times()) == 6
        assert all(np.array_equal(a.at(time).pixels(), b.at(time).pixels()) for time in a.times())


@pytest.mark.parametrize("effects", [[], [call("color.exposure", stops=0.1)]], ids=["bare", "effect"])
def test_tags_chapters_shape_rate_and_sound_stay(film, engine, tmp_path, effects):
    run(film, effects, tmp_path / "out.mp4", engine)
    before, after = probe(film), probe(tmp_path / "out.mp4")
    for name in (
        "duration",
        "width",
        "height",
        "sample_aspect",
        "rate",
        "frames",
        "channels",
        "sample_rate",
        "chapters",
    ):
        assert getattr(after, name) == getattr(before, name), name
    assert {("title", "A film"), ("artist", "Nobody")} <= set(after.metadata)
    assert numbers(tmp_path / "out.mp4") == list(range(30))
    with AudioReader(film, 48000, 2) as a, AudioReader(tmp_path / "out.mp4", 48000, 2) as b:
        assert np.allclose(a.read(0, 48000), b.read(0, 48000), atol=1e-4)


@pytest.mark.parametrize("effects", [[], [call("filter.temporal_mean")]], ids=["bare", "window"])
def test_a_varying_rate_stays(engine, tmp_path, effects):
    source = write_film(tmp_path / "vfr.mp4", times=ODD_TIMES)
    run(source, effects, tmp_path / "out.mp4", engine)
    with VideoReader(tmp_path / "out.mp4") as reader:
        assert reader.times() == tuple(ODD_TIMES)
    if not effects:
        assert numbers(tmp_path / "out.mp4") == list(range(len(ODD_TIMES)))


def test_a_rate_that_no_container_can_say_is_taken_for_a_plain_one():
    fine = Fraction(1661165555, 55362712)
    plain = _steady(tuple(i / fine for i in range(1500)), fine)
    assert plain is not None and plain.denominator <= 1001 and abs(plain - fine) < Fraction(1, 10**6)
    assert _steady((Fraction(0), Fraction(1, 25), Fraction(4, 25)), Fraction(25)) is None
    assert _steady(tuple(Fraction(round(1000 * i / 30), 1000) for i in range(99)), Fraction(30)) == 30


def test_a_range_keeps_pictures_sound_and_chapters_together(film, engine, tmp_path):
    run(
        film, [call("geometry.flip", horizontal=True)] * 2, tmp_path / "out.mp4", engine, range=(10, 20), sound="encode"
    )
    assert numbers(tmp_path / "out.mp4") == list(range(10, 20))
    after = probe(tmp_path / "out.mp4")
    assert [(one.start, one.end, one.title) for one in after.chapters] == [
        (Fraction(0), Fraction(1, 10), "One"),
        (Fraction(1, 10), Fraction(2, 5), "Two"),
    ]
    with AudioReader(tmp_path / "out.mp4", 48000, 2) as reader:
        heard = reader.read(2400, 12000)
    assert np.corrcoef(heard[0], sine(440, 10 * 1920 + 2400, 12000)[0])[0, 1] > 0.99


def test_a_range_of_copied_sound_begins_with_its_picture(film, engine, tmp_path):
    run(film, [], tmp_path / "out.mp4", engine, range=(10, None))
    assert numbers(tmp_path / "out.mp4") == list(range(10, 30))
    with AudioReader(tmp_path / "out.mp4", 48000, 2) as reader:
        heard = reader.read(4800, 12000)
    assert np.corrcoef(heard[0], sine(440, 10 * 1920 + 4800, 12000)[0])[0, 1] > 0.99


def test_no_sound_can_be_asked_for(film, engine, tmp_path):
    run(film, [], tmp_path / "out.mp4", engine, sound="none")
    assert probe(tmp_path / "out.mp4").channels == 0


def test_sound_alone_can_be_taken_out(film, engine, tmp_path):
    run(film, [], tmp_path / "out.wav", engine)
    with AudioReader(tmp_path / "out.wav", 48000, 2) as reader:
        assert reader.duration == 30 * 1920


def test_an_effect_that_doubles_the_size_gives_a_file_of_twice_the_size(film, engine, tmp_path):
    last = run(film, [call("gan.upscale", strength=0.0)], tmp_path / "out.mp4", engine, range=(0, 4))
    after = probe(tmp_path / "out.mp4")
    assert (after.width, after.height, after.sample_aspect) == (128, 96, Fraction(4, 3))
    assert (last.done, last.counters.inferred) == (4, 0)


def test_a_fit_makes_square_pixels(film, engine, tmp_path):
    fit = call("core.fit", width=80, height=48, aspect=4 / 3)
    run(film, [fit], tmp_path / "out.mp4", engine, range=(0, 2))
    after = probe(tmp_path / "out.mp4")
    assert (after.width, after.height, after.sample_aspect) == (80, 48, 1)


def test_curves_run_over_the_pictures(engine, tmp_path):
    source = write_film(tmp_path / "film.mp4", 10, draw=lambda i, w, h: numbered(0, w, h))
    fade = call("color.exposure", stops=Curve((Key(0, 0.0), Key(9, 2.0))))
    run(source, [fade], tmp_path / "out.mp4", engine)
    with VideoReader(tmp_path / "out.mp4") as reader:
        light = [reader.at(time).pixels().mean() for time in reader.times()]
    assert light == sorted(light) and light[-1] > light[0] + 10


def test_more_than_8_bits_stay(engine, tmp_path):
    source = write_film(tmp_path / "deep.mkv", 4, size=(64, 64), codec="ffv1", pix_fmt="yuv420p10le", b_frames=0)
    run(source, [call("color.exposure")], tmp_path / "out.mkv", engine, codec="h265")
    assert probe(tmp_path / "out.mkv").depth == 10


def test_transparency_stays_where_the_codec_holds_it(engine, tmp_path):
    def half(i, width, height):
        return np.dstack([numbered(i, width, height), np.full((height, width), 128, np.uint8)])

    source = write_film(tmp_path / "veil.mkv", 3, codec="ffv1", pix_fmt="bgra", b_frames=0, draw=half)
    run(source, [call("geometry.flip")], tmp_path / "out.mkv", engine, codec="ffv1")
    with VideoReader(tmp_path / "out.mkv") as reader:
        assert (reader.at(Fraction(0)).pixels()[..., 3] == 128).all()
    run(source, [call("geometry.flip")], tmp_path / "flat.mp4", engine)
    assert not probe(tmp_path / "flat.mp4").alpha


def test_a_still_gives_one_picture(engine, tmp_path):
    source = write_film(tmp_path / "a.png", 1, codec="png", pix_fmt="rgb24", format="image2", b_frames=0)
    run(source, [call("color.exposure")], tmp_path / "b.png", engine)
    assert probe(tmp_path / "b.png").still


@pytest.mark.parametrize(
    ("effects", "kwargs", "error"),
    [
        ([call("no.such")], {}, EffectError),
        ([call("core.color")], {}, EffectError),
        ([call("filter.blur", radius="x")], {}, EffectError),
        ([], {"range": (50, 60)}, EditError),
        ([], {"codec": "nothing"}, MediaError),
    ],
)
def test_what_cannot_be_is_a_sentence_and_leaves_no_file(film, engine, tmp_path, effects, kwargs, error):
    with pytest.raises(error, match=r"\.$"):
        run(film, effects, tmp_path / "out.mp4", engine, **kwargs)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["film.mp4"]


def test_a_file_without_pictures_is_a_sentence(film, engine, tmp_path):
    run(film, [], tmp_path / "out.wav", engine)
    with pytest.raises(MediaError, match=r"out\.wav has no pictures"):
        run(tmp_path / "out.wav", [], tmp_path / "out.mp4", engine)

"""Pictures between the pictures of a source, in a project and by `vgan apply`: which are planned, and which come out."""

from bisect import bisect_right
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from math import floor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.films import write_film
from vgan_studio.engine.run import Engine
from vgan_studio.media.probe import probe
from vgan_studio.media.reader import VideoReader
from vgan_studio.media.sound import AudioReader
from vgan_studio.picture import to_pixels
from vgan_studio.render.apply import apply
from vgan_studio.render.between import NEAR
from vgan_studio.render.cache import Cache
from vgan_studio.render.evaluate import Renderer
from vgan_studio.render.node import Call, Decode, heavy_nodes, walk
from vgan_studio.render.plan import plan
from vgan_studio.timeline import edit
from vgan_studio.timeline.values import Clip, EffectCall, Media, Timeline, Track

from .test_interpolate import small_model

RATE = Fraction(25)
FILM = Media("/films/a.mp4", "aa", Fraction(8), 64, 48, RATE, steady=True)
STILL = Media("/photos/s.png", "ss", Fraction(0), 64, 48)
ODD_TIMES = [Fraction(n, 100) for n in (0, 4, 7, 19, 20, 31, 44, 60)]


def tween(**params):
    return EffectCall("gan.interpolate", tuple(sorted(params.items())))


def film(media=FILM, *effects, rate=RATE, size=(64, 48), **clip):
    clip = Clip(1, 0, 60, media, effects=effects, **clip)
    return Timeline(rate, *size, tracks=(Track("video", (clip,)),), next_id=2)


def moving(number, width, height):
    """Draw soft structure that pans by 3 pixels a picture, and jumps to blocks after the tenth."""
    if number > 9:
        return np.kron(np.random.default_rng(1).integers(0, 256, (height // 8, width // 8, 3)), np.ones((8, 8, 1)))
    across, down = np.arange(width)[None, :] + 3 * number, np.arange(height)[:, None]
    waves = [np.sin(across / 5 + phase) * np.cos(down / 7) for phase in (0, 1, 2)]
    return 128 + 90 * np.stack(waves, 2)


def drawn(number, width, height):
    return moving(number, width, height).astype(np.uint8)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with a small model, a film that moves, with sound and a cut, and one whose rate varies."""
    folder = tmp_path_factory.mktemp("between")
    small_model(folder)
    write_film(folder / "film.mp4", 14, size=(96, 64), draw=drawn, tone=440)
    write_film(folder / "odd.mp4", times=ODD_TIMES, size=(96, 64), draw=drawn)
    return folder


@pytest.fixture
def engine(folder, monkeypatch):
    monkeypatch.setenv("VGAN_MODELS", str(folder))
    return Engine("cpu", "fp32", folder / "engine.json")


def place(node):
    """Say which place of its source a frame shows, in pictures, and check that it lies between two that follow."""
    if isinstance(node, Decode):
        return floor(node.time * node.media.rate)
    assert isinstance(node, Call) and node.effect == "gan.interpolate"
    past, before, after, future = (place(part) for part in node.inputs)
    assert after == before + 1
    assert past in (before - 1, before) and future in (after, after + 1)
    return before + dict(node.params)["progress"]


def places(timeline, count):
    return [place(plan(timeline, frame)) for frame in range(count)]


def test_at_even_speed_the_plan_is_the_one_without_the_effect():
    for speed in (Fraction(1), Fraction(-1), Fraction(0)):
        clip = {"source_in": Fraction(4), "speed": speed}
        for frame in range(60):
            assert plan(film(FILM, tween(), **clip), frame) == plan(film(FILM, **clip), frame), (speed, frame)


def test_slow_motion_shows_the_sources_own_pictures_and_those_between():
    assert places(film(FILM, tween(), speed=Fraction(1, 2)), 5) == [0, Fraction(1, 2), 1, Fraction(3, 2), 2]
    assert places(film(FILM, tween(), speed=Fraction(1, 8)), 9) == [Fraction(n, 8) for n in range(9)]
    backwards = film(FILM, tween(), source_in=Fraction(4), speed=Fraction(-1, 2))
    assert places(backwards, 4) == [Fraction(199, 2) - Fraction(n, 2) for n in range(4)]


def test_another_rate_shows_the_exact_time_of_every_frame():
    slow = replace(FILM, rate=Fraction(24))
    assert places(film(slow, tween(), rate=Fraction(60)), 6) == [Fraction(2 * n, 5) for n in range(6)]
    ntsc = replace(FILM, rate=Fraction(24000, 1001))
    found = places(film(ntsc, tween(), rate=Fraction(60000, 1001)), 60)
    assert found == [Fraction(2 * n, 5) for n in range(60)]


@given(
    speed=st.fractions(Fraction(-3), Fraction(3), max_denominator=12),
    source_in=st.fractions(1, 7, max_denominator=100),
    rate=st.sampled_from([Fraction(25), Fraction(24), Fraction(60000, 1001)]),
    frame=st.integers(0, 59),
)
@settings(max_examples=80, deadline=None)
def test_a_frame_shows_the_time_at_which_it_begins_to_within_a_hundredth_of_a_picture(speed, source_in, rate, frame):
    node = plan(film(FILM, tween(), rate=rate, source_in=source_in, speed=speed), frame)
    if not speed:
        assert node == plan(film(FILM, rate=rate, source_in=source_in, speed=speed), frame)
        return
    low = source_in + (frame if speed > 0 else frame + 1) * speed / rate
    wanted = min(max(low * RATE, Fraction(0)), Fraction(199))
    found = place(node)
    assert found == wanted or (isinstance(node, Decode) and abs(found - wanted) < NEAR)


def test_the_ends_of_the_source_are_held():
    timeline = film(FILM, tween(), source_in=Fraction(8) - 2 / RATE, speed=Fraction(1, 4))
    assert places(timeline, 10) == [198, Fraction(793, 4), Fraction(397, 2), Fraction(795, 4), *[199] * 6]


def test_without_strength_the_plan_is_the_one_without_the_effect():
    for rate, speed in ((RATE, Fraction(1, 3)), (Fraction(60), Fraction(1)), (RATE, Fraction(-2, 5))):
        clip = {"source_in": Fraction(4), "speed": speed}
        for frame in range(30):
            bare = plan(film(FILM, rate=rate, **clip), frame)
            assert plan(film(FILM, tween(strength=0.0), rate=rate, **clip), frame) == bare


def test_part_of_the_strength_moves_the_time_and_mixes_nothing():
    timeline = film(FILM, tween(strength=0.5), speed=Fraction(1, 4))
    assert places(timeline, 5) == [0, Fraction(1, 8), Fraction(1, 4), Fraction(3, 8), 1]


def test_a_draft_a_still_and_a_generated_clip_go_without():
    slow = {"speed": Fraction(1, 2)}
    assert plan(film(FILM, tween(), **slow), 1, draft=True) == plan(film(FILM, **slow), 1, draft=True)
    assert plan(film(STILL, tween(), **slow), 1) == plan(film(STILL, **slow), 1)
    colour = EffectCall("core.color")
    assert plan(film(colour, tween()), 1) == plan(film(colour), 1)
    assert plan(film(FILM, replace(tween(), enabled=False), **slow), 1) == plan(film(FILM, **slow), 1)


def test_a_cut_through_a_slow_clip_changes_nothing():
    whole = film(FILM, tween(), speed=Fraction(2, 7))
    parts = edit.split(whole, 1, 23)
    assert all(plan(parts, frame) == plan(whole, frame) for frame in range(60))


def test_other_effects_see_the_pictures_between():
    blur = EffectCall("filter.blur")
    timeline = film(FILM, blur, tween(), speed=Fraction(1, 2))
    node = plan(timeline, 1)
    assert node.effect == "filter.blur" and place(node.inputs[0]) == Fraction(1, 2)
    mean = film(FILM, tween(), EffectCall("filter.temporal_mean"), speed=Fraction(1, 2))
    found = [place(part) for part in plan(mean, 21).inputs]
    middle = found[len(found) // 2]
    assert middle == Fraction(21, 2)
    assert found == [middle + k for k in range(-(len(found) // 2), len(found) // 2 + 1)]


def test_a_film_of_varying_rate_is_followed_by_its_own_times(folder):
    media = probe(folder / "odd.mp4").media()
    assert not media.steady
    timeline = film(media, tween(), rate=Fraction(100), size=(96, 64), speed=Fraction(1, 2))
    for frame in range(60):
        time = Fraction(frame, 200)
        number = max(k for k, begin in enumerate(ODD_TIMES) if begin <= time)
        span = ODD_TIMES[number + 1] - ODD_TIMES[number]
        part = (time - ODD_TIMES[number]) / span
        node = plan(timeline, frame)
        if part == 0:
            assert isinstance(node, Decode) and ODD_TIMES[number] < node.time < ODD_TIMES[number + 1]
        else:
            assert dict(node.params)["progress"] == part
            before, *around, beyond = (bisect_right(ODD_TIMES, part.time) - 1 for part in node.inputs)
            assert around == [number, number + 1]
            spans = [b - a for a, b in pairwise(ODD_TIMES)]
            alike = number > 0 and spans[number - 1] == span
            assert before == (number - 1 if alike else number)
            alike = number + 2 < len(ODD_TIMES) and spans[number + 1] == span
            assert beyond == (number + 2 if alike else number + 1)


def test_what_was_made_comes_out_of_the_cache(folder, engine, tmp_path):
    timeline = film(probe(folder / "film.mp4").media(), tween(), speed=Fraction(1, 2))
    nodes = [plan(timeline, frame, 96, 64) for frame in range(6)]
    assert [len(heavy_nodes(node)) for node in nodes] == [0, 1] * 3
    shown = []
    for inferred in (3, 0):
        renderer = Renderer(engine, Cache(tmp_path, 1 << 24))
        shown.append([to_pixels(x)[0] for x in renderer.render(nodes)])
        assert renderer.counters.inferred == inferred
        renderer.close()
    assert all(a.equal(b) for a, b in zip(*shown, strict=True))


def pixels(path):
    with VideoReader(path) as reader:
        return reader.times(), [reader.at(time + Fraction(1, 1000)).pixels() for time in reader.times()]


def run(*args, **kwargs):
    *_, last = apply(*args, **kwargs)
    return last


@pytest.mark.parametrize("factor", [1, 2, 3])
def test_a_file_gets_more_pictures_and_keeps_its_own_bit_for_bit(folder, engine, tmp_path, factor):
    source, path = folder / "film.mp4", tmp_path / "out.mkv"
    last = run(source, [tween(factor=factor)], path, engine, codec="ffv1")
    assert (last.done, last.counters.inferred) == (14 * factor, 13 * (factor - 1))
    before, after = probe(source), probe(path)
    assert (after.rate, after.frames or last.done) == (factor * before.rate, 14 * factor)
    (_, own), (times, made) = pixels(source), pixels(path)
    assert all(np.array_equal(a, b) for a, b in zip(own, made[::factor], strict=True))
    assert all(abs(time - n / (25 * Fraction(factor))) <= Fraction(1, 1000) for n, time in enumerate(times))
    assert all(np.array_equal(made[-1], picture) for picture in made[-factor:])
    cut = [made[9 * factor + k] for k in range(factor)]
    assert all(np.array_equal(x, own[9 if 2 * k < factor else 10]) for k, x in enumerate(cut)), "no ghost"
    with AudioReader(source, 48000, 2) as a, AudioReader(path, 48000, 2) as b:
        assert np.allclose(a.read(4800, 19200), b.read(4800, 19200), atol=1e-4)


def test_a_file_of_varying_rate_gets_them_evenly_between_its_own_times(folder, engine, tmp_path):
    run(folder / "odd.mp4", [tween(factor=2)], tmp_path / "out.mp4", engine)
    times, _ = pixels(tmp_path / "out.mp4")
    assert times[::2] == tuple(ODD_TIMES)
    assert times[1:-1:2] == tuple((a + b) / 2 for a, b in pairwise(ODD_TIMES))


def test_a_range_is_one_of_the_source(folder, engine, tmp_path):
    run(folder / "film.mp4", [tween(factor=2)], tmp_path / "out.mkv", engine, codec="ffv1", range=(3, 6))
    (_, own), (_, made) = pixels(folder / "film.mp4"), pixels(tmp_path / "out.mkv")
    assert len(made) == 6
    assert all(np.array_equal(a, b) for a, b in zip(own[3:6], made[::2], strict=True))


def test_without_strength_pictures_are_repeated(folder, engine, tmp_path):
    run(folder / "film.mp4", [tween(factor=2, strength=0.0)], tmp_path / "out.mkv", engine, codec="ffv1", range=(0, 3))
    (_, own), (_, made) = pixels(folder / "film.mp4"), pixels(tmp_path / "out.mkv")
    assert all(np.array_equal(own[n // 2], picture) for n, picture in enumerate(made))


def test_every_part_of_a_plan_is_below_one_node(folder):
    timeline = film(probe(folder / "film.mp4").media(), tween(), EffectCall("gan.denoise"), speed=Fraction(1, 2))
    parts = [part.effect for part in walk(plan(timeline, 3, 96, 64)) if isinstance(part, Call)]
    assert parts.count("gan.interpolate") == 3 and parts.count("gan.denoise") == 1

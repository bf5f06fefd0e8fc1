"""Export: what is previewed is what is written; nothing half, nothing twice, nothing kept in memory."""

import os
import signal
import subprocess
import sys
import threading
from dataclasses import replace
from fractions import Fraction
from itertools import islice

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

import vgan_studio.effects.families  # noqa: F401  (the registry is filled)
from tests.films import numbered, write_film
from vgan_studio.effects.spec import REGISTRY, File, Number, Text
from vgan_studio.engine.run import Engine
from vgan_studio.errors import EditError, MediaError, VganError
from vgan_studio.gan.weights import Card, build, write_model
from vgan_studio.media.probe import probe
from vgan_studio.media.reader import VideoReader
from vgan_studio.media.sound import AudioReader
from vgan_studio.picture import to_pixels
from vgan_studio.render.cache import Cache
from vgan_studio.render.evaluate import Renderer
from vgan_studio.render.export import export
from vgan_studio.render.node import Decode, heavy_nodes
from vgan_studio.render.plan import plan
from vgan_studio.render.pulldown import Pulldown
from vgan_studio.timeline.curve import Curve, Key
from vgan_studio.timeline.values import Clip, EffectCall, Timeline, Track, Transition

RATE = Fraction(25)
RATES = RATE, Fraction(30), Fraction(60), Fraction(24000, 1001), Fraction(30000, 1001), Fraction(7)
LUT = "LUT_3D_SIZE 2\n" + "".join(f"{r} {g} {b}\n" for b in (0, 1) for g in (0, 0.8) for r in (0.1, 1))


def picture(number, width, height):
    """The number, over a ramp and a coloured corner, so that every effect has something to do."""
    pixels = numbered(number, width, height).astype(np.int32)
    pixels += np.arange(width)[None, :, None] // 3 + np.array([0, 9, -9])
    pixels[: height // 3, : width // 3] = (30, 200, 40)
    return np.clip(pixels, 0, 255).astype(np.uint8)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with films, a look-up table, and small models that are found before the shipped ones."""
    folder = tmp_path_factory.mktemp("export")
    write_film(folder / "film.mp4", 40, tone=440, draw=picture)
    write_film(folder / "wide.mkv", 20, size=(80, 40), codec="ffv1", pix_fmt="bgr0", b_frames=0, draw=picture)
    (folder / "look.cube").write_text(LUT)
    torch.manual_seed(1)
    for name, task in (("a-small-one", "upscale"), ("another", "upscale-crisp")):
        card = Card(name, task, "compact", {"width": 8, "depth": 2, "scale": 2}, 2, 4, 1, "MIT", "a test")
        write_model(folder / f"{name}.safetensors", card, build(card))
    return folder


@pytest.fixture
def engine(folder, monkeypatch):
    monkeypatch.setenv("VGAN_MODELS", str(folder))
    return Engine("cpu", "fp32", folder / "engine.json")


def call(id, **params):
    return EffectCall(id, tuple(sorted(params.items())))


def media(folder, name="film.mp4"):
    return probe(folder / name).media()


def timeline(*tracks, size=(64, 48)):
    return Timeline(RATE, *size, tracks=tuple(Track("video", clips) for clips in tracks))


def written(path):
    with VideoReader(path) as reader:
        return [reader.at(time + Fraction(1, 100)).pixels() for time in reader.times()]


def rendered(film, engine, frames):
    renderer = Renderer(engine)
    pictures = [to_pixels(renderer.render([plan(film, frame)])[0])[0].numpy() for frame in frames]
    renderer.close()
    return pictures


def run(*args, **kwargs):
    *_, last = export(*args, **kwargs)
    return last


def lively(effect, folder):
    """A call of an effect with numbers away from their defaults, one of them a curve."""
    named = {}
    for name, param in effect.params.items():
        if isinstance(param, File) and ".cube" in param.suffixes:
            named[name] = str(folder / "look.cube")
        elif isinstance(param, Text):
            named[name] = "Ag"
        elif isinstance(param, Number) and not param.whole:
            far = param.default + (param.high - param.default) * 0.2
            named[name] = Curve((Key(0, param.default), Key(3, far)))
    if effect.id == "core.fit":
        named = {"mode": "crop"}
    return call(effect.id, **named)


def every_effect(folder):
    """A film in which every effect that there is has a clip of its own."""
    film, wide = media(folder), media(folder, "wide.mkv")
    clips, at = [], 0
    for effect in REGISTRY.values():
        source = lively(effect, folder) if effect.inputs == 0 else (film, wide)[len(clips) % 2]
        clip = Clip(len(clips) + 1, at, 3, source, Fraction(1, 5))
        if effect.inputs == 1:
            clip = replace(clip, effects=(lively(effect, folder),))
        if effect.inputs == 2:
            clip = replace(clip, transition=Transition(1, 1, lively(effect, folder), "in"))
        clips.append(clip)
        at = clip.end
    return timeline(tuple(clips), (Clip(900, 3, at - 9, call("core.title", text="Ag")),))


def test_a_lossless_export_of_every_effect_is_what_is_previewed(folder, engine, tmp_path):
    film = every_effect(folder)
    last = run(film, tmp_path / "all.mkv", engine, codec="ffv1")
    assert last.done == last.total == film.duration
    pairs = zip(written(tmp_path / "all.mkv"), rendered(film, engine, range(film.duration)), strict=True)
    worst = [int(np.abs(a.astype(int) - b).max()) for a, b in pairs]
    assert max(worst) <= 1, [(frame, by) for frame, by in enumerate(worst) if by > 1]


def test_a_bare_film_is_handed_over_unconverted(folder, engine, tmp_path):
    film = timeline((Clip(1, 0, 30, media(folder), Fraction(1, 5)),))
    assert all(isinstance(plan(film, frame), Decode) for frame in range(30))
    last = run(film, tmp_path / "bare.mp4", engine, quality=100)
    assert (last.counters.decoded, last.counters.inferred) == (30, 0)
    for a, b in zip(written(tmp_path / "bare.mp4"), rendered(film, engine, range(30)), strict=True):
        assert np.abs(a.astype(int) - b).mean() < 4


def test_pictures_stand_at_the_frames_of_the_timeline(folder, engine, tmp_path):
    film = replace(timeline((Clip(1, 0, 20, media(folder)),)), rate=Fraction(30000, 1001))
    run(film, tmp_path / "out.mp4", engine, range=(3, 19))
    with VideoReader(tmp_path / "out.mp4") as reader:
        assert reader.times() == tuple(Fraction(1001 * i, 30000) for i in range(16))


@given(st.integers(0, 500), st.integers(1, 500), st.sampled_from(RATES), st.sampled_from(RATES))
def test_at_another_rate_frames_keep_their_order_and_the_film_its_length(start, length, film, rate):
    pictures = Pulldown(start, start + length, film, rate)
    shown = [pictures.frame(i) for i in range(pictures.count)]
    assert shown[0] == start and shown == sorted(shown) and shown[-1] < start + length
    assert pictures.count == 1 or abs(pictures.count / rate - length / film) <= 1 / rate / 2
    assert all(abs(pictures.place(i) - frame) < 1 for i, frame in enumerate(shown))
    if rate == film:
        assert shown == list(range(start, start + length))


def test_a_film_of_another_rate_has_its_pictures_and_sound_at_their_times(folder, engine, tmp_path):
    film = timeline((Clip(1, 5, 25, media(folder)),))
    last = run(film, tmp_path / "out.mkv", engine, codec="ffv1", rate=Fraction(10))
    assert last.done == last.total == 12
    with VideoReader(tmp_path / "out.mkv") as reader:
        assert [round(time, 3) for time in map(float, reader.times())] == [i / 10 for i in range(12)]
    for a, b in zip(
        written(tmp_path / "out.mkv"), rendered(film, engine, [5 * i // 2 for i in range(12)]), strict=True
    ):
        assert np.abs(a.astype(int) - b).max() <= 1
    with AudioReader(tmp_path / "out.mkv", 48000, 2) as reader:
        assert reader.duration == 30 * 1920
        heard = reader.read(0, 30 * 1920)
    assert not heard[:, : 5 * 1920 - 10].any() and np.abs(heard[:, 7 * 1920 : -1920]).max() > 0.4


def test_sound_is_as_long_as_the_pictures_and_in_its_place(folder, engine, tmp_path):
    film = timeline((Clip(1, 5, 25, media(folder)),))
    run(film, tmp_path / "out.mkv", engine, codec="ffv1")
    with AudioReader(tmp_path / "out.mkv", 48000, 2) as reader:
        assert reader.duration == 30 * 1920
        heard = reader.read(0, 30 * 1920)
    assert not heard[:, : 5 * 1920 - 10].any() and np.abs(heard[:, 7 * 1920 : -1920]).max() > 0.4


def test_sound_alone_can_be_exported(folder, engine, tmp_path):
    last = run(timeline((Clip(1, 0, 25, media(folder)),)), tmp_path / "out.wav", engine)
    assert last.counters.decoded == 0
    with AudioReader(tmp_path / "out.wav", 48000, 2) as reader:
        assert reader.duration == 48000


def test_sound_that_is_too_loud_is_cut_off_and_said_once(folder, engine, tmp_path):
    film = timeline((Clip(1, 0, 40, media(folder), gain_db=20.0),))
    notes = [step.note for step in export(film, tmp_path / "out.mkv", engine, codec="ffv1") if step.note]
    assert len(notes) == 1 and "too loud" in notes[0]
    with AudioReader(tmp_path / "out.mkv", 48000, 2) as reader:
        assert np.abs(reader.read(0, 48000)).max() <= 1


def test_a_preview_size_can_be_exported(folder, engine, tmp_path):
    run(timeline((Clip(1, 0, 4, media(folder)),)), tmp_path / "out.mp4", engine, size=(32, 24))
    assert (probe(tmp_path / "out.mp4").width, probe(tmp_path / "out.mp4").height) == (32, 24)


def left_behind(folder):
    return sorted(path.name for path in folder.iterdir())


def test_closing_cancels_and_leaves_no_file_and_no_thread(folder, engine, tmp_path):
    film = timeline((Clip(1, 0, 5000, media(folder), effects=(call("filter.blur"),)),))
    engine.spread(abs, [1, 2])  # the engine's own threads stay
    before = set(threading.enumerate())  # threads of other tests may still end meanwhile
    steps = export(film, tmp_path / "out.mp4", engine)
    assert [step.total for step in islice(steps, 3)] == [5000] * 3
    steps.close()
    assert left_behind(tmp_path) == [] and not set(threading.enumerate()) - before


def test_a_failure_in_the_middle_leaves_no_file_and_no_thread(folder, engine, tmp_path):
    gone = replace(media(folder), path=str(tmp_path / "gone.mp4"))
    film = timeline((Clip(1, 0, 20, media(folder)), Clip(2, 20, 5, gone)))
    engine.spread(abs, [1, 2])  # the engine's own threads stay
    before = set(threading.enumerate())  # threads of other tests may still end meanwhile
    with pytest.raises(MediaError, match=r"gone\.mp4"):
        run(film, tmp_path / "out.mp4", engine)
    assert left_behind(tmp_path) == [] and not set(threading.enumerate()) - before


def test_an_effect_that_does_not_exist_is_a_sentence_and_leaves_no_file(folder, engine, tmp_path):
    film = timeline((Clip(1, 0, 20, media(folder), effects=(call("no.such"),)),))
    with pytest.raises(VganError, match=r"no\.such"):
        run(film, tmp_path / "out.mp4", engine)
    assert left_behind(tmp_path) == []


def test_nothing_is_no_film(engine, tmp_path):
    with pytest.raises(EditError, match="nothing to export"):
        run(timeline(()), tmp_path / "out.mp4", engine)


def test_a_source_is_never_written_over(folder, engine, tmp_path):
    film = timeline((Clip(1, 0, 20, media(folder)),))
    before = (folder / "film.mp4").read_bytes()
    with pytest.raises(MediaError):
        run(film, folder / "film.mp4", engine)
    assert (folder / "film.mp4").read_bytes() == before


def upscaled(folder):
    return timeline((Clip(1, 0, 24, media(folder), effects=(call("gan.upscale"),)),))


def test_a_second_export_asks_no_network_and_decodes_nothing(folder, engine, tmp_path):
    cache = Cache(tmp_path / "cache", 1 << 30)
    first = run(upscaled(folder), tmp_path / "a.mkv", engine, cache, codec="ffv1")
    again = run(upscaled(folder), tmp_path / "b.mkv", engine, cache, codec="ffv1")
    assert (first.counters.inferred, first.counters.misses) == (24, 24)
    assert (again.counters.inferred, again.counters.hits) == (0, 24)
    pairs = zip(written(tmp_path / "a.mkv"), written(tmp_path / "b.mkv"), strict=True)
    assert all(np.array_equal(a, b) for a, b in pairs)
    cache.close()


def test_a_preview_fills_the_cache_of_the_export(folder, engine, tmp_path):
    cache = Cache(tmp_path / "cache", 1 << 30)
    preview = Renderer(engine, cache)
    preview.render([plan(upscaled(folder), frame, 32, 24) for frame in range(24)])
    last = run(upscaled(folder), tmp_path / "a.mkv", engine, cache, codec="ffv1")
    assert (last.counters.inferred, last.counters.hits) == (0, 24)
    preview.close()
    cache.close()


KILLED = """
import os, signal, sys
from pathlib import Path
from tests import test_export as t
from vgan_studio.engine.run import Engine
from vgan_studio.render.cache import Cache
from vgan_studio.render.export import export
folder, place = Path(sys.argv[1]), Path(sys.argv[2])
engine = Engine("cpu", "fp32", folder / "engine.json")
for step in export(t.upscaled(folder), place / "out.mkv", engine, Cache(place / "cache", 1 << 30), codec="ffv1"):
    if step.done >= 10:
        os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_was_computed_before_a_kill_is_not_computed_again(folder, engine, tmp_path):
    environment = {**os.environ, "VGAN_MODELS": str(folder)}
    killed = subprocess.run([sys.executable, "-c", KILLED, str(folder), str(tmp_path)], env=environment, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert not (tmp_path / "out.mkv").exists()
    cache = Cache(tmp_path / "cache", 1 << 30)
    last = run(upscaled(folder), tmp_path / "out.mkv", engine, cache, codec="ffv1")
    assert last.counters.hits >= 10 and last.counters.inferred == 24 - last.counters.hits
    keys = Renderer(engine).keys(*(nodes := [heavy_nodes(plan(upscaled(folder), i))[0] for i in range(24)]))
    assert all(cache.has(keys[id(node)]) for node in nodes)
    cache.close()

"""Evaluation: every part once, from the cache bit for bit, never another picture."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.films import number_of, numbered, write_film
from vgan_studio.effects.spec import REGISTRY, find
from vgan_studio.engine.run import Engine
from vgan_studio.errors import EffectFault, EngineError, MediaError, ModelError
from vgan_studio.gan.weights import Card, build, write_model
from vgan_studio.media.probe import probe
from vgan_studio.picture import from_pixels, quantize, to_pixels
from vgan_studio.render.cache import Cache
from vgan_studio.render.decode import Decoder
from vgan_studio.render.evaluate import Counters, Renderer
from vgan_studio.render.node import Asset, Call, Decode, heavy_nodes
from vgan_studio.render.plan import plan
from vgan_studio.timeline.values import Clip, EffectCall, Timeline, Track

RATE = Fraction(25)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with a film, and a small model that is found before the shipped one."""
    folder = tmp_path_factory.mktemp("render")
    write_film(folder / "film.mp4", 60)
    torch.manual_seed(1)
    card = Card("a-small-one", "upscale", "compact", {"width": 8, "depth": 2, "scale": 2}, 2, 4, 1, "MIT", "a test")
    write_model(folder / "a-small-one.safetensors", card, build(card))
    return folder


@pytest.fixture(scope="module")
def media(folder):
    return probe(folder / "film.mp4").media()


@pytest.fixture
def engine(folder, monkeypatch):
    monkeypatch.setenv("VGAN_MODELS", str(folder))
    return Engine("cpu", "fp32", folder / "engine.json")


def call(id, **params):
    return EffectCall(id, tuple(sorted(params.items())))


def timeline(media, *effects, **clip):
    clip = Clip(1, 0, 60, media, effects=effects, **clip)
    return Timeline(RATE, media.width, media.height, tracks=(Track("video", (clip,)),))


def shown(picture):
    return number_of(to_pixels(picture)[0].numpy())


def test_a_decode_shows_the_frame_of_the_file(engine, media):
    renderer = Renderer(engine)
    film = timeline(media)
    pictures = renderer.render([plan(film, frame) for frame in (7, 0, 59, 8)])
    assert [shown(picture) for picture in pictures] == [7, 0, 59, 8]
    assert all(picture.shape == (1, 4, 48, 64) and (picture[:, 3] == 1).all() for picture in pictures)
    renderer.close()


def test_equal_parts_are_computed_once(engine, media):
    film = timeline(media, call("gan.upscale"))
    renderer = Renderer(engine)
    a, b, c = renderer.render([plan(film, 3), plan(film, 3), plan(film, 4)])
    assert torch.equal(a, b) and not torch.equal(a, c)
    assert renderer.counters == Counters(decoded=2, inferred=2, misses=2)
    renderer.close()


def test_a_hit_is_the_miss_bit_for_bit_and_decodes_nothing(engine, media, tmp_path):
    nodes = [heavy_nodes(plan(timeline(media, call("gan.upscale")), frame))[0] for frame in (1, 2)]
    cache = Cache(tmp_path, 1 << 30)
    missed, hit = Renderer(engine, cache), Renderer(engine, cache)
    first, again = missed.render(nodes), hit.render(nodes)
    assert all(torch.equal(a, b) and torch.equal(a, quantize(a)) for a, b in zip(first, again, strict=True))
    assert missed.counters == Counters(decoded=2, inferred=2, misses=2)
    assert hit.counters == Counters(hits=2)
    assert missed.render(nodes)[0].stride() == again[0].stride()
    cache.close()


def test_a_hit_keeps_transparency_bit_for_bit(engine, tmp_path):
    veil = Call("core.color", (("color", (1.0, 0.4, 0.2, 0.37)), ("height", 6), ("width", 8)))
    model = Asset("upscale", engine.model("upscale").card.digest)
    texture = Asset("upscale-crisp", "")
    params = (("crisp", 0.0), ("model", model), ("quality", "fast"), ("scale", "2"))
    node = Call("gan.upscale", (*params, ("texture", texture)), (veil,))
    cache = Cache(tmp_path, 1 << 30)
    (first,), (again,) = Renderer(engine, cache).render([node]), Renderer(engine, cache).render([node])
    assert torch.equal(first, again) and first[0, 3, 0, 0] == round(0.37 * 255) / 255
    cache.close()


@pytest.mark.parametrize("cached", [False, True])
@pytest.mark.parametrize("effects", [("gan.upscale",), ("gan.upscale", "filter.blur"), ("filter.blur",)])
@pytest.mark.parametrize(("depth", "alpha"), [(8, False), (8, True), (16, False)])
def test_the_pixels_of_a_request_are_those_of_its_pictures(engine, media, tmp_path, cached, effects, depth, alpha):
    nodes = [*planned(media, effects), *(part for node in planned(media, effects) for part in heavy_nodes(node))]
    renderer = Renderer(engine, Cache(tmp_path, 1 << 24) if cached else None, memory_bytes=0)
    for _ in range(2):  # the second time some are in the cache
        wanted = [to_pixels(picture, depth=depth, alpha=alpha)[0].numpy() for picture in renderer.render(nodes)]
        found = renderer.pixels(nodes, depth=depth, alpha=alpha)
        assert [one.dtype for one in found] == [one.dtype for one in wanted]
        assert all(np.array_equal(a, b) for a, b in zip(found, wanted, strict=True))
    renderer.close()


def planned(media, effects):
    film = timeline(media, *map(call, effects))
    return [plan(film, frame) for frame in (1, 2)]


def test_a_damaged_entry_is_computed_anew(engine, media, tmp_path):
    node = plan(timeline(media, call("gan.upscale")), 5)
    cache = Cache(tmp_path, 1 << 30)
    (first,) = Renderer(engine, cache).render([node])
    (entry,) = tmp_path.glob("??/*.picture")
    entry.write_bytes(entry.read_bytes()[:-3])
    renderer = Renderer(engine, cache)
    (again,) = renderer.render([node])
    assert torch.equal(first, again)
    assert renderer.counters == Counters(decoded=1, inferred=1, misses=1, damaged=1)
    cache.close()


def test_live_parameters_ask_no_network_again(engine, media):
    renderer = Renderer(engine)
    for strength in (1.0, 0.5, 0.25, 0.0):
        renderer.render([plan(timeline(media, call("gan.upscale", strength=strength)), 5)])
    assert renderer.counters.inferred == 1
    renderer.close()


def test_what_is_missing_is_what_a_network_would_be_asked_for(engine, media, tmp_path):
    cache = Cache(tmp_path, 1 << 30)
    node = plan(timeline(media, call("gan.upscale"), call("gan.upscale")), 5)
    inner, outer = heavy_nodes(node)
    renderer = Renderer(engine, cache)
    assert set(renderer.missing(node)) == {inner, outer} and not renderer.missing(inner.inputs[0])
    renderer.render([inner])
    assert renderer.missing(node) == (outer,)
    renderer.render([node])
    assert renderer.missing(node) == () == Renderer(engine, cache).missing(node)
    renderer.close()
    cache.close()


def test_neighbouring_windows_share_what_is_decoded(engine, media):
    film = timeline(media, call("filter.temporal_mean"))
    renderer = Renderer(engine)
    for frame in range(20, 30):
        renderer.render([plan(film, frame)])
    assert renderer.counters.decoded == 10 + 4
    renderer.close()


def naive(engine, node):
    """Evaluate without batches, sharing or memory."""
    if isinstance(node, Decode):
        with Decoder() as decoder:
            return from_pixels(torch.from_numpy(decoder.picture(node).pixels())[None])
    return find(node.effect).render(*(naive(engine, part) for part in node.inputs), **dict(node.params))


light = st.sampled_from(
    [
        call("color.exposure", stops=0.5),
        call("color.saturation", saturation=0.2),
        call("geometry.flip", horizontal=True),
        call("geometry.transform", rotation=12.0),
        call("filter.temporal_mean"),
        call("filter.grain"),
        call("core.fit", mode="crop"),
    ]
)


@given(st.lists(light, max_size=3), st.lists(st.integers(0, 59), min_size=1, max_size=4))
@settings(max_examples=15, deadline=None)
def test_a_request_is_the_same_as_its_pictures_one_by_one(folder_of, effects, frames):
    engine, media = folder_of
    nodes = [plan(timeline(media, *effects), frame, 40, 40) for frame in frames]
    renderer = Renderer(engine)
    together = renderer.render(nodes)
    renderer.close()
    for node, picture in zip(nodes, together, strict=True):
        assert torch.allclose(picture, naive(engine, node), atol=1e-6)


@pytest.fixture(scope="module")
def folder_of(folder, media):
    return Engine("cpu", "fp32", folder / "engine.json"), media


def test_a_missing_file_is_a_sentence(engine, media):
    gone = replace(media, path="/no/such/film.mp4")
    with pytest.raises(MediaError, match=r"film\.mp4"):
        Renderer(engine).render([Decode(gone, Fraction(0))])


def test_a_file_that_is_another_one_now_is_refused(engine, media, tmp_path):
    other = write_film(tmp_path / "film.mp4", 5, draw=lambda i, w, h: 255 - numbered(i, w, h))
    with pytest.raises(MediaError, match="is not the file it was"):
        Renderer(engine).render([Decode(replace(media, path=str(other)), Fraction(0))])


def test_a_file_that_is_cut_short_while_it_is_open_is_a_sentence_and_never_a_held_picture(media, tmp_path):
    own = replace(media, path=str(tmp_path / "own.mp4"))
    data = Path(media.path).read_bytes()
    Path(own.path).write_bytes(data)
    with Decoder() as decoder:
        decoder.picture(Decode(own, Fraction(1, 50)))
        Path(own.path).write_bytes(data[: len(data) * 6 // 10])
        with pytest.raises(MediaError, match="is not the file it was"):
            decoder.picture(Decode(own, Fraction(115, 50)))
        Path(own.path).write_bytes(data)
        assert number_of(decoder.picture(Decode(own, Fraction(115, 50))).pixels()) == 57


def test_a_file_that_goes_away_while_it_is_open_is_read_on(media, tmp_path):
    own = replace(media, path=str(tmp_path / "own.mp4"))
    Path(own.path).write_bytes(Path(media.path).read_bytes())
    with Decoder() as decoder:
        decoder.picture(Decode(own, Fraction(1, 50)))
        Path(own.path).unlink()
        assert number_of(decoder.picture(Decode(own, Fraction(11, 50))).pixels()) == 5


def test_a_moved_file_has_the_same_key_and_picture(engine, media, tmp_path):
    moved = tmp_path / "moved.mp4"
    moved.write_bytes(Path(media.path).read_bytes())
    nodes = [Decode(m, Fraction(1)) for m in (media, replace(media, path=str(moved)))]
    renderer = Renderer(engine)
    a, b = renderer.render(nodes)
    assert torch.equal(a, b) and renderer.counters.decoded == 1
    renderer.close()


def test_a_model_that_changed_since_the_plan_is_refused(engine, media):
    node = plan(timeline(media, call("gan.upscale")), 5)
    (heavy,) = heavy_nodes(node)
    stale = tuple((name, Asset("upscale", "0" * 64) if name == "model" else value) for name, value in heavy.params)
    with pytest.raises(ModelError, match="changed"):
        Renderer(engine).render([replace(heavy, params=stale)])


def test_only_so_many_readers_stay_open(media, tmp_path):
    copies = [tmp_path / f"{i}.mp4" for i in range(5)]
    for copy in copies:
        copy.write_bytes(Path(media.path).read_bytes())
    with Decoder(most=2) as decoder:
        for round_trip in range(2):
            for i, copy in enumerate(copies):
                node = Decode(replace(media, path=str(copy)), Fraction(2 * i + 1, 50))
                assert number_of(decoder.picture(node).pixels()) == i, round_trip
                assert len(decoder._open) <= 2


def test_two_places_of_a_file_have_a_reader_each(media):
    far = replace(media, duration=Fraction(100))
    with Decoder() as decoder:
        for i in range(4):
            for time in (Fraction(2 * i + 1, 50), Fraction(2 * i + 1, 50) + 90):
                decoder.picture(Decode(far, time))
        assert len(decoder._open) == 2


def test_more_than_8_bits_come_through(engine, tmp_path):
    path = write_film(tmp_path / "deep.mkv", 3, codec="ffv1", pix_fmt="yuv420p10le", b_frames=0)
    node = Decode(probe(path).media(), Fraction(1, 25))
    with Decoder() as decoder:
        assert decoder.pixels(node).dtype == np.uint16
    renderer = Renderer(engine)
    (picture,) = renderer.render([node])
    assert shown(picture) == 1
    renderer.close()


def failing(monkeypatch, work):
    """Let the effect *Blur* do something else."""
    monkeypatch.setitem(REGISTRY, "filter.blur", replace(find("filter.blur"), render=work))


def too_much(x, **params):
    return torch.empty(1 << 47).expand_as(x)


def too_much_for_windows(x, **params):
    raise RuntimeError(
        "[enforce fail at alloc_cpu.cpp:116] DefaultCPUAllocator: not enough memory: you tried to allocate"
    )


def wrong(x, **params):
    return x @ torch.zeros(3, 3)


@pytest.mark.parametrize("work", [too_much, too_much_for_windows])
def test_a_light_effect_that_finds_no_memory_says_so_and_is_no_fault_of_ours(engine, media, monkeypatch, work):
    failing(monkeypatch, work)
    with pytest.raises(EngineError, match=r"^Blur needs more memory than there is\.$"):
        Renderer(engine).render([plan(timeline(media, call("filter.blur")), 3)])


def test_an_effect_that_does_not_fit_its_picture_is_a_fault_of_ours(engine, media, monkeypatch):
    failing(monkeypatch, wrong)
    with pytest.raises(EffectFault, match="Blur failed by a fault of the program"):
        Renderer(engine).render([plan(timeline(media, call("filter.blur")), 3)])

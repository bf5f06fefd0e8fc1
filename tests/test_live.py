"""Live GAN effects: who goes first, what is dropped, what the bar says, what a crash leaves."""

import threading
import time
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.films import write_film
from vgan_studio.engine.run import Engine
from vgan_studio.engine.turns import Cancelled, Turns
from vgan_studio.errors import EngineError
from vgan_studio.render.cache import Cache
from vgan_studio.render.claims import Claims
from vgan_studio.render.cover import Cover, State
from vgan_studio.render.crop import crop
from vgan_studio.render.evaluate import Renderer
from vgan_studio.render.flicker import flickering
from vgan_studio.render.plan import plan
from vgan_studio.service import gestures
from vgan_studio.service import watch as watch_module
from vgan_studio.service.cost import measuring
from vgan_studio.service.document import empty_film
from vgan_studio.service.importing import look
from vgan_studio.service.requests import Tools
from vgan_studio.service.watch import Watch
from vgan_studio.timeline import edit
from vgan_studio.timeline.curve import Curve, Key
from vgan_studio.timeline.effects import add_effect, set_param
from vgan_studio.timeline.trim import slip, trim_head
from vgan_studio.timeline.values import EffectCall

ROOM = 1 << 30


@pytest.fixture(scope="module")
def film(tmp_path_factory):
    return write_film(tmp_path_factory.mktemp("film") / "a.mkv", 30, size=(64, 48), codec="ffv1", b_frames=0)


@pytest.fixture(scope="module")
def cut(film):
    media = look(film).media
    return gestures.place(gestures.add_all(empty_film(), [media]), [media], 0, 0)


@pytest.fixture(scope="module")
def live(cut):
    return add_effect(cut, cut.tracks[0].clips[0].id, EffectCall("gan.upscale"))


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    engine = Engine("cpu", memory=tmp_path_factory.mktemp("engine") / "engine.json")
    yield engine
    engine.close()


def test_the_highest_rank_that_waits_has_the_next_turn():
    turns, order, ready = Turns(), [], threading.Barrier(4)

    def wait(rank):
        ready.wait()
        with turns.turn(rank):
            order.append(rank)

    threads = [threading.Thread(target=wait, args=(rank,)) for rank in (0, 2, 1)]
    with turns.turn(5):
        for thread in threads:
            thread.start()
        ready.wait()
        while len(turns._waiting) < 3:
            time.sleep(0.001)
    for thread in threads:
        thread.join()
    assert order == [2, 1, 0]


def test_a_higher_rank_goes_first_between_two_tiles():
    turns, order = Turns(), []
    other = threading.Thread(target=lambda: _with(turns, 3, lambda: order.append("shown")))
    with turns.turn(0):
        other.start()
        while not turns._waiting:
            time.sleep(0.001)
        turns.between(0)
        order.append("export")
    other.join()
    assert order == ["shown", "export"]


def _with(turns, rank, do):
    with turns.turn(rank):
        do()


def test_who_waits_for_a_device_that_does_not_answer_is_told():
    turns = Turns()
    with turns.turn(0):
        said = []

        def wait():
            with pytest.raises(EngineError, match="silent"):
                _with(turns, 9, lambda: None)
            said.append(True)

        thread = threading.Thread(target=wait)
        thread.start()
        turns.give_up("silent")
        thread.join()
    assert said


def test_a_cancelled_run_ends_before_its_next_tile(engine):
    model = engine.model("upscale")
    tiles = []

    def check():
        tiles.append(1)
        if len(tiles) == 2:
            raise Cancelled

    x = torch.rand(1, 3, 1100, 40)  # more rows than a tile has
    with engine.asking(1, check), pytest.raises(Cancelled):
        engine.run(model, x.repeat(4, 1, 1, 1))
    assert len(tiles) == 2
    assert engine.run(model, x[..., :64, :]).shape == (1, 3, 128, 80), "the next one is served"


def test_two_threads_never_compute_the_same_picture(engine, live, tmp_path):
    cache = Cache(tmp_path, ROOM)
    renderers = [Renderer(engine, cache) for _ in range(2)]
    threads = [threading.Thread(target=lambda r=r: [r.render([plan(live, f)]) for f in range(4)]) for r in renderers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(one.counters.inferred for one in renderers) == 4
    for one in renderers:
        one.close()
    cache.close()


class Overtaken(Cache):
    """A cache in which others make a picture right after one did not find it, before it is claimed."""

    def get(self, key):
        found = super().get(key)
        if found is None and (others := self.__dict__.pop("others", None)):
            others()
        return found


def test_a_picture_that_another_thread_made_just_before_it_was_claimed_is_not_computed_again(engine, live, tmp_path):
    cache = Overtaken(tmp_path, ROOM)
    one, other = Renderer(engine, cache), Renderer(engine, cache)
    cache.others = lambda: other.render([plan(live, 2)])
    (late,) = one.render([plan(live, 2)])
    assert (other.counters.inferred, one.counters.inferred) == (1, 0)
    (again,) = other.render([plan(live, 2)])
    assert torch.equal(late, again)
    for renderer in (one, other):
        renderer.close()
    cache.close()


def test_a_claim_is_waited_for_and_the_wait_can_be_ended():
    claims = Claims()

    def stop():
        raise Cancelled

    with claims.held(["a"], stop):
        assert "a" in claims
        with pytest.raises(Cancelled), claims.held(["a", "b"], stop):
            pass
        assert "b" not in claims
    assert "a" not in claims


EDITS = ("trim", "split", "move", "slip", "strength", "crisp", "undo", "double")


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(data=st.data())
def test_the_bar_says_what_the_cache_answers_whatever_is_edited(tmp_path_factory, engine, live, data):
    cache = Cache(tmp_path_factory.mktemp("cache"), ROOM)
    renderer = Renderer(engine, cache, memory_bytes=0)
    cover = Cover(renderer.keys, cache)
    film, past = live, [live]
    for _ in range(data.draw(st.integers(1, 6))):
        film = _edited(data, film, past)
        past.append(film)
        frames = list(range(0, film.duration, 3))
        for frame in data.draw(st.lists(st.sampled_from(frames), max_size=3)):
            for key in _keys(renderer, film, frame):
                if data.draw(st.booleans()):
                    cache.put(key, np.zeros((3, 2, 2), np.uint8))
                else:
                    (cache.folder / key[:2] / f"{key}.picture").unlink(missing_ok=True)
        for frame in frames:
            asked = renderer.missing(plan(film, frame))
            state = cover.state(film, frame)
            assert (state in (State.WAITING, State.STALE)) == bool(asked)
            assert (state is State.LIVE) == (not _keys(renderer, film, frame))
    renderer.close()
    cache.close()


def _keys(renderer, film, frame):
    node = plan(film, frame)
    keys = renderer.keys(node)
    return [keys[id(one)] for one in renderer.missing(node)] or [
        key for key, _ in Cover(renderer.keys, renderer._cache).tops(film, frame)
    ]


def _edited(data, film, past):
    clips = film.tracks[0].clips
    clip = data.draw(st.sampled_from(clips))
    number = data.draw(st.integers(1, 5))
    what = data.draw(st.sampled_from(EDITS))
    try:
        return {
            "trim": lambda: trim_head(film, clip.id, clip.start + number),
            "split": lambda: edit.split(film, clip.id, clip.start + number),
            "move": lambda: edit.move(film, clip.id, 0, film.duration + number),
            "slip": lambda: slip(film, clip.id, number),
            "strength": lambda: set_param(film, clip.id, 0, "strength", number / 10),
            "crisp": lambda: set_param(film, clip.id, 0, "crisp", number / 5),
            "undo": lambda: past[-1],
            "double": lambda: gestures.duplicate(film, [clip.id]),
        }[what]()
    except Exception as error:
        if type(error).__name__ not in ("EditError", "EffectError"):
            raise
        return film


def test_a_frame_that_was_ready_before_its_effect_was_changed_is_stale(engine, live, tmp_path):
    cache = Cache(tmp_path, ROOM)
    renderer = Renderer(engine, cache, memory_bytes=0)
    cover = Cover(renderer.keys, cache)
    assert cover.state(live, 2) is State.WAITING
    renderer.render([plan(live, 2)])
    assert cover.state(live, 2) is State.CACHED
    changed = set_param(live, live.tracks[0].clips[0].id, 0, "crisp", 1.0)
    assert [cover.state(changed, frame) for frame in (2, 3)] == [State.STALE, State.WAITING]
    (key, _), *_ = cover.tops(changed, 3)
    cover.failed[key] = "no"
    assert cover.state(changed, 3) is State.FAILED
    with cache.claims.held([key], lambda: None):
        assert cover.state(changed, 3) is State.COMPUTING
    renderer.close()
    cache.close()


def test_what_is_kept_is_never_dropped_for_want_of_room(tmp_path):
    cache = Cache(tmp_path, ROOM)
    noise = np.random.default_rng(1).integers(0, 256, (12, 3, 40, 40), dtype=np.uint8)
    names = [f"{number:064x}" for number in range(12)]
    for name, levels in zip(names[:4], noise, strict=False):
        cache.put(name, levels)
    cache.keep("a film", names[:2])
    cache.limit(cache.size_bytes + 10)
    for name, levels in zip(names[4:], noise[4:], strict=False):
        cache.put(name, levels)
    assert [cache.has(name) for name in names[:4]] == [True, True, False, False]
    assert cache.keeps("a film") and cache.size_of(names[:2]) > 0
    cache.keep("a film", [])
    cache.limit(0)
    assert not cache.keeps("a film") and cache.size_bytes == 0
    cache.close()


def test_a_part_at_100_percent_is_that_part_of_the_whole(engine, live):
    whole = Renderer(engine, None)
    part, plain = crop(whole, live, 3, (0.4, 0.6), 24)
    film = replace(live, width=128, height=96)  # as large as the network makes it, so nothing is fitted
    picture = (whole.render([plan(film, 3)])[0][0, :3] * 255).round().permute(1, 2, 0).numpy()
    top, left = round(0.6 * 96) - 12, round(0.4 * 128) - 12
    apart = np.abs(picture[top : top + 24, left : left + 24] - part)
    assert part.shape == plain.shape == (24, 24, 3)
    assert apart.max() <= 2, apart.max()
    whole.close()


def test_what_rendering_costs_is_measured_on_the_film_s_own_frames(engine, live, tmp_path):
    cache = Cache(tmp_path, ROOM)
    renderer = Renderer(engine, cache, memory_bytes=0)
    tools = Tools(engine, cache, Cover(renderer.keys, cache))
    *_, cost = measuring(live, range(30), tools)
    assert (cost.frames, cost.measured) == (30, 2)
    assert cost.seconds > 0 and cost.fits
    assert cost.disk_bytes == pytest.approx(30 * cache.size_bytes / 2, rel=0.5)
    *_, again = measuring(live, range(14, 17), tools)
    assert again.frames == 1, "what was measured is in the cache"
    renderer.close()
    cache.close()


@pytest.mark.parametrize(("speed", "stabilise", "asked"), [(Fraction(1, 2), 0.0, 16), (Fraction(1), 0.5, 18)])
def test_what_frames_share_is_paid_for_once(engine, cut, tmp_path, speed, stabilise, asked):
    id = cut.tracks[0].clips[0].id
    call = EffectCall("gan.upscale", (("stabilise", stabilise),))
    film = add_effect(gestures.set_speeds(cut, [id], speed), id, call)
    cache = Cache(tmp_path, ROOM)
    renderer = Renderer(engine, cache, memory_bytes=0)
    tools = Tools(engine, cache, Cover(renderer.keys, cache))
    frames = range(4, 4 + int(16 / speed))
    *_, cost = measuring(film, frames, tools)
    for frame in frames:
        renderer.render(renderer.unkept(plan(film, frame)))
    made = len(list(cache.folder.glob("??/*.picture")))
    assert (cost.frames, made) == (len(frames), asked + (16 if stabilise else 0))
    assert cost.disk_bytes == pytest.approx(cache.size_bytes, rel=0.3)
    renderer.close()
    cache.close()


def test_a_result_that_flickers_is_told_from_its_steady_source(cut, tmp_path):
    source = EffectCall("core.color", (("color", (0.4, 0.5, 0.6, 1.0)),))
    still = gestures.generate(replace(cut, width=64, height=48), source, 40, 1)
    clip = next(clip for track in still.tracks for clip in track.clips if clip.source == source)
    curve = Curve(tuple(Key(frame, 0.5 * (frame % 2), "hold") for frame in range(6)))
    film = add_effect(still, clip.id, EffectCall("color.exposure", (("stops", curve),)))
    renderer = Renderer(Engine("cpu", memory=tmp_path / "engine.json"))
    *_, found = flickering(renderer, film, still, range(40, 46))
    assert found.source == 0 and found.result > 1
    assert {step.frame for step in found.worst()} == set(range(41, 46))
    renderer.close()


def test_the_watch_tells_the_states_of_what_can_be_seen(qtbot, engine, live, tmp_path):
    cache = Cache(tmp_path, ROOM)
    renderer = Renderer(engine, cache, memory_bytes=0)
    tools = Tools(engine, cache, Cover(renderer.keys, cache))
    watch = Watch(lambda: tools)
    bars, uses = [], []
    watch.seen.connect(bars.append)
    watch.used.connect(uses.append)
    watch.start()
    watch.show(live, 0, 100)
    watch.own("a film", keep=True)
    qtbot.waitUntil(lambda: bool(bars))
    assert set(bars[-1].states) == {State.WAITING} and len(bars[-1].states) == live.duration
    renderer.render([plan(live, 4)])
    qtbot.waitUntil(lambda: bars[-1].states[4] == State.CACHED)
    qtbot.waitUntil(lambda: bool(uses) and uses[-1].waiting == 29)
    assert cache.keeps("a film") and uses[-1].film_bytes == cache.size_bytes > 0
    cache.clear()
    qtbot.waitUntil(lambda: bars[-1].states[4] == State.WAITING)
    watch.stop()
    renderer.close()
    cache.close()


def test_a_steadied_effect_is_ready_once_its_steady_picture_is_kept(engine, cut, tmp_path):
    call = EffectCall("gan.upscale", (("stabilise", 0.5),))
    film = add_effect(cut, cut.tracks[0].clips[0].id, call)
    cache = Cache(tmp_path, ROOM)
    renderer = Renderer(engine, cache, memory_bytes=0)
    cover = Cover(renderer.keys, cache)
    assert cover.state(film, 3) is State.WAITING
    renderer.render(renderer.unkept(plan(film, 3)))
    assert cover.state(film, 3) is State.CACHED
    assert renderer.counters.inferred == 3, "of the frame and of its neighbours"
    renderer.close()
    cache.close()


def test_where_more_frames_can_be_seen_than_asked_at_once_none_is_hidden_by_its_neighbours(
    tmp_path, engine, live, monkeypatch
):
    monkeypatch.setattr(watch_module, "MOST", 6)
    cache = Cache(tmp_path / "cache", ROOM)
    renderer = Renderer(engine, cache, memory_bytes=0)
    cover = Cover(renderer.keys, cache)
    keys = [[key for key, _ in cover.tops(live, frame)] for frame in range(live.duration)]
    for key in {key for frame, some in enumerate(keys) if frame != 7 for key in some}:
        cache.put(key, np.zeros((3, 2, 2), np.uint8))
    seen = []
    watch = Watch(lambda: None)
    watch.seen.connect(lambda bar: seen.append(bar.states))
    wish, tools = (live, 0, live.duration), Tools(engine, cache, cover)
    while watch._see(tools, wish):
        pass
    assert list(seen[0]) == [State.CACHED] * 6, "at first the frames 0, 5, 10, ... are asked"
    assert list(seen[-1]) == [State.CACHED, State.WAITING, *[State.CACHED] * 4], "7 lies between 5 and 9"
    for key in keys[7]:
        cache.put(key, np.zeros((3, 2, 2), np.uint8))
    assert not watch._see(tools, wish)
    watch.look()
    while watch._see(tools, wish):
        pass
    assert list(seen[-1]) == [State.CACHED] * 6
    renderer.close()
    cache.close()

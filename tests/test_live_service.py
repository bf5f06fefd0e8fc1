"""The inference service at work: who goes first, what is shown meanwhile, and what is never computed twice."""

import threading
import time

import pytest

from tests.films import write_film
from vgan_studio.engine import run
from vgan_studio.engine.run import Engine
from vgan_studio.render.cover import State
from vgan_studio.service import gestures, worker
from vgan_studio.service.background import Queue
from vgan_studio.service.document import empty_film
from vgan_studio.service.exporting import Order, exporting
from vgan_studio.service.importing import look
from vgan_studio.service.inference import InferenceService, Request
from vgan_studio.service.requests import Peek, Task
from vgan_studio.timeline.effects import add_effect, set_param
from vgan_studio.timeline.values import EffectCall

COUNT = 16


class Held(Engine):
    """An engine whose networks wait at each call until they are let through."""

    def __init__(self, memory):
        super().__init__("cpu", memory=memory)
        self.gate, self.reached, self.runs = threading.Event(), threading.Event(), 0
        self.gate.set()

    def _run_with(self, load, model, ready, x):
        self.runs += 1
        self.reached.set()
        assert self.gate.wait(600)
        return super()._run_with(load, model, ready, x)


@pytest.fixture(scope="module")
def cut(tmp_path_factory):
    film = write_film(tmp_path_factory.mktemp("film") / "a.mkv", COUNT, size=(64, 48), codec="ffv1", b_frames=0)
    media = look(film).media
    return gestures.place(gestures.add_all(empty_film(), [media]), [media], 0, 0)


@pytest.fixture(scope="module")
def live(cut):
    return add_effect(cut, cut.tracks[0].clips[0].id, EffectCall("gan.upscale"))


@pytest.fixture
def service(qapp, tmp_path):
    engine = Held(tmp_path / "engine.json")
    service = InferenceService(tmp_path / "cache", engine=lambda device: engine)
    service.held = engine
    service.shown, service.states = [], []
    service.ready.connect(service.shown.append)
    service.state.connect(lambda state, words: service.states.append((state, words)))
    service.start()
    yield service
    engine.gate.set()
    service.stop()


def final(service, frame):
    return [one for one in service.shown if one.final and one.frame == frame]


def test_a_picture_goes_before_the_frames_of_the_background(service, qtbot, live):
    service.held.gate.clear()
    service.follow(live)
    service.render(range(COUNT))
    assert service.held.reached.wait(60)
    service.request(Request(live, 9, 64, 48))
    service.held.gate.set()
    qtbot.waitUntil(lambda: bool(final(service, 9)))
    assert service.queue.progress.done < COUNT // 2
    qtbot.waitUntil(lambda: service.queue.progress.done == COUNT)
    tools = service.tools()
    assert {tools.cover.state(live, frame) for frame in range(COUNT)} == {State.CACHED}
    assert service.counters.inferred == COUNT, "no frame was computed twice"


def test_a_slider_downstream_of_the_network_lets_it_finish(service, qtbot, live):
    service.held.gate.clear()
    service.request(Request(live, 0, 64, 48))
    assert service.held.reached.wait(60)
    id = live.tracks[0].clips[0].id
    for number in range(1, 10):
        service.request(Request(set_param(live, id, 0, "strength", number / 10), 0, 64, 48, generation=number))
        time.sleep(0.002)
    service.held.gate.set()
    qtbot.waitUntil(lambda: any(one.final and one.generation == 9 for one in service.shown))
    assert service.held.runs == 1


def test_what_nobody_waits_for_any_more_is_never_begun(service, qtbot, live):
    service.request(Request(live, 0, 64, 48))
    qtbot.waitUntil(lambda: bool(final(service, 0)))
    service.held.reached.clear()
    service.held.gate.clear()
    service.request(Request(live, 1, 64, 48))
    service.queue.near(None)
    assert service.held.reached.wait(60)
    for frame in range(2, 14):
        service.request(Request(live, frame, 64, 48))
    service.queue.near(None)
    service.held.gate.set()
    qtbot.waitUntil(lambda: bool(final(service, 13)))
    assert {one.frame for one in service.shown} <= {0, 1, 13, *range(0)}


def test_around_a_playhead_that_rests_frames_are_made_ready(service, qtbot, live):
    service.follow(live)
    service.request(Request(live, 5, 64, 48))
    cover = service.tools().cover
    qtbot.waitUntil(lambda: all(cover.state(live, f) is State.CACHED for f in range(2, 14)))
    qtbot.waitUntil(lambda: service.states[-1][0] == "idle")
    assert cover.state(live, 15) is State.WAITING, "the rest is left until it is wished for"
    service.rest_after(0.05)
    qtbot.waitUntil(lambda: cover.state(live, 15) is State.CACHED)


def test_a_change_of_the_last_of_two_effects_makes_the_neighbours_ready_anew(service, qtbot, live):
    id = live.tracks[0].clips[0].id
    both = add_effect(live, id, EffectCall("gan.denoise"))
    cover = service.tools().cover
    for film in (both, set_param(both, id, 1, "sigma", 20.0)):
        service.follow(film)
        service.request(Request(film, 5, 64, 48))
        qtbot.waitUntil(lambda film=film: all(cover.state(film, f) is State.CACHED for f in range(2, 14)))


def test_frames_that_were_ready_before_do_not_make_the_rest_seem_quick(live):
    queue = Queue()
    queue.add(range(100))
    for frame in range(50):
        queue.ended(Task(live, frame, "range"), 0.0)
    assert queue.progress.seconds_left is None
    queue.ended(Task(live, 50, "range"), 2.0)
    assert (queue.progress.done, queue.progress.seconds_left) == (51, 98.0)


def test_an_export_of_what_is_ready_asks_no_network(service, qtbot, live, tmp_path):
    service.follow(live)
    service.render(range(COUNT))
    qtbot.waitUntil(lambda: service.queue.progress.done == COUNT)
    order = Order(tmp_path / "out.mkv", "ffv1", 80, (0, COUNT), (64, 48))
    *progress, _ = exporting(live, order, service.tools)
    assert progress[-1].counters.inferred == 0 and progress[-1].done == COUNT


def test_an_export_lets_pictures_go_first_and_computes_none_twice(service, qtbot, live, tmp_path):
    service.request(Request(gestures.bypassed(live), 0, 64, 48))
    tools = service.tools()
    service.held.gate.clear()
    order = Order(tmp_path / "out.mkv", "ffv1", 80, (0, COUNT), (64, 48))
    done = []
    thread = threading.Thread(target=lambda: done.extend(exporting(live, order, service.tools)))
    thread.start()
    assert service.held.reached.wait(60)
    service.request(Request(live, COUNT - 1, 64, 48))
    service.held.gate.set()
    qtbot.waitUntil(lambda: bool(final(service, COUNT - 1)))
    thread.join()
    exported = done[-2].counters.inferred
    assert exported + service.counters.inferred == COUNT == sum(tools.cache.has(k) for k in keys(tools, live))


def keys(tools, film):
    return tools.cover.keys(film, range(COUNT))


def test_a_slow_network_that_keeps_the_size_shows_a_reduced_picture_first(service, qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr(worker, "_WORTH_S", 0.0)
    monkeypatch.setattr(worker, "_REDUCED", 30)
    film = write_film(tmp_path / "b.mkv", 3, size=(160, 120), codec="ffv1", b_frames=0)
    media = look(film).media
    cut = gestures.place(gestures.add_all(empty_film(), [media]), [media], 0, 0)
    noisy = add_effect(cut, cut.tracks[0].clips[0].id, EffectCall("gan.denoise"))
    service.request(Request(noisy, 1, 160, 120))
    qtbot.waitUntil(lambda: bool(final(service, 1)))
    assert [(one.lacking, one.reduced, one.final) for one in service.shown] == [
        (("Denoise",), (), False), ((), ("Denoise",), False), ((), (), True)
    ]  # fmt: skip
    tools = service.tools()
    assert service.counters.inferred == 1 == len(list(tools.cache.folder.glob("??/*.picture"))), "it is not kept"


def test_pausing_ends_what_is_at_work_and_going_on_shows_it(service, qtbot, live):
    service.held.gate.clear()
    service.request(Request(live, 3, 64, 48))
    assert service.held.reached.wait(60)
    service.pause(True)
    service.held.gate.set()
    qtbot.waitUntil(lambda: bool(service.states) and service.states[-1][0] == "paused")
    service.pause(False)
    qtbot.waitUntil(lambda: bool(final(service, 3)))


@pytest.mark.parametrize(
    ("stack", "first"),
    [(("gan.upscale", "gan.denoise"), True), (("gan.upscale",), False), (("core.fit", "gan.denoise"), False)],
)
def test_a_reduced_picture_comes_first_only_where_it_shows_more_than_the_original(
    service, qtbot, tmp_path, monkeypatch, stack, first
):
    monkeypatch.setattr(worker, "_WORTH_S", 0.0)
    monkeypatch.setattr(worker, "_REDUCED", 30)
    film = write_film(tmp_path / "b.mkv", 3, size=(160, 120), codec="ffv1", b_frames=0)
    media = look(film).media
    cut = gestures.place(gestures.add_all(empty_film(), [media]), [media], 0, 0)
    for effect in stack:
        cut = add_effect(cut, cut.tracks[0].clips[0].id, EffectCall(effect))
    service.request(Request(cut, 1, 160, 120))
    qtbot.waitUntil(lambda: bool(final(service, 1)))
    assert any(one.reduced for one in service.shown) == first
    assert {(one.image.width(), one.image.height()) for one in service.shown if one.reduced} <= {(160, 120)}


def test_states_say_what_it_does_with_device_and_memory(service, qtbot, live):
    service.request(Request(live, 3, 64, 48))
    qtbot.waitUntil(lambda: bool(final(service, 3)) and service.states[-1][0] == "idle")
    names = [state for state, _ in service.states]
    assert names[0] == "idle" or names[:2] == ["starting", "idle"]
    assert {"warming", "busy"} <= set(names)
    after = [names[place + 1] for place, name in enumerate(names[:-1]) if name == "warming"]
    assert set(after) == {"warming", "busy"}, "a network is loaded, and then it works"
    told: dict[str, list[str]] = {}
    for name, share in (words.split("  ·  ") for state, words in service.states if state == "warming"):
        told.setdefault(name, []).append(share)
    for shares in told.values():
        assert len(shares) > 4 and shares[-1] == "100%", "it says how far it is"
        assert shares == sorted(shares, key=lambda one: int(one.removesuffix("%")))
    assert "GB" in service.states[-1][1]


def test_a_part_is_computed_without_the_whole(service, qtbot, live):
    found = []
    service.peeked.connect(found.append)
    service.peek(Peek(live, 2, 0.5, 0.5, 16))
    qtbot.waitUntil(lambda: bool(found))
    assert found[0].image.width() == 16 and service.counters.inferred == 0


def test_an_export_that_is_cancelled_ends_with_the_tile_it_is_at(service, qtbot, live, tmp_path, monkeypatch):
    heard = []

    def event():
        heard.append(threading.Event())
        return heard[-1]

    monkeypatch.setattr("vgan_studio.render.film.Event", event)  # the one that the export hears is seen here, too
    tools = service.tools()
    big = write_film(tmp_path / "b.mkv", 6, size=(160, 120), codec="ffv1", b_frames=0)
    media = look(big).media
    film = gestures.place(gestures.add_all(empty_film(), [media]), [media], 0, 0)
    film = add_effect(film, film.tracks[0].clips[0].id, EffectCall("gan.upscale"))
    steps = exporting(film, Order(tmp_path / "out.mkv", "ffv1", 80, (0, 6), (160, 120)), service.tools)
    next(steps)
    qtbot.waitUntil(lambda: service.held.runs >= 2)
    service.held.gate.clear()
    service.held.reached.clear()
    before = service.held.runs
    closing = threading.Thread(target=steps.close)
    closing.start()
    assert heard[-1].wait(60), "the export was told to stop"
    service.held.gate.set()
    closing.join(60)
    assert not closing.is_alive() and service.held.runs <= before + 1
    assert not list(tmp_path.glob("out.mkv*")) and tools.engine.silent_s == 0


def test_a_pause_shows_what_is_ready_and_else_the_picture_without_the_network(service, qtbot, live):
    service.request(Request(live, 3, 64, 48))
    qtbot.waitUntil(lambda: bool(final(service, 3)))
    service.queue.near(None)
    qtbot.waitUntil(lambda: service.states[-1][0] == "idle")
    service.pause(True)
    qtbot.waitUntil(lambda: service.states[-1][0] == "paused")
    runs, ready = service.held.runs, len(final(service, 3))
    service.request(Request(live, 3, 64, 48, generation=1))
    qtbot.waitUntil(lambda: len(final(service, 3)) > ready)
    far = next(f for f in range(COUNT) if service.tools().cover.state(live, f) is State.WAITING)
    service.request(Request(live, far, 64, 48))
    qtbot.waitUntil(lambda: sum(one.frame == far for one in service.shown) == 2)
    last = service.shown[-1]
    assert (last.lacking, last.paused, last.final) == (("Upscale",), True, False)
    assert (last.image.width(), service.held.runs, service.states[-1][0]) == (64, runs, "paused")
    service.pause(False)
    qtbot.waitUntil(lambda: bool(final(service, far)))


def test_a_pause_gives_back_the_memory_that_was_kept(service, qtbot, live, monkeypatch):
    given = []
    monkeypatch.setattr(run, "give_pages_back", lambda: given.append(len(service.held._models)))
    service.request(Request(live, 3, 64, 48))
    qtbot.waitUntil(lambda: bool(final(service, 3)))
    service.pause(True)
    qtbot.waitUntil(lambda: service.states[-1][0] == "paused")
    assert given == [0], "once, and after the models were forgotten"

"""Bad days of live GAN effects: the service answers, says a sentence, and nothing wrong is shown as right."""

import errno
import multiprocessing
import shutil
import threading
from pathlib import Path

import numpy as np
import pytest
import torch

from tests.films import write_film
from vgan_studio.engine.run import Engine
from vgan_studio.render.cache import Cache
from vgan_studio.render.cover import State
from vgan_studio.render.evaluate import Renderer
from vgan_studio.render.plan import plan
from vgan_studio.service import gestures
from vgan_studio.service.document import empty_film
from vgan_studio.service.images import to_array
from vgan_studio.service.importing import look
from vgan_studio.service.inference import InferenceService, Request
from vgan_studio.timeline.effects import add_effect
from vgan_studio.timeline.values import EffectCall

SIZE = 160, 120


class Faulty(Engine):
    """An engine whose networks do something bad at some of their calls."""

    def __init__(self, device, memory, fault, calls):
        super().__init__(device, memory=memory)
        self.fault, self.calls, self.count = fault, calls, 0

    def _run_with(self, load, model, ready, x):
        self.count += 1
        if self.calls is None or self.count in self.calls:
            return self.fault(super()._run_with(load, model, ready, x))
        return super()._run_with(load, model, ready, x)


def out_of_memory(y):
    raise torch.OutOfMemoryError("CUDA out of memory.")


def nan(y):
    return y * torch.nan


def raises(y):
    raise KeyError("a fault of ours")


def device_fails(y):
    raise torch.AcceleratorError("CUDA error: an illegal memory access was encountered", 700)


def raise_first(errors):
    """Raise the first error, once."""
    raise errors.pop()


@pytest.fixture(scope="module")
def live(tmp_path_factory):
    film = write_film(tmp_path_factory.mktemp("film") / "a.mkv", 12, size=SIZE, codec="ffv1", b_frames=0)
    media = look(film).media
    cut = gestures.place(gestures.add_all(empty_film(), [media]), [media], 0, 0)
    return add_effect(cut, cut.tracks[0].clips[0].id, EffectCall("gan.upscale"))


@pytest.fixture(scope="module")
def memory(tmp_path_factory):
    """What all engines here know beforehand: precisions are chosen by speed, and shall not differ between them."""
    return tmp_path_factory.mktemp("engine") / "engine.json"


@pytest.fixture(scope="module")
def right(live, memory):
    """What frames 0 to 2 look like when nothing goes wrong."""
    engine = Engine("cpu", memory=memory)
    renderer = Renderer(engine)
    pictures = [
        (p[0, :3] * 255).round().byte().permute(1, 2, 0).numpy()
        for p in renderer.render([plan(live, f) for f in range(3)])
    ]
    renderer.close()
    engine.close()
    return pictures


class Desk:
    """A service, and what it said."""

    def __init__(self, tmp_path, fault=None, calls=None, patience_s=60.0):
        self.made = []

        def engine(device):
            first = not self.made
            memory = tmp_path / "engine.json"
            made = Faulty("cpu", memory, fault, calls if first else ()) if fault else Engine("cpu", memory=memory)
            self.made.append((device, made))
            return made

        self.service = InferenceService(tmp_path / "cache", patience_s=patience_s, engine=engine)
        self.shown, self.failed, self.noticed = [], [], []
        self.service.ready.connect(self.shown.append)
        self.service.failed.connect(lambda frame, sentence: self.failed.append(sentence))
        self.service.noticed.connect(self.noticed.append)
        self.service.start()

    def ask(self, qtbot, film, frame):
        """Ask, and wait for the last answer: a picture or None."""
        shown, failed = len(self.shown), len(self.failed)
        self.service.request(Request(film, frame, *SIZE))
        qtbot.waitUntil(lambda: any(one.final for one in self.shown[shown:]) or len(self.failed) > failed)
        return next((to_array(one.image) for one in self.shown[shown:] if one.final), None)


@pytest.fixture
def desk(qapp, memory, right):
    made = []

    def make(tmp_path, *args, **kwargs):
        shutil.copy(memory, tmp_path / "engine.json")
        made.append(Desk(tmp_path, *args, **kwargs))
        return made[-1]

    yield make
    for one in made:
        one.service.stop()


@pytest.mark.parametrize("call", [1, 2, 3])
def test_memory_that_runs_out_once_costs_a_lighter_try_and_no_picture(desk, qtbot, live, right, tmp_path, call):
    here = desk(tmp_path, out_of_memory, {call})
    for frame in range(3):
        assert np.array_equal(here.ask(qtbot, live, frame), right[frame])
    assert here.failed == []


@pytest.mark.parametrize(("fault", "words"), [(out_of_memory, "more memory"), (nan, "no numbers")])
def test_a_network_that_never_works_says_so_and_nothing_of_it_is_kept(desk, qtbot, live, tmp_path, fault, words):
    here = desk(tmp_path, fault)
    assert here.ask(qtbot, live, 1) is None
    assert words in here.failed[0]
    assert all(one.lacking == ("Upscale",) for one in here.shown), "what is shown says that it lacks the effect"
    tools = here.service.tools()
    assert tools.cover.state(live, 1) is State.FAILED and tools.cache.size_bytes == 0
    plain = gestures.bypassed(live)
    assert here.ask(qtbot, plain, 1) is not None, "without the effect it goes on"


def test_a_network_that_raises_goes_to_the_hook_and_the_next_picture_comes(desk, qtbot, live, right, tmp_path):
    here = desk(tmp_path, raises, {1})
    with qtbot.capture_exceptions() as caught:
        assert here.ask(qtbot, live, 0) is None
    assert [type(error.__cause__) for _, error, _ in caught] == [KeyError]
    assert here.failed[0].startswith("Upscale failed by a fault of the program (KeyError(")
    assert np.array_equal(here.ask(qtbot, live, 0), right[0])


@pytest.mark.parametrize(("calls", "devices"), [({1}, ["auto"]), ({1, 2}, ["auto", "cpu"])])
def test_a_device_that_fails_is_started_anew_then_the_processor_goes_on(
    desk, qtbot, live, right, tmp_path, calls, devices
):
    here = desk(tmp_path, device_fails, calls)
    assert np.array_equal(here.ask(qtbot, live, 0), right[0])
    assert here.failed == [] and len(here.noticed) == len(calls)
    assert [device for device, _ in here.made] == devices


def test_a_network_that_hangs_is_left_behind_and_the_next_picture_comes(desk, qtbot, live, right, tmp_path):
    release = threading.Event()

    def hangs(y):
        release.wait(60)
        return y

    here = desk(tmp_path, hangs, {1}, patience_s=1.0)
    try:
        assert here.ask(qtbot, live, 0) is None
        qtbot.waitUntil(lambda: bool(here.noticed))
        assert "does not answer" in here.failed[0] and "does not answer" in here.noticed[0]
        assert here.service.stuck
        here.service._patience_s = 60.0  # the next one may be slow on a busy machine
        assert np.array_equal(here.ask(qtbot, live, 1), right[1])
    finally:
        release.set()


def test_a_fault_outside_of_any_picture_begins_the_thread_anew(desk, qtbot, live, right, tmp_path, monkeypatch):
    here = desk(tmp_path)
    assert np.array_equal(here.ask(qtbot, live, 0), right[0])
    good, faults = here.service.queue.next, [KeyError("a fault of ours")]
    monkeypatch.setattr(here.service.queue, "next", lambda *args: raise_first(faults) if faults else good(*args))
    with qtbot.capture_exceptions() as caught:
        here.service.follow(live)
        qtbot.waitUntil(lambda: bool(here.noticed))
    assert [kind for kind, _, _ in caught] == [KeyError] and "begun anew" in here.noticed[0]
    assert np.array_equal(here.ask(qtbot, live, 1), right[1])
    assert not here.service.stuck


def test_an_engine_closes_though_its_device_has_failed(memory, monkeypatch, caplog):
    engine = Engine("cpu", memory=memory)
    engine.device = torch.device("cuda")
    monkeypatch.setattr(torch.cuda, "empty_cache", lambda: raise_first([torch.AcceleratorError("an illegal access")]))
    engine.close()
    assert "does not give its memory back" in caplog.text


def test_what_failed_in_the_background_is_not_tried_for_ever(desk, qtbot, live, tmp_path):
    here = desk(tmp_path, nan)
    here.service.follow(live)
    here.service.render(range(3))
    qtbot.waitUntil(lambda: here.service.queue.progress.done == 3)
    assert here.service.queue.progress.failed == 3
    count = here.made[0][1].count
    qtbot.wait(300)
    assert here.made[0][1].count == count


def _fills(folder: Path, monkeypatch) -> None:
    write = Path.write_bytes

    def full(self, data):
        if self.name.endswith(".part"):
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(self, data)

    monkeypatch.setattr(Path, "write_bytes", full)


def _read_only(folder: Path, monkeypatch) -> None:
    for number in range(256):  # no folder can be made, and no file in it
        place = folder / f"{number:02x}"
        if not place.exists():
            place.write_text("in the way")


def _loses(folder: Path, monkeypatch) -> None:
    for file in folder.glob("??/*.picture"):
        file.unlink()


def _garbage(folder: Path, monkeypatch) -> None:
    for number, file in enumerate(folder.glob("??/*.picture")):
        file.write_bytes(np.random.default_rng(number).bytes(5000))


def _halves(folder: Path, monkeypatch) -> None:
    for file in folder.glob("??/*.picture"):
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


@pytest.mark.parametrize("harm", [_fills, _read_only, _loses, _garbage, _halves])
def test_whatever_becomes_of_the_cache_the_pictures_are_right(desk, qtbot, live, right, tmp_path, monkeypatch, harm):
    here = desk(tmp_path)
    assert np.array_equal(here.ask(qtbot, live, 0), right[0])
    harm(tmp_path / "cache", monkeypatch)
    here.service.forget()
    for frame in range(3):
        assert np.array_equal(here.ask(qtbot, live, frame), right[frame])
    cache = here.service.tools().cache
    assert bool(cache.trouble) == (harm in (_fills, _read_only))
    assert here.failed == []


def test_a_cache_that_cannot_be_written_stops_the_background(desk, qtbot, live, tmp_path, monkeypatch):
    here = desk(tmp_path)
    _fills(tmp_path / "cache", monkeypatch)
    here.ask(qtbot, live, 0)
    here.service.follow(live)
    here.service.render(range(12))
    qtbot.wait(300)
    assert here.service.counters.inferred <= 2, "what would not be kept is not computed ahead"


def _render(folder, film, memory, frames) -> None:
    engine = Engine("cpu", memory=memory)
    cache = Cache(folder, 1 << 30)
    renderer = Renderer(engine, cache)
    for frame in frames:
        renderer.render([plan(film, frame)])
    renderer.close()
    cache.close()
    engine.close()


@pytest.mark.slow
def test_two_programs_on_one_cache_make_the_same_pictures(live, memory, right, tmp_path):
    context = multiprocessing.get_context("spawn")
    shutil.copy(memory, tmp_path / "engine.json")
    arguments = (tmp_path / "cache", live, tmp_path / "engine.json")
    other = context.Process(target=_render, args=(*arguments, range(11, -1, -1)))
    other.start()
    _render(*arguments, range(12))
    other.join()
    assert other.exitcode == 0
    engine, cache = Engine("cpu", memory=tmp_path / "engine.json"), Cache(tmp_path / "cache", 1 << 30)
    renderer = Renderer(engine, cache)
    for frame in range(3):
        picture = (renderer.render([plan(live, frame)])[0][0, :3] * 255).round().byte().permute(1, 2, 0).numpy()
        assert np.array_equal(picture, right[frame])
    assert renderer.counters.inferred == 0 and cache.damaged == 0
    renderer.close()
    cache.close()
    engine.close()

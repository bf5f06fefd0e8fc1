"""Tiles are invisible, running out of memory is survived, and half precision is used only where nobody sees it."""

import json
import logging
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from torch import Tensor, nn

from vgan_studio.engine import precision
from vgan_studio.engine.allocator import keep_pages
from vgan_studio.engine.load import LEAST_TILE, Learned, Load, Memory
from vgan_studio.engine.run import Engine
from vgan_studio.engine.tiling import cover, pad, run_tiled, tiles
from vgan_studio.engine.workers import Workers, using
from vgan_studio.errors import EngineError, ModelError
from vgan_studio.gan.metrics import psnr
from vgan_studio.gan.weights import Card, Model, build, find_model, read_model


class Linear(nn.Module):
    """A linear network of a given reach, with the padding of ordinary convolutions, that enlarges."""

    def __init__(self, reach: int, scale: int, multiple: int = 1) -> None:
        super().__init__()
        torch.manual_seed(reach)
        self.scale, self.multiple = scale, multiple
        self.layers = nn.ModuleList(nn.Conv2d(3, 3, 3, padding=1, bias=False) for _ in range(reach // multiple))
        for layer in self.layers:
            layer.weight.data.normal_(0, 0.4)

    def forward(self, x: Tensor) -> Tensor:
        y = x[..., :: self.multiple, :: self.multiple]  # sees where a tile begins
        for layer in self.layers:
            y = layer(y.to(layer.weight.dtype))
        y = y.repeat_interleave(self.scale * self.multiple, 2).repeat_interleave(self.scale * self.multiple, 3)
        return y.float() + x.repeat_interleave(self.scale, 2).repeat_interleave(self.scale, 3)


def model(network: nn.Module, digest: str = "d", scale: int = 2, reach: int = 3, multiple: int = 1) -> Model:
    card = Card("net", "upscale", "compact", {}, scale, reach, multiple, "MIT", "a test", digest)
    return Model(card, network.eval().requires_grad_(False))


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = Engine("cpu", memory=tmp_path / "engine.json")
    yield made
    made.close()


shapes = st.tuples(st.integers(1, 70), st.integers(1, 70))


@given(shapes, st.integers(1, 6), st.integers(1, 6), st.integers(0, 5), st.integers(1, 4))
def test_tiles_cover_every_pixel_once(size, rows, columns, reach, multiple):
    height, width = (length * multiple for length in size)
    count = torch.zeros(1, 1, height, width)
    for tile in tiles(height, width, rows, columns, reach=reach, multiple=multiple):
        count[..., tile.top : tile.bottom, tile.left : tile.right] += 1
        assert tile.read_top % multiple == tile.read_left % multiple == 0
        assert 0 <= tile.read_top <= tile.top < tile.bottom <= tile.read_bottom <= height
        assert tile.top - tile.read_top >= min(reach, tile.top)
        assert tile.read_bottom - tile.bottom >= min(reach, height - tile.bottom)
    assert bool((count == 1).all())


@given(shapes, st.integers(1, 40), st.integers(1, 9), st.integers(1, 20))
def test_no_tile_is_larger_than_asked_for(size, tile, pieces, least):
    parts = cover(*size, tile, reach=2, pieces=pieces, least=least)
    assert max(part.bottom - part.top for part in parts) <= tile
    assert max(part.right - part.left for part in parts) <= tile


@settings(deadline=None, max_examples=40)
@given(shapes, st.integers(4, 40), st.integers(0, 4), st.integers(1, 2), st.integers(1, 3), st.integers(1, 3))
def test_tiling_is_invisible(size, tile, reach, scale, multiple, batch):
    reach *= multiple
    network = Linear(reach, scale, multiple)
    x = pad(torch.rand(2, 3, *size), multiple)
    parts = cover(x.shape[2], x.shape[3], tile, reach=reach, multiple=multiple)
    with torch.no_grad():
        whole, tiled = network(x), run_tiled(network, x, parts, scale, batch=batch)
    assert tiled.shape == whole.shape
    peak = max(1.0, float(whole.abs().max()))
    assert float((tiled - whole).abs().max()) < peak * 1e-5 < peak / 255


def test_a_border_narrower_than_the_reach_would_be_seen():
    network, x = Linear(4, 1), torch.rand(1, 3, 40, 40)
    with torch.no_grad():
        whole, tiled = network(x), run_tiled(network, x, cover(40, 40, 20, reach=3), 1)
    assert float((tiled - whole).abs().max()) > 1 / 255


@settings(
    deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.tuples(st.integers(1, 90), st.integers(1, 90)), st.integers(1, 3), st.integers(1, 4), st.booleans())
def test_the_engine_gives_what_the_network_gives_at_any_size(engine, size, batch, multiple, inferring):
    network = Linear(2 * multiple, 2, multiple)
    x = torch.rand(batch, 3, *size)
    with torch.inference_mode(inferring), torch.no_grad():
        y = engine.run(model(network, f"any {multiple}", reach=2 * multiple, multiple=multiple), x)
        want = network(pad(x, multiple))[..., : 2 * size[0], : 2 * size[1]]
    assert y.dtype == torch.float32 and y.shape == want.shape
    assert float(psnr(y, want, peak=float(want.abs().max())).min()) >= precision.LEAST_DB


def test_a_batch_equals_its_pictures_one_by_one(engine):
    upscale = read_model(find_model("upscale"))
    x = torch.rand(3, 3, 45, 61)
    one_by_one = torch.cat([engine.run(upscale, picture[None]) for picture in x])
    assert float((engine.run(upscale, x) - one_by_one).abs().max()) < 1 / 255


class Hungry(nn.Module):
    """Runs out of memory above a size, as the CPU or a card does."""

    def __init__(self, limit: int, error: type[Exception] = RuntimeError) -> None:
        super().__init__()
        self.limit, self.error, self.asked = limit, error, list[int]()

    def forward(self, x: Tensor) -> Tensor:
        if x.shape[2:] == precision.picture().shape[2:]:
            return x
        self.asked.append(x.shape[0] * x.shape[2] * x.shape[3])
        if self.asked[-1] > self.limit:
            raise self.error("DefaultCPUAllocator: can't allocate memory: you tried to allocate 1 bytes.")
        return x


def hungry(limit: int, error: type[Exception] = RuntimeError) -> Model:
    network = Hungry(limit, error)
    network.__deepcopy__ = lambda memo: network  # type: ignore[attr-defined]
    return model(network, f"hungry {limit} {error.__name__}", scale=1, reach=0)


@pytest.mark.parametrize("error", [RuntimeError, torch.OutOfMemoryError, MemoryError])
def test_out_of_memory_leads_to_a_lighter_load_that_is_remembered(engine, tmp_path, caplog, error):
    greedy, x = hungry(20_000, error), torch.rand(1, 3, 200, 300)
    assert torch.equal(engine.run(greedy, x), x)
    lighter = engine.load(greedy)
    assert lighter.tile < 300 and "ran out of memory" in caplog.text
    greedy.network.asked.clear()
    engine.run(greedy, x)
    assert max(greedy.network.asked) <= 20_000
    again = Engine("cpu", memory=tmp_path / "engine.json")
    assert again.load(greedy) == lighter
    again.close()


def test_where_even_the_lightest_load_is_too_much_a_sentence_says_so(engine):
    with pytest.raises(EngineError, match="needs more memory"):
        engine.run(hungry(LEAST_TILE**2 - 1), torch.rand(1, 3, 4 * LEAST_TILE, 4 * LEAST_TILE))


def test_other_errors_of_a_network_are_not_hidden(engine):
    broken = model(Linear(1, 2), "other", scale=2)
    with pytest.raises(RuntimeError, match="expected"):
        engine.run(broken, torch.rand(1, 4, 8, 8))


@given(st.builds(Load, st.integers(1, 64), st.integers(LEAST_TILE, 4096)))
def test_loads_become_lighter_until_there_is_none(load):
    seen = [load]
    while (lighter := seen[-1].lighter()) is not None:
        assert (lighter.batch, lighter.tile) < (seen[-1].batch, seen[-1].tile)
        assert lighter.tile >= LEAST_TILE
        seen.append(lighter)
    assert len(seen) < 20


class Poisoned(nn.Module):
    """Gives numbers for the test picture, and none for dark ones."""

    def forward(self, x: Tensor) -> Tensor:
        return x / (x.mean() > 0).float()


def test_a_network_that_gives_no_numbers_is_an_error(engine):
    with pytest.raises(EngineError, match="gave no numbers"):
        engine.run(model(Poisoned(), "poisoned", scale=1, reach=0), torch.zeros(1, 3, 8, 8))


class Coarse(nn.Module):
    """A network that half precision spoils."""

    def forward(self, x: Tensor) -> Tensor:
        return ((x.to(self.gain.dtype) + self.gain) - self.gain).float()

    def __init__(self) -> None:
        super().__init__()
        self.gain = nn.Parameter(torch.tensor(8.0))


def test_a_precision_that_changes_the_picture_is_refused_and_said(tmp_path, caplog):
    engine = Engine("cpu", "bf16", memory=tmp_path / "engine.json")
    coarse = model(Coarse(), "coarse", scale=1, reach=0)
    with caplog.at_level(logging.WARNING):
        assert engine.precision_tag(coarse) == "cpu-fp32"
    assert "fp32 is used" in caplog.text
    x = torch.rand(1, 3, 8, 8)
    assert float((engine.run(coarse, x) - x).abs().max()) < 1e-5
    engine.close()


def test_half_precision_gives_the_same_picture(tmp_path):
    upscale = read_model(find_model("upscale"))
    x = precision.picture()
    exact, half = (Engine("cpu", name, memory=tmp_path / name) for name in ("fp32", "bf16"))
    assert (exact.precision_tag(upscale), half.precision_tag(upscale)) == ("cpu-fp32", "cpu-bf16")
    assert float(psnr(half.run(upscale, x).clamp(0, 1), exact.run(upscale, x).clamp(0, 1)).min()) >= 45


def test_a_model_is_read_once_and_again_when_its_file_changes(engine, tmp_path, monkeypatch):
    content = find_model("upscale").read_bytes()
    (tmp_path / "m").mkdir()
    copy = tmp_path / "m" / "upscale-x2.safetensors"
    copy.write_bytes(content)
    monkeypatch.setenv("VGAN_MODELS", str(tmp_path / "m"))
    first = engine.model("upscale-x2")
    assert engine.model("upscale") is first
    copy.write_bytes(content[:-4])
    with pytest.raises(ModelError):
        engine.model("upscale-x2")


def test_networks_between_two_are_made_once(engine):
    torch.manual_seed(0)
    card = Card("a", "upscale", "compact", {"width": 4, "depth": 1, "scale": 2}, 2, 3, 1, "MIT", "a test", "a")
    a, b = Model(card, build(card).eval()), Model(replace(card, digest="b"), build(card).eval())
    assert engine.mixed(a, b, 0.5) is engine.mixed(a, b, 0.5)
    assert engine.mixed(a, b, 0.0).card.digest == "a" and engine.mixed(a, b, 1.0).card.digest == "b"


def test_cost_is_measured_and_kept(engine, tmp_path):
    network = model(Linear(1, 2), "cost")
    assert engine.cost(network) == 0
    engine.run(network, torch.rand(1, 3, 32, 32))
    assert engine.cost(network) > 0
    kept = json.loads((tmp_path / "engine.json").read_text())
    assert [entry["seconds"] for entry in kept.values()] == [engine.cost(network)]


@pytest.mark.parametrize("content", ["", "{", "[]", '{"a": 1}', '{"a": {"precision": "fp9", "batch": 1, "tile": 64}}'])
def test_a_damaged_memory_is_begun_anew(tmp_path, caplog, content):
    path = tmp_path / "engine.json"
    path.write_text(content)
    memory = Memory(path)
    assert memory.get("a") is None and "begun anew" in caplog.text
    memory.put("a", Learned("fp32", 1, 64))
    assert Memory(path).get("a") == Learned("fp32", 1, 64)


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(content=st.binary(max_size=60))
def test_any_bytes_are_survived_as_memory(tmp_path, content):
    (tmp_path / "engine.json").write_bytes(content)
    assert Memory(tmp_path / "engine.json").get("a") is None


def test_a_memory_that_cannot_be_written_costs_only_the_memory(tmp_path, caplog):
    (tmp_path / "file").write_text("")
    memory = Memory(tmp_path / "file" / "engine.json")
    memory.put("a", Learned("fp32", 1, 64))
    assert memory.get("a") == Learned("fp32", 1, 64) and "is not kept" in caplog.text


def test_two_engines_do_not_forget_what_the_other_learned(tmp_path):
    first, second = Memory(tmp_path / "m"), Memory(tmp_path / "m")
    first.put("a", Learned("fp32", 1, 64))
    second.put("b", Learned("bf16", 2, 128))
    assert Memory(tmp_path / "m").get("a") and Memory(tmp_path / "m").get("b")


def test_workers_compute_on_one_core_each_and_leave_other_threads_alone():
    before, seen = torch.get_num_threads(), list[int]()
    workers = Workers(2)
    workers.each(lambda _: seen.append(torch.get_num_threads()), range(6))
    fresh = list[int]()
    thread = threading.Thread(target=lambda: fresh.append(torch.get_num_threads()))
    thread.start()
    thread.join()
    assert seen == [1] * 6 and fresh == [before] == [torch.get_num_threads()]
    workers.close()


def test_work_is_spread_in_order_and_its_errors_come_out(engine):
    assert engine.spread(lambda part: part * 2, range(9)) == [2 * part for part in range(9)]
    assert engine.spread(abs, []) == []
    with pytest.raises(ZeroDivisionError):
        engine.spread(lambda part: 1 // part, [2, 1, 0, 1])
    engine.close()
    assert engine.spread(abs, [-1, -2]) == [1, 2]


def test_torch_is_told_how_many_threads_to_use_inside_only():
    before = torch.get_num_threads()
    with using(1):
        assert torch.get_num_threads() == 1
    assert torch.get_num_threads() == before


def test_an_error_in_a_worker_comes_out():
    def fail(number: int) -> None:
        raise KeyError(number)

    workers = Workers(2)
    with pytest.raises(KeyError):
        workers.each(fail, range(3))
    workers.close()


def test_many_threads_may_ask_one_engine(engine):
    network = model(Linear(2, 2), "threads")
    x, wrong = torch.rand(4, 1, 3, 24, 24), list[int]()
    want = [engine.run(network, picture) for picture in x]

    def ask(i: int) -> None:
        if not torch.equal(engine.run(network, x[i]), want[i]):
            wrong.append(i)

    threads = [threading.Thread(target=ask, args=(i % 4,)) for i in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_a_device_that_is_not_here_is_a_sentence(tmp_path):
    if torch.backends.mps.is_available():
        pytest.skip("this machine has an MPS device")
    with pytest.raises(EngineError, match="has no mps device"):
        Engine("mps", memory=tmp_path / "m")


def test_the_engine_says_what_it_runs_on(engine):
    assert "fp32" in engine.describe() and engine.device.type == "cpu"
    assert keep_pages() in (True, False)


@pytest.mark.gpu
def test_the_gpu_gives_the_same_picture_as_the_cpu(tmp_path):
    if not torch.cuda.is_available():
        pytest.skip("needs a CUDA device")
    upscale, x = read_model(find_model("upscale")), precision.picture()
    here, there = (Engine(name, memory=tmp_path / name) for name in ("cpu", "cuda"))
    assert float(psnr(there.run(upscale, x).cpu().clamp(0, 1), here.run(upscale, x).clamp(0, 1)).min()) >= 45

"""The laws that every effect with a network obeys, with the shipped weights; a new one is under them without a line here."""

import json
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor

import vgan_studio.effects.families  # noqa: F401  (the registry is filled)
from vgan_studio.cli import main
from vgan_studio.effects import cost
from vgan_studio.effects.cost import arguments
from vgan_studio.effects.enhance import enlarge
from vgan_studio.effects.spec import REGISTRY, Effect
from vgan_studio.engine import run as engine_run
from vgan_studio.engine.load import Load
from vgan_studio.engine.precision import LEAST_DB
from vgan_studio.engine.run import Engine
from vgan_studio.gan.metrics import psnr
from vgan_studio.picture import Picture, quantize
from vgan_studio.render.node import Decode, heavy_nodes
from vgan_studio.render.plan import plan
from vgan_studio.timeline.edit import split
from vgan_studio.timeline.values import Clip, EffectCall, Media, Timeline, Track

HEAVY = sorted(id for id, effect in REGISTRY.items() if effect.heavy)
WINDOWED = [id for id in HEAVY if sum(REGISTRY[id].window)]
# Where one set of parameters does not ask all the kinds of networks that an effect has.
KINDS: dict[str, list[dict[str, Any]]] = {
    "gan.upscale": [{}, {"scale": "4", "quality": "fine", "crisp": 0.5}],
    "gan.deblur": [{}, {"crisp": 1.0}],
    "gan.stylize": [{}, {"style": "munch", "strength": 0.5, "keep_colours": True}],
    "style.translate": [{"model": "translate-cartoon"}, {"model": "translate-outdoors"}],
}
CALLS = [pytest.param(id, kind, id=f"{id}-{i}") for id in HEAVY for i, kind in enumerate(KINDS.get(id, [{}]))]
RATE = Fraction(25)
FILM = Media("/films/a.mp4", "aa", Fraction(2), 64, 48, RATE, steady=True)  # 50 pictures


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    made = Engine("cpu", "fp32", tmp_path_factory.mktemp("engine") / "engine.json")
    yield made
    made.close()


def window(effect: Effect, size: tuple[int, int] = (40, 56), *, batch: int = 1, alpha: str = "opaque") -> list[Picture]:
    """Make as many pictures as an effect sees: soft shapes that pan by 2 pixels, each picture of a batch of others."""
    height, width = size
    count = sum(effect.window) + 1
    coarse = torch.rand(
        batch, 4, height // 8 + 2, width // 8 + 4, generator=torch.Generator().manual_seed(len(effect.id))
    )
    wide = F.interpolate(coarse, (height, width + 2 * count), mode="bicubic").clamp(0, 1)
    wide[:, 3] = {"mixed": (wide[:, 3] * 2 - 0.5).clamp(0, 1), "opaque": torch.ones(()), "none": torch.zeros(())}[alpha]
    wide = torch.cat([wide[:, :3] * wide[:, 3:], wide[:, 3:]], 1)
    return [wide[..., 2 * i : 2 * i + width].contiguous(memory_format=torch.channels_last) for i in range(count)]


def live(effect: Effect, params: dict[str, Any]) -> dict[str, Any]:
    whole = effect.complete(params)
    return {name: whole[name] for name in (*effect.live, *effect.both)}


def shown(effect: Effect, engine: Engine, seen: list[Picture], params: dict[str, Any], *last: Picture) -> Picture:
    """Give what an effect makes and shows of the pictures that it sees."""
    y = effect.render(*seen, *last, **arguments(effect, engine, **params))
    return effect.finish(seen[effect.window[0]], y, **live(effect, params)) if effect.finish else y


def film(*calls: EffectCall) -> Timeline:
    clip = Clip(1, 0, 50, FILM, effects=calls)
    return Timeline(RATE, FILM.width, FILM.height, tracks=(Track("video", (clip,)),), next_id=2)


def call(id: str, **params: Any) -> EffectCall:
    return EffectCall(id, tuple(sorted(params.items())))


@pytest.mark.parametrize("id", HEAVY)
def test_at_strength_nought_no_network_is_asked_and_the_input_comes_out_bit_for_bit(id: str) -> None:
    effect = REGISTRY[id]
    x = window(effect, alpha="mixed")[effect.window[0]]
    off = plan(film(call(id, strength=0.0)), 7)
    assert not heavy_nodes(off)
    if effect.finish is None:
        assert off == plan(film(), 7)
        return
    params = live(effect, {"strength": 0.0})
    wanted = enlarge(x, 2) if effect.size else x
    assert torch.equal(effect.finish(x, None, **params), wanted)
    assert torch.equal(effect.finish(x, torch.rand_like(wanted), **params), wanted)


@pytest.mark.parametrize(("id", "params"), CALLS)
@pytest.mark.parametrize("alpha", ["mixed", "none"])
def test_a_result_has_the_right_size_and_alpha_and_the_input_stays(
    engine: Engine, id: str, params: dict[str, Any], alpha: str
) -> None:
    effect = REGISTRY[id]
    seen = window(effect, (22, 37), alpha=alpha)
    kept = [x.clone() for x in seen]
    y = shown(effect, engine, seen, params)
    own = seen[effect.window[0]]
    size = effect.size((22, 37), effect.complete(params)) if effect.size else (22, 37)
    assert y.shape == (1, 4, *size) and y.dtype == torch.float32 and y.isfinite().all()
    assert y.min() >= 0 and y.max() <= 1 and (y[:, :3] <= y[:, 3:] + 1e-6).all()
    if not effect.between:
        assert torch.equal(y[:, 3:], enlarge(own[:, 3:], size[0] // 22) if effect.size else own[:, 3:])
    assert alpha == "mixed" or not y.any()
    assert all(map(torch.equal, seen, kept)) and shown(effect, engine, seen, params).equal(y)


@pytest.mark.parametrize(("id", "params"), CALLS)
def test_an_opaque_picture_stays_opaque(engine: Engine, id: str, params: dict[str, Any]) -> None:
    effect = REGISTRY[id]
    assert (shown(effect, engine, window(effect, (24, 40)), params)[:, 3] == 1).all()


@pytest.mark.parametrize(("id", "params"), CALLS)
def test_a_batch_equals_its_pictures_one_by_one(engine: Engine, id: str, params: dict[str, Any]) -> None:
    effect = REGISTRY[id]
    seen = window(effect, batch=2)
    together = shown(effect, engine, seen, params)
    for i in range(2):
        alone = shown(effect, engine, [x[i : i + 1] for x in seen], params)
        assert float((quantize(together[i : i + 1]) - quantize(alone)).abs().max()) < 1.5 / 255


@pytest.mark.parametrize(("id", "params"), CALLS)
def test_tiles_are_invisible(
    engine: Engine, id: str, params: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    effect = REGISTRY[id]
    seen = window(effect, (48, 384))
    monkeypatch.setitem(engine_run._STARTS, "cpu", Load(batch=1, tile=64))
    tiled = Engine("cpu", "fp32", tmp_path / "engine.json")
    whole = shown(effect, engine, seen, params)
    assert float((shown(effect, tiled, seen, params) - whole).abs().max()) < 1 / 510
    tiled.close()


@pytest.mark.parametrize(("id", "params"), CALLS)
def test_half_precision_shows_the_same_picture(engine: Engine, id: str, params: dict[str, Any], tmp_path: Path) -> None:
    effect = REGISTRY[id]
    seen = window(effect, (64, 96))
    half = Engine("cpu", "bf16", tmp_path / "engine.json")
    assert psnr(shown(effect, half, seen, params), shown(effect, engine, seen, params)).min() >= LEAST_DB
    formats = {known["precision"] for known in json.loads((tmp_path / "engine.json").read_text()).values()}
    assert formats == {"bf16"}, "it is not fp32 that was compared with itself"
    half.close()


def scene(seed: int) -> Tensor:
    blocks = torch.rand(1, 4, 10, 14, generator=torch.Generator().manual_seed(seed))
    blocks[:, 3] = 1
    return blocks.repeat_interleave(4, 2).repeat_interleave(4, 3).contiguous(memory_format=torch.channels_last)


@pytest.mark.parametrize("id", WINDOWED)
def test_nothing_is_taken_from_beyond_a_cut(engine: Engine, id: str) -> None:
    effect = REGISTRY[id]
    x, present = scene(4), effect.window[0]
    seen = [x if i == present else scene(5 + i) for i in range(sum(effect.window) + 1)]
    last = [scene(9)] if effect.chain else []
    wanted = (
        seen[present + 1] if effect.between else shown(effect, engine, [x] * len(seen), {})
    )  # between: the nearer one
    assert shown(effect, engine, seen, {}, *last).equal(wanted)


@pytest.mark.parametrize("id", WINDOWED)
def test_a_window_ends_where_the_film_does(id: str) -> None:
    before, after = REGISTRY[id].window
    if REGISTRY[id].between:
        assert not heavy_nodes(plan(film(call(id)), 49)), "there is nothing after the last picture"
        return
    for frame in (0, 1, 48, 49):
        wanted = {min(max(frame + k, 0), 49) for k in range(-before, after + 1)}
        *_, node = heavy_nodes(plan(film(call(id)), frame))
        seen = {one.time * RATE - Fraction(1, 2) for one in node.inputs if isinstance(one, Decode)}
        assert seen == wanted


@pytest.mark.parametrize("id", HEAVY)
def test_a_split_changes_no_picture_so_windows_reach_over_it(id: str) -> None:
    whole = film(call(id))
    parts = split(whole, 1, 20)
    assert [plan(parts, frame) for frame in (18, 19, 20, 21)] == [plan(whole, frame) for frame in (18, 19, 20, 21)]


@pytest.mark.parametrize("id", HEAVY)
def test_the_cost_of_a_megapixel_is_measured_and_shown(
    id: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(cost, "HEIGHT", 40)
    monkeypatch.setattr(cost, "WIDTH", 80)
    assert main(["effects", id, "--measure", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["seconds_per_megapixel"] > 0
    assert main(["effects", id]) == 0
    assert "s per megapixel here" in capsys.readouterr().out

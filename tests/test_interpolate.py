"""The laws of the effect that makes pictures between pictures, with a network made on the spot, and with the shipped one."""

from fractions import Fraction
from pathlib import Path

import pytest
import torch
import torch.nn.functional as F
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor, nn

from vgan_studio.effects.interpolate import interpolate
from vgan_studio.effects.spec import find
from vgan_studio.engine.run import Engine
from vgan_studio.engine.tiling import run_tiled, tiles
from vgan_studio.errors import EffectError
from vgan_studio.gan.flow import warp
from vgan_studio.gan.measure_interpolate import super_slomo
from vgan_studio.gan.metrics import psnr
from vgan_studio.gan.networks import ARCHITECTURES
from vgan_studio.gan.networks.interpolate import INPUTS, OUTPUTS, Tween, bend, motions, synthesise
from vgan_studio.gan.weights import Card, build, write_model

from .pictures import picture

CONFIG = {"width": 8, "fine": 1, "middle": 1, "coarse": 1}
HALF = Fraction(1, 2)


def small_model(folder: Path) -> None:
    """Write a small model of random weights, which changes pictures visibly."""
    family = ARCHITECTURES["tween"]
    sizes = (1, family.reach(CONFIG), family.multiple(CONFIG))
    card = Card("small", "interpolate", "tween", CONFIG, *sizes, "MIT", "a test")
    write_model(folder / "small.safetensors", card, opinionated(build(card)))


def opinionated(network: nn.Module) -> Tween:
    """Give the network, which begins by leaving all as it is, random opinions."""
    torch.manual_seed(0)
    assert isinstance(network, Tween)
    nn.init.normal_(network.tail.weight, std=0.03)
    return network


@pytest.fixture
def engine(tmp_path: Path, monkeypatch):
    """An engine whose only model is a small one of random weights."""
    small_model(tmp_path)
    monkeypatch.setenv("VGAN_MODELS", str(tmp_path))
    made = Engine("cpu", memory=tmp_path / "engine.json")
    yield made
    made.close()


@pytest.fixture(scope="module")
def shipped() -> Engine:
    made = Engine("cpu")
    yield made
    made.close()


def ground(seed: int, height: int, width: int, fine: float = 0.2) -> Tensor:
    """Make structure at several sizes, `fine` of it small, (1, 3, height, width)."""
    chance = torch.Generator().manual_seed(seed)
    parts = [torch.rand(1, 3, height // n + 3, width // n + 3, generator=chance) for n in (4, 12, 40)]
    shown = [F.interpolate(part, (height, width), mode="bicubic", align_corners=True) for part in parts]
    return (fine * shown[0] + 0.3 * shown[1] + (0.7 - fine) * shown[2]).clamp(0, 1)


def scene(time: float, seed: int = 0, fine: float = 0.2) -> Tensor:
    """Make an opaque picture of a film: the ground pans, two discs of other structure cross it in other directions."""
    height, width = 96, 144
    down, across = torch.meshgrid(torch.arange(height) * 1.0, torch.arange(width) * 1.0, indexing="ij")
    still = torch.zeros(1, 1, height, width)
    x = warp(ground(seed, height, width, fine), torch.cat([still + 4 * time, still + time], 1))
    for number, (y0, x0, vy, vx) in enumerate([(40.0, 50.0, 2.0, 7.0), (60.0, 100.0, -3.0, -5.0)]):
        top, left = y0 + vy * time, x0 + vx * time
        inside = (18 - ((down - top) ** 2 + (across - left) ** 2).sqrt() + 0.5).clamp(0, 1)
        other = 1 - ground(seed + 7 + number, height, width, fine)
        disc = warp(other, torch.cat([still - vx * time, still - vy * time], 1))
        x = torch.lerp(x, disc, inside)
    return torch.cat([x, torch.ones(1, 1, height, width)], 1)


def run(engine: Engine, x: Tensor, after: Tensor, progress: Fraction = HALF) -> Tensor:
    return interpolate(x, x, after, after, engine=engine, progress=progress, model="")


@pytest.mark.parametrize("size", [(1, 1), (4, 4), (5, 8), (20, 36), (41, 57)])
@pytest.mark.parametrize("alpha", ["mixed", "opaque", "none"])
def test_a_result_is_a_picture_of_the_same_size(engine, size, alpha):
    x = picture(1, size, 2, alpha)
    y = run(engine, x, x * 0.98, Fraction(1, 3))
    assert y.shape == x.shape and y.dtype == torch.float32
    assert y.isfinite().all() and y.min() >= 0 and y.max() <= 1
    assert (y[:, :3] <= y[:, 3:]).all(), "colour is premultiplied"
    assert alpha != "opaque" or (run(engine, x, x.clone(), HALF)[:, 3:] == 1).all()
    assert alpha != "none" or not y.any()


def test_the_inputs_stay_as_they_are_and_the_result_repeats(engine):
    x, after = scene(0), scene(1)
    kept = x.clone(), after.clone()
    assert run(engine, x, after).equal(run(engine, x, after))
    assert x.equal(kept[0]) and after.equal(kept[1])


def test_a_batch_equals_its_pictures(engine):
    x, after = (torch.cat([scene(time, seed) for seed in (0, 3)]) for time in (0.0, 1.0))
    both = run(engine, x, after)
    single = [run(engine, x[i : i + 1], after[i : i + 1]) for i in range(2)]
    assert psnr(both, torch.cat(single)).min() > 45


def test_the_moments_of_the_pictures_give_them_bit_for_bit(engine):
    x, after = scene(0), scene(1)
    assert run(engine, x, after, Fraction(0)) is x
    assert run(engine, x, after, Fraction(1)) is after
    assert run(engine, x, x.clone(), Fraction(1, 3)).equal(x)


@given(speed=st.tuples(*[st.floats(-20, 20)] * 2), change=st.tuples(*[st.floats(-5, 5)] * 2), t=st.floats(0.01, 0.99))
@settings(max_examples=60, deadline=None)
def test_motion_that_changes_evenly_bends_ways_into_parabolas(speed, change, t):
    there, more = (torch.tensor(one)[None, :, None, None].expand(1, 2, 13, 18) for one in (speed, change))
    wanted = more * (t * (1 - t) / 2)
    for one in bend(there, -there, more - there, there + more, torch.tensor(t)):
        assert one is not None and torch.allclose(one, wanted, atol=1e-2)
    for past, future in ((more - there, None), (None, there + more)):
        for one in bend(there, -there, past, future, torch.tensor(t)):
            assert one is not None and torch.allclose(one, wanted / 2, atol=1e-2)
    for one in bend(there, -there, more - there, there - more, torch.tensor(t)):  # it shakes
        assert one is not None and one.abs().max() <= wanted.abs().max() * 0.1 + 1e-3
    assert bend(there, -there, None, None, torch.tensor(t)) == (None, None)


def test_a_curve_is_followed(shipped):
    rows = []
    for seed in range(3):
        film = [scene(time + 0.35 * time * time, seed, fine=0.5) for time in (-1.0, 0.0, 1.0, 2.0, 0.5)]
        made = [
            interpolate(*four, engine=shipped, progress=HALF, model="")
            for four in (film[:4], film[1:2] * 2 + film[2:3] * 2)
        ]
        rows.append([float(psnr(y, film[4])) for y in made])
    curved, straight = (sum(column) / len(rows) for column in zip(*rows, strict=True))
    assert curved > straight + 0.5


def test_beyond_a_cut_and_where_a_picture_is_shown_twice_nothing_is_known(engine):
    x, after = scene(0), scene(1)
    plain = run(engine, x, after)
    for before, beyond in ((x.clone(), after.clone()), (scene(0, 21).flip(2), scene(0, 30).flip(2))):
        assert interpolate(before, x, after, beyond, engine=engine, progress=HALF, model="").equal(plain)
    assert not interpolate(scene(-0.5), x, after, after, engine=engine, progress=HALF, model="").equal(plain)


def test_a_batch_of_neighbours_equals_its_pictures(engine):
    film = [scene(time * time / 4) for time in range(6)]
    windows = [torch.cat(film[k : k + 3]) for k in range(4)]
    both = interpolate(*windows, engine=engine, progress=HALF, model="")
    single = [interpolate(*film[k : k + 4], engine=engine, progress=HALF, model="") for k in range(3)]
    assert psnr(both, torch.cat(single)).min() > 45


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("progress", [Fraction(1, 8), HALF, Fraction(7, 8)])
def test_a_cut_is_never_blended(engine, seed, progress):
    x, after = scene(0, seed), scene(0, seed + 20).flip(2)
    assert run(engine, x, after, progress).equal(x if progress < HALF else after)


def test_a_cut_in_one_picture_of_a_batch_leaves_the_others_alone(engine):
    x = torch.cat([scene(0), scene(0, 3)])
    after = torch.cat([scene(1), scene(0, 30).flip(2)])
    y = run(engine, x, after, Fraction(1, 4))
    assert y[1].equal(x[1])
    assert psnr(y[:1], run(engine, x[:1], after[:1], Fraction(1, 4))).min() > 45


def test_tiles_are_invisible():
    network = opinionated(Tween(**CONFIG))
    reach = ARCHITECTURES["tween"].reach(CONFIG)
    x = torch.rand(1, INPUTS, 8 * (reach // 4), 160)
    parts = tiles(*x.shape[2:], 2, 2, reach=reach, multiple=8)
    with torch.inference_mode():
        assert torch.allclose(run_tiled(network, x, parts, 1, channels=OUTPUTS), network(x), atol=1e-5)


def test_a_judge_that_leaves_all_as_it_is_gives_what_motion_alone_gives():
    a, b = scene(0)[:, :3], scene(1)[:, :3]
    nothing = torch.zeros(1, 4, *a.shape[2:])

    def leave(known: Tensor) -> Tensor:
        return torch.full_like(known[:, :OUTPUTS], 0.5)

    faded = synthesise(leave, a, b, nothing, torch.tensor(0.25))
    assert torch.allclose(faded, torch.lerp(a, b, 0.25), atol=1e-5)
    moved = synthesise(leave, a, b, motions(a, b), torch.tensor(0.25))
    assert psnr(moved, scene(0.25)[:, :3]) > psnr(faded, scene(0.25)[:, :3]) + 3
    inner = synthesise(leave, a, b, motions(a, b), torch.tensor(0.25), margin=16)
    assert torch.allclose(inner, moved[..., 16:-16, 16:-16], atol=1e-4)


def test_the_motion_of_tall_pictures_is_that_of_their_halves():
    x = F.interpolate(ground(0, 96, 64), (961, 321), mode="bicubic").clamp(0, 1)
    move = torch.full((1, 2, 961, 321), 4.0)
    motion = motions(x, warp(x, -move))
    assert motion.shape == (1, 4, 961, 321)
    middle = motion[..., 100:-100, 50:-50].mean((0, 2, 3))
    assert torch.allclose(middle, torch.tensor([4.0, 4.0, -4.0, -4.0]), atol=0.3)


@pytest.mark.parametrize(("name", "value"), [("factor", 0), ("factor", 17), ("strength", 1.5), ("speed", 1.0)])
def test_parameters_that_do_not_fit_are_refused_in_a_sentence(name, value):
    with pytest.raises(EffectError, match=r"gan\.interpolate"):
        find("gan.interpolate").complete({name: value})


def test_the_shipped_network_beats_motion_alone_and_a_fade(shipped):
    rows = []
    for seed in range(4):
        x, after, truth = (scene(time, seed, fine=0.5) for time in (0.0, 1.0, 0.5))
        alone = super_slomo(x, after, motions(x, after))
        rows.append([float(psnr(y, truth)) for y in (run(shipped, x, after), alone, torch.lerp(x, after, 0.5))])
    ours, alone, faded = (sum(column) / len(rows) for column in zip(*rows, strict=True))
    assert ours > alone + 0.5
    assert ours > faded + 3


def test_the_shipped_network_is_right_at_any_time(shipped):
    x, after = scene(0.0), scene(1.0)
    for part in (Fraction(1, 8), Fraction(1, 3), Fraction(3, 4)):
        y, truth = run(shipped, x, after, part), scene(float(part))
        assert psnr(y, truth) > psnr(torch.lerp(x, after, float(part)), truth) + 3


def test_the_shipped_network_gives_the_same_picture_in_half_precision(tmp_path):
    x, after = scene(0), scene(1)
    made = []
    for precision in ("auto", "fp32"):
        engine = Engine("cpu", precision, tmp_path / f"{precision}.json")
        made.append(run(engine, x, after))
        engine.close()
    assert psnr(*made) > 45

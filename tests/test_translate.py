"""Films of drawings: the laws of the effect, of what is drawn, and what the shipped models are worth."""

import json

import pytest
import torch
import torch.nn.functional as F
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vgan_studio.cli import main
from vgan_studio.effects.spec import find
from vgan_studio.effects.translate import CHAIN, translate
from vgan_studio.engine.run import Engine
from vgan_studio.gan.drawn import FLAT, INKED, LINES, SHORT_SIDE, drawn, short_sized
from vgan_studio.gan.metrics import psnr
from vgan_studio.gan.networks import ARCHITECTURES
from vgan_studio.gan.weights import Card, build, write_model
from vgan_studio.media.probe import probe
from vgan_studio.picture import Picture, quantize
from vgan_studio.render.evaluate import Renderer
from vgan_studio.render.measure_translate import measure
from vgan_studio.render.plan import plan
from vgan_studio.timeline.values import Clip, EffectCall, Timeline, Track

from .films import write_film

CONFIG = {"condition": 0, "width": 8, "fine": 1, "middle": 1, "coarse": 1, "fold": 2}
laws = settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
sizes = st.tuples(st.integers(1, 60), st.integers(1, 60))


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    """A folder whose only models are small ones of random weights, one of lines and one of flat colours."""
    folder = tmp_path_factory.mktemp("models")
    family = ARCHITECTURES["translate"]
    torch.manual_seed(0)
    for name, condition in (("lines", LINES), ("flat", FLAT), ("inked", INKED)):
        config = {**CONFIG, "condition": condition}
        card = Card(name, "translate", "translate", config, 1, family.reach(config), family.multiple(config), "MIT", "")
        network = build(card)
        network.tail.weight.data.mul_(10)
        write_model(folder / f"{name}.safetensors", card, network)
    return folder


@pytest.fixture
def engine(models, monkeypatch):
    monkeypatch.setenv("VGAN_MODELS", str(models))
    made = Engine("cpu", "fp32", models / "engine.json")
    yield made
    made.close()


def picture(height: int, width: int, seed: int = 0, batch: int = 1) -> Picture:
    """A smooth picture with an edge, and alpha."""
    chance = torch.Generator().manual_seed(seed)
    x = F.interpolate(torch.rand(batch, 4, 4, 4, generator=chance), (height, width), mode="bicubic").clamp(0, 1)
    x[..., width // 2 :] *= 0.5
    return torch.cat([x[:, :3] * x[:, 3:], x[:, 3:]], 1)


def test_strength_nought_is_the_input_bit_for_bit():
    finish, x = find("style.translate").finish, picture(20, 30)
    assert finish is not None
    assert finish(x, None, strength=0.0) is x and finish(x, x.flip(3), strength=0.0) is x


@given(size=sizes, other=sizes, strength=st.floats(0.01, 1))
@laws
def test_alpha_and_size_are_those_of_the_input_whatever_was_made(size, other, strength):
    finish, x = find("style.translate").finish, picture(*size)
    y = finish(x, picture(*other, seed=1), strength=strength)
    assert y.shape == x.shape and y[:, 3:].equal(x[:, 3:])
    assert y.min() >= 0 and (y[:, :3] <= y[:, 3:] + 1e-6).all()


@pytest.mark.parametrize("model", ["lines", "flat"])
@pytest.mark.parametrize("size", [(3, 5), (40, 56), (400, 380)])
def test_what_is_made_is_a_picture_of_the_working_size(engine, model, size):
    x, before = picture(*size, batch=2), picture(*size, seed=1, batch=2)
    kept = x.clone(), before.clone()
    first = translate(before, x, engine=engine, model=model)
    second = translate(before, x, first, engine=engine, model=model)
    for y in (first, second):
        assert y.shape == (2, 4, *short_sized(*size)) and max(short_sized(*size)[:1]) <= SHORT_SIDE + 20
        assert y.min() >= 0 and (y[:, :3] <= y[:, 3:]).all()
    assert x.equal(kept[0]) and before.equal(kept[1])


def test_a_batch_equals_its_pictures_one_by_one(engine):
    before, x, last = (picture(40, 56, seed, batch=2) for seed in (1, 2, 3))
    both = translate(before, x, last, engine=engine, model="lines")
    single = [translate(*(part[i : i + 1] for part in (before, x, last)), engine=engine, model="lines") for i in (0, 1)]
    assert float((quantize(both) - quantize(torch.cat(single))).abs().max()) < 1.5 / 255


def blocks(seed: int) -> Picture:
    x = torch.rand(1, 4, 10, 14, generator=torch.Generator().manual_seed(seed)).repeat_interleave(4, 2)
    x[:, 3] = 1
    return x.repeat_interleave(4, 3)


def test_where_a_chain_begins_the_picture_before_does_not_matter(engine):
    x = picture(40, 56)
    one, two = (translate(picture(40, 56, seed), x, engine=engine, model="lines") for seed in (1, 2))
    assert one.equal(two)


def test_beyond_a_cut_it_begins_anew_and_else_it_goes_on(engine):
    other, x, last = (blocks(seed) for seed in (4, 5, 6))
    begun = translate(x, x, engine=engine, model="lines")
    assert translate(other, x, last, engine=engine, model="lines").equal(begun), "a cut"
    assert psnr(translate(x, x, last, engine=engine, model="lines"), begun) < 40


def test_nothing_stays_nothing(engine):
    x = torch.zeros(1, 4, 24, 32)
    assert not translate(x, x, engine=engine, model="flat").any()


@pytest.fixture(scope="module")
def film(tmp_path_factory):
    path = tmp_path_factory.mktemp("film") / "film.mp4"
    write_film(path, CHAIN + 2)
    return probe(path).media()


def test_a_picture_is_the_same_wherever_one_comes_from(engine, film):
    call = EffectCall("style.translate", (("model", "lines"), ("stabilise", 0.5)))
    clip = Clip(1, 0, CHAIN + 2, film, effects=(call,))
    timeline = Timeline(film.rate, film.width, film.height, tracks=(Track("video", (clip,)),))
    in_order, sought = Renderer(engine), Renderer(engine)
    played = {frame: in_order.render([plan(timeline, frame)])[0] for frame in range(CHAIN + 2)}
    assert in_order.counters.inferred == CHAIN + 2
    for frame in (CHAIN, CHAIN - 2):
        assert sought.render([plan(timeline, frame)])[0].equal(played[frame])


@given(size=sizes, seed=st.integers(0, 9), kind=st.sampled_from([LINES, FLAT, INKED]))
@laws
def test_a_drawing_is_a_picture_and_each_of_a_batch_is_drawn_alone(size, seed, kind):
    x = picture(*size, seed, batch=2)
    y = drawn(x, kind)
    assert y.shape == (2, 3, *size) and y.min() >= 0 and y.max() <= 1
    assert y[1:].equal(drawn(x[1:], kind)) and x.equal(picture(*size, seed, batch=2))


def test_lines_are_dark_on_grey_and_stay_lines_when_drawn_again():
    x = torch.ones(1, 3, 40, 40)
    x[..., 18:20] = 0
    y = drawn(x, LINES)
    assert y[..., 19].max() < 0.1 and y[..., :10].min() == y.max() == 0.5
    again = drawn(y, LINES)
    assert again[..., 19].max() < 0.1 and again[..., :10].min() == 0.5


def test_flat_colours_are_few():
    x = torch.rand(1, 3, 40, 40, generator=torch.Generator().manual_seed(0))
    assert len(drawn(x, FLAT).unique()) <= 7


@pytest.mark.parametrize("side", [1, 200, 360, 361, 1080])
def test_large_pictures_are_translated_at_360_lines(side):
    assert min(short_sized(side, 2 * side)) == min(side, SHORT_SIDE)


def moving(count: int) -> list[Picture]:
    """Make a film of soft shapes and a fence that pans by 3 pixels a frame."""
    wide = F.interpolate(
        torch.rand(1, 3, 12, 30, generator=torch.Generator().manual_seed(7)), (96, 240), mode="bicubic"
    )
    wide[..., 60:, ::9] *= 0.3
    opaque = torch.ones(1, 1, 96, 144)
    return [torch.cat([wide[..., 3 * i : 3 * i + 144].clamp(0, 1), opaque], 1) for i in range(count)]


@pytest.mark.parametrize("model", ["translate-cartoon", "translate-outdoors"])
def test_the_shipped_models_flicker_less_in_chains_than_frame_by_frame(model):
    engine = Engine("cpu")
    found = measure(engine, model, moving(6))
    engine.close()
    assert found["chains of 8"][0] < found["frame by frame"][0]


def test_models_are_measured_on_validation_films_by_the_command(models, monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("VGAN_MODELS", str(models))
    write_film(tmp_path / "tos_made.mkv", 30, size=(64, 48))
    write_film(tmp_path / "other.mkv", 30, size=(64, 48))
    assert main(["evaluate", "style.translate", "--data", str(tmp_path), "--json"]) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {row["of"] for row in found} == {"tos_made.mkv"}
    ways = ("frame by frame", "chains of 8", "chains of 8, stabilised")
    ours = {f"{model}, {way}" for model in ("flat", "inked", "lines") for way in ways}
    assert {"the film", *ours} <= {row["method"] for row in found}
    write_film(tmp_path / "tos_short.mkv", 12, size=(64, 48))
    assert main(["evaluate", "style.translate", "--data", str(tmp_path)]) == 1
    assert "fewer than" in capsys.readouterr().err

"""Effects that ask a network keep their laws with the shipped weights."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
import torch.nn.functional as F
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import vgan_studio.effects.families  # noqa: F401  (the registry is filled)
from vgan_studio.effects.spec import find
from vgan_studio.engine.run import Engine
from vgan_studio.errors import ModelError
from vgan_studio.gan.data import test_sets as sets
from vgan_studio.gan.measure_upscale import bicubic, lanczos, measure
from vgan_studio.gan.weights import list_models
from vgan_studio.picture import Picture, quantize
from vgan_studio.render.node import Asset
from vgan_studio.render.stack import arguments
from vgan_studio.timeline.values import EffectCall

UPSCALE = find("gan.upscale")
ASKED = {"scale": "2", "quality": "fast", "crisp": 0.0, "model": "", "texture": ""}
KINDS = [("2", "fast"), ("2", "fine"), ("4", "fast"), ("4", "fine")]


def asked(scale: str, quality: str) -> dict[str, object]:
    """Give the parameters."""
    return {**ASKED, "scale": scale, "quality": quality}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    made = Engine("cpu", memory=tmp_path_factory.mktemp("engine") / "engine.json")
    yield made
    made.close()


def picture(height: int, width: int, seed: int = 0, batch: int = 1) -> Picture:
    """A smooth picture with an edge, and alpha."""
    torch.manual_seed(seed)
    x = F.interpolate(torch.rand(batch, 4, 4, 4), (height, width), mode="bicubic").clamp(0, 1)
    x[..., width // 2 :] *= 0.5
    return torch.cat([x[:, :3] * x[:, 3:], x[:, 3:]], 1)


def plain(x: Picture, scale: int = 2) -> Picture:
    return F.interpolate(x, scale_factor=scale, mode="bicubic", align_corners=False).clamp(0, 1)


sizes = st.tuples(st.integers(2, 40), st.integers(2, 40))
scales = st.sampled_from(["2", "4"])


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(size=sizes, scale=scales)
def test_strength_nought_is_bicubic_bit_for_bit_and_needs_no_network(size: tuple[int, int], scale: str) -> None:
    x = picture(*size)
    assert UPSCALE.finish is not None
    wanted = plain(x, int(scale))
    assert torch.equal(UPSCALE.finish(x, None, strength=0.0, scale=scale), wanted)
    assert torch.equal(UPSCALE.finish(x, torch.rand_like(wanted), strength=0.0, scale=scale), wanted)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(size=sizes, kind=st.sampled_from(KINDS), crisp=st.sampled_from([0.0, 0.31, 1.0]), seed=st.integers(0, 99))
def test_the_result_is_a_picture_as_many_times_as_large(
    engine: Engine, size: tuple[int, int], kind: tuple[str, str], crisp: float, seed: int
) -> None:
    x, params = picture(*size, seed), {**asked(*kind), "crisp": crisp}
    before = x.clone()
    y = UPSCALE.render(x, engine=engine, **params)
    assert UPSCALE.size is not None
    assert y.shape == (1, 4, *UPSCALE.size(size, params)) and torch.equal(x, before)
    assert y.shape[2] == int(kind[0]) * size[0]
    assert float(y.min()) >= 0 and bool((y[:, :3] <= y[:, 3:]).all()) and float(y[:, 3].max()) <= 1


def test_strength_mixes_without_asking_the_network_again(engine: Engine) -> None:
    x = picture(20, 30)
    y = UPSCALE.render(x, engine=engine, **ASKED)
    assert UPSCALE.finish is not None
    assert torch.equal(UPSCALE.finish(x, y, strength=1.0, scale="2"), y)
    half = UPSCALE.finish(x, y, strength=0.5, scale="2")
    assert torch.allclose(half, (plain(x) + y) / 2, atol=1e-6)


@pytest.mark.parametrize(("scale", "quality"), KINDS)
def test_a_plan_holds_the_models_of_that_scale_and_quality_by_their_content(scale: str, quality: str) -> None:
    call = EffectCall("gan.upscale", (("quality", quality), ("scale", scale)))
    params = arguments(UPSCALE, call, 0)
    name = f"upscale-x{scale}" + ("-fine" if quality == "fine" else "")
    cards = {card.name: card for _, card in list_models()}
    assert params["model"] == Asset(name, cards[name].digest)
    assert params["texture"] == Asset(name + "-crisp", cards[name + "-crisp"].digest)


def test_a_network_for_another_scale_is_refused_in_a_sentence(engine: Engine) -> None:
    with pytest.raises(ModelError, match=r"enlarges 2 times: set scale to 2\.$"):
        UPSCALE.render(picture(8, 8), engine=engine, **{**asked("4", "fast"), "model": "upscale-x2"})


def test_a_batch_equals_its_pictures_one_by_one(engine: Engine) -> None:
    x = picture(33, 47, batch=3)
    one_by_one = torch.cat([UPSCALE.render(one[None], engine=engine, **ASKED) for one in x])
    assert float((quantize(UPSCALE.render(x, engine=engine, **ASKED)) - quantize(one_by_one)).abs().max()) < 1.5 / 255


@pytest.mark.parametrize(("scale", "quality"), KINDS)
def test_crisp_goes_from_one_network_to_the_other(engine: Engine, scale: str, quality: str) -> None:
    x, params = picture(24, 24), asked(scale, quality)
    name = f"upscale-x{scale}" + ("-fine" if quality == "fine" else "")
    ends = [engine.run(engine.model(end), x[:, :3]) for end in (name, name + "-crisp")]
    faithful, middle, crisp = (
        UPSCALE.render(x, engine=engine, **{**params, "crisp": c})[:, :3] for c in (0.0, 0.5, 1.0)
    )
    alpha = plain(x[:, 3:], int(scale))
    assert torch.equal(faithful, torch.minimum(ends[0].clamp(min=0), alpha))
    assert torch.equal(crisp, torch.minimum(ends[1].clamp(min=0), alpha))
    assert float((faithful - crisp).abs().max()) > 1e-4
    assert not torch.equal(middle, faithful) and not torch.equal(middle, crisp)


@pytest.mark.parametrize(("scale", "gain"), [(2, 1.5), (4, 0.7)])
def test_the_shipped_upscalers_beat_interpolation_on_photos_they_never_saw(
    engine: Engine, data: Path, scale: int, gain: float
) -> None:
    kodak = {"Kodak": sets([data / "photos"])["Kodak"][2::9]}
    methods = {"bicubic": lambda x: bicubic(x, scale), "Lanczos": lambda x: lanczos(x, scale)}
    names = [f"upscale-x{scale}{end}" for end in ("", "-crisp", "-fine", "-fine-crisp")]
    for name in names:
        methods[name] = lambda x, name=name: engine.run(engine.model(name), x).clamp(0, 1)
    found = {method: row for (_, method), row in measure(methods, kodak, scale).items()}
    for name in names[::2]:
        crisp = found[name + "-crisp"]
        assert found[name].psnr > max(found["bicubic"].psnr + gain, found["Lanczos"].psnr + gain - 0.3)
        assert crisp.psnr > found[name].psnr - 1.5 and crisp.distance < found[name].distance

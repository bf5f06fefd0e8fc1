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
from vgan_studio.gan.evaluate import bicubic, lanczos, measure, sets
from vgan_studio.picture import Picture, quantize

UPSCALE = find("gan.upscale")
ASKED = {"scale": "2", "crisp": 0.0, "model": "upscale", "texture": "upscale-crisp"}


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


def plain(x: Picture) -> Picture:
    return F.interpolate(x, scale_factor=2, mode="bicubic", align_corners=False).clamp(0, 1)


sizes = st.tuples(st.integers(2, 40), st.integers(2, 40))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(size=sizes)
def test_strength_nought_is_bicubic_bit_for_bit_and_needs_no_network(size: tuple[int, int]) -> None:
    x = picture(*size)
    assert UPSCALE.finish is not None
    assert torch.equal(UPSCALE.finish(x, None, strength=0.0), plain(x))
    assert torch.equal(UPSCALE.finish(x, torch.rand_like(plain(x)), strength=0.0), plain(x))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(size=sizes, crisp=st.sampled_from([0.0, 0.31, 1.0]), seed=st.integers(0, 99))
def test_the_result_is_a_picture_twice_as_large(engine: Engine, size: tuple[int, int], crisp: float, seed: int) -> None:
    x = picture(*size, seed)
    before = x.clone()
    y = UPSCALE.render(x, engine=engine, **{**ASKED, "crisp": crisp})
    assert UPSCALE.size is not None
    assert y.shape == (1, 4, *UPSCALE.size(size, ASKED)) and torch.equal(x, before)
    assert float(y.min()) >= 0 and bool((y[:, :3] <= y[:, 3:]).all()) and float(y[:, 3].max()) <= 1


def test_strength_mixes_without_asking_the_network_again(engine: Engine) -> None:
    x = picture(20, 30)
    y = UPSCALE.render(x, engine=engine, **ASKED)
    assert UPSCALE.finish is not None
    assert torch.equal(UPSCALE.finish(x, y, strength=1.0), y)
    half = UPSCALE.finish(x, y, strength=0.5)
    assert torch.allclose(half, (plain(x) + y) / 2, atol=1e-6)


def test_a_batch_equals_its_pictures_one_by_one(engine: Engine) -> None:
    x = picture(33, 47, batch=3)
    one_by_one = torch.cat([UPSCALE.render(one[None], engine=engine, **ASKED) for one in x])
    assert float((quantize(UPSCALE.render(x, engine=engine, **ASKED)) - quantize(one_by_one)).abs().max()) < 1.5 / 255


def test_crisp_goes_from_one_network_to_the_other(engine: Engine) -> None:
    x = picture(24, 24)
    ends = [engine.run(engine.model(name), x[:, :3]) for name in ("upscale-x2", "upscale-x2-crisp")]
    faithful, middle, crisp = (
        UPSCALE.render(x, engine=engine, **{**ASKED, "crisp": c})[:, :3] for c in (0.0, 0.5, 1.0)
    )
    alpha = plain(x[:, 3:])
    assert torch.equal(faithful, torch.minimum(ends[0].clamp(min=0), alpha))
    assert torch.equal(crisp, torch.minimum(ends[1].clamp(min=0), alpha))
    assert float((faithful - crisp).abs().max()) > 1e-4
    assert not torch.equal(middle, faithful) and not torch.equal(middle, crisp)


def test_the_shipped_upscaler_beats_interpolation_on_photos_it_never_saw(engine: Engine, data: Path) -> None:
    kodak = {"Kodak": sets([data / "photos"])["Kodak"][2::6]}
    methods = {"bicubic": lambda x: bicubic(x, 2), "Lanczos": lambda x: lanczos(x, 2)}
    for name in ("upscale-x2", "upscale-x2-crisp"):
        methods[name] = lambda x, name=name: engine.run(engine.model(name), x).clamp(0, 1)
    psnr = {method: figures[0] for (_, method), figures in measure(methods, kodak, 2).items()}
    assert psnr["upscale-x2"] > psnr["bicubic"] + 1.5 and psnr["upscale-x2"] > psnr["Lanczos"] + 1.2
    assert psnr["upscale-x2-crisp"] > psnr["upscale-x2"] - 1.5

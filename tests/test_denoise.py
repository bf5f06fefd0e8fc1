"""The laws of the effect that takes noise away, with a network made on the spot."""

from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from torch import Tensor

from vgan_studio.effects.denoise import denoise
from vgan_studio.effects.spec import find
from vgan_studio.engine.run import Engine
from vgan_studio.gan.metrics import psnr
from vgan_studio.gan.networks import ARCHITECTURES
from vgan_studio.gan.weights import Card, build, write_model
from vgan_studio.picture import from_pixels

CONFIG = {"inputs": 10, "width": 8, "fine": 1, "middle": 1, "coarse": 1, "fold": 2}


@pytest.fixture
def engine(tmp_path: Path, monkeypatch):
    """An engine whose only model is a small one of random weights."""
    family = ARCHITECTURES["unet"]
    sizes = (1, family.reach(CONFIG), family.multiple(CONFIG))
    card = Card("small", "denoise", "unet", CONFIG, *sizes, "MIT", "a test")
    torch.manual_seed(0)
    write_model(tmp_path / "small.safetensors", card, build(card))
    monkeypatch.setenv("VGAN_MODELS", str(tmp_path))
    made = Engine("cpu", memory=tmp_path / "engine.json")
    yield made
    made.close()


def picture(seed: int, height: int = 40, width: int = 56, batch: int = 1) -> Tensor:
    noise = torch.randint(0, 256, (batch, height // 4, width // 4, 4), generator=torch.Generator().manual_seed(seed))
    return from_pixels(noise.repeat_interleave(4, 1).repeat_interleave(4, 2).to(torch.uint8))


def run(engine: Engine, before: Tensor, x: Tensor, after: Tensor, sigma: float = 25.0) -> Tensor:
    return denoise(before, x, after, engine=engine, sigma=sigma, model="small")


def test_strength_zero_gives_the_input_bit_for_bit():
    finish, x = find("gan.denoise").finish, picture(0)
    assert finish is not None
    assert finish(x, None, strength=0.0) is x
    assert finish(x, x.flip(3), strength=0.0) is x
    assert finish(x, x.flip(3), strength=1.0).equal(x.flip(3))


@pytest.mark.parametrize("size", [(4, 4), (20, 36), (40, 56)])
def test_size_and_alpha_stay_and_colour_stays_under_alpha(engine, size):
    x = picture(1, *size, batch=2)
    y = run(engine, x, x, x)
    assert y.shape == x.shape
    assert y[:, 3:].equal(x[:, 3:])
    assert (y[:, :3] >= 0).all() and (y[:, :3] <= y[:, 3:]).all()


def test_the_inputs_stay_as_they_are_and_the_result_repeats(engine):
    window = [picture(seed) for seed in (1, 2, 3)]
    kept = [x.clone() for x in window]
    assert run(engine, *window).equal(run(engine, *window))
    assert all(x.equal(before) for x, before in zip(window, kept, strict=True))


def test_a_batch_equals_its_pictures(engine):
    before, x, after = (torch.cat([picture(seed), picture(seed + 9)]) for seed in (1, 2, 3))
    both = run(engine, before, x, after)
    single = [run(engine, before[i : i + 1], x[i : i + 1], after[i : i + 1]) for i in range(2)]
    assert psnr(both, torch.cat(single)).min() > 45


def test_nothing_is_taken_from_beyond_a_cut(engine):
    x = picture(4)
    assert run(engine, picture(5), x, picture(6)).equal(run(engine, x, x, x))


@pytest.fixture(scope="module")
def shipped() -> Engine:
    made = Engine("cpu")
    yield made
    made.close()


def made_scene(height: int = 96, width: int = 128) -> Tensor:
    """Make an opaque picture of ramps, a disc, and stripes that grow finer."""
    down, across = torch.meshgrid(torch.linspace(0, 1, height), torch.linspace(0, 1, width), indexing="ij")
    disc = (30 * (0.25 - ((down - 0.5) ** 2 + (across - 0.4) ** 2).sqrt())).clamp(0, 1)
    stripes = 0.5 + 0.3 * torch.sin(40 * across**2) * (down > 0.7)
    colour = torch.stack([stripes * (1 - disc) + 0.8 * disc, down * 0.8, 0.7 - 0.5 * across])
    return torch.cat([colour, torch.ones(1, height, width)])[None].clamp(0, 1)


def noisy(x: Tensor, sigma: float, seed: int) -> Tensor:
    field = torch.randn(x[:, :3].shape, generator=torch.Generator().manual_seed(seed))
    return torch.cat([(x[:, :3] + sigma / 255 * field).clamp(0, 1), x[:, 3:]], 1)


@pytest.mark.parametrize(
    ("sigma", "told", "gain"), [(10.0, 10.0, 7), (25.0, 25.0, 10), (25.0, 0.0, 10), (50.0, 0.0, 11)]
)
def test_the_shipped_denoiser_takes_noise_out_of_a_made_picture(shipped, sigma, told, gain):
    x = made_scene()
    window = [noisy(x, sigma, seed) for seed in range(3)]
    alone = denoise(window[1], window[1], window[1], engine=shipped, sigma=told, model="denoise")
    three = denoise(*window, engine=shipped, sigma=told, model="denoise")
    assert psnr(alone, x) > psnr(window[1], x) + gain
    assert psnr(three, x) > psnr(alone, x) + 0.5


def test_the_shipped_denoiser_leaves_a_clean_picture_nearly_as_it_is(shipped):
    x = made_scene()
    assert psnr(denoise(x, x, x, engine=shipped, sigma=0.0, model="denoise"), x) > 36


def test_the_shipped_denoiser_keeps_its_figure_on_photos(shipped):
    folder = Path(__file__).parents[1].parent / "shared" / "benchmarks" / "CBSD68"
    if not folder.is_dir():
        pytest.skip(f"needs the test pictures in {folder}, which are not part of the project")
    qualities = []
    for seed, name in enumerate(("101085", "223061", "119082")):
        x = from_pixels(torch.from_numpy(np.asarray(Image.open(folder / f"{name}.png").convert("RGB")).copy())[None])
        seen = noisy(x, 25, seed)
        y = denoise(seen, seen, seen, engine=shipped, sigma=25.0, model="denoise")
        qualities.append(float(psnr(y[:, :3], x[:, :3])))
    assert sum(qualities) / 3 > 27.6

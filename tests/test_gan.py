"""Losses, metrics, data and the loop of training."""

import json
from dataclasses import replace
from itertools import islice
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import given, settings
from hypothesis import strategies as st

from vgan_studio.errors import ModelError
from vgan_studio.gan import losses, metrics
from vgan_studio.gan.adversary import without_lattice
from vgan_studio.gan.data import Source, crops, read_sources, split
from vgan_studio.gan.measure_upscale import bicubic, lanczos, measure, read, shrink
from vgan_studio.gan.networks import ARCHITECTURES
from vgan_studio.gan.networks.compact import Compact
from vgan_studio.gan.networks.discriminators import PatchD
from vgan_studio.gan.networks.unet import PlainUNet
from vgan_studio.gan.recipes import RECIPES
from vgan_studio.gan.state import begin
from vgan_studio.gan.train import course, main, train
from vgan_studio.gan.weights import Card, read_model, write_model
from vgan_studio.gan.widened import Branches, narrowed, widen

pytestmark = pytest.mark.usefixtures("one_thread")


FAITHFUL = replace(
    RECIPES["upscale-x2"], config={"width": 8, "depth": 2, "scale": 2}, batch=4, side=16, steps=30, rate=3e-3
)
CRISP = replace(FAITHFUL, adversarial=0.5)


def photo(seed: int, side: int = 64) -> np.ndarray:
    """A picture of soft blobs with hard edges across."""
    rng = np.random.default_rng(seed)
    pixels = cv2.resize(rng.random((5, 5, 3)), (side, side), interpolation=cv2.INTER_CUBIC)
    for x, y in rng.integers(0, side, (6, 2)):
        cv2.line(pixels, (int(x), 0), (int(y), side), rng.random(3).tolist(), 1)
    return (pixels.clip(0, 1) * 255).astype(np.uint8)


SOURCES = tuple(Source(f"{seed}", (photo(seed),)) for seed in range(4))


def state(recipe, path: Path, steps: int | None = None, **options):
    """Train so far and give all that the checkpoint holds, but for the clock."""
    generator = train(recipe, SOURCES, path, every=10, **options)
    for _ in islice(generator, steps):
        pass
    generator.close()
    content = torch.load(path, weights_only=True)
    content.pop("seconds")
    return content


def same(a, b) -> bool:
    if isinstance(a, torch.Tensor):
        return torch.equal(a, b)
    if isinstance(a, dict):
        return a.keys() == b.keys() and all(same(a[key], b[key]) for key in a)
    if isinstance(a, list | tuple):
        return len(a) == len(b) and all(map(same, a, b))
    return bool(a == b)


@pytest.mark.parametrize("recipe", [FAITHFUL, CRISP], ids=["faithful", "crisp"])
def test_an_interrupted_training_ends_as_an_uninterrupted_one(tmp_path, recipe):
    whole = state(recipe, tmp_path / "whole")
    half = state(recipe, tmp_path / "half", steps=1)
    assert half["step"] == 10 and not same(half, whole)
    assert same(state(recipe, tmp_path / "half", resume=True), whole)


def test_training_gets_better_than_where_it_began(tmp_path):
    reports = list(train(replace(FAITHFUL, steps=90), SOURCES, tmp_path / "c", every=30))
    assert [report.step for report in reports] == [30, 60, 90]
    assert reports[-1].share == 1 and reports[-1].losses["pixel"] < reports[0].losses["pixel"]


def test_the_adversarial_phase_teaches_both_sides(tmp_path):
    first, *_, last = train(CRISP, SOURCES, tmp_path / "c", every=10)
    assert {"pixel", "adversarial", "matching", "critic", "told_apart"} <= last.losses.keys()
    assert last.losses["critic"] != first.losses["critic"]


@settings(max_examples=20, deadline=None)
@given(scale=st.integers(1, 4), seed=st.integers(0, 99))
def test_a_lattice_is_taken_out_of_a_gradient_and_all_else_stays(scale, seed):
    torch.manual_seed(seed)
    smooth = torch.randn(1, 3, 1, 1).expand(1, 3, 20 * scale, 20 * scale)
    lattice = torch.randn(1, 3, scale, scale).tile(20, 20)
    lattice = lattice - lattice.mean((2, 3), keepdim=True)
    assert torch.allclose(without_lattice(smooth + lattice, scale), smooth, atol=1e-4)
    assert torch.equal(without_lattice(lattice, 1), lattice)


def test_a_budget_in_minutes_ends(tmp_path):
    *_, last = train(FAITHFUL, SOURCES, tmp_path / "c", minutes=0.005)
    assert last.share == 1 and last.minutes >= 0.005


def test_a_recipe_with_a_base_asks_for_it(tmp_path):
    with pytest.raises(ModelError, match="starts from the model upscale-x2"):
        next(train(RECIPES["upscale-x2-crisp"], SOURCES, tmp_path / "c"))


@pytest.mark.parametrize("inputs", [9, 10, 12])
def test_a_network_that_sees_more_or_less_than_its_base_begins_as_it(tmp_path, inputs):
    config = {"inputs": 10, "width": 8, "fine": 1, "middle": 1, "coarse": 1, "fold": 2}
    family, path = ARCHITECTURES["unet"], tmp_path / "denoise.safetensors"
    sizes = (1, family.reach(config), family.multiple(config))
    write_model(path, Card("denoise", "denoise", "unet", config, *sizes, "MIT", "a test"), PlainUNet(**config))
    base = read_model(path)
    recipe = replace(RECIPES["deblur"], config=config | {"inputs": inputs})
    begun = begin(recipe, [], base, "cpu").generator
    x = torch.rand(1, 12, 16, 24)
    x[:, 9:] = 0  # what the other does not know
    with torch.inference_mode():
        assert torch.allclose(begun(x[:, :inputs]), base.network(x[:, :10]).float(), atol=0.02)


def test_a_checkpoint_of_another_recipe_or_a_damaged_one_is_refused(tmp_path):
    state(FAITHFUL, tmp_path / "c", steps=1)
    with pytest.raises(ModelError, match="another recipe"):
        next(train(replace(FAITHFUL, rate=1.0), SOURCES, tmp_path / "c", resume=True))
    (tmp_path / "c").write_bytes(b"PK nothing")
    with pytest.raises(ModelError, match="missing or damaged"):
        next(train(FAITHFUL, SOURCES, tmp_path / "c", resume=True))
    with pytest.raises(ModelError, match="missing or damaged"):
        next(train(FAITHFUL, SOURCES, tmp_path / "none", resume=True))


def test_the_command_trains_a_model_that_can_be_read(tmp_path, monkeypatch):
    monkeypatch.setitem(RECIPES, "upscale-x2", FAITHFUL)
    for name in ("a.png", "b.png", "nasa-astronaut.png"):
        cv2.imwrite(str(tmp_path / name), photo(len(name), side=500))
    command = ["upscale-x2", "--data", str(tmp_path), "-o", str(tmp_path / "out"), "--steps", "4", "--every", "2"]
    assert main(command) == 0
    card = read_model(tmp_path / "out" / "upscale-x2.safetensors").card
    assert card.training["steps"] == 4 and "upscale-x2 --steps 4 --data" in card.source
    assert main(["upscale-x2", "--data", str(tmp_path / "out"), "-o", str(tmp_path)]) == 1


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 9), step=st.integers(0, 10**6))
def test_crops_are_a_pure_function_of_seed_and_step(seed, step):
    first = crops(SOURCES, seed=seed, step=step, batch=6, side=8, scale=2)
    again = crops(SOURCES, seed=seed, step=step, batch=6, side=8, scale=2)
    other = crops(SOURCES, seed=seed, step=step + 1, batch=6, side=8, scale=2)
    assert same(first, again) and not same(first, other)
    low, high = first
    assert low.shape == (6, 3, 8, 8) and high.shape == (6, 3, 16, 16)
    assert float(low.min()) >= 0 and float(low.max()) <= 1
    assert torch.equal((low * 255).round() / 255, low)


def test_what_is_measured_on_is_never_trained_on(data):
    folders = [data / "photos", data / "clips", data.parent / "benchmarks"]
    paths = [path for folder in folders for path in folder.rglob("*")]
    parts = {path.name: split(path) for path in paths}
    assert all(parts[path.name] == "test" for path in paths if "benchmarks" in path.parts)
    assert all(part == "test" for name, part in parts.items() if name.startswith(("kodim", "kodak-")))
    assert {"train", "validation", "test", "unused"} == set(parts.values())


def test_a_folder_without_pictures_is_a_sentence(tmp_path):
    (tmp_path / "broken.png").write_bytes(b"nothing")
    with pytest.raises(ModelError, match="no pictures to learn from"):
        read_sources([tmp_path], "train")


def test_films_are_read_like_photos(data):
    sources = read_sources([data / "clips"], "validation")
    assert len({source.name for source in sources}) == len(sources) > 3


def test_a_new_network_enlarges_about_like_nearest():
    torch.manual_seed(0)
    x = torch.rand(2, 3, 9, 7)
    y = Compact(8, 2, 3)(x).detach()
    assert y.shape == (2, 3, 27, 21)
    assert float((y - x.repeat_interleave(3, 2).repeat_interleave(3, 3)).abs().mean()) < 0.1


def test_other_programs_get_the_layout_that_they_know():
    torch.manual_seed(0)
    network = Compact(6, 2, 2)
    layers = []
    for channels in (3, 6, 6):
        layers += [torch.nn.Conv2d(channels, 6, 3, padding=1), torch.nn.PReLU(6)]
    body = torch.nn.Sequential(*layers, torch.nn.Conv2d(6, 12, 3, padding=1))
    theirs = torch.nn.ModuleDict({"body": body})
    theirs.load_state_dict(network.for_others())
    x = torch.rand(1, 3, 8, 8)
    y = torch.nn.functional.pixel_shuffle(body(x), 2) + x.repeat_interleave(2, 2).repeat_interleave(2, 3)
    assert torch.allclose(network(x), y, atol=1e-6)


@settings(max_examples=15, deadline=None)
@given(width=st.integers(1, 6), depth=st.integers(0, 4), scale=st.integers(1, 4), seed=st.integers(0, 100))
def test_no_pixel_beyond_the_reach_is_seen(width, depth, scale, seed):
    torch.manual_seed(seed)
    config = {"width": width, "depth": depth, "scale": scale}
    network, reach = ARCHITECTURES["compact"].build(**config), ARCHITECTURES["compact"].reach(config)
    x = torch.rand(1, 3, 21, 21, requires_grad=True)
    middle = network(x)[..., 10 * scale : 11 * scale, 10 * scale : 11 * scale].sum()
    seen = torch.autograd.grad(middle, x)[0].abs().sum((0, 1)) > 0
    assert not bool(seen[: 10 - reach].any()) and not bool(seen[:, 11 + reach :].any())


def test_the_discriminator_judges_patches_and_shows_what_it_saw():
    logits, features = PatchD(6)(torch.rand(2, 6, 96, 96))
    assert logits.shape == (2, 1, 24, 24) and [f.shape[1] for f in features] == [24, 48, 64]


@given(st.floats(-5, 5), st.floats(-5, 5))
def test_the_two_sides_want_the_opposite(real, fake):
    r, f = torch.tensor([real]), torch.tensor([fake])
    gap = float(losses.relativistic_generator(r, f) - losses.relativistic_discriminator(r, f))
    assert gap == pytest.approx(real - fake, abs=1e-4)


def test_losses_have_their_known_values():
    zero, one = torch.zeros(1, 3, 4, 4), torch.ones(1, 3, 4, 4)
    assert float(losses.charbonnier(zero, zero)) == pytest.approx(1e-3)
    assert float(losses.charbonnier(zero, one)) == pytest.approx(1, abs=1e-5)
    assert float(losses.hinge_discriminator(one * 2, -one * 2)) == 0
    assert float(losses.hinge_discriminator(zero, zero)) == 2 and float(losses.hinge_generator(one)) == -1
    assert float(losses.feature_matching([zero, one], [one, one])) == pytest.approx(0.5)


def test_feature_matching_teaches_the_generated_side_only():
    real, fake = torch.rand(2, requires_grad=True), torch.rand(2, requires_grad=True)
    losses.feature_matching([real], [fake]).backward()
    assert real.grad is None and fake.grad is not None


def test_metrics_have_their_known_values():
    grey = torch.full((1, 3, 40, 40), 100 / 255)
    assert float(metrics.luma(torch.ones(1, 3, 1, 1))) == pytest.approx(235, abs=1e-3)
    assert float(metrics.luma(torch.zeros(1, 3, 1, 1))) == 16
    assert float(metrics.psnr(grey, grey + 0.1)) == pytest.approx(20, abs=1e-4)
    one_level = float(metrics.psnr_y(grey, grey + 1 / 255, 2))
    assert one_level == pytest.approx(20 * np.log10(255 / (219 / 255)), abs=1e-3)
    assert float(metrics.psnr_y(grey, grey + 0.4 / 255, 2)) == np.inf  # it is rounded to 8 bits first
    assert float(metrics.ssim_y(grey, grey, 2)) == pytest.approx(1)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 100), st.floats(0.01, 0.5))
def test_more_noise_is_measured_as_worse(seed, strength):
    torch.manual_seed(seed)
    x = torch.rand(1, 3, 32, 32) * 0.5 + 0.25
    noise = torch.randn_like(x)
    weak, strong = (x + noise * strength / divisor for divisor in (4, 2))
    assert float(metrics.psnr_y(weak, x, 2)) > float(metrics.psnr_y(strong, x, 2))
    assert float(metrics.ssim_y(weak, x, 2)) > float(metrics.ssim_y(strong, x, 2))


def test_interpolation_is_measured_on_a_picture(tmp_path):
    cv2.imwrite(str(tmp_path / "kodim99.png"), photo(0))
    methods = {"bicubic": lambda x: bicubic(x, 2), "Lanczos": lambda x: lanczos(x, 2), "truth": lambda x: whole}
    whole = read(tmp_path / "kodim99.png", 2)
    found = measure(methods, {"Kodak": [tmp_path / "kodim99.png"]}, 2)
    for name in ("bicubic", "Lanczos"):
        quality = found["Kodak", name]
        assert 10 < quality.psnr < 60 and quality.ssim < 1 and quality.distance > 0
    assert found["Kodak", "truth"].distance == 0 and found["Kodak", "truth"].psnr == np.inf
    assert shrink(torch.rand(1, 3, 8, 6), 2).shape == (1, 3, 4, 3)


def test_recipes_are_named_as_they_are_kept_and_can_be_written_down():
    for name, recipe in RECIPES.items():
        assert recipe.name == name and recipe.architecture in ARCHITECTURES and recipe.about and recipe.limits
        assert not recipe.base or recipe.base in RECIPES
        assert json.dumps(dict(recipe.config))


@settings(max_examples=15, deadline=None)
@given(width=st.integers(1, 6), depth=st.integers(0, 3), seed=st.integers(0, 2**32 - 1))
def test_what_learnt_widened_runs_narrow_and_makes_the_same(width, depth, seed):
    torch.manual_seed(seed)
    network, x = Compact(width, depth, 2), torch.rand(1, 3, 9, 7)
    with torch.no_grad():
        plain = network(x)
        widen(network)
        assert torch.allclose(network(x), plain, atol=1e-6), "branches begin as nothing"
        for name, parameter in network.named_parameters():
            if "parametrizations" in name:
                parameter.normal_(std=0.1)
        learnt = network(x)
        again = narrowed(network, Compact(width, depth, 2))
    assert not torch.allclose(learnt, plain, atol=1e-3)
    assert again.state_dict().keys() == Compact(width, depth, 2).state_dict().keys()
    assert torch.allclose(again(x), learnt, atol=1e-5)


def test_branches_are_convolutions_one_after_the_other():
    torch.manual_seed(0)
    weight, x = torch.randn(5, 3, 3, 3), torch.randn(1, 3, 8, 8)
    branches = Branches(weight)
    with torch.no_grad():
        for parameter in branches.parameters():
            parameter.normal_()
        point, wider = branches.point[:, :, None, None], branches.wider[:, :, None, None]
        apart = F.conv2d(x, weight, padding=1) + F.conv2d(x, point)
        apart = apart + F.conv2d(F.conv2d(x, wider), branches.narrower, padding=1)
        assert torch.allclose(F.conv2d(x, branches(weight), padding=1), apart, atol=1e-3)


def test_a_widened_training_writes_a_model_like_any_other(tmp_path):
    cv2.imwrite(str(tmp_path / "a.png"), photo(1, 300))
    cv2.imwrite(str(tmp_path / "budgie-canyon-wren.png"), photo(2, 300))
    recipe = replace(FAITHFUL, widened=True)
    *_, (report, _) = course(recipe, [tmp_path], tmp_path / "out", steps=12)
    made = read_model(tmp_path / "out" / "upscale-x2.safetensors").network
    x = torch.rand(1, 3, 12, 12)
    with torch.inference_mode():
        assert torch.allclose(made(x).float(), report.generator(x), atol=0.01)
    *_, again = train(recipe, SOURCES, tmp_path / "c", steps=6)
    half = train(recipe, SOURCES, tmp_path / "d", steps=6, every=3)
    next(half)
    half.close()
    *_, resumed = train(recipe, SOURCES, tmp_path / "d", steps=6, resume=True)
    for one, two in zip(again.generator.parameters(), resumed.generator.parameters(), strict=True):
        assert torch.equal(one, two)


def test_crops_in_other_colours_are_of_the_same_scene_small_and_large():
    plain, other = (crops(SOURCES, seed=3, step=5, batch=8, side=12, scale=2, recoloured=share)[1] for share in (0, 1))
    low, high = crops(SOURCES, seed=3, step=5, batch=8, side=12, scale=2, recoloured=1)
    assert high.equal(other) and not high.equal(plain), "a batch is a function of its step"
    assert torch.equal((high * 255).round(), high * 255), "whole levels"
    first = F.interpolate(high[:1], scale_factor=0.5, mode="bicubic", antialias=True).clamp(0, 1)
    assert (low[:1] - first).abs().max() < 1 / 255
    for before, after in zip(plain, other, strict=True):  # edges stay where they are
        edges = [one.mean(0).diff(dim=1).abs().flatten() for one in (before, after)]
        assert torch.corrcoef(torch.stack(edges))[0, 1] > 0.7

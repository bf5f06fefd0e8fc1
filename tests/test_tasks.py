"""What can be learnt is learnt: losses fall, batches are functions of the step, resuming changes nothing."""

import json
import subprocess
import sys
from dataclasses import replace
from itertools import islice
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from vgan_studio.cli import main as vgan
from vgan_studio.errors import ModelError
from vgan_studio.gan import noise
from vgan_studio.gan.adversary import recall
from vgan_studio.gan.data import Source, recolour
from vgan_studio.gan.films import read_moments
from vgan_studio.gan.networks import ARCHITECTURES
from vgan_studio.gan.networks.features import FeatNet
from vgan_studio.gan.noise import Noise
from vgan_studio.gan.recipes import RECIPES, Recipe
from vgan_studio.gan.tasks import TASKS, lesson
from vgan_studio.gan.train import changed, main, train
from vgan_studio.gan.weights import read_model

SMALL = {"compact": {"width": 8, "depth": 2, "scale": 2}, "unet": {
    "inputs": 10, "width": 8, "fine": 1, "middle": 1, "coarse": 1, "fold": 2}, "features": {"width": 6},
    "tween": {"width": 8, "fine": 1, "middle": 1, "coarse": 1}, "stylize": {"width": 16, "blocks": 2, "styles": 2},
    "translate": {"condition": 0, "width": 8, "fine": 1, "middle": 1, "coarse": 1, "fold": 2}}  # fmt: skip


pytestmark = pytest.mark.usefixtures("one_thread")


def small(name: str) -> Recipe:
    recipe = RECIPES[name]
    seen = {part: number for part, number in recipe.config.items() if part in ("inputs", "scale")}
    batch, side = (4, 40) if name == "stylize" else (8, 48 // recipe.scale if recipe.scale > 1 else 32)
    return replace(recipe, config=SMALL[recipe.architecture] | seen, batch=batch, side=side, base="", rate=2e-3)


def stills(count: int = 4) -> tuple[Source, ...]:
    """Make pictures with structure at several sizes."""
    rng = np.random.default_rng(0)
    pictures = []
    for index in range(count):
        coarse = rng.integers(0, 256, (12, 12, 3), np.uint8)
        soft = cv2.resize(coarse, (160, 160), interpolation=cv2.INTER_CUBIC)
        cv2.circle(soft, (80, 80), 20 + 10 * index, (255, 200, 0), 2)
        pictures.append(Source(f"{index}.png#0", (soft,), painted=index % 2 == 1))
    return tuple(pictures)


def groups() -> tuple[Source, ...]:
    """Make what a denoiser learns one film from: noisy frames of a still one, all believed."""
    rng = np.random.default_rng(2)
    found = []
    for still in stills():
        noisy = np.tile(still.levels[0], 4) + rng.normal(0, 20, (160, 160, 12))
        believed = np.full((160, 160, 1), 255.0)
        found.append(Source(still.name, (np.concatenate([noisy, believed], 2).clip(0, 255).astype(np.uint8),)))
    return tuple(found)


def windows() -> tuple[Source, ...]:
    """Make what an interpolator learns from: a picture that moves by 6 pixels, of which 3 were seen."""
    found = []
    for still in stills():
        shown = [still.levels[0][40:104, 40 + at : 104 + at] for at in (6, 3, 0)]
        seen = np.tile(np.array([3, 0, -3, 0], np.float16), (64, 64, 1)).view(np.uint8)
        window = np.concatenate([*shown, seen, np.full((64, 64, 1), 120, np.uint8)], 2)
        found.append(Source(still.name, (window,)))
    return tuple(found)


def rows() -> tuple[Source, ...]:
    """Make what a translator learns from: three moments of a picture that moves by 2 pixels, and their lines."""
    found = []
    for still in stills():
        shown = [still.levels[0][40:104, 40 + at : 104 + at] for at in (4, 2, 0)]
        lines = [np.where(one.mean(2, keepdims=True) < 100, 0, 255).repeat(3, 2).astype(np.uint8) for one in shown]
        motion = np.tile(np.array([-2, 0, -2, 0], np.float16), (64, 64, 1)).view(np.uint8)
        found.append(Source(still.name, (np.concatenate([*shown, *lines, motion], 2),)))
    return tuple(found)


def codeds() -> tuple[Source, ...]:
    """Make what a deblocker learns from: pictures as JPEG leaves them, and as they were meant."""
    found = []
    for still in stills():
        packed = cv2.imencode(".jpg", still.levels[0], [cv2.IMWRITE_JPEG_QUALITY, 10])[1]
        left = np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR), np.uint8)
        found.append(
            Source(
                f"{still.name}@coded",
                (np.concatenate([left, left, left, np.full_like(left, 128), still.levels[0]], 2),),
            )
        )
    return tuple(found)


def material(name: str) -> tuple[Source, ...]:
    if RECIPES[name].architecture == "translate":
        return rows()
    if RECIPES[name].architecture == "tween":
        return windows()
    made = {"clip": groups, "deblock": codeds}
    return made.get(RECIPES[name].lesson, stills)()


def film(path: Path) -> None:
    """Write a film of a picture that moves to the right by two pixels a frame."""
    wide = cv2.resize(np.random.default_rng(1).integers(0, 256, (20, 40, 3), np.uint8), (800, 400), interpolation=2)
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 25, (640, 400))
    for index in range(20):
        writer.write(np.ascontiguousarray(wide[:, 2 * index : 2 * index + 640]))
    writer.release()


@pytest.mark.parametrize("name", sorted(RECIPES))
def test_twenty_steps_make_every_recipes_loss_fall(name, tmp_path):
    reports = list(train(small(name), material(name), tmp_path / "c", steps=20, every=5))
    parts = {"pixel", "which", "painted", "fault", "strength", "strokes", "palette"}
    fidelity = set(reports[0].losses) & parts
    first, last = (sum(report.losses[part] for part in fidelity) for report in (reports[0], reports[-1]))
    assert [report.step for report in reports] == [5, 10, 15, 20]
    assert last < first


@pytest.mark.parametrize("name", sorted(RECIPES))
def test_interrupting_a_training_changes_no_weight(name, tmp_path):
    recipe, sources = small(name), material(name)
    *_, whole = train(recipe, sources, tmp_path / "whole", steps=6, every=2)
    assert len(list(islice(train(recipe, sources, tmp_path / "c", steps=6, every=2), 2))) == 2
    *_, resumed = train(recipe, sources, tmp_path / "c", steps=6, every=2, resume=True)
    for key, value in whole.generator.state_dict().items():
        assert resumed.generator.state_dict()[key].equal(value), key


@pytest.mark.parametrize("name", sorted(RECIPES))
def test_a_batch_is_a_function_of_the_step(name):
    recipe, sources = small(name), material(name)
    batches = [lesson(recipe).batch(recipe, sources, step) for step in (3, 3, 4)]
    assert batches[0].x.equal(batches[1].x) and batches[0].target.equal(batches[1].target)
    assert not batches[0].x.equal(batches[2].x)


def test_a_perceptual_network_can_take_part(tmp_path):
    torch.manual_seed(0)
    recipe = replace(small("upscale-x2-crisp"), perceptual=1.0)
    (report,) = train(recipe, stills(), tmp_path / "c", steps=2, every=2, eyes=FeatNet(6))
    assert report.losses["perceptual"] > 0
    assert 0 <= report.losses["real_recall"] <= 1


def test_two_processes_train_one_model(tmp_path):
    for index, source in enumerate(stills(2)):
        name = ("train.png", "wikipd-043.png")[index]
        cv2.imwrite(str(tmp_path / name), cv2.resize(source.levels[0], (500, 500)))
    run = [sys.executable, "-m", "torch.distributed.run", "--nproc-per-node=2", "--master-port=0", "--rdzv-backend=c10d",
           "--rdzv-endpoint=localhost:0", "-m", "vgan_studio.gan.train", "upscale-x2", "--data", str(tmp_path),
           "-o", str(tmp_path / "out"), "--steps", "2", "--set", "batch=2", "--set", "side=16"]  # fmt: skip
    done = subprocess.run(run, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert read_model(tmp_path / "out" / "upscale-x2.safetensors").card.training["steps"] == 2


def test_a_damaged_or_foreign_checkpoint_is_refused_in_a_sentence(tmp_path):
    next(iter(train(small("denoise"), stills(), tmp_path / "c", steps=2, every=1)))
    with pytest.raises(ModelError, match="another recipe"):
        next(train(replace(small("denoise"), seed=99), stills(), tmp_path / "c", steps=4, resume=True))
    (tmp_path / "c").write_bytes(b"damaged")
    with pytest.raises(ModelError, match="missing or damaged"):
        next(train(small("denoise"), stills(), tmp_path / "c", steps=4, resume=True))


def test_the_command_writes_a_model_a_sheet_and_a_checkpoint(tmp_path, monkeypatch):
    monkeypatch.setitem(RECIPES, "denoise", replace(small("denoise"), batch=4))
    for index, source in enumerate(stills(2)):
        name = ("train.png", "wikipd-043.png")[index]
        cv2.imwrite(str(tmp_path / name), cv2.resize(source.levels[0], (500, 500)))
    out = tmp_path / "out"
    assert main(["denoise", "--data", str(tmp_path), "-o", str(out), "--steps", "2", "--every", "2"]) == 0
    model = read_model(out / "denoise.safetensors")
    assert (model.card.task, model.card.training["steps"]) == ("denoise", 2)
    assert (out / "denoise.checkpoint").is_file()
    assert cv2.imread(str(out / "denoise.png")).shape == (3 * 32, 4 * 32, 3)


def test_parts_of_a_recipe_can_be_changed_by_text():
    recipe = changed(RECIPES["denoise"], ["clean=true", "batch=4", "rate=0.01"])
    assert (recipe.clean, recipe.batch, recipe.rate) == (True, 4, 0.01)


@pytest.mark.parametrize("setting", ["", "colour=1", "batch=many", "clean=perhaps", "name=other", "build=1", "batch"])
def test_a_change_that_does_not_fit_is_refused_in_a_sentence(setting):
    with pytest.raises(ModelError, match=r"denoise"):
        changed(RECIPES["denoise"], [setting])


def test_a_denoiser_learns_the_noise_of_a_film(tmp_path, monkeypatch):
    film(tmp_path / "film.avi")
    recipe = small("denoise-clip")
    groups = lesson(recipe).read([tmp_path / "film.avi"], "train")
    assert [group.levels[0].shape for group in groups] == [(400, 640, 13)] * 5
    now, fetched, belief = (groups[0].levels[0][..., part].astype(float) for part in (slice(3), slice(9, 12), 12))
    inside = (slice(20, -20), slice(20, -20))
    assert belief[inside].mean() > 100
    assert np.abs(now - fetched)[inside].mean() < 8
    monkeypatch.setitem(RECIPES, "denoise-clip", replace(recipe, batch=4))
    data, out = ["--data", str(tmp_path / "film.avi")], ["-o", str(tmp_path), "--name", "mine", "--steps", "2"]
    assert main(["denoise-clip", *data, *out]) == 0
    card = read_model(tmp_path / "mine.safetensors").card
    assert (card.name, card.task) == ("mine", "denoise")


def test_the_command_says_in_a_sentence_that_a_folder_is_empty(tmp_path, caplog):
    assert main(["denoise", "--data", str(tmp_path), "-o", str(tmp_path)]) == 1
    assert "nothing to learn from" in caplog.text


@pytest.mark.parametrize("kind", ["gaussian", "poisson", "sensor"])
def test_noise_has_no_mean_and_the_strength_that_it_says(kind):
    grey = torch.full((3, 256, 256), 0.5)
    found = noise.add(grey, Noise(kind, 0.1, 0.7 if kind == "sensor" else 0), torch.Generator().manual_seed(0)) - grey
    assert found.mean() == pytest.approx(0, abs=2e-3)
    assert found.std() == pytest.approx(0.1, rel=0.03)


def test_noisy_targets_and_inputs_are_independent():
    recipe = replace(small("denoise"), batch=16)
    noisy = TASKS["denoise"].batch(recipe, stills(), 0)
    clean = TASKS["denoise"].batch(replace(recipe, clean=True), stills(), 0)
    assert noisy.x.equal(clean.x)
    on_input, on_target = noisy.x[:, :3] - clean.target, noisy.target - clean.target
    together = (on_input * on_target).mean() / (on_input.std() * on_target.std())
    assert together == pytest.approx(0, abs=0.02)
    assert float(on_target.std() / on_input.std()) == pytest.approx(0.5, abs=0.05), "it is the mean of four"


@given(seed=st.integers(0, 2**32 - 1))
def test_other_colours_are_those_of_one_light_for_all_pictures(seed):
    once = torch.rand(3, 8, 8, generator=torch.Generator().manual_seed(seed))
    seen = recolour(once.repeat(3, 1, 1), np.random.default_rng(seed))
    assert seen[:3].equal(seen[3:6]) and seen[:3].equal(seen[6:])
    assert seen.min() >= 0 and seen.max() <= 1
    for plane in seen[:3]:
        ordered = [plane.flatten()[once[one].flatten().argsort()] for one in range(3)]
        assert any(bool((row.diff() >= 0).all()) for row in ordered), "each is one of the three, bent and brightened"


def test_moments_of_a_film_are_aligned(tmp_path):
    film(tmp_path / "film.avi")
    moments = read_moments([tmp_path], "train")
    assert [m.levels[0].shape for m in moments] == [(200, 320, 9)] * 5
    now, before, after = np.split(moments[2].levels[0][:, 20:-20].astype(float), 3, 2)
    assert np.abs(before - now).mean() < 4 and np.abs(after - now).mean() < 4


def test_a_discriminator_that_guesses_has_half_of_everything():
    coin = torch.Generator().manual_seed(0)
    guess = recall(torch.randn(4000, generator=coin), torch.randn(4000, generator=coin))
    sure = recall(torch.full((10,), 3.0), torch.full((10,), -3.0))
    assert all(share == pytest.approx(0.5, abs=0.05) for share in map(float, guess.values()))
    assert all(float(share) == 1 for share in sure.values())


@pytest.mark.parametrize("fold", [1, 2, 4])
def test_a_unet_sees_no_farther_than_it_says(fold):
    family, config = ARCHITECTURES["unet"], {**SMALL["unet"], "inputs": 3, "fold": fold}
    network, reach = family.build(**config), family.reach(config)
    for parameter in network.parameters():
        torch.nn.init.uniform_(parameter, 0.01, 0.1)  # all of one sign: nothing cancels, nothing is cut off
    side = -(-(2 * reach + 1) // family.multiple(config)) * family.multiple(config) + family.multiple(config)
    x = torch.zeros(1, 3, side, side, requires_grad=True)
    y = network(x + 1)
    y[0, :, 0, 0].sum().backward()
    seen = x.grad[0].abs().sum(0).nonzero().max()
    assert 0 < int(seen) <= reach


def test_the_verb_trains_and_prints_a_line_of_json_at_every_report(tmp_path, monkeypatch, capsys):
    monkeypatch.setitem(RECIPES, "denoise", replace(small("denoise"), batch=4))
    for index, source in enumerate(stills(2)):
        name = ("train.png", "wikipd-043.png")[index]
        cv2.imwrite(str(tmp_path / name), cv2.resize(source.levels[0], (500, 500)))
    call = ["train", "denoise", "--data", str(tmp_path), "-o", str(tmp_path / "out"), "--steps", "2", "--every", "1"]
    assert vgan([*call, "--json", "--device", "cpu"]) == 0
    reports = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [report["step"] for report in reports] == [1, 2]
    assert reports[-1]["figures"]["alone"] > 0
    assert read_model(tmp_path / "out" / "denoise.safetensors").card.source.startswith(
        "vgan train denoise --steps 2 --data"
    )


def test_the_verb_lists_the_recipes_when_there_is_no_such_one(tmp_path, capsys):
    assert vgan(["train", "sharpen", "--data", str(tmp_path), "-o", str(tmp_path)]) == 1
    assert "upscale-x2" in capsys.readouterr().err

"""`vgan evaluate` measures what can be measured and says in a sentence what cannot."""

import json
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch

from vgan_studio.cli import main
from vgan_studio.errors import ModelError
from vgan_studio.gan.evaluate import MEASURES, evaluate
from vgan_studio.gan.figures import Figure, on_card, table
from vgan_studio.gan.networks.features import FeatNet
from vgan_studio.gan.weights import Card, build, read_card, read_model, write_model

CARDS = {
    "upscale": Card("mine", "upscale", "compact", {"width": 4, "depth": 1, "scale": 2}, 2, 3, 1, "MIT", "a test"),
    "oracle": Card("odd", "oracle", "compact", {"width": 4, "depth": 1, "scale": 2}, 2, 3, 1, "MIT", "a test"),
    "denoise": Card(
        "quiet", "denoise", "unet",
        {"inputs": 10, "width": 4, "fine": 0, "middle": 0, "coarse": 0, "fold": 1}, 1, 6, 4, "MIT", "a test",
    ),
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One test picture and a model for each task, the second perceptual network among them."""
    coarse = np.random.default_rng(0).integers(0, 256, (6, 8, 3), np.uint8)
    cv2.imwrite(str(tmp_path / "kodim99.png"), cv2.resize(coarse, (64, 48), interpolation=cv2.INTER_CUBIC))
    torch.manual_seed(0)
    for task, card in CARDS.items():
        write_model(tmp_path / f"{task}.safetensors", card, build(card))
    return tmp_path


def lines(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_an_upscaler_is_measured_beside_interpolation_and_its_card_says_so(folder, capsys):
    path = folder / "upscale.safetensors"
    assert main(["evaluate", str(path), "--data", str(folder), "--json", "--write"]) == 0
    found = lines(capsys.readouterr().out)
    assert {row["method"] for row in found} == {"bicubic", "Lanczos", "mine"}
    assert {row["of"] for row in found} == {"Kodak ×2"}
    names = {"PSNR-Y, dB", "over bicubic, dB", "SSIM-Y", "FN-dist"}
    assert {row["name"] for row in found} == names
    assert set(read_card(path).figures) == {f"Kodak ×2 {name}" for name in names}
    assert read_model(path).card.digest  # the file is whole


def test_a_denoiser_is_measured_beside_non_local_means_in_a_table(folder, capsys):
    assert main(["evaluate", str(folder / "denoise.safetensors"), "--data", str(folder)]) == 0
    out = capsys.readouterr().out
    assert "| Kodak, σ 25 |" in out and "NLM 0.6" in out and "quiet, alone, blind" in out


@pytest.mark.parametrize(
    ("wanted", "data", "sentence"),
    [
        ("oracle.safetensors", ".", "There is no measure for odd"),
        ("upscale.safetensors", "empty", "There are no test pictures"),
        ("denoise.safetensors", "empty", "to measure quiet with"),
        ("upscale.safetensors", "nowhere", "There is no "),
        ("missing.safetensors", ".", "Cannot read"),
        ("color.exposure", ".", "asks no network"),
        ("color.nothing", ".", "There is no effect"),
        ("nothing", ".", "There is no model for"),
    ],
)
def test_what_cannot_be_measured_is_a_sentence(folder, capsys, wanted, data, sentence):
    (folder / "empty").mkdir()
    name = str(folder / wanted) if wanted.endswith("tensors") else wanted
    assert main(["evaluate", name, "--data", str(folder / data)]) == 1
    assert sentence in capsys.readouterr().err


def test_every_measure_is_of_a_task_that_a_recipe_or_a_model_has():
    with pytest.raises(ModelError, match="no measure for odd"):
        list(evaluate([read_model_of("oracle")], []))
    assert {"upscale", "upscale-crisp", "denoise", "deblur", "features"} <= set(MEASURES)


def read_model_of(task: str):
    from vgan_studio.gan.weights import Model

    return Model(CARDS[task], FeatNet(3))


def test_a_table_has_methods_in_rows_and_leaves_gaps():
    figures = [Figure("a", "one", "dB", 30.126), Figure("b", "one", "dB", 0.5), Figure("a", "two", "share", 2.0)]
    assert table(figures).splitlines() == ["| dB / share | a | b |", "| --- | --- | --- |",
                                           "| one | 30.13 | 0.5000 |", "| two | 2.00 |  |"]  # fmt: skip
    assert on_card(figures, "one") == {"a dB": 30.13, "b dB": 0.5}

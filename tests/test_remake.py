"""The shipped models can be trained anew by the commands on their cards."""

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch

from vgan_studio.errors import ModelError
from vgan_studio.gan.recipes import RECIPES
from vgan_studio.gan.remake import commands, main
from vgan_studio.gan.train import _parse, changed
from vgan_studio.gan.weights import Card, build, list_models, read_card, write_model

OUT = Path("out")
SHIPPED = {card.name: card for path, card in list_models() if path.parent == Path(__file__).parents[1] / "models"}
CARD = Card("a", "upscale", "compact", {"width": 4, "depth": 1, "scale": 2}, 2, 3, 1, "MIT", "vgan train upscale-x2")


@pytest.mark.parametrize("name", sorted(SHIPPED))
def test_the_command_on_every_shipped_card_can_be_run_again(name: str) -> None:
    (words,) = commands(SHIPPED, [name], Path("data"), OUT).values()
    options = _parse(words)
    recipe = changed(RECIPES[options.recipe], options.set)
    card = SHIPPED[name]
    assert (options.name == card.name and options.out == OUT and options.steps) or options.minutes
    assert (recipe.architecture, dict(recipe.config)) == (card.architecture, dict(card.config))
    assert (recipe.task, recipe.base, recipe.scale, recipe.seed) == (
        card.task, card.base, card.scale, card.training["seed"])  # fmt: skip
    assert options.data and all(folder.parent == Path("data") for folder in options.data)


def test_models_come_after_those_that_they_begin_from() -> None:
    order = list(commands(SHIPPED, [], Path("data"), OUT))
    assert set(order) == set(SHIPPED)
    for name in order:
        base = SHIPPED[name].base
        assert not base or order.index(base) < order.index(name)


@pytest.mark.parametrize(
    ("wanted", "card", "sentence"),
    [("b", CARD, "There is no model 'b'"), ("a", replace(CARD, source="by hand"), "names no recipe")],
)
def test_what_cannot_be_made_anew_is_a_sentence(wanted: str, card: Card, sentence: str) -> None:
    with pytest.raises(ModelError, match=sentence):
        commands({"a": card}, [wanted], Path("data"), OUT)


def test_a_model_is_made_anew_and_one_that_begins_from_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = torch.get_num_threads()
    models, data, out = tmp_path / "models", tmp_path / "pictures", tmp_path / "out"
    data.mkdir()
    for name in ("train.png", "wikipd-043.png"):
        cv2.imwrite(str(data / name), np.random.default_rng(0).integers(0, 256, (300, 300, 3), np.uint8))
    how = "--steps 2 --set batch=2 --set side=16 --data pictures"
    first = replace(CARD, source=f"vgan train upscale-x2 {how}", name="upscale-x2")
    second = replace(first, name="upscale-x2-crisp", base="upscale-x2",
                     source=f"vgan train upscale-x2-crisp --base old.safetensors {how}")  # fmt: skip
    for card in (first, second):
        write_model(models / f"{card.name}.safetensors", card, build(card))
    monkeypatch.setenv("VGAN_MODELS", str(models))
    asked = ["upscale-x2", "upscale-x2-crisp", "--data", str(tmp_path), "-o", str(out)]
    try:
        assert main(asked) == 0
        assert read_card(out / "upscale-x2-crisp.safetensors").training["steps"] == 2
        assert read_card(out / "upscale-x2-crisp.safetensors").base == "upscale-x2"
        assert main(asked) == 0  # both are done: it goes on from their ends
        assert main(["nothing", "--data", str(tmp_path), "-o", str(out)]) == 1
    finally:
        torch.set_num_threads(before)

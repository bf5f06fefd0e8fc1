"""A blind comparison: what was made is shuffled and sealed, and answers are counted rightly."""

import base64
import json
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch

from vgan_studio.engine.run import Engine
from vgan_studio.errors import ModelError
from vgan_studio.render import blind
from vgan_studio.render.blind import KEY, Pair, main, make, tally


def pair(engine: Engine, path: Path) -> Pair:
    """Ours is white, the classical tool's black."""
    grey = torch.full((1, 3, 320, 320), 0.5)
    return Pair("a test", grey, torch.ones_like(grey), torch.zeros_like(grey))


def test_the_key_says_where_ours_stands_and_answers_are_counted_by_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for index in range(6):
        cv2.imwrite(str(tmp_path / f"kodim{index}.png"), np.zeros((330, 330, 3), np.uint8))
    monkeypatch.setattr(blind, "_OF_PHOTOS", (pair,))
    monkeypatch.setattr(blind, "_OF_FILMS", ())
    out = tmp_path / "out"
    make(Engine("cpu"), [tmp_path], out, 6)
    assert b"ours" not in (out / KEY).read_bytes()
    places = [row["ours"] for row in json.loads(base64.b85decode((out / KEY).read_bytes()))]
    for number, place in enumerate(places, 1):
        shown = cv2.imread(str(out / f"pair-{number:02}.png"))
        assert shown[100, 100, 0] in (127, 128)
        assert (shown[100, 332 + 100, 0] == 255) == (place == "A") and shown[100, 332 + 100, 0] in (0, 255)
    other = {"A": "B", "B": "A"}
    answers = [*places[:3], *(other[place] for place in places[3:5]), "="]
    assert tally(out, answers) == {"a test": [3, 2, 1], "all": [3, 2, 1]}
    assert main(["tally", str(out), *answers]) == 0
    assert "all: ours 3, classical 2, neither 1" in capsys.readouterr().out


def test_answers_that_do_not_fit_and_a_missing_key_are_sentences(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no whole key"):
        tally(tmp_path, ["A"])
    (tmp_path / KEY).write_bytes(base64.b85encode(json.dumps([{"about": "x", "ours": "A"}]).encode()))
    for answers in (["A", "B"], ["C"]):
        with pytest.raises(ModelError, match="must be 1 answers"):
            tally(tmp_path, answers)
    with pytest.raises(ModelError, match=r"no pictures here"):
        make(Engine("cpu"), [tmp_path], tmp_path / "out")


def test_ours_is_what_the_effect_makes_and_the_classical_tool_is_not(tmp_path: Path) -> None:
    coarse = np.random.default_rng(0).integers(0, 256, (20, 20, 3), np.uint8)
    cv2.imwrite(str(tmp_path / "kodim1.png"), cv2.resize(coarse, (328, 328), interpolation=cv2.INTER_CUBIC))
    engine = Engine("cpu")
    made = blind._OF_PHOTOS[0](engine, tmp_path / "kodim1.png")
    assert "×2" in made.about and not made.ours.equal(made.classical)
    for x in (made.given, made.ours, made.classical):
        assert x.shape == (1, 3, 320, 320)
        assert float((x - made.ours).square().mean()) < 0.01
    engine.close()

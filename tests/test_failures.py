"""The sheet of failures shows what it says it shows, of files that are there."""

from pathlib import Path

import cv2
import numpy as np
import pytest
import torch

from vgan_studio.engine.run import Engine
from vgan_studio.errors import ModelError
from vgan_studio.render import failures
from vgan_studio.render.failures import FAILURES, Failure, sheet
from vgan_studio.render.sheets import SIDE


def test_a_row_is_what_came_in_what_is_made_of_it_and_what_was_meant(monkeypatch, tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "a.png"), np.zeros((4, 4, 3), np.uint8))
    shades = [torch.full((1, 3, 100, 300), shade) for shade in (0.2, 0.4, 0.6)]
    rows = (
        Failure("one", "a.png", (0, 40), lambda engine, path: (shades[0], shades[1], shades[2])),
        Failure("another", "a.png", (50, 0), lambda engine, path: (shades[1], shades[0], None)),
    )
    monkeypatch.setattr(failures, "FAILURES", rows)
    made = sheet(Engine("cpu"), [tmp_path])
    width = SIDE + 6
    assert made.shape == (2 * (24 + width), 3 * width, 3)
    columns = [100, 100 + width, 100 + 2 * width]
    assert made[24 + 90, columns, 1].tolist() == [51, 102, 153]
    assert made[24 + 110, columns, 1].tolist() == [255] * 3, "there the pictures end"
    assert made[48 + width + 40, columns, 1].tolist() == [102, 51, 255], "what was meant is not known"
    assert made[:24].min() < 128, "words"
    with pytest.raises(ModelError, match=r"a\.png is not there"):
        sheet(Engine("cpu"), [tmp_path / "nowhere"])


def test_every_failure_is_of_a_file_that_is_there(data: Path) -> None:
    there = {path.name for path in data.rglob("*")}
    assert {failure.file for failure in FAILURES} <= there
    ids = " ".join(failure.about for failure in FAILURES)
    assert all(name in ids for name in ("upscale", "denoise", "deblur", "codec", "interpolate", "stylize", "translate"))


def test_hands_that_move_too_far_are_shown_as_they_fail(data: Path) -> None:
    engine = Engine("cpu")
    failure = next(one for one in FAILURES if "too far" in one.about)
    given, made, meant = failure.make(engine, next(data.rglob(failure.file)))
    engine.close()
    assert meant is not None and given.shape == made.shape == meant.shape
    top, left = failure.place
    inside = (..., slice(top, top + SIDE), slice(left, left + SIDE))
    errors = [float((x - meant)[inside].square().mean()) for x in (given, made)]
    assert errors[1] > 0.5 * errors[0], "it does not fail there any more"

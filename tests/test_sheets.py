"""Sheets for people show what they say, and stay small."""

from pathlib import Path

import cv2
import numpy as np
import pytest
import torch

from vgan_studio.engine.run import Engine
from vgan_studio.errors import ModelError
from vgan_studio.render import sheets
from vgan_studio.render.sheets import KINDS, PLACES, SIDE, coded, sheet


def test_a_sheet_has_a_row_for_each_photo_and_a_column_for_each_way(tmp_path: Path) -> None:
    for index, name in enumerate(PLACES):
        cv2.imwrite(str(tmp_path / f"{name}.png"), np.full((600, 600, 3), 40 * index, np.uint8))
    made = sheet(lambda engine, x: {"one": x, "two": 1 - x}, Engine("cpu"), [tmp_path])
    assert made.shape == (26 + len(PLACES) * (SIDE + 6), 2 * (SIDE + 6), 3)
    for index in range(len(PLACES)):
        row = 26 + index * (SIDE + 6) + 100
        assert made[row, 100, 0] == 40 * index and made[row, SIDE + 106, 0] == 255 - 40 * index
    with pytest.raises(ModelError, match="is not there"):
        sheet(KINDS["upscale-x2"], Engine("cpu"), [tmp_path / "nowhere"])


def test_the_columns_are_what_the_words_over_them_say() -> None:
    engine = Engine("cpu")
    high = torch.rand(1, 3, 4, 4, generator=torch.Generator().manual_seed(0)).repeat_interleave(10, 2)
    high = high.repeat_interleave(10, 3)
    row = KINDS["denoise"](engine, high)
    assert row["truth"] is high and all(x.shape == high.shape for x in row.values())
    errors = {name: float((x - high).square().mean()) for name, x in row.items()}
    assert errors["ours, told"] < errors["non-local means, best"] < errors[f"input, sigma {sheets.SIGMA}"]
    engine.close()


def test_painters_paint_the_same_photo_each_in_a_way_of_its_own() -> None:
    engine = Engine("cpu")
    photo = torch.rand(1, 3, 6, 6, generator=torch.Generator().manual_seed(0)).repeat_interleave(12, 2)
    photo = photo.repeat_interleave(12, 3)
    row = KINDS["stylize"](engine, photo)
    assert list(row) == ["the photo", *sheets.PAINTERS.values()] and row["the photo"] is photo
    painted = list(row.values())
    assert all(x.shape == photo.shape for x in painted)
    apart = [float((a - b).abs().mean()) for place, a in enumerate(painted) for b in painted[:place]]
    assert min(apart) > 0.02
    engine.close()


def test_a_sheet_is_coded_into_few_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (160, 160, 3), np.uint8)
    whole = len(coded(noise))
    monkeypatch.setattr(sheets, "MOST_BYTES", whole // 2)
    assert len(coded(noise)) <= whole // 2
    monkeypatch.setattr(sheets, "MOST_BYTES", 100)
    with pytest.raises(ValueError, match="too large"):
        coded(noise)

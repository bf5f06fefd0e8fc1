"""Flicker and the worth of a denoiser are measured as they are said to be."""

import math

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from vgan_studio.gan.measure_denoise import methods, on_film
from vgan_studio.gan.metrics import warp_error


class Still(nn.Module):
    """Give the mean of the three pictures that a denoiser sees."""

    def forward(self, x: Tensor) -> Tensor:
        return (x[:, :3] + x[:, 3:6] + x[:, 6:9]) / 3


def scene() -> Tensor:
    coarse = torch.rand(1, 3, 8, 8, generator=torch.Generator().manual_seed(3))
    return F.interpolate(coarse, (64, 80), mode="bicubic").clamp(0.2, 0.8)


def test_a_film_that_stands_still_does_not_flicker_and_noise_does():
    chance = torch.Generator().manual_seed(0)
    still = [scene()] * 4
    noisy = [x + 10 / 255 * torch.randn(x.shape, generator=chance) for x in still]
    assert warp_error(still, still) < 1e-3
    assert warp_error(noisy, still) == pytest.approx(10 * math.sqrt(2), rel=0.05)


def test_a_film_that_only_moves_does_not_flicker():
    moving = [scene().roll(2 * index, 3) for index in range(4)]
    assert warp_error(moving, moving) < 0.4 * warp_error(moving, [scene()] * 4)


def test_three_frames_of_a_still_film_are_better_than_one():
    found = {name: way for name, way in methods(Still(), 25).items() if name == "noisy" or "three" in name}
    rows = on_film(found, [scene()] * 5, 25)
    assert rows["clean"] == (math.inf, pytest.approx(0, abs=1e-3))
    assert rows["noisy"][0] == pytest.approx(20.2, abs=0.3)
    assert rows["ours, three frames"][0] > rows["noisy"][0] + 3
    assert rows["ours, three frames"][1] < rows["noisy"][1]

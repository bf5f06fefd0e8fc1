"""Flicker and the worth of a denoiser are measured as they are said to be."""

import math

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from vgan_studio.gan.measure_denoise import LATER, methods, on_film, on_own_noise
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


def test_of_a_films_own_noise_the_truth_is_nearest_to_a_later_frame_and_a_blurred_one_is_not():
    chance = torch.Generator().manual_seed(0)
    truth = scene()
    frames = [truth + 0.02 * torch.randn(truth.shape, generator=chance) for _ in range(LATER + 5)]
    ways = {
        "noisy": lambda window: window[1],
        "truth": lambda window: truth,
        "blurred": lambda window: F.avg_pool2d(truth, 7, stride=1, padding=3, count_include_pad=False),
    }
    found = on_own_noise(ways, frames)
    assert found["truth"][0] > found["noisy"][0] + 1 and found["truth"][0] > found["blurred"][0] + 1
    assert found["truth"][1] < found["noisy"][1]

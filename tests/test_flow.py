"""Motion is found, pictures are carried along it, cuts are seen, and flicker is taken out without ghosts."""

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor

from vgan_studio.engine.stabilise import stabilise
from vgan_studio.gan.flow import confidence, cut_between, flow, warp
from vgan_studio.gan.metrics import psnr


def scene(seed: int, height: int = 96, width: int = 128) -> Tensor:
    """Make a picture of soft shapes, (1, 3, height, width)."""
    coarse = torch.rand(1, 3, 12, 16, generator=torch.Generator().manual_seed(seed))
    return F.interpolate(coarse, (height, width), mode="bicubic").clamp(0, 1)


def moved(x: Tensor, right: int, down: int) -> Tensor:
    return x.roll((down, right), (2, 3))


def test_no_motion_carries_a_picture_onto_itself():
    x = scene(1)
    assert warp(x, torch.zeros(1, 2, 96, 128)).allclose(x, atol=1e-5)


@pytest.mark.parametrize(("right", "down"), [(3, 0), (0, -5), (-4, 2)])
def test_warping_by_whole_pixels_is_exact(right, down):
    x = scene(1)
    field = torch.tensor([float(right), float(down)])[None, :, None, None].expand(1, 2, 96, 128)
    assert warp(moved(x, right, down), field)[..., 8:-8, 8:-8].allclose(x[..., 8:-8, 8:-8], atol=1e-4)


@pytest.mark.parametrize("careful", [False, True])
@pytest.mark.parametrize(("right", "down"), [(3, 0), (0, -5), (-4, 2)])
def test_a_shift_is_found(right, down, careful):
    x = scene(2)
    field = flow(x, moved(x, right, down), careful=careful)[..., 16:-16, 16:-16]
    assert field[:, 0].median() == pytest.approx(right, abs=0.3)
    assert field[:, 1].median() == pytest.approx(down, abs=0.3)


def test_each_of_a_batch_has_its_own_motion():
    x = torch.cat([scene(3), scene(4)])
    other = torch.cat([moved(x[:1], 3, 0), moved(x[1:], 0, 4)])
    both = flow(x, other)
    assert both[:1].equal(flow(x[:1], other[:1]))
    assert both[1:].equal(flow(x[1:], other[1:]))


@pytest.mark.parametrize("size", [(1, 1), (7, 40), (15, 15)])
def test_pictures_too_small_to_follow_do_not_move(size):
    x = torch.rand(2, 3, *size)
    assert not flow(x, x.flip(3)).any()
    assert warp(x, flow(x, x.flip(3))).allclose(x, atol=1e-5)


def test_what_fits_is_believed_and_what_does_not_is_not():
    x = scene(5)
    assert confidence(x, x).min() == 1
    assert confidence(x, 1 - x).mean() < 0.2


def test_a_cut_is_seen_and_a_pan_or_noise_is_not():
    x = scene(6)
    noisy = x + 0.2 * torch.randn(x.shape, generator=torch.Generator().manual_seed(0))
    a = torch.cat([x, x, x, x])
    b = torch.cat([scene(7), moved(x, 4, 1), noisy.clamp(0, 1), x])
    assert cut_between(a, b).tolist() == [True, False, False, False]


@pytest.mark.parametrize("level", [0.0, 0.5, 1.0])
def test_plain_pictures_are_no_cut_of_themselves(level):
    x = torch.full((1, 3, 40, 60), level)
    assert not cut_between(x, x).any()


def test_stabilising_takes_flicker_out():
    x = scene(8)
    chance = torch.Generator().manual_seed(1)
    results = [x + 0.05 * torch.randn(x.shape, generator=chance) for _ in range(3)]
    steady = stabilise(results, [x] * 3, 1, 1.0)
    assert psnr(steady, x) > psnr(results[1], x) + 4  # a third of the variance is 4.8 dB less


def test_stabilising_follows_motion():
    x = scene(9)
    chance = torch.Generator().manual_seed(1)
    sources = [moved(x, 4, 0), x, moved(x, -4, 0)]
    results = [source + 0.05 * torch.randn(x.shape, generator=chance) for source in sources]
    inside = (..., slice(16, -16), slice(16, -16))
    assert psnr(stabilise(results, sources, 1, 1.0)[inside], x[inside]) > psnr(results[1][inside], x[inside]) + 3


def test_stabilising_leaves_no_ghost_across_a_cut():
    results = [scene(10), scene(11), scene(11)]
    assert stabilise(results, results, 1, 1.0).allclose(scene(11), atol=1e-4)


def test_no_stabilising_changes_no_bit():
    results = [scene(12), scene(13)]
    assert stabilise(results, results, 1, 0.0) is results[1]

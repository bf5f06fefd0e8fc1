"""Pixels become pictures and pictures pixels, and nothing is lost on the way."""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

from vgan_studio.picture import from_pixels, quantize, to_pixels

KINDS = {8: torch.uint8, 16: torch.uint16}
quick = settings(max_examples=20, deadline=None, derandomize=True)


def pixels(seed: int, depth: int, channels: int) -> Tensor:
    levels = torch.randint(0, 2**depth, (2, 3, 5, channels), generator=torch.Generator().manual_seed(seed))
    return levels.to(KINDS[depth])


@pytest.mark.parametrize("depth", [8, 16])
@given(seed=st.integers(0, 999))
@quick
def test_opaque_pixels_come_back_bit_for_bit(depth, seed):
    given = pixels(seed, depth, 3)
    assert to_pixels(from_pixels(given), depth=depth).equal(given)


@given(seed=st.integers(0, 999))
@quick
def test_pixels_with_alpha_come_back_where_they_can_be_seen(seed):
    given = pixels(seed, 8, 4)
    back = to_pixels(from_pixels(given), alpha=True)
    assert back[..., 3].equal(given[..., 3])
    seen = given[..., 3] > 0
    assert back[seen].equal(given[seen])
    assert not back[~seen].any()


@pytest.mark.parametrize("channels", [3, 4])
def test_a_picture_is_premultiplied_floats_in_channels_last(channels):
    picture = from_pixels(pixels(1, 8, channels))
    assert picture.shape == (2, 4, 3, 5) and picture.dtype == torch.float32
    assert picture.is_contiguous(memory_format=torch.channels_last)
    assert (picture[:, :3] <= picture[:, 3:]).all()


def test_to_pixels_gives_contiguous_pixels_on_black():
    grey = torch.full((1, 4, 2, 2), 0.5)
    assert to_pixels(grey).is_contiguous()
    assert to_pixels(grey).unique().tolist() == [128]
    assert to_pixels(grey, alpha=True).unique().tolist() == [128, 255]


def test_what_a_picture_cannot_hold_is_cut_off():
    wild = torch.tensor([-1.0, 2.0, 0.5, 1.0])[None, :, None, None]
    assert to_pixels(wild).flatten().tolist() == [0, 255, 128]
    assert quantize(wild).flatten().tolist() == pytest.approx([0, 1, 128 / 255, 1])


@given(seed=st.integers(0, 999))
@quick
def test_quantize_keeps_what_bytes_can_hold(seed):
    x = torch.rand(1, 4, 4, 4, generator=torch.Generator().manual_seed(seed))
    assert quantize(quantize(x)).equal(quantize(x))
    assert (quantize(x) - x).abs().max() <= 0.5 / 255 + 1e-6

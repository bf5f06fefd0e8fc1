"""A picture on its way through a request: bytes and floats of it say the same, whichever is asked for first."""

import numpy as np
import torch
from hypothesis import given
from hypothesis import strategies as st

from vgan_studio.picture import from_levels, from_pixels, to_pixels
from vgan_studio.render.made import Made, floated, joined, of_planes, planes, rounded

from .strategies import laws

CPU = torch.device("cpu")
sizes = st.tuples(st.integers(1, 9), st.integers(1, 9))


def drawn(size, channels, seed, depth=8):
    """Levels, colours never above alpha, or pixels of a file: (H, W, channels)."""
    kind = np.uint8 if depth == 8 else np.uint16
    return np.random.default_rng(seed).integers(0, 1 << depth, (*size, channels), kind)


def levels_of(size, channels, seed):
    made = drawn(size, channels, seed)
    if channels == 4:
        made[..., :3] = np.minimum(made[..., :3], made[..., 3:])
    return made


@laws
@given(sizes, st.sampled_from([3, 4]), st.sampled_from([8, 16]), st.booleans(), st.integers(0, 99))
def test_what_goes_to_the_encoder_is_what_the_floats_of_the_levels_round_to(size, channels, depth, alpha, seed):
    levels = levels_of(size, channels, seed)
    found = Made(CPU, levels=levels).pixels(depth=depth, alpha=alpha)
    wanted = to_pixels(from_levels(torch.from_numpy(levels)[None]), depth=depth, alpha=alpha)[0].numpy()
    assert found.dtype == wanted.dtype
    np.testing.assert_array_equal(found, wanted)


@laws
@given(sizes, st.sampled_from([3, 4]), st.sampled_from([8, 16]), st.integers(0, 99))
def test_pixels_of_a_file_become_the_picture_that_they_are_by_themselves(size, channels, depth, seed):
    pixels = drawn(size, channels, seed, depth)
    one = Made(CPU, pixels=pixels)
    assert one.shape == (1, 4, *size)
    assert torch.equal(one.picture, from_pixels(torch.from_numpy(pixels)[None]))
    assert one.picture is one.picture


@laws
@given(st.lists(st.sampled_from([3, 4]), min_size=1, max_size=4), st.booleans(), st.integers(0, 99))
def test_floats_made_side_by_side_are_those_of_each_alone_and_joined_in_their_order(channels, alike, seed):
    shapes = [(5, 7) if alike else (5, 7 + number) for number in range(len(channels))]
    pixels = [drawn(size, count, seed + n) for n, (size, count) in enumerate(zip(shapes, channels, strict=True))]
    ones = [Made(CPU, pixels=one) for one in pixels]
    floated(ones, CPU, lambda deed, rows: [deed(row) for row in rows])
    alone = [from_pixels(torch.from_numpy(one)[None]) for one in pixels]
    assert all(torch.equal(one.picture, wanted) for one, wanted in zip(ones, alone, strict=True))
    if alike:
        assert torch.equal(joined([one.picture for one in ones]), torch.cat(alone))


def test_opaque_pictures_of_one_size_are_a_batch_without_a_copy():
    ones = [Made(CPU, pixels=drawn((4, 6), 3, seed)) for seed in range(3)]
    floated(ones, CPU, lambda deed, rows: [deed(row) for row in rows])
    batch = joined([one.picture for one in ones])
    assert batch.data_ptr() == ones[0].picture.data_ptr() and batch.is_contiguous(memory_format=torch.channels_last)
    turned = joined([one.picture for one in reversed(ones)])  # not in a row: a copy
    assert torch.equal(turned, batch.flip(0)) and turned.data_ptr() != ones[2].picture.data_ptr()


@laws
@given(sizes, st.sampled_from([3, 4]), st.integers(0, 99))
def test_levels_come_back_from_the_cache_s_planes_and_from_their_floats(size, channels, seed):
    levels = levels_of(size, channels, seed)
    np.testing.assert_array_equal(of_planes(planes(levels)), levels)
    floats = from_levels(torch.from_numpy(levels)[None])
    np.testing.assert_array_equal(rounded(floats[:, :channels]), levels)

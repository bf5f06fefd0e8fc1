"""Where the effects put things: transforms, crops, fits, layers, blurs."""

import math
from fractions import Fraction

import pytest
import torch
import torch.nn.functional as F
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

from vgan_studio.effects.sampling import gaussian
from vgan_studio.effects.spec import find

from .pictures import picture

quick = settings(max_examples=20, deadline=None, derandomize=True)


def apply(id, *inputs, progress=None, **params):
    effect = find(id)
    more = {} if progress is None else {"progress": progress}
    return effect.render(*inputs, **effect.complete(params), **more)


def disc(height: int, width: int, x: float, y: float) -> Tensor:
    """Make a white disc with a soft rim at (x, y) from the middle, in heights."""
    down = (torch.arange(height) + 0.5 - height / 2)[:, None] / height - y
    across = (torch.arange(width) + 0.5 - width / 2)[None, :] / height - x
    alpha = ((0.1 - torch.sqrt(down**2 + across**2)) * 30 + 0.5).clamp(0, 1)
    return alpha.expand(1, 4, height, width)


def middle(x: Tensor) -> tuple[float, float]:
    """Give the centre of mass of alpha, in heights from the middle, x before y."""
    alpha = x[0, 3].double()
    height, width = alpha.shape
    down = (torch.arange(height) + 0.5 - height / 2) / height
    across = (torch.arange(width) + 0.5 - width / 2) / height
    return float((alpha.sum(0) * across).sum() / alpha.sum()), float((alpha.sum(1) * down).sum() / alpha.sum())


@given(
    x=st.floats(-0.2, 0.2), y=st.floats(-0.2, 0.2), angle=st.floats(-360, 360), scale=st.floats(0.3, 1.5),
    dx=st.floats(-0.1, 0.1), dy=st.floats(-0.1, 0.1), ax=st.floats(-0.1, 0.1), ay=st.floats(-0.1, 0.1),
)  # fmt: skip
@quick
def test_a_transform_takes_a_disc_where_the_formula_says(x, y, angle, scale, dx, dy, ax, ay):
    moved = apply(
        "geometry.transform", disc(90, 160, x, y), position=(dx, dy), scale=scale, rotation=angle, anchor=(ax, ay)
    )
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    u, v = scale * (x - ax), scale * (y - ay)
    expected = (ax + dx + cos * u - sin * v, ay + dy + sin * u + cos * v)
    if all(abs(place) + 0.2 * scale < 0.5 for place in expected):
        assert middle(moved) == pytest.approx(expected, abs=0.1 / 90)
        assert float(moved.sum() / disc(90, 160, x, y).sum()) == pytest.approx(scale**2, rel=0.03)


def test_quarter_turns_and_mirrors_are_exact():
    x = picture(1, (12, 12))
    for rotation, turns in ((90, -1), (180, 2), (270, 1)):
        turned = apply("geometry.transform", x, rotation=rotation)
        torch.testing.assert_close(turned, x.rot90(turns, (2, 3)), atol=1e-4, rtol=0)
    mirrored = apply("geometry.transform", x, stretch=(-1.0, 1.0))
    torch.testing.assert_close(mirrored, apply("geometry.flip", x, horizontal=True), atol=1e-4, rtol=0)


def test_a_shift_by_whole_pixels_is_exact():
    x = picture(2, (10, 14))
    moved = apply("geometry.transform", x, position=(0.3, -0.2))
    torch.testing.assert_close(moved[..., :8, 3:], x[..., 2:, :-3], atol=1e-4, rtol=0)
    assert not moved[..., 8:, :].any() and not moved[..., :3].any()


def test_a_turned_picture_keeps_its_area_and_shrunk_stripes_do_not_alias():
    white = torch.ones(1, 4, 90, 160)
    turned = apply("geometry.transform", white, rotation=33, scale=0.4)
    assert float(turned[:, 3].sum()) == pytest.approx(90 * 160 * 0.16, rel=1e-3)
    stripes = white.clone()
    stripes[:, :3, :, ::2] = 0
    inside = apply("geometry.transform", stripes, rotation=33, scale=0.25)[0, 0, 40:50, 72:88]
    assert (inside - 0.5).abs().max() < 0.06


def test_a_crop_keeps_what_is_inside_bit_for_bit():
    x = picture(3, (20, 10), alpha="opaque")
    y = apply("geometry.crop", x, left=0.2, bottom=0.25)
    assert y[..., :15, 2:].equal(x[..., :15, 2:])
    assert not y[..., :2].any() and not y[..., 15:, :].any()


@pytest.mark.parametrize(("mode", "box"), [("fit", (30, 60)), ("crop", (60, 120)), ("none", (20, 40))])
def test_a_fit_puts_the_picture_in_the_middle_of_the_canvas(mode, box):
    y = apply("core.fit", torch.ones(1, 4, 20, 40), width=60, height=60, mode=mode)
    high, wide = min(60, box[0]), min(60, box[1])
    top, left = (60 - high) // 2, (60 - wide) // 2
    expected = F.pad(torch.ones(1, 4, high, wide), (left, 60 - wide - left, top, 60 - high - top))
    torch.testing.assert_close(y, expected, atol=1e-5, rtol=0)


def test_a_fit_knows_oblong_pixels_and_fills_its_bars():
    oblong = apply("core.fit", torch.ones(1, 4, 20, 20), width=80, height=20, aspect=2.0)
    assert int((oblong[0, 3, 10] > 0.5).sum()) == 40
    assert apply("core.fit", torch.ones(1, 4, 20, 20), width=80, height=20, mode="fill")[:, 3].min() > 0.99
    assert apply("core.fit", torch.ones(1, 4, 20, 20), width=80, height=20, mode="stretch")[:, 3].min() > 0.99


@given(seed=st.integers(0, 99))
@quick
def test_over_is_associative_and_nothing_is_its_unit(seed):
    a, b, c = (picture(seed + i, (5, 8)) for i in range(3))
    left = apply("core.over", apply("core.over", a, b), c)
    torch.testing.assert_close(left, apply("core.over", a, apply("core.over", b, c)), atol=1e-6, rtol=0)
    assert apply("core.over", a, torch.zeros_like(a)).equal(a)
    assert apply("core.over", torch.zeros_like(a), a).equal(a)


@pytest.mark.parametrize(
    ("direction", "axis", "step"), [("left", 3, -2), ("right", 3, 2), ("up", 2, -2), ("down", 2, 2)]
)
def test_a_push_moves_both_pictures_alike(direction, axis, step):
    x = picture(4, (8, 8))
    assert apply("core.push", x, x, direction=direction, progress=0.25).equal(x.roll(step, axis))


@given(sigma=st.floats(0.3, 40))
@quick
def test_a_wide_blur_is_the_gaussian_it_stands_for(sigma):
    x = torch.zeros(1, 1, 64, 96)
    x[..., 20:, 30:] = 1
    reach = math.ceil(5 * sigma)
    taps = torch.exp(-0.5 * (torch.arange(-reach, reach + 1).double() / sigma) ** 2)
    taps = (taps / taps.sum())[None, None, None]
    y = F.conv2d(F.pad(x.double(), (reach,) * 4, mode="replicate"), taps)
    exact = F.conv2d(y, taps.transpose(2, 3)).float()
    assert (gaussian(x, sigma) - exact).abs().max() * 255 < 1.5


def test_a_plain_picture_is_not_changed_by_blur_sharpening_and_mean():
    plain = torch.tensor([0.2, 0.3, 0.1, 0.5])[None, :, None, None].expand(2, 4, 9, 13).contiguous()
    for y in (
        apply("filter.blur", plain, radius=0.3),
        apply("filter.sharpen", plain, amount=4.0, radius=0.1),
        apply("filter.temporal_mean", *[plain] * 5),
    ):
        torch.testing.assert_close(y, plain, atol=1e-5, rtol=0)


def test_sharpening_steepens_an_edge():
    x = torch.ones(1, 4, 20, 20)
    x[:, :3, :, :10], x[:, :3, :, 10:] = 0.3, 0.6
    y = apply("filter.sharpen", x, amount=1.0, radius=0.05)
    assert y[0, 0, 10, 9] < 0.3 and y[0, 0, 10, 10] > 0.6


def test_the_mean_over_time_takes_noise_away_and_leaves_what_moves():
    generator = torch.Generator().manual_seed(0)
    still = torch.ones(1, 4, 40, 40) * torch.tensor([0.5, 0.5, 0.5, 1.0])[None, :, None, None]
    noise = [still + 0.02 * torch.randn(still.shape, generator=generator) * (still < 1) for _ in range(5)]
    y = apply("filter.temporal_mean", *noise, strength=1.0, tolerance=0.5)
    assert (y - still).std() < 0.55 * (noise[2] - still).std()
    moving = torch.ones(1, 4, 4, 4)
    other = torch.cat([torch.zeros(1, 3, 4, 4), torch.ones(1, 1, 4, 4)], 1)
    assert apply("filter.temporal_mean", other, other, moving, other, other).equal(moving)


def test_grain_depends_on_seed_and_time_alone():
    effect, x = find("filter.grain"), torch.full((1, 4, 24, 32), 0.5)
    x[:, 3] = 1
    grains = [
        effect.render(x, **effect.complete({"seed": seed}), time=time)
        for seed, time in ((0, Fraction(0)), (0, Fraction(1, 24)), (1, Fraction(0)), (0, Fraction(-1, 24)))
    ]
    assert all(not a.equal(b) for i, a in enumerate(grains) for b in grains[:i])
    assert all(float(grain.mean()) == pytest.approx(float(x.mean()), abs=0.003) for grain in grains)

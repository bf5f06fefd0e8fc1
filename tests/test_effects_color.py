"""What the colour effects are meant to do, in numbers; and the files that a LUT may come as."""

from contextlib import suppress

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from vgan_studio.effects import lut
from vgan_studio.effects.curves import curve
from vgan_studio.effects.light import GAMMA, bounded, luma, straight
from vgan_studio.effects.spec import find
from vgan_studio.errors import EffectError

from .pictures import CUBE, picture

GREY = torch.tensor([0.4, 0.4, 0.4, 1.0])[None, :, None, None]
quick = settings(max_examples=25, deadline=None, derandomize=True)


def apply(id, x, **params):
    effect = find(id)
    return effect.render(x, **effect.complete(params))


def test_one_stop_is_twice_the_light():
    brighter = apply("color.exposure", GREY, stops=1)
    torch.testing.assert_close(brighter[:, :3] ** GAMMA, 2 * GREY[:, :3] ** GAMMA)


@given(stops=st.floats(-3, 0))
@quick
def test_darkening_and_brightening_again_gives_the_picture_back(stops):
    x = picture(1, (5, 8))
    again = apply("color.exposure", apply("color.exposure", x, stops=stops), stops=-stops)
    torch.testing.assert_close(again, x, atol=1e-5, rtol=0)


@given(temperature=st.floats(-1, 1), tint=st.floats(-1, 1))
@quick
def test_white_balance_keeps_the_luma_of_grey(temperature, tint):
    y = apply("color.white_balance", GREY, temperature=temperature, tint=tint)
    assert float(luma(y[:, :3])) == pytest.approx(0.4, abs=1e-6)


def test_a_warmer_picture_is_redder_and_a_magenta_one_less_green():
    red, green, blue, _ = apply("color.white_balance", GREY, temperature=0.5).flatten().tolist()
    assert red > green > blue
    red, green, blue, _ = apply("color.white_balance", GREY, tint=0.5).flatten().tolist()
    assert red == pytest.approx(blue) and green < red


@given(angle=st.floats(-360, 360))
@quick
def test_hue_keeps_grey_and_luma(angle):
    soft = picture(2, (5, 8), alpha="opaque") * 0.2 + 0.4
    soft[:, 3] = 1
    torch.testing.assert_close(apply("color.hue", GREY, angle=angle), GREY, atol=1e-6, rtol=0)
    torch.testing.assert_close(luma(apply("color.hue", soft, angle=angle)[:, :3]), luma(soft[:, :3]), atol=1e-5, rtol=0)


def test_without_saturation_all_is_grey():
    y = apply("color.saturation", picture(3, (5, 8)), saturation=0.0)
    torch.testing.assert_close(y[:, 0], y[:, 1])
    torch.testing.assert_close(y[:, 1], y[:, 2])


def test_the_pivot_of_contrast_stays():
    torch.testing.assert_close(apply("color.contrast", GREY, contrast=3.0, pivot=0.4), GREY)


@given(opacity=st.floats(0.1, 1))
@quick
def test_curves_lift_and_lut_see_straight_colour(opacity):
    x = picture(4, (5, 8), alpha="opaque")
    for id, params in (
        ("color.curves", {"master": (0.0, 0.1, 1.0, 0.7)}),
        ("color.lift_gamma_gain", {"lift": (0.1, 0.0, 0.2), "gamma": (2.0, 1.0, 0.5)}),
        ("color.lut", {"file": CUBE}),
    ):
        torch.testing.assert_close(
            apply(id, x * opacity, **params), apply(id, x, **params) * opacity, atol=1e-5, rtol=0
        )


points = st.lists(
    st.tuples(st.integers(0, 1000).map(lambda n: n / 1000), st.floats(0, 1)),
    min_size=2,
    max_size=6,
    unique_by=lambda p: p[0],
)


@given(points)
@quick
def test_a_curve_goes_through_its_points_and_never_overshoots(points):
    flat = tuple(number for point in sorted(points) for number in point)
    knots, heights = torch.tensor(flat[::2], dtype=torch.float64), torch.tensor(flat[1::2], dtype=torch.float64)
    torch.testing.assert_close(curve(flat, knots), heights, atol=1e-6, rtol=0)
    for left, right, a, b in zip(knots[:-1], knots[1:], heights[:-1], heights[1:], strict=True):
        between = curve(flat, torch.linspace(0, 1, 33, dtype=torch.float64) * (right - left) + left)
        assert ((between.diff() * torch.sign(b - a)) >= -1e-9).all()


def test_the_key_is_gone_and_skin_stays():
    green, skin, grey = (torch.tensor([*rgb, 1.0])[None, :, None, None] for rgb in
                         ((0.1, 0.7, 0.2), (0.8, 0.6, 0.5), (0.5, 0.5, 0.5)))  # fmt: skip
    key = (0.1, 0.7, 0.2)
    assert not apply("color.chroma_key", green, key=key).any()
    torch.testing.assert_close(apply("color.chroma_key", skin, key=key), skin)
    torch.testing.assert_close(apply("color.chroma_key", grey, key=key), grey, atol=1e-6, rtol=0)
    assert apply("color.chroma_key", green, key=(0.5, 0.5, 0.5)).equal(green), "a grey key keys nothing"


def test_spill_is_taken_off():
    tinged = torch.tensor([0.5, 0.62, 0.5, 1.0])[None, :, None, None]
    y = straight(apply("color.chroma_key", tinged, key=(0.0, 1.0, 0.0), spill=1.0))
    assert float(y[:, 1] - y[:, 0]) < 0.06


@pytest.mark.parametrize("size", [2, 5])
def test_an_identity_lut_changes_nothing(tmp_path, size):
    file = tmp_path / "identity.CUBE"
    steps = [i / (size - 1) for i in range(size)]
    rows = [f"{r} {g} {b}" for b in steps for g in steps for r in steps]
    file.write_text(f"LUT_3D_SIZE {size}\n" + "\n".join(rows))
    x = picture(5, (16, 9))
    torch.testing.assert_close(apply("color.lut", x, file=str(file)), x, atol=1e-6, rtol=0)


def test_a_lut_of_single_channels_with_a_domain_is_read(tmp_path):
    file = tmp_path / "half.cube"
    file.write_text('TITLE "half"\nLUT_1D_SIZE 2\nDOMAIN_MIN 0 0 0\nDOMAIN_MAX 2 2 2\n0 0 0 # black\n1 1 1\n')
    x = picture(6, (5, 8))
    expected = bounded(x[:, :3] / 2, x[:, 3:])
    torch.testing.assert_close(apply("color.lut", x, file=str(file)), expected, atol=1e-6, rtol=0)


def test_a_lut_that_changed_is_read_again(tmp_path):
    file = tmp_path / "one.cube"
    file.write_text("LUT_1D_SIZE 2\n0 0 0\n1 1 1\n")
    before = apply("color.lut", GREY, file=str(file))
    file.write_text("LUT_1D_SIZE 2\n0.5 0.5 0.5\n1 1 1\n")
    assert not apply("color.lut", GREY, file=str(file)).equal(before)


HOSTILE = {
    "": "must have either LUT_1D_SIZE or LUT_3D_SIZE",
    "LUT_1D_SIZE 2\nLUT_3D_SIZE 2\n": "must have either",
    "LUT_3D_SIZE 99999999999999999999\n": "whole number from 2 to 129",
    "LUT_3D_SIZE -1\n": "whole number from 2 to 129",
    "LUT_3D_SIZE 2 2\n": "whole number from 2 to 129",
    "LUT_3D_SIZE 2\n0 0 0\n": "has 3 numbers instead of 24",
    "LUT_1D_SIZE 2\n0 0 0\nnan 1 1\n": "not finite",
    "LUT_1D_SIZE 2\n0 0 0\n1e99 1 1\n": "not finite",
    "LUT_1D_SIZE 2\n0 0 0\n1 1 1x\n": "words where numbers should be",
    "LUT_1D_SIZE 2\nDOMAIN_MAX 0 0 0\n0 0 0\n1 1 1\n": "domain",
    "LUT_1D_SIZE 2\nDOMAIN_MIN a b c\n0 0 0\n1 1 1\n": "domain",
}


@pytest.mark.parametrize("text", HOSTILE)
def test_a_file_that_is_no_lut_is_refused_in_a_sentence(tmp_path, text):
    file = tmp_path / "bad.cube"
    file.write_text(text)
    with pytest.raises(EffectError, match=HOSTILE[text]):
        apply("color.lut", GREY, file=str(file))


def test_a_lut_that_is_missing_or_a_folder_is_refused_in_a_sentence(tmp_path):
    with pytest.raises(EffectError, match="No such file"):
        apply("color.lut", GREY, file=str(tmp_path / "none.cube"))
    (tmp_path / "folder.cube").mkdir()
    with pytest.raises(EffectError, match="is not a file"):
        apply("color.lut", GREY, file=str(tmp_path / "folder.cube"))


@given(st.text(alphabet="LUT_13D SIZEMAXN0129.-e#\n\t", max_size=80))
@quick
def test_any_text_is_a_table_of_finite_numbers_or_a_value_error(text):
    with suppress(ValueError):
        assert lut.parse(text).table.isfinite().all()

"""Laws of curves."""

from fractions import Fraction
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vgan_studio.timeline.curve import Curve, Easing, Key, eased

from .strategies import curves, laws

frames = st.integers(-50, 50)


@laws
@given(curves, frames, frames)
def test_a_moved_curve_has_the_same_values_so_many_frames_later(curve, shift, frame):
    assert curve.moved(shift).at(frame + shift) == curve.at(frame)
    assert curve.moved(shift).moved(-shift) == curve


@laws
@given(curves)
def test_a_curve_goes_through_its_keys(curve):
    assert [curve.at(key.frame) for key in curve.keys] == [key.value for key in curve.keys]


@laws
@given(curves, st.fractions(-60, 60))
def test_a_curve_stays_between_its_lowest_and_highest_key(curve, frame):
    values = [key.value if isinstance(key.value, tuple) else (key.value,) for key in curve.keys]
    value = curve.at(frame)
    for part, column in zip(value if isinstance(value, tuple) else (value,), zip(*values, strict=True), strict=True):
        assert min(column) - 1e-12 <= part <= max(column) + 1e-12


@laws
@given(st.sampled_from(get_args(Easing)), st.fractions(0, 1), st.fractions(0, 1))
def test_easing_begins_at_nothing_ends_with_all_and_never_turns_back(easing, one, other):
    low, high = sorted((one, other))
    assert 0 <= eased(low, easing) <= eased(high, easing) <= 1
    assert (eased(Fraction(0), easing), eased(Fraction(1), easing)) == (0, 1)


@laws
@given(st.fractions(0, 1))
def test_easing_in_is_easing_out_turned_round(share):
    assert eased(share, "in") == 1 - eased(1 - share, "out")
    for easing in ("linear", "both"):
        assert eased(share, easing) == 1 - eased(1 - share, easing)
    assert eased(share, "linear") == share and eased(share, "in") <= share <= eased(share, "out")


def test_hold_linear_and_ease_are_what_they_say():
    assert Curve((Key(0, 0.0, "hold"), Key(4, 8.0))).at(3) == 0
    assert Curve((Key(0, 0.0, "linear"), Key(4, 8.0))).at(1) == 2
    assert Curve((Key(0, 0.0, "ease"), Key(4, 8.0))).at(1) == pytest.approx(8 * (3 / 16 - 2 / 64))
    assert Curve((Key(0, 0.0), Key(4, 8.0))).at(Fraction(1, 2)) == 1
    assert (Curve((Key(3, 1.0), Key(4, 2.0))).at(-9), Curve((Key(3, 1.0), Key(4, 2.0))).at(99)) == (1, 2)


@pytest.mark.parametrize(
    "keys", [(), (Key(1, 0.0), Key(1, 1.0)), (Key(2, 0.0), Key(1, 1.0)), (Key(0, 1.0), Key(1, (1.0,)))]
)
def test_a_curve_needs_keys_in_order_and_of_one_shape(keys):
    with pytest.raises(ValueError, match="curve"):
        Curve(keys)

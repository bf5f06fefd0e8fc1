"""Parameters: what fits, what is refused and in which words, and what the command line can say."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import vgan_studio.effects.families  # noqa: F401  (the registry is filled)
from vgan_studio.effects.spec import (
    REGISTRY,
    Choice,
    Color,
    File,
    Number,
    Numbers,
    Points,
    Text,
    Toggle,
    check,
    effect,
    find,
    parse,
)
from vgan_studio.errors import EffectError

quick = settings(max_examples=50, deadline=None)
STOPS = Number(0.0, -8.0, 8.0, "stops")
junk = st.one_of(
    st.booleans(), st.integers(), st.floats(), st.text(max_size=9), st.lists(st.floats(), max_size=7).map(tuple)
)
PARAMS = [
    STOPS,
    Number(3, 0, 9, whole=True),
    Numbers((0.0, 0.0), -1.0, 1.0),
    Toggle(True),
    Choice("a", ("a", "b")),
    Color((0.0, 0.0, 0.0, 1.0)),
    Text(limit=5),
    Points(),
    File((".cube",)),
]


@pytest.mark.parametrize("param", PARAMS, ids=lambda param: type(param).__name__)
@given(value=junk)
@quick
def test_any_value_is_taken_or_refused_in_a_sentence(param, value):
    if param.fits(value):
        taken = check("test.effect", "name", param, value)
        assert param.fits(taken) and param.take(taken) == taken
    else:
        with pytest.raises(EffectError, match=r"^test\.effect: name must be .* not ") as refusal:
            check("test.effect", "name", param, value)
        assert param.wants in str(refusal.value)


@pytest.mark.parametrize("param", PARAMS, ids=lambda param: type(param).__name__)
@given(text=st.text(max_size=20))
@quick
def test_any_word_of_the_command_line_is_read_without_a_traceback(param, text):
    value = parse(param, text)
    assert not param.fits(value) or param.fits(param.take(value))


@given(st.floats(-8, 8))
@quick
def test_a_number_is_read_as_it_is_written(number):
    assert parse(STOPS, repr(number)) == number


def test_words_are_read_as_values():
    assert parse(Toggle(False), "on") is True
    assert parse(Numbers((0.0, 0.0), -1, 1), "0.5,-0.25") == (0.5, -0.25)
    assert parse(Color((0.0, 0.0, 0.0, 1.0)), "#ff0080") == (1.0, 0.0, 128 / 255)
    assert parse(Color((0.0, 0.0, 0.0, 1.0)), "#ff008000") == (1.0, 0.0, 128 / 255, 0.0)
    assert check("", "", Color((0.0, 0.0, 0.0, 1.0)), parse(Color((0.0, 0.0, 0.0, 1.0)), "1,0.5,0")) == (1, 0.5, 0, 1)
    assert parse(Text(), r"one\ntwo") == "one\ntwo"


def test_a_refusal_names_the_effect_the_parameter_and_the_range():
    with pytest.raises(EffectError, match=r"^color.exposure: stops must be a number from -8 to 8 stops, not 9\.$"):
        find("color.exposure").complete({"stops": 9})
    with pytest.raises(EffectError, match=r"^color.exposure has no parameter 'stop'. It has: stops\.$"):
        find("color.exposure").complete({"stop": 1.0})
    with pytest.raises(EffectError, match=r"no effect 'color.exposur'. Did you mean color.exposure\?"):
        find("color.exposur")


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, True, "1", (1.0,)])
def test_a_number_is_finite_and_no_truth_value(value):
    assert not STOPS.fits(value)


def test_whole_numbers_are_rounded_where_a_curve_runs_between_them():
    assert [Number(0, 0, 9, whole=True).take(value) for value in (2.4, 2.5, 3)] == [2, 3, 3]


def test_points_rise():
    assert Points().fits((0.0, 1.0, 1.0, 0.0))
    assert not Points().fits((0.5, 0.0, 0.5, 1.0))
    assert not Points().fits((0.0, 0.0, 1e-300, 1.0)), "no slope is beyond numbers"
    assert not Points().fits((0.0, 0.0, 1.0))


def test_two_effects_of_one_id_are_a_mistake_of_ours():
    with pytest.raises(ValueError, match="Two effects"):
        effect("core.blank", "Again")(lambda **_: None)


def test_all_families_are_registered():
    assert {id.split(".")[0] for id in REGISTRY} >= {"core", "geometry", "color", "filter"}


def test_a_lock_is_a_note_for_people_and_no_picture_depends_on_it():
    grain = find("filter.grain")
    assert grain.complete({"seed": 3, "seed_locked": True}) == grain.complete({"seed": 3})
    assert "seed_locked" in grain.params
    with pytest.raises(EffectError, match="seed_locked must be on or off"):
        grain.complete({"seed_locked": 2})


@pytest.mark.parametrize("id", sorted(REGISTRY))
def test_what_does_nothing_are_parameters_of_the_effect_and_never_all_of_them(id):
    one = REGISTRY[id]
    idle = set(one.idle(one.complete({})))
    assert idle <= one.params.keys() and (idle < one.params.keys() or not one.params)

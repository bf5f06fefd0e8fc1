"""The laws that every effect without a network obeys; a new effect is under them without a new line here."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest
import torch
import torch.nn.functional as F
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from torch import Tensor

import vgan_studio.effects.families  # noqa: F401  (the registry is filled)
from vgan_studio.effects.params import Lock
from vgan_studio.effects.spec import (
    REGISTRY,
    Choice,
    Color,
    Effect,
    File,
    Number,
    Numbers,
    Param,
    Points,
    Text,
    Toggle,
    Weights,
)

from .pictures import CUBE, picture

SIZES = [(1, 1), (1, 7), (7, 1), (5, 8), (16, 9), (24, 31)]
IDS = sorted(id for id, effect in REGISTRY.items() if not effect.heavy)
FILTERS = [id for id in IDS if REGISTRY[id].kind == "filter"]
TRANSITIONS = [id for id in IDS if REGISTRY[id].kind == "transition"]
# A filter whose parameters are its defaults, but these where it has them, does nothing.
NEUTRAL = {"strength": 0.0, "amount": 0.0, "radius": 0.0}
# Mean difference of a preview at half size from the picture at full size made half, in levels of 255.
COARSE = {"color.chroma_key": 3.0, "color.curves": 3.0, "core.title": 3.0, "filter.grain": 4.0, "filter.sharpen": 2.0}

laws = settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


# Points of a curve, as near each other as they may be.
lines = st.lists(
    st.tuples(st.integers(0, 1000).map(lambda n: n / 1000), st.floats(0, 1)),
    min_size=2,
    max_size=5,
    unique_by=lambda p: p[0],
).map(lambda points: tuple(number for point in sorted(points) for number in point))


def values(param: Param, small: bool = False) -> st.SearchStrategy[Any]:
    """Give what fits a parameter; whole numbers stay `small` where they are sizes."""
    match param:
        case Number(default, low, high, _, True):
            return st.integers(int(low), int(min(high, 40) if small else high))
        case Number(default, low, high):
            return st.sampled_from([default, low, high]) | st.floats(low, high)
        case Numbers(default, low, high):
            return st.tuples(*[st.sampled_from([low, high, *default]) | st.floats(low, high) for _ in default])
        case Toggle():
            return st.booleans()
        case Choice(_, options):
            return st.sampled_from(options)
        case Color():
            return st.tuples(*[st.floats(0, 1)] * 4)
        case Text():
            return st.sampled_from(["", "Title", "two\nlines", "片头 ok"]) | st.text(max_size=5)
        case Points():
            return lines
        case File():
            return st.sampled_from(["", CUBE])
        case Weights():
            return st.just("")


def calls(effect: Effect) -> st.SearchStrategy[dict[str, Any]]:
    chosen = {name: values(param, effect.size is not None) for name, param in effect.params.items()}
    if effect.size:
        return st.fixed_dictionaries(chosen).map(effect.complete)
    return st.fixed_dictionaries({}, optional=chosen).map(effect.complete)


pictures = st.builds(picture, st.integers(0, 99), st.sampled_from(SIZES), st.integers(1, 3))


def applied(effect: Effect, x: Tensor, params: Mapping[str, Any], progress: float = 0.4) -> Tensor:
    """Apply any effect: what it needs besides `x` follows from `x`."""
    more: dict[str, Any] = {"time": Fraction(1, 3)} if effect.clock else {}
    if effect.kind == "generator":
        return effect.render(height=x.shape[2], width=x.shape[3], **params, **more)
    if effect.kind == "transition":
        return effect.render(x, x.flip(3), progress=progress, **params, **more)
    before, after = effect.window
    return effect.render(*[x * 0.9] * before, x, *[x.flip(2)] * after, **params, **more)


@pytest.mark.parametrize("id", IDS)
@given(data=st.data())
@laws
def test_a_result_is_a_picture_of_the_right_size(id, data):
    effect = REGISTRY[id]
    x, params = data.draw(pictures), data.draw(calls(effect))
    y = applied(effect, x, params)
    size = effect.size(tuple(x.shape[2:]), params) if effect.size else tuple(x.shape[2:])
    assert y.shape == (1 if effect.kind == "generator" else len(x), 4, *size)
    assert y.dtype == torch.float32
    assert y.isfinite().all()
    assert y.min() >= 0 and y.max() <= 1 + 1e-5
    assert (y[:, :3] <= y[:, 3:] + 1e-5).all(), "colour is premultiplied"


@pytest.mark.parametrize("id", IDS)
@given(data=st.data())
@laws
def test_an_effect_leaves_its_inputs_alone_and_repeats_itself(id, data):
    effect = REGISTRY[id]
    x, params = data.draw(pictures), data.draw(calls(effect))
    kept = x.clone()
    assert applied(effect, x, params).equal(applied(effect, x, params))
    assert x.equal(kept)


@pytest.mark.parametrize("id", IDS)
@given(data=st.data())
@laws
def test_a_batch_equals_its_pictures_one_by_one(id, data):
    effect = REGISTRY[id]
    x, params = data.draw(pictures), data.draw(calls(effect))
    whole = applied(effect, x, params)
    for i in range(len(whole)):
        assert whole[i : i + 1].equal(applied(effect, x[i : i + 1], params))


@pytest.mark.parametrize("id", IDS)
@given(data=st.data())
@laws
def test_the_layout_of_memory_does_not_matter(id, data):
    effect = REGISTRY[id]
    x, params = data.draw(pictures), data.draw(calls(effect))
    torch.testing.assert_close(applied(effect, x, params), applied(effect, x.contiguous(), params), atol=1e-5, rtol=0)


@pytest.mark.parametrize("id", IDS)
def test_every_extreme_of_every_parameter_works(id):
    effect = REGISTRY[id]
    x = picture(1, (9, 14))
    for name, param in effect.params.items():
        match param:
            case Number(_, low, high) if not effect.size:
                extremes: tuple[Any, ...] = (low, high)
            case Number(_, low):
                extremes = (low,)
            case Numbers(default, low, high):
                extremes = ((low,) * len(default), (high,) * len(default))
            case Toggle():
                extremes = (False, True)
            case Choice(_, options):
                extremes = options
            case Text(_, limit):
                extremes = ("", "W" * limit, "\n" * limit, "\x00\ud800\u202e\U0010ffff")
            case _:
                continue
        small = {"width": 20, "height": 11} if effect.size else {}
        for value in extremes:
            y = applied(effect, x, effect.complete({**small, name: value}))
            assert y.isfinite().all(), (name, value)


@pytest.mark.parametrize("id", FILTERS)
@given(x=pictures)
@laws
def test_a_filter_with_neutral_parameters_gives_its_input_bit_for_bit(id, x):
    effect = REGISTRY[id]
    neutral = {name: value for name, value in NEUTRAL.items() if name in effect.params}
    if effect.size:
        neutral |= {"width": x.shape[3], "height": x.shape[2]}
    assert applied(effect, x, effect.complete(neutral)).equal(x)


@pytest.mark.parametrize("id", FILTERS)
@given(data=st.data())
@laws
def test_a_filter_makes_nothing_out_of_nothing(id, data):
    effect = REGISTRY[id]
    x = picture(0, data.draw(st.sampled_from(SIZES)), alpha="none")
    assert not applied(effect, x, data.draw(calls(effect))).any()


@pytest.mark.parametrize("id", TRANSITIONS)
@given(data=st.data())
@laws
def test_a_transition_begins_with_the_first_and_ends_with_the_second(id, data):
    effect = REGISTRY[id]
    x = picture(data.draw(st.integers(0, 99)), data.draw(st.sampled_from(SIZES)), alpha="opaque")
    params = data.draw(calls(effect))
    assert applied(effect, x, params, progress=0.0).equal(x)
    assert applied(effect, x, params, progress=1.0).equal(x.flip(3))


def half(x: Tensor) -> Tensor:
    return F.avg_pool2d(x, 2)


def smooth(seed: int) -> Tensor:
    """Make a picture of (96, 144) without detail that half the size could not hold."""
    coarse = torch.rand(1, 4, 5, 7, generator=torch.Generator().manual_seed(seed))
    x = F.interpolate(coarse, (96, 144), mode="bicubic", align_corners=True).clamp(0, 1)
    return torch.cat([x[:, :3] * x[:, 3:], x[:, 3:]], 1)


@pytest.mark.parametrize("id", [id for id in IDS if REGISTRY[id].size is None])
@given(data=st.data())
@laws
def test_a_preview_at_half_size_looks_like_the_picture_at_full_size(id, data):
    effect = REGISTRY[id]
    x, params = smooth(data.draw(st.integers(0, 9))), data.draw(calls(effect))
    full, preview = half(applied(effect, x, params)), applied(effect, half(x), params)
    assert (full - preview).abs().mean() * 255 <= COARSE.get(id, 1.0)


@pytest.mark.gpu
@pytest.mark.skipif(not torch.cuda.is_available(), reason="There is no CUDA device.")
@pytest.mark.parametrize("id", IDS)
def test_a_gpu_shows_what_the_cpu_shows(id):
    effect = REGISTRY[id]
    small = {"width": 40, "height": 30} if effect.size else {}
    x, params = smooth(1), effect.complete(small)
    torch.testing.assert_close(
        applied(effect, x.cuda(), params).cpu(), applied(effect, x, params), atol=1 / 510, rtol=0
    )


@pytest.mark.parametrize("id", sorted(REGISTRY))
def test_an_effect_says_what_it_is(id):
    effect = REGISTRY[id]
    assert effect.id == id and effect.title and effect.render.__doc__
    counting = {name: param for name, param in effect.params.items() if not isinstance(param, Lock)}
    assert effect.complete({}) == {name: param.default for name, param in counting.items()}
    assert all(param.fits(param.default) for param in effect.params.values())

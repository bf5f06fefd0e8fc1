"""Masks: where a GAN effect shows, and that to move one asks no network."""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.test_plan import FILM, call, timeline, video
from vgan_studio.effects.mask import MASK, SHAPES, weight
from vgan_studio.effects.spec import find, registry
from vgan_studio.render.key import keys
from vgan_studio.render.plan import heavy_nodes, plan
from vgan_studio.timeline.curve import Curve, Key
from vgan_studio.timeline.values import Clip

name_of = id  # a node's name in its keys

DEFAULTS = {name: param.default for name, param in MASK.items()}


def of(x, **told):
    return weight(x, **{**DEFAULTS, **told})


def grey(height=40, width=60, value=0.5):
    return torch.cat([torch.full((1, 3, height, width), value), torch.ones(1, 1, height, width)], 1)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(SHAPES[1:]), st.tuples(*[st.floats(-1, 2)] * 2), st.tuples(*[st.floats(0, 3)] * 2),
    st.lists(st.floats(-1, 2), min_size=3, max_size=6), st.floats(0, 0.5), st.booleans(),
)  # fmt: skip
def test_a_mask_is_between_0_and_1_and_its_inverse_is_the_rest(mask, center, size, numbers, feather, opaque):
    x = torch.rand(2, 4, 9, 14, generator=torch.Generator().manual_seed(1))
    x[:, 3:] = 1 if opaque else x[:, 3:]
    told = {"mask": mask, "mask_center": center, "mask_size": size, "mask_points": (*numbers, *numbers),
            "mask_feather": feather}  # fmt: skip
    found = of(x, **told)
    assert found.shape[1:] == (1, 9, 14) and found.min() >= 0 and found.max() <= 1 and bool(found.isfinite().all())
    assert torch.allclose(found + of(x, **told, mask_invert=True), torch.ones(()))


@pytest.mark.parametrize(("mask", "share"), [("rectangle", 0.25), ("ellipse", 0.25 * 3.14159 / 4)])
def test_a_shape_of_half_the_size_covers_its_share(mask, share):
    assert abs(float(of(grey(200, 300), mask=mask, mask_feather=0.0).mean()) - share) < 0.005


def test_a_polygon_covers_what_lies_inside():
    found = of(grey(100, 100), mask="polygon", mask_points=(0.0, 0.0, 1.0, 0.0, 0.0, 1.0), mask_feather=0.0)[0, 0]
    assert found[20, 20] == 1 and found[80, 80] == 0 and abs(float(found.mean()) - 0.5) < 0.01


def test_the_edge_of_a_shape_is_as_wide_as_its_feather_says():
    row = of(grey(100, 100), mask="rectangle", mask_feather=0.2)[0, 0, 50]
    soft = ((row > 0) & (row < 1)).nonzero().flatten()
    assert 38 <= len(soft) <= 42
    assert abs(float(row[25]) - 0.5) < 0.05, "the edge itself is in the middle of it"


def test_a_mask_of_luma_shows_what_is_bright_and_one_of_chroma_what_has_the_colour():
    x = grey()
    x[..., :30] = 0.1
    x[:, 3:] = 1
    found = of(x, mask="luma", mask_range=(0.4, 1.0), mask_feather=0.0)[0, 0]
    assert found[:, :30].max() == 0 and found[:, 30:].min() == 1
    x[:, 0, :, :30], x[:, 1:3, :, :30] = 0.9, 0.1
    found = of(x, mask="chroma", mask_color=(0.9, 0.1, 0.1, 1.0), mask_reach=0.05, mask_feather=0.0)[0, 0]
    assert found[:, :30].min() == 1 and found[:, 30:].max() == 0


@pytest.mark.parametrize("id", sorted(id for id, one in registry().items() if one.heavy and "mask" in one.params))
def test_outside_of_its_mask_an_effect_leaves_the_picture(id):
    effect = find(id)
    told = {name: param.default for name, param in effect.params.items() if name in (*effect.live, *effect.both)}
    x = torch.rand(1, 4, 16, 16)
    plain = effect.finish(x, None, **{**told, "strength": 0.0})
    heavy = torch.rand_like(plain)
    half = {**told, "mask": "rectangle", "mask_center": (0.25, 0.5), "mask_size": (0.5, 2.0), "mask_feather": 0.0}
    y = effect.finish(x, heavy, **half)
    middle = y.shape[-1] // 2
    assert torch.equal(y[..., middle + 1 :], plain[..., middle + 1 :])
    assert torch.allclose(y[..., : middle - 1], effect.finish(x, heavy, **told)[..., : middle - 1])


@pytest.mark.parametrize("id", sorted(id for id, one in registry().items() if one.heavy and "mask" in one.params))
def test_moving_a_mask_asks_no_network(id):
    curve = Curve((Key(0, (0.1, 0.1)), Key(8, (0.9, 0.9))))
    asked = set()
    for params in ({}, {"mask": "ellipse"}, {"mask": "ellipse", "mask_center": curve}, {"mask": "luma"}):
        film = timeline(video(Clip(1, 0, 9, FILM, effects=(call(id, **params),))))
        node = plan(film, 4)
        known = keys([node])
        asked.add(tuple(known[name] for name in map(name_of, heavy_nodes(node))))
    assert len(asked) == 1

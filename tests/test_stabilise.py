"""Heavy effects without their flicker: the same picture in any order, from the cache or not; and what is not asked for
costs nothing."""

from dataclasses import replace
from fractions import Fraction
from itertools import count

import pytest
import torch
import torch.nn.functional as F
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from torch import Tensor

import vgan_studio.effects.families  # noqa: F401  (the registry is filled)
from vgan_studio.effects.spec import REGISTRY, Effect, Number, effect, find
from vgan_studio.engine.run import Engine
from vgan_studio.engine.stabilise import noise, stabilise
from vgan_studio.gan.metrics import psnr
from vgan_studio.media.probe import probe
from vgan_studio.render import key as render_key
from vgan_studio.render.apply import apply
from vgan_studio.render.cache import Cache
from vgan_studio.render.evaluate import Renderer
from vgan_studio.render.key import key
from vgan_studio.render.node import Call, Decode, heavy_nodes, walk
from vgan_studio.render.plan import plan
from vgan_studio.timeline.curve import Curve, Key
from vgan_studio.timeline.values import Clip, EffectCall, Media, Timeline, Track

from .films import write_film

RATE = Fraction(25)
FRAMES = 6
FILM = Media("/films/a.mp4", "aa", Fraction(2), 64, 48, RATE, steady=True)
STILL = Media("/photos/s.png", "ss", Fraction(0), 64, 48)
laws = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))


def _dim(x, heavy, *, strength):
    return x if heavy is None else x.lerp(heavy, strength)


def _unsteady(before: Tensor, x: Tensor, last: Tensor | None = None, *, engine: Engine, gain: float) -> Tensor:
    """Stand in for a network: what it gives depends on both pictures and on what it gave before."""
    y = (x * (1 + gain * torch.sin(99 * x.mean((1, 2, 3), keepdim=True))) + 0.1 * before) / 2
    y = (y if last is None else y.lerp(last, 0.5)).clamp(0, 1)
    return torch.cat([y[:, :3].minimum(x[:, 3:]), x[:, 3:]], 1)


@pytest.fixture(scope="module", autouse=True)
def unsteady():
    """Effects that flicker: `test.plain`, and `test.chained` that sees its own last result, of four in a row."""
    params = {"strength": Number(1.0, 0.0, 1.0), "gain": Number(0.2, 0.0, 1.0), "stabilise": Number(0.0, 0.0, 1.0)}
    for id, chain in (("test.plain", 0), ("test.chained", 4)):
        REGISTRY[id] = Effect(
            id, "Test", params, _unsteady, window=(1, 0), heavy=True, chain=chain, finish=_dim, live=("strength",)
        )
    yield
    del REGISTRY["test.plain"], REGISTRY["test.chained"]


def call(id, **params):
    return EffectCall(id, tuple(sorted(params.items())))


def timeline(media, *effects, **clip):
    clip = Clip(1, 0, 60, media, effects=effects, **clip)
    return Timeline(RATE, media.width, media.height, tracks=(Track("video", (clip,)),))


def names(node):
    return [part.effect for part in walk(node) if isinstance(part, Call)]


def decoded(node):
    return sorted({part.time * RATE - Fraction(1, 2) for part in walk(node) if isinstance(part, Decode)})


amounts = st.floats(0.05, 1.0)
stacks = st.lists(
    st.builds(
        call,
        st.sampled_from(["test.plain", "test.chained"]),
        strength=st.sampled_from([0.0, 0.5, 1.0]),
        gain=st.sampled_from([0.1, 0.2]),
        stabilise=st.sampled_from([0.0, 0.5, 1.0]),
    ),
    min_size=1,
    max_size=2,
)


@pytest.mark.parametrize("id", ["gan.denoise", "gan.upscale"])
@given(frame=st.integers(0, 49), strength=st.sampled_from([0.0, 0.3, 1.0]))
@laws
def test_no_stabilising_is_the_expression_without_it(id, frame, strength):
    node = plan(timeline(FILM, call(id, strength=strength)), frame)
    assert node == plan(timeline(FILM, call(id, strength=strength, stabilise=0.0)), frame)
    finish = next(part for part in walk(node) if isinstance(part, Call) and part.effect == f"{id}:finish")
    assert not any(name.endswith(":stable") for name in names(node))
    assert "stabilise" not in dict(finish.params)
    assert [part.effect for part in finish.inputs if isinstance(part, Call)] == [id] * bool(strength)


@given(frame=st.integers(1, 48), amount=amounts)
@laws
def test_stabilising_takes_the_results_of_the_neighbours(frame, amount):
    node = plan(timeline(FILM, call("gan.upscale", stabilise=amount)), frame)
    stable = next(part for part in walk(node) if isinstance(part, Call) and part.effect == "gan.upscale:stable")
    assert dict(stable.params) == {"amount": amount}
    here, *sides = (find_heavy(frame + k) for k in (0, -1, 1))
    assert stable.inputs[::2] == (here, *sides), "each is the very call of its own frame, so it is computed once"
    assert stable.inputs[1::2] == tuple(one.inputs[0] for one in (here, *sides))


def find_heavy(frame):
    return heavy_nodes(plan(timeline(FILM, call("gan.upscale")), frame))[0]


def test_at_the_ends_of_a_film_and_on_a_still_there_are_fewer_neighbours():
    film = timeline(FILM, call("gan.upscale", stabilise=1.0))
    assert [len(heavy_nodes(plan(film, frame))) for frame in (0, 1, 48, 49)] == [2, 3, 3, 2]
    assert names(plan(timeline(STILL, call("gan.upscale", stabilise=1.0)), 5)).count("gan.upscale") == 1
    assert len(heavy_nodes(plan(film, 59))) == 1, "beyond its end it stands still"


def test_at_strength_nought_nothing_is_stabilised():
    node = plan(timeline(FILM, call("gan.upscale", strength=0.0, stabilise=1.0)), 9)
    assert not heavy_nodes(node) and len(decoded(node)) == 1


@given(frame=st.integers(0, 49))
@laws
def test_a_chain_begins_at_fixed_places_of_the_source(frame):
    node = plan(timeline(FILM, call("test.chained")), frame)
    assert len(heavy_nodes(node)) == frame % 4 + 1
    assert decoded(node) == list(range(max(frame - frame % 4 - 1, 0), frame + 1))
    later = plan(timeline(FILM, call("test.chained"), source_in=Fraction(frame, 25)), 0)
    assert key(later) == key(node), "wherever the clip begins"


@pytest.mark.parametrize("steady", [True, False])
def test_a_chain_goes_on_beyond_the_end_of_a_film_at_a_bounded_length(steady):
    film = timeline(replace(FILM, steady=steady), call("test.chained", stabilise=1.0))
    assert all(len(heavy_nodes(plan(film, frame))) <= 8 for frame in range(46, 60))


@pytest.fixture(scope="module")
def media(tmp_path_factory):
    path = tmp_path_factory.mktemp("stable") / "film.mp4"
    write_film(path, FRAMES)
    return probe(path).media()


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    made = Engine("cpu", "fp32", tmp_path_factory.mktemp("engine") / "engine.json")
    yield made
    made.close()


folders = count()


def rendered(renderer, film, frames):
    return {frame: renderer.render([plan(film, frame)])[0] for frame in frames}


@given(effects=stacks, frames=st.permutations(range(FRAMES)), order=st.permutations(range(FRAMES)))
@settings(laws, max_examples=5)
def test_any_order_gives_the_same_pictures_with_and_without_a_cache(
    engine, media, tmp_path_factory, effects, frames, order
):
    film, wanted = timeline(media, *effects), frames[:2]
    cache = Cache(tmp_path_factory.getbasetemp() / f"cache-{next(folders)}", 1 << 30)
    alone = {frame: rendered(Renderer(engine), film, [frame])[frame] for frame in wanted}
    missed = rendered(Renderer(engine, cache), film, order)
    hit = rendered(Renderer(engine, cache), film, wanted)
    for frame in wanted:
        assert torch.equal(alone[frame], missed[frame]), "a frame sought is the frame that was played to"
        assert torch.equal(hit[frame], missed[frame]), "from the cache or computed"
    cache.close()


@pytest.mark.parametrize("id", ["test.plain", "test.chained"])
def test_in_order_the_network_is_asked_once_for_each_picture(engine, media, id):
    renderer = Renderer(engine)
    rendered(renderer, timeline(media, call(id, stabilise=1.0)), range(FRAMES))
    assert renderer.counters.inferred == FRAMES
    again = Renderer(engine)
    again.render([plan(timeline(media, call(id, stabilise=1.0)), frame) for frame in range(FRAMES)])
    assert again.counters.inferred == FRAMES


def test_a_chain_of_a_curve_is_computed_with_the_parameters_of_its_frame():
    curve = Curve((Key(0, 0.0), Key(11, 1.0)))
    film = timeline(FILM, call("test.chained", gain=curve))
    node = plan(film, 7)
    assert [dict(part.params)["gain"] for part in heavy_nodes(node)] == pytest.approx([7 / 11] * 4)


def test_an_export_shows_what_the_preview_shows(engine, media, tmp_path):
    effects = [call("test.chained", stabilise=0.7)]
    path = tmp_path / "out.mkv"
    for _ in apply(media.path, effects, path, engine, codec="ffv1"):
        pass
    film, shown = timeline(media, *effects), Renderer(engine)
    made = probe(path).media()
    written = rendered(Renderer(engine), timeline(made), range(FRAMES))
    for frame, picture in rendered(shown, film, range(FRAMES)).items():
        assert float((picture - written[frame]).abs().max()) < 2.5 / 255, "but for colour conversion"


def scene(seed: int, height: int = 96, width: int = 128) -> Tensor:
    coarse = torch.rand(1, 3, 12, 16, generator=torch.Generator().manual_seed(seed))
    return F.interpolate(coarse, (height, width), mode="bicubic").clamp(0, 1)


def test_results_larger_than_their_sources_follow_the_motion_too():
    x, chance = scene(1), torch.Generator().manual_seed(1)
    sources = [x, x.roll(4, 3), x.roll(-4, 3)]
    large = [F.interpolate(source, scale_factor=2, mode="bicubic") for source in sources]
    results = [y + 0.05 * torch.randn(y.shape, generator=chance) for y in large]
    inside = (..., slice(32, -32), slice(32, -32))
    steady = stabilise(results, sources, 0, 1.0)
    assert psnr(steady[inside], large[0][inside]) > psnr(results[0][inside], large[0][inside]) + 3


@pytest.mark.parametrize("sigma", [0.0, 5.0, 25.0])
def test_noise_is_measured(sigma):
    x = scene(2) + sigma / 255 * torch.randn(1, 3, 96, 128, generator=torch.Generator().manual_seed(3))
    assert float(noise(x)) * 255 == pytest.approx(1.128 * sigma, abs=1.5 + 0.05 * sigma)


def test_noise_in_the_sources_is_no_reason_not_to_lean_on_them():
    x, chance = scene(4), torch.Generator().manual_seed(5)
    noisy = [x + 25 / 255 * torch.randn(x.shape, generator=chance) for _ in range(3)]
    results = [x + 0.03 * torch.randn(x.shape, generator=chance) for _ in range(3)]
    assert psnr(stabilise(results, noisy, 0, 1.0), x) > psnr(results[0], x) + 3


def test_what_was_hidden_is_not_mixed_in():
    x = scene(6)
    sources = [x, x.clone(), x.clone()]
    sources[0][..., 40:60, 50:80] = 0.9  # something that is there in the present alone
    results = [source.clone() for source in sources]
    steady = stabilise(results, sources, 0, 1.0)
    assert float((steady - results[0])[..., 44:56, 54:76].abs().max()) < 0.02


def test_the_stabilisers_own_version_is_in_the_keys_of_what_it_made_alone(monkeypatch):
    steady, plain = (plan(timeline(FILM, call("gan.upscale", stabilise=amount)), 9) for amount in (0.5, 0.0))
    old = key(steady), key(plain)
    monkeypatch.setattr(render_key, "STABILISER", render_key.STABILISER + 1)
    assert key(steady) != old[0] and key(plain) == old[1]


def test_fine_detail_that_moves_by_parts_of_a_pixel_is_kept():
    wide = torch.rand(1, 3, 24, 40, generator=torch.Generator().manual_seed(8))
    wide = F.interpolate(wide, scale_factor=8, mode="bicubic", antialias=True).clamp(0, 1)
    sources = [F.avg_pool2d(wide[..., 2 + at : 290 + at], 2) for at in (0, 3, -1)]  # by 1.5 and 0.5 of a pixel
    inside = (..., slice(8, -8), slice(8, -8))
    assert psnr(stabilise(sources, sources, 0, 1.0)[inside], sources[0][inside]) > 50.3


def test_only_a_heavy_filter_can_be_stabilised():
    with pytest.raises(ValueError, match="no heavy filter"):
        effect("test.light", "Light", stabilise=Number(0.0, 0.0, 1.0))(lambda x: x)
    with pytest.raises(ValueError, match="no heavy filter"):
        replace(find("core.blank"), chain=2)

"""The effect that paints keeps its laws, reads strangers' pictures with care, and the shipped painter paints."""

from pathlib import Path

import cv2
import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vgan_studio.effects.spec import find
from vgan_studio.effects.stylize import LIMIT_BYTES, stylize
from vgan_studio.engine.precision import LEAST_DB, converted, picture
from vgan_studio.engine.run import Engine
from vgan_studio.errors import EffectError, ModelError
from vgan_studio.gan.data import Source
from vgan_studio.gan.measure_style import Group, distance, few_shot, figures, means, read, scenes, seen_style
from vgan_studio.gan.metrics import psnr
from vgan_studio.gan.networks import ARCHITECTURES
from vgan_studio.gan.networks.stylize import CODE, GRAIN, PAD, Painter, Stylist, grain, grained
from vgan_studio.gan.painter import HEIGHT, LONGEST, bound, code_of, fitted, stylist
from vgan_studio.gan.recipes import find_recipe
from vgan_studio.gan.recipes.stylize import STYLES
from vgan_studio.gan.style import coherence, even, slants
from vgan_studio.gan.tasks import lesson
from vgan_studio.gan.tasks.stylize import MOVED, NOISE, Painted, _unlike, held_out
from vgan_studio.gan.weights import Card, Model, build, find_model, read_model, write_model
from vgan_studio.picture import Picture

from .pictures import painting

CONFIG = {"width": 16, "blocks": 2, "styles": len(STYLES)}
laws = settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
sizes = st.tuples(st.integers(1, 60), st.integers(1, 60))


def small_model(styles: int = len(STYLES)) -> Model:
    """Make a model of random weights and random styles."""
    torch.manual_seed(0)
    config = {**CONFIG, "styles": styles}
    family = ARCHITECTURES["stylize"]
    card = Card("stylize", "stylize", "stylize", config, 1, family.reach(config), family.multiple(config), "MIT", "")
    network = build(card).eval().requires_grad_(False)
    assert isinstance(network, Stylist)
    network.codes.normal_(std=0.3)
    network.components.normal_(std=0.3)
    return Model(card, network)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder whose only model is a small one, and a picture of somebody's."""
    made = tmp_path_factory.mktemp("models")
    model = small_model()
    write_model(made / "stylize.safetensors", model.card, model.network)
    cv2.imwrite(str(made / "own.png"), painting(3))
    cv2.imwrite(str(made / "other.png"), painting(4))
    return made


@pytest.fixture
def engine(folder, monkeypatch):
    monkeypatch.setenv("VGAN_MODELS", str(folder))
    made = Engine("cpu", "fp32", folder / "engine.json")
    yield made
    made.close()


def shown(height: int, width: int, seed: int = 0, batch: int = 1) -> Picture:
    """A smooth picture with an edge, and alpha."""
    chance = torch.Generator().manual_seed(seed)
    x = F.interpolate(torch.rand(batch, 4, 4, 4, generator=chance), (height, width), mode="bicubic").clamp(0, 1)
    x[..., width // 2 :] *= 0.5
    return torch.cat([x[:, :3] * x[:, 3:], x[:, 3:]], 1)


def run(engine: Engine, x: Picture, **told: object) -> Picture:
    effect = find("gan.stylize")
    apart = {*effect.live, "stabilise"}
    return stylize(x, engine=engine, **{k: v for k, v in effect.complete(told).items() if k not in apart})


@given(size=sizes, seed=st.integers(0, 9), strength=st.sampled_from([0.01, 0.5, 1.0]))
@laws
def test_a_result_has_the_size_and_the_alpha_of_the_picture(engine, size, seed, strength):
    x = shown(*size, seed)
    kept = x.clone()
    y = run(engine, x, strength=strength)
    assert y.shape == x.shape and y.dtype == torch.float32
    assert y[:, 3:].equal(x[:, 3:])
    assert y.isfinite().all() and y.min() >= 0 and (y[:, :3] <= y[:, 3:]).all()
    assert run(engine, x, strength=strength).equal(y) and x.equal(kept)


def test_a_batch_equals_its_pictures_one_by_one(engine):
    x = shown(40, 56, batch=3)
    together = run(engine, x)
    assert torch.allclose(together, torch.cat([run(engine, one[None]) for one in x]), atol=1e-5)


def test_tiles_do_not_show(engine):
    model = bound(small_model(), torch.ones(CODE))
    x = grained(shown(260, 280)[:, :3])
    whole = model.network(x)
    reach = model.card.reach
    for top, left in ((0, 0), (32, 64), (80, 100)):
        part = model.network(x[..., top : top + 160, left : left + 180])
        rows, columns = slice(reach, 160 - reach), slice(reach, 180 - reach)
        inner = whole[..., top + reach : top + 160 - reach, left + reach : left + 180 - reach]
        assert inner.numel() and torch.allclose(part[..., rows, columns], inner, atol=1e-5)
    assert torch.allclose(engine.run(model, x), whole, atol=1e-5)


def test_what_is_said_to_do_nothing_does_nothing(engine, folder):
    x, idle = shown(24, 40), find("gan.stylize").idle
    alone, given = (
        {"style": "van-gogh", "second": "none"},
        {"second": "monet", "mix": 0.5, "picture3": str(folder / "own.png")},
    )
    assert idle(find("gan.stylize").complete(alone)) == {"mix"}
    assert run(engine, x, **alone, mix=0.1).equal(run(engine, x, **alone, mix=0.9))
    assert idle(find("gan.stylize").complete(given)) == {"style"}
    assert run(engine, x, **given, style="van-gogh").equal(run(engine, x, **given, style="munch"))
    assert not idle(find("gan.stylize").complete({"second": "monet"}))


def test_another_seed_lays_the_strokes_otherwise_and_the_same_one_again_alike(engine):
    x = shown(48, 40, 5)
    first, again, other = (run(engine, x, seed=seed) for seed in (0, 0, 3))
    assert torch.equal(first, again)
    assert not torch.equal(first, other)
    assert torch.equal(first[:, 3:], other[:, 3:])


def test_strength_zero_gives_the_input_bit_for_bit(engine):
    finish, x = find("gan.stylize").finish, shown(20, 30)
    assert finish is not None
    assert finish(x, None, strength=0.0, keep_colours=False) is x
    assert finish(x, x.flip(3), strength=0.0, keep_colours=True) is x
    assert run(engine, x, strength=0.0).equal(x)


def test_a_code_of_zeros_is_no_style_and_half_a_code_less_of_one():
    network, x = stylist(small_model()), shown(32, 40)[:, :3]
    assert network.paint(x, torch.zeros(1, CODE)).equal(x)
    changes = [(network.paint(x, network.codes[:1] * share) - x).abs().mean() for share in (0.05, 0.3, 1.0)]
    assert 0 < changes[0] < changes[1] < changes[2]


def test_a_bound_network_paints_as_its_code_does():
    model, x = small_model(), shown(32, 40)[:, :3]
    network = stylist(model)
    codes = network.codes[:2]
    each = torch.cat([bound(model, code).network(grained(x)) for code in codes])
    assert torch.allclose(each, network.paint(x.expand(2, -1, -1, -1), codes), atol=1e-4)
    assert bound(model, codes[0]).card.digest != bound(model, codes[1]).card.digest


def test_keeping_colours_takes_the_luma_alone():
    finish, x = find("gan.stylize").finish, shown(20, 30)
    assert finish is not None
    grey = torch.cat([x[:, 3:].expand(-1, 3, -1, -1) * 0.5, x[:, 3:]], 1)
    y = finish(x, grey, strength=1.0, keep_colours=True)
    assert y[:, 3:].equal(x[:, 3:]) and (y[:, :3] <= y[:, 3:] + 1e-6).all()
    assert (finish(x, x, strength=1.0, keep_colours=True) - x).abs().max() < 1e-5


def test_styles_are_mixed_and_those_of_pictures_averaged(engine, folder):
    x = shown(24, 32)
    first, second = run(engine, x, style="munch"), run(engine, x, style="monet")
    assert not first.equal(second)
    assert run(engine, x, style="munch", second="monet", mix=0.0).equal(first)
    assert torch.allclose(run(engine, x, style="munch", second="monet", mix=1.0), second, atol=1e-5)
    own, other = str(folder / "own.png"), str(folder / "other.png")
    one, both = run(engine, x, picture=own), run(engine, x, picture=own, picture2=other)
    assert not one.equal(first) and not one.equal(both)
    assert torch.allclose(both, run(engine, x, picture=other, picture4=own), atol=1e-4)


def test_a_changed_picture_is_read_anew(engine, tmp_path):
    x, path = shown(24, 32), tmp_path / "mine.png"
    cv2.imwrite(str(path), painting(1))
    before = run(engine, x, picture=str(path))
    cv2.imwrite(str(path), painting(2, 180))
    assert not run(engine, x, picture=str(path)).equal(before)


def hostile(folder: Path) -> dict[str, bytes]:
    good = (folder / "own.png").read_bytes()
    vast = good[:16] + (60_000).to_bytes(4, "big") * 2 + good[24:]
    return {"empty": b"", "cut": good[: len(good) // 40], "text": b"a picture", "vast": vast}


@pytest.mark.parametrize("kind", ["empty", "cut", "text", "vast", "missing", "folder", "large"])
def test_a_hostile_picture_is_refused_in_a_sentence(engine, folder, tmp_path, kind):
    path = tmp_path / "bad.png"
    if kind == "folder":
        path.mkdir()
    elif kind == "large":
        with path.open("wb") as file:
            file.truncate(LIMIT_BYTES + 1)
    elif kind != "missing":
        path.write_bytes(hostile(folder)[kind])
    with pytest.raises(EffectError, match=r"picture .*bad\.png.*"):
        run(engine, shown(24, 32), picture=str(path))


def test_transparent_and_tiny_pictures_are_styles_too(engine, tmp_path):
    pixels = np.zeros((1, 3, 4), np.uint8)  # BGRA
    cv2.imwrite(str(tmp_path / "tiny.png"), pixels)
    assert run(engine, shown(24, 32), picture=str(tmp_path / "tiny.png")).isfinite().all()


def test_models_of_another_kind_are_refused_in_a_sentence(engine):
    with pytest.raises(ModelError, match="no model for stylize"):
        bound(read_model(Path(__file__).parents[1] / "models/features.safetensors"), torch.zeros(CODE))


@pytest.mark.parametrize("size", [(1, 1), (10, 4000), (800, 600), (3000, 20)])
def test_references_are_brought_to_a_bounded_size(size):
    height, width = fitted(torch.rand(3, *size)).shape[1:]
    assert height % 16 == width % 16 == 0
    assert min(height, width) <= HEIGHT and max(height, width) <= LONGEST


@given(seed=st.integers(0, 99))
@laws
def test_no_weights_can_draw_a_lattice(seed):
    torch.manual_seed(seed)
    painter = Painter(width=8, blocks=1)
    even = torch.full((1, 4, 48, 64), 0.3)
    with torch.no_grad():
        y = painter(even)[..., 16:-16, 16:-16]
    assert float(y.std((2, 3)).max()) < 1e-5


def test_the_grain_has_no_seam_and_is_the_same_at_all_times():
    whole = grain(2 * GRAIN, 2 * GRAIN)
    assert whole[..., :GRAIN, :GRAIN].equal(whole[..., GRAIN:, GRAIN:])
    assert grain(50, 60, (7, 9)).equal(whole[..., 7:57, 9:69])
    steps = (whole[..., 1:, :] - whole[..., :-1, :]).abs().mean((0, 1, 3))
    assert steps[GRAIN - 1] < 2 * steps.mean() and 0.05 < float(whole.std()) < 0.5


def test_what_is_trained_with_the_paintings_keeps_their_codes():
    files = [file for painted in STYLES.values() for file in painted]
    assert not any(held_out(f"{file}#0") for file in files)
    sources = [Source(f"{file}#0", (painting(place),), painted=True) for place, file in enumerate(files[:4])]
    recipe = find_recipe("stylize")
    task = lesson(recipe)
    network = task.ship(task.build(recipe, sources))
    assert isinstance(network, Stylist)
    paintings = [fitted(torch.from_numpy(one.levels[0]).permute(2, 0, 1) / 255) for one in sources[:2]]
    assert torch.allclose(network.codes[0], code_of(network, paintings), atol=1e-5)
    assert not network.codes[len(STYLES) - 1].any()


def test_a_copy_of_the_first_scene_has_moved_under_a_grain_that_has_not():
    sources = [Source("scene#0", (painting(0, 256),)), Source("painting#0", (painting(1, 256),), painted=True)]
    for step in range(4):
        batch = lesson(find_recipe("stylize")).batch(find_recipe("stylize"), sources, step)
        assert isinstance(batch, Painted) and max(map(abs, batch.moved)) <= MOVED
        first, copy = batch.x[0], batch.x[-1]
        assert first[3].equal(copy[3])
        assert _unlike(first[:3], copy[:3], batch.moved) < (2 * NOISE) ** 2
        if batch.moved != (0, 0):
            assert _unlike(first[:3], copy[:3], (0, 0)) > _unlike(first[:3], copy[:3], batch.moved)


def waves(height: int, width: int, across: float, down: float) -> torch.Tensor:
    """A picture of waves, (1, 3, H, W)."""
    x, y = torch.arange(width), torch.arange(height)[:, None]
    return (0.5 + 0.3 * torch.sin(across * x + down * y)).expand(1, 3, height, width).contiguous()


def test_slants_tell_level_strokes_from_upright_and_slanted_ones():
    level, upright, slanted = (slants(waves(96, 96, *way)) for way in ((0.0, 0.7), (0.7, 0.0), (0.5, 0.5)))
    assert (level[0, 1] > level[0, 0] + 3) and (upright[0, 0] > upright[0, 1] + 3)
    assert torch.allclose(level[0, [1, 0]], upright[0, [0, 1]], atol=0.05)
    assert slanted[0, 2] > slanted[0, 3] + 3 and abs(float(slanted[0, 0] - slanted[0, 1])) < 0.05


@given(seed=st.integers(0, 99))
@laws
def test_a_picture_on_its_side_has_the_same_slants_in_the_other_order(seed):
    x = torch.rand(1, 3, 96, 128, generator=torch.Generator().manual_seed(seed))
    assert torch.allclose(slants(x.mT)[:, [1, 0, 2, 3]], slants(x), atol=1e-4)
    assert torch.allclose(coherence(x.mT), coherence(x), atol=0.05)


def test_strokes_are_coherent_and_noise_is_not():
    noise = torch.rand(1, 3, 96, 96, generator=torch.Generator().manual_seed(1))
    strokes, specks = coherence(waves(96, 96, 0.4, 0.2)), coherence(noise)
    assert strokes[0] > 0.95 and specks[0] < 0.5 and (strokes <= 1 + 1e-5).all() and (specks >= 0).all()


def test_only_even_places_count_where_that_is_asked():
    scene = torch.full((1, 3, 96, 128), 0.5)
    scene[..., 64:] = torch.rand(1, 3, 96, 64, generator=torch.Generator().manual_seed(2))
    where = even(scene)
    assert where.shape == (1, 1, 96, 128) and where[..., :56].min() > 0.9 and where[..., 72:].max() < 0.2
    painted = torch.cat([waves(96, 64, 0.0, 0.7), waves(96, 64, 0.7, 0.0)], 3)
    whole, there = slants(painted), slants(painted, where)
    assert there[0, 1] - there[0, 0] > whole[0, 1] - whole[0, 0] + 1


def test_a_painter_is_drawn_away_from_level_lines_that_a_painting_does_not_have():
    recipe = find_recipe("stylize")
    scene = Source("scene#0", (np.full((256, 256, 3), 128, np.uint8),))
    batch = lesson(recipe).batch(recipe, [scene, Source("painting#0", (painting(1, 256),), painted=True)], 0)
    assert isinstance(batch, Painted)
    side = batch.x.shape[2] - 2 * PAD
    losses = [
        float(lesson(recipe).loss(recipe, waves(side, side, *way).expand(len(batch.x), -1, -1, -1), batch)["slants"])
        for way in ((0.0, 1.2), (0.85, 0.85))
    ]
    assert losses[0] > losses[1]


def paintings(count: int, first: int = 0) -> list[torch.Tensor]:
    made = [cv2.cvtColor(painting(first + place, 256), cv2.COLOR_BGR2RGB) for place in range(count)]
    return [torch.from_numpy(one).permute(2, 0, 1).float() / 255 for one in made]


def test_figures_are_made_of_what_there_is(tmp_path):
    (tmp_path / "styles").mkdir()
    for seed in range(10):
        cv2.imwrite(str(tmp_path / f"styles/{seed}.png"), painting(seed))
    cv2.imwrite(str(tmp_path / "kodim01.png"), painting(20))
    found = list(figures([small_model(2)], [tmp_path]))
    assert {figure.name for figure in found} == {"PSNR to the picture, dB", "style distance"}
    assert {f"styles, {count} of them" for count in range(1, 6)} <= {figure.of for figure in found}
    with pytest.raises(ModelError, match="nothing to measure"):
        list(figures([small_model(2)], [tmp_path / "styles"]))


@pytest.fixture(scope="module")
def shipped():
    path = Path(__file__).parents[1] / "models/stylize.safetensors"
    if not path.is_file():
        pytest.skip("no painter is shipped yet")
    return read_model(path)


def test_the_shipped_painter_is_the_same_in_half_precision(shipped):
    x = grained(picture(4))
    for code in stylist(shipped).codes:
        exact = bound(shipped, code).network
        y = converted(exact, "bf16")(x).float()
        assert float(psnr(y.clamp(0, 1), exact(x).clamp(0, 1)).min()) >= LEAST_DB


@pytest.mark.parametrize("precision", ["fp32", "bf16"])
def test_the_engine_takes_the_shipped_painter_before_it_knows_the_style(shipped, precision, tmp_path):
    x = picture(4)
    y = converted(shipped.network, precision)(x)
    assert y.shape == x.shape and y.isfinite().all()
    engine = Engine("cpu", precision, tmp_path / "engine.json")
    assert engine.model("stylize").card.digest == shipped.card.digest
    engine.close()


def test_the_shipped_painter_leaves_a_picture_as_it_is_where_it_is_asked_for_little(shipped):
    network, x = stylist(shipped), shown(96, 128)[:, :3]
    assert network.paint(x, torch.zeros(1, CODE)).equal(x)
    assert float(psnr(network.paint(x, 0.05 * network.codes[:1]).clamp(0, 1), x)) > 30


def test_the_shipped_painter_comes_nearer_to_its_styles(shipped, data):
    network = stylist(shipped)
    eyes = read_model(find_model("features-measure")).network
    (x, *_) = scenes([data / "photos"])
    gains = []
    for place, files in list(enumerate(STYLES.values()))[:4]:
        styles = [fitted(read(next(data.glob(f"styles/*/{file}")))) for file in files]
        wanted = means([seen_style(eyes, one) for one in styles])
        painted = network.paint(x, network.codes[place : place + 1])
        gains.append(distance(eyes, x, wanted) - distance(eyes, painted, wanted))
    assert np.mean(gains) > 0.2


def test_more_references_bring_a_painter_nearer(shipped, data):
    eyes = read_model(find_model("features-measure")).network
    files = sorted((data / "styles" / "van_gogh").glob("*.jpg"))[:8]
    group = Group("van Gogh", tuple(fitted(read(path)) for path in files))
    photo = scenes([data / "photos"])[:1]
    found = [figure.value for figure in few_shot(stylist(shipped), eyes, photo, group, "ours")]
    assert len(files) == 8 and found[-1] < found[0]

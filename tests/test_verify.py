"""The sidecar of a film, and what `vgan verify` makes of it."""

import json
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.films import write_film
from vgan_studio.cli import main
from vgan_studio.engine.run import Engine
from vgan_studio.errors import MediaError, ProjectError
from vgan_studio.gan.weights import Card, build, write_model
from vgan_studio.media.probe import probe
from vgan_studio.media.reader import VideoReader
from vgan_studio.render.apply import apply
from vgan_studio.render.cache import Cache
from vgan_studio.render.export import export
from vgan_studio.render.ledger import MOST, SPREAD, Ledger, apart, compare, sample
from vgan_studio.render.node import Asset, Call, Decode
from vgan_studio.render.proof import Proof
from vgan_studio.render.sidecar import place, read_sidecar
from vgan_studio.render.verify import verify
from vgan_studio.timeline.curve import Curve, Key
from vgan_studio.timeline.values import Clip, EffectCall, Timeline, Track

RATE = Fraction(25)


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A folder with a film and a small model; caches and settings lie there, too."""
    write_film(tmp_path / "film.mp4", 30)
    folder = tmp_path / "models"
    folder.mkdir()
    torch.manual_seed(1)
    card = Card("small", "upscale", "compact", {"width": 8, "depth": 2, "scale": 2}, 2, 4, 1, "MIT", "a test")
    write_model(folder / "small.safetensors", card, build(card))
    monkeypatch.setenv("VGAN_MODELS", str(folder))
    monkeypatch.setenv("VGAN_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    return tmp_path


@pytest.fixture
def engine(here):
    return Engine("cpu", "fp32", here / "engine.json")


def call(id, **params):
    return EffectCall(id, tuple(sorted(params.items())))


UPSCALE = call("gan.upscale", model="small")


def film_of(here, *effects, plain=0):
    """A film of 30 frames: `plain` without effects, the rest with them."""
    media = probe(here / "film.mp4").media()
    clips = [Clip(1, 0, plain, media)] if plain else []
    clips += [Clip(2, plain, 30 - plain, media, Fraction(plain, 25), effects=effects)]
    return Timeline(RATE, 64, 48, tracks=(Track("video", tuple(clips)),), media=(media,), next_id=3)


def run(steps):
    *_, last = steps
    return last


def verdicts(sidecar, engine, **options):
    steps = verify(read_sidecar(sidecar), engine, **options)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def test_the_sidecar_names_the_ranges_their_models_and_how_they_ran(here, engine):
    moving = call("gan.upscale", model="small", strength=Curve((Key(0, 0.2), Key(19, 0.8))), crisp=0.0)
    last = run(export(film_of(here, moving, plain=10), here / "out.mp4", engine))
    tree = json.loads((here / "out.mp4.json").read_text())
    (part,) = tree["ranges"]
    assert (part["effect"], part["start"], part["end"]) == ("gan.upscale", 10, 30)
    assert part["varying"]["strength"] == [0.2, 0.8] and part["params"]["crisp"] == 0
    model = part["models"]["model"]
    assert (model["name"], model["license"], model["precision"]) == ("small", "MIT", "cpu-fp32")
    assert model["digest"] == engine.model("small").card.digest
    assert tree["made"]["versions"]["torch"] == torch.__version__ and tree["made"]["device"] == engine.describe()
    assert last.report["sidecar"] == str(here / "out.mp4.json")
    assert {one["picture"] for one in tree["samples"]} >= {10, 29}


def test_a_film_of_another_rate_is_verified_picture_by_picture(here, engine):
    run(export(film_of(here, call("gan.upscale", model="small")), here / "out.mp4", engine, rate=Fraction(10)))
    tree = json.loads((here / "out.mp4.json").read_text())
    assert tree["order"]["rate"] == "10"
    assert verdicts(here / "out.mp4.json", engine).verdict == "equal"
    del tree["order"]["rate"]
    (here / "out.mp4.json").write_text(json.dumps(tree))
    assert verdicts(here / "out.mp4.json", engine).verdict == "different", "as a film of the timeline's own rate"
    tree["order"]["rate"] = "1e999999999"
    (here / "out.mp4.json").write_text(json.dumps(tree))
    with pytest.raises(MediaError, match="names no rate"):
        verdicts(here / "out.mp4.json", engine)


def test_a_film_without_networks_has_no_sidecar_unless_it_is_wanted(here, engine):
    run(export(film_of(here, UPSCALE), here / "out.mp4", engine))
    assert place(here / "out.mp4").is_file()
    run(export(film_of(here), here / "out.mp4", engine))
    assert not place(here / "out.mp4").exists()  # the old one spoke of another film
    run(export(film_of(here), here / "out.mp4", engine, proof=Proof(sidecar=True)))
    assert verdicts(here / "out.mp4", engine).verdict == "equal"
    run(export(film_of(here, UPSCALE), here / "other.mp4", engine, proof=Proof(sidecar=False)))
    assert not place(here / "other.mp4").exists()


def test_what_is_computed_again_is_equal_from_the_cache_or_not(here, engine):
    cache = Cache(here / "cache", 1 << 30)
    for _ in range(2):
        last = run(export(film_of(here, UPSCALE), here / "out.mp4", engine, cache, proof=Proof(check=True)))
        checked = last.report["checked"]
        assert checked["pictures"] == checked["equal"] >= SPREAD // 2
        assert f"{checked['pictures']} equal" in last.note
    assert last.counters.inferred == 0
    found = verdicts(here / "out.mp4.json", engine)
    assert (found.verdict, found.film, len(found.pictures)) == ("equal", "equal", checked["pictures"])
    assert all(one.film.db > 20 for one in found.pictures)
    cache.close()


def test_an_export_that_is_cancelled_while_it_is_compared_is_whole_and_has_no_sidecar_of_an_older_film(here, engine):
    run(export(film_of(here), here / "out.mp4", engine, proof=Proof(sidecar=True)))
    steps = export(film_of(here, UPSCALE), here / "out.mp4", engine, proof=Proof(check=True))
    ended = 0  # steps after the last picture
    for step in steps:
        ended += step.total > 0 and step.done == step.total
        if ended == 3:
            break
    steps.close()
    assert ended == 3, "there is a step between two pictures that are compared"
    assert (here / "out.mp4").is_file() and not place(here / "out.mp4").exists()


@pytest.mark.parametrize("name", ["out.mkv", "pictures"])
def test_the_pictures_of_a_lossless_film_are_those_that_were_computed(here, engine, name):
    codec = "png" if name == "pictures" else "ffv1"
    run(export(film_of(here, UPSCALE), here / name, engine, codec=codec))
    found = verdicts(here / f"{name}.json", engine, samples=5)
    assert found.verdict == "equal" and len(found.pictures) == 5
    assert all(one.film.verdict == "equal" for one in found.pictures)


def test_apply_is_verified_from_its_own_times(here, engine):
    source = write_film(here / "vfr.mp4", times=[Fraction(n, 100) for n in (0, 4, 7, 19, 20, 31, 44, 60)])
    run(apply(source, [UPSCALE], here / "out.mkv", engine, range=(2, None), codec="ffv1"))
    found = verdicts(here / "out.mkv", engine)
    assert found.verdict == "equal" and [one.picture for one in found.pictures] == list(range(6))
    assert all(one.film.verdict == "equal" for one in found.pictures)


def test_media_that_moved_are_found_by_content_and_missing_ones_named(here, engine):
    run(export(film_of(here, UPSCALE), here / "out.mp4", engine))
    (here / "away").mkdir()
    (here / "film.mp4").rename(here / "away" / "renamed.mp4")
    with pytest.raises(ProjectError, match=r"film\.mp4"):
        verdicts(here / "out.mp4", engine)
    assert verdicts(here / "out.mp4", engine, places=[here / "away"]).verdict == "equal"


def test_a_changed_film_is_different_and_a_missing_one_is_said(here, engine):
    run(export(film_of(here, UPSCALE), here / "out.mp4", engine))
    data = bytearray((here / "out.mp4").read_bytes())
    data[-1] ^= 1
    (here / "out.mp4").write_bytes(data)
    found = verdicts(here / "out.mp4.json", engine, samples=1)
    assert (found.verdict, found.film) == ("different", "different")
    (here / "out.mp4").unlink()
    found = verdicts(here / "out.mp4.json", engine, samples=1)
    assert (found.verdict, found.film, found.pictures[0].film) == ("equal", "missing", None)


def test_another_model_of_the_same_name_is_different_and_named(here, engine):
    run(export(film_of(here, UPSCALE), here / "out.mp4", engine))
    torch.manual_seed(2)
    card = engine.model("small").card
    other = build(card)
    torch.nn.init.normal_(other.body[-1].weight, std=0.1)
    write_model(here / "models" / "small.safetensors", card, other)
    found = verdicts(here / "out.mp4", engine, samples=2)
    assert found.verdict == "different"
    assert any("small is another one now" in remark for remark in found.remarks)


def test_another_number_format_is_within_tolerance_or_equal(here, engine):
    run(export(film_of(here, UPSCALE), here / "out.mp4", engine))
    half = Engine("cpu", "bf16", here / "half.json")
    found = verdicts(here / "out.mp4", half, samples=3)
    if half.precision_tag(half.model("small")) == "cpu-fp32":
        pytest.skip("bf16 is refused on this machine")
    assert found.verdict in ("equal", "within tolerance")
    assert any("cpu-bf16" in remark for remark in found.remarks)


def test_the_command_line_says_it_in_its_exit_status(here, capsys):
    words = ["apply", str(here / "film.mp4"), "-o", str(here / "out.mp4"), "--effect", "gan.upscale:model=small"]
    assert main([*words, "--precision", "fp32", "--check", "--range", "0:4"]) == 0
    assert "compared with the preview: 4 equal" in capsys.readouterr().out
    assert main(["verify", str(here / "out.mp4.json"), "--samples", "2", "--json"]) == 0
    *pictures, last = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(pictures) == 2 and last["result"]["verdict"] == "equal" and "45 dB" in last["result"]["tolerance"]
    with (here / "out.mp4").open("ab") as file:
        file.write(b"x")
    assert main(["verify", str(here / "out.mp4"), "--samples", "1"]) == 4
    assert "was changed since" in capsys.readouterr().out
    assert main(["verify", str(here / "none.json")]) == 1


@pytest.mark.parametrize(
    "spoil",
    [
        lambda tree: tree.pop("samples"),
        lambda tree: tree.update(vgan_studio_sidecar=2),
        lambda tree: tree["samples"][0].update(sha256="x"),
        lambda tree: tree["samples"][0].update(shape=[0, 1, 3]),
        lambda tree: tree["samples"][0].update(probe="AAAA"),
        lambda tree: tree["order"].update(range=["a", 2]),
        lambda tree: tree["order"].update(project="{}"),
        lambda tree: tree["film"].update(name="../../etc/passwd"),
        lambda tree: tree.update(order=[]),
    ],
)
def test_a_sidecar_of_a_stranger_is_refused_with_a_sentence(sidecar, spoil, tmp_path):
    tree = json.loads(sidecar[0])
    spoil(tree)
    (tmp_path / "bad.mp4.json").write_text(json.dumps(tree))
    with pytest.raises((MediaError, ProjectError), match=r"\.$"):
        verdicts(tmp_path / "bad.mp4.json", sidecar[1])


@pytest.fixture(scope="module")
def sidecar(tmp_path_factory):
    folder = tmp_path_factory.mktemp("stranger")
    write_film(folder / "film.mp4", 3)
    engine = Engine("cpu", "fp32", folder / "engine.json")
    run(apply(folder / "film.mp4", [call("gan.upscale")], folder / "out.mp4", engine))
    return (folder / "out.mp4.json").read_text(), engine


levels = st.integers(0, 2**32 - 1).map(
    lambda seed: np.random.default_rng(seed).integers(0, 256, (20, 30, 3), dtype=np.uint8)
)


@given(levels, st.integers(0, 6))
@settings(max_examples=30)
def test_a_comparison_is_equal_only_for_equal_pictures(pixels, by):
    noted = sample(0, pixels)
    assert compare(noted, pixels.copy()).verdict == "equal"
    other = pixels.copy()
    other[3, 4, 1] ^= 1
    assert compare(noted, other).verdict != "equal"
    moved = np.clip(pixels.astype(int) + by, 0, 255).astype(np.uint8)
    found = compare(noted, moved)
    assert (found.verdict == "different") == (apart(noted, moved)[0] < 45)
    assert found.worst <= by + 1e-9
    assert compare(noted, pixels[:-1]).verdict == "different"


def test_a_ledger_joins_what_belongs_together_and_notes_its_ends():
    media = Decode(None, Fraction(0))
    model = Asset("a", "1" * 64)

    def node(i):
        if i < 10 or 50 <= i < 60:
            return media
        one = Call("gan.upscale", (("crisp", 0.0 if i < 80 else 0.5), ("model", model)), (media,))
        return (
            Call("gan.upscale", (("crisp", 1.0), ("model", replace(model, digest="2" * 64))), (one, one))
            if i >= 90
            else one
        )

    ledger = Ledger(100)
    planned = ledger.noting(node)
    for i in range(100):
        planned(i)
        ledger.written(i, np.zeros((2, 2, 3), np.uint8))
    ranges = [(one.start, one.end, one.assets["model"].digest[0], sorted(one.varying)) for one in ledger.ranges]
    assert ranges == [(10, 50, "1", []), (60, 100, "1", ["crisp"]), (90, 100, "2", [])]
    noted = [one.picture for one in ledger.samples]
    assert {10, 60, 90, 99} <= set(noted) and not {0, 55} & set(noted) and len(noted) <= MOST


def test_the_film_shows_what_went_to_the_encoder(here, engine):
    """The noted picture is the one at its number, not a neighbour."""
    run(export(film_of(here, UPSCALE, plain=5), here / "out.mkv", engine, codec="ffv1"))
    noted = read_sidecar(here / "out.mkv.json").samples
    with VideoReader(here / "out.mkv") as reader:
        times = reader.times()
        for one in noted:
            assert compare(one, reader.at(times[one.picture]).pixels()).verdict == "equal"

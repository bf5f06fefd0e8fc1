"""`vgan bench` measures what it says."""

import json

import pytest
import torch

from tests.films import write_film
from vgan_studio.cli import main
from vgan_studio.errors import MediaError
from vgan_studio.gan.weights import Card, build, write_model
from vgan_studio.render.bench import bench, decoding, listening
from vgan_studio.timeline.values import EffectCall


@pytest.fixture
def here(tmp_path, monkeypatch):
    torch.manual_seed(1)
    card = Card("small", "upscale", "compact", {"width": 8, "depth": 2, "scale": 2}, 2, 4, 1, "MIT", "a test")
    write_model(tmp_path / "models" / "small.safetensors", card, build(card))
    monkeypatch.setenv("VGAN_MODELS", str(tmp_path / "models"))
    monkeypatch.setenv("VGAN_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    write_film(tmp_path / "film.mp4", 6)
    return tmp_path


def test_the_networks_alone_are_those_of_the_export_in_the_same_batch(here):
    engine = listening("cpu", "fp32")
    (found,) = bench(here / "film.mp4", [EffectCall("gan.upscale", (("model", "small"),))], engine, here)
    assert (found.models, found.precision, found.batch) == (("small",), ("cpu-fp32",), 2)
    assert min(found.export, found.whole, found.bare) > 0 and found.ratio == found.export / found.bare
    assert 0 < found.share < 1  # the export does all that the networks alone do, and more
    assert not (here / "bench.mp4").exists() and not list(here.glob("*.json"))
    assert decoding(here / "film.mp4") > 0
    engine.close()


def test_the_command_line_says_it_line_by_line(here, capsys):
    told = ["--effect", "gan.upscale:model=small", "--device", "cpu", "--codec", "ffv1", "--json"]
    words = ["bench", str(here / "film.mp4"), *told]
    assert main(words) == 0
    first, second = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert first["decode"] > 0 and {"bare", "export", "ratio"} <= set(second)
    assert second["effect"] == "gan.upscale:model=small"
    assert second["codec"] == "ffv1" and set(second["work_ms"]) == {"decode", "networks", "effect", "encode", "export"}


def test_a_codec_that_is_none_is_a_sentence(here):
    with pytest.raises(MediaError, match="no codec 'aac' for pictures"):
        list(bench(here / "film.mp4", [EffectCall("gan.upscale")], listening("cpu", "fp32"), here, ["aac"]))

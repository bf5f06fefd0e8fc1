"""What heavy effects cost is measured, kept, and shown."""

import json
from pathlib import Path

import pytest

from vgan_studio.cli import main
from vgan_studio.effects import cost
from vgan_studio.effects.cost import Costs, measure
from vgan_studio.effects.spec import find, registry
from vgan_studio.engine.run import Engine


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user without a cache, and pictures small enough for a test."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(cost, "HEIGHT", 40)
    monkeypatch.setattr(cost, "WIDTH", 80)
    return tmp_path


def test_an_effect_is_timed_as_it_runs(home: Path) -> None:
    engine = Engine("cpu")
    for id in ("gan.upscale", "gan.denoise"):
        assert 0 < measure(find(id), engine) < 1000
    engine.close()


def test_costs_are_kept_for_the_machine_and_the_version_and_a_damaged_file_is_forgotten(tmp_path: Path) -> None:
    engine, path = Engine("cpu"), tmp_path / "costs.json"
    upscale, denoise = find("gan.upscale"), find("gan.denoise")
    assert Costs(engine, path).get(upscale) is None
    Costs(engine, path).put(upscale, 0.25)
    Costs(engine, path).put(denoise, 0.5)
    assert Costs(engine, path).get(upscale) == 0.25 and Costs(engine, path).get(denoise) == 0.5
    for damage in ("{", "[1]", '{"a": "b"}', "7"):
        path.write_text(damage)
        assert Costs(engine, path).get(upscale) is None
        Costs(engine, path).put(upscale, 0.75)
        assert Costs(engine, path).get(upscale) == 0.75
    engine.close()


def test_the_verb_times_an_effect_and_tells_it_ever_after(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["effects", "gan.upscale"]) == 0
    assert "not timed on this machine yet" in capsys.readouterr().out
    assert main(["effects", "gan.upscale", "--measure", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["seconds_per_megapixel"]
    assert told > 0
    assert main(["effects", "gan.upscale"]) == 0
    assert f"takes {told:.2f} s per megapixel here" in capsys.readouterr().out


def test_every_effect_can_be_written_as_json_and_only_heavy_ones_cost(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["effects", "--json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {row["id"] for row in rows} == set(registry())
    assert all(row["seconds_per_megapixel"] is None for row in rows)

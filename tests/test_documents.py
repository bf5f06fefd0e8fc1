"""What the documents claim is so."""

import re
import tomllib
from pathlib import Path

import pytest

from vgan_studio.cli.parser import build_parser
from vgan_studio.gan.weights import list_models

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "vgan_studio"
MODULES = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))


def test_the_tree_in_architecture_names_every_module() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text()
    named = set(re.findall(r"^(?:vgan_studio/)?([\w/]+\.py) ", text, re.MULTILINE))
    own = {module for module in MODULES if not module.endswith("__init__.py")}
    assert own - named == set()
    assert {module for module in named if not module.startswith("tests/")} - set(MODULES) == set()


@pytest.mark.parametrize("module", MODULES)
def test_no_file_is_over_400_lines(module: str) -> None:
    assert len((PACKAGE / module).read_text().splitlines()) <= 400


def test_the_readme_names_every_verb() -> None:
    text = (ROOT / "README.md").read_text()
    verbs = re.findall(r"\{(.*?)\}", build_parser().format_usage()) or re.findall(
        r"^    (\w+) +\S", build_parser().format_help(), re.MULTILINE
    )
    assert len(verbs) >= 7
    assert [verb for verb in verbs if f"vgan {verb}" not in text] == []


def test_every_shipped_model_has_a_card_and_together_they_are_small() -> None:
    text = (ROOT / "models" / "README.md").read_text()
    shipped = {card.name: path for path, card in list_models() if path.parent == ROOT / "models"}
    assert shipped
    assert [name for name in shipped if f"## {name}\n" not in text] == []
    assert sum(path.stat().st_size for path in shipped.values()) <= 32 << 20


def test_av_stays_below_19() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert "av>=18.1,<19" in project["dependencies"]

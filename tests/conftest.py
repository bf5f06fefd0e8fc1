"""What tests share: where the real films lie, and examples that are the same in every run."""

import os
from pathlib import Path

import av
import pytest
from hypothesis import settings

DATA = Path(__file__).parents[1].parent / "shared" / "data"

av.logging.set_level(None)
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# A change passes or fails by what it does, not by what was drawn; `VGAN_SEARCH=1 pytest` looks for new examples.
settings.register_profile("steady", derandomize=True, database=None)
if not os.environ.get("VGAN_SEARCH"):
    settings.load_profile("steady")


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of real films and photos, ../shared/data beside the project; skips where it is absent."""
    if not DATA.is_dir():
        pytest.skip(f"needs the real films in {DATA}, which are not part of the project")
    return DATA


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let golden pictures be renewed: `pytest --update-golden`, and look at the difference."""
    parser.addoption("--update-golden", action="store_true", help="renew the pictures in tests/golden")

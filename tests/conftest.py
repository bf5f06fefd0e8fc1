"""What tests share: where the real films lie."""

from pathlib import Path

import av
import pytest

DATA = Path(__file__).parents[1].parent / "shared" / "data"

av.logging.set_level(None)


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of real films and photos, ../shared/data beside the project; skips where it is absent."""
    if not DATA.is_dir():
        pytest.skip(f"needs the real films in {DATA}, which are not part of the project")
    return DATA


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let golden pictures be renewed: `pytest --update-golden`, and look at the difference."""
    parser.addoption("--update-golden", action="store_true", help="renew the pictures in tests/golden")

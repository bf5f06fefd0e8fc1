"""What tests share: where the real films lie, and examples that are the same in every run."""

import os
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import av
import pytest
from hypothesis import HealthCheck, settings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

if TYPE_CHECKING:
    from tests.windows import Windows

DATA = Path(__file__).parents[1].parent / "shared" / "data"

av.logging.set_level(None)
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# A change passes or fails by what it does, not by what was drawn, nor by how busy the machine is while that happens;
# `VGAN_SEARCH=1 pytest` looks for new examples.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("steady", settings.get_profile("patient"), derandomize=True, database=None)
settings.load_profile("patient" if os.environ.get("VGAN_SEARCH") else "steady")
PATIENCE_MS = 180_000


class Patient(QtBot):
    """Waits three minutes, not five seconds, before it says that something did not happen: the machine may be busy."""

    def waitUntil(self, callback, *, timeout=PATIENCE_MS):
        return super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal, *, timeout=PATIENCE_MS, raising=None, check_params_cb=None):
        return super().waitSignal(signal, timeout=timeout, raising=raising, check_params_cb=check_params_cb)

    def waitExposed(self, widget, *, timeout=PATIENCE_MS):
        return super().waitExposed(widget, timeout=timeout)


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    """Import what the threads of windows import before there is one: Hypothesis reads the table of modules meanwhile."""
    for name in ("effects.families", "render.evaluate", "media.probe", "timeline.otio"):
        import_module(f"vgan_studio.{name}")
    return QApplication


@pytest.fixture
def windows(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator["Windows"]:
    """Open windows with the same settings, one after the other; they are closed at the end, before patches go."""
    from tests.windows import Windows

    made = Windows(qtbot, tmp_path)
    yield made
    made.close()


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """Take the place of pytest-qt's own, with more patience."""
    return Patient(request)


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of real films and photos, ../shared/data beside the project; skips where it is absent."""
    if not DATA.is_dir():
        pytest.skip(f"needs the real films in {DATA}, which are not part of the project")
    return DATA


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let golden pictures be renewed: `pytest --update-golden`, and look at the difference."""
    parser.addoption("--update-golden", action="store_true", help="renew the pictures in tests/golden")


@pytest.fixture
def one_thread() -> Iterator[None]:
    """Let torch compute in one thread: small networks only wait for each other's."""
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)

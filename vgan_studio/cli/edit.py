"""`vgan edit`: open the editor."""

import argparse
import os
import sys
from collections.abc import Generator
from pathlib import Path

from vgan_studio.errors import VganError


def run(args: argparse.Namespace) -> int:
    """Open the window with a film, or with media."""
    if sys.platform == "linux" and not any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))):
        raise VganError("There is no screen to open a window on; `vgan --help` lists what can be done without one.")
    from vgan_studio.ui.app import run

    missing = [name for name in args.files if not Path(name).exists()]
    if missing:
        raise VganError(f"There is no file {missing[0]}.")
    return run(
        [Path(name).absolute() for name in args.files], cache=Path(args.cache) if args.cache else None, demo=_demo
    )


def _demo(folder: Path) -> Generator[object]:
    """Make the demo film; called in a thread, as it brings numpy and torch along."""
    from .demo import making

    yield from making(folder)

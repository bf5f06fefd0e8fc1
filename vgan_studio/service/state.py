"""The folder in which the program leaves word of itself; the command line asks for it, too, without Qt."""

from pathlib import Path

import platformdirs


def state_folder() -> Path:
    """Say where editors leave word of themselves."""
    return Path(platformdirs.user_state_dir("vgan_studio"))

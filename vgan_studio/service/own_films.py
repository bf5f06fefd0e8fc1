"""Films that this program wrote on this machine: what their effects read was chosen here, wherever it lies."""

import hashlib
import logging
from pathlib import Path

from .beside import replace_file

log = logging.getLogger(__name__)

_NAME = "own-films"
_MOST = 2000  # digests


def note_own(project: Path, state: Path) -> None:
    """Remember a project file, by its content, as one that was written here."""
    digest = _digest(project)
    known = [one for one in _known(state) if one != digest]
    try:
        state.mkdir(parents=True, exist_ok=True)
        replace_file(state / _NAME, "\n".join([*known[1 - _MOST :], digest]).encode("ascii"))
    except OSError as error:
        log.warning("%s will be read with mistrust: %s", project.name, error)


def is_own(project: Path, state: Path) -> bool:
    """Tell whether a project file is, byte for byte, one that was written here."""
    return _digest(project) in _known(state)


def _known(state: Path) -> list[str]:
    try:
        return (state / _NAME).read_text(encoding="ascii").split()
    except (OSError, ValueError):
        return []


def _digest(project: Path) -> str:
    """Digest a file's content; "" if it cannot be read."""
    try:
        with project.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""

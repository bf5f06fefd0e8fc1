"""Files that effects depend on, by content: a project names a path or a model, a picture depends on what is in it."""

import hashlib
from functools import lru_cache
from pathlib import Path

from vgan_studio.effects.spec import File, Param, Weights
from vgan_studio.errors import EffectError
from vgan_studio.timeline.values import Value

from .node import Argument, Asset

_MOST_BYTES = 256 << 20


def resolve(param: Param, value: Value) -> Argument:
    """Give a parameter as a plan holds it: files and models with the digest of their content, all else as it is.

    Raises:
        EffectError: the file cannot be read or is larger than 256 MiB.
        ModelError: there is no such model.
    """
    if isinstance(param, File):
        return Asset(str(value), file_digest(str(value)) if value else "")
    if isinstance(param, Weights):
        return Asset(str(value), "")
    return value


def file_digest(path: str) -> str:
    """Give the digest of a file's content; read anew only when its size or time of change differ.

    Raises:
        EffectError: it cannot be read or is larger than 256 MiB.
    """
    try:
        state = Path(path).stat()
        if state.st_size > _MOST_BYTES:
            raise EffectError(f"{Path(path).name} is too large for an effect: {state.st_size >> 20} MiB.")
        return _digest(path, state.st_mtime_ns, state.st_size)
    except (OSError, ValueError) as error:  # ValueError: a null byte in the path
        raise EffectError(f"Cannot read {Path(path).name}, which an effect needs: {error}.") from error


@lru_cache(maxsize=256)
def _digest(path: str, changed_ns: int, size: int) -> str:
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()

"""Files that effects depend on, by content: a project names a path or a model, a picture depends on what is in it."""

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from vgan_studio.effects.spec import File, Param, Weights
from vgan_studio.errors import EffectError, ModelError
from vgan_studio.timeline.values import Value

from .node import Argument, Asset

_MOST_BYTES = 256 << 20


def resolve(param: Param, value: Value, params: Mapping[str, Value]) -> Argument:
    """Give a parameter as a plan holds it: files and models with the digest of their content, all else as it is.

    Args:
        params: all of the effect's; which model is meant may depend on them.

    Raises:
        EffectError: the file cannot be read or is larger than 256 MiB.
    """
    if isinstance(param, File):
        return Asset(str(value), file_digest(str(value)) if value else "")
    if isinstance(param, Weights):
        wanted = param.named(value, params)
        return Asset(wanted, model_digest(wanted))
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


def model_digest(wanted: str) -> str:
    """Give the digest of a model by its name or its task; looked for anew only when a folder of models changes.

    Returns:
        "" if there is none: the effect may do without it, and says so where it may not.
    """
    from vgan_studio.gan.weights import folders

    return _card_digest(wanted, tuple((folder, folder.stat().st_mtime_ns) for folder in folders()))


@lru_cache(maxsize=64)
def _card_digest(wanted: str, state: tuple[tuple[Path, int], ...]) -> str:
    from vgan_studio.gan.weights import find_model, read_card

    try:
        return read_card(find_model(wanted)).digest
    except ModelError:
        return ""


@lru_cache(maxsize=256)
def _digest(path: str, changed_ns: int, size: int) -> str:
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()

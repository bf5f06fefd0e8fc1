"""Effects as files that are kept and shared: written plainly, and read with mistrust."""

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from vgan_studio.errors import EditError, ProjectError
from vgan_studio.timeline.check import MAX_EFFECTS, call_faults
from vgan_studio.timeline.curve import Curve
from vgan_studio.timeline.otio_values import call_tree, read_call
from vgan_studio.timeline.values import EffectCall

from .beside import replace_file

if TYPE_CHECKING:
    from vgan_studio.effects.spec import Effect

SUFFIX = ".effects.json"
_KIND, _VERSION = "vgan_studio effects", 1
_LARGEST = 1 << 20


def folder() -> Path:
    """Say where the user's own are kept."""
    return Path(platformdirs.user_data_dir("vgan_studio")) / "effects"


def dumps(calls: tuple[EffectCall, ...]) -> str:
    """Write effects as text."""
    tree = {"kind": _KIND, "version": _VERSION, "effects": [call_tree(call) for call in calls]}
    return json.dumps(tree, indent=1, sort_keys=True, allow_nan=False)


def loads(text: str, *, left_out: list[str] | None = None) -> tuple[EffectCall, ...]:
    """Read effects: each must be known here and have values that fit.

    Args:
        left_out: takes the files that they name, which are taken out of them; without it they stay, as the user kept
            these effects here.

    Raises:
        EditError: the text is nothing of the kind, or names what is not here.
    """
    from vgan_studio.effects.params import File

    calls = []
    for tree in _trees(text):
        try:
            call = read_call(tree)
        except (ProjectError, KeyError, TypeError, ValueError) as error:
            raise EditError("The effects cannot be read: they are damaged.") from error
        for fault in call_faults(call):
            raise EditError(f"The effects cannot be read: {fault}")
        described = _known(call.id)
        params = []
        for name, value in call.params:
            if name not in described.params:
                raise EditError(f"The effects cannot be read: {call.id} has no {name}.")
            param = described.params[name]
            values = [key.value for key in value.keys] if isinstance(value, Curve) else [value]
            if not all(param.fits(one) for one in values):
                raise EditError(f"The effects cannot be read: {name} of {call.id} does not fit.")
            if left_out is not None and isinstance(param, File) and value:
                left_out.append(str(value))  # a stranger's file names no file of ours
            else:
                params.append((name, value))
        calls.append(EffectCall(call.id, tuple(params), call.enabled))
    return tuple(calls)


def keep(name: str, calls: tuple[EffectCall, ...], where: Path | None = None) -> Path:
    """Keep effects under a name; one of that name is replaced.

    Raises:
        EditError: it cannot be written.
    """
    words = re.sub(r"[^\w \-]", "_", name).strip()[:80]
    if not words:
        raise EditError("A preset needs a name.")
    path = (where or folder()) / f"{words}{SUFFIX}"
    write(path, calls)
    return path


def write(path: Path, calls: tuple[EffectCall, ...]) -> None:
    """Write effects into a file, to be shared.

    Raises:
        EditError: it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, dumps(calls).encode())
    except OSError as error:
        raise EditError(f"Cannot write {path.name}: {error.strerror}.") from error


def remove(path: Path) -> None:
    """Take away effects that were kept.

    Raises:
        EditError: they cannot be.
    """
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise EditError(f"Cannot remove {path.name}: {error.strerror}.") from error


def load(path: Path, *, left_out: list[str] | None = None) -> tuple[EffectCall, ...]:
    """Read a file of effects; see `loads`.

    Raises:
        EditError: it cannot be read, or is not what it should be.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise EditError("The effects cannot be read: the file is too large.")
        return loads(path.read_text(encoding="utf-8"), left_out=left_out)
    except (OSError, UnicodeDecodeError) as error:
        raise EditError(f"Cannot read {path.name}: {getattr(error, 'strerror', None) or 'it is not text'}.") from error


def kept(where: Path | None = None) -> list[Path]:
    """Give the files of the user's own presets, by name."""
    return sorted((where or folder()).glob(f"*{SUFFIX}"))


def _trees(text: str) -> list[dict[str, object]]:
    try:
        tree = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise EditError("These are no effects.") from error
    if not isinstance(tree, dict) or tree.get("kind") != _KIND:
        raise EditError("These are no effects.")
    if tree.get("version") != _VERSION:
        raise EditError("The effects were written by a newer version of this program.")
    found = tree.get("effects")
    if not isinstance(found, list) or len(found) > MAX_EFFECTS or not all(isinstance(one, dict) for one in found):
        raise EditError("The effects cannot be read: they are damaged.")
    return found


def _known(id: str) -> "Effect":
    from vgan_studio.effects.spec import registry

    found = registry().get(id)
    if found is None or found.kind != "filter":
        raise EditError(f"There is no effect {id} here.")
    return found

"""The sidecar of a film, `FILM.json` beside it: what networks made of it, and all that it takes to compute it again."""

import base64
import binascii
import hashlib
import json
import platform
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vgan_studio import __version__
from vgan_studio.errors import MediaError
from vgan_studio.media.fingerprint import fingerprint
from vgan_studio.media.libraries import library_versions
from vgan_studio.media.part import Part, saying

from .ledger import PROBED, Sample, Tree

FORMAT = 1
KEY = "vgan_studio_sidecar"
_MOST_BYTES = 80 << 20
_HEX = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Sidecar:
    """What a sidecar says.

    Attributes:
        path: the sidecar itself.
        film: name, size and digest of the film as it was written.
        order: what was asked for: the verb, the project, the range, the size, the codec.
        ranges: where networks took part, with their models.
        samples: pictures of the film, as they were handed to the encoder.
        made: versions and device.
    """

    path: Path
    film: Tree
    order: Tree
    ranges: tuple[Tree, ...]
    samples: tuple[Sample, ...]
    made: Tree


def place(film: Path) -> Path:
    """Say where the sidecar of a film lies; that of a folder of pictures lies beside the folder."""
    film = film.absolute().parent if "%" in film.name else film
    return film.with_name(film.name + ".json")


def write_sidecar(film: Path, order: Tree, ranges: Sequence[Tree], samples: Sequence[Sample], more: Tree) -> Path:
    """Write the sidecar of a film that is whole; by way of a file that is renamed.

    Raises:
        MediaError: it cannot be written.
    """
    tree = {
        KEY: FORMAT,
        "film": film_facts(film),
        "made": {"vgan_studio": __version__, "versions": versions(), "machine": platform.machine(), **more},
        "ranges": list(ranges),
        "order": order,
        "samples": [one.tree() for one in samples],
    }
    part = Part(place(film))
    try:
        with saying(part.path.name):
            part.temporary.write_text(json.dumps(tree, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        part.finish()
    except BaseException:
        part.discard()
        raise
    return part.path


def forget_sidecar(film: Path) -> None:
    """Remove the sidecar of an older film of the same name: it does not speak of this one."""
    path = place(film)
    try:
        with path.open(encoding="utf-8") as file:
            ours = f'"{KEY}"' in file.read(200)
        if ours:
            path.unlink()
    except (OSError, ValueError):
        return


def film_facts(film: Path) -> Tree:
    """Give name, size and digest of a film: sha256 of a file, of numbered pictures the fingerprint.

    Raises:
        MediaError: it cannot be read.
    """
    if not film.is_file():
        return {"name": film.name, "fingerprint": fingerprint(film)}
    with saying(film.name), film.open("rb") as file:
        return {
            "name": film.name,
            "bytes": film.stat().st_size,
            "sha256": hashlib.file_digest(file, "sha256").hexdigest(),
        }


def versions() -> dict[str, str]:
    """Give the versions of all that has a say in what a picture is."""
    import numpy
    import torch

    return {"python": platform.python_version(), "torch": torch.__version__, "numpy": numpy.__version__,
            **library_versions()}  # fmt: skip


def read_sidecar(path: Path) -> Sidecar:
    """Read a sidecar, given its name or the film's.  It may be a stranger's: nothing in it is opened or believed here.

    Raises:
        MediaError: there is none, or it is damaged.
    """
    path = path if path.suffix == ".json" else place(path)
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise MediaError(f"{path.name} is too large for a sidecar.")
        tree = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise MediaError(f"Cannot open {path.name}: {error.strerror}.") from error
    except (ValueError, RecursionError) as error:
        raise MediaError(f"{path.name} is not a sidecar of this program: it is not JSON.") from error
    if not isinstance(tree, dict) or KEY not in tree:
        raise MediaError(f"{path.name} is not a sidecar of this program.")
    if tree[KEY] != FORMAT:
        raise MediaError(f"{path.name} was written by a newer version of this program.")
    try:
        parts = [_table(tree[name]) for name in ("film", "order", "made")]
        ranges = tuple(_table(one) for one in _row(tree["ranges"]))
        samples = tuple(_sample(_table(one)) for one in _row(tree["samples"]))
    except (KeyError, TypeError, ValueError, binascii.Error) as error:
        raise MediaError(f"{path.name} is damaged: {error}.") from error
    return Sidecar(path, parts[0], parts[1], ranges, samples, parts[2])


def _table(value: Any) -> Tree:
    if not isinstance(value, dict):
        raise TypeError("a table is missing")
    return value


def _row(value: Any) -> list[Any]:
    if not isinstance(value, list) or len(value) > 100_000:
        raise TypeError("a list is missing")
    return value


def _sample(tree: Mapping[str, Any]) -> Sample:
    shape = tuple(_whole(length, 1 << 16) for length in _row(tree["shape"]))
    depth, digest = _whole(tree["depth"], 16), tree["sha256"]
    if len(shape) != 3 or shape[2] not in (3, 4) or depth not in (8, 16) or shape[0] * shape[1] == 0:
        raise ValueError("a picture of impossible size")
    if not isinstance(digest, str) or not _HEX.fullmatch(digest):
        raise ValueError("a digest that is none")
    probe = base64.b64decode(tree["probe"], validate=True)
    if len(probe) != PROBED * shape[2] * depth // 8:
        raise ValueError("a picture with too few values")
    return Sample(_whole(tree["picture"], 1 << 40), (shape[0], shape[1], shape[2]), depth, digest, probe)


def _whole(value: Any, top: int) -> int:
    if type(value) is not int or not 0 <= value <= top:
        raise ValueError("a number that cannot be")
    return value

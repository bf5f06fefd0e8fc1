"""Weights files: `.safetensors`, with the card of the model in the header, so that a file says itself what it is."""

import hashlib
import json
import logging
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

import platformdirs
import torch
from safetensors.torch import load, save
from torch import Tensor, nn

from vgan_studio.errors import ModelError

from .networks import ARCHITECTURES
from .networks.compact import Compact

log = logging.getLogger(__name__)

FILE_LIMIT = 256 * 2**20  # bytes
HEADER_LIMIT = 2**20  # bytes
KEY = "vgan_studio"  # of the card in the header's metadata


@dataclass(frozen=True, slots=True)
class Card:
    """What a model is, and where it comes from.

    Attributes:
        name: of the model; its file is called so.
        task: what it does, e.g. "upscale"; effects ask for models by it.
        architecture, config: the network, see `networks.ARCHITECTURES`.
        scale: the output's size over the input's.
        reach: how many input pixels away, at most, an output pixel sees.
        multiple: the input's height and width are multiples of it.
        license: of the weights.
        source: what made them: the command, and the data.
        digest: sha256 of the rest of the card and of all tensors; "" until it is written or read.
        base: the model whose weights it started from; the two can be mixed.
        about, limits: what it does and where it fails, in words.
        training: steps, minutes, device, seed, data, as the trainer wrote them.
        figures: measured quality, by name.
    """

    name: str
    task: str
    architecture: str
    config: Mapping[str, Any] = field(hash=False)
    scale: int
    reach: int
    multiple: int
    license: str
    source: str
    digest: str = ""
    base: str = ""
    about: str = ""
    limits: str = ""
    training: Mapping[str, Any] = field(default_factory=dict, hash=False)
    figures: Mapping[str, float] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Model:
    """A network with its card: float32, on the CPU, in evaluation mode.  Nobody changes it."""

    card: Card
    network: nn.Module = field(hash=False, compare=False)


_TABLES = ("config", "training", "figures")
_NUMBERS = ("scale", "reach", "multiple")
_KINDS: dict[str, type] = {
    f.name: Mapping if f.name in _TABLES else int if f.name in _NUMBERS else str for f in fields(Card)
}


def write_model(path: Path, card: Card, network: nn.Module) -> Card:
    """Write the weights in half precision, with the card, by way of a file that is renamed.

    Returns:
        The card with its digest.

    Raises:
        ModelError: the disk refuses.
    """
    tensors = {name: t.detach().to("cpu", torch.float16).contiguous() for name, t in _stored(network).items()}
    card = replace(card, digest=_digest(card, tensors))
    part = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(save(tensors, {KEY: json.dumps(asdict(card), sort_keys=True)}))
        part.replace(path)
    except OSError as error:
        raise ModelError(f"Cannot write {path}: {error.strerror}.") from error
    return card


def read_card(path: Path) -> Card:
    """Read the card alone, without the tensors; its digest is what the file claims.

    Raises:
        ModelError: the file is missing, damaged, too large or of another kind.
    """
    header = _header(path)
    text = header.get("__metadata__", {}).get(KEY) if isinstance(header.get("__metadata__", {}), dict) else None
    if not isinstance(text, str):
        raise ModelError(f"{path.name} holds weights, but does not say of what: it has no card of ours.")
    return _card(path, text)


def read_model(path: Path) -> Model:
    """Read a model and check that it is what its card says.

    Raises:
        ModelError: the file is missing, damaged, too large, of an unknown architecture, or mislabelled.
    """
    card = read_card(path)
    try:
        tensors = load(path.read_bytes())
    except Exception as error:  # the format's own error is one of several, and the file is a stranger's
        raise ModelError(f"{path.name} is damaged: its tensors cannot be read.") from error
    if card.digest != _digest(card, tensors):
        raise ModelError(f"{path.name} is damaged or was changed: its digest is not the one on its card.")
    network = build(card)
    _fill(path, network, tensors)
    return Model(card, network.eval().requires_grad_(False))


def build(card: Card) -> nn.Module:
    """Make the network of a card, with random weights."""
    return ARCHITECTURES[card.architecture].build(**card.config)


def mix(a: Model, b: Model, share: float) -> Model:
    """Interpolate two models' weights: 0 is `a`, 1 is `b`.

    Wang et al. 2018 (ESRGAN), arXiv:1809.00219, section 3.4.

    Raises:
        ModelError: they are not of one architecture.
    """
    if (a.card.architecture, dict(a.card.config)) != (b.card.architecture, dict(b.card.config)):
        raise ModelError(f"{a.card.name} and {b.card.name} cannot be mixed: their networks differ.")
    if share in (0, 1):
        return b if share else a
    network = build(a.card)
    others = b.network.state_dict()
    network.load_state_dict({name: t.lerp(others[name], share) for name, t in a.network.state_dict().items()})
    card = replace(a.card, name=f"{a.card.name}+{share:g}*{b.card.name}", digest=mixed_digest(a, b, share))
    return Model(card, network.eval().requires_grad_(False))


def mixed_digest(a: Model, b: Model, share: float) -> str:
    """Give the digest of what `mix` makes."""
    if share in (0, 1):
        return b.card.digest if share else a.card.digest
    return hashlib.sha256(f"{a.card.digest}+{float(share)!r}*{b.card.digest}".encode()).hexdigest()


def folders() -> tuple[Path, ...]:
    """Say where models lie, the most important first: `VGAN_MODELS`, the user's own folder, and the shipped ones."""
    package = Path(__file__).parents[1]
    given = [Path(folder) for folder in os.environ.get("VGAN_MODELS", "").split(os.pathsep) if folder]
    user = Path(platformdirs.user_data_dir("vgan_studio")) / "models"
    return tuple(f for f in (*given, user, package / "_shipped/models", package.parent / "models") if f.is_dir())


def list_models() -> tuple[tuple[Path, Card], ...]:
    """Give every readable model, sorted by name.

    A file that cannot be read is left out, and so is a second one of the same name, each with a warning.
    """
    found: dict[str, tuple[Path, Card]] = {}
    for path in (path for folder in folders() for path in sorted(folder.glob("*.safetensors"))):
        try:
            stat = path.stat()
            card = _card_of(path, stat.st_mtime_ns, stat.st_size)
        except (ModelError, OSError) as error:
            log.warning("A model is left out. %s", error)
            continue
        if card.name in found and found[card.name][1].digest != card.digest:
            log.warning("%s is left out: %s is also called %s.", path, found[card.name][0], card.name)
        found.setdefault(card.name, (path, card))
    return tuple(found[name] for name in sorted(found))


def find_model(wanted: str) -> Path:
    """Give the file of a model by its name, or of the first model, by name, for a task.

    Raises:
        ModelError: there is none; the sentence names those there are.
    """
    models = list_models()
    for path, card in models:
        if card.name == wanted:
            return path
    for path, card in models:
        if card.task == wanted:
            return path
    known = ", ".join(card.name for _, card in models) or "none at all"
    raise ModelError(f"There is no model for {wanted!r}. Found: {known}.")


@lru_cache(maxsize=1024)
def _card_of(path: Path, changed_ns: int, size: int) -> Card:
    return read_card(path)


def _header(path: Path) -> dict[str, Any]:
    """Read the header alone, with every length checked before it is believed."""
    try:
        size = path.stat().st_size
        if size > FILE_LIMIT:
            raise ModelError(f"{path.name} is too large for a model: over {FILE_LIMIT >> 20} MiB.")
        with path.open("rb") as file:
            length = int.from_bytes(file.read(8), "little")
            if not 2 <= length <= min(HEADER_LIMIT, size - 8):
                raise ModelError(
                    f"{path.name} is not a safetensors file, or is damaged: its header has no sane length."
                )
            header = json.loads(file.read(length))
    except OSError as error:
        raise ModelError(f"Cannot read {path}: {error.strerror}.") from error
    except (ValueError, RecursionError) as error:
        raise ModelError(f"{path.name} is not a safetensors file, or is damaged: its header is not JSON.") from error
    if not isinstance(header, dict):
        raise ModelError(f"{path.name} is not a safetensors file, or is damaged: its header is no table.")
    return header


def _card(path: Path, text: str) -> Card:
    """Take the card from a stranger's text: every field of the right type, the network within its bounds."""
    try:
        raw = json.loads(text)
        known = {f.name for f in fields(Card)}
        card = Card(**{name: value for name, value in raw.items() if name in known})
        odd = [name for name, kind in _KINDS.items() if not isinstance(getattr(card, name), kind)]
        if odd:
            raise TypeError(f"{odd[0]} is not what it should be")
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise ModelError(f"{path.name} has a card that cannot be understood: {error}.") from error
    _check(path, card)
    return card


def _check(path: Path, card: Card) -> None:
    known = ARCHITECTURES.get(card.architecture)
    if known is None:
        raise ModelError(f"{path.name} is of the architecture {card.architecture!r}, which this program does not know.")
    numbers = card.config
    if set(numbers) != set(known.bounds) or any(
        type(numbers[name]) is not int or not low <= numbers[name] <= high for name, (low, high) in known.bounds.items()
    ):
        raise ModelError(f"{path.name} asks for a network of impossible size: {dict(numbers)}.")
    promised = (card.scale, card.reach, card.multiple)
    if promised != (numbers.get("scale", 1), known.reach(numbers), known.multiple(numbers)):
        raise ModelError(f"{path.name} is mislabelled: scale, reach and multiple are not those of its network.")


def _stored(network: nn.Module) -> dict[str, Tensor]:
    """Give the tensors as a file holds them, with those that only other programs need."""
    return network.for_others() if isinstance(network, Compact) else network.state_dict()


def _fill(path: Path, network: nn.Module, tensors: Mapping[str, Tensor]) -> None:
    wanted, own = _stored(network), network.state_dict()
    if set(tensors) not in (set(wanted), set(own)):
        odd = sorted(set(wanted) ^ set(tensors))[0]
        raise ModelError(f"{path.name} is mislabelled: its tensors are not those of its network, e.g. {odd}.")
    for name, tensor in tensors.items():
        if tensor.shape != wanted[name].shape or not tensor.is_floating_point():
            raise ModelError(f"{path.name} is mislabelled: {name} has the wrong shape or type.")
        if not bool(tensor.isfinite().all()):
            raise ModelError(f"{path.name} is damaged: {name} holds numbers that are none.")
        if name not in own and not torch.allclose(tensor.float(), wanted[name], atol=1e-3):
            raise ModelError(f"{path.name} is mislabelled: {name} is not what its network has in that place.")
    network.load_state_dict({name: tensors[name].float() for name in own})


def _digest(card: Card, tensors: Mapping[str, Tensor]) -> str:
    """Hash the card without its digest, and every tensor with its name, type and shape."""
    whole = hashlib.sha256(json.dumps(asdict(replace(card, digest="")), sort_keys=True).encode())
    for name in sorted(tensors):
        tensor = tensors[name].contiguous()
        whole.update(f"{name} {tensor.dtype} {tuple(tensor.shape)}".encode())
        whole.update(cast(Any, tensor.view(-1).view(torch.uint8)).numpy().tobytes())
    return whole.hexdigest()

"""Look at a weights file of a stranger, in a process of its own that may take only so much time and memory.

Run by `adopt.py` as `python -m vgan_studio.engine.examine`: an order as JSON on standard input, an answer as JSON on
standard output.  What it writes is our own safetensors with a card; the stranger's file is read once, here.
"""

import json
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vgan_studio.errors import ModelError, VganError
from vgan_studio.gan.stranger import check_file

if TYPE_CHECKING:
    from torch import Tensor, nn

    from vgan_studio.gan.community import Foreign
    from vgan_studio.gan.weights import Card

LEAST_TORCH = (2, 10)  # before it, weights_only could be got around
TASKS = ("upscale", "denoise", "deblur")

_TILES_DIFFER = 1 / 510  # half a level: more, and the picture is not cut
_SIDES = (96, 192)  # of the test pictures in which the reach is measured
_PATIENCE_S = 20.0  # for a small test picture; with a slower network no larger one is tried
_TASK_OF = {"DnCNN": "denoise", "SCUNet": "denoise", "DRUNet": "denoise", "FBCNN": "denoise"}


def main() -> int:
    """Answer one order."""
    order = json.loads(sys.stdin.read())
    name = Path(order["file"]).name
    limit_time(order["seconds"])
    try:
        answer: dict[str, Any] = {"card": asdict(examine(order))}
    except VganError as error:
        answer = {"error": str(error)}
    except (MemoryError, RuntimeError) as error:
        if not isinstance(error, MemoryError) and "allocate" not in str(error):
            raise
        answer = {"error": f"{name} needs more than {order['memory_bytes'] >> 20} MiB of memory to be looked at."}
    sys.stdout.write(json.dumps(answer) + "\n")
    return 0


def limit_time(seconds: int) -> None:
    """Let the system end this process after so many seconds of work, and let it write no large files."""
    with suppress(ImportError):  # Windows: the parent's clock is the only limit
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 30, 1 << 30))


def limit_memory(more_bytes: int) -> None:
    """Let this process take so much more address space than it has now (Linux)."""
    with suppress(ImportError, OSError):
        import resource

        pages = int(Path("/proc/self/statm").read_text().split()[0])
        most = pages * resource.getpagesize() + more_bytes
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def examine(order: Mapping[str, Any]) -> "Card":
    """Look at a file, measure its network and write it anew.

    Args:
        order: file, out, name, task ("": by architecture), license, source, memory_bytes (0: no limit).

    Raises:
        ModelError: it is refused; the sentence says why.
    """
    path = Path(order["file"])
    kind = check_file(path)
    if kind == "pickle":
        _check_torch()
    if kind == "safetensors" and (ours := _ours(order)) is not None:
        return ours
    import torch

    from vgan_studio.gan.community import Foreign, described
    from vgan_studio.gan.weights import read_model, write_tensors

    with suppress(ImportError):  # `described` says what is missing
        import spandrel  # noqa: F401  (before the limit: it is not the stranger's)
    if order["memory_bytes"]:
        limit_memory(order["memory_bytes"])
    torch.manual_seed(0)
    tensors = own_tensors(path, kind)
    exact = Foreign(described(path.name, tensors), ("fp16", "bf16"))
    x, wanted = _first_run(path, exact)
    card = write_tensors(Path(order["out"]), _card(order, exact, wanted, x), tensors)
    if not torch.equal(_asked(read_model(Path(order["out"])).network, x), wanted):
        raise ModelError(f"{path.name} gives another picture after it was written anew.")
    return card


def _ours(order: Mapping[str, Any]) -> "Card | None":
    """Take a model in that was made by this program; None if it was not."""
    from vgan_studio.gan.community import is_foreign
    from vgan_studio.gan.weights import read_card, read_model, write_tensors

    path = Path(order["file"])
    try:
        card = read_card(path)
    except ModelError:
        return None
    if is_foreign(card.architecture):
        return None  # it is measured anew
    if order["task"] not in ("", card.task):
        raise ModelError(f"{path.name} is a model for {card.task}: it cannot be used for {order['task']}.")
    read_model(path)
    from safetensors.torch import load

    return write_tensors(Path(order["out"]), replace(card, name=order["name"]), load(path.read_bytes()))


def own_tensors(path: Path, kind: str) -> "dict[str, Tensor]":
    """Read the tensors of a checked file, by the names that spandrel knows them by; each with memory of its own.

    Raises:
        ModelError: it holds anything but numbers, or more than its size.
    """
    import torch

    state = _safe(path) if kind == "safetensors" else _unpickled(path)
    try:
        from spandrel import canonicalize_state_dict
    except ImportError as error:
        raise ModelError("Models from elsewhere need spandrel: install vgan-studio[community].") from error
    state = canonicalize_state_dict(state) if isinstance(state, dict) else {}
    found = {str(key): value for key, value in state.items() if isinstance(value, torch.Tensor)}
    if any(tensor.is_sparse or tensor.is_quantized or tensor.is_complex() for tensor in found.values()):
        raise ModelError(f"{path.name} holds tensors of a kind that no network here has.")
    if sum(tensor.numel() * tensor.element_size() for tensor in found.values()) > 2 * path.stat().st_size + (1 << 20):
        raise ModelError(f"{path.name} is damaged: its tensors are larger than the file.")
    return {key: tensor.detach().clone().contiguous() for key, tensor in found.items()}


def _check_torch() -> None:
    from importlib.metadata import version

    numbers = tuple(int(part) for part in version("torch").split("+")[0].split(".")[:2])
    if numbers < LEAST_TORCH:
        raise ModelError(f"Files of PyTorch are opened with torch 2.10 or later; this is {version('torch')}.")


def _safe(path: Path) -> "dict[str, Any]":
    from safetensors import SafetensorError
    from safetensors.torch import load

    try:
        return dict(load(path.read_bytes()))
    except (SafetensorError, ValueError, KeyError, RuntimeError) as error:
        raise ModelError(f"{path.name} is damaged: its tensors cannot be read.") from error


def _unpickled(path: Path) -> Any:
    """Read a pickle that may hold tensors and containers alone."""
    import pickle

    import torch

    try:
        return torch.load(path, map_location="cpu", weights_only=True)
    except pickle.UnpicklingError as error:
        words = str(error)
        what = words.partition("GLOBAL ")[2].partition(" was not")[0] if "GLOBAL" in words else ""
        named = f" ({what.split()[0][:80]})" if what else ""
        raise ModelError(
            f"{path.name} holds more than numbers{named}; it could run as a program and is refused."
        ) from error
    except (MemoryError, torch.OutOfMemoryError):
        raise
    except Exception as error:  # a stranger's bytes can make the reader fail in any way
        if "allocate" in str(error):
            raise MemoryError from error
        raise ModelError(f"{path.name} is damaged: it cannot be read to its end.") from error


def _first_run(path: Path, network: "Foreign") -> "tuple[Tensor, Tensor]":
    """Ask the network once; the test picture and the answer."""
    from .precision import picture

    x = picture()
    y = _asked(network, x)
    if not bool(y.isfinite().all()):
        raise ModelError(f"{path.name} gives no numbers: its weights are damaged.")
    scale = network._descriptor.scale
    if y.shape != (1, 3, x.shape[2] * scale, x.shape[3] * scale):
        raise ModelError(f"{path.name} gives a picture of {tuple(y.shape)} for {tuple(x.shape)}.")
    return x, y


def _asked(network: "nn.Module", x: "Tensor") -> "Tensor":
    import torch

    with torch.no_grad():
        y: Tensor = network(x).float()
    return y


def _likeness(y: "Tensor", wanted: "Tensor") -> float:
    from vgan_studio.gan.metrics import psnr

    found = float(psnr(y.clamp(0, 1), wanted.clamp(0, 1)).min())
    return min(found, 99.0) if found == found else 0.0  # noqa: PLR0124  (not a number is no likeness)


def _card(order: Mapping[str, Any], network: "Foreign", wanted: "Tensor", x: "Tensor") -> "Card":
    from vgan_studio.gan.community import PREFIX, WHOLE
    from vgan_studio.gan.weights import Card

    from .precision import LEAST_DB

    name, descriptor = Path(order["file"]).name, network._descriptor
    figures = {
        "fp16, dB": _in_format(network, "fp16", x, wanted) if descriptor.supports_half else 0.0,
        "bf16, dB": _in_format(network, "bf16", x, wanted) if descriptor.supports_bfloat16 else 0.0,
    }
    multiple = descriptor.size_requirements.multiple_of
    reach = measured_reach(network, descriptor.scale, multiple)
    config = {
        "scale": descriptor.scale,
        "reach": reach,
        "multiple": multiple,
        "inputs": 3,
        "half": int(figures["fp16, dB"] >= LEAST_DB),
        "bfloat16": int(figures["bf16, dB"] >= LEAST_DB),
    }
    sees = "It sees the whole picture, which is never cut." if reach == WHOLE else (
        f"It sees about {reach} pixels each way: measured, not proven."
    )  # fmt: skip
    return Card(
        name=order["name"],
        task=task_of(name, descriptor, order["task"]),
        architecture=f"{PREFIX}{descriptor.architecture.id}",
        config=config,
        scale=descriptor.scale,
        reach=reach,
        multiple=multiple,
        license=order["license"] or "unknown",
        source=order["source"],
        about=f"{descriptor.architecture.name} from elsewhere ({', '.join(descriptor.tags) or 'no tags'}).",
        limits=f"What it does well was not measured here. {sees}",
        figures=figures,
    )


def task_of(name: str, descriptor: Any, wanted: str) -> str:
    """Say what a network is for.

    Raises:
        ModelError: it cannot be for what is wanted, or that has to be said.
    """
    if wanted and (wanted not in TASKS or (wanted == "upscale") != (descriptor.scale > 1)):
        raise ModelError(f"{name} enlarges {descriptor.scale} times: it cannot be used for {wanted}.")
    found = wanted or ("upscale" if descriptor.scale > 1 else _TASK_OF.get(str(descriptor.architecture.id), ""))
    if not found:
        raise ModelError(f"{name} restores pictures, but does not say from what: give --task denoise or --task deblur.")
    return found


def _in_format(network: "Foreign", name: Any, x: "Tensor", wanted: "Tensor") -> float:
    from .precision import converted

    try:
        return _likeness(_asked(converted(network, name), x), wanted)
    except RuntimeError as error:
        if "allocate" in str(error):
            raise
        return 0.0  # an operation that this device does not have in that format


def measured_reach(network: "nn.Module", scale: int, multiple: int) -> int:
    """Measure how many input pixels away an output pixel sees, and add a quarter; `WHOLE` if that cannot be told.

    One pixel is changed and the change in the result looked for; then a picture is cut by what was found, and the parts
    must give what the whole gives.
    """
    from vgan_studio.gan.community import WHOLE

    for side in _SIDES:
        began = time.monotonic()
        far = _changed_within(network, scale, -(-side // multiple) * multiple)
        reach = 0 if far is None else far + far // 4 + 4
        if far is not None and _cut_unseen(network, scale, multiple, reach):
            return reach
        if time.monotonic() - began > _PATIENCE_S:
            break
    return WHOLE


def _changed_within(network: "nn.Module", scale: int, side: int) -> int | None:
    """Give the distance of the farthest change that one pixel in the middle makes; None if it comes near the edge."""
    import torch

    x = torch.rand((1, 3, side, side), generator=torch.Generator().manual_seed(1))
    other, middle = x.clone(), side // 2
    other[..., middle, middle] = 1 - other[..., middle, middle].round()
    change = (_asked(network, other) - _asked(network, x)).abs().amax(1)[0]
    down, across = torch.nonzero(change > 1e-6, as_tuple=True)
    if not len(down):
        return 0
    far = int(max(float((place // scale - middle).abs().max()) for place in (down, across)))
    return far if far < side // 2 - 4 else None


def _cut_unseen(network: "nn.Module", scale: int, multiple: int, reach: int) -> bool:
    """Tell whether a picture that is cut looks like the whole, wherever the cut falls: networks may work in windows."""
    import torch

    from .tiling import cover, run_tiled

    least = -(-(2 * reach + 48) // multiple) * multiple
    if least > 2 * _SIDES[-1]:
        return False
    for side in (least, least + 2 * multiple, least + 6 * multiple):
        x = torch.rand((1, 3, side, side), generator=torch.Generator().manual_seed(2))
        parts = cover(side, side, -(-side // 2), reach=reach, multiple=multiple)
        with torch.no_grad():
            cut = run_tiled(network, x, parts, scale)
        if float((cut - _asked(network, x)).abs().max()) > _TILES_DIFFER:
            return False
    return True


if __name__ == "__main__":
    sys.exit(main())

"""Networks of other people: their weights, built by spandrel (extra `community`) into what our effects can ask.

A weights file says `spandrel:NAME` for its architecture.  spandrel finds out the sizes from the tensors themselves; how
far such a network sees was measured when it was taken in (`engine/examine.py`), and stands in its configuration.
"""

import re
from collections.abc import Mapping
from importlib.util import find_spec
from typing import Any

import torch
from torch import Tensor, nn

from vgan_studio.errors import ModelError

from .networks import Architecture

PREFIX = "spandrel:"
WHOLE = 1 << 20  # as a reach: it sees all of the picture, which is therefore never cut
LARGEST_SCALE = 8

_MOST_TENSORS, _LONGEST = 20_000, 1 << 16
_NUMBER = re.compile(r"\d+")
_BOUNDS = {
    "scale": (1, LARGEST_SCALE),
    "reach": (0, WHOLE),
    "multiple": (1, 1024),
    "inputs": (3, 3),
    "half": (0, 1),
    "bfloat16": (0, 1),
}


class Foreign(nn.Module):
    """A network of spandrel's, asked like one of ours; one picture after the other.

    Args:
        descriptor: what spandrel made of the tensors.
        formats: the number formats besides fp32 that it may run in.

    Attributes:
        reentrant: some of these networks keep notes while they run, so one thread at a time may ask one.
    """

    reentrant = False

    def __init__(self, descriptor: Any, formats: tuple[str, ...]) -> None:
        super().__init__()
        self.network = descriptor.model
        self.formats = ("fp32", *formats)
        self._descriptor = descriptor

    def forward(self, x: Tensor) -> Tensor:
        """Ask the network; one of grey pictures is asked for each colour by itself.

        Args:
            x: (B, 3, H, W) in [0, 1]; sizes that the network does not take are padded, and cut again.

        Returns:
            (B, 3, scale * H, scale * W) in [0, 1].
        """
        parts = x.to(next(self.network.parameters()).dtype)
        if self._descriptor.input_channels == 1:
            parts = parts.flatten(0, 1)[:, None]  # (B * 3, 1, H, W)
        y = torch.cat([self._descriptor(parts[i : i + 1]) for i in range(len(parts))])
        return y.reshape(len(x), 3, *y.shape[2:])


def is_foreign(architecture: str) -> bool:
    """Tell whether an architecture is one of spandrel's."""
    return architecture.startswith(PREFIX)


def foreign_architecture(name: str) -> Architecture | None:
    """Describe an architecture of spandrel's; None for any other."""
    if not is_foreign(name):
        return None

    def build(**config: int) -> nn.Module:
        raise ModelError(f"{name} is a network from elsewhere: it can be asked, but not trained or mixed here.")

    return Architecture(build, _BOUNDS, lambda config: int(config["reach"]), lambda config: int(config["multiple"]))


def foreign_network(name: str, architecture: str, config: Mapping[str, Any], tensors: Mapping[str, Tensor]) -> Foreign:
    """Build the network of a weights file that says `spandrel:...`.

    Args:
        name: of the file, for sentences.

    Raises:
        ModelError: spandrel is not here, or the tensors are not those of that architecture.
    """
    descriptor = described(name, tensors)
    found = (PREFIX + str(descriptor.architecture.id), descriptor.scale)
    if found != (architecture, config["scale"]):
        raise ModelError(f"{name} is mislabelled: its tensors are of {found[0]} at a scale of {found[1]}.")
    formats = tuple(kind for kind, key in (("fp16", "half"), ("bf16", "bfloat16")) if config[key])
    return Foreign(descriptor, formats)


def described(name: str, tensors: Mapping[str, Tensor]) -> Any:
    """Let spandrel find out what tensors are, and build it in fp32 on the CPU.

    Raises:
        ModelError: spandrel is not here, knows no such architecture, or it is not one from picture to picture.
    """
    check_tensors(name, tensors)
    if find_spec("spandrel") is None:
        raise ModelError(
            f"{name} is a network from elsewhere, for which spandrel is needed: install vgan-studio[community]."
        )
    import spandrel

    exact = {key: tensor.float() if tensor.is_floating_point() else tensor for key, tensor in tensors.items()}
    try:
        descriptor = spandrel.MAIN_REGISTRY.load(exact)
    except spandrel.UnsupportedModelError as error:
        raise ModelError(f"{name} is of no architecture that spandrel knows.") from error
    except MemoryError:
        raise
    except Exception as error:  # a stranger's tensors can be wrong in any way, and spandrel trusts them
        first = (str(error).splitlines() or [type(error).__name__])[0].rstrip(".: ")
        raise ModelError(f"{name} has tensors that do not fit together: {first[:200]}.") from error
    return _usable(name, descriptor)


def check_tensors(name: str, tensors: Mapping[str, Tensor]) -> None:
    """Refuse tensors from which a network of impossible size would be built, or that are no numbers.

    Raises:
        ModelError: they are of that kind.
    """
    if not 0 < len(tensors) <= _MOST_TENSORS:
        raise ModelError(f"{name} holds {len(tensors)} tensors: that is no network.")
    most = 4 * len(tensors) + 64  # layers are numbered from 0; a number beyond that asks for layers that are not there
    for key, tensor in tensors.items():
        if any(int(number[:9]) > most for number in _NUMBER.findall(key)) or len(key) > 500:
            raise ModelError(f"{name} is damaged: a tensor is called {key[:60]}.")
        if any(not 0 < length <= _LONGEST for length in tensor.shape):
            raise ModelError(f"{name} is damaged: {key[:60]} has the shape {tuple(tensor.shape)}.")
        if tensor.is_floating_point() and not bool(tensor.isfinite().all()):
            raise ModelError(f"{name} is damaged: {key[:60]} holds numbers that are none.")


def _usable(name: str, descriptor: Any) -> Any:
    purpose = getattr(descriptor, "purpose", "")
    if purpose not in ("SR", "Restoration"):
        raise ModelError(
            f"{name} is for {purpose or 'something else'}; only networks that enlarge or restore can be used."
        )
    channels = (descriptor.input_channels, descriptor.output_channels)
    if channels not in ((1, 1), (3, 3)):
        raise ModelError(f"{name} makes {channels[1]} channels of {channels[0]}; only 3 of 3, or 1 of 1, can be used.")
    if not 1 <= descriptor.scale <= LARGEST_SCALE:
        raise ModelError(f"{name} enlarges {descriptor.scale} times; at most {LARGEST_SCALE} times is possible.")
    descriptor.model.eval().requires_grad_(False)
    return descriptor

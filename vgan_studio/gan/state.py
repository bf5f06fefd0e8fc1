"""A training as it stands, and its checkpoint."""

import copy
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from pickle import UnpicklingError

import torch
from torch import Tensor, nn

from vgan_studio.errors import ModelError

from .data import Source
from .networks.discriminators import PatchD
from .recipes import Recipe
from .tasks import lesson
from .weights import Model
from .widened import widen

_NETWORKS = ("generator", "average", "optimiser", "critic", "critic_optimiser")


@dataclass(slots=True)
class State:
    """What a checkpoint holds.  One thread owns it."""

    generator: nn.Module
    average: nn.Module
    optimiser: torch.optim.Optimizer
    critic: nn.Module | None
    critic_optimiser: torch.optim.Optimizer | None
    step: int = 0
    seconds: float = 0.0


def begin(recipe: Recipe, sources: Sequence[Source], base: Model | None, device: str) -> State:
    """Make the networks and their optimisers, from the recipe's seed and the model it starts from.

    Raises:
        ModelError: that model is not the one given.
    """
    if recipe.base and (base is None or base.card.name != recipe.base):
        raise ModelError(f"{recipe.name} starts from the model {recipe.base}; say where it is with --base.")
    torch.manual_seed(recipe.seed)
    generator = lesson(recipe).build(recipe, sources)
    if base is not None:
        _inherit(generator, base.network)
    if recipe.widened:
        widen(generator)
    generator = generator.to(device, memory_format=torch.channels_last)  # type: ignore[call-overload]
    critic = PatchD(6).to(device, memory_format=torch.channels_last) if recipe.adversarial else None  # type: ignore[call-overload]
    return State(
        generator,
        copy.deepcopy(generator).requires_grad_(False).eval(),
        torch.optim.AdamW(generator.parameters(), recipe.rate, betas=(0.9, 0.99), weight_decay=0, fused=True),
        critic,
        torch.optim.AdamW(critic.parameters(), recipe.critic_rate, betas=(0.5, 0.99), fused=True) if critic else None,
    )


@torch.no_grad()
def remember(state: State, memory: float) -> None:
    """Let the moving average follow the generator: quickly at first, then by `1 - memory` a step."""
    share = 1 - min(memory, (1 + state.step) / (10 + state.step))
    for average, new in zip(state.average.parameters(), state.generator.parameters(), strict=True):
        average.lerp_(new, share)
    for kept, newest in zip(state.average.buffers(), state.generator.buffers(), strict=True):
        kept.copy_(newest)


def save(state: State, path: Path, recipe: Recipe) -> None:
    """Write the checkpoint, by way of a file that is renamed."""
    content = {name: part.state_dict() for name in _NETWORKS if (part := getattr(state, name)) is not None}
    content |= {"step": state.step, "seconds": state.seconds, "recipe": _text(recipe)}
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    torch.save(content, part)
    part.replace(path)


def load(state: State, path: Path, recipe: Recipe) -> None:
    """Go on from a checkpoint.

    Raises:
        ModelError: it is missing, damaged, or of another recipe.
    """
    try:
        content = torch.load(path, map_location="cpu", weights_only=True)
        if content["recipe"] != _text(recipe):
            raise ModelError(f"{path.name} was begun with another recipe; start anew without --resume.")
        for name in _NETWORKS:
            if (part := getattr(state, name)) is not None:
                part.load_state_dict(content[name])
        state.step, state.seconds = content["step"], content["seconds"]
    except (OSError, RuntimeError, KeyError, AttributeError, EOFError, ValueError, UnpicklingError) as error:
        raise ModelError(f"Cannot go on from {path}: it is missing or damaged.") from error


def _inherit(network: nn.Module, base: nn.Module) -> None:
    """Begin from a base's weights: a layer that sees fewer channels takes those of the first ones, one that sees more
    begins with zeros for the others.

    A layer of another shape, such as the last one for another scale, begins anew.
    """
    own = network.state_dict()
    found = {name: tensor for name, tensor in base.state_dict().items() if name in own}
    seen = {name: _seeing(t, own[name].shape[1]) if t.ndim == own[name].ndim == 4 else t for name, t in found.items()}
    known = {name: tensor for name, tensor in seen.items() if own[name].shape == tensor.shape}
    network.load_state_dict({**own, **known})


def _seeing(weight: Tensor, channels: int) -> Tensor:
    few = weight[:, :channels]
    return torch.cat([few, few.new_zeros(len(few), channels - few.shape[1], *few.shape[2:])], 1)


def _text(recipe: Recipe) -> str:
    return json.dumps(asdict(recipe), sort_keys=True)

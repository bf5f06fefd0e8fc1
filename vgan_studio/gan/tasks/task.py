"""The value that makes one training loop serve every task."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from torch import Tensor, nn

from vgan_studio.gan.data import Source, Split, read_sources
from vgan_studio.gan.networks import ARCHITECTURES
from vgan_studio.gan.recipes import Recipe


@dataclass(frozen=True, slots=True)
class Batch:
    """What one step learns from.

    Attributes:
        x: what the network gets.
        target: what it should give.
        condition: what the discriminator sees beside a picture; nothing if it sees the picture alone.
        weight: how much each picture of the batch counts, (B, 1, 1, 1); nothing if equally.
    """

    x: Tensor
    target: Tensor
    condition: Tensor | None = None
    weight: Tensor | None = None

    def to(self, device: str) -> "Batch":
        """Move it to a device."""
        if device == "cpu":
            return self
        parts = (self.x, self.target, self.condition, self.weight)
        return Batch(*(None if part is None else part.to(device, non_blocking=True) for part in parts))  # type: ignore[arg-type]

    def given_to(self, network: nn.Module) -> Tensor:
        """Give what a network makes of it."""
        y: Tensor = network(self.x)
        return y


def build(recipe: Recipe, sources: Sequence[Source]) -> nn.Module:
    """Make the network that the recipe names."""
    return ARCHITECTURES[recipe.architecture].build(**recipe.config)


@dataclass(frozen=True, slots=True)
class Task:
    """How a kind of model is taught.

    Attributes:
        batch: makes the batch of a step from (recipe, sources, step), a pure function.
        loss: gives the parts of the loss by name from (recipe, y, batch); their sum is made small.
        judge: gives figures by name from (network, recipe, sources not trained on).
        read: reads the sources of a part of the data.
        ship: makes the network that is written of the one that was trained.
        build: makes the network to train from (recipe, sources).
    """

    batch: Callable[[Recipe, Sequence[Source], int], Batch]
    loss: Callable[[Recipe, Tensor, Batch], dict[str, Tensor]]
    judge: Callable[[nn.Module, Recipe, Sequence[Source]], dict[str, float]]
    read: Callable[[Sequence[Path], Split], tuple[Source, ...]] = read_sources
    ship: Callable[[nn.Module], nn.Module] = lambda network: network
    build: Callable[[Recipe, Sequence[Source]], nn.Module] = build

"""The second player: the discriminator's judgement, its learning, and what the generator makes of it."""

import torch
from torch import Tensor, nn

from . import losses
from .device import half
from .recipes import Recipe
from .state import State
from .tasks import Batch

# By shares of the budget: an ignorant discriminator teaches patterns of its own, so it first learns alone, and then
# its influence grows.
ALONE, RAMP = 0.12, 0.1


def judge(
    recipe: Recipe, state: State, batch: Batch, y: Tensor, *, fidelity: Tensor, share: float, eyes: nn.Module | None
) -> tuple[Tensor, dict[str, Tensor]]:
    """Ask the discriminator, leave its gradient in its weights, and give the gradient at the generated picture.

    The discriminator's part of the gradient is as long as `recipe.adversarial` times that of the fidelity, whatever
    the state of the game: the balance of Esser et al. 2020 (VQGAN), arXiv:2012.09841, eq. 7, taken at the output.

    Args:
        y: the generated pictures, without gradient.
        fidelity: the gradient of the task's own loss at `y`.
        share: of the budget spent.
        eyes: the FeatNet that the recipe's `perceptual` asks for.
    """
    assert state.critic is not None and state.critic_optimiser is not None
    leaf = y.detach().requires_grad_()
    with half(y.device.type):
        logits, features = state.critic(torch.cat([_beside(batch.target, batch), _beside(leaf, batch)]))
    real, fake = logits.float().chunk(2)
    halves = [feature.chunk(2) for feature in features]
    found = {
        "adversarial": losses.relativistic_generator(real, fake),
        "matching": losses.feature_matching([a for a, _ in halves], [b for _, b in halves]),
        "critic": losses.relativistic_discriminator(real, fake),
        **recall(real, fake),
    }
    wish = found["adversarial"] + recipe.matching * found["matching"]
    if recipe.perceptual and eyes is not None:
        with half(y.device.type):
            found["perceptual"] = losses.perceptual(eyes, leaf, batch.target).mean()
        wish = wish + recipe.perceptual * found["perceptual"]
    direction = without_lattice(
        torch.autograd.grad(wish, leaf, retain_graph=True)[0], recipe.config.get("fold", recipe.scale)
    )
    state.critic_optimiser.zero_grad()
    found["critic"].backward()  # type: ignore[no-untyped-call]
    strength = recipe.adversarial * min(1.0, max(0.0, share - ALONE) / RAMP)
    return fidelity + direction * (strength * fidelity.norm() / direction.norm().clamp(min=1e-12)), found


def without_lattice(gradient: Tensor, scale: int) -> Tensor:
    """Take from a gradient what would draw a lattice of the scale's period over smooth ground.

    A network that ends in a pixel shuffle makes each of scale x scale places by weights of its own, and a young
    discriminator drives them apart.  What they want differently in the mean of 9 x 9 input pixels is taken out.
    """
    if scale == 1:
        return gradient
    batch, channels, height, width = gradient.shape
    places = nn.functional.pixel_unshuffle(gradient, scale)
    near = nn.functional.avg_pool2d(places, 9, stride=1, padding=4, count_include_pad=False)
    near = near.view(batch, channels, scale**2, height // scale, width // scale)
    lattice = (near - near.mean(2, keepdim=True)).flatten(1, 2)
    return gradient - nn.functional.pixel_shuffle(lattice, scale)


def recall(real: Tensor, fake: Tensor) -> dict[str, Tensor]:
    """Say how well the discriminator tells real from generated; 0.5 is chance, in play are about 0.55 to 0.85.

    A relativistic one has no zero of its own: the mean of all its logits is taken for it.

    Returns:
        `real_recall`, `fake_recall`: shares of each that it calls by their name; `accuracy`: their mean;
        `told_apart`: share of the pairs of which it finds the real one.
    """
    real, fake = real.detach(), fake.detach()
    middle = (real.mean() + fake.mean()) / 2
    on_real, on_fake = (real > middle).float().mean(), (fake < middle).float().mean()
    apart = (real > fake).float().mean()
    return {"real_recall": on_real, "fake_recall": on_fake, "accuracy": (on_real + on_fake) / 2, "told_apart": apart}


def _beside(picture: Tensor, batch: Batch) -> Tensor:
    return picture if batch.condition is None else torch.cat([picture, batch.condition], 1)

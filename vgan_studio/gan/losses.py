"""What training makes small: one function each, with its paper.  Where no shape is said it is a mean, without axes."""

from collections.abc import Callable

import torch.nn.functional as F
from torch import Tensor


def charbonnier(y: Tensor, target: Tensor, softness: float = 1e-3) -> Tensor:
    """Measure the distance as L1, smooth within `softness` of zero.

    Lai et al. 2017, arXiv:1704.03915, eq. 2.
    """
    return ((y - target).square() + softness**2).sqrt().mean()


def relativistic_generator(real: Tensor, fake: Tensor) -> Tensor:
    """Ask that the generated be judged more real than the real one it is paired with.

    Args:
        real, fake: logits of the discriminator, of one shape.

    Jolicoeur-Martineau 2018, arXiv:1807.00734; in pairs: Huang et al. 2024 (R3GAN), arXiv:2501.05441, eq. 2.
    """
    return F.softplus(real - fake).mean()


def relativistic_discriminator(real: Tensor, fake: Tensor) -> Tensor:
    """Ask that the real be judged more real than the generated it is paired with; see `relativistic_generator`."""
    return F.softplus(fake - real).mean()


def hinge_generator(fake: Tensor) -> Tensor:
    """Ask that the generated be judged real.  Lim and Ye 2017, arXiv:1705.02894."""
    return -fake.mean()


def hinge_discriminator(real: Tensor, fake: Tensor) -> Tensor:
    """Ask for a margin of one on either side of zero.  Lim and Ye 2017, arXiv:1705.02894."""
    return F.relu(1 - real).mean() + F.relu(1 + fake).mean()


def feature_matching(real: list[Tensor], fake: list[Tensor]) -> Tensor:
    """Compare what the discriminator sees, layer by layer, by L1; nothing flows back into `real`.

    Wang et al. 2018 (pix2pixHD), arXiv:1711.11585, eq. 4.
    """
    distances = [F.l1_loss(f.float(), r.detach().float()) for r, f in zip(real, fake, strict=True)]
    return sum(distances[1:], distances[0]) / len(distances)


def perceptual(network: Callable[[Tensor], list[Tensor]], y: Tensor, target: Tensor) -> Tensor:
    """Measure how differently a FeatNet sees two pictures, from 0, for each of the batch, (B,).

    The features of every layer are made unit vectors at every place, and compared by L2; the layers count alike.
    Zhang et al. 2018 (LPIPS), arXiv:1801.03924, eq. 1, without learnt weights.
    """
    distances: list[Tensor] = []
    for a, b in zip(network(y), network(target), strict=True):
        difference = _unit(a.float()) - _unit(b.float())
        distances.append(difference.square().sum(1).mean((1, 2)))
    return sum(distances[1:], distances[0]) / len(distances)


def _unit(features: Tensor) -> Tensor:
    return features / (features.square().sum(1, keepdim=True) + 1e-6).sqrt()

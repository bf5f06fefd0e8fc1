"""Convolutions that learn as a sum of several and run as one: small networks end nearer to the truth, at no cost.

Ding et al. 2021 (Diverse Branch Block), arXiv:2103.13425; for networks that enlarge: Zhang et al. 2021 (ECBSR),
doi:10.1145/3474085.3475291.
"""

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.nn.utils import parametrize

BETWEEN = 2  # times the channels between a 1x1 convolution and the 3x3 one that follows it


class Branches(nn.Module):
    """The weight of a 3x3 convolution, and two branches beside it that begin as nothing.

    One is a 1x1 convolution; the other a 1x1 convolution to more channels and a 3x3 one of those.  As nothing lies
    between them they are summed as weights, (out, in, 3, 3), not as pictures.
    """

    def __init__(self, weight: Tensor) -> None:
        super().__init__()
        out, into = weight.shape[:2]
        between = BETWEEN * max(out, into)
        self.point = nn.Parameter(torch.zeros(out, into))
        self.wider = nn.Parameter(torch.randn(between, into) / math.sqrt(into))
        self.narrower = nn.Parameter(torch.zeros(out, between, 3, 3))

    def forward(self, weight: Tensor) -> Tensor:
        """Give the sum."""
        point = F.pad(self.point[:, :, None, None], (1, 1, 1, 1))
        return weight + point + torch.einsum("omhw,mi->oihw", self.narrower, self.wider)


def widen(network: nn.Module) -> None:
    """Let every 3x3 convolution of a network learn with `Branches`; what it makes stays the same at first."""
    for module in list(network.modules()):
        if isinstance(module, nn.Conv2d) and module.kernel_size == (3, 3):
            parametrize.register_parametrization(module, "weight", Branches(module.weight))


@torch.no_grad()
def narrowed(network: nn.Module, like: nn.Module) -> nn.Module:
    """Give the network that runs: `like`, with the sums of one that learnt widened."""
    found = {name: tensor for name, tensor in network.state_dict().items() if ".parametrizations." not in name}
    for name, module in network.named_modules():
        if parametrize.is_parametrized(module, "weight"):
            assert isinstance(module.weight, Tensor)
            found[f"{name}.weight"] = module.weight.detach()
    like.load_state_dict(found)
    return like.requires_grad_(False).eval()

"""A perceptual network of our own: what pictures have in common to the eye, learnt without labels or downloads."""

from itertools import pairwise

import torch
import torch.nn.functional as F
from torch import Tensor, nn

MEAN, SPREAD = 0.45, 0.25  # of the values of pictures, roughly
STEPS = (1, 1, 2, 2, 4, 4, 16 / 3, 16 / 3)  # widths of the layers, in `width`


class FeatNet(nn.Module):
    """See a picture as eight layers of features, each two at half the size of those before.

    VGG-like (Simonyan and Zisserman 2014, arXiv:1409.1556), with mean pooling and mirrored edges.

    Args:
        width: channels of the first layer; the last has 16/3 as many.
    """

    def __init__(self, width: int = 48) -> None:
        super().__init__()
        widths = [3] + [round(width * step) for step in STEPS]
        self.layers = nn.ModuleList(nn.Conv2d(a, b, 3, padding=1, padding_mode="reflect") for a, b in pairwise(widths))

    def forward(self, x: Tensor) -> list[Tensor]:
        """Give the features of every layer, the finest first.

        Args:
            x: (B, 3, H, W) in [0, 1]; H and W at least 16.

        Returns:
            eight tensors (B, C, H / s, W / s), none below 0; s is 1, 1, 2, 2, 4, 4, 8, 8.
        """
        x = (x - MEAN) / SPREAD
        features = []
        for index, layer in enumerate(self.layers):
            if index in (2, 4, 6):
                x = F.avg_pool2d(x, 2)
            x = F.relu(layer(x))
            features.append(x)
        return features


class ExemplarNet(nn.Module):
    """The network while it learns: which picture is this crop of, is it painted, how was it spoilt, how much?

    Exemplars as classes: Dosovitskiy et al. 2014, arXiv:1406.6909; batch normalisation: Ioffe and Szegedy 2015,
    arXiv:1502.03167.

    Args:
        classes: number of exemplars.
        faults: number of kinds of spoiling, that of none among them.
        width: of the FeatNet.
    """

    def __init__(self, classes: int, faults: int, width: int = 48) -> None:
        super().__init__()
        self.trunk = FeatNet(width)
        self.norms = nn.ModuleList(nn.BatchNorm2d(layer.out_channels) for layer in self._convolutions())
        last = self._convolutions()[-1].out_channels
        self.which = nn.Linear(last, classes + 1)
        self.fault = nn.Linear(sum(layer.out_channels for layer in self._convolutions()[1::2]), faults + 1)

    def forward(self, x: Tensor) -> Tensor:
        """Give (B, classes + 1 + faults + 1): logits of the exemplars, of painted, of the faults; their strength."""
        x = (x - MEAN) / SPREAD
        pooled = []
        for index, (layer, norm) in enumerate(zip(self.trunk.layers, self.norms, strict=True)):
            if index in (2, 4, 6):
                x = F.avg_pool2d(x, 2)
            x = F.relu(norm(layer(x)))
            if index % 2:
                pooled.append(x.mean((2, 3)))
        return torch.cat([self.which(pooled[-1]), self.fault(torch.cat(pooled, 1))], 1)

    @torch.no_grad()
    def folded(self) -> FeatNet:
        """Give the trunk with the normalisation folded into its weights."""
        net = FeatNet(self._convolutions()[0].out_channels).to(next(self.parameters()).device)
        for layer, norm, new in zip(self._convolutions(), self.norms, net.layers, strict=True):
            assert isinstance(norm, nn.BatchNorm2d) and isinstance(new, nn.Conv2d)
            assert norm.running_var is not None and norm.running_mean is not None
            assert layer.bias is not None and new.bias is not None
            factor = norm.weight / (norm.running_var + norm.eps).sqrt()
            new.weight.copy_(layer.weight * factor[:, None, None, None])
            new.bias.copy_((layer.bias - norm.running_mean) * factor + norm.bias)
        return net.eval().requires_grad_(False)

    def _convolutions(self) -> list[nn.Conv2d]:
        return [layer for layer in self.trunk.layers if isinstance(layer, nn.Conv2d)]

"""A plain U-Net of residual blocks: for pictures that keep their size."""

from collections.abc import Mapping
from typing import Any

import torch.nn.functional as F
from torch import Tensor, nn

from .fused import added, folded, fusible, leaky, shuffled


class ResidualBlock(nn.Module):
    """Add a correction of two 3x3 convolutions, which begins small.  He et al. 2015, arXiv:1512.03385."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.first = nn.Conv2d(width, width, 3, padding=1)
        self.second = nn.Conv2d(width, width, 3, padding=1)
        nn.init.kaiming_normal_(self.first.weight, a=0.1)
        nn.init.kaiming_normal_(self.second.weight, a=0.1)
        self.second.weight.data.mul_(0.1)

    def forward(self, x: Tensor) -> Tensor:
        """(B, width, H, W) in and out."""
        return added(x, self.second, leaky(self.first, x))


class PlainUNet(nn.Module):
    """Restore a picture: three sizes, skips that are added, and the first three channels added to the result.

    Ronneberger et al. 2015, arXiv:1505.04597, with residual blocks; the input is first folded into channels (pixel
    unshuffle), which makes it cheap.  No normalisation: what it does depends on nothing far away.

    Args:
        inputs: channels in; the first three are the picture to restore.
        width: channels at the finest size; twice and four times as many at the coarser ones.
        fine, middle, coarse: residual blocks at each size; fine and middle ones both going down and coming up.
        fold: the side of the squares that become channels, 1, 2 or 4.
    """

    def __init__(
        self, *, inputs: int = 3, width: int = 32, fine: int = 2, middle: int = 2, coarse: int = 4, fold: int = 2
    ) -> None:
        super().__init__()
        self.inputs, self.fold = inputs, fold
        self.head = nn.Conv2d(inputs * fold**2, width, 3, padding=1)
        self.down_fine = _blocks(width, fine)
        self.to_middle = nn.Conv2d(width, 2 * width, 2, stride=2)
        self.down_middle = _blocks(2 * width, middle)
        self.to_coarse = nn.Conv2d(2 * width, 4 * width, 2, stride=2)
        self.bottom = _blocks(4 * width, coarse)
        self.from_coarse = nn.Conv2d(4 * width, 8 * width, 1)
        self.up_middle = _blocks(2 * width, middle)
        self.from_middle = nn.Conv2d(2 * width, 4 * width, 1)
        self.up_fine = _blocks(width, fine)
        self.tail = nn.Conv2d(width, 3 * fold**2, 3, padding=1)
        self.tail.weight.data.mul_(0.1)

    def forward(self, x: Tensor) -> Tensor:
        """Restore.

        Args:
            x: (B, inputs, H, W); H and W multiples of 4 * fold.

        Returns:
            (B, 3, H, W), not cut off to [0, 1].
        """
        small = x.to(self.head.weight.dtype)  # half precision is enough for what is added
        fusing = fusible(
            self.head, small
        )  # else a wide convolution may take longer than to fold, and so may its gradient
        head = folded(self.head, small, self.fold) if fusing else self.head(F.pixel_unshuffle(small, self.fold))
        fine = self.down_fine(head)
        middle = self.down_middle(self.to_middle(fine))
        coarse = self.bottom(self.to_coarse(middle))
        middle = self.up_middle(shuffled(self.from_coarse, coarse, 2, middle))
        fine = self.up_fine(shuffled(self.from_middle, middle, 2, fine))
        return shuffled(self.tail, fine, self.fold, x[:, :3])


def reach(config: Mapping[str, Any]) -> int:
    """Give a bound on how far an output pixel sees, in input pixels: every 3x3 adds its stride, every stride itself."""
    steps = 2 * (1 + 2 * config["fine"]), 2 * 4 * config["middle"], 4 * 2 * config["coarse"]
    return int(config["fold"] * (sum(steps) + 4))


def multiple(config: Mapping[str, Any]) -> int:
    """Give the number that height and width are multiples of."""
    return int(4 * config["fold"])


def _blocks(width: int, count: int) -> nn.Sequential:
    return nn.Sequential(*(ResidualBlock(width) for _ in range(count)))

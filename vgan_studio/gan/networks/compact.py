"""A plain chain of convolutions that enlarges pictures."""

import torch
from torch import Tensor, nn

from .fused import SLOPE, leaky, shuffled


class Compact(nn.Module):
    """Enlarge a picture: a chain of 3x3 convolutions, a pixel shuffle, and the enlarged input added.

    The layout and the names of the parameters are those of SRVGGNetCompact (Wang et al. 2021, Real-ESRGAN,
    arXiv:2107.10833), with LeakyReLU(0.1) for its PReLU, which is a fifth quicker on a CPU.  Pixel shuffle: Shi et al.
    2016, arXiv:1609.05158.

    Args:
        width: channels inside.
        depth: convolutions between the first and the last.
        scale: how many times larger the output is.
    """

    def __init__(self, width: int = 32, depth: int = 8, scale: int = 2) -> None:
        super().__init__()
        self.scale = scale
        layers: list[nn.Module] = []
        for channels in [3] + [width] * depth:
            layers += [nn.Conv2d(channels, width, 3, padding=1), nn.LeakyReLU(SLOPE, inplace=True)]
        self.body = nn.Sequential(*layers, nn.Conv2d(width, 3 * scale**2, 3, padding=1))
        self._begin_as_nearest()

    def forward(self, x: Tensor) -> Tensor:
        """Enlarge.

        Args:
            x: (B, 3, H, W) in [0, 1].

        Returns:
            (B, 3, scale * H, scale * W), not cut off to [0, 1].
        """
        y = x.to(next(self.parameters()).dtype)  # half precision is enough for what is added
        *inner, last = (layer for layer in self.body if isinstance(layer, nn.Conv2d))
        for convolution in inner:
            y = leaky(convolution, y)
        return shuffled(last, y, self.scale, x)

    def for_others(self) -> dict[str, Tensor]:
        """Give the parameters as programs that know SRVGGNetCompact want them: with a PReLU after each convolution.

        Files hold them so: spandrel reads them as "Compact".
        """
        widths = {f"body.{i - 1}": i for i, layer in enumerate(self.body) if isinstance(layer, nn.LeakyReLU)}
        found = {name: tensor.detach().clone() for name, tensor in self.state_dict().items()}
        slopes = {f"body.{i}.weight": torch.full_like(found[f"{before}.bias"], SLOPE) for before, i in widths.items()}
        return found | slopes

    def _begin_as_nearest(self) -> None:
        """Keep the variance along the chain (He et al. 2015, arXiv:1502.01852), and begin near the enlarged input."""
        convolutions = [layer for layer in self.body if isinstance(layer, nn.Conv2d)]
        for convolution in convolutions:
            nn.init.kaiming_normal_(convolution.weight, a=SLOPE)
            assert convolution.bias is not None
            nn.init.zeros_(convolution.bias)
        convolutions[-1].weight.data.mul_(0.1)

"""The critics of training.  They are never shipped."""

from itertools import pairwise

from torch import Tensor, nn
from torch.nn.utils.parametrizations import spectral_norm


class PatchD(nn.Module):
    """Judge patches of a picture, each 20 pixels wide: fine texture, not what is shown.

    Isola et al. 2017, arXiv:1611.07004, with spectral normalisation (Miyato et al. 2018, arXiv:1802.05957) of all but
    the first and the last layer, which may choose the scale, as in Wang et al. 2021 (Real-ESRGAN), arXiv:2107.10833.

    Args:
        channels: of the input; a condition is concatenated to the picture.
        widths: of the layers; all but the first, which sees every pixel alike, halve the size.
    """

    def __init__(self, channels: int = 3, widths: tuple[int, ...] = (24, 48, 64)) -> None:
        super().__init__()
        first = nn.Conv2d(channels, widths[0], 3, padding=1)
        others = [spectral_norm(nn.Conv2d(a, b, 4, stride=2, padding=1)) for a, b in pairwise(widths)]
        self.layers = nn.ModuleList([first, *others])
        self.head = nn.Conv2d(widths[-1], 1, 3, padding=1)

    def forward(self, x: Tensor) -> tuple[Tensor, list[Tensor]]:
        """Give the logits, larger for real, (B, 1, H / 4, W / 4), and the features of every layer.

        Args:
            x: (B, channels, H, W); H and W are multiples of 4.
        """
        features: list[Tensor] = []
        for layer in self.layers:
            x = nn.functional.leaky_relu(layer(x), 0.2)
            features.append(x)
        return self.head(x), features

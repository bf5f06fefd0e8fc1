"""Paint a picture in the style of others: one network, which a code of 64 numbers turns into that of a style."""

from collections.abc import Mapping
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

FOLD = 4  # the side of the squares that become channels
CODE = 64  # numbers that are a style: the first is 1, how much of it; all zero are no style at all


class Painter(nn.Module):
    """Paint in one style: residual blocks on squares of four by four pixels.  Each style has weights of its own.

    No normalisation: what it does depends on nothing far away, so that tiles do not show.

    Args:
        width: channels.
        blocks: residual blocks.
    """

    def __init__(self, *, width: int = 64, blocks: int = 8) -> None:
        super().__init__()
        self.head = nn.Conv2d(3 * FOLD**2, width, 3, padding=1)
        self.first = nn.ModuleList(nn.Conv2d(width, width, 3, padding=1) for _ in range(blocks))
        self.second = nn.ModuleList(nn.Conv2d(width, width, 3, padding=1) for _ in range(blocks))
        self.tail = nn.Conv2d(width, 3 * FOLD**2, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        """Paint.

        Args:
            x: (B, 3, H, W); H and W multiples of 4.

        Returns:
            (B, 3, H, W), not cut off to [0, 1].
        """
        h = self.head(F.pixel_unshuffle(x.to(self.head.weight.dtype), FOLD))
        for first, second in zip(self.first, self.second, strict=True):
            h = h + second(F.leaky_relu(first(h), 0.1, inplace=True))
        y: Tensor = x + F.pixel_shuffle(self.tail(h), FOLD)
        return y


class Encoder(nn.Module):
    """Give the code of a picture's style, wherever in it things are.

    Args:
        width: channels at the finest size; twice as many at the coarser ones.
    """

    def __init__(self, width: int = 64) -> None:
        super().__init__()
        self.layers = nn.ModuleList(
            [
                nn.Conv2d(3 * FOLD**2, width, 3, padding=1),
                nn.Conv2d(width, 2 * width, 3, padding=1, stride=2),
                nn.Conv2d(2 * width, 2 * width, 3, padding=1, stride=2),
            ]
        )
        self.code = nn.Linear(7 * width, CODE - 1)

    def forward(self, x: Tensor) -> Tensor:
        """(B, 3, H, W) in [0, 1], H and W multiples of 16, to (B, CODE)."""
        h = F.pixel_unshuffle(x * 2 - 1, FOLD)
        pooled = []
        for layer in self.layers:
            h = F.leaky_relu(layer(h), 0.1)
            pooled.append(h.float().mean((2, 3)))
        pooled.append((h.float().var((2, 3)) + 1e-5).sqrt())
        with torch.autocast(x.device.type, enabled=False):
            numbers = self.code(torch.cat(pooled, 1))
        return F.pad(numbers, (1, 0), value=1.0)


class Stylist(nn.Module):
    """Hold what makes a painter of a style: its common weights, the encoder of styles, and codes of some styles.

    The code scales and shifts what every convolution gives, and decides how much of the whole is added to the picture:
    of a code of zeros that is nothing.  Codes of several pictures are averaged.  Liu et al. 2019 (FUNIT),
    arXiv:1905.01723; scales and shifts: Perez et al. 2018 (FiLM), arXiv:1709.07871.

    Args:
        width, blocks: as for `Painter`.
        styles: number of codes that are kept, in `codes`, (styles, CODE).

    Attributes:
        examples: while it learns, pictures of each kept style, (3, H, W), of which the codes are made in the end.
    """

    codes: Tensor

    def __init__(self, *, width: int = 64, blocks: int = 8, styles: int = 12) -> None:
        super().__init__()
        self.config = {"width": width, "blocks": blocks}
        self.examples: list[list[Tensor]] = []
        self.painter = Painter(**self.config)
        self.encoder = Encoder(width)
        self.scales = nn.ModuleList(nn.Linear(CODE, 2 * width) for _ in range(blocks))
        self.shifts = nn.Linear(CODE, width, bias=False)
        self.gate = nn.Linear(CODE, width, bias=False)
        self.tint = nn.Linear(CODE, 3, bias=False)
        self.register_buffer("codes", torch.zeros(styles, CODE))
        self._begin()

    def _begin(self) -> None:
        for first, second in zip(self.painter.first, self.painter.second, strict=True):
            assert isinstance(first, nn.Conv2d) and isinstance(second, nn.Conv2d)
            nn.init.kaiming_normal_(first.weight, a=0.1)
            nn.init.kaiming_normal_(second.weight, a=0.1)
            second.weight.data.mul_(0.1)
        self.encoder.code.weight.data.mul_(3)
        for layer in self.scales:
            assert isinstance(layer, nn.Linear)
            layer.weight.data.mul_(0.5)
            nn.init.zeros_(layer.bias)
        # All places of a square begin alike, so that no lattice is there to be unlearnt.
        tail = self.painter.tail
        alike = torch.randn(3, 1, *tail.weight.shape[1:]) * 0.01
        tail.weight.data.copy_(alike.expand(-1, FOLD**2, -1, -1, -1).flatten(0, 1))
        nn.init.zeros_(tail.bias)  # type: ignore[arg-type]
        self.gate.weight.data.mul_(0.3)
        self.gate.weight.data[:, 0] = 1
        self.tint.weight.data.mul_(0.3)

    def encode(self, pictures: Tensor) -> Tensor:
        """Give the style of pictures together: (B, K, 3, H, W), H and W multiples of 16, to (B, CODE)."""
        codes: Tensor = self.encoder(pictures.flatten(0, 1))
        return codes.view(*pictures.shape[:2], CODE).mean(1)

    def forward(self, x: Tensor, pictures: Tensor | None = None) -> Tensor:
        """Paint each picture in the style of its own references.

        Args:
            x: (B, 3, H, W), H and W multiples of 4.
            pictures: (B, K, 3, H', W'), multiples of 16; without them it is the first of the kept styles.

        Returns:
            (B, 3, H, W), not cut off to [0, 1].
        """
        codes = self.codes[:1].expand(len(x), -1) if pictures is None else self.encode(pictures)
        return self.paint(x, codes)

    def paint(self, x: Tensor, codes: Tensor) -> Tensor:
        """Paint each picture, (B, 3, H, W), by a code of its own, (B, CODE)."""
        own = self.painter
        h = own.head(F.pixel_unshuffle(x, FOLD)) + _spread(self.shifts(codes))
        for first, second, scale in zip(own.first, own.second, self.scales, strict=True):
            by, to = (_spread(part) for part in scale(codes).chunk(2, 1))
            h = h + second(F.leaky_relu(first(h) * (1 + by) + to, 0.1))
        added = F.conv2d(h * _spread(self.gate(codes)), own.tail.weight, padding=1)
        y: Tensor = x + F.pixel_shuffle(added, FOLD) + _spread(self.tint(codes))
        return y

    @torch.no_grad()
    def bound(self, code: Tensor) -> Painter:
        """Make the painter of a style: its code, (CODE,), is folded into the weights."""
        own, made = self.painter, Painter(**self.config)
        made.load_state_dict(own.state_dict())
        made.head.bias.add_(self.shifts(code))  # type: ignore[union-attr]
        for layer, scale in zip(made.first, self.scales, strict=True):
            assert isinstance(layer, nn.Conv2d) and layer.bias is not None
            by, to = scale(code).chunk(2)
            layer.weight.mul_(1 + by[:, None, None, None])
            layer.bias.mul_(1 + by).add_(to)
        made.tail.weight.mul_(self.gate(code)[:, None, None])
        made.tail.bias.copy_(self.tint(code).repeat_interleave(FOLD**2))  # type: ignore[union-attr]
        return made.eval().requires_grad_(False)


def reach(config: Mapping[str, Any]) -> int:
    """Give a bound on how far an output pixel sees, in input pixels."""
    return FOLD * (2 + 2 * int(config["blocks"])) + FOLD


def _spread(numbers: Tensor) -> Tensor:
    return numbers[:, :, None, None]

"""Paint a picture in the style of others: one network, which a code of 64 numbers turns into that of a style."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from vgan_studio.gan.device import half

from .features import MEAN, SPREAD
from .fused import added, leaky

FOLD = 4  # the side of the squares that become channels
CODE = 64  # numbers that are a style: the first is 1, how much of it; all zero are no style at all
INPUTS = 4  # channels: the picture, and a grain of which strokes can grow where the picture is even
GRAIN = 1024  # pixels after which the grain repeats itself; at 256 that is seen in skies
PAD = 16  # pixels around a picture that the painter makes up, so that what is beyond its edges is not black
WIDTHS = (48, 48, 96, 96)  # of the layers of the eyes, those of a FeatNet's first four
TRAITS = 2 * 2 * (WIDTHS[1] + WIDTHS[3]) + 9  # numbers that are seen in a picture
_MOST = 3.0  # deviations from the paintings it was taught within which a code lies
_UNIT = 40.0  # deviations that are a one in a code: all of them together weigh as much as its first number then


class Painter(nn.Module):
    """Paint in one style: residual blocks on squares of four by four pixels, then one on squares of two.

    No normalisation: what it does depends on nothing far away, so that tiles do not show.  The last step, from squares
    to pixels, is smoothed by (1, 2, 1): that has no answer at the frequency of the squares, so that they cannot show.

    Args:
        width: channels; three quarters as many on squares of two.
        blocks: residual blocks.
    """

    smooth: Tensor
    keep: Tensor

    def __init__(self, *, width: int = 64, blocks: int = 8) -> None:
        super().__init__()
        fine = 3 * width // 4
        self.head = nn.Conv2d(INPUTS * FOLD**2, width, 3, padding=1)
        self.first = nn.ModuleList(nn.Conv2d(width, width, 3, padding=1) for _ in range(blocks))
        self.second = nn.ModuleList(nn.Conv2d(width, width, 3, padding=1) for _ in range(blocks))
        self.up = nn.Conv2d(width + INPUTS * 4, fine, 3, padding=1)
        self.fine_first = nn.Conv2d(fine, fine, 3, padding=1)
        self.fine_second = nn.Conv2d(fine, fine, 3, padding=1)
        self.tail = nn.Conv2d(fine, 12, 3, padding=1)
        self.tint = nn.Conv2d(3, 3, 1)
        self.register_buffer("smooth", _smoothing(), persistent=False)
        self.register_buffer("keep", torch.zeros(()))

    def forward(self, x: Tensor) -> Tensor:
        """Paint.

        Args:
            x: (B, 4, H, W), a picture with its `grain`; H and W multiples of 4.

        Returns:
            (B, 3, H, W), not cut off to [0, 1].
        """
        wide = F.pad(x.to(self.head.weight.dtype), [PAD] * 4, mode="replicate")
        h = self.head(F.pixel_unshuffle(wide, FOLD))
        for first, second in zip(self.first, self.second, strict=True):
            assert isinstance(first, nn.Conv2d) and isinstance(second, nn.Conv2d)
            h = added(h, second, leaky(first, h))
        h = leaky(self.up, torch.cat([_doubled(h), F.pixel_unshuffle(wide, 2)], 1))
        h = added(h, self.fine_second, leaky(self.fine_first, h))
        return x[:, :3] * self.keep + _finished(self.tail(h), self.tint(wide[:, :3]), self.smooth)


class Stylist(nn.Module):
    """Hold what makes a painter of a style: its common weights, eyes for styles, and the codes of some.

    What the eyes see, means and deviations of the first layers of a FeatNet at two sizes and of the colours, tells
    styles apart (Huang and Belongie 2017, arXiv:1703.06868); the code is its principal components over the paintings
    that were taught.  It scales and shifts what convolutions give: Perez et al. 2018 (FiLM), arXiv:1709.07871.  Codes
    of several pictures are averaged: Liu et al. 2019 (FUNIT), arXiv:1905.01723.

    Args:
        width, blocks: as for `Painter`.
        styles: number of codes that are kept, in `codes`, (styles, CODE).

    Attributes:
        middle, components: (TRAITS,) and (CODE - 1, TRAITS): a code is how far traits lie from the middle.
        examples: while it learns, pictures of each kept style, (3, H, W), of which the codes are made in the end.
    """

    codes: Tensor
    middle: Tensor
    components: Tensor

    def __init__(self, *, width: int = 64, blocks: int = 8, styles: int = 12) -> None:
        super().__init__()
        fine = 3 * width // 4
        self.config = {"width": width, "blocks": blocks}
        self.examples: list[list[Tensor]] = []
        self.painter = Painter(**self.config)
        del self.painter.tint, self.painter.keep
        inputs = (3, *WIDTHS[:-1])
        self.eyes = nn.ModuleList(nn.Conv2d(a, b, 3, padding=1) for a, b in zip(inputs, WIDTHS, strict=True))
        self.eyes.requires_grad_(False)
        self.scales = nn.ModuleList(nn.Linear(CODE, 2 * width) for _ in range(blocks))
        self.fine_scales = nn.ModuleList(nn.Linear(CODE, 2 * fine) for _ in range(2))
        self.shifts = nn.Linear(CODE, width, bias=False)
        self.gate = nn.Linear(CODE, fine, bias=False)
        self.tint = nn.Linear(CODE, 12, bias=False)
        self.register_buffer("middle", torch.zeros(TRAITS))
        self.register_buffer("components", torch.zeros(CODE - 1, TRAITS))
        self.register_buffer("codes", torch.zeros(styles, CODE))
        self._begin()

    def _begin(self) -> None:
        own = self.painter
        pairs = [*zip(own.first, own.second, strict=True), (own.fine_first, own.fine_second)]
        for first, second in pairs:
            assert isinstance(first, nn.Conv2d) and isinstance(second, nn.Conv2d)
            nn.init.kaiming_normal_(first.weight, a=0.1)
            nn.init.kaiming_normal_(second.weight, a=0.1)
            second.weight.data.mul_(0.1)
        for layer in (*self.scales, *self.fine_scales, self.shifts):
            assert isinstance(layer, nn.Linear)
            layer.weight.data.mul_(16)
            layer.weight.data[:, 0].mul_(0.03)
        for layer in (*self.scales, *self.fine_scales):
            nn.init.zeros_(layer.bias)
        own.tail.weight.data.mul_(0.1)
        nn.init.zeros_(own.tail.bias)  # type: ignore[arg-type]
        for layer, of_one in ((self.gate, torch.ones(1)), (self.tint, torch.eye(3, 4).flatten())):
            layer.weight.data.mul_(3)
            layer.weight.data[:, 0] = of_one

    @torch.no_grad()
    def traits(self, pictures: Tensor) -> Tensor:
        """Say what is seen in pictures, wherever in them it is: (B, 3, H, W) in [0, 1], at least 32, to (B, TRAITS)."""
        seen = []
        for size in (1, 2):
            h = ((F.avg_pool2d(pictures, size) - MEAN) / SPREAD).contiguous(memory_format=torch.channels_last)
            with half(h.device.type):
                for index, layer in enumerate(self.eyes):
                    h = F.relu(layer(F.avg_pool2d(h, 2) if index == 2 else h))
                    if index % 2:
                        inner = h[..., 2:-2, 2:-2].float()
                        seen += [inner.mean((2, 3)), inner.std((2, 3))]
        flat = pictures.flatten(2)
        apart = flat - flat.mean(2, keepdim=True)
        spread = apart.square().mean(2).sqrt()
        together = torch.stack([(apart[:, a] * apart[:, b]).mean(1) for a, b in ((0, 1), (0, 2), (1, 2))], 1)
        return torch.cat([*seen, flat.mean(2), spread, together], 1)

    def code(self, traits: Tensor) -> Tensor:
        """Give the codes of traits, (B, TRAITS) to (B, CODE); those far from all that was taught are drawn nearer."""
        numbers = (traits - self.middle) @ self.components.T
        return F.pad(_MOST / _UNIT * torch.tanh(numbers / _MOST), (1, 0), value=1.0)

    def encode(self, pictures: Tensor) -> Tensor:
        """Give the style of pictures together: (B, K, 3, H, W), H and W at least 32, to (B, CODE)."""
        codes = self.code(self.traits(pictures.flatten(0, 1)))
        return codes.view(*pictures.shape[:2], CODE).mean(1)

    @torch.no_grad()
    def learn_codes(self, traits: Tensor) -> None:
        """Make the components of the traits of paintings, (N, TRAITS), each number with the same deviation."""
        deviation = traits.std(0).clamp(min=1e-3)
        self.middle.copy_(traits.mean(0))
        around = (traits - self.middle) / deviation
        _, lengths, axes = torch.linalg.svd(around, full_matrices=False)
        count = min(CODE - 1, len(axes))
        of_each = lengths[:count] / (len(traits) ** 0.5)
        of_each = of_each.add(0.02 * of_each[0])  # the last ones are chance
        self.components.zero_()
        self.components[:count] = axes[:count] / of_each[:, None] / deviation

    def forward(self, x: Tensor, pictures: Tensor | None = None) -> Tensor:
        """Paint each picture in the style of its own references.

        Args:
            x: (B, 3, H, W), H and W multiples of 4.
            pictures: (B, K, 3, H', W'), at least 32; without them it is the first of the kept styles.

        Returns:
            (B, 3, H, W), not cut off to [0, 1].
        """
        codes = self.codes[:1].expand(len(x), -1) if pictures is None else self.encode(pictures)
        return self.paint(x, codes)

    def paint(self, x: Tensor, codes: Tensor, *, own_grain: Tensor | None = None, pad: bool = True) -> Tensor:
        """Paint each picture, (B, 3, H, W), by a code of its own, (B, CODE).

        Without `pad` what lies beyond the edges is black, and the outer pixels are not to be used.
        """
        own = self.painter
        seen = grained(x) if own_grain is None else torch.cat([x, own_grain], 1)
        seen, codes = (one.to(own.head.weight.dtype) for one in (seen, codes))
        wide = F.pad(seen, [PAD] * 4, mode="replicate") if pad else seen
        h = own.head(F.pixel_unshuffle(wide, FOLD)) + _spread(self.shifts(codes))
        for first, second, scale in zip(own.first, own.second, self.scales, strict=True):
            h = h + second(F.leaky_relu(_modulated(first(h), scale(codes)), 0.1))
        h = own.up(torch.cat([_doubled(h), F.pixel_unshuffle(wide, 2)], 1))
        h = F.leaky_relu(_modulated(h, self.fine_scales[0](codes)), 0.1)
        h = h + own.fine_second(F.leaky_relu(_modulated(own.fine_first(h), self.fine_scales[1](codes)), 0.1))
        h = F.conv2d(h * _spread(self.gate(codes)), own.tail.weight, padding=1)
        matrix = self.tint(codes).view(-1, 3, 4)
        tinted = torch.einsum("bij,bjhw->bihw", matrix[..., :3], wide[:, :3]) + matrix[..., 3:, None]
        return x * _spread(1 - codes[:, :1]) + _finished(h, tinted, own.smooth, pad=pad)

    @torch.no_grad()
    def bound(self, code: Tensor) -> Painter:
        """Make the painter of a style: its code, (CODE,), is folded into the weights."""
        own, made = self.painter, Painter(**self.config)
        made.load_state_dict(own.state_dict(), strict=False)
        made.head.bias.add_(self.shifts(code))  # type: ignore[union-attr]
        layers = (*made.first, made.up, made.fine_first)
        for layer, scale in zip(layers, (*self.scales, *self.fine_scales), strict=True):
            assert isinstance(layer, nn.Conv2d) and layer.bias is not None
            by, to = scale(code).chunk(2)
            layer.weight.mul_(1 + by[:, None, None, None])
            layer.bias.mul_(1 + by).add_(to)
        made.tail.weight.mul_(self.gate(code)[:, None, None])
        made.tail.bias.zero_()  # type: ignore[union-attr]
        matrix = self.tint(code).view(3, 4)
        made.tint.weight.copy_(matrix[:, :3, None, None])
        made.tint.bias.copy_(matrix[:, 3])  # type: ignore[union-attr]
        made.keep.copy_(1 - code[0])
        return made.eval().requires_grad_(False)


def grained(x: Tensor) -> Tensor:
    """Lay the grain over pictures as a fourth channel: (B, 3, H, W) to (B, 4, H, W)."""
    return torch.cat([x, grain(*x.shape[2:]).to(x).expand(len(x), -1, -1, -1)], 1)


def grain(height: int, width: int, place: tuple[int, int] = (0, 0)) -> Tensor:
    """Cut a part out of the grain, down and across from a place: (1, 1, H, W)."""
    rows, columns = (
        (start + torch.arange(length)) % GRAIN for start, length in zip(place, (height, width), strict=True)
    )
    return _grain()[..., rows[:, None], columns]


@lru_cache(maxsize=1)
def _grain() -> Tensor:
    """Make the grain, (1, 1, GRAIN, GRAIN) about 0.5: chance of five sizes, the same at all times, without a seam."""
    with torch.inference_mode(False):
        chance = torch.Generator().manual_seed(7)
        whole = torch.zeros(1, 1, GRAIN, GRAIN)
        for size in (1, 2, 4, 8, 16):
            noise = torch.randn(1, 1, GRAIN // size, GRAIN // size, generator=chance)
            noise = F.conv2d(F.pad(noise, [1] * 4, mode="circular"), torch.full((1, 1, 3, 3), 1 / 3))
            wide = F.interpolate(F.pad(noise, [2] * 4, mode="circular"), scale_factor=size, mode="bicubic")
            whole += wide[..., 2 * size : -2 * size, 2 * size : -2 * size]
        return 0.5 + 0.08 * whole


def reach(config: Mapping[str, Any]) -> int:
    """Give a bound on how far an output pixel sees, in input pixels."""
    return FOLD * (2 + 2 * int(config["blocks"])) + 2 * FOLD + 2 * 6


def _finished(squares: Tensor, tinted: Tensor, smooth: Tensor, *, pad: bool = True) -> Tensor:
    """Lay squares of two, (B, 12, H / 2, W / 2), over the picture in its new colours, (B, 3, H, W)."""
    whole = squares + F.pixel_unshuffle(tinted, 2)
    y = F.pixel_shuffle(F.conv2d(whole, smooth.to(whole.dtype), padding=1), 2)
    return y[..., PAD:-PAD, PAD:-PAD].float() if pad else y.float()


def _smoothing() -> Tensor:
    """Write (1, 2, 1) / 4 in both directions, on pixels, as a convolution of squares of two: (12, 12, 3, 3)."""
    each = F.pixel_shuffle(torch.eye(12 * 9).view(12 * 9, 12, 3, 3), 2)  # every weight alone, as pixels
    taps = torch.tensor([0.25, 0.5, 0.25])
    smooth = F.conv2d(each, (taps[:, None] * taps).expand(3, 1, 3, 3), padding=1, groups=3)
    return F.pixel_unshuffle(smooth, 2)[..., 1, 1].T.reshape(12, 12, 3, 3)


def _doubled(h: Tensor) -> Tensor:
    return F.interpolate(h, scale_factor=2, mode="nearest")


def _modulated(h: Tensor, numbers: Tensor) -> Tensor:
    by, to = (_spread(part) for part in numbers.chunk(2, 1))
    return h * (1 + by) + to


def _spread(numbers: Tensor) -> Tensor:
    return numbers[:, :, None, None]

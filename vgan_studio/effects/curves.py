"""The effect `color.curves`: lines through points, as in every darkroom since."""

from functools import lru_cache

import torch
from torch import Tensor

from vgan_studio.effects.light import bounded, looked_up, straight
from vgan_studio.effects.spec import Points, effect
from vgan_studio.picture import Picture

_ENTRIES = 4097
_PLAIN = (0.0, 0.0, 1.0, 1.0)


@effect(
    "color.curves",
    "Curves",
    master=Points(_PLAIN),
    red=Points(_PLAIN),
    green=Points(_PLAIN),
    blue=Points(_PLAIN),
)
def curves(
    x: Picture, *, master: tuple[float, ...], red: tuple[float, ...], green: tuple[float, ...], blue: tuple[float, ...]
) -> Picture:
    """Bend the straight signal of each channel: first by the master curve, then by its own.

    Between its points a curve is smooth and rises where they rise (see `curve`).
    """
    if {master, red, green, blue} == {_PLAIN}:
        return x
    return bounded(looked_up(straight(x), _tables(master, (red, green, blue))) * x[:, 3:], x[:, 3:])


def curve(points: tuple[float, ...], x: Tensor) -> Tensor:
    """Give the heights at `x` of a curve through points (x0, y0, x1, y1, ...), level outside of them.

    A piecewise cubic that never overshoots: monotone between any two points.

    Fritsch and Butland 1984, SIAM J. Sci. Stat. Comput. 5(2), eq. 5.
    """
    knots, heights = (torch.tensor(points[i::2], dtype=torch.float64) for i in (0, 1))
    steps = knots.diff()
    rises = heights.diff() / steps  # (N - 1,)
    slopes = _slopes(steps, rises)  # (N,)
    i = (torch.bucketize(x.double(), knots, right=True) - 1).clamp(0, len(steps) - 1)
    t = ((x.double() - knots[i]) / steps[i]).clamp(0, 1)
    start, end, step = heights[i], heights[i + 1], steps[i]
    bend = (1 - t) * slopes[i] * step - t * slopes[i + 1] * step + (t - (1 - t)) * (end - start)
    return (start + t * (end - start) + t * (1 - t) * bend).clamp(0, 1)


def _slopes(steps: Tensor, rises: Tensor) -> Tensor:
    if len(rises) == 1:
        return rises.repeat(2)
    before, after = rises[:-1], rises[1:]
    share = (steps[:-1] + 2 * steps[1:]) / (3 * (steps[:-1] + steps[1:]))
    turning = before * after <= 0
    mean = share * after + (1 - share) * before
    inner = torch.where(turning, 0.0, before * after / torch.where(turning, 1.0, mean))
    return torch.cat([rises[:1], inner, rises[-1:]])


@lru_cache(maxsize=16)
def _tables(master: tuple[float, ...], channels: tuple[tuple[float, ...], ...]) -> Tensor:
    whole = curve(master, torch.linspace(0, 1, _ENTRIES, dtype=torch.float64))
    return torch.stack([curve(channel, whole) for channel in channels]).float()  # (3, entries)

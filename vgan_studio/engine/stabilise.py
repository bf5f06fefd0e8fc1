"""Take the flicker out of what an effect made of neighbouring pictures, whatever the effect is.

Motion is that of the sources, not of the results: those may flicker, and where a source cannot be followed nothing is
mixed in.  After Lai et al. 2018, arXiv:1808.00449, and Bonneel et al. 2015, doi:10.1145/2816795.2818107, without a
network; instead of on the last result it leans on those of a window, so that every frame is computed by itself.
"""

from collections.abc import Sequence

import torch
from torch import Tensor

from vgan_studio.gan.flow import confidence, cut_between, flow, warp


def stabilise(results: Sequence[Tensor], sources: Sequence[Tensor], present: int, amount: float) -> Tensor:
    """Average the present result with its neighbours, carried along the sources' motion.

    Args:
        results: (B, C, H, W) each, in order of time.
        sources: (B, 3 or more, H, W) each, what they were made of, of the same size.
        present: which of them is wanted.
        amount: 0 gives it as it is; at 1 a neighbour that fits counts as much as itself.
    """
    if not amount:
        return results[present]
    y, x = results[present], sources[present]
    total, weights = y.clone(), torch.ones_like(y[:, :1])
    for index, (result, source) in enumerate(zip(results, sources, strict=True)):
        if index == present:
            continue
        motion = flow(x, source)
        unlike = cut_between(x, source).to(x.device)[:, None, None, None]
        weight = amount * confidence(x, warp(source, motion)).masked_fill(unlike, 0)
        total.addcmul_(warp(result, motion), weight)
        weights.add_(weight)
    return total.div_(weights)

"""Pictures and tables that the tests of effects share."""

from pathlib import Path

import torch
from torch import Tensor

# Small pictures gain nothing from threads, which wait for each other where other programs are busy.
torch.set_num_threads(1)

CUBE = str(Path(__file__).parent / "golden" / "teal.cube")


def picture(seed: int, size: tuple[int, int], batch: int = 1, alpha: str = "mixed") -> Tensor:
    """Make premultiplied noise; alpha is `mixed` (with holes and whole places), `opaque` or `none`."""
    noise = torch.rand(batch, 4, *size, generator=torch.Generator().manual_seed(seed))
    opacity = {"mixed": (noise[:, 3:] * 2 - 0.5).clamp(0, 1), "opaque": torch.ones_like(noise[:, 3:])}
    a = opacity.get(alpha, torch.zeros_like(noise[:, 3:]))
    return torch.cat([noise[:, :3] * a, a], 1).contiguous(memory_format=torch.channels_last)

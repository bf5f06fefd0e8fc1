"""Pictures and tables that the tests of effects share."""

from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
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


def painting(seed: int, side: int = 200, strokes: int = 900) -> NDArray[np.uint8]:
    """Make strokes of a few colours, all in one direction: (side, side, 3)."""
    rng = np.random.default_rng(seed)
    colours = rng.integers(0, 256, (4, 3))
    pixels = np.full((side, side, 3), colours[0], np.uint8)
    angle = rng.uniform(0, np.pi)
    for _ in range(strokes):
        x, y = rng.integers(0, side, 2)
        end = int(x + 14 * np.cos(angle)), int(y + 14 * np.sin(angle))
        cv2.line(pixels, (int(x), int(y)), end, colours[rng.integers(4)].tolist(), 3, cv2.LINE_AA)
    return pixels

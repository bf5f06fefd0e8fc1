"""A sheet of samples, to look at while a training runs."""

from pathlib import Path

import cv2
import torch
from torch import Tensor, nn

from .tasks import Batch

COUNT = 6


@torch.inference_mode()
def write_sheet(path: Path, generator: nn.Module, batch: Batch) -> None:
    """Write rows of input, output and target, where all three are pictures."""
    if batch.target.ndim != 4:
        return
    device = next(generator.parameters()).device
    x = batch.x[:COUNT]
    y = batch.to(device.type).given_to(generator).float().cpu()[:COUNT]
    size = (y.shape[2], y.shape[3])
    parts = [nn.functional.interpolate(x[:, :3], size, mode="nearest"), y, batch.target[:COUNT]]
    rows = [torch.cat(list(part), 2) for part in parts]  # (3, H, COUNT * W)
    cv2.imwrite(str(path), _bytes(torch.cat(rows, 1)))


def _bytes(x: Tensor) -> "cv2.typing.MatLike":
    return (x.clamp(0, 1) * 255).round().to(torch.uint8).permute(1, 2, 0).numpy()[..., ::-1].copy()

"""Several processes that train one model together: each its own crops, and the mean of all gradients.

torchrun --nproc-per-node N -m vgan_studio.gan.train RECIPE ...
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import torch
import torch.distributed as dist
from torch import nn


@contextmanager
def together(device: str) -> Iterator[str]:
    """Join the other processes if torchrun started this one, for as long as the context lasts; give the device."""
    if "WORLD_SIZE" not in os.environ:
        yield device
        return
    if device == "cuda":
        device = f"cuda:{os.environ['LOCAL_RANK']}"
        torch.cuda.set_device(device)
    dist.init_process_group("nccl" if device.startswith("cuda") else "gloo")
    try:
        yield device
    finally:
        dist.destroy_process_group()


def rank() -> int:
    """Give the number of this process, from 0."""
    return dist.get_rank() if dist.is_initialized() else 0


def count() -> int:
    """Give the number of processes."""
    return dist.get_world_size() if dist.is_initialized() else 1


def own_step(step: int) -> int:
    """Give the number under which this process makes its batch: no two share one, and alone it is the step."""
    return step * count() + rank()


@torch.no_grad()
def share_gradients(parameters: Iterable[nn.Parameter]) -> None:
    """Replace every gradient by the mean of all processes'."""
    if count() == 1:
        return
    gradients = [parameter.grad for parameter in parameters if parameter.grad is not None]
    flat = torch.cat([gradient.flatten() for gradient in gradients])
    dist.all_reduce(flat)
    parts = torch.split(flat / count(), [gradient.numel() for gradient in gradients])
    for gradient, part in zip(gradients, parts, strict=True):
        gradient.copy_(part.view(gradient.shape))


def agreed(share: float) -> float:
    """Give rank 0's share of the budget spent: clocks differ, and all must stop after the same step."""
    if count() == 1:
        return share
    told = torch.tensor([share], dtype=torch.float64, device="cuda" if dist.get_backend() == "nccl" else "cpu")
    dist.broadcast(told, 0)
    return float(told)

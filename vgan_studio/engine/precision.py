"""Which number format a network runs in: the quickest that gives the same picture."""

import copy
import logging
import time
from collections.abc import Callable
from contextlib import nullcontext
from itertools import count
from typing import Literal

import torch
from torch import Tensor, nn

from vgan_studio.gan.metrics import psnr

from .workers import using

log = logging.getLogger(__name__)

Precision = Literal["fp32", "fp16", "bf16"]

DTYPES: dict[str, torch.dtype] = {"fp32": torch.float32, "fp16": torch.float16, "bf16": torch.bfloat16}
LEAST_DB = 45.0  # below it a picture is not the same any more
SIDE = 96  # of the test picture
_QUICKER = 0.9  # of the time of fp32, or it is not worth it
_RUNS = 4  # in each format: one to warm up, the others to be timed


def candidates(device: torch.device) -> tuple[Precision, ...]:
    """Give the formats to try on a device before fp32, the best first.

    On CPUs without instructions for it bfloat16 is many times slower than fp32, so it is not even tried.
    """
    if device.type in ("cuda", "mps"):
        return ("fp16",)
    able = torch.cpu.get_capabilities()
    return ("bf16",) if able.get("avx512_bf16") or able.get("amx_bf16") else ()


def choose(
    exact: nn.Module,
    device: torch.device,
    multiple: int,
    wanted: str,
    channels: int = 3,
    *,
    tell: Callable[[float], None] = lambda share: None,
) -> Precision:
    """Choose the format for a network: half precision where it is quicker and gives the same picture.

    Args:
        exact: the network in fp32 on the device.
        multiple: the input's height and width are multiples of it.
        wanted: "auto", or a format; a format is taken if it gives the same picture, quicker or not.
        channels: of the input.
        tell: is told the share of the runs that are done.
    """
    x = picture(multiple).repeat(1, -(-channels // 3), 1, 1)[:, :channels].to(device)
    names = candidates(device) if wanted == "auto" else _named(wanted)
    runs = _RUNS * (1 + len(names))
    done = count(1)

    def ran() -> None:
        tell(next(done) / runs)

    target, fp32_seconds = _timed(exact, x, ran)
    for name in names:
        if name == "fp32":
            return name
        if name not in getattr(exact, "formats", DTYPES):  # a network from elsewhere knows what it cannot do
            log.info("%s is not for this network; fp32 is used.", name)
            continue
        y, seconds = _timed(converted(exact, name), x, ran)
        likeness = float(psnr(y.clamp(0, 1), target.clamp(0, 1)).min())
        log.info("%s: %.1f dB like fp32, %.2f of its time", name, likeness, seconds / fp32_seconds)
        if not likeness >= LEAST_DB:
            log.warning("%s gives only %.1f dB on %s; fp32 is used, which is slower.", name, likeness, device)
        elif wanted != "auto" or device.type != "cpu" or seconds < _QUICKER * fp32_seconds:
            return name
    return "fp32"


def converted(network: nn.Module, name: Precision) -> nn.Module:
    """Give a copy in a number format, its weights laid out for channels_last."""
    return copy.deepcopy(network).to(DTYPES[name]).to(memory_format=torch.channels_last)


def picture(multiple: int = 1) -> Tensor:
    """Make the test picture: ramps, edges, fine stripes and a little noise; (1, 3, H, W) in [0, 1]."""
    side = -(-SIDE // multiple) * multiple
    at = torch.linspace(0, 1, side)
    ramp = at[:, None] * at[None, :]
    stripes = 0.5 + 0.5 * torch.sin(at[None, :] ** 2 * side * 1.5).expand(side, side)
    edges = ((at[:, None] * 6).floor() + (at[None, :] * 5).floor()) % 2
    noise = torch.rand((side, side), generator=torch.Generator().manual_seed(0))
    return (torch.stack([ramp, stripes, edges]) * 0.9 + noise * 0.1)[None].contiguous(memory_format=torch.channels_last)


def _named(wanted: str) -> tuple[Precision, ...]:
    names: tuple[Precision, ...] = ("fp32", "fp16", "bf16")
    return tuple(name for name in names if name == wanted)


@torch.no_grad()
def _timed(network: nn.Module, x: Tensor, ran: Callable[[], None]) -> tuple[Tensor, float]:
    """Give the result and the seconds of the quickest of three runs, after one to warm up; `ran` is called after each.

    On a CPU it is the time that one thread works, which tells the truth on a busy machine, too.
    """
    clock = time.thread_time if x.device.type == "cpu" else time.perf_counter
    with using(1) if x.device.type == "cpu" else nullcontext():
        times = []
        for _ in range(_RUNS):
            began = clock()
            y: Tensor = network(x)
            if x.device.type == "cuda":
                torch.cuda.synchronize(x.device)
            times.append(clock() - began)
            ran()
    return y.float(), min(times[1:])

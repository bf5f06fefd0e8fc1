"""Where networks are trained, and in what precision."""

import contextlib

import torch

from vgan_studio.errors import EngineError


def choose(wanted: str = "auto") -> str:
    """Give the device: a name of torch's, or "auto" for the graphics card if there is one.

    Raises:
        EngineError: the device is not there.
    """
    if wanted == "auto":
        return "cuda" if torch.cuda.is_available() else "cpu"
    try:
        torch.zeros(1, device=wanted)
    except (RuntimeError, AssertionError) as error:
        raise EngineError(f"There is no device {wanted!r} on this machine; try cpu.") from error
    return wanted


def has_half(device: str) -> bool:
    """Say whether the device computes in bfloat16 itself; where it does not, that is far slower than float32."""
    if device.startswith("cuda"):
        return bool(torch.cuda.is_bf16_supported(including_emulation=False))
    return device == "cpu" and any(torch.cpu.get_capabilities().get(name) for name in ("avx512_bf16", "amx_bf16"))


def half(device: str) -> contextlib.AbstractContextManager[object]:
    """Compute in bfloat16 inside, where the device has it."""
    return torch.autocast(device.partition(":")[0], torch.bfloat16, enabled=has_half(device))

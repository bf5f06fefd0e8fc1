"""What a device cannot do, told from our own mistakes, in sentences that name what was running."""

from collections.abc import Iterator
from contextlib import contextmanager

import torch

from vgan_studio.errors import DeviceError, EngineError

_SHORTAGE = ("out of memory", "can't allocate memory", "not enough memory", "DefaultCPUAllocator")


def out_of_memory(error: BaseException) -> bool:
    """Tell whether an error is a shortage of memory; on the CPU torch raises a plain RuntimeError for it."""
    return isinstance(error, (torch.OutOfMemoryError, MemoryError)) or any(word in str(error) for word in _SHORTAGE)


@contextmanager
def device_faults(name: str) -> Iterator[None]:
    """Turn what a device cannot do while it runs a network or an effect into a sentence; our own mistakes pass.

    Raises:
        EngineError: there is too little memory.
        DeviceError: the device fails.
    """
    try:
        yield
    except (RuntimeError, MemoryError) as error:
        if out_of_memory(error):
            raise EngineError(f"{name} needs more memory than there is.") from error
        if isinstance(error, torch.AcceleratorError):
            raise DeviceError(f"The device failed while running {name}: {str(error).splitlines()[0]}.") from error
        raise

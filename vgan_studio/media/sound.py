"""Sound out of a file, sample by sample, at any rate."""

from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray


class AudioReader:
    """Samples of a file by their number; owned by one thread.

    Sample 0 is the media's own start, the same zero as that of its pictures.

    Args:
        sample_rate: of what is read, in Hz.
        channels: of what is read.
        stream: which sound of the file, from 0.
    """

    notices: list[str]
    duration: int  # in samples at the target rate

    def __init__(self, path: str | Path, sample_rate: int, channels: int, stream: int = 0) -> None:
        raise NotImplementedError

    def read(self, start: int, count: int) -> NDArray[np.float32]:
        """Give samples [start, start + count) as float32 (channels, count); silence outside of the sound."""
        raise NotImplementedError

    def close(self) -> None:
        """Let go of the file."""
        raise NotImplementedError

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

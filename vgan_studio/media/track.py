"""The sound of a film being written: samples in, packets out."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import av
import numpy as np
from av.container import OutputContainer
from numpy.typing import NDArray

from ..errors import MediaError
from .codecs import SoundCodec

LAYOUTS = {1: "mono", 2: "stereo", 3: "2.1", 4: "quad", 5: "5.0", 6: "5.1", 7: "6.1", 8: "7.1"}


class SoundTrack:
    """An encoder of sound in a container; owned by one thread.

    Args:
        sample_rate, channels: of the samples that will come.

    Raises:
        MediaError: the encoder does not take so many channels.
    """

    def __init__(
        self, container: OutputContainer, row: SoundCodec, *, sample_rate: int, channels: int, quality: int
    ) -> None:
        if channels not in LAYOUTS or channels > row.most_channels:
            raise MediaError(f"{row.title} cannot hold {channels} channels.")
        self._rate, self._layout = sample_rate, LAYOUTS[channels]
        self.samples = 0
        rate = _nearest(sample_rate, row.rates)
        stream: Any = container.add_stream(row.encoder, rate=rate, options={})
        stream.layout = self._layout
        stream.format = row.format
        if row.bit_rate is not None:
            # More than 6 bits a sample is more than AAC can hold.
            stream.bit_rate = min(row.bit_rate(quality), 6 * rate) * channels
        self._stream = stream

    @property
    def frame_s(self) -> Fraction:
        """How long one frame of the codec is, in seconds; sound is that exact at its end."""
        context = self._stream.codec_context
        return Fraction(max(int(context.frame_size), 1), int(context.sample_rate))

    def encode(self, samples: NDArray[np.float32]) -> Sequence[Any]:
        """Add float32 (channels, n), right after what came before."""
        if not samples.shape[1]:
            return []
        packed = np.ascontiguousarray(samples.T).reshape(1, -1)  # PyAV fails on eight separate planes
        frame: Any = av.AudioFrame.from_ndarray(packed, "flt", self._layout)
        frame.sample_rate = self._rate
        frame.pts, frame.time_base = self.samples, Fraction(1, self._rate)
        self.samples += samples.shape[1]
        packets: Sequence[Any] = self._stream.encode(frame)
        return packets

    def flush(self) -> Sequence[Any]:
        """Give what the encoder still holds."""
        packets: Sequence[Any] = self._stream.encode(None) if self.samples else []
        return packets


def _nearest(sample_rate: int, rates: tuple[int, ...]) -> int:
    """Give the rate itself, or the next higher one that is possible, or the highest."""
    if not rates or sample_rate in rates:
        return sample_rate
    return min((rate for rate in rates if rate > sample_rate), default=max(rates))

"""Decoded sound as numbers, and its channels mixed to as many as are wanted."""

import logging
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from .track import LAYOUTS

log = logging.getLogger(__name__)

_SILENT = {"u8": 128.0}
_FULL = {"u8": 128.0, "s16": 32768.0, "s32": 2147483648.0, "s64": 2.0**63, "flt": 1.0, "dbl": 1.0}


def numbers(frame: Any) -> NDArray[np.float32]:
    """Give a decoded frame as float32 (channels, n), full scale at 1."""
    kind = frame.format.name.removesuffix("p")
    channels = frame.layout.nb_channels
    if frame.format.is_planar and channels > 7:
        frame = _packed(frame, kind)  # PyAV fails on eight separate planes
    values: NDArray[Any] = frame.to_ndarray()
    if not frame.format.is_planar:
        values = values.reshape(-1, channels).T
    if kind == "flt":
        return np.ascontiguousarray(values, np.float32)
    return ((values - _SILENT.get(kind, 0.0)) / _FULL[kind]).astype(np.float32)


def matrix(layout: str, channels: int, wanted: int) -> NDArray[np.float32]:
    """Give the weights (wanted, channels) to mix one layout to another number of channels.

    As many channels: unchanged.  One: the same on each of the first two.  Else FFmpeg's, scaled down so that no
    sum exceeds full scale (5.1 to stereo: fronts 0.41, centre and surround 0.29).  A layout that FFmpeg does not
    know: the first channels as they are.
    """
    if channels == wanted:
        return np.eye(channels, dtype=np.float32)
    if channels == 1:
        return np.array([[1.0 if row < 2 else 0.0] for row in range(wanted)], np.float32)
    try:
        return np.stack([_response(layout, channels, wanted, one) for one in range(channels)], axis=1)
    except (av.FFmpegError, ValueError, IndexError) as error:
        log.warning("Sound of layout %s is not mixed, its first channels are taken: %s", layout, error)
        return np.eye(wanted, channels, dtype=np.float32)


def resample(samples: NDArray[np.float32], rate: int, wanted: int) -> NDArray[np.float32]:
    """Convert the sample rate by libswresample (polyphase, 32 taps, no state kept).

    Args:
        samples: float32 (channels, n); sample 0 stays sample 0.

    Returns:
        float32 (channels, about n * wanted / rate).
    """
    out = []
    for channel in samples:  # one by one: the result does not depend on how many there are
        frame = _frame(channel[None], "mono", rate)
        resampler = av.AudioResampler("fltp", "mono", wanted)
        pieces = [*resampler.resample(frame), *resampler.resample(None)]
        out.append(np.concatenate([piece.to_ndarray()[0] for piece in pieces]))
    return np.stack(out).astype(np.float32)


def _response(layout: str, channels: int, wanted: int, one: int) -> NDArray[np.float32]:
    """Measure what one channel of a layout gives on each of the wanted ones."""
    samples = np.zeros((channels, 64), np.float32)
    samples[one] = 0.5
    frame = _frame(samples, layout, 48000)
    resampler = av.AudioResampler("flt", LAYOUTS[wanted], 48000, options={"rematrix_maxval": "1.0"})
    mixed = resampler.resample(frame)[0].to_ndarray().reshape(-1, wanted)
    return np.asarray(mixed[32] / 0.5, np.float32)


def _frame(samples: NDArray[np.float32], layout: str, rate: int) -> Any:
    packed = np.ascontiguousarray(samples.T).reshape(1, -1)
    frame: Any = av.AudioFrame.from_ndarray(packed, "flt", layout)
    frame.sample_rate, frame.pts = rate, 0
    return frame


def _packed(frame: Any, kind: str) -> Any:
    resampler = av.AudioResampler(kind, frame.layout.name, frame.sample_rate)
    return resampler.resample(frame)[0]

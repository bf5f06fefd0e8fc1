"""Faster or slower sound at the same pitch."""

from fractions import Fraction
from math import ceil

import numpy as np
from numpy.typing import NDArray

_HOP_S = 0.02
_REACH_S = 0.01  # half a period of the lowest voice, and so the most that anything is moved
_CALM = 1e-3  # how much better a place must fit to be preferred to one nearer to where it should be


def stretch(samples: NDArray[np.float32], speed: Fraction, sample_rate: int) -> NDArray[np.float32]:
    """Play sound at another speed and keep its pitch.

    Args:
        samples: float32 (channels, n).
        speed: 2 is twice as fast; a negative one plays backwards; not 0.

    Returns:
        float32 (channels, round(n / |speed|)).  What was at a time t is within 10 ms + 20 ms * |1 - 1 / |speed||
        of t / |speed|.

    Overlap-add of pieces of 40 ms, each taken within 10 ms of its place where it goes on most like the one before:
    Verhelst and Roelands 1993, "An overlap-add technique based on waveform similarity (WSOLA)", ICASSP.  FFmpeg's
    `atempo` is the same idea, but was measured to play 10 to 50 ms early and to lose the end.
    """
    if speed == 0:
        raise ValueError("Sound cannot stand still.")
    if speed < 0:
        samples = samples[:, ::-1]
    count = round(samples.shape[1] / abs(speed))
    if abs(speed) == 1 or not count:
        return np.ascontiguousarray(samples[:, :count])
    return _overlap_add(samples, float(abs(speed)), count, sample_rate)


def _overlap_add(samples: NDArray[np.float32], speed: float, count: int, sample_rate: int) -> NDArray[np.float32]:
    hop, reach = max(1, round(sample_rate * _HOP_S)), max(1, round(sample_rate * _REACH_S))
    window = (0.5 - 0.5 * np.cos(np.pi * np.arange(2 * hop) / hop)).astype(np.float32)
    pieces = ceil(count / hop) + 1
    lead = 2 * (hop + reach)
    tail = max(0, round(pieces * hop * speed) - samples.shape[1]) + 4 * (hop + reach)
    x = np.pad(samples, ((0, 0), (lead, tail)))
    guide = x[np.argmax((samples**2).sum(1))]
    out = np.zeros((len(x), (pieces + 1) * hop), np.float32)
    place = lead - hop
    for piece in range(pieces):
        wanted = round(piece * hop * speed) + lead - hop
        if piece:
            place = wanted + _offset(guide, place + hop, wanted, 2 * hop, reach)
        out[:, piece * hop : (piece + 2) * hop] += x[:, place : place + 2 * hop] * window
    return out[:, hop : hop + count]


def _offset(guide: NDArray[np.float32], natural: int, wanted: int, size: int, reach: int) -> int:
    """Find how far from `wanted`, at most `reach`, the sound is most like what would come at `natural`."""
    follow = guide[natural : natural + size]
    around = guide[wanted - reach : wanted + reach + size]
    length = 1 << (len(around) + size - 1).bit_length()
    spectrum = np.fft.rfft(around, length) * np.conj(np.fft.rfft(follow, length))
    likeness = np.fft.irfft(spectrum, length)[: 2 * reach + 1]
    energy = np.cumsum(np.pad(around.astype(np.float64) ** 2, (1, 0)))
    scale = np.sqrt((energy[size:] - energy[:-size])[: 2 * reach + 1] * (follow.astype(np.float64) ** 2).sum()) + 1e-9
    calm = _CALM * np.abs(np.arange(-reach, reach + 1)) / reach
    return int(np.argmax(likeness / scale - calm)) - reach

"""High dynamic range and wide gamut to SDR BT.709, by numpy and tables.

PQ (SMPTE ST 2084) and HLG (ITU-R BT.2100) are made linear light, squeezed to the 203 cd/m2 that ITU-R BT.2408
gives to diffuse white by the EETF of ITU-R BT.2390 section 5.4 (a Hermite spline in PQ, on the largest channel, so
that no hue turns), their primaries are turned to BT.709 and what falls outside is cut off.
SDR with BT.2020 or P3 primaries keeps its light and only has its primaries turned.
"""

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .colour import Colour

WHITE_NITS = 203.0
PEAK_NITS = 1000.0

Floats = Any  # float32 arrays

_XY = {
    "bt709": ((0.640, 0.330), (0.300, 0.600), (0.150, 0.060), (0.3127, 0.3290)),
    "bt2020": ((0.708, 0.292), (0.170, 0.797), (0.131, 0.046), (0.3127, 0.3290)),
    "smpte431": ((0.680, 0.320), (0.265, 0.690), (0.150, 0.060), (0.314, 0.351)),
    "smpte432": ((0.680, 0.320), (0.265, 0.690), (0.150, 0.060), (0.3127, 0.3290)),
}
_STEPS = 1 << 16
_M1, _M2 = 2610 / 16384, 2523 / 4096 * 128
_C1, _C2, _C3 = 3424 / 4096, 2413 / 4096 * 32, 2392 / 4096 * 32


def to_sdr(pixels: Any, colour: Colour) -> Any:
    """Turn pixels to BT.709 primaries and SDR.

    Args:
        pixels: (H, W, 3 or 4), uint8 or uint16, full range; a fourth channel is left as it is.
        colour: primaries and transfer of them.

    Returns:
        Pixels of the same shape and type.
    """
    top = float(np.iinfo(pixels.dtype).max)
    out = pixels.copy()
    for y in range(0, len(pixels), 64):  # in strips that stay in the cache of the processor
        strip = pixels[y : y + 64, :, :3]
        light = _linear(colour.transfer, int(top))[strip]  # (h, W, 3), 1 is SDR white
        if colour.hdr == "HLG":
            light = _hlg_scene_to_display(light)
        if colour.hdr:
            light *= _squeeze(light.max(axis=2, keepdims=True))
        if (colour.primaries in _XY and colour.primaries != "bt709") or colour.hdr:
            light = light @ turn(colour.primaries if colour.primaries in _XY else "bt2020", "bt709").T
        out[y : y + 64, :, :3] = np.rint(np.clip(light, 0, 1) ** np.float32(1 / 2.4) * np.float32(top))
    return out


def turn(source: str, target: str) -> Floats:
    """Make the (3, 3) matrix from linear R, G, B of one set of primaries to another."""
    return (np.linalg.inv(_to_xyz(target)) @ _to_xyz(source)).astype(np.float32)


def pq_to_nits(signal: Any) -> Any:
    """Apply the PQ EOTF: signal 0..1 to cd/m2 0..10000."""
    power = np.power(signal, 1 / _M2)
    return 10000 * np.power(np.maximum(power - _C1, 0) / (_C2 - _C3 * power), 1 / _M1)


def nits_to_pq(nits: Any) -> Any:
    """Apply the inverse of the PQ EOTF: cd/m2 to signal 0..1."""
    power = np.power(np.maximum(nits, 0) / 10000, _M1)
    return np.power((_C1 + _C2 * power) / (1 + _C3 * power), _M2)


def eetf(nits: Any, peak: float = PEAK_NITS, target: float = WHITE_NITS) -> Any:
    """Squeeze light of a display of `peak` cd/m2 to one of `target`, leaving the dark as it is (BT.2390 5.4.1)."""
    top, out = nits_to_pq(peak), nits_to_pq(target) / nits_to_pq(peak)
    knee = 1.5 * out - 0.5
    e = np.clip(nits_to_pq(nits) / top, 0, 1)
    t = np.clip((e - knee) / (1 - knee), 0, 1)
    spline = (2 * t**3 - 3 * t**2 + 1) * knee + (t**3 - 2 * t**2 + t) * (1 - knee) + (3 * t**2 - 2 * t**3) * out
    return pq_to_nits(np.where(e < knee, e, spline) * top)


def _to_xyz(name: str) -> NDArray[np.float64]:
    *corners, white = (np.array([x / y, 1, (1 - x - y) / y]) for x, y in _XY[name])
    matrix = np.stack(corners, axis=1)
    return matrix * np.linalg.solve(matrix, white)


@lru_cache(maxsize=8)
def _linear(transfer: str, top: int) -> Floats:
    """Tabulate signal -> light for every number; 1 is SDR white.  HLG gives scene light."""
    signal = np.arange(top + 1) / top
    if transfer == "smpte2084":
        return (pq_to_nits(signal) / WHITE_NITS).astype(np.float32)
    if transfer == "arib-std-b67":
        a, b, c = 0.17883277, 0.28466892, 0.55991073
        return np.where(signal <= 0.5, signal**2 / 3, (np.exp((signal - c) / a) + b) / 12).astype(np.float32)
    return (signal**2.4).astype(np.float32)  # BT.1886


def _hlg_scene_to_display(light: Floats) -> Floats:
    """Apply the HLG OOTF (BT.2100) of a display of 1000 cd/m2: system gamma 1.2 on luminance."""
    luminance = light @ np.array([0.2627, 0.6780, 0.0593], np.float32)
    gain = np.maximum(luminance, 1e-6) ** np.float32(0.2) * np.float32(PEAK_NITS / WHITE_NITS)
    return light * gain[..., None]


@lru_cache(maxsize=1)
def _gains() -> Floats:
    nits = np.linspace(0, 1, _STEPS + 1) ** 4 * 10000
    return np.divide(eetf(nits), nits, out=np.ones_like(nits), where=nits > 0).astype(np.float32)


def _squeeze(brightest: Floats) -> Floats:
    """Look the EETF's gain up for a light relative to SDR white."""
    place = np.sqrt(np.sqrt(np.minimum(brightest * np.float32(WHITE_NITS / 10000), 1))) * _STEPS
    return _gains()[place.astype(np.int32)]

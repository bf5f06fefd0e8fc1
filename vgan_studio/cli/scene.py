"""Two short films made by code, for the demo: a lake at dawn and a rose window; each with its sound."""

from collections.abc import Iterator

import cv2
import numpy as np
import numpy.typing as npt
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
Plane = NDArray[np.float32]

RATE = 24
SAMPLE_RATE = 48000


def noise(rng: np.random.Generator, height: int, width: int, cell: float, octaves: int, *, gain: float = 0.5) -> Plane:
    """Give fractal noise, (height, width) in [0, 1]; `cell` is the size in pixels of the coarsest lumps."""
    total = np.zeros((height, width), np.float32)
    weight = 1.0
    for octave in range(octaves):
        size = max(cell / 2**octave, 1.0)
        coarse = rng.random((int(height / size) + 4, int(width / size) + 4), np.float32)
        fine = cv2.resize(coarse, None, fx=size, fy=size, interpolation=cv2.INTER_CUBIC)
        y, x = int(size), int(size)
        total += weight * fine[y : y + height, x : x + width]
        weight *= gain
    low, high = np.percentile(total, (0.5, 99.5))
    return _array(np.clip((total - low) / (high - low), 0, 1))


def lake(width: int, height: int, frames: int) -> Iterator[Pixels]:
    """A lake among mountains at dawn; the camera drifts sideways.  Yields (height, width, 3) R'G'B'."""
    rng = np.random.default_rng(1)
    shore = round(height * 0.62)
    sky, clouds = _sky(rng, width, shore)
    ridges = [_ridge(rng, width, shore, depth) for depth in range(4)]
    ripple = noise(rng, height * 2, width, height / 24, 4)
    for index in range(frames):
        t = index / RATE
        upper = _drift(sky, 0.0)
        cloud = _drift(clouds, 14 * t * width / 1280)[..., None]
        upper += cloud * (_array([1.0, 0.78, 0.66]) - upper) * 0.85
        for depth, (colour, cover) in enumerate(ridges):
            shift = (6 + 16 * depth**1.6) * t * width / 1280
            upper += _drift(cover, shift)[..., None] * (_drift(colour, shift) - upper)
        frame = np.concatenate([upper, _water(upper, ripple, height - shore, t)])
        yield np.clip(frame * 255 + 0.5, 0, 255).astype(np.uint8)


def rose_window(width: int, height: int, frames: int) -> Iterator[Pixels]:
    """Stained glass that turns in the light, twelvefold.  Yields (height, width, 3) R'G'B'."""
    rng = np.random.default_rng(5)
    glass = _glass(rng, 900)
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    x, y = (x - width / 2) / height, (y - height / 2) / height
    radius, angle = np.hypot(x, y), np.arctan2(y, x)
    stone = _stone(rng, radius)
    for index in range(frames):
        t = index / RATE
        turned = (angle + 0.12 * t) % (np.pi / 6)
        folded = np.minimum(turned, np.pi / 6 - turned) + 0.35
        zoom = 640 * (1 - 0.03 * t)
        u, v = 60 + zoom * radius * np.cos(folded) * 1.5, 40 + zoom * radius * np.sin(folded) * 1.5 + 18 * t
        pane = cv2.remap(glass, u.astype(np.float32), v.astype(np.float32), cv2.INTER_LINEAR, None, cv2.BORDER_REFLECT)
        beam = 0.55 + 0.6 * np.exp(-(((x * 0.8 + y * 0.6) - 0.9 + 0.45 * t) ** 2) * 5)
        inside = np.clip((0.46 - radius) * 90, 0, 1)[..., None]
        rings = 1 - 0.8 * np.exp(-((np.abs(((radius * 6.1) % 1) - 0.5) / 0.035) ** 2))
        lit = pane * (beam * rings * 1.35)[..., None]
        frame = stone + inside * (lit - stone) + _halo(radius, beam)
        yield np.clip(frame * 255 + 0.5, 0, 255).astype(np.uint8)


def music(seconds: float, chords: tuple[tuple[float, ...], ...], *, bells: bool) -> NDArray[np.float32]:
    """Give a soft pad with wind, or bells: (2, samples) in [-1, 1] at 48 kHz."""
    rng = np.random.default_rng(9)
    count = round(seconds * SAMPLE_RATE)
    t = np.arange(count) / SAMPLE_RATE
    sound = np.zeros((2, count))
    each = seconds / len(chords)
    for place, chord in enumerate(chords):
        swell = np.clip(1 - np.abs((t - (place + 0.5) * each) / (each * 0.85)), 0, 1) ** 0.7
        for voice, pitch in enumerate(chord):
            tone = sum(np.sin(2 * np.pi * pitch * k * t + voice) / k**2 for k in (1, 2, 3))
            sound += np.outer([0.6 + 0.1 * voice, 0.9 - 0.1 * voice], tone * swell * 0.07)
    if bells:
        notes = [pitch * 2 for chord in chords for pitch in chord]
        for number, pitch in enumerate(notes):
            since = t - number * seconds / len(notes)
            strike = np.where(since > 0, np.exp(-np.maximum(since, 0) * 2.6), 0)
            sound += np.outer([0.5, 0.7][:: 1 if number % 2 else -1], strike * np.sin(2 * np.pi * pitch * since) * 0.16)
    else:
        wind = np.convolve(rng.standard_normal(count + 399), np.hanning(400) / 200, "valid")
        sound += wind * (0.5 + 0.3 * np.sin(2 * np.pi * 0.13 * t)) * 0.22
    ends = np.clip(np.minimum(t, seconds - t) / 0.05, 0, 1)
    return _array(np.tanh(sound * ends))


def _array(numbers: npt.ArrayLike) -> Plane:
    return np.asarray(numbers, np.float32)


def _drift(layer: Plane, shift: float) -> Plane:
    """Show the part of a wide layer that begins `shift` pixels from its left edge."""
    width = layer.shape[1] * 2 // 3
    matrix = _array([[1.0, 0.0, -shift - 2], [0.0, 1.0, 0.0]])
    size = (width, layer.shape[0])
    return _array(cv2.warpAffine(layer, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT))


def _sky(rng: np.random.Generator, width: int, shore: int) -> tuple[Plane, Plane]:
    wide = width * 3 // 2
    fall = np.linspace(0, 1, shore, dtype=np.float32)[:, None, None]
    low, high = _array([1.0, 0.72, 0.45]), _array([0.16, 0.30, 0.58])
    sky = high + (low - high) * fall**1.6
    y, x = np.mgrid[0:shore, 0:wide].astype(np.float32)
    glow = np.exp(-(((x - width * 0.58) / (width * 0.24)) ** 2 + ((y - shore * 0.50) / (shore * 0.42)) ** 2))
    disc = np.clip((shore * 0.055 - np.hypot(x - width * 0.58, y - shore * 0.50)) / 2 + 0.5, 0, 1)
    sky = sky + glow[..., None] * _array([0.45, 0.28, 0.06]) + disc[..., None] * _array([0.5, 0.5, 0.4])
    lumps = cv2.resize(
        noise(rng, shore, wide // 3, shore / 2.2, 6, gain=0.55), (wide, shore), interpolation=cv2.INTER_CUBIC
    )
    cloud = np.clip((lumps - 0.52) * 2.6, 0, 1) * (1 - fall[..., 0] * 0.75)
    return _array(np.broadcast_to(np.clip(sky, 0, 1), (shore, wide, 3))), _array(cloud)


def _ridge(rng: np.random.Generator, width: int, shore: int, depth: int) -> tuple[Plane, Plane]:
    """Give one range of mountains, the nearer the larger `depth`: colour (shore, wide, 3) and cover (shore, wide)."""
    wide = width * 3 // 2
    profile = noise(rng, 8, wide, width / (2.2 + depth), 7, gain=0.48)[4]
    peak = _array([0.82, 0.58, 0.40, 0.20])[depth] * shore
    top = shore - peak * (0.35 + 0.65 * profile)
    if depth == 3:
        top = _firs(rng, top, shore)
    y = np.arange(shore, dtype=np.float32)[:, None]
    cover = np.clip(y - top[None] + 0.5, 0, 1)
    rock = noise(rng, shore, wide, shore / 5, 7, gain=0.62)
    slope = np.clip(0.5 + (np.roll(rock, 4, 1) - rock) * 3.5, 0, 1)
    colour = _array([[0.42, 0.40, 0.48], [0.34, 0.33, 0.38], [0.20, 0.26, 0.22], [0.05, 0.09, 0.08]])[depth]
    lit = colour * (0.45 + 0.9 * slope[..., None] * _array([1.25, 1.0, 0.8]))
    if depth < 2:
        fall = peak * (0.02 + 0.42 * rock**1.5) * np.clip(profile * 1.6 - 0.3, 0.1, 1)
        snow = np.clip((top[None] + fall - y) / (shore * 0.012), 0, 1) * (0.35 + 0.65 * slope)
        lit = lit + snow[..., None] * (_array([0.98, 0.88, 0.84]) - lit)
    haze = _array([0.50, 0.30, 0.14, 0.0])[depth] * (0.30 + 0.70 * (y / shore) ** 2)
    return _array(lit + haze[..., None] * (_array([1.0, 0.80, 0.66]) - lit)), _array(cover)


def _firs(rng: np.random.Generator, top: Plane, shore: int) -> Plane:
    """Raise a line of ground by fir trees: jagged triangles."""
    x = np.arange(len(top), dtype=np.float32)
    line = top.copy()
    for _ in range(len(top) // 7):
        root = int(rng.integers(len(top)))
        tall = shore * float(rng.uniform(0.04, 0.13))
        away = np.abs(x - root)
        jag = 1 + 0.35 * np.sin(away * 25.0 / tall * 2)
        line = np.minimum(line, np.where(away < tall * 0.3, top[root] - tall + away * 3.4 * jag, line))
    return _array(line)


def _water(upper: Plane, ripple: Plane, height: int, t: float) -> Plane:
    """Mirror the view in moving water, (height, width, 3)."""
    shore, width = upper.shape[:2]
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    near = (y + 1) / height
    far = 1 / (near + 0.12)
    v = (far * height * 0.55 + t * 9 * height / 270) % (ripple.shape[0] - 1)
    wave = cv2.remap(ripple, (x + 30 * t) % (width - 1), v.astype(np.float32), cv2.INTER_LINEAR) - 0.5
    mirror_y = shore - 1 - y * (shore / height) * 0.8 + wave * 46 * near * height / 270
    mirror_x = x + wave * 30 * near
    mirror = cv2.remap(upper, mirror_x, mirror_y.astype(np.float32), cv2.INTER_LINEAR, None, cv2.BORDER_REFLECT)
    deep = _array([0.05, 0.13, 0.20])
    water = mirror * 0.80 + (deep - mirror * 0.80) * (0.15 + 0.45 * near[..., None])
    spark = np.clip((wave - 0.25) * 8, 0, 1) * np.exp(-(((x - width * 0.58) / (width * 0.15)) ** 2)) * (1 - near) ** 2
    return _array(water + spark[..., None] * _array([0.9, 0.7, 0.45]))


def _stone(rng: np.random.Generator, radius: Plane) -> Plane:
    """Give the carved wall around the window, (height, width, 3)."""
    height, width = radius.shape
    grain = noise(rng, height, width, height / 4, 7, gain=0.7)
    relief = np.clip(0.5 + (np.roll(grain, (2, 2), (0, 1)) - grain) * 3, 0, 1)
    carved = 0.8 + 0.5 * np.cos(np.clip((radius - 0.47) / 0.05, 0, 1) * 4 * np.pi)
    return _array((0.05 + 0.16 * relief * carved)[..., None] * _array([1.0, 0.93, 0.86]))


def _halo(radius: Plane, beam: Plane) -> Plane:
    """Give the light that spills from the window onto the wall, (height, width, 3)."""
    spill = np.exp(-np.maximum(radius - 0.46, 0) * 9) * (radius > 0.46) * beam
    return _array(spill[..., None] * _array([0.16, 0.09, 0.07]))


def _glass(rng: np.random.Generator, size: int) -> Plane:
    """Panes of coloured glass between leads, (size, size, 3)."""
    points = rng.random((260, 2), np.float32) * size
    field = np.full((size, size), 255, np.uint8)
    for px, py in points.astype(int):
        field[min(py, size - 1), min(px, size - 1)] = 0
    away, cell = cv2.distanceTransformWithLabels(field, cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL)
    hues = _array(
        [
            [0.75, 0.08, 0.12],
            [0.10, 0.18, 0.66],
            [0.93, 0.66, 0.12],
            [0.08, 0.48, 0.30],
            [0.42, 0.12, 0.55],
            [0.15, 0.55, 0.75],
        ]
    )
    colour = hues[(cell * 7919) % 6] * (0.65 + 0.5 * ((cell * 104729) % 97 / 97)[..., None])
    edges = (cv2.morphologyEx(cell.astype(np.float32), cv2.MORPH_GRADIENT, np.ones((3, 3))) > 0).astype(np.uint8)
    lead = cv2.distanceTransform(1 - edges, cv2.DIST_L2, 5)
    streaks = noise(rng, size, size, 60, 6, gain=0.6)
    bubbles = (noise(rng, size, size, 7, 2) > 0.93).astype(np.float32)
    pane = colour * (0.55 + 0.65 * streaks[..., None]) + 0.22 * cv2.GaussianBlur(bubbles, (0, 0), 0.8)[..., None]
    shine = np.clip(1 - away / 60, 0, 1)[..., None] * 0.18
    return _array((pane + shine) * np.clip((lead[..., None] - 1.6) / 2.2, 0.04, 1))

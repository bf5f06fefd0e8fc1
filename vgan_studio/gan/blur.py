"""How pictures get soft: shaken hands, lenses out of focus, and light gathered while things move."""

from collections.abc import Sequence
from itertools import pairwise
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from . import flow
from .data import Pixels, tensor

Floats = NDArray[np.float32]

GAMMA = 2.2  # of the signal: a sensor adds up light
LENGTH = (3.0, 22.0)  # of a shake, in pixels
DISC = (0.7, 4.5)  # radius of a point out of focus, in pixels
BELL = (0.5, 1.8)  # standard deviation of a poor lens, in pixels
_STEPS = 80  # of a shake's path

_LIGHT = (np.arange(256, dtype=np.float32) / 255) ** GAMMA
_SIGNAL = np.round(255 * (np.arange(65536) / 65535) ** (1 / GAMMA)).astype(np.uint8)


def light(pixels: Pixels) -> Floats:
    """Give the light that a signal stands for, 0 to 1."""
    return cast(Floats, np.take(_LIGHT, pixels))


def signal(amount: Floats) -> Pixels:
    """Give the signal of an amount of light, rounded to bytes."""
    return cast(Pixels, np.take(_SIGNAL, np.rint(amount * 65535).clip(0, 65535).astype(np.uint16)))


def shaken(rng: np.random.Generator, length: float | None = None) -> Floats:
    """Draw how a point is smeared by a hand that shakes: a path with inertia and a jerk now and then.

    Boracchi and Foi 2012, doi:10.1109/TIP.2012.2192126, as simplified by Kupyn et al. 2018, arXiv:1711.07064.

    Args:
        length: of the longer side of the path, in pixels.

    Returns:
        (K, K) with odd K, of sum 1, its centre of gravity in the middle.
    """
    length = rng.uniform(*LENGTH) if length is None else length
    turns = rng.normal(0, rng.choice([0.0, 0.05, 0.15, 0.35]), _STEPS)
    turns += (rng.random(_STEPS) < 0.02) * rng.uniform(-np.pi, np.pi, _STEPS)
    angles = rng.uniform(0, 2 * np.pi) + np.cumsum(turns)
    pace = np.exp(np.cumsum(rng.normal(0, 0.1, _STEPS)))
    path = np.cumsum(np.stack([np.cos(angles), np.sin(angles)]) * pace, 1)  # (2, steps)
    path *= length / max(np.ptp(path, 1).max(), 1e-6)
    path -= path.mean(1, keepdims=True)
    reach = int(np.ceil(np.abs(path).max())) + 1
    kernel = np.zeros((2 * reach + 1, 2 * reach + 1), np.float32)
    whole = np.floor(path).astype(int)
    part = path - whole
    for right, share in ((0, 1 - part[0]), (1, part[0])):
        for down, other in ((0, 1 - part[1]), (1, part[1])):
            np.add.at(kernel, (whole[1] + down + reach, whole[0] + right + reach), share * other)
    return cast(Floats, kernel / kernel.sum())


def disc(radius: float) -> Floats:
    """Give how a point out of focus is spread: a disc of a radius in pixels; (K, K), of sum 1."""
    reach = int(np.ceil(radius))
    at = np.arange(-reach, reach + 1, dtype=np.float32)
    kernel = np.clip(radius + 0.5 - np.hypot(at, at[:, None]), 0, 1)
    return cast(Floats, kernel / kernel.sum())


def bell(sigma: float) -> Floats:
    """Give a Gaussian of a standard deviation in pixels, as a poor lens spreads a point; (K, K), of sum 1."""
    line = cv2.getGaussianKernel(2 * int(np.ceil(2.5 * sigma)) + 1, sigma, cv2.CV_32F)
    return cast(Floats, line @ line.T)


def out_of_focus(rng: np.random.Generator) -> Floats:
    """Draw a disc, or now and then a Gaussian."""
    return disc(rng.uniform(*DISC)) if rng.random() < 0.7 else bell(rng.uniform(*BELL))


def smeared(pixels: Pixels, kernel: Floats) -> Pixels:
    """Spread the light of every point as a kernel says; (H, W, C) to the same, the picture mirrored at its edge."""
    return signal(cast(Floats, cv2.filter2D(light(pixels), -1, kernel[::-1, ::-1].copy())))


def motions(frames: Sequence[Pixels]) -> list[Floats]:
    """Give the motion from every frame to its successor, (H, W, 2) in pixels each."""
    return [
        flow.flow(tensor(one), tensor(two), careful=True)[0].permute(1, 2, 0).contiguous().numpy()
        for one, two in pairwise(frames)
    ]


def exposed(frames: Sequence[Pixels], moves: Sequence[Floats], middle: int, span: float, count: int) -> Pixels:
    """Gather light while the film runs: the mean of instants that lie evenly around a frame.

    As Nah et al. 2017 (GoPro), arXiv:1612.02177, from high-speed film; here instants between frames are made of the
    two frames around them, each carried along its share of the motion.

    Args:
        frames: (H, W, 3) each.
        moves: see `motions`.
        middle: the frame that is sharp in the truth.
        span: of the exposure, in intervals between frames.
        count: of the instants.
    """
    total = np.zeros(frames[middle].shape, np.float32)
    for time in middle + np.linspace(-span / 2, span / 2, count):
        total += light(_instant(frames, moves, float(time)))
    return signal(cast(Floats, total / count))


def _instant(frames: Sequence[Pixels], moves: Sequence[Floats], time: float) -> Pixels:
    first = min(int(np.floor(time)), len(frames) - 2)
    part = time - first
    if part < 1e-3 or part > 1 - 1e-3:
        return frames[first + round(part)]
    move = moves[first]
    before, after = _carried(frames[first], -part * move), _carried(frames[first + 1], (1 - part) * move)
    return cast(Pixels, cv2.addWeighted(before, 1 - part, after, part, 0))


def _carried(pixels: Pixels, move: Floats) -> Pixels:
    height, width = pixels.shape[:2]
    across, down = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    at_x, at_y = across + move[..., 0], down + move[..., 1]
    return cast(Pixels, cv2.remap(pixels, at_x, at_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE))

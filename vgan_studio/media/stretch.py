"""Faster or slower sound at the same pitch."""

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray


def stretch(samples: NDArray[np.float32], speed: Fraction, sample_rate: int) -> NDArray[np.float32]:
    """Play sound at another speed and keep its pitch.

    Args:
        samples: float32 (channels, n).
        speed: 2 is twice as fast; negative plays backwards; not 0.

    Returns:
        float32 (channels, round(n / |speed|)).
    """
    raise NotImplementedError

"""What rendering has taken."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Counters:
    """What rendering has taken so far, in pictures.

    Attributes:
        decoded: asked of readers.
        inferred: asked of networks.
        hits, misses: heavy pictures that were, and were not, found in memory or in the cache.
        damaged: found in the cache, but damaged; they are misses, too.
    """

    decoded: int = 0
    inferred: int = 0
    hits: int = 0
    misses: int = 0
    damaged: int = 0

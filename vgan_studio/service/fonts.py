"""The families of fonts of this machine for the window: their files are read once, in a thread that ends with that."""

import threading
from functools import lru_cache


def read_families() -> None:
    """Begin to read the fonts, unless that was begun before; returns at once."""
    _reader()


def known_families() -> tuple[str, ...] | None:
    """Give the families by name; None while they are being read, or nobody has begun to."""
    if _reader.cache_info().currsize == 0 or _reader().is_alive():
        return None
    from vgan_studio.effects.fonts import families

    return families()


@lru_cache(maxsize=1)
def _reader() -> threading.Thread:
    from vgan_studio.effects.fonts import families

    thread = threading.Thread(target=families, name="fonts", daemon=True)
    thread.start()
    return thread

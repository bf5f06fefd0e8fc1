"""The open document and the threads behind the window."""

import ctypes
import sys

import PySide6


def _survive_lost_references() -> None:
    """Keep None, True and False alive under PySide6 6.12.0, which forgets to count references to them.

    Each call there that gives nothing, such as `QPainter.setPen`, takes one reference to None away that nobody had
    added; the interpreter aborts when the last one is gone, after a minute of painting.  6.11.2 counts rightly, and
    from Python 3.12 on the three cannot die.
    """
    if PySide6.__version__ == "6.12.0" and sys.version_info < (3, 12) and sys.implementation.name == "cpython":
        for immortal in (None, True, False):
            ctypes.c_ssize_t.from_address(id(immortal)).value += 1 << (8 * ctypes.sizeof(ctypes.c_ssize_t) - 4)


_survive_lost_references()

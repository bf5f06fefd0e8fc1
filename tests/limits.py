"""A limit on the work that something takes, which a busy machine does not change.

It counts processor time, of all threads.  What stands still takes none: for that there is a longer limit by the clock.
"""

import faulthandler
import signal
from collections.abc import Iterator
from contextlib import contextmanager

STILL_S = 600  # by the clock


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """End the process, with a traceback of every thread, if what is inside takes more work than this."""
    faulthandler.register(signal.SIGPROF, all_threads=True, chain=True)  # the rest is what the signal does by itself
    signal.setitimer(signal.ITIMER_PROF, seconds)
    faulthandler.dump_traceback_later(STILL_S, exit=True)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        faulthandler.cancel_dump_traceback_later()
        faulthandler.unregister(signal.SIGPROF)

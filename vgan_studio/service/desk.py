"""What is wanted of the inference service at the moment; threads wait at it for something to do."""

import threading

from .background import Queue
from .requests import Peek, Request


class Desk:
    """The newest wish of each kind; any thread may use it.

    Attributes:
        queue: the frames to compute while nobody waits for a picture.
    """

    def __init__(self) -> None:
        self._word = threading.Condition()
        self._request: Request | None = None
        self._owed: Request | None = None  # answered during a pause, without what a network would be asked for
        self._peek: Peek | None = None
        self._paused = self._ending = self._forget = False
        self.queue = Queue()

    @property
    def paused(self) -> bool:
        """Nothing shall be computed."""
        return self._paused

    @property
    def ending(self) -> bool:
        """All work shall end."""
        return self._ending

    @property
    def newest(self) -> Request | None:
        """The request that waits."""
        return self._request

    @property
    def hurry(self) -> bool:
        """Somebody waits."""
        return self._request is not None or self._peek is not None or self._paused or self._ending

    def want(self, request: Request) -> None:
        """Want a picture; one that waits is forgotten."""
        with self._word:
            self._request = request
            self._word.notify_all()

    def want_again(self, request: Request) -> None:
        """Want a picture, unless a newer one is wanted already."""
        with self._word:
            self._request = self._request or request
            self._word.notify_all()

    def want_peek(self, peek: Peek) -> None:
        """Want a part of a picture; one that waits is forgotten."""
        with self._word:
            self._peek = peek
            self._word.notify_all()

    def pause(self, paused: bool) -> None:
        """Want no network to be asked for a while, or go on; then the last picture is wanted in full."""
        with self._word:
            self._paused = paused
            if not paused:
                self._request, self._owed = self._request or self._owed, None
            self._word.notify_all()

    def forget(self) -> None:
        """Let pictures in memory be forgotten."""
        with self._word:
            self._forget = True
            self._word.notify_all()

    def end(self) -> None:
        """Let all work end."""
        with self._word:
            self._ending = True
            self._word.notify_all()

    def wake(self) -> None:
        """Let everyone look again."""
        with self._word:
            self._word.notify_all()

    def take(self) -> Request | Peek | None:
        """Take the most urgent wish; during a pause only pictures of frames, which can do without a network."""
        with self._word:
            if self._request is not None:
                taken, self._request = self._request, None
                self._owed = taken if self._paused else None
                return taken
            if self._paused:
                return None
            peek, self._peek = self._peek, None
            return peek

    def take_forget(self) -> bool:
        """Tell whether pictures in memory shall be forgotten, once."""
        with self._word:
            forget, self._forget = self._forget, False
            return forget

    def wait(self, seconds: float) -> None:
        """Wait until somebody wants something, at most so long."""
        with self._word:
            if not self.hurry:
                self._word.wait(seconds)

    def wait_end(self, seconds: float) -> bool:
        """Wait for the end, at most so long; tell whether it is there."""
        with self._word:
            return self._word.wait_for(lambda: self._ending, seconds)

    def wait_on(self) -> None:
        """Wait until a picture is wanted during a pause, it goes on, or ends."""
        with self._word:
            self._word.wait_for(lambda: self._ending or not self._paused or self._request is not None)

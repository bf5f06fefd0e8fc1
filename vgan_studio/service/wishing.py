"""A thread that waits for wishes until it is stopped."""

import threading

from PySide6.QtCore import QObject, QThread


class Wishing(QThread):
    """Belongs, but for `run`, to the thread that made it; what both touch is touched with `_word` held."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._word = threading.Condition()
        self._ending = False

    def stop(self) -> None:
        """End the thread after what it is at."""
        with self._word:
            self._ending = True
            self._word.notify_all()
        self.wait()

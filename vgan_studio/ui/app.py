"""The program with its window: it is on the screen before torch is imported."""

import logging
import os
import platform
import signal
import sys
import traceback
from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from types import TracebackType

import platformdirs
from PySide6 import __version__ as pyside_version
from PySide6.QtCore import QEvent, QObject, QSettings, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from vgan_studio import __version__
from vgan_studio.service.state import state_folder

from .main_window import MainWindow
from .parts import label

Demo = Callable[[Path], Generator[object]]

log = logging.getLogger(__name__)

_MOST_REPORTS = 3
_UNSEEN_MS = 1000  # until the threads begin although no screen shows the window
_SWITCH_S = 0.0002  # a thread that runs Python holds the window up for so long, each time it has the interpreter


def run(paths: Sequence[Path] = (), *, cache: Path | None = None, demo: Demo | None = None) -> int:
    """Open the window and stay until it is closed; the exit status.

    Args:
        paths: films (.otio) to open, or media to take in.
        demo: makes the demo film in a folder, and yields its path at the end.
    """
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("vgan_studio")
    app.setOrganizationName("vgan_studio")
    app.setAttribute(Qt.ApplicationAttribute.AA_DontShowIconsInMenus, False)
    settings = QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "vgan_studio", "vgan_studio")
    window = MainWindow(settings, state_folder(), cache, None if demo is None else lambda: demo(_demo_folder()))
    reports = Reports(window)
    sys.excepthook = reports.hook
    _let_signals_in(window)
    app.applicationStateChanged.connect(window.files.come_back)
    window.show()
    _Seen(window, lambda: window.begin(paths))
    sys.setswitchinterval(_SWITCH_S)
    status = app.exec()
    if (
        window.inference.stuck or window.jobs.stuck
    ):  # a thread that waits for a device for ever would keep the process alive
        os._exit(status)
    return status


class _Seen(QObject):
    """Does something once the window has been painted, for threads that begin earlier hold it up.

    Where no screen shows it, as of a window that starts minimised, it does it a second later.
    """

    def __init__(self, window: QWidget, deed: Callable[[], None]) -> None:
        super().__init__(window)
        self._handle, self._deed = window.windowHandle(), deed
        self._handle.installEventFilter(self)
        self._late = QTimer(self, singleShot=True, interval=_UNSEEN_MS)
        self._late.timeout.connect(self._end)
        self._late.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        if event.type() == QEvent.Type.Expose and self._handle.isExposed():
            self._handle.removeEventFilter(self)
            self._late.start(0)
        return super().eventFilter(watched, event)

    def _end(self) -> None:
        self._handle.removeEventFilter(self)
        self._deed()
        self.deleteLater()


def _demo_folder() -> Path:
    """Say where the demo film is made."""
    return Path(platformdirs.user_data_dir("vgan_studio")) / "demo"


class Reports(QObject):
    """Shows faults of the program itself, from any thread, with a text to copy; the film stays as it is.

    A fault that comes again, as with every picture, is shown once.
    """

    _came = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._seen = set[tuple[object, ...]]()
        self.shown: Report | None = None
        self._came.connect(self._show)

    def hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Take an exception that nobody has caught; for `sys.excepthook`."""
        report = "".join(traceback.format_exception(kind, error, trace))
        log.error("%s", report)
        place = _place(error)
        if place in self._seen or len(self._seen) == _MOST_REPORTS:
            return
        self._seen.add(place)
        self._came.emit(
            f"vgan_studio {__version__}, Python {platform.python_version()}, PySide6 {pyside_version}, "
            f"{platform.platform()}\n{report}"
        )

    def _show(self, report: str) -> None:
        self.shown = Report(report, self._window)
        self.shown.open()


def _place(error: BaseException) -> tuple[object, ...]:
    """Say where a fault is: its kind and line, and those of what caused it."""
    last = traceback.extract_tb(error.__traceback__)[-1:]
    cause = _place(error.__cause__) if error.__cause__ else ()
    return (type(error), *((step.filename, step.lineno) for step in last), *cause)


class Report(QDialog):
    """Shows what went wrong inside of the program, to be copied; the film is kept meanwhile."""

    def __init__(self, report: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("A fault of the program"))
        self.setMinimumSize(560, 340)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        words = self.tr(
            "Something went wrong inside of the program. Your film is kept; you can go on. Please report this:"
        )
        text = QPlainTextEdit(report)
        text.setReadOnly(True)
        text.setAccessibleName(self.tr("Report"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.copy = buttons.addButton(self.tr("Copy"), QDialogButtonBox.ButtonRole.ActionRole)
        self.copy.clicked.connect(lambda: QApplication.clipboard().setText(report))
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(label(words, "dim"))
        column.addWidget(text, 1)
        column.addWidget(buttons)


def _let_signals_in(window: MainWindow) -> None:
    """Let Ctrl+C and the end of the desktop's session close the window.

    Python sees signals only while Python runs, so a timer lets it.
    """
    asked: list[int] = []

    def answer() -> None:
        while asked:
            (window.close if asked.pop() == signal.SIGINT else window.end_now)()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, _: asked.append(number))
    timer = QTimer(window)
    timer.timeout.connect(answer)
    timer.start(300)

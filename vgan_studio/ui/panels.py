"""Two panels: the history, to jump in, and the jobs: those that run, those that wait, and films that were written."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QUrl, Signal
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from vgan_studio.service.exporting import Written
from vgan_studio.service.jobs import Job, Jobs
from vgan_studio.timeline.history import History

from .failures import Failures
from .parts import label, tool
from .theme import DARK, Theme, icon
from .words import said


class HistoryPanel(QListWidget):
    """Shows the steps of the history, the present one selected.

    Attributes:
        jump_wished: the index of a step.
    """

    jump_wished = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("History"))
        self.itemClicked.connect(lambda item: self.jump_wished.emit(self.row(item)))
        self.itemActivated.connect(lambda item: self.jump_wished.emit(self.row(item)))

    def show_history(self, history: History) -> None:
        """Show the steps; only what has changed is made anew."""
        names = [step.label or self.tr("Beginning") for step in history.steps]
        while self.count() > len(names):
            self.takeItem(self.count() - 1)
        past = len(history.past)
        for number, name in enumerate(names):
            if number >= self.count():
                self.addItem(QListWidgetItem(name))
            item = self.item(number)
            if item.text() != name:
                item.setText(name)
            if (item.data(Qt.ItemDataRole.UserRole) is True) != (number > past):
                item.setData(Qt.ItemDataRole.UserRole, number > past)
                self._colour(item)
        if self.currentRow() != past:
            self.setCurrentRow(past)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  (Qt's name)
        """Take on the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            for number in range(self.count()):
                self._colour(self.item(number))

    def _colour(self, item: QListWidgetItem) -> None:
        undone = item.data(Qt.ItemDataRole.UserRole) is True
        item.setForeground(self.palette().placeholderText() if undone else self.palette().text())


class JobsPanel(QScrollArea):
    """Shows jobs, each with how far it is, and what came of films that were written.

    Attributes:
        failures: the frames that gave no picture, whoever asked for them.

    Args:
        begins: what is offered to begin a job with, at the top.
    """

    def __init__(self, jobs: Jobs, *begins: QAction) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setWidgetResizable(True)
        self.setAccessibleName(self.tr("Jobs"))
        self._jobs, self._theme = jobs, DARK
        self.rows: dict[Job, JobRow] = {}
        self._empty = label(self.tr("Nothing is being done in the background."), "dim")
        body = QWidget()
        body.setObjectName("panel")
        body.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._column = QVBoxLayout(body)
        for action in begins:
            button = QToolButton()
            button.setObjectName("large")
            button.setDefaultAction(action)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(self._empty)
        self.failures = Failures()
        self._column.addWidget(self.failures)
        self._column.addStretch(1)
        self.setWidget(body)
        jobs.changed.connect(self._show)
        jobs.lined.connect(self._show)
        self._show()

    def show_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        self._theme = theme
        for row in self.rows.values():
            row.show_theme(theme)

    def _show(self) -> None:
        shown = [job for job in self._jobs.running if job.isRunning() or job in self._jobs.line]
        for job in shown:
            if job not in self.rows:
                row = JobRow(job, self._jobs, self._theme)
                row.gone.connect(self._drop)
                self.rows[job] = row
                self._column.insertWidget(self._column.count() - 1, row)
        for row in list(self.rows.values()):
            if row.works and row.job not in self._jobs.running:  # it had ended by the time that its row was made
                self._drop(row)
            row.show_turn(row.job in self._jobs.waiting)
        self._empty.setVisible(not self.rows)

    def _drop(self, row: "JobRow") -> None:
        self.rows = {job: one for job, one in self.rows.items() if one is not row}
        row.deleteLater()
        self._empty.setVisible(not self.rows)


class JobRow(QFrame):
    """Shows one job: how far it is, how long it takes, and what came of it.

    Attributes:
        gone: it shall be shown no longer; the row itself.
    """

    gone = Signal(object)

    def __init__(self, job: Job, jobs: Jobs, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("effect")
        self.job, self._jobs, self._theme = job, jobs, theme
        self._folder, self._waits = Path(), False
        self.words = label(kind="dim")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(job.title)
        self.pause = tool(self.tr("Pause"), icon("pause", theme))
        self.cancel = tool(self.tr("Cancel"), icon("remove", theme))
        self.show_ = tool(self.tr("Open folder"), icon("folder", theme))
        self.show_.hide()
        self.pause.clicked.connect(self._pause)
        self.cancel.clicked.connect(self._cancel)
        self.show_.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder))))
        line = QHBoxLayout()
        title = label(job.title, "effectTitle")
        title.setToolTip(job.title)
        title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # names may be long
        line.addWidget(title, 1)
        for button in (self.show_, self.pause, self.cancel):
            line.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(9, 5, 7, 9)
        column.addLayout(line)
        column.addWidget(self.bar)
        column.addWidget(self.words)
        job.progress.connect(self._advance)
        job.done.connect(self._done)
        job.failed.connect(self._failed)
        job.cancelled.connect(self._gone)

    def show_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        self._theme = theme
        pause = "play" if self.job.paused else "pause"
        for button, name in ((self.pause, pause), (self.cancel, "remove"), (self.show_, "folder")):
            button.setIcon(icon(name, theme))

    @property
    def works(self) -> bool:
        """The job has not told its end."""
        return not self.pause.isHidden()

    def show_turn(self, waits: bool) -> None:
        """Say that the job waits for its turn, if it does; nothing moves meanwhile."""
        if waits != self._waits:
            self._waits = waits
            self.bar.setRange(0, 1 if waits else 0)
            self.words.setText(self.tr("Waits for its turn") if waits else "")

    def _pause(self) -> None:
        self.job.pause(not self.job.paused)
        tip = self.tr("Go on") if self.job.paused else self.tr("Pause")
        self.pause.setIcon(icon("play" if self.job.paused else "pause", self._theme))
        self.pause.setToolTip(tip)
        self.pause.setAccessibleName(tip)
        if self.job.paused:
            self.words.setText(self.tr("Paused"))

    def _cancel(self) -> None:
        if not self.works:
            self.gone.emit(self)
        else:
            self._jobs.take_out(self.job)

    def _advance(self, step: object) -> None:
        total, done = getattr(step, "total", 0), getattr(step, "done", 0)
        if total and not isinstance(step, Written):
            self.bar.setRange(0, total)
            self.bar.setValue(done)
            if not self.job.paused:
                words = getattr(step, "words", "")
                self.words.setText(said(words) if words else pace(step))

    def _done(self, result: object) -> None:
        if not isinstance(result, Written):
            self._gone()
            return
        self._folder = result.path.parent
        self._end(report(result))
        self.show_.show()

    def _failed(self, sentence: str) -> None:
        self.words.setObjectName("danger")
        self.words.style().polish(self.words)
        self._end(said(sentence))

    def _end(self, words: str) -> None:
        self.bar.hide()
        self.pause.hide()
        tip = self.tr("Remove from the list")
        self.cancel.setToolTip(tip)
        self.cancel.setAccessibleName(tip)
        self.words.setText(words)

    def _gone(self, *_: object) -> None:
        self.gone.emit(self)


def pace(step: object) -> str:
    """Say how far an export is, how quick, and how long it will take."""
    done, total = getattr(step, "done", 0), getattr(step, "total", 0)
    speed = getattr(step, "speed", 0.0)
    left = getattr(step, "seconds_left", None) if speed else None
    words = QCoreApplication.translate("Jobs", "{0} of {1} pictures").format(done, total)
    if speed:
        words += QCoreApplication.translate("Jobs", ", {0:.1f} per second").format(speed)
    if left is not None:
        words += QCoreApplication.translate("Jobs", ", {0} left").format(duration(left))
    return words


def report(written: Written) -> str:
    """Say what was written, as it was found when it was looked at."""
    facts = f"{written.words} · {size(written.size_bytes)}" if written.size_bytes else written.words
    words = [QCoreApplication.translate("Jobs", "{0} was written and checked.").format(written.path.name), facts]
    return "\n".join(one for one in (*words, *map(said, written.notes)) if one)


def duration(seconds: float) -> str:
    """Write a length of time for people."""
    minutes, rest = divmod(round(seconds), 60)
    if minutes >= 60:
        return QCoreApplication.translate("Jobs", "{0} h {1:02d} min").format(minutes // 60, minutes % 60)
    if minutes:
        return QCoreApplication.translate("Jobs", "{0} min {1:02d} s").format(minutes, rest)
    return QCoreApplication.translate("Jobs", "{0} s").format(rest)


def size(count: int) -> str:
    """Write a number of bytes for people."""
    if count < 1e6:
        return f"{count / 1e3:.0f} kB"
    return f"{count / 1e6:.1f} MB" if count < 1e9 else f"{count / 1e9:.2f} GB"

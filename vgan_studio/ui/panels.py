"""Two small panels: the history, to jump in, and the jobs that run."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QProgressBar, QVBoxLayout, QWidget

from vgan_studio.service.jobs import Job, Jobs
from vgan_studio.timeline.history import History

from .parts import label, tool
from .theme import DARK, Theme, icon


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

    def show_history(self, history: History) -> None:
        """Show the steps; only what has changed is made anew."""
        names = [step.label or self.tr("Beginning") for step in history.steps]
        while self.count() > len(names):
            self.takeItem(self.count() - 1)
        for number, name in enumerate(names):
            if number >= self.count():
                self.addItem(QListWidgetItem(name))
            item = self.item(number)
            if item.text() != name:
                item.setText(name)
            ahead = number > len(history.past)
            item.setForeground(self.palette().placeholderText() if ahead else self.palette().text())
        self.setCurrentRow(len(history.past))


class JobsPanel(QWidget):
    """Shows the jobs that run, each with its progress and a button that cancels it."""

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._jobs, self._theme = jobs, DARK
        self._rows: dict[Job, QWidget] = {}
        self._empty = label(self.tr("Nothing is being done in the background."), "dim")
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._empty)
        self._column.addStretch(1)
        jobs.changed.connect(self._show)

    def show_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme, for the jobs to come."""
        self._theme = theme

    def _show(self) -> None:
        running = self._jobs.running
        for job in [job for job in self._rows if job not in running]:
            self._rows.pop(job).deleteLater()
        for job in running:
            if job not in self._rows:
                self._rows[job] = self._row(job)
                self._column.insertWidget(self._column.count() - 1, self._rows[job])
        self._empty.setVisible(not running)

    def _row(self, job: Job) -> QWidget:
        owner = QWidget()
        bar = QProgressBar()
        bar.setTextVisible(False)
        bar.setRange(0, 0)
        cancel = tool(self.tr("Cancel"), icon("remove", self._theme))
        cancel.clicked.connect(job.cancel)
        line = QHBoxLayout()
        line.addWidget(label(job.title), 1)
        line.addWidget(cancel)
        column = QVBoxLayout(owner)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(line)
        column.addWidget(bar)
        job.progress.connect(lambda step: _advance(bar, step))
        return owner


def _advance(bar: QProgressBar, step: object) -> None:
    total = getattr(step, "total", 0)
    if total:
        bar.setRange(0, total)
        bar.setValue(getattr(step, "done", 0))

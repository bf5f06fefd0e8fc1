"""The panel of what networks compute: render, pause, clear, keep; what it costs, what it takes, what failed."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from vgan_studio.service.cost import Cost, duration, size
from vgan_studio.service.requests import Background
from vgan_studio.service.watch import Use

from .cache_bar import HEIGHT, LIVE, brush, names
from .cost_words import cost_words
from .failures import Failures
from .parts import caption, label, number
from .theme import DARK, Theme
from .words import reason


class RenderPanel(QWidget):
    """Shows how far rendering is, and emits wishes.

    Attributes:
        failures: the frames that gave no picture.
        render_wished: "range", "chosen" or "film".
        start_wished: what was asked for shall begin, at the cost that was shown.
        stop_wished: the rest of it is not wanted any more.
        limit_wished: of the cache, in GB.
        idle_wished: seconds without work after which the rest of the film is begun; 0 for never.
        seek_wished: a frame.
        told: a sentence of bad news, once for each trouble.
    """

    render_wished = Signal(str)
    start_wished = Signal()
    stop_wished = Signal()
    pause_wished = Signal(bool)
    clear_wished = Signal()
    keep_wished = Signal(bool)
    limit_wished = Signal(float)
    place_wished = Signal()
    idle_wished = Signal(float)
    seek_wished = Signal(int)
    told = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._troubled = False
        self._state, self._cost = label(kind="dim"), label(kind="dim")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._start, self._stop = QPushButton(self.tr("Start")), QPushButton(self.tr("Stop"))
        self._pause = QPushButton(self.tr("Pause"))
        self._pause.setCheckable(True)
        self._pause.setToolTip(self.tr("Ask no network, and give the device's memory back; what is ready is shown"))
        self._use = label(kind="dim")
        self._keep = QCheckBox(self.tr("Keep what this film uses"))
        self._keep.setToolTip(self.tr("Never dropped for want of room, as long as the film uses it"))
        self._idle = number(0, 3600, 0, " s")
        self._idle.setSpecialValueText(self.tr("never"))
        self._limit = number(0.1, 10_000, 1, " GB")
        self.failures = Failures()
        self._legend = Legend()
        self._lay_out()
        self._connect()
        self.show_cost(None)

    def show_state(self, words: str) -> None:
        """Say what the device does."""
        self._state.setText(words)

    def show_paused(self, paused: bool) -> None:
        """Say whether nothing is computed."""
        self._pause.setChecked(paused)

    def show_settings(self, limit_gb: float, idle_s: float, *, keep: bool, place: str) -> None:
        """Show the preferences."""
        for field, value in ((self._limit, limit_gb), (self._idle, idle_s)):
            field.blockSignals(True)
            field.setValue(value)
            field.blockSignals(False)
        self._keep.setChecked(keep)
        self._place.setToolTip(place)

    def show_cost(self, cost: Cost | None, *, asking: bool = False) -> None:
        """Show what it would cost, and let it be started; None for nothing to pay for."""
        self._start.setVisible(cost is not None and cost.frames > 0)
        if asking:
            self._cost.setText(self.tr("Measuring on this film's own frames …"))
        elif cost is None:
            self._cost.setText("")
        else:
            self._cost.setText(cost_words(cost))

    def show_progress(self, progress: Background) -> None:
        """Show how far the frames are that were asked for."""
        working = progress.total > 0
        self._bar.setVisible(working)
        self._stop.setVisible(working and progress.done < progress.total)
        self._bar.setRange(0, max(1, progress.total))
        self._bar.setValue(progress.done)
        if not working or self._start.isVisibleTo(self):
            return
        parts = [self.tr("{0} of {1} frames").format(progress.done, progress.total)]
        if progress.seconds_left is not None:
            parts.append(self.tr("about {0} left").format(duration(progress.seconds_left)))
        if progress.failed:
            parts.append(self.tr("{0} failed").format(progress.failed))
        self._cost.setText(" · ".join(parts))

    def show_use(self, use: Use) -> None:
        """Show what lies in the cache."""
        words = self.tr("This film {0}, all films {1} of {2}. {3} of {4} frames wait.").format(
            size(use.film_bytes), size(use.all_bytes), size(use.limit_bytes), use.waiting, use.heavy
        )
        if use.trouble and not self._troubled:
            trouble = self.tr(
                "Computed pictures are not kept: {0}. The panel of rendering lets you choose another place."
            )
            self.told.emit(trouble.format(reason(use.trouble)))
        self._troubled = bool(use.trouble)
        if use.trouble:
            words += " " + self.tr("The cache is not written to: {0}.").format(reason(use.trouble))
        self._use.setText(words)

    def show_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        self._legend.show_theme(theme)

    def _connect(self) -> None:
        self._start.clicked.connect(self.start_wished)
        self._stop.clicked.connect(self.stop_wished)
        self._pause.clicked.connect(lambda on: self.pause_wished.emit(bool(on)))
        self._keep.clicked.connect(lambda on: self.keep_wished.emit(bool(on)))
        self._idle.valueChanged.connect(self.idle_wished)
        self._limit.valueChanged.connect(self.limit_wished)
        self.failures.seek_wished.connect(self.seek_wished)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 10)
        column.setSpacing(8)
        column.addWidget(self._state)
        row = QHBoxLayout()
        wishes = {"range": self.tr("Range"), "chosen": self.tr("Selection"), "film": self.tr("Film")}
        for which, words in wishes.items():
            button = QPushButton(words)
            button.setToolTip(self.tr("Render what networks make of it into the cache"))
            button.clicked.connect(lambda _=False, which=which: self.render_wished.emit(which))
            row.addWidget(button)
        column.addLayout(row)
        column.addWidget(self._cost)
        column.addWidget(self._bar)
        work = QHBoxLayout()
        for widget in (self._start, self._stop, self._pause):
            work.addWidget(widget)
        column.addLayout(work)
        column.addWidget(self._legend)
        column.addWidget(self._use)
        column.addWidget(self._keep)
        column.addLayout(self._preferences())
        column.addWidget(self.failures, 1)
        self._bar.hide()
        self._stop.hide()
        column.addStretch(1)

    def _preferences(self) -> QFormLayout:
        form = QFormLayout()
        form.addRow(caption(self.tr("Begin the rest after")), self._idle)
        form.addRow(caption(self.tr("Size of the cache")), self._limit)
        self._place, clear = QPushButton(self.tr("Place …")), QPushButton(self.tr("Clear"))
        self._place.clicked.connect(self.place_wished)
        clear.clicked.connect(self.clear_wished)
        row = QHBoxLayout()
        row.addWidget(self._place)
        row.addWidget(clear)
        form.addRow(row)
        return form


class Legend(QWidget):
    """Says what the patterns of the bar mean."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = DARK
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(2)
        self._patches: list[_Patch] = []
        for row, (state, words) in enumerate(names().items()):
            patch = _Patch(state)
            self._patches.append(patch)
            grid.addWidget(patch, row, 0)
            grid.addWidget(label(words, "dim"), row, 1)
        grid.setColumnStretch(1, 1)

    def show_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        for patch in self._patches:
            patch.theme = theme
            patch.update()


class _Patch(QWidget):
    """A piece of the bar in one state."""

    def __init__(self, state: int) -> None:
        super().__init__()
        self._state, self.theme = state, DARK
        self.setFixedSize(QSize(30, HEIGHT + 3))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  (Qt's name)
        """Paint the pattern."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().base())
        if self._state != LIVE:
            painter.fillRect(self.rect(), brush(self._state, self.theme))
        painter.setPen(self.palette().mid().color())
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

"""The export dialog: what shall be written, how far it is, and what came of it."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QCloseEvent, QDesktopServices
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from vgan_studio.service.exporting import Order, Written
from vgan_studio.service.jobs import Job
from vgan_studio.timeline.values import Timeline

from .parts import caption, entry, label, slider, tool
from .timecode import timecode

_QUALITY = 75


class ExportDialog(QDialog):
    """Asks what to write and shows the job that does; it stays usable while it runs.

    Attributes:
        wished: an `Order`.
    """

    wished = Signal(object)

    def __init__(self, timeline: Timeline, folder: Path, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export"))
        self.setMinimumWidth(520)
        self._timeline = timeline
        self._job: Job | None = None
        self._rows = _codecs()
        self._form = QWidget()
        self._path = entry(str(folder / f"{name}.mp4"))
        self._codec, self._range, self._size = QComboBox(), QComboBox(), QComboBox()
        self._quality, self._number = slider(100, _QUALITY), QSpinBox()
        self._number.setRange(0, 100)
        self._number.setValue(_QUALITY)
        self._words = label(kind="dim")
        self._bar = QProgressBar()
        self._bar.setRange(0, 1000)
        self._bar.setTextVisible(False)
        self._go, self._cancel = QPushButton(self.tr("Export")), QPushButton(self.tr("Close"))
        self._show = QPushButton(self.tr("Open folder"))
        self._fill()
        self._lay_out()
        self._codec_chosen()

    @property
    def order(self) -> Order:
        """What is asked for."""
        id = self._codec.currentData()
        return Order(
            Path(self._path.text()).expanduser(), id, self._quality.value(), self._range.currentData(),
            self._size.currentData(),
        )  # fmt: skip

    def follow(self, job: Job) -> None:
        """Show how far a job is, and what came of it."""
        self._job = job
        self._form.setEnabled(False)
        self._go.setEnabled(False)
        self._cancel.setText(self.tr("Cancel"))
        self._bar.setVisible(True)
        self._say(self.tr("Starting …"))
        job.progress.connect(self._progress)
        job.done.connect(self._done)
        job.failed.connect(lambda sentence: self._ended(sentence, bad=True))
        job.cancelled.connect(lambda: self._ended(self.tr("Cancelled. Nothing was written.")))

    def reject(self) -> None:
        """Cancel the job if there is one; else close."""
        if self._job is not None:
            self._job.cancel()
            self._cancel.setEnabled(False)
            self._say(self.tr("Cancelling …"))
        else:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802  (Qt's name)
        """Stay open while a job runs."""
        if self._job is not None:
            event.ignore()
            self.reject()
        else:
            super().closeEvent(event)

    def _fill(self) -> None:
        for id, (title, suffixes, lossless) in self._rows.items():
            del lossless
            self._codec.addItem(f"{title}  ({suffixes[0]})", id)
        film = self._timeline
        whole = (0, film.duration)
        self._range.addItem(self.tr("Whole film, {0}").format(timecode(film.duration, film.rate)), whole)
        if film.range is not None:
            start, end = film.range
            self._range.addItem(self.tr("In to out, {0}").format(timecode(end - start, film.rate)), film.range)
            self._range.setCurrentIndex(1)
        for share, words in ((1, self.tr("as the film")), (2, self.tr("half")), (4, self.tr("quarter"))):
            width, height = (max(2, side // share // 2 * 2) for side in (film.width, film.height))
            self._size.addItem(f"{width} × {height}  ({words})", (width, height))
        self._codec.currentIndexChanged.connect(self._codec_chosen)
        self._path.editingFinished.connect(self._warn)
        self._quality.valueChanged.connect(self._number.setValue)
        self._number.valueChanged.connect(self._quality.setValue)
        self._go.clicked.connect(self._wish)
        self._cancel.clicked.connect(self.reject)
        self._show.clicked.connect(self._open_folder)

    def _lay_out(self) -> None:
        form = QFormLayout(self._form)
        form.setContentsMargins(0, 0, 0, 0)
        browse = tool(self.tr("Choose the file"), words="…")
        browse.clicked.connect(self._browse)
        form.addRow(caption(self.tr("File")), _side_by_side(self._path, browse))
        form.addRow(caption(self.tr("Format")), self._codec)
        form.addRow(caption(self.tr("Range")), self._range)
        form.addRow(caption(self.tr("Size")), self._size)
        form.addRow(caption(self.tr("Quality")), _side_by_side(self._quality, self._number))
        self._path.setAccessibleName(self.tr("File"))
        self._number.setAccessibleName(self.tr("Quality"))
        buttons = QDialogButtonBox()
        buttons.addButton(self._show, QDialogButtonBox.ButtonRole.ResetRole)
        buttons.addButton(self._cancel, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.addButton(self._go, QDialogButtonBox.ButtonRole.AcceptRole)
        for button in (self._show, self._cancel):
            button.setAutoDefault(False)
        self._go.setDefault(True)
        self._show.hide()
        self._bar.hide()
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.setContentsMargins(18, 18, 18, 14)
        for widget in (self._form, self._bar, self._words, buttons):
            column.addWidget(widget)

    def _codec_chosen(self) -> None:
        _, suffixes, lossless = self._rows[self._codec.currentData()]
        path = Path(self._path.text())
        if path.suffix.lower() not in suffixes:
            self._path.setText(str(path.with_suffix(suffixes[0])))
        self._quality.setEnabled(not lossless)
        self._number.setEnabled(not lossless)
        self._warn()

    def _warn(self) -> None:
        """Say beforehand what will happen."""
        lossless = self._rows[self._codec.currentData()][2]
        words = [self.tr("Lossless: nothing is lost, at any quality.")] if lossless else []
        path = self.order.path
        if path.is_file():
            words.append(self.tr("{0} is there already and will be replaced.").format(path.name))
        self._say(" ".join(words))

    def _browse(self) -> None:
        _, suffixes, _ = self._rows[self._codec.currentData()]
        pattern = " ".join(f"*{suffix}" for suffix in suffixes)
        name, _ = QFileDialog.getSaveFileName(self, self.tr("Export to"), self._path.text(), f"({pattern})")
        if name:
            self._path.setText(name if Path(name).suffix else f"{name}{suffixes[0]}")

    def _wish(self) -> None:
        self._show.hide()
        order = self.order
        if not order.path.parent.is_dir():
            self._say(self.tr("There is no folder {0}.").format(order.path.parent), bad=True)
            return
        self.wished.emit(order)

    def _progress(self, step: Any) -> None:
        if isinstance(step, Written) or not step.total:
            return
        self._bar.setValue(round(1000 * step.done / step.total))
        left = "" if step.seconds_left is None else self.tr(", {0} left").format(_duration(step.seconds_left))
        self._say(self.tr("{0} of {1} pictures, {2:.1f} per second{3}").format(step.done, step.total, step.speed, left))

    def _done(self, written: object) -> None:
        assert isinstance(written, Written)
        facts = f"{written.words} · {_size(written.size_bytes)}" if written.size_bytes else written.words
        words = [self.tr("{0} was written and checked.").format(written.path.name), facts, *written.notes]
        self._bar.setValue(1000)
        self._show.show()
        self._ended("\n".join(word for word in words if word))

    def _ended(self, words: str, *, bad: bool = False) -> None:
        self._job = None
        self._form.setEnabled(True)
        self._go.setEnabled(True)
        self._cancel.setEnabled(True)
        self._cancel.setText(self.tr("Close"))
        self._say(words, bad=bad)

    def _say(self, words: str, *, bad: bool = False) -> None:
        self._words.setObjectName("danger" if bad else "dim")
        self._words.style().polish(self._words)
        self._words.setText(words)

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.order.path.parent)))


def _codecs() -> dict[str, tuple[str, tuple[str, ...], bool]]:
    """Give title, suffixes and whether nothing is lost, by the id of the codec."""
    from vgan_studio.media.codecs import CODECS, SOUND_CODECS

    films = {row.id: (row.title, row.containers, row.lossless) for row in CODECS.values() if not row.sequence}
    sound = {row.id: (row.title, row.containers, row.bit_rate is None) for row in SOUND_CODECS.values()}
    return {**films, **sound}


def _side_by_side(*widgets: QWidget) -> QWidget:
    owner = QWidget()
    row = QHBoxLayout(owner)
    row.setContentsMargins(0, 0, 0, 0)
    for number, widget in enumerate(widgets):
        row.addWidget(widget, 0 if number else 1)
    return owner


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02d} s" if minutes else f"{rest} s"


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} MB" if count < 1e9 else f"{count / 1e9:.2f} GB"

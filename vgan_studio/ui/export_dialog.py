"""The export dialog: what shall be written, how far it is, and what came of it."""

import shutil
from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl, Signal, SignalInstance
from PySide6.QtGui import QCloseEvent, QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from vgan_studio.service.exporting import Order, Written, subtitle_files
from vgan_studio.service.jobs import Job
from vgan_studio.service.presets import PRESETS, fitted, hurdles, paced, weight
from vgan_studio.timeline.values import Timeline

from .export_choices import codecs, pulled, rates, titles, ways
from .panels import pace, report, size
from .parts import caption, entry, label, slider, tool, whole
from .timecode import timecode
from .words import said

_QUALITY = 75
_SEQUENCES = ("png", "jpeg")
_SOUND = ("aac", "opus", "flac", "wav")


class ExportDialog(QDialog):
    """Asks what to write and shows the job that does; it stays usable while it runs.

    Attributes:
        wished: an `Order` to write now.
        lined: an `Order` to write when those before it are done; the dialog closes.
        ranged: another part of the film, or another kind of file, is to be written.
        certificate_wished: another certificate shall sign.

    Args:
        missing: media of the film that are missing.
    """

    wished = Signal(object)
    lined = Signal(object)
    ranged = Signal()
    certificate_wished = Signal()

    def __init__(
        self, timeline: Timeline, folder: Path, name: str, parent: QWidget | None = None, *, missing: int = 0
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export"))
        self.setMinimumWidth(560)
        self._timeline, self._missing = timeline, missing
        self._job: Job | None = None
        self._rows = codecs()
        self._form, self._details = QWidget(), QWidget()
        self._path = entry(str(folder / f"{name}.mp4"))
        self._preset, self._codec, self._range, self._size = QComboBox(), QComboBox(), QComboBox(), QComboBox()
        self._rate, self._subtitles = QComboBox(), QComboBox()
        self._quality, self._number = slider(100, _QUALITY), whole()
        self._number.setRange(0, 100)
        self._number.setValue(_QUALITY)
        self._words, self._estimate, self._cost = label(kind="dim"), label(kind="dim"), label(kind="dim")
        self._signing = Signing()
        self._check = QCheckBox(self.tr("Compare some pictures of networks with the preview"))
        self._bar = QProgressBar()
        self._bar.setRange(0, 1000)
        self._bar.setTextVisible(False)
        self._more = QPushButton(self.tr("More"))
        self._line = QPushButton(self.tr("Add to the queue"))
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
            self._size.currentData(), subtitles=self._subtitles.currentData(),
            rate=None if self._rate.currentData() == self._timeline.rate else self._rate.currentData(),
            check=self._check.isChecked(),
        )  # fmt: skip

    def choose(self, preset: str) -> None:
        """Take on a preset by its id."""
        self._preset.setCurrentIndex(self._preset.findData(preset))
        self._preset_chosen()

    @property
    def signs(self) -> bool:
        """The film shall say, signed, that networks have changed it."""
        return self._signing.box.isChecked()

    def show_signing(self, signs: bool, *, possible: bool) -> None:
        """Show what is offered where networks take part: to sign the film, if that is possible, and to check it."""
        self._check.show()
        self._signing.setVisible(possible)
        self._signing.box.setChecked(signs)

    def show_certificate(self, name: str) -> None:
        """Show which certificate signs; "" for the one that is made here."""
        self._signing.show_certificate(name)

    def show_cost(self, words: str, *, bad: bool = False) -> None:
        """Say what networks will cost."""
        self._cost.setVisible(bool(words))
        _color(self._cost, bad=bad)
        self._cost.setText(words)
        self.adjustSize()  # wrapped words would take the room of the fields

    def follow(self, job: Job) -> None:
        """Show how far a job is, and what came of it."""
        self._job = job
        self._form.setEnabled(False)
        for button in (self._go, self._line):
            button.setEnabled(False)
        self._cancel.setText(self.tr("Cancel"))
        self._bar.setVisible(True)
        self.adjustSize()
        self._say(self.tr("Starting …"))
        job.progress.connect(self._progress)
        job.done.connect(self._done)
        job.failed.connect(lambda sentence: self._ended(said(sentence), bad=True))
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
        presets = titles()
        for one in PRESETS:
            self._preset.addItem(presets[one.id], one.id)
        for id, (title, suffixes, _) in self._rows.items():
            self._codec.addItem(f"{title}  ({suffixes[0]})", id)
        film = self._timeline
        whole = (0, film.duration)
        self._range.addItem(self.tr("Whole film, {0}").format(timecode(film.duration, film.rate)), whole)
        if film.range is not None:
            start, end = film.range
            self._range.addItem(self.tr("In to out, {0}").format(timecode(end - start, film.rate)), film.range)
            self._range.setCurrentIndex(1)
        sizes = {(film.width, film.height): self.tr("as the film")}
        sizes |= {fitted(film, height): f"{height}p" for height in (2160, 1440, 1080, 720, 540, 360, 240)}
        sizes[film.width, film.height] = self.tr("as the film")
        for (width, height), words in sizes.items():
            self._size.addItem(f"{width} × {height}  ({words})", (width, height))
        for rate, words in rates(film).items():
            self._rate.addItem(words, rate)
        self._rate.setCurrentIndex(list(rates(film)).index(film.rate))
        for way, words in ways().items():
            self._subtitles.addItem(words, way)
        self._connect()

    def _connect(self) -> None:
        self._preset.activated.connect(self._preset_chosen)
        self._codec.currentIndexChanged.connect(self._codec_chosen)
        self._path.editingFinished.connect(self._warn)
        self._quality.valueChanged.connect(self._number.setValue)
        self._number.valueChanged.connect(self._quality.setValue)
        for box in (self._range, self._size, self._rate, self._subtitles):
            box.currentIndexChanged.connect(self._warn)
        for box in (self._range, self._rate):
            box.currentIndexChanged.connect(self.ranged)
        self._codec.currentIndexChanged.connect(self.ranged)
        self._signing.certificate.clicked.connect(self.certificate_wished)
        self._number.valueChanged.connect(self._warn)
        self._more.setCheckable(True)
        self._more.toggled.connect(self._show_more)
        self._go.clicked.connect(lambda: self._wish(self.wished))
        self._line.clicked.connect(self._line_up)
        self._cancel.clicked.connect(self.reject)
        self._show.clicked.connect(self._open_folder)

    def _lay_out(self) -> None:
        top, form = QFormLayout(self._form), QFormLayout(self._details)
        for one in (top, form):
            one.setContentsMargins(0, 0, 0, 0)
        browse = tool(self.tr("Choose the file"), words="…")
        browse.clicked.connect(self._browse)
        top.addRow(caption(self.tr("For")), self._preset)
        top.addRow(caption(self.tr("File")), _side_by_side(self._path, browse))
        top.addRow(caption(self.tr("Range")), self._range)
        if any(track.captions and not track.hidden for track in self._timeline.subtitles):
            top.addRow(caption(self.tr("Subtitles")), self._subtitles)
        top.addRow("", _side_by_side(self._estimate, self._more))
        form.addRow(caption(self.tr("Format")), self._codec)
        form.addRow(caption(self.tr("Size")), self._size)
        form.addRow(caption(self.tr("Rate")), self._rate)
        form.addRow(caption(self.tr("Quality")), _side_by_side(self._quality, self._number))
        top.addRow("", self._cost)
        form.addRow("", self._signing)
        form.addRow("", self._check)
        top.addRow(self._details)
        _align(top, form)
        named: tuple[tuple[QWidget, str], ...] = ((self._path, self.tr("File")), (self._number, self.tr("Quality")),
                              (self._preset, self.tr("For")), (self._codec, self.tr("Format")),
                              (self._range, self.tr("Range")), (self._size, self.tr("Size")),
                              (self._rate, self.tr("Rate")),
                              (self._subtitles, self.tr("Subtitles")),
                              (self._quality, self.tr("Quality")))  # fmt: skip
        for field, words in named:
            field.setAccessibleName(words)
        buttons = QDialogButtonBox()
        buttons.addButton(self._show, QDialogButtonBox.ButtonRole.ResetRole)
        buttons.addButton(self._cancel, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.addButton(self._line, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(self._go, QDialogButtonBox.ButtonRole.AcceptRole)
        for button in (self._show, self._cancel, self._line, self._more):
            button.setAutoDefault(False)
        self._go.setDefault(True)
        for hidden in (self._show, self._bar, self._details, self._cost, self._signing, self._check):
            hidden.hide()
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.setContentsMargins(18, 18, 18, 14)
        for widget in (self._form, self._bar, self._words, buttons):
            column.addWidget(widget)

    def _show_more(self, shown: bool) -> None:
        self._details.setVisible(shown)
        self._more.setText(self.tr("Less") if shown else self.tr("More"))
        self.adjustSize()

    def _preset_chosen(self) -> None:
        preset = next(one for one in PRESETS if one.id == self._preset.currentData())
        path = Path(self._path.text())
        self._codec.setCurrentIndex(self._codec.findData(preset.codec))
        self._quality.setValue(preset.quality)
        size = fitted(self._timeline, preset.height)
        places = (place for place in range(self._size.count()) if self._size.itemData(place) == size)
        self._size.setCurrentIndex(next(places, 0))
        rate = paced(self._timeline, preset.rate)
        self._rate.setCurrentIndex(list(rates(self._timeline)).index(rate))
        self._path.setText(str(path.with_suffix(preset.suffix)))
        self._codec_chosen()

    def _codec_chosen(self) -> None:
        _, suffixes, lossless = self._rows[self._codec.currentData()]
        path = Path(self._path.text())
        if path.suffix.lower() not in suffixes and self._codec.currentData() not in _SEQUENCES:
            self._path.setText(str(path.with_suffix(suffixes[0])))
        self._quality.setEnabled(not lossless)
        self._number.setEnabled(not lossless)
        for box in (self._size, self._rate):
            box.setEnabled(self._codec.currentData() not in _SOUND)
        self._warn()

    def _hurdles(self) -> list[str]:
        folder = self.order.path.parent
        free = shutil.disk_usage(folder).free if folder.is_dir() else 1 << 62
        return hurdles(self._timeline, self.order, self._missing, free)

    def _warn(self) -> None:
        """Say beforehand what will happen, or why nothing can, in as much room as that takes."""
        self._foresee()
        if self.isVisible():  # else it is done when it is shown
            self.adjustSize()

    def _foresee(self) -> None:
        order = self.order
        about = self.tr("About {0}; a quiet film takes half of it, a grainy one twice as much.")
        rate = f"{float(order.rate or self._timeline.rate):.5g}"
        shape = "" if order.codec in _SOUND else self.tr("{0} × {1}, {2} fps.").format(*order.size, rate) + "\n"
        self._estimate.setText(shape + about.format(size(weight(self._timeline, order))))
        wrong = [said(sentence) for sentence in self._hurdles()]
        if wrong:
            self._say(" ".join(wrong), bad=True)
            return
        lossless = self._rows[self._codec.currentData()][2]
        words = [self.tr("Lossless: nothing is lost, at any quality.")] if lossless else []
        again = "" if order.codec in _SOUND else pulled(self._timeline, order.rate or self._timeline.rate)
        words += [again] if again else []
        for path in (order.path, *subtitle_files(self._timeline, order)):
            if path.is_file():
                words.append(self.tr("{0} is there already and will be replaced.").format(path.name))
        self._say(" ".join(words))

    def _browse(self) -> None:
        _, suffixes, _ = self._rows[self._codec.currentData()]
        pattern = " ".join(f"*{suffix}" for suffix in suffixes)
        name, _ = QFileDialog.getSaveFileName(self, self.tr("Export to"), self._path.text(), f"({pattern})")
        if name:
            self._path.setText(name if Path(name).suffix else f"{name}{suffixes[0]}")
            self._warn()

    def _wish(self, wish: SignalInstance) -> bool:
        """Wish for the film to be written, unless something keeps it from that."""
        self._show.hide()
        self._warn()
        if self._hurdles():
            return False
        wish.emit(self.order)
        return True

    def _line_up(self) -> None:
        if self._wish(self.lined):
            self.accept()

    def _progress(self, step: Any) -> None:
        if isinstance(step, Written) or not step.total:
            return
        self._bar.setValue(round(1000 * step.done / step.total))
        self._say(pace(step))

    def _done(self, written: object) -> None:
        assert isinstance(written, Written)
        self._bar.setValue(1000)
        self._show.show()
        self._ended(report(written))

    def _ended(self, words: str, *, bad: bool = False) -> None:
        self._job = None
        self._form.setEnabled(True)
        for button in (self._go, self._line, self._cancel):
            button.setEnabled(True)
        self._cancel.setText(self.tr("Close"))
        self._say(words, bad=bad)
        self.adjustSize()

    def _say(self, words: str, *, bad: bool = False) -> None:
        _color(self._words, bad=bad)
        self._words.setText(words)

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.order.path.parent)))


class Signing(QWidget):
    """Asks whether films that networks changed say so, signed, and by which certificate."""

    def __init__(self) -> None:
        super().__init__()
        self.box = QCheckBox(self.tr("Sign films that networks changed (content credentials)"))
        self.certificate = tool(self.tr("Choose a certificate; without one, one made here signs"), words="…")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.box, 1)
        row.addWidget(self.certificate)

    def show_certificate(self, name: str) -> None:
        """Show which certificate signs."""
        self.certificate.setToolTip(name or self.tr("Choose a certificate; without one, one made here signs"))


def _color(words: QLabel, *, bad: bool) -> None:
    words.setObjectName("danger" if bad else "dim")
    words.style().polish(words)


def _align(*forms: QFormLayout) -> None:
    """Let the fields of several forms begin at the same place."""
    items = [form.itemAt(row, QFormLayout.ItemRole.LabelRole) for form in forms for row in range(form.rowCount())]
    found = [item.widget() for item in items if item is not None]
    labels = [one for one in found if one is not None]
    for one in labels:
        one.setMinimumWidth(max(label.sizeHint().width() for label in labels))


def _side_by_side(*widgets: QWidget) -> QWidget:
    owner = QWidget()
    row = QHBoxLayout(owner)
    row.setContentsMargins(0, 0, 0, 0)
    for number, widget in enumerate(widgets):
        row.addWidget(widget, 0 if number else 1)
    return owner

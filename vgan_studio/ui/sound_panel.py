"""The panel of sound: the mixer, and the loudness of the film with the way to a target."""

from math import isfinite

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from vgan_studio.service.loudness import TARGET_LUFS, Loudness

from .mixer import Mixer
from .parts import label, number
from .theme import Theme


class SoundPanel(QWidget):
    """Shows how loud it is, and emits wishes.

    Attributes:
        mixer: the strips of the tracks, with wishes of its own.
        meters: of the whole mix.
        measure_wished: measure the marked range, or the film.
        normalise_wished: bring what was measured to so many LUFS.
    """

    measure_wished = Signal()
    normalise_wished = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.mixer = Mixer()
        self.meters = self.mixer.master
        self.words = label(self.tr("Loudness (EBU R 128) was not measured yet."), "dim")
        self.measure = QPushButton(self.tr("Measure loudness"))
        self.measure.setToolTip(self.tr("Of the marked range, or of the whole film"))
        self.measure.clicked.connect(self.measure_wished)
        self.target = number(-40, -5, 1, " LUFS")
        self.target.setValue(TARGET_LUFS)
        self.target.setMinimumWidth(self.target.fontMetrics().horizontalAdvance("-23.0 LUFS") + 24)
        self.target.setAccessibleName(self.tr("Loudness to reach"))
        self.target.setToolTip(self.tr("-23 for broadcast, -16 for podcasts, -14 for most sites"))
        self.normalise = QPushButton(self.tr("Normalise"))
        self.normalise.setToolTip(self.tr("Change the volume of all clips alike, so that the film has this loudness"))
        self.normalise.setEnabled(False)
        self.normalise.clicked.connect(lambda: self.normalise_wished.emit(self.target.value()))
        self._lay_out()

    def show_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        self.mixer.show_theme(theme)

    def show_loudness(self, found: Loudness) -> None:
        """Show what was measured so far."""
        done = found.done >= found.total
        self.measure.setEnabled(done)
        self.normalise.setEnabled(done and isfinite(found.integrated))
        if not done:
            self.words.setText(self.tr("Measuring: {0} of {1} s").format(found.done, found.total))
        elif not isfinite(found.integrated):
            self.words.setText(self.tr("There is no sound loud enough to be measured."))
        else:
            words = self.tr("{0:.1f} LUFS integrated, {1:.1f} momentary at most; range {2:.1f} LU, peak {3:.1f} dBTP")
            self.words.setText(words.format(found.integrated, found.momentary, found.range, found.peak))

    def show_changed(self) -> None:
        """Say that what was measured is no longer true."""
        if self.normalise.isEnabled():
            self.normalise.setEnabled(False)
            self.words.setText(self.tr("The film has changed since it was measured."))

    def show_end(self, sentence: str = "") -> None:
        """Say that it ended before its end, and why."""
        self.measure.setEnabled(True)
        self.words.setText(sentence or self.tr("Loudness (EBU R 128) was not measured yet."))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.measure, 1)
        row.addWidget(self.target)
        row.addWidget(self.normalise)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.setSpacing(4)
        column.addWidget(self.mixer, 1)
        column.addWidget(self.words)
        column.addLayout(row)

"""Small questions: how fast, what a marker says, what a thing is called, how large the film is."""

from fractions import Fraction

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPixmap, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from vgan_studio.timeline.values import Marker, Timeline

from .parts import caption, entry, label, number, whole

RATES = (Fraction(24000, 1001), Fraction(24), Fraction(25), Fraction(30000, 1001), Fraction(30), Fraction(48),
         Fraction(50), Fraction(60000, 1001), Fraction(60))  # fmt: skip
SIZES = ((1280, 720), (1920, 1080), (2560, 1440), (3840, 2160), (1080, 1920), (1080, 1080), (720, 576), (640, 480))


class Question(QDialog):
    """A form with Cancel and OK, which goes away by itself; `ask` says what OK does."""

    def __init__(self, title: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(360)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.form = QFormLayout()
        self.form.setSpacing(10)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.buttons.accepted.connect(self._answer)
        self.buttons.rejected.connect(self.reject)
        self.column = QVBoxLayout(self)
        self.column.setSpacing(14)
        self.column.setContentsMargins(18, 18, 18, 14)
        self.column.addLayout(self.form)
        self.column.addWidget(self.buttons)

    def tell(self) -> None:
        """Emit the answer."""
        raise NotImplementedError

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  (Qt's name)
        """Let the first field have the keyboard: the buttons, which were there before it, would."""
        super().showEvent(event)
        for row in range(self.form.rowCount()):
            item = self.form.itemAt(row, QFormLayout.ItemRole.FieldRole)
            field = item.widget() if item is not None else None
            if field is not None and field.isEnabled() and field.focusPolicy() & Qt.FocusPolicy.TabFocus:
                field.setFocus()
                return

    def _answer(self) -> None:
        self.accept()
        self.tell()


class SpeedQuestion(Question):
    """Asks how fast a clip shall play.

    Attributes:
        answered: a Fraction, and whether the later clips follow.
    """

    answered = Signal(object, bool)

    def __init__(self, speed: Fraction, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setWindowTitle(self.tr("Speed"))
        self.percent = number(0.1, 100_000, 2, " %")
        self.percent.setValue(float(abs(speed) * 100) or 100.0)
        self.percent.setAccessibleName(self.tr("Speed"))
        self.backwards = QCheckBox(self.tr("Backwards"))
        self.backwards.setChecked(speed < 0)
        self.ripple = QCheckBox(self.tr("Let the later clips follow"))
        self.ripple.setChecked(True)
        self.form.addRow(caption(self.tr("Speed")), self.percent)
        self.form.addRow("", self.backwards)
        self.form.addRow("", self.ripple)
        self.percent.selectAll()

    def tell(self) -> None:
        """Emit the answer."""
        speed = Fraction(round(self.percent.value() * 100), 10_000)
        self.answered.emit(-speed if self.backwards.isChecked() else speed, self.ripple.isChecked())


class MarkerQuestion(Question):
    """Asks what a marker says.

    Attributes:
        answered: a `Marker`.
        removed: it shall go.
    """

    answered = Signal(object)
    removed = Signal()

    def __init__(self, marker: Marker, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setWindowTitle(self.tr("Marker"))
        self._marker = marker
        self.name = entry(marker.name)
        self.color = QComboBox()
        for color, words in self._colors():
            patch = QPixmap(16, 16)
            patch.fill(QColor(color))
            self.color.addItem(QIcon(patch), words, color)
        if self.color.findData(marker.color) < 0:
            self.color.addItem(marker.color, marker.color)
        self.color.setCurrentIndex(self.color.findData(marker.color))
        self.note = QPlainTextEdit(marker.note)
        self.note.setFixedHeight(90)
        self.note.setTabChangesFocus(True)
        for words, widget in ((self.tr("Name"), self.name), (self.tr("Colour"), self.color),
                              (self.tr("Note"), self.note)):  # fmt: skip
            widget.setAccessibleName(words)
            self.form.addRow(caption(words), widget)
        remove = self.buttons.addButton(self.tr("Remove"), QDialogButtonBox.ButtonRole.DestructiveRole)
        remove.clicked.connect(self._remove)

    def tell(self) -> None:
        """Emit the answer."""
        held = self._marker
        self.answered.emit(
            Marker(held.frame, self.name.text(), self.color.currentData(), self.note.toPlainText(), held.metadata)
        )

    def _remove(self) -> None:
        self.reject()
        self.removed.emit()

    def _colors(self) -> tuple[tuple[str, str], ...]:
        return (
            ("green", self.tr("Green")), ("red", self.tr("Red")), ("orange", self.tr("Orange")),
            ("yellow", self.tr("Yellow")), ("cyan", self.tr("Cyan")), ("blue", self.tr("Blue")),
            ("purple", self.tr("Purple")), ("pink", self.tr("Pink")), ("white", self.tr("White")),
        )  # fmt: skip


class NameQuestion(Question):
    """Asks for a line of words.

    Attributes:
        answered: the words.
    """

    answered = Signal(str)

    def __init__(self, title: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self.name = entry(words)
        self.name.setAccessibleName(title)
        self.name.setMaxLength(200)
        self.name.selectAll()
        self.form.addRow(caption(self.tr("Name")), self.name)

    def tell(self) -> None:
        """Emit the answer."""
        self.answered.emit(self.name.text())


class FilmQuestion(Question):
    """Asks for the size and the rate of the film.

    Attributes:
        answered: width, height, rate, sample rate.
    """

    answered = Signal(int, int, object, int)

    def __init__(self, film: Timeline, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setWindowTitle(self.tr("Settings of the film"))
        self.width_, self.height_ = whole(), whole()
        for box, value in ((self.width_, film.width), (self.height_, film.height)):
            box.setRange(2, 16384)
            box.setValue(value)
        self.sizes = QComboBox()
        self.sizes.addItem(self.tr("Own"), None)
        for width, height in SIZES:
            self.sizes.addItem(f"{width} × {height}", (width, height))
        self.sizes.setCurrentText(f"{film.width} × {film.height}")
        self.sizes.activated.connect(self._sized)
        self.rate = QComboBox()
        for rate in sorted({*RATES, film.rate}):
            self.rate.addItem(self.tr("{0} fps").format(f"{float(rate):.5g}"), rate)
        self.rate.setCurrentIndex(sorted({*RATES, film.rate}).index(film.rate))
        self.sound = QComboBox()
        for hertz in sorted({44100, 48000, 96000, film.sample_rate}):
            self.sound.addItem(f"{hertz / 1000:g} kHz", hertz)
        self.sound.setCurrentIndex(self.sound.findData(film.sample_rate))
        rows = (
            (self.tr("Size"), self.sizes), (self.tr("Width"), self.width_), (self.tr("Height"), self.height_),
            (self.tr("Pictures per second"), self.rate), (self.tr("Sound"), self.sound),
        )  # fmt: skip
        for words, widget in rows:
            widget.setAccessibleName(words)
            self.form.addRow(caption(words), widget)
        if any(track.clips for track in film.tracks):
            self.rate.setEnabled(False)
            words = self.tr("The rate can be changed only while the timeline has no clips.")
            self.form.addRow(label(words, "dim"))

    def tell(self) -> None:
        """Emit the answer."""
        self.answered.emit(self.width_.value(), self.height_.value(), self.rate.currentData(), self.sound.currentData())

    def _sized(self) -> None:
        size = self.sizes.currentData()
        if size is not None:
            self.width_.setValue(size[0])
            self.height_.setValue(size[1])

"""One editor for each kind of parameter: it shows a value and emits another.

Imported only when the effects are known, as their descriptions bring torch along.
"""
# ruff: noqa: N802  (events have Qt's names)

from collections.abc import Callable
from pathlib import Path
from random import randrange
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QCheckBox,
    QColorDialog,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from vgan_studio.effects.params import (
    Choice,
    Color,
    File,
    Font,
    Number,
    Numbers,
    Outline,
    Param,
    Points,
    Seed,
    Text,
    Toggle,
    Weights,
)
from vgan_studio.timeline.values import Value

from .differing import dashed
from .editor import Editor
from .font_choice import FontEditor
from .model_choice import WeightsEditor
from .parts import entry, mild, number, slider, tool
from .points_editor import PointsEditor
from .tone_editor import ToneEditor
from .units import Unit, plain, unit
from .words import said

_PLAIN = Unit()
_STEPS = 1000
_LIGHT, _MIDDLE = (0.2126, 0.7152, 0.0722), 0.18  # of a colour's parts; where black and white are read equally well
_WIDE = 200.0  # a range this wide gets a slider around its default


def editor(param: Param) -> Editor:
    """Make the editor of a parameter."""
    makers: dict[type, Callable[[Any], Editor]] = {
        Number: lambda one: NumberEditor(one.low, one.high, one.default, whole=one.whole, unit=unit(one)),
        Numbers: NumbersEditor, Toggle: ToggleEditor, Choice: ChoiceEditor, Color: ColorEditor, Text: TextEditor,
        Points: ToneEditor, Outline: PointsEditor, File: FileEditor, Weights: WeightsEditor,
        Font: FontEditor, Seed: SeedEditor,
    }  # fmt: skip
    return makers[type(param)](param)


class NumberEditor(Editor):
    """A slider and a field; a double click on the slider resets.  Both show the value times the factor of its unit."""

    def __init__(self, low: float, high: float, default: float, *, whole: bool = False, unit: Unit = _PLAIN) -> None:
        super().__init__()
        self._low, self._high, self._factor = low, high, unit.factor
        if high - low > _WIDE or (high - low > 20 and not whole):
            span = max(1.0, abs(default)) * (2 if low >= 0 else 1)
            self._low, self._high = max(low, default - span if low < 0 else low), min(high, default + span)
        low, high, self._low, self._high = (one * unit.factor for one in (low, high, self._low, self._high))
        self._slider = slider(_STEPS)
        self._slider.valueChanged.connect(self._slid)
        self._slider.sliderReleased.connect(self.sealed)
        decimals = unit.decimals if unit.decimals is not None else _decimals(high - low)
        self._field = number(low, high, 0 if whole else decimals, unit.suffix)
        self._field.setSingleStep(1 if whole else max(10.0 ** -self._field.decimals(), (self._high - self._low) / 100))
        self._field.setFixedWidth(self._field.fontMetrics().horizontalAdvance("0") * 8)
        self._field.valueChanged.connect(self._typed)
        self._end = self.ends(self._slider, self._field)
        self._slider.installEventFilter(self)
        self._slider.setSingleStep(max(_STEPS // 100, self._step(self._low + 10.0 ** -self._field.decimals())))
        self._slider.setPageStep(5 * self._slider.singleStep())
        self._slider.setMinimumWidth(40)
        row = _row(self)
        if high - low <= 1e6:
            row.addWidget(self._slider, 1)
        else:
            row.addStretch(1)
        row.addWidget(self._field)
        self.setFocusProxy(self._field)

    def show_value(self, value: Value) -> None:
        """Show a number."""
        assert isinstance(value, int | float)
        with QSignalBlocker(self._slider), QSignalBlocker(self._field):
            self._slider.setValue(self._step(value * self._factor))
            self._field.setValue(value * self._factor)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take a double click on the slider as a wish for the default."""
        if event.type() == QEvent.Type.MouseButtonDblClick:
            self.reset_wished.emit()
            return True
        return super().eventFilter(watched, event)

    def _step(self, value: float) -> int:
        span = self._high - self._low
        return round(_STEPS * (min(max(value, self._low), self._high) - self._low) / span) if span else 0

    def _slid(self, step: int) -> None:
        value = self._low + (self._high - self._low) * step / _STEPS
        value = round(value, self._field.decimals())
        self._field.blockSignals(True)
        self._field.setValue(value)
        self._field.blockSignals(False)
        self.wished.emit(plain(value, self._factor))
        if not self._slider.isSliderDown():
            self._end.changed()

    def _typed(self, value: float) -> None:
        self.show_value(plain(value, self._factor))
        self.wished.emit(plain(value, self._factor))
        self._end.changed()


class SeedEditor(NumberEditor):
    """A field, a die that draws another number, and a lock against that.

    Attributes:
        lock_wished: it shall be locked, or not.
    """

    lock_wished = Signal(bool)

    def __init__(self, param: Seed) -> None:
        super().__init__(param.low, param.high, param.default, whole=True)
        self.die = tool(self.tr("Draw another seed"), words="⚄")
        self.die.clicked.connect(lambda: self.wish(randrange(int(param.low), int(param.high) + 1)))
        self.lock = tool(self.tr("Locked: the seed stays when seeds are drawn anew"))
        self.lock.setCheckable(True)
        self.lock.clicked.connect(self.lock_wished)
        row = self.layout()
        assert row is not None
        row.addWidget(self.die)
        row.addWidget(self.lock)

    def show_lock(self, *, locked: bool) -> None:
        """Show whether the seed is locked."""
        self.lock.setChecked(locked)
        for part in (self._slider, self._field, self.die):
            part.setEnabled(not locked)


class NumbersEditor(Editor):
    """Fields side by side."""

    def __init__(self, param: Numbers) -> None:
        super().__init__()
        self._fields = []
        shown, few = unit(param), len(param.default) < 3
        self._factor = factor = shown.factor
        row = _row(self)
        row.setSpacing(6 if few else 3)
        decimals = shown.decimals if shown.decimals is not None else 3 if few and factor == 1 else 2
        for _ in param.default:
            field = number(param.low * factor, param.high * factor, decimals, shown.suffix)
            field.setMinimumWidth(field.fontMetrics().horizontalAdvance("0") * (6 if few else 5))
            field.setSingleStep(0.01 * factor)
            field.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            field.valueChanged.connect(self._typed)
            row.addWidget(field, 1)
            self._fields.append(field)
        self._end = self.ends(*self._fields)

    def show_value(self, value: Value) -> None:
        """Show numbers."""
        assert isinstance(value, tuple)
        for field, one in zip(self._fields, value, strict=True):
            field.blockSignals(True)
            field.setValue(one * self._factor)
            field.blockSignals(False)

    def setAccessibleName(self, name: str) -> None:
        """Name each field, too."""
        super().setAccessibleName(name)
        for place, field in enumerate(self._fields, 1):
            field.setAccessibleName(f"{name} {place}")

    def _typed(self) -> None:
        values = (None if dashed(field) else plain(field.value(), self._factor) for field in self._fields)
        self.wished.emit(tuple(values))
        self._end.changed()


class ToggleEditor(Editor):
    """A box to tick."""

    def __init__(self, param: Toggle) -> None:
        super().__init__()
        del param
        self._box = QCheckBox()
        self._box.clicked.connect(lambda on: self.wish(bool(on)))
        row = _row(self)
        row.addWidget(self._box)
        row.addStretch(1)

    def show_value(self, value: Value) -> None:
        """Show whether it is on."""
        self._box.setChecked(bool(value))


class ChoiceEditor(Editor):
    """A list to choose from."""

    def __init__(self, param: Choice) -> None:
        super().__init__()
        self._list = mild(QComboBox())
        for option in param.options:
            words = said(option)
            self._list.addItem(words if words != option else _named(option), option)
        self._list.activated.connect(lambda: self.wished.emit(self._list.currentData()))
        self._list.activated.connect(self.ends(self._list).changed)
        _row(self).addWidget(self._list, 1)

    def show_value(self, value: Value) -> None:
        """Show what is chosen."""
        self._list.setCurrentIndex(self._list.findData(str(value)))


def _named(option: str) -> str:
    """Write a choice as a name: "van-gogh" as "Van Gogh"."""
    return " ".join(f"{word[:1].upper()}{word[1:]}" for word in option.split("-"))


class ColorEditor(Editor):
    """A patch of the colour, which opens a dialog, and a pipette.

    Attributes:
        pick_wished: a colour of the picture is wanted for this editor, which is given.
        pipette: the button.
    """

    pick_wished = Signal(object)

    def __init__(self, param: Color) -> None:
        super().__init__()
        self._color = QColor.fromRgbF(*param.default)
        self._patch = QPushButton()
        self._patch.clicked.connect(self._ask)
        self.pipette = tool(self.tr("Take a colour from the picture"))
        self.pipette.setCheckable(True)
        self.pipette.clicked.connect(lambda: self.pick_wished.emit(self))
        row = _row(self)
        row.addWidget(self._patch, 1)
        row.addWidget(self.pipette)

    def take(self, color: tuple[float, float, float]) -> None:
        """Wish for a colour, as opaque as the one that is there."""
        self.wish(tuple(round(part, 4) for part in (*color, self._color.alphaF())))

    def show_picking(self, on: bool) -> None:
        """Show whether a colour of the picture is waited for."""
        self.pipette.setChecked(on)

    def show_value(self, value: Value) -> None:
        """Show a colour."""
        assert isinstance(value, tuple)
        self._color = QColor.fromRgbF(*value)
        name, opaque = self._color.name().upper(), round(self._color.alphaF() * 100)
        self._patch.setText(name if opaque == 100 else f"{name}  {opaque} %")
        light = sum(share * part**2.2 for share, part in zip(_LIGHT, value[:3], strict=True))
        self._patch.setStyleSheet(f"background: {name}; color: {'#111' if light > _MIDDLE else '#eee'};")

    def _ask(self) -> None:
        options = QColorDialog.ColorDialogOption.ShowAlphaChannel
        chosen = QColorDialog.getColor(self._color, self, self.tr("Colour"), options)
        if chosen.isValid():
            parts = chosen.redF(), chosen.greenF(), chosen.blueF(), chosen.alphaF()
            self.wish(tuple(round(part, 4) for part in parts))


class TextEditor(Editor):
    """A field of lines for long texts, of one line for short ones."""

    def __init__(self, param: Text) -> None:
        super().__init__()
        self._param = param
        self._lines = QPlainTextEdit() if param.limit > 200 else None
        self._line = QLineEdit() if param.limit <= 200 else None
        if self._lines is not None:
            self._lines.setFixedHeight(self._lines.fontMetrics().height() * 4)
            self._lines.setTabChangesFocus(True)
            self._lines.textChanged.connect(self._typed)
            self._lines.installEventFilter(self)
            _row(self).addWidget(self._lines, 1)
        if self._line is not None:
            self._line.setMaxLength(param.limit)
            self._line.editingFinished.connect(self._entered)
            _row(self).addWidget(self._line, 1)

    def show_value(self, value: Value) -> None:
        """Show a text; one that is being typed stays as it is."""
        if self._lines is not None and self._lines.toPlainText() != value:
            self._lines.blockSignals(True)
            self._lines.setPlainText(str(value))
            self._lines.blockSignals(False)
        if self._line is not None:
            self._line.setText(str(value))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """End the gesture when the field is left."""
        if event.type() == QEvent.Type.FocusOut:
            self.sealed.emit()
        return super().eventFilter(watched, event)

    def _typed(self) -> None:
        assert self._lines is not None
        self.wished.emit(self._lines.toPlainText()[: self._param.limit])

    def _entered(self) -> None:
        assert self._line is not None
        if self._line.isModified():
            self.wish(self._line.text())


class FileEditor(Editor):
    """The name of a file, and a button to choose another."""

    def __init__(self, param: File) -> None:
        super().__init__()
        self._param = param
        self._name = entry(placeholder=self.tr("No file"))
        self._name.setReadOnly(True)
        button = tool(self.tr("Choose a file"), words="…")
        button.clicked.connect(self._ask)
        row = _row(self)
        row.addWidget(self._name, 1)
        row.addWidget(button)

    def show_value(self, value: Value) -> None:
        """Show the file's name."""
        self._name.setText(Path(str(value)).name)
        self._name.setToolTip(str(value))

    def _ask(self) -> None:
        pattern = " ".join(f"*{suffix}" for suffix in self._param.suffixes)
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Choose a file"), self._name.toolTip(), f"({pattern})")
        if name:
            self.wish(name)


def _row(owner: QWidget) -> QHBoxLayout:
    row = QHBoxLayout(owner)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    return row


def _decimals(span: float) -> int:
    return 4 if span <= 0.2 else 3 if span <= 2 else 2

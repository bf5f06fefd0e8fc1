"""Fields that stand for several values: where these differ they show a dash, until one value is entered for all."""
# ruff: noqa: N802  (Qt's names)

from PySide6.QtCore import QObject, QSignalBlocker, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from vgan_studio.timeline.several import Part

DASH = "—"
_FROM = "from"  # a property of a field that shows a dash: the number that steps begin at
_WAS = "was"  # a property of a field: what it goes back to


class NumberField(QDoubleSpinBox):
    """A field for a number; where it shows a dash, steps begin at the number that it had before."""

    def stepBy(self, steps: int) -> None:
        """Go some steps up, or down."""
        if dashed(self):
            self.setValue(self.property(_FROM) + steps * self.singleStep())
        else:
            super().stepBy(steps)

    def stepEnabled(self) -> QDoubleSpinBox.StepEnabledFlag:
        """Say which ways there are steps: from a dash both."""
        flag = QDoubleSpinBox.StepEnabledFlag
        return flag.StepUpEnabled | flag.StepDownEnabled if dashed(self) else super().stepEnabled()


def differ(owner: QWidget, part: Part) -> None:
    """Show in the fields of a widget that values differ, but for the numbers of a tuple in which they agree."""
    fields = owner.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    numbers = [field for field in fields if isinstance(field, QDoubleSpinBox)]
    same = [one is not None for one in part] if isinstance(part, tuple) else [False] * len(numbers)
    for one, agrees in zip(numbers, same, strict=False):
        (agree_number if agrees else dash)(one)
    for field in fields:
        with QSignalBlocker(field):
            _differ(field)


def agree(owner: QWidget) -> None:
    """Let the fields of a widget be as before, for one value."""
    for field in owner.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
        with QSignalBlocker(field):
            _agree(field)


def dash(field: QDoubleSpinBox) -> None:
    """Show a dash instead of a number; whatever is entered is another one than what is shown."""
    with QSignalBlocker(field):
        if not dashed(field):
            field.setProperty(_FROM, field.value())
        if not field.specialValueText():
            field.setSpecialValueText(DASH)
            field.setMinimum(field.minimum() - 10.0 ** -field.decimals())
        field.setValue(field.minimum())


def agree_number(field: QDoubleSpinBox) -> None:
    """Show numbers again."""
    if field.specialValueText():
        with QSignalBlocker(field):
            field.setSpecialValueText("")
            field.setMinimum(field.minimum() + 10.0 ** -field.decimals())


def dashed(field: QDoubleSpinBox) -> bool:
    """Tell whether a dash is shown instead of a number."""
    return bool(field.specialValueText()) and field.value() == field.minimum()


def _differ(field: QObject) -> None:
    if isinstance(field, QCheckBox):
        field.setCheckState(Qt.CheckState.PartiallyChecked)
    elif isinstance(field, QComboBox) and field.currentIndex() >= 0:
        field.setProperty(_WAS, field.currentIndex())
        field.setPlaceholderText(DASH)
        field.setCurrentIndex(-1)
    elif isinstance(field, QLineEdit | QPlainTextEdit):
        if field.property(_WAS) is None:
            field.setProperty(_WAS, field.placeholderText())
        field.setPlaceholderText(DASH)
        field.clear()
    elif isinstance(field, QPushButton):
        field.setText(DASH)


def _agree(field: QObject) -> None:
    if isinstance(field, QDoubleSpinBox):
        agree_number(field)
    elif isinstance(field, QCheckBox):
        field.setTristate(False)
    elif isinstance(field, QComboBox) and field.currentIndex() < 0 and field.property(_WAS) is not None:
        field.setCurrentIndex(field.property(_WAS))
    elif isinstance(field, QLineEdit | QPlainTextEdit) and field.property(_WAS) is not None:
        field.setPlaceholderText(field.property(_WAS))

"""Small widgets, made ready in one line."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QDoubleSpinBox,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QSlider,
    QSpinBox,
    QToolButton,
)

from .differing import NumberField

_INSET, _ARROW = 5, 28  # points


def label(words: str = "", kind: str = "") -> QLabel:
    """Make a label; `kind` is its name in the style sheet, and those of "dim" and "danger" wrap."""
    made = QLabel(words)
    made.setObjectName(kind)
    made.setWordWrap(kind in ("dim", "danger", "effectTitle"))
    return made


def caption(words: str) -> QLabel:
    """Make the label of a row in a form, in the middle of its height."""
    made = QLabel(words)
    made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
    return made


def slider(high: int, value: int = 0) -> QSlider:
    """Make a slider from 0."""
    made = QSlider(Qt.Orientation.Horizontal)
    made.setRange(0, high)
    made.setValue(value)
    return made


def number(low: float, high: float, decimals: int, unit: str = "") -> QDoubleSpinBox:
    """Make a field for a number, which tells of it when it is entered."""
    made = NumberField()
    made.setDecimals(decimals)
    made.setRange(low, high)
    made.setSuffix(unit)
    made.setKeyboardTracking(False)
    made.setMinimumWidth(made.fontMetrics().horizontalAdvance("0") * 6 + _INSET)  # whatever the range
    _inset(made)
    return made


def quietly(field: QDoubleSpinBox | None, value: float) -> None:
    """Show a number in a field, if there is one, without a wish."""
    if field is not None:
        field.blockSignals(True)
        field.setValue(value)
        field.blockSignals(False)


def whole() -> QSpinBox:
    """Make a field for a whole number."""
    made = QSpinBox()
    _inset(made)
    return made


def entry(words: str = "", placeholder: str = "") -> QLineEdit:
    """Make a field for a line of words."""
    made = QLineEdit(words)
    made.setPlaceholderText(placeholder)
    return made


def mild(list_: QComboBox) -> QComboBox:
    """Let a list be narrower than its longest row, and take the room there is.

    Its own policy for that makes the list of rows at once, which takes seven milliseconds.
    """
    list_.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    list_.setMinimumWidth(list_.fontMetrics().horizontalAdvance("MMMM") + _ARROW)
    return list_


def tool(tip: str, icon: QIcon | None = None, words: str = "") -> QToolButton:
    """Make a small button."""
    made = QToolButton()
    made.setToolTip(tip)
    made.setAccessibleName(tip)
    made.setText(words)
    if icon is not None:
        made.setIcon(icon)
    return made


def _inset(field: QAbstractSpinBox) -> None:
    """Let a number begin as far from the edge as words do in other fields, which style sheets cannot."""
    field.lineEdit().setTextMargins(_INSET, 0, 0, 0)

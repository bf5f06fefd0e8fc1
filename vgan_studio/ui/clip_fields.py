"""How fast and how loud clips are, in the inspector: of one clip, or of several with a dash where they differ."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from operator import attrgetter
from typing import Any

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QDoubleSpinBox, QFormLayout

from vgan_studio.timeline import several
from vgan_studio.timeline.curve import Curve
from vgan_studio.timeline.values import Clip

from .differing import agree_number, dash
from .gesture_end import GestureEnd
from .parts import caption, number, quietly


class ClipFields(QFormLayout):
    """Shows speed and volume, where all clips have one, and emits wishes.

    Attributes:
        speed_wished: a Fraction.
        gain_wished: decibels.
        sealed: the gesture is over.
        speed, gain: the fields.
    """

    speed_wished = Signal(object)
    gain_wished = Signal(float)
    sealed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._clips: Sequence[Clip] = ()
        self.speed = self._field(self.tr("Speed"), number(-1000, 1000, 0, " %"))
        self.gain = self._field(self.tr("Volume"), number(-60, 24, 1, " dB"))
        self.speed.valueChanged.connect(lambda value: self._typed(self.speed_wished, Fraction(round(value)) / 100))
        self.gain.valueChanged.connect(lambda value: self._typed(self.gain_wished, value))
        for field in (self.speed, self.gain):  # the wish is first: it is what a gesture that is over was about
            end = GestureEnd(field)
            field.valueChanged.connect(end.changed)
            end.over.connect(self.sealed)

    def show_clips(self, clips: Sequence[Clip]) -> None:
        """Show clips, at least one."""
        self._clips = clips
        self._show(self.speed, several.moving, "speed", lambda speed: float(speed * 100))
        self._show(self.gain, several.sounding, "gain_db", _gain)

    def _field(self, words: str, field: QDoubleSpinBox) -> QDoubleSpinBox:
        field.setAccessibleName(words)
        self.addRow(caption(words), field)
        return field

    def _show(
        self, field: QDoubleSpinBox, has: Callable[[Clip], bool], name: str, shown: Callable[[Any], float]
    ) -> None:
        every = all(map(has, self._clips))
        self.setRowVisible(field, every)
        held = {id(value): value for value in map(attrgetter(name), self._clips)} if every else {}
        values = [shown(value) for value in held.values()]  # of thousands of clips most have the same
        if values:
            agree_number(field)
            quietly(field, values[0])
        if len(set(values)) > 1:
            dash(field)

    def _typed(self, wish: SignalInstance, value: object) -> None:
        """Wish for a number, and show what is so if it was refused."""
        before = self._clips
        wish.emit(value)
        if self._clips is before:
            self.show_clips(before)


def _gain(held: float | Curve) -> float:
    found = held.at(0) if isinstance(held, Curve) else held
    assert not isinstance(found, tuple)
    return found

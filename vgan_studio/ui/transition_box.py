"""How a clip comes in, in the inspector: by which transition, how long before and behind the cut, and its parameters.

Imported only when the effects are known, as their descriptions bring torch along.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from fractions import Fraction
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QFrame, QHBoxLayout, QVBoxLayout

from vgan_studio.effects.spec import Effect
from vgan_studio.timeline.curve import Curve, Easing
from vgan_studio.timeline.values import EffectCall, Transition, Value

from .differing import DASH, agree_number, dash
from .effect_box import EffectBox
from .gesture_end import GestureEnd
from .parts import caption, label, mild, number, quietly, tool
from .theme import Theme, icon
from .words import said

_LONGEST_S = 3600
_OVER = "core.over"  # lays one picture over another; it has no time


class TransitionBox(QFrame):
    """Shows a transition, and emits others.

    Attributes:
        wished: a `Transition`, or None for a cut.
        changed: the field in which that is another one, and its value there: all that several clips are told.
        param_wished, key_wished, seek_wished: as those of an `EffectBox`; frames count from the clip's start.
        sealed: the gesture is over.
        pick_wished: a colour of the picture is wanted, for the editor that is given.
    """

    wished = Signal(object)
    changed = Signal(str, object)
    param_wished = Signal(str, object)
    key_wished = Signal(str, int, object)
    seek_wished = Signal(int)
    sealed = Signal()
    pick_wished = Signal(object)

    def __init__(self, effects: Mapping[str, Effect], rate: Fraction, theme: Theme, *, alone: bool = True) -> None:
        super().__init__()
        self._alone = alone  # it is that of one clip, with parameters
        self.setObjectName("effect")
        self._effects = {id: one for id, one in effects.items() if one.kind == "transition" and id != _OVER}
        self._rate, self._theme = rate, theme
        self._shown: Transition | None = None
        self._frame = 0
        self._differing: Collection[str] = ()
        self._box: EffectBox | None = None
        self.kind = mild(QComboBox())
        for id, effect in self._effects.items():
            self.kind.addItem(said(effect.title), id)
        self.ease = mild(QComboBox())
        for words, ease in (
            (self.tr("Even"), "linear"), (self.tr("In: begins slowly"), "in"),
            (self.tr("Out: ends slowly"), "out"), (self.tr("In and out"), "both"),
        ):  # fmt: skip
            self.ease.addItem(words, ease)
        self.before, self.after = (number(0, _LONGEST_S, 2, " s") for _ in range(2))
        self._remove = tool(self.tr("Come in by a cut"), icon("remove", theme))
        self._lay_out()
        self._connect()

    def show_transition(self, transition: Transition, differing: Collection[str] = ()) -> None:
        """Show a transition; of several, the fields in which they differ show a dash."""
        self._differing = differing
        if self._shown is None or transition.effect.id != self._shown.effect.id:
            self._make_box(transition.effect.id)
        self._shown = transition
        for name, field, frames in (
            ("before", self.before, transition.before), ("after", self.after, transition.after),
        ):  # fmt: skip
            agree_number(field)
            quietly(field, float(frames / self._rate))
            if name in differing:
                dash(field)
        self.kind.setCurrentIndex(-1 if "effect" in differing else self.kind.findData(transition.effect.id))
        self.ease.setCurrentIndex(-1 if "ease" in differing else self.ease.findData(transition.ease))
        self.show_frame(self._frame)

    def show_frame(self, frame: int) -> None:
        """Show curves at a frame, counted from the clip's start; the box counts from that of the transition."""
        self._frame = frame
        if self._box is None or self._shown is None:
            return
        before, length = self._shown.before, self._shown.before + self._shown.after
        call = self._shown.effect
        params = ((name, value.moved(before) if isinstance(value, Curve) else value) for name, value in call.params)
        self._box.show_call(replace(call, params=tuple(params)), min(max(0, frame + before), length - 1), length)

    def show_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        self._theme = theme
        self._remove.setIcon(icon("remove", theme))
        if self._box is not None:
            self._box.show_theme(theme)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(label(self.tr("Transition"), "effectTitle"), 1)
        head.addWidget(self._remove)
        form = QFormLayout()
        for words, field in (
            (self.tr("Kind"), self.kind), (self.tr("Before the cut"), self.before), (self.tr("Behind it"), self.after),
            (self.tr("Ease"), self.ease),
        ):  # fmt: skip
            field.setAccessibleName(f"{self.tr('Transition')}: {words}")
            form.addRow(caption(words), field)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(9, 5, 7, 9)
        self._column.setSpacing(6)
        self._column.addLayout(head)
        self._column.addLayout(form)

    def _connect(self) -> None:
        later = Qt.ConnectionType.QueuedConnection  # with the transition this box goes, and the button in it
        self._remove.clicked.connect(lambda: self.wished.emit(None), later)
        self.kind.activated.connect(lambda: self._wish_effect(EffectCall(self.kind.currentData())))
        self.ease.activated.connect(lambda: self._wish_ease(self.ease.currentData()))
        end = GestureEnd(self.kind, self.ease, self.before, self.after)
        end.over.connect(self.sealed)
        for list_ in (self.kind, self.ease):
            list_.setPlaceholderText(DASH)
        for name, field in (("before", self.before), ("after", self.after)):
            field.valueChanged.connect(partial(self._typed, name))
            field.valueChanged.connect(end.changed)

    def _make_box(self, id: str) -> None:
        """Show the parameters of another kind, if it has any."""
        if self._box is not None:
            self._box.hide()
            self._box.deleteLater()
        self._box = None
        if self._alone and id in self._effects and self._effects[id].params:
            self._box = EffectBox(self._effects[id], self._theme, own=True)
            self._box.param_wished.connect(self._set)
            self._box.key_wished.connect(lambda name, at, value: self.key_wished.emit(name, at - self._before, value))
            self._box.seek_wished.connect(lambda at: self.seek_wished.emit(at - self._before))
            self._box.sealed.connect(self.sealed)
            self._box.pick_wished.connect(self.pick_wished)
            self._column.addWidget(self._box)

    def _typed(self, name: str, seconds: float) -> None:
        self._tell(name, round(seconds * float(self._rate)))
        if self._shown is not None:
            self.show_transition(self._shown, self._differing)  # another one now, or the same if there was no room

    @property
    def _before(self) -> int:
        assert self._shown is not None
        return self._shown.before

    def _set(self, name: str, value: Value | Curve | None) -> None:
        self.param_wished.emit(name, value.moved(-self._before) if isinstance(value, Curve) else value)

    def _wish_effect(self, call: EffectCall) -> None:
        assert self._shown is not None
        if call.id != self._shown.effect.id or "effect" in self._differing:
            self._wish("effect", call)

    def _wish_ease(self, ease: Easing) -> None:
        assert self._shown is not None
        if ease != self._shown.ease or "ease" in self._differing:
            self._wish("ease", ease)

    def _wish(self, name: str, value: object) -> None:
        """Wish for a transition with another field, as a gesture by itself."""
        self.sealed.emit()
        self._tell(name, value)
        self.sealed.emit()

    def _tell(self, name: str, value: object) -> None:
        assert self._shown is not None
        self.changed.emit(name, value)
        self.wished.emit(replace(self._shown, **{name: value}))  # type: ignore[arg-type]

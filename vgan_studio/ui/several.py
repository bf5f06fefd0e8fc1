"""What the inspector shows of several clips: what they have in common, and a dash where its values differ."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import takewhile
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from vgan_studio.service.models import Known
from vgan_studio.timeline import several
from vgan_studio.timeline.curve import Curve
from vgan_studio.timeline.several import Common
from vgan_studio.timeline.values import Clip, Timeline

from .clip_fields import ClipFields
from .effect_costs import EffectCost, costs
from .effect_menu import ask_effect
from .parts import label, tool
from .slices import Slices
from .theme import DARK, Theme, icon

if TYPE_CHECKING:
    from vgan_studio.effects.spec import Effect

    from .effect_box import EffectBox
    from .transition_box import TransitionBox

_MOST = 400  # clips whose effects are compared, which takes some milliseconds


class Several(QWidget):
    """Shows several clips, and emits wishes that are for all of them; an effect is meant by its number in `commons`.

    Attributes:
        add_wished: the id of an effect.
        remove_wished, enable_wished: number, and whether it works.
        key_wished: number, name, whether keys shall be at the playhead, the default.
        param_wished: number, name, value with None for the numbers that stay, or None for the default; the default.
        gain_wished: decibels.
        speed_wished: a Fraction.
        turn_wished: a field of all transitions and its value.
        cut_wished: all shall come in by a cut.
        sealed: the gesture is over.
        models_wished: the dialog of models.
        pick_wished: a colour of the picture is wanted, for the editor that is given.
        presets_wished: the first clip, a place on the screen: the menu of kept effects.
    """

    add_wished = Signal(str)
    remove_wished = Signal(int)
    enable_wished = Signal(int, bool)
    param_wished = Signal(int, str, object, object)
    key_wished = Signal(int, str, bool, object)
    gain_wished = Signal(float)
    speed_wished = Signal(object)
    turn_wished = Signal(str, object)
    cut_wished = Signal()
    sealed = Signal()
    models_wished = Signal()
    pick_wished = Signal(object)
    presets_wished = Signal(int, QPoint)

    def __init__(self) -> None:
        super().__init__()
        self._effects: Mapping[str, Effect] = {}
        self._offered: Mapping[str, Effect] = {}
        self._known: tuple[Sequence[Known], Mapping[str, str]] | None = None
        self._speeds: Mapping[str, float] = {}
        self._theme, self._frame, self._canvas = DARK, 0, (0, 0)
        self._clips: tuple[Clip, ...] = ()
        self._pictures: tuple[Clip, ...] = ()  # of them those whose effects are shown
        self._commons: tuple[Common, ...] = ()
        self._boxes: list[EffectBox] = []
        self._turn: TransitionBox | None = None
        self._rate = Fraction(25)
        self._wanted: list[tuple[str, bool]] = []  # the effects that there shall be boxes for, and which are generators
        self._making = Slices(self)
        self._numbers: list[int] = []  # of the effects in the boxes, which leave out those that are not known
        self._stack = QVBoxLayout()
        self._name, self._fields = label(kind="effectTitle"), ClipFields()
        self._many = label(self.tr("Effects are shown for up to {0} clips.").format(_MOST), "dim")
        self._add = QPushButton(icon("add", DARK), self.tr("Add effect to all"))
        self._presets = tool(self.tr("Kept effects, copy and paste"), icon("dots", DARK))
        self._lay_out()
        self.hide()

    def show_effects(self, effects: "Mapping[str, Effect]", offered: "Mapping[str, Effect]") -> None:
        """Take the descriptions of the effects, and which of them are offered."""
        self._effects, self._offered = effects, offered
        self._add.setEnabled(bool(effects))
        self._drop_turn()
        self._stack_up(())
        self._update()

    def show_clips(self, timeline: Timeline, ids: Collection[int]) -> None:
        """Show clips, if there are any."""
        if timeline.rate != self._rate:
            self._drop_turn()
        self._rate, self._canvas = timeline.rate, (timeline.height, timeline.width)
        self._clips = several.chosen(timeline, ids) if ids else ()
        self._pictures = several.pictures(timeline, ids) if ids else ()
        self._name.setText(self.tr("{0} clips").format(len(self._clips)))
        if self._clips:
            self._fields.show_clips(self._clips)
            self._update()

    def show_frame(self, frame: int) -> None:
        """Show curves at the playhead, and which clips lie there."""
        before, self._frame = self._frame, frame
        if not self._pictures or not self._commons:  # no clips, whose boxes stay for the next; or too many
            return
        changed = any(several.covers(clip, before) != several.covers(clip, frame) for clip in self._pictures)
        calls = (call for common in self._commons for call in several.calls(self._pictures, common))
        if changed or any(isinstance(value, Curve) for call in calls for _, value in call.params):
            for place, box in enumerate(self._boxes):
                self._show(box, place)

    def show_speeds(self, speeds: Mapping[str, float]) -> None:
        """Take the seconds per megapixel of effects on this machine."""
        self._speeds = speeds
        self._show_costs()

    def show_models(self, models: Sequence[Known], recorded: Mapping[str, str]) -> None:
        """Take the models that are here, and the digests of those that the film was made with."""
        self._known = models, recorded
        for box in self._boxes:
            box.show_models(models, recorded)

    def show_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        self._theme = theme
        self._add.setIcon(icon("add", theme))
        self._presets.setIcon(icon("dots", theme))
        for box in self._boxes:
            box.show_theme(theme)
        if self._turn is not None:
            self._turn.show_theme(theme)

    def _lay_out(self) -> None:
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._name)
        column.addLayout(self._fields)
        self._stack.setSpacing(8)
        column.addWidget(self._many)
        column.addLayout(self._stack)
        row = QHBoxLayout()
        row.addWidget(self._add, 1)
        row.addWidget(self._presets)
        column.addLayout(row)
        self._many.hide()
        self._add.setEnabled(False)
        self._add.clicked.connect(lambda: ask_effect(self._offered, self._add, self.add_wished.emit))
        self._presets.clicked.connect(self._ask_presets)
        self._fields.speed_wished.connect(self.speed_wished)
        self._fields.gain_wished.connect(self.gain_wished)
        self._fields.sealed.connect(self.sealed)

    def _update(self) -> None:
        """Show the effects that all clips have, as they are at the playhead."""
        if not self._pictures or not self._effects:
            return
        many = len(self._pictures) > _MOST
        self._many.setVisible(many)
        self._commons = () if many else several.commons(self._pictures)
        self._stack_up(self._commons)
        for place, box in enumerate(self._boxes):
            self._show(box, place)
        self._show_costs()
        self._show_turns()

    def _show_turns(self) -> None:
        """Show how the clips come in, if each does by a transition."""
        found = several.turns(self._pictures)
        if found is not None and self._turn is None:
            from .transition_box import TransitionBox

            self._turn = TransitionBox(self._effects, self._rate, self._theme, alone=False)
            self._turn.changed.connect(self.turn_wished)
            self._turn.wished.connect(lambda turn: self.cut_wished.emit() if turn is None else None)
            self._turn.sealed.connect(self.sealed)
            self._column.addWidget(self._turn)
        if self._turn is not None:
            self._turn.setVisible(found is not None)
            if found is not None:
                self._turn.show_transition(*found)

    def _drop_turn(self) -> None:
        if self._turn is not None:
            self._turn.hide()
            self._turn.deleteLater()
        self._turn = None

    def _show(self, box: "EffectBox", place: int) -> None:
        """Show in a box what the clips have of an effect in common."""
        common = self._commons[self._numbers[place]]
        defaults = {name: param.default for name, param in self._effects[common.id].params.items()}
        call, differing = several.compared(self._pictures, common, defaults, self._frame)
        box.show_call(call, 0, differing=differing, keyed=several.keyed(self._pictures, common, self._frame))

    def _show_costs(self) -> None:
        """Say of the effects that care for the number of pixels what they cost in each clip."""
        if not self._pictures or not any(box.sets_size for box in self._boxes):
            return
        found = [
            costs(clip, several.place_in(clip, self._frame), self._canvas, self._effects, self._speeds)
            for clip in self._pictures
        ]
        for box, number in zip(self._boxes, self._numbers, strict=False):  # the last may not be made yet
            both = zip(found, self._commons[number].places, strict=True)
            box.show_costs([EffectCost() if place is None else one[place] for one, place in both])

    def _stack_up(self, commons: Iterable[Common]) -> None:
        """Have boxes of effects; from the first that is another one on they are made anew, one after the other."""
        known = [(number, one) for number, one in enumerate(commons) if one.id in self._effects]
        self._numbers = [number for number, _ in known]
        wanted = [(one.id, one.places[0] is None) for _, one in known]
        if wanted == self._wanted:
            return
        there = [(box.effect_id, box.index is None) for box in self._boxes]
        kept = len(list(takewhile(lambda both: both[0] == both[1], zip(there, wanted, strict=False))))
        for box in self._boxes[kept:]:
            box.hide()
            box.deleteLater()
        self._boxes, self._wanted = self._boxes[:kept], wanted
        self._making.begin(self._made(wanted, kept))

    def _made(self, wanted: Sequence[tuple[str, bool]], kept: int) -> Iterator[None]:
        """Make the boxes that are left, one a slice, as each takes some milliseconds."""
        for place, (id, own) in enumerate(wanted[kept:], kept):
            box = self._box(id, place, own=own)
            self._boxes.append(box)
            self._stack.addWidget(box)
            if self._pictures:  # else the clips were left before all boxes were made
                self._show(box, place)
            yield
        self._show_costs()

    def _box(self, id: str, place: int, *, own: bool) -> "EffectBox":
        from .effect_box import EffectBox

        box = EffectBox(self._effects[id], self._theme, own=own, alone=False)
        if not own:
            box.index = place
        if self._known is not None:
            box.show_models(*self._known)
        default = {name: param.default for name, param in self._effects[id].params.items()}
        box.param_wished.connect(lambda name, value: self._wish(place, name, value, default[name]))
        box.key_wished.connect(lambda name, _, value: self._key(place, name, default[name], on=value is not None))
        box.enable_wished.connect(lambda on: self.enable_wished.emit(self._numbers[place], on))
        box.remove_wished.connect(lambda: self.remove_wished.emit(self._numbers[place]))
        box.sealed.connect(self.sealed)
        box.models_wished.connect(self.models_wished)
        box.pick_wished.connect(self.pick_wished)
        return box

    def _wish(self, place: int, name: str, value: object, default: object) -> None:
        before = self._clips
        self.param_wished.emit(self._numbers[place], name, value, default)
        if self._clips is before:  # it was refused
            self._update()

    def _key(self, place: int, name: str, default: object, *, on: bool) -> None:
        before = self._clips
        self.key_wished.emit(self._numbers[place], name, on, default)
        if self._clips is before:  # it was refused
            self._update()

    def _ask_presets(self) -> None:
        place = self._presets.mapToGlobal(QPoint(0, self._presets.height()))
        self.presets_wished.emit(self._pictures[0].id, place)

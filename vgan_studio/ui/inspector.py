"""The inspector: what can be set on the selected clip, built from the descriptions of effects alone."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from vgan_studio.render.models import recorded_models
from vgan_studio.service.models import Known
from vgan_studio.timeline.effects import TURN
from vgan_studio.timeline.values import Clip, EffectCall, Timeline

from .clip_fields import ClipFields
from .effect_costs import EffectCost, costs
from .effect_menu import ask_effect
from .parts import label, tool
from .several import Several
from .slices import Slices
from .theme import DARK, Theme, icon
from .timecode import timecode
from .timeline_page import name_of
from .unknown_effect import Unknown

if TYPE_CHECKING:
    from vgan_studio.effects.spec import Effect

    from .effect_box import EffectBox
    from .transition_box import TransitionBox


class Inspector(QScrollArea):
    """Shows one clip and its effects, and emits wishes; `None` for an effect's index is the clip's own generator.

    Attributes:
        add_wished: clip, id of an effect.
        remove_wished, enable_wished, move_wished: clip, index, and whether it works or where it goes.
        param_wished: clip, index, name, value; None for the default.
        key_wished: clip, index, name, frame from the clip's start, value; None takes the key there away.
        sealed: the gesture is over.
        gain_wished: clip, decibels.
        speed_wished: clip, a Fraction.
        transition_wished: clip, a `Transition`, or None for a cut.
        seek_wished: a frame of the film.
        models_wished: the dialog of models.
        pick_wished: a colour of the picture is wanted, for the editor that is given.
        learn_wished: clip, index, name of a parameter, task: a model shall learn from the clip.
        presets_wished: clip, a place on the screen: the menu of kept effects.
        several: what is shown of several clips, with wishes of its own.
    """

    add_wished = Signal(int, str)
    remove_wished = Signal(int, int)
    enable_wished = Signal(int, int, bool)
    move_wished = Signal(int, int, int)
    param_wished = Signal(int, object, str, object)
    key_wished = Signal(int, object, str, int, object)
    sealed = Signal()
    gain_wished = Signal(int, float)
    speed_wished = Signal(int, object)
    transition_wished = Signal(int, object)
    seek_wished = Signal(int)
    presets_wished = Signal(int, QPoint)
    models_wished = Signal()
    pick_wished = Signal(object)
    learn_wished = Signal(int, int, str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Inspector"))
        self._effects: Mapping[str, Effect] = {}
        self._offered: Mapping[str, Effect] = {}
        self.speeds: dict[str, float] = {}
        self._models: Sequence[Known] | None = None
        self._recorded: Mapping[str, str] = {}
        self._theme = DARK
        self._clip: Clip | None = None
        self._count = self._frame = 0
        self.several = Several()
        self.several.presets_wished.connect(self.presets_wished)
        self.several.models_wished.connect(self.models_wished)
        self.several.pick_wished.connect(self.pick_wished)
        self._kind: tuple[object, ...] | None = None  # of the clip that the page was made for
        self._stacked: list[str] | None = []  # the effects on the page, or those that there will be; None for no such
        self._making = Slices(self)
        self._stack = QVBoxLayout()
        self._boxes: list[EffectBox] = []
        self._turns: list[TransitionBox] = []  # of the clip that is shown: one, or none
        self._drawn: list[tuple[QAbstractButton, str]] = []  # buttons with their icons
        self._fields: ClipFields | None = None
        self._name, self._facts, self._nothing, self._page = QLabel(), QLabel(), QLabel(), QWidget()
        self._build()

    def show_effects(self, effects: "Mapping[str, Effect]", offered: "Mapping[str, Effect] | None" = None) -> None:
        """Take the descriptions of the effects, and which of them are offered."""
        self._effects = effects
        self._offered = effects if offered is None else offered
        self.several.show_effects(effects, self._offered)
        self._build()

    def show_clip(self, timeline: Timeline, clip: Clip | None, ids: Collection[int]) -> None:
        """Show a clip, or else what those of these ids have in common, which are selected."""
        self._clip, self._count, self._rate = clip, len(ids), timeline.rate
        self.several.show_clips(timeline, () if clip is not None else ids)
        self._canvas = timeline.height, timeline.width
        recorded = recorded_models(timeline) if self._effects and clip is not None else self._recorded
        if recorded != self._recorded:
            self._recorded = recorded
            self.show_models(self._models or ())
        if clip is not None and _kind(clip) != self._kind:
            self._build()
            return
        self._show_page()
        if clip is not None and [call.id for call in clip.effects] != self._stacked:
            self._stack_up(clip)
        self._update()

    def show_speeds(self, speeds: Mapping[str, float]) -> None:
        """Take the seconds per megapixel of effects on this machine, as they become known."""
        self.speeds = {**self.speeds, **speeds}
        self._show_speeds()
        self.several.show_speeds(self.speeds)

    def show_models(self, models: Sequence[Known]) -> None:
        """Take the models that are here."""
        if self._models is None and not models:
            return
        self._models = models
        self.several.show_models(models, self._recorded)
        for box in self._boxes:
            box.show_models(models, self._recorded)

    def show_frame(self, frame: int) -> None:
        """Show curves at the playhead."""
        self._frame = frame
        self.several.show_frame(frame)
        if self._clip is None:
            return
        for box in self._boxes:
            box.show_frame(self._place)
        for turn in self._turns:
            turn.show_frame(frame - self._clip.start)

    def show_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        self._theme = theme
        for button, name in self._drawn:
            button.setIcon(icon(name, theme))
        for box in self._boxes:
            box.show_theme(theme)
        for turn in self._turns:
            turn.show_theme(theme)
        for unknown in self.findChildren(Unknown):
            unknown.show_theme(theme)
        self.several.show_theme(theme)

    @property
    def _id(self) -> int:
        """The id of the clip that is shown; its page may have been made for another."""
        assert self._clip is not None
        return self._clip.id

    @property
    def _place(self) -> int:
        """The playhead, from the clip's start and within the clip."""
        assert self._clip is not None
        return min(max(0, self._frame - self._clip.start), self._clip.duration - 1)

    def _build(self) -> None:
        """Make the page anew: for no clip, or for one of this kind."""
        panel = QWidget()
        panel.setObjectName("panel")
        panel.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(panel)
        column.setContentsMargins(10, 10, 10, 10)
        column.setSpacing(8)
        self._boxes, self._fields, self._drawn, self._stacked, self._turns = [], None, [], [], []
        self._nothing, self._page = label(kind="dim"), QWidget()
        column.addWidget(self._nothing)
        column.addWidget(self.several)
        column.addWidget(self._page)
        self._kind = None if self._clip is None else _kind(self._clip)
        if self._clip is not None:
            inner = QVBoxLayout(self._page)
            inner.setContentsMargins(0, 0, 0, 0)
            inner.setSpacing(8)
            self._build_clip(inner, self._clip)
        column.addStretch(1)
        self._show_page()
        self.setWidget(panel)
        self._update()

    def _show_page(self) -> None:
        """Show what can be set on the clip, or that there is none; the page of the last one stays for the next."""
        self._nothing.setText(self.tr("Select a clip to see what can be set."))
        self._nothing.setVisible(not self._count)
        self.several.setVisible(self._clip is None and self._count > 0)
        self._page.setVisible(self._clip is not None)

    def _build_clip(self, column: QVBoxLayout, clip: Clip) -> None:
        self._name, self._facts = label(kind="effectTitle"), label(kind="dim")
        column.addWidget(self._name)
        column.addWidget(self._facts)
        self._fields = ClipFields()
        self._fields.speed_wished.connect(lambda factor: self.speed_wished.emit(self._id, factor))
        self._fields.gain_wished.connect(lambda gain_db: self.gain_wished.emit(self._id, gain_db))
        self._fields.sealed.connect(self.sealed)
        column.addLayout(self._fields)
        if isinstance(clip.source, EffectCall):
            column.addWidget(self._box(clip.source, own=True))
        self._stack = QVBoxLayout()
        self._stack.setSpacing(8)
        column.addLayout(self._stack)
        self._stack_up(clip)
        column.addLayout(self._adding())
        if clip.transition is not None and self._effects:
            column.addWidget(self._turn_box())

    def _adding(self) -> QHBoxLayout:
        """Make the row of buttons that put effects on the clip."""
        add = QPushButton(icon("add", self._theme), self.tr("Add effect"))
        add.setEnabled(bool(self._effects))
        add.clicked.connect(lambda: ask_effect(self._offered, add, partial(self.add_wished.emit, self._id)))
        presets = tool(self.tr("Kept effects, copy and paste"), icon("dots", self._theme))
        presets.clicked.connect(
            lambda: self.presets_wished.emit(self._id, presets.mapToGlobal(QPoint(0, presets.height())))
        )
        self._drawn = [(add, "add"), (presets, "dots")]
        row = QHBoxLayout()
        row.addWidget(add, 1)
        row.addWidget(presets)
        return row

    def _stack_up(self, clip: Clip) -> None:
        """Show the effects of a clip in their order; those that are shown already stay, as they take long to make."""
        there = [box for box in self._boxes if box.index is not None]
        kept: dict[int, EffectBox] = {}
        for place, call in enumerate(clip.effects):
            box = next((one for one in there if one.effect_id == call.id), None)
            if box is not None:
                there.remove(box)
                kept[place] = box
        while (item := self._stack.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and widget not in kept.values():
                widget.hide()
                widget.deleteLater()
        for place, box in kept.items():
            self._stack.addWidget(box)
            box.show_place(place, last=place == len(clip.effects) - 1)
        self._boxes = [*(box for box in self._boxes if box.index is None), *kept.values()]
        self._stacked = [call.id for call in clip.effects]
        self._making.begin(self._made([place for place in range(len(clip.effects)) if place not in kept]))

    def _made(self, places: Sequence[int]) -> Iterator[object]:
        """Make the boxes of effects that are not there, one after the other is whole."""
        for place in places:
            clip = self._clip
            if clip is None:  # it was left before all were made
                self._stacked = None
                return
            box = self._box(clip.effects[place])
            self._stack.insertWidget(place, box)
            if not isinstance(box, Unknown):
                box.show_place(place, last=place == len(clip.effects) - 1)
                box.show_call(clip.effects[place], self._place, clip.duration)
                self._boxes = sorted([*self._boxes, box], key=lambda one: -1 if one.index is None else one.index)
                yield from range(box.turns)  # which its rows take
            yield box
        self._show_speeds()

    def _box(self, call: EffectCall, *, own: bool = False) -> "EffectBox | Unknown":
        effect = self._effects.get(call.id)
        if effect is None:
            words = self.tr("{0} is not known here.") if self._effects else self.tr("{0} …")
            unknown = Unknown(words.format(call.id), self.tr("Remove"), self._theme)
            unknown.gone.connect(lambda: self.remove_wished.emit(self._id, self._stack.indexOf(unknown)))
            return unknown
        from .effect_box import EffectBox

        box = EffectBox(effect, self._theme, own=own)
        if self._models is not None:
            box.show_models(self._models, self._recorded)
        box.models_wished.connect(self.models_wished)
        box.pick_wished.connect(self.pick_wished)
        box.param_wished.connect(lambda name, value: self.param_wished.emit(self._id, box.index, name, value))
        box.key_wished.connect(lambda name, frame, value: self.key_wished.emit(self._id, box.index, name, frame, value))
        box.sealed.connect(self.sealed)
        box.seek_wished.connect(self._seek)
        if own:
            self._boxes.append(box)
            return box
        box.learn_wished.connect(lambda name, task: self.learn_wished.emit(self._id, box.index, name, task))
        box.remove_wished.connect(lambda: self.remove_wished.emit(self._id, box.index))
        box.enable_wished.connect(lambda on: self.enable_wished.emit(self._id, box.index, on))
        box.move_wished.connect(lambda step: self.move_wished.emit(self._id, box.index, (box.index or 0) + step))
        box.dragged.connect(lambda place, done: self._dragged(box.index or 0, place, done=done))
        return box

    def _turn_box(self) -> "TransitionBox":
        from .transition_box import TransitionBox

        box = TransitionBox(self._effects, self._rate, self._theme)
        box.wished.connect(lambda turn: self.transition_wished.emit(self._id, turn))
        box.param_wished.connect(lambda name, value: self.param_wished.emit(self._id, TURN, name, value))
        box.key_wished.connect(lambda name, frame, value: self.key_wished.emit(self._id, TURN, name, frame, value))
        box.seek_wished.connect(self._seek)
        box.sealed.connect(self.sealed)
        box.pick_wished.connect(self.pick_wished)
        self._turns = [box]
        return box

    def _seek(self, frame: int) -> None:
        if self._clip is not None:
            self.seek_wished.emit(self._clip.start + frame)

    def _dragged(self, index: int, place: int, *, done: bool) -> None:
        """Show where a dragged effect would go, and wish for it when it is let go."""
        assert self._clip is not None
        boxes = [box for box in self._boxes if box.index is not None]
        tops = [box.mapToGlobal(QPoint(0, box.height() // 2)).y() for box in boxes]
        to = sum(top < place for top in tops)
        to = min(to - 1 if to > index else to, len(boxes) - 1)
        for box in boxes:
            box.setProperty("target", not done and box.index == to)
            box.style().polish(box)
        if done and to != index:
            self.move_wished.emit(self._clip.id, index, to)

    def _update(self) -> None:
        clip = self._clip
        if clip is None:
            return
        self._name.setText(name_of(clip))
        self._facts.setText(f"{timecode(clip.start, self._rate)} – {timecode(clip.end, self._rate)}")
        if self._fields is not None:
            self._fields.show_clips((clip,))
        if clip.transition is not None and self._turns:
            self._turns[0].show_transition(clip.transition)
            self._turns[0].show_frame(self._frame - clip.start)
        for box in self._boxes:
            call = clip.source if box.index is None else clip.effects[box.index]
            assert isinstance(call, EffectCall)
            box.show_call(call, self._place, clip.duration)
        self._show_speeds()

    def _show_speeds(self) -> None:
        """Say of the effects that care for the number of pixels what they get and give, and what that costs."""
        clip = self._clip
        if clip is None or not any(box.sets_size for box in self._boxes):
            return
        found = costs(clip, self._place, self._canvas, self._effects, self.speeds)
        for box in self._boxes:
            box.show_costs((EffectCost() if box.index is None else found[box.index],))


def _kind(clip: Clip) -> tuple[object, ...]:
    """Tell clips apart that have other fields besides their effects."""
    if isinstance(clip.source, EffectCall):
        return clip.source.id, clip.transition is None
    return bool(clip.source.duration), bool(clip.source.channels), clip.transition is None

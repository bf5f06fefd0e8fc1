"""One effect of a clip in the inspector: its switch, its place in the stack, and its parameters."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from types import MappingProxyType

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from vgan_studio.effects.mask import MASK, USES
from vgan_studio.effects.params import Lock, Param, Times, Weights, lock_of
from vgan_studio.effects.spec import Effect, Size
from vgan_studio.service.learning import RECIPES
from vgan_studio.service.models import Known
from vgan_studio.timeline.curve import Curve
from vgan_studio.timeline.several import Keyed, Part
from vgan_studio.timeline.values import EffectCall, Value

from .curve_editor import CurveEditor
from .differing import agree, differ
from .editor import Editor
from .effect_costs import EffectCost
from .effect_title import Grip, Name
from .model_choice import WeightsEditor
from .parameters import ColorEditor, SeedEditor, editor
from .parts import label, tool
from .slices import Slices
from .theme import Theme, icon
from .units import wants
from .words import named, said

_MASKED = MASK.keys() - {"mask"}
_AT_ONCE = 3  # parameters that a box has from the start; to make twenty takes longer than a frame


class EffectBox(QFrame):
    """Shows an effect, and emits wishes.

    Attributes:
        param_wished: name, value; None for the default.
        key_wished: name, frame, value; None takes the key away.
        move_wished: one place up (-1) or down (1).
        dragged: the box is dragged by its title: the height of the pointer on the screen, and whether it is let go.
        seek_wished: a frame of the clip.
        models_wished: the dialog of models.
        pick_wished: a colour of the picture is wanted, for the editor that is given.
        learn_wished: a model for a parameter, for a task, shall learn from the clip.
    """

    param_wished = Signal(str, object)
    key_wished = Signal(str, int, object)
    remove_wished = Signal()
    enable_wished = Signal(bool)
    move_wished = Signal(int)
    dragged = Signal(int, bool)
    seek_wished = Signal(int)
    models_wished = Signal()
    pick_wished = Signal(object)
    learn_wished = Signal(str, str)
    sealed = Signal()

    def __init__(self, effect: Effect, theme: Theme, *, own: bool, alone: bool = True) -> None:
        super().__init__()
        self.setObjectName("effect")
        self._effect, self._theme, self._frame, self._alone = effect, theme, 0, alone
        self._call = EffectCall(effect.id)
        self._editors: dict[str, Editor] = {}
        self._diamonds: dict[str, QToolButton] = {}
        self._rows: dict[str, tuple[QWidget, ...]] = {}
        self._curves: dict[str, CurveEditor] = {}
        self._movers: dict[str, QToolButton] = {}
        self._drawn: list[tuple[QToolButton, str]] = []  # buttons with their icons
        self.index: int | None = None  # its place in the stack; None for the clip's own generator
        self._length = 1
        self._differing: Mapping[str, Part] = {}
        self._keyed: Keyed | None = None
        self._models: tuple[Sequence[Known], Mapping[str, str]] | None = None
        self._power = self._button("power", self.tr("Bypass"), checkable=True)
        self._power.clicked.connect(lambda on: self.enable_wished.emit(bool(on)))
        column = QVBoxLayout(self)
        column.setContentsMargins(9, 5, 7, 9)
        column.setSpacing(6)
        column.addLayout(self._heading(own=own))
        self._body = QWidget()
        column.addWidget(self._body)
        self._grid = grid = QGridLayout(self._body)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(1, 1)
        self._rest = Slices(self)
        # Most effects have no mask: its many fields are made when they are wanted.
        names = [
            (2 * number, name)
            for number, (name, param) in enumerate(effect.params.items())
            if name not in _MASKED and not isinstance(param, Lock | Times)  # a lock stands beside its seed
        ]
        for line, name in names[:_AT_ONCE]:
            self._row(grid, line, name)
        self.turns = len(names[_AT_ONCE:])  # until all rows are there
        if self.turns:
            self._rest.begin(self._later(names[_AT_ONCE:]))
        if not names or self.turns:  # to show what has no parent yet would lay it out twice
            self._body.hide()
        if not own and alone:
            self._offer_lessons(column)
        self._size, self._speed = label(kind="dim"), label(kind="dim")
        for facts in (self._size, self._speed):
            column.addWidget(facts)
            facts.hide()

    @property
    def effect_id(self) -> str:
        """The id of the effect."""
        return self._effect.id

    @property
    def sets_size(self) -> bool:
        """It wants the source's own pixels, or makes another number of them."""
        return self._effect.sets_size

    def show_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        self._theme = theme
        for button, name in self._drawn:
            button.setIcon(icon(name, theme))
        for curve in self._curves.values():
            curve.show_theme(theme)

    def show_place(self, index: int, *, last: bool) -> None:
        """Say where in the stack the effect is."""
        self.index = index
        self._movers["up"].setEnabled(index > 0)
        self._movers["down"].setEnabled(not last)

    def show_costs(self, costs: Sequence[EffectCost]) -> None:
        """Say what the effect does in each clip: to the picture's size, if that is alike, and how long it takes."""
        if self.sets_size:
            alike = all((one.sizes, one.fitted) == (costs[0].sizes, costs[0].fitted) for one in costs)
            self._show_size(costs[0] if alike else EffectCost())
        if self._effect.heavy:
            self._show_speed([one.seconds for one in costs if one.seconds is not None])

    def _show_size(self, cost: EffectCost) -> None:
        self._size.setVisible(cost.sizes is not None)
        if cost.sizes is None:
            return
        words = " → ".join(dict.fromkeys(map(_size_words, cost.sizes)))
        if cost.fitted is not None:
            words = self.tr("{0}, then fitted to the film: {1}").format(words, _size_words(cost.fitted))
        self._size.setText(words)

    def _show_speed(self, seconds: Collection[float]) -> None:
        words = self.tr("Its speed here is not known yet.")
        if seconds:
            least, most = (f"{one:.2f}" for one in (min(seconds), max(seconds)))
            words = self.tr("{0} s a frame here").format(least if least == most else f"{least} – {most}")
        self._speed.setText(words)
        self._speed.show()

    def show_models(self, models: Sequence[Known], recorded: Mapping[str, str]) -> None:
        """Take the models that are here, and the digests of those that the film was made with."""
        self._models = models, recorded
        for one in self._editors.values():
            if isinstance(one, WeightsEditor):
                one.show_models(models, recorded)

    def show_call(
        self,
        call: EffectCall,
        frame: int,
        length: int = 1,
        differing: Mapping[str, Part] = MappingProxyType({}),
        keyed: Keyed | None = None,
    ) -> None:
        """Show the parameters of a call, curves at a frame of the clip, which has so many.

        Args:
            differing: of several clips, the parameters whose values differ, and that in which they agree.
            keyed: of several clips, the parameters with keys at the playhead.
        """
        for name in (self._differing.keys() - differing.keys()) & self._editors.keys():
            agree(self._editors[name])
        self._call, self._length, self._differing, self._keyed = call, length, differing, keyed
        self._power.setChecked(call.enabled)
        self._body.setEnabled(call.enabled)
        self.show_frame(frame)

    def show_frame(self, frame: int) -> None:
        """Show curves at a frame of the clip."""
        self._frame = frame
        params = dict(self._call.params)
        self._show_mask("none" if "mask" in self._differing else str(params.get("mask", "none")))
        self._show_idle()
        for name, diamond in self._diamonds.items():
            self._show_curve(name, params.get(name))
            self._show_diamond(name, diamond, params.get(name))
        for name, shown in self._editors.items():
            value = params.get(name, self._effect.params[name].default)
            value = value.at(frame) if isinstance(value, Curve) else value
            if self._effect.params[name].fits(value):
                shown.show_value(value)
            if isinstance(shown, SeedEditor):
                shown.show_lock(locked=params.get(lock_of(name)) is True)
            if isinstance(shown, WeightsEditor):
                shown.show_usual(self._usual(name))
        for name in self._differing.keys() & self._editors.keys():
            differ(self._editors[name], self._differing[name])

    def _show_idle(self) -> None:
        """Grey out what does nothing as the other parameters are; of clips that differ, all is offered."""
        idle = () if self._differing else self._effect.idle(self._given())
        for name, row in self._rows.items():
            if row[1].isEnabledTo(self._body) != (name in idle):
                continue  # it is as it should be: this is asked with every frame that plays
            for widget in row:
                widget.setEnabled(name not in idle)
            words = self.tr("It does nothing as the other parameters are now.")
            row[1].setToolTip(words if name in idle else row[0].toolTip())

    def _show_diamond(self, name: str, diamond: QToolButton, held: object) -> None:
        """Show whether there is a key at the playhead; of several clips, in each that lies there."""
        keyed = self._keyed
        if keyed is None:
            diamond.setChecked(isinstance(held, Curve) and any(key.frame == self._frame for key in held.keys))
            return
        diamond.setChecked(name in keyed.names)
        diamond.setEnabled(keyed.there > 0)
        words = self.tr("Key at the playhead")
        if not keyed.there:
            words = self.tr("None of these clips lies at the playhead.")
        elif keyed.there < keyed.clips:
            words = self.tr("Key at the playhead, in {0} of {1} clips: the others do not lie there")
        diamond.setToolTip(words.format(keyed.there, keyed.clips))

    def _usual(self, name: str) -> str:
        """Name the model, or the task, that stands for "" with the parameters of the moment."""
        param = self._effect.params[name]
        assert isinstance(param, Weights)
        return param.named("", self._given())

    def _given(self) -> dict[str, Value]:
        """Give all parameters at the moment."""
        held = {one: value.at(self._frame) if isinstance(value, Curve) else value for one, value in self._call.params}
        return {one: held.get(one, it.default) for one, it in self._effect.params.items()}

    def _show_mask(self, kind: str) -> None:
        """Show of the mask's parameters those that its kind has."""
        for number, name in enumerate(self._effect.params):
            if name not in _MASKED:
                continue
            shown = name in USES.get(kind, ())
            if shown and name not in self._rows:
                self._row(self._grid, 2 * number, name)
            for widget in self._rows.get(name, ()):
                widget.setVisible(shown)

    def _offer_lessons(self, column: QVBoxLayout) -> None:
        """Offer to learn from the clip, where a model can."""
        for name, param in self._effect.params.items():
            if isinstance(param, Weights) and param.task in RECIPES:
                button = QPushButton(self.tr("Learn this clip's noise"))
                button.setToolTip(self.tr("A model learns from this clip alone, for about a minute, in the background"))
                button.clicked.connect(lambda _=False, name=name, task=param.task: self.learn_wished.emit(name, task))
                column.addWidget(button)

    def _heading(self, *, own: bool) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(1)
        if not own:
            row.addWidget(self._power)
        alone = not own and self._alone  # of one clip, in whose stack it is moved
        title = Grip(said(self._effect.title)) if alone else label(said(self._effect.title), "effectTitle")
        row.addWidget(title, 1)
        if isinstance(title, Grip):
            title.dragged.connect(self.dragged)
        if own:
            self._power.hide()
            return row
        for name, tip, wish in (
            ("up", self.tr("Earlier"), lambda: self.move_wished.emit(-1)),
            ("down", self.tr("Later"), lambda: self.move_wished.emit(1)),
            ("remove", self.tr("Remove"), self.remove_wished.emit),
        ):
            button = self._button(name, tip)
            button.clicked.connect(lambda _=False, wish=wish: wish())
            self._movers[name] = button
            row.addWidget(button)
            if not alone and name != "remove":
                button.hide()
        return row

    def _later(self, names: Sequence[tuple[int, str]]) -> Iterator[None]:
        """Make the other rows, one a slice, and show all of them when they are there."""
        for line, name in names:
            self._row(self._grid, line, name)
            yield
        if self._models is not None:
            self.show_models(*self._models)
        self.show_frame(self._frame)
        self._body.show()

    def _row(self, grid: QGridLayout, line: int, name: str) -> None:
        param = self._effect.params[name]
        made = editor(param)
        words = named(name)
        made.setAccessibleName(f"{said(self._effect.title)}: {words}")
        made.wished.connect(lambda value: self._wish(name, value))
        made.sealed.connect(self.sealed)
        made.reset_wished.connect(lambda: self._reset(name))
        if isinstance(made, WeightsEditor):
            made.models_wished.connect(self.models_wished)
        if isinstance(made, SeedEditor):
            made.lock_wished.connect(lambda on: self._lock(lock_of(name), on=on))
            self._draw(made.lock, "lock")
        if isinstance(made, ColorEditor):
            made.pick_wished.connect(self.pick_wished)
            self._draw(made.pipette, "pipette")
        title = Name(words)
        title.setWordWrap(" " in words)  # so that the box is no wider than its panel
        fits = said(wants(param))
        title.setToolTip(self.tr("{0}. A double click resets.").format(f"{fits[0].upper()}{fits[1:]}"))
        made.setToolTip(title.toolTip())
        title.setBuddy(made)
        self._editors[name] = made
        title.reset_wished.connect(lambda: self._reset(name))
        grid.addWidget(title, line, 0)
        grid.addWidget(made, line, 1)
        if param.keyed:
            diamond = self._button("key", self.tr("Key at the playhead"), checkable=True)
            diamond.clicked.connect(lambda on: self._key(name, on=on))
            self._diamonds[name] = diamond
            grid.addWidget(diamond, line, 2)
        self._rows[name] = title, made, *([self._diamonds[name]] if name in self._diamonds else [])

    def _show_curve(self, name: str, held: object) -> None:
        """Show the curve of a parameter below its row, while it has one."""
        if isinstance(held, Curve):
            if name not in self._curves:
                self._make_curve(name, self._effect.params[name])
            self._curves[name].show_curve(held, self._length, self._frame)
        if name in self._curves:
            self._curves[name].setVisible(isinstance(held, Curve))

    def _make_curve(self, name: str, param: Param) -> None:
        low, high = getattr(param, "low", 0.0), getattr(param, "high", 1.0)
        made = CurveEditor(float(low), float(high), self._theme)
        made.setAccessibleName(self.tr("Curve of {0}").format(named(name)))
        made.curve_wished.connect(lambda curve: self.param_wished.emit(name, curve))
        made.sealed.connect(self.sealed)
        made.seek_wished.connect(self.seek_wished)
        self._curves[name] = made
        self._grid.addWidget(made, 2 * list(self._effect.params).index(name) + 1, 0, 1, 3)

    def _wish(self, name: str, value: Value) -> None:
        if isinstance(dict(self._call.params).get(name), Curve):
            self.key_wished.emit(name, self._frame, value)
        else:
            self.param_wished.emit(name, value)

    def _reset(self, name: str) -> None:
        if name in dict(self._call.params):
            self.param_wished.emit(name, None)
            self.sealed.emit()

    def _lock(self, name: str, *, on: bool) -> None:
        self.param_wished.emit(name, on or None)
        self.sealed.emit()

    def _key(self, name: str, *, on: bool) -> None:
        held = dict(self._call.params).get(name, self._effect.params[name].default)
        value = held.at(self._frame) if isinstance(held, Curve) else held
        self.key_wished.emit(name, self._frame, value if on else None)
        self.sealed.emit()

    def _button(self, name: str, tip: str, *, checkable: bool = False) -> QToolButton:
        button = tool(tip)
        button.setCheckable(checkable)
        button.setAccessibleName(f"{said(self._effect.title)}: {tip}")
        button.setIconSize(QSize(14, 14))
        self._draw(button, name)
        return button

    def _draw(self, button: QToolButton, name: str) -> None:
        """Give a button its icon, in the theme of the moment and of later."""
        button.setIcon(icon(name, self._theme))
        self._drawn.append((button, name))


def _size_words(size: Size) -> str:
    height, width = size
    return f"{width} × {height}"

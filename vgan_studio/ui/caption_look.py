"""How subtitles look, as a form: fields of the effect that draws them, all but its words."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from vgan_studio.timeline.curve import Curve
from vgan_studio.timeline.values import EffectCall, Value

from .parts import caption
from .slices import Slices
from .theme import DARK, Theme, icon
from .words import named

if TYPE_CHECKING:
    from vgan_studio.effects.spec import Effect

    from .editor import Editor

SHOWN = (
    "font", "font_size", "bold", "italic", "color", "outline", "outline_color", "box_color", "box", "shadow_color",
    "anchor", "position", "align", "wrap", "line_spacing",
)  # fmt: skip


class CaptionLook(QScrollArea):
    """Shows the look of a track of subtitles and tells what is wished for it; owned by the GUI thread.

    Attributes:
        wished: the name of a parameter and its value; None for the usual one.
        sealed: the gesture is over.
        pick_wished: a colour of the picture is wanted, for the editor that is given.
    """

    wished = Signal(str, object)
    sealed = Signal()
    pick_wished = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setWidgetResizable(True)
        self.setAccessibleName(self.tr("Look of the subtitles"))
        self._theme = DARK
        self._effect: Effect | None = None
        self._held: dict[str, Value | Curve] = {}  # the parameters of the look
        self._making = Slices(self)
        self.editors: dict[str, Editor] = {}
        page = QWidget()
        page.setObjectName("panel")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 4, 0)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(5)
        self._grid.setColumnStretch(1, 1)
        column.addLayout(self._grid)
        column.addStretch(1)
        self.setWidget(page)

    def show_effect(self, effect: "Effect") -> None:
        """Take the description of the effect that draws subtitles."""
        if self._effect is not None:
            return
        self._effect = effect
        self._making.begin(self._made())

    def can_show(self, look: EffectCall) -> bool:
        """Tell whether a look is one of this effect."""
        return self._effect is not None and look.id == self._effect.id

    def show_look(self, look: EffectCall) -> None:
        """Show a look; where it changes over time, what it begins with."""
        self._held = dict(look.params)
        for name in self.editors:
            self._show(name)

    def show_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        self._theme = theme
        for editor in self.editors.values():
            if hasattr(editor, "pipette"):
                editor.pipette.setIcon(icon("pipette", theme))

    def _made(self) -> Iterator[None]:
        """Make the fields, one a slice; each shows the look of the moment."""
        for line, name in enumerate(SHOWN):
            self._row(line, name)
            self._show(name)
            yield
        self.show_theme(self._theme)

    def _show(self, name: str) -> None:
        assert self._effect is not None
        param = self._effect.params[name]
        value = self._held.get(name, param.default)
        value = value.at(0) if isinstance(value, Curve) else value
        if param.fits(value):
            self.editors[name].show_value(value)

    def _row(self, line: int, name: str) -> None:
        from .parameters import ColorEditor, editor

        assert self._effect is not None
        made, words = editor(self._effect.params[name]), named(name)
        made.setAccessibleName(words)
        made.wished.connect(lambda value: self.wished.emit(name, value))
        made.sealed.connect(self.sealed)
        made.reset_wished.connect(lambda: self.wished.emit(name, None))
        made.reset_wished.connect(self.sealed)
        if isinstance(made, ColorEditor):
            made.pick_wished.connect(self.pick_wished)
        title = caption(words)
        title.setBuddy(made)
        self.editors[name] = made
        self._grid.addWidget(title, line, 0)
        self._grid.addWidget(made, line, 1)

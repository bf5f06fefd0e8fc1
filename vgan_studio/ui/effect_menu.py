"""A menu of effects by family, with a field to search in."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QMenu, QWidget, QWidgetAction

from .parts import entry
from .words import said

if TYPE_CHECKING:
    from vgan_studio.effects.spec import Effect

_HIDDEN = {"core.fit"}


def ask_effect(effects: "Mapping[str, Effect]", button: QWidget, chosen: Callable[[str], object]) -> None:
    """Show the menu below a button, and tell which effect was chosen."""
    menu = EffectMenu(effects, button)
    menu.chosen.connect(chosen)
    menu.exec(button.mapToGlobal(QPoint(0, button.height())))


class EffectMenu(QMenu):
    """Offers the effects of one kind that can be put on a clip.

    Attributes:
        chosen: the id of one.
    """

    chosen = Signal(str)

    def __init__(self, effects: "Mapping[str, Effect]", parent: QWidget | None = None, kind: str = "filter") -> None:
        super().__init__(parent)
        self._search = entry(placeholder=self.tr("Search effects"))
        self._search.textChanged.connect(self._filter)
        self._search.returnPressed.connect(self._take)
        field = QWidgetAction(self)
        field.setDefaultWidget(self._search)
        self.addAction(field)
        self._rows: list[tuple[QAction, str]] = []
        self._whole: list[QAction] = []  # with the headings, in order
        offered = [one for one in effects.values() if one.kind == kind and one.id not in _HIDDEN]
        # what only this program has comes first
        offered.sort(key=lambda one: (not one.id.startswith("gan."), one.id.split(".")[0], one.title))
        family = ""
        for effect in offered:
            if effect.id.split(".")[0] != family:
                family = effect.id.split(".")[0]
                self._whole.append(self._heading(family))
            action = self.addAction(said(effect.title))
            action.triggered.connect(lambda _=False, one=effect.id: self.chosen.emit(one))
            self._rows.append((action, f"{said(effect.title)} {effect.title} {effect.id}".casefold()))
            self._whole.append(action)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  (Qt's name)
        """Let words be typed at once."""
        super().showEvent(event)
        self._search.setFocus()

    def _heading(self, family: str) -> QAction:
        names = {
            "gan": self.tr("GAN"),
            "color": self.tr("Colour"),
            "filter": self.tr("Filter"),
            "geometry": self.tr("Geometry"),
            "core": self.tr("Basic"),
        }
        action = self.addAction(names.get(family, family.capitalize()))
        action.setEnabled(False)
        return action

    def _filter(self, text: str) -> None:
        """Show what matches, the nearest to the start of its name first; the keys begin at that."""
        wanted = text.casefold().strip()
        found = [(words.index(wanted), action) for action, words in self._rows if wanted in words]
        found.sort(key=lambda one: one[0])
        for action in self._whole:
            self.removeAction(action)
        self.addActions([action for _, action in found] if wanted else self._whole)
        if wanted and found:
            self.setActiveAction(found[0][1])

    def _take(self) -> None:
        """Take the first if the arrows chose none; what they chose the menu itself takes."""
        rows = [action for action, _ in self._rows if action in self.actions()]
        if rows and self.activeAction() not in rows:
            self.close()
            rows[0].trigger()

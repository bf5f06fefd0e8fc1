"""The choice of a model among those that are here, with licence and source of the one that is chosen."""
# ruff: noqa: N802  (events have Qt's names)

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout

from vgan_studio.effects.params import Weights
from vgan_studio.service.models import Known
from vgan_studio.timeline.values import Value

from .editor import Editor
from .parts import label, mild, tool

_ABOUT = 90  # characters of what is said below the choice
_COMMANDS = "python -m vgan_studio", "vgan train"  # the source of what we trained, as the command that did


class WeightsEditor(Editor):
    """The models for a task that are here; below, licence and source of the one that is chosen.

    Attributes:
        models_wished: the dialog of models shall be shown.
    """

    models_wished = Signal()

    def __init__(self, param: Weights) -> None:
        super().__init__()
        self._task, self._value, self._usual = param.task, "", param.task
        self._models: Mapping[str, Known] | None = None  # not known yet
        self._recorded: Mapping[str, str] = {}
        self._list = mild(QComboBox())
        self._list.activated.connect(lambda: self.wished.emit(self._list.currentData()))
        self._list.activated.connect(self.ends(self._list).changed)
        self._words, self._more = label(kind="dim"), tool(self.tr("Models …"), words="…")
        self._more.clicked.connect(self.models_wished)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        row = QHBoxLayout()
        row.addWidget(self._list, 1)
        row.addWidget(self._more)
        column.addLayout(row)
        column.addWidget(self._words)
        self._words.hide()
        self._list.addItem(self.tr("Standard"), "")

    def show_value(self, value: Value) -> None:
        """Show the model's name; one that is not here, too."""
        if value != self._value:
            self._value = str(value)
            self._show()

    def show_models(self, models: Sequence[Known], recorded: Mapping[str, str]) -> None:
        """Take the models that are here, and the digests of those that the film was made with, by name."""
        self._models = {one.name: one for one in models}
        self._recorded = recorded
        self._fill()

    def show_usual(self, name: str) -> None:
        """Say which model, or for which task, stands behind "Standard"."""
        if name != self._usual:
            self._usual = name
            self._show()

    def setAccessibleName(self, name: str) -> None:
        """Name the list, too."""
        super().setAccessibleName(name)
        self._list.setAccessibleName(name)

    def _fill(self) -> None:
        self._list.clear()
        self._list.addItem(self.tr("Standard"), "")
        for one in (self._models or {}).values():
            if one.task == self._task:
                self._list.addItem(one.name, one.name)
        self._show()

    def _show(self) -> None:
        index = self._list.findData(self._value)
        if index < 0:
            named = self.tr("{0} (missing)") if self._models is not None else "{0}"
            self._list.addItem(named.format(self._value), self._value)
            index = self._list.count() - 1
        self._list.setCurrentIndex(index)
        self._tell(*self._about())

    def _about(self) -> tuple[str, str, bool]:
        """Say of the chosen model its licence and source, all of it, and whether something is wrong."""
        if self._models is None:
            return "", "", False
        model = self._models.get(self._value or self._usual)
        if model is None and not self._value:
            ours = (one for one in self._models.values() if one.task == self._usual and not one.foreign)
            model = next(ours, None)
        if model is None:
            lost = self.tr("This model is not here: the original picture is shown.")
            return (lost, self._value, True) if self._value else ("", "", False)
        source = self.tr("Trained by this program.") if model.source.startswith(_COMMANDS) else model.source
        words = self.tr("{0}, licence {1}. {2}").format(model.name, model.license, source)
        if self._recorded.get(self._value, model.digest) != model.digest:
            return self.tr("Another model than the film was made with."), words, True
        more = "\n".join((words, model.source, model.about))
        return words if len(words) < _ABOUT else f"{words[:_ABOUT]} …", more, False

    def _tell(self, words: str, more: str, wrong: bool) -> None:
        self._words.setVisible(bool(words))
        if self._words.objectName() != ("danger" if wrong else "dim"):
            self._words.setObjectName("danger" if wrong else "dim")
            self._words.style().polish(self._words)
        self._words.setText(words)
        self._words.setToolTip(more)

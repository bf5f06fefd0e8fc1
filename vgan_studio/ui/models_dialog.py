"""The dialog of models: those that are here with their cards, others taken in from elsewhere, verified and removed."""
# ruff: noqa: N802  (events have Qt's names)

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QProgressBar,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from vgan_studio.service.jobs import Job
from vgan_studio.service.models import TASKS, Known, Wish

from .drops import files_of
from .panels import size
from .parts import caption, entry, label
from .questions import Question
from .words import said

_NAME = Qt.ItemDataRole.UserRole
SUFFIXES = (".safetensors", ".pth", ".pt", ".ckpt", ".bin")


class ModelsDialog(QDialog):
    """Shows models and emits wishes; it is not modal, so effects can be tried beside it.

    Attributes:
        import_wished: a `Wish`.
        verify_wished: the models to be read whole.
        remove_wished: the name of one.
    """

    import_wished = Signal(object)
    verify_wished = Signal(object)
    remove_wished = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Models"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAcceptDrops(True)
        self.resize(820, 560)
        self._models: Mapping[str, Known] = {}
        self._faults: dict[str, str] = {}
        self._job: Job | None = None
        self.list, self.words, self.told = QTreeWidget(), label(kind="dim"), label(kind="dim")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.import_, self.verify = QPushButton(self.tr("Import …")), QPushButton(self.tr("Verify all"))
        self.remove, self.cancel = QPushButton(self.tr("Remove")), QPushButton(self.tr("Cancel"))
        self._lay_out()
        self._connect()

    def show_models(self, models: Sequence[Known], faults: Mapping[str, str]) -> None:
        """Show the models that are here, and what is wrong with those that were looked at."""
        chosen = self.chosen
        self._models, self._faults = {one.name: one for one in models}, dict(faults)
        self.list.clear()
        for one in models:
            scale = f" ×{one.scale}" if one.scale > 1 else ""
            row = [one.name, said(one.task) + scale, one.architecture.removeprefix("spandrel:"), size(one.size_bytes),
                   one.license if one.license != "unknown" else self.tr("unknown"), self._state(one)]  # fmt: skip
            item = QTreeWidgetItem(self.list, row)
            item.setData(0, _NAME, one.name)
            item.setTextAlignment(3, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            item.setToolTip(5, one.digest)
            if one.name == chosen:
                self.list.setCurrentItem(item)
        first = self.list.topLevelItem(0)
        if self.list.currentItem() is None and first is not None:
            self.list.setCurrentItem(first)
        self._show_chosen()

    @property
    def chosen(self) -> str:
        """The name of the model that is selected; "" if none is."""
        item = self.list.currentItem()
        return str(item.data(0, _NAME)) if item is not None else ""

    def choose(self, name: str) -> None:
        """Select a model."""
        for row in range(self.list.topLevelItemCount()):
            item = self.list.topLevelItem(row)
            if item is not None and item.data(0, _NAME) == name:
                self.list.setCurrentItem(item)

    def say(self, words: str, *, bad: bool = False) -> None:
        """Say what came of something."""
        self.told.setObjectName("danger" if bad else "dim")
        self.told.style().polish(self.told)
        self.told.setText(words)

    def follow(self, job: Job | None, words: str = "") -> None:
        """Show that a job is at work, or that none is."""
        self._job = job
        for button in (self.import_, self.verify, self.remove):
            button.setEnabled(job is None)
        self.bar.setVisible(job is not None)
        self.cancel.setVisible(job is not None)
        self.bar.setRange(0, 0)
        if job is not None:
            self.say(words)
        self._show_chosen()

    def show_far(self, done: int, total: int) -> None:
        """Show how far the job is."""
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def ask_import(self, file: Path | None = None) -> None:
        """Ask for a file, and what it is."""
        if file is None:
            pattern = self.tr("Weights") + f" ({' '.join(f'*{suffix}' for suffix in SUFFIXES)})"
            name, _ = QFileDialog.getOpenFileName(self, self.tr("Import a model"), str(Path.home()), pattern)
            if not name:
                return
            file = Path(name)
        question = ImportQuestion(file, self)
        question.answered.connect(self.import_wished)
        question.open()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Ask what the first file is."""
        files = files_of(event.mimeData())
        event.acceptProposedAction()
        if files and self._job is None:
            self.ask_import(files[0])

    def _connect(self) -> None:
        self.list.currentItemChanged.connect(lambda *_: self._show_chosen())
        self.import_.clicked.connect(lambda _: self.ask_import())
        self.verify.clicked.connect(lambda: self.verify_wished.emit(list(self._models.values())))
        self.remove.clicked.connect(lambda: self.remove_wished.emit(self.chosen))
        self.cancel.clicked.connect(self._cancel)

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _lay_out(self) -> None:
        self.list.setAccessibleName(self.tr("Models"))
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setHeaderLabels(
            [self.tr("Name"), self.tr("For"), self.tr("Architecture"), self.tr("Size"), self.tr("Licence"),
             self.tr("Digest")]
        )  # fmt: skip
        header = self.list.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        row = QHBoxLayout()
        for button in (self.import_, self.verify, self.remove):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addWidget(self.bar, 1)
        row.addWidget(self.cancel)
        row.addStretch(1)
        row.addWidget(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(10)
        for widget, stretch in ((self.list, 1), (self.words, 0), (self.told, 0)):
            column.addWidget(widget, stretch)
        column.addLayout(row)
        self.bar.hide()
        self.cancel.hide()

    def _state(self, model: Known) -> str:
        if model.name not in self._faults:
            return f"{model.digest[:12]}"
        return self.tr("damaged") if self._faults[model.name] else self.tr("{0}, right").format(model.digest[:12])

    def _show_chosen(self) -> None:
        """Say what the selected model is, from its card."""
        model = self._models.get(self.chosen)
        self.remove.setEnabled(self._job is None and model is not None and model.own)
        self.remove.setToolTip("" if model is None or model.own else self.tr("It came with the program, and stays."))
        self.words.setText("" if model is None else "\n".join(self._card(model)))

    def _card(self, model: Known) -> list[str]:
        fault = self._faults.get(model.name, "")
        figures = _figures(model.figures[:8])
        measured = self.tr("Measured: {0}").format(figures) if figures else ""
        source = self.tr("Source: {0}").format(model.source)
        lines = [said(fault), said(model.about), said(model.limits), measured, source, str(model.path)]
        return [line if len(line) < 400 else f"{line[:400]} …" for line in lines if line]


class ImportQuestion(Question):
    """Asks what a model from elsewhere is called, is for, and may be used for.

    Attributes:
        answered: a `Wish`.
    """

    answered = Signal(object)

    def __init__(self, file: Path, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setWindowTitle(self.tr("Import {0}").format(file.name))
        self.setMinimumWidth(460)
        self._file = file
        self.name, self.license = entry(placeholder=file.stem), entry(placeholder=self.tr("unknown"))
        self.task = QComboBox()
        self.task.addItem(self.tr("By its architecture"), "")
        for task in TASKS:
            self.task.addItem(said(task), task)
        fields: tuple[tuple[str, QWidget], ...] = (
            (self.tr("Name"), self.name), (self.tr("For"), self.task), (self.tr("Licence"), self.license)
        )  # fmt: skip
        for words, field in fields:
            field.setAccessibleName(words)
            self.form.addRow(caption(words), field)
        self.form.addRow(label(self.tr(
            "The file is opened in a process of its own, which may take only so much time and memory, "
            "checked by a run, and written anew. Files with programs in them are refused."
        ), "dim"))  # fmt: skip

    def tell(self) -> None:
        """Emit the answer."""
        self.answered.emit(
            Wish(self._file, self.name.text().strip(), self.task.currentData(), self.license.text().strip())
        )


def found(model: Known) -> str:
    """Say what was found out about a model that was taken in."""
    translate: Callable[[str, str], str] = QCoreApplication.translate
    words = translate("ModelsDialog", "{0} was checked and taken in: {1}, {2}, licence {3}.").format(
        model.name, said(model.task), model.architecture.removeprefix("spandrel:"), model.license
    )
    figures = _figures(model.figures)
    return f"{words} {figures}" if figures else words


def _figures(figures: Iterable[tuple[str, float]]) -> str:
    """Say what was measured: the name of a figure has parts, such as the films and how they had been treated."""
    return "; ".join(f"{', '.join(map(said, name.split(', ')))} {value:g}" for name, value in figures)

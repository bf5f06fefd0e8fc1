"""The menu of effects that were kept as files: they are applied, kept, copied and pasted."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QWidget

from vgan_studio.errors import EditError
from vgan_studio.service import effect_files
from vgan_studio.service.document import Document
from vgan_studio.timeline.lookup import clip_by_id
from vgan_studio.timeline.values import EffectCall

from .editing import Editing
from .inspector import Inspector
from .questions import NameQuestion


class KeptEffects(QObject):
    """Shows the menu where the inspector wishes for it; owned by the GUI thread.

    Attributes:
        told: a sentence for the user.
    """

    told = Signal(str)

    def __init__(self, document: Document, editing: Editing, inspector: Inspector, window: QWidget) -> None:
        super().__init__(window)
        self._document, self._editing, self._window = document, editing, window
        inspector.presets_wished.connect(lambda clip, place: self.menu(clip).exec(place))

    def menu(self, clip_id: int) -> QMenu:
        """Make the menu for a clip."""
        menu = QMenu(self._window)
        kept = effect_files.kept()
        for path in kept:
            menu.addAction(_name(path), partial(self.apply, clip_id, path, own=True))
        if menu.isEmpty():
            menu.addAction(self.tr("Nothing is kept yet")).setEnabled(False)
        menu.addSeparator()
        some = bool(self._calls(clip_id))
        for words, do, possible in (
            (self.tr("Keep these effects …"), lambda: self._ask(clip_id), some),
            (self.tr("Copy these effects"), lambda: self.copy(clip_id), some),
            (self.tr("Paste effects"), lambda: self.paste(clip_id), True),
            (self.tr("Into a file …"), lambda: self._choose_new(clip_id), some),
            (self.tr("From a file …"), lambda: self._choose(clip_id), True),
        ):
            menu.addAction(words, do).setEnabled(possible)
        if kept:
            self._offer_to_remove(menu.addMenu(self.tr("Remove kept effects")), kept)
        return menu

    def apply(self, clip_id: int, path: Path, *, own: bool = False) -> None:
        """Put the effects of a file on a clip, if they can be trusted; the user's own keep the files that they name."""
        self._put(clip_id, lambda left_out: effect_files.load(path, left_out=None if own else left_out))

    def paste(self, clip_id: int) -> None:
        """Put the effects on the clipboard on a clip."""
        self._put(clip_id, lambda left_out: effect_files.loads(QApplication.clipboard().text(), left_out=left_out))

    def copy(self, clip_id: int) -> None:
        """Put the effects of a clip on the clipboard, as text that can be sent."""
        QApplication.clipboard().setText(effect_files.dumps(self._calls(clip_id)))
        self.told.emit(self.tr("The effects are on the clipboard, as text that can be sent."))

    def keep(self, clip_id: int, name: str) -> None:
        """Keep the effects of a clip under a name."""
        self._do(lambda: effect_files.keep(name, self._calls(clip_id)), self.tr("Kept as {0}.").format(name))

    def write(self, clip_id: int, path: Path) -> None:
        """Write the effects of a clip into a file, to be shared."""
        self._do(lambda: effect_files.write(path, self._calls(clip_id)), self.tr("Wrote {0}.").format(path.name))

    def remove(self, path: Path) -> None:
        """Take away effects that were kept."""
        self._do(lambda: effect_files.remove(path), self.tr("Removed {0}.").format(_name(path)))

    def _calls(self, clip_id: int) -> tuple[EffectCall, ...]:
        return clip_by_id(self._document.timeline, clip_id).effects

    def _do(self, deed: Callable[[], object], words: str) -> None:
        try:
            deed()
        except EditError as error:
            self._document.refused.emit(str(error))
            return
        self.told.emit(words)

    def _put(self, clip_id: int, read: Callable[[list[str]], tuple[EffectCall, ...]]) -> None:
        left_out = list[str]()
        try:
            calls = read(left_out)
        except EditError as error:
            self._document.refused.emit(str(error))
            return
        self._editing.add_effects(clip_id, calls)
        if left_out:
            words = self.tr("Files that effects of others read are left out ({0}): choose them anew.")
            self.told.emit(words.format(", ".join(left_out)))

    def _offer_to_remove(self, menu: QMenu, kept: list[Path]) -> None:
        for path in kept:
            menu.addAction(_name(path), partial(self.remove, path))

    def _ask(self, clip_id: int) -> None:
        asked = NameQuestion(self.tr("Keep these effects"), "", self._window)
        asked.answered.connect(lambda name: self.keep(clip_id, name))
        asked.open()

    def _choose(self, clip_id: int) -> None:
        words = self.tr("Effects")
        name, _ = QFileDialog.getOpenFileName(self._window, words, _start(), f"{words} (*{effect_files.SUFFIX})")
        if name:
            self.apply(clip_id, Path(name))

    def _choose_new(self, clip_id: int) -> None:
        words = self.tr("Effects")
        start = str(Path(_start()) / f"{words}{effect_files.SUFFIX}")
        name, _ = QFileDialog.getSaveFileName(self._window, words, start, f"{words} (*{effect_files.SUFFIX})")
        if name:
            path = Path(name)
            plain = path.name.removesuffix(effect_files.SUFFIX).removesuffix(".json")
            self.write(clip_id, path.with_name(plain + effect_files.SUFFIX))


def _name(path: Path) -> str:
    return path.name.removesuffix(effect_files.SUFFIX)


def _start() -> str:
    """Give the folder where files of effects are looked for first."""
    return str(effect_files.folder() if effect_files.folder().is_dir() else Path.home())

"""The menu of effects that were kept as files: they are applied, kept, copied and pasted."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
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
    """Shows the menu where the inspector wishes for it; owned by the GUI thread."""

    def __init__(self, document: Document, editing: Editing, inspector: Inspector, window: QWidget) -> None:
        super().__init__(window)
        self._document, self._editing, self._window = document, editing, window
        inspector.presets_wished.connect(lambda clip, place: self.menu(clip).exec(place))

    def menu(self, clip_id: int) -> QMenu:
        """Make the menu for a clip."""
        menu = QMenu(self._window)
        for path in effect_files.kept():
            menu.addAction(path.name.removesuffix(effect_files.SUFFIX), partial(self.apply, clip_id, path))
        if menu.isEmpty():
            menu.addAction(self.tr("Nothing is kept yet")).setEnabled(False)
        menu.addSeparator()
        some = bool(self._calls(clip_id))
        for words, do, possible in (
            (self.tr("Keep these effects …"), lambda: self._ask(clip_id), some),
            (self.tr("Copy these effects"), lambda: self.copy(clip_id), some),
            (self.tr("Paste effects"), lambda: self.paste(clip_id), True),
            (self.tr("From a file …"), lambda: self._choose(clip_id), True),
        ):
            menu.addAction(words, do).setEnabled(possible)
        return menu

    def apply(self, clip_id: int, path: Path) -> None:
        """Put the effects of a file on a clip, if they can be trusted."""
        self._put(clip_id, lambda: effect_files.load(path))

    def paste(self, clip_id: int) -> None:
        """Put the effects on the clipboard on a clip."""
        self._put(clip_id, lambda: effect_files.loads(QApplication.clipboard().text()))

    def copy(self, clip_id: int) -> None:
        """Put the effects of a clip on the clipboard, as text that can be sent."""
        QApplication.clipboard().setText(effect_files.dumps(self._calls(clip_id)))

    def keep(self, clip_id: int, name: str) -> None:
        """Keep the effects of a clip under a name."""
        try:
            effect_files.save(name, self._calls(clip_id))
        except EditError as error:
            self._document.refused.emit(str(error))

    def _calls(self, clip_id: int) -> tuple[EffectCall, ...]:
        return clip_by_id(self._document.timeline, clip_id).effects

    def _put(self, clip_id: int, read: Callable[[], tuple[EffectCall, ...]]) -> None:
        try:
            calls = read()
        except EditError as error:
            self._document.refused.emit(str(error))
            return
        self._editing.add_effects(clip_id, calls)

    def _ask(self, clip_id: int) -> None:
        asked = NameQuestion(self.tr("Keep these effects"), "", self._window)
        asked.answered.connect(lambda name: self.keep(clip_id, name))
        asked.open()

    def _choose(self, clip_id: int) -> None:
        words = self.tr("Effects")
        name, _ = QFileDialog.getOpenFileName(
            self._window, words, str(effect_files.folder()), f"{words} (*{effect_files.SUFFIX})"
        )
        if name:
            self.apply(clip_id, Path(name))

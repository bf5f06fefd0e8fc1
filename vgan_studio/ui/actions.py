"""Everything that can be done, as actions: for menus, tool bars, keys and the palette."""

import re
from collections.abc import Callable, Iterator, Mapping

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from .action_table import AI, BYPASSES, COMPARES, GROUPS, HANDLES, SWITCHES, Rows, Table
from .theme import Theme, icon

Bindings = Mapping[str, tuple[str, ...]]


class Actions(QObject):
    """The actions by name; owned by the GUI thread.

    Args:
        does: what each of them does; exactly those in the table.
    """

    def __init__(self, window: QWidget, does: Mapping[str, Callable[[], object]]) -> None:
        super().__init__(window)
        self._made: dict[str, QAction] = {}
        self._icons: dict[str, str] = {}
        self._table = Table(self)
        self._menus = self._table.menus()
        self.usual: dict[str, tuple[str, ...]] = {}
        checkable = {*SWITCHES, *BYPASSES, *COMPARES, *HANDLES, *(name for group in GROUPS for name in group)}
        for rows in self._menus.values():
            for name, words, keys, drawn in filter(None, rows):
                self._made[name] = self._make(window, words, checkable=name in checkable)
                self._icons[name], self.usual[name] = drawn, keys
        if set(does) != set(self._made):
            raise ValueError(f"Actions and what they do differ: {sorted(set(does) ^ set(self._made))}.")
        for name, action in self._made.items():
            action.triggered.connect(lambda _=False, do=does[name]: do())
        self._group()
        self.bind(self.usual)

    def __getitem__(self, name: str) -> QAction:
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._made)

    def bind(self, bindings: Bindings) -> None:
        """Give the actions these keys; tooltips name them."""
        for name, action in self._made.items():
            keys = [QKeySequence(key) for key in bindings.get(name, ())]
            action.setShortcuts(keys)
            names = ", ".join(key.toString(QKeySequence.SequenceFormat.NativeText) for key in keys)
            words = plain(action)
            action.setToolTip(f"{words}  ({names})" if names else words)

    def fill(self, bar: QMenuBar, more: Mapping[str, tuple[str, list[QAction]]]) -> None:
        """Make the menus; `more` are actions of others, with a title, in the menu that has an action of that name."""
        deeper = {name: title for title, names in self._table.submenus().items() for name in names}
        for title, rows in self._menus.items():
            menu, inner = bar.addMenu(title), dict[str, QMenu]()
            self._fill_menu(menu, rows, deeper, inner)
            for words, others in [more[row[0]] for row in rows if row is not None and row[0] in more]:
                menu.addSeparator()
                menu.addMenu(words).addActions(others)

    def menu(self, parent: QWidget, *names: str) -> QMenu:
        """Make a context menu; "" is a line."""
        menu = QMenu(parent)
        for name in names:
            if name:
                menu.addAction(self._made[name])
            else:
                menu.addSeparator()
        return menu

    def show_theme(self, theme: Theme) -> None:
        """Draw the icons in the colours of a theme."""
        for name, drawn in self._icons.items():
            if drawn:
                self._made[name].setIcon(icon(drawn, theme))

    def show_ai(self, shown: bool) -> None:
        """Show or hide the actions that have to do with AI."""
        for name in AI:
            self._made[name].setVisible(shown)
            self._made[name].setEnabled(shown)

    def _fill_menu(self, menu: QMenu, rows: Rows, deeper: Mapping[str, str], inner: dict[str, QMenu]) -> None:
        for row in rows:
            if row is None:
                menu.addSeparator()
                continue
            title = deeper.get(row[0])
            if title is not None and title not in inner:
                inner[title] = menu.addMenu(title)
            (inner[title] if title is not None else menu).addAction(self._made[row[0]])

    def _make(self, window: QWidget, words: str, *, checkable: bool) -> QAction:
        action = QAction(words, self)
        action.setCheckable(checkable)
        window.addAction(action)
        return action

    def _group(self) -> None:
        for names in GROUPS:
            group = QActionGroup(self)
            for name in names:
                group.addAction(self._made[name])
        for few in (BYPASSES, COMPARES, HANDLES):  # one of them, or none
            group = QActionGroup(self)
            group.setExclusionPolicy(QActionGroup.ExclusionPolicy.ExclusiveOptional)
            for name in few:
                group.addAction(self._made[name])


def plain(action: QAction) -> str:
    """Give the words of an action without what is for menus alone."""
    words = re.sub(r"\(&\w\)", "", action.text())  # as Chinese menus have it
    return words.replace("&", "").rstrip("… ").strip()

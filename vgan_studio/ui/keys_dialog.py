"""The keys, as a list in which they are changed; what a key already does is said before it is taken away."""

from collections.abc import Mapping

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from . import keys
from .actions import Actions, plain
from .parts import caption, entry, label

_NAME = Qt.ItemDataRole.UserRole


class KeysDialog(QDialog):
    """Shows which keys do what, and lets them be changed.

    Attributes:
        changed: the bindings that hold from now on.
    """

    changed = Signal(object)

    def __init__(self, actions: Actions, settings: QSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keys"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(620, 560)
        self._actions, self._settings = actions, settings
        self.bindings = keys.bindings(settings, actions.usual)
        self._preset, self._search, self._list = QComboBox(), entry(placeholder=self.tr("Search")), QTreeWidget()
        self.field = QKeySequenceEdit()
        self.field.setMaximumSequenceLength(1)
        self.words = label(kind="dim")
        self.take = QPushButton(self.tr("Set"))
        self.clear = QPushButton(self.tr("None"))
        self.usual = QPushButton(self.tr("As before"))
        self._fill()
        self._lay_out()
        self._select_first()

    def choose(self, name: str) -> None:
        """Go to an action by its name."""
        for item in self._items():
            if item.data(0, _NAME) == name:
                self._list.setCurrentItem(item)

    def _fill(self) -> None:
        self._preset.addItems(list(keys.PRESETS))
        self._preset.setCurrentText(str(self._settings.value("keys/preset", keys.OWN)))
        self._preset.setAccessibleName(self.tr("Preset"))
        self._preset.textActivated.connect(self._preset_chosen)
        self._search.setAccessibleName(self.tr("Search"))
        self._search.textChanged.connect(self._filter)
        self._list.setAccessibleName(self.tr("Keys"))
        self._list.setHeaderLabels([self.tr("Action"), self.tr("Keys")])
        self._list.setRootIsDecorated(False)
        self._list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for name in self._actions:
            item = QTreeWidgetItem(self._list, [plain(self._actions[name]), ""])
            item.setData(0, _NAME, name)
        self._show()
        self._list.currentItemChanged.connect(lambda *_: self._chosen())
        self.field.setAccessibleName(self.tr("New key"))
        self.field.keySequenceChanged.connect(lambda _: self._warn())
        self.take.clicked.connect(self._set)
        self.clear.clicked.connect(lambda: self._give(()))
        self.usual.clicked.connect(self._reset)

    def _lay_out(self) -> None:
        top, bottom = QHBoxLayout(), QHBoxLayout()
        top.addWidget(caption(self.tr("Preset")))
        top.addWidget(self._preset)
        top.addWidget(self._search, 1)
        for widget in (caption(self.tr("New key")), self.field, self.take, self.clear, self.usual):
            bottom.addWidget(widget)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(10)
        column.addLayout(top)
        column.addWidget(self._list, 1)
        column.addLayout(bottom)
        column.addWidget(self.words)
        column.addWidget(buttons)
        for button in (self.take, self.clear, self.usual):
            button.setAutoDefault(False)

    def _items(self) -> list[QTreeWidgetItem]:
        found = map(self._list.topLevelItem, range(self._list.topLevelItemCount()))
        return [item for item in found if item is not None]

    def _select_first(self) -> None:
        self._list.setCurrentItem(self._items()[0])

    def _show(self) -> None:
        native = QKeySequence.SequenceFormat.NativeText
        for item in self._items():
            held = self.bindings.get(item.data(0, _NAME), ())
            item.setText(1, ", ".join(QKeySequence(key).toString(native) for key in held))

    def _filter(self, text: str) -> None:
        wanted = text.casefold()
        for item in self._items():
            item.setHidden(wanted not in f"{item.text(0)} {item.text(1)}".casefold())

    def _name(self) -> str:
        item = self._list.currentItem()
        return str(item.data(0, _NAME)) if item is not None else ""

    def _chosen(self) -> None:
        self.field.clear()
        self._warn()

    def _key(self) -> str:
        return self.field.keySequence().toString(QKeySequence.SequenceFormat.PortableText)

    def _warn(self) -> None:
        """Say whom a key would be taken from."""
        key = self._key()
        users = keys.users_of(key, self.bindings, [self._name()]) if key else []
        names = ", ".join(plain(self._actions[one]) for one in users)
        words = self.tr("{0} is the key of “{1}”; it will be taken from there.").format(key, names) if users else ""
        self.words.setObjectName("danger" if users else "dim")
        self.words.style().polish(self.words)
        self.words.setText(words)
        self.take.setText(self.tr("Take it") if users else self.tr("Set"))
        self.take.setEnabled(bool(key))

    def _set(self) -> None:
        key, name = self._key(), self._name()
        for user in keys.users_of(key, self.bindings, [name]):
            kept = tuple(one for one in self.bindings[user] if QKeySequence(one) != QKeySequence(key))
            self.bindings[user] = kept
        self._give((key,))

    def _give(self, held: tuple[str, ...]) -> None:
        self.bindings[self._name()] = held
        self._done(self._preset.currentText())

    def _reset(self) -> None:
        """Give an action the key of the preset again; who has it by now loses it."""
        name = self._name()
        held = keys.preset(self._preset.currentText(), self._actions.usual).get(name, ())
        for key in held:
            for user in keys.users_of(key, self.bindings, [name]):
                self.bindings[user] = tuple(
                    one for one in self.bindings[user] if QKeySequence(one) != QKeySequence(key)
                )
        self._give(held)

    def _preset_chosen(self, name: str) -> None:
        self.bindings = keys.preset(name, self._actions.usual)
        self._done(name)

    def _done(self, name: str) -> None:
        keys.remember(self._settings, name, self.bindings, self._actions.usual)
        self._show()
        self._chosen()
        self.changed.emit(dict(self.bindings))


def readable(bindings: Mapping[str, tuple[str, ...]], name: str) -> str:
    """Give the first key of an action, for people; "" if it has none."""
    held = bindings.get(name, ())
    return QKeySequence(held[0]).toString(QKeySequence.SequenceFormat.NativeText) if held else ""

"""What the floors below the window can say, as the translators' tools find it; tests keep it complete."""

from PySide6.QtCore import QT_TRANSLATE_NOOP

SENTENCES: tuple[str, ...] = (QT_TRANSLATE_NOOP("Below", "There is no folder {0}."),)

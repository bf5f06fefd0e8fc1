"""Words that come from below the window, in the language of the window: sentences, effects, parameters, choices.

The floors below know no languages: they speak English.  What they can say is listed in `words_below.py`, for the
translators' tools to find; a sentence with names and numbers in it is found by its pattern.
"""

import re
from functools import lru_cache

from PySide6.QtCore import QCoreApplication

from .words_below import SENTENCES

_CONTEXT = "Below"


def said(sentence: str) -> str:
    """Give a sentence or a word from below in the language of the window; as it is where there is no other."""
    whole = QCoreApplication.translate(_CONTEXT, sentence)
    if whole != sentence:
        return whole
    for pattern, source in _patterns():
        found = pattern.fullmatch(sentence)
        if found is not None:
            words = QCoreApplication.translate(_CONTEXT, source)
            return words.format(*found.groups()) if words != source else sentence
    return sentence


@lru_cache(maxsize=1)
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    made = []
    for sentence in SENTENCES:
        if "{0}" in sentence:
            parts = re.split(r"\{\d\}", sentence)
            made.append((re.compile("(.+?)".join(map(re.escape, parts)), re.DOTALL), sentence))
    return made

"""Words that come from below the window, in the language of the window: sentences, effects, parameters, choices.

The floors below know no languages: they speak English.  What they can say is listed in `words_below.py`, for the
translators' tools to find; a sentence with names and numbers in it is found by its pattern.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from PySide6.QtCore import QCoreApplication

from .words_below import REASONS, SENTENCES

_CONTEXT = "Below"
_SOME = 8
_DIGIT = re.compile(r"(?<=[a-z])(\d)")


def said(sentence: str) -> str:
    """Give a sentence or a word from below in the language of the window; as it is where there is no other."""
    app = QCoreApplication.instance()
    if app is not None and app.property("language") == "en":
        return sentence
    whole = QCoreApplication.translate(_CONTEXT, sentence)
    if whole != sentence:
        return whole
    for source in _filled():
        found = _pattern(source).fullmatch(sentence)
        if found is not None:
            words = QCoreApplication.translate(_CONTEXT, source)
            return words.format(*map(reason, found.groups())) if words != source else sentence
    return sentence


def named(name: str) -> str:
    """Give a parameter's name as it stands beside its field."""
    return said(spelt(name))


def spelt(name: str) -> str:
    """Give a parameter's name, such as `keep_colours` or `picture2`, in English words."""
    return _DIGIT.sub(r" \1", name.replace("_", " ")).capitalize()


def reason(part: str) -> str:
    """Give why something failed, as the system says it, in the language of the window; anything else as it is."""
    for words in (part, part[:1].upper() + part[1:]):
        if words in REASONS:
            return QCoreApplication.translate("Reasons", words)
    return part


def prepare_words() -> Iterator[None]:
    """Learn the patterns of all sentences, some a slice."""
    for number, source in enumerate(_filled()):
        _pattern(source)
        if number % _SOME == _SOME - 1:
            yield


@lru_cache(maxsize=1)
def _filled() -> tuple[str, ...]:
    return tuple(sentence for sentence in SENTENCES if "{0}" in sentence)


@lru_cache(maxsize=512)
def _pattern(source: str) -> re.Pattern[str]:
    parts = re.split(r"\{\d\}", source)
    return re.compile("(.+?)".join(map(re.escape, parts)), re.DOTALL)

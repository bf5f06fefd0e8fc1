"""What the window makes ahead while nothing else is to be done, so that it is there at once when it is asked for."""

from collections.abc import Iterator
from importlib import import_module

from .theme import DARK, LIGHT, drawing
from .words import prepare_words

_LATER = ("effect_box", "curve_editor", "exporting", "export_dialog", "models_dialog", "effect_menu")


def ahead() -> Iterator[None]:
    """Import what is shown later, learn what can be said, and draw all icons, in slices of a few milliseconds."""
    from vgan_studio.media.codecs import CODECS

    assert CODECS
    for name in _LATER:
        import_module(f".{name}", __package__)
        yield
    yield from prepare_words()
    for theme in (DARK, LIGHT):
        yield from drawing(theme)

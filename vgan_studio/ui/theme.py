"""Colours and icons: one style sheet with names for colours, and icons of one stroke weight that take them on."""

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import shiboken6
from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

_SIZES = (16, 20, 24, 32, 40)
_STROKE = "#888"
_TURN_S = 0.003  # of dressing widgets in one slice
_ROLES = {  # of the palette, by the names that the style sheet has for its colours
    "window": "window", "panel": "base", "raised": "button", "line": "mid", "text": "text", "dim": "placeholder-text",
    "faint": "link-visited", "accent": "highlight", "on_accent": "highlighted-text", "danger": "bright-text",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours by what they are for.  Text on `window`, `panel` and `raised` has a contrast of 4.5 or more."""

    name: str
    window: str
    panel: str
    raised: str
    line: str
    text: str
    dim: str
    faint: str
    accent: str
    on_accent: str
    danger: str
    canvas: str
    video: str
    audio: str
    made: str
    clip_text: str
    wave: str


DARK = Theme(
    "dark", "#1b1c1f", "#232529", "#2e3136", "#3a3e45", "#e6e8eb", "#a3a9b3", "#6b717b",
    "#62b0f0", "#0c1a26", "#f0786c", "#0e0f10", "#38597a", "#356552", "#655180", "#f2f4f6",
    "#d7e4da",
)  # fmt: skip
LIGHT = Theme(
    "light", "#e4e6e9", "#f3f4f6", "#ffffff", "#c9cdd3", "#1d2024", "#575e68", "#8b919b",
    "#0f66b5", "#ffffff", "#b3261e", "#26282b", "#a9cbe8", "#b0d8c4", "#d3c3ea", "#14171a",
    "#24402f",
)  # fmt: skip


def resources() -> Path:
    """Say where style sheet and icons are: in the package, or beside it in a checkout."""
    package = Path(__file__).parents[1]
    shipped = package / "_shipped" / "resources"
    return shipped if shipped.is_dir() else package.parent / "resources"


class Themed(Protocol):
    """What takes on colours by itself, besides its style sheet."""

    def show_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""


def dressed(app: QApplication, theme: Theme, shows: Sequence[Themed]) -> Iterator[None]:
    """Dress the whole program in slices, and then what takes on colours by itself."""
    yield from dressing(app, theme)
    for one in shows:
        one.show_theme(theme)
        yield


def dressing(app: QApplication, theme: Theme) -> Iterator[None]:
    """Dress the whole program in slices, if it does not wear this already.

    The style sheet names its colours by roles of the palette, so it stays the same.  Qt looks colours up again when a
    widget is polished; to put on a sheet polishes all of them at once, which takes many pictures' time.
    """
    if app.property("theme") == theme.name:
        return
    app.setProperty("theme", theme.name)
    app.setPalette(_palette(theme))
    if app.property("dressed") is None:
        app.setProperty("dressed", True)
        app.setStyle("Fusion")
        app.setStyleSheet(_sheet())
        return
    began = time.monotonic()
    for widget in app.allWidgets():  # what is made from now on has the new colours
        if shiboken6.isValid(widget):
            widget.style().polish(widget)
            widget.update()
        if time.monotonic() - began > _TURN_S:
            yield
            began = time.monotonic()


def drawing(theme: Theme) -> Iterator[None]:
    """Draw all icons in the colours of a theme, one a slice, so that they are there when they are asked for."""
    for path in sorted((resources() / "icons").glob("*.svg")):
        icon(path.stem, theme)
        yield


def _sheet() -> str:
    names = {name: f"palette({role})" for name, role in _ROLES.items()}
    names["icons"] = (resources() / "icons").as_posix()
    sheet = (resources() / "theme.qss").read_text(encoding="utf-8")
    return re.sub(r"@(\w+)", lambda found: names[found[1]], sheet)


def chosen(app: QApplication, wanted: str) -> tuple[str, Theme]:
    """Give the choice of "system", "dark" or "light" that a text is, and its theme."""
    themes = {"dark": DARK, "light": LIGHT}
    return (wanted, themes[wanted]) if wanted in themes else ("system", preferred(app))


def preferred(app: QApplication) -> Theme:
    """Give the theme that the desktop asks for; dark where it does not say."""
    return LIGHT if app.styleHints().colorScheme() is Qt.ColorScheme.Light else DARK


@lru_cache(maxsize=256)
def icon(name: str, theme: Theme) -> QIcon:
    """Give an icon in the colours of a theme: plain, disabled, and checked, which may look otherwise ("key-on")."""
    made, on = QIcon(), _checked(name)
    for size in _SIZES:
        made.addPixmap(pixmap(name, theme.text, size))
        made.addPixmap(pixmap(name, theme.faint, size), QIcon.Mode.Disabled)
        made.addPixmap(pixmap(on, theme.accent, size), QIcon.Mode.Normal, QIcon.State.On)
        made.addPixmap(pixmap(on, theme.accent, size), QIcon.Mode.Active, QIcon.State.On)
    return made


@lru_cache(maxsize=2048)
def pixmap(name: str, color: str, size: int, ratio: float = 1.0) -> QPixmap:
    """Draw an icon of `size` points in a colour."""
    source = _svg(name).replace(_STROKE, color)
    drawn = QPixmap(round(size * ratio), round(size * ratio))
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    QSvgRenderer(QByteArray(source.encode())).render(painter, QRectF(0, 0, drawn.width(), drawn.height()))
    painter.end()
    drawn.setDevicePixelRatio(ratio)
    return drawn


@lru_cache(maxsize=256)
def _svg(name: str) -> str:
    return (resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=256)
def _checked(name: str) -> str:
    """Name the drawing of a checked icon."""
    on = f"{name}-on"
    return on if (resources() / "icons" / f"{on}.svg").is_file() else name


def _palette(theme: Theme) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for which, color in (
        (role.Window, theme.window), (role.WindowText, theme.text), (role.Base, theme.panel),
        (role.AlternateBase, theme.raised), (role.Text, theme.text), (role.Button, theme.raised),
        (role.ButtonText, theme.text), (role.BrightText, theme.danger), (role.Highlight, theme.accent),
        (role.HighlightedText, theme.on_accent), (role.ToolTipBase, theme.raised), (role.ToolTipText, theme.text),
        (role.PlaceholderText, theme.dim), (role.Link, theme.accent), (role.LinkVisited, theme.faint),
        (role.Mid, theme.line), (role.Dark, theme.line),
        (role.Light, theme.raised), (role.Midlight, theme.raised), (role.Shadow, theme.window),
    ):  # fmt: skip
        palette.setColor(which, QColor(color))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(theme.faint))
    return palette

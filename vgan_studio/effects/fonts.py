"""The fonts of this machine, by family, and the one that we bring along.

A character that a font lacks is drawn by another one that has it.
"""

import logging
import os
import re
import sys
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

from vgan_studio.effects.glyphs import characters

_SUFFIXES = {".ttf", ".otf", ".ttc", ".otc"}
_PLAIN = {"", "regular", "book", "roman", "normal"}
# Asked first for a character that the chosen font lacks; then all others by name.
_FALLBACKS = (
    "noto sans", "dejavu sans", "noto sans cjk sc", "source han sans sc", "pingfang sc", "microsoft yahei",
    "wenquanyi micro hei", "droid sans fallback", "noto sans cjk jp", "segoe ui symbol",
)  # fmt: skip

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Face:
    """One font of a file: `index` counts the fonts of a collection."""

    path: str
    index: int
    family: str
    style: str

    @property
    def bold(self) -> bool:
        """Its strokes are heavy."""
        return re.search("bold|heavy|black", self.style.lower()) is not None

    @property
    def italic(self) -> bool:
        """It leans."""
        return re.search("italic|oblique", self.style.lower()) is not None

    @property
    def plain(self) -> bool:
        """It has no other traits: it is neither light nor narrow."""
        return re.sub("bold|italic|oblique| ", "", self.style.lower()) in _PLAIN


@lru_cache(maxsize=64)
def find(family: str, bold: bool, italic: bool) -> Face:
    """Give the face of a family that is nearest to the style; "" is the family that we bring along.

    What is not there is replaced, with a warning in the log.
    """
    family = family or bundled().family
    near = [face for face in (bundled(), *faces()) if face.family.lower() == family.lower()]
    if not near:
        log.warning("There is no font %r on this machine; %s is used.", family, bundled().family)
        near = [bundled(), *(face for face in faces() if face.family == bundled().family)]
    best = min(near, key=lambda face: (face.bold != bold, face.italic != italic, not face.plain, len(face.style)))
    if (best.bold, best.italic) != (bold, italic):
        log.warning("The font %s has no such style on this machine; %s is used.", best.family, best.style)
    return best


def runs(text: str, face: Face) -> list[tuple[Face, str]]:
    """Part a line into pieces, each with a face that can draw it; marks and spaces stay with what is before them."""
    pieces: list[tuple[Face, str]] = []
    for character in text:
        joins = character.isspace() or unicodedata.category(character) in ("Mn", "Me", "Cf")
        wanted = pieces[-1][0] if joins and pieces else _able(character, face)
        if pieces and pieces[-1][0] == wanted:
            pieces[-1] = (wanted, pieces[-1][1] + character)
        else:
            pieces.append((wanted, character))
    return pieces


@lru_cache(maxsize=1)
def bundled() -> Face:
    """Give the font that lies beside the program: DejaVu Sans (Latin, Greek, Cyrillic, Arabic, symbols)."""
    package = Path(__file__).parents[1]
    shipped = package / "_shipped" / "resources"
    resources = shipped if shipped.is_dir() else package.parent / "resources"
    return _faces_of(resources / "fonts" / "DejaVuSans.ttf")[0]


@lru_cache(maxsize=1)
def faces() -> tuple[Face, ...]:
    """Give all faces of this machine, in the order of their files' paths; read once."""
    files = sorted({path for folder in _folders() for path in folder.rglob("*") if path.suffix.lower() in _SUFFIXES})
    return tuple(face for path in files for face in _faces_of(path))


@lru_cache(maxsize=1)
def families() -> tuple[str, ...]:
    """Give the families of this machine by name, the one that we bring along among them."""
    return tuple(sorted({face.family for face in (bundled(), *faces())}, key=str.casefold))


@lru_cache(maxsize=16)
def sized(face: Face, pixels: float) -> ImageFont.FreeTypeFont:
    """Open a face at so many pixels per em."""
    return ImageFont.truetype(face.path, max(1.0, pixels), face.index)


@lru_cache(maxsize=4096)
def _able(character: str, face: Face) -> Face:
    code = ord(character)
    if character.isspace() or code in characters(face.path, face.index):
        return face
    for other in _fallbacks():
        if code in characters(other.path, other.index):
            return other
    log.warning("No font on this machine can draw U+%04X.", code)
    return face


@lru_cache(maxsize=1)
def _fallbacks() -> tuple[Face, ...]:
    def rank(face: Face) -> tuple[int, bool, bool, bool, str, str]:
        name = face.family.lower()
        place = _FALLBACKS.index(name) if name in _FALLBACKS else len(_FALLBACKS)
        return place, face.bold, face.italic, not face.plain, face.family, face.path

    return tuple(sorted((bundled(), *faces()), key=rank))


def _faces_of(path: Path) -> list[Face]:
    found: list[Face] = []
    for index in range(32):
        try:
            family, style = ImageFont.truetype(str(path), 16, index).getname()
        except (OSError, ValueError):
            break  # not a font, or beyond the last of a collection
        found.append(Face(str(path), index, family or path.stem, style or ""))
    return found


def _folders() -> list[Path]:
    home = Path.home()
    if sys.platform == "darwin":
        return [home / "Library/Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts")]
    if sys.platform == "win32":
        local = Path(os.environ.get("LOCALAPPDATA", home / "AppData/Local"))
        return [local / "Microsoft/Windows/Fonts", Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts"]
    own = Path(os.environ.get("XDG_DATA_HOME") or home / ".local/share")
    shared = (os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share").split(":")
    return [home / ".fonts", own / "fonts", *(Path(folder) / "fonts" for folder in shared)]

"""Paint the bare bodies of clips on a track, before pictures, sound and words are painted on them."""

from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from vgan_studio.timeline.values import Clip, EffectCall

from .timeline_gestures import Move
from .timeline_page import ROUND, Page
from .timeline_scale import Row

_LEAST = 3.0  # points: narrower clips are lines
_BESIDE = 8.0  # points beyond the page that are painted, so that no rim is seen there
_MOVING = 0.35


class Seen(NamedTuple):
    """A clip that can be seen: its place on the page, the part of it that is painted, and its opacity."""

    clip: Clip
    rect: QRectF
    part: QRectF
    opacity: float


def bodies(painter: QPainter, page: Page, row: Row, opacity: float, across: tuple[int, int]) -> list[Seen]:
    """Paint the bodies of the clips of a track from one point to another, and give those that are more than a line.

    They are opaque, in colours as if they were seen through, so that a rim is not seen through its clip.
    """
    scale, wide, (begin, end) = page.scale, [], across
    top, height = float(scale.y(row)), float(row.height)
    near, far = scale.header - _BESIDE, scale.header + page.width + _BESIDE
    moving = page.gesture.ids if isinstance(page.gesture, Move) else frozenset()
    lines: list[QRectF] = []
    color = ""
    painter.setPen(Qt.PenStyle.NoPen)
    for clip, many in scale.visible(page.timeline.tracks[row.track], end):
        left, width = scale.x(clip.start), clip.duration * scale.zoom - 1
        if left + width < begin:  # which clips stand for many hangs on the first one of the page, so all are asked
            continue
        fill = _fill(page, row, clip)
        if lines and (fill != color or width >= _LEAST):
            _lines(painter, lines, tint(color, page.theme.panel, opacity))
            lines = []
        if width < _LEAST:
            color = fill
            lines.append(QRectF(left, top, max(_LEAST if many else 1.0, width), height))
            continue
        share, start = opacity * (_MOVING if clip.id in moving else 1.0), max(left, near)
        part = QRectF(start, top, min(left + width, far) - start, height)
        _body(painter, page, part, fill, share, chosen=clip.id in page.selection)
        wide.append(Seen(clip, QRectF(left, top, width, height), part, share))
    if lines:
        _lines(painter, lines, tint(color, page.theme.panel, opacity))
    return wide


def _body(painter: QPainter, page: Page, part: QRectF, fill: str, opacity: float, *, chosen: bool) -> None:
    """Paint a rounded box within another one: many times as quick as to draw its outline."""
    rim, half = (page.theme.accent, 1.0) if chosen else (_darker(fill, 135), 0.5)
    painter.setBrush(tint(rim, page.theme.panel, opacity))
    painter.drawRoundedRect(part.adjusted(0.5 - half, 0.5 - half, half - 0.5, half - 0.5), ROUND + half, ROUND + half)
    painter.setBrush(tint(fill, page.theme.panel, opacity))
    painter.drawRoundedRect(part.adjusted(0.5 + half, 0.5 + half, -half - 0.5, -half - 0.5), ROUND - half, ROUND - half)


def _lines(painter: QPainter, lines: list[QRectF], color: QColor) -> None:
    painter.setBrush(color)
    painter.drawRects(lines)


def _fill(page: Page, row: Row, clip: Clip) -> str:
    """Give the colour of a clip."""
    if isinstance(clip.source, EffectCall):
        return page.theme.made
    if clip.source.fingerprint in page.missing:
        return _darker(page.theme.danger, 150)
    return page.theme.video if page.timeline.tracks[row.track].kind == "video" else page.theme.audio


@lru_cache(maxsize=64)
def _darker(color: str, factor: int) -> str:
    return QColor(color).darker(factor).name()


@lru_cache(maxsize=256)
def tint(color: str, below: str, opacity: float) -> QColor:
    """Give a colour as it looks on another one, with some opacity."""
    over, under = QColor(color), QColor(below)
    pairs = ((over.red(), under.red()), (over.green(), under.green()), (over.blue(), under.blue()))
    return QColor(*(round(a * opacity + b * (1 - opacity)) for a, b in pairs))

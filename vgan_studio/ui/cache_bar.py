"""The bar above the ruler: what is so of each frame, in colour and in pattern."""

import re
from functools import lru_cache

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter

from vgan_studio.service.watch import Bar
from vgan_studio.timeline.values import Clip, Timeline

from .theme import Theme
from .timeline_page import Page

HEIGHT = 7  # points
_OLD = 0.45
_RUN = re.compile(rb"(.)\1*", re.DOTALL)  # equal states that follow one another

# by the number of a `render.cover.State`: colour in the dark and in the light theme, pattern, words
LIVE, WAITING, COMPUTING, CACHED, STALE, FAILED = range(6)
_LOOKS = {
    WAITING: ("#9aa3b2", "#6a7280", Qt.BrushStyle.Dense6Pattern),
    COMPUTING: ("#62b0f0", "#0f66b5", Qt.BrushStyle.BDiagPattern),
    CACHED: ("#5ec27a", "#1f8a43", Qt.BrushStyle.SolidPattern),
    STALE: ("#e0a94a", "#a86a00", Qt.BrushStyle.DiagCrossPattern),
    FAILED: ("#f0786c", "#b3261e", Qt.BrushStyle.VerPattern),
}


def names() -> dict[int, str]:
    """Give what each state is called."""
    return {
        LIVE: QCoreApplication.translate("CacheBar", "Live: no network is asked"),
        WAITING: QCoreApplication.translate("CacheBar", "Waiting: a network will be asked"),
        COMPUTING: QCoreApplication.translate("CacheBar", "Computing"),
        CACHED: QCoreApplication.translate("CacheBar", "Ready"),
        STALE: QCoreApplication.translate("CacheBar", "Changed since it was ready: to be computed again"),
        FAILED: QCoreApplication.translate("CacheBar", "Failed"),
    }


def paint_bar(painter: QPainter, page: Page) -> None:
    """Paint the bar at the top of the ruler; that of another film faintly, until this one's is known."""
    bar, timeline, scale, theme = page.bar, page.timeline, page.scale, page.theme
    if bar is None or not any(bar.states):
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setOpacity(1.0 if bar.timeline is timeline else _OLD)
    first, end = float(scale.header), min(scale.x(timeline.duration), float(page.width))
    for run in _RUN.finditer(bar.states):
        left = max(scale.x(bar.first + run.start() * bar.step), first)
        right = min(scale.x(bar.first + run.end() * bar.step), end)
        if right > left and run[0][0] != LIVE:
            _run(painter, QRectF(left, 0, max(1.0, right - left), HEIGHT), brush(run[0][0], theme), theme)
    painter.restore()


@lru_cache(maxsize=16)
def brush(state: int, theme: Theme) -> QBrush:
    """Give the pattern of a state, in its colour."""
    return QBrush(QColor(_colour(state, theme)), _LOOKS[state][2])


def state_at(bar: Bar | None, timeline: Timeline, frame: int) -> int | None:
    """Give the state of a frame, if it is known."""
    if bar is None or bar.timeline is not timeline:
        return None
    place = (frame - bar.first) // bar.step
    return bar.states[place] if 0 <= place < len(bar.states) else None


def badge(page: Page, clip: Clip) -> tuple[str, str]:
    """Say on a clip with networks how far its frames are, and in which colour, if the bar knows all of them."""
    bar, plain = page.bar, ("GAN", page.theme.accent)
    if bar is None or bar.timeline is not page.timeline:
        return plain
    first, last = (clip.start - bar.first) // bar.step, -((bar.first - clip.end) // bar.step)
    states = bar.states[max(first, 0) : max(last, 0)]
    asked, ready = len(states) - states.count(LIVE), states.count(CACHED)
    if first < 0 or last > len(bar.states) or not asked:
        return plain
    for state, words in (
        (FAILED, QCoreApplication.translate("CacheBar", "GAN failed")),
        (STALE, QCoreApplication.translate("CacheBar", "GAN changed")),
    ):
        if state in states:
            return words, _colour(state, page.theme)
    if ready == asked:
        return QCoreApplication.translate("CacheBar", "GAN ready"), _colour(CACHED, page.theme)
    if not ready and COMPUTING not in states:
        return QCoreApplication.translate("CacheBar", "GAN waiting"), _colour(WAITING, page.theme)
    return f"GAN {100 * ready // asked} %", _colour(COMPUTING, page.theme)


def _colour(state: int, theme: Theme) -> str:
    dark, light, _ = _LOOKS[state]
    return dark if theme.name == "dark" else light


def _run(painter: QPainter, rect: QRectF, filled: QBrush, theme: Theme) -> None:
    painter.fillRect(rect, QColor(theme.panel))
    painter.fillRect(rect.adjusted(0, 1, 0, -1), filled)
    if filled.style() is not Qt.BrushStyle.SolidPattern:
        painter.fillRect(QRectF(rect.x(), rect.bottom() - 2, rect.width(), 1), filled.color())

"""Paint a timeline: only what can be seen, in an order that lets every layer lie on the one before."""

from fractions import Fraction
from functools import lru_cache
from math import ceil, log2

from PySide6.QtCore import QCoreApplication, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from vgan_studio.timeline.tracks import audible
from vgan_studio.timeline.values import Clip, Media

from .cache_bar import badge
from .lettering import letters
from .timeline_bodies import Seen, bodies
from .timeline_captions import paint_caption_headers, paint_captions
from .timeline_headers import header
from .timeline_lanes import paint_lanes, paint_names
from .timeline_light import light
from .timeline_overlay import overlay
from .timeline_page import Page, glass, name_of
from .timeline_ruler import playhead, ruler
from .timeline_scale import Row
from .timeline_sound import heard_at, sound
from .timeline_turns import turn
from .timeline_wave import waves

_NARROW = 26.0
_FADED = 0.4


_ROUND_ABOUT = 16  # points beside what is to be painted: a line of many narrow clips may begin there


def paint(painter: QPainter, page: Page, area: QRect | None = None) -> None:
    """Paint all of it, or only what can be seen in an area; the painter is clipped to it."""
    across = (0, page.width) if area is None else (area.left() - _ROUND_ABOUT, area.right() + _ROUND_ABOUT)
    painter.fillRect(0, 0, page.width, page.height, QColor(page.theme.window))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    rows = page.scale.rows(page.timeline)
    painter.setClipRect(0, page.scale.ruler, page.width, page.height)
    for row in rows:
        _lane(painter, page, row, across)
    paint_lanes(painter, page)
    paint_captions(painter, page)
    overlay(painter, page, rows)
    painter.setClipping(False)
    ruler(painter, page)
    painter.setClipRect(0, page.scale.ruler, page.width, page.height)
    for row in rows:
        header(painter, page, row)
    paint_names(painter, page)
    paint_caption_headers(painter, page)
    painter.setClipping(False)
    painter.fillRect(0, 0, page.scale.header, page.scale.ruler, QColor(page.theme.panel))
    playhead(painter, page)


def _lane(painter: QPainter, page: Page, row: Row, across: tuple[int, int]) -> None:
    """Paint a track, layer by layer: clips do not overlap, so a layer of all of them lies on the one before."""
    scale, track = page.scale, page.timeline.tracks[row.track]
    top = scale.y(row)
    if top > page.height or top + row.height < scale.ruler:
        return
    painter.fillRect(QRect(scale.header, top, page.width, row.height), QColor(page.theme.panel))
    painter.save()
    painter.setClipRect(QRectF(scale.header, scale.ruler, page.width, page.height))
    opacity = _FADED if track.hidden or (track.kind == "audio" and not audible(page.timeline)[row.track]) else 1.0
    wide = bodies(painter, page, row, opacity, (across[0], min(across[1], page.width)))
    roomy = [one for one in wide if one.rect.width() > _NARROW]
    for one in roomy if track.kind == "video" else ():
        _enter(painter, one)
        _pictures(painter, page, row, one.clip)
        light(painter, page, row, one.clip)
        painter.restore()
    heard = [heard_at(scale, page.timeline, row, one.clip) for one in roomy]
    waves(painter, page, [(one.clip, at, one.opacity) for one, at in zip(roomy, heard, strict=True) if at is not None])
    for one, at in zip(roomy, heard, strict=True):
        _enter(painter, one)
        if at is not None:
            sound(painter, page, at, one.clip)
        _words(painter, page, one)
        painter.restore()
    for one in wide:
        if one.clip.transition is not None:
            painter.setOpacity(one.opacity)
            turn(painter, page, row, one.clip)
    painter.restore()
    if track.locked:
        shade = QRect(scale.header, top, page.width, row.height)
        painter.fillRect(shade, glass(page.theme.window, 90))


def _enter(painter: QPainter, one: Seen) -> None:
    """Paint only within a clip, until the painter is restored."""
    painter.save()
    painter.setOpacity(one.opacity)
    painter.setClipRect(one.part.adjusted(2, 2, -2, -2), Qt.ClipOperation.IntersectClip)


def _words(painter: QPainter, page: Page, one: Seen) -> None:
    """Paint name and badges of a clip that is wide enough for them."""
    written, strip, top = letters(painter.font()), page.scale.unit + 3, one.part.y()
    left = max(one.part.x(), float(page.scale.header)) + 6
    right = one.part.right() - 5
    for words, color in reversed(_badges(page, one.clip)):
        across = written.width(words) + 8
        if right - across < left + 24:
            break
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(glass(color, 235))
        painter.drawRoundedRect(QRectF(right - across, top + 3, across, strip - 4), 3, 3)
        painter.setPen(QColor(page.theme.window))
        written.draw_in(painter, right - across + 4, top + 3, strip - 4, words)
        right -= across + 3
    painter.setPen(QColor(page.theme.clip_text))
    written.draw_in(painter, left, top + 1, strip, written.short(name_of(one.clip), max(0, int(right - left))))


def _pictures(painter: QPainter, page: Page, row: Row, clip: Clip) -> None:
    media, scale, strip = clip.source, page.scale, page.scale.unit + 3
    if page.thumbnails is None or not isinstance(media, Media) or not media.width or row.height - strip < 16:
        return
    height = row.height - strip - 3
    across = max(16.0, height * media.width / media.height * float(media.sample_aspect))
    fineness = ceil(log2(max(1e-3, across / scale.zoom / float(page.timeline.rate))))
    start, top, long = scale.x(clip.start), scale.y(row) + strip, float(media.duration)
    each, shown = across / scale.zoom * float(clip.speed / page.timeline.rate), float(clip.source_in)
    first = max(0, int((scale.header - start) // across))
    last = min(ceil(clip.duration * scale.zoom / across), int((page.width - start) // across) + 1)
    for number in range(first, last):
        time = max(0.0, min(shown + number * each, long))
        image = page.thumbnails.get(media, _round(time // 2.0**fineness, fineness))
        if image is not None:
            painter.drawImage(QRectF(start + number * across, top, across, height), image)


@lru_cache(maxsize=4096)
def _round(count: float, fineness: int) -> Fraction:
    """Give the time of a thumbnail: a multiple of a power of two, so that a small change needs no other."""
    return int(count) * Fraction(2) ** fineness


def _badges(page: Page, clip: Clip) -> list[tuple[str, str]]:
    theme = page.theme
    found = []
    if isinstance(clip.source, Media) and clip.source.fingerprint in page.missing:
        found.append((QCoreApplication.translate("Badges", "missing"), theme.danger))
    if isinstance(clip.source, Media) and clip.source.fingerprint in page.proxies:
        found.append((page.proxies[clip.source.fingerprint], theme.dim))
    if clip.speed != 1:
        words = f"{float(clip.speed * 100):.4g} %" if clip.speed else QCoreApplication.translate("Badges", "frozen")
        found.append((words, theme.dim))
    if clip.id in page.grouped:
        found.append((QCoreApplication.translate("Badges", "group"), theme.dim))
    if clip.muted:
        found.append((QCoreApplication.translate("Badges", "muted"), theme.dim))
    called = [effect for effect in clip.effects if effect.enabled]
    if any(effect.id in page.heavy for effect in called):
        found.append(badge(page, clip))
    if any(effect.id not in page.heavy for effect in called):
        found.append(("fx", theme.accent))
    return found

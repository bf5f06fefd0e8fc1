"""Paint a timeline: only what can be seen, in an order that lets every layer lie on the one before."""

from fractions import Fraction
from math import ceil, log2

from PySide6.QtCore import QCoreApplication, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen

from vgan_studio.timeline.values import Clip, EffectCall, Media

from .timeline_captions import paint_caption_headers, paint_captions
from .timeline_gestures import Move
from .timeline_headers import header
from .timeline_lanes import paint_lanes, paint_names
from .timeline_light import light
from .timeline_overlay import overlay
from .timeline_page import ROUND, Page, glass, name_of
from .timeline_ruler import playhead, ruler
from .timeline_scale import Row
from .timeline_sound import sound

_NARROW = 26.0
_FADED = 0.4


def paint(painter: QPainter, page: Page) -> None:
    """Paint all of it."""
    painter.fillRect(0, 0, page.width, page.height, QColor(page.theme.window))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    rows = page.scale.rows(page.timeline)
    painter.setClipRect(0, page.scale.ruler, page.width, page.height)
    for row in rows:
        _lane(painter, page, row)
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


def _lane(painter: QPainter, page: Page, row: Row) -> None:
    scale, track = page.scale, page.timeline.tracks[row.track]
    top = scale.y(row)
    if top > page.height or top + row.height < scale.ruler:
        return
    painter.fillRect(QRect(scale.header, top, page.width, row.height), QColor(page.theme.panel))
    painter.setOpacity(_FADED if track.hidden or (track.kind == "audio" and track.muted) else 1.0)
    painter.save()
    painter.setClipRect(QRectF(scale.header, scale.ruler, page.width, page.height))
    for clip, many in scale.visible(track, page.width):
        _clip(painter, page, row, clip, many)
    painter.restore()
    painter.setOpacity(1.0)
    if track.locked:
        painter.fillRect(
            QRect(scale.header, top, page.width, row.height),
            glass(page.theme.window, 90),
        )


def _clip(painter: QPainter, page: Page, row: Row, clip: Clip, many: bool) -> None:
    rect = page.scale.rect(row, clip.start, clip.end).adjusted(0, 0, -1, 0)
    fill = _fill(page, row, clip)
    if rect.width() < 3:
        painter.fillRect(QRectF(rect.x(), rect.y(), max(3.0 if many else 1.0, rect.width()), rect.height()), fill)
        return
    chosen = clip.id in page.selection
    moving = isinstance(page.gesture, Move) and clip.id in page.gesture.ids
    painter.setOpacity(painter.opacity() * (0.35 if moving else 1.0))
    seen = rect.intersected(QRectF(page.scale.header - 8, rect.y(), page.width + 16, rect.height()))
    painter.setPen(QPen(QColor(page.theme.accent), 2) if chosen else QPen(fill.darker(135), 1))
    painter.setBrush(fill)
    painter.drawRoundedRect(seen.adjusted(0.5, 0.5, -0.5, -0.5), ROUND, ROUND)
    if rect.width() > _NARROW:
        _inside(painter, page, row, clip, seen)
    _turn(painter, page, row, clip)
    if moving:
        painter.setOpacity(min(1.0, painter.opacity() / 0.35))


def _inside(painter: QPainter, page: Page, row: Row, clip: Clip, seen: QRectF) -> None:
    """Paint pictures, name and badges of a clip that is wide enough for them."""
    painter.save()
    painter.setClipRect(seen.adjusted(2, 2, -2, -2), Qt.ClipOperation.IntersectClip)
    strip = page.scale.unit + 3
    if page.timeline.tracks[row.track].kind == "video":
        _pictures(painter, page, row, clip, strip)
    light(painter, page, row, clip)
    sound(painter, page, row, clip)
    left = max(seen.x(), float(page.scale.header)) + 6
    right = seen.right() - 5
    metrics = QFontMetrics(painter.font())
    for words, color in reversed(_badges(page, clip)):
        across = metrics.horizontalAdvance(words) + 8
        if right - across < left + 24:
            break
        badge = QRectF(right - across, seen.y() + 3, across, strip - 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(glass(color, 235))
        painter.drawRoundedRect(badge, 3, 3)
        painter.setPen(QColor(page.theme.window))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, words)
        right -= across + 3
    painter.setPen(QColor(page.theme.clip_text))
    room = max(0, int(right - left))
    words = metrics.elidedText(name_of(clip), Qt.TextElideMode.ElideRight, room)
    painter.drawText(QRectF(left, seen.y() + 1, room, strip), Qt.AlignmentFlag.AlignVCenter, words)
    painter.restore()


def _pictures(painter: QPainter, page: Page, row: Row, clip: Clip, strip: int) -> None:
    media, scale = clip.source, page.scale
    if page.thumbnails is None or not isinstance(media, Media) or not media.width or row.height - strip < 16:
        return
    height = row.height - strip - 3
    across = max(16.0, height * float(media.width * media.sample_aspect / media.height))
    step = Fraction(2) ** ceil(log2(max(1e-3, across / scale.zoom / float(page.timeline.rate))))
    start = scale.x(clip.start)
    first = max(0, int((scale.header - start) // across))
    last = min(ceil(clip.duration * scale.zoom / across), int((page.width - start) // across) + 1)
    for number in range(first, last):
        shown = clip.source_in + Fraction(number * across / scale.zoom) * clip.speed / page.timeline.rate
        time = max(Fraction(0), min(shown, media.duration)) // step * step
        image = page.thumbnails.get(media, time)
        if image is not None:
            painter.drawImage(QRectF(start + number * across, scale.y(row) + strip, across, height), image)


def _turn(painter: QPainter, page: Page, row: Row, clip: Clip) -> None:
    """Paint a transition: two triangles across the cut."""
    turn = clip.transition
    if turn is None:
        return
    rect = page.scale.rect(row, clip.start - turn.before, clip.start + turn.after)
    if rect.width() < 4:
        return
    rect.adjust(0, page.scale.unit + 3, 0, -3)
    painter.setPen(QPen(QColor(page.theme.clip_text), 1))
    painter.setBrush(glass(page.theme.made, 190))
    painter.drawRect(rect)
    painter.drawLine(rect.bottomLeft(), rect.topRight())


def _fill(page: Page, row: Row, clip: Clip) -> QColor:
    if isinstance(clip.source, EffectCall):
        return QColor(page.theme.made)
    if clip.source.fingerprint in page.missing:
        return QColor(page.theme.danger).darker(150)
    return QColor(page.theme.video if page.timeline.tracks[row.track].kind == "video" else page.theme.audio)


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
        found.append(("GAN", theme.accent))
    if any(effect.id not in page.heavy for effect in called):
        found.append(("fx", theme.accent))
    return found

"""Paint a timeline: only what can be seen, in an order that lets every layer lie on the one before."""

from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, log2
from pathlib import Path

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPolygonF

from vgan_studio.service.thumbnails import Thumbnails
from vgan_studio.timeline.lookup import locate
from vgan_studio.timeline.values import Clip, EffectCall, Media, Timeline

from .theme import Theme, pixmap
from .timecode import timecode
from .timeline_gestures import Box, Gesture, Move, Slip, Trim
from .timeline_scale import Row, Scale, ticks

_ROUND = 4.0
_NARROW = 26.0
_FADED = 0.4


@dataclass(frozen=True, slots=True)
class Page:
    """All that a painting shows.

    Attributes:
        heavy: ids of the effects that ask a network.
        missing: fingerprints of media whose file is not there.
        dropped: first frame, frames and row of what is about to be dropped.
    """

    timeline: Timeline
    scale: Scale
    theme: Theme
    width: int
    height: int
    playhead: int = 0
    selection: frozenset[int] = frozenset()
    gesture: Gesture | None = None
    heavy: frozenset[str] = frozenset()
    missing: frozenset[str] = frozenset()
    dropped: tuple[int, int, Row | None] | None = None
    ratio: float = 1.0
    thumbnails: Thumbnails | None = field(default=None, compare=False)


def name_of(clip: Clip) -> str:
    """Give the name that a clip is shown by."""
    if clip.name:
        return clip.name
    if isinstance(clip.source, Media):
        return Path(clip.source.path).name
    words = dict(clip.source.params).get("text")
    return str(words).replace("\n", " ") if words else clip.source.id.split(".")[-1].capitalize()


def paint(painter: QPainter, page: Page) -> None:
    """Paint all of it."""
    painter.fillRect(0, 0, page.width, page.height, QColor(page.theme.window))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    rows = page.scale.rows(page.timeline)
    painter.setClipRect(0, page.scale.ruler, page.width, page.height)
    for row in rows:
        _lane(painter, page, row)
    _over(painter, page, rows)
    painter.setClipping(False)
    _ruler(painter, page)
    painter.setClipRect(0, page.scale.ruler, page.width, page.height)
    for row in rows:
        _header(painter, page, row)
    painter.setClipping(False)
    painter.fillRect(0, 0, page.scale.header, page.scale.ruler, QColor(page.theme.panel))
    _head(painter, page)


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
            _glass(page.theme.window, 90),
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
    painter.drawRoundedRect(seen.adjusted(0.5, 0.5, -0.5, -0.5), _ROUND, _ROUND)
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
    left = max(seen.x(), float(page.scale.header)) + 6
    right = seen.right() - 5
    metrics = QFontMetrics(painter.font())
    for words, color in reversed(_badges(page, clip)):
        across = metrics.horizontalAdvance(words) + 8
        if right - across < left + 24:
            break
        badge = QRectF(right - across, seen.y() + 3, across, strip - 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_glass(color, 235))
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
    painter.setBrush(_glass(page.theme.made, 190))
    painter.drawRect(rect)
    painter.drawLine(rect.bottomLeft(), rect.topRight())


def _over(painter: QPainter, page: Page, rows: tuple[Row, ...]) -> None:
    """Paint what lies over the clips: range, ghosts, snap line, playhead."""
    painter.save()
    painter.setClipRect(QRectF(page.scale.header, page.scale.ruler, page.width, page.height))
    gesture, scale = page.gesture, page.scale
    if isinstance(gesture, Move):
        _moved(painter, page, rows, gesture)
    elif isinstance(gesture, Trim):
        _trimmed(painter, page, rows, gesture)
    elif isinstance(gesture, Box):
        painter.setPen(QPen(QColor(page.theme.accent), 1))
        painter.setBrush(_glass(page.theme.accent, 40))
        painter.drawRect(QRectF(QPointF(gesture.x0, gesture.y0), QPointF(gesture.x1, gesture.y1)).normalized())
    elif isinstance(gesture, Slip):
        _note(painter, page, _clip_rect(page, rows, gesture.clip), f"{gesture.frames:+d}")
    if page.dropped is not None:
        _dropped(painter, page, rows)
    met = gesture.met if isinstance(gesture, Move | Trim) else None
    if met is not None:
        painter.setPen(QPen(QColor(page.theme.danger), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QLineF(scale.x(met), scale.ruler, scale.x(met), page.height))
    painter.setPen(QPen(QColor(page.theme.accent), 1.5))
    painter.drawLine(QLineF(scale.x(page.playhead), scale.ruler, scale.x(page.playhead), page.height))
    painter.restore()


def _moved(painter: QPainter, page: Page, rows: tuple[Row, ...], move: Move) -> None:
    by_track = {row.track: row for row in rows}
    painter.setPen(QPen(QColor(page.theme.accent), 1.5))
    painter.setBrush(_glass(page.theme.accent, 70))
    for row in rows:
        for clip in page.timeline.tracks[row.track].clips:
            there = by_track.get(row.track + move.tracks)
            if clip.id in move.ids and there is not None:
                rect = page.scale.rect(there, clip.start + move.frames, clip.end + move.frames)
                painter.drawRoundedRect(rect, _ROUND, _ROUND)
                if clip.id == move.clip:
                    start = timecode(clip.start + move.frames, page.timeline.rate)
                    _note(painter, page, rect, f"{start}  ({move.frames:+d})")
                    painter.setPen(QPen(QColor(page.theme.accent), 1.5))
                    painter.setBrush(_glass(page.theme.accent, 70))


def _trimmed(painter: QPainter, page: Page, rows: tuple[Row, ...], gesture: Trim) -> None:
    number, index = locate(page.timeline, gesture.clip)
    clip = page.timeline.tracks[number].clips[index]
    row = next(row for row in rows if row.track == number)
    start, end = (gesture.frame, clip.end) if gesture.side == "head" else (clip.start, gesture.frame)
    rect = page.scale.rect(row, start, end)
    painter.setPen(QPen(QColor(page.theme.accent), 1.5))
    painter.setBrush(_glass(page.theme.accent, 50))
    painter.drawRoundedRect(rect, _ROUND, _ROUND)
    change = gesture.frame - (clip.start if gesture.side == "head" else clip.end)
    _note(painter, page, rect, f"{timecode(end - start, page.timeline.rate)}  ({change:+d})")


def _dropped(painter: QPainter, page: Page, rows: tuple[Row, ...]) -> None:
    assert page.dropped is not None
    frame, frames, row = page.dropped
    if row is None:
        rect = QRectF(page.scale.x(frame), page.scale.ruler + 2, frames * page.scale.zoom, page.scale.unit * 2)
    else:
        rect = page.scale.rect(row, frame, frame + frames)
    painter.setPen(QPen(QColor(page.theme.accent), 1.5))
    painter.setBrush(_glass(page.theme.accent, 70))
    painter.drawRoundedRect(rect, _ROUND, _ROUND)
    _note(painter, page, rect, timecode(frame, page.timeline.rate))


def _note(painter: QPainter, page: Page, rect: QRectF, words: str) -> None:
    """Write words into a dark box at the upper left of something that can be seen."""
    metrics = QFontMetrics(painter.font())
    left = max(rect.x(), float(page.scale.header)) + 4
    box = QRectF(
        left, rect.center().y() - page.scale.unit / 2, metrics.horizontalAdvance(words) + 12, page.scale.unit + 4
    )
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(page.theme.raised))
    painter.drawRoundedRect(box, 3, 3)
    painter.setPen(QColor(page.theme.text))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)


def _ruler(painter: QPainter, page: Page) -> None:
    scale, theme = page.scale, page.theme
    painter.fillRect(0, 0, page.width, scale.ruler, QColor(theme.panel))
    if page.timeline.range is not None:
        start, end = page.timeline.range
        span = QRectF(scale.x(start), scale.ruler - 5, (end - start) * scale.zoom, 5)
        painter.fillRect(span, QColor(theme.accent))
    metrics = QFontMetrics(painter.font())
    label, mark = ticks(scale, page.timeline.rate, metrics.horizontalAdvance("00:00:00:00") + 24)
    frame = scale.frame(scale.header) // label * label
    last = scale.frame(page.width)
    while frame <= last:
        x = scale.x(frame)
        if frame % label == 0:
            painter.setPen(QColor(theme.dim))
            painter.drawText(QPointF(x + 4, metrics.ascent() + 4), timecode(frame, page.timeline.rate))
            painter.drawLine(QLineF(x, scale.ruler - 12, x, scale.ruler))
        else:
            painter.setPen(QColor(theme.line))
            painter.drawLine(QLineF(x, scale.ruler - 6, x, scale.ruler))
        frame += mark
    for marker in page.timeline.markers:
        _flag(painter, scale.x(marker.frame), scale.ruler, QColor(marker.color))


def _head(painter: QPainter, page: Page) -> None:
    """Paint the head of the playhead, over the ruler's corner, too, where the film begins."""
    x = page.scale.x(page.playhead)
    if x < page.scale.header:
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(page.theme.accent))
    half, foot = 5.5, float(page.scale.ruler)
    head = (QPointF(x - half, foot - 13), QPointF(x + half, foot - 13), QPointF(x + half, foot - 6), QPointF(x, foot),
            QPointF(x - half, foot - 6))  # fmt: skip
    painter.drawPolygon(QPolygonF(head))


def _flag(painter: QPainter, x: float, foot: int, color: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color if color.isValid() else QColor("green"))
    painter.drawPolygon(
        QPolygonF((QPointF(x, foot), QPointF(x, foot - 12), QPointF(x + 8, foot - 9), QPointF(x, foot - 6)))
    )


def buttons(page_scale: Scale, row: Row, kind: str) -> list[tuple[str, QRect]]:
    """Give the switches in a track's header, and where they are: hide, mute, lock."""
    size = page_scale.unit + 2
    names = ["hide", "mute", "lock"] if kind == "video" else ["mute", "lock"]
    top = page_scale.y(row) + row.height - size - 4
    if row.height < 3 * page_scale.unit:
        top = page_scale.y(row) + (row.height - size) // 2
    left = page_scale.header - (size + 4) * len(names) - 4
    return [(name, QRect(left + number * (size + 4), top, size, size)) for number, name in enumerate(names)]


def switch_at(scale: Scale, timeline: Timeline, x: float, y: float) -> tuple[int, str] | None:
    """Give the track and the name of the switch at a place, if there is one."""
    row = scale.row_at(timeline, y)
    if row is not None and x < scale.header:
        for name, rect in buttons(scale, row, timeline.tracks[row.track].kind):
            if rect.adjusted(-2, -2, 2, 2).contains(round(x), round(y)):
                return row.track, name
    return None


def _header(painter: QPainter, page: Page, row: Row) -> None:
    scale, theme = page.scale, page.theme
    track = page.timeline.tracks[row.track]
    top = scale.y(row)
    painter.fillRect(QRect(0, top, scale.header - 3, row.height), QColor(theme.raised))
    tint = theme.video if track.kind == "video" else theme.audio
    painter.fillRect(QRect(0, top, 3, row.height), QColor(tint))
    font = QFont(painter.font())
    painter.setPen(QColor(theme.text))
    place = QRect(11, top + 5, scale.header - 20, scale.unit)
    if row.height < 3 * scale.unit:
        place = QRect(11, top, scale.header // 2 - 8, row.height)
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, track.name or f"{row.track + 1}")
    painter.setFont(font)
    icons = {
        "hide": ("eye-off", track.hidden, "eye"),
        "mute": ("mute", track.muted, "sound"),
        "lock": ("lock", track.locked, "unlock"),
    }
    for name, rect in buttons(scale, row, track.kind):
        on_icon, on, off_icon = icons[name]
        drawn = pixmap(on_icon if on else off_icon, theme.danger if on else theme.dim, rect.width(), page.ratio)
        painter.drawPixmap(rect.topLeft(), drawn)


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
        found.append(("missing", theme.danger))
    if clip.speed != 1:
        found.append(("freeze" if clip.speed == 0 else f"{float(clip.speed * 100):.4g} %", theme.dim))
    if clip.muted:
        found.append(("muted", theme.dim))
    called = [effect for effect in clip.effects if effect.enabled]
    if any(effect.id in page.heavy for effect in called):
        found.append(("GAN", theme.accent))
    if any(effect.id not in page.heavy for effect in called):
        found.append(("fx", theme.accent))
    return found


def _clip_rect(page: Page, rows: tuple[Row, ...], clip_id: int) -> QRectF:
    number, index = locate(page.timeline, clip_id)
    clip = page.timeline.tracks[number].clips[index]
    row = next(row for row in rows if row.track == number)
    return page.scale.rect(row, clip.start, clip.end)


def _glass(color: str, alpha: int) -> QColor:
    made = QColor(color)
    made.setAlpha(alpha)
    return made

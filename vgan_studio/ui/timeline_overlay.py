"""Paint what lies over the clips: ghosts of what is dragged, the snap line, the playhead's line, and words on them."""

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen

from vgan_studio.timeline.lookup import locate

from .timecode import timecode
from .timeline_gestures import Box, Header, Keys, Move, Slide, Slip, Trim, Turning
from .timeline_page import ROUND, Page, clip_rect, glass
from .timeline_scale import Row
from .timeline_turns import place_of
from .words import said


def overlay(painter: QPainter, page: Page, rows: tuple[Row, ...]) -> None:
    """Paint what lies over the clips: range, ghosts, snap line, playhead."""
    painter.save()
    painter.setClipRect(QRectF(page.scale.header, page.scale.ruler, page.width, page.height))
    gesture, scale = page.gesture, page.scale
    if isinstance(gesture, Move):
        _moved(painter, page, rows, gesture)
    elif isinstance(gesture, Trim):
        _trimmed(painter, page, rows, gesture)
    elif isinstance(gesture, Turning):
        _turned(painter, page, rows, gesture)
    elif isinstance(gesture, Box):
        painter.setPen(QPen(QColor(page.theme.accent), 1))
        painter.setBrush(glass(page.theme.accent, 40))
        painter.drawRect(QRectF(QPointF(gesture.x0, gesture.y0), QPointF(gesture.x1, gesture.y1)).normalized())
    elif isinstance(gesture, Slide):
        _slid(painter, page, rows, gesture)
    elif isinstance(gesture, Header):
        _to_be_put(painter, page, rows, gesture)
    elif isinstance(gesture, Slip):
        _note(painter, page, clip_rect(page, rows, gesture.clip), f"{gesture.frames:+d}", gesture.held)
    if page.dropped is not None:
        _dropped(painter, page, rows)
    met = gesture.met if isinstance(gesture, Move | Trim | Turning | Keys) else None
    if met is not None:
        painter.setPen(QPen(QColor(page.theme.danger), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QLineF(scale.x(met), scale.ruler, scale.x(met), page.height))
    painter.setPen(QPen(QColor(page.theme.accent), 1.5))
    painter.drawLine(QLineF(scale.x(page.playhead), scale.ruler, scale.x(page.playhead), page.height))
    painter.restore()


def _moved(painter: QPainter, page: Page, rows: tuple[Row, ...], move: Move) -> None:
    by_track = {row.track: row for row in rows}
    painter.setPen(QPen(QColor(page.theme.accent), 1.5))
    painter.setBrush(glass(page.theme.accent, 70))
    for row in rows:
        for clip in page.timeline.tracks[row.track].clips:
            there = by_track.get(row.track + move.tracks)
            if clip.id in move.ids and there is not None:
                rect = page.scale.rect(there, clip.start + move.frames, clip.end + move.frames)
                painter.drawRoundedRect(rect, ROUND, ROUND)
                if clip.id == move.clip:
                    start = timecode(clip.start + move.frames, page.timeline.rate)
                    _note(painter, page, rect, f"{start}  ({move.frames:+d})")
                    painter.setPen(QPen(QColor(page.theme.accent), 1.5))
                    painter.setBrush(glass(page.theme.accent, 70))


def _trimmed(painter: QPainter, page: Page, rows: tuple[Row, ...], gesture: Trim) -> None:
    for id in reversed(gesture.mates or (gesture.clip,)):  # the one that is dragged is the first of them
        number, index = locate(page.timeline, id)
        clip = page.timeline.tracks[number].clips[index]
        row = next(row for row in rows if row.track == number)
        start, end = (gesture.frame, clip.end) if gesture.side == "head" else (clip.start, gesture.frame)
        change = gesture.frame - (clip.start if gesture.side == "head" else clip.end)
        rect = page.scale.rect(row, start, end)
        if gesture.mode == "freeze":  # what is held lies beside the clip
            rect = page.scale.rect(row, *sorted((gesture.frame, clip.start if gesture.side == "head" else clip.end)))
        painter.setPen(QPen(QColor(page.theme.accent), 1.5))
        painter.setBrush(glass(page.theme.accent, 50))
        painter.drawRoundedRect(rect, ROUND, ROUND)
        _note(painter, page, rect, f"{timecode(end - start, page.timeline.rate)}  ({change:+d})", gesture.held)


def _turned(painter: QPainter, page: Page, rows: tuple[Row, ...], gesture: Turning) -> None:
    number, index = locate(page.timeline, gesture.clip)
    clip = page.timeline.tracks[number].clips[index]
    assert clip.transition is not None
    row = next(row for row in rows if row.track == number)
    rect = place_of(page.scale, row, clip, gesture.before, gesture.after)
    length = gesture.before + gesture.after
    change = length - clip.transition.before - clip.transition.after
    painter.setPen(QPen(QColor(page.theme.accent), 1.5))
    painter.setBrush(glass(page.theme.accent, 50))
    painter.drawRoundedRect(rect, ROUND, ROUND)
    _note(painter, page, rect, f"{timecode(length, page.timeline.rate)}  ({change:+d})")


def _slid(painter: QPainter, page: Page, rows: tuple[Row, ...], gesture: Slide) -> None:
    rect = clip_rect(page, rows, gesture.clip).translated(gesture.frames * page.scale.zoom, 0)
    painter.setPen(QPen(QColor(page.theme.accent), 1.5))
    painter.setBrush(glass(page.theme.accent, 50))
    painter.drawRoundedRect(rect, ROUND, ROUND)
    _note(painter, page, rect, f"{gesture.frames:+d}", gesture.held)


def _to_be_put(painter: QPainter, page: Page, rows: tuple[Row, ...], gesture: Header) -> None:
    """Show which track's place a dragged one will have."""
    row = next(row for row in rows if row.track == gesture.to)
    painter.setClipping(False)
    painter.setPen(QPen(QColor(page.theme.accent), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(QRectF(1, page.scale.y(row), page.scale.header - 5, row.height))
    painter.setClipRect(QRectF(page.scale.header, page.scale.ruler, page.width, page.height))


def _dropped(painter: QPainter, page: Page, rows: tuple[Row, ...]) -> None:
    assert page.dropped is not None
    frame, frames, row = page.dropped
    if row is None:
        rect = QRectF(page.scale.x(frame), page.scale.ruler + 2, frames * page.scale.zoom, page.scale.unit * 2)
    else:
        rect = page.scale.rect(row, frame, frame + frames)
    painter.setPen(QPen(QColor(page.theme.accent), 1.5))
    painter.setBrush(glass(page.theme.accent, 70))
    painter.drawRoundedRect(rect, ROUND, ROUND)
    _note(painter, page, rect, timecode(frame, page.timeline.rate))


def _note(painter: QPainter, page: Page, rect: QRectF, words: str, held: str = "") -> None:
    """Write words into a dark box at the upper left of something that can be seen; and why it goes no farther."""
    words = f"{words}  {said(held)}".rstrip()
    wide = QFontMetrics(painter.font()).horizontalAdvance(words) + 12
    left = max(min(rect.x() + 4, page.width - wide - 4), float(page.scale.header) + 4)
    box = QRectF(left, rect.center().y() - page.scale.unit / 2, wide, page.scale.unit + 4)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(page.theme.raised))
    painter.drawRoundedRect(box, 3, 3)
    painter.setPen(QColor(page.theme.text))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)

"""Paint the headers of the tracks, and find what is pressed in them."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from vgan_studio.timeline.values import Timeline

from .theme import pixmap
from .timeline_page import Page
from .timeline_scale import Row, Scale


def buttons(page_scale: Scale, row: Row, kind: str) -> list[tuple[str, QRect]]:
    """Give the switches in a track's header, and where they are: hide, mute, solo, lock."""
    size = page_scale.unit + 2
    names = ["hide", "mute", "solo", "lock"] if kind == "video" else ["mute", "solo", "lock"]
    top = page_scale.y(row) + row.height - size - 4
    if row.height < 3 * page_scale.unit:
        top = page_scale.y(row) + (row.height - size) // 2
    left = page_scale.header - (size + 2) * len(names) - 4
    return [(name, QRect(left + number * (size + 2), top, size, size)) for number, name in enumerate(names)]


def switch_at(scale: Scale, timeline: Timeline, x: float, y: float) -> tuple[int, str] | None:
    """Give the track and the name of the switch at a place, if there is one."""
    row = scale.row_at(timeline, y)
    if row is not None and x < scale.header:
        for name, rect in buttons(scale, row, timeline.tracks[row.track].kind):
            if rect.adjusted(-1, -2, 1, 2).contains(round(x), round(y)):
                return row.track, name
    return None


def border_at(scale: Scale, timeline: Timeline, x: float, y: float) -> Row | None:
    """Give the row whose lower border is at a place in the column of headers: there it is made taller."""
    if x >= scale.header:
        return None
    for row in scale.rows(timeline):
        if -2 <= y - scale.y(row) - row.height <= 3:
            return row
    return None


def header(painter: QPainter, page: Page, row: Row) -> None:
    """Paint a track's name and its switches."""
    scale, theme = page.scale, page.theme
    track = page.timeline.tracks[row.track]
    top = scale.y(row)
    painter.fillRect(QRect(0, top, scale.header - 3, row.height), QColor(theme.raised))
    tint = theme.video if track.kind == "video" else theme.audio
    painter.fillRect(QRect(0, top, 3, row.height), QColor(tint))
    painter.setPen(QColor(theme.text))
    low = row.height < 3 * scale.unit
    width = scale.header - 20 if not low else buttons(scale, row, track.kind)[0][1].left() - 13
    place = QRect(11, top if low else top + 5, width, row.height if low else scale.unit)
    name = painter.fontMetrics().elidedText(track.name or f"{row.track + 1}", Qt.TextElideMode.ElideRight, width)
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, name)
    states = {
        "hide": ("eye-off", track.hidden, "eye"),
        "mute": ("mute", track.muted, "sound"),
        "lock": ("lock", track.locked, "unlock"),
    }
    for name, rect in buttons(scale, row, track.kind):
        if name == "solo":
            _letter(painter, page, rect, "S", on=track.solo)
            continue
        on_icon, on, off_icon = states[name]
        drawn = pixmap(on_icon if on else off_icon, theme.danger if on else theme.dim, rect.width(), page.ratio)
        painter.drawPixmap(rect.topLeft(), drawn)


def _letter(painter: QPainter, page: Page, rect: QRect, letter: str, *, on: bool) -> None:
    font = QFont(painter.font())
    plain = QFont(font)
    font.setBold(True)
    font.setPointSizeF(font.pointSizeF() * 0.85)
    painter.setFont(font)
    painter.setPen(QPen(QColor(page.theme.accent if on else page.theme.dim), 1.2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(2, 2, -2, -2), 3, 3)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, letter)
    painter.setFont(plain)

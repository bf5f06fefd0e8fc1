"""Paint the captions of a timeline and the headers of their tracks, and find what of them is at a place."""

from PySide6.QtCore import QLineF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from vgan_studio.timeline.captions import caption_index
from vgan_studio.timeline.values import Caption, Timeline

from .caption_pull import Grip, Spot
from .theme import pixmap
from .timecode import timecode
from .timeline_page import ROUND, Page, glass
from .timeline_scale import Row, Scale

_LEAST = 3.0  # points: narrower captions are painted as one
_EDGE = 6.0
_FADED = 0.4


def row_at(scale: Scale, timeline: Timeline, y: float) -> Row | None:
    """Give the row of subtitles at a place."""
    for row in scale.words(timeline):
        if y >= scale.ruler and 0 <= y - scale.y(row) < row.height:
            return row
    return None


def spot_at(scale: Scale, timeline: Timeline, x: float, y: float) -> tuple[Spot, Grip] | None:
    """Give the caption at a place, and what of it is taken hold of."""
    row = row_at(scale, timeline, y)
    if row is None or x < scale.header:
        return None
    captions, frame = timeline.subtitles[row.track].captions, scale.frame(x)
    index = caption_index(captions, frame)
    if index < 0 or frame >= captions[index].end:
        return None
    left, right = scale.x(captions[index].start), scale.x(captions[index].end)
    reach = min(_EDGE, (right - left) / 4)
    return (row.track, index), "head" if x - left < reach else "tail" if right - x < reach else "body"


def switches(scale: Scale, row: Row) -> list[tuple[str, QRect]]:
    """Give the switches in the header of a track of subtitles, and where they are: hide, lock."""
    size = scale.unit + 2
    top = scale.y(row) + (row.height - size) // 2
    left = scale.header - (size + 2) * 2 - 4
    return [("hide", QRect(left, top, size, size)), ("lock", QRect(left + size + 2, top, size, size))]


def switch_at(scale: Scale, timeline: Timeline, x: float, y: float) -> tuple[int, str] | None:
    """Give the track of subtitles and the name of the switch at a place, if there is one."""
    row = row_at(scale, timeline, y)
    for name, rect in switches(scale, row) if row is not None and x < scale.header else ():
        if rect.adjusted(-1, -2, 1, 2).contains(round(x), round(y)):
            assert row is not None
            return row.track, name
    return None


def place_of(scale: Scale, timeline: Timeline, spot: Spot) -> QRectF:
    """Give the place of a caption on the page."""
    row = scale.words(timeline)[spot[0]]
    one = timeline.subtitles[spot[0]].captions[spot[1]]
    return scale.rect(row, one.start, one.end)


def paint_captions(painter: QPainter, page: Page) -> None:
    """Paint all captions that can be seen, and what is pulled."""
    scale = page.scale
    painter.save()
    painter.setClipRect(QRectF(scale.header, scale.ruler, page.width, page.height))
    for row in scale.words(page.timeline):
        painter.fillRect(QRect(scale.header, scale.y(row), page.width, row.height), QColor(page.theme.panel))
        painter.setOpacity(_FADED if page.timeline.subtitles[row.track].hidden else 1.0)
        _row(painter, page, row)
        painter.setOpacity(1.0)
        if page.timeline.subtitles[row.track].locked:
            shade = QRect(scale.header, scale.y(row), page.width, row.height)
            painter.fillRect(shade, glass(page.theme.window, 90))
    _pulled(painter, page)
    painter.restore()


def paint_caption_headers(painter: QPainter, page: Page) -> None:
    """Paint the headers of the tracks of subtitles: name, language and switches."""
    scale, theme = page.scale, page.theme
    for row in scale.words(page.timeline):
        track, top = page.timeline.subtitles[row.track], scale.y(row)
        painter.fillRect(QRect(0, top, scale.header - 3, row.height), QColor(theme.raised))
        painter.fillRect(QRect(0, top, 3, row.height), QColor(theme.made))
        painter.setPen(QColor(theme.text))
        buttons = switches(scale, row)
        width = buttons[0][1].left() - 13
        words = track.language or track.name or "T"
        name = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, width)
        painter.drawText(QRect(11, top, width, row.height), Qt.AlignmentFlag.AlignVCenter, name)
        icons = {"hide": ("eye-off" if track.hidden else "eye", track.hidden),
                 "lock": ("lock" if track.locked else "unlock", track.locked)}  # fmt: skip
        for switch, rect in buttons:
            icon, on = icons[switch]
            drawn = pixmap(icon, theme.danger if on else theme.dim, rect.width(), page.ratio)
            painter.drawPixmap(rect.topLeft(), drawn)


def _row(painter: QPainter, page: Page, row: Row) -> None:
    """Paint the captions of a track; where many are narrow, one stands for them."""
    scale, captions = page.scale, page.timeline.subtitles[row.track].captions
    index = max(0, caption_index(captions, scale.frame(scale.header)))
    last = scale.frame(page.width)
    while index < len(captions) and captions[index].start <= last:
        one = captions[index]
        _caption(painter, page, row, one, chosen=page.caption == (row.track, index))
        ahead = caption_index(captions, scale.frame(scale.x(one.start) + _LEAST))
        index = max(index + 1, ahead) if one.duration * scale.zoom < _LEAST else index + 1


def _caption(painter: QPainter, page: Page, row: Row, one: Caption, *, chosen: bool) -> None:
    rect = page.scale.rect(row, one.start, one.end).adjusted(0, 1, -1, -1)
    if rect.width() < _LEAST:
        painter.fillRect(QRectF(rect.x(), rect.y(), _LEAST, rect.height()), QColor(page.theme.made))
        return
    seen = rect.intersected(QRectF(page.scale.header - 8, rect.y(), page.width + 16, rect.height()))
    fill = QColor(page.theme.made)
    painter.setPen(QPen(QColor(page.theme.accent), 2) if chosen else QPen(fill.darker(135), 1))
    painter.setBrush(fill)
    painter.drawRoundedRect(seen.adjusted(0.5, 0.5, -0.5, -0.5), ROUND, ROUND)
    left = max(seen.x(), float(page.scale.header)) + 5
    room = int(seen.right() - 4 - left)
    if room > page.scale.unit:
        words = painter.fontMetrics().elidedText(one.text.replace("\n", " / "), Qt.TextElideMode.ElideRight, room)
        painter.setPen(QColor(page.theme.clip_text))
        painter.drawText(QRectF(left, seen.y(), room, seen.height()), Qt.AlignmentFlag.AlignVCenter, words)


def _pulled(painter: QPainter, page: Page) -> None:
    pull = page.pull
    if pull is None:
        return
    color = page.theme.accent if pull.free else page.theme.danger
    rect = page.scale.rect(page.scale.words(page.timeline)[pull.spot[0]], pull.start, pull.end)
    painter.setPen(QPen(QColor(color), 1.5))
    painter.setBrush(glass(color, 70))
    painter.drawRoundedRect(rect, ROUND, ROUND)
    if pull.met is not None:
        x = page.scale.x(pull.met)
        painter.setPen(QPen(QColor(page.theme.danger), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QLineF(x, page.scale.ruler, x, page.height))
    shown = pull.end if pull.grip == "tail" else pull.start
    words = f"{timecode(shown, page.timeline.rate)}  ({(pull.end - pull.start) / float(page.timeline.rate):.2f} s)"
    width = painter.fontMetrics().horizontalAdvance(words) + 12
    box = QRectF(max(rect.x(), float(page.scale.header)) + 4, rect.bottom() + 3, width, page.scale.unit + 4)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(page.theme.raised))
    painter.drawRoundedRect(box, 3, 3)
    painter.setPen(QColor(page.theme.text))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)

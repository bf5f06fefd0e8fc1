"""Where things are on the painted timeline: frames and tracks to points, and back."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from math import floor
from typing import Literal

from PySide6.QtCore import QRectF

from vgan_studio.timeline.lookup import clip_at, index_at, last_from
from vgan_studio.timeline.values import Clip, Timeline, Track

CLOSEST = 80.0  # points per frame
FARTHEST = 1e-5
_GAP = 3
_EDGE = 7
_NEAR = 9  # points that a snap reaches


@dataclass(frozen=True, slots=True)
class Row:
    """A track as it lies on the page: its number, and its place in points from the top of all rows."""

    track: int
    top: int
    height: int


@dataclass(frozen=True, slots=True)
class Scale:
    """How a timeline lies on the page.

    Attributes:
        zoom: points per frame.
        left: points of the film that are scrolled out to the left.
        top: points of the rows that are scrolled out above.
        header: width of the column with the names of the tracks.
        ruler: height of the ruler.
        unit: height of a line of text; everything grows with it.
        heights: of the tracks by their number, in parts of the usual; those that are not named are as usual.
        laned, lanes: the track under which there are lanes of keys, and how many; -1 for none.
        sound: how much taller tracks of sound are; those of pictures, which have sound, too, by half as much.
    """

    zoom: float = 4.0
    left: float = 0.0
    top: int = 0
    header: int = 128
    ruler: int = 26
    unit: int = 16
    heights: tuple[float, ...] = ()
    sound: float = 1.0
    laned: int = -1
    lanes: int = 0

    @property
    def reach(self) -> int:
        """How many frames a snap reaches; 0 where frames are wider than that."""
        return round(_NEAR / self.zoom)

    @property
    def lane(self) -> int:
        """The height of a lane of keys."""
        return self.unit + 3

    def x(self, frame: float) -> float:
        """Give the place of a frame's beginning."""
        return self.header + frame * self.zoom - self.left

    def frame(self, x: float) -> int:
        """Give the frame at a place; 0 left of the film."""
        return max(0, floor((x - self.header + self.left) / self.zoom))

    def nearest(self, x: float) -> int:
        """Give the frame whose beginning is nearest to a place."""
        return max(0, floor((x - self.header + self.left) / self.zoom + 0.5))

    def rows(self, timeline: Timeline) -> tuple[Row, ...]:
        """Lay the tracks out, below the subtitles: pictures with the last track on top, then sound."""
        numbers = range(len(timeline.tracks))
        video = [number for number in reversed(numbers) if timeline.tracks[number].kind == "video"]
        audio = [number for number in numbers if timeline.tracks[number].kind == "audio"]
        rows, top = [], _GAP + len(timeline.subtitles) * (self.line + _GAP)
        for number in (*video, *audio):
            share = self.heights[number] if number < len(self.heights) else 1.0
            usual = 3.6 * (1 + self.sound) / 2 if timeline.tracks[number].kind == "video" else 2.6 * self.sound
            height = round(self.unit * usual * share)
            rows.append(Row(number, top, height))
            top += height + _GAP + self._below(number)
        return tuple(rows)

    @property
    def line(self) -> int:
        """The height of a track of subtitles."""
        return round(self.unit * 1.7)

    def words(self, timeline: Timeline) -> tuple[Row, ...]:
        """Lay the tracks of subtitles out, above all others; their numbers are those among themselves."""
        count = len(timeline.subtitles)
        return tuple(Row(number, _GAP + number * (self.line + _GAP), self.line) for number in range(count))

    def height(self, timeline: Timeline) -> int:
        """Give the height of all rows."""
        rows = self.rows(timeline)
        return rows[-1].top + rows[-1].height + self._below(rows[-1].track) + _GAP if rows else 0

    def y(self, row: Row) -> int:
        """Give the top of a row on the page."""
        return self.ruler + row.top - self.top

    def row_at(self, timeline: Timeline, y: float) -> Row | None:
        """Give the row at a place; None between and beside them."""
        for row in self.rows(timeline):
            if 0 <= y - self.y(row) < row.height and y >= self.ruler:
                return row
        return None

    def clip_at(self, timeline: Timeline, x: float, y: float) -> Clip | None:
        """Give the clip at a place."""
        row = self.row_at(timeline, y)
        return clip_at(timeline.tracks[row.track], self.frame(x)) if row is not None and x >= self.header else None

    def side(self, clip: Clip, x: float) -> Literal["head", "tail"] | None:
        """Tell which end of a clip a place is near to, if any; of a narrow clip half is neither."""
        left, right = self.x(clip.start), self.x(clip.end)
        reach = min(_EDGE, (right - left) / 4)
        return "head" if x - left < reach else "tail" if right - x < reach else None

    def rect(self, row: Row, start: float, end: float) -> QRectF:
        """Give the place of some frames of a track."""
        return QRectF(self.x(start), self.y(row), (end - start) * self.zoom, row.height)

    def visible(self, track: Track, width: float, least: float = 3.0) -> Iterator[tuple[Clip, bool]]:
        """Give the clips of a track that can be seen, in order.

        Where many lie within `least` points only the first of them is given, with True: so there are never more than
        the page has room for.
        """
        clips = track.clips
        index = max(0, index_at(track, self.frame(self.header)))
        last = self.frame(width)
        while index < len(clips) and (clip := clips[index]).start <= last:
            beyond = index + 1
            if clip.duration * self.zoom < least:
                beyond = last_from(track, self.frame(self.x(clip.start) + least), index)
            yield clip, beyond > index + 1
            index = max(index + 1, beyond)

    def _below(self, track: int) -> int:
        """Give the height of the lanes under a track."""
        return self.lanes * self.lane if track == self.laned else 0

    def zoomed(self, zoom: float, x: float) -> "Scale":
        """Zoom, and keep what is at a place there."""
        zoom = min(CLOSEST, max(FARTHEST, zoom))
        at = (x - self.header + self.left) / self.zoom
        return replace(self, zoom=zoom, left=max(0.0, at * zoom - (x - self.header)))


def ticks(scale: Scale, rate: Fraction, least: float) -> tuple[int, int]:
    """Give the frames from one label of the ruler to the next, at least so many points, and from mark to mark."""
    second = max(1, round(rate))
    steps = [step for step in range(1, second) if second % step == 0]
    steps += [second * n for n in (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200, 36000, 360000, 3600000)]
    label = next((step for step in steps if step * scale.zoom >= least), steps[-1])
    mark = max(1, label // 5 if label % 5 == 0 else label // 2 if label % 2 == 0 else label)
    return label, mark

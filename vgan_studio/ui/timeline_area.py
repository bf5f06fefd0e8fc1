"""The painted page of the timeline: it scrolls, zooms, and shows; what the mouse does to it is for `timeline_view`."""
# ruff: noqa: N802  (events have Qt's names)

from collections.abc import Iterable
from dataclasses import replace
from math import ceil

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from vgan_studio.service.thumbnails import Thumbnails
from vgan_studio.service.waveforms import Waveforms
from vgan_studio.timeline.groups import grouped, members
from vgan_studio.timeline.values import Timeline

from .theme import DARK, Theme
from .timeline_gestures import Gesture
from .timeline_hand import HIGHEST, LOWEST, carried_heights
from .timeline_page import Page, Units
from .timeline_paint import paint
from .timeline_scale import Scale

_TALL = 2.4
_SPARE = 4 / 3  # of what the film takes, so that it can grow for a while before the zoom changes again
_HEAD = 8  # points: half of what the playhead takes


class TimelineArea(QAbstractScrollArea):
    """Shows a timeline, and lets it be scrolled and zoomed.

    Attributes:
        page: what is painted.
        selected: the ids of the clips that are selected now.
        laid: other frames can be seen.
    """

    selected = Signal(object)
    laid = Signal()

    def __init__(
        self,
        timeline: Timeline,
        thumbnails: Thumbnails | None = None,
        waveforms: Waveforms | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.page = Page(timeline, Scale(), DARK, 0, 0, thumbnails=thumbnails, waveforms=waveforms)
        self._fitted = True
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.viewport().setMouseTracking(True)
        self.viewport().setAcceptDrops(True)
        self.horizontalScrollBar().valueChanged.connect(self._scrolled)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        for source in (thumbnails, waveforms):
            if source is not None:
                source.came.connect(self.viewport().update)
        self._measure()

    @property
    def timeline(self) -> Timeline:
        """What is shown."""
        return self.page.timeline

    @property
    def selection(self) -> frozenset[int]:
        """The ids of the selected clips."""
        return self.page.selection

    @property
    def scale(self) -> Scale:
        """How it lies on the page."""
        return self.page.scale

    @property
    def gesture(self) -> Gesture | None:
        """What the mouse is doing."""
        return self.page.gesture

    def show_units(self, units: Units) -> None:
        """Count on the ruler in time code, frames or seconds."""
        self.put(units=units)

    def show_timeline(self, timeline: Timeline, *, anew: bool = False) -> None:
        """Show a timeline; what is no more there is no longer selected.

        Where all of the film is shown, an edit leaves the zoom as it is as long as the film still has room.

        Args:
            anew: it is another film, and no edit of the one before: all of it is shown.
        """
        before = self.timeline.duration
        heights = carried_heights(self.timeline, timeline, self.scale.heights)
        self.put(
            timeline=timeline, gesture=None, pull=None, hover=None, scale=replace(self.scale, heights=heights),
            grouped=grouped(timeline),
        )  # fmt: skip
        there = {clip.id for track in timeline.tracks for clip in track.clips} if self.selection else set()
        self.select(self.selection & there)
        if anew or (self._fitted and not before):
            self.fit()
        elif self._fitted and timeline.duration * self.scale.zoom > self._room:
            self._fit(timeline.duration * _SPARE)
        self._bars()

    def show_frame(self, frame: int, *, follow: bool = False) -> None:
        """Show the playhead at a frame; with `follow` the page turns where it leaves it."""
        self.put(playhead=frame)
        x = self.scale.x(frame)
        if follow and not self.scale.header <= x <= self.page.width - 8:
            self.horizontalScrollBar().setValue(int(frame * self.scale.zoom) - 40)

    def show_frame_of(self, frame: int) -> None:
        """Turn the page where a frame cannot be seen."""
        if not self.scale.header <= self.scale.x(frame) <= self.page.width - 40:
            self.horizontalScrollBar().setValue(int(frame * self.scale.zoom) - 40)

    def show_theme(self, theme: Theme) -> None:
        """Paint in the colours of a theme."""
        self.put(theme=theme)

    def show_missing(self, fingerprints: Iterable[str]) -> None:
        """Mark the clips of media whose file is not there."""
        self.put(missing=frozenset(fingerprints))

    def show_heavy(self, effects: Iterable[str]) -> None:
        """Mark the clips with effects that ask a network."""
        self.put(heavy=frozenset(effects))

    @property
    def one(self) -> int:
        """The clip that is meant by itself: the only one that is selected, or of one group the one that was chosen."""
        if len(self.selection) == 1:
            return min(self.selection)
        lead = self.page.lead
        alone = lead in self.selection and members(self.timeline, (lead,)) == self.selection
        return lead if alone else 0

    def select(self, ids: Iterable[int]) -> None:
        """Select these clips, all that are in a group with one of them, and no others."""
        given = frozenset(ids)
        chosen = members(self.timeline, given)
        lead = min(given) if len(given) == 1 else self.page.lead if self.page.lead in chosen else 0
        if (chosen, lead) != (self.selection, self.page.lead):
            self.put(selection=chosen, lead=lead)
            self.selected.emit(chosen)

    def zoom(self, factor: float, x: float | None = None) -> None:
        """Zoom in (above 1) or out, at a place or at the playhead."""
        self._fitted = False
        playhead = self.scale.x(self.page.playhead)
        inside = self.scale.header <= playhead <= self.page.width
        at = x if x is not None else playhead if inside else (self.scale.header + self.page.width) / 2
        self.rescale(self.scale.zoomed(self.scale.zoom * factor, at))

    def fit(self) -> None:
        """Show all of the film; it stays so until it is zoomed."""
        self._fitted = True
        self._fit(self.timeline.duration)

    def fit_chosen(self) -> None:
        """Show the selected clips as large as there is room for; without a selection, the marked range."""
        clips = [clip for track in self.timeline.tracks for clip in track.clips if clip.id in self.selection]
        spans = [(clip.start, clip.end) for clip in clips] or ([self.timeline.range] if self.timeline.range else [])
        if not spans:
            return
        self._fitted = False
        start, end = min(a for a, _ in spans), max(b for _, b in spans)
        zoom = max(50, self.page.width - self.scale.header - 48) / (end - start)
        scale = self.scale.zoomed(zoom, self.scale.header)
        self.rescale(replace(scale, left=max(0.0, start * scale.zoom - 24)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what can be seen and has changed."""
        painter = QPainter(self.viewport())
        painter.setFont(self.font())
        paint(painter, self.page, event.rect())
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the new size."""
        del event
        size = self.viewport().size()
        self.put(width=size.width(), height=size.height(), ratio=self.devicePixelRatioF())
        if self._fitted:
            self.fit()
        self._bars()

    def show_sound(self, tall: bool) -> None:
        """Make all tracks of sound tall, to work on it, or as usual."""
        self.rescale(replace(self.scale, sound=_TALL if tall else 1.0))

    def set_height(self, track: int, share: float) -> None:
        """Make a track so many times as tall as usual; -1 is all of them."""
        heights = [*self.scale.heights, *[1.0] * (len(self.timeline.tracks) - len(self.scale.heights))]
        taller = (share if track in (-1, number) else height for number, height in enumerate(heights))
        self.rescale(replace(self.scale, heights=tuple(taller)))

    def stretch_rows(self, share: float) -> None:
        """Make all tracks so many times as tall."""
        heights = [*self.scale.heights, *[1.0] * (len(self.timeline.tracks) - len(self.scale.heights))]
        taller = tuple(min(HIGHEST, max(LOWEST, height * share)) for height in heights)
        self.rescale(replace(self.scale, heights=taller))

    def put(self, **changes: object) -> None:
        """Paint another page: the same but for some of its fields."""
        before, self.page = self.page.playhead, replace(self.page, **changes)  # type: ignore[arg-type]
        if changes.keys() == {"playhead"}:
            for frame in {before, self.page.playhead}:
                x = round(self.scale.x(frame))
                self.viewport().update(x - _HEAD, 0, 2 * _HEAD, self.page.height)
        else:
            self.viewport().update()
        if changes.keys() & {"scale", "width", "timeline"}:
            self.laid.emit()

    def rescale(self, scale: Scale) -> None:
        """Lay the timeline on the page in another way."""
        self.put(scale=scale)
        self._bars()

    @property
    def _room(self) -> int:
        """How wide the whole film may be, in points."""
        return max(50, self.page.width - self.scale.header - 24)

    def _fit(self, frames: float) -> None:
        """Zoom so that there is room for so many frames from the beginning."""
        zoom = min(self._room / frames, 12.0) if frames else 4.0
        self.rescale(replace(self.scale.zoomed(zoom, self.scale.header), left=0.0))

    def _scrolled(self) -> None:
        left, top = float(self.horizontalScrollBar().value()), self.verticalScrollBar().value()
        if (left, top) != (float(int(self.scale.left)), self.scale.top):
            self.put(scale=replace(self.scale, left=left, top=top))

    def _bars(self) -> None:
        room = max(1, self.page.width - self.scale.header)
        film = ceil(self.timeline.duration * self.scale.zoom) + (0 if self._fitted else room // 2)
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        left = self.scale.left
        across.setRange(0, max(0, film - room, int(left)))
        across.setPageStep(room)
        across.setSingleStep(max(1, room // 12))
        across.setValue(int(left))
        space = max(1, self.page.height - self.scale.ruler)
        down.setRange(0, max(0, self.scale.height(self.timeline) - space))
        down.setPageStep(space)

    def _measure(self) -> None:
        metrics = QFontMetrics(self.font())
        unit = metrics.height()
        header = max(100, 11 + 4 * (unit + 4) + 26)
        self.put(scale=replace(self.scale, unit=unit, ruler=round(unit * 2.15), header=header))

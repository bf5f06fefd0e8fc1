"""The timeline with lanes of keys under the selected clip: they are chosen, dragged, set and taken away."""

from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from vgan_studio.service.thumbnails import Thumbnails
from vgan_studio.service.waveforms import Waveforms
from vgan_studio.timeline.keys import Spot, shifted
from vgan_studio.timeline.lookup import locate
from vgan_studio.timeline.values import Timeline

from . import timeline_gestures as gestures
from .snapping import points, snap
from .timeline_area import TimelineArea
from .timeline_lanes import lane_at, lane_rect, lanes, spot_at, spots_of

_MORE = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class TimelineKeys(TimelineArea):
    """Shows lanes of keys, and turns what is done to them into wishes; it edits nothing.

    Attributes:
        keys_moved: a clip, its keys as `Spot`s, frames.
        key_wished: a clip, a curve as `Line`, a frame of the clip: a key shall be set there.
        keys_removed: a clip, its keys.
        lane_wished: a place on the screen, a clip, a curve, a frame of the clip: a menu is wished for.
    """

    keys_moved = Signal(int, object, int)
    key_wished = Signal(int, object, int)
    keys_removed = Signal(int, object)
    lane_wished = Signal(QPointF, int, object, int)

    def __init__(
        self,
        timeline: Timeline,
        thumbnails: Thumbnails | None = None,
        waveforms: Waveforms | None = None,
        parent: QWidget | None = None,
    ) -> None:
        self._lanes_on = True
        super().__init__(timeline, thumbnails, waveforms, parent)
        self._attract: list[int] = []

    @property
    def keys(self) -> frozenset[Spot]:
        """The keys that are chosen."""
        return self.page.keys

    @property
    def laned(self) -> int:
        """The clip under which there are lanes; 0 for none."""
        return self.page.laned.id if self.page.laned is not None else 0

    def show_lanes(self, on: bool) -> None:
        """Show lanes under the selected clip, or none."""
        self._lanes_on = on
        self._lay_lanes()
        self._bars()

    def put(self, **changes: object) -> None:
        """Paint another page; the lanes follow what is selected."""
        super().put(**changes)
        if changes.keys() & {"selection", "lead", "timeline"}:
            self._lay_lanes()

    def choose_keys(self, spots: frozenset[Spot]) -> None:
        """Choose these keys and no others."""
        if spots != self.keys:
            self.put(keys=spots)

    def press_lane(self, event: QMouseEvent) -> bool:
        """Choose a key and take hold of it; tell whether the press was on a lane."""
        x, y = event.position().x(), event.position().y()
        number = lane_at(self.page, x, y)
        if number is None or self.page.laned is None:
            self.choose_keys(frozenset())
            return False
        spot, more = spot_at(self.page, x, y), bool(event.modifiers() & _MORE)
        if spot is None:
            self.choose_keys(self.keys if more else frozenset())
            return True
        leaves = more and spot in self.keys
        if more:
            self.choose_keys(self.keys | {spot})
        elif spot not in self.keys:
            self.choose_keys(frozenset({spot}))
        clip = self.page.laned
        track, _ = locate(self.timeline, clip.id)
        if not self.timeline.tracks[track].locked:
            others = {clip.start + frame for *_, frame in spots_of(self.page) - self.keys}
            self._attract = sorted({*points(self.timeline, self.page.playhead), *others})
            self.put(gesture=gestures.Keys(clip.id, self.keys, spot, x, leaves=leaves))
        return True

    def pull_keys(self, gesture: gestures.Keys, x: float, *, free: bool) -> None:
        """Let keys follow the pointer, as far as they may go."""
        clip = self.page.laned
        if clip is None or (not gesture.pulled and abs(x - gesture.x) < gestures.THRESHOLD):
            return
        by, met = round((x - gesture.x) / self.scale.zoom), None
        here = clip.start + gesture.spot[2]
        found = None if free else snap((here + by,), self._attract, self.scale.reach)
        if found is not None:
            by, met = by + found[0], found[1]
        by = self._within(gesture, by)
        if self._may_lie(gesture, by):
            self.put(gesture=replace(gesture, by=by, pulled=True, met=met if here + by == met else None))

    def drop_keys(self, gesture: gestures.Keys) -> None:
        """Wish for keys to be where they were pulled to."""
        if not gesture.pulled and gesture.leaves:
            self.choose_keys(self.keys - {gesture.spot})
        if gesture.by:
            there = frozenset((index, name, frame + gesture.by) for index, name, frame in gesture.spots)
            self.keys_moved.emit(gesture.clip, gesture.spots, gesture.by)
            self.choose_keys(there & spots_of(self.page))

    def double_lane(self, event: QMouseEvent) -> bool:
        """Set a key where there is none, or take one away; tell whether it was on a lane."""
        x, y = event.position().x(), event.position().y()
        number = lane_at(self.page, x, y)
        if number is None or self.page.laned is None:
            return False
        spot, clip = spot_at(self.page, x, y), self.page.laned
        if spot is not None:
            self.keys_removed.emit(clip.id, frozenset({spot}))
        elif QRectF(lane_rect(self.page, number)).contains(event.position()):
            self.key_wished.emit(clip.id, self.page.lanes[number].line, self.scale.frame(x) - clip.start)
        return True

    def menu_of_lane(self, place: QPointF, x: float, y: float) -> bool:
        """Wish for the menu of a lane, and choose the key there; tell whether the place is on one."""
        number = lane_at(self.page, x, y)
        if number is None or self.page.laned is None:
            return False
        spot, clip, lane = spot_at(self.page, x, y), self.page.laned, self.page.lanes[number]
        if spot is None or spot not in self.keys:
            self.choose_keys(frozenset() if spot is None else frozenset({spot}))
        frame = min(max(lane.span.start, self.scale.frame(x) - clip.start), lane.span.stop - 1)
        self.lane_wished.emit(place, clip.id, lane.line, frame)
        return True

    def _within(self, gesture: gestures.Keys, by: int) -> int:
        """Give by how far keys may go of so many frames: each stays within its clip, or within the transition."""
        spans = {lane.line: lane.span for lane in self.page.lanes}
        held = [(frame, spans.get((index, name), range(0))) for index, name, frame in gesture.spots]
        seen = [(frame, span) for frame, span in held if frame in span]
        by = max((by, *(span.start - frame for frame, span in seen)))
        return min((by, *(span.stop - 1 - frame for frame, span in seen)))

    def _may_lie(self, gesture: gestures.Keys, by: int) -> bool:
        for lane in self.page.lanes:
            frames = {frame for index, name, frame in gesture.spots if (index, name) == lane.line}
            if frames and shifted(lane.curve, frames, by) is None:
                return False
        return True

    def _lay_lanes(self) -> None:
        """Give the selected clip its lanes, and room for them."""
        clip, track = None, -1
        alone = self.one if self._lanes_on else 0
        for number, one in enumerate(self.timeline.tracks) if alone else ():
            for held in one.clips:
                if held.id == alone:
                    clip, track = held, number
        found = lanes(clip) if clip is not None else ()
        super().put(lanes=found, laned=clip if found else None)
        super().put(keys=self.keys & spots_of(self.page))
        room = (track, len(found)) if found else (-1, 0)
        if room != (self.scale.laned, self.scale.lanes):
            self.rescale(replace(self.scale, laned=room[0], lanes=room[1]))

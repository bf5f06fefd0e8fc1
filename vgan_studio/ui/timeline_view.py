"""The timeline: draws tracks, and emits wishes."""
# ruff: noqa: N802  (events have Qt's names)

from PySide6.QtCore import QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from vgan_studio.service.thumbnails import Thumbnails
from vgan_studio.service.waveforms import Waveforms
from vgan_studio.timeline.fading import Fades, picture_fades
from vgan_studio.timeline.groups import members
from vgan_studio.timeline.lookup import clip_by_id
from vgan_studio.timeline.values import Clip, Timeline

from . import timeline_gestures as gestures
from . import timeline_hand as hand
from .drops import MEDIA_MIME, files_of, fingerprints_of, frames_of, part_of
from .snapping import points, snap
from .timeline_headers import border_at, switch_at
from .timeline_keys import TimelineKeys
from .timeline_ruler import marker_at
from .timeline_scale import Row
from .timeline_sound import fades
from .timeline_tips import tip

_STEP = 1.2
_HANDLES = ("fade_in", "fade_out", "gain", "light_in", "light_out")
_CURSORS: dict[str, Qt.CursorShape] = {
    "razor": Qt.CursorShape.IBeamCursor,
    "slip": Qt.CursorShape.SplitHCursor,
    "slide": Qt.CursorShape.SizeAllCursor,
}
_SHAPES: dict[str, Qt.CursorShape] = {
    "head": Qt.CursorShape.SizeHorCursor,
    "tail": Qt.CursorShape.SizeHorCursor,
    "fade_in": Qt.CursorShape.PointingHandCursor,
    "fade_out": Qt.CursorShape.PointingHandCursor,
    "light_in": Qt.CursorShape.PointingHandCursor,
    "light_out": Qt.CursorShape.PointingHandCursor,
    **dict.fromkeys(("turn_before", "turn_after"), Qt.CursorShape.SplitHCursor),
    "gain": Qt.CursorShape.SizeVerCursor,
}


class TimelineView(TimelineKeys):
    """Shows a timeline and turns gestures into wishes; it edits nothing.

    Attributes:
        seek_wished: a frame.
        move_wished: ids, frames, tracks.
        trim_wished: id, "head" or "tail", a mode of `TrimMode`, the frame where that end shall be.
        slip_wished, slide_wished: id, frames.
        split_wished: id of a clip, or 0 for all tracks, and a frame.
        light_wished: id, frames over which the picture comes up, and goes away.
        fade_wished: id, frames at the head, frames at the tail.
        turn_wished: id of a clip, frames that its transition takes before and behind the cut.
        gain_wished: id, decibels.
        marker_moved, marker_wished: the index of a marker and where it shall be; or that it shall be changed.
        switch_wished: the number of a track, and "hide", "mute", "solo" or "lock".
        track_wished: the number of a track, and where in the stack it shall be.
        rename_wished: the number of a track.
        media_wished: fingerprints, the number of a track or None, a frame, whether to insert.
        part_wished: a `Part` of a medium, the number of a track or None, a frame, whether to insert.
        files_wished: paths, the number of a track or None, a frame.
        menu_wished: a place on the screen; the clip there is selected, if there is one.
        header_wished, ruler_wished: a place on the screen, and the number of the track, or the marker's or -1.
        tool_left: Escape was pressed: the tool to select is wished for.
    """

    seek_wished = Signal(int)
    move_wished = Signal(object, int, int)
    trim_wished = Signal(int, str, str, int)
    slip_wished = Signal(int, int)
    slide_wished = Signal(int, int)
    split_wished = Signal(int, int)
    light_wished = Signal(int, int, int)
    fade_wished = Signal(int, int, int)
    turn_wished = Signal(int, int, int)
    gain_wished = Signal(int, float)
    marker_moved = Signal(int, int)
    marker_wished = Signal(int)
    track_wished = Signal(int, int)
    rename_wished = Signal(int)
    header_wished = Signal(QPoint, int)
    ruler_wished = Signal(QPoint, int)
    tool_left = Signal()
    switch_wished = Signal(int, str)
    media_wished = Signal(object, object, int, bool)
    part_wished = Signal(object, object, int, bool)
    files_wished = Signal(object, object, int)
    menu_wished = Signal(QPoint)

    def __init__(
        self,
        timeline: Timeline,
        thumbnails: Thumbnails | None = None,
        waveforms: Waveforms | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(timeline, thumbnails, waveforms, parent)
        self._tool: gestures.Tool = "select"
        self._pressed = gestures.Pressed(0, 0)
        self.snapping = True
        self.setAccessibleName(self.tr("Timeline"))

    @property
    def tool(self) -> gestures.Tool:
        """What a press of the mouse does."""
        return self._tool

    def use(self, tool: gestures.Tool) -> None:
        """Let a press of the mouse do something else."""
        self._tool = tool
        self.put(gesture=None, hover=None)
        self.viewport().setCursor(_CURSORS.get(tool, Qt.CursorShape.ArrowCursor))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a gesture."""
        x, y = event.position().x(), event.position().y()
        if event.button() is Qt.MouseButton.MiddleButton:
            self.put(gesture=gestures.Pan(x, y))
        elif event.button() is Qt.MouseButton.LeftButton and not self.press_lane(event):
            self._press(event, x, y)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with a gesture."""
        x, y = event.position().x(), event.position().y()
        gesture = self.gesture
        if isinstance(gesture, gestures.Pressed):
            if abs(x - gesture.x) + abs(y - gesture.y) >= gestures.THRESHOLD:
                self._begin(gesture)
                self._drag(event)
        elif gesture is not None:
            self._drag(event)
        else:
            self._point(x, y)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a gesture: its wish is emitted."""
        gesture = self.gesture
        self.put(gesture=None)
        if isinstance(gesture, gestures.Pressed):
            self._click(gesture, event.modifiers())
        elif isinstance(gesture, gestures.Move) and (gesture.frames or gesture.tracks):
            self.move_wished.emit(gesture.ids, gesture.frames, gesture.tracks)
        elif isinstance(gesture, gestures.Trim) and gesture.frame != self._end(gesture):
            self.trim_wished.emit(gesture.clip, gesture.side, gesture.mode, gesture.frame)
        elif isinstance(gesture, gestures.Slip) and gesture.frames:
            self.slip_wished.emit(gesture.clip, gesture.frames)
        elif isinstance(gesture, gestures.Slide) and gesture.frames:
            self.slide_wished.emit(gesture.clip, gesture.frames)
        elif isinstance(gesture, gestures.Fading):
            wish = self.light_wished if gesture.picture else self.fade_wished
            wish.emit(gesture.clip, gesture.fade_in, gesture.fade_out)
        elif isinstance(gesture, gestures.Turning):
            self.turn_wished.emit(gesture.clip, gesture.before, gesture.after)
        elif isinstance(gesture, gestures.Gain):
            self.gain_wished.emit(gesture.clip, gesture.gain_db)
        elif isinstance(gesture, gestures.Keys):
            self.drop_keys(gesture)
        elif isinstance(gesture, gestures.Flag):
            self.marker_moved.emit(gesture.marker, gesture.frame)
        elif isinstance(gesture, gestures.Header) and gesture.to != gesture.track:
            self.track_wished.emit(gesture.track, gesture.to)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Change a marker, name a track, let a handle of a clip go back, or press twice."""
        place = event.position()
        marker = marker_at(self.scale, self.timeline, place.x(), place.y())
        row = self.scale.row_at(self.timeline, place.y())
        clip = self.scale.clip_at(self.timeline, place.x(), place.y())
        if marker is not None:
            self.marker_wished.emit(marker)
        elif place.x() < self.scale.header and row is not None:
            if switch_at(self.scale, self.timeline, place.x(), place.y()) is None:
                self.rename_wished.emit(row.track)
        elif clip is not None and row is not None and self._zone(row, clip, place) in _HANDLES:
            self._reset(clip, self._zone(row, clip, place))
        elif not self.double_lane(event):
            self.mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll in time; Ctrl or Alt zooms at the pointer; Shift scrolls the tracks, with Ctrl makes them taller."""
        turn = event.angleDelta().y() or event.angleDelta().x()
        held = event.modifiers()
        both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        if held & both == both:
            self.stretch_rows(1.15 ** (turn / 120))
        elif held & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            self.zoom(_STEP ** (turn / 120), event.position().x())
        elif held & Qt.KeyboardModifier.ShiftModifier:
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() - turn // 4)
        else:
            self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() - turn)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Escape end a gesture without a wish."""
        if event.key() == Qt.Key.Key_Escape and self.gesture is not None:
            self.put(gesture=None)
        elif event.key() == Qt.Key.Key_Escape:
            self.tool_left.emit()
        else:
            event.ignore()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Select the clip under the pointer and wish for its menu, or for that of the ruler or of a track."""
        x, y = event.pos().x(), event.pos().y()
        if y < self.scale.ruler and x >= self.scale.header:
            marker = marker_at(self.scale, self.timeline, x, y)
            self.ruler_wished.emit(event.globalPos(), -1 if marker is None else marker)
            return
        if self.menu_of_lane(QPointF(event.globalPos()), x, y):
            return
        row = self.scale.row_at(self.timeline, y)
        if x < self.scale.header:
            self.header_wished.emit(event.globalPos(), row.track if row is not None else -1)
            return
        clip = self.scale.clip_at(self.timeline, event.pos().x(), event.pos().y())
        if clip is not None and clip.id not in self.selection:
            self.select((clip.id,))
        self.menu_wished.emit(event.globalPos())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take media of the bin, and files."""
        if event.mimeData().hasFormat(MEDIA_MIME) or event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where it would lie."""
        frames = frames_of(event.mimeData(), self.timeline)
        self._attract = points(self.timeline, self.page.playhead)
        frame = self._place(event.position().x(), frames)
        row = self.scale.row_at(self.timeline, event.position().y())
        self.put(dropped=(frame, frames, row))
        event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Show nothing of it any more."""
        self.put(dropped=None)
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Wish for it to be put there; with Ctrl what is there makes room."""
        mime = event.mimeData()
        frame = self._place(event.position().x(), frames_of(mime, self.timeline))
        row = self.scale.row_at(self.timeline, event.position().y())
        track = row.track if row else None
        self.put(dropped=None)
        event.acceptProposedAction()
        names, part = fingerprints_of(mime), part_of(mime)
        insert = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if part is not None:
            self.part_wished.emit(part, track, frame, insert)
        elif names:
            self.media_wished.emit(names, track, frame, insert)
        else:
            self.files_wished.emit(files_of(mime), track, frame)

    def _press(self, event: QMouseEvent, x: float, y: float) -> None:
        if y < self.scale.ruler and x >= self.scale.header:
            self._press_ruler(event, x, y)
            return
        row = self.scale.row_at(self.timeline, y)
        if x < self.scale.header:
            self._press_header(row, x, y)
            return
        held = event.modifiers()
        clip = self.scale.clip_at(self.timeline, x, y)
        if self._tool == "razor" and clip is not None:
            every = bool(held & Qt.KeyboardModifier.ShiftModifier)
            self.split_wished.emit(0 if every else clip.id, self._place(x, 0))
            return
        where = self._zone(row, clip, event.position()) if clip is not None and row is not None else "body"
        alt, shift = bool(held & Qt.KeyboardModifier.AltModifier), bool(held & Qt.KeyboardModifier.ShiftModifier)
        ctrl = bool(held & Qt.KeyboardModifier.ControlModifier)
        self.put(gesture=gestures.Pressed(x, y, clip.id if clip else None, where, alt, shift, ctrl))
        more = ctrl or shift
        if clip is not None and clip.id not in self.selection and not more:
            self.select((clip.id,))

    def _press_ruler(self, event: QMouseEvent, x: float, y: float) -> None:
        marker = marker_at(self.scale, self.timeline, x, y)
        self._attract = points(self.timeline, 0)
        if marker is not None:
            frame = self.timeline.markers[marker].frame
            self.seek_wished.emit(frame)
            self.put(gesture=gestures.Flag(marker, frame))
            return
        self.put(gesture=gestures.Scrub())
        self._drag(event)

    def _press_header(self, row: Row | None, x: float, y: float) -> None:
        switch = switch_at(self.scale, self.timeline, x, y)
        border = border_at(self.scale, self.timeline, x, y)
        if switch is not None:
            self.switch_wished.emit(*switch)
        elif border is not None:
            self.put(gesture=gestures.Border(border.track, 1.0))
        elif row is not None:
            self.put(gesture=gestures.Header(row.track, row.track))

    def _zone(self, row: Row, clip: Clip, place: QPointF) -> gestures.Zone:
        chosen = clip.id in self.selection
        return hand.zone(self.scale, self.timeline, row, clip, place, chosen=chosen, tool=self._tool)

    def _reset(self, clip: Clip, zone: gestures.Zone) -> None:
        if zone == "gain":
            self.gain_wished.emit(clip.id, 0.0)
            return
        wish, (up, down) = self.fade_wished, fades(clip)
        if zone in ("light_in", "light_out"):
            light = picture_fades(clip) or Fades()
            wish, up, down = self.light_wished, light.up, light.down
        second = min(round(self.timeline.rate), (clip.duration - 1) // 2)
        if zone in ("fade_in", "light_in"):
            wish.emit(clip.id, 0 if up else second, down)
        else:
            wish.emit(clip.id, up, 0 if down else second)

    def _click(self, pressed: gestures.Pressed, held: Qt.KeyboardModifier) -> None:
        """A click that did not move: select alone, or add to the selection or take from it."""
        more = held & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        if pressed.clip is None:
            self.select(self.selection if more else ())
        elif more:
            self.select(self.selection ^ members(self.timeline, (pressed.clip,)))
        else:
            self.select((pressed.clip,))

    def _begin(self, pressed: gestures.Pressed) -> None:
        """Make a gesture of a press that has moved."""
        gesture = hand.begun(self.timeline, pressed, self._tool, self.selection)
        if isinstance(gesture, gestures.Move):
            self.select(gesture.ids)
        moving = self.selection if isinstance(gesture, gestures.Move) else hand.pulled(gesture)
        self._attract = points(self.timeline, self.page.playhead, moving)
        self._pressed = pressed
        self.put(gesture=gesture)

    def _drag(self, event: QMouseEvent) -> None:
        gesture, place = self.gesture, event.position()
        freezes = isinstance(gesture, gestures.Trim) and gesture.mode == "freeze"  # which takes Ctrl for itself
        held = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        free = not self.snapping or (held and not freezes)
        if gesture is None:
            return
        if isinstance(gesture, gestures.Scrub):
            self.seek_wished.emit(self.scale.frame(place.x()))
        elif isinstance(gesture, gestures.Pan):
            across, down = self.horizontalScrollBar(), self.verticalScrollBar()
            across.setValue(across.value() - round(place.x() - gesture.x))
            down.setValue(down.value() - round(place.y() - gesture.y))
            self.put(gesture=gestures.Pan(place.x(), place.y()))
        elif isinstance(gesture, gestures.Keys):
            self.pull_keys(gesture, place.x(), free=free)
        else:
            attract = None if free else self._attract
            there = hand.carried(self.timeline, self.scale, gesture, self._pressed, place, attract=attract)
            self.put(gesture=there)
            if isinstance(there, gestures.Box):
                self.select(gestures.touched(self.timeline, self.scale, there))
            elif isinstance(there, gestures.Border):
                self.set_height(there.track, there.height)

    def _point(self, x: float, y: float) -> None:
        """Show by the pointer's shape what a press would do."""
        row = self.scale.row_at(self.timeline, y)
        clip = self.scale.clip_at(self.timeline, x, y) if x >= self.scale.header else None
        zone = self._zone(row, clip, QPointF(x, y)) if clip is not None and row is not None else "body"
        shape = _SHAPES.get(zone) or _CURSORS.get(self._tool, Qt.CursorShape.ArrowCursor)
        if clip is None:
            shape = Qt.CursorShape.ArrowCursor
            if border_at(self.scale, self.timeline, x, y) is not None:
                shape = Qt.CursorShape.SizeVerCursor
        self.viewport().setCursor(shape)
        hover = clip.id if clip is not None else None
        if hover != self.page.hover:
            self.put(hover=hover)
        self.viewport().setToolTip(tip(self.page, zone if self._tool == "select" else "body", x, y))

    def _end(self, gesture: gestures.Trim) -> int:
        clip = clip_by_id(self.timeline, gesture.clip)
        return clip.start if gesture.side == "head" else clip.end

    def _place(self, x: float, frames: int) -> int:
        frame = self.scale.nearest(x)
        found = snap((frame, frame + frames), self._attract, self.scale.reach) if self.snapping else None
        return max(0, frame + found[0]) if found is not None else frame

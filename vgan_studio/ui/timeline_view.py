"""The timeline: draws tracks, and emits wishes."""
# ruff: noqa: N802  (events have Qt's names)

from collections.abc import Iterable
from dataclasses import replace
from math import ceil

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from vgan_studio.service.thumbnails import Thumbnails
from vgan_studio.timeline.lookup import clip_by_id, locate
from vgan_studio.timeline.values import Timeline

from . import timeline_gestures as gestures
from .drops import MEDIA_MIME, files_of, fingerprints_of, frames_of
from .snapping import points, snap
from .theme import DARK, Theme
from .timeline_paint import Page, paint, switch_at
from .timeline_scale import Scale

_STEP = 1.2


class TimelineView(QAbstractScrollArea):
    """Shows a timeline and turns gestures into wishes; it edits nothing.

    Attributes:
        seek_wished: a frame.
        selected: the ids of the clips that are selected now.
        move_wished: ids, frames, tracks.
        trim_wished: id, "head" or "tail", "trim", "ripple" or "roll", the frame where that end shall be.
        slip_wished: id, frames.
        switch_wished: the number of a track, and "hide", "mute" or "lock".
        media_wished: fingerprints, the number of a track or None, a frame, whether to insert.
        files_wished: paths, the number of a track or None, a frame.
        menu_wished: a place on the screen; the clip there is selected, if there is one.
    """

    seek_wished = Signal(int)
    selected = Signal(object)
    move_wished = Signal(object, int, int)
    trim_wished = Signal(int, str, str, int)
    slip_wished = Signal(int, int)
    switch_wished = Signal(int, str)
    media_wished = Signal(object, object, int, bool)
    files_wished = Signal(object, object, int)
    menu_wished = Signal(QPoint)

    def __init__(self, timeline: Timeline, thumbnails: Thumbnails | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page = Page(timeline, Scale(), DARK, 0, 0, thumbnails=thumbnails)
        self._attract: list[int] = []
        self._pressed = gestures.Pressed(0, 0)
        self.snapping = True
        self._fitted = True
        self.setAccessibleName(self.tr("Timeline"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.viewport().setMouseTracking(True)
        self.viewport().setAcceptDrops(True)
        self.horizontalScrollBar().valueChanged.connect(self._scrolled)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        if thumbnails is not None:
            thumbnails.came.connect(self.viewport().update)
        self._measure()

    @property
    def timeline(self) -> Timeline:
        """What is shown."""
        return self._page.timeline

    @property
    def selection(self) -> frozenset[int]:
        """The ids of the selected clips."""
        return self._page.selection

    @property
    def scale(self) -> Scale:
        """How it lies on the page."""
        return self._page.scale

    @property
    def gesture(self) -> gestures.Gesture | None:
        """What the mouse is doing."""
        return self._page.gesture

    def show_timeline(self, timeline: Timeline) -> None:
        """Show a timeline; what is no more there is no longer selected."""
        self._set(timeline=timeline, gesture=None)
        there = {clip.id for track in timeline.tracks for clip in track.clips} if self.selection else set()
        self.select(self.selection & there)
        if self._fitted:
            self.fit()
        self._bars()

    def show_frame(self, frame: int, *, follow: bool = False) -> None:
        """Show the playhead at a frame; with `follow` the page turns where it leaves it."""
        self._set(playhead=frame)
        x = self.scale.x(frame)
        if follow and not self.scale.header <= x <= self._page.width - 8:
            self.horizontalScrollBar().setValue(int(frame * self.scale.zoom) - 40)

    def show_theme(self, theme: Theme) -> None:
        """Paint in the colours of a theme."""
        self._set(theme=theme)

    def show_missing(self, fingerprints: Iterable[str]) -> None:
        """Mark the clips of media whose file is not there."""
        self._set(missing=frozenset(fingerprints))

    def show_heavy(self, effects: Iterable[str]) -> None:
        """Mark the clips with effects that ask a network."""
        self._set(heavy=frozenset(effects))

    def select(self, ids: Iterable[int]) -> None:
        """Select these clips and no others."""
        chosen = frozenset(ids)
        if chosen != self.selection:
            self._set(selection=chosen)
            self.selected.emit(chosen)

    def zoom(self, factor: float, x: float | None = None) -> None:
        """Zoom in (above 1) or out, at a place or at the playhead."""
        self._fitted = False
        playhead = self.scale.x(self._page.playhead)
        inside = self.scale.header <= playhead <= self._page.width
        at = x if x is not None else playhead if inside else (self.scale.header + self._page.width) / 2
        self._scale(self.scale.zoomed(self.scale.zoom * factor, at))

    def fit(self) -> None:
        """Show all of the film; it stays so until it is zoomed."""
        self._fitted = True
        room = max(50, self._page.width - self.scale.header - 24)
        frames = max(self.timeline.duration, 1)
        zoom = min(room / frames, 12.0) if self.timeline.duration else 4.0
        self._scale(replace(self.scale.zoomed(zoom, self.scale.header), left=0.0))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a gesture."""
        x, y = event.position().x(), event.position().y()
        if event.button() is Qt.MouseButton.MiddleButton:
            self._set(gesture=gestures.Pan(x, y))
        elif event.button() is Qt.MouseButton.LeftButton:
            self._press(event, x, y)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with a gesture."""
        x, y = event.position().x(), event.position().y()
        gesture = self.gesture
        if isinstance(gesture, gestures.Pressed):
            if abs(x - gesture.x) + abs(y - gesture.y) >= gestures.THRESHOLD:
                self._begin(gesture)
                self._drag(x, y, event.modifiers())
        elif gesture is not None:
            self._drag(x, y, event.modifiers())
        else:
            self._point(x, y)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a gesture: its wish is emitted."""
        gesture = self.gesture
        self._set(gesture=None)
        if isinstance(gesture, gestures.Pressed):
            self._click(gesture, event.modifiers())
        elif isinstance(gesture, gestures.Move) and (gesture.frames or gesture.tracks):
            self.move_wished.emit(gesture.ids, gesture.frames, gesture.tracks)
        elif isinstance(gesture, gestures.Trim) and gesture.frame != self._end(gesture):
            self.trim_wished.emit(gesture.clip, gesture.side, gesture.mode, gesture.frame)
        elif isinstance(gesture, gestures.Slip) and gesture.frames:
            self.slip_wished.emit(gesture.clip, gesture.frames)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll in time; with Ctrl or Alt zoom at the pointer; with Shift scroll the tracks."""
        turn = event.angleDelta().y() or event.angleDelta().x()
        held = event.modifiers()
        if held & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            self.zoom(_STEP ** (turn / 120), event.position().x())
        elif held & Qt.KeyboardModifier.ShiftModifier:
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() - turn // 4)
        else:
            self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() - turn)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Escape end a gesture without a wish."""
        if event.key() == Qt.Key.Key_Escape and self.gesture is not None:
            self._set(gesture=None)
        else:
            event.ignore()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Select the clip under the pointer and wish for its menu."""
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
        self._attract = points(self.timeline, self._page.playhead)
        frame = self._place(event.position().x(), frames)
        row = self.scale.row_at(self.timeline, event.position().y())
        self._set(dropped=(frame, frames, row))
        event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Show nothing of it any more."""
        self._set(dropped=None)
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Wish for it to be put there; with Ctrl what is there makes room."""
        mime = event.mimeData()
        frame = self._place(event.position().x(), frames_of(mime, self.timeline))
        row = self.scale.row_at(self.timeline, event.position().y())
        track = row.track if row else None
        self._set(dropped=None)
        event.acceptProposedAction()
        names = fingerprints_of(mime)
        if names:
            insert = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            self.media_wished.emit(names, track, frame, insert)
        else:
            self.files_wished.emit(files_of(mime), track, frame)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what can be seen."""
        del event
        painter = QPainter(self.viewport())
        painter.setFont(self.font())
        paint(painter, self._page)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the new size."""
        del event
        size = self.viewport().size()
        self._set(width=size.width(), height=size.height(), ratio=self.devicePixelRatioF())
        if self._fitted:
            self.fit()
        self._bars()

    def _press(self, event: QMouseEvent, x: float, y: float) -> None:
        if y < self.scale.ruler and x >= self.scale.header:
            self._attract = points(self.timeline, 0)
            self._set(gesture=gestures.Scrub())
            self._drag(x, y, event.modifiers())
            return
        row = self.scale.row_at(self.timeline, y)
        if x < self.scale.header:
            switch = switch_at(self.scale, self.timeline, x, y)
            if switch is not None:
                self.switch_wished.emit(*switch)
            return
        held = event.modifiers()
        clip = self.scale.clip_at(self.timeline, x, y)
        locked = row is not None and self.timeline.tracks[row.track].locked
        side = self.scale.side(clip, x) if clip is not None and not locked else None
        alt, shift = bool(held & Qt.KeyboardModifier.AltModifier), bool(held & Qt.KeyboardModifier.ShiftModifier)
        self._set(gesture=gestures.Pressed(x, y, clip.id if clip else None, side, alt, shift))
        more = held & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        if clip is not None and clip.id not in self.selection and not more:
            self.select((clip.id,))

    def _click(self, pressed: gestures.Pressed, held: Qt.KeyboardModifier) -> None:
        """A click that did not move: select alone, or add to the selection or take from it."""
        more = held & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        if pressed.clip is None:
            self.select(self.selection if more else ())
        elif more:
            self.select(self.selection ^ {pressed.clip})
        else:
            self.select((pressed.clip,))

    def _begin(self, pressed: gestures.Pressed) -> None:
        """Make a gesture of a press that has moved."""
        if pressed.clip is None:
            self._set(gesture=gestures.Box(pressed.x, pressed.y, pressed.x, pressed.y))
            return
        number, _ = locate(self.timeline, pressed.clip)
        if self.timeline.tracks[number].locked:
            self._set(gesture=None)
        elif pressed.side is not None:
            mode: gestures.TrimMode = "roll" if pressed.alt else "ripple" if pressed.shift else "trim"
            self._attract = points(self.timeline, self._page.playhead, {pressed.clip})
            self._set(gesture=gestures.begin_trim(self.timeline, pressed.clip, pressed.side, mode))
        elif pressed.alt:
            self._set(gesture=gestures.Slip(pressed.clip))
        else:
            self.select(self.selection | {pressed.clip})
            self._attract = points(self.timeline, self._page.playhead, self.selection)
            self._set(gesture=gestures.Move(self.selection, pressed.clip))
        self._pressed = pressed

    def _drag(self, x: float, y: float, held: Qt.KeyboardModifier) -> None:
        gesture = self.gesture
        free = not self.snapping or bool(held & Qt.KeyboardModifier.ControlModifier)
        if isinstance(gesture, gestures.Scrub):
            frame = self.scale.frame(x)
            self.seek_wished.emit(frame)
        elif isinstance(gesture, gestures.Move):
            there = gestures.moved(
                self.timeline, self.scale, gesture, (x - self._pressed.x, y), None if free else self._attract
            )
            self._set(gesture=there)
        elif isinstance(gesture, gestures.Trim):
            self._set(gesture=gestures.dragged(self.scale, gesture, x, None if free else self._attract))
        elif isinstance(gesture, gestures.Slip):
            frames = round((self._pressed.x - x) / self.scale.zoom)
            clip = clip_by_id(self.timeline, gesture.clip)
            self._set(gesture=replace(gesture, frames=gestures.slipped(self.timeline, clip, frames)))
        elif isinstance(gesture, gestures.Box):
            box = replace(gesture, x1=x, y1=y)
            self._set(gesture=box)
            self.select(gestures.touched(self.timeline, self.scale, box))
        elif isinstance(gesture, gestures.Pan):
            self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() - round(x - gesture.x))
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() - round(y - gesture.y))
            self._set(gesture=gestures.Pan(x, y))

    def _point(self, x: float, y: float) -> None:
        """Show by the pointer's shape what a press would do."""
        clip = self.scale.clip_at(self.timeline, x, y) if x >= self.scale.header else None
        edge = clip is not None and self.scale.side(clip, x) is not None
        self.viewport().setCursor(Qt.CursorShape.SizeHorCursor if edge else Qt.CursorShape.ArrowCursor)
        names = {"hide": self.tr("Hide"), "mute": self.tr("Mute"), "lock": self.tr("Lock")}
        switch = switch_at(self.scale, self.timeline, x, y)
        self.viewport().setToolTip(names[switch[1]] if switch else "")

    def _end(self, gesture: gestures.Trim) -> int:
        clip = clip_by_id(self.timeline, gesture.clip)
        return clip.start if gesture.side == "head" else clip.end

    def _place(self, x: float, frames: int) -> int:
        frame = self.scale.nearest(x)
        found = snap((frame, frame + frames), self._attract, self.scale.reach) if self.snapping else None
        return max(0, frame + found[0]) if found is not None else frame

    def _set(self, **changes: object) -> None:
        self._page = replace(self._page, **changes)  # type: ignore[arg-type]
        self.viewport().update()

    def _scale(self, scale: Scale) -> None:
        self._set(scale=scale)
        self._bars()

    def _scrolled(self) -> None:
        left, top = float(self.horizontalScrollBar().value()), self.verticalScrollBar().value()
        if (left, top) != (float(int(self.scale.left)), self.scale.top):
            self._set(scale=replace(self.scale, left=left, top=top))

    def _bars(self) -> None:
        room = max(1, self._page.width - self.scale.header)
        film = ceil(self.timeline.duration * self.scale.zoom) + (0 if self._fitted else room // 2)
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        left = self.scale.left
        across.setRange(0, max(0, film - room, int(left)))
        across.setPageStep(room)
        across.setSingleStep(max(1, room // 12))
        across.setValue(int(left))
        space = max(1, self._page.height - self.scale.ruler)
        down.setRange(0, max(0, self.scale.height(self.timeline) - space))
        down.setPageStep(space)

    def _measure(self) -> None:
        metrics = QFontMetrics(self.font())
        unit = metrics.height()
        header = max(100, 11 + metrics.horizontalAdvance("VV 99") + 3 * (unit + 6) + 6)
        self._set(scale=replace(self.scale, unit=unit, ruler=round(unit * 1.75), header=header))

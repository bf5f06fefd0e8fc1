"""What the mouse does to captions on the timeline: they are chosen, moved, trimmed and edited in place."""
# ruff: noqa: N802  (events have Qt's names)

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QMouseEvent

from .caption_editor import CaptionEditor
from .caption_pull import Grip, Pull, Spot, attracting, pulled
from .timeline_captions import place_of, row_at, spot_at, switch_at
from .timeline_gestures import THRESHOLD
from .timeline_view import TimelineView

_LEAST = (180, 3)  # of the field: points, and lines


class CaptionHand(QObject):
    """Takes the mouse of a timeline where subtitles lie, and turns it into wishes; owned by the GUI thread.

    Attributes:
        chosen: a track and a caption, or a track and -1: a place between captions.
        time_wished: a track, a caption, and the frames where it shall begin and end.
        text_wished: a track, a caption and its words.
        add_wished: a track and a frame.
        switch_wished: a track, and "hide" or "lock".
        rename_wished: a track.
        menu_wished: a place on the screen, a track, and a caption or -1.
    """

    chosen = Signal(int, int)
    time_wished = Signal(int, int, int, int)
    text_wished = Signal(int, int, str)
    add_wished = Signal(int, int)
    switch_wished = Signal(int, str)
    rename_wished = Signal(int)
    menu_wished = Signal(QPoint, int, int)

    def __init__(self, view: TimelineView) -> None:
        super().__init__(view)
        self._view = view
        self._pressed: tuple[QPointF, Spot, Grip] | None = None
        self._held = False
        self._attract: list[int] = []
        self.editor: CaptionEditor | None = None
        view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what happens over subtitles; the rest is for the view."""
        del watched
        kind = event.type()
        if isinstance(event, QMouseEvent):
            if kind == QEvent.Type.MouseButtonPress and event.button() is Qt.MouseButton.LeftButton:
                return self._press(event.position())
            if kind == QEvent.Type.MouseMove:
                return self._move(event)
            if kind == QEvent.Type.MouseButtonRelease and event.button() is Qt.MouseButton.LeftButton:
                return self._release()
            if kind == QEvent.Type.MouseButtonDblClick and event.button() is Qt.MouseButton.LeftButton:
                return self._double(event.position())
        if isinstance(event, QContextMenuEvent) and kind == QEvent.Type.ContextMenu:
            return self._menu(event)
        return False

    def edit(self, spot: Spot) -> None:
        """Open a field over a caption, in which its words are edited."""
        view, (track, index) = self._view, spot
        self._close()
        view.show_frame_of(view.timeline.subtitles[track].captions[index].start)
        place = place_of(view.scale, view.timeline, spot)
        editor = CaptionEditor(view.timeline.subtitles[track].captions[index].text, view.viewport())
        lines = (view.scale.unit + 2) * _LEAST[1]
        left = max(round(place.x()), view.scale.header)
        editor.setGeometry(left, round(place.y()), max(_LEAST[0], round(place.right()) - left), lines)
        editor.entered.connect(lambda words: self._edited(spot, words))
        editor.left.connect(self._close)
        self.editor = editor
        editor.show()
        editor.setFocus()

    def _edited(self, spot: Spot, words: str) -> None:
        self._close()
        self.text_wished.emit(*spot, words)

    def _close(self) -> None:
        editor, self.editor = self.editor, None
        if editor is not None:
            held = editor.hasFocus()
            editor.hide()
            editor.deleteLater()
            if held:
                self._view.setFocus()

    def _press(self, place: QPointF) -> bool:
        view = self._view
        row = row_at(view.scale, view.timeline, place.y())
        if row is None:
            return False
        self._held = True
        switch = switch_at(view.scale, view.timeline, place.x(), place.y())
        if switch is not None:
            self.switch_wished.emit(*switch)
            return True
        found = spot_at(view.scale, view.timeline, place.x(), place.y())
        self.chosen.emit(row.track, found[0][1] if found else -1)
        if found is not None and not view.timeline.subtitles[row.track].locked:
            self._pressed = place, *found
            self._attract = attracting(view.timeline, view.page.playhead, found[0])
        view.setFocus()
        return True

    def _move(self, event: QMouseEvent) -> bool:
        view, place = self._view, event.position()
        if self._pressed is not None:
            start, spot, grip = self._pressed
            if not _there(view, spot):  # undone while it was held
                self._pressed = None
                return True
            far = abs(place.x() - start.x()) + abs(place.y() - start.y()) >= THRESHOLD
            if far or view.page.pull is not None:
                frames = round((place.x() - start.x()) / view.scale.zoom)
                free = not view.snapping or bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
                captions = view.timeline.subtitles[spot[0]].captions
                attract = [] if free else self._attract
                view.put(pull=pulled(captions, spot, grip, frames, attract=attract, reach=view.scale.reach))
            return True
        if self._held or view.gesture is not None:
            return self._held
        return self._point(place)

    def _point(self, place: QPointF) -> bool:
        """Show by the pointer's shape what a press would do, and the words that are too long for their place."""
        view = self._view
        row = row_at(view.scale, view.timeline, place.y())
        if row is None:
            return False
        found = spot_at(view.scale, view.timeline, place.x(), place.y())
        switch = switch_at(view.scale, view.timeline, place.x(), place.y())
        end = found is not None and found[1] != "body" and not view.timeline.subtitles[row.track].locked
        view.viewport().setCursor(Qt.CursorShape.SizeHorCursor if end else Qt.CursorShape.ArrowCursor)
        track = view.timeline.subtitles[row.track]
        words = track.captions[found[0][1]].text if found is not None else ""
        if switch is not None:
            words = {"hide": self.tr("Hide"), "lock": self.tr("Lock")}[switch[1]]
        elif place.x() < view.scale.header:
            words = f"{track.name} {track.language}".strip()
        view.viewport().setToolTip(words)
        return True

    def _release(self) -> bool:
        held, self._held, self._pressed = self._held, False, None
        pull: Pull | None = self._view.page.pull
        if pull is not None:
            self._view.put(pull=None)
            one = self._view.timeline.subtitles[pull.spot[0]].captions[pull.spot[1]]
            if (pull.start, pull.end) != (one.start, one.end):
                self.time_wished.emit(*pull.spot, pull.start, pull.end)
        return held

    def _double(self, place: QPointF) -> bool:
        view = self._view
        row = row_at(view.scale, view.timeline, place.y())
        if row is None:
            return False
        found = spot_at(view.scale, view.timeline, place.x(), place.y())
        if place.x() < view.scale.header:
            if switch_at(view.scale, view.timeline, place.x(), place.y()) is None:
                self.rename_wished.emit(row.track)
        elif view.timeline.subtitles[row.track].locked:
            pass
        elif found is not None:
            self.edit(found[0])
        else:
            self.add_wished.emit(row.track, view.scale.frame(place.x()))
        return True

    def _menu(self, event: QContextMenuEvent) -> bool:
        view, place = self._view, QPointF(event.pos())
        row = row_at(view.scale, view.timeline, place.y())
        if row is None:
            return False
        found = spot_at(view.scale, view.timeline, place.x(), place.y())
        index = found[0][1] if found is not None else -1
        self.chosen.emit(row.track, index)
        self.menu_wished.emit(event.globalPos(), row.track, index)
        return True


def _there(view: TimelineView, spot: Spot) -> bool:
    tracks = view.timeline.subtitles
    return spot[0] < len(tracks) and spot[1] < len(tracks[spot[0]].captions)

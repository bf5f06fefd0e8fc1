"""Where the selected clip's picture lies, shaped over the picture: its handles and the arrow keys become edits."""
# ruff: noqa: N802  (events have Qt's names)

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent

from vgan_studio.errors import EffectError
from vgan_studio.render.placing import CROP, TRANSFORM, Place, places
from vgan_studio.service.gestures import pose
from vgan_studio.service.playback import Playback
from vgan_studio.timeline.values import Clip, Timeline

from .picture_handles import PictureHandles
from .picture_pull import Kind, Posed, Values, nudged
from .stage import Stage

if TYPE_CHECKING:
    from vgan_studio.effects.spec import Effect

    from .live import Live

_KINDS: dict[str, Kind] = {"handles_place": "transform", "handles_crop": "crop"}
_IDS: dict[Kind, str] = {"transform": TRANSFORM, "crop": CROP}
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
}  # fmt: skip
_FAST = 10


class Scene(Stage, Protocol):
    """A window that plays and compares."""

    playback: Playback
    live: "Live"


class Posing(QObject):
    """Shows handles for the selected clip's picture, and lets it be placed and cropped; owned by the GUI thread.

    Attributes:
        handles: the overlay.
    """

    def __init__(self, window: Scene) -> None:
        assert isinstance(window, QObject)
        super().__init__(window)
        self._window = window
        self._clip: Clip | None = None
        self._before: Timeline | None = None  # as it was when a handle was taken
        self._gesture = 0
        canvas = window.viewer.canvas
        self.handles = PictureHandles(canvas, self)
        self.handles.wished.connect(self._pull)
        self.handles.sealed.connect(self._seal)
        self.handles.changed.connect(canvas.update)
        canvas.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        canvas.installEventFilter(self)
        window.timeline_view.selected.connect(self.show)
        window.preview.moved.connect(self.show)
        window.document.changed.connect(self.show)
        window.playback.changed.connect(self.show)
        window.preview.turned.connect(self.show)
        window.inference.described.connect(self.show)
        window.live.compare.changed.connect(self.show)

    def deeds(self) -> dict[str, Callable[[], object]]:
        """Give what the actions do."""
        return dict.fromkeys(_KINDS, self.take_kind)

    def restore(self) -> None:
        """Show the handles that were shown."""
        kept = str(self._window.settings.value("handles", "handles_place"))
        for name in _KINDS:
            self._window.actions_[name].setChecked(name == kept)
        for name in ("bypass", "bypass_gan"):
            self._window.actions_[name].toggled.connect(self.show)
        self._window.actions_["snap"].toggled.connect(self.show)
        self.show()

    def take_kind(self) -> None:
        """Show the handles that the actions name, and remember them."""
        chosen = [name for name in _KINDS if self._window.actions_[name].isChecked()]
        self._window.settings.setValue("handles", chosen[0] if chosen else "none")
        self.show()

    def show(self, _: object = None) -> None:
        """Show handles where there is a picture to be shaped at the playhead."""
        self._clip = self._shaped()
        self.handles.snapping = self._window.actions_["snap"].isChecked()
        self.handles.show_posed(None if self._clip is None else self._posed(self._clip))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Know the modifiers of the mouse, and let arrow keys move the picture while the viewer has the focus."""
        if isinstance(event, QMouseEvent):
            self.handles.held = event.modifiers()
        elif isinstance(event, QKeyEvent) and self._key(event):
            return True
        elif event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._window.viewer.canvas.update()
        return super().eventFilter(watched, event)

    @property
    def _kind(self) -> Kind | None:
        return next((kind for name, kind in _KINDS.items() if self._window.actions_[name].isChecked()), None)

    def _shaped(self) -> Clip | None:
        """Give the one selected clip, if its picture is on the screen and can be changed."""
        window, frame = self._window, self._window.preview.frame
        chosen, act = window.timeline_view.one, window.actions_
        aside = (
            window.preview.source is not None
            or window.viewer.canvas.bare
            or window.playback.speed
            or window.live.compare.wanted
            or any(act[name].isChecked() for name in ("bypass", "bypass_gan"))
        )
        if self._kind is None or not chosen or aside or not window.effects:
            return None
        for track in window.document.timeline.tracks:
            if track.kind == "video" and not track.hidden and not track.locked:
                for clip in track.clips:
                    if clip.id == chosen:
                        return clip if clip.start <= frame < clip.end else None
        return None

    def _posed(self, clip: Clip) -> Posed | None:
        film, kind = self._window.document.timeline, self._kind
        effects = cast("Mapping[str, Effect]", self._window.effects)
        with suppress(EffectError):
            found = places(film, clip, self._window.preview.frame, effects)
            if kind is not None:
                return Posed(kind, _place(found, kind), (film.width, film.height))
        return None

    def _pull(self, grip: str, values: Values) -> None:
        if self._before is None:
            self._before, self._gesture = self._window.document.timeline, self._gesture + 1
        self._do(self._label(grip), values)

    def _label(self, grip: str) -> str:
        if self._kind == "crop":
            return self.tr("Crop")
        names = {"body": self.tr("Move the picture"), "turn": self.tr("Turn the picture")}
        return names.get(grip, self.tr("Scale the picture"))

    def _do(self, label: str, values: Values) -> None:
        posed, clip = self.handles.posed, self._clip
        if posed is None or clip is None:
            return
        id, frame = _IDS[posed.kind], self._window.preview.frame - clip.start
        merge = f"handles {clip.id} {self._gesture}"
        self._window.document.drag(merge, label, pose, clip.id, posed.place.index, id, values, frame=frame)

    def _seal(self) -> None:
        self._before = None
        self._window.document.seal()

    def _cancel(self) -> None:
        """Let all be as it was when the handle was taken."""
        before = self._before
        self.handles.let_go()
        if before is not None and self._clip is not None:
            merge = f"handles {self._clip.id} {self._gesture}"
            self._window.document.drag(merge, "", lambda _: before)
        self._seal()

    def _key(self, event: QKeyEvent) -> bool:
        """Take an arrow key or Escape; tell whether it was meant for the picture."""
        plain = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        way = _ARROWS.get(Qt.Key(event.key())) if not plain else None
        mine = way is not None and self.handles.posed is not None and self._kind == "transform"
        if event.key() == Qt.Key.Key_Escape and event.type() == QEvent.Type.KeyPress:
            if self.handles.pulling:
                self._cancel()
            elif self.handles.posed is None:
                return False
            else:
                self._window.timeline_view.setFocus()
            return True
        if not mine or way is None:
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
        elif event.type() == QEvent.Type.KeyPress:
            self._nudge(way, _FAST if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif not event.isAutoRepeat():
            self._seal()
        return True

    def _nudge(self, way: tuple[int, int], pixels: int) -> None:
        posed = self.handles.posed
        if posed is not None:
            self._pull("body", nudged(posed, way[0] * pixels, way[1] * pixels))


def _place(found: tuple[Place, ...], kind: Kind) -> Place:
    """Give the last effect of a kind; else where one is to be added: a crop before the transform, all else last."""
    same = [place for place in found if place.effect == _IDS[kind]]
    turns = [place for place in found if place.effect == TRANSFORM]
    return (same or (turns if kind == "crop" else []) or [found[-1]])[-1]

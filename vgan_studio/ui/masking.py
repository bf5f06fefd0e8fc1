"""The mask of the selected clip's effect, shaped over the picture: its handles become edits."""

from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject

from vgan_studio.errors import EffectError
from vgan_studio.render.placing import Affine, places
from vgan_studio.timeline.curve import Curve
from vgan_studio.timeline.lookup import clip_by_id
from vgan_studio.timeline.values import Clip, EffectCall

from .mask_handles import MaskHandles, Shape, numbers
from .stage import Stage

if TYPE_CHECKING:
    from vgan_studio.effects.spec import Effect

_SHAPED = ("mask_center", "mask_size", "mask_points")


class Masking(QObject):
    """Shows the first mask of the selected clip, and lets it be shaped; owned by the GUI thread.

    Attributes:
        handles: the overlay.
    """

    def __init__(self, window: Stage) -> None:
        assert isinstance(window, QObject)
        super().__init__(window)
        self._window = window
        self._masked: tuple[int, int] | None = None
        self.handles = MaskHandles(self)
        self.handles.wished.connect(self._shape)
        self.handles.sealed.connect(window.document.seal)
        window.timeline_view.selected.connect(self._chosen)
        window.preview.moved.connect(self._chosen)

    def show(self) -> None:
        """Show what there is to be shaped at the playhead."""
        window, shape, onto = self._window, None, Affine()
        chosen = window.timeline_view.one
        self._masked = None
        clips = [one for track in window.document.timeline.tracks for one in track.clips if one.id == chosen]
        if len(clips) == 1:
            clip = clips[0]
            for index, call in enumerate(clip.effects):
                effect: Any = window.effects.get(call.id)
                shape = shape_of(call, effect, window.preview.frame - clip.start) if call.enabled else None
                if shape is not None:
                    self._masked = clip.id, index
                    onto = self._onto(clip, index)
                    break
        self.handles.show_shape(shape, onto)

    def _onto(self, clip: Clip, index: int) -> Affine:
        """Give the way from the picture that an effect works on to the canvas."""
        window = self._window
        with suppress(EffectError):
            effects = cast("Mapping[str, Effect]", window.effects)
            found = places(window.document.timeline, clip, window.preview.frame, effects)
            return next(place.onto for place in found if place.index == index)
        return Affine()

    def _chosen(self, _: object) -> None:
        self.show()

    def _shape(self, name: str, value: tuple[float, ...]) -> None:
        """Set a parameter of the mask, or its key at the playhead where it has keys."""
        if self._masked is None:
            return
        window, (clip_id, index) = self._window, self._masked
        clip = clip_by_id(window.document.timeline, clip_id)
        if isinstance(dict(clip.effects[index].params).get(name), Curve):
            place = min(max(0, window.preview.frame - clip.start), clip.duration - 1)
            window.editing.set_key(clip_id, index, name, place, value)
        else:
            window.editing.set_param(clip_id, index, name, value)


def shape_of(call: EffectCall, effect: Any, frame: int) -> Shape | None:
    """Give the mask of an effect at a frame of its clip, if it is one to be shaped by the mouse.

    Args:
        effect: its description; None while it is not known.
    """
    params = {name: value.at(frame) if isinstance(value, Curve) else value for name, value in call.params}
    kind = str(params.get("mask", "none"))
    if effect is None or kind not in ("rectangle", "ellipse", "polygon"):
        return None
    center, size, points = (numbers(params.get(name), effect.params[name].default) for name in _SHAPED)
    return Shape(kind, center, size, points)

"""A frame of a timeline as an expression: which pictures, and what is done to them."""

from bisect import bisect_right
from dataclasses import dataclass
from fractions import Fraction
from functools import partial, reduce

from vgan_studio.effects.spec import Size
from vgan_studio.timeline.values import Clip, EffectCall, Media, Timeline, Track, Transition

from .node import Asset, Call, Decode, Node, heavy_nodes
from .stack import Ground, arguments, call, single, stack, steps

__all__ = ["Asset", "Call", "Decode", "Node", "heavy_nodes", "plan"]


def plan(
    timeline: Timeline, frame: int, width: int | None = None, height: int | None = None, draft: bool = False
) -> Node:
    """Say how the picture of a frame comes about.

    Args:
        width, height: of the picture; those of the timeline where not given.
        draft: leave out what asks a network and fit every source to the canvas first, for playing.
            `heavy_nodes(plan(...))` of the full plan tells what a draft leaves out.

    Returns:
        An expression of a picture of that size; a bare `Decode` where a file's own picture is the answer.

    Raises:
        EffectError: an effect or a parameter that does not exist or does not fit.
    """
    scene = _Scene(timeline, (height or timeline.height, width or timeline.width), draft)
    tracks = (track for track in timeline.tracks if track.kind == "video" and not track.hidden)
    layers = [layer for track in tracks if (layer := scene.track(track, frame)) is not None]
    if not layers:
        return scene.blank()
    return reduce(lambda below, above: call("core.over", {}, below, above), layers)


@dataclass(frozen=True, slots=True)
class _Scene:
    """A timeline seen on a canvas of some size."""

    timeline: Timeline
    canvas: Size
    draft: bool

    def track(self, track: Track, frame: int) -> Node | None:
        """Give what a track shows at a frame; None for nothing."""
        index = bisect_right(track.clips, frame, key=lambda clip: clip.start) - 1
        shown: Node | None = None
        if index >= 0 and (frame < (clip := track.clips[index]).end):
            shown = self.clip(clip, frame)
        for incoming in range(max(index, 0), min(index + 2, len(track.clips))):
            shown = self._taken_over(track, incoming, frame, shown)
        return shown

    def clip(self, clip: Clip, frame: int) -> Node | None:
        """Give what a clip shows at a frame, which may lie outside of it; None if it has no picture."""
        place = frame - clip.start
        time = clip.source_in + (place + Fraction(1, 2)) * clip.speed / self.timeline.rate
        ground = self._ground(clip, place)
        if ground is None:
            return None
        return stack(ground, steps(clip.effects, place, draft=self.draft), time, self.canvas)

    def blank(self) -> Node:
        """Give an empty picture of the canvas's size."""
        return self._generated(EffectCall("core.blank"), 0, self.canvas, Fraction(0))

    def _taken_over(self, track: Track, index: int, frame: int, shown: Node | None) -> Node | None:
        """Lay the transition of a clip, where it plays at the frame, over what would be shown without it."""
        clip = track.clips[index]
        change = clip.transition
        if change is None or frame >= clip.end or not -change.before <= frame - clip.start < change.after:
            return shown
        previous = track.clips[index - 1] if index > 0 and track.clips[index - 1].end == clip.start else None
        if frame >= clip.start:
            shown = self.clip(previous, frame) if previous else None
        return self._change(change, clip, frame, shown)

    def _change(self, change: Transition, clip: Clip, frame: int, outgoing: Node | None) -> Node | None:
        incoming = self.clip(clip, frame)
        if outgoing is None and incoming is None:
            return None
        share = Fraction(2 * (frame - clip.start + change.before) + 1, 2 * (change.before + change.after))
        effect = single(change.effect, 2)
        if effect.heavy and self.draft:
            return incoming if share >= Fraction(1, 2) else outgoing
        params = {**arguments(effect, change.effect, frame - clip.start), "progress": float(share)}
        return call(effect.id, params, outgoing or self.blank(), incoming or self.blank())

    def _ground(self, clip: Clip, place: int) -> Ground | None:
        source = clip.source
        if isinstance(source, Media):
            return media_ground(source)
        effect = single(source, 0)
        if effect.heavy and self.draft:
            return None
        size = (self.timeline.height, self.timeline.width) if effect.heavy else self.canvas
        return Ground(partial(self._generated, source, place, size), self._beside, size)

    def _beside(self, time: Fraction, k: int) -> Fraction:
        return time + k / self.timeline.rate

    def _generated(self, source: EffectCall, place: int, size: Size, time: Fraction) -> Node:
        effect = single(source, 0)
        params = {**arguments(effect, source, place), "height": size[0], "width": size[1]}
        if effect.clock:
            params["time"] = time
        return call(effect.id, params)


def media_ground(media: Media) -> Ground | None:
    """Give the ground that a media is for effects; None if it has no picture."""
    if not (media.width and media.height):
        return None
    step = 1 / media.rate if media.rate else Fraction(0)

    def held(time: Fraction) -> Fraction:
        return min(max(time, Fraction(0)), media.duration)

    def at(time: Fraction) -> Node:
        return Decode(media, held(time))

    def beside(time: Fraction, k: int) -> Fraction:
        return held(time + k * step) if k else time

    return Ground(at, beside, (media.height, media.width), media.sample_aspect)

"""A frame of a timeline as an expression: which pictures, and what is done to them."""

from dataclasses import dataclass
from fractions import Fraction
from functools import partial, reduce
from math import ceil, floor

from vgan_studio.effects.spec import Size
from vgan_studio.timeline.lookup import Takeover, clip_at, source_time, takeover_at
from vgan_studio.timeline.values import Clip, EffectCall, Media, Timeline, Track

from . import between
from .node import Asset, Call, Decode, Node, heavy_nodes
from .stack import Ground, arguments, call, single, stack, steps
from .words import words

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
    layers += scene.words(frame)
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
        takeover = takeover_at(track, frame)
        if takeover is not None:
            return self._takeover(takeover, frame)
        clip = clip_at(track, frame)
        return self._clip(clip, frame) if clip else None

    def words(self, frame: int) -> list[Node]:
        """Give the subtitles of a frame, drawn as titles are."""
        return [self._generated(call, place, self.canvas, Fraction(0)) for call, place in words(self.timeline, frame)]

    def blank(self) -> Node:
        """Give an empty picture of the canvas's size."""
        return self._generated(EffectCall("core.blank"), 0, self.canvas, Fraction(0))

    def _clip(self, clip: Clip, frame: int) -> Node | None:
        """Give what a clip shows at a frame, which may lie outside of it; None if it has no picture."""
        place = frame - clip.start
        ground = self._ground(clip, place)
        if ground is None:
            return None
        tween, effects = between.parted(clip.effects, place)
        if tween is not None and isinstance(clip.source, Media) and not self.draft:
            ground = between.at_speed(ground, clip.source, tween, abs(clip.speed) / self.timeline.rate / 2)
        time = source_time(clip, frame, self.timeline.rate)
        return stack(ground, steps(effects, place, draft=self.draft), time, self.canvas)

    def _takeover(self, takeover: Takeover, frame: int) -> Node | None:
        incoming = self._clip(takeover.incoming, frame)
        outgoing = self._clip(takeover.outgoing, frame) if takeover.outgoing else None
        turn = takeover.transition.effect
        effect = single(turn, 2)
        if outgoing is None and incoming is None:
            return None
        if effect.heavy and self.draft:
            return incoming if 2 * takeover.progress >= 1 else outgoing
        progress = {"progress": float(takeover.progress)}
        params = {**arguments(effect, turn, frame - takeover.incoming.start), **progress}
        return call(effect.id, params, outgoing or self.blank(), incoming or self.blank())

    def _ground(self, clip: Clip, place: int) -> Ground | None:
        source = clip.source
        if isinstance(source, Media):
            return media_ground(source)
        effect = single(source, 0)
        if effect.heavy and self.draft:
            return None
        size = (self.timeline.height, self.timeline.width) if effect.heavy else self.canvas
        return Ground(partial(self._generated, source, place, size), self._beside, self._number, size)

    def _beside(self, time: Fraction, k: int) -> Fraction:
        return time + k / self.timeline.rate

    def _number(self, time: Fraction) -> int:
        return floor(time * self.timeline.rate)

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
        time = min(max(time, Fraction(0)), media.duration)
        if not media.steady:
            return time
        # one time for each picture: slow motion shows a picture many times, and computes it once
        number = min(floor(time * media.rate), max(ceil(media.duration * media.rate) - 1, 0))
        return (number + Fraction(1, 2)) * step

    def at(time: Fraction) -> Node:
        return Decode(media, held(time))

    def beside(time: Fraction, k: int) -> Fraction:
        return held(time + k * step) if k else time

    def number(time: Fraction) -> int:
        return floor(held(time) * media.rate)

    return Ground(at, beside, number, (media.height, media.width), media.sample_aspect)

"""What a picture is compared with, and how steady it is: other versions of the same film."""

from collections.abc import Callable, Collection, Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

from vgan_studio.timeline.values import EffectCall, Timeline

from .gestures import bypassed
from .requests import RANGE, Tools

if TYPE_CHECKING:
    from vgan_studio.render.flicker import Flicker

Stacks = Mapping[int, tuple[EffectCall, ...]]  # the effects of clips, by their ids


def original(timeline: Timeline, heavy: Collection[str]) -> Timeline:
    """Give the film without the effects that ask a network."""
    return bypassed(timeline, heavy)


def stacks_of(timeline: Timeline) -> Stacks:
    """Give the effects of every clip that has some, to be compared with later ones."""
    return {clip.id: clip.effects for track in timeline.tracks for clip in track.clips if clip.effects}


def with_stacks(timeline: Timeline, stacks: Stacks) -> Timeline:
    """Give the film with the effects that clips had; clips that are new keep theirs."""
    tracks = tuple(
        replace(track, clips=tuple(replace(clip, effects=stacks.get(clip.id, clip.effects)) for clip in track.clips))
        for track in timeline.tracks
    )
    return replace(timeline, tracks=tracks)


def with_effects_of(timeline: Timeline, stacks: Stacks, clip_ids: Sequence[int]) -> Timeline:
    """Give clips the effects that they had."""
    chosen = {id: stacks[id] for id in clip_ids if id in stacks}
    return with_stacks(timeline, chosen)


def measuring_flicker(
    timeline: Timeline, heavy: Collection[str], frames: Sequence[int], tools: Callable[[], Tools]
) -> Generator["Flicker"]:
    """Measure how much frames in a row flicker, beside their sources.

    Raises:
        VganError: a frame cannot be computed.
    """
    from vgan_studio.render.evaluate import Renderer
    from vgan_studio.render.flicker import flickering

    made = tools()
    with closing(Renderer(made.engine, made.cache)) as renderer, made.engine.asking(RANGE):
        yield from flickering(renderer, timeline, original(timeline, heavy), frames)

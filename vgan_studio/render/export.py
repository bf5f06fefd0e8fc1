"""A timeline to a file."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace
from fractions import Fraction
from functools import partial
from itertools import compress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vgan_studio.errors import EditError
from vgan_studio.media.codecs import CODECS, Codec, SoundCodec, choose_codec
from vgan_studio.media.pixel_format import holds
from vgan_studio.media.stream_format import BT709
from vgan_studio.media.writer import Target, Writer
from vgan_studio.timeline import otio
from vgan_studio.timeline.bin import relink_paths
from vgan_studio.timeline.tracks import audible
from vgan_studio.timeline.values import Media, Timeline

from .cache import Cache
from .counters import Counters
from .film import Progress, Samples, Schedule, film, together
from .ledger import Ledger
from .mix import CHANNELS, Mixer, sample_at
from .node import Node
from .plan import plan
from .proof import PLAIN, Proof, proven
from .pulldown import Pulldown
from .subtitles import Way, beside, streams, with_burnt, written

if TYPE_CHECKING:
    from vgan_studio.engine.run import Engine

__all__ = ["Counters", "Progress", "Proof", "export"]


def export(
    timeline: Timeline,
    path: str | Path,
    engine: Engine,
    cache: Cache | None = None,
    *,
    codec: str = "",
    quality: int = 75,
    range: tuple[int, int] | None = None,
    size: tuple[int, int] | None = None,
    rate: Fraction | None = None,
    encoder: str = "",
    metadata: tuple[tuple[str, str], ...] = (),
    proof: Proof = PLAIN,
    subtitles: Way = "burn",
) -> Generator[Progress]:
    """Render a timeline into a file; closing the generator cancels it, and no file is left.

    Args:
        codec: a key of `CODECS` or `SOUND_CODECS`; "" for what the suffix of the path suggests.
        quality: 0 to 100.
        range: frames [start, end); the timeline's own range, or all of it, if not given.
        size: (width, height) of the pictures; the timeline's canvas if not given.
        rate: pictures per second; that of the timeline if not given.
        encoder: FFmpeg's name of a hardware encoder; "" for the codec's own.
        proof: the sidecar, a comparison with the preview, a signature.
        subtitles: "burn" those that are shown into the pictures, as the preview has them; write a "stream" for each
            track; a "file" for each beside the film; or "none".

    Raises:
        VganError: a picture cannot be computed, or the file cannot be written.
    """
    frames = range or timeline.range or (0, timeline.duration)
    if not frames[0] < frames[1]:
        raise EditError("There is nothing to export: the film has no frames there.")
    row = choose_codec(path, codec)
    target = _target(timeline, row, size or (timeline.width, timeline.height), rate or timeline.rate)
    target = replace(target, quality=quality, encoder=encoder, metadata=metadata)
    target = replace(target, subtitles=streams(timeline, frames) if subtitles == "stream" else ())
    files = beside(timeline, frames, Path(path)) if subtitles == "file" else ()
    timeline = with_burnt(timeline, subtitles)
    yield from written(_rendered(timeline, frames, Path(path), target, engine, cache=cache, proof=proof), files)


def render_order(timeline: Timeline, frames: tuple[int, int], target: Target) -> dict[str, Any]:
    """Say, for a sidecar, what it takes to plan a film's pictures again."""
    size = [target.width, target.height]
    written = {"codec": target.codec, "quality": target.quality, "lossless": lossless(target)}
    written |= {"rate": str(target.rate or timeline.rate)}
    return {"verb": "render", "project": project_text(timeline), "range": list(frames), "size": size, **written}


def project_text(timeline: Timeline) -> str:
    """Write a project for a sidecar: its media by their full paths."""
    return otio.dumps(relink_paths(timeline, lambda name: str(Path(name).absolute())))


def lossless(target: Target) -> bool:
    """Tell whether computed pictures come out of the file as they went in."""
    row = CODECS.get(target.codec)
    return row is not None and row.lossless and target.chroma == "rgb"


def _rendered(
    timeline: Timeline,
    frames: tuple[int, int],
    path: Path,
    target: Target,
    engine: Engine,
    *,
    cache: Cache | None,
    proof: Proof,
) -> Generator[Progress]:
    sources = {clip.source.path for track in timeline.tracks for clip in track.clips if isinstance(clip.source, Media)}
    with Mixer() as mixer:
        at_once = together((timeline.height, timeline.width), engine.device.type)
        schedule = _schedule(timeline, frames, target, mixer, at_once)
        ledger = Ledger(schedule.count)
        noting = replace(schedule, node=schedule.node and ledger.noting(schedule.node), written=ledger.written)
        steps = film(noting, Writer(path, target, sources=sources), engine, cache)
        order = partial(render_order, timeline, frames, target)
        yield from proven(steps, path, proof, ledger=ledger, order=order, planner=schedule.node, engine=engine)


def _schedule(timeline: Timeline, frames: tuple[int, int], target: Target, mixer: Mixer, at_once: int) -> Schedule:
    pictures = Pulldown(*frames, timeline.rate, target.rate or timeline.rate)

    def node(i: int) -> Node:
        return plan(timeline, pictures.frame(i), target.width, target.height)

    def time(i: int) -> Fraction:
        return i / pictures.rate

    def sound(first: int, last: int) -> Samples:
        low, high = (sample_at(pictures.place(i), timeline) for i in (first, last))
        return mixer.mix(timeline, low, high - low)

    seen, heard = target.width > 0, target.sample_rate > 0
    return Schedule(pictures.count, node if seen else None, time, sound if heard else None, at_once)


def _target(timeline: Timeline, row: Codec | SoundCodec, size: tuple[int, int], rate: Fraction) -> Target:
    silent = Target(row.id)
    heard = replace(silent, sample_rate=timeline.sample_rate, channels=CHANNELS)
    if isinstance(row, SoundCodec):
        return heard
    form = holds(row.formats[0])
    chroma = "rgb" if row.lossless else form.chroma  # what is computed is R'G'B', and lossless means all of it
    return replace(
        heard if row.sound and _heard(timeline) else silent,
        width=size[0],
        height=size[1],
        rate=rate,
        depth=form.depth,
        alpha=False,
        chroma=None if chroma == "gray" else chroma,
        colour=None if chroma == "rgb" else BT709,
    )


def _heard(timeline: Timeline) -> bool:
    """Tell whether any clip has sound at all."""
    tracks = compress(timeline.tracks, audible(timeline))
    clips = (clip for track in tracks for clip in track.clips if not clip.muted)
    return any(isinstance(clip.source, Media) and clip.source.channels for clip in clips)

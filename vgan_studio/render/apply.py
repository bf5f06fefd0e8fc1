"""One file through effects into another: its own times, sound, tags, chapters and pixel shape stay."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from fractions import Fraction
from functools import partial
from math import floor
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from vgan_studio.effects.spec import Size
from vgan_studio.errors import MediaError
from vgan_studio.media.codecs import Codec, SoundCodec, choose_codec
from vgan_studio.media.pixel_format import holds
from vgan_studio.media.probe import Probe, probe
from vgan_studio.media.sound import AudioReader
from vgan_studio.media.target import Chapter, CopiedSound
from vgan_studio.media.writer import Target, Writer
from vgan_studio.timeline.values import Clip, EffectCall, Media, Timeline, Track

from . import between
from .cache import Cache
from .export import lossless, project_text
from .film import Progress, Samples, Schedule, film, together
from .ledger import Ledger
from .node import Decode, Node
from .proof import PLAIN, Proof, proven
from .shots import Shots, shots
from .stack import Ground, stack, steps

if TYPE_CHECKING:
    from vgan_studio.engine.run import Engine

Sound = Literal["auto", "copy", "encode", "none"]

_NOT_TAGS = {"major_brand", "minor_version", "compatible_brands", "encoder", "duration"}
_NARROW = {"bt709", "smpte170m", "bt470bg", "smpte240m", "unknown"}  # primaries that pixels keep


def apply(
    source: str | Path,
    effects: Sequence[EffectCall],
    path: str | Path,
    engine: Engine | None,
    cache: Cache | None = None,
    *,
    codec: str = "",
    quality: int = 75,
    range: tuple[int | None, int | None] = (None, None),
    sound: Sound = "auto",
    encoder: str = "",
    proof: Proof = PLAIN,
) -> Generator[Progress]:
    """Send a file through effects; closing the generator cancels it, and no file is left.

    Args:
        engine: None will do where there are no effects; then nothing waits for torch.
        codec: a key of `CODECS` or `SOUND_CODECS`; "" for what the suffix of the path suggests.
        quality: 0 to 100.
        range: pictures [first, end) of the source, whatever is made between them; None: from its start, to its end.
        sound: taken over packet by packet ("auto", "copy"; what the new file cannot hold is encoded anew and said),
            "encode"d anew, or "none".
        encoder: FFmpeg's name of a hardware encoder; "" for the codec's own.
        proof: the sidecar, a comparison with the preview, a signature.

    Raises:
        VganError: the file cannot be read, a picture cannot be computed, or the new file cannot be written.
    """
    info, row = probe(source), choose_codec(path, codec)
    if not isinstance(row, SoundCodec) and not info.width:
        raise MediaError(f"{Path(source).name} has no pictures.")
    own = shots(info, *range)
    found, size = _finer(own, effects), _size(info, effects)
    target = replace(_target(info, row, effects, size, found), quality=quality, encoder=encoder)
    with ExitStack() as opened:
        heard = _samples(info, found, opened) if sound == "encode" or isinstance(row, SoundCodec) else None
        target = _with_sound(target, info, row, found, sound, encoded=heard is not None)
        node = None if isinstance(row, SoundCodec) else planner(info.media(), effects, own)
        largest, finer = max(size, (info.height, info.width)), between.factor(between.parted(effects, 0)[0])
        at_once = together(largest, engine.device.type if engine else "cpu", finer)
        ledger = Ledger(found.count)
        schedule = Schedule(found.count, node and ledger.noting(node), found.shown, heard, at_once, ledger.written)
        steps = film(schedule, Writer(path, target, sources=[source]), engine, cache)
        order = partial(apply_order, info, effects, range, target)
        yield from proven(steps, Path(path), proof, ledger=ledger, order=order, planner=node, engine=engine)


def planner(media: Media, effects: Sequence[EffectCall], own: Shots) -> Callable[[int], Node]:
    """Give what says how each picture of the new file comes about; `own` are the pictures of the source."""
    return partial(_node, media, effects, own, _finer(own, effects))


def _finer(own: Shots, effects: Sequence[EffectCall]) -> Shots:
    return own.finer(between.factor(between.parted(effects, 0)[0]))


def apply_order(
    info: Probe, effects: Sequence[EffectCall], range: tuple[int | None, int | None], target: Target
) -> dict[str, Any]:
    """Say, for a sidecar, what it takes to plan a file's pictures again: a project of one clip, and the range."""
    media = info.media()
    clip = Clip(1, 0, 1, media, effects=tuple(effects))
    film = Timeline(Fraction(24), 64, 64, tracks=(Track("video", (clip,)),), media=(media,), next_id=2)
    written = {"codec": target.codec, "quality": target.quality, "lossless": lossless(target)}
    return {"verb": "apply", "project": project_text(film), "range": list(range), **written}


def _node(media: Media, effects: Sequence[EffectCall], own: Shots, found: Shots, i: int) -> Node:
    def at(time: Fraction) -> Node:
        return Decode(media, time)

    ground = Ground(at, own.beside, own.number, (media.height, media.width), media.sample_aspect)
    tween, rest = between.parted(effects, i)
    if tween is not None:
        ground = between.multiplied(ground, own, found, tween)
    return stack(ground, steps(rest, i), found.middle(i))


def _size(info: Probe, effects: Sequence[EffectCall]) -> Size:
    """Give the height and width that come out of the effects; what does not fit is said here, before the work."""
    size = info.height, info.width
    for step in steps(between.parted(effects, 0)[1], 0):
        size = step.after(size)
    return size


def _with_sound(
    target: Target, info: Probe, row: Codec | SoundCodec, found: Shots, sound: Sound, *, encoded: bool
) -> Target:
    """Say how the sound comes into the file: encoded anew, packet by packet, or not at all."""
    if encoded:
        return replace(target, sample_rate=info.sample_rate, channels=info.channels)
    if sound in ("encode", "none") or isinstance(row, SoundCodec) or not row.sound:
        return target
    return replace(target, copied=CopiedSound(Path(info.path), found.start_time, _until(found)))


def _until(found: Shots) -> Fraction | None:
    return found.end_time if found.end < len(found.times) else None


def _samples(info: Probe, found: Shots, opened: ExitStack) -> Callable[[int, int], Samples] | None:
    """Open the sound, and say which samples belong to pictures [a, b)."""
    if not info.channels:
        return None
    reader = opened.enter_context(AudioReader(info.path, info.sample_rate, info.channels))
    start = floor(found.start_time * info.sample_rate + Fraction(1, 2))

    def edge(i: int) -> int:
        time = found.shown(i) if i < found.count else found.end_time - found.start_time
        return floor(time * info.sample_rate + Fraction(1, 2))

    return lambda first, last: reader.read(start + edge(first), edge(last) - edge(first))


def _target(info: Probe, row: Codec | SoundCodec, effects: Sequence[EffectCall], size: Size, found: Shots) -> Target:
    if isinstance(row, SoundCodec):
        return Target(row.id, metadata=_tags(info), chapters=_chapters(info, found))
    fitted = any(call.enabled and call.id == "core.fit" for call in effects)
    target = Target(
        row.id,
        width=size[1],
        height=size[0],
        rate=found.rate,
        sample_aspect=Fraction(1) if fitted else info.sample_aspect,
        metadata=_tags(info),
        chapters=_chapters(info, found),
        time_base=found.time_base if found.rate is None else None,
    )
    return _computed(target, info, row) if any(call.enabled for call in effects) else target


def _computed(target: Target, info: Probe, row: Codec) -> Target:
    """Say how pictures that come out of effects lie in the file; without effects they lie as in the source."""
    forms = [holds(name) for name in row.formats]
    chroma = "rgb" if row.lossless else forms[0].chroma
    narrow = info.colour is not None and not info.colour.hdr and info.colour.primaries in _NARROW
    return replace(
        target,
        depth=max(8, info.depth),
        alpha=info.alpha and any(form.alpha for form in forms),
        chroma=None if chroma == "gray" else chroma,
        colour=info.colour if narrow and chroma != "rgb" else None,
    )


def _tags(info: Probe) -> tuple[tuple[str, str], ...]:
    return tuple((name, text) for name, text in info.metadata if name.lower() not in _NOT_TAGS)


def _chapters(info: Probe, found: Shots) -> tuple[Chapter, ...]:
    """Give the chapters of the range, in the new film's time."""
    start, end = found.start_time, found.end_time
    return tuple(
        Chapter(max(one.start, start) - start, min(one.end, end) - start, one.title)
        for one in info.chapters
        if one.start < end and one.end > start
    )

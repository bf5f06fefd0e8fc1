"""A clip of an OTIO file -> Clip.

What the file shows is believed.  Our exact values in its metadata are taken where they agree with it: a clip that
another program has trimmed keeps its effects, and its curves stay on the pictures they were set for.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from .curve import Curve
from .otio_bounds import Aside
from .otio_values import (
    DISSOLVE,
    EASINGS,
    Json,
    Tree,
    damaged,
    flag,
    fraction,
    frames,
    others_of,
    own,
    path_of,
    read_call,
    read_easing,
    read_fade,
    read_metadata,
    read_value,
    start_of,
    url_of,
    value_tree,
    whole,
)
from .otio_writer import transition_type
from .pieces import head_cut
from .values import Clip, EffectCall, Media, Transition

_WARPS = ("LinearTimeWarp", "FreezeFrame")
_NEAR = 1e-3  # of a frame: less than this is the rounding of a float


@dataclass(slots=True)
class Reading:
    """What is known while a file is read.  Owned by one load.

    Attributes:
        aside: what the parser did not see.
        rate: of the film.
        media: the bin, by fingerprint; grows by what clips show.
        ids: of the clips read so far.
        next_id: larger than every id in the file.
    """

    aside: Aside
    rate: Fraction
    media: dict[str, Media]
    ids: set[int]
    next_id: int

    def beside(self, node: Tree, **defaults: Any) -> Tree:
        """Give the fields of an object that our values have no place for, where they are not the default."""
        fields = {name: node.get(name) for name, default in defaults.items() if node.get(name) not in (None, default)}
        return {**{name: self.aside.restored(part) for name, part in fields.items()}, **self.aside.extra(node)}

    def new_id(self, shown: object) -> int:
        """Give a clip the id that it had, or a new one: another program may have copied it."""
        if isinstance(shown, int) and shown > 0 and shown not in self.ids:
            self.ids.add(shown)
            return shown
        self.next_id += 1
        self.ids.add(self.next_id - 1)
        return self.next_id - 1


def schema_of(node: Tree) -> str:
    """Give the name of an object's schema, without its version."""
    return str(node["OTIO_SCHEMA"]).partition(".")[0]


def read_clip(reading: Reading, node: Tree, turn: Tree | None, start: int, duration: int) -> Clip | None:
    """Read a clip that comes in by `turn`; None for what we cannot show: disabled, or a strange generator."""
    aside, rate = reading.aside, reading.rate
    active = node["active_media_reference_key"]
    reference = node["media_references"].get(active)
    source = _source(reading, reference)
    if source is None or not node["enabled"]:
        return None
    metadata = aside.metadata(node)
    mine = own(metadata)
    calls, others, scalar = _effects(reading, node["effects"])
    kept = _kept(reading, node, source, others)
    transition = _transition(reading, turn, kept)
    shown = node.get("source_range")
    low = frames(shown["start_time"], rate) - (start_of(reference, rate) if reference else 0) if shown else 0
    clip = Clip(
        reading.new_id(mine.get("id")),
        start,
        duration,
        source,
        effects=calls,
        transition=transition,
        gain_db=_gain(mine.get("gain_db", 0.0)),
        fade_in=read_fade(mine.get("fade_in")),
        fade_out=read_fade(mine.get("fade_out")),
        muted=flag(mine.get("muted", False)),
        name=node["name"],
        metadata=read_metadata(metadata, kept),
        group=whole(mine.get("group", 0), 0),
    )
    return _timed(clip, mine, low, scalar, rate)


def _timed(clip: Clip, mine: Tree, low: int | Fraction, scalar: float, rate: Fraction) -> Clip:
    """Give a clip its source time and speed: the exact ones, if they say what is shown."""
    if "source_in" not in mine:
        speed = Fraction(scalar).limit_denominator(10**6)
        return replace(clip, source_in=_first(low, clip.duration, speed, rate), speed=speed)
    duration, source_in, exact = whole(mine.get("duration")), fraction(mine["source_in"]), fraction(mine.get("speed"))
    if abs(scalar - float(exact)) > 1e-9 * max(1, abs(scalar)):
        speed = Fraction(scalar).limit_denominator(10**6)
        same = exact > 0 and speed > 0 and abs(low - source_in * rate) < _NEAR
        return replace(clip, source_in=source_in if same else _first(low, clip.duration, speed, rate), speed=speed)
    first: int | Fraction = low if exact >= 0 else low - exact * clip.duration
    if clip.duration == duration and float(first) == float(source_in * rate):
        return replace(clip, source_in=source_in, speed=exact)
    away = (first - source_in * rate) / (exact or 1)
    cut = round(away)
    if abs(away - cut) >= max(_NEAR, abs(float(first)) * 1e-12) or (exact == 0 and cut):
        return replace(clip, source_in=_first(low, clip.duration, exact, rate), speed=exact)
    if clip.duration == duration:  # slipped, if at all
        return replace(clip, source_in=source_in + cut * exact / rate, speed=exact)
    trimmed = head_cut(replace(clip, source_in=source_in, speed=exact), cut, rate)
    return replace(trimmed, start=clip.start, duration=clip.duration)


def _first(low: int | Fraction, duration: int, speed: Fraction, rate: Fraction) -> Fraction:
    return Fraction(low + max(Fraction(0), -speed * duration)).limit_denominator(10**6) / rate


def _gain(tree: Json) -> float | Curve:
    gain = read_value(tree)
    if isinstance(gain, bool | str | tuple) or (isinstance(gain, Curve) and isinstance(gain.keys[0].value, tuple)):
        raise damaged("a gain")
    return gain


def _source(reading: Reading, reference: Tree | None) -> Media | EffectCall | None:
    if reference is None or reading.aside.unknown(reference) is not None:
        return _medium(reading, {}, "", "?", 0)
    mine = own(reading.aside.metadata(reference))
    if schema_of(reference) == "GeneratorReference":
        return _generator(reading, reference, mine)
    shown = reference.get("available_range")
    length = max(0, frames(shown["duration"], reading.rate)) if shown else 0
    path = _path(reference)
    return _medium(reading, mine, path, f"?{path}", length)


def _path(reference: Tree) -> str:
    if schema_of(reference) == "ExternalReference":
        return path_of(str(reference["target_url"]))
    if schema_of(reference) == "ImageSequenceReference":
        number = f"%0{reference['frame_zero_padding']}d"
        return f"{path_of(reference['target_url_base'])}{reference['name_prefix']}{number}{reference['name_suffix']}"
    return ""


def _medium(reading: Reading, mine: Tree, path: str, fingerprint: str, length: int | Fraction) -> Media:
    """Give the medium of the bin that is meant, or put one there that nobody has looked at yet."""
    named = reading.media.get(str(mine.get("fingerprint")))
    if named is not None and url_of(named.path) == url_of(path):
        return named
    for media in reading.media.values() if path and mine else ():
        if media.path == path:
            return media
    if fingerprint not in reading.media:
        duration = (Fraction(length) / reading.rate).limit_denominator(10**9)
        reading.media[fingerprint] = Media(path, fingerprint, duration)
    return reading.media[fingerprint]


def _generator(reading: Reading, reference: Tree, mine: Tree) -> EffectCall | None:
    kind = reference["generator_kind"]
    shown = reading.aside.extra(reference).get("parameters") or {}
    if mine.get("id") == kind:
        call = read_call(mine)
        if {name: value_tree(value) for name, value in call.params} == shown:
            return call
    if "." not in kind:
        return None  # no generator of ours: those are "family.name"
    return read_call({"id": kind, "params": shown})


def _effects(reading: Reading, nodes: Iterable[Tree]) -> tuple[tuple[EffectCall, ...], list[Tree], float]:
    """Give our effects, those of others, and the speed."""
    calls: list[EffectCall] = []
    others: list[Tree] = []
    scalar = 1.0
    for node in nodes:
        mine = own(reading.aside.metadata(node))
        if schema_of(node) in _WARPS and node["enabled"]:
            scalar *= node["time_scalar"]
        elif schema_of(node) == "Effect" and mine and mine.get("id") == node["effect_name"]:
            calls.append(replace(read_call(mine), enabled=node["enabled"]))
        else:
            others.append(reading.aside.restored(node))
    return tuple(calls), others, scalar


def _kept(reading: Reading, node: Tree, source: Media | EffectCall, effects: list[Tree]) -> Tree:
    active = node["active_media_reference_key"]
    references = {key: reading.aside.restored(part) for key, part in node["media_references"].items() if key != active}
    kept: Tree = {"clip": reading.beside(node, markers=[], color=None), "effects": effects, "references": references}
    if active != "DEFAULT_MEDIA":
        kept["active"] = active
    reference = node["media_references"].get(active)
    if isinstance(source, Media) and reference is not None and _strange(reading, reference, source):
        kept |= {"reference": _without_ours(reading.aside.restored(reference)), "path": source.path}
        kept["begin"] = str(Fraction(start_of(reference, reading.rate)) / reading.rate)
    return {name: part for name, part in kept.items() if part or name in ("path", "active")}


def _without_ours(node: Tree) -> Tree:
    metadata = node.get("metadata")
    return {**node, "metadata": others_of(metadata)} if isinstance(metadata, dict) else node


def _strange(reading: Reading, reference: Tree, media: Media) -> bool:
    """It says something else than we would write."""
    if reading.aside.unknown(reference) is not None or schema_of(reference) == "ImageSequenceReference":
        return True
    beside = reading.beside(reference, name="", available_image_bounds=None)
    if beside or others_of(reading.aside.metadata(reference)) or start_of(reference, reading.rate):
        return True
    span = reference.get("available_range")
    if span is None or media.still:
        return (span is None) != media.still
    return abs(frames(span["duration"], reading.rate) - media.duration * reading.rate) > _NEAR


def _transition(reading: Reading, turn: Tree | None, kept: Tree) -> Transition | None:
    if turn is None:
        return None
    metadata = reading.aside.metadata(turn)
    mine = own(metadata)
    call, ease = (read_call(mine), read_easing(mine)) if mine else (EffectCall(DISSOLVE), EASINGS["linear"])
    if transition_type(call) != turn["transition_type"]:
        call = EffectCall(DISSOLVE)
    found = {"transition": reading.beside(turn, name=""), "transition_metadata": others_of(metadata)}
    kept |= {name: part for name, part in found.items() if part}
    before, after = (round(frames(turn[name], reading.rate)) for name in ("in_offset", "out_offset"))
    before, after = max(0, before), max(0, after)
    return Transition(before, after, call, ease) if before + after else None

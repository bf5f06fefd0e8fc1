"""Timeline -> the JSON of an OTIO file, one line per clip.

What OTIO can say is said in its own schemas, so that other programs show it rightly; what it cannot say exactly lies
in the metadata of the same object under "vgan_studio".  Where a speed is not 1, the source range still has the length
that the clip has on the track (as OTIO computes it), and begins at the earliest source time that is shown.
"""

import json
import logging
from fractions import Fraction

from .lookup import clip_at
from .otio_subtitles import write_subtitles
from .otio_values import (
    DISSOLVE,
    VERSION,
    Tree,
    call_tree,
    fade_tree,
    fraction,
    gap_tree,
    kept_of,
    media_tree,
    metadata_tree,
    nested,
    range_tree,
    time_tree,
    turn_tree,
    url_of,
    value_tree,
)
from .values import Clip, EffectCall, Marker, Media, Timeline, Track, Transition

log = logging.getLogger(__name__)


def write(timeline: Timeline) -> str:
    """Write a timeline as OTIO JSON."""
    kept = kept_of(timeline.metadata)
    tracks = [_track(track, timeline.rate) for track in timeline.tracks]
    for other in kept.get("tracks", []):
        tracks.insert(min(other["index"], len(tracks)), json.dumps(other["object"]))
    tracks += [write_subtitles(track, timeline.rate) for track in timeline.subtitles]
    stack = {
        "OTIO_SCHEMA": "Stack.1",
        "name": "tracks",
        "source_range": None,
        "effects": [],
        "enabled": True,
        **kept.get("stack", {}),
        "markers": [*(_marker(marker, timeline.rate) for marker in timeline.markers), *kept.get("markers", [])],
    }
    head = {
        "OTIO_SCHEMA": "Timeline.1",
        "metadata": metadata_tree(timeline.metadata, _own(timeline)),
        "name": "",
        "global_start_time": None,
        **kept.get("timeline", {}),
    }
    return nested(head, "tracks", nested(stack, "children", "[\n" + ",\n".join(tracks) + "\n]"))


def low_end(clip: Clip, rate: Fraction) -> Fraction:
    """Give the earliest source time of a clip, in frames of the timeline."""
    low = clip.source_in * rate
    return low if clip.speed >= 0 else low + clip.duration * clip.speed


def transition_type(effect: EffectCall) -> str:
    """Give the name that other programs know for a transition."""
    return "SMPTE_Dissolve" if effect.id == DISSOLVE else "Custom_Transition"


def _own(timeline: Timeline) -> Tree:
    return {
        "version": VERSION,
        "rate": str(timeline.rate),
        "width": timeline.width,
        "height": timeline.height,
        "sample_rate": timeline.sample_rate,
        "next_id": timeline.next_id,
        "range": timeline.range and list(timeline.range),
        "media": [media_tree(media) for media in timeline.media],
        "folders": [{"path": list(folder.path), "media": list(folder.media)} for folder in timeline.folders],
    }


def _track(track: Track, rate: Fraction) -> str:
    kept = kept_of(track.metadata)
    seen = {"video": not track.hidden, "audio": not track.muted}[track.kind]
    fields = {
        "OTIO_SCHEMA": "Track.1",
        "effects": [],
        "markers": [],
        **kept.get("track", {}),
        "name": track.name,
        "metadata": metadata_tree(track.metadata, _own_of_track(track)),
        "source_range": None,
        "enabled": seen,
        "kind": track.kind.title(),
    }
    children = ",\n".join(map(json.dumps, _children(track, kept.get("others", []), rate)))
    return nested(fields, "children", "[\n" + children + "\n]")


def _own_of_track(track: Track) -> Tree:
    flags: Tree = {"locked": track.locked, "muted": track.muted, "hidden": track.hidden}
    return {**flags, "gain_db": track.gain_db, "pan": track.pan, **({"solo": True} if track.solo else {})}


def _children(track: Track, others: list[Tree], rate: Fraction) -> list[Tree]:
    """Give what lies on a track in order; what we only keep goes where there is still a gap for it."""
    places: list[tuple[int, int, int, Clip | Tree]] = [(clip.start, 1, clip.duration, clip) for clip in track.clips]
    places += [(other["start"], 0, other["duration"], other["object"]) for other in others]
    children: list[Tree] = []
    end = 0
    for start, _, duration, thing in sorted(places, key=lambda place: place[:2]):
        if not isinstance(thing, Clip) and not _fits(thing, start, duration, end, track):
            log.warning("What another program had put at frame %d is left out: its place is taken.", start)
            continue
        if start > end:
            children.append(gap_tree(start - end, rate))
        children += _clip(thing, rate) if isinstance(thing, Clip) else [thing]
        end = start + duration
    return children


def _fits(thing: Tree, start: int, duration: int, end: int, track: Track) -> bool:
    if str(thing.get("OTIO_SCHEMA")).startswith("Transition."):  # out of the clip before, into nothing
        return start == end > 0 and clip_at(track, start) is None
    return start >= end and not any(clip.start < start + duration and start < clip.end for clip in track.clips)


def _clip(clip: Clip, rate: Fraction) -> list[Tree]:
    kept = kept_of(clip.metadata)
    reference, begin = _reference(clip, kept, rate)
    ours: Tree = {
        "id": clip.id,
        "duration": clip.duration,
        "source_in": str(clip.source_in),
        "speed": str(clip.speed),
        "gain_db": value_tree(clip.gain_db),
        "fade_in": fade_tree(clip.fade_in),
        "fade_out": fade_tree(clip.fade_out),
        "muted": clip.muted,
    }
    if clip.group:
        ours["group"] = clip.group
    active = kept.get("active", "DEFAULT_MEDIA")
    tree = {
        "OTIO_SCHEMA": "Clip.2",
        "markers": [],
        **kept.get("clip", {}),
        "name": clip.name,
        "metadata": metadata_tree(clip.metadata, ours),
        "source_range": range_tree(low_end(clip, rate) + begin, clip.duration, rate),
        "effects": [*_warp(clip.speed), *map(_effect, clip.effects), *kept.get("effects", [])],
        "enabled": True,
        "media_references": {**kept.get("references", {}), active: reference},
        "active_media_reference_key": active,
    }
    return [_transition(clip.transition, kept, rate), tree] if clip.transition else [tree]


def _reference(clip: Clip, kept: Tree, rate: Fraction) -> tuple[Tree, int | Fraction]:
    """Give the reference of a clip's source, and the frame at which the source's own time begins."""
    source = clip.source
    if isinstance(source, EffectCall):
        params = {name: value_tree(value) for name, value in source.params}
        return {
            "OTIO_SCHEMA": "GeneratorReference.1",
            "name": source.id,
            "available_range": None,
            "generator_kind": source.id,
            "parameters": params,
            "metadata": {"vgan_studio": call_tree(source)},
        }, 0
    mine = {"fingerprint": source.fingerprint}
    old = kept.get("reference")
    if old is not None and kept.get("path") == source.path:
        theirs = old.get("metadata")
        signed = {"metadata": {**(theirs or {}), "vgan_studio": mine}} if isinstance(theirs, dict | None) else {}
        return {**old, **signed}, fraction(kept.get("begin", "0")) * rate
    return _external(source, mine, rate), 0


def _external(media: Media, mine: Tree, rate: Fraction) -> Tree:
    available = None if media.still else range_tree(Fraction(0), media.duration * rate, rate)
    schema = {"OTIO_SCHEMA": "ExternalReference.1", "target_url": url_of(media.path)}
    if not media.path:
        schema = {"OTIO_SCHEMA": "MissingReference.1"}
    return {**schema, "name": "", "available_range": available, "metadata": {"vgan_studio": mine}}


def _warp(speed: Fraction) -> list[Tree]:
    if speed == 1:
        return []
    kind = "LinearTimeWarp" if speed else "FreezeFrame"
    fields = {"name": "", "effect_name": kind, "enabled": True, "time_scalar": float(speed)}
    return [{"OTIO_SCHEMA": f"{kind}.1", "metadata": {}, **fields}]


def _effect(call: EffectCall) -> Tree:
    return {
        "OTIO_SCHEMA": "Effect.1",
        "metadata": {"vgan_studio": call_tree(call)},
        "name": call.id,
        "effect_name": call.id,
        "enabled": call.enabled,
    }


def _transition(transition: Transition, kept: Tree, rate: Fraction) -> Tree:
    return {
        "OTIO_SCHEMA": "Transition.1",
        "name": "",
        **kept.get("transition", {}),
        "metadata": {**kept.get("transition_metadata", {}), "vgan_studio": turn_tree(transition)},
        "in_offset": time_tree(transition.before, rate),
        "out_offset": time_tree(transition.after, rate),
        "transition_type": transition_type(transition.effect),
    }


def _marker(marker: Marker, rate: Fraction) -> Tree:
    kept = kept_of(marker.metadata)
    return {
        "OTIO_SCHEMA": "Marker.2",
        **kept.get("marker", {}),
        "name": marker.name,
        "metadata": metadata_tree(marker.metadata, {"color": marker.color}),
        "color": marker.color.upper(),
        "marked_range": {**range_tree(Fraction(marker.frame), 0, rate), **kept.get("length", {})},
        "comment": marker.note,
    }

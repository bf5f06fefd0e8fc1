"""The tree of an OTIO file, as its parser gave it -> Timeline.

What the file shows is believed; our exact values in the metadata are taken where they agree with it.  What a timeline
of ours cannot hold (strange schemas, nested stacks, effects and markers of others) is kept as text and written again.
"""

import logging
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import chain
from typing import Literal

from vgan_studio.errors import ProjectError

from .check import MAX_FRAME, canvas_faults, faults
from .otio_bounds import Aside
from .otio_clip import Reading, read_clip, schema_of
from .otio_subtitles import holds_subtitles, read_subtitles
from .otio_values import (
    VERSION,
    Json,
    Tree,
    flag,
    fraction,
    frames,
    items,
    own,
    rate_of,
    read_folder,
    read_media,
    read_metadata,
    real,
    unknown_in,
    whole,
)
from .pieces import Clips, cleared, moved, settled
from .values import Clip, Marker, SubtitleTrack, Timeline, Track

log = logging.getLogger(__name__)

_KINDS: dict[str, Literal["video", "audio"]] = {"Video": "video", "Audio": "audio"}


@dataclass(slots=True)
class _Row:
    """A track while it is read: its clips, and the places of what we only keep."""

    clips: list[Clip] = field(default_factory=list)
    others: list[Tree] = field(default_factory=list)
    end: int | Fraction = 0  # frames


def read(tree: Tree, aside: Aside) -> Timeline:
    """Read a timeline.

    Raises:
        ProjectError: it is none, or not a sound one, or holds what only a newer version of this program knows.
    """
    node = _timeline_in(tree)
    metadata = aside.metadata(node)
    mine = own(metadata)
    _refuse_newer(mine, aside)
    stack = node.get("tracks") or {"OTIO_SCHEMA": "Stack.1", "children": [], "markers": []}
    rate = _rate(mine, node, stack)
    media = {medium.fingerprint: medium for medium in map(read_media, items(mine.get("media", [])))}
    reading = Reading(aside, rate, media, set(), _next_id(mine, aside))
    tracks, subtitles, strange = _tracks(reading, stack)
    markers, other_markers = _markers(reading, stack)
    kept = {
        "timeline": reading.beside(node, name="", global_start_time=None),
        "stack": _stack_beside(reading, stack),
        "markers": other_markers,
        "tracks": strange,
    }
    timeline = Timeline(
        rate,
        whole(mine.get("width", 1920)),
        whole(mine.get("height", 1080)),
        whole(mine.get("sample_rate", 48000)),
        tracks,
        tuple(reading.media.values()),
        reading.next_id,
        markers,
        _marked(mine.get("range")),
        read_metadata(metadata, {name: part for name, part in kept.items() if part}),
        tuple(map(read_folder, items(mine.get("folders", [])))),
        subtitles,
    )
    for fault in faults(timeline):
        raise ProjectError(f"The project file cannot be used. {fault}")
    return timeline


def _refuse_newer(mine: Tree, aside: Aside) -> None:
    """Refuse what a newer version of this program added: it would not be shown, and be lost on saving."""
    newer = [f"version {mine['version']}"] if mine and whole(mine.get("version")) > VERSION else []
    listed = (part for name in ("media", "folders") for part in items(mine.get(name, [])) if isinstance(part, dict))
    for part in chain((own(metadata) for metadata, _ in aside.objects), listed):
        newer += unknown_in(part)
    if newer:
        log.info("Not known here: %s", ", ".join(name[:40] for name in newer[:9]))
        raise ProjectError(
            "The project file was written by a newer version of this program, and some of it would be lost here. "
            "Open it with that version."
        )


def _timeline_in(tree: Tree) -> Tree:
    """Give the timeline of a file, or the first one of a collection."""
    if schema_of(tree) == "Timeline":
        return tree
    if schema_of(tree) == "SerializableCollection":
        for child in tree["children"]:
            if isinstance(child, dict) and schema_of(child) == "Timeline":
                log.warning("The file is a collection; its first timeline is taken.")
                return child
    raise ProjectError(f"The file holds a {schema_of(tree)}, but no timeline.")


def _rate(mine: Tree, node: Tree, stack: Tree) -> Fraction:
    """Give the film's rate: our exact one if the first clip agrees, else what is shown."""
    shown = _shown_rate(stack)
    if "rate" in mine:
        exact = fraction(mine["rate"])
        for fault in canvas_faults(exact, 1, 1, 48000):
            raise ProjectError(f"The project file cannot be used. {fault}")
        if shown is None or abs(shown - exact) <= 1e-6 * exact:
            return exact
    start = node.get("global_start_time")
    shown = start["rate"] if start and "rate" not in mine else shown
    return rate_of(24.0 if shown is None else shown, Fraction(24))


def _shown_rate(node: Tree) -> float | None:
    """Give the rate of the first thing that has one."""
    for child in node.get("children", ()):
        span = child.get("source_range") or _available(child)
        rate = span["duration"]["rate"] if span else _shown_rate(child)
        if rate is not None:
            return float(rate)
    return None


def _available(node: Tree) -> Tree | None:
    """Give the range of what a clip refers to."""
    reference = node.get("media_references", {}).get(node.get("active_media_reference_key"))
    return reference.get("available_range") if reference else None


def _next_id(mine: Tree, aside: Aside) -> int:
    ids = (own(metadata).get(name) for metadata, _ in aside.objects for name in ("id", "group"))
    largest = max((id for id in ids if isinstance(id, int)), default=0)
    return max(1, whole(mine.get("next_id", 1)), largest + 1)


def _marked(tree: Json) -> tuple[int, int] | None:
    if tree is None:
        return None
    start, end = (whole(frame) for frame in (*items(tree), 0, 0)[:2])
    return start, end


def _stack_beside(reading: Reading, stack: Tree) -> Tree:
    metadata = reading.aside.metadata(stack)
    beside = reading.beside(stack, name="tracks", effects=[], color=None, enabled=True)
    return {**beside, "metadata": metadata} if metadata else beside


def _tracks(reading: Reading, stack: Tree) -> tuple[tuple[Track, ...], tuple[SubtitleTrack, ...], list[Tree]]:
    """Read the tracks, the subtitles, and what is no track of ours with its place among the tracks."""
    tracks: list[Track] = []
    subtitles: list[SubtitleTrack] = []
    strange: list[Tree] = []
    for index, child in enumerate(stack["children"]):
        if schema_of(child) != "Track" and reading.aside.unknown(child) is None:
            tracks.append(_track(reading, {"name": "", "kind": "Video", "enabled": True, "children": [child]}, stack))
        elif holds_subtitles(reading.aside, child):
            subtitles.append(read_subtitles(reading.aside, reading.rate, child))
        elif schema_of(child) != "Track" or child["kind"] not in _KINDS:
            strange.append({"index": index, "object": reading.aside.restored(child)})
        else:
            tracks.append(_track(reading, child, stack))
    return tuple(tracks), tuple(subtitles), strange


def _track(reading: Reading, node: Tree, stack: Tree) -> Track:
    row = _row(reading, node)
    for span in (node.get("source_range"), stack.get("source_range")):
        if span:
            row = _window(row, span, reading)
    metadata = reading.aside.metadata(node)
    kept = {"track": reading.beside(node, effects=[], markers=[], color=None), "others": row.others}
    kind = _KINDS[node["kind"]]
    mine = own(metadata)
    flags = {name: flag(mine.get(name, False)) for name in ("locked", "muted", "hidden", "solo")}
    flags["hidden" if kind == "video" else "muted"] = not node["enabled"]
    if kind == "video" and not mine:
        flags["muted"] = not node["enabled"]
    kept = {name: part for name, part in kept.items() if part}
    clips = settled(tuple(row.clips))
    track = Track(kind, clips, node["name"], metadata=read_metadata(metadata, kept), **flags)
    return replace(track, gain_db=real(mine.get("gain_db", 0.0)), pan=real(mine.get("pan", 0.0)))


def _row(reading: Reading, node: Tree) -> _Row:
    row, turn = _Row(), None
    for child in node["children"]:
        if schema_of(child) == "Transition":
            if turn is not None:
                _keep(row, reading, turn, 0)
            turn = child
            continue
        _lay(row, reading, child, turn)
        turn = None
    if turn is not None:
        _keep(row, reading, turn, 0)
    return row


def _lay(row: _Row, reading: Reading, child: Tree, turn: Tree | None) -> None:
    """Put the next thing on a track: a clip, a gap, or something that we only keep."""
    length = _length(child, reading)
    start, end = (round(row.end), round(row.end + length))
    if not 0 <= start <= end <= MAX_FRAME:
        raise ProjectError("The project file has a clip that begins before the film or is too long.")
    clip = read_clip(reading, child, turn, start, end - start) if schema_of(child) == "Clip" and start < end else None
    if clip is not None:
        row.clips.append(clip)
    else:
        if turn is not None:
            _keep(row, reading, turn, 0)
        if schema_of(child) != "Gap" or _speaks(child, reading):
            _keep(row, reading, child, end - start)
    row.end += length


def _speaks(gap: Tree, reading: Reading) -> bool:
    """A gap that is more than a gap."""
    aside = reading.aside
    return bool(aside.unknown(gap) or aside.metadata(gap) or gap.get("effects") or gap.get("markers"))


def _keep(row: _Row, reading: Reading, node: Tree, duration: int) -> None:
    row.others.append({"start": round(row.end), "duration": duration, "object": reading.aside.restored(node)})


def _length(node: Tree, reading: Reading) -> int | Fraction:
    """Give the frames that a thing takes on its track."""
    span = node.get("source_range") or _available(node)
    if span:
        return frames(span["duration"], reading.rate)
    children = [_length(child, reading) for child in node.get("children", ()) if schema_of(child) != "Transition"]
    if schema_of(node) == "Clip":
        raise ProjectError(f"The project file does not say how long the clip {node['name'][:80]!r} is.")
    return sum(children) if schema_of(node) == "Track" else max(children, default=0)


def _window(row: _Row, span: Tree, reading: Reading) -> _Row:
    """Cut a track to the range that it, or its stack, shows."""
    rate = reading.rate
    start = round(frames(span["start_time"], rate))
    end = start + round(frames(span["duration"], rate))
    clips: Clips = cleared(tuple(row.clips), max(end, 0), 2 * MAX_FRAME, rate, 0)
    if start > 0:
        clips = cleared(clips, 0, start, rate, 0)
    others = [
        {**other, "start": other["start"] - start}
        for other in row.others
        if start <= other["start"] and other["start"] + other["duration"] <= end
    ]
    if len(others) < len(row.others):
        log.warning("What another program had put outside of a track's range is left out.")
    return _Row([moved(clip, -start) for clip in clips], others, row.end)


def _markers(reading: Reading, stack: Tree) -> tuple[tuple[Marker, ...], list[Tree]]:
    """Read the film's markers, and those of a schema that we do not know."""
    markers, others = [], []
    for node in chain(stack.get("markers", ())):
        if reading.aside.unknown(node) is not None:
            others.append(reading.aside.restored(node))
        else:
            markers.append(_marker(reading, node))
    return tuple(markers), others


def _marker(reading: Reading, node: Tree) -> Marker:
    metadata = reading.aside.metadata(node)
    span, mine = node["marked_range"], own(metadata)
    frame = round(frames(span["start_time"], reading.rate))
    length = {"length": {"duration": span["duration"]}} if span["duration"]["value"] else {}
    beside = reading.beside(node)
    shown, exact = node.get("color") or "", mine.get("color")
    color = exact if isinstance(exact, str) and exact.upper() == shown else shown.lower()
    kept = {**length, **({"marker": beside} if beside else {})}
    return Marker(max(0, frame), node["name"], color, node.get("comment") or "", read_metadata(metadata, kept))

"""Subtitles in an OTIO file: a track of kind "Subtitle", whose clips have their words as names.

OTIO has no schema for captions.  Other programs show such a track, leave it out, or keep it as it is; where they move
or rename its clips they are believed.  A track of that kind that is none of ours is only kept.
"""

import json
from fractions import Fraction

from .check import MAX_FRAME
from .otio_bounds import Aside
from .otio_values import (
    Tree,
    call_tree,
    damaged,
    flag,
    frames,
    gap_tree,
    metadata_tree,
    nested,
    own,
    range_tree,
    read_call,
    read_metadata,
    words,
)
from .values import Caption, SubtitleTrack

KIND = "Subtitle"


def write_subtitles(track: SubtitleTrack, rate: Fraction) -> str:
    """Write a track of subtitles as OTIO JSON, one line per caption."""
    ours = {"language": track.language, "locked": track.locked, "look": call_tree(track.look)}
    fields: Tree = {
        "OTIO_SCHEMA": "Track.1",
        "name": track.name,
        "metadata": metadata_tree(track.metadata, ours),
        "source_range": None,
        "effects": [],
        "markers": [],
        "enabled": not track.hidden,
        "kind": KIND,
    }
    children: list[Tree] = []
    end = 0
    for caption in track.captions:
        if caption.start > end:
            children.append(gap_tree(caption.start - end, rate))
        children.append(_clip(caption, rate))
        end = caption.end
    return nested(fields, "children", "[\n" + ",\n".join(map(json.dumps, children)) + "\n]")


def holds_subtitles(aside: Aside, node: Tree) -> bool:
    """Tell whether an object is a track of subtitles that this program wrote."""
    return _schema(node) == "Track" and node["kind"] == KIND and bool(own(aside.metadata(node)))


def read_subtitles(aside: Aside, rate: Fraction, node: Tree) -> SubtitleTrack:
    """Read a track of subtitles."""
    captions: list[Caption] = []
    end: int | Fraction = 0
    for child in node["children"]:
        if _schema(child) == "Transition":
            continue
        span = child.get("source_range")
        if not span:
            raise damaged("the length of a caption")
        start, end = end, end + frames(span["duration"], rate)
        low, high = round(start), round(end)
        if not 0 <= low <= high <= MAX_FRAME:
            raise damaged("the length of a caption")
        if _schema(child) == "Clip" and low < high:
            captions.append(Caption(low, high - low, child["name"]))
    metadata = aside.metadata(node)
    mine = own(metadata)
    look = mine.get("look")
    if not isinstance(look, dict):
        raise damaged("the look of subtitles")
    return SubtitleTrack(
        tuple(captions),
        node["name"],
        words(mine.get("language", "")),
        not node["enabled"],
        flag(mine.get("locked", False)),
        read_call(look),
        read_metadata(metadata, {}),
    )


def _schema(node: Tree) -> str:
    return str(node.get("OTIO_SCHEMA")).partition(".")[0]


def _clip(caption: Caption, rate: Fraction) -> Tree:
    reference = {
        "OTIO_SCHEMA": "GeneratorReference.1",
        "name": "",
        "available_range": None,
        "generator_kind": KIND,
        "parameters": {"text": caption.text},
        "metadata": {},
    }
    return {
        "OTIO_SCHEMA": "Clip.2",
        "name": caption.text,
        "metadata": {},
        "source_range": range_tree(Fraction(0), caption.duration, rate),
        "effects": [],
        "markers": [],
        "enabled": True,
        "media_references": {"DEFAULT_MEDIA": reference},
        "active_media_reference_key": "DEFAULT_MEDIA",
    }

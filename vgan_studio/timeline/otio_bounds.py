"""Bytes of a stranger -> a bounded tree that is safe to hand to OTIO's parser.

The parser sees a skeleton: known schemas with known fields, no metadata, no references between objects, finite
numbers, few levels.  What it does not see is set aside, and found again by the number that stands in its place.
"""

import json
from dataclasses import dataclass, field
from math import isfinite

from vgan_studio.errors import ProjectError

from .otio_values import Json, Tree, items

MAX_BYTES = 64 << 20
MAX_PARTS = 6_000_000  # values in the file; each costs some 60 bytes when read
MAX_LEVELS = 64
MAX_METADATA_LEVELS = 100
MAX_NUMBER = 1e15

_ASIDE = "aside"
_SCHEMA_NAMES = """
    Timeline Stack Track Sequence Clip Gap Filler Transition Effect TimeEffect LinearTimeWarp FreezeFrame Marker
    ExternalReference MissingReference GeneratorReference ImageSequenceReference MediaReference
    SerializableCollection SerializeableCollection RationalTime TimeRange TimeTransform Box2d V2d Color
"""
_FIELD_NAMES = """
    OTIO_SCHEMA name source_range effects markers enabled color children kind tracks global_start_time
    media_reference media_references active_media_reference_key available_range available_image_bounds target_url
    generator_kind effect_name time_scalar marked_range range comment in_offset out_offset transition_type rate value
    start_time duration offset scale min max x y r g b a target_url_base name_prefix name_suffix start_frame
    frame_step frame_zero_padding missing_frame_policy
"""
_SCHEMAS = frozenset(_SCHEMA_NAMES.split())
_FIELDS = frozenset(_FIELD_NAMES.split())
_BARE = frozenset(("RationalTime", "TimeRange", "TimeTransform", "Box2d", "V2d", "Color"))  # those without metadata
_INSTANT = {"OTIO_SCHEMA": "RationalTime.1", "rate": 24.0, "value": 0.0}
_STAND_INS: dict[str, Tree] = {
    "children": {"OTIO_SCHEMA": "Gap.1"},
    "effects": {"OTIO_SCHEMA": "Effect.1", "effect_name": ""},
    "markers": {
        "OTIO_SCHEMA": "Marker.2",
        "marked_range": {"OTIO_SCHEMA": "TimeRange.1", "start_time": _INSTANT, "duration": _INSTANT},
    },
    "media_reference": {"OTIO_SCHEMA": "MissingReference.1"},
    "media_references": {"OTIO_SCHEMA": "MissingReference.1"},
}


@dataclass(slots=True)
class Aside:
    """What the parser does not see: metadata, fields and objects of unknown schemas.  Owned by one load."""

    objects: list[tuple[Tree, Tree]] = field(default_factory=list)

    def metadata(self, node: Tree) -> Tree:
        """Give the metadata of an object."""
        return self._entry(node)[0]

    def extra(self, node: Tree) -> Tree:
        """Give the fields of an object that no schema knows."""
        return {} if self.unknown(node) is not None else self._entry(node)[1]

    def unknown(self, node: Tree) -> Tree | None:
        """Give the object of an unknown schema that this one stands in for, if it does."""
        extra = self._entry(node)[1]
        original = extra.get("original")
        return original if len(extra) == 1 and _unknown(original) else None

    def restored(self, node: Json) -> Json:
        """Give a part of the skeleton as it was in the file."""
        if isinstance(node, list):
            return [self.restored(part) for part in node]
        if not isinstance(node, dict):
            return node
        original = self.unknown(node)
        if original is not None:
            return original
        metadata, extra = self._entry(node)
        whole = {name: self.restored(part) for name, part in node.items() if name != "metadata"}
        return {**whole, **extra, "metadata": metadata} if "metadata" in node else whole

    def put(self, metadata: Json, extra: Tree) -> Tree:
        """Set something aside, and give what stands in the metadata for it."""
        _refuse_deep([metadata, extra])
        self.objects.append((metadata if isinstance(metadata, dict) else {}, extra))
        return {_ASIDE: len(self.objects) - 1}

    def _entry(self, node: Tree) -> tuple[Tree, Tree]:
        metadata = node.get("metadata")
        index = metadata.get(_ASIDE) if isinstance(metadata, dict) else None
        return ({}, {}) if index is None else self.objects[index]


def bounded(data: bytes) -> tuple[Tree, Aside]:
    """Read bytes as JSON and give the skeleton for OTIO's parser, and what was set aside.

    Raises:
        ProjectError: it is too large or too deep, no JSON, or holds numbers that are none.
    """
    tree = _parsed(data)
    aside = Aside()
    if not isinstance(tree, dict) or not isinstance(tree.get("OTIO_SCHEMA"), str):
        raise ProjectError("The file is no OpenTimelineIO file.")
    skeleton = _skeleton(tree, aside, "", 0)
    assert isinstance(skeleton, dict)
    return skeleton, aside


def _parsed(data: bytes) -> Json:
    if len(data) > MAX_BYTES:
        raise ProjectError(f"The project file is larger than {MAX_BYTES >> 20} MiB.")
    try:
        text = data.decode("utf-8-sig")
        if text.count(",") + text.count("[") + text.count("{") > MAX_PARTS:
            raise ProjectError("The project file has too many parts.")
        return json.loads(text, parse_constant=_refuse_constant)
    except RecursionError as error:
        raise ProjectError("The project file is nested too deeply.") from error
    except ValueError as error:  # no UTF-8, no JSON, or a number of thousands of digits
        raise ProjectError("The project file is damaged: it is not JSON.") from error


def _refuse_constant(name: str) -> float:
    raise ProjectError(f"The project file is damaged: it has a number that is {name}.")


def _skeleton(node: Json, aside: Aside, place: str, level: int) -> Json:
    if level > MAX_LEVELS:
        raise ProjectError("The project file is nested too deeply.")
    if isinstance(node, dict):
        return _object(node, aside, place, level)
    if isinstance(node, list):
        return [_skeleton(part, aside, place, level + 1) for part in node]
    if isinstance(node, int | float) and not (isfinite(node) and abs(node) <= MAX_NUMBER):
        raise ProjectError("The project file is damaged: it has a number out of bounds.")
    return node


def _object(node: Tree, aside: Aside, place: str, level: int) -> Tree:
    schema = node.get("OTIO_SCHEMA")
    if schema is None and place == "media_references":
        return {name: _skeleton(part, aside, place, level + 1) for name, part in node.items()}
    if _unknown(node):
        return _stand_in(node, aside, place, level)
    whole: Tree = {}
    extra: Tree = {}
    for name, part in node.items():
        if name in _FIELDS:
            whole[name] = _skeleton(part, aside, name, level + 1)
        elif name not in ("metadata", "OTIO_REF_ID"):
            extra[name] = part
    if "parameters" in extra:
        whole["parameters"] = {}  # no object of ours, but the parser asks for it
    if str(schema).partition(".")[0] not in _BARE:
        whole["metadata"] = aside.put(node.get("metadata"), extra)
    return whole


def _stand_in(node: Tree, aside: Aside, place: str, level: int) -> Tree:
    schema = str(node.get("OTIO_SCHEMA"))[:80]
    if place not in _STAND_INS or schema.startswith("SerializableObjectRef"):
        raise ProjectError(f"The project file has an object {schema!r} where none can be understood.")
    metadata = aside.put({}, {"original": node})
    span = {"source_range": _skeleton(node.get("source_range"), aside, "", level + 1)} if place == "children" else {}
    return {**_STAND_INS[place], "metadata": metadata, **span}


def _unknown(node: Json) -> bool:
    schema = node.get("OTIO_SCHEMA") if isinstance(node, dict) else None
    return isinstance(schema, str) and schema.partition(".")[0] not in _SCHEMAS


def _refuse_deep(value: Json) -> None:
    """Refuse what could not be written again: too many levels, or numbers beyond a float."""
    level = [value]
    for _ in range(MAX_METADATA_LEVELS):
        if not level:
            return
        level = [part for node in level if isinstance(node, dict | list) for part in _parts(node)]
    raise ProjectError("The metadata of the project file are nested too deeply.")


def _parts(node: Json) -> list[Json]:
    parts = list(node.values()) if isinstance(node, dict) else items(node)
    if any(isinstance(part, float) and not isfinite(part) for part in parts):
        raise ProjectError("The project file is damaged: it has a number out of bounds.")
    return parts

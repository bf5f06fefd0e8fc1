"""Read each of the files named on the command line, and print what came of it as a line of JSON.

Runs as a process of its own, so that a crash or a hang is seen: `python -m tests.awkward FILE ...`.
"""

import json
import logging
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np

from vgan_studio.errors import VganError
from vgan_studio.media.probe import Probe, probe
from vgan_studio.media.raw import Pixels
from vgan_studio.media.reader import VideoReader

from .limits import at_most

LIMIT_S = 20  # of work


def outcome(path: Path) -> dict[str, Any]:
    """Probe a file and read its first, middle and last picture."""
    try:
        found = probe(path)
        return {**_facts(found), **(_pictures(path, found) if found.width else {})}
    except VganError as error:
        return {"error": type(error).__name__, "says": str(error)}


def _facts(found: Probe) -> dict[str, Any]:
    names = (
        "shown_width shown_height rotation mirrored rate variable_rate duration frames codec pixel_format depth alpha "
        "interlaced hdr still origin channels sample_rate"
    )
    facts = {name: value for name, value in found.json().items() if name in names.split()}
    facts["colour"] = found.colour and f"{found.colour.matrix} {'full' if found.colour.full_range else 'limited'}"
    facts["chapters"] = len(found.chapters)
    facts["streams"] = " ".join(stream.kind for stream in found.streams)
    return {name: value for name, value in facts.items() if value not in (0, "0", None, False, "")}


def _pictures(path: Path, found: Probe) -> dict[str, Any]:
    with VideoReader(path) as reader:
        last = reader.at(found.duration * 2 + 1).pixels()
        first = reader.at(Fraction(0)).pixels()
        middle = reader.at(found.duration / 2).pixels()
        kinds = sorted({notice.split(" at ")[0].rstrip(".") for notice in (*found.notices, *reader.notices)})
    assert first.shape == middle.shape == last.shape == (found.height, found.width, 4 if found.alpha else 3)
    return {"looks": [_look(picture) for picture in (first, middle, last)], "notices": kinds}


def _look(pixels: Pixels) -> str:
    """Tell pictures apart: the mean red, green and blue (on black) of the four quarters, in hexadecimal."""
    light = pixels.astype(np.float32) * (255 / np.iinfo(pixels.dtype).max)
    light = light[..., :3] * (light[..., 3:] / 255 if light.shape[2] == 4 else 1)
    quarters = [part for half in np.array_split(light, 2, 0) for part in np.array_split(half, 2, 1)]
    return " ".join(bytes(np.rint(part.mean((0, 1))).astype(np.uint8)).hex() if part.size else "-" for part in quarters)


if __name__ == "__main__":
    av.logging.set_level(None)
    logging.disable()
    for name in sys.argv[1:]:
        with at_most(LIMIT_S):
            print(json.dumps({"file": Path(name).name, **outcome(Path(name))}), flush=True)

"""Send the first pictures of each file named on the command line through an effect, and print what came of it.

Runs as a process of its own, so that a crash or a hang is seen: `python -m tests.awkward_apply FOLDER FILE ...`.
"""

import json
import logging
import sys
from pathlib import Path
from typing import Any

import av

import vgan_studio.effects.families  # noqa: F401  (the registry is filled)
from vgan_studio.engine.run import Engine
from vgan_studio.errors import VganError
from vgan_studio.media.probe import probe
from vgan_studio.render.apply import apply
from vgan_studio.timeline.values import EffectCall

from .limits import at_most

LIMIT_S = 20  # of work
PICTURES = 4
BRIGHTER = EffectCall("color.exposure", (("stops", 0.25),))


def outcome(path: Path, folder: Path, engine: Engine) -> dict[str, Any]:
    """Apply an effect to the first pictures of a file, and probe what was written."""
    out = folder / ("out.png" if path.name.startswith("img_") and path.suffix != ".gif" else "out.mkv")
    try:
        for _ in apply(path, [BRIGHTER], out, engine, range=(None, PICTURES)):
            pass
        found = probe(out)
    except VganError as error:
        return {"error": type(error).__name__, "says": str(error)}
    finally:
        out.unlink(missing_ok=True)
    streams = " ".join(f"{stream.kind}:{stream.codec}" for stream in found.streams)
    return {"size": f"{found.width}x{found.height}", "pictures": found.frames or 1, "streams": streams}


def main(folder: Path, files: list[str]) -> None:
    """Print one line for each file."""
    engine = Engine("cpu", memory=folder / "engine.json")
    for name in files:
        with at_most(LIMIT_S):
            print(json.dumps({"file": Path(name).name, **outcome(Path(name), folder, engine)}), flush=True)


if __name__ == "__main__":
    av.logging.set_level(None)
    logging.disable()
    main(Path(sys.argv[1]), sys.argv[2:])

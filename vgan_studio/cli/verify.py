"""`vgan verify`: is a film what its sidecar says?

Exit status: 0 where all pictures are equal, 3 where some are only within tolerance, 4 where one is different or the
film was changed.
"""

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console

from vgan_studio.errors import EditError
from vgan_studio.render.ledger import Verdict
from vgan_studio.render.sidecar import Sidecar, read_sidecar
from vgan_studio.render.verify import TOLERANCE, Verdicts, Verified, verify

STATUS: dict[Verdict, int] = {"equal": 0, "within tolerance": 3, "different": 4}
_FILM = {
    "equal": "is the file that was written",
    "different": "was changed since",
    "missing": "is not here",
}


def run(args: argparse.Namespace) -> int:
    """Compute samples again, and say how they compare."""
    from vgan_studio.engine.run import Engine

    if args.samples is not None and args.samples < 1:
        raise EditError("At least one sample has to be computed.")
    sidecar = read_sidecar(Path(args.sidecar))
    engine = Engine(args.device, args.precision or _precision(sidecar))
    console = Console(highlight=False, soft_wrap=True)
    steps = verify(sidecar, engine, samples=args.samples, places=[Path(folder).absolute() for folder in args.media])
    while True:
        try:
            one = next(steps)
        except StopIteration as end:
            found: Verdicts = end.value
            break
        if args.json:
            print(json.dumps(asdict(one)), flush=True)
        else:
            console.print(_line(one))
    _say(found, sidecar, console, as_json=args.json)
    engine.close()
    return STATUS[found.verdict]


def _say(found: Verdicts, sidecar: Sidecar, console: Console, *, as_json: bool) -> None:
    name = str(sidecar.film["name"])
    if as_json:
        facts = {"verdict": found.verdict, "film": found.film, "pictures": len(found.pictures), "tolerance": TOLERANCE,
                 "remarks": found.remarks}  # fmt: skip
        print(json.dumps({"result": facts}, ensure_ascii=False), flush=True)
        return
    for remark in found.remarks:
        console.print(remark)
    console.print(f"{name} {_FILM[found.film]}.")
    if found.pictures:
        console.print(f"{len(found.pictures)} pictures computed again: {found.verdict} (tolerance: {TOLERANCE}).")
    else:
        console.print("No picture was noted: no network took part, so there is nothing to compute again.")


def _line(one: Verified) -> str:
    words = f"picture {one.picture:>6}: {one.computed.verdict}"
    if one.computed.verdict != "equal":
        words += f", {one.computed.db:.1f} dB, at most {one.computed.worst:.1f} levels"
    if one.film is None:
        return words
    like = "equal to it" if one.film.verdict == "equal" else f"{one.film.db:.1f} dB like it"
    return f"{words}; in the film {like}"


def _precision(sidecar: Sidecar) -> Any:
    """Give the number format that the film was made in, if it was one; another one gives nearly the same pictures."""
    models = [one for part in sidecar.ranges for one in (part.get("models") or {}).values()]
    found = {str(one.get("precision")).partition("-")[2] for one in models if isinstance(one, dict)}
    return found.pop() if len(found) == 1 and found <= {"fp32", "bf16", "fp16"} else "auto"

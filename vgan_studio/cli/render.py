"""`vgan render`: a project to a file."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from vgan_studio.errors import EditError
from vgan_studio.render.export import export
from vgan_studio.service.state import state_folder
from vgan_studio.timeline.values import Timeline

from .parser import Place, frame_of
from .project import open_project
from .work import make_engine, make_proof, open_cache, write_film


def run(args: argparse.Namespace) -> int:
    """Render the project."""
    timeline = open_project(Path(args.project), [Path(folder) for folder in args.media], state_folder())
    steps = export(
        timeline, args.output, make_engine(args), open_cache(args), codec=args.codec or "", quality=args.quality,
        encoder=args.encoder, proof=make_proof(args),
        range=chosen_range(args.range, timeline), subtitles=args.subtitles, rate=args.rate,
    )  # fmt: skip
    return write_film(steps, Path(args.output), args)


def chosen_range(places: Sequence[Place | None] | None, timeline: Timeline) -> tuple[int, int] | None:
    """Give the frames that the user named, within the film; None for what the project itself marks.

    Raises:
        EditError: there are none.
    """
    if places is None:
        return None
    start, end = (frame_of(place, timeline.rate) for place in places)
    chosen = (start or 0, min(timeline.duration if end is None else end, timeline.duration))
    if chosen[0] >= chosen[1]:
        raise EditError(f"There is nothing in that range: the film has {timeline.duration} frames.")
    return chosen

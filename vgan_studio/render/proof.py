"""What is done with a film once it is whole: signed, compared with the preview, and described in its sidecar."""

from collections.abc import Callable, Generator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from vgan_studio.errors import MediaError
from vgan_studio.media.raw import Pixels

from .credentials import Credentials, check_credentials, sign
from .film import Progress
from .ledger import Ledger, Sample, Tree, compare
from .node import Node
from .sidecar import forget_sidecar, write_sidecar

if TYPE_CHECKING:
    from vgan_studio.engine.run import Engine

    from .evaluate import Renderer

Planner = Callable[[int], Node]


@dataclass(frozen=True, slots=True)
class Proof:
    """What shall be proven of a film.

    Attributes:
        sidecar: write one; None: where networks took part.
        check: compare the pictures that were noted with those that the preview shows, computed anew.
        credentials: sign it; None: not.
        most: so many of them at most; None: all.
    """

    sidecar: bool | None = None
    check: bool = False
    credentials: Credentials | None = None
    most: int | None = None


PLAIN = Proof()


def proven(
    steps: Generator[Progress],
    film: Path,
    proof: Proof,
    *,
    ledger: Ledger,
    order: Callable[[], Tree],
    planner: Planner | None,
    engine: "Engine | None",
) -> Generator[Progress]:
    """Drive an export to its end, and then prove it; the last progress carries the report.

    Args:
        order: gives what it takes to plan the film again, for the sidecar.
        planner: gives the expression of a picture; None for sound alone.

    Raises:
        MediaError: the film is whole, but it cannot be signed or its sidecar cannot be written.
    """
    if proof.credentials is not None:
        check_credentials(film, proof.credentials)
    last = Progress(0, 0)
    with closing(steps):
        for last in steps:
            yield last
    forget_sidecar(film)  # of a film that was there before; whoever cancels from here on has the new one without
    report: dict[str, Any] = {}
    ranges = _ranges(ledger, engine)
    if proof.credentials is not None:
        sign(film, proof.credentials, used_models(ranges))
        report["signed"] = "AI-modified" if ranges else "human edits"
    if proof.check and planner is not None and engine is not None:
        for found in checked(_some(ledger.samples, proof.most), planner, engine):
            report["checked"] = found
            yield replace(last, note="")
    if proof.sidecar or (proof.sidecar is None and ranges):
        made = {"device": engine.describe(), "checked": report.get("checked")} if engine else {}
        report["sidecar"] = str(write_sidecar(film, order(), ranges, ledger.samples, made))
    if report:
        yield replace(last, note=sentence(report), report=report)


def checked(samples: list[Sample], planner: Planner, engine: "Engine") -> Generator[dict[str, Any]]:
    """Compare pictures of an export with what the preview shows: rendered one by one, nothing taken from the cache.

    Yields:
        What was found so far, after each picture, and once before.
    """
    from .evaluate import Renderer

    found: dict[str, Any] = {"pictures": 0, "equal": 0, "within tolerance": 0, "different": 0}
    renderer = Renderer(engine, None)
    try:
        yield dict(found)
        for one in samples:
            found["pictures"] += 1
            found[compare(one, computed(renderer, planner(one.picture), one)).verdict] += 1
            yield dict(found)
    finally:
        renderer.close()


def computed(renderer: "Renderer", node: Node, like: Sample) -> Pixels:
    """Compute a picture as it was handed to the encoder: of the depth and with the alpha of a noted one."""
    from vgan_studio.picture import to_pixels

    depth: Literal[8, 16] = 16 if like.depth == 16 else 8
    picture = renderer.render([node])[0]
    return np.asarray(to_pixels(picture, depth=depth, alpha=like.shape[2] == 4)[0].cpu())


def used_models(ranges: list[Tree]) -> list[dict[str, str]]:
    """Give every model of some ranges once."""
    found = {one["digest"]: one for part in ranges for one in part["models"].values()}
    return [{name: str(one[name]) for name in ("name", "digest", "license")} for one in found.values()]


def sentence(report: Mapping[str, Any]) -> str:
    """Say for people what was proven."""
    return " ".join(sentences(report))


def sentences(report: Mapping[str, Any]) -> list[str]:
    """Say for people what was proven, a sentence for each thing."""
    parts = []
    if (found := report.get("checked")) is not None:
        parts.append(_compared(found))
    if "signed" in report:
        parts.append(f"Signed as {report['signed']}.")
    if "sidecar" in report:
        parts.append(f"What it was made of is in {Path(report['sidecar']).name}.")
    return parts


def _some(samples: list[Sample], most: int | None) -> list[Sample]:
    """Give so many of them at most, from all over the film."""
    return samples if most is None or not samples else samples[:: -(-len(samples) // most)]


def _compared(found: Mapping[str, int]) -> str:
    if not found["pictures"]:
        return "No network took part: there was nothing to compare with the preview."
    counts = ", ".join(f"{found[name]} {name}" for name in ("equal", "within tolerance", "different") if found[name])
    return f"{found['pictures']} pictures were compared with the preview: {counts}."


def _ranges(ledger: Ledger, engine: "Engine | None") -> list[Tree]:
    """Give the ranges with what is known of their models."""
    ranges = []
    for one in ledger.ranges:
        assert engine is not None  # no network took part without one
        models = {}
        for param, asset in one.assets.items():
            model = engine.model(asset.name)
            if model.card.digest != asset.digest:
                raise MediaError(f"The model {asset.name} was changed while the film was written; export it again.")
            card = model.card
            facts = {"name": card.name, "digest": card.digest, "license": card.license, "source": card.source}
            models[param] = {**facts, "asked": asset.name, "precision": engine.precision_tag(model)}
        ranges.append({**one.tree(), "models": models})
    return ranges

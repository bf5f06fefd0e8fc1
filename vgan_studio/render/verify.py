"""Is a film what its sidecar says?  Samples of it are planned and computed again, and compared."""

import re
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vgan_studio.errors import MediaError, VganError
from vgan_studio.media.probe import probe
from vgan_studio.media.raw import Pixels
from vgan_studio.media.reader import VideoReader
from vgan_studio.timeline import otio
from vgan_studio.timeline.values import Media, Timeline

from .apply import planner
from .ledger import SAME_DB, Likeness, Sample, Tree, Verdict, apart, compare
from .plan import plan
from .project import found_media, with_files
from .proof import Planner, computed
from .pulldown import Pulldown
from .shots import shots
from .sidecar import Sidecar, film_facts

if TYPE_CHECKING:
    from vgan_studio.engine.run import Engine

ORDER: tuple[Verdict, ...] = ("equal", "within tolerance", "different")
_RATE = re.compile(r"[1-9]\d{0,8}(/[1-9]\d{0,8})?")
TOLERANCE = f"{SAME_DB:g} dB over 1024 pixels of a picture"


@dataclass(frozen=True, slots=True)
class Verified:
    """One picture that was computed again.

    Attributes:
        picture: its number.
        computed: how the picture that is computed now compares with the one that went to the encoder.
        film: how the film's own picture compares with that one, if the film is here: where the codec loses nothing
            it must be equal; else `db` is only told.
    """

    picture: int
    computed: Likeness
    film: Likeness | None = None


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What came of it.

    Attributes:
        verdict: the worst of all.
        film: "equal": the file is the one that was written; "different": it was changed; "missing": it is not here.
        pictures: those that were computed again.
        remarks: sentences on what is not as it was.
    """

    verdict: Verdict
    film: str
    pictures: tuple[Verified, ...]
    remarks: tuple[str, ...]


def verify(
    sidecar: Sidecar, engine: "Engine", *, samples: int | None = None, places: Sequence[Path] = ()
) -> Generator[Verified, None, Verdicts]:
    """Compute samples of a film again and compare them; yields them one by one, and returns what came of it.

    Nothing is taken from a cache.  Media are found by content: where they were, beside the sidecar, in `places`.

    Args:
        samples: how many of the pictures that were noted, spread evenly; None: all.

    Raises:
        VganError: media or models are missing, or a picture cannot be computed.
    """
    from .evaluate import Renderer

    remarks = list(_models_now(sidecar, engine))
    film, state = _film(sidecar)
    done: list[Verified] = []
    chosen = _spread(sidecar.samples, samples)
    node = _planner(sidecar, [sidecar.path.absolute().parent, *places]) if chosen else None
    with closing(Renderer(engine, None)) as renderer, closing(_Shown(film)) as shown:
        for one in chosen:
            assert node is not None
            picture = computed(renderer, node(one.picture), one)
            done.append(Verified(one.picture, compare(one, picture), shown.compare(one, sidecar.order)))
            yield done[-1]
    remarks += shown.remarks
    return Verdicts(
        _worst(done, state, lossless=sidecar.order.get("lossless") is True), state, tuple(done), tuple(remarks)
    )


def _worst(done: Sequence[Verified], state: str, *, lossless: bool) -> Verdict:
    verdicts: list[Verdict] = [one.computed.verdict for one in done]
    verdicts += [one.film.verdict for one in done if one.film is not None and lossless]
    verdicts += ["different"] if state == "different" else []
    return max(verdicts, key=ORDER.index, default="equal")


def _spread(noted: Sequence[Sample], wanted: int | None) -> Sequence[Sample]:
    if wanted is None or wanted >= len(noted):
        return noted
    return [noted[(2 * i + 1) * len(noted) // (2 * wanted)] for i in range(wanted)]


def _film(sidecar: Sidecar) -> tuple[Path | None, str]:
    """Look for the film beside its sidecar, and whether it is the one that was written."""
    name = sidecar.film.get("name")
    if not isinstance(name, str) or Path(name).name != name:
        raise MediaError(f"{sidecar.path.name} is damaged: it names no film.")
    film = sidecar.path.with_name(name)
    if "%" in name:
        film = sidecar.path.with_suffix("") / name
    if not film.exists() and "%" not in name:
        return None, "missing"
    now = film_facts(film)
    same = all(sidecar.film.get(kind) == now[kind] for kind in ("sha256", "fingerprint") if kind in now)
    return film, "equal" if same else "different"


class _Shown:
    """Reads the film's own pictures; owned by one thread."""

    def __init__(self, film: Path | None) -> None:
        self.remarks: list[str] = []
        self._reader: VideoReader | None = None
        try:
            self._reader = VideoReader(film) if film is not None else None
            self._times = self._reader.times() if self._reader else ()
        except VganError as error:
            self.remarks.append(f"The film's own pictures were not looked at. {error}")
            self._reader = None

    def compare(self, noted: Sample, order: Tree) -> Likeness | None:
        """Compare the film's picture with the one that went to the encoder."""
        if self._reader is None or not noted.picture < len(self._times):
            return None
        pixels: Pixels = self._reader.at(self._times[noted.picture] + Fraction(1, 10_000)).pixels()
        exact = compare(noted, pixels)
        if exact.verdict == "equal" or order.get("lossless") is True:
            return exact
        return Likeness(exact.verdict, *apart(noted, pixels))

    def close(self) -> None:
        """Close the film."""
        if self._reader is not None:
            self._reader.close()


def _planner(sidecar: Sidecar, places: Sequence[Path]) -> Planner:
    """Plan as the film was planned: from the project in the sidecar, with media found by content."""
    order = sidecar.order
    if not isinstance(order.get("project"), str):
        raise MediaError(f"{sidecar.path.name} is damaged: it holds no project.")
    timeline = found_media(with_files(otio.loads(order["project"]), places), places)
    span = _numbers(order.get("range"))
    if order.get("verb") == "render":
        width, height = _numbers(order.get("size"))
        if span[0] is None or not width or not height:
            raise MediaError(f"{sidecar.path.name} is damaged: it names no range.")
        end = timeline.duration if span[1] is None else span[1]
        return partial(
            _rendered, timeline, Pulldown(span[0], end, timeline.rate, _rate(sidecar, timeline.rate)), width, height
        )
    return _applied(timeline, span)


def _rendered(timeline: Timeline, pictures: Pulldown, width: int, height: int, i: int) -> Any:
    return plan(timeline, pictures.frame(i), width, height)


def _rate(sidecar: Sidecar, usual: Fraction) -> Fraction:
    """Give the rate of the file; sidecars of before name none, as it was the film's."""
    noted = sidecar.order.get("rate")
    if noted is None:
        return usual
    if not isinstance(noted, str) or not _RATE.fullmatch(noted):
        raise MediaError(f"{sidecar.path.name} is damaged: it names no rate.")
    return Fraction(noted)


def _applied(timeline: Timeline, span: tuple[int | None, int | None]) -> Planner:
    clips = [clip for track in timeline.tracks for clip in track.clips]
    if len(clips) != 1 or not isinstance(clips[0].source, Media):
        raise MediaError("The sidecar is damaged: it does not say what was changed.")
    media = clips[0].source
    return planner(media, clips[0].effects, shots(probe(media.path), *span))


def _numbers(value: Any) -> tuple[int | None, int | None]:
    if not isinstance(value, list) or len(value) != 2 or any(n is not None and type(n) is not int for n in value):
        raise MediaError("The sidecar is damaged: two numbers are missing.")
    return value[0], value[1]


def _models_now(sidecar: Sidecar, engine: "Engine") -> Iterator[str]:
    """Say which models are others now than those that made the film, and what else has changed."""
    from .sidecar import versions

    said: set[str] = set()
    for part in sidecar.ranges:
        models = part.get("models")
        for one in models.values() if isinstance(models, dict) else ():
            sentence = _model_now(one, engine) if isinstance(one, dict) else ""
            if sentence and sentence not in said:
                said.add(sentence)
                yield sentence
    then, now = sidecar.made.get("versions"), versions()
    other = [name for name in now if isinstance(then, dict) and name in then and then[name] != now[name]]
    if other:
        yield f"Since then these have changed: {', '.join(other)}."


def _model_now(noted: Tree, engine: "Engine") -> str:
    name = str(noted.get("name"))
    model = engine.model(str(noted.get("asked", name)))
    if model.card.digest != noted.get("digest"):
        return f"The model {name} is another one now."
    tag = engine.precision_tag(model)
    return "" if tag == noted.get("precision") else f"{name} ran as {noted.get('precision')}, and runs as {tag} here."

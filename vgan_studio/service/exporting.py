"""Export from the window, as long work: what is asked for, and what came of it."""

from collections.abc import Callable, Collection, Generator
from dataclasses import dataclass, replace
from fractions import Fraction
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from vgan_studio.timeline.values import Timeline

from .inference import Tools

if TYPE_CHECKING:
    from vgan_studio.render.film import Progress
    from vgan_studio.render.proof import Proof
    from vgan_studio.render.pulldown import Pulldown
    from vgan_studio.render.subtitles import Way

_CHECKED = 8  # pictures that are compared, as each is computed anew


@dataclass(frozen=True, slots=True)
class Order:
    """A film that shall be written: see `render.export.export`.

    Attributes:
        rate: pictures per second; that of the film if not given.
        subtitles: what becomes of them.
        sign: content credentials say that networks have changed it.
        certificate, key: two PEM files that sign; "" for a certificate that is made here.
        check: some pictures that networks made are computed anew, as the preview shows them, and compared.
    """

    path: Path
    codec: str
    quality: int
    range: tuple[int, int]
    size: tuple[int, int]
    encoder: str = ""
    sign: bool = False
    certificate: str = ""
    key: str = ""
    subtitles: "Way" = "burn"
    rate: Fraction | None = None
    check: bool = False

    def pictures(self, film: Timeline) -> "Pulldown":
        """Give which frame of the film each picture shows."""
        from vgan_studio.render.pulldown import Pulldown

        return Pulldown(*self.range, film.rate, self.rate or film.rate)

    def signable(self, film: Timeline, heavy: Collection[str]) -> bool:
        """Tell whether networks take part in what is written, and whether it goes into a file that can say so."""
        from vgan_studio.render.credentials import SUFFIXES

        inside = self.path.suffix.lower() in SUFFIXES and not sound_alone(self)
        return inside and asks_networks(film, self.range, heavy)

    def signed(self, certificate: str = "", key: str = "") -> "Order":
        """Give the same order, to be signed."""
        return replace(self, sign=True, certificate=certificate, key=key)


@dataclass(frozen=True, slots=True)
class Written:
    """A film that was written, as it was found after that.

    Attributes:
        words: a line on what it is.
    """

    path: Path
    words: str
    size_bytes: int
    pictures: int
    seconds: float
    notes: tuple[str, ...]


def asks_networks(film: Timeline, range: tuple[int, int], heavy: Collection[str]) -> bool:
    """Tell whether a part of a film has effects that ask a network."""
    clips = (clip for track in film.tracks if track.kind == "video" and not track.hidden for clip in track.clips)
    return any(
        call.enabled and call.id in heavy
        for clip in clips
        if clip.start < range[1] and clip.end > range[0]
        for call in clip.effects
    )


def subtitle_files(film: Timeline, order: Order) -> tuple[Path, ...]:
    """Give the files of subtitles that would be written beside the film."""
    from vgan_studio.render.subtitles import beside

    return tuple(path for path, _ in beside(film, order.range, order.path)) if order.subtitles == "file" else ()


def sound_alone(order: Order) -> bool:
    """Tell whether no pictures are written."""
    from vgan_studio.media.codecs import SOUND_CODECS

    return order.codec in SOUND_CODECS


def can_sign() -> bool:
    """Tell whether what signs films is here: the extra `credentials`."""
    return all(find_spec(name) is not None for name in ("c2pa", "cryptography"))


def exporting(timeline: Timeline, order: Order, tools: Callable[[], Tools]) -> Generator["Progress | Written"]:
    """Write a film and look at it; progress, and `Written` at the end.

    Args:
        tools: gives what computes pictures; it may wait for it.

    Raises:
        VganError: no film was written; nothing is left of it.
    """
    from vgan_studio.render.export import export

    made = tools()
    notes: list[str] = []
    last: Progress | None = None
    for last in export(
        timeline,
        order.path,
        made.engine,
        made.cache,
        codec=order.codec,
        quality=order.quality,
        range=order.range,
        size=order.size,
        rate=order.rate,
        encoder=order.encoder,
        subtitles=order.subtitles,
        proof=_proof(order),
    ):
        notes += [last.note] if last.note and not last.report else []
        yield last
    assert last is not None
    yield _looked_at(order.path, last, notes)


def cleaning() -> Generator[tuple[Path, ...]]:
    """Remove what a crash left half written; what was removed."""
    from vgan_studio.media.remains import sweep

    yield sweep()


def _proof(order: Order) -> "Proof":
    """Give what shall be proven: a certificate is made where the user has none."""
    from vgan_studio.render.credentials import Credentials, made_credentials
    from vgan_studio.render.proof import Proof

    signs = None
    if order.sign and order.certificate and order.key:
        signs = Credentials(Path(order.certificate), Path(order.key))
    elif order.sign:
        signs = made_credentials(Path(platformdirs.user_data_dir("vgan_studio")) / "credentials")
    return Proof(check=order.check, credentials=signs, most=_CHECKED)


def _credentials(path: Path) -> str:
    """Say what the library's own reader finds in a signed film."""
    from vgan_studio.render.credentials import read_credentials

    found = read_credentials(path)
    if found is None:
        return "No content credentials were found in the film."
    models = ", ".join(dict.fromkeys(one["name"] for one in found.models)) or "no network"
    return f"Content credentials, read back: {found.state}, signed by {found.signer}, networks: {models}."


def _looked_at(path: Path, last: "Progress", notes: list[str]) -> Written:
    from vgan_studio.render.proof import sentences

    from .importing import look

    notes = [*notes, *sentences(last.report)]
    if last.report.get("signed"):
        notes = [*notes, _credentials(path)]
    size = path.stat().st_size if path.is_file() else 0
    words = look(path).words if path.is_file() else ""
    return Written(path, words, size, last.done, last.seconds, tuple(notes))

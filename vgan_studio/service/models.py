"""The models that are here, as long work: listed with their cards, verified, taken in from elsewhere, removed."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vgan_studio.errors import ModelError

if TYPE_CHECKING:
    from vgan_studio.engine.adopt import Looking

TASKS = ("upscale", "denoise", "deblur")  # what a model from elsewhere can be for


@dataclass(frozen=True, slots=True)
class Known:
    """A model that is here, as its card says.

    Attributes:
        scale: the size of its result over its input's.
        own: it lies in the user's own folder, and can be removed.
        foreign: it was taken in from elsewhere.
        figures: what was measured, by name.
    """

    name: str
    task: str
    architecture: str
    scale: int
    license: str
    source: str
    digest: str
    about: str
    limits: str
    path: Path
    size_bytes: int
    own: bool
    foreign: bool
    figures: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Verified:
    """How far a look through the models is.

    Attributes:
        faults: what is wrong with each that was looked at, by name; "" where nothing is.
    """

    done: int
    total: int
    faults: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """A file with weights that shall be taken in, see `engine.adopt.adopting`."""

    file: Path
    name: str = ""
    task: str = ""
    license: str = ""


def listing() -> Generator[tuple[Known, ...]]:
    """Read the cards of all models."""
    yield all_known()


def all_known() -> tuple[Known, ...]:
    """Give every model that is here, sorted by name; reads the disk."""
    from vgan_studio.gan.community import is_foreign
    from vgan_studio.gan.weights import list_models, user_folder

    own = user_folder()
    return tuple(
        Known(
            card.name, card.task, card.architecture, card.scale, card.license, card.source, card.digest, card.about,
            card.limits, path, path.stat().st_size, path.parent == own, is_foreign(card.architecture),
            tuple(card.figures.items()),
        )
        for path, card in list_models()
    )  # fmt: skip


def verifying(models: Sequence[Known]) -> Generator[Verified]:
    """Read models whole, and say of each whether it is what its card says."""
    from vgan_studio.gan.weights import read_model

    faults: list[tuple[str, str]] = []
    yield Verified(0, len(models), ())
    for model in models:
        try:
            read_model(model.path)
        except ModelError as error:
            faults.append((model.name, str(error)))
        else:
            faults.append((model.name, ""))
        yield Verified(len(faults), len(models), tuple(faults))


def taking_in(wish: Wish) -> "Generator[Looking | Known]":
    """Look at a stranger's weights in a process of its own and take them in; the model at the end.

    Raises:
        ModelError: they are refused; the sentence says why.
    """
    from vgan_studio.engine.adopt import adopting

    name = ""
    for step in adopting(wish.file, name=wish.name, task=wish.task, license=wish.license):
        if isinstance(step, tuple):
            name = step[1].name
        else:
            yield step
    yield next(one for one in all_known() if one.name == name)


def removing(name: str) -> Generator[str]:
    """Delete a model of the user's own.

    Raises:
        ModelError: it is not the user's, or the disk refuses.
    """
    from vgan_studio.gan.weights import remove_model

    remove_model(name)
    yield name

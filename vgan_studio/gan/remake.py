"""Train the shipped models anew, each by the command on its card, those that others begin from first.

python -m vgan_studio.gan.remake [NAME...] --data DIR -o DIR
"""

import argparse
import logging
import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path

from vgan_studio.errors import ModelError, VganError

from . import train
from .recipes import RECIPES
from .weights import Card, find_model, list_models

log = logging.getLogger(__name__)


def commands(cards: Mapping[str, Card], wanted: Sequence[str], data: Path, out: Path) -> dict[str, list[str]]:
    """Give the arguments for `gan.train` by model, in the order in which they are to be run.

    Args:
        cards: of all models, by name.
        wanted: names of models; all that a recipe made if there are none.
        data: the folder that holds the folders that the cards name.

    Raises:
        ModelError: there is no such model, or its card has no command.
    """
    missing = [name for name in wanted if name not in cards]
    if missing:
        raise ModelError(f"There is no model {missing[0]!r}. There are: {', '.join(sorted(cards))}.")
    names = wanted or sorted(
        (name for name, card in cards.items() if _words(card)), key=lambda name: _bases(cards, cards[name])
    )
    return {name: _arguments(cards[name], data, out) for name in names}


def _bases(cards: Mapping[str, Card], card: Card, most: int = 8) -> int:
    """Count the models that lie before one; a circle of strangers' models ends, too."""
    return 1 + _bases(cards, cards[card.base], most - 1) if most and card.base in cards else 0


def _words(card: Card) -> list[str]:
    """Give what follows `train` in a card's command."""
    words = shlex.split(card.source)
    at = next((i for i, word in enumerate(words) if word in ("train", "vgan_studio.gan.train")), None)
    rest = [] if at is None else words[at + 1 :]
    return rest if rest and rest[0] in RECIPES else []


def _arguments(card: Card, data: Path, out: Path) -> list[str]:
    words = _words(card)
    if not words:
        raise ModelError(f"The card of {card.name} names no recipe of this program: {card.source!r}.")
    found, option = [words[0]], ""
    for word in words[1:]:
        option = word if word.startswith("--") else option
        if option == "--data" and word != option:
            found.append(str(data / word))
        elif option != "--base":  # it lies elsewhere now
            found.append(word)
    return [*found, "-o", str(out), "--name", card.name]


def main(arguments: Sequence[str] | None = None) -> int:
    """Train one after another; a training that was interrupted goes on."""
    parser = argparse.ArgumentParser(prog="python -m vgan_studio.gan.remake")
    parser.add_argument("names", nargs="*", help="of shipped models; all if none is given")
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds photos, clips and the rest")
    parser.add_argument("-o", "--out", type=Path, required=True)
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    try:
        cards = {card.name: card for _, card in list_models()}
        for name, words in commands(cards, options.names, options.data, options.out).items():
            log.info("python -m vgan_studio.gan.train %s", shlex.join(words))
            if status := train.main([*words, *_as_it_stands(cards[name], options.out)]):
                return status
    except VganError as error:
        log.error("%s", error)
        return 1
    return 0


def _as_it_stands(card: Card, out: Path) -> list[str]:
    """Go on from a checkpoint if there is one; begin from the new base, or else from the shipped one."""
    resume = ["--resume"] if (out / f"{card.name}.checkpoint").exists() else []
    if not card.base:
        return resume
    new = out / f"{card.base}.safetensors"
    return [*resume, "--base", str(new if new.exists() else find_model(card.base))]


if __name__ == "__main__":
    raise SystemExit(main())

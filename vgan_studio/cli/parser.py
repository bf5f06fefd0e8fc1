"""What can be typed after `vgan`.  The names are stable: others script them."""

import argparse
import re
from collections.abc import Callable
from fractions import Fraction
from importlib import import_module
from typing import Any

from vgan_studio import __version__

_RANGE = re.compile(r"(?P<a>[^:]*):(?P<b>[^:]*)")
_RATES = 1, 1000  # a film of less or more is a slip of the finger
_NTSC = Fraction(1001, 1000)
_ROUNDED = Fraction(6, 1000)  # as 29.97 is of 30000/1001
_PLACE = re.compile(r"(?P<number>\d+(?:\.\d+)?)(?P<seconds>s?)")


def build_parser() -> argparse.ArgumentParser:
    """Give the parser of the whole command line; each verb sets `run`."""
    parser = argparse.ArgumentParser(prog="vgan", description="A video editor in which GAN effects are live.")
    parser.add_argument("--version", action="version", version=f"vgan_studio {__version__}")
    verbs = parser.add_subparsers(title="verbs", metavar="VERB", required=False)
    parser.set_defaults(run=_late("edit"), files=[], cache=None, json=False, verbose=0)
    _edit(verbs)
    _probe(verbs)
    _apply(verbs)
    _render(verbs)
    _verify(verbs)
    _effects(verbs)
    _models(verbs)
    _train(verbs)
    _evaluate(verbs)
    _demo(verbs)
    _bench(verbs)
    _doctor(verbs)
    return parser


def _verb(verbs: Any, name: str, words: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = verbs.add_parser(name, help=words, description=words)
    parser.add_argument("--json", action="store_true", help="print one JSON object per line")
    parser.add_argument("-v", "--verbose", action="count", default=0, help="say more; twice: say everything")
    parser.set_defaults(run=_late(name))
    return parser


def _late(name: str) -> Callable[[argparse.Namespace], int]:
    def run(args: argparse.Namespace) -> int:
        status: int = import_module(f"vgan_studio.cli.{name}").run(args)
        return status

    return run


def _edit(verbs: Any) -> None:
    parser = _verb(verbs, "edit", "Open the editor; so does no verb at all.")
    parser.add_argument("files", nargs="*", metavar="PROJECT.otio|MEDIA", help="a film to open, or media to take in")
    parser.add_argument("--cache", metavar="DIR", help="where computed pictures are kept")


def _probe(verbs: Any) -> None:
    parser = _verb(verbs, "probe", "Say what is in a media file.")
    parser.add_argument("file", metavar="FILE")


def _apply(verbs: Any) -> None:
    parser = _verb(verbs, "apply", "Send one file through effects into another.")
    parser.add_argument("file", metavar="IN")
    parser.add_argument(
        "--effect", action="append", default=[], metavar="ID[:NAME=VALUE,...]", help="in order; can be given many times"
    )
    parser.add_argument("--range", type=place_range, metavar="A:B", help="from A up to B: frames, or seconds with an s")
    parser.add_argument("--sound", choices=("auto", "copy", "encode", "none"), default="auto", help="default: auto")
    _output(parser)


def _render(verbs: Any) -> None:
    parser = _verb(verbs, "render", "Render a project to a file.")
    parser.add_argument("project", metavar="PROJECT.otio")
    parser.add_argument("--range", type=place_range, metavar="A:B", help="from A up to B: frames, or seconds with an s")
    parser.add_argument(
        "--media",
        action="append",
        default=[],
        metavar="DIR",
        help="where moved media may be, and where effects may read files; can be given many times",
    )
    parser.add_argument(
        "--subtitles",
        choices=("burn", "stream", "file", "none"),
        default="burn",
        help="into the pictures, as a stream of the film, as a file beside it, or not at all; default: burn",
    )
    parser.add_argument(
        "--rate",
        type=_rate,
        metavar="N",
        help="pictures per second: 25, 23.976, 30000/1001; default: the film's",
    )
    _output(parser)


def _output(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-o", "--output", required=True, metavar="OUT")
    parser.add_argument("--codec", metavar="NAME", help="default: what the suffix of OUT suggests")
    parser.add_argument("--encoder", default="", metavar="NAME", help="a hardware encoder, such as h264_nvenc")
    parser.add_argument("--quality", type=_quality, metavar="N", default=75, help="0 to 100; default 75")
    parser.add_argument(
        "--sidecar", action=argparse.BooleanOptionalAction, help="OUT.json beside it; default: where networks took part"
    )
    parser.add_argument("--check", action="store_true", help="compare some pictures with those that the preview shows")
    parser.add_argument(
        "--credentials", nargs="+", metavar="CERT KEY", help="sign it (MP4, MOV): two PEM files, or the word test"
    )
    _work(parser)


def _verify(verbs: Any) -> None:
    parser = _verb(verbs, "verify", "Compute samples of a film again and compare them with its sidecar.")
    parser.add_argument("sidecar", metavar="OUT.json", help="the sidecar, or the film")
    parser.add_argument("--samples", type=int, metavar="N", help="how many of the noted pictures; default: all")
    parser.add_argument("--media", action="append", default=[], metavar="DIR", help="where moved media may be")
    parser.add_argument("--device", default="auto", metavar="D", help="auto, cpu, cuda or mps; default auto")
    parser.add_argument(
        "--precision", default="", choices=("auto", "fp32", "bf16", "fp16"), help="default: that of the film"
    )


def _work(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--device", default="auto", metavar="D", help="auto, cpu, cuda or mps; default auto")
    parser.add_argument("--precision", default="auto", choices=("auto", "fp32", "bf16", "fp16"), help="default: auto")
    parser.add_argument("--cache", metavar="DIR", help="where computed pictures are kept")


def _effects(verbs: Any) -> None:
    parser = _verb(verbs, "effects", "List the effects and their parameters.")
    parser.add_argument("id", nargs="?", metavar="ID", help="only this one")
    parser.add_argument("--measure", action="store_true", help="time those that ask a network, on this machine")


def _models(verbs: Any) -> None:
    parser = _verb(verbs, "models", "List the models and check their digests.")
    parser.set_defaults(action="list", names=[])
    actions = parser.add_subparsers(title="actions", metavar="ACTION", dest="action")
    actions.add_parser("list", help="all models with their cards; so does no action at all")
    checked = actions.add_parser("verify", help="read models to their end and check that they are what their cards say")
    checked.add_argument("names", nargs="*", metavar="NAME", help="default: all")
    taken = actions.add_parser("import", help="take in weights of other programs; needs the extra community")
    taken.add_argument("file", metavar="FILE", help=".safetensors or .pth, of an architecture that spandrel knows")
    taken.add_argument("--name", default="", help="of the model; default: the file's")
    taken.add_argument("--task", default="", choices=("upscale", "denoise", "deblur"), help="default: by architecture")
    taken.add_argument("--license", metavar="TEXT", help="of the weights; asked for, or unknown")
    taken.add_argument("--source", default="", metavar="TEXT", help="where they come from; default: the file's name")
    removed = actions.add_parser("remove", help="delete a model from your own folder")
    removed.add_argument("names", nargs=1, metavar="NAME")
    for action in actions.choices.values():  # what is said before the action holds, too
        action.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="one JSON object per line")


def _train(verbs: Any) -> None:
    parser = _verb(verbs, "train", "Train a model by a recipe.")
    parser.add_argument("recipe", metavar="RECIPE", help="upscale-x2, denoise, features, ...; a wrong one lists them")
    parser.add_argument(
        "--data", nargs="+", required=True, metavar="DIR", help="folders of pictures and films, or a film"
    )
    parser.add_argument("-o", "--output", required=True, metavar="DIR", help="for model, checkpoint and samples")
    budget = parser.add_mutually_exclusive_group()
    budget.add_argument("--steps", type=int, metavar="N", help="default: the recipe's own")
    budget.add_argument("--minutes", type=float, metavar="M", help="stop by the clock")
    parser.add_argument("--resume", action="store_true", help="go on from the checkpoint in DIR")
    parser.add_argument("--device", default="auto", metavar="D", help="auto, cpu or cuda; default auto")
    parser.add_argument("--name", metavar="NAME", help="of the model; default: the recipe's")
    parser.add_argument("--every", type=int, default=250, metavar="N", help="steps between reports; default 250")
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="change a part of the recipe")


def _evaluate(verbs: Any) -> None:
    parser = _verb(verbs, "evaluate", "Measure a model or an effect beside the classical tools.")
    parser.add_argument("wanted", metavar="MODEL|EFFECT", help="a model's name, task or file, or an effect's id")
    parser.add_argument(
        "--data", nargs="+", required=True, metavar="DIR", help="folders with test pictures and validation films"
    )
    parser.add_argument("--write", action="store_true", help="put the figures on the models' cards")


def _demo(verbs: Any) -> None:
    parser = _verb(verbs, "demo", "Make, edit and render a short film.")
    parser.add_argument("-o", "--output", default="demo", metavar="DIR", help="default: demo")
    parser.add_argument("media", nargs="*", metavar="MEDIA", help="use these files instead of a film made by code")
    _work(parser)


def _bench(verbs: Any) -> None:
    parser = _verb(verbs, "bench", "Measure decoding, networks alone, and an export with each of them.")
    parser.add_argument("file", nargs="?", metavar="FILE", help="default: a film made by code, 640x360")
    parser.add_argument(
        "--effect",
        action="append",
        default=[],
        metavar="ID[:NAME=VALUE,...]",
        help="default: every one that asks a network",
    )
    parser.add_argument(
        "--codec", action="append", metavar="NAME", help="default: h264; several: each with each effect"
    )
    parser.add_argument("--device", default="auto", metavar="D", help="auto, cpu, cuda or mps; default auto")
    parser.add_argument("--precision", default="auto", choices=("auto", "fp32", "bf16", "fp16"), help="default: auto")


def _doctor(verbs: Any) -> None:
    _verb(verbs, "doctor", "Check that everything this program needs is here.")


def place_range(text: str) -> tuple["Place | None", "Place | None"]:
    """Read `A:B`; either may be missing."""
    match = _RANGE.fullmatch(text)
    if match is None:
        raise argparse.ArgumentTypeError(f"{text!r} is not a range like 24:48 or 1.5s:3s")
    return _place(match["a"]), _place(match["b"])


class Place:
    """A place in a film as it was typed: a frame, or seconds until the rate is known."""

    def __init__(self, number: Fraction, *, seconds: bool) -> None:
        self.number, self.seconds = number, seconds

    def frame(self, rate: Fraction) -> int:
        """Give the nearest frame at so many frames per second."""
        return round(self.number * rate) if self.seconds else int(self.number)


def frame_of(place: Place | None, rate: Fraction) -> int | None:
    """Give the frame of a place; None for none."""
    return None if place is None else place.frame(rate)


def _place(text: str) -> Place | None:
    if not text:
        return None
    match = _PLACE.fullmatch(text)
    if match is None or ("." in match["number"] and not match["seconds"]):
        raise argparse.ArgumentTypeError(f"{text!r} is neither a frame like 24 nor seconds like 1.5s")
    return Place(Fraction(match["number"]), seconds=bool(match["seconds"]))


def _rate(text: str) -> Fraction:
    """Read pictures per second; of decimals the usual rate that they stand for, such as 24000/1001 for 23.976."""
    try:
        rate = Fraction(text)
    except (ValueError, ZeroDivisionError):
        rate = Fraction(0)
    if not _RATES[0] <= rate <= _RATES[1]:
        raise argparse.ArgumentTypeError(f"{text!r} is not a rate from 1 to 1000, such as 25, 23.976 or 30000/1001")
    slowed = Fraction(round(rate * _NTSC) * 1000, 1001)
    return slowed if "." in text and abs(rate - slowed) < _ROUNDED else rate


def _quality(text: str) -> int:
    if not text.isdecimal() or not 0 <= int(text) <= 100:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 0 to 100")
    return int(text)

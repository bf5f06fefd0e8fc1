"""`vgan apply`: one file through effects into another."""

import argparse
import re
from fractions import Fraction
from pathlib import Path

from vgan_studio.effects.spec import find, parse
from vgan_studio.errors import EffectError
from vgan_studio.media.probe import probe
from vgan_studio.render.apply import apply
from vgan_studio.timeline.values import EffectCall, Value

from .parser import Place, frame_of
from .work import make_engine, make_proof, open_cache, write_film

_COMMA = re.compile(r",(?=\s*\w+=)")  # a comma within a value stays: position=0.5,0.2


def run(args: argparse.Namespace) -> int:
    """Apply the effects."""
    effects = [read_effect(words) for words in args.effect]
    places = args.range or (None, None)
    steps = apply(
        args.file, effects, args.output, make_engine(args) if effects else None, open_cache(args),
        codec=args.codec or "", quality=args.quality, range=_pictures(args.file, places), sound=args.sound,
        encoder=args.encoder, proof=make_proof(args),
    )  # fmt: skip
    return write_film(steps, Path(args.output), args)


def read_effect(words: str) -> EffectCall:
    """Read `ID` or `ID:name=value,name=value`.

    Raises:
        EffectError: there is no such effect or parameter, or a value does not fit.
    """
    id, _, rest = words.partition(":")
    effect = find(id)
    if effect.kind != "filter":
        raise EffectError(f"{id} is a {effect.kind}: it does not change one picture into another.")
    params: dict[str, Value] = {}
    for part in _COMMA.split(rest) if rest else []:
        name, equals, text = part.strip().partition("=")
        if not equals:
            raise EffectError(f"{part!r} is not a parameter of {id}; write NAME=VALUE.")
        params[name] = parse(effect.params[name], text) if name in effect.params else text
    effect.complete(params)
    return EffectCall(id, tuple(sorted(params.items())))


def _pictures(file: str, places: tuple[Place | None, Place | None]) -> tuple[int | None, int | None]:
    timed = any(place is not None and place.seconds for place in places)
    rate = probe(file).rate if timed else Fraction(0)
    return frame_of(places[0], rate), frame_of(places[1], rate)

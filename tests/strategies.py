"""Hypothesis strategies for timelines and their parts.

Parts of timelines are drawn from small pools that hold every kind of value, so that many timelines can be tried;
`any_clips` draws all of a clip at random.
"""

import json
from dataclasses import replace
from fractions import Fraction
from typing import get_args

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from vgan_studio.timeline.curve import Curve, Easing, Key
from vgan_studio.timeline.pieces import settled
from vgan_studio.timeline.values import (
    CAPTION_LOOK,
    Caption,
    Clip,
    EffectCall,
    Fade,
    Folder,
    Marker,
    Media,
    SubtitleTrack,
    Timeline,
    Track,
    Transition,
)

laws = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

RATES = (Fraction(24), Fraction(25), Fraction(30000, 1001), Fraction(24000, 1001), Fraction(60), Fraction(25, 2))
SPEEDS = (Fraction(1), Fraction(2), Fraction(1, 3), Fraction(-1), Fraction(-7, 5), Fraction(0), Fraction(1001, 1000))
EASED = Curve((Key(-3, 0.25, "ease"), Key(2, 1.0, "hold"), Key(9, -1 / 3, "linear"), Key(30, 1e-9)))
MOVING = Curve((Key(0, (0.0, 0.5)), Key(12, (1.0, 0.1), "ease"), Key(13, (0, 1))))
CURVES = (EASED, MOVING, Curve((Key(4, 2),)))
CALLS = (
    EffectCall("color.exposure", (("stops", EASED),)),
    EffectCall("filter.blur", (("edge", True), ("size", 0.1), ("times", 3), ("word", 'a\n"ü')), False),
    EffectCall("geometry.transform", (("place", MOVING), ("scale", (1.0, 2.0)))),
    EffectCall("gan.upscale"),
)
GENERATORS = (
    EffectCall("core.title", (("size", EASED), ("text", "Hi"))),
    EffectCall("core.blank", (("color", (0.0, 0.5, 1.0, 1.0)),), False),
)
DRESSED = EffectCall(
    "core.title",
    (
        ("anchor", "top"), ("bold", True), ("box", 0.02), ("box_color", (0.0, 0.0, 0.0, 0.6)), ("color", (1.0, 1.0, 0.0, 1.0)),
        ("font", "Noto Sans CJK SC"), ("outline", EASED), ("position", (0.0, -0.45)),
    ),
)  # fmt: skip
TURNS = (EffectCall("core.dissolve"), EffectCall("core.wipe", (("angle", EASED),)))
STRANGE = '{"id":[1,2.5,"\\u00fc",{"OTIO_SCHEMA":"Glow.9"}]}'  # as `otio_values.text` writes it
METADATA = ((), (("a b", "null"), ("resolve", STRANGE)), (("kdenlive", "1"),))
PATHS = ("/films/a b.mov", "/ü/%41?#.mkv", "rel/c.mp4", "C:\\d.avi", "/bad\udc80.mov", "", "~/x", "//host/a")
FADERS, PANS = (0.0, 0.0, -6.5, 1 / 3, -100.0, 12.0), (0.0, 0.0, -1.0, 0.1, 1.0)
FADES = (None, None, Fade(0, 4), Fade(-5, 9), Fade(12, 3))

texts = st.sampled_from(["", "a", "ünï ☃", "\n\t\x7f", "0"])
finite = st.sampled_from([0.0, -6.0, 0.1, 1 / 3, 5])
curves = st.sampled_from(CURVES)
scalar_curves = st.sampled_from([EASED, CURVES[2]])
calls = st.sampled_from(CALLS)
turns = st.sampled_from(TURNS)
params = st.sampled_from([True, 3, 0.5, "word", (0.5, 1.0), *CURVES])
metadata = st.sampled_from(METADATA)
some_locked = st.sampled_from([False, False, False, True])


@st.composite
def media(draw, number=0):
    still, sound = draw(st.sampled_from([(True, False), (False, True), (False, True), (False, False)]))
    return Media(
        draw(st.sampled_from(PATHS)) + str(number),
        f"digest{number}",
        Fraction(0) if still else draw(st.sampled_from([Fraction(1, 25), Fraction(2), Fraction(10010, 30001)])),
        640,
        360,
        Fraction(0) if still else Fraction(30000, 1001),
        Fraction(16, 15),
        2 if sound else 0,
        48000 if sound else 0,
        draw(st.booleans()),
    )


@st.composite
def clips(draw, bin, kind):
    """A clip without its place; None where no medium of the bin fits."""
    usable = [medium for medium in bin if kind == "video" or medium.channels]
    source = draw(st.sampled_from([*usable, *GENERATORS] if kind == "video" else usable or [None]))
    return source and Clip(
        0,
        0,
        draw(st.sampled_from([1, 2, 5, 9, 16])),
        source,
        draw(st.sampled_from([Fraction(0), Fraction(1), Fraction(1001, 30000), Fraction(22, 7)])),
        draw(st.sampled_from(SPEEDS)),
        draw(st.sampled_from([(), CALLS[:1], CALLS[1:3], CALLS])),
        None,
        draw(st.sampled_from([0.0, -6.5, EASED])),
        draw(st.sampled_from(FADES)),
        draw(st.sampled_from(FADES)),
        draw(st.booleans()),
        draw(texts),
        draw(metadata),
        draw(st.sampled_from([0, 0, 1])),
    )


@st.composite
def transitions(draw):
    if not draw(st.booleans()):
        return None
    ease = draw(st.sampled_from(get_args(Easing)))
    return Transition(draw(st.integers(0, 6)), draw(st.integers(1, 6)), draw(turns), ease)


@st.composite
def tracks(draw, bin, first_id, locks):
    kind = draw(st.sampled_from(["video", "video", "audio"]))
    placed, end = [], 0
    for number in range(draw(st.integers(0, 5))):
        clip = draw(clips(bin, kind))
        if clip is None:
            break
        start = end + draw(st.sampled_from([0, 0, 0, 1, 7]))
        placed.append(replace(clip, id=first_id + number, start=start, transition=draw(transitions())))
        end = placed[-1].end
    muted, hidden = draw(st.booleans()), draw(st.booleans())
    fader, pan = draw(st.sampled_from(FADERS)), draw(st.sampled_from(PANS))
    return Track(
        kind,
        settled(tuple(placed)),
        draw(texts),
        draw(locks),
        muted,
        hidden,
        draw(metadata),
        fader,
        pan,
        draw(st.booleans()),
    )


@st.composite
def folders(draw, bin):
    """Folders in folders, with some of the media of a bin in them."""
    paths = {(), *draw(st.sets(st.sampled_from(["a", "ü ☃"]).map(lambda name: (name,))))}
    paths |= {(*path, name) for path in paths if path for name in draw(st.sets(st.sampled_from(["a", "B"])))}
    held = {path: [] for path in sorted(paths)}
    for one in bin:
        held[draw(st.sampled_from(list(held)))].append(one.fingerprint)
    return tuple(Folder(path, tuple(sorted(names))) for path, names in held.items() if path)


@st.composite
def subtitles(draw, locks=some_locked):
    captions, end = [], 0
    for _ in range(draw(st.integers(0, 4))):
        start = end + draw(st.sampled_from([0, 0, 1, 7]))
        captions.append(Caption(start, draw(st.sampled_from([1, 3, 12])), draw(texts)))
        end = captions[-1].end
    language = draw(st.sampled_from(["", "en", "zh-Hans"]))
    look = draw(st.sampled_from([CAPTION_LOOK, DRESSED, *GENERATORS]))
    return SubtitleTrack(tuple(captions), draw(texts), language, draw(st.booleans()), draw(locks), look, draw(metadata))


@st.composite
def timelines(draw, locks=some_locked):
    bin = tuple(draw(media(number)) for number in range(draw(st.integers(1, 3))))
    rows, id = [], draw(st.integers(1, 5))
    for _ in range(draw(st.integers(1, 3))):
        rows.append(draw(tracks(bin, id, locks)))
        id += len(rows[-1].clips) + 1
    marker = Marker(
        draw(st.integers(0, 100)), draw(texts), draw(st.sampled_from(["green", "Red", "", "ß"])), draw(texts)
    )
    return Timeline(
        draw(st.sampled_from(RATES)),
        draw(st.integers(1, 4000)),
        1080,
        draw(st.sampled_from([44100, 48000])),
        tuple(rows),
        bin,
        id,
        draw(st.sampled_from([(), (marker,), (replace(marker, metadata=METADATA[1]), Marker(3))])),
        draw(st.sampled_from([None, (0, 1), (5, 50)])),
        draw(metadata),
        draw(folders(bin)),
        tuple(draw(subtitles(locks)) for _ in range(draw(st.sampled_from([0, 1, 1, 2])))),
    )


timelines_with_clips = timelines(st.just(False)).filter(lambda timeline: any(t.clips for t in timeline.tracks))

_words = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=6)
_numbers = st.floats(allow_nan=False, allow_infinity=False)
_json = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**20), 10**20) | _numbers | _words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_words, inner, max_size=3),
    max_leaves=6,
)


@st.composite
def any_curves(draw, values):
    frames = sorted(draw(st.lists(st.integers(-(10**6), 10**6), min_size=1, max_size=4, unique=True)))
    return Curve(tuple(Key(f, draw(values), draw(st.sampled_from(["hold", "linear", "ease"]))) for f in frames))


@st.composite
def any_clips(draw):
    """A clip of a still with everything in it at random."""
    pair = st.tuples(_numbers, _numbers)
    value = (
        st.booleans()
        | st.integers(-(10**9), 10**9)
        | _numbers
        | _words
        | pair
        | any_curves(_numbers)
        | any_curves(pair)
    )
    named = st.dictionaries(_words, value, max_size=3).map(
        lambda params: tuple(sorted(params.items(), key=lambda p: p[0]))
    )
    call = st.builds(EffectCall, _words.filter(bool), named, st.booleans())
    other = st.dictionaries(_words.filter(lambda name: not name.startswith("vgan")), _json, max_size=2)
    texts = draw(
        other.map(
            lambda d: tuple(sorted((n, json.dumps(v, sort_keys=True, separators=(",", ":"))) for n, v in d.items()))
        )
    )
    return Clip(
        draw(st.integers(1, 9)),
        draw(st.integers(0, 10**6)),
        draw(st.integers(1, 10**6)),
        Media(draw(_words), draw(_words.filter(bool)), Fraction(0)),
        draw(st.fractions(-(10**6), 10**6, max_denominator=10**9)),
        draw(st.fractions(-1000, 1000, max_denominator=10**6)),
        tuple(draw(st.lists(call, max_size=2))),
        gain_db=draw(_numbers | any_curves(_numbers)),
        fade_in=draw(st.none() | st.builds(Fade, st.integers(-99, 99), st.integers(1, 99))),
        muted=draw(st.booleans()),
        name=draw(_words),
        metadata=texts,
    )

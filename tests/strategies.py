"""Hypothesis strategies for timelines, their parts, and edits of them."""

import json
from dataclasses import replace
from fractions import Fraction

from hypothesis import strategies as st

from vgan_studio.timeline.curve import Curve, Key
from vgan_studio.timeline.pieces import settled
from vgan_studio.timeline.values import Clip, EffectCall, Fade, Marker, Media, Timeline, Track, Transition

RATES = (Fraction(24), Fraction(25), Fraction(30000, 1001), Fraction(24000, 1001), Fraction(60), Fraction(25, 2))
SPEEDS = (Fraction(1), Fraction(2), Fraction(1, 3), Fraction(-1), Fraction(-7, 5), Fraction(0), Fraction(1001, 1000))

texts = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=6)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.floats(-1e6, 1e6) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=4,
)


@st.composite
def metadata(draw):
    """What other programs might have left."""
    names = draw(st.lists(st.sampled_from(["resolve", "kdenlive", "a b", "ünï"]), max_size=2, unique=True))
    pairs = [(n, json.dumps(draw(json_values), sort_keys=True, separators=(",", ":"))) for n in sorted(names)]
    return tuple(pairs)


finite = st.floats(-1e6, 1e6, allow_nan=False)


@st.composite
def curves(draw, values=finite):
    frames = draw(st.lists(st.integers(-20, 40), min_size=1, max_size=4, unique=True))
    eases = st.sampled_from(["hold", "linear", "ease"])
    return Curve(tuple(Key(frame, draw(values), draw(eases)) for frame in sorted(frames)))


params = st.one_of(
    st.booleans(),
    st.integers(-(10**6), 10**6),
    finite,
    texts,
    st.tuples(finite, finite),
    curves(),
    curves(st.tuples(finite, finite)),
)


@st.composite
def calls(draw, ids=("color.exposure", "filter.blur", "gan.upscale")):
    named = draw(st.dictionaries(st.sampled_from(["amount", "place", "word"]), params, max_size=2))
    return EffectCall(draw(st.sampled_from(ids)), tuple(sorted(named.items())), draw(st.booleans()))


@st.composite
def media(draw, number=0):
    still = draw(st.integers(0, 3)) == 0
    sound = draw(st.booleans())
    return Media(
        draw(st.sampled_from(["/films/a b.mov", "/ü/%41?#.mkv", "rel/c.mp4", "C:\\d.avi", "/bad\udc80.mov", "", "~/x"]))
        + str(number),
        f"digest{number}",
        Fraction(0) if still else Fraction(draw(st.integers(1, 400)), draw(st.sampled_from([1, 25, 1001]))),
        640,
        360,
        Fraction(0) if still else Fraction(30000, 1001),
        draw(st.sampled_from([Fraction(1), Fraction(16, 15)])),
        2 if sound else 0,
        48000 if sound else 0,
    )


fades = st.none() | st.builds(Fade, st.integers(-20, 40), st.integers(1, 20))
transitions = st.none() | st.builds(
    Transition, st.integers(0, 6), st.integers(1, 6), calls(("core.dissolve", "core.wipe"))
)


@st.composite
def clips(draw, bin, kind):
    """A clip without its place."""
    sources = st.sampled_from([m for m in bin if kind == "video" or m.channels] or [None])
    if kind == "video":
        sources = sources | calls(("core.title", "core.blank"))
    source = draw(sources)
    return source and Clip(
        0,
        0,
        draw(st.integers(1, 25)),
        source,
        draw(st.fractions(0, 5, max_denominator=1001)),
        draw(st.sampled_from(SPEEDS)),
        tuple(draw(st.lists(calls(), max_size=2))),
        None,
        draw(st.just(0.0) | finite | curves()),
        draw(fades),
        draw(fades),
        draw(st.booleans()),
        draw(texts),
        draw(metadata()),
    )


@st.composite
def tracks(draw, bin, first_id, locks):
    kind = draw(st.sampled_from(["video", "video", "audio"]))
    placed, end = [], 0
    for number in range(draw(st.integers(0, 5))):
        clip = draw(clips(bin, kind))
        if clip is None:
            break
        start = end + draw(st.sampled_from([0, 0, 0, 1, 7]))
        placed.append(replace(clip, id=first_id + number, start=start, transition=draw(transitions)))
        end = placed[-1].end
    flags = {name: draw(st.booleans()) for name in ("muted", "hidden")}
    return Track(kind, settled(tuple(placed)), draw(texts), locked=draw(locks), metadata=draw(metadata()), **flags)


some_locked = st.sampled_from([False, False, False, True])


@st.composite
def timelines(draw, locks=some_locked):
    bin = tuple(draw(media(number)) for number in range(draw(st.integers(1, 3))))
    rows, id = [], draw(st.integers(1, 5))
    for _ in range(draw(st.integers(1, 3))):
        rows.append(draw(tracks(bin, id, locks)))
        id += len(rows[-1].clips) + draw(st.integers(0, 1))
    markers = st.builds(
        Marker, st.integers(0, 100), texts, st.sampled_from(["green", "Red", "", "ß"]), texts, metadata()
    )
    return Timeline(
        draw(st.sampled_from(RATES)),
        draw(st.integers(1, 4000)),
        draw(st.integers(1, 4000)),
        draw(st.sampled_from([44100, 48000])),
        tuple(rows),
        bin,
        id,
        tuple(draw(st.lists(markers, max_size=2))),
        draw(st.none() | st.tuples(st.integers(0, 10), st.integers(11, 50))),
        draw(metadata()),
    )


timelines_with_clips = timelines(st.just(False)).filter(lambda timeline: any(t.clips for t in timeline.tracks))

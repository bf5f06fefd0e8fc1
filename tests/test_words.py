"""The words of a frame: each track of subtitles in its own look, and none over another."""

from dataclasses import replace
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vgan_studio.effects.spec import find
from vgan_studio.effects.title import extent
from vgan_studio.engine.run import Engine
from vgan_studio.render.evaluate import Renderer
from vgan_studio.render.plan import plan
from vgan_studio.render.words import words
from vgan_studio.timeline.curve import Curve, Key
from vgan_studio.timeline.values import CAPTION_LOOK, Caption, EffectCall, SubtitleTrack, Timeline

from .strategies import laws

YELLOW, CYAN = (1.0, 1.0, 0.0, 1.0), (0.0, 1.0, 1.0, 1.0)


def look(**params):
    return EffectCall("core.title", tuple(sorted({**dict(CAPTION_LOOK.params), **params}.items())))


def a_film(*tracks):
    """Tracks of subtitles, each as words and a look."""
    made = (SubtitleTrack((Caption(0, 9, text),), look=one) for text, one in tracks)
    return Timeline(Fraction(25), 320, 180, subtitles=tuple(made))


def boxes(film, frame=0):
    title = find("core.title")
    drawn = [(call, {name: value.at(place) if isinstance(value, Curve) else value for name, value in call.params})
             for call, place in words(film, frame)]  # fmt: skip
    return [(params["text"], extent((film.height, film.width), **title.complete(params))) for _, params in drawn]


def rows(renderer, film, colour):
    """Give the first and the last row of a frame that have such a colour."""
    picture = renderer.render([plan(film, 0)])[0][0]
    wanted = [picture[n] > 0.8 if colour[n] else picture[n] < 0.2 for n in range(3)]
    there = (wanted[0] & wanted[1] & wanted[2] & (picture[3] > 0.8)).any(1).nonzero().flatten()
    return int(there[0]), int(there[-1])


looks = st.builds(
    look,
    anchor=st.sampled_from(["bottom", "top", "middle"]),
    font_size=st.sampled_from([0.03, 0.055, 0.12]),
    position=st.sampled_from([(0.0, 0.45), (0.0, 0.4), (0.0, -0.45), (0.3, 0.0)]),
    box_color=st.sampled_from([(0.0, 0.0, 0.0, 0.0), (0.0, 0.0, 0.0, 0.5)]),
)


@laws
@given(
    st.lists(st.tuples(st.sampled_from(["Hello", "two\nlines", "你好", "long " * 30]), looks), min_size=1, max_size=4)
)
def test_no_words_stand_over_others_that_hang_or_stand_as_they_do(tracks):
    film = a_film(*tracks)
    found = boxes(film)
    anchors = [dict(call.params)["anchor"] == "bottom" for call, _ in words(film, 0)]
    for (a, one), (b, other) in combinations(zip(anchors, found, strict=True), 2):
        assert a != b or not one[1].meets(other[1])
    assert "\n".join(text for text, _ in found) == "\n".join(text.strip() for text, _ in tracks)


@laws
@given(st.lists(st.sampled_from(["Hello", "two\nlines"]), min_size=1, max_size=3))
def test_tracks_of_one_look_are_one_block_just_as_one_track_with_all_their_lines(texts):
    assert words(a_film(*((text, CAPTION_LOOK) for text in texts)), 0) == words(
        a_film(("\n".join(texts), CAPTION_LOOK)), 0
    )


def test_each_track_is_drawn_in_its_own_look_the_first_one_above(tmp_path):
    film = a_film(("Hello", look(color=YELLOW, font_size=0.1)), ("World", look(color=CYAN, bold=True)))
    renderer = Renderer(Engine("cpu", "fp32", tmp_path / "engine.json"))
    yellow, cyan = rows(renderer, film, YELLOW), rows(renderer, film, CYAN)
    assert yellow[1] < cyan[0], "none over the other"
    assert yellow[1] - yellow[0] > cyan[1] - cyan[0], "each in its own size"
    alone = a_film(("World", look(color=CYAN, bold=True)))
    assert rows(renderer, alone, CYAN) == cyan, "the last one stays where it is"


def test_words_that_hang_from_the_top_go_down():
    (_, first), (_, second) = boxes(
        a_film(
            ("a", look(anchor="top", position=(0.0, -0.45))),
            ("b", look(anchor="top", position=(0.0, -0.45), bold=True)),
        )
    )
    assert first.top == pytest.approx(0.05) and second.top == pytest.approx(first.bottom)


def test_words_that_leave_each_other_room_stay_where_they_are():
    looks = look(position=(-0.5, 0.45), wrap=0.4), look(position=(0.5, 0.45), wrap=0.4), look(position=(0.0, -0.3))
    film = a_film(*(("x", one) for one in looks))
    assert [dict(call.params)["position"] for call, _ in words(film, 0)] == [(-0.5, 0.45), (0.5, 0.45), (0.0, -0.3)]


def test_a_look_that_moves_is_followed_from_its_own_caption_on():
    moving = look(position=Curve((Key(0, (0.0, 0.45)), Key(8, (0.0, -0.3)))), color=CYAN)
    film = a_film(("still", CAPTION_LOOK), ("moves", moving))
    later = (replace(film.subtitles[1], captions=(Caption(4, 5, "moves"),)),)
    film = replace(film, subtitles=(film.subtitles[0], *later))
    assert [place for _, place in words(film, 4)] == [4, 0]
    (_, low), (_, there) = boxes(film, 4)
    assert low.bottom == pytest.approx(there.top)
    (_, free), (_, gone) = boxes(film, 8)
    assert gone.bottom < free.top and free.bottom == pytest.approx(0.95)

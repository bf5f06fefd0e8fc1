"""Titles: fonts are found, characters get a font that has them, lines break, and ink is where it should be."""

import logging
import shutil
from pathlib import Path

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from vgan_studio.effects import fonts, title
from vgan_studio.effects.glyphs import characters
from vgan_studio.effects.spec import find

quick = settings(max_examples=20, deadline=None, derandomize=True)


def write(height=90, width=160, **params):
    effect = find("core.title")
    return effect.render(height=height, width=width, **effect.complete(params))


def ink(y):
    """Give the first and last row and column of what can be seen, as (top, bottom, left, right)."""
    rows, columns = (y[0, 3] > 0.02).any(1).nonzero(), (y[0, 3] > 0.02).any(0).nonzero()
    return int(rows[0]), int(rows[-1]), int(columns[0]), int(columns[-1])


def test_the_font_that_we_bring_along_knows_its_letters():
    face = fonts.bundled()
    known = characters(face.path, face.index)
    assert {ord(character) for character in "Aßñжω→"} <= known
    assert ord("简") not in known
    assert fonts.find("", False, False) == face


def test_a_damaged_font_draws_nothing_and_says_so(tmp_path, caplog):
    damaged = tmp_path / "cut.ttf"
    damaged.write_bytes(Path(fonts.bundled().path).read_bytes()[:500])
    assert characters(str(damaged), 0) == frozenset()
    assert "Cannot tell what the font" in caplog.text


@given(st.binary(max_size=64), st.integers(0, 500))
@quick
def test_no_bytes_of_a_font_make_a_traceback(tmp_path_factory, junk, place):
    data = bytearray(Path(fonts.bundled().path).read_bytes())
    data[place : place + len(junk)] = junk
    file = tmp_path_factory.mktemp("fonts") / "junk.ttf"
    file.write_bytes(data)
    assert isinstance(characters(str(file), 0), frozenset)


def test_a_missing_family_is_replaced_and_said(caplog):
    assert fonts.find("No Such Family", False, False).family == fonts.bundled().family
    assert "There is no font 'No Such Family'" in caplog.text


def test_a_character_gets_a_font_that_has_it():
    able = [face for face in fonts.faces() if ord("简") in characters(face.path, face.index)]
    if not able:
        pytest.skip("needs a font with Chinese characters on this machine")
    pieces = fonts.runs("ok 简体 ok", fonts.bundled())
    assert [text for _, text in pieces] == ["ok ", "简体 ", "ok"]
    assert ord("简") in characters(pieces[1][0].path, pieces[1][0].index)


def test_a_character_that_no_font_has_is_said(caplog):
    with caplog.at_level(logging.WARNING):
        write(text="\U000fffff")
    assert "No font on this machine can draw U+FFFFF." in caplog.text


@pytest.mark.parametrize("text", ["one", "one\ntwo\nthree"])
def test_a_title_hangs_by_its_top_or_stands_on_its_bottom(text):
    plain = {"text": text, "shadow": (0.0, 0.0), "shadow_softness": 0.0}
    top, middle, bottom = (ink(write(180, 320, anchor=anchor, **plain)) for anchor in ("top", "middle", "bottom"))
    assert 90 <= top[0] < 100 and 80 < bottom[1] <= 90
    assert abs((middle[0] - top[0]) + (middle[0] - bottom[0])) <= 1  # half way between


def test_new_fonts_are_found_by_their_family(tmp_path, monkeypatch):
    (tmp_path / "fonts").mkdir()
    shutil.copy(fonts.bundled().path, tmp_path / "fonts" / "mine.ttf")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    fonts.faces.cache_clear()
    try:
        assert str(tmp_path / "fonts" / "mine.ttf") in [face.path for face in fonts.faces()]
    finally:
        fonts.faces.cache_clear()


@given(text=st.text(alphabet="ab cé简体\n", max_size=60), wrap=st.floats(1, 30))
@quick
def test_breaking_lines_loses_nothing_but_spaces_and_keeps_the_width(text, wrap):
    face = fonts.bundled()
    lines = title._broken(text.replace("\n", " "), face, wrap)
    assert "".join(lines).replace(" ", "") == text.replace("\n", "").replace(" ", "")
    assert all(sum(title._advance(c, face) for c in line) <= wrap or len(line) == 1 for line in lines)


def test_words_are_not_torn_where_there_is_a_space():
    assert title._broken("one two three", fonts.bundled(), 4.6) == ["one two", "three"]


def test_a_title_stands_in_the_middle_and_follows_its_position():
    plain = {"text": "H", "font_size": 0.3, "shadow_color": (0.0, 0.0, 0.0, 0.0)}
    top, bottom, left, right = ink(write(**plain))
    assert (left + right) / 2 == pytest.approx(79.5, abs=1.5)
    assert (top + bottom) / 2 == pytest.approx(44.5, abs=4)
    moved = ink(write(**plain, position=(0.2, -0.1)))
    assert moved == (top - 9, bottom - 9, left + 18, right + 18)


def test_lines_stand_at_the_side_of_their_box():
    plain = {"text": "H", "font_size": 0.1, "shadow_color": (0.0, 0.0, 0.0, 0.0), "wrap": 0.5}
    lefts = [ink(write(**plain, align=align))[2] for align in ("left", "center", "right")]
    assert lefts[0] == pytest.approx(40, abs=2) and lefts[1] == pytest.approx(76, abs=3) and lefts[2] > 108


def test_an_outline_is_as_wide_as_it_says():
    plain = {"text": "H", "font_size": 0.5, "shadow_color": (0.0, 0.0, 0.0, 0.0)}
    top, bottom, left, right = ink(write(180, 320, **plain))
    rim = ink(write(180, 320, **plain, outline=0.05))
    assert [a - b for a, b in zip(rim, (top, bottom, left, right), strict=True)] == pytest.approx([-9, 9, -9, 9], abs=1)


def test_a_title_keeps_its_lines_at_every_size_of_preview():
    words = {"text": "A title that is long enough to be broken into several lines of text", "font_size": 0.11}
    boxes = [[place / height for place in ink(write(height, height * 16 // 9, **words))] for height in (90, 270, 720)]
    for box in boxes[:2]:
        assert box == pytest.approx(boxes[2], abs=0.02)


def test_opacity_and_colour_are_those_that_were_asked_for():
    y = write(text="█", font_size=0.5, color=(1.0, 0.5, 0.0, 1.0), opacity=0.5, shadow_color=(0.0, 0.0, 0.0, 0.0))
    at = y[0, :, 45, 80]
    torch.testing.assert_close(at, torch.tensor([0.5, 0.25, 0.0, 0.5]), atol=0.01, rtol=0)


def test_a_box_reaches_as_far_beyond_the_words_as_it_says_at_every_size():
    words = {"text": "Hg\n\nwider", "font_size": 0.1, "shadow_color": (0.0, 0.0, 0.0, 0.0), "wrap": 0.7}
    near, far = ({**words, "box_color": (0.0, 0.0, 1.0, 1.0), "box": box} for box in (0.0, 0.1))
    inner, outer = ink(write(180, 320, **near)), ink(write(180, 320, **far))
    assert [a - b for a, b in zip(outer, inner, strict=True)] == pytest.approx([-18, 18, -18, 18], abs=1)
    bare = ink(write(180, 320, **words))
    assert inner[0] <= bare[0] and inner[1] >= bare[1] and inner[2] <= bare[2] + 1 and inner[3] >= bare[3] - 1
    small = [2 * place for place in ink(write(90, 160, **far))]
    assert small == pytest.approx(outer, abs=3)


def test_a_box_lies_behind_the_words_and_nothing_has_none():
    y = write(text="█", font_size=0.5, shadow_color=(0.0, 0.0, 0.0, 0.0), box_color=(0.0, 0.0, 1.0, 0.5), box=0.2)
    torch.testing.assert_close(y[0, :, 45, 80], torch.ones(4), atol=0.01, rtol=0)
    torch.testing.assert_close(y[0, :, 12, 80], torch.tensor([0.0, 0.0, 0.5, 0.5]), atol=0.01, rtol=0)
    assert not write(text=" \n", box_color=(0.0, 0.0, 1.0, 1.0)).any()

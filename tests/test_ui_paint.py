"""The painting of the timeline: what makes it quick changes nothing of what is seen."""

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter

from vgan_studio.service.watch import Bar
from vgan_studio.service.waveforms import Waveforms, peaks_of
from vgan_studio.timeline.lookup import index_at, last_from
from vgan_studio.timeline.values import Clip, EffectCall, Media, Timeline, Track, Transition
from vgan_studio.ui.cache_bar import badge
from vgan_studio.ui.lettering import letters
from vgan_studio.ui.theme import DARK
from vgan_studio.ui.timeline_page import Page
from vgan_studio.ui.timeline_paint import paint
from vgan_studio.ui.timeline_scale import Scale
from vgan_studio.ui.timeline_view import TimelineView


@settings(deadline=None)
@given(
    st.binary(min_size=1, max_size=3000),
    st.floats(-500, 4000),
    st.one_of(st.floats(-300, 300), st.sampled_from([1.0, -1.0, 0.25, 32.0])),
    st.integers(0, 60),
)
def test_the_columns_of_a_waveform_are_the_loudest_peaks_of_their_stretches(found, start, step, count):
    peaks = peaks_of(found)
    columns = peaks.columns(start, step, count)
    assert len(columns) == count
    edges = [start + step * place for place in range(count + 1)]
    for found, (low, high) in zip(columns, pairwise(edges), strict=True):
        if peaks._level(abs(high - low)) == peaks._level(abs(step)):  # rounding may choose another one where one ends
            assert found == peaks.loudest(low, high)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(1, 9)), max_size=30), st.integers(0, 300))
def test_the_last_clip_before_a_frame_is_found_from_any_clip_before_it(lengths, frame):
    clips, at = [], 0
    for gap, duration in lengths:
        clips.append(Clip(len(clips) + 1, at + gap, duration, EffectCall("core.title")))
        at = clips[-1].end
    track = Track("video", tuple(clips))
    for index in range(index_at(track, frame) + 1):
        assert last_from(track, frame, index) == index_at(track, frame)


@pytest.mark.parametrize("x", [10.0, 10.3, 10.77])
@pytest.mark.parametrize("words", ["take 3.mp4", "0:00,5 gÄy", "Übergang 标题 <b>x</b>"])
def test_words_that_were_laid_out_before_look_as_when_they_are_drawn_at_once(qapp, x, words):
    def drawn(laid: bool) -> QImage:
        image = QImage(240, 40, QImage.Format.Format_RGB32)
        image.fill(QColor("black"))
        painter = QPainter(image)
        painter.setFont(QFont(qapp.font()))
        painter.setPen(QColor("white"))
        if laid:
            letters(painter.font()).draw_in(painter, x, 5, 19, words)
        else:
            painter.drawText(QRectF(x, 5, 200, 19), Qt.AlignmentFlag.AlignVCenter, words)
        painter.end()
        return image

    assert drawn(laid=True) == drawn(laid=False)


def test_words_are_shortened_only_where_there_is_no_room(qapp):
    written = letters(qapp.font())
    words = "a long name of a clip"
    assert written.short(words, written.width(words)) == words
    short = written.short(words, written.width(words) - 1)
    assert short != words
    assert written.width(short) < written.width(words)
    assert written.short(words, 0) in ("", "…")


@pytest.mark.parametrize("zoom", [0.02, 0.3, 4.0, 30.0])
def test_what_is_painted_anew_in_a_strip_looks_as_if_all_of_it_were_painted(qapp, zoom):
    film = Media("/films/a.mp4", "a", Fraction(60), 320, 180, Fraction(25), channels=2, sample_rate=48000)
    clips, at = [], 0
    for number in range(3000):
        turn = Transition(2, 2, EffectCall("core.dissolve")) if number % 5 == 3 else None
        clips.append(Clip(number + 1, at, 5 + number * 7 % 30, film, transition=turn, muted=number % 4 == 1))
        at = clips[-1].end + (number % 9 == 0)
    track = Track("video", tuple(clips), hidden=zoom == 4.0)
    timeline = Timeline(Fraction(25), 320, 180, tracks=(track, Track("audio", tuple(clips))), next_id=3001)
    waves = Waveforms()
    waves._made["a"] = peaks_of(bytes(place * 7 % 251 for place in range(6000)))
    view = TimelineView(timeline, None, waves)
    view.resize(700, 200)
    view.put(width=700, height=200, scale=Scale(zoom=zoom, left=60.0), selection=frozenset({3, 40}))

    def painted(image: QImage, area: QRect | None) -> QImage:
        painter = QPainter(image)
        paint(painter, view.page, area)
        painter.end()
        return image

    blank = QImage(700, 200, QImage.Format.Format_RGB32)
    before = painted(blank.copy(), None)
    view.put(playhead=round(300 / zoom))
    x = round(view.scale.x(view.page.playhead))
    strip = QRect(x - 8, 0, 16, 200)
    part, after = painted(before.copy(), strip), painted(blank.copy(), None)
    assert after != before
    assert part.copy(strip) == after.copy(strip)


@pytest.mark.parametrize(
    ("states", "words"),
    [
        (b"\x00\x00\x00\x00", "GAN"),  # no network is asked
        (b"\x01\x01\x01\x01", "GAN waiting"),
        (b"\x01\x02\x03\x03", "GAN 50 %"),
        (b"\x00\x03\x03\x01", "GAN 66 %"),
        (b"\x03\x03\x03\x03", "GAN ready"),
        (b"\x03\x04\x03\x01", "GAN changed"),
        (b"\x03\x04\x05\x02", "GAN failed"),
    ],
)
def test_a_clip_with_networks_says_how_far_its_frames_are(states, words):
    clip = Clip(1, 10, 8, Media("/a.mp4", "aa", Fraction(9), 64, 48, Fraction(25), steady=True))
    film = Timeline(Fraction(25), 64, 48, tracks=(Track("video", (clip,)),))
    around = b"\x05" + states + b"\x05"  # what lies beside the clip does not count

    def said(first: int, step: int, found: bytes, of: Timeline = film) -> str:
        page = Page(film, Scale(), DARK, 640, 200, bar=Bar(of, first, step, found))
        return badge(page, clip)[0]

    assert said(8, 2, around) == words
    assert said(10, 2, states) == words
    assert said(12, 2, states) == said(10, 2, states[:3]) == "GAN"  # not all of its frames are known
    assert said(8, 2, around, replace(film, width=100)) == "GAN"  # those are another film's

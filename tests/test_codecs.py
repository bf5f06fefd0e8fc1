"""Laws of the tables of codecs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vgan_studio.errors import MediaError
from vgan_studio.media.codecs import CODECS, CONTAINERS, SOUND_CODECS, Codec, choose_codec, choose_sound
from vgan_studio.media.encoders import all_encoders, choices, hurdle
from vgan_studio.media.pixel_format import Holds, choose_format, holds

ROWS = [*CODECS.values(), *SOUND_CODECS.values()]


def test_every_row_is_named_once_and_fits_a_known_container():
    assert len({row.id for row in ROWS}) == len(ROWS) == len(CODECS) + len(SOUND_CODECS)
    for row in ROWS:
        assert row.containers
        sequence = isinstance(row, Codec) and row.sequence
        assert sequence or set(row.containers) <= set(CONTAINERS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_a_codec_is_accepted_for_exactly_its_suffixes(row):
    for suffix in (*CONTAINERS, ".png", ".jpg", ".txt"):
        if suffix in row.containers:
            assert choose_codec(f"film{suffix.upper()}", row.id) is row
        else:
            with pytest.raises(MediaError, match="goes into " + row.containers[0].replace(".", r"\.")):
                choose_codec(f"film{suffix}", row.id)


@pytest.mark.parametrize(
    ("name", "row"),
    [("a.mp4", "h264"), ("a.webm", "vp9"), ("a.mkv", "h264"), ("a.gif", "gif"), ("a.png", "png"), ("a.wav", "wav"),
     ("a.m4a", "aac"), ("a.opus", "opus"), ("a.flac", "flac"), ("a.MOV", "h264")],
)  # fmt: skip
def test_a_suffix_has_its_usual_codec(name, row):
    assert choose_codec(name).id == row


@pytest.mark.parametrize("name", ["film", "film.docx", ".", "film.mp4.part"])
def test_an_unknown_suffix_is_one_sentence(name):
    with pytest.raises(MediaError, match=r"take .*\.mp4"):
        choose_codec(name)


def test_an_unknown_codec_is_one_sentence_that_lists_the_known_ones():
    with pytest.raises(MediaError, match="h264, h265"):
        choose_codec("film.mp4", "divx")


@pytest.mark.parametrize("row", [row for row in CODECS.values() if row.sound], ids=lambda row: row.id)
def test_every_film_has_a_codec_for_its_sound_in_every_container(row):
    for suffix in row.containers:
        assert suffix in choose_sound(row, suffix).containers


def test_sound_that_does_not_fit_is_refused_with_what_does():
    with pytest.raises(MediaError, match="what does: opus"):
        choose_sound(CODECS["vp9"], ".webm", "aac")


@given(st.integers(0, 99))
def test_more_quality_is_never_a_coarser_setting(quality):
    for row in CODECS.values():
        for key in ("crf", "global_quality", "qmin"):
            if key in row.options(0):
                assert int(row.options(quality + 1)[key]) <= int(row.options(quality)[key])
    for sound in SOUND_CODECS.values():
        assert sound.bit_rate is None or sound.bit_rate(quality) <= sound.bit_rate(quality + 1)


@given(
    st.sampled_from([row for row in CODECS.values() if row.id != "gif"]),
    st.builds(Holds, st.sampled_from([8, 10, 12, 16]), st.booleans(), st.sampled_from(["420", "422", "444", "rgb"])),
)
def test_a_format_that_holds_all_is_chosen_if_there_is_one(row, wanted):
    def whole(name):
        there = holds(name)
        rank = ["gray", "420", "422", "444", "rgb"]
        fits = rank.index(there.chroma) >= rank.index(wanted.chroma)
        return fits and there.depth >= wanted.depth and there.alpha >= wanted.alpha

    chosen = choose_format(row.formats, wanted)
    assert chosen in row.formats
    assert whole(chosen) or not any(whole(name) for name in row.formats)


def test_every_encoder_in_software_works_here():
    hardware = {name for row in CODECS.values() for name in row.hardware}
    assert {name: hurdle(name) for name in all_encoders() if name not in hardware and hurdle(name)} == {}


def test_hardware_is_offered_only_after_a_test():
    for row in CODECS.values():
        assert choices(row.id) == (row.encoder, *(name for name in row.hardware if not hurdle(name)))


def test_an_encoder_that_is_not_there_says_so():
    assert "no_such_encoder does not work here" in hurdle("no_such_encoder")

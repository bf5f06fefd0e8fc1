"""What a file holds, and what is not opened at all."""

import json
import os
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.films import numbered, picture, write_film
from vgan_studio.errors import MediaError
from vgan_studio.media.fingerprint import BLOCK, BLOCKS, fingerprint
from vgan_studio.media.orient import Orientation, orientation_of_matrix, upright
from vgan_studio.media.probe import probe
from vgan_studio.media.reader import VideoReader

ONE = 1 << 16


@pytest.mark.parametrize("suffix", [".mp4", ".mkv", ".ts", ".mov"])
@pytest.mark.parametrize("rate", [Fraction(25), Fraction(30000, 1001), Fraction(60)])
def test_rate_and_duration_are_exact(suffix: str, rate: Fraction, tmp_path: Path) -> None:
    found = probe(write_film(tmp_path / f"f{suffix}", 45, rate=rate, tone=440))
    assert (found.rate, found.duration, found.frames) == (rate, 45 / rate, 45)
    assert not found.variable_rate and not found.still and found.interlaced is None
    assert (found.channels, found.sample_rate) == (2, 48000)


def test_a_late_start_is_the_origin(tmp_path: Path) -> None:
    found = probe(write_film(tmp_path / "f.ts", 30, start=10))
    assert found.duration == Fraction(30, 25)
    assert found.origin >= 10


def test_irregular_times_are_told_and_kept(tmp_path: Path) -> None:
    times = [Fraction(n, 1000) for n in (0, 40, 95, 110, 250, 255, 400, 401, 600, 777)]
    path = write_film(tmp_path / "f.mkv", times=times, time_base=Fraction(1, 1000), b_frames=0)
    assert probe(path).variable_rate
    with VideoReader(path) as reader:
        assert list(reader.times()) == times
        for i, time in enumerate(times):
            assert reader.at(time).frame.pts == time * 1000
            if i:
                assert reader.at(time - Fraction(1, 2000)).frame.pts == times[i - 1] * 1000


def test_tags_aspect_chapters_and_metadata_are_found(tmp_path: Path) -> None:
    chapters = [{"id": 1, "start": 0, "end": 500, "time_base": Fraction(1, 1000), "metadata": {"title": "One"}}]
    found = probe(
        write_film(
            tmp_path / "f.mkv",
            aspect=Fraction(4, 3),
            pix_fmt="yuv420p10le",
            full_range=True,
            metadata={"title": "Film"},
            chapters=chapters,
        )
    )
    assert (found.width, found.height, found.shown_width, found.shown_height) == (64, 48, 85, 48)
    assert found.depth == 10 and found.colour is not None and found.colour.full_range
    assert [(c.start, c.end, c.title) for c in found.chapters] == [(0, Fraction(1, 2), "One")]
    assert any(value == "Film" for _, value in found.metadata)
    assert json.loads(json.dumps(found.json()))["sample_aspect"] == "4/3"
    assert found.media().sample_aspect == Fraction(4, 3)


def test_a_still_has_no_duration(tmp_path: Path) -> None:
    write_film(tmp_path / "s.png", 1, codec="png", pix_fmt="rgb24", b_frames=0, format="image2")
    found = probe(tmp_path / "s.png")
    assert found.still and found.duration == 0 and found.media().still
    with VideoReader(tmp_path / "s.png") as reader:
        assert np.array_equal(reader.at(Fraction(5)).pixels(), numbered(0, 64, 48))


def test_a_name_may_begin_with_a_dash_or_hold_a_percent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_film(tmp_path / "f.mp4", 5)
    monkeypatch.chdir(tmp_path)
    for name in ("-i.mp4", "100%d.mp4", "a:b.mp4", "http:c.mp4", "x?y#z.mp4"):
        Path(name).write_bytes(Path("f.mp4").read_bytes())
        assert probe(name).frames == 5


def test_only_regular_files_are_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.mp4")
    for path in (tmp_path / "pipe.mp4", tmp_path, tmp_path / "missing.mp4", "/dev/zero", "a\0b"):
        with pytest.raises(MediaError, match=r"^Cannot read .*\.$"):
            probe(path)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("list.m3u8", "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nf.ts\n#EXT-X-ENDLIST\n"),
        ("list.mp4", "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nf.ts\n#EXT-X-ENDLIST\n"),
        ("list.ffconcat", "ffconcat version 1.0\nfile f.ts\n"),
        ("f.mpd", '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"><Period></Period></MPD>'),
        ("f.txt", "hello"),
    ],
)
def test_files_that_name_other_files_are_refused(name: str, text: str, tmp_path: Path) -> None:
    write_film(tmp_path / "f.ts", 5)
    (tmp_path / name).write_text(text)
    with pytest.raises(MediaError):
        probe(tmp_path / name)


@pytest.mark.parametrize(
    ("suffix", "options"),
    [(".mp4", {"movflags": "faststart"}), (".mp4", {"movflags": "frag_keyframe+empty_moov"}), (".mkv", {})],
)
def test_a_film_that_is_cut_short_ends_with_its_last_whole_picture_and_says_so(
    suffix: str, options: dict[str, str], tmp_path: Path
) -> None:
    grain = np.random.default_rng(0).integers(0, 256, (60, 48, 64, 3), np.uint8)  # so that sound has few of the bytes
    whole = write_film(
        tmp_path / f"f{suffix}", 60, tone=440, gop=60, container_options=options, draw=lambda i, w, h: grain[i]
    )
    assert not probe(whole).notices
    whole.write_bytes(whole.read_bytes()[: whole.stat().st_size * 6 // 10])
    found = probe(whole)
    assert found.notices == (f"The file ends after {float(found.duration):.2f} s, earlier than it says.",)
    with VideoReader(whole) as reader:
        assert reader.times()[-1] == found.duration - 1 / found.rate, "no picture is lost because sound is not there"


@given(cut=st.integers(0, 4000), flips=st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 255)), max_size=20))
def test_damage_conceals_or_is_one_sentence(
    cut: int, flips: list[tuple[int, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.getbasetemp()
    whole = folder / "whole.mp4"
    data = bytearray((whole if whole.exists() else write_film(whole, 12)).read_bytes())
    for place, value in flips:
        data[place % len(data)] = value
    path = folder / "damaged.mp4"
    path.write_bytes(data[: max(cut, 100)])
    assert middle_or_sentence(path)


def middle_or_sentence(path: Path) -> bool:
    """Read the middle picture of a film; True if that works or is refused in words."""
    try:
        found = probe(path)
        if not found.width:
            return True
        with VideoReader(path, threads=1) as reader:
            return reader.at(found.duration / 2).pixels().ndim == 3
    except MediaError as error:
        return str(error).endswith(".")


def test_a_fingerprint_is_of_the_content(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_bytes(b"x" * 1000)
    two.write_bytes(b"x" * 1000)
    assert fingerprint(one) == fingerprint(two)
    two.write_bytes(b"x" * 999 + b"y")
    assert fingerprint(one) != fingerprint(two)


def test_the_fingerprint_of_a_huge_file_reads_little_of_it(tmp_path: Path) -> None:
    huge = tmp_path / "huge"
    with huge.open("wb") as file:
        file.truncate(100 << 30)
    first = fingerprint(huge)
    with huge.open("r+b") as file:
        file.seek(-1, os.SEEK_END)
        file.write(b"x")
    assert fingerprint(huge) != first
    assert BLOCK * BLOCKS <= 4 << 20


MATRICES = {
    (ONE, 0, 0, ONE): Orientation(0),
    (0, ONE, -ONE, 0): Orientation(90),
    (-ONE, 0, 0, -ONE): Orientation(180),
    (0, -ONE, ONE, 0): Orientation(270),
    (-ONE, 0, 0, ONE): Orientation(0, True),
    (ONE, 0, 0, -ONE): Orientation(180, True),
    (0, ONE, ONE, 0): Orientation(270, True),
    (0, -ONE, -ONE, 0): Orientation(90, True),
}


@pytest.mark.parametrize("matrix", MATRICES)
@pytest.mark.parametrize("pix_fmt", ["rgb24", "yuv444p", "yuv420p"])
def test_a_display_matrix_moves_every_pixel_where_it_says(matrix: tuple[int, ...], pix_fmt: str) -> None:
    a, b, c, d = (value // ONE for value in matrix)
    turn = orientation_of_matrix((a * ONE, b * ONE, 0, c * ONE, d * ONE, 0, 0, 0, 1 << 30))
    assert turn == MATRICES[matrix]
    stored = np.zeros((8, 16, 3), np.uint8)
    stored[:4, :6] = 200
    frame = upright(picture(stored, pix_fmt), turn)
    shown = frame.reformat(format="gray", dst_color_range="JPEG").to_ndarray() > 100
    q, p = np.nonzero(stored[..., 0] > 100)
    x, y = a * p + c * q - (a + c < 0), b * p + d * q - (b + d < 0)
    width, height = (16, 8) if a else (8, 16)
    expected = np.zeros((height, width), bool)
    expected[y % height, x % width] = True
    assert np.array_equal(shown, expected)

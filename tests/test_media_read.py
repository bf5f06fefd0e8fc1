"""The right picture at every time."""

import random
from fractions import Fraction
from pathlib import Path

import av
import pytest

from tests.films import number_of, spoil, write_film
from vgan_studio.media.reader import VideoReader

FILMS = {
    "mp4": {},
    "b-pyramid": {"gop": 30, "b_frames": 4, "options": {"x264-params": "b-pyramid=normal"}},
    "open-gop": {"gop": 10, "b_frames": 3, "options": {"x264-params": "open-gop=1"}},
    "mkv": {"suffix": ".mkv", "rate": Fraction(30000, 1001)},
    "ts": {"suffix": ".ts"},
    "late": {"suffix": ".ts", "start": 10},
    "avi": {"suffix": ".avi", "codec": "mpeg4"},
    "mpeg2": {"suffix": ".mpg", "codec": "mpeg2video", "format": "mpeg"},
    "hevc": {"codec": "libx265"},
    "vp9": {"suffix": ".webm", "codec": "libvpx-vp9"},
    "av1": {"codec": "libsvtav1", "b_frames": 0, "size": (64, 64)},
    "ffv1": {"suffix": ".mkv", "codec": "ffv1", "b_frames": 0},
    "prores": {"suffix": ".mov", "codec": "prores_ks", "b_frames": 0, "pix_fmt": "yuv422p10le"},
}


def film(kind: str, folder: Path, count: int = 48) -> tuple[Path, Fraction]:
    options = dict(FILMS[kind])
    path = folder / f"{kind}{options.pop('suffix', '.mp4')}"
    return write_film(path, count, **options), Fraction(options.get("rate", 25))


@pytest.mark.parametrize("kind", FILMS)
def test_every_picture_is_found_in_any_order(kind: str, tmp_path: Path) -> None:
    path, rate = film(kind, tmp_path)
    places = list(range(48))
    random.Random(kind).shuffle(places)
    with VideoReader(path) as reader:
        for order in (range(48), places, range(47, -1, -1)):
            found = [number_of(reader.at((i + Fraction(1, 2)) / rate).pixels()) for i in order]
            assert found == list(order)
        assert reader.notices == ()


@pytest.mark.parametrize("kind", FILMS)
def test_the_packets_tell_when_each_picture_is_shown(kind: str, tmp_path: Path) -> None:
    path, rate = film(kind, tmp_path)
    with VideoReader(path) as reader:
        times = reader.times()
    assert len(times) == 48
    assert all(abs(time - i / rate) <= Fraction(1, 900) for i, time in enumerate(times))


@pytest.mark.parametrize("name", ["london_street_portrait_hevc", "bee_720p", "tos_battle_332p"])
def test_jumps_into_real_films_find_what_reading_on_finds(name: str, data: Path) -> None:
    path = data / "clips" / f"{name}.mp4"
    with VideoReader(path) as reader:
        times = reader.times()[:40]
        stamps = [reader.at(time).frame.pts for time in times]
        marks = [reader.at(time).pixels(fast=True)[::16, ::16].sum() for time in times]
    with VideoReader(path, threads=1) as reader:
        for i in [30, 0, 1, 2, 3, 4, 5, 6, 39, 12, 11, 10, 25]:
            assert reader.at(times[i]).frame.pts == stamps[i]
            assert reader.at(times[i]).pixels(fast=True)[::16, ::16].sum() == marks[i]
    assert stamps == sorted(set(stamps))


def test_no_logging_noise_comes_from_ffmpeg() -> None:
    assert av.logging.get_level() is None


@pytest.mark.parametrize("start", [0, 25])
def test_a_picture_that_cannot_be_decoded_is_told_from_the_one_that_is_given_for_it(start: int, tmp_path: Path) -> None:
    path = spoil(write_film(tmp_path / "f.mp4", 60, gop=12, b_frames=0), range(32, 36))
    with VideoReader(path, threads=1) as reader:
        for i in range(start, 60):
            given = round(reader.at(Fraction(2 * i + 1, 50)).frame.time * 25)
            assert given == min(i, 31) or i > 35
            assert reader.spoilt == (32 <= i < 36), i
        assert any("mended or held at 1.2" in notice for notice in reader.notices)


def test_no_picture_of_a_whole_film_counts_as_spoilt(data: Path) -> None:
    for name in ("clips/bee_720p.mp4", "awkward/apollo_vp9_fragmented.mp4", "awkward/iphone_dolby_vision.mov"):
        with VideoReader(data / name) as reader:
            for time in reader.times()[:60]:
                reader.at(time)
                assert not reader.spoilt, (name, time)


@pytest.mark.parametrize("codec", ["libvpx-vp9", "libvpx"])
def test_a_jump_after_another_one_never_finds_the_picture_of_the_first(codec: str, tmp_path: Path) -> None:
    options = {"deadline": "good", "cpu-used": "8", "lag-in-frames": "16", "auto-alt-ref": "1"}  # has hidden pictures
    path = write_film(tmp_path / "f.webm", 60, size=(96, 64), codec=codec, b_frames=0, gop=60, options=options)
    with VideoReader(path) as reader:
        for i in (59, 0, 30, 1, 45, 0, 2, 59, 3):
            assert number_of(reader.at(Fraction(2 * i + 1, 50)).pixels()) == i


def test_a_jump_after_another_one_finds_its_own_picture_of_a_real_film(data: Path) -> None:
    with VideoReader(data / "awkward" / "vp9_10bit.webm") as reader:
        reader.at(Fraction(7))
        reader.at(Fraction(0))
        assert reader.at(Fraction(3, 2)).frame.pts == 1460

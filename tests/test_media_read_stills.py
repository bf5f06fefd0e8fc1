"""Stills, animations, numbered pictures, alpha, interlaced films and holes."""

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.films import number_of, numbered, write_film
from vgan_studio.errors import MediaError
from vgan_studio.media.probe import probe
from vgan_studio.media.reader import VideoReader


def pictures(folder: Path, numbers: range, form: str = "shot_{:04d}.png") -> Path:
    folder.mkdir(exist_ok=True)
    for number in numbers:
        Image.fromarray(numbered(number, 64, 48)).save(folder / form.format(number))
    return folder


@pytest.mark.parametrize("name", ["", "shot_%04d.png"])
def test_numbered_pictures_are_a_film(name: str, tmp_path: Path) -> None:
    folder = pictures(tmp_path / "50% of it", range(7, 19))
    found = probe(folder / name)
    assert (found.frames, found.rate, found.duration) == (12, 25, Fraction(12, 25))
    with VideoReader(folder / name) as reader:
        for i in (0, 11, 3, 4, 2):
            picture = reader.at(Fraction(2 * i + 1, 50)).pixels()
            assert np.array_equal(picture, numbered(i + 7, 64, 48))


def test_numbered_pictures_end_at_a_gap(tmp_path: Path) -> None:
    folder = pictures(tmp_path / "a", range(5))
    pictures(folder, range(9, 12))
    assert probe(folder).frames == 5


def test_a_folder_without_pictures_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="without numbered pictures"):
        probe(tmp_path)


def test_another_picture_changes_the_fingerprint_of_a_sequence(tmp_path: Path) -> None:
    folder = pictures(tmp_path / "a", range(5))
    first = probe(folder).fingerprint
    Image.fromarray(numbered(77, 64, 48)).save(folder / "shot_0003.png")
    assert probe(folder).fingerprint != first


@pytest.mark.parametrize("orientation", range(1, 9))
def test_photos_are_turned_as_exif_says(orientation: int, tmp_path: Path) -> None:
    stored = np.full((48, 64, 3), 30, np.uint8)
    stored[:24, :32] = 220
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = tmp_path / "photo.jpg"
    Image.fromarray(stored).save(path, quality=95, exif=exif)
    corner = {1: (0, 0), 2: (0, 1), 3: (1, 1), 4: (1, 0), 5: (0, 0), 6: (0, 1), 7: (1, 1), 8: (1, 0)}[orientation]
    with VideoReader(path) as reader:
        shown = reader.at(Fraction(0)).pixels()
    assert shown.shape[:2] == ((48, 64) if orientation < 5 else (64, 48))
    quarters = [[part.mean() for part in np.array_split(half, 2, 1)] for half in np.array_split(shown, 2, 0)]
    assert np.unravel_index(np.argmax(quarters), (2, 2)) == corner


@pytest.mark.parametrize(
    ("codec", "pix_fmt", "suffix"),
    [
        ("png", "rgba", ".mov"),
        ("prores_ks", "yuva444p10le", ".mov"),
        ("ffv1", "yuva420p", ".mkv"),
        ("libvpx-vp9", "yuva420p", ".webm"),
    ],
)
def test_alpha_comes_along(codec: str, pix_fmt: str, suffix: str, tmp_path: Path) -> None:
    def draw(number: int, width: int, height: int) -> np.ndarray:
        alpha = np.full((height, width, 1), 255, np.uint8)
        alpha[:, : width // 2] = 0
        return np.concatenate([numbered(number, width, height), alpha], 2)

    path = write_film(tmp_path / f"f{suffix}", 5, codec=codec, pix_fmt=pix_fmt, b_frames=0, draw=draw)
    assert probe(path).alpha
    with VideoReader(path) as reader:
        for i in (3, 1):
            shown = reader.at(Fraction(2 * i + 1, 50)).pixels()
            top = np.iinfo(shown.dtype).max
            assert shown.shape == (48, 64, 4)
            assert shown[24, 8, 3] <= top * 0.02 and shown[24, 56, 3] >= top * 0.98


def test_an_animation_shows_each_picture(tmp_path: Path) -> None:
    frames = [Image.fromarray(numbered(i, 64, 48)) for i in range(6)]
    frames[0].save(tmp_path / "f.gif", save_all=True, append_images=frames[1:], duration=100, loop=0)
    found = probe(tmp_path / "f.gif")
    assert (found.rate, found.frames, found.still) == (10, 6, False)
    with VideoReader(tmp_path / "f.gif") as reader:
        for i in (0, 1, 5, 2, 3, 0, 4):
            assert number_of(reader.at(Fraction(2 * i + 1, 20)).pixels()) == i


def test_a_hole_holds_the_picture_before_it(tmp_path: Path) -> None:
    times = [Fraction(i, 25) for i in range(40) if not 10 <= i < 20]
    path = write_film(tmp_path / "f.mp4", times=times)
    with VideoReader(path) as reader:
        for frame, number in ((9, 9), (15, 9), (19, 9), (20, 10), (14, 9), (39, 29), (99, 29)):
            assert number_of(reader.at(Fraction(2 * frame + 1, 50)).pixels()) == number


def test_interlaced_pictures_are_the_same_in_any_order(tmp_path: Path) -> None:
    path = write_film(
        tmp_path / "f.mp4", 30, size=(64, 64), b_frames=2, options={"flags": "+ilme+ildct", "x264-params": "tff=1"}
    )
    found = probe(path)
    assert found.interlaced == "top" and found.notices == ("Interlaced pictures are deinterlaced with bwdif.",)
    with VideoReader(path) as reader:
        forward = [reader.at(Fraction(2 * i + 1, 50)).pixels().copy() for i in range(30)]
    with VideoReader(path, threads=1) as reader:
        for i in (12, 29, 3, 11, 13, 0, 24):
            assert np.array_equal(reader.at(Fraction(2 * i + 1, 50)).pixels(), forward[i])

"""A file that breaks off is noticed where its container does not say how long it is, and a whole one never."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vgan_studio.errors import MediaError
from vgan_studio.media.ending import breaks_off
from vgan_studio.media.probe import probe

from .films import write_film

SENTENCE = "The file breaks off in the midst of its data."
VP9 = {"codec": "libvpx-vp9", "b_frames": 0, "options": {"cpu-used": "8", "deadline": "realtime"}}
LIVE = {"live": "1", "cluster_time_limit": "200"}
KINDS = {  # of a film: FFmpeg's name of the format, and how it is written
    "f.ts": ("mpegts", {"tone": 440.0}),
    "f.m2ts": ("mpegts", {"tone": 440.0, "container_options": {"mpegts_m2ts_mode": "1"}}),
    "f.mpg": ("mpeg", {"codec": "mpeg2video"}),
    "f.vob": ("mpeg", {"codec": "mpeg2video"}),
    "f.mkv": ("matroska,webm", {"tone": 440.0}),
    "f.webm": ("matroska,webm", VP9),
    "live.webm": ("matroska,webm", {**VP9, "container_options": LIVE}),
    "f.gif": ("gif", {"codec": "gif", "pix_fmt": "rgb8"}),
}


@pytest.fixture(scope="module", params=list(KINDS))
def whole(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A film of 60 pictures, and FFmpeg's name of its format."""
    container, how = KINDS[request.param]
    grain = np.random.default_rng(0).integers(0, 256, (60, 48, 64, 3), np.uint8)
    path = tmp_path_factory.mktemp("whole") / request.param
    return write_film(path, 60, draw=lambda i, w, h: grain[i], **how), container


def cut(path: Path, size: int) -> Path:
    made = path.with_name(f"cut{path.suffix}")
    made.write_bytes(path.read_bytes()[:size])
    return made


def test_a_whole_file_is_taken_in_without_a_word_and_one_that_is_cut_with_a_sentence(whole: tuple[Path, str]) -> None:
    path, container = whole
    found = probe(path)
    assert found.container == container and found.notices == ()
    short = probe(cut(path, path.stat().st_size * 6 // 10 + 1))
    said = f"The file ends after {float(short.duration):.2f} s, earlier than it says."
    assert short.notices in ((SENTENCE,), (said,)) and short.duration < found.duration


@given(share=st.floats(0.3, 1.0, exclude_max=True))
def test_most_places_at_which_a_file_is_cut_are_noticed(whole: tuple[Path, str], share: float) -> None:
    path, container = whole
    size = path.stat().st_size
    short = int(size * share)
    noticed = breaks_off(cut(path, short), container)
    if container == "mpegts":
        packet = 192 if path.suffix == ".m2ts" else 188
        assert noticed == (short % packet > 0), "inside of a packet, and nowhere else"
    if path.name in ("f.mkv", "f.webm"):
        assert noticed, "these say how long they are"


def test_where_a_file_ends_between_two_of_its_parts_nothing_is_said(whole: tuple[Path, str]) -> None:
    path, container = whole
    size = path.stat().st_size
    noticed = [breaks_off(cut(path, size - one), container) for one in range(1, 1500)]
    assert sum(noticed) > 1400
    for more in (b"\0" * 700, b"\0" * 5000):
        padded = path.with_name(f"padded{path.suffix}")
        padded.write_bytes(path.read_bytes() + more)
        assert not breaks_off(padded, container), "a disc fills up what is left of a block"


def test_a_gif_with_something_behind_its_end_is_whole(tmp_path: Path) -> None:
    path = write_film(tmp_path / "f.gif", 5, codec="gif", pix_fmt="rgb8")
    path.write_bytes(path.read_bytes() + b"a note of another program")
    assert not breaks_off(path, "gif")


@given(st.binary(max_size=3000), st.sampled_from(sorted({container for container, _ in KINDS.values()})))
def test_what_is_no_film_is_looked_at_without_an_error(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, container: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "noise"
    path.write_bytes(data)
    assert breaks_off(path, container) in (True, False)


def test_a_file_that_went_away_meanwhile_is_an_error_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match=r"f\.ts"):
        breaks_off(tmp_path / "f.ts", "mpegts")

"""Laws of files in the making: whole or not there, looked through, and with the sound of their source."""

import os
import resource
import signal
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vgan_studio.errors import MediaError
from vgan_studio.media.colour import Colour
from vgan_studio.media.sound import AudioReader
from vgan_studio.media.verify import Expected, verify
from vgan_studio.media.writer import CopiedSound, Target, Writer

from .films import sine, write_film
from .test_writer import RATE, noise, textured, written

# Nothing half


@pytest.mark.parametrize("name", ["film.mp4", "film.mkv", "film.gif", "folder/n_%04d.png", "sound.wav"])
@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt, GeneratorExit])
def test_what_is_broken_off_leaves_nothing(tmp_path, name, error):
    target = Target("", sample_rate=8000, channels=1) if name == "sound.wav" else Target("", 64, 48, RATE)
    with pytest.raises(error), Writer(tmp_path / name, target) as writer:  # noqa: PT012
        if name == "sound.wav":
            writer.write_sound(np.zeros((1, 9000), np.float32))
        else:
            writer.write(textured(0), Fraction(0))
        raise error
    assert list(tmp_path.iterdir()) == []


def test_what_is_broken_off_leaves_the_file_that_was_there(tmp_path):
    path = tmp_path / "film.mp4"
    path.write_bytes(b"precious")
    with pytest.raises(ZeroDivisionError):
        written(path, Target("h264", 64, 48), (textured(1 // number) for number in (1, 1, 0)))
    assert path.read_bytes() == b"precious"
    assert [file.name for file in tmp_path.iterdir()] == ["film.mp4"]


def test_a_killed_program_leaves_no_file_of_that_name(tmp_path):
    program = (
        "import os, signal, sys; from fractions import Fraction; import numpy as np\n"
        "from vgan_studio.media.writer import Target, Writer\n"
        "writer = Writer(sys.argv[1], Target('ffv1', 64, 48))\n"
        "for i in range(30): writer.write(np.full((48, 64, 3), i, np.uint8), Fraction(i, 25))\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    path = tmp_path / "film.mkv"
    ended = subprocess.run([sys.executable, "-c", program, str(path)], check=False, cwd=Path(__file__).parents[1])
    assert ended.returncode == -signal.SIGKILL
    assert not path.exists()
    written(path, Target("ffv1", 64, 48), [textured(0)])  # what is left of the first does not matter
    assert [file.name for file in tmp_path.iterdir()] == ["film.mkv"]


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(limit=st.integers(0, 60_000), suffix=st.sampled_from(["mp4", "mkv"]))
def test_a_full_disk_leaves_a_whole_film_or_none(tmp_path, limit, suffix):
    for old in tmp_path.iterdir():
        old.unlink()
    path = tmp_path / f"film.{suffix}"
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, usual[1]))
    target = Target("h264", 64, 48, quality=100, sample_rate=8000, channels=1)
    writer = None
    try:
        writer = written(path, target, [noise((48, 64, 3), np.uint8, i) for i in range(6)], sound=sine(99, 0, 9000)[:1])
    except MediaError:
        assert list(tmp_path.iterdir()) == []
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)
    assert writer is None or verify(path, writer.expected).right


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_said_in_plain_words(tmp_path, monkeypatch):
    (tmp_path / "film.mkv.part").symlink_to("/dev/full")
    monkeypatch.setattr("vgan_studio.media.part.Part.discard", lambda self: None)  # keep the link in its place
    with pytest.raises(MediaError, match=r"The disk is full: film\.mkv was not written\."):
        written(tmp_path / "film.mkv", Target("ffv1", 64, 48), [textured(i) for i in range(9)])


@pytest.mark.parametrize("how", ["same", "symlink", "hardlink", "part"])
def test_a_source_is_never_written_onto(tmp_path, how):
    source = tmp_path / ("other.mp4.part" if how == "part" else "source.mp4")
    source.write_bytes(b"precious")
    path = source if how == "same" else tmp_path / "other.mp4"
    if how == "symlink":
        path.symlink_to(source)
    if how == "hardlink":
        os.link(source, path)
    with pytest.raises(MediaError, match="is a source"):
        Writer(path, Target("h264", 64, 48), sources=[source])
    assert source.read_bytes() == b"precious"


def test_a_place_where_nothing_can_be_written_is_one_sentence(tmp_path):
    (tmp_path / "taken.mp4").mkdir()
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "file").touch()
    for name in ("nowhere/film.mp4", "taken.mp4", "full/n_%d.png", "n_%s.png", "n_%d_%d.png"):
        with pytest.raises(MediaError):
            Writer(tmp_path / name, Target("", 64, 48))
    with pytest.raises(MediaError, match="not a file"):
        Writer(tmp_path / "taken.mp4", Target("h264", 64, 48))


def test_a_film_without_pictures_is_no_film(tmp_path):
    with pytest.raises(MediaError, match="No picture"), Writer(tmp_path / "film.mp4", Target("h264", 64, 48)):
        pass
    with pytest.raises(MediaError, match="No sound"), Writer(tmp_path / "a.wav", Target(sample_rate=8000, channels=1)):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_film_smaller_than_its_encoder_bears_is_refused(tmp_path):
    for codec in ("h265", "av1"):
        with pytest.raises(MediaError, match="at least 64 x 64; this is 48 x 64"):
            Writer(tmp_path / "film.mp4", Target(codec, 48, 64))
    assert list(tmp_path.iterdir()) == []


def test_one_file_holds_one_picture(tmp_path):
    with pytest.raises(MediaError, match="name a folder"):
        written(tmp_path / "still.png", Target("png", 64, 48), [textured(0), textured(1)])
    written(tmp_path / "stills", Target("png", 64, 48), [textured(0), textured(1)])
    assert sorted(file.name for file in (tmp_path / "stills").iterdir()) == ["000001.png", "000002.png"]


def test_an_encoder_that_is_not_for_a_codec_is_refused(tmp_path):
    with pytest.raises(MediaError, match="what does: libx264"):
        Writer(tmp_path / "film.mp4", Target("h264", 64, 48, encoder="libx265"))


# Verification


def test_a_look_through_finds_what_is_wrong(tmp_path):
    path = tmp_path / "film.mkv"
    writer = written(
        path, Target("ffv1", 64, 48, RATE, sample_rate=48000, channels=2), [textured(i) for i in range(6)],
        sound=sine(440, 0, 9600),
    )  # fmt: skip
    right = writer.expected
    assert verify(path, right).problems == ()
    wrong = [
        (replace(right, pictures=7), "6 pictures instead of 7"),
        (replace(right, size=(64, 50)), "64 x 48 instead of 64 x 50"),
        (replace(right, last=Fraction(1)), "last picture is at"),
        (replace(right, sound_s=Fraction(1)), "sound is 0.200 s long"),
        (replace(right, colour=Colour("bt601")), "tagged"),
        (Expected(pictures=0), "1 streams of pictures"),
    ]
    for expected, words in wrong:
        assert words in " ".join(verify(path, expected).problems)
    path.write_bytes(path.read_bytes()[:5000])
    assert not verify(path, right).right
    path.write_bytes(b"")
    assert "cannot be read back" in verify(path, right).problems[0]


# Sound that is passed on


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    return write_film(tmp_path_factory.mktemp("copied") / "source.mp4", 75, tone=440.0)


@pytest.mark.parametrize(("name", "said"), [("a.mp4", 0), ("a.mov", 0), ("a.mkv", 0), ("a.webm", 1)])
@pytest.mark.parametrize("start", [Fraction(0), Fraction(1)])
def test_copied_sound_stays_where_it_was(tmp_path, source, name, said, start):
    path = tmp_path / name
    target = Target("", 64, 48, Fraction(25), copied=CopiedSound(source, start, start + 2), quality=90)
    writer = written(path, target, [textured(i) for i in range(50)])
    assert len(writer.notices) == said
    with AudioReader(source, 48000, 1) as before, AudioReader(path, 48000, 1) as after:
        first = round(start * 48000)
        a, b = before.read(first, 96000)[0], after.read(0, 96000)[0]
    exact = name in ("a.mp4", "a.mov") or (start == 0 and not said)
    shifts = [0] if exact else range(-48, 49)  # Matroska counts milliseconds
    error = min(np.abs(a[3000:90000] - b[3000 + shift : 90000 + shift]).max() for shift in shifts)
    assert error < (0.02 if said else 1e-4)
    assert np.abs(b[3000:90000]).max() > 0.4


def test_a_source_of_sound_is_not_written_onto(source):
    with pytest.raises(MediaError, match="is a source"):
        Writer(source, Target("h264", 64, 48, copied=CopiedSound(source)))

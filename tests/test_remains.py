"""What a crash leaves half written is removed, and never anything else."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.films import write_film
from vgan_studio.media.part import Part
from vgan_studio.media.remains import Note, notes_folder, sweep

pytestmark = pytest.mark.skipif(os.name == "nt", reason="nothing is noted on Windows")


@pytest.fixture(autouse=True)
def state(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.fixture
def killed(tmp_path):
    """A process that writes a film and a folder, and is killed in the midst of it."""
    code = (
        "import sys, time; from pathlib import Path; from vgan_studio.media.part import Part\n"
        f"a = Part(Path({str(tmp_path / 'film.mp4')!r})); a.temporary.write_bytes(b'half')\n"
        f"b = Part(Path({str(tmp_path / 'pictures')!r}), folder=True); (b.temporary / '1.png').write_bytes(b'half')\n"
        "print('there', flush=True); time.sleep(600)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None and process.stdout.readline() == "there\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def kill(process):
    process.send_signal(signal.SIGKILL)
    process.wait()


def test_what_a_killed_export_left_is_removed_and_nothing_is_while_it_runs(killed, tmp_path):
    parts = [tmp_path / "film.mp4.part", tmp_path / "pictures.part"]
    assert sweep() == () and all(part.exists() for part in parts)
    kill(killed)
    assert set(sweep()) == set(parts)
    assert not any(part.exists() for part in parts)
    assert sweep() == () and list(notes_folder().iterdir()) == []


def test_a_file_of_another_program_that_is_called_alike_stays(killed, tmp_path):
    kill(killed)
    mine = tmp_path / "film.mp4.part"
    other = tmp_path / "download"
    other.write_bytes(b"a download of the browser")
    other.replace(mine)
    assert sweep() == (tmp_path / "pictures.part",)
    assert mine.read_bytes() == b"a download of the browser"
    assert list(notes_folder().iterdir()) == []


def test_a_film_that_became_whole_leaves_no_note(tmp_path):
    film = write_film(tmp_path / "film.mp4", 5)
    part = Part(tmp_path / "other.mp4")
    assert len(list(notes_folder().iterdir())) == 1
    part.discard()
    assert film.is_file() and not part.temporary.exists() and list(notes_folder().iterdir()) == []


def test_notes_of_other_machines_and_young_or_damaged_ones_are_left_alone(tmp_path):
    file = tmp_path / "film.mp4.part"
    file.write_bytes(b"half")
    state = file.lstat()
    notes_folder().mkdir(parents=True)
    facts = {"path": str(file), "device": state.st_dev, "inode": state.st_ino, "host": "another"}
    (notes_folder() / "a.json").write_text(json.dumps(facts))
    (notes_folder() / "b.json").write_text("")
    old = notes_folder() / "c.json"
    old.write_text("{")
    os.utime(old, (time.time() - 1e4,) * 2)
    assert sweep() == () and file.exists()
    assert sorted(path.name for path in notes_folder().iterdir()) == ["a.json", "b.json"]


@pytest.mark.parametrize("name", ["film.mp4", "link.part"])
def test_only_parts_are_removed_and_no_link_is_followed(tmp_path, name):
    target = tmp_path / "target.part"
    target.write_bytes(b"precious")
    file = tmp_path / name
    if name == "link.part":
        file.symlink_to(target)
    else:
        file.write_bytes(b"precious")
    note = Note(file)
    os.close(note._handle)  # as if the process had ended
    assert sweep() == () and file.exists() and target.exists()


def test_where_nothing_can_be_noted_films_are_written_all_the_same(tmp_path, monkeypatch):
    blocked = Path(tmp_path / "file")
    blocked.write_bytes(b"")
    monkeypatch.setenv("XDG_STATE_HOME", str(blocked))
    part = Part(tmp_path / "film.mp4")
    part.temporary.write_bytes(b"whole")
    part.finish()
    assert (tmp_path / "film.mp4").read_bytes() == b"whole" and sweep() == ()


def test_the_window_says_what_it_removed_at_its_start(killed, tmp_path, qtbot, windows):
    kill(killed)
    window = windows.open({"toured": True})
    said = []
    window.files.told.connect(lambda words, bad: said.append(words))
    window.begin()
    qtbot.waitUntil(lambda: bool(said))
    assert "film.mp4.part" in said[0] and not (tmp_path / "film.mp4.part").exists()

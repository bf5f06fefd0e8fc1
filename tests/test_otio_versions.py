"""Versions of the project file: old ones are loaded, and what a newer program added is refused rather than lost."""

import json
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vgan_studio.errors import ProjectError
from vgan_studio.timeline import otio
from vgan_studio.timeline.groups import group
from vgan_studio.timeline.otio_values import VERSION
from vgan_studio.timeline.values import EffectCall, Fade, Marker

from .strategies import laws, timelines, timelines_with_clips

OLD = Path(__file__).parent / "golden" / "projects" / "version1.otio"  # by the program's first commit with such files

NAMES = """
    version rate width height sample_rate next_id range media path fingerprint duration sample_aspect channels
    locked muted hidden id source_in speed gain_db fade_in fade_out color enabled params
    steady folders pan solo group language look
    ease
"""


def ours(tree):
    """Give our parts of a file: of all metadata, and the media and folders among them."""
    if isinstance(tree, list):
        return [part for one in tree for part in ours(one)]
    if not isinstance(tree, dict):
        return []
    metadata = tree.get("metadata")
    mine = metadata.get("vgan_studio") if isinstance(metadata, dict) else None
    found = [] if mine is None else [mine, *mine.get("media", []), *mine.get("folders", [])]
    return found + [part for name, one in tree.items() if name != "metadata" for part in ours(one)]


def test_a_film_of_the_first_version_is_loaded_with_all_that_is_in_it():
    film = otio.load(OLD)
    first, second, third = film.tracks[0].clips
    assert (film.rate, film.width, film.height, film.range) == (Fraction(30000, 1001), 1280, 720, (10, 90))
    assert film.markers == (Marker(40, "look", "red", "here"),) and [media.path for media in film.media] == [
        "films/a b.mov", "films/song.flac",
    ]  # fmt: skip
    assert (first.name, first.gain_db, first.fade_in, first.source_in) == ("opening", -6.0, Fade(0, 10), Fraction(1, 3))
    assert first.effects[0].id == "filter.blur" and dict(first.effects[0].params)["size"].at(12) == 0.05
    assert second.speed == Fraction(1, 2) and second.transition.effect == EffectCall("core.dissolve")
    assert third.source == EffectCall("core.title", (("text", "Hello"),))
    assert [(track.name, track.hidden, track.locked) for track in film.tracks] == [
        ("V1", False, False), ("V2", True, False), ("A1", False, True),
    ]  # fmt: skip
    assert film.tracks[2].clips[0].muted and film.tracks[2].clips[0].fade_out == Fade(80, 10)
    assert json.loads(OLD.read_text())["metadata"]["vgan_studio"]["version"] == 1
    assert otio.loads(otio.dumps(film)) == film


@laws
@given(timelines())
def test_films_that_say_version_1_and_hold_what_came_later_are_loaded_whole(film):
    text = otio.dumps(film)
    assert otio.loads(text.replace(f'"version": {VERSION}', '"version": 1', 1)) == film


@laws
@given(timelines_with_clips, st.data())
def test_a_value_that_only_a_newer_program_knows_is_never_lost_without_a_word(film, data):
    ids = [clip.id for track in film.tracks if not track.locked for clip in track.clips]
    film = group(film, ids) if len(ids) > 1 else film
    tree = json.loads(otio.dumps(film))
    assert otio.loads(json.dumps(tree)) == film
    data.draw(st.sampled_from(ours(tree)))["brand_new"] = data.draw(st.sampled_from([None, 0, "x", [1], {"a": 1}]))
    with pytest.raises(ProjectError, match="newer version of this program"):
        otio.loads(json.dumps(tree))


@pytest.mark.parametrize("version", [VERSION + 1, 10**6])
def test_a_film_of_a_newer_version_is_refused_in_a_sentence_and_stays_as_it_is(tmp_path, version):
    path = tmp_path / "new.otio"
    tree = json.loads(OLD.read_text())
    tree["metadata"]["vgan_studio"]["version"] = version
    path.write_text(json.dumps(tree))
    before = path.read_bytes()
    with pytest.raises(ProjectError, match=r"newer version of this program.*Open it with that version\.$"):
        otio.load(path)
    assert path.read_bytes() == before


@laws
@given(timelines())
def test_new_names_in_the_file_come_with_a_new_version(film):
    """Where this fails, name the new value in `otio_values._NAMES`, under a version of its own."""
    written = {name for part in ours(json.loads(otio.dumps(film))) for name in part}
    assert VERSION == 3 and written <= set(NAMES.split())


@pytest.mark.qt_log_ignore("propagateSizeHints")  # of the offscreen platform
def test_the_window_says_that_a_film_is_of_a_newer_version_and_goes_on_with_its_own(qtbot, windows, tmp_path):
    window = windows.open()
    path = tmp_path / "new.otio"
    path.write_text(OLD.read_text().replace('"version": 1', '"version": 9'))
    before = window.document.timeline
    window.files.open(path)
    qtbot.waitUntil(lambda: "newer version of this program" in window.statusBar().currentMessage())
    assert window.document.timeline is before and window.document.path is None

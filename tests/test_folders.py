"""Laws of the bin's folders: nothing in them is ever lost, and undo brings everything back."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vgan_studio.errors import EditError
from vgan_studio.timeline import bin as bins
from vgan_studio.timeline import folders
from vgan_studio.timeline.check import faults
from vgan_studio.timeline.folders import shelf_of
from vgan_studio.timeline.values import Clip, Folder, Media, Timeline, Track

from .edits import edits
from .strategies import laws, timelines
from .test_edit import attempt

A, B, C = (Media(f"/{name}.mov", name, Fraction(1), 64, 48, Fraction(25)) for name in "abc")
OURS = (folders.add_folder, folders.rename_folder, folders.move_folder, folders.remove_folder, folders.shelve)


def film(*held):
    return Timeline(Fraction(25), 64, 48, media=(A, B, C), folders=tuple(held))


@laws
@given(timelines(), st.data())
def test_no_edit_of_folders_touches_what_is_in_the_bin_or_plays(timeline, data):
    for _ in range(3):
        function, values = data.draw(edits(timeline, OURS))
        after = attempt(function, timeline, values)
        if after is None:
            continue
        assert replace(after, folders=()) == replace(timeline, folders=())
        assert not list(faults(after))
        timeline = after


@laws
@given(timelines(), st.data())
def test_a_folder_that_is_moved_and_moved_back_is_as_it_was(timeline, data):
    if not timeline.folders:
        return
    path = data.draw(st.sampled_from(timeline.folders)).path
    there = folders.rename_folder(timeline, path, "elsewhere")
    assert folders.rename_folder(there, (*path[:-1], "elsewhere"), path[-1]) == timeline


def test_removing_a_folder_keeps_its_media_and_folders():
    timeline = film(Folder(("x",), ("a",)), Folder(("x", "y"), ("b",)), Folder(("x", "y", "z"), ("c",)))
    once = folders.remove_folder(timeline, ("x", "y"))
    assert once.folders == (Folder(("x",), ("a", "b")), Folder(("x", "z"), ("c",)))
    assert folders.remove_folder(once, ("x",)).folders == (Folder(("z",), ("c",)),)


def test_a_folder_that_comes_up_beside_one_of_its_name_becomes_one_with_it():
    timeline = film(Folder(("x",)), Folder(("x", "y"), ("a",)), Folder(("y",), ("b",)))
    assert folders.remove_folder(timeline, ("x",)).folders == (Folder(("y",), ("a", "b")),)


def test_a_medium_lies_in_one_place_only():
    timeline = folders.shelve(film(Folder(("x",), ("a",)), Folder(("y",))), ["a", "b"], ("y",))
    assert shelf_of(timeline) == {"a": ("y",), "b": ("y",)}
    assert shelf_of(folders.shelve(timeline, ["a"], ())) == {"b": ("y",)}


@pytest.mark.parametrize(
    ("edit", "values", "words"),
    [
        (folders.add_folder, (("x",),), "already"),
        (folders.add_folder, (("none", "new"),), "lies in none"),
        (folders.add_folder, ((" ",),), "needs a name"),
        (folders.rename_folder, (("y",), "x"), "already"),
        (folders.rename_folder, (("none",), "x"), "no such folder"),
        (folders.move_folder, (("x",), ("x", "in")), "in itself"),
        (folders.shelve, (["strange"], ("x",)), "not in the bin"),
        (folders.shelve, (["a"], ("none",)), "no such folder"),
    ],
)
def test_what_cannot_be_is_a_sentence(edit, values, words):
    with pytest.raises(EditError, match=words):
        edit(film(Folder(("x",)), Folder(("x", "in")), Folder(("y",))), *values)


def test_a_medium_that_leaves_the_bin_leaves_its_folder():
    assert bins.remove_media(film(Folder(("x",), ("a", "b"))), "a").folders == (Folder(("x",), ("b",)),)


def test_a_medium_that_becomes_known_stays_in_its_folder():
    strange = Media("/s.mov", "?s", Fraction(1))
    timeline = replace(film(Folder(("x",), ("?s",)), Folder(("y",), ("b",))), media=(strange, A, B))
    timeline = replace(timeline, tracks=(Track("video", (Clip(1, 0, 9, strange),)),), next_id=2)
    found = bins.relink(timeline, {"?s": C})
    assert found.folders[0] == Folder(("x",), ("c",)) and not list(faults(found))
    same = bins.relink(timeline, {"?s": B})
    assert same.folders == (Folder(("x",), ("b",)), Folder(("y",))) and not list(faults(same))

"""Groups of clips: what is grouped stays together, and what is undone is exactly as it was."""

import json
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from vgan_studio.errors import EditError, ProjectError
from vgan_studio.service import gestures
from vgan_studio.timeline import edit, groups, otio, tracks
from vgan_studio.timeline.check import faults
from vgan_studio.timeline.history import begin
from vgan_studio.timeline.lookup import clip_by_id
from vgan_studio.timeline.values import Clip, EffectCall, Media, Timeline, Track, Transition
from vgan_studio.ui.timeline_gestures import begin_trim, trimmed

from . import plays
from .strategies import laws, timelines, timelines_with_clips
from .windows import drag

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # of the offscreen platform
FILM = Media("/a.mov", "a", Fraction(40), 640, 360, Fraction(25), Fraction(1), 2, 48000)
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def a_film(*rows):
    """Tracks of (id, start, end, group)."""
    made = tuple(
        Track("video", tuple(Clip(id, start, end - start, FILM, Fraction(5), group=group)
                             for id, start, end, group in row)) for row in rows
    )  # fmt: skip
    return Timeline(Fraction(25), 320, 180, tracks=made, media=(FILM,), next_id=100)


def places(film):
    return [[(clip.id, clip.start, clip.end) for clip in track.clips] for track in film.tracks]


def ids_of(film):
    return [clip.id for track in film.tracks for clip in track.clips]


def attempt(gesture, *args, **more):
    try:
        return gesture(*args, **more)
    except EditError:
        return None


# --- laws


@laws
@given(timelines_with_clips, st.data())
def test_a_group_is_made_of_all_that_is_chosen_and_of_their_groups_and_is_undone_exactly(film, data):
    chosen = data.draw(st.lists(st.sampled_from(ids_of(film)), max_size=4))
    together = groups.members(film, chosen)
    assert groups.members(film, together) == together
    after = attempt(groups.group, film, chosen)
    if len(together) < 2:
        assert after is None
        return
    assert after is not None and not list(faults(after))
    for id in chosen:
        assert groups.members(after, [id]) == together
    assert together <= groups.grouped(after)
    assert begin(film).push(after, "Group").undo().present.timeline == film
    apart = groups.ungroup(after, chosen[:1])
    assert all(groups.members(apart, [id]) == {id} for id in together)
    bare = [replace(clip_by_id(film, id), group=0) for id in ids_of(film)]
    assert [replace(clip_by_id(apart, id), group=0) for id in ids_of(film)] == bare


@laws
@given(timelines(), st.data())
def test_groups_come_back_exactly_from_a_project_file(film, data):
    ids = ids_of(film)
    if len(ids) > 1:
        film = attempt(groups.group, film, data.draw(st.lists(st.sampled_from(ids), min_size=2, max_size=3))) or film
    assert otio.loads(otio.dumps(film)) == film


@laws
@given(timelines_with_clips, st.data())
def test_the_halves_of_a_split_stay_in_the_group(film, data):
    film = groups.group(film, ids_of(film)) if len(ids_of(film)) > 1 else film
    id, frame = data.draw(st.sampled_from(ids_of(film))), data.draw(st.integers(0, 60))
    after = attempt(edit.split, film, id, frame)
    if after is not None and clip_by_id(film, id).group:
        assert groups.members(after, [id]) == {*groups.members(film, [id]), film.next_id}


@laws
@given(timelines_with_clips, st.data())
def test_cutting_a_clip_cuts_all_of_its_group_and_parts_it_and_nothing_that_plays_changes(film, data):
    film = groups.group(film, ids_of(film)) if len(ids_of(film)) > 1 else film
    id, frame = data.draw(st.sampled_from(ids_of(film))), data.draw(st.integers(0, 60))
    after = attempt(gestures.cut, film, id, frame)
    if after is None:
        return
    held = [clip for track in after.tracks for clip in track.clips if clip.id in groups.grouped(film) | {id}]
    assert not any(clip.start < frame < clip.end for clip in held)
    assert not list(faults(after)) and plays.film(after) == plays.film(film)
    if not any(track.locked and track.clips for track in film.tracks):
        for clip in (clip for track in after.tracks for clip in track.clips):
            mates = [clip_by_id(after, one) for one in groups.members(after, [clip.id])]
            assert len({one.start < frame for one in mates}) == 1, "none lies on both sides of the cut"
    assert begin(film).push(after, "Split").undo().present.timeline == film


rows = st.lists(st.tuples(st.integers(0, 6), st.integers(1, 8)), min_size=1, max_size=4)


@st.composite
def films_with_a_group(draw):
    """Two or three tracks of clips, and a group of one clip of each."""
    made, id = [], 1
    for gaps in draw(st.lists(rows, min_size=2, max_size=3)):
        row, end = [], 0
        for gap, length in gaps:
            row.append((id, end + gap, end + gap + length, 0))
            id, end = id + 1, end + gap + length
        made.append(row)
    film = a_film(*made)
    return groups.group(film, [draw(st.sampled_from(row))[0] for row in made])


@laws
@given(films_with_a_group(), st.data())
def test_a_ripple_keeps_the_distances_in_a_group_or_is_refused(film, data):
    held = groups.grouped(film)
    ids = [id for id in ids_of(film) if id not in held]
    if not ids:
        return
    id = data.draw(st.sampled_from(ids))
    clip = clip_by_id(film, id)
    frame, side = data.draw(st.integers(0, 60)), data.draw(st.sampled_from(["head", "tail"]))
    ripples = (
        lambda: gestures.extract(film, [id]),
        lambda: gestures.duplicate(film, [id]),
        lambda: trimmed(film, id, side, "ripple", frame),
        lambda: gestures.trim_to(film, [id], frame, head=side == "head"),
        lambda: gestures.close_gap(film, 0, frame),
        lambda: gestures.place(film, [FILM], 0, clip.start, insert=True),
        lambda: gestures.set_speeds(film, [id], Fraction(2), ripple=True),
    )
    after = attempt(data.draw(st.sampled_from(ripples)))
    if after is None:
        return
    assert not list(faults(after))
    shifts = {clip_by_id(after, one).start - clip_by_id(film, one).start for one in held}
    whole = all(clip_by_id(after, one).duration == clip_by_id(film, one).duration for one in held)
    assert len(shifts) == 1 or not whole  # what was split by the edit itself is as ever
    assert groups.grouped(after) >= held


@laws
@given(films_with_a_group(), st.integers(-20, 20))
def test_a_group_that_is_moved_keeps_its_distances_and_one_that_is_deleted_goes_whole(film, by):
    held = sorted(groups.grouped(film))
    after = attempt(gestures.move, film, held, by, 0)
    if after is not None:
        assert {clip_by_id(after, id).start - clip_by_id(film, id).start for id in held} == {by}
    gone = gestures.lift(film, held)
    assert not set(ids_of(gone)) & set(held)
    assert begin(film).push(gone, "Delete").undo().present.timeline == film


# --- examples


def test_what_follows_a_ripple_on_its_track_takes_its_title_along():
    film = a_film([(1, 0, 10, 0), (2, 10, 20, 7)], [(3, 12, 15, 7), (4, 30, 40, 0)])
    assert places(gestures.extract(film, [1])) == [[(2, 0, 10)], [(3, 2, 5), (4, 30, 40)]]
    inserted = gestures.place(film, [replace(FILM, fingerprint="b", duration=Fraction(4, 25))], 0, 10, insert=True)
    assert places(inserted)[1] == [(3, 16, 19), (4, 30, 40)]


def test_a_ripple_is_refused_where_the_group_has_no_room_and_says_so():
    film = a_film([(1, 0, 10, 0), (2, 10, 20, 7)], [(5, 4, 8, 0), (3, 12, 15, 7)])
    with pytest.raises(EditError, match="no room to follow"):
        gestures.extract(film, [1])
    locked = tracks.lock_track(a_film([(1, 0, 10, 0), (2, 10, 20, 7)], [(3, 12, 15, 7)]), 1)
    with pytest.raises(EditError, match="locked"):
        gestures.extract(locked, [1])


def test_edges_of_a_group_that_lie_at_one_frame_are_trimmed_together():
    film = a_film([(1, 0, 20, 7)], [(2, 10, 20, 7), (3, 22, 30, 0)], [(4, 5, 18, 7)])
    assert places(trimmed(film, 1, "tail", "trim", 15)) == [[(1, 0, 15)], [(2, 10, 15), (3, 22, 30)], [(4, 5, 18)]]
    assert places(trimmed(film, 1, "head", "trim", 3)) == [[(1, 3, 20)], [(2, 10, 20), (3, 22, 30)], [(4, 5, 18)]]
    assert places(trimmed(film, 2, "tail", "ripple", 16)) == [[(1, 0, 16)], [(2, 10, 16), (3, 18, 26)], [(4, 5, 18)]]
    trim = begin_trim(film, 1, "tail", "trim")
    assert trim.high == 22 and trim.low == 11 and set(trim.mates) == {1, 2}, "as far as all of them can go"


def test_a_picture_and_its_sound_are_stretched_together_and_what_is_not_in_step_stays():
    film = a_film([(1, 0, 20, 7)], [(2, 0, 20, 7)], [(3, 5, 20, 7)], [(4, 0, 20, 0)])
    after = trimmed(film, 1, "tail", "speed", 10)
    assert places(after) == [[(1, 0, 10)], [(2, 0, 10)], [(3, 5, 20)], [(4, 0, 20)]]
    assert [track.clips[0].speed for track in after.tracks] == [2, 2, 1, 1]
    assert begin_trim(film, 2, "tail", "speed").mates == (2, 1)
    crowded = a_film([(1, 0, 20, 7)], [(2, 0, 20, 7), (3, 25, 30, 0)])
    assert begin_trim(crowded, 1, "tail", "speed").high == 25, "as far as all of them have room"
    with pytest.raises(EditError, match="no room"):
        trimmed(crowded, 1, "tail", "speed", 40)


def test_copies_of_a_group_are_a_group_of_their_own():
    film = a_film([(1, 0, 10, 7)], [(2, 4, 8, 7)])
    pasted = gestures.paste(film, [(0, clip_by_id(film, 1)), (1, clip_by_id(film, 2))], 50)
    new = set(ids_of(pasted)) - {1, 2}
    assert groups.members(pasted, new) == new and len(new) == 2
    assert groups.members(pasted, [1]) == {1, 2}
    doubled = gestures.duplicate(film, [1, 2])
    new = set(ids_of(doubled)) - {1, 2}
    assert groups.members(doubled, new) == new and groups.members(doubled, [1]) == {1, 2}
    single = gestures.paste(film, [(0, clip_by_id(film, 1))], 50)
    assert clip_by_id(single, 100).group == 0


@pytest.mark.parametrize("number", [-1, "7", None, 1.5, True, 10**16, [7]])
def test_a_group_of_a_stranger_that_is_none_is_refused(number):
    tree = json.loads(otio.dumps(a_film([(1, 0, 10, 7), (2, 10, 12, 7)])))
    tree["tracks"]["children"][0]["children"][0]["metadata"]["vgan_studio"]["group"] = number
    with pytest.raises(ProjectError):
        otio.loads(json.dumps(tree))


def test_a_group_that_another_program_has_copied_and_ids_that_are_too_small_are_sound():
    tree = json.loads(otio.dumps(a_film([(1, 0, 10, 7), (2, 10, 12, 7)])))
    tree["tracks"]["children"][0]["children"][0]["metadata"]["vgan_studio"]["group"] = 5000
    tree["metadata"]["vgan_studio"]["next_id"] = 3
    film = otio.loads(json.dumps(tree))
    assert film.next_id == 5001 and not list(faults(film))


def test_a_group_is_parted_where_it_is_cut_through_and_one_that_is_left_alone_is_in_no_group():
    film = a_film([(1, 0, 10, 7)], [(2, 0, 10, 7), (3, 12, 15, 7)])
    after = gestures.cut(film, 1, 4)
    assert places(after) == [[(1, 0, 4), (100, 4, 10)], [(2, 0, 4), (101, 4, 10), (3, 12, 15)]]
    assert groups.members(after, [1]) == {1, 2} and groups.members(after, [3]) == {3, 100, 101}
    beside = gestures.cut(a_film([(1, 0, 10, 7)], [(3, 12, 15, 7)]), 1, 4)
    assert clip_by_id(beside, 1).group == 0 and groups.members(beside, [3]) == {3, 100}
    trimmed_film = gestures.split(film, [1], 4)
    assert groups.members(trimmed_film, [1]) == {1, 2, 3, 100}, "one of it that was not cut holds it together"


def test_a_cut_is_refused_where_one_of_the_group_is_locked_or_the_clip_is_not_there():
    film = a_film([(1, 0, 10, 7)], [(2, 0, 20, 7)])
    with pytest.raises(EditError, match="locked"):
        gestures.cut(tracks.lock_track(film, 1), 1, 4)
    with pytest.raises(EditError, match="no clip to split"):
        gestures.cut(film, 1, 12)


# --- in the window


@pytest.fixture
def window(windows):
    window = windows.open()
    blank = EffectCall("core.blank")
    low = Track("video", (Clip(1, 0, 50, blank), Clip(2, 60, 60, blank)))
    film = Timeline(Fraction(25), 320, 180, tracks=(low, Track("video", (Clip(3, 70, 50, blank),))), next_id=4)
    window.document.start(film)
    window.timeline_view.zoom(4.0 / window.timeline_view.scale.zoom, window.timeline_view.scale.header)
    window.timeline_view.snapping = False
    return window


def at(view, track, frame):
    row = next(row for row in view.scale.rows(view.timeline) if row.track == track)
    return QPoint(round(view.scale.x(frame)), view.scale.y(row) + row.height // 2)


def test_grouped_clips_are_selected_moved_and_deleted_together_each_one_step(window):
    view, films = window.timeline_view, [window.document.timeline]
    view.select([2, 3])
    QTest.keyClick(view, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    films.append(window.document.timeline)
    QTest.mouseClick(view.viewport(), LEFT, NONE, at(view, 0, 20))
    assert view.selection == {1}
    QTest.mouseClick(view.viewport(), LEFT, NONE, at(view, 1, 80))
    assert view.selection == {2, 3} and window.inspector._clip.id == 3
    QTest.mouseClick(view.viewport(), LEFT, NONE, at(view, 0, 80))
    assert view.selection == {2, 3} and window.inspector._clip.id == 2, "the one that is clicked is in the inspector"
    QTest.mouseClick(view.viewport(), LEFT, Qt.KeyboardModifier.ControlModifier, at(view, 0, 20))
    assert view.selection == {1, 2, 3} and window.inspector._clip is None
    QTest.mouseClick(view.viewport(), LEFT, Qt.KeyboardModifier.ControlModifier, at(view, 1, 80))
    assert view.selection == {1}, "and is taken out with all of its group"
    drag(view, at(view, 1, 90), at(view, 1, 100))
    films.append(window.document.timeline)
    assert places(films[-1]) == [[(1, 0, 50), (2, 70, 130)], [(3, 80, 130)]]
    drag(view, at(view, 1, 130) - QPoint(2, 0), at(view, 1, 120))
    films.append(window.document.timeline)
    assert places(films[-1]) == [[(1, 0, 50), (2, 70, 120)], [(3, 80, 120)]]
    QTest.keyClick(view, Qt.Key.Key_Delete)
    films.append(window.document.timeline)
    assert places(films[-1]) == [[(1, 0, 50)], []]
    assert [step.label for step in window.document.history.steps[1:]] == ["Group", "Move", "Trim", "Delete"]
    for film in reversed(films[:-1]):
        window.document.undo()
        assert window.document.timeline == film


def test_what_is_done_to_several_clips_is_one_step(window):
    dissolve = Transition(0, 5, EffectCall("core.dissolve"))
    row = (Clip(1, 0, 50, FILM), Clip(2, 60, 60, FILM, transition=dissolve), Clip(3, 130, 9, FILM, transition=dissolve))
    film = Timeline(Fraction(25), 320, 180, tracks=(Track("video", row),), media=(FILM,), next_id=4)
    window.document.start(film)
    window.timeline_view.select([1, 2, 3])
    window.actions_["cut_hard"].trigger()
    assert all(clip.transition is None for clip in window.document.timeline.tracks[0].clips)
    window.actions_["reverse_clip"].trigger()
    assert all(clip.speed == -1 for clip in window.document.timeline.tracks[0].clips)
    for name in ("dissolve", "detach"):
        window.actions_[name].trigger()
    now = window.document.timeline
    assert all(clip.transition is not None and clip.muted for clip in now.tracks[0].clips)
    assert [(clip.start, clip.end) for clip in now.tracks[1].clips] == [(0, 50), (60, 120), (130, 139)]
    labels = [step.label for step in window.document.history.steps[1:]]
    assert labels == ["Remove transition", "Reverse", "Dissolve", "Detach sound"]
    for _ in labels:
        window.document.undo()
    assert window.document.timeline == film


def test_ungroup_lets_each_be_for_itself_again(window):
    view = window.timeline_view
    view.select([2, 3])
    window.actions_["group"].trigger()
    assert window.inspector._clip is None, "none of them was chosen by itself"
    window.actions_["ungroup"].trigger()
    QTest.mouseClick(view.viewport(), LEFT, NONE, at(view, 1, 80))
    assert view.selection == {3} and not groups.grouped(window.document.timeline)
    window.actions_["ungroup"].trigger()
    assert window.statusBar().currentMessage() == "These clips are in no group."
    window.actions_["group"].trigger()
    assert window.statusBar().currentMessage() == "A group needs two clips or more."


def test_the_razor_cuts_a_picture_and_its_sound_in_one_step_and_each_half_goes_by_itself(qtbot, window):
    sounds = Track("audio", (Clip(3, 10, 40, FILM, group=9),))
    film = Timeline(Fraction(25), 320, 180, tracks=(Track("video", (Clip(1, 10, 40, FILM, group=9),)), sounds),
                    media=(FILM,), next_id=10)  # fmt: skip
    window.document.start(film)
    view = window.timeline_view
    window.actions_["tool_razor"].trigger()
    QTest.mouseClick(view.viewport(), LEFT, NONE, at(view, 0, 30))
    cut = window.document.timeline
    assert [[span[1:] for span in row] for row in places(cut)] == [[(10, 30), (30, 50)]] * 2
    assert [step.label for step in window.document.history.steps[1:]] == ["Split"]
    window.actions_["tool_select"].trigger()
    QTest.mouseClick(view.viewport(), LEFT, NONE, at(view, 0, 40))
    QTest.keyClick(view, Qt.Key.Key_Delete)
    assert [[span[1:] for span in row] for row in places(window.document.timeline)] == [[(10, 30)]] * 2
    window.document.undo()
    window.document.undo()
    assert window.document.timeline == film

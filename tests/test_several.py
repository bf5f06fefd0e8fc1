"""Laws of edits of several clips at once."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from vgan_studio.errors import EditError
from vgan_studio.timeline import effects, several
from vgan_studio.timeline.check import faults
from vgan_studio.timeline.lookup import clip_by_id

from .strategies import finite, laws, timelines_with_clips


def drawn_ids(timeline, data):
    ids = [clip.id for track in timeline.tracks for clip in track.clips]
    return frozenset(data.draw(st.lists(st.sampled_from(ids), min_size=1, unique=True)))


def attempt(edit, *args, **more):
    try:
        return edit(*args, **more)
    except EditError:
        return None


@laws
@given(timelines_with_clips, st.data())
def test_what_clips_have_in_common_is_in_each_of_them_once(timeline, data):
    clips = several.pictures(timeline, drawn_ids(timeline, data))
    found = several.commons(clips)
    for common in found:
        assert {call.id for call in several.calls(clips, common)} == {common.id}
    for number in range(len(clips)):
        places = [common.places[number] for common in found]
        assert len(set(places)) == len(places)
    if len(clips) == 1:
        (clip,) = clips
        assert [common.places[0] for common in found if common.places[0] is not None] == [*range(len(clip.effects))]


@laws
@given(timelines_with_clips, st.data(), finite, st.integers(0, 60))
def test_after_a_change_all_clips_have_the_value_and_nothing_else_is_changed(timeline, data, value, frame):
    ids = drawn_ids(timeline, data)
    clips = several.pictures(timeline, ids)
    found = several.commons(clips)
    if not found:
        return
    number = data.draw(st.integers(0, len(found) - 1))
    more = {"frame": frame, "default": 0.0}
    after = attempt(several.set_common, timeline, ids, number, "amount", value, **more)
    if after is None:
        return
    assert not list(faults(after))
    call, differing = several.compared(
        several.pictures(after, ids), several.commons(several.pictures(after, ids))[number], {"amount": 0.0}, frame
    )
    assert dict(call.params)["amount"] == value and not differing
    one_by_one = timeline
    for clip, place in zip(clips, found[number].places, strict=True):
        at = min(max(0, frame - clip.start), clip.duration - 1)
        one_by_one = effects.set_values(one_by_one, clip.id, place, {"amount": value}, at)
    assert after == one_by_one, "as if each had been set by itself"


@laws
@given(timelines_with_clips, st.data(), st.integers(0, 60))
def test_keys_that_are_set_in_several_clips_lie_at_the_frame_change_no_value_there_and_go_again(timeline, data, frame):
    ids = drawn_ids(timeline, data)
    clips = several.pictures(timeline, ids)
    found = several.commons(clips)
    if not found:
        return
    number = data.draw(st.integers(0, len(found) - 1))
    more = {"frame": frame, "default": 0.5}
    after = attempt(several.key_common, timeline, ids, number, "amount", True, **more)
    if after is None:
        return
    assert not list(faults(after))
    there = several.pictures(after, ids)
    keyed = several.keyed(there, found[number], frame)
    assert "amount" in keyed.names and keyed.there == sum(clip.start <= frame < clip.end for clip in clips) > 0
    was, now = (several.compared(some, found[number], {"amount": 0.5}, frame) for some in (clips, there))
    assert now[1].keys() == was[1].keys(), "no value is another one at the frame"
    for before, one in zip(clips, there, strict=True):
        assert one == before or one.start <= frame < one.end, "what lies elsewhere stays"
    gone = several.key_common(after, ids, number, "amount", False, **more)
    assert not several.keyed(several.pictures(gone, ids), found[number], frame).names & {"amount"}


@laws
@given(timelines_with_clips, st.data())
def test_effects_that_are_added_to_several_clips_and_taken_away_again_leave_them_as_they_were(timeline, data):
    ids = drawn_ids(timeline, data)
    new = effects.EffectCall("filter.only_here", (("amount", 1.0),))
    after = attempt(several.add_effects, timeline, ids, (new,))
    if after is None:
        return
    found = several.commons(several.pictures(after, ids))
    assert found[-1].id == new.id and all(
        call == new for call in several.calls(several.pictures(after, ids), found[-1])
    )
    off = several.enable_common(after, ids, len(found) - 1, enabled=False)
    assert not any(call.enabled for call in several.calls(several.pictures(off, ids), found[-1]))
    assert several.remove_common(off, ids, len(found) - 1) == timeline


@laws
@given(timelines_with_clips, st.data(), st.integers(0, 4), st.integers(0, 4))
def test_transitions_that_are_set_at_once_are_set_as_one_by_one_or_not_at_all(timeline, data, before, after):
    ids = drawn_ids(timeline, data)
    clips = [clip for clip in several.pictures(timeline, ids) if clip.transition is not None]
    done = attempt(several.set_turns, timeline, ids, {"before": before, "after": after, "ease": "in"})
    if done is None:
        return
    assert not list(faults(done))
    for clip in clips:
        turn = replace(clip.transition, before=before, after=after, ease="in")
        assert clip_by_id(done, clip.id) == replace(clip, transition=turn)
    others = {clip.id: clip for track in timeline.tracks for clip in track.clips}
    for clip in (clip for track in done.tracks for clip in track.clips):
        assert clip.id in {one.id for one in clips} or clip == others[clip.id]


def test_the_numbers_in_which_values_agree_are_told():
    assert several.agreed([1.0, 1.0]) == 1.0 and several.agreed([1.0, 2.0]) is None
    assert several.agreed([(1.0, 2.0), (1.0, 3.0)]) == (1.0, None)
    assert several.agreed([(1.0, 2.0), (3.0, 4.0)]) is None and several.agreed([(1.0,), (1.0, 2.0)]) is None
    assert several.agreed(["a", "a"]) == "a" and several.agreed([True, False]) is None

"""Laws of all edits, and of each by itself."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vgan_studio.errors import EditError
from vgan_studio.timeline import bin as bins
from vgan_studio.timeline import edit, effects, groups, marks, sound, speed, tracks, trim
from vgan_studio.timeline.check import faults
from vgan_studio.timeline.curve import Curve, Key
from vgan_studio.timeline.history import LIMIT, begin
from vgan_studio.timeline.lookup import clip_at, clip_by_id, source_time, takeover_at
from vgan_studio.timeline.values import Clip, EffectCall, Fade, Marker, Media, Timeline, Track, Transition

from .edits import edits
from .plays import film, plays
from .strategies import laws, timelines, timelines_with_clips

FILM = Media("/a.mov", "a", Fraction(4), 640, 360, Fraction(25), Fraction(1), 2, 48000)
STILL = Media("/s.png", "s", Fraction(0), 640, 360)
SONG = Media("/b.wav", "b", Fraction(9), channels=2, sample_rate=48000)
DISSOLVE = EffectCall("core.dissolve")


def a_clip(id, start, duration, source=FILM, source_in=Fraction(1), **more):
    return Clip(id, start, duration, source, source_in, **more)


def a_timeline(*clips, kind="video", **more):
    return Timeline(Fraction(25), 640, 360, 48000, (Track(kind, clips),), (FILM, STILL, SONG), 100, **more)


def places(timeline, track=0):
    return [(clip.id, clip.start, clip.end) for clip in timeline.tracks[track].clips]


def attempt(function, timeline, values):
    try:
        return function(timeline, *values)
    except EditError as error:
        sentence = str(error)
    assert sentence.endswith(".") and len(sentence) < 200
    return None


def anywhere(data, timeline):
    return data.draw(st.sampled_from([clip for track in timeline.tracks for clip in track.clips]))


def in_a_transition(timeline, track, frame):
    return takeover_at(timeline.tracks[track], frame) is not None


# --- laws of all edits


@laws
@given(timelines(), st.data())
def test_every_edit_gives_a_sound_timeline_or_refuses_with_a_sentence(timeline, data):
    function, values = data.draw(edits(timeline))
    after = attempt(function, timeline, values)
    assert after is None or not list(faults(after))


@laws
@given(timelines(), st.data())
def test_a_locked_track_is_never_changed_but_in_its_flags_and_fader(timeline, data):
    function, values = data.draw(edits(timeline))
    after = attempt(function, timeline, values)
    if after is not None and function is not bins.relink:
        flags = {"locked": False, "muted": False, "hidden": False, "gain_db": 0.0, "pan": 0.0}
        before = [replace(track, **flags) for track in timeline.tracks if track.locked]
        assert all(track in [replace(track, **flags) for track in after.tracks] for track in before)


@laws
@given(timelines(), st.data())
def test_ids_are_never_used_twice(timeline, data):
    function, values = data.draw(edits(timeline))
    after = attempt(function, timeline, values)
    if after is not None:
        old = {clip.id for track in timeline.tracks for clip in track.clips}
        new = {clip.id for track in after.tracks for clip in track.clips} - old
        assert after.next_id >= timeline.next_id and all(timeline.next_id <= id < after.next_id for id in new)


@laws
@given(timelines(), st.data())
def test_undoing_all_gives_the_exact_start_and_redoing_all_the_exact_end(timeline, data):
    history, states = begin(timeline), [timeline]
    for _ in range(data.draw(st.integers(1, 8))):
        function, values = data.draw(edits(states[-1]))
        after = attempt(function, states[-1], values)
        if after is not None and after != states[-1]:
            states.append(after)
            history = history.push(after, function.__name__)
    assert len(history.steps) == len(states)
    for state in reversed(states[:-1]):
        history = history.undo()
        assert history.present.timeline == state
    for state in states[1:]:
        history = history.redo()
        assert history.present.timeline == state
    assert not history.future


@laws
@given(timelines_with_clips, st.data())
def test_what_an_edit_of_one_track_does_not_touch_plays_the_same(timeline, data):
    """Other tracks do; and on this one, all that comes before the first frame that the edit names."""
    among = {edit.split, edit.lift, edit.extract, trim.trim_tail, trim.ripple_trim_tail, speed.freeze, sound.mute}
    among |= {speed.freeze_tail}
    function, values = data.draw(edits(timeline, among))
    after = attempt(function, timeline, values)
    if after is None:
        return
    touched = next(i for i, t in enumerate(timeline.tracks) if values[0] in [clip.id for clip in t.clips])
    before, later = film(timeline), film(after, range(timeline.duration + 2))
    for number in range(len(timeline.tracks)):
        if number != touched:
            assert before[number] == later[number]
    clip = clip_by_id(timeline, values[0])
    clips = timeline.tracks[touched].clips
    following = clips[clips.index(clip) + 1 :][:1]  # where the clip goes, the next one takes over from the one before
    lead = max(one.transition.before if one.transition else 0 for one in (clip, *following))
    first = max(clip.start - lead, 0)
    assert before[touched][:first] == later[touched][:first]


@laws
@given(timelines_with_clips, st.data())
def test_an_edit_of_a_clip_changes_no_track_but_its_own_and_the_one_it_goes_to(timeline, data):
    of_tracks = {tracks.add_track, tracks.remove_track, tracks.move_track, groups.group, groups.ungroup}
    function, values = data.draw(edits(timeline))
    after = attempt(function, timeline, values)
    if after is not None and function not in of_tracks:
        changed = [a != b for a, b in zip(timeline.tracks, after.tracks, strict=False)]
        assert sum(changed) <= (2 if function in (edit.move, sound.detach_sound) else 1)
        assert after.markers == timeline.markers or function.__module__.endswith("marks")


@laws
@given(timelines_with_clips, st.data())
def test_overwriting_and_lifting_change_nothing_outside_of_their_range(timeline, data):
    function, values = data.draw(edits(timeline, {edit.overwrite, edit.lift_range}))
    after = attempt(function, timeline, values)
    if after is None:
        return
    number, start, end = values if function is edit.lift_range else (*values[:2], values[1] + values[2].duration)
    for frame in (*range(start), *range(end, timeline.duration)):
        if not in_a_transition(timeline, number, frame) and not in_a_transition(after, number, frame):
            assert plays(timeline, timeline.tracks[number], frame) == plays(after, after.tracks[number], frame)


@laws
@given(timelines_with_clips, st.data())
def test_a_ripple_moves_what_comes_later_and_changes_nothing_of_it(timeline, data):
    among = {edit.extract, edit.insert, trim.ripple_trim_head, trim.ripple_trim_tail, edit.close_gap, edit.duplicate}
    function, values = data.draw(edits(timeline, among))
    after = attempt(function, timeline, values)
    if after is None:
        return
    for before, track in zip(timeline.tracks, after.tracks, strict=True):
        old = {clip.id: clip for clip in before.clips}
        for clip in track.clips[::-1]:
            if clip.id not in old or clip.duration != old[clip.id].duration:
                break
            same = replace(clip, start=0, transition=None)
            assert same == replace(old[clip.id], start=0, transition=None)


# --- laws of single edits


@laws
@given(timelines_with_clips, st.data())
def test_a_split_changes_nothing_that_plays(timeline, data):
    clip = anywhere(data, timeline)
    frame = data.draw(st.integers(clip.start, clip.end))
    after = attempt(edit.split, timeline, (clip.id, frame))
    if after is None:
        at_an_end = frame in (clip.start, clip.end)
        number = next(i for i, t in enumerate(timeline.tracks) if clip in t.clips)
        assert at_an_end or (in_a_transition(timeline, number, frame - 1) and in_a_transition(timeline, number, frame))
    else:
        assert film(after) == film(timeline)


@laws
@given(timelines_with_clips, st.data())
def test_a_trim_changes_nothing_of_what_is_left(timeline, data):
    clip = anywhere(data, timeline)
    number = next(i for i, t in enumerate(timeline.tracks) if clip in t.clips)
    function = data.draw(st.sampled_from([trim.trim_head, trim.trim_tail]))
    frame = data.draw(st.integers(clip.start - 5, clip.end + 5))
    after = attempt(function, timeline, (clip.id, frame))
    if after is not None:
        left = clip_by_id(after, clip.id)
        for at in range(max(left.start, clip.start), min(left.end, clip.end)):
            if not in_a_transition(timeline, number, at) and not in_a_transition(after, number, at):
                assert plays(timeline, timeline.tracks[number], at) == plays(after, after.tracks[number], at)


@laws
@given(timelines_with_clips, st.data())
def test_trimming_there_and_back_is_no_change(timeline, data):
    clip = anywhere(data, timeline)
    timeline = effects.remove_transition(timeline, clip.id) if clip.transition else timeline
    frame = data.draw(st.integers(clip.start, clip.end - 1))
    shorter = trim.trim_head(timeline, clip.id, frame)
    back = attempt(trim.trim_head, shorter, (clip.id, clip.start))
    if back is None:  # what begins beyond its material may come nearer, but not go out again
        first = source_time(clip, clip.start, timeline.rate)
        assert not 0 <= first <= clip.source.duration
    else:
        assert clip_by_id(back, clip.id) == clip_by_id(timeline, clip.id)


@laws
@given(timelines_with_clips, st.data())
def test_a_roll_moves_the_cut_alone(timeline, data):
    clip = anywhere(data, timeline)
    frames = data.draw(st.integers(-8, 8))
    after = attempt(trim.roll, timeline, (clip.id, frames))
    if after is not None:
        assert clip_by_id(after, clip.id).start == clip.start + frames
        assert clip_by_id(after, clip.id).end == clip.end
        assert [t.clips[-1].end for t in after.tracks if t.clips] == [
            t.clips[-1].end for t in timeline.tracks if t.clips
        ]


@laws
@given(timelines_with_clips, st.data())
def test_a_slide_leaves_what_the_clip_shows_and_the_length_of_the_three(timeline, data):
    clip = anywhere(data, timeline)
    frames = data.draw(st.integers(-8, 8))
    after = attempt(trim.slide, timeline, (clip.id, frames))
    if after is not None:
        slid = clip_by_id(after, clip.id)
        assert replace(slid, start=clip.start, transition=clip.transition) == clip


@laws
@given(timelines_with_clips, st.data())
def test_a_slip_moves_the_source_by_frames_of_the_clip(timeline, data):
    clip = anywhere(data, timeline)
    frames = data.draw(st.integers(-8, 8))
    after = attempt(trim.slip, timeline, (clip.id, frames))
    if after is not None:
        slipped = clip_by_id(after, clip.id)
        assert slipped.source_in - clip.source_in == frames * (clip.speed or 1) / timeline.rate
        assert replace(slipped, source_in=clip.source_in) == clip


@laws
@given(timelines_with_clips, st.data())
def test_reversing_twice_is_no_change(timeline, data):
    clip = anywhere(data, timeline)
    assert clip_by_id(speed.reverse(speed.reverse(timeline, clip.id), clip.id), clip.id) == clip


@laws
@given(timelines_with_clips, st.data())
def test_lifting_a_clip_and_putting_it_back_is_no_change_but_for_transitions_and_its_group(timeline, data):
    clip = anywhere(data, timeline)
    number = next(i for i, t in enumerate(timeline.tracks) if clip in t.clips)
    after = edit.overwrite(edit.lift(timeline, clip.id), number, clip.start, clip)
    bare = [replace(c, id=0, transition=None, group=0) for c in after.tracks[number].clips]
    assert bare == [replace(c, id=0, transition=None, group=0) for c in timeline.tracks[number].clips]


# --- the drawings


def test_insert_splits_and_pushes():
    timeline = edit.insert(a_timeline(a_clip(1, 0, 4), a_clip(2, 4, 4)), 0, 2, a_clip(0, 0, 2))
    assert places(timeline) == [(1, 0, 2), (100, 2, 4), (101, 4, 6), (2, 6, 10)]
    assert timeline.tracks[0].clips[2].source_in == 1 + Fraction(2, 25)


def test_overwrite_takes_out_what_is_there_and_a_transition_with_the_head():
    timeline = a_timeline(a_clip(1, 0, 4), a_clip(2, 4, 4, transition=Transition(1, 2, DISSOLVE)))
    after = edit.overwrite(timeline, 0, 2, a_clip(0, 0, 3))
    assert places(after) == [(1, 0, 2), (100, 2, 5), (2, 5, 8)]
    assert after.tracks[0].clips[2].transition is None


def test_overwriting_the_middle_of_a_clip_leaves_both_ends():
    after = edit.overwrite(a_timeline(a_clip(1, 0, 9)), 0, 3, a_clip(0, 0, 2))
    assert places(after) == [(1, 0, 3), (100, 3, 5), (101, 5, 9)]


def test_append_comes_after_the_last_clip():
    assert places(edit.append(a_timeline(a_clip(1, 3, 4)), 0, a_clip(0, 0, 2))) == [(1, 3, 7), (100, 7, 9)]


def test_lift_leaves_the_gap_and_extract_closes_it():
    timeline = a_timeline(a_clip(1, 0, 2), a_clip(2, 2, 3), a_clip(3, 5, 2))
    assert places(edit.lift(timeline, 2)) == [(1, 0, 2), (3, 5, 7)]
    assert places(edit.extract(timeline, 2)) == [(1, 0, 2), (3, 2, 4)]


def test_ranges_are_lifted_and_extracted_across_clips():
    timeline = a_timeline(a_clip(1, 0, 4), a_clip(2, 4, 4))
    assert places(edit.lift_range(timeline, 0, 2, 5)) == [(1, 0, 2), (2, 5, 8)]
    assert places(edit.extract_range(timeline, 0, 2, 5)) == [(1, 0, 2), (2, 2, 5)]


def test_close_gap_pulls_the_later_clips():
    timeline = a_timeline(a_clip(1, 0, 2), a_clip(2, 5, 2), a_clip(3, 8, 2))
    assert places(edit.close_gap(timeline, 0, 3)) == [(1, 0, 2), (2, 2, 4), (3, 5, 7)]
    with pytest.raises(EditError, match="no gap"):
        edit.close_gap(timeline, 0, 1)


def test_move_overwrites_or_inserts_and_keeps_the_id():
    timeline = a_timeline(a_clip(1, 0, 2), a_clip(2, 2, 2), a_clip(3, 4, 2))
    assert places(edit.move(timeline, 1, 0, 7)) == [(2, 2, 4), (3, 4, 6), (1, 7, 9)]
    assert places(edit.move(timeline, 1, 0, 3, "insert")) == [(2, 2, 3), (1, 3, 5), (100, 5, 6), (3, 6, 8)]


def test_a_clip_moves_to_another_track_of_its_kind():
    timeline = tracks.add_track(tracks.add_track(a_timeline(a_clip(1, 0, 2)), "video"), "audio")
    assert places(edit.move(timeline, 1, 1, 5), 1) == [(1, 5, 7)]
    assert places(edit.move(timeline, 1, 2, 5), 2) == [(1, 5, 7)]  # its sound
    with pytest.raises(EditError, match="without pictures"):
        edit.insert(timeline, 0, 0, a_clip(0, 0, 2, SONG))
    with pytest.raises(EditError, match="without sound"):
        edit.insert(timeline, 2, 0, a_clip(0, 0, 2, STILL))


def test_duplicate_comes_right_after():
    timeline = a_timeline(a_clip(1, 0, 2), a_clip(2, 2, 2))
    assert places(edit.duplicate(timeline, 1)) == [(1, 0, 2), (100, 2, 4), (2, 4, 6)]


def test_ripple_trims_pull_the_later_clips():
    timeline = a_timeline(a_clip(1, 0, 4), a_clip(2, 4, 4), a_clip(3, 8, 2))
    after = trim.ripple_trim_head(timeline, 2, 6)
    assert places(after) == [(1, 0, 4), (2, 4, 6), (3, 6, 8)]
    assert after.tracks[0].clips[1].source_in == 1 + Fraction(2, 25)
    assert places(trim.ripple_trim_tail(timeline, 2, 6)) == [(1, 0, 4), (2, 4, 6), (3, 6, 8)]


def test_roll_slip_and_slide():
    timeline = a_timeline(a_clip(1, 0, 4), a_clip(2, 4, 4), a_clip(3, 8, 4))
    assert places(trim.roll(timeline, 2, 2)) == [(1, 0, 6), (2, 6, 8), (3, 8, 12)]
    assert places(trim.slide(timeline, 2, 1)) == [(1, 0, 5), (2, 5, 9), (3, 9, 12)]
    assert clip_by_id(trim.slip(timeline, 2, 3), 2).source_in == 1 + Fraction(3, 25)


def test_no_trim_leads_beyond_the_material_but_stills_have_no_end():
    timeline = a_timeline(a_clip(1, 50, 50, source_in=Fraction(1)), a_clip(2, 200, 10, STILL, Fraction(0)))
    assert places(trim.trim_head(timeline, 1, 25))[0] == (1, 25, 100)
    assert places(trim.trim_tail(timeline, 1, 125))[0] == (1, 50, 125)
    for refused in (
        lambda: trim.trim_head(timeline, 1, 24),
        lambda: trim.trim_tail(timeline, 1, 126),
        lambda: trim.slip(timeline, 1, 26),
        lambda: trim.slip(timeline, 1, -26),
    ):
        with pytest.raises(EditError, match="no more material"):
            refused()
    assert places(trim.trim_tail(timeline, 2, 5000))[1] == (2, 200, 5000)


def test_a_clip_that_hangs_over_its_material_can_still_be_made_better():
    timeline = a_timeline(a_clip(1, 0, 50, source_in=Fraction(3)))
    assert clip_by_id(trim.slip(timeline, 1, -10), 1).source_in == Fraction(3) - Fraction(10, 25)
    with pytest.raises(EditError):
        trim.slip(timeline, 1, 1)


def test_a_speed_keeps_the_material_and_changes_the_length():
    timeline = a_timeline(a_clip(1, 0, 10, fade_out=Fade(8, 2)), a_clip(2, 10, 4))
    fast = clip_by_id(speed.set_speed(timeline, 1, Fraction(2)), 1)
    assert (fast.duration, fast.source_in, fast.fade_out) == (5, 1, Fade(3, 2))
    with pytest.raises(EditError, match="no room"):
        speed.set_speed(timeline, 1, Fraction(1, 2))
    assert places(speed.set_speed(timeline, 1, Fraction(1, 2), ripple=True)) == [(1, 0, 20), (2, 20, 24)]
    back = clip_by_id(speed.reverse(timeline, 1), 1)
    assert (back.source_in, back.speed, back.duration) == (1 + Fraction(10, 25), -1, 10)


def test_a_frozen_clip_shows_the_frame_it_was_frozen_at():
    timeline = a_timeline(a_clip(1, 0, 10))
    frozen = speed.freeze(timeline, 1, 3)
    shown = {plays(frozen, frozen.tracks[0], frame) for frame in range(10)}
    assert shown == {plays(timeline, timeline.tracks[0], 3)}
    assert film(speed.set_speed(frozen, 1, Fraction(1)), [0]) == film(frozen, [0])


def test_detached_sound_is_the_same_sound_on_an_audio_track():
    timeline = a_timeline(a_clip(1, 3, 4, gain_db=-6.0, fade_in=Fade(0, 2), effects=(EffectCall("a.b"),)))
    after = sound.detach_sound(timeline, 1)
    assert after.tracks[0].clips[0].muted
    assert after.tracks[1].kind == "audio"
    assert after.tracks[1].clips == (a_clip(100, 3, 4, gain_db=-6.0, fade_in=Fade(0, 2)),)
    again = sound.detach_sound(after, 1)
    assert len(again.tracks) == 3
    with pytest.raises(EditError, match="no room"):
        sound.detach_sound(after, 1, 1)


def test_a_transition_needs_room_and_shrinks_when_it_loses_it():
    timeline = a_timeline(a_clip(1, 0, 5), a_clip(2, 5, 5))
    turned = effects.set_transition(timeline, 2, Transition(2, 2, DISSOLVE))
    assert film(turned, [3])[0][0][2] == Fraction(1, 8)
    for before, after in ((6, 1), (1, 6)):
        with pytest.raises(EditError, match="no room"):
            effects.set_transition(timeline, 2, Transition(before, after, DISSOLVE))
    with pytest.raises(EditError, match="no room"):
        effects.set_transition(timeline, 1, Transition(1, 1, DISSOLVE))
    assert clip_by_id(edit.lift(turned, 1), 2).transition == Transition(0, 2, DISSOLVE)
    assert clip_by_id(trim.trim_tail(turned, 2, 6), 2).transition == Transition(2, 1, DISSOLVE)
    assert clip_by_id(trim.trim_tail(turned, 1, 4), 2).transition == Transition(0, 2, DISSOLVE)
    with pytest.raises(EditError, match="transition"):
        edit.split(turned, 1, 4)
    assert places(edit.split(turned, 1, 3)) == [(1, 0, 3), (100, 3, 5), (2, 5, 10)]


def test_two_transitions_never_share_a_frame():
    timeline = a_timeline(a_clip(1, 0, 5), a_clip(2, 5, 5, transition=Transition(2, 3, DISSOLVE)), a_clip(3, 10, 5))
    assert clip_by_id(effects.set_transition(timeline, 3, Transition(2, 2, DISSOLVE)), 3).transition
    with pytest.raises(EditError):
        effects.set_transition(timeline, 3, Transition(3, 2, DISSOLVE))


def test_keys_are_set_moved_and_removed():
    timeline = effects.add_effect(a_timeline(a_clip(1, 0, 9)), 1, EffectCall("a.b"))
    timeline = effects.set_key(timeline, 1, 0, "x", Key(4, 1.0))
    timeline = effects.set_key(timeline, 1, 0, "x", Key(0, 0.0, "ease"))
    timeline = effects.move_key(timeline, 1, 0, "x", 4, to=8)
    assert clip_by_id(timeline, 1).effects[0].params == (("x", Curve((Key(0, 0.0, "ease"), Key(8, 1.0)))),)
    for refused in (
        lambda: effects.move_key(timeline, 1, 0, "x", 8, to=0),
        lambda: effects.remove_key(timeline, 1, 0, "x", 5),
        lambda: effects.set_key(timeline, 1, 0, "x", Key(5, (1.0, 2.0))),
        lambda: effects.set_key(timeline, 1, 0, "x", Key(5, float("inf"))),
        lambda: effects.set_param(timeline, 1, None, "x", 1.0),
    ):
        with pytest.raises(EditError):
            refused()
    timeline = effects.remove_key(effects.remove_key(timeline, 1, 0, "x", 0), 1, 0, "x", 8)
    assert clip_by_id(timeline, 1).effects[0].params == (("x", 1.0),)
    assert clip_by_id(effects.set_param(timeline, 1, 0, "x", None), 1).effects[0].params == ()


def test_effects_move_and_are_bypassed():
    timeline = a_timeline(a_clip(1, 0, 9, effects=(EffectCall("a.a"), EffectCall("b.b"), EffectCall("c.c"))))
    moved = effects.move_effect(timeline, 1, 0, 2)
    assert [call.id for call in clip_by_id(moved, 1).effects] == ["b.b", "c.c", "a.a"]
    assert not clip_by_id(effects.enable_effect(timeline, 1, 1, False), 1).effects[1].enabled
    assert len(clip_by_id(effects.remove_effect(timeline, 1, 1), 1).effects) == 2


def test_a_generators_parameters_are_edited_like_those_of_effects():
    timeline = a_timeline(a_clip(1, 0, 9, EffectCall("core.title")))
    assert clip_by_id(effects.set_param(timeline, 1, None, "text", "Hi"), 1).source.params == (("text", "Hi"),)


def test_markers_stay_in_order_and_the_rate_of_an_empty_film_scales_them():
    timeline = marks.set_range(marks.add_marker(marks.add_marker(a_timeline(), Marker(50)), Marker(25)), 10, 20)
    timeline = marks.move_marker(timeline, 1, 0)
    assert [marker.frame for marker in timeline.markers] == [0, 25]
    double = marks.set_rate(timeline, Fraction(50))
    assert [marker.frame for marker in double.markers] == [0, 50] and double.range == (20, 40)
    with pytest.raises(EditError, match="no clips"):
        marks.set_rate(a_timeline(a_clip(1, 0, 2)), Fraction(50))


def test_media_in_use_stay_and_replaced_ones_join_the_bin():
    timeline = a_timeline(a_clip(1, 0, 9))
    with pytest.raises(EditError, match="used"):
        bins.remove_media(timeline, "a")
    new = replace(FILM, path="/n.mov", fingerprint="n")
    after = bins.remove_media(bins.replace_media(timeline, 1, new), "a")
    assert clip_by_id(after, 1).source == new and new in after.media


def test_relinking_changes_the_path_and_nothing_that_plays_even_on_locked_tracks():
    timeline = tracks.lock_track(a_timeline(a_clip(1, 0, 9)), 0)
    after = bins.relink(timeline, {"a": replace(FILM, path="/new/a.mov")})
    assert after.media[0].path == clip_by_id(after, 1).source.path == "/new/a.mov"
    assert bins.relink_paths(after, lambda path: path.replace("/new", "")) == timeline
    with pytest.raises(EditError, match="content differs"):
        bins.relink(timeline, {"a": replace(FILM, fingerprint="other")})
    with pytest.raises(EditError, match="not in the bin"):
        bins.relink(timeline, {"zzz": FILM})


def test_an_exchanged_medium_leaves_the_bin_and_its_clips_stay_where_they_are():
    timeline = tracks.lock_track(a_timeline(a_clip(1, 0, 9), a_clip(2, 9, 3)), 0)
    new = replace(FILM, path="/n.mov", fingerprint="n", duration=Fraction(1, 25))
    after = bins.exchange_media(timeline, "a", new)
    assert [one.fingerprint for one in after.media].count("n") == 1 and FILM not in after.media
    assert not list(faults(after))
    assert [(clip.start, clip.duration, clip.source) for clip in after.tracks[0].clips] == [(0, 9, new), (9, 3, new)]
    with pytest.raises(EditError, match="lacks"):
        bins.exchange_media(timeline, "a", replace(new, width=0, height=0))


def test_two_unknown_media_may_turn_out_to_be_one():
    unknown = [Media(f"/{name}.mov", f"?/{name}.mov", Fraction(4)) for name in "pq"]
    timeline = Timeline(
        Fraction(25), 64, 36, tracks=(Track("video", (a_clip(1, 0, 2, unknown[0]), a_clip(2, 2, 2, unknown[1]))),),
        media=tuple(unknown), next_id=3,
    )  # fmt: skip
    after = bins.relink(timeline, {medium.fingerprint: FILM for medium in unknown})
    assert after.media == (FILM,) and not list(faults(after))


# --- history


def test_a_drag_is_one_step_and_undo_ends_it():
    a, b, c = (a_timeline(a_clip(1, start, 5)) for start in range(3))
    history = begin(a).push(b, "Move", "drag 1").push(c, "Move", "drag 1")
    assert [step.timeline for step in history.steps] == [a, c]
    assert (
        history.push(a, "Move", "drag 1").steps[-1].timeline == a and len(history.push(a, "Move", "drag 1").steps) == 1
    )
    assert len(history.push(b, "Move", "drag 2").steps) == 3
    assert len(history.sealed().push(b, "Move", "drag 1").steps) == 3
    again = history.undo().redo().push(b, "Move", "drag 1")
    assert len(again.steps) == 3


def test_equal_timelines_make_no_step_and_the_history_has_its_ends():
    history = begin(a_timeline())
    assert history.push(a_timeline(), "Nothing") is history
    for refused in (history.undo, history.redo, lambda: history.jump(1)):
        with pytest.raises(EditError):
            refused()


def test_at_least_five_hundred_steps_are_kept_and_jumped_between():
    history = begin(a_timeline())
    for number in range(LIMIT + 10):
        history = history.push(a_timeline(markers=(Marker(number),)), "Mark")
    assert len(history.past) == LIMIT >= 500
    assert history.jump(0).jump(LIMIT).present.timeline == history.present.timeline
    assert history.jump(0).redo().undo().present.timeline == history.jump(0).present.timeline


# --- looking up


@laws
@given(timelines(), st.integers(-2, 80))
def test_lookup_finds_what_plays(timeline, frame):
    for track in timeline.tracks:
        expected = next((clip for clip in track.clips if clip.start <= frame < clip.end), None)
        assert clip_at(track, frame) == expected
        turn, shown = takeover_at(track, frame), plays(timeline, track, frame)
        assert (turn is not None) == (shown is not None and isinstance(shown[1], tuple))
        assert turn is None or turn.progress == shown[2]


def test_the_place_of_a_transition_is_none_in_the_stack_of_effects():
    calls = tuple(EffectCall(id) for id in ("filter.blur", "filter.sharpen", "filter.grain"))
    clip = a_clip(1, 0, 50, effects=calls, transition=Transition(0, 10, DISSOLVE))
    for change in (
        lambda film: effects.remove_effect(film, 1, effects.TURN),
        lambda film: effects.move_effect(film, 1, effects.TURN, 0),
    ):
        with pytest.raises(EditError, match="has no effect"):
            change(a_timeline(clip))

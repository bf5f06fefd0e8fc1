"""Laws of project files: what is saved is loaded, other programs are believed, and strangers can do no harm."""

import json
import sys
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction

import opentimelineio as otio_library
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from opentimelineio.opentime import RationalTime, TimeRange

from vgan_studio.errors import ProjectError
from vgan_studio.timeline import edit, otio, trim
from vgan_studio.timeline import otio_bounds as bounds
from vgan_studio.timeline.check import faults
from vgan_studio.timeline.lookup import clip_by_id
from vgan_studio.timeline.values import Clip, EffectCall, Fade, Folder, Media, Timeline, Track, Transition

from .strategies import CALLS, EASED, any_clips, laws, timelines, timelines_with_clips

schema = otio_library.schema
RATE = Fraction(30000, 1001)
FILM = Media("/films/a b.mov", "digest", Fraction(10), 640, 360, Fraction(25), Fraction(1), 2, 48000)


def a_timeline(*clips, rate=Fraction(25), kind="video"):
    return Timeline(rate, 640, 360, 48000, (Track(kind, clips, "one"),), (FILM,), 100)


def shown(timeline):
    """The file as the library of the other programs reads it."""
    return otio_library.adapters.read_from_string(otio.dumps(timeline), "otio_json")


def loaded(other):
    return otio.loads(otio_library.adapters.write_to_string(other, "otio_json"))


def span(start, duration, rate=25.0):
    return TimeRange(RationalTime(start, rate), RationalTime(duration, rate))


def a_foreign_timeline(*children, kind="Video"):
    other = schema.Timeline("theirs")
    other.tracks.append(schema.Track("V1", kind=kind))
    other.tracks[0].extend(children)
    return other


def a_foreign_clip(name="c", start=10, duration=20, url="file:///films/x%20y.mov", available=(0, 100), **more):
    reference = schema.ExternalReference(url, span(*available) if available else None)
    return schema.Clip(name, reference, span(start, duration), **more)


# --- the round trip


@laws
@given(timelines())
def test_what_is_saved_is_loaded(timeline):
    assert otio.loads(otio.dumps(timeline)) == timeline


@laws
@given(timelines())
def test_what_other_programs_read_and_write_again_is_the_same_timeline(timeline):
    assert loaded(shown(timeline)) == timeline


@laws
@given(any_clips())
def test_a_clip_with_anything_in_it_is_loaded_as_it_was(clip):
    timeline = Timeline(RATE, 640, 360, tracks=(Track("video", (clip,)),), media=(clip.source,), next_id=10)
    assume(not list(faults(timeline)))
    assert otio.loads(otio.dumps(timeline)) == timeline


def test_save_replaces_the_file_and_leaves_nothing_beside_it(tmp_path):
    path = tmp_path / "film.otio"
    path.write_text("old")
    path.chmod(0o640)
    link = tmp_path / "link.otio"
    link.symlink_to(path)
    otio.save(a_timeline(), link)
    assert otio.load(str(path)) == otio.load(link) == a_timeline()
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["film.otio", "link.otio"]
    assert link.is_symlink() and path.stat().st_mode & 0o777 == 0o640


def test_a_file_that_cannot_be_read_or_written_is_one_sentence(tmp_path):
    for refused in (
        lambda: otio.load(tmp_path / "none.otio"),
        lambda: otio.load(tmp_path),
        lambda: otio.save(a_timeline(), tmp_path / "none" / "film.otio"),
        lambda: otio.save(a_timeline(), tmp_path),
    ):
        with pytest.raises(ProjectError, match=r"^Cannot (open|write) .*\.$"):
            refused()
    assert list(tmp_path.iterdir()) == []


# --- what other programs see


@laws
@given(timelines_with_clips)
def test_other_programs_see_every_clip_where_it_is(timeline):
    other = shown(timeline)
    rows = [row for row in other.tracks if row.kind != "Subtitle"]
    for track, row in zip((*timeline.tracks, *timeline.subtitles), other.tracks, strict=True):
        assert track.name == row.name and (row in rows) == (track in timeline.tracks)
    for track, row in zip(timeline.tracks, rows, strict=True):
        found = [child for child in row if isinstance(child, schema.Clip)]
        places = [row.range_of_child(child) for child in found]
        assert [(p.start_time.value, p.duration.value) for p in places] == [(c.start, c.duration) for c in track.clips]
        assert [child.name for child in found] == [clip.name for clip in track.clips]
        assert row.kind.lower() == track.kind


def test_other_programs_see_media_speeds_transitions_effects_and_generators():
    timeline = a_timeline(
        Clip(1, 0, 10, FILM, Fraction(2), Fraction(2), CALLS[:1]),
        Clip(
            2,
            10,
            10,
            EffectCall("core.title", (("text", "Hi"),)),
            transition=Transition(2, 3, EffectCall("core.dissolve")),
        ),
        Clip(3, 25, 10, FILM, Fraction(4), Fraction(-1)),
        Clip(4, 35, 10, FILM, Fraction(4), Fraction(0), transition=Transition(1, 1, EffectCall("core.wipe"))),
    )
    first, turn, title, gap, back, wipe, frozen = shown(timeline).tracks[0]
    assert first.media_reference.target_url == "file:///films/a%20b.mov"
    assert first.available_range() == span(0, 250) and first.source_range == span(50, 10)
    assert first.effects[0].time_scalar == 2 and first.effects[1].effect_name == "color.exposure"
    assert (turn.transition_type, turn.in_offset.value, turn.out_offset.value) == ("SMPTE_Dissolve", 2, 3)
    assert title.media_reference.generator_kind == "core.title" and dict(title.media_reference.parameters) == {
        "text": "Hi"
    }
    assert gap.duration().value == 5
    assert back.effects[0].time_scalar == -1 and back.source_range == span(90, 10)
    assert wipe.transition_type == "Custom_Transition" and isinstance(frozen.effects[0], schema.FreezeFrame)


def test_paths_are_addresses_there_and_paths_again_here():
    for path, url in {
        "/a b/ü#?.mov": "file:///a%20b/%C3%BC%23%3F.mov",
        "C:\\x\\y.mov": "file:///C:/x/y.mov",
        "rel/x.mov": "rel/x.mov",
        "//host/x.mov": "file:////host/x.mov",
    }.items():
        medium = replace(FILM, path=path)
        timeline = replace(a_timeline(Clip(1, 0, 5, medium)), media=(medium,))
        assert shown(timeline).tracks[0][0].media_reference.target_url == url
        assert otio.loads(otio.dumps(timeline)) == timeline


# --- what other programs have changed


@laws
@given(timelines_with_clips, st.data())
def test_a_clip_trimmed_elsewhere_keeps_its_effects_and_has_what_is_shown(timeline, data):
    other = shown(timeline)
    number = data.draw(st.sampled_from([i for i, t in enumerate(timeline.tracks) if t.clips]))
    clip = data.draw(st.sampled_from(timeline.tracks[number].clips))
    child = next(c for c in other.tracks[number].find_clips() if c.metadata["vgan_studio"]["id"] == clip.id)
    less = data.draw(st.integers(0, clip.duration - 1))
    child.source_range = TimeRange(
        child.source_range.start_time,
        child.source_range.duration - RationalTime(less, child.source_range.duration.rate),
    )
    found = clip_by_id(loaded(other), clip.id)
    assert found.duration == clip.duration - less and found.speed == clip.speed
    assert [call.id for call in found.effects] == [call.id for call in clip.effects]
    if clip.speed >= 0:
        assert replace(found, start=clip.start, duration=clip.duration, transition=clip.transition) == clip


def test_a_head_trimmed_elsewhere_moves_the_curves_along_and_a_slip_does_not():
    clip = Clip(1, 0, 20, FILM, Fraction(1, 3), effects=CALLS[:1], fade_in=Fade(0, 4))
    other = shown(a_timeline(clip))
    begin = other.tracks[0][0].source_range.start_time
    other.tracks[0][0].source_range = TimeRange(begin + RationalTime(5, 25), RationalTime(15, 25))
    trimmed = clip_by_id(trim.ripple_trim_head(a_timeline(clip), 1, 5), 1)
    assert clip_by_id(loaded(other), 1) == trimmed
    other.tracks[0][0].source_range = TimeRange(begin + RationalTime(5, 25), RationalTime(20, 25))
    assert clip_by_id(loaded(other), 1) == replace(clip, source_in=Fraction(1, 3) + Fraction(5, 25))


def test_clips_moved_renamed_copied_and_deleted_elsewhere_are_so_here():
    clips = [Clip(id, 10 * id - 10, 10, FILM, name=f"c{id}", effects=CALLS[:1]) for id in (1, 2, 3)]
    other = shown(a_timeline(*clips))
    row = other.tracks[0]
    copy = row[2].deepcopy()
    del row[0]
    row[0].name = "new"
    row.append(copy)
    found = loaded(other)
    assert [(clip.id, clip.start, clip.name) for clip in found.tracks[0].clips] == [
        (2, 0, "new"),
        (3, 10, "c3"),
        (100, 20, "c3"),
    ]
    assert all(clip.effects == CALLS[:1] for clip in found.tracks[0].clips)


def test_speeds_effects_and_media_changed_elsewhere_are_so_here():
    other = shown(a_timeline(Clip(1, 0, 10, FILM, Fraction(1), Fraction(1, 3), CALLS)))
    child = other.tracks[0][0]
    child.effects[0].time_scalar = 2.0
    del child.effects[2]
    child.effects[1].enabled = False
    child.media_reference.target_url = "file:///other.mov"
    clip = loaded(other).tracks[0].clips[0]
    assert clip.speed == 2 and clip.source_in == 1
    assert clip.effects == (replace(CALLS[0], enabled=False), *CALLS[2:])
    assert clip.source.path == "/other.mov" and not clip.source.known


def test_another_rate_elsewhere_is_the_rate_here():
    other = shown(a_timeline(Clip(1, 0, 50, FILM)))
    child = other.tracks[0][0]
    child.source_range = TimeRange(RationalTime(0, 24), RationalTime(48, 24))
    found = loaded(other)
    assert found.rate == 24 and found.tracks[0].clips[0].duration == 48


# --- files of other programs


def test_a_foreign_timeline_is_what_it_shows():
    other = a_foreign_timeline(
        a_foreign_clip("a", 10, 20),
        schema.Transition("t", "SMPTE_Dissolve", RationalTime(3, 25), RationalTime(2, 25)),
        a_foreign_clip("b", 0, 30, effects=[schema.LinearTimeWarp("", 0.5)]),
        schema.Gap(source_range=span(0, 5)),
        a_foreign_clip("c", 100, 25, url="/bare path.mov", available=(90, 50)),
    )
    other.tracks.markers.append(schema.Marker("m", span(7, 0), "RED", comment="look"))
    found = otio.loads(otio.dumps(loaded(other)))
    a, b, c = found.tracks[0].clips
    assert found.rate == 25 and [(x.start, x.end) for x in (a, b, c)] == [(0, 20), (20, 50), (55, 80)]
    assert a.source_in == Fraction(10, 25) and a.source.duration == 4 and a.source.path == "/films/x y.mov"
    assert b.transition == Transition(3, 2, EffectCall("core.dissolve")) and b.speed == Fraction(1, 2)
    assert c.source_in == Fraction(10, 25) and c.source.path == "/bare path.mov"  # its own time begins at frame 90
    assert (found.markers[0].frame, found.markers[0].color, found.markers[0].note) == (7, "red", "look")
    assert {medium.fingerprint for medium in found.media} == {"?/films/x y.mov", "?/bare path.mov"}


@pytest.mark.parametrize(
    ("shown_rate", "exact"),
    [
        (23.976, Fraction(24000, 1001)),
        (23.98, Fraction(24000, 1001)),
        (29.97, RATE),
        (59.94, Fraction(60000, 1001)),
        (12.5, Fraction(25, 2)),
        (30.0, Fraction(30)),
    ],
)
def test_rates_that_others_round_are_exact_here(shown_rate, exact):
    other = a_foreign_timeline(schema.Clip("c", schema.MissingReference(), span(0, 10, shown_rate)))
    assert loaded(other).rate == exact


def a_rich_foreign_timeline():
    nested = schema.Stack("nested", source_range=span(0, 9))
    nested.append(schema.Track("inner"))
    disabled = a_foreign_clip("off", 0, 4)
    disabled.enabled = False
    bars = schema.Clip("bars", schema.GeneratorReference("bars", "SMPTEBars", span(0, 7), {"a": 1}), span(0, 7))
    glow, mark = schema.Effect("their glow", "glow"), schema.Marker("on clip", span(1, 2))
    theirs = {"resolve": {"x": [1, None, "ü"]}}
    foreign = a_foreign_clip("a", metadata=theirs, effects=[glow], markers=[mark], available=(90, 30))
    foreign.media_reference.metadata["tape"] = "007"
    pictures = schema.ImageSequenceReference("file:///x/", "a", ".png", 1, 1, 25.0, 4, available_range=span(0, 20))
    sequence = schema.Clip("sequence", pictures, span(0, 7))
    turns = [schema.Transition(name, "Wipe", RationalTime(1, 25), RationalTime(1, 25)) for name in ("in", "out")]
    other = a_foreign_timeline(foreign, nested, disabled, bars, sequence, turns[0], a_foreign_clip("b"), turns[1])
    other.metadata["project"] = {"id": 9}
    other.global_start_time = RationalTime(90000, 25)
    other.tracks.append(schema.Track("captions", kind="Subtitle"))
    other.tracks[0].metadata["t"] = 1
    other.tracks.markers.append(schema.Marker("long", span(3, 8), "PINK", {"who": "me"}))
    return other


def test_what_we_cannot_show_is_kept_where_it_was():
    other = a_rich_foreign_timeline()
    nested = other.tracks[0][1]
    found = loaded(other)
    assert [clip.name for clip in found.tracks[0].clips] == ["a", "sequence", "b"] and len(found.tracks) == 1
    assert found.tracks[0].clips[1].source.path == "/x/a%04d.png"
    again = shown(found)
    row = again.tracks[0]
    kinds = ["Clip", "Stack", "Clip", "Clip", "Clip", "Transition", "Clip", "Transition"]
    assert [child.schema_name() for child in row] == kinds
    assert list(row[0].metadata["resolve"]["x"]) == [1, None, "ü"] and row[0].effects[0].effect_name == "glow"
    assert row[0].markers[0].name == "on clip" and row[0].media_reference.metadata["tape"] == "007"
    assert row[1].is_equivalent_to(nested) and not row[2].enabled and row[3].media_reference.parameters["a"] == 1
    assert again.metadata["project"] == {"id": 9} and again.global_start_time == RationalTime(90000, 25)
    assert again.tracks[1].kind == "Subtitle" and row.metadata["t"] == 1
    assert again.tracks.markers[0].marked_range == span(3, 8) and again.tracks.markers[0].metadata["who"] == "me"
    assert otio.loads(otio.dumps(found)) == found


def test_what_is_kept_gives_way_to_what_we_put_there(caplog):
    nested = schema.Stack("nested", source_range=span(0, 9))
    found = loaded(a_foreign_timeline(a_foreign_clip("a"), nested, a_foreign_clip("b")))
    taken = edit.insert(found, 0, 22, Clip(0, 0, 3, found.media[0]))
    assert sum(isinstance(child, schema.Stack) for child in shown(taken).tracks[0]) == 0
    assert "left out" in caplog.text


def test_objects_of_unknown_schemas_survive():
    tree = json.loads(otio_library.adapters.write_to_string(a_foreign_timeline(a_foreign_clip()), "otio_json"))
    strange = {"OTIO_SCHEMA": "Hologram.3", "metadata": {"deep": [{"OTIO_SCHEMA": "X.1"}]}, "rays": 1e300}
    clip = tree["tracks"]["children"][0]["children"][0]
    clip["effects"] = [strange]
    clip["markers"] = [strange]
    clip["new field"] = {"of": "tomorrow"}
    clip["media_references"]["other"] = strange
    tree["tracks"]["children"][0]["children"].append(strange | {"source_range": clip["source_range"]})
    tree["tracks"]["children"].append(strange)
    tree["tracks"]["markers"] = [strange]
    found = otio.loads(json.dumps(tree))
    again = json.loads(otio.dumps(found))
    row = again["tracks"]["children"][0]["children"]
    assert row[0]["effects"] == row[0]["markers"] == again["tracks"]["markers"] == [strange]
    assert row[0]["media_references"]["other"] == again["tracks"]["children"][1] == strange
    assert row[0]["new field"] == {"of": "tomorrow"} and row[1]["rays"] == 1e300
    assert otio.loads(otio.dumps(found)) == found


def test_trimmed_tracks_show_what_is_left():
    other = a_foreign_timeline(a_foreign_clip("a", 10, 20), a_foreign_clip("b", 0, 20))
    other.tracks[0].source_range = span(15, 10)
    a, b = loaded(other).tracks[0].clips
    assert [(a.start, a.end, a.source_in), (b.start, b.end, b.source_in)] == [(0, 5, 1), (5, 10, 0)]


def test_old_schemas_are_read():
    time = {"OTIO_SCHEMA": "RationalTime.1", "rate": 25, "value": 20}
    reference = {
        "OTIO_SCHEMA": "ExternalReference.1",
        "target_url": "a.mov",
        "available_range": None,
        "metadata": {},
        "name": None,
    }
    clip = {
        "OTIO_SCHEMA": "Clip.1",
        "name": "old",
        "media_reference": reference,
        "source_range": {"OTIO_SCHEMA": "TimeRange.1", "start_time": time, "duration": time},
    }
    track = {
        "OTIO_SCHEMA": "Sequence.1",
        "kind": "Video",
        "children": [{"OTIO_SCHEMA": "Filler.1", "source_range": clip["source_range"]}, clip],
    }
    tree = {"OTIO_SCHEMA": "Timeline.1", "tracks": {"OTIO_SCHEMA": "Stack.1", "children": [track]}}
    (found,) = otio.loads(json.dumps(tree)).tracks[0].clips
    assert (found.name, found.start, found.end, found.source.path) == ("old", 20, 40, "a.mov")


def test_a_project_without_faders_is_loaded_with_them_at_zero():
    timeline = a_timeline(Clip(1, 0, 10, FILM))
    text = otio.dumps(replace(timeline, tracks=(replace(timeline.tracks[0], gain_db=-6.0, pan=0.5),)))
    assert otio.loads(text).tracks[0].gain_db == -6 and otio.loads(text).tracks[0].pan == 0.5
    old = text.replace(', "gain_db": -6.0, "pan": 0.5', "")
    assert old != text and otio.loads(old) == timeline
    with pytest.raises(ProjectError, match="volume of a track"):
        otio.loads(text.replace('"gain_db": -6.0, "pan"', '"gain_db": 60, "pan"'))


def test_a_project_without_folders_is_loaded_with_all_media_at_the_top():
    timeline = replace(
        a_timeline(Clip(1, 0, 10, FILM)), folders=(Folder(("Day 1",)), Folder(("Day 1", "A"), ("digest",)))
    )
    text = otio.dumps(timeline)
    assert otio.loads(text) == timeline
    start = text.index(', "folders": ')
    old = text[:start] + text[text.index("]}]", start) + 3 :]
    assert otio.loads(old) == replace(timeline, folders=())
    with pytest.raises(ProjectError, match="not in the bin"):
        otio.loads(text.replace('"media": ["digest"]', '"media": ["other"]'))


# --- files of strangers

GOOD = otio.dumps(
    replace(
        a_timeline(
            Clip(1, 0, 20, FILM, Fraction(1, 3), Fraction(1, 3), CALLS, gain_db=EASED, fade_in=Fade(0, 4)),
            Clip(2, 20, 5, EffectCall("core.title"), transition=Transition(1, 1, EffectCall("core.dissolve"))),
            rate=RATE,
        ),
        range=(0, 5),
        metadata=(("a", "[1]"),),
    )
)
WRONG = (
    None,
    True,
    -1,
    0,
    1e15,
    1e308,
    10**30,
    "",
    "x",
    "1/0",
    "\0",
    "\ud800",
    [],
    {},
    [[]],
    {"OTIO_SCHEMA": "Clip.2"},
    {"OTIO_SCHEMA": 5},
    {"keys": [[0, "a", "b"]]},
    [1, "a"],
    "Clip.99",
    "SerializableObjectRef.1",
)


def places_in(node, path=()):
    yield path
    parts = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, part in parts:
        yield from places_in(part, (*path, key))


FILES = (GOOD, otio_library.adapters.write_to_string(a_rich_foreign_timeline(), "otio_json"))
FILES = (*FILES, otio.dumps(otio.loads(FILES[1])))
PLACES = [list(places_in(json.loads(file)))[1:] for file in FILES]


def refuses_or_loads_soundly(data):
    try:
        timeline = otio.loads(data)
    except ProjectError as error:
        sentence = str(error)
    else:
        assert not list(faults(timeline)) and otio.loads(otio.dumps(timeline)) == timeline
        return
    assert sentence.endswith(".") and len(sentence) < 300 and "\n" not in sentence


def part_at(tree, path):
    for key in path:
        tree = tree[key]
    return tree


@st.composite
def damaged_files(draw):
    """A good file in which wrong values, or parts of another place, stand at some places."""
    number = draw(st.integers(0, len(FILES) - 1))
    tree = json.loads(FILES[number])
    for _ in range(draw(st.integers(1, 3))):
        *path, key = draw(st.sampled_from(PLACES[number]))
        part = part_at(json.loads(FILES[number]), draw(st.sampled_from(PLACES[number])))
        value = draw(st.sampled_from(WRONG) | st.just(part))
        with suppress(KeyError, IndexError, TypeError):  # the place is gone
            part_at(tree, path)[key] = value
    return json.dumps(tree)


@settings(laws, max_examples=300)
@given(damaged_files())
def test_a_file_with_anything_anywhere_is_refused_with_a_sentence_or_sound(data):
    refuses_or_loads_soundly(data)


@pytest.mark.parametrize("value", WRONG, ids=repr)
def test_a_wrong_value_at_any_place_is_survived(value):
    for *path, key in PLACES[0]:
        tree = json.loads(GOOD)
        part_at(tree, path)[key] = value
        refuses_or_loads_soundly(json.dumps(tree))


@pytest.mark.parametrize("rate", [0, -25, 1e-7, 1e7])
def test_a_time_needs_a_sensible_rate(rate):
    with pytest.raises(ProjectError, match="rate"):
        otio.loads(FILES[1].replace('"rate": 25.0', f'"rate": {rate}'))


@laws
@given(st.binary(max_size=60) | st.integers(0, len(GOOD) - 1).map(lambda cut: GOOD[:cut].encode()))
def test_what_is_no_project_is_refused(data):
    with pytest.raises(ProjectError):
        otio.loads(data)


@pytest.mark.parametrize("bomb", [
    "[" * 1_000_000,
    '{"OTIO_SCHEMA":' * 100_000,
    '{"OTIO_SCHEMA": "Timeline.1", "metadata": ' + "[" * 400 + "]" * 400 + ', "tracks": null}',
    '{"OTIO_SCHEMA": "Timeline.1", "tracks": ' + '{"OTIO_SCHEMA": "Stack.1", "children": [' * 60 + "]}" * 60 + "}",
    '{"OTIO_SCHEMA": "Timeline.1", "x": ' + "9" * 5000 + "}",
    '{"OTIO_SCHEMA": "Timeline.1", "x": NaN}',
    '{"OTIO_SCHEMA": "Timeline.1", "metadata": {"x": 1e999}, "tracks": null}',
    '{"OTIO_SCHEMA": "Timeline.1", "x": -Infinity}',
    "[" + "0," * bounds.MAX_PARTS + "0]",
    '{"OTIO_SCHEMA": "Clip.1"}',
    '{"OTIO_SCHEMA": "Malware.1"}',
    '"a text"',
    "",
], ids=lambda bomb: bomb[:40])  # fmt: skip
def test_bombs_do_not_go_off(bomb):
    with pytest.raises(ProjectError):
        otio.loads(bomb)


def test_a_file_that_is_too_large_is_not_read(tmp_path):
    path = tmp_path / "huge.otio"
    with path.open("wb") as file:
        file.truncate(bounds.MAX_BYTES + 1)
    with pytest.raises(ProjectError, match="larger"):
        otio.load(path)


def test_a_circle_of_references_is_refused():
    tree = json.loads(GOOD)
    tree["tracks"]["OTIO_REF_ID"] = "me"
    tree["tracks"]["children"].append({"OTIO_SCHEMA": "SerializableObjectRef.1", "id": "me"})
    with pytest.raises(ProjectError, match="none can be understood"):
        otio.loads(json.dumps(tree))


def test_loading_looks_no_path_up(monkeypatch, tmp_path):
    path = tmp_path / "film.otio"
    other = a_foreign_timeline(
        *(a_foreign_clip(url=url) for url in ("/dev/zero", "http://x/y", "\\\\host\\x", "file://host/x"))
    )
    path.write_text(otio_library.adapters.write_to_string(other, "otio_json"))
    seen = []
    sys.addaudithook(lambda event, args: seen.append(str(args[0])) if event == "open" else None)
    otio.load(path)
    assert not [name for name in seen if "zero" in name or "host" in name or "http" in name]

"""Subtitles: captions are carried along by ripples, files of strangers are read, and what is written is read back."""

import json
import subprocess
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction

import av
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vgan_studio.errors import EditError, MediaError, ProjectError
from vgan_studio.media.subtitle_file import read_subtitles, write_subtitles
from vgan_studio.media.subtitle_streams import language_code
from vgan_studio.media.subtitle_text import MAX_BYTES, Cue, parse, write_srt, write_vtt
from vgan_studio.render.subtitles import beside, captions_of, cues_of, track_of
from vgan_studio.timeline import edit, otio, speed, subtitles, trim
from vgan_studio.timeline.captions import words_at
from vgan_studio.timeline.check import faults
from vgan_studio.timeline.values import Caption, Clip, EffectCall, Media, SubtitleTrack, Timeline, Track

from .strategies import RATES, laws, timelines

FILM = Media("/a.mov", "a", Fraction(40), 640, 360, Fraction(25), Fraction(1), 2, 48000)
words = st.text("ab 你好é'-.,!?\n", min_size=1, max_size=12).filter(lambda text: text.strip())


def a_film(*captions, clips=((0, 10), (10, 10), (20, 10)), **more):
    row = tuple(Clip(id, start, length, FILM, Fraction(start, 25)) for id, (start, length) in enumerate(clips, 1))
    track = SubtitleTrack(tuple(Caption(*caption) for caption in captions), "en", **more)
    return Timeline(Fraction(25), 64, 36, tracks=(Track("video", row), Track("video")), media=(FILM,), next_id=99,
                    subtitles=(track,))  # fmt: skip


def places(timeline, track=0):
    return [(one.start, one.end, one.text) for one in timeline.subtitles[track].captions]


def said(timeline, frame):
    return "\n".join(text for _, _, text in words_at(timeline, frame))


@st.composite
def spoken(draw):
    """Captions as a reader of files gives them: every one has words, in the shape that files hold."""
    captions, end = [], 0
    for text in draw(st.lists(words, min_size=1, max_size=6)):
        start = end + draw(st.integers(0, 30))
        lines = "\n".join(line.strip() for line in text.split("\n") if line.strip())
        captions.append(Caption(start, draw(st.integers(1, 90)), lines))
        end = captions[-1].end
    return tuple(captions)


# --- edits


def test_a_caption_ends_where_the_next_one_begins_and_lies_over_no_other():
    film = a_film((0, 5, "a"), (8, 4, "b"))
    assert places(subtitles.add_caption(film, 0, 5, 50, "x")) == [(0, 5, "a"), (5, 8, "x"), (8, 12, "b")]
    for frame in (0, 4, 9):
        with pytest.raises(EditError, match="There is a caption at this frame already"):
            subtitles.add_caption(film, 0, frame, 2)


def test_a_split_parts_the_words_where_they_are_read_and_a_merge_puts_them_together():
    film = a_film((0, 10, "one two three four"))
    film = subtitles.split_caption(film, 0, 0, 5)
    assert places(film) == [(0, 5, "one two"), (5, 10, "three four")]
    assert places(subtitles.merge_captions(film, 0, 0)) == [(0, 10, "one two\nthree four")]
    assert subtitles.parted("我们今天在这里", 0.6) == ("我们今天", "在这里")
    assert subtitles.parted("Hello", 0.5) == ("Hello", "Hello")


def test_captions_are_moved_trimmed_and_shifted_but_never_over_each_other():
    film = a_film((0, 5, "a"), (8, 4, "b"))
    assert places(subtitles.set_times(film, 0, 0, 20, 25)) == [(8, 12, "b"), (20, 25, "a")]
    assert places(subtitles.set_times(film, 0, 1, 6, 12)) == [(0, 5, "a"), (6, 12, "b")]
    assert places(subtitles.shift_captions(film, 0, 3)) == [(3, 8, "a"), (11, 15, "b")]
    with pytest.raises(EditError, match="another caption"):
        subtitles.set_times(film, 0, 0, 4, 9)
    with pytest.raises(EditError, match="before the first frame"):
        subtitles.shift_captions(film, 0, -1)
    with pytest.raises(EditError, match="locked"):
        subtitles.set_text(subtitles.lock_subtitles(film, 0), 0, 0, "x")


def test_tracks_that_are_shown_stand_one_below_the_other_and_hidden_ones_are_not_there():
    film = a_film((0, 5, "Hello"))
    film = subtitles.add_subtitles(film, SubtitleTrack((Caption(3, 5, "你好"),), "zh", "zh-Hans"))
    assert [said(film, frame) for frame in (0, 3, 5, 8)] == ["Hello", "Hello\n你好", "你好", ""]
    film = subtitles.hide_subtitles(film, 0)
    assert said(film, 0) == "" and said(film, 4) == "你好"


# --- ripples of the film


def test_a_ripple_delete_takes_its_captions_out_and_the_later_ones_follow():
    film = a_film((2, 4, "a"), (8, 6, "across"), (12 + 2, 2, "gone"), (22, 3, "later"))
    assert places(edit.extract(film, 2)) == [(2, 6, "a"), (8, 10, "across"), (12, 15, "later")]
    assert places(edit.lift(film, 2)) == places(film)


def test_an_insert_makes_room_in_the_captions_too():
    film = a_film((2, 4, "a"), (8, 6, "across"), (22, 3, "later"))
    new = edit.clip_of(film, replace(FILM, duration=Fraction(1)))
    inserted = edit.insert(film, 0, 10, replace(new, source=FILM))
    assert places(inserted) == [(2, 6, "a"), (8, 10, "across"), (35, 39, "across"), (47, 50, "later")]
    assert places(edit.insert(film, 1, 10, replace(new, source=FILM))) == places(film)
    assert places(edit.overwrite(film, 0, 10, replace(new, source=FILM))) == places(film)


def test_what_is_put_after_all_clips_or_taken_from_there_leaves_the_captions_alone():
    film = a_film((2, 4, "a"), (22, 3, "b"), (40, 5, "beyond"))
    new = replace(edit.clip_of(film, FILM), source=FILM)
    for changed in (edit.append(film, 0, new), edit.insert(film, 0, 35, new), edit.extract(film, 3),
                    trim.ripple_trim_tail(film, 3, 25), edit.append(a_film((2, 4, "a"), clips=()), 0, new)):  # fmt: skip
        assert places(changed)[0] == (2, 6, "a") and places(changed) in (places(film), [(2, 6, "a")])


def test_ripple_trims_carry_the_captions_and_plain_trims_do_not():
    film = a_film((2, 4, "a"), (11, 2, "head"), (16, 2, "tail"), (22, 3, "later"))
    assert places(trim.ripple_trim_head(film, 2, 15)) == [(2, 6, "a"), (11, 13, "tail"), (17, 20, "later")]
    assert places(trim.ripple_trim_tail(film, 2, 15)) == [(2, 6, "a"), (11, 13, "head"), (17, 20, "later")]
    for plain in (trim.trim_head(film, 2, 15), trim.trim_tail(film, 2, 15), trim.roll(film, 2, 3)):
        assert places(plain) == places(film)
    longer = trim.ripple_trim_head(film, 2, 7)
    assert places(longer) == [(2, 6, "a"), (14, 16, "head"), (19, 21, "tail"), (25, 28, "later")]


def test_a_change_of_speed_that_ripples_stretches_the_captions_of_its_clip():
    film = a_film((2, 4, "a"), (10, 4, "in"), (16, 2, "side"), (22, 3, "later"))
    slow = speed.set_speed(film, 2, Fraction(1, 2), ripple=True)
    assert places(slow) == [(2, 6, "a"), (10, 18, "in"), (22, 26, "side"), (32, 35, "later")]
    assert places(speed.set_speed(film, 2, Fraction(2))) == places(film)


def test_a_locked_track_of_subtitles_stays_where_it_is_when_the_film_ripples():
    film = a_film((2, 4, "a"), (22, 3, "later"), locked=True)
    assert places(edit.extract(film, 2)) == places(film)


@laws
@given(timelines(st.just(False)), st.data())
def test_what_is_inserted_and_taken_out_again_leaves_the_captions_as_they_were(timeline, data):
    frame = data.draw(st.integers(0, 40))
    new = edit.clip_of(timeline, Media("/n.png", "new", Fraction(0), 8, 8))
    lead = next((n for n, track in enumerate(timeline.tracks) if track.kind == "video"), None)
    if lead is None:
        return
    try:
        inserted = edit.insert(timeline, lead, frame, new)
    except EditError:
        return
    back = edit.extract(inserted, timeline.next_id)
    joined = [sum(one.duration for one in track.captions) for track in timeline.subtitles]
    assert [sum(one.duration for one in track.captions) for track in back.subtitles] == joined
    for at in range(60):
        assert said(back, at) == said(timeline, at)
    assert not list(faults(inserted)) and not list(faults(back))


# --- project files


def test_other_programs_see_captions_as_clips_with_their_words_and_may_move_them():
    film = a_film((2, 4, "Hello"), (8, 6, "你好\nworld"), language="en")
    from opentimelineio import adapters

    other = adapters.read_from_string(otio.dumps(film), "otio_json")
    row = other.tracks[2]
    assert row.kind == "Subtitle" and [clip.name for clip in row.find_clips()] == ["Hello", "你好\nworld"]
    row.find_clips()[0].name = "Hi"
    row.find_clips()[0].source_range = replace_duration(row.find_clips()[0].source_range, 3)
    again = otio.loads(adapters.write_to_string(other, "otio_json"))
    assert places(again) == [(2, 5, "Hi"), (7, 13, "你好\nworld")]
    assert again.subtitles[0].language == "en" and again.subtitles[0].look == film.subtitles[0].look


def replace_duration(span, frames):
    from opentimelineio.opentime import RationalTime, TimeRange

    return TimeRange(span.start_time, RationalTime(frames, span.duration.rate))


# --- files


@laws
@given(spoken(), st.sampled_from(RATES), st.sampled_from([write_srt, write_vtt]))
def test_captions_written_to_a_file_come_back_on_the_same_frames(captions, rate, write):
    read = parse(write(cues_of(captions, rate)).encode())
    assert captions_of(read, rate) == (captions, ())


@laws
@given(
    st.binary(max_size=300) | st.text(max_size=300).map(str.encode), st.sampled_from([b"", b"WEBVTT\n", b"\xff\xfe"])
)
def test_no_bytes_of_a_stranger_make_a_traceback_or_a_damaged_film(data, head):
    times = b"1\n00:00:01,000 --> 00:00:02,000\nwords\n"
    for junk in (head + data, head + times + data, head + data + times):
        captions, notes = (), ()
        with suppress(MediaError):
            captions, notes = captions_of(parse(junk), Fraction(25))
        film = Timeline(Fraction(25), 8, 8, subtitles=(SubtitleTrack(captions),))
        assert not list(faults(film)) and all(note.endswith(".") for note in notes)


def test_a_file_from_windows_with_tags_and_numbers_is_read_as_people_read_it():
    text = (
        '\ufeff1\r\n00:00:01,000 --> 00:00:02,500 X1:10 Y1:20\r\n<i>Hello,</i> {\\an8}<font color="red">you</font>\r\n'
        "a < b\r\n\r\n2\r\n0:00:03,5 --> 0:00:04.25\r\n2001\r\n\r\n3\r\n00:00:05,000 --> 00:00:05,000\r\nnothing\r\n"
    )
    read = parse(text.encode())
    assert [(cue.start, cue.end, cue.text) for cue in read.cues] == [
        (1, Fraction(5, 2), "Hello, you\na < b"), (Fraction(7, 2), Fraction(17, 4), "2001"),
    ]  # fmt: skip
    assert read.notes == ("1 captions without words or without a length are left out.",)


def test_web_captions_lose_voices_notes_and_entities():
    text = (
        "WEBVTT - x\n\nSTYLE\n::cue { color: red }\n\nNOTE 00:00 is not a time\n\nintro\n00:01.000 --> 00:02.000 line:0\n"
        "<v Anna>Tom &amp; <c.big>Jerry</c> &lt;3\n\nlast\n1:00:00.000 --> 1:00:01.000\nbye <00:00:03.000>now\n"
    )
    assert [cue.text for cue in parse(text.encode()).cues] == ["Tom & Jerry <3", "bye now"]


@pytest.mark.parametrize(
    ("text", "coding", "said"),
    [("café à Noël, été", "latin-1", "Western European"), ("你好，我们今天在这里见面。", "gb18030", "Chinese"),
     ("你好 café", "utf-16", ""), ("你好 café", "utf-8-sig", "")],
)  # fmt: skip
def test_a_file_that_is_not_utf_8_is_read_and_that_is_said(text, coding, said):
    read = parse(f"1\n00:00:01,000 --> 00:00:02,000\n{text}\n".encode(coding))
    assert [cue.text for cue in read.cues] == [text]
    assert (said in " ".join(read.notes)) if said else not read.notes


def test_overlapping_captions_are_shortened_or_joined_and_that_is_said():
    cues = [Cue(Fraction(0), Fraction(3), "a"), Cue(Fraction(1), Fraction(2), "b"), Cue(Fraction(1), Fraction(4), "c")]
    captions, notes = captions_of(parse(write_srt(cues).encode()), Fraction(10))
    assert [(one.start, one.end, one.text) for one in captions] == [(0, 10, "a"), (10, 40, "b\nc")]
    assert notes == ("2 captions overlapped: each ends where the next one begins.",)


def test_what_is_no_file_of_subtitles_is_refused_with_a_sentence(tmp_path):
    for name, data in (("a.srt", b"hello"), ("b.vtt", b"WEBVTT\n"), ("c.srt", b"x" * (MAX_BYTES + 1))):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(MediaError, match=name):
            read_subtitles(tmp_path / name)
    with pytest.raises(MediaError, match=r"Cannot read gone\.srt"):
        read_subtitles(tmp_path / "gone.srt")


def test_a_folder_that_is_not_there_takes_no_subtitles(tmp_path):
    with pytest.raises(MediaError, match="folder"):
        write_subtitles(tmp_path / "none" / "a.srt", (Cue(Fraction(0), Fraction(1), "a"),))


def test_a_hundred_thousand_lines_that_look_like_times_are_read_quickly():
    data = b"00:00:01,000 --> 00:00:0\n" * 100_000 + b"<" * 100_000 + b"{\\" * 100_000
    with pytest.raises(MediaError):
        parse(data)


# --- exports


@pytest.fixture(scope="module")
def engine():
    from vgan_studio.engine.run import Engine

    return Engine("cpu")


def a_short_film():
    blank = EffectCall("core.blank")
    track = SubtitleTrack((Caption(2, 4, "Hello"), Caption(8, 5, "你好 {x} <b>\n\\N")), "English", "en")
    row = Track("video", (Clip(1, 0, 20, blank),))
    return Timeline(Fraction(10), 160, 90, tracks=(row,), next_id=2, subtitles=(track,))


def exported(film, path, engine, **options):
    from vgan_studio.render.export import export

    return [step.note for step in export(film, path, engine, **options) if step.note]


def pictures(path):
    with av.open(str(path)) as container:
        return [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]


LOOKS = {
    "usual": {},
    "dressed": {"bold": True, "box_color": (0.0, 0.0, 0.5, 0.5), "box": 0.02, "color": (1.0, 1.0, 0.0, 1.0),
                "outline": 0.01, "font_size": 0.08, "align": "left"},
}  # fmt: skip


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_burnt_subtitles_are_in_the_film_just_as_the_preview_shows_them(tmp_path, engine, look):
    from vgan_studio.render.evaluate import Renderer
    from vgan_studio.render.plan import plan
    from vgan_studio.service.subtitles import dress

    film = a_short_film()
    for name, value in look.items():
        film = dress(film, 0, name, value)
    exported(film, tmp_path / "a.mkv", engine, codec="ffv1", subtitles="burn")
    exported(film, tmp_path / "b.mkv", engine, codec="ffv1", subtitles="none")
    burnt, bare = pictures(tmp_path / "a.mkv"), pictures(tmp_path / "b.mkv")
    told = [number for number, (a, b) in enumerate(zip(burnt, bare, strict=True)) if (a != b).any()]
    assert told == [2, 3, 4, 5, 8, 9, 10, 11, 12]
    shown = Renderer(engine).render([plan(film, 9)])[0][0, :3].permute(1, 2, 0).mul(255).round().numpy()
    assert abs(burnt[9] - shown).max() <= 1
    rows = (burnt[3] != bare[3]).any(axis=(1, 2)).nonzero()[0]
    assert rows.min() > 60 and rows.max() < 88  # in the lowest third, not at the edge


@pytest.mark.parametrize(
    ("suffix", "codec", "name"), [(".mp4", "h264", "mov_text"), (".mov", "h264", "mov_text"),
                                  (".mkv", "h264", "subrip"), (".webm", "vp9", "webvtt")],
)  # fmt: skip
def test_subtitles_as_a_stream_are_there_by_language_and_come_back_on_their_frames(
    tmp_path, engine, suffix, codec, name
):
    film = a_short_film()
    film = subtitles.add_subtitles(film, SubtitleTrack((Caption(3, 2, "早上好"),), "中文", "zh-Hans"))
    path = tmp_path / f"film{suffix}"
    exported(film, path, engine, codec=codec, subtitles="stream", range=(1, 18))
    command = ["ffprobe", "-v", "error", "-select_streams", "s", "-show_entries", "stream=codec_name:stream_tags=language",
               "-of", "csv=p=0", str(path)]  # fmt: skip
    probed = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert probed == [f"{name},eng", f"{name},{'zho' if suffix == '.mp4' else 'chi'}"]
    back = [track_of(found, film.rate) for found in read_subtitles(path)]
    assert all(not notes for _, notes in back)
    assert [(one.start, one.duration) for one in back[0][0].captions] == [(1, 4), (7, 5)]
    assert [(one.start, one.duration, one.text) for one in back[1][0].captions] == [(2, 2, "早上好")]
    assert back[0][0].captions[0].text == "Hello" and "你好" in back[0][0].captions[1].text


def test_subtitles_as_files_lie_beside_the_film_one_for_each_language(tmp_path, engine):
    film = a_short_film()
    notes = exported(film, tmp_path / "a.mp4", engine, subtitles="file", range=(1, 18))
    assert notes[-1] == "The subtitles are in a.srt."
    (found,) = read_subtitles(tmp_path / "a.srt")
    assert found.found.cues[0] == Cue(Fraction(1, 10), Fraction(1, 2), "Hello")
    two = subtitles.add_subtitles(film, SubtitleTrack((Caption(3, 2, "早上好"),), "中文", "zh-Hans"))
    assert [path.name for path, _ in beside(two, (0, 20), tmp_path / "b.webm")] == ["b.en.vtt", "b.zh-Hans.vtt"]
    assert beside(subtitles.hide_subtitles(film, 0), (0, 20), tmp_path / "b.mp4") == ()


def test_what_cannot_hold_subtitles_says_so_before_anything_is_written(tmp_path, engine):
    with pytest.raises(MediaError, match="cannot hold subtitles as a stream"):
        exported(a_short_film(), tmp_path / "a.gif", engine, subtitles="stream")
    assert list(tmp_path.iterdir()) == []


def test_the_subtitles_of_a_film_are_read_out_of_its_stream(data):
    (found,) = read_subtitles(str(data / "awkward/ass_subtitles.mkv"))
    assert found.found.cues and all("{" not in cue.text and cue.start < cue.end for cue in found.found.cues)


def test_languages_have_the_letters_that_containers_hold():
    assert [language_code(tag) for tag in ("en", "zh-Hans", "zh_CN", "deu", "", "klingon", "x1")] == [
        "eng", "zho", "zho", "deu", "und", "und", "und",
    ]  # fmt: skip


def test_the_look_of_subtitles_is_in_no_file_of_subtitles(tmp_path):
    from vgan_studio.service.subtitles import dress

    plain = a_short_film()
    film = dress(dress(plain, 0, "box_color", (1.0, 0.0, 0.0, 1.0)), 0, "font", "DejaVu Sans")
    assert film != plain
    for write in (write_srt, write_vtt):
        held = [write(cues_of(one.subtitles[0].captions, one.rate)) for one in (plain, film)]
        assert held[0] == held[1]
    assert beside(film, (0, 20), tmp_path / "a.mp4") == beside(plain, (0, 20), tmp_path / "a.mp4")


@pytest.mark.parametrize(
    "look",
    [None, 3, [], "core.title", {}, {"id": 5}, {"id": "core.title", "params": []},
     {"id": "core.title", "params": {"font": None}}, {"id": "core.title", "params": {"font": {"keys": []}}},
     {"id": "core.title", "params": {"color": [1, "x", 0]}}, {"id": "core.title", "params": {"outline": 1e999}},
     {"id": "core.title", "params": {"font": "x\0y"}}, {"id": "core.title", "enabled": "no"}],
)  # fmt: skip
def test_a_look_of_a_stranger_that_is_none_is_refused_in_a_sentence(look):
    tree = json.loads(otio.dumps(a_short_film()))
    track = tree["tracks"]["children"][-1]
    track["metadata"]["vgan_studio"]["look"] = look
    with pytest.raises(ProjectError):
        otio.loads(json.dumps(tree))


@pytest.mark.parametrize(
    "params",
    [
        {"font_size": 50.0},
        {"no_such": 1},
        {"font": "x" * 300},
        {"color": (2.0, 0.0, 0.0)},
        {"box": -1.0},
        {"box": 1e300},
    ],
)
def test_a_look_that_no_words_can_have_is_a_sentence_where_it_is_drawn(params):
    from vgan_studio.errors import EffectError
    from vgan_studio.render.plan import plan

    film = a_short_film()
    film = subtitles.set_look(film, 0, EffectCall("core.title", tuple(params.items())))
    with pytest.raises(EffectError):
        plan(otio.loads(otio.dumps(film)), 9)

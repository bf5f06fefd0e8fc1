"""The command line, as somebody types it."""

import json
import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import vgan_studio.effects.families  # noqa: F401  (the registry is filled)
from vgan_studio.cli import main
from vgan_studio.cli.apply import read_effect
from vgan_studio.cli.film import cut, upscaled
from vgan_studio.cli.parser import build_parser, place_range
from vgan_studio.cli.project import open_project, save_project
from vgan_studio.cli.scene import lake, music, rose_window
from vgan_studio.effects.spec import REGISTRY
from vgan_studio.errors import EffectError, ProjectError
from vgan_studio.media.probe import probe
from vgan_studio.media.reader import VideoReader
from vgan_studio.media.sound import AudioReader
from vgan_studio.render.plan import plan
from vgan_studio.service.project import opening, saving
from vgan_studio.service.state import state_folder
from vgan_studio.timeline import otio
from vgan_studio.timeline.check import faults
from vgan_studio.timeline.values import Clip, EffectCall, Media, Timeline, Track

from .films import number_of, write_film

RATE = Fraction(25)
Vgan = Callable[..., tuple[int, str, str]]


@pytest.fixture
def vgan(capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Vgan:
    """Run the command line: exit status, standard output, standard error."""
    monkeypatch.setenv("VGAN_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    before = signal.getsignal(signal.SIGTERM)

    def run(*words: object) -> tuple[int, str, str]:
        try:
            status = main([str(word) for word in words])
        except SystemExit as end:
            status = int(str(end.code))
        finally:
            signal.signal(signal.SIGTERM, before)
        out, error = capfd.readouterr()
        return status, out, error

    return run


@pytest.fixture
def film(tmp_path: Path) -> Path:
    return write_film(tmp_path / "film.mp4", 20, tone=440.0)


def lines(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def project(film: Path, *effects: EffectCall) -> Timeline:
    media = probe(film).media()
    clip = Clip(1, 0, 12, media, effects=effects)
    return Timeline(RATE, 64, 48, tracks=(Track("video", (clip,)),), media=(media,), next_id=2)


def test_probe_says_what_is_in_a_file(vgan: Vgan, film: Path) -> None:
    status, out, _ = vgan("probe", film, "--json")
    (found,) = lines(out)
    assert status == 0
    assert (found["width"], found["height"], found["rate"], found["frames"]) == (64, 48, "25", 20)
    assert found["channels"] == 2
    status, out, _ = vgan("probe", film)
    assert status == 0
    assert "64×48" in out


@pytest.mark.parametrize("verb", [["probe"], ["apply", "-o", "out.mp4"], ["render", "-o", "out.mp4"], ["demo"]])
def test_a_file_that_is_not_there_is_one_sentence(
    vgan: Vgan, verb: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    status, out, error = vgan(verb[0], tmp_path / "none.mp4", *verb[1:])
    assert (status, out) == (1, "")
    assert len(error.strip().splitlines()) == 1
    assert error.startswith("vgan: ")
    assert "none.mp4" in error


def test_a_wrong_call_has_the_exit_status_2(vgan: Vgan, film: Path) -> None:
    assert vgan("apply", film)[0] == 2
    assert vgan("apply", film, "-o", "x.mp4", "--quality", "101")[0] == 2
    assert vgan("apply", film, "-o", "x.mp4", "--range", "1.5:2")[0] == 2
    assert vgan("no-such-verb")[0] == 2


def test_every_effect_is_listed_with_every_parameter(vgan: Vgan) -> None:
    status, out, _ = vgan("effects", "--json")
    found = {str(effect["id"]): effect for effect in lines(out)}
    assert status == 0
    assert set(found) == set(REGISTRY)
    for id, effect in found.items():
        assert list(effect["params"]) == list(REGISTRY[id].params)
        assert effect["about"]
    assert all(id in vgan("effects")[1] for id in ("color.exposure", "gan.upscale"))


def test_an_unknown_effect_is_a_sentence_with_a_hint(vgan: Vgan, film: Path, tmp_path: Path) -> None:
    status, _, error = vgan("apply", film, "-o", tmp_path / "out.mp4", "--effect", "color.exposuer")
    assert status == 1
    assert "Did you mean color.exposure?" in error
    assert not (tmp_path / "out.mp4").exists()


def test_effects_are_read_with_lists_and_commas() -> None:
    call = read_effect("geometry.transform:position=0.25,0.5,rotation=90")
    assert dict(call.params) == {"position": (0.25, 0.5), "rotation": 90.0}
    assert read_effect("geometry.flip") == EffectCall("geometry.flip")
    for words in ("color.exposure:stops", "color.exposure:stop=1", "color.exposure:stops=much", "core.title:text=a"):
        with pytest.raises(EffectError):
            read_effect(words)


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_ranges_are_read_as_frames_or_seconds(a: int, b: int) -> None:
    start, end = place_range(f"{a}:{b}s")
    assert start is not None
    assert end is not None
    assert (start.frame(RATE), end.frame(RATE)) == (a, b * 25)
    assert place_range(":") == (None, None)


def test_apply_keeps_pictures_sound_and_times(vgan: Vgan, film: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.mp4"
    status, text, _ = vgan("apply", film, "-o", out, "--effect", "color.exposure:stops=0.5", "--json")
    assert status == 0
    assert lines(text)[-1]["result"]["pictures"] == 20  # type: ignore[index]
    with VideoReader(out) as after, VideoReader(film) as before:
        assert [number_of(after.at(time + Fraction(1, 100)).pixels()) for time in before.times()] == list(range(20))
    with AudioReader(out, 48000, 2) as after_sound, AudioReader(film, 48000, 2) as before_sound:
        assert np.abs(after_sound.read(0, 30000) - before_sound.read(0, 30000)).max() < 0.01


def test_apply_of_upscale_doubles_the_size(vgan: Vgan, film: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.mp4"
    status, _, _ = vgan("apply", film, "-o", out, "--effect", "gan.upscale:scale=2", "--range", "4:8")
    assert status == 0
    found = probe(out)
    assert (found.width, found.height, found.frames) == (128, 96, 4)
    with VideoReader(out) as reader:
        assert number_of(reader.at(Fraction(1, 50)).pixels()) == 4


def test_a_second_run_asks_no_network(vgan: Vgan, film: Path, tmp_path: Path) -> None:
    words = ("apply", film, "-o", tmp_path / "out.mp4", "--effect", "gan.upscale", "--range", ":6", "--json")
    first, second = (lines(vgan(*words)[1])[-1]["result"] for _ in range(2))
    assert (first["inferred"], second["inferred"], second["hits"]) == (6, 0, 6)  # type: ignore[index]


def test_an_encoder_that_does_not_work_here_is_refused_with_the_reason(vgan: Vgan, film: Path, tmp_path: Path) -> None:
    status, _, error = vgan("apply", film, "-o", tmp_path / "out.mp4", "--encoder", "libx265")
    assert status == 1
    assert "libx265 does not write H.264" in error
    assert not (tmp_path / "out.mp4").exists()


def test_the_source_is_never_written_over(vgan: Vgan, film: Path) -> None:
    before = film.read_bytes()
    status, _, error = vgan("apply", film, "-o", film, "--effect", "color.exposure")
    assert status == 1
    assert film.name in error
    assert film.read_bytes() == before


def test_a_project_renders_after_its_folder_was_moved(vgan: Vgan, tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    film = write_film(here / "film.mp4", 20)
    save_project(project(film), here / "film.otio")
    here.rename(there)
    status, _, _ = vgan("render", there / "film.otio", "-o", tmp_path / "out.mp4", "--range", "3:9")
    assert status == 0
    with VideoReader(tmp_path / "out.mp4") as reader:
        assert len(reader.times()) == 6
        assert number_of(reader.at(Fraction(1, 50)).pixels()) == 3


def test_a_project_renders_at_another_rate(vgan: Vgan, tmp_path: Path) -> None:
    save_project(project(write_film(tmp_path / "film.mp4", 20)), tmp_path / "film.otio")
    status, _, _ = vgan("render", tmp_path / "film.otio", "-o", tmp_path / "out.mkv", "--rate", "12.5")
    assert status == 0
    found = probe(tmp_path / "out.mkv")
    assert (found.rate, found.frames) == (Fraction(25, 2), 6)
    with VideoReader(tmp_path / "out.mkv") as reader:
        assert [number_of(picture.pixels()) for picture in reader.pictures()] == [0, 2, 4, 6, 8, 10]


@pytest.mark.parametrize(
    ("text", "rate"),
    [("24", 24), ("23.976", Fraction(24000, 1001)), ("29.97", Fraction(30000, 1001)), ("30000/1001", Fraction(30000, 1001)),
     ("59.94", Fraction(60000, 1001)), ("12.5", Fraction(25, 2)), ("24.0", 24)],
)  # fmt: skip
def test_a_rate_is_read_as_people_write_it(text: str, rate: Fraction) -> None:
    assert build_parser().parse_args(["render", "a.otio", "-o", "b.mp4", "--rate", text]).rate == rate


@pytest.mark.parametrize("text", ["0", "-25", "fast", "1/0", "100000", "nan"])
def test_what_is_no_rate_is_a_wrong_call_that_says_how_it_is_written(vgan: Vgan, text: str) -> None:
    status, _, error = vgan("render", "a.otio", "-o", "b.mp4", f"--rate={text}")
    assert status == 2 and "23.976" in error


def test_missing_media_are_named_and_found_again_by_content(vgan: Vgan, film: Path, tmp_path: Path) -> None:
    save_project(project(film), tmp_path / "film.otio")
    moved = tmp_path / "elsewhere" / "other name.mp4"
    moved.parent.mkdir()
    film.rename(moved)
    write_film(film, 20, size=(96, 48))  # another film under the old name is not taken for the old one
    words = ("render", tmp_path / "film.otio", "-o", tmp_path / "out.mp4")
    status, _, error = vgan(*words)
    assert status == 1
    assert "film.mp4" in error
    assert vgan(*words, "--media", moved.parent)[0] == 0
    assert probe(tmp_path / "out.mp4").width == 64


def test_a_project_reads_no_file_of_its_own_choice(film: Path, tmp_path: Path) -> None:
    folder = tmp_path / "project"
    folder.mkdir()
    secret = tmp_path / "secret.cube"
    secret.write_text("LUT_1D_SIZE 2\n0 0 0\n1 1 1\n")
    (folder / "film.mp4").write_bytes(film.read_bytes())
    timeline = project(folder / "film.mp4", EffectCall("color.lut", (("file", str(secret)),)))
    save_project(timeline, folder / "film.otio")
    with pytest.raises(ProjectError, match="outside of its folder"):
        open_project(folder / "film.otio", [])
    opened = open_project(folder / "film.otio", [tmp_path])
    assert dict(opened.tracks[0].clips[0].effects[0].params)["file"] == str(secret)
    (shown,) = opening(folder / "film.otio")  # the window shows it, with the effect switched off
    assert not shown.timeline.tracks[0].clips[0].effects[0].enabled
    (sentence,) = shown.barred
    assert str(secret) in sentence and "switched off" in sentence


def test_a_film_that_was_saved_in_the_window_reads_the_files_that_were_chosen_there(
    vgan: Vgan, film: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "home"))
    table = tmp_path / "my looks" / "inverted.cube"
    table.parent.mkdir()
    table.write_text("LUT_1D_SIZE 2\n1 1 1\n0 0 0\n")
    saved, out = tmp_path / "project" / "film.otio", tmp_path / "out.mp4"
    saved.parent.mkdir()
    list(saving(project(film, EffectCall("color.lut", (("file", str(table)),))), saved, state_folder()))
    assert vgan("render", saved, "-o", out)[0] == 0 and probe(out).width == 64
    other = saved.with_name("other.otio")
    other.write_bytes(saved.read_bytes() + b"\n")  # by somebody else, from one byte on
    status, _, error = vgan("render", other, "-o", tmp_path / "not.mp4")
    assert status == 1 and str(table) in error and not (tmp_path / "not.mp4").exists()
    allow = error.split("allow the folder with ")[1].split(", or")[0]
    assert shlex.split(allow) == ["--media", str(table.parent)], "what is said can be typed as it is"
    assert vgan("render", other, "-o", tmp_path / "then.mp4", *shlex.split(allow))[0] == 0


def test_media_nobody_has_looked_at_are_used_only_beside_the_project(film: Path, tmp_path: Path) -> None:
    folder = tmp_path / "project"
    folder.mkdir()
    timeline = project(film)
    stranger = replace(timeline.media[0], fingerprint="?" + str(film))
    clip = replace(timeline.tracks[0].clips[0], source=stranger)
    otio.save(replace(timeline, media=(stranger,), tracks=(Track("video", (clip,)),)), folder / "film.otio")
    with pytest.raises(ProjectError, match="missing"):
        open_project(folder / "film.otio", [])
    assert open_project(folder / "film.otio", [film.parent]).media[0].width == 64


def test_models_are_listed_and_damage_is_said(vgan: Vgan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    status, out, _ = vgan("models", "--json")
    names = [model["name"] for model in lines(out)]
    assert status == 0
    assert "upscale-x2" in names
    whole = Path(str(next(model["path"] for model in lines(out) if model["name"] == "upscale-x2"))).read_bytes()
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "upscale-x2.safetensors").write_bytes(whole[:-2] + bytes(b ^ 1 for b in whole[-2:]))
    monkeypatch.setenv("VGAN_MODELS", str(tmp_path / "models"))
    status, out, _ = vgan("models", "--json")
    assert status == 1
    assert "damaged" in str(next(m["fault"] for m in lines(out) if str(tmp_path) in str(m["path"])))


@pytest.mark.slow
def test_the_doctor_finds_nothing_missing(vgan: Vgan) -> None:
    status, out, _ = vgan("doctor", "--json")
    checks = lines(out)
    assert [check for check in checks if check["state"] == "failed"] == []
    assert status == 0
    assert {"Python", "torch", "device", "FFmpeg", "encoder", "Qt platform", "model", "cache"} <= {
        check["name"] for check in checks
    }
    assert all(check["advice"] for check in checks if check["state"] != "ok")


def test_a_demo_of_given_films_is_cut_and_rendered(vgan: Vgan, tmp_path: Path) -> None:
    films = [write_film(tmp_path / f"{i}.mp4", 60, size=(48 + 16 * i, 48), tone=330.0) for i in range(2)]
    status, _, _ = vgan("demo", "-o", tmp_path / "demo", *films)
    assert status == 0
    timeline = open_project(tmp_path / "demo" / "demo.otio", [])
    assert probe(tmp_path / "demo" / "demo.mp4").frames == timeline.duration
    assert (tmp_path / "demo" / "before-after.png").stat().st_size > 0


@st.composite
def media(draw: st.DrawFn) -> Media:
    still = draw(st.booleans())
    rate = Fraction(0) if still else draw(st.sampled_from([Fraction(12), Fraction(30000, 1001), Fraction(60)]))
    duration = Fraction(0) if still else draw(st.integers(1, 600)) / rate
    width, height = draw(st.integers(1, 8000)), draw(st.integers(1, 8000))
    number = draw(st.integers(0, 3))
    return Media(f"{number}.mp4", f"{number:032x}{still}{duration}{width}{height}", duration, width, height, rate)


@given(st.lists(media(), min_size=1, max_size=12))
def test_any_media_can_be_cut_into_a_sound_timeline(found: list[Media]) -> None:
    timeline = cut(found, "Title")
    assert list(faults(timeline)) == []
    assert timeline.width % 2 == timeline.height % 2 == 0
    assert len(timeline.tracks[0].clips) >= 3
    for frame in {0, upscaled(timeline), timeline.duration - 1}:
        plan(timeline, frame)


def test_the_scenes_move_and_are_the_same_every_time() -> None:
    for scene in (lake, rose_window):
        first, second = list(scene(96, 54, 2))
        assert first.shape == (54, 96, 3)
        assert first.std() > 20
        assert (first != second).mean() > 0.2
        assert np.array_equal(next(scene(96, 54, 1)), first)
    sound = music(1.0, ((220.0, 330.0),), bells=True)
    assert sound.shape == (2, 48000)
    assert 0.05 < np.abs(sound).max() <= 1


@pytest.fixture
def interrupted() -> Iterator[None]:
    """Let programs that are started hear Ctrl+C, even where this one was started in the background and does not."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.slow
@pytest.mark.usefixtures("interrupted")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_cancelled_render_leaves_no_file(film: Path, tmp_path: Path, number: signal.Signals) -> None:
    long = write_film(tmp_path / "long.mp4", 400, size=(320, 240))
    words = [
        "apply",
        str(long),
        "-o",
        str(tmp_path / "out.mp4"),
        "--effect",
        "gan.upscale",
        "--json",
        "--codec",
        "h264",
    ]
    environment = {**os.environ, "VGAN_CACHE": str(tmp_path / "cache")}
    with subprocess.Popen(
        [sys.executable, "-m", "vgan_studio", *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    ) as process:
        assert process.stdout is not None
        assert json.loads(process.stdout.readline())["done"] > 0
        process.send_signal(number)
        out, error = process.communicate(timeout=300)
    assert process.returncode == 130
    assert b"Traceback" not in error
    assert json.loads(out.splitlines()[-1]) == {"error": "Cancelled."}
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("out")] == []


def test_a_plain_encode_does_not_wait_for_torch(film: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from vgan_studio.cli import main; "
        f"status = main(['apply', {str(film)!r}, '-o', {str(tmp_path / 'out.mkv')!r}]); "
        "assert 'torch' not in sys.modules; sys.exit(status)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert probe(tmp_path / "out.mkv").frames == 20

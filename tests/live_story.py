"""A film from beginning to end in the real program, by keys and mouse alone, through a kill, to a file that is probed.

Not a test; it brings its own screen (Xvfb) and hands (xdotool), and needs ../shared/data/clips:

    python -m tests.live_story OUT_FOLDER

Every step is checked by what the program wrote: the versions kept for recovery, the saved project, the exported film.
A numbered picture of the screen is left for each.  Exit status 0 where all went well or something is lacking (it says
what), 1 where a step did not do what it should.
"""

import json
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from vgan_studio.timeline import otio
from vgan_studio.timeline.curve import Curve
from vgan_studio.timeline.values import Clip, EffectCall, Media, Timeline

from .live_desk import Desk, Spot

CLIPS = Path(__file__).parents[1] / "../shared/data/clips"
NAMES = (
    "bee_720p",
    "dog_play_720p",
    "highway_540p",
    "sintel_snow_364p",
    "cups_hands_720p",
)  # the first shapes the film
WORDS = "Bees & others"


def lacking() -> str:
    """Say what this machine lacks for the run; "" if nothing."""
    tools = [name for name in ("Xvfb", "xdotool", "import") if shutil.which(name) is None]
    films = [str(path) for path in map(film_of, NAMES) if not path.is_file()]
    return ", ".join(tools + films)


def film_of(name: str) -> Path:
    return (CLIPS / f"{name}.mp4").resolve()


class Story:
    """The steps, and what is true after each."""

    def __init__(self, out: Path) -> None:
        self.out, self.desk = out, Desk(out)
        self.project, self.exported = out / "story.otio", out / "story.mp4"
        self.report: dict[str, object] = {}

    def kept(self) -> Timeline:
        """Give the newest film that was kept for recovery."""
        folders = self.project.with_name(f".{self.project.name}.versions"), self.out / "home"
        found = [path for folder in folders for path in folder.rglob("0*.otio")]
        newest = max(found, key=lambda path: path.stat().st_mtime_ns, default=None)
        return otio.load(newest) if newest else Timeline(2, 2, Fraction(25))

    def so(self, name: str, true: Callable[[Timeline], object]) -> Timeline:
        """Wait until the kept film is as it should be after a step; leave a picture of the screen."""

        def holds() -> bool:
            try:
                return bool(true(self.kept()))
            except (IndexError, StopIteration, KeyError):
                return False

        try:
            self.desk.until(holds, name)
        finally:
            self.desk.shot(name)
        print("ok", name, flush=True)
        return self.kept()

    def run(self) -> None:
        desk = self.desk
        self.report["seconds to the window"] = round(desk.start(), 2)
        desk.until(lambda: desk.sight["effects"], "the effects")
        desk.shot("start")
        desk.key("Escape")  # the tour
        for step in (
            self.take_in,
            self.place,
            self.cut,
            self.trim,
            self.turn,
            self.title,
            self.effects,
            self.keys,
            self.undo,
        ):
            step()
        self.save()
        self.survive()
        self.export()

    def take_in(self) -> None:
        desk = self.desk
        desk.key("ctrl+i")
        desk.until(lambda: any(one[0] == "QFileDialog" for one in desk.sight["widgets"]), "the dialog")
        desk.enter(" ".join(f'"{film_of(name)}"' for name in NAMES))
        desk.shot("import-dialog")
        desk.key("Return")
        film = self.so("imported", lambda film: len(film.media) == len(NAMES))
        assert (film.width, film.height, film.rate) == (1280, 720, Fraction(30000, 1001)), "shaped by the first clip"

    def place(self) -> None:
        """The first by the mouse, the others by a key."""
        desk = self.desk
        sight = desk.fresh()
        desk.drag(tuple(sight["media"][0]), (sight["zero"][0] + 2, sight["rows"]["0"]))
        self.so("dragged-from-the-bin", lambda film: [clip.start for clip in films(film)] == [0])
        media = desk.fresh()["media"]
        desk.click(tuple(media[1]))
        for at in media[2:]:
            desk.click(tuple(at), "ctrl")
        desk.do("append from")
        self.so("appended", lambda film: len(films(film)) == len(NAMES))
        desk.key("shift+z")

    def cut(self) -> None:
        """Cut the first clip twice, and take the middle out; the rest moves up."""
        desk = self.desk
        before = self.kept()
        desk.seek(12)
        desk.key("ctrl+k")
        desk.seek(90)
        desk.key("ctrl+k")
        film = self.so("cut-twice", lambda film: [c.start for c in films(film)][:3] == [0, 12, 90])
        desk.click(desk.body(films(film)[1].id))
        desk.key("shift+Delete")
        length = before.duration - 78
        self.so("middle-taken-out", lambda film: film.duration == length and films(film)[1].start == 12)

    def trim(self) -> None:
        """Drag the end of the last clip to the left, and with Shift that of the dog, so that the others follow."""
        desk = self.desk
        film = self.kept()
        last, dog = films(film)[-1], films(film)[2]
        left, top, right, bottom = desk.clip(last.id)
        desk.drag((right - 2, (top + bottom) / 2), (left + (right - left) * 0.25, (top + bottom) / 2))
        trimmed = self.so("end-dragged", lambda film: 0 < films(film)[-1].duration < last.duration / 2)
        left, top, right, bottom = desk.clip(dog.id)
        desk.hands("keydown", "shift")
        desk.drag((right - 2, (top + bottom) / 2), (left + (right - left) * 0.3, (top + bottom) / 2))
        desk.hands("keyup", "shift")
        self.so("end-dragged-others-follow", lambda film: films(film)[2].duration < dog.duration / 2
                and film.duration == trimmed.duration - dog.duration + films(film)[2].duration
                and films(film)[3].start == films(film)[2].end)  # fmt: skip

    def turn(self) -> None:
        desk = self.desk
        desk.click(desk.body(films(self.kept())[2].id))
        desk.do("dissolve from")
        film = self.so("dissolve", lambda film: turns(film) == 1)
        assert any(c.transition and c.transition.effect.id == "core.dissolve" for c in films(film))

    def title(self) -> None:
        desk = self.desk
        desk.seek(14)
        desk.key("t")
        self.so("title-added", titles)
        desk.press("Title: Text", "PlainText")
        desk.key("ctrl+a")
        desk.type(WORDS)
        self.so("title-typed", lambda film: dict(titles(film)[0].source.params)["text"] == WORDS)

    def effects(self) -> None:
        """A network on the short first clip, colour on the one after."""
        desk = self.desk
        for number, words, effect in ((0, "denoise", "gan.denoise"), (1, "saturation", "color.saturation")):
            desk.click(desk.body(films(self.kept())[number].id))
            desk.press("Add effect")
            time.sleep(0.6)
            desk.shot(f"menu-of-effects-{words}")
            desk.type(words)
            desk.hands("key", "Return")
            self.so(effect, lambda film, n=number, e=effect: [c.id for c in films(film)[n].effects] == [e])

    def keys(self) -> None:
        """Two keys of the saturation: the slider is pulled between them."""
        desk = self.desk
        start = films(self.kept())[1].start
        desk.seek(start)
        desk.press("Saturation: Key at the playhead")
        self.so("first-key", lambda film: [key.frame for key in curve(film).keys] == [0])
        desk.seek(start + 20)
        x, y = self.slider()
        desk.drag((x, y), (x + 25, y), steps=6)
        self.so("second-key", lambda film: [key.frame for key in curve(film).keys] == [0, 20]
                and curve(film).keys[0].value != curve(film).keys[1].value)  # fmt: skip

    def slider(self) -> Spot:
        """Give the place of the knob: a new key has the value 1 of a range that ends at 4."""
        found = [
            one for one in self.desk.fresh()["widgets"] if "Slider" in one[0] and "Saturation: Saturation" in one[2]
        ]
        *_, x, y, _, width = found[0]
        return x + (1 / 4 - 1 / 2) * (width - 14), y

    def undo(self) -> None:
        desk, after = self.desk, self.kept()
        desk.click(desk.body(films(after)[1].id))
        desk.key("ctrl+z")
        self.so("undone-once", lambda film: len(curve(film).keys) == 1)
        desk.key("ctrl+z", "ctrl+z")
        self.so("undone-thrice", lambda film: not films(film)[1].effects)
        desk.key("ctrl+shift+z", "ctrl+shift+z", "ctrl+shift+z")
        self.so("redone", lambda film: film == after)

    def save(self) -> None:
        desk = self.desk
        desk.key("ctrl+s")
        desk.until(lambda: any(one[0] == "QFileDialog" for one in desk.sight["widgets"]), "the dialog")
        desk.enter(str(self.project))
        desk.shot("save-dialog")
        desk.key("Return")
        desk.until(self.project.is_file, "the project file", 30)
        desk.shot("saved")
        assert bare(otio.load(self.project)) == bare(self.kept()), "the saved project is the film"

    def survive(self) -> None:
        """Edit on, kill, start again, recover: the film is as it was, the file still as it was saved."""
        desk, saved = self.desk, otio.load(self.project)
        desk.click(desk.body(films(saved)[4].id))
        desk.do("play the clip backwards")
        self.so("edited-on", lambda film: films(film)[4].speed == -1)
        desk.seek(30)
        desk.key("m")
        before = self.so("marked", lambda film: [marker.frame for marker in film.markers] == [30])
        desk.kill()
        desk.shot("killed")
        assert otio.load(self.project) == saved, "the file is as it was saved"
        self.report["seconds to the window again"] = round(desk.start(), 2)
        desk.until(lambda: desk.find("Recover", "Button"), "the offer")
        desk.shot("recovery-offered")
        desk.press("Recover", "Button")
        desk.until(lambda: len(desk.sight["clips"]) == len(list(every(before))), "the film")
        desk.shot("recovered")
        desk.key("ctrl+s")
        desk.until(lambda: otio.load(self.project) != saved, "saved again", 30)
        assert bare(otio.load(self.project)) == bare(before), "the recovered film is the one that was killed"
        print("ok recovered", flush=True)

    def export(self) -> None:
        desk, film = self.desk, otio.load(self.project)
        desk.until(lambda: desk.sight["effects"], "the effects")
        desk.key("ctrl+e")
        desk.until(lambda: desk.find("File", "LineEdit") and desk.find("Export", "QPushButton"), "the dialog")
        desk.press("File", "LineEdit")
        desk.enter(str(self.exported))
        desk.hands("key", "Tab")
        time.sleep(3.0)  # what networks cost is measured
        desk.shot("export-dialog")
        began = time.monotonic()
        desk.press("Export", "QPushButton")
        desk.until(lambda: desk.find("Do not sign", "QPushButton"), "the question whether to sign")
        desk.shot("asked-to-sign")
        desk.press("Do not sign", "QPushButton")
        desk.until(lambda: desk.find("Cancel", "QPushButton"), "the export at work")
        desk.shot("exporting")
        desk.until(lambda: desk.find("Open folder"), "the exported film", 900)
        self.report["seconds to export"] = round(time.monotonic() - began, 1)
        desk.shot("exported")
        self.report["probe"] = found = probe(self.exported)
        wanted = {"width": 1280, "height": 720, "rate": str(film.rate), "pictures": film.duration}
        assert {name: found[name] for name in wanted} == wanted, f"{found} is not {wanted}"
        assert found["codecs"] == ["h264", "aac"], found
        assert abs(float(found["sound_s"]) - float(film.duration / film.rate)) < 0.1, found
        assert float(found["loudest"]) > 0.01, "there is sound"
        print("ok exported", flush=True)


def bare(film: Timeline) -> Timeline:
    """Leave out which models the film was made with: that is found out at saving."""
    return replace(film, metadata=())


def every(film: Timeline) -> Iterator[Clip]:
    for track in film.tracks:
        yield from track.clips


def films(film: Timeline) -> list[Clip]:
    return sorted((clip for clip in every(film) if isinstance(clip.source, Media)), key=lambda clip: clip.start)


def titles(film: Timeline) -> list[Clip]:
    return [clip for clip in every(film) if isinstance(clip.source, EffectCall)]


def turns(film: Timeline) -> int:
    return sum(clip.transition is not None for clip in every(film))


def curve(film: Timeline) -> Curve:
    found = dict(films(film)[1].effects[0].params)["saturation"]
    assert isinstance(found, Curve)
    return found


def probe(path: Path) -> dict[str, object]:
    """Decode a film to its end, and say what was found."""
    import av
    import numpy as np

    with av.open(str(path)) as container:
        video, audio = container.streams.video[0], container.streams.audio[0]
        found: dict[str, object] = {"width": video.width, "height": video.height, "rate": str(video.average_rate)}
        found["codecs"] = [video.codec_context.name, audio.codec_context.name]
        found["pictures"] = sum(1 for _ in container.decode(video=0))
        container.seek(0)
        sound = [frame.to_ndarray() for frame in container.decode(audio=0)]
        found["channels"], found["sound_rate"] = audio.channels, audio.rate
        found["sound_s"] = round(sum(one.shape[-1] for one in sound) / audio.rate, 3)
        found["loudest"] = round(float(max(np.abs(one).max() for one in sound)), 4)
    return found


def main() -> int:
    if without := lacking():
        print(f"Skipped; this is lacking: {without}")
        return 0
    out = Path(sys.argv[1]).absolute()
    shutil.rmtree(out, ignore_errors=True)
    (out / "home").mkdir(parents=True)
    story = Story(out)
    try:
        story.run()
    except AssertionError as error:
        story.desk.shot("went-wrong")
        print(f"NOT SO: {error}")
        return 1
    finally:
        story.desk.close()
        (out / "report.json").write_text(json.dumps(story.report, indent=1))
    print(json.dumps(story.report, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())

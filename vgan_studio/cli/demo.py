"""`vgan demo`: a film that shows the program at work, made, cut and rendered in about a minute."""

import argparse
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np

from vgan_studio.engine.run import Engine
from vgan_studio.errors import MediaError
from vgan_studio.media.probe import probe
from vgan_studio.media.target import Target
from vgan_studio.media.writer import Writer
from vgan_studio.picture import to_pixels
from vgan_studio.render.cache import Cache
from vgan_studio.render.evaluate import Renderer
from vgan_studio.render.export import export
from vgan_studio.render.film import Progress
from vgan_studio.render.plan import plan
from vgan_studio.timeline.bin import binned
from vgan_studio.timeline.values import Clip, EffectCall, Media, Timeline

from .film import cut, upscaled
from .progress import drive
from .project import save_project
from .scene import RATE, SAMPLE_RATE, Pixels, lake, music, rose_window
from .work import make_engine, open_cache, write_film

_SECONDS = 5
_CROP = 320  # pixels of the result that each half of the still shows at 100 %

_DAWN = ((220.0, 277.2, 329.6), (185.0, 233.1, 293.7), (246.9, 311.1, 370.0))
_CHOIR = ((261.6, 329.6, 392.0, 523.3), (220.0, 261.6, 349.2, 440.0))

_Scene = tuple[str, Callable[[int, int, int], Iterator[Pixels]], tuple[int, int], bool]
_SCENES: tuple[_Scene, ...] = (
    ("lake.mp4", lake, (1280, 720), False),
    ("window.mp4", rose_window, (640, 360), True),
)


def run(args: argparse.Namespace) -> int:
    """Make the demo."""
    folder = Path(args.output)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise MediaError(f"Cannot make the folder {folder}: {error.strerror}.") from error
    media = _given(args.media) if args.media else _made(folder / "media", as_json=args.json)
    timeline = cut(media, "vgan_studio")
    save_project(timeline, folder / "demo.otio")
    engine, cache = make_engine(args), open_cache(args)
    status = write_film(export(timeline, folder / "demo.mp4", engine, cache), folder / "demo.mp4", args)
    _before_after(timeline, folder / "before-after.png", engine, cache)
    return status


def _given(files: Sequence[str]) -> list[Media]:
    media = [probe(file).media() for file in files]
    for one in media:
        if not one.width:
            raise MediaError(f"{Path(one.path).name} has no pictures.")
    return media


def making(folder: Path) -> Generator[Progress | Path]:
    """Make the demo's two films and its project, for the window; progress, and the project's path at the end.

    Raises:
        VganError: a file cannot be written.
    """
    try:
        (folder / "media").mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise MediaError(f"Cannot make the folder {folder}: {error.strerror}.") from error
    paths = [folder / "media" / name for name, *_ in _SCENES]
    for path, scene in zip(paths, _SCENES, strict=True):
        if not path.is_file():
            yield from _filmed(path, scene)
    save_project(cut([probe(path).media() for path in paths], "vgan_studio"), folder / "demo.otio")
    yield folder / "demo.otio"


def _made(folder: Path, *, as_json: bool) -> list[Media]:
    """Make the two films of the demo."""
    folder.mkdir(exist_ok=True)
    media = []
    for scene in _SCENES:
        drive(_filmed(folder / scene[0], scene), scene[0], as_json=as_json)
        media.append(probe(folder / scene[0]).media())
    return media


def _filmed(path: Path, scene: _Scene) -> Generator[Progress]:
    _, pictures, (width, height), bells = scene
    sound = music(_SECONDS, _CHOIR if bells else _DAWN, bells=bells)
    return _write(path, pictures(width, height, _SECONDS * RATE), sound, (width, height))


def _write(
    path: Path, pictures: Iterator[Pixels], sound: "np.typing.NDArray[np.float32]", size: tuple[int, int]
) -> Generator[Progress]:
    total = _SECONDS * RATE
    target = Target(
        "h264", *size, rate=Fraction(RATE), quality=85, depth=8, chroma="420", sample_rate=SAMPLE_RATE, channels=2
    )
    with Writer(path, target) as writer:
        for number, picture in enumerate(pictures):
            writer.write(picture, Fraction(number, RATE))
            low, high = (round(place * SAMPLE_RATE / RATE) for place in (number, number + 1))
            writer.write_sound(sound[:, low:high])
            yield Progress(number + 1, total)


def _before_after(timeline: Timeline, path: Path, engine: Engine, cache: Cache) -> None:
    """Write the middle of an upscaled picture at 100 %: without the network on the left, with it on the right."""
    clip = timeline.tracks[0].clips[1]
    halves = []
    for strength in (0.0, 1.0):
        film = _alone(timeline, clip, strength)
        renderer = Renderer(engine, cache)
        picture = renderer.render([plan(film, upscaled(timeline) - clip.start)])[0]
        renderer.close()
        halves.append(to_pixels(picture)[0].cpu().numpy())
    height, width = halves[0].shape[:2]
    side = min(_CROP, height, width)
    top, left = (height - side) // 2, (width - side) // 2
    still = np.concatenate([half[top : top + side, left : left + side] for half in halves], 1)
    if not cv2.imwrite(str(path), still[..., ::-1]):
        raise MediaError(f"Cannot write {path}.")


def _alone(timeline: Timeline, clip: Clip, strength: float) -> Timeline:
    """Show the clip's source upscaled at twice its own size, and nothing else."""
    assert isinstance(clip.source, Media)
    size = clip.source.width * 2, clip.source.height * 2
    upscale = EffectCall("gan.upscale", (("strength", strength),))
    alone = replace(clip, start=0, effects=(upscale,), transition=None)
    track = replace(timeline.tracks[0], clips=(alone,))
    return binned(replace(timeline, width=size[0], height=size[1], tracks=(track,)), clip.source)[0]

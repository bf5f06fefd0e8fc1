"""A frame of the film as a file: the picture that an export would write, at full size."""

import os
from collections.abc import Callable, Generator
from contextlib import closing, suppress
from pathlib import Path

from vgan_studio.errors import MediaError
from vgan_studio.timeline.values import Timeline

from .images import to_image
from .requests import SHOWN, Tools


def snapshotting(timeline: Timeline, frame: int, path: Path, tools: Callable[[], Tools]) -> Generator[Path]:
    """Compute a frame with all of its effects, and write it as PNG; the path at the end.

    The file comes by rename: there is the whole picture under its name, or what was there before.

    Raises:
        VganError: the picture cannot be computed, or the file cannot be written.
    """
    from vgan_studio.picture import to_pixels
    from vgan_studio.render.evaluate import Renderer
    from vgan_studio.render.plan import plan

    made = tools()
    with closing(Renderer(made.engine, made.cache)) as renderer, made.engine.asking(SHOWN):
        picture = renderer.render([plan(timeline, frame)])[0]
        image = to_image(to_pixels(picture)[0].cpu().numpy())
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        if not image.save(str(part), "PNG"):  # type: ignore[call-overload]
            raise MediaError(f"{path.name} cannot be written: the folder is not open for it, or the disk is full.")
        part.replace(path)
    except OSError as error:
        raise MediaError(f"{path.name} cannot be written: {error.strerror}.") from error
    finally:
        with suppress(OSError):
            part.unlink()
    yield path

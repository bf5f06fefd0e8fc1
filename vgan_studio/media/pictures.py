"""A film as a folder of pictures, or one picture as a file."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from av.codec import CodecContext

from ..errors import MediaError
from .codecs import Codec
from .feed import Feed, lent
from .raw import Pixels, RawPicture
from .stream_format import StreamFormat, tag
from .target import Target
from .verify import Expected, Report, verify


class Pictures:
    """Files that are numbered from 1 on; owned by one thread.

    Args:
        place: the folder, or the one file, to write.
        pattern: name of a file in the folder, with one `%d` or `%04d`; "" for a single file.
    """

    def __init__(self, place: Path, pattern: str, row: Codec, target: Target) -> None:
        self.notices: list[str] = []
        self.format: StreamFormat | None = None
        self._place, self._pattern, self._row, self._target = place, pattern, row, target
        self._context: Any = None
        self._feed: Feed | None = None
        self._taken = self._written = 0

    def write(self, picture: RawPicture | Pixels, pts: Fraction) -> None:
        """Encode a picture; `pts` plays no part."""
        del pts
        if not self._pattern and self._taken:
            raise MediaError("One file holds one picture: name a folder, or a pattern such as name_%04d.png.")
        if self._feed is None:
            self._begin(picture)
        assert self._feed is not None
        frame = self._feed.frame(picture)
        with lent(frame):
            frame.pts, frame.time_base, frame.pict_type = self._taken, Fraction(1, 25), 0
            self._put(self._context.encode(frame))
        self._taken += 1

    def finish(self) -> None:
        """Write what the encoder still holds."""
        if self._context is not None:
            self._put(self._context.encode(None))

    def look_through(self, expected: Expected, name: str) -> Report:
        """Count the files, and decode the first and the last."""
        files = sorted(self._place.iterdir()) if self._pattern else [self._place]
        if len(files) != expected.pictures:
            return Report(name, (f"it has {len(files)} pictures instead of {expected.pictures}",))
        one = replace(expected, pictures=1)
        problems = [problem for file in dict.fromkeys((files[0], files[-1])) for problem in verify(file, one).problems]
        return Report(name, tuple(dict.fromkeys(problems)))

    def abandon(self) -> None:
        """Let go of the encoder."""
        self._context = None

    def _begin(self, picture: RawPicture | Pixels) -> None:
        self.format = form = StreamFormat.choose(self._row, self._target, self._row.containers[0], picture)
        self._feed = Feed(form.name, form.colour, form.width, form.height)
        context: Any = CodecContext.create(self._row.encoder, "w")
        context.width, context.height, context.pix_fmt = form.width, form.height, form.name
        context.time_base = Fraction(1, 25)
        context.sample_aspect_ratio = self._target.sample_aspect
        context.options = self._row.options(self._target.quality)
        context.thread_count = self._target.threads
        context.thread_type = "FRAME"  # slices make JPEG files larger
        tag(context, form.colour)
        self._context = context

    def _put(self, packets: list[Any]) -> None:
        for packet in packets:
            self._written += 1
            file = self._place / (self._pattern % self._written) if self._pattern else self._place
            file.write_bytes(bytes(packet))

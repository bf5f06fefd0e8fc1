"""Pictures and sound into one container."""

import contextlib
import os
from fractions import Fraction
from math import ceil
from pathlib import Path
from typing import Any

import av
import numpy as np
from av import Packet, VideoFrame
from av.container import OutputContainer
from numpy.typing import NDArray

from .codecs import CONTAINERS, Codec, SoundCodec, choose_sound, hardware_options
from .copied import CopiedStreams
from .feed import Feed, lent
from .palette import Palette
from .pixel_format import holds
from .raw import Pixels, RawPicture
from .stream_format import StreamFormat, tag
from .subtitle_streams import SubtitleStreams
from .target import Target
from .track import SoundTrack
from .verify import Expected, Report, verify

_CLOCK = Fraction(1, 90000)
_UNTIMED = 2  # x265 leaves the decoding times of a film of so few pictures to chance
_MADE_BY_THE_CONTAINER = {"major_brand", "minor_version", "compatible_brands", "encoder", "duration", "rotate"}

os.environ.setdefault("SVT_LOG", "1")  # SVT-AV1 writes to stderr past FFmpeg's log; 1: only errors


class Film:
    """A container in the making; owned by one thread.

    Its errors are FFmpeg's own.

    Args:
        path: where to write, whatever its suffix.
        suffix: of the name it will have.
        row: how pictures are encoded; None for sound alone.
        sound: how sound is encoded.
    """

    def __init__(self, path: Path, suffix: str, row: Codec | None, target: Target) -> None:
        self.notices: list[str] = []
        self.format: StreamFormat | None = None
        self.sound: SoundTrack | None = None
        self.copied: CopiedStreams | None = None
        self._words: SubtitleStreams | None = None
        self._path, self._suffix, self._row, self._target = path, suffix, row, target
        name = CONTAINERS[suffix]
        options = (
            {"movflags": "+faststart", "movie_timescale": str(_movie_clock(target))}
            if name in ("mp4", "mov", "ipod")
            else {}
        )
        self._container: OutputContainer = av.open(str(path), "w", format=name, container_options=options)
        self._video: Any = None
        self._feed: Feed | None = None
        self._palette: Palette | None = None
        self._time_base = Fraction(1)
        self._last = Fraction(-1)
        self._step = Fraction(0)
        self._pictures = 0
        self._early: list[NDArray[np.float32]] = []
        self._describe()

    def begin_sound(self, row: SoundCodec) -> None:
        """Add the stream of sound; for a film, after that of pictures."""
        target = self._target
        self.sound = SoundTrack(
            self._container,
            row,
            sample_rate=target.sample_rate,
            channels=target.channels,
            quality=target.quality,
        )

    @property
    def samples(self) -> int:
        """How much sound was written, per channel."""
        return 0 if self.sound is None else self.sound.samples

    def write(self, picture: RawPicture | Pixels, pts: Fraction) -> None:
        """Encode a picture."""
        if self._feed is None:
            self._begin(picture)
        assert self._feed is not None
        frame = self._feed.frame(picture)
        if self.copied is not None:
            self.copied.up_to(pts)
        if self._words is not None:
            self._words.up_to(pts)
        self._step = 1 / self._target.rate if self._target.rate else max(pts - self._last, Fraction(0))
        self._encode(frame, pts)
        self._last = pts

    def write_sound(self, samples: NDArray[np.float32]) -> None:
        """Encode sound; what comes before the first picture waits for it."""
        if self.sound is None:
            self._early.append(samples.copy())
        else:
            self._container.mux(self.sound.encode(samples))

    def finish(self) -> None:
        """Flush the encoders and write what the container has at its end."""
        if self._palette is not None:
            self._mux_pictures(self._palette.flush())
        if self._video is not None:
            last = self._video.encode(None)
            self._container.mux(decoded_as_shown(last) if self._pictures <= _UNTIMED else last)
        if self.sound is not None:
            self._container.mux(self.sound.flush())
        if self._words is not None:
            self._words.finish()
        if self.copied is not None:
            self.copied.finish(self._last + self._step)
            self.notices += [notice for notice in self.copied.notices if notice not in self.notices]
            self.copied.close()
        self._container.close()

    def look_through(self, expected: Expected, name: str) -> Report:
        """Read the file back and compare."""
        return verify(self._path, expected, name=name)

    def abandon(self) -> None:
        """Let go of the file; it is not whole."""
        if self.copied is not None:
            self.copied.close()
        with contextlib.suppress(av.FFmpegError, OSError, ValueError):
            self._container.close()

    def _describe(self) -> None:
        for key, value in self._target.metadata:
            if key.lower() not in _MADE_BY_THE_CONTAINER:
                self._container.metadata[_clean(key)] = _clean(value)
        self._container.set_chapters(
            [
                {
                    "id": number,
                    "start": round(chapter.start * 1000),
                    "end": round(chapter.end * 1000),
                    "time_base": Fraction(1, 1000),
                    "metadata": {"title": _clean(chapter.title)},
                }
                for number, chapter in enumerate(self._target.chapters, 1)
            ]
        )

    def _begin(self, picture: RawPicture | Pixels) -> None:
        assert self._row is not None
        self.format = StreamFormat.choose(self._row, self._target, self._suffix, picture)
        self._video = self._open_encoder(self._row, self.format)
        threads = self._target.threads or 1
        feed_format = "bgra" if self._row.id == "gif" else self.format.name
        self._feed = Feed(feed_format, self.format.colour, self.format.width, self.format.height, threads)
        if self._row.id == "gif":
            self._palette = Palette(self.format.width, self.format.height, self._time_base, self._target.quality)
        self._begin_other_streams(self._row)

    def _begin_other_streams(self, row: Codec) -> None:
        target = self._target
        again = choose_sound(row, self._suffix, target.sound) if row.sound else None
        if target.copied is not None and row.sound:
            self.copied = CopiedStreams(self._container, target.copied, again, target.quality, self._suffix)
            self.notices += self.copied.notices
        elif target.sample_rate and again is not None:
            self.begin_sound(again)
        if target.subtitles:
            self._words = SubtitleStreams(self._container, self._suffix, target.subtitles)
        for samples in self._early:
            self.write_sound(samples)
        self._early.clear()

    def _open_encoder(self, row: Codec, form: StreamFormat) -> Any:
        target = self._target
        options = hardware_options(target.quality) if target.encoder else row.options(target.quality)
        self._time_base = 1 / target.rate if target.rate else (target.time_base or _CLOCK)
        stream: Any = self._container.add_stream(target.encoder or row.encoder, rate=target.rate, options=options)
        stream.width, stream.height, stream.pix_fmt = form.width, form.height, form.name
        context = stream.codec_context
        context.time_base = stream.time_base = self._time_base
        context.sample_aspect_ratio = target.sample_aspect
        # PyAV's own choice is SLICE, by which x264 cuts every picture into slices: slower, and worse to look at
        context.thread_count, context.thread_type = target.threads, "AUTO"
        tag(context, form.colour)
        if holds(form.name).alpha and row.id == "vp9":
            stream.metadata["alpha_mode"] = "1"
        four = dict(row.tags).get(self._suffix)
        if four:
            context.codec_tag = four
        return stream

    def _encode(self, frame: VideoFrame, pts: Fraction) -> None:
        with lent(frame):
            frame.pts, frame.time_base = round(pts / self._time_base), self._time_base
            frame.duration = round(self._step / self._time_base)
            frame.pict_type = 0  # else x264 repeats the source's choice of I, P and B
            self._pictures += 1
            self._mux_pictures([frame] if self._palette is None else self._palette.frames(frame))

    def _mux_pictures(self, frames: list[VideoFrame]) -> None:
        for frame in frames:
            self._container.mux(self._video.encode(frame))


def decoded_as_shown(packets: list["Packet[Any]"]) -> list["Packet[Any]"]:
    """Give packets in the order of their pictures decoding times that fit; those of other orders are left alone."""
    shown = [packet.pts for packet in packets if packet.pts is not None]
    if len(shown) == len(packets) and shown == sorted(shown):
        for packet in packets:
            packet.dts = packet.pts
    return packets


def _movie_clock(target: Target) -> int:
    """Choose the ticks a second in which MP4 says when its streams begin: a multiple of the pictures' own."""
    own = target.rate.numerator if target.rate else (target.time_base or _CLOCK).denominator
    return own * ceil(_CLOCK.denominator / own) if own < 1 << 30 else _CLOCK.denominator


def _clean(text: str) -> str:
    """Replace what UTF-8 cannot hold: half characters out of broken files."""
    return text.encode("utf-8", "replace").decode("utf-8")
